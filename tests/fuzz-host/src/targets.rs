// SPDX-License-Identifier: Apache-2.0
//! What is fuzzed. A target gets bytes, must not panic, and says what it did as a number: inputs that make it do
//! something new are kept and built upon. That is coarser than coverage, and needs no special compiler.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use toe_abi::{SessionImage, SessionImageRaw};
use toe_image::{Placement, Ring, from_image, to_image};
use toe_stack::{
    Endpoint, FibId, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, RxFrame, ScopedAddr, Stack,
    StackConfig, TcpOptions, Verdict,
};
use toe_tcp::timewait::TwSwitches;
use toe_tcp::{AckLimiter, Config, Flags, MslClass, Segment, SeqNum, Tcb, TimeWaitRecord, options};

use crate::{command, control};

/// A parser, or something that eats what parsers give.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Longest input.
    pub(crate) most: usize,
    pub(crate) run: fn(&[u8]) -> u64,
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
}

pub(crate) const TARGETS: [Target; 10] = [
    Target { name: "frames", most: 4096, run: frames, seeds: conversation },
    Target { name: "tcp_options", most: 48, run: tcp_options, seeds: option_lists },
    Target { name: "segments", most: 512, run: segments, seeds: || vec![vec![0x10; 64]] },
    Target { name: "time_wait", most: 256, run: time_wait, seeds: || vec![vec![0x11; 32]] },
    Target { name: "images", most: SessionImageRaw::BYTES + 64, run: images, seeds: good_images },
    Target { name: "policies", most: 2048, run: control::policies, seeds: control::policy_files },
    Target { name: "options", most: 2048, run: control::options, seeds: control::option_files },
    Target { name: "requests", most: 4096, run: control::requests, seeds: control::conversation },
    Target { name: "control", most: 4096, run: control::control, seeds: control::conversation },
    Target { name: "command_line", most: 2048, run: command::command_line, seeds: command::lines },
];

pub(crate) fn signature(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// How often, by order of magnitude: a new one is something new.
fn magnitudes(text: &str) -> Vec<u32> {
    let digits = |c: char| !c.is_ascii_digit();
    let numbers = text.split(digits).filter_map(|n| n.parse::<u64>().ok());
    numbers.map(|n| 64 - n.leading_zeros()).collect()
}

const OURS: (IpAddr, IpAddr) = (
    IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 1)),
);
const PEER: (IpAddr, IpAddr) = (
    IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 2)),
);

fn stack(mac: u8, addresses: (IpAddr, IpAddr), neighbour: (u8, (IpAddr, IpAddr))) -> (Stack, IfId) {
    let mut stack = Stack::new(StackConfig { seed: mac.into(), ..StackConfig::default() });
    let address = |n| MacAddr([2, 0, 0, 0, 0, n]);
    let Ok(port) = stack.add_interface(InterfaceConfig::ethernet("eth0", address(mac))) else {
        unreachable!("the name is new")
    };
    for (ip, len) in [(addresses.0, 24), (addresses.1, 64)] {
        if let Ok(net) = ipnet(ip, len) {
            let _new = stack.add_address(Micros(0), port, net);
        }
    }
    let _new = stack.add_link_local(Micros(0), port);
    for ip in [neighbour.1.0, neighbour.1.1] {
        let _new = stack.set_neighbour(Micros(0), port, ip, address(neighbour.0));
    }
    (stack, port)
}

fn ipnet(ip: IpAddr, len: u8) -> Result<IfAddr, ()> {
    format!("{ip}/{len}").parse().map(IfAddr::new).map_err(|_| ())
}

fn endpoint(ip: IpAddr, port: u16) -> Endpoint {
    Endpoint::new(ScopedAddr::global(ip).unwrap_or(Ipv4Addr::UNSPECIFIED.into()), port)
}

/// A host with listeners, sessions and UDP sockets, as somebody else may find it.
fn victim(now: Micros) -> (Stack, IfId) {
    let (mut stack, port) = stack(1, OURS, (2, PEER));
    for ip in [OURS.0, OURS.1] {
        let id = stack.tcp_socket(TcpOptions::default());
        let _bound = stack.tcp_bind(id, endpoint(ip, 80));
        let _listens = stack.tcp_listen(id, 8);
        let client = stack.tcp_socket(TcpOptions::default());
        let peer = if ip == OURS.0 { PEER.0 } else { PEER.1 };
        let _begun = stack.tcp_connect(now, client, endpoint(peer, 80));
        let udp = stack.udp_socket(Default::default(), FibId(0));
        let _bound = stack.udp_bind(udp, endpoint(ip, 0).addr, 53);
        // Nobody is there: an ICMP error comes back.
        let _sent = stack.udp_send(now, udp, Some(endpoint(peer, 9)), &[4; 40]);
    }
    (stack, port)
}

/// Frames, one after the other, each with two bytes of length in front and a byte that says what the device thought of
/// its checksums.
fn frames(mut input: &[u8]) -> u64 {
    let mut now = Micros(1_000_000);
    let (mut stack, port) = victim(now);
    let (mut sent, mut ends) = (0u32, 0u32);
    while let [hi, lo, verdict, rest @ ..] = input {
        let len = usize::from(u16::from_be_bytes([*hi, *lo])).min(rest.len());
        let (bytes, after) = rest.split_at(len);
        input = after;
        let says = |bits: u8| match bits & 3 {
            0 => Verdict::NotChecked,
            3 => Verdict::Bad,
            _ => Verdict::Good,
        };
        ends += u32::from(toe_api::control::ends(bytes).is_some());
        let frame = RxFrame {
            bytes,
            ip_csum: says(*verdict),
            l4_csum: says(verdict >> 2),
            vlan: (verdict & 0x80 != 0).then_some(u16::from(*verdict)),
        };
        stack.handle_frame(now, port, &frame);
        while stack.poll_transmit(now).is_some() {
            sent += 1;
        }
        while stack.poll_event().is_some() {}
        now = now + Micros(if verdict & 0x40 == 0 { 1_000 } else { 3_000_000 });
        while stack.poll_transmit(now).is_some() {}
    }
    let rows = stack.tcp_table(now).count();
    signature((
        magnitudes(&format!("{:?}", stack.stats())),
        rows,
        ends > 0,
        32 - sent.leading_zeros(),
    ))
}

/// What two hosts really say to each other: ARP, ND, ping, UDP, TCP with all options, both families.
fn conversation() -> Vec<Vec<u8>> {
    let mut now = Micros(1_000_000);
    let (mut us, our_port) = victim(now);
    let (mut peer, peer_port) = stack(2, PEER, (1, OURS));
    for ip in [PEER.0, PEER.1] {
        let id = peer.tcp_socket(TcpOptions::default());
        let _bound = peer.tcp_bind(id, endpoint(ip, 80));
        let _listens = peer.tcp_listen(id, 8);
        let to = if ip == PEER.0 { OURS.0 } else { OURS.1 };
        let client = peer.tcp_socket(TcpOptions::default());
        let _begun = peer.tcp_connect(now, client, endpoint(to, 80));
        let _sent = peer.ping(now, FibId(0), endpoint(to, 0).addr, 1, 1, &[1, 2, 3]);
        let udp = peer.udp_socket(Default::default(), FibId(0));
        let _sent = peer.udp_send(now, udp, Some(endpoint(to, 53)), &[4; 40]);
        let _sent = peer.udp_send(now, udp, Some(endpoint(to, 9)), &[4; 40]);
    }
    let mut seeds = Vec::new();
    let mut whole = Vec::new();
    for _ in 0..40 {
        while let Some(frame) = us.poll_transmit(now) {
            peer.handle_frame(now, peer_port, &RxFrame::unchecked(&frame.bytes));
        }
        while let Some(frame) = peer.poll_transmit(now) {
            us.handle_frame(now, our_port, &RxFrame::unchecked(&frame.bytes));
            let len = u16::try_from(frame.bytes.len()).unwrap_or(0);
            let mut one = len.to_be_bytes().to_vec();
            one.push(0);
            one.extend_from_slice(&frame.bytes);
            whole.extend_from_slice(&one);
            seeds.push(one);
        }
        let mut buffer = [0; 512];
        let all: Vec<_> = peer.established().collect();
        for id in all {
            let _some = peer.tcp_send(now, id, &[9; 100]);
            let _some = peer.tcp_recv(now, id, &mut buffer);
        }
        now = now + Micros(50_000);
    }
    whole.truncate(4096);
    seeds.push(whole);
    seeds
}

fn tcp_options(input: &[u8]) -> u64 {
    match options::parse(input) {
        Ok(p) => signature((p.mss.is_some(), p.wscale, p.ts.is_some(), p.sack.len(), p.unknown)),
        Err(error) => signature(error.at),
    }
}

fn option_lists() -> Vec<Vec<u8>> {
    vec![
        vec![2, 4, 5, 180, 1, 3, 3, 7, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0],
        vec![1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 9],
        vec![19, 18, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0],
    ]
}

/// A segment out of 16 bytes.
fn segment(b: &[u8; 16], near: SeqNum, acks: SeqNum) -> Segment {
    let offset = |hi: u8, lo: u8| u32::from(u16::from_be_bytes([hi, lo])).wrapping_sub(0x8000);
    let mut seg = Segment {
        seq: SeqNum(near.0.wrapping_add(offset(b[0], b[1]))),
        ack: SeqNum(acks.0.wrapping_add(offset(b[2], b[3]))),
        flags: Flags(u16::from(b[4])),
        wnd: u16::from_be_bytes([b[5], b[6]]),
        payload_len: u32::from(b[7]) * 8,
        ..Segment::default()
    };
    if b[8] & 1 != 0 {
        seg.ts = Some(toe_tcp::Timestamps { val: b[9].into(), ecr: b[10].into() });
    }
    for n in 0..b[8] >> 1 & 3 {
        let start = SeqNum(acks.0.wrapping_add(offset(b[11].wrapping_add(n), b[12])));
        seg.sack.push(start, SeqNum(start.0.wrapping_add(b[13].into())));
    }
    if seg.syn() {
        seg.mss = (b[14] & 1 != 0).then_some(u16::from(b[15]) * 8);
        seg.wscale = (b[14] & 2 != 0).then_some(b[15]);
        seg.sack_permitted = b[14] & 4 != 0;
    }
    seg.ce = b[8] & 0x80 != 0;
    seg
}

/// A connection that gets whatever segments, near its window.
fn segments(input: &[u8]) -> u64 {
    let mut now = Micros(1_000_000);
    let config = Config { ecn: true, ..Config::default() };
    let mut tcb = Tcb::connect(&config, SeqNum(1000), now);
    let mut seen = Vec::new();
    let (records, _) = input.as_chunks::<16>();
    for record in records {
        let seg = segment(record, tcb.rcv_read(), tcb.snd_end());
        seen.push(tcb.on_segment(now, &seg).verdict);
        if record[6] & 1 != 0 {
            let end = tcb.snd_end();
            tcb.app_wrote(end + u32::from(record[10]));
        }
        if record[6] & 2 != 0 {
            tcb.app_read(tcb.rcv_data_end());
        }
        if record[6] & 4 != 0 && record[5] == 0 {
            tcb.close();
        }
        while tcb.poll_transmit(now).is_some() {}
        while tcb.poll_event().is_some() {}
        now = now + Micros(u64::from(record[15]) * 10_000);
        if tcb.next_deadline().is_some_and(|at| at <= now) {
            tcb.on_timer(now);
        }
    }
    signature((seen, tcb.state()))
}

fn time_wait(input: &[u8]) -> u64 {
    let (records, _) = input.as_chunks::<16>();
    let mut limiter = AckLimiter::new(10);
    let mut seen = Vec::new();
    for record in records {
        let entry = TimeWaitRecord {
            snd_nxt: SeqNum(5000),
            rcv_nxt: SeqNum(9000),
            last_win: 100,
            rcv_wscale: record[14] & 15,
            ts_ok: record[14] & 0x10 != 0,
            ts_recent: 7,
            ts_offset: 0,
            class: MslClass::Remote,
        };
        let seg = segment(record, entry.rcv_nxt, entry.snd_nxt);
        let out = entry.process(TwSwitches::default(), &mut limiter, Micros(1), &seg);
        seen.push((format!("{:?}", out.action), out.reply.is_some()));
    }
    signature(seen)
}

const RING: u32 = 65_536;

fn placement() -> Placement {
    Placement {
        handle: 0x0001_0002,
        local: OURS.0,
        remote: PEER.0,
        lport: 80,
        rport: 40_000,
        nexthop: 3,
        qp: 0,
        ttl: 64,
        tos: 0,
        port: 0,
        flow_label: 0,
        mirror: false,
        trace: false,
        pacing_bytes_per_ms: 0,
        tx: Ring { iova: 0x10_0000, log2: 16, seq0: 1001 },
        rx: Ring { iova: 0x20_0000, log2: 16, seq0: 2001 },
    }
}

fn config() -> Config {
    Config { rcv_ring: RING, snd_ring: RING, ..Config::default() }
}

fn good_images() -> Vec<Vec<u8>> {
    let now = Micros(1_000_000);
    let mut a = Tcb::connect(&config(), SeqNum(1000), now);
    let Some(syn) = a.poll_transmit(now) else { return Vec::new() };
    let mut b = Tcb::from_syn(&config(), SeqNum(2000), &syn.seg, now);
    for _ in 0..4 {
        while let Some(e) = b.poll_transmit(now) {
            a.on_segment(now, &e.seg);
        }
        while let Some(e) = a.poll_transmit(now) {
            b.on_segment(now, &e.seg);
        }
    }
    a.app_wrote(SeqNum(6001));
    while a.poll_transmit(now).is_some() {}
    let image = to_image(&a.freeze(now), &placement(), now);
    image.map(|i| vec![i.pack().to_le_bytes().to_vec()]).unwrap_or_default()
}

/// An image from a device that lies, and segments for the connection that comes out of it.
fn images(input: &[u8]) -> u64 {
    let Some((bytes, rest)) = input.split_first_chunk::<{ SessionImageRaw::BYTES }>() else {
        return 0;
    };
    let now = Micros(2_000_000);
    let image: SessionImage = match SessionImageRaw::from_le_bytes(bytes).unpack() {
        Ok(image) => image,
        Err(invalid) => return signature(invalid.field),
    };
    let snapshot = match from_image(&image, now, &config()) {
        Ok(snapshot) => snapshot,
        Err(error) => return signature(error.to_string()),
    };
    let mut tcb = match Tcb::thaw(&snapshot.0, now) {
        Ok(tcb) => tcb,
        Err(error) => return signature(error.to_string()),
    };
    for record in rest.as_chunks::<16>().0 {
        tcb.on_segment(now, &segment(record, tcb.rcv_read(), tcb.snd_end()));
        while tcb.poll_transmit(now).is_some() {}
    }
    tcb.on_timer(now + Micros(10_000_000));
    while tcb.poll_transmit(now).is_some() {}
    signature(tcb.state())
}
