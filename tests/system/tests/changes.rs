// SPDX-License-Identifier: Apache-2.0
//! What changes under many live sessions of the engine, what it costs, and that the wire shows either the old header or
//! the new one and after the fence the new one only: a MAC address, a route, an MTU, the policy (S-RTC-3).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use toe_api::{MacAddr, Micros, Owner, Policy, TcpId, TcpOptions};
use toe_model::ModelConfig;
use toe_stack::{FibId, RouteSpec};
use toe_system_tests::on_all_devices;
use toe_testkit::{Kind, Scene, SceneConfig};
use toe_world::{Behaviour, ConnectionId, Direction, Fate, WireProfile};

on_all_devices!(header_changes_under_many_sessions, mtu_and_policy_change_under_many_sessions);

const SECOND: Micros = Micros(1_000_000);
/// Two routers, and a station that takes over from the first.
const A: [u8; 6] = [2, 0, 0, 0, 0, 0xa1];
const A2: [u8; 6] = [2, 0, 0, 0, 0, 0xa2];
const B: [u8; 6] = [2, 0, 0, 0, 0, 0xb1];
/// What was put on the wire before a fence has left after this.
const DRAIN: Micros = Micros(500);

/// (destination, source) of the frames of sessions, and how many; and the longest IP packet.
type Seen = Arc<Mutex<(BTreeMap<([u8; 6], [u8; 6]), u64>, usize)>>;

struct Many {
    scene: Scene,
    talks: Vec<(TcpId, ConnectionId)>,
    next: usize,
    sent: Vec<u64>,
    got: Vec<u64>,
    seen: Seen,
}

/// What a change cost until the fence: register writes, commands, clocks, world time.
struct Cost {
    writes: u64,
    commands: u64,
    cycles: u64,
    time: Micros,
}

impl Many {
    /// Sessions to 10.9.0.2 behind router A.
    fn new(test: &str, kind: Kind) -> Option<Self> {
        let (kind, count) = match kind {
            Kind::Model => {
                let model =
                    ModelConfig { sessions: 1024, lookup_entries: 1024, ..ModelConfig::SMALL };
                (Kind::ModelWith(model), 1000)
            }
            Kind::RtlSmall => (kind, 60),
            Kind::RtlMid => (kind, 1000),
            // The same logic on a wider datapath: too slow for what it would add.
            _ => return None,
        };
        let wire = Direction { delay_ns: 5_000, ..Direction::CLEAN };
        let mut config = SceneConfig::new(test, kind).wire(WireProfile::both(wire));
        config.peer.addresses = vec![([10, 9, 0, 2].into(), 24), ([10, 0, 0, 2].into(), 24)];
        config.peer.gateways = vec![[10, 0, 0, 1].into()];
        config.peer.also = vec![A, A2, B];
        (config.peer.send_buffer, config.peer.receive_buffer) = (2048, 2048);
        let mut scene = config.build()?;
        let (port, now) = (scene.node.interface(), scene.now());
        for (ip, mac) in [([10, 0, 0, 11], A), ([10, 0, 0, 12], B)] {
            scene.node.stack_mut().set_neighbour(now, port, ip.into(), MacAddr(mac)).unwrap();
        }
        let route = RouteSpec::via("10.9.0.0/24".parse().unwrap(), port, [10, 0, 0, 11].into());
        scene.node.stack_mut().add_route(FibId(0), &route).unwrap();
        scene.peer(|p| p.listen(7, Behaviour::echo()));
        let options = TcpOptions { snd_ring: 4096, rcv_ring: 4096, ..TcpOptions::default() };
        let mut talks = Vec::new();
        // A few at a time: the peer's backlog is short.
        while talks.len() < count {
            let batch: Vec<TcpId> = (talks.len()..count.min(talks.len() + 4))
                .map(|_| {
                    let now = scene.now();
                    scene.node.connect(now, "10.9.0.2:7".parse().unwrap(), options).unwrap()
                })
                .collect();
            scene.run("the engine takes them", Micros(20 * SECOND.0), |s| {
                batch.iter().all(|id| s.node.owner(*id) == Owner::Engine)
            });
            let peers: Vec<ConnectionId> = scene.peer(|p| p.connection_ids().collect());
            let from = talks.len();
            talks.extend(batch.into_iter().zip(peers.into_iter().skip(from)));
        }
        let seen = Seen::default();
        let sink = seen.clone();
        scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
            if frame[12..14] == [0x08, 0x00] && frame[23] == 6 {
                let mut seen = sink.lock().unwrap();
                let header = (frame[..6].try_into().unwrap(), frame[6..12].try_into().unwrap());
                *seen.0.entry(header).or_default() += 1;
                let len = usize::from(u16::from_be_bytes([frame[16], frame[17]]));
                seen.1 = seen.1.max(len);
            }
            Fate::Chance
        })));
        let count = talks.len();
        Some(Self { scene, talks, next: 0, sent: vec![0; count], got: vec![0; count], seen })
    }

    /// Some sessions write and read.
    fn turn(&mut self) {
        let now = self.scene.now();
        for _ in 0..8 {
            let n = self.next % self.talks.len();
            self.next += 1;
            let (id, _) = self.talks[n];
            let piece = [u8::try_from(n % 251).unwrap(); 1200];
            self.sent[n] += self.scene.node.send(now, id, &piece).unwrap_or(0) as u64;
            let mut buffer = [0; 4096];
            while let Ok(k @ 1..) = self.scene.node.recv(now, id, &mut buffer) {
                assert!(buffer[..k].iter().all(|b| *b == piece[0]), "another session's bytes");
                self.got[n] += k as u64;
            }
        }
        self.scene.step().unwrap();
    }

    fn turns(&mut self, span: Micros) {
        let end = self.scene.now() + span;
        while self.scene.now() < end {
            self.turn();
        }
    }

    /// Changes something, and goes on until nothing of it is under way: the fence.
    fn change(
        &mut self,
        what: &str,
        change: impl FnOnce(&mut Scene),
        done: impl Fn(&Scene) -> bool,
    ) -> Cost {
        let before =
            (self.scene.node.driver().driver_stats(), self.scene.world.lock().statistics());
        let started = self.scene.now();
        change(&mut self.scene);
        let limit = started + Micros(20 * SECOND.0);
        loop {
            self.turn();
            let node = &self.scene.node;
            if done(&self.scene)
                && node.driver().commands_in_flight() == 0
                && !node.offload().has_work()
            {
                break;
            }
            assert!(self.scene.now() < limit, "{what}: no fence\n{}", self.scene.situation());
        }
        let after = (self.scene.node.driver().driver_stats(), self.scene.world.lock().statistics());
        let cost = Cost {
            writes: after.0.mmio_writes - before.0.mmio_writes,
            commands: after.0.admin_commands - before.0.admin_commands,
            cycles: after.1.cycles - before.1.cycles,
            time: self.scene.now().since(started),
        };
        println!(
            "{what}, {} sessions on {}: {} register writes, {} commands, {} clocks, {} µs (with the sessions' own traffic)",
            self.talks.len(),
            self.scene.config().kind.name(),
            cost.writes,
            cost.commands,
            cost.cycles,
            cost.time.0
        );
        cost
    }

    /// After the fence only this destination is seen; before it `old` too; nothing else ever.
    fn only(&mut self, old: [u8; 6], new: [u8; 6]) {
        let own = self.scene.config().node.mac.0;
        let until = std::mem::take(&mut *self.seen.lock().unwrap()).0;
        for header in until.keys() {
            assert!([(old, own), (new, own)].contains(header), "a mixed header: {header:02x?}");
        }
        // What was in the transmit queue leaves.
        self.turns(DRAIN);
        self.seen.lock().unwrap().0.clear();
        self.turns(Micros(5_000));
        let after = std::mem::take(&mut *self.seen.lock().unwrap()).0;
        assert_eq!(after.keys().copied().collect::<Vec<_>>(), [(new, own)], "after the fence");
        assert!(after[&(new, own)] > 30, "{after:?}");
    }

    /// Everything that was sent comes back.
    fn finish(mut self) {
        let end = self.scene.now() + Micros(60 * SECOND.0);
        while self.got != self.sent {
            let now = self.scene.now();
            assert!(now < end, "bytes are missing\n{}", self.scene.situation());
            for n in 0..self.talks.len() {
                let mut buffer = [0; 4096];
                while let Ok(k @ 1..) = self.scene.node.recv(now, self.talks[n].0, &mut buffer) {
                    self.got[n] += k as u64;
                }
            }
            self.scene.step().unwrap();
        }
        assert!(self.sent.iter().all(|n| *n > 0), "a session that never spoke");
        let stats = self.scene.node.offload().stats();
        assert_eq!((stats.failed, stats.closed), (0, 0), "{stats:?}");
    }
}

fn header_changes_under_many_sessions(kind: Kind) {
    let Some(mut many) = Many::new("header_changes", kind) else { return };
    let (port, count) = (many.scene.node.interface(), many.talks.len() as u64);
    many.turns(Micros(3_000));
    // Another station has the router's address now: one slot, whatever the number of sessions.
    let cost = many.change(
        "MAC changed",
        |s| {
            let now = s.now();
            s.node
                .stack_mut()
                .set_neighbour(now, port, [10, 0, 0, 11].into(), MacAddr(A2))
                .unwrap();
        },
        |s| s.node.offload().stats().hop_rewrites == 1,
    );
    assert_eq!(cost.commands, 1, "one slot");
    many.only(A, A2);
    // Another router: one slot more, and each session is moved to it.
    let cost = many.change(
        "route replaced",
        |s| {
            let route = RouteSpec::via("10.9.0.0/24".parse().unwrap(), port, [10, 0, 0, 12].into());
            s.node.stack_mut().replace_route(FibId(0), &route).unwrap();
        },
        |s| s.node.offload().stats().moved == count,
    );
    assert!(cost.commands > count, "{}", cost.commands);
    many.only(A2, B);
    assert_eq!(many.scene.node.offload().hops_in_use(), 1, "the old slot is free");
    many.finish();
}

fn mtu_and_policy_change_under_many_sessions(kind: Kind) {
    let Some(mut many) = Many::new("mtu_and_policy", kind) else { return };
    let (port, count) = (many.scene.node.interface(), many.talks.len() as u64);
    many.turns(Micros(3_000));
    many.change(
        "MTU lowered",
        |s| s.node.stack_mut().set_mtu(port, 800).unwrap(),
        |s| s.node.offload().stats().mss_changed == count,
    );
    many.turns(DRAIN);
    many.seen.lock().unwrap().1 = 0;
    many.turns(Micros(5_000));
    let longest = many.seen.lock().unwrap().1;
    assert!((700..=800).contains(&longest), "IP packets of {longest} bytes after the fence");
    // Half of them: by the ports that they happen to have.
    let policy = Policy::parse("local port 0-65535 && ! src port 0-1 => offload").unwrap();
    many.change("policy that allows all", |s| s.node.set_policy(&policy), |_| true);
    assert_eq!(many.scene.node.offload().stats().revoked, 0);
    let policy = Policy::parse(&format!("quota {}\nany => offload", count / 2)).unwrap();
    let cost = many.change(
        "policy tightened",
        |s| s.node.set_policy(&policy),
        |s| s.node.offload().stats().returned == count.div_ceil(2),
    );
    assert_eq!(cost.commands, count.div_ceil(2), "one eviction each");
    let (software, engine) =
        many.scene.node.offload().away().fold((count, 0), |(s, e), (_, owner)| {
            assert_eq!(owner, Owner::Engine);
            (s - 1, e + 1)
        });
    assert_eq!((software, engine), (count.div_ceil(2), count / 2));
    many.finish();
}
