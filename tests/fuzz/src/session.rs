// SPDX-License-Identifier: Apache-2.0
//! A session as one side sees it, and what must hold of it whatever the other does.

use toe_abi::{RxReason, SessionImage, SessionReason};
use toe_driver::{SessionHandle, SessionInfo, SessionSpec};

use crate::packet::{Below, Tcp, Tuple, flag};
use crate::table::Table;

/// Segments of the engine are no larger.
const LARGEST_MSS: u32 = 1440;

/// Byte of a stream at a sequence number; the two directions differ.
#[must_use]
pub fn stream_byte(salt: u32, seq: u32) -> u8 {
    let x = (seq ^ salt.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    (x >> 24) as u8
}

/// Bytes of a stream.
#[must_use]
pub fn stream(salt: u32, seq: u32, len: usize) -> Vec<u8> {
    (0u32..).take(len).map(|i| stream_byte(salt, seq.wrapping_add(i))).collect()
}

/// Salt of what the peer sends, and of what we send.
pub const FROM_PEER: u32 = 1;
/// Salt of what we send.
pub const FROM_US: u32 = 2;

/// Where a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not in the engine yet.
    Waiting,
    /// The engine has it.
    Active,
    /// It is on its way out.
    Leaving,
    /// It was refused, or could not be brought in again.
    Refused,
    /// It has ended.
    Closed(SessionReason),
}

/// A session on one side.
pub struct Session {
    /// Its slot and generation.
    pub handle: SessionHandle,
    /// Who talks to whom.
    pub tuple: Tuple,
    /// Where it is.
    pub phase: Phase,
    /// Segments that were sent since the last look.
    pub sent: Vec<Tcp>,
    /// Frames that the host got instead of the session, since the last look.
    pub to_host: Vec<(RxReason, u16)>,
    /// Images that came back since the last look.
    pub images: Vec<SessionImage>,
    /// What is wrong on this side alone.
    pub wrong: Vec<String>,
    /// Timestamp of ours that the peer saw last.
    pub ts_seen: u32,
    /// Timestamp of the peer that the engine echoed last.
    pub echo: u32,
    /// Right edge that the engine announced.
    pub edge: u32,
    /// End of what was sent.
    pub max: u32,
    /// Highest acknowledgement that was sent.
    pub acked: u32,
    /// Highest right edge that the peer ever granted.
    pub granted: u32,
    /// What the peer's window is shifted by, and ours.
    pub wscale: (u8, u8),
    /// Each side sends when it does, by its own pace or growth or next hop: from here on what it sends is not compared.
    pub disturbed: bool,
    /// What the last acknowledgement covers is chance, until both have acknowledged the same again.
    pub unsure: bool,
    /// The sides announced their windows at different moments: the right edges may be apart, by less than a window update
    /// is sent for, until they are the same again.
    pub apart: bool,
    /// It has, or had, the acknowledgements of DCTCP.
    pub dctcp: bool,
    /// A header that was taken lied about where its payload begins: what it brought is no stream, but the same on both.
    pub garbled: bool,
    /// Hash of what was delivered.
    pub delivered: u64,
    /// It had ended before this round: the TIME_WAIT table speaks.
    pub gone: bool,
    /// One side had ended a round before the other, since each sends when it does.
    pub ended_apart: bool,
    /// What the TIME_WAIT table has of it.
    pub table: Table,
    /// What its frames carry below TCP; `df` is not looked at in the round in which it changes.
    pub below: Below,
    /// What did not look so below TCP in this round.
    pub(crate) odd: Vec<String>,
    /// What was acknowledged when this round began.
    pub(crate) una_before: u32,
    /// What had been sent when this round began.
    pub max_before: u32,
    /// The bucket of its tuple was full.
    pub no_place: bool,
    /// Its next hop came back in this round.
    pub hop_returns: bool,
    /// DF changes in this round.
    pub df_changes: bool,
    /// Frames of this round, both directions: what copies are copies of.
    pub frames: Vec<Vec<u8>>,
    /// Copies of frames that the host got in this round.
    pub copies: Vec<Vec<u8>>,
    /// Kept for coming in again.
    pub(crate) spec: SessionSpec,
    /// What the driver said last.
    pub info: SessionInfo,
    pub(crate) moving: bool,
    pub(crate) back: Option<Box<SessionImage>>,
    pub(crate) snapshot: bool,
    /// With what it came in again; what it had sent until then.
    pub(crate) came_with: Option<(Box<SessionImage>, usize)>,
}

impl Session {
    /// Checks a segment against everything that must always hold.
    pub(crate) fn takes(&mut self, tcp: &Tcp) {
        let wrong = &mut self.wrong;
        if tcp.has(flag::SYN | flag::URG) {
            wrong.push(format!("it sent flags {:#x}", tcp.flags));
        }
        if tcp.payload != stream(FROM_US, tcp.seq, tcp.payload.len()) {
            wrong.push(format!("it sent wrong bytes at {:#x}", tcp.seq));
        }
        if tcp.has(flag::RST) || matches!(self.phase, Phase::Closed(_) | Phase::Refused) {
            return; // a reset or the TIME_WAIT table: numbers of another rule
        }
        if diff(tcp.ack, self.acked) < 0 {
            wrong.push(format!("its ACK went back from {:#x} to {:#x}", self.acked, tcp.ack));
        }
        let edge = tcp.ack.wrapping_add(u32::from(tcp.wnd) << self.wscale.1);
        // The ring may lack the room to round up: less than one unit of the scale is no promise.
        if diff(edge, self.edge) < 0 && diff(self.edge, edge) >= 1 << self.wscale.1 {
            wrong.push(format!("its right edge went back from {:#x} to {edge:#x}", self.edge));
        }
        if diff(edge, self.edge) > 0 {
            self.edge = edge;
        }
        self.acked = tcp.ack;
        if let Some((val, ecr)) = tcp.ts {
            self.ts_seen = val;
            self.echo = ecr;
        }
        if tcp.space() == 0 {
            return;
        }
        // Acknowledged before this round: what comes meanwhile may meet a segment on its way out.
        let una = self.una_before;
        if diff(tcp.seq, una) < 0 && diff(tcp.end(), una) <= 0 {
            wrong.push(format!("it resent {:#x}, acknowledged up to {una:#x}", tcp.seq));
        }
        if diff(tcp.end(), self.max) > 0 {
            self.max = tcp.end();
        }
    }

    /// What lies below TCP is what the session's setup says.
    pub(crate) fn carried(&mut self, below: Below) {
        let df = if self.df_changes { below.df } else { self.below.df };
        if below != (Below { df, ..self.below }) {
            self.odd.push(format!("it sent {below:?}, set up as {:?}", self.below));
        }
    }

    /// Copies are copies of something.
    pub fn copied(&mut self) {
        let known = |copy: &Vec<u8>| {
            // The tag is told apart from the frame; what pads a frame to its least length may be missing.
            self.frames.iter().any(|frame| {
                let mut plain = frame.clone();
                if plain[12..14] == [0x81, 0] && copy.get(12..14) != Some(&[0x81, 0]) {
                    plain.drain(12..16);
                }
                plain == *copy || (copy.len() < 60 && plain.starts_with(copy))
            })
        };
        if let Some(copy) = self.copies.iter().find(|copy| !known(copy)) {
            self.wrong.push(format!("a copy of no frame: {copy:02x?}"));
        }
        // Who has ended left it to the TIME_WAIT table, which keeps nothing of all this.
        let odd = std::mem::take(&mut self.odd);
        if !matches!(self.phase, Phase::Closed(_) | Phase::Refused) {
            self.wrong.extend(odd);
        }
        self.copies.clear();
        self.frames.clear();
    }

    /// What happens from here on is another round's.
    pub fn next_round(&mut self) {
        self.df_changes = false;
        self.hop_returns = false;
        self.una_before = self.info.snd_una;
        self.max_before = self.max;
    }

    /// Nothing of what was sent lies beyond what the peer ever granted, but a probe.
    pub fn beyond_window(&mut self) {
        let limit = self.granted;
        for tcp in &self.sent {
            let probe = tcp.space() <= 1 && diff(tcp.end(), limit) <= 1;
            if tcp.space() > 0 && diff(tcp.end(), limit) > 0 && !probe && !tcp.has(flag::RST) {
                self.wrong.push(format!("it sent up to {:#x}, granted {limit:#x}", tcp.end()));
                break;
            }
        }
    }

    /// As far as the right edges of the two sides may be apart: what one knows more must be less than it sends a window
    /// update for, plus what scaling rounds off (RFC 7323 §2.4). Behind the peer's FIN nobody is told of reading for a
    /// window's sake: one may know of all that was read, the other of nothing.
    #[must_use]
    pub fn edge_slack(&self) -> u32 {
        let ring = self.spec.rx_ring;
        if self.info.peer_fin {
            return ring + (1 << self.wscale.1);
        }
        (ring / 4).max((ring / 2).min(2 * LARGEST_MSS)) + (1 << self.wscale.1)
    }

    /// The peer announces a window.
    pub fn grant(&mut self, ack: u32, wnd: u16) {
        let edge = ack.wrapping_add(u32::from(wnd) << self.wscale.0);
        if (-(1 << 20)..=0).contains(&diff(ack, self.max)) && diff(edge, self.granted) > 0 {
            self.granted = edge;
        }
    }
}

/// Distance in sequence space.
#[must_use]
#[allow(clippy::cast_possible_wrap)] // RFC 9293 §3.4
pub const fn diff(a: u32, b: u32) -> i32 {
    a.wrapping_sub(b) as i32
}
