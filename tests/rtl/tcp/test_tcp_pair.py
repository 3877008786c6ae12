# SPDX-License-Identifier: Apache-2.0
"""Two sessions of one pipeline talk to each other over a wire that loses, reorders and duplicates; hosts read and write."""
import heapq

import cocotb
from pipe_env import EN, M32, T, Env, Session, sub

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0)],
    timeout_s=900,
)
STEPS = 60_000   # bound of a transfer


class Side:
    """One session with its host: writes `total` bytes, reads what comes, closes."""

    def __init__(self, s, total, slow=0):
        self.s, self.total, self.slow = s, total, slow
        self.written = self.una = self.got = self.read = 0
        self.cover = set()
        self.closed, self.reason, self.peer_fin, self.fin_sent = False, None, False, False
        self.frames = []
        self.segs = self.retrans = self.new_bytes = self.retrans_bytes = self.moves = 0


class Pair:
    def __init__(self, env, rng, **wire):
        self.env, self.rng = env, rng
        self.wire = dict(loss=0.0, dup=0.0, reorder=0.0, delay=5000, late=2500, jitter=0, rate=0) | wire
        self.queue, self.order = [], 0
        self.lost = self.lost_bytes = 0
        self.free_at = {}

    async def setup(self, total_a, total_b, log2=15, **image):
        env = self.env
        ring = 1 << log2
        img = dict(tx_ring_log2=log2, rx_ring_log2=log2, snd_wnd=min(65535, ring), max_snd_wnd=min(65535, ring)) | image
        ia, ib = self.rng.getrandbits(32), self.rng.getrandbits(32)
        a = Session(env, slot=1, gen=3, iss=ia, irs=ib, **img)
        b = Session(env, slot=2, gen=4, iss=ib, irs=ia, **img)
        for s in (a, b):
            s.image["rcv_adv"] = (s.irs + 1 + min(ring, 65535)) & M32
            if s.ts_ok:
                s.image["ts_recent"] = env.now >> 10
            await s.install()
        self.a, self.b = Side(a, total_a), Side(b, total_b)
        self.ring = ring
        env.tx_hook = self.transmit
        return self

    def side(self, slot):
        return self.a if slot == self.a.s.slot else self.b

    def transmit(self, c):
        me = self.side(c["handle"]["slot"])
        other = self.b if me is self.a else self.a
        n = c["payload_len"]
        me.segs += 1
        if c["retransmit"]:
            me.retrans += 1
            me.retrans_bytes += n
        else:
            me.new_bytes += n
        # never beyond what the host wrote, never beyond what was announced
        assert not n or sub((c["tcp"]["seq"] + n) & M32, me.s.iss + 1) <= me.written
        r = self.rng
        if r.random() < self.wire["loss"]:
            self.lost += 1
            self.lost_bytes += n
            return
        for _ in range(2 if r.random() < self.wire["dup"] else 1):
            at = self.env.now + self.wire["delay"] + (r.randrange(self.wire["jitter"]) if self.wire["jitter"] else 0)
            if self.wire["rate"]:   # bytes a millisecond
                start = max(self.env.now, self.free_at.get(id(me), 0))
                self.free_at[id(me)] = start + (n + 66) * 1000 // self.wire["rate"]
                at += self.free_at[id(me)] - self.env.now
            if r.random() < self.wire["reorder"]:
                at += self.wire["late"]
            self.order += 1
            heapq.heappush(self.queue, (at, self.order, other, c))

    def deliver(self, side, c):
        t = dict(c["tcp"])
        for rec in self.env.rec:       # stands in for the TIME_WAIT table
            if rec["tuple"] == side.s.tuple and (c["payload_len"] or t["flags"]["fin"]):
                reply = dict(seq=rec["snd_nxt"], ack=rec["rcv_nxt"], wnd=rec["last_win"], flags=dict(ack=1), ts_ok=rec["ts_ok"],
                             ts_val=((self.env.now >> 10) + rec["ts_offset"]) & M32, ts_ecr=rec["ts_recent"])
                self.transmit(dict(handle=dict(slot=side.s.slot), payload_len=0, retransmit=0, tcp=reply))
                return
        n = c["payload_len"]
        hdr = 54
        meta = dict(frame_len=hdr + n, is_tcp=1, payload_off=hdr, payload_len=n, tuple=side.s.tuple, tcp=t,
                    reason=0)
        side.frames.append((t["seq"], n))
        self.env.work.append(T["rx_work_t"].pack(dict(meta=meta, hit=1, slot=side.s.slot)))
        self.placing.append(side)

    def check_places(self):
        """One placement a frame, in order: the right bytes to the right place of the ring."""
        for c in self.env.place:
            if c["kind"] not in (EN["PlDrop"], EN["PlSession"], EN["PlHost"]):
                continue
            side = self.placing.pop(0)
            seq, n = side.frames.pop(0)
            if c["kind"] == EN["PlSession"]:
                first = (seq + c["skip"] - 54) & M32
                rel = sub(first, side.s.irs + 1)
                assert 0 <= rel and c["skip"] >= 54 and c["skip"] - 54 + c["len"] <= n
                assert rel + c["len"] <= side.read + self.ring, "beyond the ring"
                assert c["ring_off"] == rel % self.ring
                side.cover.update(range(rel, rel + c["len"]))
        self.env.place.clear()

    async def hosts(self):
        env = self.env
        for side in (self.a, self.b):
            for n in side.s.notes():
                side.una = sub(n["snd_una"], side.s.iss + 1)
                got = sub(n["rcv_nxt"], side.s.irs + 1) - n["peer_fin"]
                side.got = got
                assert all(x in side.cover for x in range(side.read, got)), "a record announced bytes that were not placed"
                side.peer_fin = bool(n["peer_fin"])
                assert n["closed"] or not n["parked"]
                if n["closed"]:
                    side.closed, side.reason = True, n["reason"]
            if side.closed:
                continue
            kw = {}
            if side.written < side.total or not side.fin_sent:
                room = min(side.una + self.ring, side.total)
                if room > side.written and (room - side.written >= 2000 or room == side.total):
                    side.written = room
                    kw.update(snd_valid=1, snd_end=(side.s.iss + 1 + room) & M32)
                if side.written == side.total and not side.fin_sent:
                    side.fin_sent = True
                    kw.update(snd_valid=1, snd_end=(side.s.iss + 1 + side.total) & M32, fin=1)
            if side.got > side.read and not (side.slow and self.rng.random() < side.slow):
                side.read = side.got
                kw.update(rcv_valid=1, rcv_read=(side.s.irs + 1 + side.read) & M32)
            if kw:
                await side.s.bump(wait=False, **kw)
        await env.idle()

    async def move(self, side):
        """Out of the engine and back under a new handle, in the middle of everything."""
        status, image = await self.env.command("CmdEvict", side.s.handle)
        if status:                     # it has just ended
            return
        self.check_places()
        side.s.notes()
        side.s.gen += 1
        side.s.handle = side.s.gen << 16 | side.s.slot
        image["handle"] = side.s.handle
        status, _ = await self.env.command("CmdInstall", side.s.handle, image)
        assert status == 0
        side.moves += 1
        # What a host reads out of the image
        side.una = sub(image["snd_una"], side.s.iss + 1)
        side.got = sub(image["rcv_nxt"], side.s.irs + 1) - image["peer_fin"]
        await self.env.idle()

    def attack(self, side):
        """A segment that must not matter: RFC 5961."""
        r, s = self.rng, side.s
        rcv = (s.irs + 1 + side.got) & M32
        kind = r.randrange(5)
        seq, ack, n = rcv, (s.iss + 1 + side.una) & M32, 0
        fl = dict(ack=1)
        if kind == 0:
            fl, seq = dict(syn=1, ack=r.randrange(2)), r.getrandbits(32)
        elif kind == 1:
            fl, seq = dict(rst=1), (rcv + r.choice([-5, -1, 100_000_000, -70000])) & M32
        elif kind == 2:
            ack = (ack + r.randrange(70_000_000, 1 << 31)) & M32
        elif kind == 3:
            seq, n = (rcv + r.randrange(200_000, 1 << 31)) & M32, r.randrange(1, 1460)
        else:
            seq, n = (rcv - r.randrange(100_000, 1 << 30)) & M32, r.randrange(0, 1460)
        t = dict(seq=seq, ack=ack, wnd=r.getrandbits(16), flags=fl, ts_ok=s.ts_ok, ts_val=(self.env.now >> 10) & M32)
        side.frames.append((seq, n))
        self.placing.append(side)
        self.env.work.append(T["rx_work_t"].pack(dict(meta=dict(frame_len=54 + n, is_tcp=1, payload_off=54, payload_len=n, tuple=s.tuple,
                                                                 tcp=t), hit=1, slot=s.slot)))

    async def run(self, moves=0.0, attacks=0.0):
        env = self.env
        self.placing = []
        for _ in range(STEPS):
            for side in (self.a, self.b):
                if moves and not side.closed and self.rng.random() < moves:
                    await self.move(side)
                if attacks and self.rng.random() < attacks:
                    self.attack(side)
            await self.hosts()
            self.check_places()
            if env.bumps or env.work:
                continue
            if self.a.closed and self.b.closed:
                break
            due = env.deadline()
            if self.queue and (due is None or self.queue[0][0] <= due):
                at = max(self.queue[0][0], env.now)
                batch = []
                while self.queue and self.queue[0][0] <= at:
                    batch.append(heapq.heappop(self.queue))
                env.now = at
                env.dut.now_us_i.value = at
                for _, _, side, c in batch:
                    self.deliver(side, c)
                await env.idle()
                self.check_places()
            elif due is not None:
                await env.at(max(due, env.now))
            elif any(s.slow and s.got > s.read for s in (self.a, self.b)):
                continue
            elif any(not s.closed and (s.got > s.read) for s in (self.a, self.b)):
                continue
            else:
                raise AssertionError(f"nothing moves: a {vars(self.a)} b {vars(self.b)}"[:600])
        for me, other in ((self.a, self.b), (self.b, self.a)):
            assert me.closed and me.reason in (1, 2), (me.reason, me.una, me.got)
            assert me.got == other.total and me.cover >= set(range(other.total))
        return self

    def report(self, name):
        a, b = self.a, self.b
        cocotb.log.info("%s: %d us, segments %d + %d, retransmitted %d + %d, bytes %d + %d, lost %d frames %d bytes", name,
                        self.env.now, a.segs, b.segs, a.retrans, b.retrans, a.retrans_bytes, b.retrans_bytes, self.lost, self.lost_bytes)


async def transfer(dut, name, a, b, wire, image, stall=0.0, slow=0.0, log2=15, **run):
    env = Env(dut, stall)
    await env.start()
    env.tx_hook = None
    p = await Pair(env, env.rng, **wire).setup(a, b, log2, **image)
    p.a.slow = p.b.slow = slow
    await p.run(**run)
    p.report(name)
    return p


@cocotb.test()
async def clean_both_ways(dut):
    p = await transfer(dut, "clean", 200_000, 150_000, {}, dict(sack_ok=1, ts_ok=0))
    assert p.a.retrans == p.b.retrans == 0
    ctr = p.env.ctr
    assert ctr["tcp_closed"] == 2 and ctr["tcp_bytes_in"] == 350_000 == ctr["tcp_bytes_out"]


@cocotb.test()
async def lossy_with_sack(dut):
    p = await transfer(dut, "1% loss, SACK", 1_000_000, 0, dict(loss=0.01), dict(sack_ok=1, snd_mss=1448), log2=16)
    assert p.a.retrans_bytes <= 1.10 * p.lost_bytes + 3 * 1448, (p.a.retrans_bytes, p.lost_bytes)


@cocotb.test()
async def lossy_without_sack(dut):
    await transfer(dut, "2% loss, NewReno", 250_000, 250_000, dict(loss=0.02, dup=0.01), dict(sack_ok=0))


@cocotb.test()
async def everything_bad(dut):
    await transfer(dut, "loss, reordering, duplicates, stalls, slow readers", 150_000, 150_000,
                   dict(loss=0.03, dup=0.03, reorder=0.05, jitter=300), dict(sack_ok=1, ts_ok=1, snd_mss=1448, ecn_ok=1), stall=0.3, slow=0.5)


@cocotb.test()
async def reordering_within_three_resends_nothing(dut):
    p = await transfer(dut, "1% reordering", 300_000, 0, dict(reorder=0.03, late=240, rate=12500),
                       dict(sack_ok=1, snd_mss=1448, nodelay=0))   # full segments only: two of them fit in 240 us
    assert p.a.retrans == 0, p.a.retrans                          # 240 us: two segments behind at this rate


@cocotb.test()
async def tiny_ring_and_window(dut):
    await transfer(dut, "4 KiB rings, slow reader", 40_000, 40_000, dict(loss=0.01), dict(sack_ok=1), slow=0.7, log2=12)




@cocotb.test()
async def moves_out_and_in_while_it_transfers(dut):
    p = await transfer(dut, "evict and install", 120_000, 120_000, dict(loss=0.02, dup=0.02, jitter=500),
                       dict(sack_ok=1, ts_ok=1, snd_mss=1448), stall=0.2, moves=0.05)
    assert p.a.moves and p.b.moves
    cocotb.log.info("moved %d and %d times", p.a.moves, p.b.moves)


@cocotb.test()
async def forged_segments_do_not_matter(dut):
    p = await transfer(dut, "forged segments", 400_000, 300_000, dict(loss=0.005, jitter=2000), dict(sack_ok=1), attacks=0.5)
    cocotb.log.info("%s", p.env.ctr)
    assert p.env.ctr["tcp_challenge_acks"] > 10 and "tcp_rst_in" not in p.env.ctr
