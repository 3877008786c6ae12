// SPDX-License-Identifier: Apache-2.0
//! A test case: a compact script, relative to the state of the session, so that every script means something and stays
//! meaningful when a part of it is taken away. Decoded from bytes with `arbitrary` or made by [`crate::generate`]; kept
//! as JSON.

use arbitrary::{Arbitrary, Unstructured};
use serde::{Deserialize, Serialize};

/// Rounds of a lane at most.
pub const MAX_ROUNDS: usize = 64;
/// Sessions at the same time at most: the slots of `small`, some left over.
pub const MAX_LANES: usize = 48;

/// A whole case: sessions that live at the same time, and the time between their rounds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// What it is about, for those in the corpus.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Virtual time at which it begins, µs (0: whenever).
    #[serde(skip_serializing_if = "is_default")]
    pub start_us: u64,
    /// µs before each round.
    pub gaps: Vec<u32>,
    /// Sessions.
    pub lanes: Vec<Lane>,
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Case {
    /// Rounds that it has.
    #[must_use]
    pub fn rounds(&self) -> usize {
        self.lanes.iter().map(|lane| lane.rounds.len()).max().unwrap_or(0).min(MAX_ROUNDS)
    }

    /// µs before a round.
    #[must_use]
    pub fn gap(&self, round: usize) -> u32 {
        self.gaps.get(round).copied().unwrap_or(0).min(180_000_000)
    }

    /// Any bytes are a case: what libFuzzer would call.
    ///
    /// # Errors
    /// Too few bytes.
    pub fn from_bytes(bytes: &[u8]) -> arbitrary::Result<Self> {
        let mut u = Unstructured::new(bytes);
        let lanes = (0..u.int_in_range(1..=4)?)
            .map(|_| Lane::arbitrary(&mut u))
            .collect::<arbitrary::Result<Vec<_>>>()?;
        let rounds = lanes.iter().map(|l| l.rounds.len()).max().unwrap_or(0);
        let gaps = (0..rounds)
            .map(|_| Ok(if u.ratio(3, 4)? { 0 } else { 1 << u.int_in_range(0..=26)? }))
            .collect::<arbitrary::Result<Vec<_>>>()?;
        Ok(Self { gaps, lanes, ..Self::default() })
    }

    /// As JSON: a round a line, and of the setup only what is not usual.
    #[must_use]
    pub fn to_text(&self) -> String {
        use std::fmt::Write as _;
        let mut out = String::from("{\n");
        if !self.note.is_empty() {
            let _ = writeln!(out, "  \"note\": {},", json(&self.note));
        }
        if self.start_us != 0 {
            let _ = writeln!(out, "  \"start_us\": {},", self.start_us);
        }
        let _ = writeln!(out, "  \"gaps\": {},\n  \"lanes\": [", json(&self.gaps));
        for (i, lane) in self.lanes.iter().enumerate() {
            let mut setup = serde_json::to_value(&lane.setup).unwrap_or_default();
            let usual = serde_json::to_value(Setup::default()).unwrap_or_default();
            if let (Some(setup), Some(usual)) = (setup.as_object_mut(), usual.as_object()) {
                setup.retain(|key, value| usual.get(key) != Some(value));
            }
            let _ = writeln!(out, "    {{\n      \"setup\": {setup},\n      \"rounds\": [");
            for (j, round) in lane.rounds.iter().enumerate() {
                let comma = if j + 1 < lane.rounds.len() { "," } else { "" };
                let _ = writeln!(out, "        {}{comma}", json(round));
            }
            let comma = if i + 1 < self.lanes.len() { "," } else { "" };
            let _ = writeln!(out, "      ]\n    }}{comma}");
        }
        out + "  ]\n}\n"
    }

    /// The opposite.
    ///
    /// # Errors
    /// Where it is no case.
    pub fn from_text(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// One session: how it begins and what happens to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
#[serde(default)]
pub struct Lane {
    /// The image that is installed.
    pub setup: Setup,
    /// What happens in each round, at the same instant, in this order.
    pub rounds: Vec<Vec<Op>>,
}

/// The state with which a session begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
#[serde(default)]
#[allow(missing_docs)] // fields of the session image, see docs/layouts.md
pub struct Setup {
    pub state: Start,
    pub ipv6: bool,
    pub ts: bool,
    pub sack: bool,
    pub ecn: bool,
    pub nodelay: bool,
    pub keepalive: bool,
    pub snd_wscale: u8,
    pub rcv_wscale: u8,
    /// Segment size without options: clipped to 64..=1440.
    pub mss: u16,
    /// log2 of the rings: clipped to 12..=16.
    pub tx_log2: u8,
    pub rx_log2: u8,
    /// `snd_una` and `rcv_nxt`.
    pub snd: u32,
    pub rcv: u32,
    /// Where the rings' position 0 lies before them.
    pub ring_skew: u16,
    /// Bytes in flight, waiting to be sent, and not read yet: clipped to the rings.
    pub flight: u16,
    pub unsent: u16,
    pub unread: u16,
    /// The peer's window, as in the window field.
    pub wnd: u16,
    /// In segments; 0 is taken for 1.
    pub cwnd: u16,
    pub ssthresh: u16,
    pub quickack: u8,
    /// µs since it sent data.
    pub idle: u32,
    /// Type of service without its ECN bits, flow label, 802.1Q tag of the next hop (0: none).
    pub tos: u8,
    pub flow: u32,
    pub vlan: u16,
    /// Congestion control as in the image.
    pub cc: u8,
    /// Where the peer's clock and ours begin.
    pub ts_clock: u32,
    pub ts_offset: u32,
    /// Class in TIME_WAIT: remote, local, loopback.
    pub tw_class: u8,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            state: Start::Established,
            ipv6: false,
            ts: false,
            sack: true,
            ecn: false,
            nodelay: false,
            keepalive: false,
            snd_wscale: 0,
            rcv_wscale: 0,
            mss: 1440,
            tx_log2: 14,
            rx_log2: 14,
            snd: 1000,
            rcv: 2000,
            ring_skew: 0,
            flight: 0,
            unsent: 0,
            unread: 0,
            wnd: 65_535,
            cwnd: 100,
            ssthresh: 10_000,
            quickack: 0,
            idle: 0,
            tos: 0,
            flow: 0,
            vlan: 0,
            cc: 0,
            ts_clock: 0,
            ts_offset: 0,
            tw_class: 0,
        }
    }
}

/// TCP state of the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
#[allow(missing_docs)]
pub enum Start {
    #[default]
    Established,
    CloseWait,
    FinWait1,
    FinWait2,
    Closing,
    LastAck,
}

/// Something that happens to a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
pub enum Op {
    /// The peer sends a segment.
    Seg(Seg),
    /// The application writes so many bytes.
    Write(u16),
    /// The application reads so many bytes.
    Read(u16),
    /// The application closes its direction.
    Close,
    /// The application aborts.
    Abort,
    /// The host asks the engine to try again.
    Kick,
    /// The session goes back to the host and into the engine again.
    Move,
    /// The host asks for the state.
    Snapshot,
    /// The session's next hop becomes valid or not.
    NextHop(bool),
    /// A setting of the live session.
    Mss(u16),
    /// Nagle off or on.
    Nodelay(bool),
    /// Keepalive on or off.
    Keepalive(bool),
    /// Pace, bytes a millisecond; 0 is off.
    Pace(u16),
    /// Copies of its frames for the host, or none.
    Mirror(bool),
    /// Records of what happens to it, or none.
    Trace(bool),
    /// Don't fragment, or may.
    Df(bool),
    /// Congestion control.
    Algorithm(u8),
    /// The application is gone: it reads no more.
    Orphan,
}

/// A segment of the peer, relative to the session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
#[serde(default)]
pub struct Seg {
    /// Its sequence number.
    #[serde(skip_serializing_if = "is_default")]
    pub seq: SeqAt,
    /// Plus this.
    #[serde(skip_serializing_if = "is_default")]
    pub seq_plus: i32,
    /// Bytes of payload: clipped to what a frame holds.
    #[serde(skip_serializing_if = "is_default")]
    pub len: u16,
    /// Its acknowledgement number.
    #[serde(skip_serializing_if = "is_default")]
    pub ack: AckAt,
    /// Plus this.
    #[serde(skip_serializing_if = "is_default")]
    pub ack_plus: i32,
    /// FIN.
    #[serde(skip_serializing_if = "is_default")]
    pub fin: bool,
    /// SYN.
    #[serde(skip_serializing_if = "is_default")]
    pub syn: bool,
    /// RST.
    #[serde(skip_serializing_if = "is_default")]
    pub rst: bool,
    /// No ACK bit.
    #[serde(skip_serializing_if = "is_default")]
    pub no_ack: bool,
    /// URG, with an urgent pointer.
    #[serde(skip_serializing_if = "is_default")]
    pub urg: bool,
    /// ECE.
    #[serde(skip_serializing_if = "is_default")]
    pub ece: bool,
    /// CWR.
    #[serde(skip_serializing_if = "is_default")]
    pub cwr: bool,
    /// Congestion experienced, in the IP header.
    #[serde(skip_serializing_if = "is_default")]
    pub ce: bool,
    /// The window field; `None`: as before.
    #[serde(skip_serializing_if = "is_default")]
    pub wnd: Option<u16>,
    /// Timestamps.
    #[serde(skip_serializing_if = "is_default")]
    pub ts: Ts,
    /// SACK blocks: first byte relative to `snd_una`, and length. At most 4 are sent.
    #[serde(skip_serializing_if = "is_default")]
    pub sack: Vec<(i32, i32)>,
    /// What is wrong with the frame.
    #[serde(skip_serializing_if = "is_default")]
    pub harm: Harm,
}

/// What a sequence number is relative to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
pub enum SeqAt {
    /// What the engine expects.
    #[default]
    Next,
    /// The right edge of the window that the engine announced.
    Edge,
    /// The end of what the peer has sent so far.
    Sent,
}

/// What an acknowledgement number is relative to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
pub enum AckAt {
    /// All that the engine has sent.
    #[default]
    Max,
    /// What was acknowledged already.
    Una,
}

/// Timestamps of a segment, in a session that has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
pub enum Ts {
    /// The peer's clock, and the newest value of ours.
    #[default]
    Good,
    /// None.
    Missing,
    /// The peer's clock plus this.
    Val(i32),
    /// A wrong echo: ours plus this.
    Echo(i32),
}

/// What is wrong with a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Arbitrary)]
pub enum Harm {
    /// Nothing.
    #[default]
    None,
    /// TCP checksum.
    TcpSum,
    /// IPv4 header checksum.
    IpSum,
    /// One bit of the frame flips.
    Bit(u16),
    /// The data offset says this.
    DataOffset(u8),
    /// The IP length says so much more.
    IpLen(i8),
    /// The frame ends so much earlier.
    Cut(u8),
    /// An option of this kind, with this length byte, before the others.
    Option(u8, u8),
    /// IPv4 options: so many words.
    IpOptions(u8),
    /// A fragment.
    Fragment,
    /// Bytes of padding after the IP packet.
    Pad(u8),
    /// A VLAN tag.
    Vlan(u16),
    /// Options that no space is left for: a full header of NOPs.
    Nops,
    /// A fragment at this offset, in units of eight bytes, with more to come or not.
    FragmentAt(u16, bool),
    /// An IPv6 extension header of this kind; IPv4: this protocol.
    Next(u8),
    /// Timestamps twice, the second with other values.
    Twice,
    /// The same options without padding, SACK first, an end of options behind.
    Packed,
    /// The IP version.
    Version(u8),
    /// Not to our station: 0 broadcast, 1 multicast, else somebody else's.
    Station(u8),
    /// A length in place of the type.
    Llc,
    /// The four bits between data offset and flags, and NS.
    Reserved(u8),
    /// An urgent pointer, whatever URG says.
    Urgent(u16),
    /// A second VLAN tag.
    TwoTags,
    /// A SACK option of this length byte.
    SackLen(u8),
}
