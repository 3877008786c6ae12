// SPDX-License-Identifier: Apache-2.0
//! Frames of sessions that match a filter, as they pass between stack and device, and as the engine mirrors them.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

use toe_stack::{FourTuple, Micros};

use super::proto::{Filter, Frame};

/// Captures at a time.
const MAX_CAPTURES: usize = 8;
/// Bytes kept for a client that does not read; more frames are dropped and counted.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Frames in one answer, and their bytes.
const BATCH: (usize, usize) = (2048, 1024 * 1024);
/// Time after which a capture that nobody reads is forgotten, µs of the host's clock.
const FORGOTTEN: u64 = 60_000_000;

/// How a frame went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Software,
    Engine,
}

#[derive(Debug)]
struct Kept {
    time: Micros,
    path: Path,
    outbound: bool,
    bytes: Vec<u8>,
}

#[derive(Debug)]
struct Capture {
    filter: Filter,
    frames: VecDeque<Kept>,
    bytes: usize,
    dropped: u64,
    read_at: Micros,
}

/// All captures of a node.
#[derive(Debug, Default)]
pub(crate) struct Captures {
    next: u32,
    all: BTreeMap<u32, Capture>,
}

/// Ends of an IP packet in an Ethernet frame, as far as it has them: addresses and ports, the sender's first.
#[must_use]
#[allow(clippy::type_complexity)]
pub fn ends(frame: &[u8]) -> Option<([IpAddr; 2], Option<[u16; 2]>)> {
    let be16 = |at: usize| Some(u16::from_be_bytes(frame.get(at..at + 2)?.try_into().ok()?));
    let (mut l3, mut kind) = (14, be16(12)?);
    if kind == 0x8100 {
        (l3, kind) = (18, be16(16)?);
    }
    let (addrs, proto, l4) = match kind {
        0x0800 => {
            let addr = |at: usize| {
                let octets: [u8; 4] = frame.get(at..at + 4)?.try_into().ok()?;
                Some(IpAddr::from(octets))
            };
            let words = usize::from(frame.get(l3)? & 15) * 4;
            ([addr(l3 + 12)?, addr(l3 + 16)?], *frame.get(l3 + 9)?, l3 + words)
        }
        0x86dd => {
            let addr = |at: usize| {
                let octets: [u8; 16] = frame.get(at..at + 16)?.try_into().ok()?;
                Some(IpAddr::from(octets))
            };
            ([addr(l3 + 8)?, addr(l3 + 24)?], *frame.get(l3 + 6)?, l3 + 40)
        }
        _ => return None,
    };
    let ports = matches!(proto, 6 | 17).then(|| Some([be16(l4)?, be16(l4 + 2)?])).flatten();
    Some((addrs, ports))
}

impl Filter {
    fn frame(&self, frame: &[u8]) -> bool {
        if self.port.is_none() && self.host.is_none() {
            return true;
        }
        let Some((addrs, ports)) = ends(frame) else { return false };
        self.host.is_none_or(|host| addrs.contains(&host))
            && self.port.is_none_or(|port| ports.is_some_and(|p| p.contains(&port)))
    }

    pub(crate) fn tuple(&self, tuple: &FourTuple) -> bool {
        let (l, r) = (tuple.local, tuple.remote);
        self.port.is_none_or(|port| port == l.port || port == r.port)
            && self.host.is_none_or(|host| host == l.addr.ip() || host == r.addr.ip())
    }
}

impl Captures {
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A new one, or `None` when there are too many.
    pub(crate) fn start(&mut self, now: Micros, filter: Filter) -> Option<u32> {
        self.all.retain(|_, c| now.0 < c.read_at.0 + FORGOTTEN);
        if self.all.len() >= MAX_CAPTURES {
            return None;
        }
        self.next = self.next.wrapping_add(1);
        let frames = VecDeque::new();
        self.all.insert(self.next, Capture { filter, frames, bytes: 0, dropped: 0, read_at: now });
        Some(self.next)
    }

    pub(crate) fn frame(&mut self, time: Micros, path: Path, outbound: bool, bytes: &[u8]) {
        self.all.retain(|_, c| time.0 < c.read_at.0 + FORGOTTEN);
        for capture in self.all.values_mut().filter(|c| c.filter.frame(bytes)) {
            if capture.bytes + bytes.len() > MAX_BYTES {
                capture.dropped += 1;
                continue;
            }
            capture.bytes += bytes.len();
            capture.frames.push_back(Kept { time, path, outbound, bytes: bytes.to_vec() });
        }
    }

    /// Whether a capture wants the frames of this session.
    pub(crate) fn wants(&self, tuple: &FourTuple) -> bool {
        self.all.values().any(|c| c.filter.tuple(tuple))
    }

    /// Frames since the last call, at most a batch, and how many were dropped.
    pub(crate) fn read(&mut self, now: Micros, id: u32) -> Option<(Vec<Frame>, u64)> {
        let capture = self.all.get_mut(&id)?;
        capture.read_at = now;
        let (mut frames, mut total) = (Vec::new(), 0);
        while frames.len() < BATCH.0 && total < BATCH.1 {
            let Some(kept) = capture.frames.pop_front() else { break };
            capture.bytes -= kept.bytes.len();
            total += kept.bytes.len();
            frames.push(Frame {
                time_us: kept.time.0,
                path: if kept.path == Path::Engine { "engine" } else { "software" }.to_owned(),
                outbound: kept.outbound,
                bytes: hex(&kept.bytes),
            });
        }
        Some((frames, capture.dropped))
    }

    pub(crate) fn stop(&mut self, id: u32) {
        self.all.remove(&id);
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS[usize::from(n & 15)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(src: u8, sport: u16, dport: u16) -> Vec<u8> {
        let mut f = vec![2; 12];
        f.extend([8, 0, 0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, src, 10, 0, 0, 1]);
        f.extend(sport.to_be_bytes());
        f.extend(dport.to_be_bytes());
        f.resize(60, 0);
        f
    }

    #[test]
    fn filters_take_what_they_name() {
        let mut all = Captures::default();
        let host = Some(IpAddr::from([10, 0, 0, 2]));
        let a = all.start(Micros(0), Filter { port: Some(80), host: None }).unwrap();
        let b = all.start(Micros(0), Filter { port: Some(80), host }).unwrap();
        let c = all.start(Micros(0), Filter::default()).unwrap();
        for frame in [tcp(2, 5000, 80), tcp(3, 80, 9), tcp(2, 1, 2), vec![0; 60], vec![1; 13]] {
            all.frame(Micros(5), Path::Software, false, &frame);
        }
        let count = |all: &mut Captures, id| all.read(Micros(6), id).unwrap().0.len();
        assert_eq!((count(&mut all, a), count(&mut all, b), count(&mut all, c)), (2, 1, 5));
        assert_eq!(count(&mut all, a), 0, "read once");
        all.stop(a);
        assert!(all.read(Micros(7), a).is_none());
    }

    #[test]
    fn a_capture_that_nobody_reads_is_bounded_and_forgotten() {
        let mut all = Captures::default();
        let id = all.start(Micros(0), Filter::default()).unwrap();
        let frame = vec![0; 60_000];
        for _ in 0..1000 {
            all.frame(Micros(1), Path::Engine, true, &frame);
        }
        assert!(all.all[&id].bytes <= MAX_BYTES);
        assert!(all.all[&id].dropped > 800);
        all.frame(Micros(FORGOTTEN + 1), Path::Engine, true, &frame);
        assert!(all.is_empty());
        for _ in 0..MAX_CAPTURES {
            assert!(all.start(Micros(0), Filter::default()).is_some());
        }
        assert!(all.start(Micros(0), Filter::default()).is_none());
    }
}
