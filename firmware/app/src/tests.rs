// SPDX-License-Identifier: Apache-2.0
//! The firmware against a fake engine: host memory, DMA, pipeline and lookup answers under the test's control.

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use toe_abi::{
    AdminCmd, AdminCpl, AdminCplRaw, AdminOpcode, AdminStatus, CcAlgo, MslClass, Nexthop,
    SessionImage, SessionImageRaw, SessionKey, TcpState, session_image as f,
};

const ASQ: u64 = 0x1_0000;
const ACQ: u64 = 0x2_0000;
const IMAGE_AT: u64 = 0x3_0000;
const LOG2: u32 = 3;

struct Fake {
    regs: BTreeMap<u32, u32>,
    xbuf: Vec<u32>,
    host: BTreeMap<u64, u32>,
    sessions: BTreeMap<u32, Vec<u32>>,
    entries: BTreeSet<u32>,
    lookup_answer: u32,
    dma_fault: Option<u64>,
    /// Transfers to `dma_fault` that still succeed.
    dma_good: u32,
    hang: bool,
    nexthops: Vec<(u32, Vec<u32>)>,
    order: Vec<&'static str>,
    /// Summaries that wait: registers by offset.
    summaries: Vec<BTreeMap<u32, u32>>,
    /// Answers: the registers as they were when the answer was given.
    answers: Vec<BTreeMap<u32, u32>>,
}

impl Fake {
    fn new() -> Self {
        let mut regs = BTreeMap::new();
        let [lo, hi] = halves(toe_abi::ABI_HASH);
        for (offset, value) in [
            (mcu::SYS_HW_HASH_LO.offset(), lo),
            (mcu::SYS_HW_HASH_HI.offset(), hi),
            (mcu::SYS_SESSIONS.offset(), 64),
            (mcu::SYS_NEXTHOPS.offset(), 16),
            (mcu::SYS_QUEUE_PAIRS.offset(), 4),
            (mcu::SYS_MAX_FRAME.offset(), 1536),
            (mcu::ADMIN_ASQ_BASE_LO.offset(), u32::try_from(ASQ).unwrap()),
            (mcu::ADMIN_ACQ_BASE_LO.offset(), u32::try_from(ACQ).unwrap()),
            (mcu::ADMIN_CONFIG.offset(), LOG2 | LOG2 << 4 | 1 << 8),
        ] {
            regs.insert(offset, value);
        }
        Self {
            regs,
            xbuf: vec![0; XBUF_WORDS],
            host: BTreeMap::new(),
            sessions: BTreeMap::new(),
            entries: BTreeSet::new(),
            lookup_answer: 0,
            dma_fault: None,
            dma_good: 0,
            hang: false,
            nexthops: Vec::new(),
            order: Vec::new(),
            summaries: Vec::new(),
            answers: Vec::new(),
        }
    }

    fn reg(&self, offset: u32) -> u32 {
        self.regs.get(&offset).copied().unwrap_or(0)
    }

    fn dma(&mut self, op: u32) {
        let addr = u64::from(self.reg(mcu::DMA_ADDR_LO.offset()))
            | u64::from(self.reg(mcu::DMA_ADDR_HI.offset())) << 32;
        let local = self.reg(mcu::DMA_LOCAL.offset()) as usize;
        let words = self.reg(mcu::DMA_LENGTH.offset()) as usize / 4;
        assert!(
            local.is_multiple_of(64) && words * 4 <= 512 && words > 0,
            "local {local} words {words}"
        );
        let mut fault = self.dma_fault == Some(addr);
        if fault && self.dma_good > 0 {
            (fault, self.dma_good) = (false, self.dma_good - 1);
        }
        for i in 0..if fault { 0 } else { words } {
            let at = addr + 4 * i as u64;
            if op == 1 {
                self.xbuf[local / 4 + i] = self.host.get(&at).copied().unwrap_or(0);
            } else {
                self.host.insert(at, self.xbuf[local / 4 + i]);
            }
        }
        self.regs.insert(mcu::DMA_STATUS.offset(), u32::from(fault) << 1);
    }

    fn pipe(&mut self, op: u32) {
        let handle = self.reg(mcu::PIPE_HANDLE.offset());
        let at = self.reg(mcu::PIPE_IMAGE.offset()) as usize / 4;
        let code = match op {
            1 if self.sessions.keys().any(|h| h & 0xffff == handle & 0xffff) => AdminStatus::Busy,
            1 => {
                self.order.push("state");
                self.sessions.insert(handle, self.xbuf[at..at + 128].to_vec());
                AdminStatus::Ok
            }
            2 | 3 => match self.sessions.get(&handle).cloned() {
                Some(image) => {
                    self.xbuf[at..at + 128].copy_from_slice(&image);
                    if op == 2 {
                        self.order.push("evict");
                        self.sessions.remove(&handle);
                    }
                    AdminStatus::Ok
                }
                None => AdminStatus::BadHandle,
            },
            _ => AdminStatus::Ok,
        };
        self.regs.insert(mcu::PIPE_STATUS.offset(), (code as u32) << 8);
    }

    fn lookup(&mut self, op: u32) {
        let slot = self.reg(mcu::LOOKUP_SLOT.offset());
        self.order.push(if op == 1 { "insert" } else { "delete" });
        let code = match (op, self.lookup_answer) {
            (1, 0) => {
                self.entries.insert(slot);
                0
            }
            (1, code) => code,
            _ => u32::from(!self.entries.remove(&slot)) * 3,
        };
        self.regs.insert(mcu::LOOKUP_STATUS.offset(), code << 8);
    }

    fn command(&mut self, cmd: &AdminCmd) {
        let tail = self.reg(mcu::ADMIN_ASQ_TAIL.offset());
        let at = ASQ + u64::from(tail % (1 << LOG2)) * 64;
        for (i, word) in cmd.pack().0.into_iter().enumerate() {
            self.host.insert(at + 4 * i as u64, word);
        }
        self.regs.insert(mcu::ADMIN_ASQ_TAIL.offset(), tail.wrapping_add(1));
    }

    fn image(&mut self, image: &SessionImage) {
        for (i, word) in image.pack().0.into_iter().enumerate() {
            self.host.insert(IMAGE_AT + 4 * i as u64, word);
        }
    }

    fn host_words(&self, at: u64, words: usize) -> Vec<u32> {
        (0..words).map(|i| self.host.get(&(at + 4 * i as u64)).copied().unwrap_or(0)).collect()
    }
}

impl Hw for Fake {
    fn read(&mut self, offset: u32) -> u32 {
        if offset == mcu::SYS_NOW_LO.offset() {
            *self.regs.entry(offset).or_insert(0) += 1000;
        }
        if let Some(value) = self.summaries.first().and_then(|s| s.get(&offset)).copied() {
            if offset == mcu::CC_MARKS.offset() {
                self.summaries.remove(0);
            }
            return value;
        }
        let busy = [mcu::DMA_STATUS.offset(), mcu::PIPE_STATUS.offset()].contains(&offset);
        self.reg(offset) | u32::from(self.hang && busy)
    }

    fn write(&mut self, offset: u32, value: u32) {
        self.regs.insert(offset, value);
        match offset {
            o if o == mcu::DMA_START.offset() => self.dma(value),
            o if o == mcu::PIPE_START.offset() => self.pipe(value),
            o if o == mcu::LOOKUP_START.offset() => self.lookup(value),
            o if o == mcu::CC_SET_START.offset() => self.answers.push(self.regs.clone()),
            o if Some(o) == mcu::NEXTHOP_WORD.at(4).map(|r| r.offset()) => {
                let words =
                    (0..5).map(|i| self.reg(mcu::NEXTHOP_WORD.at(i).unwrap().offset())).collect();
                self.nexthops.push((self.reg(mcu::NEXTHOP_INDEX.offset()), words));
            }
            _ => {}
        }
    }

    fn xbuf_read(&mut self, word: usize) -> u32 {
        self.xbuf[word]
    }

    fn xbuf_write(&mut self, word: usize, value: u32) {
        self.xbuf[word] = value;
    }
}

fn command(opcode: AdminOpcode) -> AdminCmd {
    AdminCmd {
        opcode,
        cookie: 77,
        handle: 0x0005_0003,
        index: 0,
        key: SessionKey::Mss,
        iova: IMAGE_AT,
        value: 0,
        data: [0; 8],
    }
}

fn good_image() -> SessionImage {
    let mut image = SessionImageRaw::ZERO.unpack().unwrap();
    image.magic = 0x5345_4F54;
    image.state = TcpState::Established;
    image.tw_class = MslClass::Remote;
    image.cc_algo = CcAlgo::Newreno;
    image.handle = 0x0005_0003;
    image.laddr[0] = u32::from_le_bytes([10, 0, 0, 1]);
    image.raddr[0] = u32::from_le_bytes([10, 0, 0, 2]);
    (image.lport, image.rport) = (80, 40000);
    (image.snd_mss, image.peer_mss, image.ttl) = (1460, 1460, 64);
    (image.tx_ring_log2, image.rx_ring_log2) = (16, 16);
    (image.tx_ring, image.rx_ring) = (0x10_0000, 0x20_0000);
    (image.snd_una, image.snd_nxt, image.snd_max, image.snd_end) = (u32::MAX - 99, 0, 0, 1000);
    (image.rcv_read, image.rcv_nxt, image.rcv_adv, image.last_ack_sent) =
        (500, 600, 600 + 65_000, 600);
    (image.cwnd, image.ssthresh, image.rto_us) = (14_600, 1 << 30, 1_000_000);
    image
}

fn run(fake: Fake, cmds: &[AdminCmd]) -> (Firmware<Fake>, Vec<AdminCpl>) {
    let mut firmware = Firmware::boot(fake);
    for cmd in cmds {
        firmware.hw().command(cmd);
    }
    firmware.turn();
    let completions = (0..cmds.len() as u64)
        .map(|i| {
            let words = firmware.hw().host_words(ACQ + 32 * i, 8);
            AdminCplRaw(words.try_into().unwrap()).unpack().unwrap()
        })
        .collect();
    (firmware, completions)
}

#[test]
fn boots_ready_and_beats() {
    let mut firmware = Firmware::boot(Fake::new());
    assert_eq!(firmware.hw().reg(mcu::SYS_FW_STATE.offset()), STATE_READY);
    firmware.turn();
    firmware.turn();
    assert_eq!(firmware.hw().reg(mcu::SYS_HEARTBEAT.offset()), 2);
}

mod cc;

#[test]
fn a_wrong_hash_serves_nothing() {
    let mut fake = Fake::new();
    fake.regs.insert(mcu::SYS_HW_HASH_LO.offset(), 1);
    fake.command(&command(AdminOpcode::Nop));
    let mut firmware = Firmware::boot(fake);
    firmware.turn();
    assert_eq!(firmware.hw().reg(mcu::SYS_FW_STATE.offset()), STATE_MISMATCH);
    assert!(!firmware.hw().host.contains_key(&ACQ));
}

#[test]
fn installs_state_first_and_entry_last_then_evicts_in_reverse() {
    let mut fake = Fake::new();
    fake.image(&good_image());
    let (mut firmware, completions) =
        run(fake, &[command(AdminOpcode::Install), command(AdminOpcode::Evict)]);
    assert_eq!(completions.iter().map(|c| c.status).collect::<Vec<_>>(), [AdminStatus::Ok; 2]);
    assert_eq!(firmware.hw().order, ["state", "insert", "delete", "evict"]);
    assert_eq!(firmware.hw().host_words(IMAGE_AT, 128), good_image().pack().0);
}

/// An image that the host cannot have must not cost it the session: not when its memory is missing from the start, nor when
/// it goes away while the session is being taken.
#[test]
fn evicting_to_unreachable_memory_keeps_the_session() {
    for good in [1, 2] {
        let mut fake = Fake::new();
        fake.image(&good_image());
        (fake.dma_fault, fake.dma_good) = (Some(IMAGE_AT), good);
        let (mut firmware, completions) =
            run(fake, &[command(AdminOpcode::Install), command(AdminOpcode::Evict)]);
        assert_eq!(completions[0].status, AdminStatus::Ok);
        assert_eq!(completions[1].status, AdminStatus::DmaFault);
        let hw = firmware.hw();
        assert_eq!(hw.sessions.len(), 1, "the engine still has it");
        assert!(hw.entries.contains(&3), "and finds it");
        assert_eq!(hw.order.contains(&"evict"), good == 2);
    }
}

#[test]
fn a_full_lookup_table_leaves_no_session_behind() {
    for (answer, status) in [(1, AdminStatus::TableFull), (2, AdminStatus::Exists)] {
        let mut fake = Fake::new();
        fake.image(&good_image());
        fake.lookup_answer = answer;
        let (mut firmware, completions) = run(fake, &[command(AdminOpcode::Install)]);
        assert_eq!(completions[0].status, status);
        assert!(firmware.hw().sessions.is_empty());
    }
}

#[test]
fn a_stale_handle_costs_nobody_an_entry() {
    let mut fake = Fake::new();
    fake.image(&good_image());
    let mut stale = command(AdminOpcode::Evict);
    stale.handle = 0x0004_0003;
    let (mut firmware, completions) = run(fake, &[command(AdminOpcode::Install), stale]);
    assert_eq!(completions[1].status, AdminStatus::BadHandle);
    assert!(firmware.hw().entries.contains(&3));
}

#[test]
fn completions_carry_cookie_and_phase_over_several_passes() {
    let mut firmware = Firmware::boot(Fake::new());
    for turn in 0..40u32 {
        let mut nop = command(AdminOpcode::Nop);
        nop.cookie = turn;
        firmware.hw().command(&nop);
        firmware.turn();
        let words = firmware.hw().host_words(ACQ + u64::from(turn % 8) * 32, 8);
        let completion = AdminCplRaw(words.try_into().unwrap()).unpack().unwrap();
        assert_eq!((completion.cookie, completion.phase), (turn, (turn / 8) % 2 == 0));
        firmware.hw().regs.insert(mcu::ADMIN_ACQ_HEAD.offset(), turn + 1);
    }
}

#[test]
fn a_full_completion_ring_waits_and_goes_on() {
    let mut firmware = Firmware::boot(Fake::new());
    for _ in 0..8 {
        firmware.hw().command(&command(AdminOpcode::Nop));
    }
    firmware.turn();
    firmware.hw().command(&command(AdminOpcode::Nop));
    firmware.turn();
    assert_eq!(firmware.hw().host_words(ACQ, 8)[7] >> 31, 1, "slot 0 still holds the first pass");
    firmware.hw().regs.insert(mcu::ADMIN_ACQ_HEAD.offset(), 8);
    firmware.turn();
    assert_eq!(firmware.hw().host_words(ACQ, 8)[7] >> 31, 0, "served once there was room");
}

#[test]
fn absurd_commands_get_an_error_and_the_next_good_one_works() {
    let mut fake = Fake::new();
    fake.dma_fault = Some(0xdead_0000);
    fake.image(&good_image());
    let mut unmapped = command(AdminOpcode::Install);
    unmapped.iova = 0xdead_0000;
    let mut misaligned = command(AdminOpcode::Install);
    misaligned.iova += 4;
    let mut far = command(AdminOpcode::Install);
    far.handle = 0x0001_ffff;
    let (mut firmware, completions) =
        run(fake, &[unmapped, misaligned, far, command(AdminOpcode::Install)]);
    let got: Vec<_> = completions.iter().map(|c| c.status).collect();
    assert_eq!(
        got,
        [AdminStatus::DmaFault, AdminStatus::BadField, AdminStatus::BadHandle, AdminStatus::Ok]
    );
    // An opcode without a meaning.
    let hw = firmware.hw();
    hw.command(&command(AdminOpcode::Nop));
    hw.host.insert(ASQ + 4 * 64, 0xee);
    firmware.turn();
    let words = firmware.hw().host_words(ACQ + 4 * 32, 8);
    assert_eq!(
        AdminCplRaw(words.try_into().unwrap()).unpack().unwrap().status,
        AdminStatus::BadOpcode
    );
}

#[test]
fn a_hung_engine_is_reported_not_waited_for() {
    let mut fake = Fake::new();
    fake.hang = true;
    fake.command(&command(AdminOpcode::Nop));
    let mut firmware = Firmware::boot(fake);
    firmware.turn();
}

#[test]
fn next_hops_are_checked() {
    let entry = Nexthop {
        dst_mac: 0x0605_0403_0202,
        mtu: 1500,
        src_mac: 0x0a0b_0c0d_0e02,
        vlan_tci: 0,
        valid: true,
        vlan_present: false,
        generation: 3,
        port: 0,
    };
    let with = |entry: &Nexthop, index| {
        let mut cmd = command(AdminOpcode::NexthopSet);
        cmd.data = entry.pack().0;
        cmd.index = index;
        cmd
    };
    let mut group = entry;
    group.dst_mac = 0xffff_ffff_ffff;
    let mut tiny = entry;
    tiny.mtu = 40;
    let (mut firmware, completions) =
        run(Fake::new(), &[with(&entry, 15), with(&entry, 16), with(&group, 1), with(&tiny, 1)]);
    let got: Vec<_> = completions.iter().map(|c| c.status).collect();
    assert_eq!(
        got,
        [AdminStatus::Ok, AdminStatus::Limit, AdminStatus::BadField, AdminStatus::BadField]
    );
    assert_eq!(firmware.hw().nexthops, [(15, entry.pack().0[..5].to_vec())]);
}

#[test]
fn every_impossible_field_is_named() {
    let limits = Limits { sessions: 64, nexthops: 16, queue_pairs: 4, max_frame: 1536 };
    assert_eq!(validate(&good_image().pack(), 0x0005_0003, &limits), Ok(()));
    type Break = fn(&mut SessionImage);
    let rows: &[(&str, toe_abi::Field, Break)] = &[
        ("magic", f::MAGIC, |i| i.magic = 0),
        ("handle", f::HANDLE, |i| i.handle ^= 1 << 16),
        ("loopback source", f::LADDR, |i| i.laddr[0] = u32::from_le_bytes([127, 0, 0, 1])),
        ("multicast peer", f::RADDR, |i| i.raddr[0] = u32::from_le_bytes([224, 0, 0, 1])),
        ("port 0", f::LPORT, |i| i.lport = 0),
        ("peer port 0", f::RPORT, |i| i.rport = 0),
        ("next hop beyond the table", f::NEXTHOP, |i| i.nexthop = 16),
        ("queue pair beyond the engine", f::QP, |i| i.qp = 4),
        ("MSS too small", f::SND_MSS, |i| i.snd_mss = 63),
        ("MSS larger than the peer takes", f::SND_MSS, |i| i.peer_mss = 1459),
        ("MSS with timestamps", f::SND_MSS, |i| i.ts_ok = true),
        ("tiny MSS of the peer", f::PEER_MSS, |i| i.peer_mss = 63),
        ("MSS too large", f::SND_MSS, |i| (i.snd_mss, i.peer_mss) = (1483, 1483)),
        ("ttl 0", f::TTL, |i| i.ttl = 0),
        ("no class", f::TW_CLASS, |i| i.tw_class = MslClass::None),
        ("tiny ring", f::TX_RING_LOG2, |i| i.tx_ring_log2 = 11),
        ("huge ring", f::RX_RING_LOG2, |i| i.rx_ring_log2 = 31),
        ("misaligned ring", f::TX_RING, |i| i.tx_ring += 64),
        ("ring over the end of memory", f::RX_RING, |i| i.rx_ring = u64::MAX << 12),
        ("handshake state", f::STATE, |i| i.state = TcpState::SynSent),
        ("TIME_WAIT", f::STATE, |i| i.state = TcpState::TimeWait),
        ("FIN_WAIT_1 without FIN", f::FIN_QUEUED, |i| i.state = TcpState::FinWait1),
        ("peer FIN in ESTABLISHED", f::PEER_FIN, |i| i.peer_fin = true),
        ("window scale 15", f::SND_WSCALE, |i| i.snd_wscale = 15),
        ("window scale 15 out", f::RCV_WSCALE, |i| i.rcv_wscale = 15),
        ("more queued than the ring holds", f::SND_END, |i| {
            i.snd_end = i.snd_una.wrapping_add(65_537)
        }),
        ("sent more than there is", f::SND_MAX, |i| i.snd_max = 1001),
        ("snd_nxt beyond snd_max", f::SND_NXT, |i| i.snd_nxt = 1),
        ("snd_nxt before snd_una", f::SND_NXT, |i| i.snd_nxt = i.snd_una.wrapping_sub(1)),
        ("window beyond 2^30", f::SND_WND, |i| i.snd_wnd = (1 << 30) + 1),
        ("cwnd 0", f::CWND, |i| i.cwnd = 0),
        ("ssthresh 0", f::SSTHRESH, |i| i.ssthresh = 0),
        ("window without scale", f::SND_WND, |i| i.snd_wnd = 65_536),
        ("largest window below the present", f::MAX_SND_WND, |i| i.snd_wnd = 1),
        ("13 doublings", f::RTO_BACKOFF, |i| i.rto_backoff = 13),
        ("recover ahead of snd_max", f::RECOVER, |i| i.recover = 1),
        ("recovery up to before snd_una", f::RECOVER, |i| {
            (i.fast_recovery, i.recover) = (true, i.snd_una.wrapping_sub(1));
        }),
        ("resent beyond snd_max", f::HIGH_RXT, |i| (i.fast_recovery, i.high_rxt) = (true, 1)),
        ("times what was not sent", f::RTT_SEQ, |i| (i.rtt_timing, i.rtt_seq) = (true, 1)),
        ("persist without a timer", f::PERSIST, |i| i.persist = true),
        ("scoreboard without SACK", f::SACKED, |i| {
            i.sacked[..2].copy_from_slice(&[u32::MAX - 50, u32::MAX - 40]);
        }),
        ("sacked from snd_una on", f::SACKED, |i| {
            i.sack_ok = true;
            i.sacked[..2].copy_from_slice(&[u32::MAX - 99, u32::MAX - 40]);
        }),
        ("intervals that touch", f::OOO, |i| i.ooo[..4].copy_from_slice(&[700, 800, 800, 900])),
        ("intervals that overlap", f::OOO, |i| i.ooo[..4].copy_from_slice(&[700, 800, 650, 750])),
        ("RTO 0", f::RTO_US, |i| i.rto_us = 0),
        ("unread more than the ring", f::RCV_READ, |i| i.rcv_read = i.rcv_nxt.wrapping_sub(65_537)),
        ("read ahead of received", f::RCV_READ, |i| i.rcv_read = i.rcv_nxt + 1),
        ("advertised beyond the ring", f::RCV_ADV, |i| i.rcv_adv = i.rcv_read + 65_537),
        ("interval at rcv_nxt", f::OOO, |i| i.ooo[..2].copy_from_slice(&[600, 700])),
        ("interval beyond the ring", f::OOO, |i| i.ooo[..2].copy_from_slice(&[700, 70_000])),
        ("interval backwards", f::OOO, |i| i.ooo[..2].copy_from_slice(&[800, 700])),
        ("sacked beyond snd_max", f::SACKED, |i| i.sacked[..2].copy_from_slice(&[0, 1])),
    ];
    for (name, field, damage) in rows {
        let mut image = good_image();
        damage(&mut image);
        let refusal = validate(&image.pack(), 0x0005_0003, &limits).expect_err(name);
        assert_eq!(u32::from(refusal.offset), field.byte(), "{name}");
    }
}
