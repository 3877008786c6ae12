// SPDX-License-Identifier: Apache-2.0
//! `tcp_info` in the protocol's words, and what limits a sender, whoever has the session.

use toe_stack::Micros;
use toe_tcp::{Counters, State, TcpInfo};

use super::proto::{Info, Timer};

/// What limits the sender, in words: the first line of what a person wants to know.
pub(crate) fn limit(info: &TcpInfo, parked: bool) -> String {
    let sends = matches!(
        info.state,
        State::Established | State::CloseWait | State::FinWait1 | State::Closing | State::LastAck
    );
    if parked {
        "next hop: it has no address, the session waits for it".into()
    } else if !sends {
        format!("state: {} does not send data", toe_stack::table::state_name(info.state))
    } else if info.notsent == 0 && info.unacked == 0 {
        "application: it has written nothing that is not acknowledged".into()
    } else if info.backoff > 0 {
        format!(
            "loss: no acknowledgement, {} retransmission time-outs in a row, next in {} ms",
            info.backoff,
            info.timers.rexmt.map_or(0, |t| t.0.div_ceil(1000)),
        )
    } else if info.notsent == 0 {
        format!("application: all {} bytes it has written are on the way", info.unacked)
    } else if info.timers.persist.is_some() || info.snd_wnd == 0 {
        "receiver: its window is closed".into()
    } else if info.unacked + info.snd_mss > info.snd_wnd && info.snd_wnd <= info.cwnd {
        format!("receiver: its window of {} bytes is full", info.snd_wnd)
    } else if info.pipe + info.snd_mss > info.cwnd {
        format!("congestion window: {} bytes, {} of them on the way", info.cwnd, info.pipe)
    } else if info.notsent < info.snd_mss && info.unacked > 0 && !info.nodelay {
        format!("Nagle: {} bytes wait for an acknowledgement or a full segment", info.notsent)
    } else {
        format!("device: {} bytes wait for their turn to be sent", info.notsent)
    }
}

fn named_counters(c: &Counters) -> Vec<(String, u64)> {
    let all = [
        ("segs_out", u64::from(c.segs_out)),
        ("segs_in", c.segs_in.into()),
        ("bytes_out", c.bytes_out),
        ("bytes_in", c.bytes_in),
        ("retransmit_segs", c.retransmit_segs.into()),
        ("retransmit_bytes", c.retransmit_bytes.into()),
        ("dup_acks_in", c.dup_acks_in.into()),
        ("ooo_in", c.ooo_in.into()),
        ("ooo_overflow", c.ooo_overflow.into()),
        ("dup_in", c.dup_in.into()),
        ("rto_count", c.rto_count.into()),
        ("rto_spurious", c.rto_spurious.into()),
        ("fast_retransmits", c.fast_retransmits.into()),
        ("ecn_reductions", c.ecn_reductions.into()),
        ("probes_out", c.probes_out.into()),
        ("challenge_acks", c.challenge_acks.into()),
        ("challenge_suppressed", c.challenge_suppressed.into()),
        ("paws_drops", c.paws_drops.into()),
        ("mtu_rewinds", c.mtu_rewinds.into()),
        ("sack_reneges", c.sack_reneges.into()),
        ("dsack_in", c.dsack_in.into()),
    ];
    all.into_iter().filter(|(_, n)| *n > 0).map(|(name, n)| (name.to_owned(), n)).collect()
}

/// Timers that run, in milliseconds, soonest first (S-EXP-2). What has run out since the state was told is left out: whether
/// and how long it runs now is not known.
pub(crate) fn timers(info: &TcpInfo, age: Micros) -> Vec<Timer> {
    let t = info.timers;
    let mut timers: Vec<Timer> = [
        ("rexmt", t.rexmt),
        ("persist", t.persist),
        ("keep", t.keep),
        ("2msl", t.two_msl),
        ("delack", t.delack),
    ]
    .into_iter()
    .filter_map(|(name, left)| {
        left.filter(|left| age == Micros::ZERO || *left > age).map(|left| Timer {
            name: name.to_owned(),
            left_ms: left.0.saturating_sub(age.0).div_ceil(1000),
        })
    })
    .collect();
    timers.sort_by_key(|t| t.left_ms);
    timers
}

/// Everything. `age`: how old the state is.
pub(crate) fn info(info: &TcpInfo, parked: bool, age: Micros) -> Info {
    let option = |on: bool, name: &str| on.then(|| name.to_owned());
    let options = [
        option(info.ts_ok, "ts"),
        option(info.sack_ok, "sack"),
        option(info.ecn_ok, "ecn"),
        option(info.nodelay, "nodelay"),
        option(info.df, "df"),
    ];
    Info {
        limit: limit(info, parked),
        age_us: age.0,
        cc: info.cc.to_owned(),
        options: options.into_iter().flatten().collect(),
        snd_wscale: info.snd_wscale,
        rcv_wscale: info.rcv_wscale,
        rto_us: info.rto,
        rtt_us: info.rtt,
        rttvar_us: info.rttvar,
        mss: info.snd_mss,
        peer_mss: info.peer_mss.into(),
        path_mss: info.path_mss.into(),
        cwnd: info.cwnd,
        ssthresh: info.ssthresh,
        pipe: info.pipe,
        snd_wnd: info.snd_wnd,
        rcv_wnd: info.rcv_wnd,
        notsent: info.notsent,
        unacked: info.unacked,
        sacked: info.sacked,
        ooo_bytes: info.ooo_bytes,
        ooo_intervals: info.ooo_intervals,
        recovery: info.fast_recovery || info.cong_recovery,
        backoff: info.backoff,
        retries: info.retries,
        iss: info.iss.0,
        irs: info.irs.0,
        snd_una: info.snd_una.0,
        snd_nxt: info.snd_nxt.0,
        rcv_nxt: info.rcv_nxt.0,
        timers: timers(info, age),
        counters: named_counters(&info.counters),
    }
}
