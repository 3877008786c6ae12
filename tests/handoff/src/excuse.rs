// SPDX-License-Identifier: Apache-2.0
//! Recognises one defect of the peer from the wire alone: it sent bytes beyond the window that it knew of, where nobody
//! need take them, and never sent them again when the window was open. (smoltcp 0.14: a fast retransmission asks for no
//! window, and the zero window that answers it replaces the retransmission timer by a probe, which the next window
//! ends.)
//!
//! Nothing that we did may be excused by this. So the byte that we wait for must have left the peer only while it lay
//! beyond every window that had reached the peer; a window that holds it must have reached the peer and stayed open for
//! as long as a stall lasts; and we must have taken back no window and left nothing unacknowledged.

use std::net::SocketAddr;

use toe_testkit::capture::Segment;

/// How the peer broke the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excuse {
    /// When the peer first sent the byte that is missing, ns.
    pub broke_at: u64,
    /// How many bytes of that segment lay beyond the window.
    pub beyond: u32,
    /// When a window that holds the byte reached the peer, ns.
    pub open_since: u64,
}

/// Why a stall is not the peer's, or not for this reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // the message says it
pub enum Ours {
    #[error("the capture has no handshake of the session")]
    NoHandshake,
    #[error("one end reset the session")]
    Reset,
    #[error("we took back a window: right edge {by} bytes to the left")]
    Shrunk { by: u32 },
    #[error("we have left {bytes} bytes unacknowledged that came within the window")]
    Unacknowledged { bytes: u32 },
    #[error("our last acknowledgement has not reached the peer")]
    AcknowledgementLost,
    #[error("the peer has nothing in flight")]
    NothingMissing,
    #[error("no window that holds what is missing has reached the peer")]
    Closed,
    #[error("the peer sent what is missing within the window")]
    SentWithin,
    #[error("the peer sent nothing beyond the window but probes of one byte")]
    KeptToTheWindow,
    #[error("the window has not been open for long enough")]
    TooSoon,
}

/// A window that holds less is none for a peer that avoids silly ones (RFC 9293 §3.8.6.2.1).
const USEFUL: i64 = 1460;

/// Whether `session` (our end, the peer's) has stalled at `end` because the peer broke the window. A stall is one after
/// `patience`; both in nanoseconds.
///
/// # Errors
/// [`Ours`]: it must not be excused.
pub fn judge(
    segments: &[Segment],
    session: (SocketAddr, SocketAddr),
    end: u64,
    patience: u64,
) -> Result<Excuse, Ours> {
    let mut of_session = Vec::new();
    for segment in segments {
        let ends = if segment.at_peer {
            (segment.remote, segment.local)
        } else {
            (segment.local, segment.remote)
        };
        if ends == session {
            of_session.push(segment);
        }
    }
    // At the device what we send is outbound, at the peer it is inbound.
    let ours = |s: &Segment| s.at_peer != s.outbound;
    let first = |our: bool| of_session.iter().find(|s| s.syn && ours(s) == our);
    let (Some(our_syn), Some(peer_syn)) = (first(true), first(false)) else {
        return Err(Ours::NoHandshake);
    };
    let shift = match (our_syn.scale, peer_syn.scale) {
        (Some(shift), Some(_)) => u32::from(shift.min(14)),
        _ => 0,
    };
    // From here on a position in the peer's stream is the distance to its SYN: no iteration moves 2 GiB.
    let place = |number: u32| i64::from(number.wrapping_sub(peer_syn.seq).cast_signed());
    let edge_of =
        |s: &Segment, ack: u32| place(ack) + (i64::from(s.window) << if s.syn { 0 } else { shift });

    let mut promised = i64::MIN; // the furthest edge that has left us
    let mut known = i64::MIN; // the furthest that has reached the peer
    let mut acked = (0, 0); // the furthest acknowledgement that left us; that reached the peer
    let mut taken = Vec::new(); // what reached us within the window: from, to
    let mut sent = Vec::new(); // by the peer: when, from, to, the edge that it knew
    let mut grants = Vec::new(); // what the peer knew, from when on
    for s in of_session.iter().copied() {
        if s.rst && !s.damaged {
            return Err(Ours::Reset);
        }
        let (from, to) = (place(s.seq), place(s.end()));
        match (ours(s), s.outbound, s.ack) {
            (true, true, Some(ack)) => {
                let edge = edge_of(s, ack);
                // A scaled window is rounded down.
                let by = promised.saturating_sub(edge);
                if by >= 1 << shift {
                    return Err(Ours::Shrunk { by: u32::try_from(by).unwrap_or(u32::MAX) });
                }
                promised = promised.max(edge);
                acked.0 = acked.0.max(place(ack));
            }
            (true, false, Some(ack)) if !s.damaged => {
                acked.1 = acked.1.max(place(ack));
                let edge = edge_of(s, ack);
                if edge > known {
                    known = edge;
                    grants.push((s.time, edge));
                }
            }
            (false, true, _) if to > from => sent.push((s.time, from, to, known)),
            (false, false, _) if to > from && !s.damaged => {
                // A SYN comes before there is a window.
                let to = if s.syn { to } else { to.min(promised) };
                taken.push((from, to));
            }
            _ => {}
        }
    }

    let missing = acked.1;
    if acked.0 != missing {
        return Err(Ours::AcknowledgementLost);
    }
    taken.sort_unstable();
    let got = taken.iter().fold(0, |got, (from, to)| if *from <= got { got.max(*to) } else { got });
    if got > missing {
        return Err(Ours::Unacknowledged {
            bytes: u32::try_from(got - missing).unwrap_or(u32::MAX),
        });
    }
    let last = sent.iter().map(|(_, _, to, _)| *to).max().unwrap_or(0);
    if last <= missing {
        return Err(Ours::NothingMissing);
    }
    let useful = USEFUL.min(last - missing);
    let Some((open_since, _)) = grants.iter().find(|(_, edge)| edge - missing >= useful) else {
        return Err(Ours::Closed);
    };
    let of_missing = || sent.iter().filter(|(_, from, to, _)| (*from..*to).contains(&missing));
    if of_missing().any(|(_, _, _, edge)| *edge > missing) {
        return Err(Ours::SentWithin);
    }
    let broke = of_missing().find(|(_, _, to, edge)| to - edge > 1);
    let Some((broke_at, _, to, edge)) = broke else {
        return Err(Ours::KeptToTheWindow);
    };
    if end.saturating_sub(*open_since) < patience {
        return Err(Ours::TooSoon);
    }
    let beyond = u32::try_from(to - edge).unwrap_or(u32::MAX);
    Ok(Excuse { broke_at: *broke_at, beyond, open_since: *open_since })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;
    const PATIENCE: u64 = 120 * SECOND;
    /// When iteration 7151 gave up, ns.
    const END: u64 = 201 * SECOND;

    fn session() -> (SocketAddr, SocketAddr) {
        (SocketAddr::from(([10, 0, 0, 1], 2002)), SocketAddr::from(([10, 0, 0, 2], 56_304)))
    }

    /// The session that stalled in iteration 7151 on the model, as captured: a line a segment, header fields only.
    fn real() -> Vec<Segment> {
        let segment = |line: &str| {
            let field: Vec<&str> = line.split_whitespace().collect();
            let [time, side, from, flags, seq, ack, window, len] = field[..8] else {
                panic!("{line}")
            };
            let (at_peer, ours) = (side == "P", from == "us");
            let outbound = at_peer != ours;
            let (us, peer) = session();
            let (local, remote) = if at_peer { (peer, us) } else { (us, peer) };
            let has = |flag: char| flags.contains(flag);
            Segment {
                time: time.parse().unwrap(),
                at_peer,
                outbound,
                damaged: false,
                local,
                remote,
                seq: seq.parse().unwrap(),
                ack: has('A').then(|| ack.parse().unwrap()),
                window: window.parse().unwrap(),
                scale: field.get(8).map(|shift| shift.parse().unwrap()),
                sacks: Vec::new(),
                syn: has('S'),
                fin: has('F'),
                rst: has('R'),
                len: len.parse().unwrap(),
            }
        };
        let text = include_str!("../tests/window_broken.txt");
        text.lines().filter(|line| !line.starts_with('#')).map(segment).collect()
    }

    fn ours(s: &Segment) -> bool {
        s.at_peer != s.outbound
    }

    fn judged(change: impl FnOnce(&mut Vec<Segment>)) -> Result<Excuse, Ours> {
        let mut segments = real();
        change(&mut segments);
        judge(&segments, session(), END, PATIENCE)
    }

    /// The byte that is missing, of the real case.
    const MISSING: u32 = 3_384_707_042;

    #[test]
    fn the_real_case_is_the_peers() {
        let excuse = Excuse { broke_at: 11_394_936, beyond: 872, open_since: 122_161_519 };
        assert_eq!(judged(|_| {}), Ok(excuse));
    }

    #[test]
    fn a_peer_that_keeps_to_the_window_and_stalls_is_ours() {
        // The same, but every window was 4,000 bytes wider.
        let wider = judged(|all| all.iter_mut().filter(|s| ours(s)).for_each(|s| s.window += 4000));
        assert!(matches!(wider, Err(Ours::Unacknowledged { bytes: 1460 })), "{wider:?}");
        // The wire lost what it sent beyond the window, so that we had nothing to acknowledge.
        let lost = judged(|all| {
            all.iter_mut().filter(|s| ours(s)).for_each(|s| s.window += 4000);
            all.retain(|s| ours(s) || s.at_peer || s.end().wrapping_sub(MISSING + 1) > 1 << 30);
        });
        assert_eq!(lost, Err(Ours::SentWithin));
        // It sends what is missing once more when it may, and the wire loses it: its timer is its own affair, but this
        // is not the defect that is excused.
        let again = judged(|all| {
            let mut s = all.iter().rfind(|s| !ours(s) && s.at_peer && s.len > 0).unwrap().clone();
            s.time = 150_000_000;
            let after = all.iter().position(|s| s.time > 150_000_000).unwrap();
            all.insert(after, s);
        });
        assert_eq!(again, Err(Ours::SentWithin));
        // Beyond the window there were only probes.
        let probes = judged(|all| {
            let bytes = |s: &mut Segment| s.len = s.len.min(MISSING.wrapping_sub(s.seq) + 1);
            all.iter_mut().filter(|s| !ours(s) && s.seq <= MISSING).for_each(bytes);
        });
        assert_eq!(probes, Err(Ours::KeptToTheWindow));
    }

    #[test]
    fn a_window_that_we_took_back_is_ours() {
        // It had been open before the peer sent into it.
        let shrunk = judged(|all| {
            let promise = |s: &&mut Segment| ours(s) && s.time < 11_000_000 && s.window == 588;
            all.iter_mut().filter(promise).for_each(|s| s.window = 3000);
        });
        assert_eq!(shrunk, Err(Ours::Shrunk { by: 2412 }));
        // Also after the peer broke it.
        let late = judged(|all| {
            let last = all.iter_mut().rfind(|s| ours(s) && s.outbound).unwrap();
            last.window = 2000;
        });
        assert_eq!(late, Err(Ours::Shrunk { by: 6192 }));
    }

    #[test]
    fn an_acknowledgement_or_a_window_that_we_owe_is_ours() {
        // What came within the window stays unacknowledged.
        let less = |s: &mut Segment| {
            let held = s.ack.is_some_and(|ack| ack == MISSING);
            if held {
                s.ack = Some(MISSING - 588);
                s.window += 588;
            }
        };
        let unacknowledged = judged(|all| all.iter_mut().filter(|s| ours(s)).for_each(less));
        assert_eq!(unacknowledged, Err(Ours::Unacknowledged { bytes: 588 }));
        // The last acknowledgements never arrive, or arrive damaged.
        let held = |s: &Segment| ours(s) && s.at_peer && s.ack == Some(MISSING);
        let lost = judged(|all| all.retain(|s| !held(s)));
        assert_eq!(lost, Err(Ours::AcknowledgementLost));
        let damaged = judged(|all| {
            all.iter_mut().filter(|s| held(s)).for_each(|s| s.damaged = true);
        });
        assert_eq!(damaged, Err(Ours::AcknowledgementLost));
        // The window stays shut; or opens too little; or the opening does not arrive.
        for window in [0, 1000] {
            let shut = judged(|all| {
                let open = |s: &&mut Segment| ours(s) && s.time > 100_000_000;
                all.iter_mut().filter(open).for_each(|s| s.window = window);
            });
            assert_eq!(shut, Err(Ours::Closed), "{window}");
        }
        let on_the_way = judged(|all| {
            all.retain(|s| !(ours(s) && s.at_peer && s.time > 100_000_000));
        });
        assert_eq!(on_the_way, Err(Ours::Closed));
        // It has been open for a moment only.
        assert_eq!(judge(&real(), session(), SECOND, PATIENCE), Err(Ours::TooSoon));
    }

    #[test]
    fn other_ends_are_no_stall_of_this_kind() {
        let reset = judged(|all| all.last_mut().unwrap().rst = true);
        assert_eq!(reset, Err(Ours::Reset));
        let nothing = judged(|all| all.retain(|s| ours(s) || s.len == 0));
        assert_eq!(nothing, Err(Ours::NothingMissing));
        let (us, peer) = session();
        let other = (us, SocketAddr::new(peer.ip(), 1));
        assert_eq!(judge(&real(), other, END, PATIENCE), Err(Ours::NoHandshake));
        assert_eq!(judged(|all| all.retain(|s| !s.syn)), Err(Ours::NoHandshake));
    }
}
