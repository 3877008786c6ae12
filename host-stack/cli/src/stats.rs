// SPDX-License-Identifier: Apache-2.0
//! `toe stats`.

use serde_json::json;
use toe_abi::regs;
use toe_api::control::proto::{Reply, Request};

use crate::client::{Client, Result, Stream, print, print_json, unexpected};
use crate::columns::Columns;

/// Counters of engine, driver, hand-over and stack; those that are zero only with --all
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// `describe`: what each of the engine's and the driver's counters means; else only names with this in them
    #[arg(value_name = "describe|PATTERN", num_args = 0..=2)]
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

    pub(crate) fn describe(&self, json: bool) -> Result<()> {
        let pattern = self.words.get(1).map_or("", String::as_str);
        let rows: Vec<_> =
            descriptions().into_iter().filter(|(name, _)| name.contains(pattern)).collect();
        if rows.is_empty() {
            return Err(crate::client::CliError::Other(format!(
                "no counter has `{pattern}` in its name; `toe stats describe` lists all"
            )));
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
        let pattern = self.words.first().map_or("", String::as_str);
        client.show(&Request::Stats, |reply| match reply {
            Reply::Stats { rows } => {
                let mut columns = Columns::new(&["<Counter", ">Value"]);
                for (name, n) in rows {
                    if (self.all || *n > 0) && name.contains(pattern) {
                        columns.row([name.clone(), n.to_string()]);
                    }
                }
                columns.to_string()
            }
            other => unexpected(other),
        })
    }
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
