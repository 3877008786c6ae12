// SPDX-License-Identifier: Apache-2.0
//! The hand-over state: every impossible value is refused with the name of its field, whatever else
//! is in the snapshot; and no snapshot whatsoever makes a thawed connection panic.

#![allow(clippy::cast_possible_truncation)]

mod common;

use common::{Open, Rng, Sim, Wire, app};
use toe_tcp::{Config, Flags, Micros, Segment, SeqNum, Snapshot, State, Tcb};

/// A connection in the middle of a lossy transfer, both ways.
fn busy(seed: u64) -> (Snapshot, Micros) {
    let c = Config { timestamps: seed & 1 == 0, mss: 1000, path_mss: 1000, ..Config::default() };
    let wire = Wire { loss: 30, reorder: 30, bad_packets: u64::MAX, ..Wire::clean(5000) };
    let mut s = Sim::new(
        seed,
        Open::Direct,
        [c, c],
        [app(40_000_000), app(40_000_000)],
        wire,
        [7, 0xffff_0000],
    );
    for _ in 0..200 {
        assert!(s.step());
    }
    assert_eq!(s.ends[0].tcb.state(), State::Established);
    (s.ends[0].tcb.snapshot(Micros(s.now)), Micros(s.now))
}

#[test]
fn impossible_fields_are_named() {
    let (good, now) = busy(2);
    assert!(Tcb::thaw(&good, now).is_ok());
    type Break = (&'static str, fn(&mut Snapshot));
    let rows: &[Break] = &[
        ("state", |s| s.state = 11),
        ("state", |s| s.state = 1),
        ("state", |s| s.state = 2),
        ("state", |s| s.state = 0),
        ("tw_class", |s| s.tw_class = 4),
        ("cc_algo", |s| s.cc_algo = 9),
        ("snd_wscale", |s| s.snd_wscale = 15),
        ("rcv_wscale", |s| s.rcv_wscale = 15),
        ("dupacks", |s| s.dupacks = 16),
        ("rto_backoff", |s| s.rto_backoff = 13),
        ("keep_probes", |s| s.keep_probes = 16),
        ("delack_count", |s| s.delack_count = 16),
        ("quickack", |s| s.quickack = 16),
        ("peer_mss", |s| s.peer_mss = 63),
        ("snd_mss", |s| s.snd_mss = 20),
        ("snd_mss", |s| s.snd_mss = s.peer_mss + 1),
        ("config.rcv_ring", |s| s.config.rcv_ring = 0),
        ("config.rcv_ring", |s| s.config.rcv_ring = (1 << 30) + 1),
        ("config.snd_ring", |s| s.config.snd_ring = 0),
        ("snd_nxt", |s| s.snd_nxt = s.snd_una.wrapping_sub(1)),
        ("snd_nxt", |s| s.snd_nxt = s.snd_max.wrapping_add(1)),
        ("snd_max", |s| s.snd_end = s.snd_max.wrapping_sub(1)),
        ("snd_end", |s| s.snd_end = s.snd_una.wrapping_add(s.config.snd_ring + 2)),
        ("fin_queued", |s| s.fin_queued = true),
        ("peer_fin", |s| s.peer_fin = true),
        ("snd_una", |s| (s.state, s.fin_queued) = (6, true)),
        ("fin_queued", |s| s.state = 5),
        ("peer_fin", |s| s.state = 7),
        ("snd_wnd", |s| s.snd_wnd = (0xffff << s.snd_wscale) + 1),
        ("max_snd_wnd", |s| s.max_snd_wnd = s.snd_wnd - 1),
        ("max_snd_wnd", |s| s.max_snd_wnd = u32::MAX),
        ("cwnd", |s| s.cwnd = 0),
        ("cwnd", |s| s.cwnd = u32::MAX),
        ("ssthresh", |s| s.ssthresh = 0),
        ("bytes_acked", |s| s.bytes_acked = u32::MAX),
        ("recover", |s| s.recover = s.snd_max.wrapping_add(1)),
        ("high_rxt", |s| {
            (s.fast_recovery, s.recover) = (true, s.snd_max);
            s.high_rxt = s.snd_una.wrapping_sub(1);
        }),
        ("srtt_us8", |s| s.srtt_us8 = u32::MAX),
        ("rttvar_us4", |s| s.rttvar_us4 = u32::MAX),
        ("rto_us", |s| s.rto_us = 0),
        ("rto_us", |s| s.rto_us = u32::MAX),
        ("rtt_seq", |s| (s.rtt_timing, s.rtt_seq) = (true, s.snd_una.wrapping_sub(1))),
        ("rcv_nxt", |s| s.rcv_nxt = s.rcv_read.wrapping_sub(1)),
        ("rcv_nxt", |s| s.rcv_adv = s.rcv_nxt.wrapping_sub(1)),
        ("rcv_adv", |s| s.rcv_adv = s.rcv_read.wrapping_add(s.config.rcv_ring + 1)),
        ("last_ack_sent", |s| s.last_ack_sent = s.rcv_nxt.wrapping_add(1)),
        ("ooo", |s| s.ooo[0] = (s.rcv_nxt, s.rcv_nxt.wrapping_add(5))),
        ("ooo", |s| s.ooo[0] = (s.rcv_nxt.wrapping_add(9), s.rcv_nxt.wrapping_add(5))),
        ("ooo", |s| s.ooo[0] = (s.rcv_nxt.wrapping_add(5), s.rcv_adv.wrapping_add(1))),
        ("ooo", |s| s.ooo = [(s.rcv_nxt.wrapping_add(5), s.rcv_nxt.wrapping_add(9)); 4]),
        ("sacked", |s| s.sacked[0] = (s.snd_una, s.snd_una.wrapping_add(1))),
        ("sacked", |s| s.sacked[15] = (s.snd_max, s.snd_max.wrapping_add(1))),
        ("sacked", |s| s.sacked = [(s.snd_una.wrapping_add(1), s.snd_una.wrapping_add(2)); 16]),
        // Once round the sequence space, in steps of less than half of it.
        ("ooo", |s| {
            let from = s.rcv_nxt;
            s.ooo = [(0, 0); 4];
            s.ooo[0] = (from.wrapping_add(0x7000_0000), from.wrapping_add(0xd000_0000));
            s.ooo[1] = (from.wrapping_add(0xe000_0000), from.wrapping_add(0xffff_fff0));
        }),
        ("sacked", |s| {
            let from = s.snd_una;
            s.sacked = [(0, 0); 16];
            s.sacked[0] = (from.wrapping_add(0x7000_0000), from.wrapping_add(0xd000_0000));
            s.sacked[1] = (from.wrapping_add(0xe000_0000), from.wrapping_add(2));
        }),
        ("early_fin", |s| s.early_fin = Some(s.rcv_nxt)),
        ("persist", |s| (s.persist, s.t_rtx) = (true, None)),
    ];
    for (n, (field, change)) in rows.iter().enumerate() {
        let mut s = good.clone();
        change(&mut s);
        let e = Tcb::thaw(&s, now).expect_err(field);
        assert_eq!(e.field, *field, "row {n}: {e}");
        assert!(e.to_string().contains(field) && !e.bound.is_empty());
    }
}

/// Random words in random fields: refused, or a connection that can be driven without harm.
#[test]
fn no_snapshot_makes_a_connection_panic() {
    let mut rng = Rng(42);
    let mut thawed = 0;
    for round in 0..20_000_u64 {
        let (mut s, now) = {
            thread_local!(static GOOD: Vec<(Snapshot, Micros)> = (0..6).map(busy).collect());
            GOOD.with(|g| g[(round % 6) as usize].clone())
        };
        for _ in 0..1 + rng.below(3) {
            let near = |v: u32, rng: &mut Rng| match rng.below(3) {
                0 => v.wrapping_add(rng.below(5000) as u32),
                1 => v.wrapping_sub(rng.below(5000) as u32),
                _ => rng.next() as u32,
            };
            let at = rng.below(26);
            let f = match at {
                0 => &mut s.snd_una,
                1 => &mut s.snd_nxt,
                2 => &mut s.snd_max,
                3 => &mut s.snd_end,
                4 => &mut s.snd_wnd,
                5 => &mut s.snd_wl1,
                6 => &mut s.cwnd,
                7 => &mut s.ssthresh,
                8 => &mut s.recover,
                9 => &mut s.high_rxt,
                10 => &mut s.rescue_rxt,
                11 => &mut s.srtt_us8,
                12 => &mut s.rttvar_us4,
                13 => &mut s.rto_us,
                14 => &mut s.rtt_time,
                15 => &mut s.rcv_nxt,
                16 => &mut s.rcv_adv,
                17 => &mut s.rcv_read,
                18 => &mut s.last_ack_sent,
                19 => &mut s.ooo[(rng.next() & 3) as usize].0,
                20 => &mut s.ooo[(rng.next() & 3) as usize].1,
                21 => &mut s.sacked[(rng.next() & 15) as usize].1,
                22 => &mut s.cc_private[(rng.next() % 6) as usize],
                23 => &mut s.max_snd_wnd,
                24 => &mut s.dsack.1,
                _ => &mut s.ts_recent_age,
            };
            *f = near(*f, &mut rng);
            match rng.below(12) {
                0 => s.fast_recovery ^= true,
                1 => s.persist ^= true,
                2 => s.cong_recovery ^= true,
                3 => s.t_rtx = None,
                4 => s.rexmit_due ^= true,
                5 => s.probe_due ^= true,
                6 => s.dsack_due ^= true,
                _ => {}
            }
        }
        let Ok(mut t) = Tcb::thaw(&s, now) else { continue };
        thawed += 1;
        let mut now = now;
        for _ in 0..12 {
            for _ in 0..200 {
                if t.poll_transmit(now).is_none() {
                    break;
                }
            }
            while t.poll_event().is_some() {}
            if let Some(at) = t.next_deadline() {
                now = at.max(now);
            }
            t.on_timer(now);
            let i = t.info(now);
            let seg = Segment {
                seq: i.rcv_nxt,
                ack: i.snd_una + (rng.below(u64::from(i.unacked) + 1) as u32),
                flags: Flags::ACK,
                wnd: rng.next() as u16,
                payload_len: rng.below(2000) as u32,
                ts: i.ts_ok.then_some(toe_tcp::Timestamps { val: u32::MAX >> 1, ecr: 1 }),
                ..Segment::default()
            };
            t.on_segment(now, &seg);
            t.app_read(SeqNum(t.rcv_data_end().0));
        }
    }
    assert!(thawed > 2000, "the fuzz must get past validation: {thawed}");
}
