// SPDX-License-Identifier: Apache-2.0
//! Interfaces, addresses, routes, neighbours: from words to the stack's types and back.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use toe_stack::fib::RouteKind;
use toe_stack::{FibId, IfAddr, IfId, MacAddr, Micros, RouteSpec, Stack};

use super::proto::{Failure, Link, MetricsRow, Neighbour, Route, RouteArgs, Vlan};
use crate::Node;

type Done = Result<Vec<String>, Failure>;

pub(crate) fn device(stack: &Stack, name: &str) -> Result<IfId, Failure> {
    stack.interfaces().by_name(name).ok_or_else(|| {
        let names: Vec<&str> = stack.interfaces().iter().map(|(_, i)| i.name.as_str()).collect();
        Failure::not_found(format!("no interface `{name}`; there are {}", names.join(", ")))
    })
}

fn name_of(stack: &Stack, id: IfId) -> String {
    stack.interfaces().get(id).map_or_else(|| format!("#{}", id.index()), |i| i.name.clone())
}

fn parse<T: std::str::FromStr>(word: &str, what: &str) -> Result<T, Failure> {
    word.parse().map_err(|_| Failure::bad(format!("`{word}` is no {what}")))
}

/// An address with or without prefix length.
fn prefix(word: &str) -> Result<IpNet, Failure> {
    let host = || word.parse::<IpAddr>().ok().map(IpNet::from);
    word.parse().ok().or_else(host).ok_or_else(|| {
        Failure::bad(format!("`{word}` is no address or prefix; write 10.0.0.1/24 or fd00::1/64"))
    })
}

pub(crate) fn links(stack: &Stack) -> Vec<Link> {
    let link = |(id, i): (IfId, &toe_stack::iface::Interface)| {
        let (parent, vid) = i.port(id);
        let caps = toe_offload::caps(i.caps);
        Link {
            name: i.name.clone(),
            up: i.up,
            mtu: i.mtu,
            mac: i.is_ethernet().then(|| i.mac.to_string()),
            vlan: vid.map(|id| Vlan { parent: name_of(stack, parent), id }),
            table: i.fib.0,
            addrs: i.addrs.iter().map(|a| a.net.to_string()).collect(),
            caps: caps.filter(|(_, on)| *on).map(|(name, _)| name.to_owned()).collect(),
        }
    };
    stack.interfaces().iter().map(link).collect()
}

pub(crate) fn addr_add(node: &mut Node, now: Micros, dev: &str, net: &str) -> Done {
    let id = device(node.stack(), dev)?;
    let net = prefix(net)?;
    node.configure(|stack| stack.add_address(now, id, IfAddr::new(net)))
        .map_err(|e| Failure::refused(format!("{net} on {dev}: {e}")))?;
    Ok(Vec::new())
}

pub(crate) fn addr_del(node: &mut Node, dev: &str, addr: &str) -> Done {
    let id = device(node.stack(), dev)?;
    let ip = prefix(addr)?.addr();
    node.configure(|stack| stack.remove_address(id, ip))
        .map_err(|e| Failure::not_found(format!("{ip} on {dev}: {e}")))?;
    Ok(Vec::new())
}

pub(crate) fn link_set(node: &mut Node, dev: &str, mtu: Option<u32>, up: Option<bool>) -> Done {
    let id = device(node.stack(), dev)?;
    let refused = |e: toe_stack::iface::IfError| Failure::refused(format!("{dev}: {e}"));
    if let Some(mtu) = mtu {
        node.configure(|stack| stack.set_mtu(id, mtu)).map_err(refused)?;
    }
    if let Some(up) = up {
        node.configure(|stack| stack.set_interface_up(id, up)).map_err(refused)?;
    }
    Ok(Vec::new())
}

pub(crate) fn routes(stack: &Stack, fib: u8) -> Result<Vec<Route>, Failure> {
    let fib = stack.fib(FibId(fib)).ok_or_else(|| no_fib(fib))?;
    let route = |r: &std::sync::Arc<toe_stack::fib::Route>| Route {
        prefix: r.prefix.to_string(),
        via: r.gateway.map(|g| g.to_string()),
        dev: name_of(stack, r.iface),
        proto: match r.kind {
            RouteKind::Connected => "connected",
            RouteKind::Static => "static",
            RouteKind::Unreachable => "unreachable",
        }
        .to_owned(),
        metric: r.metric,
        mtu: r.mtu,
        src: r.source.map(|s| s.to_string()),
    };
    Ok(fib.table().routes().map(route).collect())
}

/// What closed connections knew, by address.
/// What the shards know of paths; of one that several know, what was learnt last.
pub(crate) fn metrics(node: &Node, now: Micros) -> Vec<MetricsRow> {
    let mut known = BTreeMap::new();
    for entry in node.shards().flat_map(|shard| shard.stack().host_cache().iter()) {
        let last = known.entry(entry.addr).or_insert(entry);
        if entry.expires > last.expires {
            *last = entry;
        }
    }
    let row = |e: &toe_stack::hostcache::HostCacheEntry| MetricsRow {
        addr: e.addr.to_string(),
        rtt_us: e.metrics.srtt_us8 >> 3,
        rttvar_us: e.metrics.rttvar_us4 >> 2,
        ssthresh: (e.metrics.ssthresh < 1 << 30).then_some(e.metrics.ssthresh),
        cwnd: e.metrics.cwnd,
        left_ms: e.expires.since(now).0.div_ceil(1000),
    };
    known.into_values().filter(|e| e.expires > now).map(row).collect()
}

pub(crate) fn metrics_flush(node: &mut Node, addr: Option<IpAddr>) -> Done {
    let mut there = false;
    node.configure(|stack| match addr {
        None => stack.host_cache_mut().purge(),
        Some(addr) => there |= stack.host_cache_mut().forget(addr),
    });
    match addr {
        Some(addr) if !there => {
            return Err(Failure::not_found(format!(
                "nothing is known of {addr}; `toe ip tcp_metrics` shows of whom something is"
            )));
        }
        _ => {}
    }
    Ok(Vec::new())
}

fn no_fib(fib: u8) -> Failure {
    Failure::not_found(format!(
        "no table {fib}; this stack was started with fewer (toe daemon --set toe.fibs=N)"
    ))
}

/// The interface whose prefix holds this router.
fn towards(stack: &Stack, gateway: IpAddr) -> Option<IfId> {
    stack
        .interfaces()
        .iter()
        .find(|(_, i)| i.addrs.iter().any(|a| a.net.contains(&gateway) && a.net.addr() != gateway))
        .map(|(id, _)| id)
}

fn spec(stack: &Stack, args: &RouteArgs) -> Result<RouteSpec, Failure> {
    let net = match args.prefix.as_str() {
        "default" => parse("0.0.0.0/0", "prefix")?,
        "default6" => parse("::/0", "prefix")?,
        word => prefix(word)?.trunc(),
    };
    let gateway = args.via.as_deref().map(|via| parse::<IpAddr>(via, "address")).transpose()?;
    let source = args.src.as_deref().map(|src| parse::<IpAddr>(src, "address")).transpose()?;
    let iface = match (args.dev.as_deref(), gateway) {
        (Some(dev), _) => device(stack, dev)?,
        (None, Some(gateway)) => towards(stack, gateway).ok_or_else(|| {
            Failure::bad(format!(
                "{gateway} is on no interface's prefix: say which with `dev NAME`"
            ))
        })?,
        (None, None) if args.unreachable => stack.interfaces().loopback(),
        (None, None) => return Err(Failure::bad("where to? `via ADDRESS` or `dev NAME`")),
    };
    let kind = if args.unreachable { RouteKind::Unreachable } else { RouteKind::Static };
    let (metric, mtu) = (args.metric, args.mtu);
    Ok(RouteSpec { prefix: net, iface, gateway, metric, mtu, source, kind })
}

pub(crate) fn route_add(node: &mut Node, fib: u8, args: &RouteArgs, replace: bool) -> Done {
    let spec = spec(node.stack(), args)?;
    if node.stack().fib(FibId(fib)).is_none() {
        return Err(no_fib(fib));
    }
    let done = if replace {
        node.configure(|stack| stack.replace_route(FibId(fib), &spec))
    } else {
        node.configure(|stack| stack.add_route(FibId(fib), &spec))
    };
    done.map_err(|e| {
        let hint = if e == toe_stack::fib::RouteError::Exists {
            "; `toe ip route replace` changes it"
        } else {
            ""
        };
        Failure::refused(format!("{}: {e}{hint}", spec.prefix))
    })?;
    Ok(Vec::new())
}

pub(crate) fn route_del(node: &mut Node, fib: u8, args: &RouteArgs) -> Done {
    let table = node.stack().fib(FibId(fib)).ok_or_else(|| no_fib(fib))?;
    let net = match args.prefix.as_str() {
        "default" => parse("0.0.0.0/0", "prefix")?,
        "default6" => parse("::/0", "prefix")?,
        word => prefix(word)?.trunc(),
    };
    let via = args.via.as_deref().map(|via| parse::<IpAddr>(via, "address")).transpose()?;
    let dev = args.dev.as_deref().map(|dev| device(node.stack(), dev)).transpose()?;
    let fits = |r: &&std::sync::Arc<toe_stack::fib::Route>| {
        r.prefix == net
            && r.kind != RouteKind::Connected
            && (via.is_none() || r.gateway == via)
            && dev.is_none_or(|dev| r.iface == dev)
            && (args.metric == 0 || r.metric == args.metric)
    };
    let id = table.table().routes().find(fits).map(|r| r.id);
    let id = id.ok_or_else(|| {
        Failure::not_found(format!("no such route to {net}; connected ones go with their address"))
    })?;
    node.configure(|stack| stack.remove_route(FibId(fib), net, id))
        .map_err(|e| Failure::refused(format!("{net}: {e}")))?;
    Ok(Vec::new())
}

/// Those of all shards; of one that several know, the line of the shard whose sessions hold on to it most.
pub(crate) fn neighbours(node: &Node) -> Vec<Neighbour> {
    let mut rows: BTreeMap<(String, String), Neighbour> = BTreeMap::new();
    for shard in node.shards() {
        for n in shard.stack().neighbours().iter() {
            let row = Neighbour {
                addr: n.key.next_hop().to_string(),
                dev: name_of(shard.stack(), n.key.iface()),
                lladdr: n.mac.map(|mac| mac.to_string()),
                state: format!("{:?}", n.state).to_uppercase(),
                router: n.is_router,
                engine_sessions: n.pins,
            };
            let key = (row.dev.clone(), row.addr.clone());
            let known =
                rows.entry(key).or_insert_with(|| Neighbour { engine_sessions: 0, ..row.clone() });
            let all = known.engine_sessions + row.engine_sessions;
            let best =
                if row.engine_sessions > known.engine_sessions { row } else { known.clone() };
            *known = Neighbour { engine_sessions: all, ..best };
        }
    }
    rows.into_values().collect()
}

fn mac(word: &str) -> Result<MacAddr, Failure> {
    let mut octets = [0; 6];
    let mut parts = word.split(':');
    for octet in &mut octets {
        let part = parts.next().filter(|p| p.len() == 2);
        *octet = part.and_then(|p| u8::from_str_radix(p, 16).ok()).ok_or_else(|| {
            Failure::bad(format!("`{word}` is no station address; write 02:00:00:00:00:02"))
        })?;
    }
    let mac = MacAddr(octets);
    if parts.next().is_some() || !mac.is_unicast() {
        return Err(Failure::bad(format!("`{word}` is no station's address")));
    }
    Ok(mac)
}

pub(crate) fn neigh_set(node: &mut Node, now: Micros, dev: &str, addr: &str, lladdr: &str) -> Done {
    let (id, ip, mac) = (device(node.stack(), dev)?, parse(addr, "address")?, mac(lladdr)?);
    node.configure(|stack| stack.set_neighbour(now, id, ip, mac))
        .map_err(|e| Failure::refused(format!("{addr}: {e}")))?;
    Ok(Vec::new())
}

pub(crate) fn neigh_del(node: &mut Node, now: Micros, dev: &str, addr: &str) -> Done {
    let (id, ip) = (device(node.stack(), dev)?, parse(addr, "address")?);
    let key = node.stack().neighbour_key(id, ip);
    // Each shard knows the neighbours that it needs.
    let mut there = false;
    if let Some(key) = key {
        node.configure(|stack| there |= stack.remove_neighbour(now, key));
    }
    let key = key.filter(|_| there);
    key.map(|_| Vec::new())
        .ok_or_else(|| Failure::not_found(format!("{addr} is no neighbour on {dev}")))
}
