// SPDX-License-Identifier: Apache-2.0
//! TCP segments arriving: sessions, sessions that are away, SYN cache, TIME_WAIT, listeners, nobody.

use toe_tcp::timewait::TwAction;
use toe_tcp::{Flags, Handshake, Micros, Segment, SeqNum, State, Tcb, Verdict, syn_ack, ts_clock};

use crate::addr::{Endpoint, FourTuple, ScopedAddr};
use crate::cookies::CookieParams;
use crate::icmp::IcmpKind;
use crate::iface::IfId;
use crate::ring::ByteRing;
use crate::signature::Refused;
use crate::stack::Stack;
use crate::syncache::{CookieMode, SynEntry};
use crate::tcp::{Kind, TcpError, TcpId, mss_for};
use crate::wire::{IpPacket, ParseError, TcpIn, parse_tcp};

/// MSS of an IPv6 peer that announced none (RFC 9293 §3.7.1).
const DEFAULT_MSS_V6: u16 = 1220;
/// A confirmation to the neighbour machine is worth its cost this often.
const CONFIRM_INTERVAL: u64 = 1_000_000;

impl Stack {
    /// A TCP packet, which other stacks have passed on so often.
    pub(crate) fn handle_tcp(&mut self, now: Micros, id: IfId, ip: &IpPacket<'_>, passed: u8) {
        let mut tcp = match parse_tcp(ip) {
            Ok(tcp) => tcp,
            Err(ParseError::BadChecksum) => {
                self.stats.tcp_bad_checksum += 1;
                return;
            }
            Err(ParseError::Malformed) => {
                self.stats.tcp_malformed += 1;
                return;
            }
        };
        match self.signatures.check(ip, tcp.digest_at) {
            Ok(signed) => self.stats.tcp_signature_good += u64::from(signed),
            Err(why) => {
                let counter = match why {
                    Refused::Missing => &mut self.stats.tcp_signature_missing,
                    Refused::Unexpected => &mut self.stats.tcp_signature_unexpected,
                    Refused::Wrong => &mut self.stats.tcp_signature_wrong,
                };
                *counter += 1;
                return;
            }
        }
        if tcp.segment.syn() && tcp.segment.mss.is_none() && ip.src.is_ipv6() {
            tcp.segment.mss = Some(DEFAULT_MSS_V6);
        }
        // Packets with IP options or extension headers are the slow path's for good (S-TOE-4).
        tcp.odd_options |= ip.has_options;
        let tuple = FourTuple {
            local: Endpoint::new(ScopedAddr::on(ip.dst, id), tcp.dst_port),
            remote: Endpoint::new(ScopedAddr::on(ip.src, id), tcp.src_port),
        };
        if let Some(socket) = self.tcp.tuples.get(&tuple).copied() {
            match self.tcp.sockets.get(socket).map(|s| &s.kind) {
                Some(Kind::Session(_)) => {
                    self.session_segment(now, id, socket, &tuple, &tcp);
                    return;
                }
                Some(Kind::Away(_)) => {
                    self.catch_segment(id, socket, ip);
                    return;
                }
                Some(Kind::Idle | Kind::Listen(_) | Kind::Dead) | None => {}
            }
        }
        if self.packet_misplaced(id, &tuple, ip, passed) {
            return;
        }
        self.segment_without_session(now, id, &tuple, &tcp);
    }

    fn session_segment(
        &mut self,
        now: Micros,
        id: IfId,
        socket: TcpId,
        tuple: &FourTuple,
        tcp: &TcpIn<'_>,
    ) {
        let Some(session) = self.tcp.session_mut(socket) else { return };
        session.odd_options |= tcp.odd_options;
        let accepted = session.tcb.on_segment(now, &tcp.segment);
        self.hooks.segment_in(now, tuple, &tcp.segment, accepted.verdict);
        if let Some(place) = accepted.place {
            let from = place.skip as usize;
            let bytes = tcp.payload.get(from..from + place.len as usize).unwrap_or(&[]);
            let size = session.tcb.config().rcv_ring;
            let start = session.tcb.rcv_start();
            session
                .rx
                .get_or_insert_with(|| ByteRing::new(size, start))
                .write(place.ring_seq, bytes);
        }
        let confirm = (accepted.acked > 0
            && now.0 >= session.confirmed_at.0.saturating_add(CONFIRM_INTERVAL))
        .then_some(session.hop)
        .flatten();
        if let Some(key) = confirm {
            session.confirmed_at = now;
            self.neigh.confirm(now, key);
        }
        self.log_odd(tuple, &tcp.segment, accepted.verdict);
        match accepted.verdict {
            Verdict::Closed => {
                if let Some(reset) = tcp.segment.reset_reply() {
                    self.send_reset(now, id, tuple, &reset);
                }
            }
            Verdict::Recycled => {
                // A new incarnation: the remains keep their socket but not the 4-tuple.
                self.after(now, socket);
                let owner = self.tcp.sockets.get(socket).map(|s| s.options.bind.owner());
                if self.tcp.tuples.remove(tuple).is_some() {
                    self.ports.session_removed(tuple, owner.unwrap_or_default());
                }
                self.segment_without_session(now, id, tuple, tcp);
                return;
            }
            _ => {}
        }
        self.after(now, socket);
    }

    fn segment_without_session(
        &mut self,
        now: Micros,
        id: IfId,
        tuple: &FourTuple,
        tcp: &TcpIn<'_>,
    ) {
        let seg = &tcp.segment;
        if self.tcp.syn.contains(tuple) && self.syn_cache_segment(now, id, tuple, tcp) {
            return;
        }
        if let Some(info) = self.tw.get(tuple) {
            let switches = self.config.tw_switches;
            let outcome = info.record.process(switches, &mut self.tcp.tw_limiter, now, seg);
            if let Some(reply) = outcome.reply {
                self.stats.tcp_time_wait_answers += 1;
                let fib = self.fib_of(id);
                self.send_segment(now, fib, tuple, &reply);
            }
            match outcome.action {
                TwAction::Keep => return,
                TwAction::Restart => {
                    self.tw.restart(now, tuple);
                    return;
                }
                TwAction::Delete | TwAction::Recycle => {
                    if let Some(gone) = self.tw.remove(tuple) {
                        self.ports.time_wait_removed(&gone.tuple, gone.owner);
                    }
                    if outcome.action == TwAction::Delete {
                        return;
                    }
                    self.stats.tcp_time_wait_recycled += 1;
                }
            }
        }
        let hash = self.tcp.ts_key.hash(&tuple.key_bytes());
        if let Some(listener) = self.tcp.listener_for(tuple.local, hash) {
            if seg.rst() {
                return;
            }
            if seg.syn() && !seg.has_ack() {
                if !seg.fin() {
                    self.handle_syn(now, listener, tuple, seg);
                }
                return;
            }
            if seg.has_ack() && !seg.syn() && self.cookie_ack(now, id, listener, tuple, tcp) {
                return;
            }
        }
        self.stats.tcp_no_socket += 1;
        self.log_vain(tuple, seg);
        if seg.syn() {
            self.stats.tcp_vain_syn += 1;
        } else {
            self.stats.tcp_vain_other += 1;
        }
        if let Some(reset) = seg.reset_reply() {
            self.send_reset(now, id, tuple, &reset);
        }
    }

    fn listener_room(&self, listener: TcpId) -> bool {
        match self.tcp.sockets.get(listener).map(|s| &s.kind) {
            Some(Kind::Listen(l)) => l.queue.len() < l.backlog,
            _ => false,
        }
    }

    /// Our side's parameters for a session that a listener would accept.
    fn listener_config(
        &self,
        now: Micros,
        listener: TcpId,
        tuple: &FourTuple,
    ) -> Option<(toe_tcp::Config, crate::fib::Resolved)> {
        let options = self.tcp.sockets.get(listener)?.options;
        let path = self.route_to(now, options.fib, tuple.remote.addr).ok()?;
        Some((self.session_config(&options, tuple, &path), path))
    }

    fn handle_syn(&mut self, now: Micros, listener: TcpId, tuple: &FourTuple, syn: &Segment) {
        if !self.listener_room(listener) {
            self.tcp.syn.counters.accept_queue_full += 1;
            return;
        }
        let Some((mut config, _)) = self.listener_config(now, listener, tuple) else { return };
        let mode = self.tcp.syn.config.cookies;
        let mut syn = *syn;
        // Without timestamps a cookie cannot bring back scaling and SACK: where only the cookie may be left, they are
        // not agreed on.
        if syn.ts.is_none() && (mode == CookieMode::Always || self.tcp.syn.bucket_full(tuple)) {
            syn.wscale = None;
            syn.sack_permitted = false;
            config.ecn = false;
        }
        let draft = Handshake::from_syn(&config, SeqNum(0), &syn);
        let (iss, ts) = if mode == CookieMode::Off {
            let iss = SeqNum(self.rng.next_u32());
            (iss, ts_clock(now, config.ts_offset))
        } else {
            let params = CookieParams {
                mss: draft.peer_mss,
                scales: draft.snd_wscale.map(|theirs| (theirs.min(14), config.rcv_wscale())),
                sack: draft.sack,
                ecn: draft.ecn,
            };
            self.tcp.syn.counters.cookies_sent += 1;
            self.tcp.cookies.make(now, tuple, syn.seq, &params)
        };
        let entry = SynEntry {
            tuple: *tuple,
            handshake: Handshake { iss, ..draft },
            ts_offset: ts.wrapping_sub(ts_clock(now, 0)),
            ts_sent: ts,
            listener,
            created: now,
            due: now,
            rexmits: 0,
            unreach: false,
        };
        self.send_syn_ack(now, &entry);
        if mode != CookieMode::Always {
            self.tcp.syn.insert(now, entry);
        }
    }

    /// The SYN|ACK of an entry: the same timestamp each time, so that an echo can be checked exactly (S-SYN-2).
    pub(crate) fn send_syn_ack(&mut self, now: Micros, entry: &SynEntry) {
        let Some((mut config, _)) = self.listener_config(now, entry.listener, &entry.tuple) else {
            return;
        };
        config.ts_offset = entry.ts_offset;
        let mut seg = syn_ack(&config, &entry.handshake, now);
        if let Some(ts) = &mut seg.ts {
            ts.val = entry.ts_sent;
        }
        let df = config.df && !entry.unreach;
        let fib = self.tcp_options(entry.listener).map(|o| o.fib).unwrap_or_default();
        self.send_segment_df(now, fib, &entry.tuple, &seg, df);
    }

    /// A segment for a half-open session; false if it is not for it (the cache then knows nothing of it).
    fn syn_cache_segment(
        &mut self,
        now: Micros,
        id: IfId,
        tuple: &FourTuple,
        tcp: &TcpIn<'_>,
    ) -> bool {
        let seg = &tcp.segment;
        let Some(entry) = self.tcp.syn.get_mut(tuple) else { return false };
        let (iss, irs) = (entry.handshake.iss, entry.handshake.irs);
        if seg.rst() {
            // RFC 5961 §3 in SYN_RECEIVED: exact only.
            if seg.seq == irs + 1 {
                self.tcp.syn.counters.reset += 1;
                self.tcp.syn.remove(tuple);
            }
            return true;
        }
        if seg.syn() {
            if seg.has_ack() || seg.seq != irs {
                // Another incarnation of the peer: the old one is forgotten.
                self.tcp.syn.remove(tuple);
                return false;
            }
            if let Some(ts) = seg.ts
                && let Some(recent) = &mut entry.handshake.ts_recent
            {
                *recent = ts.val;
            } else {
                entry.handshake.ts_recent = None;
            }
            let copy = entry.clone();
            self.tcp.syn.counters.duplicate_syn += 1;
            self.tcp.syn.refresh(now, tuple);
            self.send_syn_ack(now, &copy);
            return true;
        }
        if !seg.has_ack() {
            return true;
        }
        if seg.ack != iss + 1 {
            self.tcp.syn.counters.bad_ack += 1;
            if let Some(reset) = seg.reset_reply() {
                self.send_reset(now, id, tuple, &reset);
            }
            return true;
        }
        let entry = entry.clone();
        let window = 0xffff;
        let in_window = seg.seq.after(irs) && seg.seq - irs <= window;
        let ts_ok = match (entry.handshake.ts_recent, seg.ts) {
            (None, Some(_)) => false,
            (Some(_), Some(ts)) => ts.ecr == entry.ts_sent,
            (_, None) => true,
        };
        if !in_window || !ts_ok {
            self.tcp.syn.counters.bad_ack += 1;
            return true;
        }
        if !self.listener_room(entry.listener) {
            self.tcp.syn.counters.accept_queue_full += 1;
            return true;
        }
        self.tcp.syn.remove(tuple);
        self.tcp.syn.counters.completed += 1;
        let mut handshake = entry.handshake;
        handshake.syn_lost = entry.rexmits > 1;
        handshake.rtt_sample = (entry.rexmits == 0).then(|| now.since(entry.created));
        self.accept_session(now, id, entry.listener, tuple, &handshake, entry.ts_offset, tcp);
        true
    }

    /// An ACK that may bring a cookie back.
    fn cookie_ack(
        &mut self,
        now: Micros,
        iface: IfId,
        listener: TcpId,
        tuple: &FourTuple,
        tcp: &TcpIn<'_>,
    ) -> bool {
        if self.tcp.syn.config.cookies == CookieMode::Off || !self.listener_room(listener) {
            return false;
        }
        let seg = &tcp.segment;
        let (irs, iss) = (seg.seq - 1, seg.ack - 1);
        let ecr = seg.ts.map(|ts| ts.ecr);
        let Some(params) = self.tcp.cookies.verify(now, tuple, irs, iss, ecr) else {
            self.tcp.syn.counters.cookies_refused += 1;
            return false;
        };
        self.tcp.syn.counters.cookies_accepted += 1;
        let default = if tuple.is_ipv6() { DEFAULT_MSS_V6 } else { toe_tcp::DEFAULT_MSS };
        let handshake = Handshake {
            iss,
            irs,
            peer_mss: if params.mss == 0 { default } else { params.mss },
            snd_wscale: params.scales.map(|(theirs, _)| theirs),
            ts_recent: seg.ts.map(|ts| ts.val),
            sack: params.sack,
            ecn: params.ecn,
            snd_wnd: seg.wnd,
            syn_lost: true,
            rtt_sample: None,
        };
        let ts_offset = ecr.unwrap_or(0).wrapping_sub(ts_clock(now, 0));
        self.accept_session(now, iface, listener, tuple, &handshake, ts_offset, tcp);
        true
    }

    #[allow(clippy::too_many_arguments)]
    fn accept_session(
        &mut self,
        now: Micros,
        iface: IfId,
        listener: TcpId,
        tuple: &FourTuple,
        handshake: &Handshake,
        ts_offset: u32,
        tcp: &TcpIn<'_>,
    ) {
        let Some((mut config, path)) = self.listener_config(now, listener, tuple) else { return };
        config.ts_offset = ts_offset;
        let Some(options) = self.tcp.sockets.get(listener).map(|s| s.options) else { return };
        let mut tcb = Tcb::accept_established(&config, handshake, now);
        if let Some(known) = self.host_cache.recall(now, tuple.remote.addr.ip()) {
            tcb.start_from(&known);
        }
        let rx = ByteRing::new(config.rcv_ring, tcb.rcv_start());
        let child = self.tcp_socket(options);
        self.install(child, *tuple, tcb, Some(rx), &path, &config);
        if let Some(s) = self.tcp.sockets.get_mut(child) {
            s.parent = Some(listener);
            s.passive = true;
        }
        if let Some(s) = self.tcp.sockets.get_mut(listener)
            && let Kind::Listen(l) = &mut s.kind
        {
            l.queue.push_back(child);
        }
        self.notify(listener);
        self.session_segment(now, iface, child, tuple, tcp);
    }

    /// An ICMP error that quotes a TCP segment of ours (S-MTU-1): believed if that segment is in flight.
    pub(crate) fn tcp_icmp(
        &mut self,
        now: Micros,
        tuple: &FourTuple,
        seq: SeqNum,
        kind: IcmpKind,
        passed: u8,
    ) {
        if let Some(id) = self.tcp.tuples.get(tuple).copied() {
            match self.tcp.sockets.get(id).map(|s| &s.kind) {
                Some(Kind::Session(s)) if s.tcb.icmp_seq_valid(seq) => {
                    self.tcp_icmp_believed(now, tuple, kind);
                }
                Some(Kind::Away(_)) => self.ask_engine(id, tuple, seq, kind),
                _ => self.stats.icmp_out_of_window += 1,
            }
            return;
        }
        if self.error_misplaced(tuple, Some(seq), kind, passed) {
            return;
        }
        if let Some(entry) = self.tcp.syn.get_mut(tuple)
            && entry.handshake.iss == seq
        {
            entry.unreach = true;
            return;
        }
        self.stats.icmp_out_of_window += 1;
    }

    pub(crate) fn tcp_icmp_believed(&mut self, now: Micros, tuple: &FourTuple, kind: IcmpKind) {
        let Some(id) = self.tcp.tuples.get(tuple).copied() else { return };
        let Some(fib) = self.tcp.sockets.get(id).map(|s| s.options.fib) else { return };
        match kind {
            IcmpKind::TooBig { mtu } => {
                let Some((mtu, df_off)) = self.learn_path_mtu(now, fib, tuple.remote.addr, mtu)
                else {
                    return;
                };
                let ipv6 = tuple.is_ipv6();
                if let Some(session) = self.tcp.session_mut(id) {
                    // The value is handed over explicitly: it holds even if no table keeps it.
                    session.mtu_cap = Some((mtu, df_off));
                    session.told_path = (mtu, df_off);
                    session.tcb.set_path_mss(mss_for(mtu, ipv6), !df_off);
                    self.after(now, id);
                }
            }
            IcmpKind::Refused => self.fail_opening(now, id, TcpError::Refused),
            // Soft: the timers decide (RFC 1122 §4.2.3.9).
            IcmpKind::Unreachable => {}
        }
    }

    pub(crate) fn send_reset(&mut self, now: Micros, id: IfId, tuple: &FourTuple, reset: &Segment) {
        if !self.tcp.rst_limiter.allow(now) {
            self.stats.tcp_resets_limited += 1;
            return;
        }
        self.stats.tcp_resets_sent += 1;
        debug_assert!(reset.flags.has(Flags::RST));
        let fib = self.fib_of(id);
        self.send_segment(now, fib, tuple, reset);
    }

    pub(crate) fn tcp_timers(&mut self, now: Micros) {
        for entry in self.tcp.syn.on_timer(now) {
            self.send_syn_ack(now, &entry);
        }
        while let Some(std::cmp::Reverse((at, id))) = self.tcp.timers.peek().copied() {
            if at > now {
                break;
            }
            self.tcp.timers.pop();
            let Some(session) = self.tcp.session_mut(id) else { continue };
            if session.timer_at != Some(at) {
                continue;
            }
            session.timer_at = None;
            if session.tcb.next_deadline().is_some_and(|due| due <= now) {
                session.tcb.on_timer(now);
                if session.tcb.state() == State::Closed {
                    self.drain_events(now, id);
                }
            }
            self.after(now, id);
        }
    }
}
