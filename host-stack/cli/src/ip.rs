// SPDX-License-Identifier: Apache-2.0
//! `toe ip`.

use std::fmt::Write;

use clap::{Args as ClapArgs, Subcommand};
use toe_api::control::proto::{Link, Neighbour, Reply, Request, Route, RouteArgs};

use crate::client::{CliError, Client, Result, Stream, unexpected};
use crate::columns::Columns;

/// Addresses, routes, neighbours
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    object: Object,
}

#[derive(Debug, Subcommand)]
enum Object {
    /// Addresses of interfaces: show, add PREFIX dev NAME, del ADDRESS dev NAME
    #[command(visible_aliases = ["a", "address"])]
    Addr(Words),
    /// Interfaces: show, set dev NAME [mtu N] [up|down]
    #[command(visible_alias = "l")]
    Link(Words),
    /// Routes: show [table N], add|replace PREFIX [via ADDRESS] [dev NAME] [metric N] [mtu N] [src ADDRESS], add
    /// unreachable PREFIX, del PREFIX …; every session on a route follows its change
    #[command(visible_alias = "r")]
    Route(Words),
    /// Which table the packets of an interface use: show
    Rule(Words),
    /// Neighbours: show, add|replace ADDRESS lladdr MAC dev NAME, del ADDRESS dev NAME
    #[command(visible_aliases = ["n", "neighbour"])]
    Neigh(Words),
}

#[derive(Debug, ClapArgs)]
struct Words {
    /// As `ip` takes them
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
            .ok_or_else(|| CliError::Other(format!("`{name}` needs a value; {}", self.usage)))
    }

    fn number<T: std::str::FromStr>(&mut self, name: &str) -> Result<T> {
        let word = self.value(name)?;
        word.parse().map_err(|_| CliError::Other(format!("`{name} {word}`: no number")))
    }

    fn unknown<T>(&self, word: &str) -> Result<T> {
        Err(CliError::Other(format!("`{word}` is not understood; {}", self.usage)))
    }

    fn need<T>(&self, value: Option<T>, what: &str) -> Result<T> {
        value.ok_or_else(|| CliError::Other(format!("{what} is missing; {}", self.usage)))
    }
}

fn grammar<'a>(words: &'a Words, usage: &'static str) -> (&'a str, Grammar<'a>) {
    let verb = words.words.first().map_or("show", String::as_str);
    let rest = words.words.get(1..).unwrap_or(&[]);
    (verb, Grammar { words: rest.iter().peekable(), usage })
}

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        match &self.object {
            Object::Addr(words) => addr(client, words),
            Object::Link(words) => link(client, words),
            Object::Route(words) => route(client, words),
            Object::Rule(_) => client.show(&Request::Rule, |reply| match reply {
                Reply::Rules { rows } => {
                    rows.iter().map(|(dev, fib)| format!("iif {dev} lookup {fib}\n")).collect()
                }
                other => unexpected(other),
            }),
            Object::Neigh(words) => neigh(client, words),
        }
    }
}

fn show_links<S: Stream>(client: &mut Client<S>) -> Result<()> {
    client.show(&Request::Addr, |reply| match reply {
        Reply::Links { rows } => links(rows),
        other => unexpected(other),
    })
}

fn addr<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (verb, mut g) =
        grammar(words, "toe ip addr show | add PREFIX dev NAME | del ADDRESS dev NAME");
    if matches!(verb, "show" | "list") {
        return show_links(client);
    }
    let (mut dev, mut what) = (None, None);
    while let Some(word) = g.words.next() {
        match word.as_str() {
            "dev" => dev = Some(g.value("dev")?.to_owned()),
            _ => what = Some(word.clone()),
        }
    }
    let (dev, what) = (g.need(dev, "`dev NAME`")?, g.need(what, "the address")?);
    match verb {
        "add" => client.act(&Request::AddrAdd { dev, prefix: what }),
        "del" | "delete" => client.act(&Request::AddrDel { dev, addr: what }),
        other => g.unknown(other),
    }
}

fn link<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (verb, mut g) = grammar(words, "toe ip link show | set dev NAME [mtu N] [up|down]");
    if matches!(verb, "show" | "list") {
        return show_links(client);
    }
    if verb != "set" {
        return g.unknown(verb);
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
    client.act(&Request::LinkSet { dev, mtu, up })
}

fn route<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (verb, mut g) = grammar(
        words,
        "toe ip route show [table N] | add|replace|del PREFIX [via ADDRESS] [dev NAME] [metric N] [mtu N] [src ADDRESS] \
         [table N]; PREFIX may be default or default6",
    );
    let (mut fib, mut route, mut prefix) = (0, RouteArgs::default(), None);
    while let Some(word) = g.words.next() {
        match word.as_str() {
            "table" => fib = g.number("table")?,
            "via" => route.via = Some(g.value("via")?.to_owned()),
            "dev" => route.dev = Some(g.value("dev")?.to_owned()),
            "metric" => route.metric = g.number("metric")?,
            "mtu" => route.mtu = Some(g.number("mtu")?),
            "src" => route.src = Some(g.value("src")?.to_owned()),
            "unreachable" => route.unreachable = true,
            other if prefix.is_none() => prefix = Some(other.to_owned()),
            other => return g.unknown(other),
        }
    }
    if matches!(verb, "show" | "list") {
        return client.show(&Request::Route { fib }, |reply| match reply {
            Reply::Routes { rows } => routes(rows),
            other => unexpected(other),
        });
    }
    route.prefix = g.need(prefix, "the prefix")?;
    match verb {
        "add" => client.act(&Request::RouteAdd { fib, route, replace: false }),
        "replace" | "change" => client.act(&Request::RouteAdd { fib, route, replace: true }),
        "del" | "delete" => client.act(&Request::RouteDel { fib, route }),
        other => g.unknown(other),
    }
}

fn neigh<S: Stream>(client: &mut Client<S>, words: &Words) -> Result<()> {
    let (verb, mut g) = grammar(
        words,
        "toe ip neigh show | add|replace ADDRESS lladdr MAC dev NAME | del ADDRESS dev NAME",
    );
    if matches!(verb, "show" | "list") {
        return client.show(&Request::Neigh, |reply| match reply {
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
    let (dev, addr) = (g.need(dev, "`dev NAME`")?, g.need(addr, "the address")?);
    match verb {
        "add" | "replace" | "change" => {
            let lladdr = g.need(lladdr, "`lladdr MAC`")?;
            client.act(&Request::NeighSet { dev, addr, lladdr })
        }
        "del" | "delete" => client.act(&Request::NeighDel { dev, addr }),
        other => g.unknown(other),
    }
}

fn links(rows: &[Link]) -> String {
    let mut out = String::new();
    for (n, link) in (1..).zip(rows) {
        let state = if link.up { "UP" } else { "DOWN" };
        let vlan = link
            .vlan
            .as_ref()
            .map_or_else(String::new, |(parent, vid)| format!("@{parent} vlan {vid}"));
        let _ = writeln!(
            out,
            "{n}: {}{vlan}: <{state}> mtu {} table {}",
            link.name, link.mtu, link.fib
        );
        if let Some(mac) = &link.mac {
            let _ = writeln!(out, "    link/ether {mac}");
        }
        for addr in &link.addrs {
            let family = if addr.contains(':') { "inet6" } else { "inet" };
            let _ = writeln!(out, "    {family} {addr}");
        }
        if !link.caps.is_empty() {
            let _ = writeln!(out, "    offload {}", link.caps.join(" "));
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
            n.pins.to_string(),
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
    }
}
