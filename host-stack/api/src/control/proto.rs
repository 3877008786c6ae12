// SPDX-License-Identifier: Apache-2.0
//! The protocol: one JSON object a line, each way. A request is `{"v":2,"op":"…",…}`, an answer `{"v":2,"ok":…}` or
//! `{"v":2,"error":{"code":"…","message":"…"}}`; `message` says what to do about it. A name that ends in `_us` or `_ms` is a
//! time in that unit, everything else that counts is bytes, segments or sessions, as its name says.

use serde::{Deserialize, Serialize};

/// Version of the protocol: both ends must agree.
pub const VERSION: u32 = 2;

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
    /// What closed connections knew of the paths to their peers.
    TcpMetrics,
    /// Forgets it: of one peer, or of all.
    TcpMetricsFlush {
        addr: Option<std::net::IpAddr>,
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
        rows: Vec<Rule>,
    },
    Neighbours {
        rows: Vec<Neighbour>,
    },
    TcpMetrics {
        rows: Vec<MetricsRow>,
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
        #[serde(with = "named")]
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
    /// The timer that runs next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer: Option<Timer>,
    /// Everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<Box<Info>>,
    /// Why it is in software, where it could be in the engine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The rule that let it go, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<usize>,
    /// Payload bytes, by who carried them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

/// A timer that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// `rexmt`, `persist`, `keep`, `2msl`, `delack`, `synack`.
    pub name: String,
    /// What is left.
    pub left_ms: u64,
}

/// Payload bytes of a session, by who carried them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // as in the status of the hand-over
pub struct Carried {
    pub software_sent: u64,
    pub software_received: u64,
    pub engine_sent: u64,
    pub engine_received: u64,
}

/// `tcp_info`, whoever has the session. Windows, queues and sizes in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // RFC names
pub struct Info {
    /// What limits the sender, in words.
    pub limit: String,
    /// Age of this: the engine's answer takes a moment.
    pub age_us: u64,
    pub cc: String,
    pub options: Vec<String>,
    pub snd_wscale: u8,
    pub rcv_wscale: u8,
    pub rto_us: u32,
    pub rtt_us: u32,
    pub rttvar_us: u32,
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
    /// Those that run, soonest first.
    pub timers: Vec<Timer>,
    /// Counters that are not zero.
    #[serde(with = "named")]
    pub counters: Vec<(String, u64)>,
}

/// A VLAN interface's parent and id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Vlan {
    pub parent: String,
    pub id: u16,
}

/// An interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Link {
    pub name: String,
    pub up: bool,
    pub mtu: u32,
    pub mac: Option<String>,
    pub vlan: Option<Vlan>,
    /// Of routes, for packets that come in here.
    pub table: u8,
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

/// Which table the packets of an interface use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Rule {
    pub dev: String,
    pub table: u8,
}

/// What closed connections knew of the path to a peer (S-HC-1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MetricsRow {
    pub addr: String,
    pub rtt_us: u32,
    pub rttvar_us: u32,
    /// Where slow start ended, bytes; none without congestion.
    pub ssthresh: Option<u32>,
    /// At the end, bytes.
    pub cwnd: u32,
    /// Until it is forgotten, unless it is used.
    pub left_ms: u64,
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
    pub engine_sessions: u32,
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
    pub in_engine: u64,
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
    #[serde(with = "named")]
    pub counters: Vec<(String, u64)>,
    /// Why sessions stayed in software, and how often.
    #[serde(with = "named")]
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

/// Named numbers in their order: an object in JSON.
mod named {
    use std::fmt;

    use serde::de::{MapAccess, Visitor};
    use serde::{Deserializer, Serializer};

    type Rows = Vec<(String, u64)>;

    pub(super) fn serialize<S: Serializer>(rows: &Rows, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(rows.iter().map(|(name, n)| (name, n)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Rows, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Rows;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an object of numbers")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Rows, M::Error> {
                let mut rows = Rows::new();
                while let Some(row) = map.next_entry()? {
                    rows.push(row);
                }
                Ok(rows)
            }
        }
        from.deserialize_map(Object)
    }
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
