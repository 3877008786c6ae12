// SPDX-License-Identifier: Apache-2.0
//! Congestion control over summaries: NewReno (S-CC-2), CUBIC (RFC 9438) and DCTCP (RFC 8257) behind one trait (S-CC-1).
//!
//! The engine grows windows in slow start and shrinks them at the instant of a loss or an ECN echo, by fractions that the
//! algorithm has set ([`Keep`]); what is left to software is growth in congestion avoidance, and those fractions. The engine
//! tells of a session in a [`Summary`] and takes an [`Answer`].
//!
//! Nothing is kept here between two summaries: an algorithm's state is six words that the engine stores with the session and
//! sends along, so any number of sessions is served and a restart loses nothing. All zero is a new connection.
//! Integer arithmetic only; no clock but [`Summary::now_us`]. Tested on the host against the published formulas in floating
//! point and against the host stack's own implementation (`tests.rs`).

#![cfg_attr(not(test), no_std)]
#![forbid(unsafe_code)]

mod cubic;
mod dctcp;
mod math;
mod newreno;

pub use cubic::Cubic;
pub use dctcp::Dctcp;
pub use newreno::NewReno;

/// The words of an algorithm, stored with the session and in its image (`cc_private`).
pub type Private = [u32; 6];

/// Algorithms; the numbers are those of the contract (`cc_algo_e`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algo {
    /// S-CC-2.
    NewReno = 0,
    /// RFC 9438.
    Cubic = 1,
    /// RFC 8257.
    Dctcp = 2,
}

impl Algo {
    /// The algorithm of an id; an unknown one is served as NewReno, which is always right.
    #[must_use]
    pub const fn from_id(id: u32) -> Self {
        match id {
            1 => Self::Cubic,
            2 => Self::Dctcp,
            _ => Self::NewReno,
        }
    }
}

/// Congestion signals (S-CC-1). The engine has already reduced `cwnd` and `ssthresh`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// ECN echo: congestion without loss (S-CC-3).
    Ecn,
    /// Loss found by duplicate acknowledgements or SACK.
    Loss,
    /// First expiry of the retransmission timer since progress.
    Timeout,
}

/// What happened to a session since its last summary. Bytes, except where said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Congestion window now.
    pub cwnd: u32,
    /// Slow-start threshold now.
    pub ssthresh: u32,
    /// `cwnd` before the first reduction since the last summary; valid with a signal.
    pub cwnd_prior: u32,
    /// Newly acknowledged.
    pub acked: u32,
    /// Of those, what may turn into growth: acknowledged in congestion avoidance, outside recovery, while the congestion window
    /// was the limit, at most two segments an acknowledgement (RFC 3465).
    pub grow: u32,
    /// Newly acknowledged by acknowledgements with ECE.
    pub ce: u32,
    /// In flight now.
    pub flight: u32,
    /// Largest payload of a segment.
    pub mss: u32,
    /// Smoothed round-trip time, microseconds; 0 = none yet.
    pub srtt_us: u32,
    /// Time of the summary, microseconds, wraps.
    pub now_us: u32,
    /// ECN echo since the last summary.
    pub ecn: bool,
    /// Loss since the last summary.
    pub loss: bool,
    /// Timeout since the last summary.
    pub timeout: bool,
    /// Sending restarted after idle; the engine has lowered `cwnd` (RFC 5681 §4.1).
    pub idle: bool,
}

impl Summary {
    /// Segment size, never 0.
    #[must_use]
    pub const fn smss(&self) -> u32 {
        if self.mss == 0 { 1 } else { self.mss }
    }
}

/// Which part of the window survives a congestion signal, in 1024ths, 512 to 1023. The engine applies it at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keep {
    /// After a loss or a timeout (`ssthresh`).
    pub loss: u16,
    /// After an ECN echo.
    pub ecn: u16,
}

impl Keep {
    /// RFC 5681: half.
    pub const HALF: Self = Self { loss: 512, ecn: 512 };
}

/// What the engine is to do for a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The new congestion window, or leave it.
    pub cwnd: Option<u32>,
    /// Parts of the window that survive the next signal.
    pub keep: Keep,
    /// The algorithm's words.
    pub private: Private,
}

/// A congestion control algorithm (S-CC-1). Deterministic; every value of the private words must be harmless.
pub trait CongestionControl: Sized {
    /// Index of the private word that holds a time of [`Summary::now_us`] (0 = none), if there is one: in an image it is an
    /// age (plus one), because clocks differ.
    const TIME_WORD: Option<usize> = None;

    /// Takes the private words; all zero is `conn_init`.
    fn thaw(private: &Private) -> Self;

    /// Gives the private words.
    fn freeze(&self) -> Private;

    /// Data was acknowledged. The new congestion window: growth only, and only when [`Summary::grow`] is not 0.
    fn ack_received(&mut self, s: &Summary) -> u32;

    /// A congestion signal.
    fn cong_signal(&mut self, s: &Summary, signal: Signal) {
        let _ = (s, signal);
    }

    /// Sending restarted after idle.
    fn after_idle(&mut self, s: &Summary) {
        let _ = s;
    }

    /// Parts of the window that survive the next signal.
    fn keep(&self) -> Keep {
        Keep::HALF
    }
}

/// Works off one summary.
#[must_use]
pub fn answer(algo: Algo, s: &Summary, private: &Private) -> Answer {
    match algo {
        Algo::NewReno => drive::<NewReno>(s, private),
        Algo::Cubic => drive::<Cubic>(s, private),
        Algo::Dctcp => drive::<Dctcp>(s, private),
    }
}

fn drive<A: CongestionControl>(s: &Summary, private: &Private) -> Answer {
    let mut a = A::thaw(private);
    // A timeout behind a loss: the later one says how to go on.
    for (told, signal) in
        [(s.ecn, Signal::Ecn), (s.loss, Signal::Loss), (s.timeout, Signal::Timeout)]
    {
        if told {
            a.cong_signal(s, signal);
        }
    }
    if s.idle {
        a.after_idle(s);
    }
    // What was acknowledged before a signal was of the old window: no growth out of it, and no epoch that starts with it.
    let quiet = !(s.ecn || s.loss || s.timeout || s.idle);
    let s = Summary { grow: if quiet { s.grow } else { 0 }, ..*s };
    let next = if s.acked > 0 { a.ack_received(&s) } else { s.cwnd };
    let cwnd = (s.grow > 0 && next > s.cwnd).then_some(next);
    Answer { cwnd, keep: a.keep(), private: a.freeze() }
}

const fn time_word(algo: Algo) -> Option<usize> {
    match algo {
        Algo::NewReno => NewReno::TIME_WORD,
        Algo::Cubic => Cubic::TIME_WORD,
        Algo::Dctcp => Dctcp::TIME_WORD,
    }
}

/// Words out of a session image: an age becomes a time of this clock. 0 stays 0 = none.
pub fn from_image(algo: Algo, private: &mut Private, now_us: u32) {
    if let Some(word) = time_word(algo).and_then(|i| private.get_mut(i))
        && *word != 0
    {
        *word = stamp(now_us.wrapping_sub(*word - 1));
    }
}

/// Words for a session image: a time becomes its age plus one.
pub fn to_image(algo: Algo, private: &mut Private, now_us: u32) {
    if let Some(word) = time_word(algo).and_then(|i| private.get_mut(i))
        && *word != 0
    {
        *word = now_us.wrapping_sub(*word).saturating_add(1);
    }
}

/// A time that is not the word for "none".
const fn stamp(us: u32) -> u32 {
    if us == 0 { 1 } else { us }
}

/// RFC 3465 §2.1: counts bytes; one segment for each window of them.
fn appropriate_byte_counting(s: &Summary, counted: &mut u32) -> u32 {
    *counted = counted.saturating_add(s.grow);
    if *counted < s.cwnd {
        return s.cwnd;
    }
    // More than a window between two summaries: only the first counts, as a window is at least a round trip.
    *counted = (*counted - s.cwnd).min(s.cwnd);
    s.cwnd.saturating_add(s.smss())
}

#[cfg(test)]
mod tests;
