// SPDX-License-Identifier: Apache-2.0
//! Congestion control of sessions in the engine: CUBIC and DCTCP by the firmware, the built-in when it is silent, switching
//! live, marks instead of losses. On the model the software TCP's algorithms are in its place: the same outcome is asked of both.

use std::sync::{Arc, Mutex};

use toe_abi::{CcAlgo as Algo, SessionImage, regs};
use toe_api::{Micros, Owner, TcpId, TcpOptions};
use toe_offload::SocketOption;
use toe_system_tests::on_all_devices;
use toe_tcp::CcAlgo;
use toe_testkit::{Kind, Scene, SceneConfig, StackPeer, Transfer};
use toe_world::{Behaviour, ConnectionId, Direction, Fate, WireProfile, pattern_sha256};

on_all_devices!(
    cubic_follows_its_curve,
    firmware_killed_mid_transfer,
    firmware_hung_and_revived,
    algorithms_switched_live,
    dctcp_over_marks,
    dctcp_receiver_echoes_every_mark,
    hand_over_of_a_dctcp_session,
);

const SECOND: Micros = Micros(1_000_000);
const MSS: u32 = 1448;

/// 100 ms each way: there CUBIC is faster than Reno.
fn long() -> WireProfile {
    WireProfile::both(Direction { delay_ns: 100_000_000, ..Direction::CLEAN })
}

/// The state of a session in the engine, by SNAPSHOT; the transfer goes on meanwhile.
#[track_caller]
fn look(scene: &mut Scene, transfer: &mut Transfer) -> SessionImage {
    let (id, now) = (transfer.id, scene.now());
    scene.node.look(now, id);
    scene.drive_until("a snapshot", SECOND, transfer, |s, _| !s.node.offload().is_looking(id));
    *scene.node.offload().seen(id).unwrap_or_else(|| panic!("no state")).1
}

/// Runs until so much has arrived at the peer (the one that runs our stack without a connection).
#[track_caller]
fn until(scene: &mut Scene, t: &mut Transfer, peer: Option<ConnectionId>, bytes: u64) {
    scene.drive_until("so much has arrived", Micros(60 * SECOND.0), t, |s, _| match peer {
        Some(peer) => s.connection(peer).received >= bytes,
        None => s.stack_peer(|p| p.received) >= bytes,
    });
}

fn sink(scene: &mut Scene, algo: CcAlgo, bytes: u64, snd_ring: u32) -> (TcpId, ConnectionId) {
    let options = TcpOptions { congestion: Some(algo), snd_ring, ..TcpOptions::default() };
    let behaviour = Behaviour::exchange(0, 7, bytes);
    let (id, peer) = scene.accepted(false, 5001, options, behaviour);
    scene.offloaded(id);
    (id, peer)
}

#[track_caller]
fn finish(scene: &mut Scene, t: &mut Transfer, peer: ConnectionId, bytes: u64) {
    scene.transfer(Micros(300 * SECOND.0), &mut [t]);
    assert_eq!(t.error, None, "{}", scene.situation());
    scene.run("the peer is done", Micros(60 * SECOND.0), |s| s.connection(peer).is_done());
    let c = scene.connection(peer);
    assert_eq!(c.received, bytes);
    assert_eq!(c.received_sha256(), pattern_sha256(9, bytes));
}

/// Loses one frame with payload as soon as `armed` is set.
fn one_loss(scene: &Scene) -> Arc<Mutex<bool>> {
    let armed = Arc::new(Mutex::new(false));
    let trigger = armed.clone();
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        let mut armed = trigger.lock().unwrap();
        if *armed && frame.len() > 1000 {
            *armed = false;
            return Fate::Drop;
        }
        Fate::Chance
    })));
    armed
}

/// RFC 9438 §4.2 in floating point.
fn w_cubic(w_max: f64, k_s: f64, t_s: f64) -> f64 {
    0.4 * (t_s - k_s).powi(3) * f64::from(MSS) + w_max
}

/// A loss in slow start: 0.7 of the window, and from there the window that SNAPSHOT shows is what the formula says of the
/// algorithm's own words.
fn cubic_follows_its_curve(kind: Kind) {
    let mut config = SceneConfig::new("cubic_curve", kind).wire(long());
    config.peer.receive_buffer = 1 << 20;
    let Some(mut scene) = config.build() else { return };
    let bytes = if kind.is_rtl() { 1_500_000 } else { 2_500_000 };
    let (id, peer) = sink(&mut scene, CcAlgo::Cubic, bytes, 1 << 19);
    let armed = one_loss(&scene);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    until(&mut scene, &mut t, Some(peer), 100_000);
    let before = look(&mut scene, &mut t);
    *armed.lock().unwrap() = true;
    scene.drive_until("recovered", Micros(5 * SECOND.0), &mut t, |s, _| {
        let done = !*armed.lock().unwrap();
        done && s.node.session_info(id).is_some_and(|i| i.retransmits > 0)
    });
    let mut seen = 0;
    let (mut last, mut lowest, mut before_signals) = (0, u32::MAX, 0);
    for _ in 0..60 {
        let end = scene.now() + Micros(200_000);
        scene.drive_until("a round trip", SECOND, &mut t, |s, _| s.now() >= end);
        if scene.connection(peer).received + 100_000 > bytes {
            break;
        }
        let i = look(&mut scene, &mut t);
        lowest = lowest.min(i.cwnd);
        let [w_max, _, w_est, k, age, _] = i.cc_private;
        if i.fast_recovery || i.cong_recovery || age == 0 || w_max == 0 {
            continue;
        }
        let (k, t_s) = (f64::from(k & 0x3f_ffff) / 1e3, f64::from(age - 1) / 1e6);
        let rtt = f64::from(i.srtt_us8 >> 3) / 1e6;
        // Behind the target by a round trip at most, or Reno's estimate where that is larger; summaries come in steps.
        let (from, to) =
            (w_cubic(f64::from(w_max), k, t_s - rtt), w_cubic(f64::from(w_max), k, t_s + rtt));
        let (from, to) = (from.max(f64::from(w_est)), to.max(f64::from(w_est)));
        let slack = 4.0 * f64::from(MSS);
        let cwnd = f64::from(i.cwnd);
        assert!(
            from - slack <= cwnd && cwnd <= to + slack,
            "{t_s:.3} s: {cwnd} of {from:.0} to {to:.0}: {i:?}"
        );
        let signals = i.fast_retransmits + i.rto_count;
        assert!(i.cwnd >= last || signals > before_signals, "no signal, no reduction");
        before_signals = signals;
        if kind.is_rtl() {
            assert!(i.cc_firmware, "the firmware has it");
        }
        last = i.cwnd;
        seen += 1;
    }
    assert!(seen >= 5, "{seen} snapshots in congestion avoidance");
    println!(
        "{}: cwnd {} before the loss, {lowest} after, {last} at the end, {seen} snapshots on the curve",
        kind.name(),
        before.cwnd
    );
    scene.world.lock().hook_to_peer(None);
    finish(&mut scene, &mut t, peer, bytes);
    if kind.is_rtl() {
        assert!(scene.counter("cc_summaries") > 20 && scene.counter("cc_answers") > 20);
        assert_eq!(scene.counter("cc_takeovers"), 0, "{}", scene.counters());
    }
}

fn hold_firmware(scene: &mut Scene, hold: bool) {
    let value = regs::CtlFwControl(0).with_hold(hold);
    scene.node.driver_mut().set_register(regs::CTL_FW_CONTROL, value).unwrap();
}

fn lossy() -> WireProfile {
    let direction =
        Direction { loss: 0.003, bits_per_us: 500, delay_ns: 300_000, ..Direction::CLEAN };
    WireProfile::both(direction)
}

/// The firmware stops for good in the middle: the transfer completes, under the built-in.
fn firmware_killed_mid_transfer(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("firmware_killed", kind).wire(lossy()).build() else {
        return;
    };
    let bytes = 700_000;
    let (id, peer) = sink(&mut scene, CcAlgo::Cubic, bytes, 1 << 18);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    until(&mut scene, &mut t, Some(peer), 300_000);
    hold_firmware(&mut scene, true);
    if kind.is_rtl() {
        let (answers, takeovers) = (scene.counter("cc_answers"), scene.counter("cc_takeovers"));
        assert!(answers > 0, "{}", scene.counters());
        finish(&mut scene, &mut t, peer, bytes);
        assert!(scene.counter("cc_takeovers") > takeovers, "{}", scene.counters());
        assert!(scene.counter("cc_answers") <= answers + 1, "{}", scene.counters());
    } else {
        finish(&mut scene, &mut t, peer, bytes);
    }
    scene.run("the session ends", Micros(60 * SECOND.0), |s| s.node.owner(id) == Owner::Ended);
    let carried = scene.node.bytes(id);
    assert_eq!(carried.engine.sent + carried.software.sent, bytes, "{carried:?}");
}

/// It stops and starts again: commands that were answered are not served again, sessions come back to it.
fn firmware_hung_and_revived(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("firmware_revived", kind).wire(lossy()).build() else {
        return;
    };
    let bytes = 1_500_000;
    let (id, peer) = sink(&mut scene, CcAlgo::Cubic, bytes, 1 << 16);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    for round in 1..=2_u64 {
        until(&mut scene, &mut t, Some(peer), round * 600_000 - 500_000);
        hold_firmware(&mut scene, true);
        until(&mut scene, &mut t, Some(peer), round * 600_000);
        hold_firmware(&mut scene, false);
        until(&mut scene, &mut t, Some(peer), round * 600_000 + 50_000);
        let image = look(&mut scene, &mut t);
        assert_eq!(image.cc_algo, Algo::Cubic);
        if kind.is_rtl() {
            assert!(image.cc_firmware, "round {round}: {}", scene.counters());
            assert!(scene.counter("cc_takeovers") >= round, "{}", scene.counters());
        }
    }
    assert_eq!(
        scene.node.offload().stats().installed,
        1,
        "installed once, not again by old commands"
    );
    finish(&mut scene, &mut t, peer, bytes);
}

fn algorithms_switched_live(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("cc_switched", kind).wire(lossy()).build() else {
        return;
    };
    let bytes = 1_000_000;
    let (id, peer) = sink(&mut scene, CcAlgo::NewReno, bytes, 1 << 17);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    let turns = [CcAlgo::NewReno, CcAlgo::Dctcp, CcAlgo::Cubic, CcAlgo::NewReno, CcAlgo::Cubic];
    for (n, algo) in (1_u64..).zip(turns) {
        let now = scene.now();
        scene.node.set_option(now, id, SocketOption::Congestion(algo)).unwrap();
        until(&mut scene, &mut t, Some(peer), n * 150_000);
        let image = look(&mut scene, &mut t);
        assert_eq!(image.cc_algo as u8, algo.id(), "turn {n}");
        if kind.is_rtl() {
            assert_eq!(
                image.cc_firmware,
                algo != CcAlgo::NewReno,
                "turn {n}: {}",
                scene.counters()
            );
        }
    }
    finish(&mut scene, &mut t, peer, bytes);
}

/// A switch that marks above 30 KB.
fn marking() -> Direction {
    Direction {
        hop_bits_per_us: 200,
        hop_queue_bytes: 400_000,
        hop_mark_bytes: 30_000,
        delay_ns: 100_000,
        ..Direction::CLEAN
    }
}

fn dctcp(test: &str, kind: Kind, wire: WireProfile, peer_sends: u64) -> Option<(Scene, TcpId)> {
    let tcp = toe_tcp::Config { ecn: true, cc: CcAlgo::Dctcp, ..toe_tcp::Config::default() };
    let mut config = SceneConfig::new(test, kind).wire(wire);
    config.node.stack.tcp = tcp;
    config.stack_peer = Some((tcp, peer_sends, 7));
    let mut scene = config.build()?;
    let now = scene.now();
    let remote = std::net::SocketAddr::new(StackPeer::V4, StackPeer::PORT);
    let id = scene.node.connect(now, remote, TcpOptions::default()).unwrap();
    scene.run("connected", SECOND, |s| s.node.readiness(id).is_ok_and(|r| r.writable || r.away));
    scene.offloaded(id);
    Some((scene, id))
}

/// Marks, no losses: the queue stays short, nothing is resent, and the window is cut by less than half.
fn dctcp_over_marks(kind: Kind) {
    let wire = WireProfile {
        to_peer: marking(),
        to_device: Direction { delay_ns: 100_000, ..Direction::CLEAN },
    };
    let Some((mut scene, id)) = dctcp("dctcp_marks", kind, wire, 0) else { return };
    let bytes = if kind.is_rtl() { 1_500_000 } else { 8_000_000 };
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    until(&mut scene, &mut t, None, bytes / 2);
    let (mut cuts, mut low) = (Vec::new(), u32::MAX);
    let mut last = look(&mut scene, &mut t);
    while scene.stack_peer(|p| p.received) < bytes - 300_000 {
        let end = scene.now() + Micros(300);
        scene.drive_until("a while", SECOND, &mut t, |s, _| s.now() >= end);
        let image = look(&mut scene, &mut t);
        low = low.min(image.cwnd);
        if image.ecn_reductions == last.ecn_reductions + 1 {
            cuts.push(f64::from(image.cwnd) / f64::from(last.cwnd));
        }
        last = image;
    }
    let wire = scene.world.lock().statistics().to_peer;
    let alpha = f64::from(last.cc_private[0] & 0x1_ffff) / 65_536.0;
    let marked = wire.ce_marked as f64 / wire.sent as f64;
    println!(
        "{}: alpha {alpha:.3}, marked {marked:.3} of all frames, {} cuts, seen {cuts:.2?}, cwnd at least {low}",
        kind.name(),
        last.ecn_reductions
    );
    assert!(wire.ce_marked > 20 && last.ecn_reductions >= 3, "{wire:?} {last:?}");
    assert!(last.ecn_ok && last.cc_algo == Algo::Dctcp);
    assert!(alpha > 0.02 && alpha < 0.8, "alpha has left one and not reached zero: {alpha}");
    assert_eq!((wire.queue_dropped, last.retransmit_segs, last.rto_count), (0, 0, 0));
    // An average over rare cuts: α/2 each, where NewReno would take half.
    let mean = cuts.iter().sum::<f64>() / cuts.len().max(1) as f64;
    assert!(!cuts.is_empty() && mean > 0.6, "{cuts:?}");
    if kind.is_rtl() {
        assert!(last.cc_firmware);
    }
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    scene.run("all there", SECOND, |s| s.stack_peer(|p| p.ended));
    assert_eq!(scene.stack_peer(|p| p.received), bytes);
}

/// RFC 8257 §3.2: bytes acknowledged with ECE are the bytes that came marked, neither more nor fewer, whatever the pattern.
fn dctcp_receiver_echoes_every_mark(kind: Kind) {
    let wire =
        WireProfile::both(Direction { bits_per_us: 500, delay_ns: 50_000, ..Direction::CLEAN });
    let bytes = 600_000_u64;
    let Some((mut scene, id)) = dctcp("dctcp_echo", kind, wire, bytes) else { return };
    #[derive(Default)]
    struct Seen {
        marked: u64,
        total: u64,
        echoed: u64,
        acked: Option<u32>,
        all: u64,
        dice: u64,
        run: u32,
    }
    let seen = Arc::new(Mutex::new(Seen { dice: 88_172_645_463_325_252, ..Seen::default() }));
    let tcp = |f: &[u8]| {
        let ip = f.get(14..).filter(|_| f[12..14] == [8, 0] && f[23] == 6)?;
        let header = usize::from(ip[0] & 15) * 4;
        let total = usize::from(u16::from_be_bytes([ip[2], ip[3]]));
        let t = ip.get(header..total)?;
        let payload = t.len() - usize::from(t[12] >> 4) * 4;
        let ack = u32::from_be_bytes([t[8], t[9], t[10], t[11]]);
        Some((t[13], ack, payload as u64))
    };
    let marks = seen.clone();
    scene.world.lock().hook_to_device(Some(Box::new(move |frame, _| {
        let mut s = marks.lock().unwrap();
        match tcp(frame) {
            Some((_, _, payload)) if payload > 0 && frame[15] & 3 == 2 => {
                s.total += payload;
                // Runs of one to eight, marked and not.
                if s.run & 15 == 0 {
                    s.dice ^= s.dice << 13;
                    s.dice ^= s.dice >> 7;
                    s.dice ^= s.dice << 17;
                    s.run = ((s.run & 16) ^ 16) | (1 + (s.dice & 7) as u32);
                }
                s.run -= 1;
                if s.run & 16 != 0 {
                    s.marked += payload;
                    return Fate::Ce;
                }
                Fate::Pass
            }
            _ => Fate::Pass,
        }
    })));
    let echoes = seen.clone();
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        let mut s = echoes.lock().unwrap();
        if let Some((flags, ack, _)) = tcp(frame).filter(|(flags, ..)| flags & 2 == 0) {
            let news = s.acked.map_or(0, |old| ack.wrapping_sub(old));
            if news < 1 << 31 {
                s.all += u64::from(news);
                s.echoed += if flags & 0x40 != 0 { u64::from(news) } else { 0 };
                s.acked = Some(ack);
            }
        }
        Fate::Pass
    })));
    // What was on its way before the hooks is not counted; from here on everything is.
    let mut t = Transfer::new(id, 0, 9, Some(bytes));
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    scene.pass(Micros(200_000));
    assert_eq!(t.received_sha256(), pattern_sha256(7, bytes));
    let s = seen.lock().unwrap();
    println!(
        "{}: {} of {} bytes marked, {} of {} echoed",
        kind.name(),
        s.marked,
        s.total,
        s.echoed,
        s.all
    );
    assert!(s.marked > bytes / 5 && s.marked < s.total, "{} of {}", s.marked, s.total);
    // The first acknowledgement that the hook saw, and one that a data segment may carry at a change of hands.
    let apart = s.echoed.abs_diff(s.marked);
    assert!(apart <= 3 * u64::from(MSS), "{} marked, {} echoed", s.marked, s.echoed);
}

/// In the middle of marks to the engine and back: α goes along.
fn hand_over_of_a_dctcp_session(kind: Kind) {
    let wire = WireProfile {
        to_peer: marking(),
        to_device: Direction { delay_ns: 100_000, ..Direction::CLEAN },
    };
    let Some((mut scene, id)) = dctcp("dctcp_hand_over", kind, wire, 0) else { return };
    let bytes = 1_400_000;
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    for part in 1..=3_u64 {
        until(&mut scene, &mut t, None, part * 350_000);
        let there = look(&mut scene, &mut t);
        let now = scene.now();
        scene.node.take_back(now, id, None).unwrap();
        scene.drive_until("back", SECOND, &mut t, |s, _| s.node.owner(id) == Owner::Host);
        let now = scene.now();
        let here = scene.node.stack().tcp_info(now, id).unwrap();
        assert_eq!((here.cc, there.cc_algo), ("dctcp", Algo::Dctcp));
        assert!(
            here.cwnd * 4 > there.cwnd && here.cwnd < there.cwnd * 4,
            "{} {}",
            here.cwnd,
            there.cwnd
        );
        scene.node.offload_now(now, id).unwrap();
        scene.offloaded(id);
        let again = look(&mut scene, &mut t);
        let alpha = |i: &SessionImage| i.cc_private[0] & 0x1_ffff;
        // A few windows lie between the two looks.
        assert!(
            again.cc_private[0] >> 31 == 1 && alpha(&again).abs_diff(alpha(&there)) < 20_000,
            "{there:?} {again:?}"
        );
    }
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    scene.run("all there", SECOND, |s| s.stack_peer(|p| p.ended));
    assert_eq!(scene.stack_peer(|p| p.received), bytes);
    assert_eq!(scene.world.lock().statistics().to_peer.queue_dropped, 0);
}

/// Not a test of anything: prints what CUBIC is worth beside NewReno, on a long lossy wire and in a short queue.
#[test]
#[ignore = "figures only"]
fn figures() {
    let kind = if cfg!(feature = "rtl-small") { Kind::RtlSmall } else { Kind::Model };
    let queue = Direction {
        hop_bits_per_us: 200,
        hop_queue_bytes: 60_000,
        delay_ns: 5_000_000,
        ..Direction::CLEAN
    };
    let lossy = |loss, delay_ns| Direction { loss, delay_ns, hop_queue_bytes: 1 << 20, ..queue };
    let wires = [
        ("1 % loss, 10 ms", lossy(0.01, 5_000_000)),
        ("queue of 60 KB, 10 ms", queue),
        ("0.1 % loss, 10 ms", lossy(0.001, 5_000_000)),
        ("0.1 % loss, 40 ms", lossy(0.001, 20_000_000)),
    ];
    // The RTL simulates every clock: a shorter run, and the first two.
    let (seeds, bytes, rows) = if kind.is_rtl() { (1, 3_000_000, 2) } else { (5, 20_000_000, 4) };
    for (what, to_peer) in &wires[..rows] {
        let mut goodput = Vec::new();
        for algo in [CcAlgo::NewReno, CcAlgo::Cubic] {
            let mut us = 0;
            for seed in 1..=seeds {
                let back = Direction { delay_ns: to_peer.delay_ns, ..Direction::CLEAN };
                let wire = WireProfile { to_peer: *to_peer, to_device: back };
                let mut config = SceneConfig::new("figures", kind).wire(wire).seed(seed);
                config.peer.receive_buffer = 1 << 20;
                let Some(mut scene) = config.build() else { return };
                let (id, peer) = sink(&mut scene, algo, bytes, 1 << 20);
                let mut t = Transfer::new(id, bytes, 9, None).closing();
                let start = scene.now();
                until(&mut scene, &mut t, Some(peer), bytes);
                us += scene.now().since(start).0;
            }
            goodput.push((bytes * seeds) as f64 * 8.0 / us as f64);
        }
        println!(
            "{}, 200 Mbit/s, {what}: NewReno {:.1}, CUBIC {:.1} Mbit/s ({:+.0} %)",
            kind.name(),
            goodput[0],
            goodput[1],
            (goodput[1] / goodput[0] - 1.0) * 100.0
        );
    }
}
