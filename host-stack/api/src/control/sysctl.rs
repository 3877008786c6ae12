// SPDX-License-Identifier: Apache-2.0
//! One schema of options: Linux's names, BSD's beside them, and `toe.*` for what neither has. A value comes from, later
//! ones winning: the default, a file, a profile, the environment, the command line, and `toe sysctl` while it runs.

use std::collections::BTreeMap;

use toe_stack::StackConfig;
use toe_stack::syncache::CookieMode;
use toe_tcp::{CcAlgo, Micros};

use super::proto::Sysctl;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Nobody said anything.
    Default,
    /// `--config FILE`.
    File,
    /// `--profile NAME`.
    Profile,
    /// A variable: `net.ipv4.tcp_sack` is `TOE_NET_IPV4_TCP_SACK`.
    Environment,
    /// `--set NAME=VALUE`.
    CommandLine,
    /// `toe sysctl NAME=VALUE`.
    Running,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Profile => "profile",
            Self::Environment => "environment",
            Self::CommandLine => "command line",
            Self::Running => "running",
        })
    }
}

type Get = fn(&StackConfig) -> u64;
type Set = fn(&mut StackConfig, u64);

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Number,
    Congestion,
}

/// One option.
struct Row {
    name: &'static str,
    /// BSD's name, and how many of our units are one of its.
    bsd: Option<(&'static str, f64)>,
    form: Form,
    range: (u64, u64),
    live: bool,
    get: Get,
    set: Set,
    doc: &'static str,
}

macro_rules! number {
    ($name:literal, $bsd:expr, $range:expr, $live:literal, $get:expr, $set:expr, $doc:literal) => {
        Row {
            name: $name,
            bsd: $bsd,
            form: Form::Number,
            range: $range,
            live: $live,
            get: $get,
            set: $set,
            doc: $doc,
        }
    };
}

const BOOL: (u64, u64) = (0, 1);

#[allow(clippy::cast_possible_truncation)] // the ranges say that it fits
static ROWS: &[Row] = &[
    Row {
        name: "net.ipv4.tcp_congestion_control",
        bsd: Some(("net.inet.tcp.cc.algorithm", 1.0)),
        form: Form::Congestion,
        range: (0, 255),
        live: true,
        get: |c| c.tcp.cc.id().into(),
        set: |c, v| {
            if let Some(cc) = CcAlgo::from_id(v as u8) {
                c.tcp.cc = cc;
            }
        },
        doc: "congestion control of new sessions: newreno, cubic, dctcp",
    },
    number!(
        "net.ipv4.tcp_timestamps",
        Some(("net.inet.tcp.rfc1323.timestamps", 1.0)),
        BOOL,
        true,
        |c| c.tcp.timestamps.into(),
        |c, v| c.tcp.timestamps = v != 0,
        "offer timestamps (RFC 7323)"
    ),
    number!(
        "net.ipv4.tcp_window_scaling",
        Some(("net.inet.tcp.rfc1323", 1.0)),
        BOOL,
        true,
        |c| c.tcp.window_scaling.into(),
        |c, v| c.tcp.window_scaling = v != 0,
        "offer window scaling (RFC 7323)"
    ),
    number!(
        "net.ipv4.tcp_sack",
        Some(("net.inet.tcp.sack.enable", 1.0)),
        BOOL,
        true,
        |c| c.tcp.sack.into(),
        |c, v| c.tcp.sack = v != 0,
        "offer selective acknowledgements (RFC 2018)"
    ),
    number!(
        "net.ipv4.tcp_ecn",
        Some(("net.inet.tcp.ecn.enable", 1.0)),
        BOOL,
        true,
        |c| c.tcp.ecn.into(),
        |c, v| c.tcp.ecn = v != 0,
        "offer explicit congestion notification (RFC 3168)"
    ),
    number!(
        "net.ipv4.tcp_log_in_vain",
        Some(("net.inet.tcp.log_in_vain", 1.0)),
        (0, 2),
        true,
        |c| c.log_in_vain.into(),
        |c, v| c.log_in_vain = v as u8,
        "log what nobody waits for, target tcp::vain: 1 SYNs, 2 all segments"
    ),
    number!(
        "net.ipv4.tcp_log_debug",
        Some(("net.inet.tcp.log_debug", 1.0)),
        BOOL,
        true,
        |c| c.log_debug.into(),
        |c, v| c.log_debug = v != 0,
        "log what peers do wrong in sessions, target tcp::debug"
    ),
    number!(
        "net.ipv4.tcp_syn_retries",
        None,
        (1, 127),
        true,
        |c| c.tcp.syn_retries.into(),
        |c, v| c.tcp.syn_retries = v as u8,
        "SYN retransmissions before connecting fails"
    ),
    number!(
        "net.ipv4.tcp_synack_retries",
        Some(("net.inet.tcp.syncache.rexmtlimit", 1.0)),
        (1, 127),
        false,
        |c| c.syn.retries.into(),
        |c, v| c.syn.retries = v as u8,
        "SYN|ACK retransmissions before a half-open session is dropped"
    ),
    number!(
        "net.ipv4.tcp_syncookies",
        Some(("net.inet.tcp.syncookies", 1.0)),
        (0, 2),
        false,
        |c| match c.syn.cookies {
            CookieMode::Off => 0,
            CookieMode::Fallback => 1,
            CookieMode::Always => 2,
        },
        |c, v| c.syn.cookies = match v {
            0 => CookieMode::Off,
            1 => CookieMode::Fallback,
            _ => CookieMode::Always,
        },
        "0 never, 1 when the SYN cache is full, 2 always"
    ),
    number!(
        "net.inet.tcp.syncache.hashsize",
        None,
        (1, 65_535),
        false,
        |c| c.syn.buckets.into(),
        |c, v| c.syn.buckets = v as u16,
        "buckets of the SYN cache"
    ),
    number!(
        "net.inet.tcp.syncache.bucketlimit",
        None,
        (1, 1024),
        false,
        |c| c.syn.depth.into(),
        |c, v| c.syn.depth = v as u16,
        "half-open sessions in a bucket"
    ),
    number!(
        "net.ipv4.tcp_retries2",
        Some(("net.inet.tcp.rexmit_max", 1.0)),
        (1, 127),
        true,
        |c| c.tcp.retries.into(),
        |c, v| c.tcp.retries = v as u8,
        "retransmission time-outs in a row before a session ends"
    ),
    number!(
        "net.ipv4.tcp_rto_min_us",
        Some(("net.inet.tcp.rexmit_min", 1_000.0)),
        (1_000, 60_000_000),
        true,
        |c| c.tcp.min_rto.0,
        |c, v| c.tcp.min_rto = Micros(v),
        "least retransmission time-out, µs (BSD: ms)"
    ),
    number!(
        "net.ipv4.tcp_rto_max_us",
        None,
        (1_000_000, 600_000_000),
        true,
        |c| c.tcp.max_rto.0,
        |c, v| c.tcp.max_rto = Micros(v),
        "largest backed-off retransmission time-out, µs"
    ),
    number!(
        "net.ipv4.tcp_keepalive_intvl",
        Some(("net.inet.tcp.keepintvl", 0.001)),
        (1, 32_767),
        true,
        |c| c.tcp.keepalive_interval.0 / 1_000_000,
        |c, v| c.tcp.keepalive_interval = Micros(v * 1_000_000),
        "time between keepalive probes, s (BSD: ms)"
    ),
    number!(
        "net.ipv4.tcp_keepalive_probes",
        Some(("net.inet.tcp.keepcnt", 1.0)),
        (1, 127),
        true,
        |c| c.tcp.keepalive_probes.into(),
        |c, v| c.tcp.keepalive_probes = v as u8,
        "keepalive probes without answer before a session ends"
    ),
    number!(
        "net.ipv4.tcp_fin_timeout",
        Some(("net.inet.tcp.finwait2_timeout", 0.001)),
        (1, 86_400),
        true,
        |c| c.tcp.fin_wait_2.0 / 1_000_000,
        |c, v| c.tcp.fin_wait_2 = Micros(v * 1_000_000),
        "longest stay of a closed socket in FIN_WAIT_2, s (BSD: ms)"
    ),
    number!(
        "net.inet.tcp.delacktime",
        None,
        (0, 499),
        true,
        |c| c.tcp.delayed_ack.0 / 1_000,
        |c, v| c.tcp.delayed_ack = Micros(v * 1_000),
        "longest delay of an acknowledgement, ms"
    ),
    number!(
        "net.ipv4.tcp_challenge_ack_limit",
        None,
        (1, 255),
        true,
        |c| c.tcp.challenge_per_second.into(),
        |c, v| c.tcp.challenge_per_second = v as u8,
        "challenge acknowledgements of a session in a second (RFC 5961)"
    ),
    number!(
        "net.inet.tcp.msl",
        None,
        (1, 240_000),
        false,
        |c| c.time_wait.linger[0] / 2_000,
        |c, v| c.time_wait.linger[0] = v * 2_000,
        "half the stay in TIME_WAIT of sessions with remote peers, ms"
    ),
    number!(
        "net.ipv4.tcp_max_tw_buckets",
        None,
        (1, 1 << 24),
        false,
        |c| c.time_wait.per_class[0].into(),
        |c, v| c.time_wait.per_class[0] = v as u32,
        "TIME_WAIT entries of remote peers in the software table"
    ),
    number!(
        "net.ipv4.ip_default_ttl",
        Some(("net.inet.ip.ttl", 1.0)),
        (1, 255),
        true,
        |c| c.hop_limit.into(),
        |c, v| c.hop_limit = v as u8,
        "hop limit of what we send"
    ),
    number!(
        "net.inet.ip.portrange.first",
        None,
        (1, 65_535),
        false,
        |c| c.ephemeral.0.into(),
        |c, v| c.ephemeral.0 = v as u16,
        "first port that is given to sockets without one"
    ),
    number!(
        "net.inet.ip.portrange.last",
        None,
        (1, 65_535),
        false,
        |c| c.ephemeral.1.into(),
        |c, v| c.ephemeral.1 = v as u16,
        "last port that is given to sockets without one"
    ),
    number!(
        "net.ipv4.ip_no_pmtu_disc",
        None,
        BOOL,
        false,
        |c| (!c.icmp.path_mtu).into(),
        |c, v| c.icmp.path_mtu = v == 0,
        "do not believe path MTUs"
    ),
    number!(
        "net.ipv4.icmp_echo_ignore_all",
        None,
        BOOL,
        false,
        |c| (!c.icmp.echo).into(),
        |c, v| c.icmp.echo = v == 0,
        "do not answer echo requests"
    ),
    number!(
        "net.ipv4.icmp_msgs_per_sec",
        Some(("net.inet.icmp.icmplim", 1.0)),
        (0, 1_000_000),
        false,
        |c| c.icmp.errors_per_second.into(),
        |c, v| c.icmp.errors_per_second = v as u32,
        "ICMP errors sent in a second"
    ),
    number!(
        "net.ipv4.neigh.default.base_reachable_time_ms",
        None,
        (1_000, 3_600_000),
        false,
        |c| c.neigh.base_reachable / 1_000,
        |c, v| c.neigh.base_reachable = v * 1_000,
        "how long a confirmed neighbour is believed, ms"
    ),
    number!(
        "net.ipv4.neigh.default.gc_thresh3",
        None,
        (1, 1 << 20),
        false,
        |c| c.neigh.gc_thresh3 as u64,
        |c, v| c.neigh.gc_thresh3 = v as usize,
        "most neighbours"
    ),
    number!(
        "toe.fibs",
        None,
        (1, 16),
        false,
        |c| c.fibs.into(),
        |c, v| c.fibs = v as u8,
        "forwarding tables"
    ),
];

/// Named sets of values.
const PROFILES: &[(&str, &[(&str, &str)])] = &[
    (
        "datacentre",
        &[
            ("net.ipv4.tcp_ecn", "1"),
            ("net.ipv4.tcp_rto_min_us", "10000"),
            ("net.inet.tcp.delacktime", "5"),
        ],
    ),
    (
        "server",
        &[
            ("net.ipv4.tcp_syncookies", "1"),
            ("net.ipv4.tcp_fin_timeout", "30"),
            ("net.ipv4.tcp_keepalive_intvl", "30"),
            ("net.ipv4.tcp_keepalive_probes", "5"),
        ],
    ),
];

/// The values and where they come from.
#[derive(Clone, Debug)]
pub struct Sysctls {
    config: StackConfig,
    sources: BTreeMap<&'static str, Source>,
}

fn find(name: &str) -> Option<(&'static Row, f64)> {
    // `/` for `.`, as sysctl takes it.
    let name = name.replace('/', ".");
    ROWS.iter().find_map(|row| {
        if row.name == name {
            return Some((row, 1.0));
        }
        row.bsd.filter(|(alias, _)| *alias == name).map(|(_, scale)| (row, scale))
    })
}

/// Names that are near to one that does not exist.
fn near(name: &str) -> String {
    let tail = name.rsplit('.').next().unwrap_or(name);
    let like: Vec<&str> = ROWS
        .iter()
        .map(|row| row.name)
        .filter(|other| !tail.is_empty() && other.contains(tail.trim_start_matches("tcp_")))
        .take(3)
        .collect();
    if like.is_empty() {
        "`toe sysctl` lists all".to_owned()
    } else {
        format!("near: {}", like.join(", "))
    }
}

fn show(row: &Row, config: &StackConfig) -> String {
    let value = (row.get)(config);
    match row.form {
        Form::Number => value.to_string(),
        Form::Congestion => {
            let algo = u8::try_from(value).ok().and_then(CcAlgo::from_id);
            algo.map_or_else(|| value.to_string(), |algo| algo.name().to_owned())
        }
    }
}

/// The value in the row's own unit, or what is wrong with it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the range is checked
fn read(row: &Row, scale: f64, text: &str) -> Result<u64, String> {
    let name = row.name;
    match row.form {
        Form::Congestion => CcAlgo::from_name(text)
            .map(|algo| algo.id().into())
            .ok_or_else(|| format!("{name}: `{text}` is not known; newreno, cubic and dctcp are")),
        Form::Number => {
            let (low, high) = row.range;
            let number: u64 = text
                .parse()
                .map_err(|_| format!("{name}: `{text}` is no number; {low} to {high}"))?;
            let value = (number as f64 * scale) as u64;
            if (low..=high).contains(&value) && (scale >= 1.0 || number > 0 || low == 0) {
                Ok(value)
            } else {
                Err(format!("{name}: {number} is out of range; {low} to {high} ({})", row.doc))
            }
        }
    }
}

impl Sysctls {
    /// These values, all of them as the defaults of whoever made them.
    #[must_use]
    pub fn new(config: StackConfig) -> Self {
        Self { config, sources: BTreeMap::new() }
    }

    /// The stack's settings.
    #[must_use]
    pub fn config(&self) -> &StackConfig {
        &self.config
    }

    /// Sets a value, unless a stronger source has.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn set(&mut self, name: &str, value: &str, from: Source) -> Result<(), String> {
        let (row, scale) =
            find(name).ok_or_else(|| format!("no option `{name}`; {}", near(name)))?;
        let value = read(row, scale, value.trim())?;
        if self.sources.get(row.name).is_none_or(|before| *before <= from) {
            (row.set)(&mut self.config, value);
            self.sources.insert(row.name, from);
        }
        Ok(())
    }

    /// Whether a value can be changed while the stack runs.
    ///
    /// # Errors
    /// What to do instead.
    pub fn live(name: &str) -> Result<(), String> {
        let (row, _) = find(name).ok_or_else(|| format!("no option `{name}`; {}", near(name)))?;
        if row.live {
            return Ok(());
        }
        Err(format!(
            "{} is read once, when the stack starts: `toe daemon --set {}=VALUE`",
            row.name, row.name
        ))
    }

    /// A file of lines `name = value`.
    ///
    /// # Errors
    /// The line.
    pub fn read_file(&mut self, text: &str) -> Result<(), String> {
        for (n, line) in (1..).zip(text.lines()) {
            let line = line.split(['#', ';']).next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let (name, value) = line
                .split_once('=')
                .ok_or_else(|| format!("line {n}: `{line}` is not NAME = VALUE"))?;
            self.set(name.trim(), value, Source::File).map_err(|e| format!("line {n}: {e}"))?;
        }
        Ok(())
    }

    /// A named set.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn profile(&mut self, name: &str) -> Result<(), String> {
        let names: Vec<&str> = PROFILES.iter().map(|(name, _)| *name).collect();
        let (_, values) = PROFILES
            .iter()
            .find(|(other, _)| *other == name)
            .ok_or_else(|| format!("no profile `{name}`; there are {}", names.join(", ")))?;
        values.iter().try_for_each(|(name, value)| self.set(name, value, Source::Profile))
    }

    /// Variables of the environment.
    ///
    /// # Errors
    /// A value that is not possible.
    pub fn environment(
        &mut self,
        vars: impl Iterator<Item = (String, String)>,
    ) -> Result<(), String> {
        let vars: BTreeMap<String, String> = vars.collect();
        for row in ROWS {
            let names = std::iter::once(row.name).chain(row.bsd.map(|(alias, _)| alias));
            for name in names {
                let variable = format!("TOE_{}", name.replace('.', "_").to_uppercase());
                if let Some(value) = vars.get(&variable) {
                    self.set(name, value, Source::Environment)
                        .map_err(|e| format!("{variable}: {e}"))?;
                }
            }
        }
        Ok(())
    }

    /// Options whose name, or alias, begins so.
    #[must_use]
    pub fn list(&self, prefix: &str) -> Vec<Sysctl> {
        let prefix = prefix.replace('/', ".");
        let begins = |name: &str| {
            name.strip_prefix(prefix.as_str()).is_some_and(|rest| {
                prefix.is_empty()
                    || rest.is_empty()
                    || prefix.ends_with('.')
                    || rest.starts_with('.')
            })
        };
        let standard = StackConfig::default();
        ROWS.iter()
            .filter(|row| begins(row.name) || row.bsd.is_some_and(|(alias, _)| begins(alias)))
            .map(|row| Sysctl {
                name: row.name.to_owned(),
                aliases: row.bsd.iter().map(|(alias, _)| (*alias).to_owned()).collect(),
                value: show(row, &self.config),
                default: show(row, &standard),
                source: self.sources.get(row.name).unwrap_or(&Source::Default).to_string(),
                live: row.live,
                doc: row.doc.to_owned(),
            })
            .collect()
    }

    /// What to say about a name that is nothing's.
    #[must_use]
    pub fn unknown(name: &str) -> String {
        format!("no option `{name}`; {}", near(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(s: &Sysctls, name: &str) -> (String, String) {
        let row = s.list(name).into_iter().next().unwrap();
        (row.value, row.source)
    }

    #[test]
    fn later_sources_win_and_names_of_both_systems_work() {
        let mut s = Sysctls::new(StackConfig::default());
        s.set("net.inet.tcp.rexmit_min", "30", Source::CommandLine).unwrap();
        assert_eq!(value(&s, "net.ipv4.tcp_rto_min_us"), ("30000".into(), "command line".into()));
        s.profile("datacentre").unwrap();
        assert_eq!(value(&s, "net.ipv4.tcp_rto_min_us").0, "30000", "the command line is stronger");
        assert_eq!(value(&s, "net.inet.tcp.ecn.enable"), ("1".into(), "profile".into()));
        s.read_file("# x\nnet.ipv4.tcp_ecn = 0 ; no\nnet/ipv4/tcp_sack=0\n").unwrap();
        assert_eq!(value(&s, "net.ipv4.tcp_ecn").0, "1", "a profile is stronger than a file");
        assert_eq!(value(&s, "net.ipv4.tcp_sack"), ("0".into(), "file".into()));
        let var = ("TOE_NET_IPV4_TCP_SACK".to_owned(), "1".to_owned());
        s.environment(std::iter::once(var)).unwrap();
        assert_eq!(value(&s, "net.ipv4.tcp_sack"), ("1".into(), "environment".into()));
        assert!(s.config().tcp.sack && s.config().tcp.ecn);
        s.set("net.inet.tcp.keepintvl", "2000", Source::Running).unwrap();
        assert_eq!(s.config().tcp.keepalive_interval, Micros(2_000_000), "BSD counts in ms");
    }

    #[test]
    fn errors_name_the_fix() {
        let mut s = Sysctls::new(StackConfig::default());
        let mut error = |name, value| s.set(name, value, Source::Running).unwrap_err();
        assert_eq!(
            error("net.ipv4.tcp_sacks", "1"),
            "no option `net.ipv4.tcp_sacks`; `toe sysctl` lists all"
        );
        assert_eq!(
            error("net.ipv4.sack", "1"),
            "no option `net.ipv4.sack`; near: net.ipv4.tcp_sack, net.ipv4.tcp_synack_retries"
                .replace(", net.ipv4.tcp_synack_retries", "")
        );
        assert_eq!(
            error("net.ipv4.ip_default_ttl", "0"),
            "net.ipv4.ip_default_ttl: 0 is out of range; 1 to 255 (hop limit of what we send)"
        );
        assert_eq!(
            error("net.ipv4.tcp_congestion_control", "bbr"),
            "net.ipv4.tcp_congestion_control: `bbr` is not known; newreno, cubic and dctcp are"
        );
        assert!(Sysctls::live("toe.fibs").unwrap_err().contains("toe daemon --set toe.fibs=VALUE"));
    }

    /// Each row reads back what it sets, over its whole range, and its default is in it.
    #[test]
    fn every_row_holds_its_range() {
        let standard = StackConfig::default();
        for row in ROWS.iter().filter(|row| row.form == Form::Number) {
            let (low, high) = row.range;
            let now = (row.get)(&standard);
            assert!((low..=high).contains(&now), "{}: default {now}", row.name);
            for value in [low, high, now] {
                let mut s = Sysctls::new(standard.clone());
                s.set(row.name, &value.to_string(), Source::File).unwrap();
                assert_eq!((row.get)(s.config()), value, "{}", row.name);
            }
            for value in [high + 1, u64::MAX] {
                let mut s = Sysctls::new(standard.clone());
                assert!(s.set(row.name, &value.to_string(), Source::File).is_err(), "{}", row.name);
            }
        }
    }
}
