// SPDX-License-Identifier: Apache-2.0
//! `toe offload`.

use std::fmt::Write;

use clap::Subcommand;
use serde_json::json;
use toe_api::control::proto::{OffloadStatus, Reply, Request};

use crate::client::{CliError, Client, Result, Stream, unexpected};
use crate::columns::bytes;

/// The hand-over: what is where, and moving it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// What the engine has, what moved, and why sessions stayed (the default)
    Status,
    /// Abilities of a device: +toe, -tso6 …; all of one command or none
    ///
    /// toe4 toe6 txcsum4 txcsum6 rxcsum4 rxcsum6 tso4 tso6 vlan; without a number both families. Segmentation needs
    /// transmit checksums. -toe leaves sessions in the engine where they are; new ones stay in software.
    Caps {
        /// The interface
        dev: String,
        /// +NAME or -NAME; shows what is on without any
        #[arg(allow_hyphen_values = true)]
        toggles: Vec<String>,
    },
    /// Take a session back, or all; it stays in software until told otherwise
    TakeBack {
        /// Number of the socket, or `all`
        id: String,
    },
    /// Give a session to the engine, or all that may go
    Offload {
        /// Number of the socket, or `all`
        id: String,
    },
    /// Whether sessions go by themselves when they may
    Auto {
        /// on or off
        #[arg(value_parser = ["on", "off"])]
        value: String,
    },
    /// How many sessions may be in the engine; `none` removes the limit
    Quota {
        /// A number or `none`; shows it without one
        value: Option<String>,
    },
}

fn which(id: &str) -> Result<Option<u32>> {
    if id == "all" {
        return Ok(None);
    }
    id.parse().map(Some).map_err(|_| {
        CliError::Usage(format!("`{id}`: the number of a socket as `toe ss` shows it, or `all`"))
    })
}

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        match self.command.as_ref().unwrap_or(&Command::Status) {
            Command::Status => client.show(&Request::Offload, |reply| match reply {
                Reply::Offload(status) => show(status),
                other => unexpected(other),
            }),
            Command::Caps { dev, toggles } if toggles.is_empty() => caps(client, dev),
            Command::Caps { dev, toggles } => {
                client.act(&Request::Caps { dev: dev.clone(), toggles: toggles.clone() })
            }
            Command::TakeBack { id } => client.act(&Request::TakeBack { id: which(id)? }),
            Command::Offload { id } => client.act(&Request::Reoffload { id: which(id)? }),
            Command::Auto { value } => client.act(&Request::Automatic { on: value == "on" }),
            Command::Quota { value } => quota(client, value.as_deref()),
        }
    }
}

fn caps<S: Stream>(client: &mut Client<S>, dev: &str) -> Result<()> {
    let reply = client.ask(&Request::Addr)?;
    let Reply::Links { rows } = &reply else { return client.print(&unexpected(&reply)) };
    let link = rows.iter().find(|link| link.name == dev).ok_or_else(|| {
        let names: Vec<&str> = rows.iter().map(|link| link.name.as_str()).collect();
        CliError::Other(format!("no interface `{dev}`; there are {}", names.join(", ")))
    })?;
    if client.json {
        return client.print_json(&json!({ "dev": dev, "caps": link.caps }));
    }
    client.print(&format!(
        "{dev}: {}\n",
        if link.caps.is_empty() { "none".into() } else { link.caps.join(" ") }
    ))
}

/// The policy's statement, changed in place.
fn quota<S: Stream>(client: &mut Client<S>, value: Option<&str>) -> Result<()> {
    let reply = client.ask(&Request::Policy)?;
    let Reply::Policy { text, .. } = &reply else { return client.print(&unexpected(&reply)) };
    let Some(value) = value else {
        let quota = text.lines().find_map(|line| line.strip_prefix("quota "));
        if client.json {
            let number = quota.and_then(|n| n.parse::<u32>().ok());
            return client.print_json(&json!({ "quota": number }));
        }
        return client.print(&format!("quota {}\n", quota.unwrap_or("none")));
    };
    let mut new: String = text
        .lines()
        .filter(|line| !line.starts_with("quota "))
        .map(|line| format!("{line}\n"))
        .collect();
    if value != "none" {
        let n: u32 = value
            .parse()
            .map_err(|_| CliError::Usage(format!("`{value}`: a number of sessions, or `none`")))?;
        new = format!("quota {n}\n{new}");
    }
    let quota = client.ask(&Request::PolicyLoad { text: new })?;
    match quota {
        Reply::Policy { .. } if client.json => {
            client.print_json(&json!({ "kind": "done", "messages": [] }))
        }
        Reply::Policy { .. } => Ok(()),
        other => client.print(&unexpected(&other)),
    }
}

fn show(s: &OffloadStatus) -> String {
    let mut out = String::new();
    let lost = if s.lost { " (LOST: sessions it had have ended; reset it)" } else { "" };
    let _ = writeln!(out, "device     {}{lost}", s.device);
    let auto = if s.automatic { "by themselves when they may" } else { "only when told" };
    let quota = s.quota.map_or_else(String::new, |q| format!(", quota {q}"));
    let _ = writeln!(out, "sessions   {} of {} slots{quota}; they go {auto}", s.sessions, s.slots);
    let _ = writeln!(
        out,
        "           {} next hops, {} TIME_WAIT entries, {} of ring memory",
        s.next_hops,
        s.time_waits,
        bytes(s.ring_bytes)
    );
    let share = |part: u64, other: u64| {
        let all = part + other;
        if all == 0 {
            String::new()
        } else {
            format!(" ({:.1} %)", part as f64 * 100.0 / all as f64)
        }
    };
    let (software, engine) =
        (s.software_sent + s.software_received, s.engine_sent + s.engine_received);
    for (name, sent, received, mine, others) in [
        ("engine", s.engine_sent, s.engine_received, engine, software),
        ("software", s.software_sent, s.software_received, software, engine),
    ] {
        let _ = writeln!(
            out,
            "{name:<10} {} sent, {} received{}",
            bytes(sent),
            bytes(received),
            share(mine, others)
        );
    }
    for (name, n) in &s.counters {
        let _ = writeln!(out, "  {name:<18} {n:>10}");
    }
    if !s.reasons.is_empty() {
        let _ = writeln!(out, "stayed in software because");
        for (reason, n) in &s.reasons {
            let _ = writeln!(out, "  {n:>10}  {reason}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_as_it_did() {
        let Reply::Offload(status) = crate::golden::reply("offload") else { panic!() };
        crate::golden::check("offload", &show(&status));
    }
}
