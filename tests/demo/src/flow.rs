// SPDX-License-Identifier: Apache-2.0
//! One connection, as it was on the wire: sequence numbers unwrapped and counted from zero, retransmissions found, flight
//! and window followed.

use std::net::SocketAddr;

use crate::capture::{Packet, Segment};

/// What a data segment was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bytes never seen before.
    New,
    /// Bytes that come after later ones were seen: sent again, reordered or duplicated.
    Again,
}

/// A data segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// Nanoseconds.
    pub time: u64,
    /// First byte of the stream in it, from 0.
    pub start: u64,
    /// After its last byte.
    pub end: u64,
    /// New or not.
    pub kind: Kind,
}

/// An acknowledgement of this direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ack {
    /// Nanoseconds.
    pub time: u64,
    /// Bytes acknowledged.
    pub ack: u64,
    /// Bytes up to which the receiver takes more.
    pub edge: u64,
}

/// A SACK block of this direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sack {
    /// Nanoseconds.
    pub time: u64,
    /// First byte.
    pub start: u64,
    /// After the last.
    pub end: u64,
}

/// One direction.
#[derive(Clone, Debug, Default)]
pub struct Half {
    /// Data segments in order of time.
    pub data: Vec<Data>,
    /// Acknowledgements in order of time.
    pub acks: Vec<Ack>,
    /// SACK blocks in order of time.
    pub sacks: Vec<Sack>,
    /// Bytes in flight after each change: time, bytes.
    pub flight: Vec<(u64, u64)>,
    /// Segments in this direction, pure acknowledgements included.
    pub segments: u64,
    /// Data segments that were not new.
    pub again: u64,
    /// When the FINs passed.
    pub fins: Vec<u64>,
    isn: u32,
    scale: u8,
    scale_offered: bool,
    /// Highest byte seen.
    high: u64,
    acked: u64,
}

impl Half {
    /// Bytes of the stream.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.high
    }

    /// A sequence number as a place in the stream, near to the highest byte seen; the SYN is before 0.
    fn place(&self, seq: u32) -> u64 {
        let first = self.isn.wrapping_add(1);
        let here = first.wrapping_add(u32::try_from(self.high & 0xffff_ffff).unwrap_or(0));
        let ahead = i64::from(i32::from_ne_bytes(seq.wrapping_sub(here).to_ne_bytes()));
        self.high.saturating_add_signed(ahead)
    }

    fn sent(&mut self, s: &Segment) {
        self.segments += 1;
        if s.syn {
            self.isn = s.seq;
            self.scale_offered = s.scale.is_some();
            self.scale = s.scale.unwrap_or(0);
        }
        if s.fin {
            self.fins.push(s.time);
        }
        if s.len == 0 {
            return;
        }
        let start = self.place(s.seq);
        let end = start + u64::from(s.len);
        let kind = if end > self.high { Kind::New } else { Kind::Again };
        self.again += u64::from(kind == Kind::Again);
        self.high = self.high.max(end);
        self.data.push(Data { time: s.time, start, end, kind });
        self.flight.push((s.time, self.high - self.acked.min(self.high)));
    }

    /// The other direction's segment acknowledges this one.
    fn acknowledged(&mut self, s: &Segment, scale: u8) {
        let Some(ack) = s.ack else { return };
        // A FIN takes a sequence number, not a byte.
        let ack = self.place(ack).min(self.high);
        let window = u64::from(s.window) << if s.syn { 0 } else { scale };
        self.acks.push(Ack { time: s.time, ack, edge: ack + window });
        for (start, end) in &s.sacks {
            let (start, end) = (self.place(*start), self.place(*end));
            self.sacks.push(Sack { time: s.time, start, end });
        }
        if ack > self.acked {
            self.acked = ack;
            self.flight.push((s.time, self.high - ack));
        }
    }
}

/// A connection.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Our end.
    pub local: SocketAddr,
    /// The peer.
    pub remote: SocketAddr,
    /// First segment, nanoseconds.
    pub first: u64,
    /// Last segment, nanoseconds.
    pub last: u64,
    /// Last data segment or FIN, nanoseconds.
    pub last_data: u64,
    /// From the engine to the peer.
    pub to_peer: Half,
    /// From the peer to the engine.
    pub from_peer: Half,
    /// Handshake: when each SYN passed, and whether it was ours.
    pub syns: Vec<(u64, bool)>,
    /// Resets.
    pub resets: u64,
}

impl Flow {
    /// Segments in both directions.
    #[must_use]
    pub const fn segments(&self) -> u64 {
        self.to_peer.segments + self.from_peer.segments
    }

    fn add(&mut self, s: &Segment) {
        self.last = self.last.max(s.time);
        if s.len > 0 || s.fin {
            self.last_data = self.last_data.max(s.time);
        }
        if s.syn {
            self.syns.push((s.time, s.outbound));
        }
        self.resets += u64::from(s.rst);
        let (half, other) = if s.outbound {
            (&mut self.to_peer, &mut self.from_peer)
        } else {
            (&mut self.from_peer, &mut self.to_peer)
        };
        half.sent(s);
        // Scaling counts only when both offered it, which is known after the handshake.
        let scale = if half.scale_offered && other.scale_offered { half.scale } else { 0 };
        other.acknowledged(s, scale);
    }
}

/// The connections of a capture, in order of their first segment. One 4-tuple is one connection.
#[must_use]
pub fn flows(packets: &[Packet]) -> Vec<Flow> {
    let mut flows: Vec<Flow> = Vec::new();
    for packet in packets {
        let Packet::Tcp(s) = packet else { continue };
        let known = flows.iter().position(|f| f.local == s.local && f.remote == s.remote);
        let index = known.unwrap_or_else(|| {
            flows.push(Flow {
                local: s.local,
                remote: s.remote,
                first: s.time,
                last: s.time,
                last_data: s.time,
                to_peer: Half::default(),
                from_peer: Half::default(),
                syns: Vec::new(),
                resets: 0,
            });
            flows.len() - 1
        });
        flows[index].add(s);
    }
    flows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(time: u64, outbound: bool, seq: u32, ack: u32, len: u32) -> Segment {
        Segment {
            time,
            at_peer: false,
            outbound,
            damaged: false,
            local: SocketAddr::from(([10, 0, 0, 1], 80)),
            remote: SocketAddr::from(([10, 0, 0, 2], 5000)),
            seq,
            ack: Some(ack),
            window: 100,
            scale: None,
            sacks: Vec::new(),
            syn: false,
            fin: false,
            rst: false,
            len,
        }
    }

    #[test]
    fn follows_a_connection_over_the_wrap() {
        let isn = u32::MAX - 50;
        let syn = Segment { syn: true, scale: Some(3), ack: None, ..segment(0, false, 9, 0, 0) };
        let reply = Segment { syn: true, scale: Some(2), ..segment(1, true, isn, 10, 0) };
        let first = isn.wrapping_add(1);
        let packets: Vec<_> = [
            syn,
            reply,
            segment(2, false, 10, first, 0),
            segment(3, true, first, 10, 100),
            segment(4, true, first.wrapping_add(100), 10, 100),
            segment(5, false, 10, first.wrapping_add(100), 0),
            segment(6, true, first.wrapping_add(100), 10, 100),
            Segment {
                sacks: vec![(first.wrapping_add(200), first.wrapping_add(250))],
                ..segment(7, false, 10, first.wrapping_add(200), 0)
            },
        ]
        .into_iter()
        .map(Packet::Tcp)
        .collect();
        let flows = flows(&packets);
        assert_eq!(flows.len(), 1);
        let half = &flows[0].to_peer;
        assert_eq!((half.bytes(), half.again, flows[0].segments()), (200, 1, 8));
        assert_eq!(half.data[1], Data { time: 4, start: 100, end: 200, kind: Kind::New });
        assert_eq!(half.data[2].kind, Kind::Again);
        assert_eq!(half.acks[0], Ack { time: 2, ack: 0, edge: 800 });
        assert_eq!(half.flight, [(3, 100), (4, 200), (5, 100), (6, 100), (7, 0)]);
        assert_eq!(half.sacks, [Sack { time: 7, start: 200, end: 250 }]);
        assert_eq!(flows[0].syns, [(0, false), (1, true)]);
    }
}
