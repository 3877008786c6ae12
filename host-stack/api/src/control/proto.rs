// SPDX-License-Identifier: Apache-2.0
//! The protocol: one JSON object a line, each way. A request is `{"v":1,"op":"…",…}`, an answer `{"v":1,"ok":…}` or
//! `{"v":1,"error":{"code":"…","message":"…"}}`; `message` says what to do about it.

use serde::{Deserialize, Serialize};

/// Version of the protocol: both ends must agree.
pub const VERSION: u32 = 1;

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)] // the names are those of the commands
pub enum Request {
    /// Who is there.
    Hello,
    /// The table. `detail`: with `tcp_info` and timers, asked of the engine where it has the session.
    Sockets {
        detail: bool,
    },
    /// One socket, everything.
    Socket {
        id: u32,
    },
    /// Addresses and interfaces.
    Addr,
    AddrAdd {
        dev: String,
        prefix: String,
    },
    AddrDel {
        dev: String,
        addr: String,
    },
    /// MTU, up or down.
    LinkSet {
        dev: String,
        mtu: Option<u32>,
        up: Option<bool>,
    },
    Route {
        fib: u8,
    },
    RouteAdd {
        fib: u8,
        route: RouteArgs,
        replace: bool,
    },
    RouteDel {
        fib: u8,
        route: RouteArgs,
    },
    /// Which table packets of an interface use.
    Rule,
    Neigh,
    NeighSet {
        dev: String,
        addr: String,
        lladdr: String,
    },
    NeighDel {
        dev: String,
        addr: String,
    },
    /// All options, or those whose names begin so.
    Sysctl {
        prefix: String,
    },
    SysctlSet {
        name: String,
        value: String,
    },
    Policy,
    PolicyLoad {
        text: String,
    },
    PolicyDryRun {
        text: String,
    },
    Offload,
    Caps {
        dev: String,
        toggles: Vec<String>,
    },
    /// One session or all.
    TakeBack {
        id: Option<u32>,
    },
    Reoffload {
        id: Option<u32>,
    },
    /// Whether sessions go by themselves.
    Automatic {
        on: bool,
    },
    TimeWait,
    Stats,
    /// Begins to capture frames of matching sessions, those to come included.
    Capture {
        filter: Filter,
    },
    /// What was captured since the last call; `stop` ends it.
    CaptureRead {
        capture: u32,
        stop: bool,
    },
}

/// A route as the command line has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteArgs {
    /// Prefix, or `default`, `default6`.
    pub prefix: String,
    /// Router.
    pub via: Option<String>,
    /// Interface.
    pub dev: Option<String>,
    /// Lower wins.
    pub metric: u32,
    /// Cap on the path MTU, bytes.
    pub mtu: Option<u32>,
    /// Preferred source.
    pub src: Option<String>,
    /// Refuses with "network unreachable".
    pub unreachable: bool,
}

/// Which sessions: everything that is set must match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Either end has this port.
    pub port: Option<u16>,
    /// Either end has this address.
    pub host: Option<std::net::IpAddr>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // the names are those of the commands
pub enum Reply {
    Hello {
        version: String,
        device: String,
        now_us: u64,
        lost: bool,
    },
    Sockets {
        now_us: u64,
        rows: Vec<Socket>,
    },
    Socket {
        now_us: u64,
        row: Box<Socket>,
    },
    Links {
        rows: Vec<Link>,
    },
    Routes {
        rows: Vec<Route>,
    },
    Rules {
        rows: Vec<(String, u8)>,
    },
    Neighbours {
        rows: Vec<Neighbour>,
    },
    Sysctls {
        rows: Vec<Sysctl>,
    },
    Policy {
        text: String,
        rules: Vec<RuleRow>,
        default: String,
        default_hits: u64,
    },
    DryRun {
        rows: Vec<DryRunRow>,
    },
    Offload(Box<OffloadStatus>),
    TimeWait {
        rows: Vec<TimeWaitRow>,
    },
    Stats {
        rows: Vec<(String, u64)>,
    },
    /// `engine`: sessions are in the engine, whose frames only its mirror can show.
    Capture {
        capture: u32,
        engine: bool,
    },
    Frames {
        frames: Vec<Frame>,
        dropped: u64,
    },
    /// Done; what happened besides.
    Done {
        messages: Vec<String>,
    },
}

/// A request that was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// For programs: `bad_request`, `not_found`, `refused`, `busy`, `lost`.
    pub code: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// A line of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// [`VERSION`].
    pub v: u32,
    /// What was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ok: Option<Reply>,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
}

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Socket {
    /// Names the socket on the command line; half-open sessions and TIME_WAIT entries have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// RFC 9293's name of the state.
    pub state: String,
    /// `toe4`, `toe6`, or `-` in software.
    pub offload: String,
    /// Who has it, or where it is on its way to.
    pub owner: String,
    /// Bytes that the application has not read (listeners: sessions not accepted).
    pub recv_q: u64,
    /// Bytes that the peer has not acknowledged (listeners: the backlog).
    pub send_q: u64,
    /// Our end.
    pub local: String,
    /// The peer.
    pub peer: String,
    /// Name of the timer that runs next, and milliseconds left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer: Option<(String, u64)>,
    /// Everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<Box<Info>>,
    /// Why it is in software, where it could be in the engine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The rule that let it go, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<usize>,
    /// Payload bytes by owner: software sent and received, engine sent and received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<[u64; 4]>,
}

/// `tcp_info`, whoever has the session. Bytes and µs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // RFC names
pub struct Info {
    /// What limits the sender, in words.
    pub limit: String,
    /// Age of this, µs: the engine's answer takes a moment.
    pub age_us: u64,
    pub cc: String,
    pub options: Vec<String>,
    pub snd_wscale: u8,
    pub rcv_wscale: u8,
    pub rto: u32,
    pub rtt: u32,
    pub rttvar: u32,
    pub mss: u32,
    pub peer_mss: u32,
    pub path_mss: u32,
    pub cwnd: u32,
    pub ssthresh: u32,
    pub pipe: u32,
    pub snd_wnd: u32,
    pub rcv_wnd: u32,
    pub notsent: u32,
    pub unacked: u32,
    pub sacked: u32,
    pub ooo_bytes: u32,
    pub ooo_intervals: u8,
    pub recovery: bool,
    pub backoff: u8,
    pub retries: u8,
    pub iss: u32,
    pub irs: u32,
    pub snd_una: u32,
    pub snd_nxt: u32,
    pub rcv_nxt: u32,
    /// Milliseconds left of each timer that runs.
    pub timers: Vec<(String, u64)>,
    /// Counters that are not zero.
    pub counters: Vec<(String, u64)>,
}

/// An interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Link {
    pub name: String,
    pub up: bool,
    pub mtu: u32,
    pub mac: Option<String>,
    /// Parent and VLAN id.
    pub vlan: Option<(String, u16)>,
    pub fib: u8,
    pub addrs: Vec<String>,
    pub caps: Vec<String>,
}

/// A route.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Route {
    pub prefix: String,
    pub via: Option<String>,
    pub dev: String,
    pub proto: String,
    pub metric: u32,
    pub mtu: Option<u32>,
    pub src: Option<String>,
}

/// A neighbour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Neighbour {
    pub addr: String,
    pub dev: String,
    pub lladdr: Option<String>,
    pub state: String,
    pub router: bool,
    /// Sessions of the engine that use it.
    pub pins: u32,
}

/// An option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Sysctl {
    pub name: String,
    pub aliases: Vec<String>,
    pub value: String,
    pub default: String,
    /// Where the value comes from.
    pub source: String,
    /// It can be changed while the stack runs.
    pub live: bool,
    pub doc: String,
}

/// A rule with its counters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RuleRow {
    pub rule: String,
    pub hits: u64,
    /// Sessions in the engine now.
    pub sessions: u64,
}

/// What a policy would do with a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct DryRunRow {
    pub id: u32,
    pub local: String,
    pub peer: String,
    pub now: String,
    /// `stays`, `goes`, `comes back`, `stays in software`.
    pub then: String,
    /// The rule that decides, from 1; the default without one.
    pub rule: Option<usize>,
    pub reason: Option<String>,
}

/// The hand-over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OffloadStatus {
    pub device: String,
    pub lost: bool,
    pub automatic: bool,
    pub sessions: u64,
    pub slots: u64,
    pub ring_bytes: u64,
    pub next_hops: u64,
    pub time_waits: u64,
    pub software_sent: u64,
    pub software_received: u64,
    pub engine_sent: u64,
    pub engine_received: u64,
    pub quota: Option<u32>,
    pub counters: Vec<(String, u64)>,
    /// Why sessions stayed in software, and how often.
    pub reasons: Vec<(String, u64)>,
}

/// A TIME_WAIT entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct TimeWaitRow {
    pub table: String,
    pub local: String,
    pub peer: String,
    /// Milliseconds left, where the table tells.
    pub left_ms: Option<u64>,
}

/// A captured frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Frame {
    pub time_us: u64,
    /// `software` or `engine`.
    pub path: String,
    pub outbound: bool,
    /// Hexadecimal.
    pub bytes: String,
}

impl Failure {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new("bad_request", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new("not_found", message)
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new("refused", message)
    }
}
