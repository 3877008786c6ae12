// SPDX-License-Identifier: Apache-2.0
//! `toe ip`.

use std::fmt::Write;
use std::net::IpAddr;

use clap::{Args as ClapArgs, Subcommand};
use toe_api::control::proto::{Link, MetricsRow, Neighbour, Reply, Request, Route, RouteArgs};

use crate::client::{CliError, Client, Result, Stream, unexpected};
use crate::columns::{Columns, time};

/// Addresses, routes, neighbours, what is known of paths
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    object: Object,
}

#[derive(Debug, Subcommand)]
enum Object {
    /// Addresses of interfaces
    ///
    ///   show [[dev] NAME]
    ///   add PREFIX dev NAME
    ///   del ADDRESS dev NAME
    #[command(visible_aliases = ["a", "address"], verbatim_doc_comment)]
    Addr(Words),
    /// Interfaces
    ///
    ///   show [[dev] NAME]
    ///   set [dev] NAME [mtu N] [up|down]
    #[command(visible_alias = "l", verbatim_doc_comment)]
    Link(Words),
    /// Routes; every session on a route follows its change
    ///
    ///   show [table N] [PREFIX]
    ///   add|replace PREFIX [via ADDRESS] [dev NAME] [metric N] [mtu N] [src ADDRESS] [table N]
    ///   add unreachable PREFIX [table N]
    ///   del PREFIX [via ADDRESS] [dev NAME] [metric N] [table N]
    ///
    /// PREFIX may be default or default6.
    #[command(visible_alias = "r", verbatim_doc_comment)]
    Route(Words),
    /// Which table the packets of an interface use
    ///
    ///   show
    #[command(verbatim_doc_comment)]
    Rule(Words),
    /// Neighbours; every session on one follows its change
    ///
    ///   show [dev NAME]
    ///   add|replace ADDRESS lladdr MAC dev NAME
    ///   del ADDRESS dev NAME
    #[command(visible_aliases = ["n", "neighbour"], verbatim_doc_comment)]
    Neigh(Words),
    /// What closed connections knew of the paths to their peers, for the next ones
    ///
    ///   show [ADDRESS]
    ///   flush [ADDRESS]
    #[command(name = "tcp_metrics", visible_aliases = ["tcpmetrics"], verbatim_doc_comment)]
    TcpMetrics(Words),
}

#[derive(Debug, ClapArgs)]
struct Words {
    /// As `ip` takes them; `show` without any
    words: Vec<String>,
}

/// Words as pairs, after the verb.
struct Grammar<'a> {
    words: std::iter::Peekable<std::slice::Iter<'a, String>>,
    usage: &'static str,
}

impl<'a> Grammar<'a> {
    fn value(&mut self, name: &str) -> Result<&'a str> {
        self.words
            .next()
            .map(String::as_str)
            .ok_or_else(|| CliError::Usage(format!("`{name}` needs a value; {}", self.usage)))
    }

    fn number<T: std::str::FromStr>(&mut self, name: &str) -> Result<T> {
        let word = self.value(name)?;
        word.parse().map_err(|_| {
            CliError::Usage(format!("`{name} {word}`: a whole number is expected, not too large"))
        })
    }

    fn unknown<T>(&self, word: &str) -> Result<T> {
        Err(CliError::Usage(format!("`{word}` is not understood; {}", self.usage)))
    }

    fn need<T>(&self, value: Option<T>, what: &str) -> Result<T> {
        value.ok_or_else(|| CliError::Usage(format!("{what} is missing; {}", self.usage)))
    }

    /// `[dev] NAME` and nothing else, of a table to be shown.
    fn only_dev(&mut self) -> Result<Option<&'a str>> {
        let Some(word) = self.words.next() else { return Ok(None) };
        let name = if word == "dev" { self.value("dev")? } else { word };
        self.end()?;
        Ok(Some(name))
    }

    /// Nothing follows.
    fn end(&mut self) -> Result<()> {
        self.words.next().map_or(Ok(()), |word| self.unknown(word))
    }
}

/// The verb and what follows; without any it is `show`.
fn grammar<'a>(
    words: &'a Words,
    verbs: &[&str],
    usage: &'static str,
) -> Result<(&'a str, Grammar<'a>)> {
    let verb = words.words.first().map_or("show", String::as_str);
    let rest = words.words.get(1..).unwrap_or(&[]);
    let grammar = Grammar { words: rest.iter().peekable(), usage };
    let verb = match verb {
        "list" | "ls" => "show",
        "delete" => "del",
        "change" => "replace",
        other => other,
    };
    if verbs.contains(&verb) { Ok((verb, grammar)) } else { grammar.unknown(verb) }
}

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        match &self.object {
            Object::Addr(words) => addr(client, words),
            Object::Link(words) => link(client, words),
            Object::Route(words) => route(client, words),
            Object::Rule(words) => rule(client, words),
            Object::Neigh(words) => neigh(client, words),
            Object::TcpMetrics(words) => tcp_metrics(client, words),
        }
    }
}

/// Shows those rows that are asked for, which must exist: in JSON too.
fn show_some<S: Stream>(
    client: &mut Client<S>,
    request: &Request,
    select: impl FnOnce(&mut Reply) -> Result<()>,
    render: impl FnOnce(&Reply) -> String,
) -> Result<()> {
    let mut reply = client.ask(request)?;
    select(&mut reply)?;
    if client.json {
        return client.print_json(&serde_json::to_value(&reply).unwrap_or_default());
    }
    client.print(&render(&reply))
}

fn no_interface<'a>(dev: &str, names: impl Iterator<Item = &'a str>) -> CliError {
    let names: Vec<&str> = names.collect();
    CliError::Other(format!("no interface `{dev}`; there are {}", names.join(", ")))
}

fn show_links<S: Stream>(client: &mut Client<S>, dev: Option<&str>) -> Result<()> {
    let select = |reply: &mut Reply| {
        if let (Some(dev), Reply::Links { rows }) = (dev, reply) {
            let error = no_interface(dev, rows.iter().map(|l| l.name.as_str()));
            rows.retain(|link| link.name == dev);
            return if rows.is_empty() { Err(error) } else { Ok(()) };
        }
        Ok(())
    };
    show_some(client, &Request::Addr, select, |reply| match reply {
        Reply::Links { rows } => links(rows),
        other => unexpected(other),
    })
}

fn addr<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (verb, mut g) = grammar(
        words,
        &["show", "add", "del"],
        "toe ip addr show [[dev] NAME] | add PREFIX dev NAME | del ADDRESS dev NAME",
    )?;
    if verb == "show" {
        return show_links(client, g.only_dev()?);
    }
    let (mut dev, mut what) = (None, None);
    while let Some(word) = g.words.next() {
        match word.as_str() {
            "dev" => dev = Some(g.value("dev")?.to_owned()),
            other if what.is_none() => what = Some(other.to_owned()),
            other => return g.unknown(other),
        }
    }
    let (what, dev) = (g.need(what, "the address")?, g.need(dev, "`dev NAME`")?);
    if verb == "add" {
        client.act(&Request::AddrAdd { dev, prefix: what })
    } else {
        client.act(&Request::AddrDel { dev, addr: what })
    }
}

fn link<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let usage = "toe ip link show [[dev] NAME] | set [dev] NAME [mtu N] [up|down]";
    let (verb, mut g) = grammar(words, &["show", "set"], usage)?;
    if verb == "show" {
        return show_links(client, g.only_dev()?);
    }
    let (mut dev, mut mtu, mut up) = (None, None, None);
    while let Some(word) = g.words.next() {
        match word.as_str() {
            "dev" => dev = Some(g.value("dev")?.to_owned()),
            "mtu" => mtu = Some(g.number("mtu")?),
            "up" => up = Some(true),
            "down" => up = Some(false),
            other if dev.is_none() => dev = Some(other.to_owned()),
            other => return g.unknown(other),
        }
    }
    let dev = g.need(dev, "`dev NAME`")?;
    if mtu.is_none() && up.is_none() {
        return g.need(None, "what to set, `mtu N`, `up` or `down`,");
    }
    client.act(&Request::LinkSet { dev, mtu, up })
}

fn route<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (verb, mut g) = grammar(
        words,
        &["show", "add", "replace", "del"],
        "toe ip route show [table N] [PREFIX] | add|replace|del PREFIX [via ADDRESS] [dev NAME] [metric N] [mtu N] \
         [src ADDRESS] [table N]; PREFIX may be default or default6",
    )?;
    let (mut fib, mut route, mut prefix) = (0, RouteArgs::default(), None);
    while let Some(word) = g.words.next() {
        match word.as_str() {
            "table" => fib = g.number("table")?,
            "via" if verb != "show" => route.via = Some(g.value("via")?.to_owned()),
            "dev" if verb != "show" => route.dev = Some(g.value("dev")?.to_owned()),
            "metric" if verb != "show" => route.metric = g.number("metric")?,
            "mtu" if verb != "show" => route.mtu = Some(g.number("mtu")?),
            "src" if verb != "show" => route.src = Some(g.value("src")?.to_owned()),
            "unreachable" if verb != "show" => route.unreachable = true,
            other if prefix.is_none() => prefix = Some(other.to_owned()),
            other => return g.unknown(other),
        }
    }
    if verb == "show" {
        let wanted = prefix.map(|p| match p.as_str() {
            "default" => "0.0.0.0/0".to_owned(),
            "default6" => "::/0".to_owned(),
            _ => p,
        });
        let select = |reply: &mut Reply| {
            if let (Some(wanted), Reply::Routes { rows }) = (&wanted, reply) {
                rows.retain(|r| r.prefix == *wanted);
                if rows.is_empty() {
                    return Err(CliError::Other(format!(
                        "no route to exactly {wanted}; `toe ip route` shows all"
                    )));
                }
            }
            Ok(())
        };
        return show_some(client, &Request::Route { fib }, select, |reply| match reply {
            Reply::Routes { rows } => routes(rows),
            other => unexpected(other),
        });
    }
    route.prefix = g.need(prefix, "the prefix")?;
    match verb {
        "del" => client.act(&Request::RouteDel { fib, route }),
        verb => client.act(&Request::RouteAdd { fib, route, replace: verb == "replace" }),
    }
}

fn rule<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (_show, mut g) = grammar(words, &["show"], "toe ip rule show")?;
    g.end()?;
    client.show(&Request::Rule, |reply| match reply {
        Reply::Rules { rows } => {
            rows.iter().map(|r| format!("iif {} lookup {}\n", r.dev, r.table)).collect()
        }
        other => unexpected(other),
    })
}

fn neigh<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (verb, mut g) = grammar(
        words,
        &["show", "add", "replace", "del"],
        "toe ip neigh show [dev NAME] | add|replace ADDRESS lladdr MAC dev NAME | del ADDRESS dev NAME",
    )?;
    if verb == "show" {
        let dev = g.only_dev()?;
        if let Some(dev) = dev {
            let reply = client.ask(&Request::Addr)?;
            let Reply::Links { rows } = &reply else { return client.print(&unexpected(&reply)) };
            let mut names = rows.iter().map(|l| l.name.as_str());
            if !names.any(|name| name == dev) {
                return Err(no_interface(dev, rows.iter().map(|l| l.name.as_str())));
            }
        }
        let select = |reply: &mut Reply| {
            if let (Some(dev), Reply::Neighbours { rows }) = (dev, reply) {
                rows.retain(|n| n.dev == dev);
            }
            Ok(())
        };
        return show_some(client, &Request::Neigh, select, |reply| match reply {
            Reply::Neighbours { rows } => neighbours(rows),
            other => unexpected(other),
        });
    }
    let (mut dev, mut lladdr, mut addr) = (None, None, None);
    while let Some(word) = g.words.next() {
        match word.as_str() {
            "dev" => dev = Some(g.value("dev")?.to_owned()),
            "lladdr" => lladdr = Some(g.value("lladdr")?.to_owned()),
            other if addr.is_none() => addr = Some(other.to_owned()),
            other => return g.unknown(other),
        }
    }
    let (addr, dev) = (g.need(addr, "the address")?, g.need(dev, "`dev NAME`")?);
    if verb == "del" {
        return client.act(&Request::NeighDel { dev, addr });
    }
    let lladdr = g.need(lladdr, "`lladdr MAC`")?;
    client.act(&Request::NeighSet { dev, addr, lladdr })
}

fn tcp_metrics<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let usage = "toe ip tcp_metrics show [ADDRESS] | flush [ADDRESS]";
    let (verb, mut g) = grammar(words, &["show", "flush"], usage)?;
    let addr = match g.words.next() {
        None => None,
        Some(word) => Some(
            word.parse::<IpAddr>()
                .map_err(|_| CliError::Usage(format!("`{word}` is no address; {usage}")))?,
        ),
    };
    g.end()?;
    if verb == "flush" {
        return client.act(&Request::TcpMetricsFlush { addr });
    }
    let select = |reply: &mut Reply| {
        if let (Some(addr), Reply::TcpMetrics { rows }) = (addr, reply) {
            rows.retain(|row| row.addr == addr.to_string());
        }
        Ok(())
    };
    show_some(client, &Request::TcpMetrics, select, |reply| match reply {
        Reply::TcpMetrics { rows } => metrics(rows),
        other => unexpected(other),
    })
}

fn metrics(rows: &[MetricsRow]) -> String {
    let mut columns = Columns::new(&[
        "<Address",
        ">Round trip",
        ">Variation",
        ">Ssthresh",
        ">Cwnd",
        ">Forgotten in",
    ]);
    for row in rows {
        columns.row([
            row.addr.clone(),
            format!("{}.{:03}ms", row.rtt_us / 1000, row.rtt_us % 1000),
            format!("{}.{:03}ms", row.rttvar_us / 1000, row.rttvar_us % 1000),
            row.ssthresh.map_or_else(|| "-".to_owned(), |n| n.to_string()),
            row.cwnd.to_string(),
            time(row.left_ms),
        ]);
    }
    if columns.is_empty() { "nothing is known\n".to_owned() } else { columns.to_string() }
}

fn links(rows: &[Link]) -> String {
    let mut out = String::new();
    for (n, link) in (1..).zip(rows) {
        let state = if link.up { "UP" } else { "DOWN" };
        let vlan =
            link.vlan.as_ref().map_or_else(String::new, |v| format!("@{} vlan {}", v.parent, v.id));
        let _ = writeln!(
            out,
            "{n}: {}{vlan}: <{state}> mtu {} table {}",
            link.name, link.mtu, link.table
        );
        if let Some(mac) = &link.mac {
            let _ = writeln!(out, "    link/ether {mac}");
        }
        for addr in &link.addrs {
            let family = if addr.contains(':') { "inet6" } else { "inet" };
            let _ = writeln!(out, "    {family} {addr}");
        }
        if !link.caps.is_empty() {
            let _ = writeln!(out, "    caps {}", link.caps.join(" "));
        }
    }
    out
}

fn routes(rows: &[Route]) -> String {
    let mut rows: Vec<&Route> = rows.iter().collect();
    rows.sort_by_key(|r| (r.prefix.contains(':'), r.prefix.clone(), r.metric));
    let mut out = String::new();
    for r in rows {
        let prefix = match r.prefix.as_str() {
            "0.0.0.0/0" | "::/0" => "default",
            other => other,
        };
        if r.proto == "unreachable" {
            let _ = writeln!(out, "unreachable {prefix}");
            continue;
        }
        let via = r.via.as_ref().map_or_else(String::new, |via| format!(" via {via}"));
        let _ = write!(out, "{prefix}{via} dev {} proto {}", r.dev, r.proto);
        if let Some(src) = &r.src {
            let _ = write!(out, " src {src}");
        }
        if r.metric > 0 {
            let _ = write!(out, " metric {}", r.metric);
        }
        if let Some(mtu) = r.mtu {
            let _ = write!(out, " mtu {mtu}");
        }
        out.push('\n');
    }
    out
}

fn neighbours(rows: &[Neighbour]) -> String {
    let mut columns =
        Columns::new(&["<Address", "<Dev", "<Link address", "<State", ">Engine sessions"]);
    for n in rows {
        let router = if n.router { " router" } else { "" };
        columns.row([
            n.addr.clone(),
            n.dev.clone(),
            n.lladdr.clone().unwrap_or_else(|| "-".to_owned()),
            format!("{}{router}", n.state),
            n.engine_sessions.to_string(),
        ]);
    }
    if columns.is_empty() { "no neighbours\n".to_owned() } else { columns.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden;

    #[test]
    fn looks_as_it_did() {
        let Reply::Links { rows } = golden::reply("links") else { panic!() };
        golden::check("ip-addr", &links(&rows));
        let Reply::Routes { rows } = golden::reply("routes") else { panic!() };
        golden::check("ip-route", &routes(&rows));
        let Reply::Neighbours { rows } = golden::reply("neighbours") else { panic!() };
        golden::check("ip-neigh", &neighbours(&rows));
        let Reply::TcpMetrics { rows } = golden::reply("tcp_metrics") else { panic!() };
        golden::check("ip-tcp-metrics", &metrics(&rows));
        assert_eq!(metrics(&[]), "nothing is known\n");
    }
}
