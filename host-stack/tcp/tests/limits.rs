// SPDX-License-Identifier: Apache-2.0
//! What bounds a segment (S-MSS-1) and what bounds a window (S-CC-5).

use toe_tcp::{
    CcAlgo, Config, DEFAULT_MSS, DEFAULT_MSS_V6, Flags, Handshake, MIN_MSS, Micros, Segment,
    SeqNum, Tcb, Timestamps,
};

const NOW: Micros = Micros(1_000_000_000);

fn opened(cfg: &Config, mss: Option<u16>, ts: bool, wnd: u16) -> Tcb {
    let syn = Segment {
        seq: SeqNum(5000),
        flags: Flags::SYN,
        wnd,
        mss,
        wscale: Some(7),
        sack_permitted: true,
        ts: ts.then_some(Timestamps { val: 1, ecr: 0 }),
        ..Segment::default()
    };
    let hs = Handshake::from_syn(cfg, SeqNum(1000), &syn);
    Tcb::accept_established(cfg, &hs, NOW)
}

/// Everything that decides the size of a segment, row by row.
#[test]
fn segment_sizes() {
    // Path's limit, the peer's offer, what a peer without one can take; our largest payload without and with timestamps.
    let rows = [
        (1460, Some(1460), DEFAULT_MSS, 1460, 1448),
        (1440, Some(1460), DEFAULT_MSS_V6, 1440, 1428),
        (1460, Some(8960), DEFAULT_MSS, 1460, 1448),
        (8960, Some(1460), DEFAULT_MSS, 1460, 1448),
        (1460, Some(536), DEFAULT_MSS, 536, 524),
        // No offer, and an offer of nothing (RFC 9293 §3.7.1).
        (1460, None, DEFAULT_MSS, 536, 524),
        (1440, None, DEFAULT_MSS_V6, 1220, 1208),
        (1460, Some(0), DEFAULT_MSS, 536, 524),
        (1440, Some(0), DEFAULT_MSS_V6, 1220, 1208),
        (500, None, DEFAULT_MSS, 500, 488),
        // Absurd offers: the floor.
        (1460, Some(1), DEFAULT_MSS, MIN_MSS, MIN_MSS - 12),
        (1460, Some(63), DEFAULT_MSS, MIN_MSS, MIN_MSS - 12),
        (1460, Some(64), DEFAULT_MSS, 64, 52),
        (1460, Some(u16::MAX), DEFAULT_MSS, 1460, 1448),
    ];
    for (path_mss, offer, default_mss, plain, stamped) in rows {
        for (ts, expected) in [(false, plain), (true, stamped)] {
            let cfg = Config { path_mss, default_mss, timestamps: true, ..Config::default() };
            let mut t = opened(&cfg, offer, ts, 60_000);
            t.app_wrote(t.snd_end() + 100_000);
            let first = t.poll_transmit(NOW).expect("data");
            assert_eq!(
                first.seg.payload_len,
                u32::from(expected),
                "path {path_mss}, offer {offer:?}, timestamps {ts}"
            );
        }
    }
}

/// Nothing but the congestion window and the peer's window bounds what is in flight: the send window fills whichever is
/// smaller, with every algorithm, however large it has become.
#[test]
fn only_two_ceilings() {
    for cc in [CcAlgo::NewReno, CcAlgo::Cubic, CcAlgo::Dctcp] {
        let ring = 128 << 20;
        let cfg = Config {
            cc,
            rcv_ring: 1 << 20,
            snd_ring: ring,
            timestamps: false,
            nodelay: true,
            ..Config::default()
        };
        let mut t = opened(&cfg, Some(1460), false, u16::MAX);
        t.app_wrote(t.snd_end() + ring);
        let (mut now, mut reached) = (NOW, 0);
        for _ in 0..14 {
            let mut top = t.info(now).snd_una;
            while let Some(e) = t.poll_transmit(now) {
                top = e.seg.seq + e.seg.payload_len;
            }
            let info = t.info(now);
            let flight = top - info.snd_una;
            let most = info.cwnd.min(info.snd_wnd);
            assert!(flight <= most && flight + 1460 > most, "{cc:?}: {flight} of {most}");
            reached = reached.max(flight);
            now = now + Micros(20_000);
            // An acknowledgement for every second segment (RFC 9293 §3.8.6.3).
            let mut acked = info.snd_una;
            while acked != top {
                acked = if top - acked > 2920 { acked + 2920 } else { top };
                let ack = Segment {
                    seq: info.rcv_nxt,
                    ack: acked,
                    flags: Flags::ACK,
                    wnd: u16::MAX,
                    ..Segment::default()
                };
                t.on_segment(now, &ack);
            }
        }
        // The largest window that scaling by 7 can say: nothing below it stopped us.
        assert!(reached > 8_000_000, "{cc:?}: {reached}");
    }
}
