// SPDX-License-Identifier: Apache-2.0
//! One table of everything that is a TCP session or was one (S-EXP-1, S-TOE-11).

use toe_abi::TcpState;
use toe_offload::Owner;
use toe_stack::table::{Row, state_name};
use toe_stack::{Micros, TcpId};

use super::detail;
use super::proto::{Carried, Socket, TimeWaitRow, Timer};
use crate::{Node, Shard};

/// RFC 9293's name of a state in the engine's words.
fn engine_state(state: TcpState) -> &'static str {
    match state {
        TcpState::Closed => "CLOSED",
        TcpState::Listen => "LISTEN",
        TcpState::SynSent => "SYN_SENT",
        TcpState::SynRcvd => "SYN_RECEIVED",
        TcpState::Established => "ESTABLISHED",
        TcpState::FinWait1 => "FIN_WAIT_1",
        TcpState::FinWait2 => "FIN_WAIT_2",
        TcpState::CloseWait => "CLOSE_WAIT",
        TcpState::Closing => "CLOSING",
        TcpState::LastAck => "LAST_ACK",
        TcpState::TimeWait => "TIME_WAIT",
    }
}

fn column(ipv6: bool) -> String {
    if ipv6 { "toe6" } else { "toe4" }.to_owned()
}

/// All rows as of one instant; with `detail` those of the engine as of its last answers.
pub(crate) fn rows(node: &Node, now: Micros, detail: bool) -> Vec<Socket> {
    let mut rows: Vec<Socket> = Vec::new();
    for shard in node.shards() {
        for row in shard.stack().tcp_table(now) {
            // A listener is in every shard: one row, with the sessions that wait in all.
            if let Row::Listener { id, waiting, .. } = row
                && let Some(known) = rows.iter_mut().find(|s| s.id == Some(id.index()))
            {
                known.recv_q += waiting as u64;
                continue;
            }
            rows.push(socket(node, shard, now, &row, detail));
        }
    }
    rows
}

/// The row of a socket.
pub(crate) fn one(node: &Node, now: Micros, id: u32) -> Option<(TcpId, Socket)> {
    let is_it = |row: &Row| id_of(row).is_some_and(|i| i.index() == id);
    let (shard, row) =
        node.shards().find_map(|shard| Some((shard, shard.stack().tcp_table(now).find(is_it)?)))?;
    Some((id_of(&row)?, socket(node, shard, now, &row, true)))
}

pub(crate) fn id_of(row: &Row) -> Option<TcpId> {
    match row {
        Row::Listener { id, .. } | Row::Session { id, .. } | Row::Away { id, .. } => Some(*id),
        Row::SynReceived { .. } | Row::TimeWait { .. } | Row::EngineTimeWait { .. } => None,
    }
}

fn socket(node: &Node, shard: &Shard, now: Micros, row: &Row, detail: bool) -> Socket {
    let (stack, offload) = (shard.stack(), shard.offload());
    let mut s = Socket {
        state: row.state().to_owned(),
        offload: "-".to_owned(),
        owner: "host".to_owned(),
        ..Socket::default()
    };
    let timer = |name: &str, left: Micros| {
        Some(Timer { name: name.to_owned(), left_ms: left.0.div_ceil(1000) })
    };
    match row {
        Row::Listener { id, local, port, waiting, backlog } => {
            s.id = Some(id.index());
            s.local = match local {
                toe_stack::ports::LocalAddr::One(addr) => {
                    toe_stack::Endpoint::new(*addr, *port).to_string()
                }
                toe_stack::ports::LocalAddr::AnyV4 => format!("0.0.0.0:{port}"),
                toe_stack::ports::LocalAddr::Any => format!("[::]:{port}"),
            };
            s.peer = "*:*".to_owned();
            (s.recv_q, s.send_q) = (*waiting as u64, *backlog as u64);
        }
        Row::Session { id, tuple, info } => {
            s.id = Some(id.index());
            (s.local, s.peer) = (tuple.local.to_string(), tuple.remote.to_string());
            s.recv_q = info.rcv_data_end.since(info.rcv_read).into();
            s.send_q = info.snd_end.since(info.snd_una).into();
            s.state = state_name(info.state).to_owned();
            s.timer = detail::timers(info, Micros::ZERO).into_iter().next();
            let others = node.charges_elsewhere(shard.index());
            s.reason = offload.why_here(now, stack, others, *id).map(|r| r.to_string());
            s.carried = Some(carried(node, *id));
            if detail {
                s.info = Some(Box::new(detail::info(info, false, Micros::ZERO)));
            }
        }
        Row::Away { id, tuple, .. } => {
            s.id = Some(id.index());
            (s.local, s.peer) = (tuple.local.to_string(), tuple.remote.to_string());
            let owner = offload.owner(*id);
            s.owner = owner.to_string();
            s.offload = column(tuple.is_ipv6());
            s.rule = offload.charge(*id).map(|n| n + 1);
            s.carried = Some(carried(node, *id));
            let known = node.session_info(*id);
            // On its way out the driver has heard nothing of it yet.
            if let Some(known) = known.as_ref().filter(|_| owner != Owner::InTransit) {
                s.state = engine_state(known.tcp_state).to_owned();
                s.recv_q = known.readable.into();
                s.send_q = known.snd_end.wrapping_sub(known.snd_una).into();
                if s.send_q > u64::from(u32::MAX / 2) {
                    s.send_q = 0; // our FIN is acknowledged
                }
            }
            if owner == Owner::Engine
                && let Some((info, age)) = node.tcp_info(now, *id)
            {
                s.timer = detail::timers(&info, age).into_iter().next();
                if detail {
                    let parked = known.is_some_and(|k| k.parked);
                    s.info = Some(Box::new(detail::info(&info, parked, age)));
                }
            }
        }
        Row::SynReceived { tuple, timer: left, .. } => {
            (s.local, s.peer) = (tuple.local.to_string(), tuple.remote.to_string());
            s.timer = timer("synack", *left);
        }
        Row::TimeWait { tuple, left } => {
            (s.local, s.peer) = (tuple.local.to_string(), tuple.remote.to_string());
            s.timer = timer("2msl", *left);
        }
        Row::EngineTimeWait { tuple } => {
            (s.local, s.peer) = (tuple.local.to_string(), tuple.remote.to_string());
            s.offload = column(tuple.is_ipv6());
            s.owner = "engine".to_owned();
            s.timer = node.time_wait_left(tuple).and_then(|left| timer("2msl", left));
        }
    }
    s
}

fn carried(node: &Node, id: TcpId) -> Carried {
    let bytes = node.bytes(id);
    Carried {
        software_sent: bytes.software.sent,
        software_received: bytes.software.received,
        engine_sent: bytes.engine.sent,
        engine_received: bytes.engine.received,
    }
}

/// Both TIME_WAIT tables.
pub(crate) fn time_waits(node: &Node, now: Micros) -> Vec<TimeWaitRow> {
    let rows = node.shards().flat_map(|shard| shard.stack().tcp_table(now));
    rows.filter_map(|row| {
        let (table, tuple, left) = match row {
            Row::TimeWait { tuple, left } => ("software", tuple, Some(left)),
            Row::EngineTimeWait { tuple } => ("engine", tuple, node.time_wait_left(&tuple)),
            _ => return None,
        };
        Some(TimeWaitRow {
            table: table.to_owned(),
            local: tuple.local.to_string(),
            peer: tuple.remote.to_string(),
            left_ms: left.map(|left| left.0.div_ceil(1000)),
        })
    })
    .collect()
}
