// SPDX-License-Identifier: Apache-2.0
//! Requests of a control client that wants everything at once, against a living node: whatever it asks for, the node goes
//! on, sessions stay whole, and the answer is an answer.

use toe_api::control::proto::Reply;
use toe_api::control::sysctl::Sysctls;
use toe_api::control::{Outcome, Service, answer_line, request};
use toe_api::{Micros, Owner, StackConfig, TcpOptions};
use toe_system_tests::on_all_devices;
use toe_testkit::{Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Dice, Direction, WireProfile, pattern_sha256};

on_all_devices!(both_time_wait_tables_are_shown, what_is_known_of_paths_is_shown_and_forgotten);

const SECOND: Micros = Micros(1_000_000);

/// Values that fit, nearly fit, and do not fit.
const STRINGS: &[&str] = &[
    "",
    "toe0",
    "lo",
    "eth9",
    "10.0.0.1",
    "10.0.0.2",
    "10.0.0.0/24",
    "10.9.0.0/16",
    "default",
    "default6",
    "fd00::1",
    "fd00::/64",
    "::",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "fe80::1",
    "02:00:00:00:00:02",
    "ff:ff:ff:ff:ff:ff",
    "1.2.3.4/33",
    "net.ipv4.tcp_sack",
    "net.inet.tcp.rexmit_min",
    "net.ipv4.ip_default_ttl",
    "1",
    "0",
    "-1",
    "99999999999999999999",
    "cubic",
    "+toe",
    "-toe",
    "+tso4",
    "-txcsum",
    "+",
    "any => offload",
    "any => !offload",
    "[P] dst port 80 => offload quota 1",
    "quota 0",
    "x",
];
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "7",
    "67",
    "68",
    "576",
    "1280",
    "1500",
    "9000",
    "65535",
    "4294967295",
    "-1",
    "1e3",
    "null",
];

/// Fields of each request: `s` a string, `n` a number, `b` a flag, `o` a number or nothing.
const OPS: &[(&str, &[(&str, char)])] = &[
    ("hello", &[]),
    ("sockets", &[("detail", 'b')]),
    ("socket", &[("id", 'n')]),
    ("addr", &[]),
    ("addr_add", &[("dev", 's'), ("prefix", 's')]),
    ("addr_del", &[("dev", 's'), ("addr", 's')]),
    ("link_set", &[("dev", 's'), ("mtu", 'o'), ("up", 'B')]),
    ("route", &[("fib", 'n')]),
    ("route_add", &[("fib", 'n'), ("route", 'r'), ("replace", 'b')]),
    ("route_del", &[("fib", 'n'), ("route", 'r')]),
    ("rule", &[]),
    ("neigh", &[]),
    ("neigh_set", &[("dev", 's'), ("addr", 's'), ("lladdr", 's')]),
    ("neigh_del", &[("dev", 's'), ("addr", 's')]),
    ("sysctl", &[("prefix", 's')]),
    ("sysctl_set", &[("name", 's'), ("value", 's')]),
    ("policy", &[]),
    ("policy_load", &[("text", 's')]),
    ("policy_dry_run", &[("text", 's')]),
    ("offload", &[]),
    ("caps", &[("dev", 's'), ("toggles", 'l')]),
    ("take_back", &[("id", 'o')]),
    ("reoffload", &[("id", 'o')]),
    ("automatic", &[("on", 'b')]),
    ("time_wait", &[]),
    ("tcp_metrics", &[]),
    ("tcp_metrics_flush", &[("addr", 'a')]),
    ("stats", &[]),
    ("capture", &[("filter", 'f')]),
    ("capture_read", &[("capture", 'n'), ("stop", 'b')]),
];

fn pick<'a, T>(dice: &mut Dice, from: &'a [T]) -> &'a T {
    &from[usize::try_from(dice.below(from.len() as u64)).unwrap()]
}

fn value(dice: &mut Dice, kind: char) -> String {
    let string = |dice: &mut Dice| format!("{:?}", pick(dice, STRINGS));
    match kind {
        's' => string(dice),
        'n' => pick(dice, NUMBERS).to_string(),
        'o' if dice.below(2) == 0 => "null".to_owned(),
        'o' => pick(dice, NUMBERS).to_string(),
        'b' => pick(dice, &["true", "false"]).to_string(),
        'B' => pick(dice, &["true", "true", "true", "null", "false"]).to_string(),
        'a' => pick(dice, &["null", "\"10.0.0.2\"", "\"fd00::1\"", "\"x\""]).to_string(),
        'l' => format!("[{},{}]", string(dice), string(dice)),
        'f' => format!(
            "{{\"port\":{},\"host\":{}}}",
            pick(dice, &["null", "80", "0"]),
            pick(dice, &["null", "\"10.0.0.2\"", "\"x\""])
        ),
        _ => format!(
            "{{\"prefix\":{},\"via\":{},\"dev\":{},\"metric\":{},\"mtu\":{},\"src\":null,\"unreachable\":{}}}",
            string(dice),
            pick(dice, &["null", "\"10.0.0.2\"", "\"10.0.0.1\"", "\"::\""]),
            pick(dice, &["null", "\"toe0\"", "\"lo\""]),
            dice.below(3),
            pick(dice, &["null", "1400", "0"]),
            pick(dice, &["true", "false", "false"]),
        ),
    }
}

fn line(dice: &mut Dice) -> String {
    let (op, fields) = pick(dice, OPS);
    let mut text = format!("{{\"v\":2,\"op\":\"{op}\"");
    for (name, kind) in *fields {
        text += &format!(",\"{name}\":{}", value(dice, *kind));
    }
    text + "}"
}

/// Asks, and gives the engine time where the answer needs it.
fn ask(scene: &mut Scene, service: &mut Service, text: &str) -> bool {
    let request = match request(text.as_bytes()) {
        Ok(request) => request,
        Err(failure) => {
            assert!(!failure.message.is_empty());
            return false;
        }
    };
    let now = scene.now();
    let result = match service.begin(now, &mut scene.node, &request) {
        Outcome::Done(result) => result,
        Outcome::Wait => {
            for _ in 0..200 {
                if Service::ready(&scene.node, &request) {
                    break;
                }
                scene.step().unwrap();
            }
            let now = scene.now();
            service.again(now, &mut scene.node, &request)
        }
    };
    let good = result.is_ok();
    let answer = answer_line(result);
    assert_eq!(answer.iter().filter(|b| **b == b'\n').count(), 1);
    good
}

#[test]
fn a_client_that_wants_everything() {
    const BYTES: u64 = 30_000;
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let (mut good, mut bad) = (0, 0);
    for seed in seed..seed + 12 {
        let wire = Direction { delay_ns: 20_000, bits_per_us: 100, ..Direction::CLEAN };
        let mut config = SceneConfig::new("control_wants_all", Kind::Model)
            .wire(WireProfile::both(wire))
            .seed(seed);
        config.node.policy.unsettled = true;
        if seed % 2 == 0 {
            (config.node.shards, config.node.driver.queue_pairs) = (4, 4);
        }
        let mut scene = config.build().unwrap();
        let mut service = Service::new("model", Sysctls::new(StackConfig::default()));
        let mut dice = Dice::new(seed, 0x0063_746c);
        let options = TcpOptions { snd_ring: 4096, rcv_ring: 4096, ..TcpOptions::default() };
        let behaviour = Behaviour::exchange(BYTES, 7, BYTES);
        let mut talks: Vec<_> = (0..3)
            .map(|n| {
                let (id, peer) = scene.accepted(n == 1, 80 + n, options, behaviour);
                (Transfer::new(id, BYTES, 9, None).closing(), peer)
            })
            .collect();
        for _ in 0..400 {
            let text = line(&mut dice);
            if ask(&mut scene, &mut service, &text) {
                good += 1;
            } else {
                bad += 1;
            }
            for (t, _) in &mut talks {
                let now = scene.now();
                t.drive(now, &mut scene.node);
            }
            scene.step().unwrap();
        }
        // Everything as it was.
        let now = scene.now();
        let port = scene.node.interface();
        scene.node.configure(|stack| stack.set_interface_up(port, true)).unwrap();
        scene.node.configure(|stack| stack.set_mtu(port, 1500)).unwrap();
        for text in [
            r#"{"v":2,"op":"policy_load","text":"unsettled on"}"#,
            r#"{"v":2,"op":"automatic","on":true}"#,
        ] {
            assert!(ask(&mut scene, &mut service, text));
        }
        let ips = [toe_testkit::Host::PEER_V4, toe_testkit::Host::PEER_V6];
        for ip in ips {
            let mac = toe_api::MacAddr(toe_testkit::Host::PEER_MAC);
            scene.node.configure(|stack| stack.set_neighbour(now, port, ip, mac)).unwrap();
        }
        let fib = toe_stack::FibId(0);
        let added: Vec<_> = scene
            .node
            .stack()
            .fib(fib)
            .unwrap()
            .table()
            .routes()
            .filter(|r| r.kind != toe_stack::fib::RouteKind::Connected)
            .map(|r| (r.prefix, r.id))
            .collect();
        for (prefix, id) in added {
            // Each shard has it, under the same name.
            scene.node.configure(|stack| stack.remove_route(fib, prefix, id).unwrap());
        }
        for net in ["10.0.0.1/24", "fd00::1/64"] {
            let add = toe_stack::IfAddr::new(net.parse().unwrap());
            let _there_already = scene.node.configure(|stack| stack.add_address(now, port, add));
        }
        for (t, peer) in &mut talks {
            scene.transfer(Micros(600 * SECOND.0), &mut [t]);
            // An address that was removed ends what it carried: with an error, not with other bytes.
            if t.error.is_none() {
                assert_eq!(t.received_sha256(), pattern_sha256(7, BYTES), "seed {seed}");
                let c = scene.connection(*peer);
                assert!(c.received <= BYTES);
            }
            assert!(scene.node.owner(t.id) != Owner::InTransit);
        }
        assert_eq!(scene.node.handoff_stats().failed, 0);
        let configuration = |s: &toe_api::Shard| {
            let link = s.stack().interfaces().get(port).unwrap();
            let routes = s.stack().fib(fib).unwrap().table().routes().map(|r| format!("{r:?}"));
            let mut routes: Vec<String> = routes.collect();
            routes.sort();
            (link.addrs.clone(), link.mtu, link.caps, routes, s.offload().policy().to_string())
        };
        let first = configuration(scene.node.shards().next().unwrap());
        for shard in scene.node.shards() {
            assert_eq!(configuration(shard), first, "shard {}, seed {seed}", shard.index());
        }
        assert_eq!(scene.node.stats().cross_shard, 0, "seed {seed}");
    }
    println!("{good} requests carried out, {bad} refused");
    assert!(good > 1000 && bad > 500, "{good} {bad}");
}

/// What is left of the engine's entries is asked of the engine, entry by entry, of both families.
fn both_time_wait_tables_are_shown(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("time_wait_walk", kind).build() else { return };
    let mut service = Service::new("device", Sysctls::new(StackConfig::default()));
    let software = TcpOptions { offload: false, ..TcpOptions::default() };
    for n in 0..7_u16 {
        let options = if n == 6 { software } else { TcpOptions::default() };
        let (id, peer) = scene.accepted(n % 3 == 0, 1000 + n, options, Behaviour::sink());
        if n < 6 {
            scene.offloaded(id);
        }
        let mut t = Transfer::new(id, 100, 9, None).closing();
        scene.transfer(Micros(20 * SECOND.0), &mut [&mut t]);
        scene.run("the peer is done", SECOND, |s| s.connection(peer).is_done());
        let now = scene.now();
        scene.node.close(now, id).unwrap();
    }
    scene.run("all wait", SECOND, |s| s.node.offload().time_waits() == 6);
    let request = request(br#"{"v":2,"op":"time_wait"}"#).unwrap();
    let now = scene.now();
    assert_eq!(service.begin(now, &mut scene.node, &request), Outcome::Wait);
    scene.run("the walk ends", SECOND, |s| Service::ready(&s.node, &request));
    let now = scene.now();
    let Ok(Reply::TimeWait { rows }) = service.again(now, &mut scene.node, &request) else {
        panic!("another answer");
    };
    let engine: Vec<_> = rows.iter().filter(|r| r.table == "engine").collect();
    assert_eq!((engine.len(), rows.len()), (6, 7), "{rows:?}");
    for row in &rows {
        let left = row.left_ms.unwrap_or_else(|| panic!("{row:?}: no time"));
        // Both ends are on one link: the class of local peers. Software's entries end on a millisecond, rounded up.
        assert!((500..=10_001).contains(&left), "{row:?}");
    }
}

/// S-HC-1: what sessions left, whoever had them; of one peer or of all it is forgotten.
fn what_is_known_of_paths_is_shown_and_forgotten(kind: Kind) {
    let wire = WireProfile::both(Direction { delay_ns: 1_000_000, ..Direction::CLEAN });
    let config = SceneConfig::new("known_paths", kind).wire(wire);
    let Some(mut scene) = config.build() else { return };
    let mut service = Service::new("device", Sysctls::new(StackConfig::default()));
    for (ipv6, offload) in [(false, true), (true, false)] {
        let options = TcpOptions { offload, ..TcpOptions::default() };
        let (id, peer) = scene.accepted(ipv6, 1000, options, Behaviour::sink());
        if offload {
            scene.offloaded(id);
            // What the handshake has measured is not what this is about.
            scene.node.stack_mut().host_cache_mut().purge();
        }
        let mut t = Transfer::new(id, 20_000, 9, None).closing();
        scene.transfer(Micros(20 * SECOND.0), &mut [&mut t]);
        scene.run("the peer is done", SECOND, |s| s.connection(peer).is_done());
        let now = scene.now();
        scene.node.close(now, id).unwrap();
    }
    scene.run("both are known", SECOND, |s| s.node.stack().host_cache().len() == 2);
    let mut say = |text: &str| {
        let now = scene.now();
        match service.begin(now, &mut scene.node, &request(text.as_bytes()).unwrap()) {
            Outcome::Done(answer) => answer,
            Outcome::Wait => panic!("it is known here"),
        }
    };
    let Ok(Reply::TcpMetrics { rows: known }) = say(r#"{"v":2,"op":"tcp_metrics"}"#) else {
        panic!("another answer");
    };
    assert_eq!(known.iter().map(|r| r.addr.as_str()).collect::<Vec<_>>(), ["10.0.0.2", "fd00::2"]);
    for row in &known {
        assert!((2_000..6_000).contains(&row.rtt_us) && row.rttvar_us < 3_000, "{row:?}");
        assert!(row.cwnd >= 14_000 && row.ssthresh.is_none(), "nothing was lost: {row:?}");
        assert!((3_500_000..=3_600_000).contains(&row.left_ms), "{row:?}");
    }
    let _done = say(r#"{"v":2,"op":"tcp_metrics_flush","addr":"10.0.0.2"}"#).unwrap();
    let again = say(r#"{"v":2,"op":"tcp_metrics_flush","addr":"10.0.0.2"}"#).unwrap_err();
    assert!(again.message.contains("nothing is known of 10.0.0.2"), "{again}");
    let Ok(Reply::TcpMetrics { rows }) = say(r#"{"v":2,"op":"tcp_metrics"}"#) else { panic!() };
    assert_eq!(rows.len(), 1);
    let _done = say(r#"{"v":2,"op":"tcp_metrics_flush","addr":null}"#).unwrap();
    let Ok(Reply::TcpMetrics { rows }) = say(r#"{"v":2,"op":"tcp_metrics"}"#) else { panic!() };
    assert!(rows.is_empty());
}
