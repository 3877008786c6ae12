// SPDX-License-Identifier: Apache-2.0
//! `toe policy`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use toe_api::control::proto::{DryRunRow, Reply, Request, RuleRow};
use toe_api::{Policy, PolicyError};

use crate::client::{CliError, Client, Result, Stream, print, print_json, unexpected};
use crate::columns::Columns;

/// Which sessions may go to the engine: rules, the first that matches decides
///
/// A file has one statement a line:
///
///   default !offload
///   after 64K
///   quota 1000
///   [P] dst port 80 => offload cong cubic !ecn
///   [A] dst net 10.0.0.0/8 && dst port 8000-8099 => offload after 1M quota 16
///   any => !offload
///
/// [P]: the peer opened the session, [A]: we did, [D] or nothing: either. src is who opened it, dst the other end;
/// local and remote are what they are. Sessions that a new policy does not allow come back at once.
// The text is clap's help: its brackets are no links.
#[allow(rustdoc::broken_intra_doc_links)]
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The rules in use, with their counters (the default)
    #[command(visible_alias = "counters")]
    Show,
    /// Use this file from now on
    Load {
        /// Statements, as `toe policy --help` has them
        file: PathBuf,
    },
    /// Is this file well formed? Asks no stack
    Check {
        /// Statements, as `toe policy --help` has them
        file: PathBuf,
    },
    /// What would this file do with each session? Nothing is changed
    DryRun {
        /// Statements, as `toe policy --help` has them
        file: PathBuf,
    },
    /// The rules in use, as a file
    Dump,
}

fn read(file: &Path) -> Result<String> {
    let text = std::fs::read_to_string(file).map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidData => {
            CliError::Other(format!("{}: no text: a policy is UTF-8", file.display()))
        }
        _ => CliError::Other(format!("{}: {e}", file.display())),
    })?;
    Policy::parse(&text).map_err(|PolicyError { line, what }| {
        CliError::Other(format!("{}:{line}: {what}", file.display()))
    })?;
    Ok(text)
}

impl Args {
    /// No stack is needed.
    pub(crate) fn is_local(&self) -> bool {
        matches!(self.command, Some(Command::Check { .. }))
    }

    pub(crate) fn check(&self, json: bool) -> Result<()> {
        let Some(Command::Check { file }) = &self.command else { return Ok(()) };
        let rules = Policy::parse(&read(file)?).map_or(0, |policy| policy.len());
        if json {
            let file = file.display().to_string();
            return print_json(&serde_json::json!({ "file": file, "rules": rules }));
        }
        let plural = if rules == 1 { "rule" } else { "rules" };
        print(&format!("{}: {rules} {plural}, well formed\n", file.display()))
    }

    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        match self.command.as_ref().unwrap_or(&Command::Show) {
            Command::Show => client.show(&Request::Policy, show_reply),
            Command::Load { file } => {
                client.show(&Request::PolicyLoad { text: read(file)? }, show_reply)
            }
            Command::Check { .. } => self.check(client.json),
            Command::DryRun { file } => {
                client.show(&Request::PolicyDryRun { text: read(file)? }, |reply| match reply {
                    Reply::DryRun { rows } => dry_run(rows),
                    other => unexpected(other),
                })
            }
            Command::Dump => client.show(&Request::Policy, |reply| match reply {
                Reply::Policy { text, .. } => text.clone(),
                other => unexpected(other),
            }),
        }
    }
}

fn show_reply(reply: &Reply) -> String {
    match reply {
        Reply::Policy { rules, default, default_hits, text } => {
            show(rules, default, *default_hits, text)
        }
        other => unexpected(other),
    }
}

fn show(rules: &[RuleRow], default: &str, default_hits: u64, text: &str) -> String {
    let mut columns = Columns::new(&[">#", ">Hits", ">In engine", "<Rule"]);
    for (n, rule) in (1..).zip(rules) {
        columns.row([
            n.to_string(),
            rule.hits.to_string(),
            rule.in_engine.to_string(),
            rule.rule.clone(),
        ]);
    }
    columns.row([
        "-".to_owned(),
        default_hits.to_string(),
        String::new(),
        format!("default {default}"),
    ]);
    // The statements that are no rules and say something.
    let settings: String = text
        .lines()
        .filter(|l| {
            !l.contains("=>")
                && !l.starts_with("default")
                && *l != "after 0"
                && *l != "unsettled off"
        })
        .map(|l| format!("{l}\n"))
        .collect();
    format!("{settings}{columns}")
}

fn dry_run(rows: &[DryRunRow]) -> String {
    let mut columns =
        Columns::new(&[">Id", "<Local", "<Peer", "<Now", "<Then", ">Rule", "<Because"]);
    for row in rows {
        columns.row([
            row.id.to_string(),
            row.local.clone(),
            row.peer.clone(),
            row.now.clone(),
            row.then.clone(),
            row.rule.map_or_else(|| "default".to_owned(), |n| n.to_string()),
            row.reason.clone().unwrap_or_default(),
        ]);
    }
    if columns.is_empty() { "no sessions\n".to_owned() } else { columns.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden;

    #[test]
    fn looks_as_it_did() {
        golden::check("policy", &show_reply(&golden::reply("policy")));
        let Reply::DryRun { rows } = golden::reply("dry_run") else { panic!() };
        golden::check("policy-dry-run", &dry_run(&rows));
    }
}
