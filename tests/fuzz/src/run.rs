// SPDX-License-Identifier: Apache-2.0
//! Runs a case on both sides in lockstep.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use toe_abi::SessionKey;

use crate::compare::{Strict, calm, differs, late};
use crate::coverage::{self, Tally};
use crate::packet::{self, Tcp, Tuple, flag};
use crate::script::{AckAt, Case, Harm, MAX_LANES, Op, Seg, SeqAt, Ts};
use crate::session::{FROM_PEER, Phase, Session, diff, stream};
use crate::side::{Side, install, open_pair, settle};
use crate::table;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which session; `None`: the device as a whole.
    pub lane: Option<usize>,
    /// In which round; `rounds()` stands for what comes after the script.
    pub round: usize,
    /// What.
    pub what: String,
}

impl Finding {
    /// What kind of finding it is: without the numbers.
    #[must_use]
    pub fn class(&self) -> String {
        let line = self.what.lines().next().unwrap_or("");
        let words = line.split_whitespace().filter(|w| !w.chars().any(|c| c.is_ascii_digit()));
        let mut out = Vec::new();
        for word in words {
            // What follows are values.
            if word.starts_with("model") && !out.is_empty() || word == "state" {
                break;
            }
            out.push(word);
        }
        out.truncate(9);
        out.join(" ")
    }
}

/// What came of a case.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What must not be; the first of each lane.
    pub findings: Vec<Finding>,
    /// What each lane exercised.
    pub features: Vec<Vec<u64>>,
    /// How often what happened.
    pub tally: Tally,
}

/// The peer of a lane.
struct Peer {
    /// End of what it has sent.
    sent: u32,
    /// The window that it announces.
    wnd: u16,
    ts: bool,
    /// Where its clock began.
    clock: u32,
    failed: bool,
}

/// Both devices, for many cases.
pub struct Runner {
    pair: Option<[Side; 2]>,
    port: u16,
    capture: bool,
    verbose: bool,
}

impl Runner {
    /// With captures of the wire or without.
    #[must_use]
    pub fn new(capture: bool, verbose: bool) -> Self {
        Self { pair: None, port: 1024, capture, verbose }
    }

    /// The captures of model and RTL so far.
    #[must_use]
    pub fn captures(&self) -> Vec<(&'static str, Vec<u8>)> {
        self.pair
            .iter()
            .flatten()
            .filter_map(|side| {
                let _ = side.world.lock().flush_capture();
                Some((side.kind.name(), side.capture.as_ref()?.bytes()))
            })
            .collect()
    }

    /// Clocks of the RTL so far.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.pair.as_ref().map_or(0, |pair| pair[1].world.lock().statistics().cycles)
    }

    /// World time, µs.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.pair.as_ref().map_or(0, |pair| pair[0].now())
    }

    /// Throws the devices away: the next case begins with new ones.
    pub fn renew(&mut self) {
        self.pair = None;
    }

    /// Runs a case.
    ///
    /// # Errors
    /// A device does not open.
    pub fn run(&mut self, case: &Case) -> Result<Outcome, String> {
        if self.pair.as_ref().is_none_or(|pair| case.start_us != 0 && pair[0].now() > case.start_us)
        {
            self.pair = Some(open_pair(self.capture)?);
        }
        let Some(pair) = self.pair.as_mut() else { return Ok(Outcome::default()) };
        for side in pair.iter_mut() {
            let now = side.now();
            side.run(case.start_us.saturating_sub(now));
        }
        let mut run = Run {
            pair,
            case,
            peers: Vec::new(),
            outcome: Outcome::default(),
            verbose: self.verbose,
        };
        run.begin(&mut self.port);
        for round in 0..case.rounds() {
            if !run.round(round) {
                break;
            }
        }
        run.finish();
        let outcome = run.outcome;
        if pair.iter().any(|side| side.dead.is_some()) && !self.capture {
            self.pair = None;
        }
        Ok(outcome)
    }
}

/// Where a segment begins, by what one side has announced and the peer has sent.
fn seq_of(seg: &Seg, session: &Session, sent: u32) -> u32 {
    let base = match seg.seq {
        SeqAt::Next => session.info.rcv_nxt,
        SeqAt::Edge => session.edge,
        SeqAt::Sent => sent,
    };
    base.wrapping_add_signed(seg.seq_plus)
}

/// What a segment acknowledges of one side.
fn ack_of(seg: &Seg, session: &Session) -> u32 {
    let base = match seg.ack {
        AckAt::Max => session.max,
        AckAt::Una => session.info.snd_una,
    };
    base.wrapping_add_signed(seg.ack_plus)
}

struct Run<'a> {
    pair: &'a mut [Side; 2],
    case: &'a Case,
    peers: Vec<Peer>,
    outcome: Outcome,
    verbose: bool,
}

impl Run<'_> {
    fn finding(&mut self, lane: Option<usize>, round: usize, what: String) {
        if lane.is_some_and(|lane| std::mem::replace(&mut self.peers[lane].failed, true)) {
            return;
        }
        self.outcome.findings.push(Finding { lane, round, what });
    }

    /// False when a device is dead.
    fn alive(&mut self, round: usize) -> bool {
        let dead: Vec<String> = self.pair.iter().filter_map(|side| side.dead.clone()).collect();
        for what in &dead {
            if self.outcome.findings.iter().all(|f| f.lane.is_some()) {
                self.finding(None, round, what.clone());
            }
        }
        dead.is_empty()
    }

    fn begin(&mut self, port: &mut u16) {
        let mut refused = 0;
        for (lane, script) in self.case.lanes.iter().take(MAX_LANES).enumerate() {
            let setup = script.setup.possible();
            *port = port.checked_add(1).unwrap_or(1024).max(1024);
            let number = u8::try_from(lane + 1).unwrap_or(u8::MAX);
            let (local, remote): (IpAddr, IpAddr) = if setup.ipv6 {
                let of = |host| Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, host);
                (of(0x100).into(), of(number.into()).into())
            } else {
                (Ipv4Addr::new(10, 0, 0, 1).into(), Ipv4Addr::new(10, 0, 1, number).into())
            };
            let tuple = Tuple { local, remote, lport: 80, rport: *port };
            install(self.pair, lane, tuple, &setup);
            let clock = setup.ts_clock.wrapping_add(1000);
            let (sent, wnd, ts) = (setup.rcv, setup.wnd, setup.ts);
            self.peers.push(Peer { sent, wnd, ts, clock, failed: false });
            self.outcome.features.push(Vec::new());
            // One in thousands; the model finds sessions by their tuples.
            if self.pair[1].sessions.get(lane).is_some_and(|session| session.no_place) {
                refused += 1;
                if refused > 1 {
                    self.finding(Some(lane), 0, "rtl: no place in the lookup table again".into());
                }
                self.peers[lane].failed = true;
            }
        }
        self.alive(0);
        self.judge(0, |_| true);
    }

    /// A round: time passes, things happen, both sides come to rest, and are compared. False: over.
    fn round(&mut self, round: usize) -> bool {
        let gap = u64::from(self.case.gap(round));
        if gap > 0 {
            self.pass(gap, round);
            if !self.alive(round) {
                return false;
            }
        }
        let case = self.case;
        let before: Vec<u32> =
            self.pair[0].sessions.iter().map(|s| s.info.tcp_state.to_bits()).collect();
        for (lane, script) in case.lanes.iter().take(MAX_LANES).enumerate() {
            let Some(ops) = script.rounds.get(round) else { continue };
            if self.peers[lane].failed {
                continue;
            }
            // Where the operations begin that the sides have not come to rest after.
            let mut since = 0;
            for (index, op) in ops.iter().take(4).enumerate() {
                if self.verbose {
                    eprintln!("{:>9} round {round} lane {lane}: {op:?}", self.pair[0].now());
                }
                self.outcome.tally.op(op);
                self.operate(lane, op);
                // Commands take the firmware a while, and frame and doorbell race: what follows them comes after.
                let quick = |op: &Op| match op {
                    Op::Seg(_) => 1,
                    Op::Write(_) | Op::Read(_) | Op::Close | Op::Abort | Op::Kick | Op::Orphan => 2,
                    _ => 0,
                };
                let next = ops.get(index + 1).map_or(quick(op), quick);
                let apart = quick(op) == 0 || quick(op) != next;
                let before = &ops[since..=index];
                if index + 1 < ops.len()
                    && (apart || self.foresees(lane, before, ops.get(index + 1)))
                {
                    settle(self.pair);
                    since = index + 1;
                }
            }
        }
        settle(self.pair);
        let each = |lane: usize| {
            case.lanes.get(lane).and_then(|l| l.rounds.get(round)).is_none_or(|ops| ops.len() <= 1)
        };
        // A timer may fire on one side before this instant and on the other after it: keepalive has ticks of a millisecond.
        for _ in 0..16 {
            if !self.alive(round) {
                return false;
            }
            if !self.lanes().any(|(lane, a, b)| late(a, b, each(lane))) {
                break;
            }
            self.wait(100);
        }
        self.features(round, &before);
        self.judge(round, each);
        true
    }

    /// The lanes that still count, and both sides of each.
    fn lanes(&self) -> impl Iterator<Item = (usize, &Session, &Session)> {
        let [model, rtl] = &*self.pair;
        let both = model.sessions.iter().zip(&rtl.sessions).enumerate();
        both.filter(|(lane, _)| !self.peers[*lane].failed).map(|(lane, (a, b))| (lane, a, b))
    }

    fn wait(&mut self, us: u64) {
        for side in self.pair.iter_mut() {
            side.run(us);
        }
        settle(self.pair);
    }

    /// Lets time pass on both, a little longer where one side's timer is not where the other's is.
    fn pass(&mut self, gap: u64, round: usize) {
        self.wait(gap);
        let step = 200 + gap / 64;
        for _ in 0..12 {
            if !self.alive(round) {
                return;
            }
            if self.lanes().all(|(_, a, b)| calm(a, b)) {
                break;
            }
            self.wait(step);
        }
        if self.alive(round) {
            self.judge(round, |_| false);
        }
    }

    fn features(&mut self, round: usize, before: &[u32]) {
        for (lane, session) in self.pair[1].sessions.iter().enumerate() {
            if let Some(ops) = self.case.lanes[lane].rounds.get(round) {
                self.outcome.features[lane].extend(coverage::round(ops, before[lane], session));
            }
        }
    }

    /// Compares, and begins a new account.
    fn judge(&mut self, round: usize, each: impl Fn(usize) -> bool) {
        let mut found = Vec::new();
        for lane in 0..self.peers.len().min(self.pair[0].sessions.len()) {
            let [model, rtl] = &mut *self.pair;
            let (a, b) = (&mut model.sessions[lane], &mut rtl.sessions[lane]);
            if self.verbose {
                for (name, s) in [("model", &*a), ("rtl", &*b)] {
                    for t in &s.sent {
                        eprintln!(
                            "    {name:5} sent seq {:#x} len {} ack {:#x} wnd {} flags {:#x} sack {:x?}",
                            t.seq,
                            t.payload.len(),
                            t.ack,
                            t.wnd,
                            t.flags,
                            t.sack
                        );
                    }
                }
            }
            let what = if a.phase == Phase::Refused && b.phase == Phase::Refused {
                a.wrong.clear();
                b.wrong.clear();
                None
            } else if let Some(wrong) = a.wrong.first() {
                Some(format!("model: {wrong}"))
            } else if let Some(wrong) = b.wrong.first() {
                Some(format!("rtl: {wrong}"))
            } else {
                for s in [&mut *a, &mut *b] {
                    s.beyond_window();
                    s.copied();
                }
                let of =
                    |s: &Session, name| s.wrong.first().map(|wrong| format!("{name}: {wrong}"));
                of(a, "model").or_else(|| of(b, "rtl")).or_else(|| {
                    let unsure = a.unsure || a.apart;
                    let what = differs(a, b, Strict { each: each(lane) });
                    table::note(a, b, each(lane), unsure);
                    what.or_else(|| table::told_unlike(a, b, false))
                })
            };
            if let Some(what) = what {
                found.push((lane, what));
            }
            self.outcome.tally.round(b, b.max_before);
            for s in [a, b] {
                s.sent.clear();
                s.to_host.clear();
                s.images.clear();
                s.wrong.clear();
                s.next_round();
                s.gone = matches!(s.phase, Phase::Closed(_));
            }
        }
        for (lane, what) in found {
            self.finding(Some(lane), round, what);
        }
    }

    /// Whether a segment acknowledges what may only be sent in answer to those before it, or changes the windows by
    /// which that is sent.
    fn foresees(&self, lane: usize, before: &[Op], op: Option<&Op>) -> bool {
        let Some(Op::Seg(seg)) = op else { return false };
        // A new clock counts when what it is measured by, the last acknowledgement, has left; without SACK an empty
        // segment is a duplicate when something was sent in answer to the one before it.
        let plain = seg.len == 0 && !seg.fin && !self.case.lanes[lane].setup.sack;
        let signals = |seg: &Seg| seg.ece || !seg.sack.is_empty() || seg.wnd.is_some();
        let signalled = before.iter().any(|op| matches!(op, Op::Seg(seg) if signals(seg)));
        if signals(seg) || signalled || plain || matches!(seg.ts, Ts::Val(_)) {
            return true;
        }
        // Beyond the window, as announced: an answer that opens it may leave before or after.
        let end = |session: &Session| {
            let space = u32::from(seg.len) + u32::from(seg.fin);
            seq_of(seg, session, self.peers[lane].sent).wrapping_add(space)
        };
        self.pair.iter().filter_map(|side| side.sessions.get(lane)).any(|session| {
            if diff(end(session), session.edge) > 0 {
                return true;
            }
            let ack = |seg: &Seg| ack_of(seg, session);
            let news = diff(ack(seg), session.info.snd_una) > 0;
            // The one before lets something go: by what it acknowledges, or by a window that only now counts.
            let both = news && before.iter().any(|op| matches!(op, Op::Seg(_)));
            // What waits goes out when the flight is empty, perhaps after idleness; then quick ACKs begin, which data counts.
            let empties = |op: &Op| matches!(op, Op::Seg(seg) if ack(seg) == session.max);
            let waits = session.info.snd_end != session.max;
            let restarts = waits && seg.len > 0 && before.iter().any(empties);
            both || restarts || diff(ack(seg), session.max) > 0
        })
    }

    fn operate(&mut self, lane: usize, op: &Op) {
        let active = self
            .pair
            .iter()
            .all(|side| side.sessions.get(lane).is_some_and(|s| s.phase == Phase::Active));
        if let Op::Seg(seg) = op {
            if let Some(frames) = self.segment(lane, seg) {
                for (side, frame) in self.pair.iter_mut().zip(frames) {
                    side.send(lane, vec![frame]);
                }
            }
            return;
        }
        // The same bytes on both, though one may have less room.
        let room = self.pair.iter().filter_map(|side| Some(side.sessions.get(lane)?.info.writable));
        let room = u16::try_from(room.min().unwrap_or(0)).unwrap_or(u16::MAX);
        for side in self.pair.iter_mut() {
            match op {
                Op::NextHop(valid) => side.hop(lane, *valid),
                Op::Read(len) => {
                    side.read(lane, *len);
                }
                _ if !active => {}
                Op::Write(len) => side.write(lane, (*len).min(room)),
                Op::Close => side.close(lane),
                Op::Abort => side.abort(lane),
                // Elsewhere a kick may only bring a delayed ACK forward.
                Op::Kick if side.sessions[lane].info.parked => side.kick(lane),
                Op::Kick => {}
                Op::Move => side.go_and_come(lane),
                Op::Snapshot => side.snapshot(lane),
                Op::Mss(mss) => {
                    let most = self.case.lanes[lane].setup.possible();
                    let value = (*mss).clamp(64, most.mss - if most.ts { 12 } else { 0 });
                    side.set(lane, SessionKey::Mss, value.into());
                }
                Op::Nodelay(on) => side.set(lane, SessionKey::Nodelay, u32::from(*on)),
                Op::Keepalive(on) => side.set(lane, SessionKey::Keepalive, u32::from(*on)),
                Op::Mirror(on) => side.set(lane, SessionKey::Mirror, u32::from(*on)),
                Op::Trace(on) => side.set(lane, SessionKey::Trace, u32::from(*on)),
                Op::Pace(rate) => {
                    // What a bucket lets through when is each side's own.
                    side.sessions[lane].disturbed = true;
                    side.set(lane, SessionKey::PacingRate, (*rate).into());
                }
                Op::Df(on) => {
                    let session = &mut side.sessions[lane];
                    session.df_changes = true;
                    session.below.df = *on && session.tuple.local.is_ipv4();
                    side.set(lane, SessionKey::Df, u32::from(*on));
                }
                Op::Algorithm(which) => {
                    side.sessions[lane].disturbed = true;
                    side.sessions[lane].dctcp |= which % 3 == 2;
                    side.set(lane, SessionKey::CcAlgo, u32::from(which % 3));
                }
                Op::Orphan => side.orphan(lane),
                Op::Seg(_) => {}
            }
        }
    }

    /// The frames of a segment: they differ in the echoed timestamp at most.
    fn segment(&mut self, lane: usize, seg: &Seg) -> Option<[Vec<u8>; 2]> {
        let peer = self.peers.get_mut(lane)?;
        let reference = self.pair[0].sessions.get(lane)?;
        let mut seq = seq_of(seg, reference, peer.sent);
        // Windows that were announced at different moments may be apart (`Session::apart`): what one alone would take ends
        // where both do.
        let [a, b] = [0, 1].map(|side| self.pair[side].sessions[lane].edge);
        let (low, high) = if diff(b, a) > 0 { (a, b) } else { (b, a) };
        let space = u32::from(seg.len.min(1460)) + u32::from(seg.fin);
        if low != high && diff(seq, high) <= 0 && diff(seq.wrapping_add(space), low) > 0 {
            seq = low.wrapping_sub(space);
        }
        // The sides may be at different places, each by its own pace: each is acknowledged where it is.
        let acks = [0, 1].map(|side| ack_of(seg, &self.pair[side].sessions[lane]));
        let disturbed = [0, 1].map(|side| {
            let session = &self.pair[side].sessions[lane];
            (session.disturbed, diff(acks[side], session.max) > 0, session.max)
        });
        let apart = disturbed[0].1 != disturbed[1].1 && (disturbed[0].0 || disturbed[1].0);
        // Acceptable to both or to none.
        let acks = if apart { disturbed.map(|(_, _, max)| max) } else { acks };
        let unas = [0, 1].map(|side| self.pair[side].sessions[lane].info.snd_una);
        if let Some(wnd) = seg.wnd {
            peer.wnd = wnd;
        }
        let mut flags = 0;
        for (on, bit) in [
            (seg.fin, flag::FIN),
            (seg.syn, flag::SYN),
            (seg.rst, flag::RST),
            (!seg.no_ack, flag::ACK),
            (seg.urg, flag::URG),
            (seg.ece, flag::ECE),
            (seg.cwr, flag::CWR),
        ] {
            if on {
                flags |= bit;
            }
        }
        let now = self.pair[0].now();
        #[allow(clippy::cast_possible_truncation)] // a clock that wraps
        let clock = peer.clock.wrapping_add((now >> 10) as u32);
        let tcp = Tcp {
            seq,
            ack: 0,
            flags,
            wnd: peer.wnd,
            ts: None,
            sack: Vec::new(),
            payload: stream(FROM_PEER, seq, usize::from(seg.len.min(1460))),
            ecn: if seg.ce { 3 } else { 0 },
        };
        if seg.harm == Harm::None && !seg.syn && !seg.rst && diff(tcp.end(), peer.sent) > 0 {
            peer.sent = tcp.end();
        }
        let has_ts = peer.ts;
        // Which timestamp was recorded last hangs on what was acknowledged when: where that may differ, what one alone would
        // call old is the peer's clock as it is.
        let doubt = self.pair.iter().any(|side| {
            let session = &side.sessions[lane];
            session.disturbed || session.unsure
        });
        let known = |plus: i32| {
            let far = plus.unsigned_abs() < 1 << 30;
            !doubt || (far && !(-(1 << 20)..=0).contains(&plus))
        };
        if matches!(seg.harm, Harm::DataOffset(_)) {
            for side in self.pair.iter_mut() {
                side.sessions[lane].garbled = true;
            }
        }
        // Much of what is odd about a frame does not make it wrong.
        if !seg.no_ack {
            for (side, ack) in self.pair.iter_mut().zip(acks) {
                let session = &mut side.sessions[lane];
                session.grant(ack, tcp.wnd);
            }
        }
        Some([0, 1].map(|side| {
            let session = &self.pair[side].sessions[lane];
            let seen = session.ts_seen;
            let ts = match seg.ts {
                _ if !has_ts => None,
                Ts::Missing => None,
                Ts::Good => Some((clock, seen)),
                Ts::Val(plus) if !known(plus) => Some((clock, seen)),
                Ts::Val(plus) => Some((clock.wrapping_add_signed(plus), seen)),
                Ts::Echo(plus) => Some((clock, seen.wrapping_add_signed(plus))),
            };
            // The engine looks at three: as many as fit beside timestamps.
            let sack = seg.sack.iter().take(3).map(|&(at, len)| {
                let first = unas[side].wrapping_add_signed(at);
                (first, first.wrapping_add_signed(len))
            });
            let sack = sack.collect();
            packet::build(
                &session.tuple,
                &Tcp { ts, sack, ack: acks[side], ..tcp.clone() },
                seg.harm,
            )
        }))
    }

    /// After the script a peer that does everything right: whatever happened before, all data must arrive.
    fn finish(&mut self) {
        let rounds = self.case.rounds();
        if !self.alive(rounds) {
            return;
        }
        self.look_up(rounds);
        for lane in 0..self.peers.len() {
            for side in self.pair.iter_mut() {
                side.hop(lane, true);
            }
            self.peers[lane].wnd = 65_535;
        }
        settle(self.pair);
        // Timers that were backed off far must get their time, as long as nothing moves.
        let (mut still, mut before) = (0_u32, 0_u32);
        for turn in 0..1_500_u32 {
            if !self.alive(rounds) {
                return;
            }
            let mut open = 0;
            for lane in 0..self.peers.len() {
                if self.peers[lane].failed {
                    continue;
                }
                open += u32::from(self.obliging(lane));
            }
            if open == 0 {
                break;
            }
            let sessions = self.pair.iter().flat_map(|side| &side.sessions);
            let moved = sessions.fold(0_u32, |sum, s| sum.wrapping_add(s.info.snd_una));
            still = if moved == before { still + 1 } else { 0 };
            before = moved;
            if still > 60 {
                break;
            }
            let gap = if still < 8 { 1_000 } else { 1 << (10 + still / 4).min(24) };
            settle(self.pair);
            if self.verbose {
                eprintln!("{:>9} afterwards, turn {turn}: {open} open", self.pair[0].now());
            }
            self.wait(gap);
            self.only_invariants(rounds);
        }
        let mut stuck = Vec::new();
        for lane in 0..self.peers.len() {
            if self.peers[lane].failed {
                continue;
            }
            for side in self.pair.iter() {
                let s = &side.sessions[lane];
                let end = s.info.snd_end.wrapping_add(u32::from(s.info.fin_queued));
                if s.phase == Phase::Active && s.info.snd_una != end {
                    stuck.push((
                        lane,
                        format!(
                            "{}: stuck: acknowledged {:#x} of {end:#x}, state {:?}",
                            side.kind.name(),
                            s.info.snd_una,
                            s.info.tcp_state
                        ),
                    ));
                }
                if s.phase == Phase::Leaving {
                    stuck.push((lane, format!("{}: stuck on its way out", side.kind.name())));
                }
            }
        }
        for (lane, what) in stuck {
            self.finding(Some(lane), rounds, what);
        }
        for side in self.pair.iter_mut() {
            side.clear();
        }
        settle(self.pair);
        self.expire(rounds);
        for session in &self.pair[1].sessions {
            self.outcome.tally.table(session);
        }
        for side in self.pair.iter_mut() {
            side.flush();
        }
        settle(self.pair);
        if !self.alive(rounds) {
            return;
        }
        for side in self.pair.iter_mut() {
            let faults = side.world.lock().statistics().faults;
            if faults != Default::default() {
                side.dead =
                    Some(format!("{}: DMA outside its rings: {faults:?}", side.kind.name()));
            }
            side.forget();
        }
        self.alive(rounds);
    }

    /// The lanes that both sides have left to their TIME_WAIT tables.
    fn waiting(&self) -> Vec<usize> {
        self.lanes().filter(|(_, a, b)| table::waits(a, b)).map(|(lane, ..)| lane).collect()
    }

    /// Both tables must know the same of the sessions that are left to them. A connection that begins anew makes them give
    /// half of the entries up, and tell all that they were.
    fn look_up(&mut self, round: usize) {
        let waiting = self.waiting();
        for side in self.pair.iter_mut() {
            waiting.iter().for_each(|lane| side.look_up(*lane));
        }
        settle(self.pair);
        self.tables(&waiting, round, |a, b| table::found_unlike(a, b));
        let again = |lane: &usize| self.case.lanes[*lane].setup.snd.is_multiple_of(2);
        let again: Vec<usize> = waiting.iter().copied().filter(again).collect();
        if self.verbose {
            let now = self.pair[0].now();
            eprintln!("{now:>9} afterwards: looked up lanes {waiting:?}, begins anew {again:?}");
        }
        for lane in &again {
            for side in self.pair.iter_mut() {
                let session = &side.sessions[*lane];
                // By its number, whatever became of the timestamps (RFC 1122 §4.2.2.13).
                let seq = session.info.rcv_nxt.wrapping_add(100_000);
                let syn = Tcp { seq, flags: flag::SYN, wnd: 1000, ..Tcp::default() };
                let frame = packet::build(&session.tuple, &syn, Harm::None);
                side.send(*lane, vec![frame]);
            }
            // One by one: the engine has room for four such events at a time, others it counts only.
            settle(self.pair);
        }
        self.tables(&again, round, table::begun_unlike);
    }

    /// What is left in the tables expires, and all of it is told.
    fn expire(&mut self, round: usize) {
        let waiting = self.waiting();
        if !waiting.is_empty() {
            self.wait(u64::from(table::LINGER_US + 2 * table::TICK_US));
        }
        self.tables(&waiting, round, |a, b| table::told_unlike(a, b, true));
    }

    /// Compares the entries of some lanes.
    fn tables(
        &mut self,
        lanes: &[usize],
        round: usize,
        unlike: impl Fn(&mut Session, &mut Session) -> Option<String>,
    ) {
        if !self.alive(round) {
            return;
        }
        for lane in lanes {
            let [model, rtl] = &mut *self.pair;
            if let Some(what) = unlike(&mut model.sessions[*lane], &mut rtl.sessions[*lane]) {
                self.finding(Some(*lane), round, what);
            }
        }
    }

    /// A peer that acknowledges everything, and sends what is missing. True while there is something to do.
    fn obliging(&mut self, lane: usize) -> bool {
        let mut open = false;
        for side in self.pair.iter_mut() {
            let Some(s) = side.sessions.get(lane) else { continue };
            if s.phase != Phase::Active {
                continue;
            }
            while side.read(lane, 16_384) > 0 {}
            let s = &side.sessions[lane];
            let end = s.info.snd_end.wrapping_add(u32::from(s.info.fin_queued));
            if s.info.snd_una == end {
                continue;
            }
            open = true;
            let tcp = Tcp {
                seq: s.info.rcv_nxt,
                ack: s.max,
                flags: flag::ACK,
                wnd: 65_535,
                ts: self.peers[lane].ts.then_some((s.echo.wrapping_add(1), s.ts_seen)),
                ..Tcp::default()
            };
            let frame = packet::build(&s.tuple, &tcp, Harm::None);
            side.sessions[lane].grant(tcp.ack, tcp.wnd);
            side.send(lane, vec![frame]);
        }
        open
    }

    fn only_invariants(&mut self, round: usize) {
        let mut found = Vec::new();
        for lane in 0..self.peers.len() {
            for side in self.pair.iter_mut() {
                let s = &mut side.sessions[lane];
                if self.verbose && !s.sent.is_empty() {
                    let count = s.sent.len();
                    eprintln!("    {:5} lane {lane} sent {count} segments", side.kind.name());
                }
                s.beyond_window();
                s.copied();
                if let Some(wrong) = s.wrong.first() {
                    found.push((lane, format!("{}: {wrong}", side.kind.name())));
                }
                s.sent.clear();
                s.to_host.clear();
                s.images.clear();
                s.wrong.clear();
                s.next_round();
            }
        }
        for (lane, what) in found {
            self.finding(Some(lane), round, what);
        }
    }
}
