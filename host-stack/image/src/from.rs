// SPDX-License-Identifier: Apache-2.0
//! Image to snapshot.

use crate::placement::{IMAGE_MAGIC, Placement, Ring, words_addr};
use crate::{ImageError, check};
use toe_abi::{SessionImage, TcpState};
use toe_tcp::{Config, Counters, Micros, Snapshot, Tcb, ts_clock};

fn timer(left: u32) -> Option<u32> {
    (left != 0).then_some(left)
}

fn pairs(words: [u32; 8]) -> [(u32, u32); 4] {
    let [a, b, c, d, e, f, g, h] = words;
    [(a, b), (c, d), (e, f), (g, h)]
}

/// Takes an image apart and judges it. `now` is the engine's clock; `policy` is what the new owner decides itself
/// (timers' bounds, intervals, …): ring sizes, window scale and the like are taken from the image.
///
/// # Errors
/// The first field that no session can have.
pub fn from_image(
    image: &SessionImage,
    now: Micros,
    policy: &Config,
) -> Result<(Snapshot, Placement), ImageError> {
    check(image.magic == IMAGE_MAGIC, "magic", image.magic, "\"TOES\"")?;
    let (mut snapshot, placement) = take_apart(image, now, policy);
    placement.validate()?;
    // A FIN queued behind data may still be in the state before: the contract allows both, the core moves at once.
    if image.fin_queued {
        snapshot.state = match image.state {
            TcpState::Established => low8(TcpState::FinWait1.to_bits()),
            TcpState::CloseWait => low8(TcpState::LastAck.to_bits()),
            _ => snapshot.state,
        };
    }
    if !image.ipv6 {
        for (field, words) in [("laddr", image.laddr), ("raddr", image.raddr)] {
            check(words[1..] == [0; 3], field, words[1], "zero beyond the first word for IPv4")?;
        }
    }
    // The core's own rules: it must be able to go on from here.
    Tcb::thaw(&snapshot, now)?;
    Ok((snapshot, placement))
}

/// The same without judgement, so that tests can look at any image.
#[allow(clippy::too_many_lines)] // one line a field
pub(crate) fn take_apart(
    image: &SessionImage,
    now: Micros,
    policy: &Config,
) -> (Snapshot, Placement) {
    let &SessionImage {
        magic: _,
        state,
        tw_class,
        cc_algo,
        snd_wscale,
        rcv_wscale,
        dupacks,
        rto_backoff,
        keep_probes,
        ipv6,
        ts_ok,
        sack_ok,
        ecn_ok,
        nodelay,
        df,
        keepalive,
        fin_queued,
        peer_fin,
        fast_recovery,
        cong_recovery,
        cwr_due,
        ece_due,
        rtt_timing,
        persist,
        ack_due,
        delack_count,
        mirror,
        trace,
        dsack_due,
        quickack,
        orphan,
        // who has the window at the moment: information only
        cc_firmware: _,
        handle,
        laddr,
        raddr,
        lport,
        rport,
        nexthop,
        qp,
        snd_mss,
        peer_mss,
        ttl,
        tos,
        port,
        tx_ring_log2,
        tx_ring,
        rx_ring,
        tx_seq0,
        rx_seq0,
        rx_ring_log2,
        flow_label,
        iss,
        snd_una,
        snd_nxt,
        snd_max,
        snd_end,
        snd_wnd,
        snd_wl1,
        snd_wl2,
        max_snd_wnd,
        cwnd,
        ssthresh,
        recover,
        bytes_acked,
        high_rxt,
        rescue_rxt,
        srtt_us8,
        rttvar_us4,
        rto_us,
        rtt_seq,
        rtt_time,
        irs,
        rcv_nxt,
        rcv_adv,
        rcv_read,
        last_ack_sent,
        ts_recent,
        ts_recent_age,
        ts_offset,
        ooo,
        sacked,
        dsack,
        t_rtx,
        t_delack,
        t_keep,
        pacing_bytes_per_ms,
        cc_private,
        segs_out,
        segs_in,
        bytes_out,
        bytes_in,
        retransmit_segs,
        retransmit_bytes,
        dup_acks_in,
        ooo_in,
        dup_in,
        rto_count,
        fast_retransmits,
        ecn_reductions,
        probes_out,
        challenge_acks,
        last_sent_age,
    } = image;
    let placement = Placement {
        handle,
        local: words_addr(laddr, ipv6),
        remote: words_addr(raddr, ipv6),
        lport,
        rport,
        nexthop,
        qp,
        ttl,
        tos,
        port,
        flow_label,
        mirror,
        trace,
        pacing_bytes_per_ms,
        tx: Ring { iova: tx_ring, log2: tx_ring_log2, seq0: tx_seq0 },
        rx: Ring { iova: rx_ring, log2: rx_ring_log2, seq0: rx_seq0 },
    };
    let mut blocks = [(0, 0); 16];
    blocks[..4].copy_from_slice(&pairs(sacked));
    // The limit of FIN_WAIT_2 has the slow timer, which is keepalive's otherwise.
    let fin_wait_2 = orphan && state == TcpState::FinWait2;
    let snapshot = Snapshot {
        config: Config { rcv_ring: placement.rx.size(), snd_ring: placement.tx.size(), ..*policy },
        state: low8(state.to_bits()),
        tw_class: low8(tw_class.to_bits()),
        cc_algo: low8(cc_algo.to_bits()),
        snd_wscale,
        rcv_wscale,
        dupacks,
        rto_backoff,
        keep_probes,
        ts_ok,
        sack_ok,
        ecn_ok,
        nodelay,
        df,
        keepalive,
        fin_queued,
        peer_fin,
        fast_recovery,
        cong_recovery,
        cwr_due,
        ece_due,
        rtt_timing,
        persist,
        ack_due,
        delack_count,
        dsack_due,
        quickack,
        snd_mss,
        peer_mss,
        iss,
        snd_una,
        snd_nxt,
        snd_max,
        snd_end,
        snd_wnd,
        snd_wl1,
        snd_wl2,
        max_snd_wnd,
        cwnd,
        ssthresh,
        recover,
        bytes_acked,
        high_rxt,
        rescue_rxt,
        srtt_us8,
        rttvar_us4,
        rto_us,
        rtt_seq,
        rtt_time,
        irs,
        rcv_nxt,
        rcv_adv,
        rcv_read,
        last_ack_sent,
        ts_recent,
        ts_recent_age,
        ts_now: ts_clock(now, ts_offset),
        ooo: pairs(ooo),
        sacked: blocks,
        dsack: (dsack[0], dsack[1]),
        t_rtx: timer(t_rtx),
        t_delack: timer(t_delack),
        t_keep: timer(t_keep).filter(|_| !fin_wait_2),
        last_sent_age,
        cc_private,
        counters: Counters {
            segs_out,
            segs_in,
            bytes_out,
            bytes_in,
            retransmit_segs,
            retransmit_bytes,
            dup_acks_in,
            ooo_in,
            dup_in,
            rto_count,
            fast_retransmits,
            ecn_reductions,
            probes_out,
            challenge_acks,
            ..Counters::default()
        },
        // The doublings of the persist timer are no losses.
        retries: if persist { 0 } else { rto_backoff },
        rexmit_due: false,
        probe_due: false,
        keep_due: false,
        early_fin: None,
        detached: orphan,
        t_2msl: timer(t_keep).filter(|_| fin_wait_2),
        undo: None,
    };
    (snapshot, placement)
}

/// The enumerations of the contract have fewer than 16 values.
fn low8(bits: u32) -> u8 {
    bits.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::to_image;
    use proptest::prelude::*;
    use toe_abi::SessionImageRaw;

    /// Any bits, but enumerations with a meaning and what IPv4 leaves unused zero.
    fn any_image() -> impl Strategy<Value = SessionImage> {
        let words = proptest::collection::vec(any::<u32>(), SessionImageRaw::WORDS);
        (words, 0..=10_u32, 0..=3_u32, 0..=2_u32).prop_filter_map("enums", |(w, st, tw, cc)| {
            let mut raw = SessionImageRaw([0; SessionImageRaw::WORDS]);
            raw.0.copy_from_slice(&w);
            raw.set_magic(IMAGE_MAGIC);
            raw.set_state(toe_abi::TcpState::from_bits(st)?);
            raw.set_tw_class(toe_abi::MslClass::from_bits(tw)?);
            raw.set_cc_algo(toe_abi::CcAlgo::from_bits(cc)?);
            let mut image = raw.unpack().ok()?;
            image.cc_firmware = false;
            if !image.ipv6 {
                image.laddr[1..].fill(0);
                image.raddr[1..].fill(0);
            }
            Some(image)
        })
    }

    proptest! {
        #[test]
        fn every_image_comes_back_bit_by_bit(image in any_image(), now: u64) {
            let now = Micros(now);
            let (snapshot, placement) = take_apart(&image, now, &Config::default());
            let again = to_image(&snapshot, &placement, now).unwrap();
            prop_assert_eq!(again, image);
            prop_assert_eq!(again.pack(), image.pack());
        }

        #[test]
        fn no_image_panics(image in any_image(), now: u64) {
            let _ = from_image(&image, Micros(now), &Config::default());
        }

        #[test]
        fn the_timestamp_clock_goes_on_over_the_engines_clock(offset: u32, at: u32, later: u32) {
            // Whatever the two clocks read, the TSval at the hand-over is the same on both sides.
            let mut image = SessionImage { ts_offset: offset, ..SessionImage::default() };
            let engine = Micros(u64::from(at) << 8);
            let (snapshot, placement) = take_apart(&image, engine, &Config::default());
            let host = Micros(u64::from(later) << 9);
            image = to_image(&snapshot, &placement, host).unwrap();
            prop_assert_eq!(ts_clock(host, image.ts_offset), ts_clock(engine, offset));
        }
    }
}
