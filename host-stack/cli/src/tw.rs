// SPDX-License-Identifier: Apache-2.0
//! `toe tw`.

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
        client.show(&Request::TimeWait, |reply| match reply {
            Reply::TimeWait { rows } if self.summary => summary(rows),
            Reply::TimeWait { rows } => table(rows),
            other => unexpected(other),
        })
    }
}

fn summary(rows: &[TimeWaitRow]) -> String {
    let engine = rows.iter().filter(|row| row.table == "engine").count();
    format!("software {}, engine {engine}\n", rows.len() - engine)
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
