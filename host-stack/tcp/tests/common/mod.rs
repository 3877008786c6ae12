// SPDX-License-Identifier: Apache-2.0
//! Two cores, two applications and a bad wire in virtual time, with an oracle on everything.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::cast_possible_truncation)]
#![allow(clippy::missing_panics_doc, clippy::must_use_candidate)]

use toe_tcp::{Config, Emit, Handshake, Micros, Segment, SeqNum, State, Tcb, TcbEvent};

/// SplitMix64.
#[derive(Clone, Debug)]
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 { 0 } else { self.next() % n }
    }

    pub fn permille(&mut self, p: u32) -> bool {
        self.below(1000) < u64::from(p)
    }
}

/// Byte `at` of the stream of `side`.
pub fn stream_byte(side: usize, at: u64) -> u8 {
    (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8 ^ (at >> 3) as u8 ^ (side as u8) << 7
}

/// A byte ring addressed by sequence numbers.
#[derive(Clone, Debug)]
pub struct Ring {
    bytes: Vec<u8>,
    seq0: SeqNum,
}

impl Ring {
    pub fn new(size: u32) -> Self {
        Self { bytes: vec![0xa5; size as usize], seq0: SeqNum(0) }
    }

    fn at(&self, seq: SeqNum) -> usize {
        (seq - self.seq0) as usize % self.bytes.len()
    }

    pub fn put(&mut self, seq: SeqNum, data: &[u8]) {
        for (n, b) in data.iter().enumerate() {
            let at = self.at(seq + n as u32);
            self.bytes[at] = *b;
        }
    }

    pub fn copy(&self, seq: SeqNum, len: u32) -> Vec<u8> {
        (0..len).map(|n| self.bytes[self.at(seq + n)]).collect()
    }
}

/// How an application behaves.
#[derive(Clone, Debug)]
pub struct App {
    /// Bytes to send before closing.
    pub total: u64,
    /// Largest write and read.
    pub chunk: u64,
    /// Time between two reads, µs: 0 reads at once.
    pub read_every: u64,
    /// Time between two writes, µs: 0 writes as room comes.
    pub write_every: u64,
    /// Close our direction once this many bytes are written (at most `total`).
    pub close: bool,
}

/// How the passive side answers a SYN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Listen {
    /// It does not: the end is a connection.
    No,
    /// `Tcb::from_syn`.
    Direct(u32),
    /// A SYN cache of one entry: `Handshake`, `syn_ack`, `Tcb::accept_established`.
    Cache(u32, Option<Handshake>),
}

#[derive(Clone, Debug)]
pub struct End {
    pub side: usize,
    pub tcb: Tcb,
    pub cfg: Config,
    pub snd: Ring,
    pub rcv: Ring,
    pub app: App,
    pub written: u64,
    pub read: u64,
    pub started: bool,
    next_read: u64,
    next_write: u64,
    pub peer_closed: bool,
    pub events: Vec<TcbEvent>,
    /// Highest right edge that this end has announced.
    edge: Option<SeqNum>,
    pub closed: bool,
    pub listen: Listen,
}

impl End {
    pub fn new(side: usize, cfg: Config, tcb: Tcb, app: App) -> Self {
        Self {
            side,
            snd: Ring::new(cfg.snd_ring),
            rcv: Ring::new(cfg.rcv_ring),
            tcb,
            cfg,
            app,
            written: 0,
            read: 0,
            started: false,
            next_read: 0,
            next_write: 0,
            peer_closed: false,
            events: Vec::new(),
            edge: None,
            closed: false,
            listen: Listen::No,
        }
    }

    /// The connection is open: the rings' positions are known.
    pub fn open(&mut self) {
        self.started = true;
        self.snd.seq0 = self.tcb.snd_start();
        self.rcv.seq0 = self.tcb.rcv_start();
    }

    pub fn run_app(&mut self, now: u64) {
        if !self.started {
            return;
        }
        let t = &mut self.tcb;
        // Write.
        if now >= self.next_write && !t.closing() && t.state() != State::Closed {
            let used = t.snd_end() - t.snd_free();
            let room = u64::from(self.cfg.snd_ring - used);
            let n = room.min(self.app.total - self.written).min(self.app.chunk);
            if n > 0 {
                let data: Vec<u8> =
                    (0..n).map(|i| stream_byte(self.side, self.written + i)).collect();
                let at = t.snd_end();
                self.snd.put(at, &data);
                t.app_wrote(at + n as u32);
                assert_eq!(t.snd_end(), at + n as u32);
                self.written += n;
                self.next_write = now + self.app.write_every;
            }
            if self.written == self.app.total && self.app.close {
                t.close();
            }
        }
        // Read.
        if now >= self.next_read {
            let ready = t.rcv_data_end() - t.rcv_read();
            let n = u64::from(ready).min(self.app.chunk);
            if n > 0 {
                let at = t.rcv_read();
                for (i, b) in self.rcv.copy(at, n as u32).into_iter().enumerate() {
                    let want = stream_byte(1 - self.side, self.read + i as u64);
                    assert_eq!(b, want, "side {} byte {}", self.side, self.read + i as u64);
                }
                t.app_read(at + n as u32);
                self.read += n;
                self.next_read = now + self.app.read_every;
            }
        }
    }

    /// When the application wants to run again on its own.
    pub fn app_deadline(&self, now: u64) -> Option<u64> {
        if !self.started {
            return None;
        }
        let t = &self.tcb;
        let readable = t.rcv_data_end() != t.rcv_read();
        let room = self.cfg.snd_ring - (t.snd_end() - t.snd_free());
        let writable = room > 0 && self.written < self.app.total && !t.closing();
        let read = readable.then_some(self.next_read);
        let write = (writable && t.state() != State::Closed).then_some(self.next_write);
        [read, write].into_iter().flatten().min().map(|at| at.max(now))
    }

    pub fn deliver(&mut self, now: u64, seg: &Segment, payload: &[u8]) -> toe_tcp::Accepted {
        assert_eq!(seg.payload_len as usize, payload.len());
        let before_end = self.tcb.rcv_data_end();
        let read = self.tcb.rcv_read();
        let out = self.tcb.on_segment(Micros(now), seg);
        if !self.started {
            // Data may come with the very segment that opens the connection.
            self.rcv.seq0 = self.tcb.rcv_start();
        }
        if let Some(p) = out.place {
            assert!(p.len > 0 && p.skip + p.len <= seg.payload_len, "{p:?} of {seg:?}");
            assert_eq!(p.ring_seq, seg.seq + p.skip);
            if self.started {
                // Never over readable bytes, never beyond the ring.
                assert!(p.ring_seq.after_eq(before_end), "{p:?} over delivered bytes");
                assert!((p.ring_seq + p.len) - read <= self.cfg.rcv_ring, "{p:?} beyond the ring");
            }
            let range = p.skip as usize..(p.skip + p.len) as usize;
            self.rcv.put(p.ring_seq, &payload[range]);
        }
        out
    }
}

/// What the wire does, per mille and µs.
#[derive(Clone, Debug)]
pub struct Wire {
    pub loss: u32,
    pub dup: u32,
    pub reorder: u32,
    pub delay: u64,
    pub jitter: u64,
    /// CE-mark instead of dropping, per mille of ECT packets.
    pub ce: u32,
    /// No loss after this many packets, so that every run ends.
    pub bad_packets: u64,
}

impl Wire {
    pub fn clean(delay: u64) -> Self {
        Self { loss: 0, dup: 0, reorder: 0, delay, jitter: 0, ce: 0, bad_packets: 0 }
    }
}

#[derive(Clone, Debug)]
struct Packet {
    at: u64,
    n: u64,
    to: usize,
    seg: Segment,
    payload: Vec<u8>,
}

/// Two ends and the wire.
#[derive(Clone, Debug)]
pub struct Sim {
    pub now: u64,
    pub ends: Vec<End>,
    pub wire: Wire,
    pub rng: Rng,
    queue: Vec<Packet>,
    pub sent: u64,
    /// Payload bytes that the wire lost, by sender.
    pub lost: [u64; 2],
    pub log: Vec<String>,
    pub keep_log: bool,
    /// Freeze and thaw an end at a step with this probability, per mille.
    pub freeze: u32,
    pub freezes: u64,
    pub steps: u64,
}

pub fn app(total: u64) -> App {
    App { total, chunk: 1 << 20, read_every: 0, write_every: 0, close: true }
}

/// How the connection begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Open {
    Direct,
    Cache,
    Simultaneous,
}

impl Sim {
    pub fn new(
        seed: u64,
        open: Open,
        cfgs: [Config; 2],
        apps: [App; 2],
        wire: Wire,
        iss: [u32; 2],
    ) -> Self {
        let [ca, cb] = cfgs;
        let [aa, ab] = apps;
        let a = Tcb::connect(&ca, SeqNum(iss[0]), Micros(0));
        let b = Tcb::connect(&cb, SeqNum(iss[1]), Micros(0));
        let mut ends = vec![End::new(0, ca, a, aa), End::new(1, cb, b, ab)];
        ends[1].listen = match open {
            Open::Direct => Listen::Direct(iss[1]),
            Open::Cache => Listen::Cache(iss[1], None),
            Open::Simultaneous => Listen::No,
        };
        Self {
            now: 0,
            ends,
            wire,
            rng: Rng(seed),
            queue: Vec::new(),
            sent: 0,
            lost: [0; 2],
            log: Vec::new(),
            keep_log: false,
            freeze: 0,
            freezes: 0,
            steps: 0,
        }
    }

    fn note(&mut self, f: impl FnOnce() -> String) {
        if self.keep_log {
            let line = f();
            self.log.push(line);
        }
    }

    /// Puts a segment on the wire, with everything the wire does to it.
    pub fn transmit(&mut self, from: usize, e: &Emit) {
        let payload = self.ends[from].snd.copy(e.seg.seq, e.seg.payload_len);
        self.sent += 1;
        let bad = self.sent <= self.wire.bad_packets;
        let now = self.now;
        let mut seg = e.seg;
        let mut copies = 1;
        if bad {
            if self.rng.permille(self.wire.loss) {
                copies = 0;
                self.lost[from] += u64::from(e.seg.payload_len);
            } else if self.rng.permille(self.wire.dup) {
                copies = 2;
            }
            if e.ect && self.rng.permille(self.wire.ce) {
                seg.ce = true;
            }
        }
        self.note(|| format!("{now} {from} {copies}x {seg:?}"));
        for _ in 0..copies {
            let mut at = now + self.wire.delay + self.rng.below(self.wire.jitter + 1);
            if bad && self.rng.permille(self.wire.reorder) {
                at += self.wire.delay + self.rng.below(4 * self.wire.delay + 1);
            }
            let n = self.rng.next() >> 40 << 32 | self.sent;
            let n = if self.wire.jitter == 0 { self.sent } else { n };
            self.queue.push(Packet { at, n, to: 1 - from, seg, payload: payload.clone() });
        }
    }

    fn drain(&mut self, side: usize) {
        loop {
            let now = self.now;
            let end = &mut self.ends[side];
            if matches!(end.listen, Listen::Direct(_) | Listen::Cache(..)) {
                return;
            }
            end.run_app(now);
            let mut burst = 0;
            while let Some(e) = self.ends[side].tcb.poll_transmit(Micros(now)) {
                burst += 1;
                assert!(burst < 100_000, "poll_transmit without end");
                self.check_emit(side, &e);
                self.transmit(side, &e);
            }
            let end = &mut self.ends[side];
            let mut more = false;
            while let Some(ev) = end.tcb.poll_event() {
                more = true;
                match ev {
                    TcbEvent::Established => end.open(),
                    TcbEvent::PeerClosed => end.peer_closed = true,
                    TcbEvent::Closed(_) => end.closed = true,
                    _ => {}
                }
                end.events.push(ev);
            }
            if !more && burst == 0 {
                return;
            }
        }
    }

    fn check_emit(&mut self, side: usize, e: &Emit) {
        let seg = &e.seg;
        let opts = toe_tcp::options::encode(seg, false);
        assert_eq!(opts.sack_blocks, seg.sack.len(), "blocks that do not fit: {seg:?}");
        let peer_mss = u32::from(self.ends[1 - side].cfg.mss);
        let per_segment = seg.payload_len.min(e.seg_size);
        assert!(per_segment + opts.as_slice().len() as u32 <= peer_mss, "{seg:?} over {peer_mss}");
        let peer = &self.ends[1 - side];
        if let Some(edge) = peer.edge
            && !seg.rst()
            && !seg.syn()
        {
            // One octet beyond: a window probe.
            let beyond = seg.end().diff(edge);
            assert!(beyond <= 1, "{seg:?} beyond the announced edge {edge}");
        }
        let end = &mut self.ends[side];
        if seg.has_ack() && !seg.rst() {
            let shift = if seg.syn() { 0 } else { end.tcb.info(Micros(self.now)).rcv_wscale };
            let edge = seg.ack + (u32::from(seg.wnd) << shift);
            if let Some(old) = end.edge {
                let back = old.diff(edge);
                assert!(back < 1 << shift, "window shrunk by {back}");
            }
            end.edge = Some(end.edge.map_or(edge, |o| o.max(edge)));
        }
    }

    /// Freezes and thaws an end: the thawed one must be the same.
    pub fn refreeze(&mut self, side: usize) {
        let now = Micros(self.now);
        let end = &mut self.ends[side];
        let state = end.tcb.state();
        if !state.is_synchronized() || end.listen != Listen::No {
            return;
        }
        let before = end.tcb.snapshot(now);
        let thawed = Tcb::thaw(&before, now).unwrap_or_else(|e| panic!("{e}: {before:?}"));
        let after = thawed.snapshot(now);
        if after != before {
            let (a, b) = (format!("{after:#?}"), format!("{before:#?}"));
            let other: Vec<_> = a.lines().zip(b.lines()).filter(|(a, b)| a != b).collect();
            panic!("thawed differs (after, before): {other:?}");
        }
        end.tcb = thawed;
        self.freezes += 1;
    }

    /// Runs until both ends are done, or `until`. Returns false when nothing can happen any more.
    pub fn step(&mut self) -> bool {
        self.steps += 1;
        for side in 0..2 {
            self.drain(side);
            if self.rng.permille(self.freeze) {
                self.refreeze(side);
                self.drain(side);
            }
        }
        let wire = self.queue.iter().map(|p| p.at).min();
        let now = self.now;
        for end in self.ends.iter().filter(|e| e.listen == Listen::No) {
            if let Some(at) = end.tcb.next_deadline() {
                assert!(at.0 > now, "side {}: deadline {at:?} not after {now}", end.side);
            }
        }
        let timers = self
            .ends
            .iter()
            .filter(|e| e.listen == Listen::No)
            .flat_map(|e| [e.tcb.next_deadline().map(|t| t.0), e.app_deadline(now)]);
        let Some(next) = timers.flatten().chain(wire).min() else { return false };
        self.now = next.max(self.now);
        while let Some(at) = self
            .queue
            .iter()
            .enumerate()
            .filter(|(_, p)| p.at <= self.now)
            .min_by_key(|(_, p)| (p.at, p.n))
            .map(|(n, _)| n)
        {
            let p = self.queue.swap_remove(at);
            self.arrive(&p);
        }
        for end in &mut self.ends {
            if end.listen == Listen::No {
                end.tcb.on_timer(Micros(self.now));
            }
        }
        true
    }

    fn arrive(&mut self, p: &Packet) {
        let now = self.now;
        let end = &mut self.ends[p.to];
        match end.listen {
            Listen::Direct(iss) => {
                if p.seg.syn() && !p.seg.has_ack() {
                    end.tcb = Tcb::from_syn(&end.cfg, SeqNum(iss), &p.seg, Micros(now));
                    end.listen = Listen::No;
                }
                return;
            }
            Listen::Cache(iss, hs) => {
                if p.seg.syn() && !p.seg.has_ack() {
                    let hs = Handshake::from_syn(&end.cfg, SeqNum(iss), &p.seg);
                    end.listen = Listen::Cache(iss, Some(hs));
                    let seg = toe_tcp::syn_ack(&end.cfg, &hs, Micros(now));
                    let df = true;
                    let e = Emit { seg, ect: false, retransmit: false, seg_size: 536, df };
                    self.transmit(p.to, &e);
                    return;
                }
                let Some(hs) = hs else { return };
                if !p.seg.has_ack() || p.seg.ack != hs.iss + 1 {
                    return;
                }
                end.tcb = Tcb::accept_established(&end.cfg, &hs, Micros(now));
                end.listen = Listen::No;
                self.drain(p.to);
            }
            Listen::No => {}
        }
        let out = self.ends[p.to].deliver(now, &p.seg, &p.payload);
        let to = p.to;
        self.note(|| format!("{now} at {to} {:?} {:?}", out.verdict, p.seg));
        self.drain(p.to);
    }

    /// Both directions complete and both connections over (TIME_WAIT counts as over).
    pub fn done(&self) -> bool {
        self.ends.iter().all(|e| matches!(e.tcb.state(), State::Closed | State::TimeWait))
            && self.ends.iter().all(|e| e.listen == Listen::No)
            && self.ends.iter().all(|e| !e.started || e.tcb.rcv_read() == e.tcb.rcv_data_end())
    }

    /// Runs to the end; panics with the log's tail when it takes longer than `limit` µs.
    pub fn run(&mut self, limit: u64) {
        while !self.done() {
            let alive = self.step();
            if !self.done() && (!alive || self.now > limit) {
                let now = Micros(self.now);
                for e in &self.ends {
                    eprintln!(
                        "{:?} w{} r{} {:?}",
                        e.tcb.state(),
                        e.written,
                        e.read,
                        e.tcb.info(now)
                    );
                }
                let from = self.log.len().saturating_sub(40);
                for line in &self.log[from..] {
                    eprintln!("{line}");
                }
                panic!("stalled at {} µs after {} packets", self.now, self.sent);
            }
        }
    }

    /// After `run`: everything written was read on the other side.
    pub fn check_complete(&self) {
        for end in &self.ends {
            for ev in &end.events {
                if let TcbEvent::Reset(why) = ev {
                    let from = self.log.len().saturating_sub(40);
                    panic!("side {} reset: {why:?}\n{}", end.side, self.log[from..].join("\n"));
                }
            }
        }
        for side in 0..2 {
            let (a, b) = (&self.ends[side], &self.ends[1 - side]);
            assert_eq!(a.written, a.app.total, "side {side} wrote all");
            assert_eq!(b.read, a.app.total, "side {side}'s stream arrived");
            assert!(b.peer_closed, "side {side}'s FIN arrived");
        }
    }
}
