// SPDX-License-Identifier: Apache-2.0
//! Requests against a node.

use toe_offload::{Action, CapsError, Owner, Policy, PolicyError, Toggles};
use toe_stack::{Micros, TcpId};

use super::proto::{DryRunRow, Failure, OffloadStatus, Reply, Request, Rule, RuleRow};
use super::sysctl::{Source, Sysctls};
use super::{ip, table};
use crate::Node;

/// Sessions whose state is asked of the engine for one answer; older copies, or none, are shown of others.
const MAX_LOOKS: usize = 4096;

/// Answers requests. One for a node, whoever asks.
#[derive(Debug)]
pub struct Service {
    name: String,
    sysctls: Sysctls,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The answer.
    Done(Result<Reply, Failure>),
    /// The engine was asked: poll the node, then call [`Service::again`]; whatever is there by then is the answer.
    Wait,
}

fn done(result: Result<Vec<String>, Failure>) -> Result<Reply, Failure> {
    result.map(|messages| Reply::Done { messages })
}

fn no_socket(id: u32) -> Failure {
    Failure::not_found(format!("no socket {id}; `toe ss` lists them"))
}

fn policy(text: &str) -> Result<Policy, Failure> {
    Policy::parse(text).map_err(|PolicyError { line, what }| {
        Failure::bad(format!("policy, line {line}: {what}; the one in use is unchanged"))
    })
}

impl Service {
    /// For a stack that runs with these settings. `name`: what the device is, for people.
    #[must_use]
    pub fn new(name: &str, sysctls: Sysctls) -> Self {
        Self { name: name.to_owned(), sysctls }
    }

    /// Carries a request out, or begins to.
    pub fn begin(&mut self, now: Micros, node: &mut Node, request: &Request) -> Outcome {
        match request {
            Request::Sockets { detail: true } => {
                let there = node.in_engine();
                for id in there.iter().take(MAX_LOOKS) {
                    node.look(now, *id);
                }
                if !there.is_empty() {
                    return Outcome::Wait;
                }
            }
            Request::Socket { id } => {
                if let Some((id, _)) = table::one(node, now, *id)
                    && node.owner(id) == Owner::Engine
                {
                    node.look(now, id);
                    return Outcome::Wait;
                }
            }
            Request::TimeWait if node.begin_walk(now) => return Outcome::Wait,
            _ => {}
        }
        Outcome::Done(self.answer(now, node, request))
    }

    /// Whether the engine has answered what [`Service::begin`] asked.
    #[must_use]
    pub fn ready(node: &Node, request: &Request) -> bool {
        match request {
            Request::TimeWait => !node.walks(),
            Request::Sockets { .. } | Request::Socket { .. } => {
                let there = node.in_engine();
                there.into_iter().take(MAX_LOOKS).all(|id| !node.of(id).offload().is_looking(id))
            }
            _ => true,
        }
    }

    /// The answer to a request that waited.
    pub fn again(
        &mut self,
        now: Micros,
        node: &mut Node,
        request: &Request,
    ) -> Result<Reply, Failure> {
        self.answer(now, node, request)
    }

    #[allow(clippy::too_many_lines)] // one arm a command
    fn answer(
        &mut self,
        now: Micros,
        node: &mut Node,
        request: &Request,
    ) -> Result<Reply, Failure> {
        match request {
            Request::Hello => Ok(Reply::Hello {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                device: self.name.clone(),
                now_us: now.0,
                lost: node.is_lost(),
            }),
            Request::Sockets { detail } => {
                Ok(Reply::Sockets { now_us: now.0, rows: table::rows(node, now, *detail) })
            }
            Request::Socket { id } => {
                let (_, row) = table::one(node, now, *id).ok_or_else(|| no_socket(*id))?;
                Ok(Reply::Socket { now_us: now.0, row: Box::new(row) })
            }
            Request::Addr => Ok(Reply::Links { rows: ip::links(node.stack()) }),
            Request::AddrAdd { dev, prefix } => done(ip::addr_add(node, now, dev, prefix)),
            Request::AddrDel { dev, addr } => done(ip::addr_del(node, dev, addr)),
            Request::LinkSet { dev, mtu, up } => done(ip::link_set(node, dev, *mtu, *up)),
            Request::Route { fib } => Ok(Reply::Routes { rows: ip::routes(node.stack(), *fib)? }),
            Request::RouteAdd { fib, route, replace } => {
                done(ip::route_add(node, *fib, route, *replace))
            }
            Request::RouteDel { fib, route } => done(ip::route_del(node, *fib, route)),
            Request::Rule => Ok(Reply::Rules {
                rows: ip::links(node.stack())
                    .into_iter()
                    .map(|l| Rule { dev: l.name, table: l.table })
                    .collect(),
            }),
            Request::Neigh => Ok(Reply::Neighbours { rows: ip::neighbours(node) }),
            Request::NeighSet { dev, addr, lladdr } => {
                done(ip::neigh_set(node, now, dev, addr, lladdr))
            }
            Request::NeighDel { dev, addr } => done(ip::neigh_del(node, now, dev, addr)),
            Request::TcpMetrics => Ok(Reply::TcpMetrics { rows: ip::metrics(node, now) }),
            Request::TcpMetricsFlush { addr } => done(ip::metrics_flush(node, *addr)),
            Request::Sysctl { prefix } => {
                let rows = self.sysctls.list(prefix);
                if rows.is_empty() {
                    return Err(Failure::not_found(Sysctls::unknown(prefix)));
                }
                Ok(Reply::Sysctls { rows })
            }
            Request::SysctlSet { name, value } => {
                Sysctls::live(name).map_err(Failure::refused)?;
                self.sysctls.set(name, value, Source::Running).map_err(Failure::bad)?;
                node.configure(|stack| stack.set_live(self.sysctls.config()));
                Ok(Reply::Sysctls { rows: self.sysctls.list(name) })
            }
            Request::Policy => Ok(show_policy(node)),
            Request::PolicyLoad { text } => {
                let new = policy(text)?;
                node.set_policy(&new);
                Ok(show_policy(node))
            }
            Request::PolicyDryRun { text } => Ok(dry_run(node, now, &policy(text)?)),
            Request::Offload => Ok(Reply::Offload(Box::new(self.status(node)))),
            Request::Caps { dev, toggles } => caps(node, dev, toggles),
            Request::TakeBack { id } => move_sessions(node, now, *id, false),
            Request::Reoffload { id } => move_sessions(node, now, *id, true),
            Request::Automatic { on } => {
                node.set_automatic(now, *on);
                done(Ok(Vec::new()))
            }
            Request::TimeWait => Ok(Reply::TimeWait { rows: table::time_waits(node, now) }),
            Request::Stats => Ok(Reply::Stats { rows: stats(node) }),
            Request::Capture { filter } => {
                let capture = node.capture_start(now, filter.clone()).ok_or_else(|| {
                    Failure::new("busy", "too many captures run; end one, or wait a minute")
                })?;
                let away = !node.in_engine().is_empty();
                Ok(Reply::Capture { capture, engine: away })
            }
            Request::CaptureRead { capture, stop } => {
                let read = node.capture_read(now, *capture, *stop);
                let (frames, dropped) = read.ok_or_else(|| {
                    Failure::not_found("no such capture: nobody read it for a minute")
                })?;
                Ok(Reply::Frames { frames, dropped })
            }
        }
    }

    fn status(&self, node: &Node) -> OffloadStatus {
        let (sessions, slots) = node.driver().session_slots();
        let bytes = node.total_bytes();
        let stats = node.handoff_stats();
        let counters = stats.named().filter(|(_, n)| *n > 0);
        OffloadStatus {
            device: self.name.clone(),
            lost: node.is_lost(),
            automatic: node.offload().is_automatic(),
            sessions: sessions as u64,
            slots: slots as u64,
            ring_bytes: node.driver().ring_memory() as u64,
            next_hops: node.shards().map(|s| s.offload().hops_in_use() as u64).sum(),
            time_waits: node.shards().map(|s| s.offload().time_waits() as u64).sum(),
            software_sent: bytes.software.sent,
            software_received: bytes.software.received,
            engine_sent: bytes.engine.sent,
            engine_received: bytes.engine.received,
            quota: node.offload().policy().quota,
            counters: counters.map(|(name, n)| (name.to_owned(), n)).collect(),
            reasons: stats.reasons.iter().map(|(reason, n)| (reason.to_string(), *n)).collect(),
        }
    }
}

fn show_policy(node: &Node) -> Reply {
    let policy = node.offload().policy();
    let mut used = vec![0_u64; policy.len()];
    let mut hits = vec![0_u64; policy.len()];
    let mut default_hits = 0;
    for shard in node.shards() {
        for charge in shard.offload().charges() {
            if let Some(n) = charge.and_then(|n| used.get_mut(n)) {
                *n += 1;
            }
        }
        let of_rules = shard.offload().policy().rules();
        hits.iter_mut().zip(of_rules).for_each(|(sum, (_, n))| *sum += n);
        default_hits += shard.offload().policy().default_hits();
    }
    let rules = policy.rules().zip(used).zip(hits).map(|(((rule, _), in_engine), hits)| RuleRow {
        rule: rule.to_string(),
        hits,
        in_engine,
    });
    let default = if policy.default == Action::Offload { "offload" } else { "!offload" };
    Reply::Policy {
        text: policy.to_string(),
        rules: rules.collect(),
        default: default.to_owned(),
        default_hits,
    }
}

fn dry_run(node: &Node, now: Micros, policy: &Policy) -> Reply {
    let mut there = Vec::new();
    let rows: Vec<toe_offload::DryRun> = node
        .shards()
        .flat_map(|s| s.offload().dry_run(now, s.stack(), policy, &mut there))
        .collect();
    let row = |r: &toe_offload::DryRun| {
        let then = match (r.away, r.may.is_ok()) {
            (true, true) => "stays",
            (true, false) => "comes back",
            (false, true) => "goes",
            (false, false) => "stays in software",
        };
        DryRunRow {
            id: r.id.index(),
            local: r.subject.tuple.local.to_string(),
            peer: r.subject.tuple.remote.to_string(),
            now: node.owner(r.id).to_string(),
            then: then.to_owned(),
            rule: r.rule.map(|n| n + 1),
            reason: r.may.err().map(|reason| reason.to_string()),
        }
    };
    Reply::DryRun { rows: rows.iter().map(row).collect() }
}

fn caps(node: &mut Node, dev: &str, words: &[String]) -> Result<Reply, Failure> {
    let id = ip::device(node.stack(), dev)?;
    let bad = |e: CapsError| Failure::refused(e.to_string());
    let toggles = Toggles::parse(words.iter().map(String::as_str)).map_err(bad)?;
    let messages = node.toggle_caps(id, &toggles).map_err(bad)?;
    done(Ok(messages))
}

fn move_sessions(
    node: &mut Node,
    now: Micros,
    id: Option<u32>,
    out: bool,
) -> Result<Reply, Failure> {
    let ids: Vec<TcpId> = match id {
        Some(id) => vec![table::one(node, now, id).ok_or_else(|| no_socket(id))?.0],
        None if out => node.shards().flat_map(|s| s.stack().established()).collect(),
        None => node.in_engine(),
    };
    let (mut moved, mut reasons) = (0_usize, Vec::new());
    for one in ids {
        let result = if out {
            node.offload_now(now, one).map_err(|reason| format!("socket {}: {reason}", one.index()))
        } else {
            node.take_back(now, one, None).map_err(|owner| {
                format!("socket {}: the engine does not have it ({owner})", one.index())
            })
        };
        match result {
            Ok(()) => moved += 1,
            Err(reason) => reasons.push(reason),
        }
    }
    if id.is_some() && moved == 0 {
        return Err(Failure::refused(reasons.join("; ")));
    }
    let way = if out { "on the way to the engine" } else { "on the way back" };
    let plural = if moved == 1 { "session" } else { "sessions" };
    let mut messages = vec![format!("{moved} {plural} {way}")];
    messages.extend(reasons);
    done(Ok(messages))
}

fn stats(node: &mut Node) -> Vec<(String, u64)> {
    let mut rows: Vec<(String, u64)> = Vec::new();
    if let Ok(stats) = node.driver_mut().stats() {
        rows.extend(stats.iter().map(|(name, n)| (name.to_owned(), n)));
    }
    rows.extend(node.handoff_stats().named().map(|(name, n)| (format!("handoff_{name}"), n)));
    rows.extend(node.stats().named().map(|(name, n)| (format!("node_{name}"), n)));
    rows.extend(node.stack_stats().iter().map(|(name, n)| (format!("stack_{name}"), n)));
    rows
}
