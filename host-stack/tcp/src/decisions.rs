// SPDX-License-Identifier: Apache-2.0
//! Where the RFCs leave a choice, this is the one taken. The RTL takes the same.
//!
//! | Point | Decision |
//! |---|---|
//! | Acceptance (RFC 9293 §3.10.7.4) | The window is `[RCV.NXT, RCV.ADV]` with RCV.ADV the highest right edge ever announced. An empty segment is acceptable from RCV.NXT up to and *including* RCV.ADV: a peer that has filled our window sends its ACKs from there; with a closed window one octet more, for a peer whose probe we refused. |
//! | Zero window | A segment at RCV.NXT is accepted without its payload: ACK, RST and a bare FIN count; an ACK is owed. A bare FIN needs no window. |
//! | Unacceptable segment | Answered with an ACK. Its own ACK field counts only if the segment lies wholly before RCV.NXT, by one ring at most, and SEG.ACK > SND.UNA: else two ends that probe each other's closed windows at once may stall for ever. The answer is limited (RFC 5961 §7) when it is empty; not limited when it occupies sequence space (a retransmitted FIN is always acknowledged, with RCV.NXT). |
//! | Duplicate data | Reported once as D-SACK (RFC 2883) in the next ACK. |
//! | TS.Recent | Also taken from duplicate segments with a plausible ACK (RFC 7323 §4.3 would not): the ACK that answers a retransmission echoes the retransmission. |
//! | RST | Exact match with RCV.NXT only (RFC 5961 §3). |
//! | ACK field | Acceptable in `[SND.UNA − MAX.SND.WND, SND.MAX]` (RFC 5961 §5). |
//! | SND.WND | Taken when SEG.ACK > SND.UNA, or by SND.WL1/WL2 (RFC 9293): the edge never runs ahead of what was announced. |
//! | No timestamp though negotiated | Dropped (RFC 7323 §3.2), RST excepted. |
//! | FIN out of order | Remembered; not part of SACK blocks, so it may be forgotten by a hand-over; not when its text found no place. |
//! | URG | Ignored; urgent bytes stay in line. |
//! | Pure ACK's SEQ | SND.MAX, or the right edge of the peer's window if that is lower. |
//! | Sending beyond SND.UNA + SND.WND | Never, for retransmissions neither; a closed window means persist. |
//! | Persist | The probe is one octet (or the FIN) at SND.UNA, or all that fits if the window is open but silly. |
//! | Delayed ACK | Every second in-order data segment, or 40 ms; at once when out of order, filling a gap, duplicate, FIN, CE change, larger than one MSS, or while quick ACKs are left. |
//! | RTT sample | One timed segment a round trip (Karn); when the timed one was lost, the timestamp echo of an ACK that advances SND.UNA. |
//! | Backoff | Stays until a valid sample (RFC 6298 §5): without timestamps all through the resending after a timeout. |
//! | Duplicate ACKs while persisting | Not counted: they answer probes. |
//! | Recovery | RFC 6675 with SACK, RFC 6582 without. Entry needs SND.UNA ≥ recover (with SACK), > recover (without), or congestion recovery; it may come with the ACK that ends the one before. A partial ACK resends what follows at once, also with SACK, unless it was resent. |
//! | Windows after a loss | Half of min(FlightSize, cwnd) (RFC 5681 eq. (4)), octets, at least two segments; the inflation of RFC 6582 is part of `cwnd`. CWR follows every reduction (RFC 3168 §6.1.2). |
//! | Window closed over the flight | No sign of loss: the timer probes. |
//! | After a timeout | SND.NXT = SND.UNA; SACKed ranges are skipped, SND.NXT staying where it is (RFC 6675 §5.1), until the second timeout in a row, then forgotten; one that SND.UNA enters is forgotten at once (RFC 2018 §8). No fast recovery before SND.UNA ≥ recover. |
//! | cwnd and partial segments | A segment goes out if it fits into `cwnd − pipe` whole, or if nothing is in flight. |
