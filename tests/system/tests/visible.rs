// SPDX-License-Identifier: Apache-2.0
//! What is told of a session, field by field, whoever has it (S-CC-5, S-EXP-2): a hand-over changes nothing of it, and what
//! the engine tells is what the wire shows.

use std::sync::{Arc, Mutex};

use toe_api::{Micros, TcpOptions};
use toe_stack::TcpId;
use toe_system_tests::on_all_devices;
use toe_tcp::{Counters, TcpInfo};
use toe_testkit::{Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Direction, Fate, WireProfile, pattern_sha256};

on_all_devices!(a_hand_over_changes_no_field, what_the_engine_tells_is_what_the_wire_shows);

const SECOND: Micros = Micros(1_000_000);

/// `tcp_info` as of now.
fn told(scene: &mut Scene, id: TcpId) -> TcpInfo {
    let now = scene.now();
    scene.node.look(now, id);
    scene.run("the engine answers", SECOND, |s| !s.node.offload().is_looking(id));
    let (info, age) = scene.node.tcp_info(scene.now(), id).expect("it has been asked");
    assert!(age < Micros(10_000), "{age:?}");
    info
}

/// Every field of two that are `passed` apart, with nothing between them but a hand-over. A new field does not compile until
/// it is here.
fn same(before: &TcpInfo, after: &TcpInfo, passed: Micros) {
    macro_rules! same {
        ($a:expr, $b:expr; $($field:ident),+ $(,)?) => {
            $(assert_eq!($a.$field, $b.$field, concat!(stringify!($field), " before, after")));+
        };
    }
    let TcpInfo {
        state: _,
        cc: _,
        // What limits is known to who last tried to send; a copy of the engine's state has not tried.
        limited: _,
        limited_time: _,
        iss: _,
        irs: _,
        snd_una: _,
        snd_nxt: _,
        snd_max: _,
        snd_end: _,
        snd_wnd: _,
        snd_wscale: _,
        rcv_nxt: _,
        rcv_adv: _,
        rcv_read: _,
        rcv_data_end: _,
        rcv_wnd: _,
        rcv_wscale: _,
        snd_mss: _,
        peer_mss: _,
        path_mss: _,
        df: _,
        cwnd: _,
        ssthresh: _,
        pipe: _,
        notsent: _,
        unacked: _,
        sacked: _,
        ooo_bytes: _,
        ooo_intervals: _,
        fast_recovery: _,
        cong_recovery: _,
        rtt: _,
        rttvar: _,
        rto: _,
        backoff: _,
        retries: _,
        ts_ok: _,
        sack_ok: _,
        ecn_ok: _,
        nodelay: _,
        timers,
        counters,
    } = *before;
    same!(before, after;
        state, cc, iss, irs, snd_una, snd_nxt, snd_max, snd_end, snd_wnd, snd_wscale, rcv_nxt, rcv_adv, rcv_read,
        rcv_data_end, rcv_wnd, rcv_wscale, snd_mss, peer_mss, path_mss, df, cwnd, ssthresh, pipe, notsent, unacked, sacked,
        ooo_bytes, ooo_intervals, fast_recovery, cong_recovery, rtt, rttvar, rto, backoff, ts_ok, sack_ok, ecn_ok,
        nodelay,
    );
    // A session image has one count for time-outs and their doublings; a probe that is answered resets the first alone.
    assert!([before.retries, before.backoff].contains(&after.retries), "retries {}", after.retries);
    let pairs = [
        ("rexmt", timers.rexmt, after.timers.rexmt),
        ("persist", timers.persist, after.timers.persist),
        ("keep", timers.keep, after.timers.keep),
        ("2msl", timers.two_msl, after.timers.two_msl),
        ("delack", timers.delack, after.timers.delack),
    ];
    for (name, before, after) in pairs {
        let Some(before) = before else {
            assert_eq!(after, None, "{name}");
            continue;
        };
        let after = after.unwrap_or_else(|| panic!("{name} does not run any more"));
        // A tick of the slow timer is a millisecond.
        let earliest = before.0.saturating_sub(passed.0 + 2_000);
        assert!((earliest..=before.0 + 2_000).contains(&after.0), "{name}: {before:?}, {after:?}");
    }
    let Counters {
        segs_out: _,
        segs_in: _,
        bytes_out: _,
        bytes_in: _,
        retransmit_segs: _,
        retransmit_bytes: _,
        dup_acks_in: _,
        ooo_in: _,
        dup_in: _,
        rto_count: _,
        fast_retransmits: _,
        ecn_reductions: _,
        probes_out: _,
        challenge_acks: _,
        // Those that a session image has no room for: of whoever has the session.
        ooo_overflow: _,
        rto_spurious: _,
        challenge_suppressed: _,
        paws_drops: _,
        mtu_rewinds: _,
        sack_reneges: _,
        dsack_in: _,
    } = counters;
    same!(counters, after.counters;
        segs_out, segs_in, bytes_out, bytes_in, retransmit_segs, retransmit_bytes, dup_acks_in, ooo_in, dup_in, rto_count,
        fast_retransmits, ecn_reductions, probes_out, challenge_acks,
    );
}

/// Both ways, with bytes in every queue, a closed window, a persist timer, and the marks of a loss.
fn a_hand_over_changes_no_field(kind: Kind) {
    let wire = WireProfile::both(Direction { delay_ns: 1_000_000, ..Direction::CLEAN });
    let Some(mut scene) = SceneConfig::new("fields", kind).wire(wire).build() else { return };
    scene.node.offload_mut().set_automatic(false);
    // Probing a closed window counts as recovery.
    scene.node.policy_mut().unsettled = true;
    let bytes = 200_000;
    let options = TcpOptions { snd_ring: 32 * 1024, rcv_ring: 32 * 1024, ..TcpOptions::default() };
    let behaviour = Behaviour::exchange(bytes, 7, bytes);
    let (id, peer) = scene.connected(false, 80, options, behaviour);
    let mut full_segments = 0;
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        full_segments += u32::from(frame.len() > 1000);
        if full_segments == 9 && frame.len() > 1000 { Fate::Drop } else { Fate::Chance }
    })));
    let mut t = Transfer::new(id, bytes, 9, Some(bytes)).closing();
    scene.drive_until("a part", Micros(20 * SECOND.0), &mut t, |_, t| t.received > bytes / 4);
    t.paused = true;
    scene.peer(|p| p.set_reading(peer, false));
    let _both_windows_are_full = scene.try_run(SECOND, |s| {
        let now = s.now();
        t.drive(now, &mut s.node)
    });

    let (before, at) = (told(&mut scene, id), scene.now());
    assert!(before.counters.retransmit_segs > 0 && before.ssthresh < 1 << 30, "{before:?}");
    assert!(before.notsent > 0 && before.timers.persist.is_some(), "{before:?}");
    assert!(before.rcv_data_end.since(before.rcv_read) > 0, "{before:?}");
    scene.node.offload_now(at, id).unwrap();
    scene.offloaded(id);
    let after = told(&mut scene, id);
    same(&before, &after, scene.now().since(at));

    let at = scene.now();
    scene.node.take_back(at, id, None).unwrap();
    scene.run("it is back", SECOND, |s| s.node.owner(id) == toe_api::Owner::Host);
    let back = told(&mut scene, id);
    same(&after, &back, scene.now().since(at));
    t.paused = false;
    scene.peer(|p| p.set_reading(peer, true));
    scene.transfer(Micros(300 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, bytes)));
}

/// What somebody beside the wire has counted: of the segments that a side sent.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    segments: u32,
    bytes: u64,
    /// Below what was sent before, and how many bytes.
    again: u32,
    again_bytes: u32,
    largest: u32,
    /// After the last byte sent.
    end: Option<u32>,
    ack: u32,
    window: u32,
}

impl Seen {
    /// An Ethernet frame with IPv4.
    fn take(&mut self, frame: &[u8]) {
        if frame[12..14] != [8, 0] || frame[23] != 6 {
            return;
        }
        let ip = &frame[14..];
        let total = usize::from(u16::from_be_bytes([ip[2], ip[3]]));
        let tcp = &ip[usize::from(ip[0] & 15) * 4..total];
        let word = |at: usize| u32::from_be_bytes(tcp[at..at + 4].try_into().unwrap());
        let len = u32::try_from(tcp.len() - usize::from(tcp[12] >> 4) * 4).unwrap();
        let end = word(4).wrapping_add(len);
        self.segments += 1;
        self.bytes += u64::from(len);
        self.largest = self.largest.max(len);
        match self.end {
            Some(before) if len > 0 && (end.wrapping_sub(before) as i32) <= 0 => {
                self.again += 1;
                self.again_bytes += len;
            }
            _ => self.end = Some(end),
        }
        self.ack = word(8);
        self.window = u16::from_be_bytes([tcp[14], tcp[15]]).into();
    }
}

fn what_the_engine_tells_is_what_the_wire_shows(kind: Kind) {
    let delay = 5_000_000;
    let wire = WireProfile::both(Direction { delay_ns: delay, ..Direction::CLEAN });
    let Some(mut scene) = SceneConfig::new("told", kind).wire(wire).build() else { return };
    let (bytes, back) = (150_000, 40_000);
    let behaviour = Behaviour::exchange(back, 7, bytes);
    let (id, _) = scene.connected(false, 80, TcpOptions::default(), behaviour);
    scene.offloaded(id);
    let before = told(&mut scene, id);
    let (out, into) =
        (Arc::new(Mutex::new(Seen::default())), Arc::new(Mutex::new(Seen::default())));
    {
        let mut world = scene.world.lock();
        let (seen, mut lost) = (Arc::clone(&out), false);
        world.hook_to_peer(Some(Box::new(move |frame, _| {
            let mut seen = seen.lock().unwrap();
            seen.take(frame);
            let now_lost = seen.segments > 20 && frame.len() > 1000 && !lost;
            lost |= now_lost;
            if now_lost { Fate::Drop } else { Fate::Chance }
        })));
        let seen = Arc::clone(&into);
        world.hook_to_device(Some(Box::new(move |frame, _| {
            seen.lock().unwrap().take(frame);
            Fate::Chance
        })));
    }
    let mut t = Transfer::new(id, bytes, 9, Some(back));
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    // Until everything is acknowledged, delayed acknowledgements too.
    scene.pass(SECOND);
    let info = told(&mut scene, id);
    let (out, into) = (*out.lock().unwrap(), *into.lock().unwrap());
    assert_eq!(into.ack, out.end.unwrap(), "everything has arrived: {out:?} {into:?}");

    let (c, was) = (info.counters, before.counters);
    assert_eq!(c.segs_out - was.segs_out, out.segments, "segs_out");
    assert_eq!(c.segs_in - was.segs_in, into.segments, "segs_in");
    assert_eq!(c.bytes_out - was.bytes_out, out.bytes, "bytes_out");
    assert_eq!(c.bytes_in - was.bytes_in, back, "bytes_in");
    assert_eq!(c.retransmit_segs - was.retransmit_segs, out.again, "retransmit_segs");
    assert_eq!(c.retransmit_bytes - was.retransmit_bytes, out.again_bytes, "retransmit_bytes");
    assert_eq!((out.again, c.fast_retransmits, c.rto_count), (1, 1, 0), "one was lost");
    assert_eq!(
        [info.snd_una.0, info.snd_nxt.0, info.snd_max.0, info.snd_end.0],
        [out.end.unwrap(); 4]
    );
    assert_eq!((info.rcv_nxt.0, info.rcv_data_end.0), (out.ack, into.end.unwrap()));
    // The engine is told of what was read when it is an eighth of the ring.
    assert!(info.rcv_data_end.since(info.rcv_read) < TcpOptions::default().rcv_ring / 8);
    // Rounded down on the wire.
    assert_eq!(info.rcv_wnd >> info.rcv_wscale, out.window);
    assert_eq!(info.snd_wnd, into.window << info.snd_wscale);
    assert_eq!((info.snd_mss, info.peer_mss), (out.largest, 1460));
    assert_eq!(
        (info.unacked, info.notsent, info.sacked, info.pipe, info.ooo_bytes),
        (0, 0, 0, 0, 0)
    );
    let rtt = delay * 2 / 1000;
    assert!((rtt..rtt + 5_000).contains(&info.rtt.into()), "{} µs", info.rtt);
    assert!(
        (1..5_000).contains(&info.rttvar) && info.rto == 200_000,
        "{} {}",
        info.rttvar,
        info.rto
    );
    assert!(
        info.ssthresh >= 2 * info.snd_mss && info.ssthresh < before.ssthresh,
        "{}",
        info.ssthresh
    );
    assert!(info.cwnd >= info.ssthresh && !info.fast_recovery && info.backoff == 0);
}
