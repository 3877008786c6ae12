// SPDX-License-Identifier: Apache-2.0
//! `toe stats`.

use serde_json::json;
use toe_abi::regs;
use toe_api::control::proto::{Reply, Request};

use crate::client::{CliError, Client, Result, Stream, print, print_json, unexpected};
use crate::columns::Columns;

/// Counters of engine, driver, hand-over and stack, and what each means
///
/// Those that are zero are shown with --all only. Names begin with driver_, handoff_ and stack_; the engine's have no prefix.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// `describe`: what each of the engine's and the driver's counters means; else only names with this in them
    #[arg(value_name = "describe|PATTERN")]
    words: Vec<String>,
    /// Counters that are zero too
    #[arg(short, long)]
    all: bool,
}

/// What the engine's counters (of the contract, `abi/regs.rdl`) and the driver's mean.
fn descriptions() -> Vec<(String, &'static str)> {
    let engine = regs::TABLE
        .iter()
        .filter_map(|row| Some((row.name.strip_prefix("counters_")?.to_owned(), row.doc)));
    engine.chain(toe_driver::DriverStats::describe().map(|(n, d)| (n.to_owned(), d))).collect()
}

impl Args {
    /// No stack is needed.
    pub(crate) fn is_local(&self) -> bool {
        self.words.first().is_some_and(|w| w == "describe")
    }

    /// The only word that may stand there.
    fn pattern<'a>(&self, words: &'a [String]) -> Result<&'a str> {
        match words {
            [] => Ok(""),
            [one] => Ok(one),
            [_, more, ..] => Err(CliError::Usage(format!(
                "`{more}`: one pattern at a time; toe stats [describe] [PATTERN]"
            ))),
        }
    }

    pub(crate) fn describe(&self, json: bool) -> Result<()> {
        let pattern = self.pattern(&self.words[1..])?;
        let rows: Vec<_> =
            descriptions().into_iter().filter(|(name, _)| name.contains(pattern)).collect();
        if rows.is_empty() {
            return Err(none(pattern));
        }
        if json {
            let rows: Vec<_> = rows
                .iter()
                .map(|(name, doc)| json!({ "name": name, "description": doc }))
                .collect();
            return print_json(&rows.into());
        }
        let mut columns = Columns::new(&["<Counter", "<What it counts"]);
        for (name, doc) in rows {
            columns.row([name, doc.to_owned()]);
        }
        print(&columns.to_string())
    }

    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        let pattern = self.pattern(&self.words)?;
        let mut reply = client.ask(&Request::Stats)?;
        let Reply::Stats { rows } = &mut reply else {
            return client.print(&unexpected(&reply));
        };
        rows.retain(|(name, _)| name.contains(pattern));
        if rows.is_empty() {
            return Err(none(pattern));
        }
        rows.retain(|(_, n)| self.all || *n > 0);
        if client.json {
            return client.print_json(&serde_json::to_value(&reply).unwrap_or_default());
        }
        let Reply::Stats { rows } = &reply else { return Ok(()) };
        if rows.is_empty() {
            return client.print("all are zero; --all shows them\n");
        }
        let mut columns = Columns::new(&["<Counter", ">Value"]);
        for (name, n) in rows {
            columns.row([name.clone(), n.to_string()]);
        }
        client.print(&columns.to_string())
    }
}

fn none(pattern: &str) -> CliError {
    CliError::Other(format!(
        "no counter has `{pattern}` in its name; `toe stats --all` lists all, `toe stats describe` says what they mean"
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_counter_is_explained() {
        let all = super::descriptions();
        assert!(all.len() > 100, "{}", all.len());
        for (name, doc) in all {
            assert!(doc.len() > 5, "{name}: `{doc}`");
        }
    }
}
