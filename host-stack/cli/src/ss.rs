// SPDX-License-Identifier: Apache-2.0
//! `toe ss`.

use std::fmt::Write;

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
    #[arg(value_name = "ID")]
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
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Either end has this port
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Numbers instead of a table
    #[arg(long)]
    summary: bool,
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
        if client.json {
            return client.print_json(&serde_json::to_value(&reply).unwrap_or_default());
        }
        let Reply::Sockets { rows, .. } = &reply else { return Ok(()) };
        client.print(&if self.summary { summary(rows) } else { table(rows, self.info) })
    }

    fn wants(&self, row: &Socket) -> bool {
        let listens = row.state == "LISTEN";
        let ipv6 = row.local.contains('[');
        let state = |s: &str| s.to_uppercase().replace('-', "_");
        let port = |end: &str| end.rsplit(':').next().and_then(|p| p.parse().ok());
        (self.all || self.summary || listens == self.listening || (listens && self.state.is_some()))
            && (!self.ipv4 || !ipv6)
            && (!self.ipv6 || ipv6)
            && (!self.engine || row.offload != "-")
            && (!self.software || row.offload == "-")
            && self.state.as_deref().is_none_or(|s| row.state == state(s))
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
            timer.map_or_else(String::new, |(name, left)| format!("{name} {}", time(*left))),
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
    words.push(format!("rto:{}", ms(i.rto)));
    if i.backoff > 0 {
        words.push(format!("backoff:{}", i.backoff));
    }
    words.push(format!("rtt:{}/{}", ms(i.rtt), ms(i.rttvar)));
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
    line(
        "queues",
        format!(
            "{} received and not read, {} sent and not acknowledged",
            bytes(row.recv_q),
            bytes(row.send_q)
        ),
    );
    if let Some([sw_out, sw_in, hw_out, hw_in]) = row.carried {
        line("software", format!("{} sent, {} received", bytes(sw_out), bytes(sw_in)));
        line("engine", format!("{} sent, {} received", bytes(hw_out), bytes(hw_in)));
    }
    let Some(i) = &row.info else { return out };
    let timers: Vec<String> =
        i.timers.iter().map(|(name, left)| format!("{name} {}", time(*left))).collect();
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
            ms(i.rtt),
            ms(i.rttvar),
            ms(i.rto),
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

fn summary(rows: &[Socket]) -> String {
    let mut states: std::collections::BTreeMap<&str, [u64; 2]> = std::collections::BTreeMap::new();
    for row in rows {
        states.entry(&row.state).or_default()[usize::from(row.offload != "-")] += 1;
    }
    let mut columns = Columns::new(&["<State", ">Software", ">Engine"]);
    for (state, [software, engine]) in states {
        columns.row([state.to_owned(), software.to_string(), engine.to_string()]);
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
        golden::check("ss-summary", &summary(&rows()));
        golden::check("ss-socket", &dump(&rows()[2]));
        assert_eq!(table(&[], false), "no sockets\n");
    }

    #[test]
    fn the_first_line_says_what_limits_the_sender() {
        for row in rows().iter().filter(|row| row.info.is_some()) {
            assert!(dump(row).starts_with("limited by  "), "{row:?}");
        }
    }
}
