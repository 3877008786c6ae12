// SPDX-License-Identifier: Apache-2.0
//! What people and their programs say: policy files, option files, requests at the control socket.

use std::net::{IpAddr, Ipv4Addr};

use toe_api::control::proto::{Answer, Filter, Request, RouteArgs};
use toe_api::control::sysctl::{Source, Sysctls};
use toe_api::control::{Lines, Outcome, Service, answer_line, request, request_line};
use toe_api::{
    Endpoint, FourTuple, Micros, NodeConfig, Policy, ScopedAddr, StackConfig, TcpOptions,
};
use toe_offload::{Opened, Subject};
use toe_testkit::{Host, Kind, Scene, SceneConfig};
use toe_world::{Behaviour, Close};

use crate::targets::signature;

/// A policy that is taken says the same after it was written out and read again.
pub(crate) fn policies(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    let policy = match Policy::parse(&text) {
        Ok(policy) => policy,
        Err(error) => return signature(error.what.split('`').step_by(2).collect::<Vec<_>>()),
    };
    let again = Policy::parse(&policy.to_string());
    let again = again.unwrap_or_else(|e| panic!("{e} in what it wrote itself:\n{policy}"));
    let mut verdicts = Vec::new();
    for (port, opened) in [(80, Opened::Passive), (8000, Opened::Active), (22, Opened::Passive)] {
        let end = |ip: [u8; 4], port| Endpoint::new(ScopedAddr::from(Ipv4Addr::from(ip)), port);
        let tuple = FourTuple { local: end([10, 0, 0, 1], port), remote: end([10, 0, 0, 7], 5000) };
        let subject = Subject { tuple, opened };
        let verdict = format!("{:?}", policy.verdict(&subject));
        assert_eq!(verdict, format!("{:?}", again.verdict(&subject)), "read back");
        verdicts.push(verdict);
    }
    signature((policy.len(), verdicts))
}

pub(crate) fn policy_files() -> Vec<Vec<u8>> {
    [
        "default !offload\nafter 64K\nquota 1000\nunsettled on\n",
        "[P] dst port 80 => offload cong cubic !ecn # a server\n[D] ipv6 and !local port 22 => offload !nagle\n",
        "[A] dst net 10.0.0.0/24 && dst port 8000-8099 => offload after 1M quota 16\n",
        "remote host fd00::7 => !offload\nsrc net fd00::/16 && not dst host 10.0.0.7 => offload cong dctcp nagle\nany => software\n",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// A file, then words as of the environment, then a stack that runs so.
pub(crate) fn options(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    let mut options = Sysctls::new(StackConfig::default());
    let read = options.read_file(&text);
    for line in text.lines() {
        if let Some((name, value)) = line.split_once('=') {
            let variable = (name.trim().replace('.', "_"), value.trim().to_owned());
            let _taken = options.environment(std::iter::once(variable));
            let _taken = options.set(name.trim(), value, Source::CommandLine);
            let _taken = options.profile(value.trim());
            let _rows = (options.list(name.trim()), Sysctls::live(name.trim()));
        }
    }
    let changed: Vec<_> = options.list("").into_iter().filter(|r| r.value != r.default).collect();
    // Whatever was taken, a stack can run with it.
    let mut stack = toe_stack::Stack::new(options.config().clone());
    let socket = stack.tcp_socket(TcpOptions::default());
    let any = ScopedAddr::from(Ipv4Addr::UNSPECIFIED);
    let _bound = stack.tcp_bind(socket, Endpoint::new(any, 80));
    let _listens = stack.tcp_listen(socket, 8);
    stack.set_live(options.config());
    let names: Vec<_> = changed.into_iter().map(|r| (r.name, r.value.len())).collect();
    signature((read.is_ok(), names))
}

pub(crate) fn option_files() -> Vec<Vec<u8>> {
    let all = Sysctls::new(StackConfig::default()).list("");
    let lines: Vec<String> = all.iter().map(|r| format!("{} = {}\n", r.name, r.default)).collect();
    let mut files: Vec<Vec<u8>> = lines.iter().map(|l| l.clone().into_bytes()).collect();
    for row in &all {
        for alias in &row.aliases {
            files.push(format!("{alias}=1 ; {}\n", row.doc).into_bytes());
        }
    }
    files.push(b"# a comment\nTOE_NET_IPV4_TCP_SACK = 0\nx = datacentre\n".to_vec());
    files
}

/// Lines, cut anyhow, become requests; a request that is taken says the same when it is written and read again, and so
/// does an answer.
pub(crate) fn requests(input: &[u8]) -> u64 {
    let mut lines = Lines::default();
    let mut seen = Vec::new();
    for piece in input.chunks(usize::from(input.first().copied().unwrap_or(1)).max(1)) {
        lines.feed(piece);
        while let Ok(Some(line)) = lines.next_line() {
            match request(&line) {
                Ok(asked) => {
                    let again = request_line(&asked);
                    assert_eq!(request(&again[..again.len() - 1]), Ok(asked.clone()));
                    seen.push(format!("{asked:?}").len() * 2);
                }
                Err(failure) => {
                    let text = answer_line(Err(failure.clone()));
                    let back: Answer =
                        serde_json::from_slice(&text).unwrap_or_else(|e| panic!("{e}"));
                    assert_eq!(back.error.as_ref(), Some(&failure));
                    seen.push(failure.message.len() * 2 + 1);
                }
            }
            let _not_ours: Result<Answer, _> = serde_json::from_slice(&line);
        }
    }
    signature(seen)
}

/// A stack with a session of its engine and one in software.
fn living() -> Option<Scene> {
    let mut config = SceneConfig::new("fuzz-control", Kind::Model);
    config.quantum = 4096;
    config.node = NodeConfig {
        policy: Policy::parse("dst port 7 => offload\nany => !offload\n").ok()?,
        ..config.node
    };
    let mut scene = config.build()?;
    scene.peer(|p| {
        for port in [7, 9] {
            p.listen(port, Behaviour { echo: true, send: 0, seed: 1, close: Close::Never });
        }
    });
    let end = scene.now() + Micros(1_000_000);
    for port in [7, 9] {
        let to = std::net::SocketAddr::new(Host::PEER_V4, port);
        let id = scene.node.connect(scene.now(), to, TcpOptions::default()).ok()?;
        for _ in 0..200 {
            turn(&mut scene, end);
            if scene.node.send(scene.now(), id, b"hello").is_ok() {
                break;
            }
        }
    }
    for _ in 0..100 {
        turn(&mut scene, end);
    }
    Some(scene)
}

/// One turn of host and world, to `end` at most: a world in which nothing is due would stand still.
fn turn(scene: &mut Scene, end: Micros) {
    let now = scene.now();
    let deadline = scene.node.poll(now).map_or(end, |at| at.min(end));
    let mut world = scene.world.lock();
    world.set_host_deadline(Some(toe_device::Micros(deadline.0)));
    world.step().map_or_else(|e| panic!("{e}"), |_| ());
}

/// Requests against a living node, which goes on living.
pub(crate) fn control(input: &[u8]) -> u64 {
    let Some(mut scene) = living() else { return 0 };
    let options = Sysctls::new(StackConfig::default());
    let mut service = Service::new("functional model", options);
    let mut lines = Lines::default();
    lines.feed(input);
    let mut seen = Vec::new();
    while let Ok(Some(line)) = lines.next_line() {
        let result = request(&line).and_then(|asked| {
            let now = scene.now();
            let outcome = service.begin(now, &mut scene.node, &asked);
            let mut steps = 0;
            while outcome == Outcome::Wait && !Service::ready(&scene.node, &asked) && steps < 1000 {
                turn(&mut scene, now + Micros(100_000));
                steps += 1;
            }
            assert!(steps < 1000, "{asked:?}: the engine does not answer");
            match outcome {
                Outcome::Done(result) => result,
                Outcome::Wait => service.again(scene.now(), &mut scene.node, &asked),
            }
        });
        let kind = match &result {
            Ok(reply) => format!("{reply:?}").chars().take_while(|c| c.is_alphabetic()).collect(),
            Err(failure) => format!("{}{}", failure.code, failure.message.len()),
        };
        let text = answer_line(result);
        let back: Result<Answer, _> = serde_json::from_slice(&text);
        assert!(back.is_ok(), "{}", String::from_utf8_lossy(&text));
        seen.push(kind);
        let end = scene.now() + Micros(1_000);
        for _ in 0..8 {
            turn(&mut scene, end);
        }
        if seen.len() >= 32 {
            break;
        }
    }
    let end = scene.now() + Micros(20_000);
    for n in 0.. {
        turn(&mut scene, end);
        if scene.now() >= end {
            break;
        }
        assert!(n < 100_000, "the node never rests");
    }
    let stats = scene.node.offload().stats();
    signature((seen, stats.out > 1, stats.back > 0, stats.moved > 0, stats.hop_rewrites > 0))
}

/// One request of each kind, and a conversation.
pub(crate) fn conversation() -> Vec<Vec<u8>> {
    let dev = || "eth0".to_owned();
    let route = RouteArgs {
        prefix: "10.9.0.0/16".into(),
        via: Some("10.0.0.2".into()),
        mtu: Some(1000),
        metric: 5,
        ..RouteArgs::default()
    };
    let plain = RouteArgs { dev: Some(dev()), ..route.clone() };
    let text = "dst port 9 => offload quota 1\nany => !offload\n".to_owned();
    let host: IpAddr = Host::PEER_V4;
    let all = vec![
        Request::Hello,
        Request::Sockets { detail: true },
        Request::Socket { id: 1 },
        Request::Addr,
        Request::AddrAdd { dev: dev(), prefix: "10.1.0.1/24".into() },
        Request::AddrDel { dev: dev(), addr: "fd00::1".into() },
        Request::LinkSet { dev: dev(), mtu: Some(1200), up: Some(true) },
        Request::LinkSet { dev: dev(), mtu: None, up: Some(false) },
        Request::Route { fib: 0 },
        Request::RouteAdd { fib: 0, route: route.clone(), replace: true },
        Request::RouteAdd { fib: 1, route: plain, replace: false },
        Request::RouteDel { fib: 0, route },
        Request::Rule,
        Request::Neigh,
        Request::NeighSet {
            dev: dev(),
            addr: host.to_string(),
            lladdr: "02:00:00:00:00:09".into(),
        },
        Request::NeighDel { dev: dev(), addr: host.to_string() },
        Request::Sysctl { prefix: "net.ipv4".into() },
        Request::SysctlSet { name: "net.ipv4.tcp_sack".into(), value: "0".into() },
        Request::Policy,
        Request::PolicyLoad { text: text.clone() },
        Request::PolicyDryRun { text },
        Request::Offload,
        Request::Caps { dev: dev(), toggles: vec!["-toe".into(), "+tso4".into()] },
        Request::TakeBack { id: None },
        Request::Reoffload { id: Some(1) },
        Request::Automatic { on: true },
        Request::TimeWait,
        Request::Stats,
        Request::Capture { filter: Filter { port: Some(7), host: Some(host) } },
        Request::CaptureRead { capture: 1, stop: false },
    ];
    let mut seeds: Vec<Vec<u8>> = all.iter().map(request_line).collect();
    seeds.push(seeds.concat());
    seeds
}
