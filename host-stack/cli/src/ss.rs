// SPDX-License-Identifier: Apache-2.0
//! `toe ss`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::json;
use toe_api::control::proto::{Info, Reply, Request, Socket};

use crate::client::{Client, Result, Stream, unexpected};
use crate::columns::{Columns, bytes, time};

/// Sockets, half-open sessions, sessions of the engine, TIME_WAIT: one table
///
/// The column `Offload` says who has a session: toe4 and toe6 are the engine's, - is software. With the number of a
/// socket: everything about it, what limits its sender first.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Everything about this socket
    #[arg(value_name = "ID", conflicts_with_all = FILTERS)]
    id: Option<u32>,
    /// With congestion window, round-trip times and counters, whoever has the session
    #[arg(short, long)]
    info: bool,
    /// With timers, those of the engine too
    #[arg(short = 'o', long)]
    timers: bool,
    /// Listeners only
    #[arg(short, long, conflicts_with = "all")]
    listening: bool,
    /// Listeners too
    #[arg(short, long)]
    all: bool,
    /// IPv4 only
    #[arg(short = '4', long, conflicts_with = "ipv6")]
    ipv4: bool,
    /// IPv6 only
    #[arg(short = '6', long)]
    ipv6: bool,
    /// Sessions of the engine only
    #[arg(short = 'e', long, conflicts_with = "software")]
    engine: bool,
    /// Sessions in software only
    #[arg(short = 's', long)]
    software: bool,
    /// In this state only, for instance established or time-wait
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<&'static str>,
    /// Either end has this port
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Numbers instead of a table
    #[arg(long)]
    summary: bool,
}

/// What chooses among several, and says nothing about one.
const FILTERS: [&str; 9] =
    ["listening", "all", "ipv4", "ipv6", "engine", "software", "state", "port", "summary"];

/// RFC 9293's names.
const STATES: [&str; 11] = [
    "LISTEN",
    "SYN_SENT",
    "SYN_RECEIVED",
    "ESTABLISHED",
    "FIN_WAIT_1",
    "FIN_WAIT_2",
    "CLOSE_WAIT",
    "CLOSING",
    "LAST_ACK",
    "TIME_WAIT",
    "CLOSED",
];

/// A state as the table writes it, in small letters, or with `-` for `_`.
fn state(word: &str) -> std::result::Result<&'static str, String> {
    let name = word.to_uppercase().replace('-', "_");
    STATES.into_iter().find(|s| *s == name).ok_or_else(|| {
        let all = STATES.map(|s| s.to_lowercase().replace('_', "-"));
        format!("no such state; there are {}", all.join(", "))
    })
}

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        if let Some(id) = self.id {
            return client.show(&Request::Socket { id }, |reply| match reply {
                Reply::Socket { row, .. } => dump(row),
                other => unexpected(other),
            });
        }
        let request = Request::Sockets { detail: self.info || self.timers };
        let mut reply = client.ask(&request)?;
        let Reply::Sockets { rows, .. } = &mut reply else {
            return client.print(&unexpected(&reply));
        };
        rows.retain(|row| self.wants(row));
        rows.sort_by_key(|row| (order(row), row.id));
        if self.summary {
            let states = count(rows);
            if client.json {
                let row = |(state, [software, engine]): (_, &[u64; 2])| json!({ "state": state, "software": software, "engine": engine });
                let rows: Vec<_> = states.iter().map(row).collect();
                return client.print_json(&json!({ "kind": "summary", "rows": rows }));
            }
            return client.print(&summary(&states));
        }
        if client.json {
            return client.print_json(&serde_json::to_value(&reply).unwrap_or_default());
        }
        let Reply::Sockets { rows, .. } = &reply else { return Ok(()) };
        client.print(&table(rows, self.info))
    }

    fn wants(&self, row: &Socket) -> bool {
        let listens = row.state == "LISTEN";
        let ipv6 = row.local.contains('[');
        let port = |end: &str| end.rsplit(':').next().and_then(|p| p.parse().ok());
        (self.all || self.summary || listens == self.listening || (listens && self.state.is_some()))
            && (!self.ipv4 || !ipv6)
            && (!self.ipv6 || ipv6)
            && (!self.engine || row.offload != "-")
            && (!self.software || row.offload == "-")
            && self.state.is_none_or(|s| row.state == s)
            && self.port.is_none_or(|n| port(&row.local) == Some(n) || port(&row.peer) == Some(n))
    }
}

/// Listeners, sessions, what is left of sessions.
fn order(row: &Socket) -> u8 {
    match row.state.as_str() {
        "LISTEN" => 0,
        "SYN_RECEIVED" => 1,
        "TIME_WAIT" => 3,
        _ => 2,
    }
}

fn table(rows: &[Socket], info: bool) -> String {
    let mut columns = Columns::new(&[
        ">Id", "<State", ">Recv-Q", ">Send-Q", "<Local", "<Peer", "<Offload", "<Timer",
    ]);
    for row in rows {
        let timer = row.timer.as_ref();
        let offload = match row.owner.as_str() {
            "in transit" => format!("{} (going)", row.offload),
            "in transit back" => format!("{} (coming)", row.offload),
            _ => row.offload.clone(),
        };
        columns.row([
            row.id.map_or_else(|| "-".to_owned(), |id| id.to_string()),
            row.state.clone(),
            row.recv_q.to_string(),
            row.send_q.to_string(),
            row.local.clone(),
            row.peer.clone(),
            offload,
            timer.map_or_else(String::new, |t| format!("{} {}", t.name, time(t.left_ms))),
        ]);
        if info && let Some(i) = &row.info {
            columns.under(&brief(i));
        }
    }
    if columns.is_empty() { "no sockets\n".to_owned() } else { columns.to_string() }
}

/// As `ss -i` writes it, and what limits the sender.
fn brief(i: &Info) -> String {
    let mut words = vec![i.cc.clone()];
    words.extend(i.options.iter().cloned());
    words.push(format!("wscale:{},{}", i.snd_wscale, i.rcv_wscale));
    words.push(format!("rto:{}", ms(i.rto_us)));
    if i.backoff > 0 {
        words.push(format!("backoff:{}", i.backoff));
    }
    words.push(format!("rtt:{}/{}", ms(i.rtt_us), ms(i.rttvar_us)));
    words.push(format!("mss:{}", i.mss));
    words.push(format!("cwnd:{}", i.cwnd));
    if i.ssthresh < 1 << 30 {
        words.push(format!("ssthresh:{}", i.ssthresh));
    }
    words.push(format!("snd_wnd:{}", i.snd_wnd));
    words.push(format!("rcv_wnd:{}", i.rcv_wnd));
    for (name, value) in
        [("unacked", i.unacked), ("notsent", i.notsent), ("sacked", i.sacked), ("ooo", i.ooo_bytes)]
    {
        if value > 0 {
            words.push(format!("{name}:{value}"));
        }
    }
    for name in ["bytes_out", "bytes_in", "retransmit_segs"] {
        if let Some((_, n)) = i.counters.iter().find(|(other, _)| other == name) {
            words.push(format!("{name}:{n}"));
        }
    }
    if i.recovery {
        words.push("recovery".to_owned());
    }
    format!("      limited by {}\n      {}\n", i.limit, words.join(" "))
}

/// Microseconds as milliseconds.
fn ms(us: u32) -> String {
    let text = format!("{}.{:03}", us / 1000, us % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// One socket.
fn dump(row: &Socket) -> String {
    let mut out = String::new();
    let limit = row.info.as_ref().map(|i| i.limit.as_str());
    let limit = limit.unwrap_or(match row.state.as_str() {
        "LISTEN" => "nothing: it listens",
        _ => "the hand-over: nobody sends for a session in transit",
    });
    let _ = writeln!(out, "limited by  {limit}");
    let mut line = |name: &str, value: String| {
        let _ = writeln!(out, "{name:<11} {value}");
    };
    let id = row.id.map_or_else(String::new, |id| format!("{id}: "));
    line("socket", format!("{id}{} {} -> {}", row.state, row.local, row.peer));
    let owner = match row.owner.as_str() {
        "host" => "host".to_owned(),
        owner => format!("{owner} ({})", row.offload),
    };
    line("owner", owner);
    if let Some(rule) = row.rule {
        line("rule", format!("{rule}"));
    }
    if let Some(reason) = &row.reason {
        line("not in the engine because", reason.clone());
    }
    if row.state == "LISTEN" {
        line("queues", format!("{} of {} sessions wait to be accepted", row.recv_q, row.send_q));
    } else {
        line(
            "queues",
            format!(
                "{} received and not read, {} sent and not acknowledged",
                bytes(row.recv_q),
                bytes(row.send_q)
            ),
        );
    }
    if let Some(c) = row.carried {
        for (name, sent, received) in [
            ("software", c.software_sent, c.software_received),
            ("engine", c.engine_sent, c.engine_received),
        ] {
            line(name, format!("{} sent, {} received", bytes(sent), bytes(received)));
        }
    }
    let Some(i) = &row.info else { return out };
    let timers: Vec<String> =
        i.timers.iter().map(|t| format!("{} {}", t.name, time(t.left_ms))).collect();
    line("timers", if timers.is_empty() { "none".into() } else { timers.join(", ") });
    line(
        "congestion",
        format!(
            "{}, cwnd {}, ssthresh {}, {} on the way{}",
            i.cc,
            i.cwnd,
            if i.ssthresh < 1 << 30 { i.ssthresh.to_string() } else { "not yet".into() },
            i.pipe,
            if i.recovery { ", in recovery" } else { "" }
        ),
    );
    line(
        "round trip",
        format!(
            "{} ms ± {} ms, rto {} ms{}",
            ms(i.rtt_us),
            ms(i.rttvar_us),
            ms(i.rto_us),
            if i.backoff > 0 { format!(", backed off {} times", i.backoff) } else { String::new() }
        ),
    );
    line("segments", format!("mss {}, peer's {}, path's {}", i.mss, i.peer_mss, i.path_mss));
    line(
        "windows",
        format!(
            "send {} (scale {}), receive {} (scale {})",
            i.snd_wnd, i.snd_wscale, i.rcv_wnd, i.rcv_wscale
        ),
    );
    line(
        "send",
        format!(
            "una {}, nxt {}, {} unacked, {} sacked, {} not sent",
            i.snd_una, i.snd_nxt, i.unacked, i.sacked, i.notsent
        ),
    );
    line(
        "receive",
        format!("nxt {}, {} out of order in {} pieces", i.rcv_nxt, i.ooo_bytes, i.ooo_intervals),
    );
    line("options", if i.options.is_empty() { "none".into() } else { i.options.join(" ") });
    for (name, n) in &i.counters {
        line("", format!("{name} {n}"));
    }
    if i.age_us > 0 {
        line(
            "age",
            format!("{} ms: the engine's answer", ms(u32::try_from(i.age_us).unwrap_or(u32::MAX))),
        );
    }
    out
}

/// In software and in the engine, by state.
type States = BTreeMap<String, [u64; 2]>;

fn count(rows: &[Socket]) -> States {
    let mut states = States::new();
    for row in rows {
        states.entry(row.state.clone()).or_default()[usize::from(row.offload != "-")] += 1;
    }
    states
}

fn summary(states: &States) -> String {
    let mut columns = Columns::new(&["<State", ">Software", ">Engine"]);
    for (state, [software, engine]) in states {
        columns.row([state.clone(), software.to_string(), engine.to_string()]);
    }
    columns.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden;

    fn rows() -> Vec<Socket> {
        let Reply::Sockets { rows, .. } = golden::reply("sockets") else {
            panic!("another answer")
        };
        rows
    }

    #[test]
    fn tables_look_as_they_did() {
        golden::check("ss", &table(&rows(), false));
        golden::check("ss-i", &table(&rows(), true));
        golden::check("ss-summary", &summary(&count(&rows())));
        golden::check("ss-socket", &dump(&rows()[2]));
        golden::check("ss-listener", &dump(&rows()[0]));
        assert_eq!(table(&[], false), "no sockets\n");
    }

    #[test]
    fn the_first_line_says_what_limits_the_sender() {
        for row in rows().iter().filter(|row| row.info.is_some()) {
            assert!(dump(row).starts_with("limited by  "), "{row:?}");
        }
    }
}
