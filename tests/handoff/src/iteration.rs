// SPDX-License-Identifier: Apache-2.0
//! One iteration.

use std::net::{IpAddr, SocketAddr};

use toe_api::{Action, Micros, Owner, Rule, TcpId};
use toe_stack::{FibId, RouteSpec};
use toe_testkit::capture::Packet;
use toe_testkit::{Host, Kind, Scene, Transfer};
use toe_world::{ConnectionId, Dice, Fate, Hook, State, WorldError, pattern_sha256};

use crate::excuse::{Excuse, judge};
use crate::owners::Watch;
use crate::plan::{MOVES, OUR_PATTERN, PEER_PATTERN, Plan, Talk};

const SECOND: u64 = 1_000_000;
/// World time without a byte that is a stall: longer than any timer of either side (RFC 6298 allows 60 s).
const STALL: u64 = 200 * SECOND;
/// A window that was open for so long and is not used will not be: twice the longest timer.
const PATIENCE: u64 = 120 * SECOND;
/// World time for everything.
const LIMIT: Micros = Micros(7_200 * SECOND);
/// Programs get their turn at least so often.
const PIECE: Micros = Micros(10_000);
/// Bytes of an Ethernet header.
const ETHERNET: usize = 14;
/// A port of ours for each session.
const FIRST_PORT: u16 = 2000;

/// What an iteration did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Sessions.
    pub sessions: u64,
    /// Sessions that the engine took.
    pub out: u64,
    /// Sessions that came back.
    pub back: u64,
    /// Payload bytes, both directions.
    pub bytes: u64,
    /// Segments that were caught in transit and replayed into the engine.
    pub replayed: u64,
    /// Frames that the wire lost.
    pub lost: u64,
    /// World time, µs.
    pub time_us: u64,
    /// Sessions that ended in a stall which the capture shows to be the peer's ([`crate::excuse`]).
    pub excused: u64,
    /// The first of these.
    pub excuse: Option<Excuse>,
}

impl std::ops::AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.sessions += other.sessions;
        self.out += other.out;
        self.back += other.back;
        self.bytes += other.bytes;
        self.replayed += other.replayed;
        self.lost += other.lost;
        self.time_us += other.time_us;
        self.excused += other.excused;
        self.excuse = self.excuse.or(other.excuse);
    }
}

/// A session and its program.
struct Live {
    id: TcpId,
    peer: ConnectionId,
    talk: Talk,
    /// Our end and the peer's.
    ends: (SocketAddr, SocketAddr),
    transfer: Transfer,
    moves: u32,
    /// It does not read before.
    reads_at: Micros,
}

/// Runs the iteration of a seed. `None`: this device is not built into the program.
///
/// # Panics
/// When something is wrong; the capture is left in `out/failures`.
#[must_use]
pub fn run(kind: Kind, seed: u64) -> Option<Outcome> {
    let plan = Plan::new(kind, seed);
    let mut dice = Dice::new(seed, MOVES);
    let mut scene = plan.scene.clone().build()?;
    scene.node.offload_mut().set_automatic(dice.below(2) == 0);
    if dice.below(3) == 0 {
        let mut world = scene.world.lock();
        world.hook_to_peer(Some(bit_flips(seed, 1)));
        world.hook_to_device(Some(bit_flips(seed, 2)));
    }
    let mut live = Vec::new();
    for (talk, port) in plan.talks.iter().zip(FIRST_PORT..) {
        live.push(open(&mut scene, talk, port));
    }
    let ids: Vec<TcpId> = live.iter().map(|l| l.id).collect();
    let mut watch = Watch::default();
    let mut last = (0_u64, scene.now());
    let mut calm_at = None;
    let mut stalled = false;
    let mut turn = |s: &mut Scene| {
        let now = s.now();
        watch.look(s, &ids);
        let mut done = true;
        for l in &mut live {
            drive(s, l, &mut dice, now);
            if l.moves < plan.moves && dice.below(1000) < plan.restless {
                watch.home(s, &ids);
                move_it(s, l, &mut dice, now);
            }
            done &= over(s, l);
        }
        if plan.unsteady && calm_at.is_none() && dice.below(400) == 0 {
            disturb(s, &mut dice, now);
            calm_at = Some(now + Micros(dice.below(300_000)));
        } else if calm_at.is_some_and(|at| at <= now) {
            settle(s);
            calm_at = None;
        }
        let moved = live.iter().map(|l| l.transfer.sent + l.transfer.received).sum::<u64>()
            + u64::try_from(live.iter().filter(|l| over(s, l)).count()).unwrap_or(0);
        if moved != last.0 {
            last = (moved, now);
        }
        stalled = now.0 >= last.1.0 + STALL;
        done || stalled
    };
    // In pieces: programs that wait, and whatever changes later, need their turn though nobody else does.
    while let Err(error) = scene.try_run(PIECE, &mut turn) {
        let late = matches!(error, WorldError::Budget { what: "virtual time", .. });
        assert!(late && scene.now() < LIMIT, "{error}\n{}", scene.situation());
    }
    if stalled {
        return Some(stall(&mut scene, &live));
    }
    // Nothing disturbs the rest.
    settle(&mut scene);
    watch.home(&mut scene, &ids);
    let mut outcome = finish(&mut scene, &mut live);
    outcome.time_us = scene.now().0;
    Some(outcome)
}

/// One TCP packet in some hundred arrives with one wrong bit: what checksums must find. (They cannot find every pair of
/// bits, and ARP has none.)
fn bit_flips(seed: u64, purpose: u64) -> Hook {
    let mut dice = Dice::new(seed, purpose << 32 | 0x666c_6970);
    Box::new(move |frame, _| {
        let ip = &frame[ETHERNET..];
        let tcp = match frame[12..ETHERNET] {
            [0x08, 0x00] => ip.get(9) == Some(&6),
            [0x86, 0xdd] => ip.get(6) == Some(&6),
            _ => false,
        };
        if tcp && dice.below(300) == 0 {
            let bit = dice.below(ip.len() as u64 * 8);
            Fate::FlipBit(ETHERNET * 8 + usize::try_from(bit).unwrap_or(0))
        } else {
            Fate::Chance
        }
    })
}

fn open(scene: &mut Scene, talk: &Talk, port: u16) -> Live {
    let (id, peer) = if talk.we_connect {
        scene.connected(talk.ipv6, port, talk.options, talk.behaviour)
    } else {
        scene.accepted(talk.ipv6, port, talk.options, talk.behaviour)
    };
    let own = SocketAddr::new(Host::own(talk.ipv6), port);
    let connection = scene.connection(peer);
    let theirs = SocketAddr::new(Host::peer(talk.ipv6), connection.local_port);
    let ends = (connection.remote.unwrap_or(own), theirs);
    let mut transfer = Transfer::new(id, talk.out, OUR_PATTERN, None);
    transfer.close = talk.we_close;
    transfer.check = Some(PEER_PATTERN);
    Live { id, peer, talk: *talk, ends, transfer, moves: 0, reads_at: Micros::ZERO }
}

fn drive(scene: &mut Scene, live: &mut Live, dice: &mut Dice, now: Micros) {
    // An application that does not always read.
    if dice.below(100) == 0 {
        live.reads_at = now + Micros(dice.below(100_000));
    }
    live.transfer.paused = now < live.reads_at;
    live.transfer.close |= live.transfer.ended;
    live.transfer.drive(now, &mut scene.node);
    assert_eq!(
        (live.transfer.error, live.transfer.wrong),
        (None, None),
        "error, or first wrong piece: socket {}: {:?}\n{}",
        live.id.index(),
        live.talk,
        scene.situation()
    );
}

fn over(scene: &mut Scene, live: &Live) -> bool {
    let t = &live.transfer;
    t.ended && t.closed && scene.connection(live.peer).is_done()
}

/// What is left of an iteration in which nothing moves any more: right when the capture shows for each session that is
/// not over that the peer broke its window, and everything else is as it should be.
fn stall(scene: &mut Scene, live: &[Live]) -> Outcome {
    let packets = scene.captured().unwrap_or_default();
    let segments: Vec<_> = packets
        .into_iter()
        .filter_map(|packet| match packet {
            Packet::Tcp(segment) => Some(segment),
            Packet::Arp { .. } | Packet::Other { .. } => None,
        })
        .collect();
    let end = scene.now().0 * 1000;
    let mut outcome = Outcome { sessions: live.len() as u64, ..Outcome::default() };
    let mut why = Vec::new();
    for l in live {
        let (c, t, talk) = (scene.connection(l.peer), &l.transfer, &l.talk);
        // Our direction is never excused.
        let there = c.received == talk.out
            && t.sent == talk.out
            && c.received_sha256() == pattern_sha256(OUR_PATTERN, talk.out);
        if over(scene, l) {
            let back = t.received == talk.back
                && t.received_sha256() == pattern_sha256(PEER_PATTERN, talk.back);
            if !there || !back {
                why.push(format!("socket {} is over, but not all has arrived", l.id.index()));
            }
        } else {
            match judge(&segments, l.ends, end, PATIENCE * 1000) {
                Ok(excuse) if there => {
                    outcome.excused += 1;
                    outcome.excuse = outcome.excuse.or(Some(excuse));
                }
                Ok(_) => why.push(format!("socket {}: our bytes are missing", l.id.index())),
                Err(ours) => why.push(format!("socket {}: {ours}", l.id.index())),
            }
        }
        outcome.bytes += talk.out + t.received;
    }
    assert!(why.is_empty(), "nothing moves any more: {}\n{}", why.join("; "), scene.situation());
    let name = scene.keep_capture().unwrap_or_else(|error| error.to_string());
    eprintln!("{name}: {} of {} sessions excused", outcome.excused, live.len());
    let stats = scene.node.offload().stats();
    outcome.out = stats.installed;
    outcome.back = stats.returned;
    outcome.replayed = stats.replayed;
    outcome.time_us = scene.now().0;
    outcome
}

fn move_it(scene: &mut Scene, live: &mut Live, dice: &mut Dice, now: Micros) {
    let moved = match scene.node.owner(live.id) {
        Owner::Engine => {
            let again = match dice.below(3) {
                0 => Some(Micros(now.0 + dice.below(20_000))),
                _ => None,
            };
            scene.node.take_back(now, live.id, again).is_ok()
        }
        Owner::Host => scene.node.offload_now(now, live.id).is_ok(),
        Owner::InTransit | Owner::InTransitBack | Owner::Ended => false,
    };
    live.moves += u32::from(moved);
}

/// Something changes under the sessions.
fn disturb(scene: &mut Scene, dice: &mut Dice, now: Micros) {
    let port = scene.node.interface();
    let peer = Host::peer(dice.below(2) == 0);
    match dice.below(5) {
        0 => {
            let mtu = 1280 + u32::try_from(dice.below(221)).unwrap_or(0);
            let _taken = scene.node.stack_mut().set_mtu(port, mtu);
        }
        1 => {
            if let Some(key) = scene.node.stack().neighbour_key(port, peer) {
                scene.node.stack_mut().remove_neighbour(now, key);
            }
        }
        2 => {
            let _up_again_soon = scene.node.stack_mut().set_interface_up(port, false);
        }
        3 => {
            let local_port = FIRST_PORT + u16::try_from(dice.below(3)).unwrap_or(0);
            scene.node.policy_mut().push(Rule::local_port(local_port, Action::Software));
        }
        _ => {
            // A host route to where the connected one leads anyway, and away again.
            let prefix = match peer {
                IpAddr::V4(_) => "10.0.0.2/32".parse(),
                IpAddr::V6(_) => "fd00::2/128".parse(),
            };
            if let Ok(prefix) = prefix {
                let mtu = Some(1300 + u32::try_from(dice.below(200)).unwrap_or(0));
                let spec = RouteSpec { mtu, ..RouteSpec::on_link(prefix, port) };
                let _taken = scene.node.stack_mut().replace_route(FibId(0), &spec);
            }
        }
    }
}

/// Interface up, no rules.
fn settle(scene: &mut Scene) {
    let port = scene.node.interface();
    let _exists = scene.node.stack_mut().set_interface_up(port, true);
    scene.node.policy_mut().clear();
}

fn finish(scene: &mut Scene, live: &mut [Live]) -> Outcome {
    let mut outcome = Outcome { sessions: live.len() as u64, ..Outcome::default() };
    for l in live.iter_mut() {
        let (c, t, talk) = (scene.connection(l.peer), &l.transfer, &l.talk);
        let what = format!("socket {}: {talk:?}\n{}", l.id.index(), scene.situation());
        assert_eq!(
            (t.sent, c.received, c.sent, t.received),
            (talk.out, talk.out, talk.back, talk.back),
            "{what}"
        );
        assert_eq!(c.received_sha256(), pattern_sha256(OUR_PATTERN, talk.out), "{what}");
        assert_eq!(t.received_sha256(), pattern_sha256(PEER_PATTERN, talk.back), "{what}");
        assert_eq!(c.state, State::Closed, "{what}");
        assert_eq!(scene.node.take_error(l.id), Ok(None), "{what}");
        outcome.bytes += talk.out + talk.back;
    }
    let carried = scene.node.total_bytes();
    assert_eq!(carried.engine.total() + carried.software.total(), outcome.bytes, "{carried:?}");
    for l in live.iter() {
        let now = scene.now();
        assert_eq!(scene.node.close(now, l.id), Ok(()));
    }
    // FIN_WAIT_2 and TIME_WAIT of either side, and sessions that the engine still closes.
    scene.run("nothing is left", Micros(300 * SECOND), |s| {
        s.node.driver().session_slots().0 == 0 && s.node.offload().hops_in_use() == 0
    });
    let stats = scene.node.offload().stats();
    assert_eq!(stats.out, stats.installed + stats.refused, "{stats:?}");
    assert_eq!(stats.installed, stats.returned + stats.closed, "{stats:?}");
    assert_eq!((stats.failed, scene.node.stats().faults), (0, 0), "{}", scene.situation());
    let world = scene.world.lock().statistics();
    assert_eq!(world.faults.total(), 0, "the engine touched memory that it was not given");
    outcome.out = stats.installed;
    outcome.back = stats.returned;
    outcome.replayed = stats.replayed;
    outcome.lost = world.to_peer.lost + world.to_device.lost;
    outcome
}
