// SPDX-License-Identifier: Apache-2.0
//! Validation of a session image, field by field: nothing impossible reaches the engine. A refusal names the byte offset of
//! the field, so that the host can say which it was.

use toe_abi::{Field, SessionImage, SessionImageRaw, TcpState, session_image as f};

/// Value of the field `magic`.
const MAGIC: u32 = toe_abi::Magic::SessionImage.to_bits();
/// Smallest MSS taken (S-MSS-1).
pub(crate) const MIN_MSS: u32 = 64;
/// Largest window (RFC 7323 §2.3: 65,535 << 14), also the bound of cwnd and ring sizes.
pub(crate) const MAX_WINDOW: u32 = 1 << 30;
/// Bounds of the RTO, microseconds.
const RTO_US: (u32, u32) = (1_000, 120_000_000);
/// Bound of the RTT estimators, microseconds.
const MAX_RTT_US: u32 = 120_000_000;
/// Most doublings of the RTO.
const MAX_BACKOFF: u8 = 12;
/// Bytes that timestamps take in each segment.
const TIMESTAMPS: u32 = 12;

/// Sizes of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Session slots.
    pub sessions: u32,
    /// Next-hop slots.
    pub nexthops: u32,
    /// Queue pairs.
    pub queue_pairs: u32,
    /// Longest frame, bytes.
    pub max_frame: u32,
}

impl Limits {
    /// Longest payload that fits a frame: Ethernet, IPv4 and TCP headers without options taken off.
    pub(crate) const fn max_mss(&self) -> u32 {
        self.max_frame.saturating_sub(14 + 20 + 20)
    }
}

/// The first field found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Byte offset of the field in the image.
    pub offset: u16,
    /// The value found.
    pub value: u32,
}

/// Checks a session image against the engine's sizes and against itself.
///
/// # Errors
/// The first field whose value is impossible.
pub fn validate(raw: &SessionImageRaw, handle: u32, limits: &Limits) -> Result<(), Refusal> {
    let image =
        raw.unpack().map_err(|invalid| Refusal { offset: invalid.offset, value: invalid.value })?;
    let check = Check { image: &image };
    check.identity(handle, limits)?;
    check.rings()?;
    check.state()?;
    check.send()?;
    check.receive()
}

struct Check<'a> {
    image: &'a SessionImage,
}

fn require(good: bool, field: Field, value: u32) -> Result<(), Refusal> {
    if good {
        Ok(())
    } else {
        Err(Refusal { offset: u16::try_from(field.byte()).unwrap_or(u16::MAX), value })
    }
}

/// Distance from `from` to `to` in sequence space, as long as `to` is not before `from`.
fn ahead(from: u32, to: u32) -> Option<u32> {
    let distance = to.wrapping_sub(from);
    (distance <= MAX_WINDOW).then_some(distance)
}

impl Check<'_> {
    fn identity(&self, handle: u32, limits: &Limits) -> Result<(), Refusal> {
        let i = self.image;
        require(i.magic == MAGIC, f::MAGIC, i.magic)?;
        require(i.handle == handle, f::HANDLE, i.handle)?;
        require(unicast(&i.laddr, i.ipv6), f::LADDR, i.laddr[0])?;
        require(unicast(&i.raddr, i.ipv6), f::RADDR, i.raddr[0])?;
        require(i.lport != 0, f::LPORT, 0)?;
        require(i.rport != 0, f::RPORT, 0)?;
        require(u32::from(i.nexthop) < limits.nexthops, f::NEXTHOP, u32::from(i.nexthop))?;
        require(u32::from(i.qp) < limits.queue_pairs, f::QP, u32::from(i.qp))?;
        let mss = u32::from(i.snd_mss);
        let timestamps = if i.ts_ok { TIMESTAMPS } else { 0 };
        require(u32::from(i.peer_mss) >= MIN_MSS, f::PEER_MSS, u32::from(i.peer_mss))?;
        let fits = mss + timestamps <= u32::from(i.peer_mss) && mss <= limits.max_mss();
        require(mss + timestamps >= MIN_MSS && fits, f::SND_MSS, mss)?;
        require(i.ttl != 0, f::TTL, 0)?;
        require(i.tw_class as u32 != 0, f::TW_CLASS, 0)
    }

    fn rings(&self) -> Result<(), Refusal> {
        let i = self.image;
        for (log2, base, log2_field, base_field) in [
            (i.tx_ring_log2, i.tx_ring, f::TX_RING_LOG2, f::TX_RING),
            (i.rx_ring_log2, i.rx_ring, f::RX_RING_LOG2, f::RX_RING),
        ] {
            require((12..=30).contains(&log2), log2_field, u32::from(log2))?;
            let end = base.checked_add(1 << log2);
            require(base % 4096 == 0 && end.is_some(), base_field, crate::halves(base)[0])?;
        }
        Ok(())
    }

    fn state(&self) -> Result<(), Refusal> {
        let i = self.image;
        let (fin_out, fin_in) = match i.state {
            TcpState::Established => (false, false),
            TcpState::FinWait1 | TcpState::FinWait2 => (true, false),
            TcpState::CloseWait => (false, true),
            TcpState::Closing | TcpState::LastAck => (true, true),
            // The engine holds established sessions only: a handshake or TIME_WAIT has its own place (S-FIN-1).
            TcpState::Closed
            | TcpState::Listen
            | TcpState::SynSent
            | TcpState::SynRcvd
            | TcpState::TimeWait => {
                return require(false, f::STATE, i.state as u32);
            }
        };
        // In ESTABLISHED and CLOSE_WAIT a FIN may be queued behind data that is still to be sent.
        require(i.fin_queued || !fin_out, f::FIN_QUEUED, 0)?;
        require(i.peer_fin == fin_in, f::PEER_FIN, u32::from(i.peer_fin))?;
        require(i.snd_wscale <= 14, f::SND_WSCALE, u32::from(i.snd_wscale))?;
        require(i.rcv_wscale <= 14, f::RCV_WSCALE, u32::from(i.rcv_wscale))
    }

    fn send(&self) -> Result<(), Refusal> {
        let i = self.image;
        let ring = 1u32 << i.tx_ring_log2;
        let queued = ahead(i.snd_una, i.snd_end);
        // All data and the FIN acknowledged: snd_una is one beyond snd_end.
        let fin_acked = i.fin_queued && i.snd_una == i.snd_end.wrapping_add(1);
        require(fin_acked || queued.is_some_and(|n| n <= ring), f::SND_END, i.snd_end)?;
        require(!fin_acked || i.state == TcpState::FinWait2, f::SND_UNA, i.snd_una)?;
        let limit = i.snd_end.wrapping_add(u32::from(i.fin_queued)).wrapping_sub(i.snd_una);
        let max = ahead(i.snd_una, i.snd_max);
        require(max.is_some_and(|n| n <= limit), f::SND_MAX, i.snd_max)?;
        let nxt = ahead(i.snd_una, i.snd_nxt);
        require(nxt.is_some_and(|n| Some(n) <= max), f::SND_NXT, i.snd_nxt)?;
        let window = 0xffff_u32 << i.snd_wscale;
        require(i.snd_wnd <= window, f::SND_WND, i.snd_wnd)?;
        let largest = i.max_snd_wnd >= i.snd_wnd && i.max_snd_wnd <= window;
        require(largest, f::MAX_SND_WND, i.max_snd_wnd)?;
        require(i.rto_backoff <= MAX_BACKOFF, f::RTO_BACKOFF, u32::from(i.rto_backoff))?;
        require(i.ssthresh >= 1, f::SSTHRESH, i.ssthresh)?;
        require(i.bytes_acked <= MAX_WINDOW, f::BYTES_ACKED, i.bytes_acked)?;
        let in_flight = |seq| ahead(i.snd_una, seq).is_some_and(|n| Some(n) <= max);
        let recover = i.snd_max.wrapping_sub(i.recover).cast_signed() >= 0;
        require(recover && (!i.fast_recovery || in_flight(i.recover)), f::RECOVER, i.recover)?;
        require(!i.fast_recovery || in_flight(i.high_rxt), f::HIGH_RXT, i.high_rxt)?;
        require(!i.rtt_timing || in_flight(i.rtt_seq), f::RTT_SEQ, i.rtt_seq)?;
        require(!i.persist || i.t_rtx != 0, f::PERSIST, 1)?;
        require(i.cwnd >= 1 && i.cwnd <= MAX_WINDOW, f::CWND, i.cwnd)?;
        require(i.srtt_us8 <= MAX_RTT_US * 8, f::SRTT_US8, i.srtt_us8)?;
        require(i.rttvar_us4 <= MAX_RTT_US * 2, f::RTTVAR_US4, i.rttvar_us4)?;
        require(i.rto_us >= RTO_US.0 && i.rto_us <= RTO_US.1, f::RTO_US, i.rto_us)?;
        require(i.t_rtx <= RTO_US.1, f::T_RTX, i.t_rtx)?;
        let mut edge = i.snd_una;
        for pair in i.sacked.as_chunks::<2>().0 {
            let [start, end] = *pair;
            if start != end {
                // Ascending with a hole before each, the first one's at snd_una.
                let good = i.sack_ok
                    && start != edge
                    && ahead(edge, start).is_some()
                    && ahead(start, end).is_some()
                    && ahead(end, i.snd_max).is_some();
                require(good, f::SACKED, start)?;
                edge = end;
            }
        }
        Ok(())
    }

    fn receive(&self) -> Result<(), Refusal> {
        let i = self.image;
        let ring = 1u32 << i.rx_ring_log2;
        // The peer's FIN counts in rcv_nxt but takes no room.
        let unread = ahead(i.rcv_read, i.rcv_nxt);
        require(
            unread.is_some_and(|n| n <= ring + u32::from(i.peer_fin)),
            f::RCV_READ,
            i.rcv_read,
        )?;
        let data_end = i.rcv_nxt.wrapping_sub(u32::from(i.peer_fin));
        require(ahead(data_end, i.rcv_adv).is_some(), f::RCV_NXT, i.rcv_nxt)?;
        let right = ahead(i.rcv_read, i.rcv_adv);
        require(right.is_some_and(|n| n <= ring + u32::from(i.peer_fin)), f::RCV_ADV, i.rcv_adv)?;
        require(ahead(i.last_ack_sent, i.rcv_nxt).is_some(), f::LAST_ACK_SENT, i.last_ack_sent)?;
        require(i.t_delack <= RTO_US.1, f::T_DELACK, i.t_delack)?;
        let pieces = i.ooo.as_chunks::<2>().0;
        for (n, &[start, end]) in pieces.iter().enumerate().filter(|(_, [start, end])| start != end)
        {
            let alone = |&[other, last]: &[u32; 2]| {
                other == last
                    || (end != other && ahead(end, other).is_some())
                    || (last != start && ahead(last, start).is_some())
            };
            let good = !i.peer_fin
                && start != i.rcv_nxt
                && ahead(i.rcv_nxt, start).is_some()
                && ahead(start, end).is_some()
                && ahead(end, i.rcv_adv).is_some()
                && pieces[..n].iter().all(alone);
            require(good, f::OOO, start)?;
        }
        Ok(())
    }
}

/// A unicast address that may stand on the wire (S-SCOPE-2).
fn unicast(words: &[u32; 4], ipv6: bool) -> bool {
    let first = words[0].to_le_bytes();
    if ipv6 {
        let mapped = words[0] == 0 && words[1] == 0 && words[2] == 0xffff_0000;
        let low = words[0] == 0 && words[1] == 0 && words[2] == 0;
        first[0] != 0xff && !mapped && !low
    } else {
        words[1..] == [0; 3] && !matches!(first[0], 0 | 127 | 224..)
    }
}
