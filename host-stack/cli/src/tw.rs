// SPDX-License-Identifier: Apache-2.0
//! `toe tw`.

use serde_json::json;
use toe_api::control::proto::{Reply, Request, TimeWaitRow};

use crate::client::{Client, Result, Stream, unexpected};
use crate::columns::{Columns, time};

/// Both TIME_WAIT tables: software's, and the engine's as the engine tells it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Numbers instead of a table
    #[arg(long)]
    summary: bool,
}

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        if self.summary && client.json {
            let reply = client.ask(&Request::TimeWait)?;
            let Reply::TimeWait { rows } = &reply else {
                return client.print(&unexpected(&reply));
            };
            let (software, engine) = count(rows);
            return client
                .print_json(&json!({ "kind": "summary", "software": software, "engine": engine }));
        }
        client.show(&Request::TimeWait, |reply| match reply {
            Reply::TimeWait { rows } if self.summary => summary(rows),
            Reply::TimeWait { rows } => table(rows),
            other => unexpected(other),
        })
    }
}

fn count(rows: &[TimeWaitRow]) -> (usize, usize) {
    let engine = rows.iter().filter(|row| row.table == "engine").count();
    (rows.len() - engine, engine)
}

fn summary(rows: &[TimeWaitRow]) -> String {
    let (software, engine) = count(rows);
    format!("software {software}, engine {engine}\n")
}

fn table(rows: &[TimeWaitRow]) -> String {
    let mut columns = Columns::new(&["<Table", "<Local", "<Peer", ">Left"]);
    for row in rows {
        let left = row.left_ms.map_or_else(|| "-".to_owned(), time);
        columns.row([row.table.clone(), row.local.clone(), row.peer.clone(), left]);
    }
    if columns.is_empty() { "no entries\n".to_owned() } else { columns.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_as_it_did() {
        let Reply::TimeWait { rows } = crate::golden::reply("time_wait") else { panic!() };
        crate::golden::check("tw", &table(&rows));
        assert_eq!(summary(&rows), "software 1, engine 2\n");
    }
}
