// SPDX-License-Identifier: Apache-2.0
//! `toe sysctl`.

use toe_api::control::proto::{Reply, Request, Sysctl};

use crate::client::{CliError, Client, Result, Stream, unexpected};
use crate::columns::Columns;

/// Options, by the names of Linux (net.ipv4.tcp_sack) or BSD (net.inet.tcp.sack.enable)
///
/// Without names all are shown. Values come from, later ones winning: the default, a file, a profile, the environment
/// (TOE_NET_IPV4_TCP_SACK), the command line of the stack, and this command.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Show these, or all that begin so; NAME=VALUE sets one
    #[arg(value_name = "NAME[=VALUE]")]
    names: Vec<String>,
    /// Only those that are not as they would be by themselves, and where their value comes from
    #[arg(short, long)]
    changed: bool,
    /// With default, source and meaning
    #[arg(short, long)]
    long: bool,
}

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        if let Some(word) = self.names.iter().find(|word| word.trim_start().starts_with('=')) {
            return Err(CliError::Usage(format!("`{word}`: write NAME=VALUE")));
        }
        let mut rows = Vec::new();
        let all = [String::new()];
        for word in if self.names.is_empty() { &all[..] } else { &self.names } {
            let request = match word.split_once('=') {
                Some((name, value)) => Request::SysctlSet {
                    name: name.trim().to_owned(),
                    value: value.trim().to_owned(),
                },
                None => Request::Sysctl { prefix: word.clone() },
            };
            match client.ask(&request) {
                Ok(Reply::Sysctls { rows: some }) => rows.extend(some),
                Ok(other) => return client.print(&unexpected(&other)),
                Err(error) => {
                    // What was set before this one stays set.
                    if !rows.is_empty() {
                        self.print(client, rows)?;
                    }
                    return Err(error);
                }
            }
        }
        self.print(client, rows)
    }

    fn print<S: Stream>(&self, client: &mut Client<S>, mut rows: Vec<Sysctl>) -> Result<()> {
        if self.changed {
            rows.retain(|row| row.value != row.default || row.source != "default");
        }
        if client.json {
            return client.print_json(&serde_json::to_value(&rows).unwrap_or_default());
        }
        client.print(&show(&rows, self.long, self.changed))
    }
}

fn show(rows: &[Sysctl], long: bool, changed: bool) -> String {
    if changed && rows.is_empty() {
        return "everything is as it is by default\n".to_owned();
    }
    if long || changed {
        let mut columns = Columns::new(&["<Name", ">Value", ">Default", "<From", "<Meaning"]);
        for row in rows {
            let when = if row.live { "" } else { " (at start only)" };
            columns.row([
                row.name.clone(),
                row.value.clone(),
                row.default.clone(),
                row.source.clone(),
                format!("{}{when}", row.doc),
            ]);
            for alias in &row.aliases {
                columns.under(&format!("  = {alias}\n"));
            }
        }
        return columns.to_string();
    }
    rows.iter().map(|row| format!("{} = {}\n", row.name, row.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_as_it_did() {
        let Reply::Sysctls { rows } = crate::golden::reply("sysctls") else { panic!() };
        crate::golden::check("sysctl", &show(&rows, false, false));
        crate::golden::check("sysctl-l", &show(&rows, true, false));
        assert_eq!(show(&[], false, true), "everything is as it is by default\n");
    }
}
