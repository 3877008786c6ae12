// SPDX-License-Identifier: Apache-2.0
//! One of the two: a device in its world, the driver, and the sessions as this side sees them.

use std::collections::HashMap;

use toe_abi::{AdminOpcode, AdminStatus, RxReason, SessionImage};
use toe_device::{Device, Idle};
use toe_driver::{
    AdminError, AdminReply, Driver, DriverEvent, NextHop, Options, PUBLISHED_RSS_KEY, SessionEvent,
    SessionHandle, SessionSpec, TcpOptions, TimeWaitEvent, TimeWaitOptions, Token,
};
use toe_image::{addr_words, words_addr};
use toe_testkit::{AnyDevice, InProcess, Kind, SharedWorld};
use toe_world::{Direction, PcieProfile, ScriptPeer, SharedBuffer, Sides, WireProfile, World};

use crate::compare;
use crate::packet::{self, Below, OUR_MAC, PEER_MAC, Tuple};
use crate::script::Setup;
use crate::session::{FROM_PEER, FROM_US, Phase, Session, stream};
use crate::setup::image;
use crate::table::{self, Found, Table};

/// How long a device may be busy with one round, µs.
const SETTLE_MAX_US: u64 = 20_000;
const SLICE_US: u64 = 8;
/// What is due within this is waited for, µs: sessions begin, and get their settings, by so much later on one side.
const SOON_US: u64 = 100;
/// Longest time that passes at once, µs, and clocks in it above which the device was hardly ever at rest.
const PIECE_US: u64 = 1_000;
const BUSY_CYCLES: u64 = PIECE_US * 20;

/// One side.
pub struct Side {
    /// Which device.
    pub kind: Kind,
    /// Its world.
    pub world: SharedWorld<AnyDevice>,
    /// Its driver.
    pub driver: Driver,
    /// What was on the wire.
    pub capture: Option<SharedBuffer>,
    /// Sessions of the case.
    pub sessions: Vec<Session>,
    by_handle: HashMap<SessionHandle, usize>,
    by_tuple: HashMap<Tuple, usize>,
    /// Look-ups in the TIME_WAIT table that are under way.
    asked: HashMap<Token, usize>,
    /// Long pieces of time in a row that it was busy.
    restless: u32,
    /// The device failed, or never came to rest.
    pub dead: Option<String>,
    /// Next hops that are valid.
    hops: Vec<bool>,
    /// 802.1Q tags of the next hops.
    tags: HashMap<usize, u16>,
}

fn wire() -> WireProfile {
    let direct = Direction { delay_ns: 0, bits_per_us: 0, ..Direction::CLEAN };
    WireProfile::both(direct)
}

/// Settings of both sides: sessions do not disturb each other.
fn options() -> Options {
    Options {
        mac: OUR_MAC,
        rss_key: Some(PUBLISHED_RSS_KEY), // both sides
        bmq_log2: 8,
        rxr_log2: 9,
        evq_log2: 10,
        admin_log2: 7,
        tcp: TcpOptions {
            // Of each session: few enough to be reached.
            challenge_per_s: Some(5),
            // Within what a case may last.
            keep_idle_s: Some(20),
            keep_interval_s: Some(5),
            keep_count: Some(3),
            ..TcpOptions::default()
        },
        time_wait: TimeWaitOptions {
            linger_us: [table::LINGER_US; 3],
            // One for all sessions, and each side's second begins when it does.
            replies_per_s: 65_535,
            ..TimeWaitOptions::default()
        },
        ..Options::default()
    }
}

impl Side {
    /// Powers a device on and opens it.
    ///
    /// # Errors
    /// It does not open.
    pub fn open(kind: Kind, capture: bool) -> Result<Self, String> {
        let device = kind.make(1).ok_or("this device is not built into the program")?;
        let buffer = capture.then(SharedBuffer::default);
        let mut world = World::builder(device)
            .seed(1)
            .quantum(64)
            .wire(wire())
            .pcie(PcieProfile::IDEAL)
            .peer(ScriptPeer::new("peer"));
        if let Some(buffer) = &buffer {
            world = world.capture(buffer.clone(), Sides::Device);
        }
        let world = SharedWorld::new(world.build().map_err(|e| e.to_string())?);
        let driver = Driver::open(InProcess::new(world.clone()), &options())
            .map_err(|e| format!("{}: {e}", kind.name()))?;
        Ok(Self {
            kind,
            world,
            driver,
            capture: buffer,
            sessions: Vec::new(),
            by_handle: HashMap::new(),
            by_tuple: HashMap::new(),
            asked: HashMap::new(),
            restless: 0,
            dead: None,
            hops: Vec::new(),
            tags: HashMap::new(),
        })
    }

    /// World time, µs.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.world.lock().now().0
    }

    fn fail(&mut self, what: impl Into<String>) {
        if self.dead.is_none() {
            self.dead = Some(format!("{}: {}", self.kind.name(), what.into()));
        }
    }

    /// Lets time pass.
    pub fn run(&mut self, us: u64) {
        if self.dead.is_some() || us == 0 {
            return;
        }
        let end = self.now() + us;
        while self.dead.is_none() && self.now() < end {
            // In pieces: a device that is never at rest shows by the clocks that it takes.
            let piece = (end - self.now()).min(PIECE_US);
            let before = self.world.lock().statistics().cycles;
            let result = self.world.lock().run_for(toe_device::Micros(piece));
            if let Err(error) = result {
                self.fail(error.to_string());
            }
            let took = self.world.lock().statistics().cycles - before;
            self.restless =
                if took > BUSY_CYCLES && piece == PIECE_US { self.restless + 1 } else { 0 };
            if self.restless > 50 {
                let counters = self.restless_counters();
                self.fail(format!("it is never at rest; what counts meanwhile: {counters}"));
            }
        }
    }

    /// What a device that should be at rest counts within a millisecond.
    fn restless_counters(&mut self) -> String {
        let mut counts = || -> Vec<(&'static str, u64)> {
            self.driver.stats().map(|s| s.iter().collect()).unwrap_or_default()
        };
        let before = counts();
        let _ = self.world.lock().run_for(toe_device::Micros(1_000));
        let after: Vec<(&'static str, u64)> =
            self.driver.stats().map(|s| s.iter().collect()).unwrap_or_default();
        let changed = before.iter().zip(&after).filter(|(b, a)| b != a);
        changed.map(|(b, a)| format!("{} +{}", a.0, a.1 - b.1)).collect::<Vec<_>>().join(", ")
    }

    /// Takes what the device wrote, and what it sent.
    pub fn look(&mut self) {
        let now = self.now();
        if self.driver.poll(toe_driver::Micros(now)).is_err() {
            self.fail("device lost");
        }
        while let Some(event) = self.driver.next_event() {
            match event {
                DriverEvent::Session { handle, event } => self.session_event(handle, event),
                DriverEvent::Fault(fault) => self.fail(format!("fault: {fault}")),
                DriverEvent::DeviceLost => self.fail("device lost"),
                DriverEvent::Nexthop { result: Err(e), .. } => self.fail(format!("command: {e}")),
                DriverEvent::Nexthop { index, .. } => self.repaired(index),
                DriverEvent::Admin { token, result, .. } => self.answered(token, result),
                DriverEvent::TimeWait(event) => self.time_wait(event),
            }
        }
        while let Some(frame) = self.driver.nic_recv(0) {
            // Whatever is wrong with it: the ports lie where they lie in every frame of ours.
            let lane = self.lane_of(&frame.bytes);
            if let Some(session) = lane.and_then(|lane| self.sessions.get_mut(lane)) {
                match frame.info.reason {
                    RxReason::MirrorTx | RxReason::MirrorRx => session.copies.push(frame.bytes),
                    reason => session.to_host.push((reason, frame.info.len)),
                }
            }
        }
        let frames = {
            let mut world = self.world.lock();
            world
                .peer_mut::<ScriptPeer>()
                .map(|peer| std::mem::take(&mut peer.inbox))
                .unwrap_or_default()
        };
        for (_, frame) in frames {
            self.frame(&frame);
        }
        for session in &mut self.sessions {
            if let Ok(info) = self.driver.session_info(session.handle) {
                session.info = info;
            }
        }
    }

    /// A command that concerns no session of the engine is complete.
    fn answered(&mut self, token: Token, result: Result<AdminReply, AdminError>) {
        let lane = self.asked.remove(&token);
        let found = match (lane, result) {
            (_, Ok(AdminReply { result: [_, left_us, rcv_nxt, snd_nxt], .. })) => {
                Some(Found { left_us, rcv_nxt, snd_nxt })
            }
            (Some(_), Err(AdminError::Refused { status: AdminStatus::NotFound, .. })) => None,
            (_, Err(error)) => return self.fail(format!("command: {error}")),
        };
        if let Some(session) = lane.and_then(|lane| self.sessions.get_mut(lane)) {
            session.table.found = Some(found);
        }
    }

    /// The TIME_WAIT table tells of an entry.
    fn time_wait(&mut self, event: TimeWaitEvent) {
        let addr = |words| words_addr(words, event.ipv6);
        let tuple = Tuple {
            local: addr(event.laddr),
            remote: addr(event.raddr),
            lport: event.lport,
            rport: event.rport,
        };
        match self.by_tuple.get(&tuple).and_then(|lane| self.sessions.get_mut(*lane)) {
            Some(session) => session.table.tells(event),
            None => self.fail(format!("TIME_WAIT event of no session's entry: {event:x?}")),
        }
    }

    /// As the host does: whoever was parked on a next hop is kicked once the engine knows the new one.
    fn repaired(&mut self, index: u16) {
        let lane = usize::from(index).wrapping_sub(1);
        if self.hops.get(lane) == Some(&true)
            && let Some(session) = self.sessions.get(lane)
        {
            let _ = self.driver.session_kick(session.handle);
        }
    }

    fn lane_of(&self, frame: &[u8]) -> Option<usize> {
        // The peer's address ends in the lane's number, whether IPv4 (bytes 26..30) or IPv6 (22..38).
        let at = |i: usize| frame.get(i).copied().unwrap_or(0);
        let vlan = if at(12) == 0x81 { 4 } else { 0 };
        let lane = match at(12 + vlan) {
            8 => [at(29 + vlan), at(33 + vlan)],
            0x86 => [at(37 + vlan), at(53 + vlan)],
            _ => return None,
        };
        // Copies of what we send have it at the other end.
        let ours = frame.get(6..12) == Some(&OUR_MAC);
        let lane = lane[usize::from(ours)];
        Some(usize::from(lane).checked_sub(1)?).filter(|l| *l < self.sessions.len())
    }

    fn frame(&mut self, frame: &[u8]) {
        let (tuple, tcp, below) = match packet::parse(frame) {
            Ok(parsed) => parsed,
            Err(error) => {
                return self.fail(format!("it sent a wrong frame: {error}: {frame:02x?}"));
            }
        };
        let Some(session) = self.by_tuple.get(&tuple).and_then(|i| self.sessions.get_mut(*i))
        else {
            return; // TIME_WAIT of a case before
        };
        session.takes(&tcp);
        session.carried(below);
        session.frames.push(frame.to_vec());
        session.sent.push(tcp);
    }

    fn session_event(&mut self, handle: SessionHandle, event: SessionEvent) {
        let Some(&lane) = self.by_handle.get(&handle) else { return };
        let session = &mut self.sessions[lane];
        match event {
            SessionEvent::Installed => {
                session.phase = Phase::Active;
                if session.came_with.is_some() {
                    let asked = self.driver.session_snapshot(handle).is_ok();
                    session.came_with.take_if(|_| !asked);
                }
            }
            SessionEvent::InstallFailed {
                error: AdminError::Refused { status: AdminStatus::TableFull, .. },
                ..
            } => {
                session.no_place = true;
                session.phase = Phase::Refused;
            }
            SessionEvent::InstallFailed { error, .. } => {
                session.wrong.push(format!("installation refused: {error}"));
                session.phase = Phase::Refused;
            }
            SessionEvent::Closed(reason) => session.phase = Phase::Closed(reason),
            SessionEvent::Evicted(image) => {
                session.images.push(*image);
                session.back = Some(image);
            }
            // It may have ended by itself meanwhile; then `Closed` came or comes.
            SessionEvent::EvictFailed(_) => {
                session.moving = false;
                if session.phase == Phase::Leaving {
                    session.phase = Phase::Active;
                }
            }
            SessionEvent::Snapshot(image) => {
                if let Some((before, sent)) = session.came_with.take() {
                    // Nothing happened since it came in: it must be as it went.
                    if session.sent.len() == sent
                        && let Some(what) = compare::moved_unlike(&before, &image)
                    {
                        session.wrong.push(format!("after a move {what}"));
                    }
                    return self.come_in_again(lane);
                }
                session.snapshot = false;
                session.images.push(*image);
            }
            SessionEvent::SnapshotFailed(_) => {
                session.snapshot = false;
                session.came_with = None;
            }
            SessionEvent::Setting { .. }
            | SessionEvent::Progress
            | SessionEvent::PeerClosed
            | SessionEvent::FinAcked
            | SessionEvent::Parked
            | SessionEvent::Unparked => {}
        }
        self.come_in_again(lane);
    }

    /// The second half of a move.
    fn come_in_again(&mut self, lane: usize) {
        let session = &mut self.sessions[lane];
        if session.moving && session.phase == Phase::Active {
            session.moving = false;
        }
        let Some(image) = session.back.take() else { return };
        let (old, spec) = (session.handle, session.spec);
        let unacked = image.snd_end.wrapping_sub(image.snd_una);
        let unacked = if unacked > spec.tx_ring { 0 } else { unacked };
        let mut tx = vec![0; unacked as usize];
        let mut rx = vec![0; spec.rx_ring as usize];
        let copied = self
            .driver
            .session_tx_copy(old, image.snd_una, &mut tx)
            .and_then(|()| self.driver.session_rx_copy(old, image.rcv_read, &mut rx))
            .and_then(|()| self.driver.session_release(old));
        if let Err(error) = copied {
            return self.fail(format!("taking lane {lane} back: {error}"));
        }
        self.by_handle.remove(&old);
        let handle = match self.driver.session_reserve(&spec) {
            Ok(reserved) => reserved.handle,
            Err(error) => return self.fail(format!("reserving lane {lane} again: {error}")),
        };
        let filled = self
            .driver
            .session_tx_fill(handle, image.snd_una, &tx)
            .and_then(|()| self.driver.session_rx_fill(handle, image.rcv_read, &rx));
        if let Err(error) = filled {
            return self.fail(format!("filling lane {lane} again: {error}"));
        }
        self.by_handle.insert(handle, lane);
        let session = &mut self.sessions[lane];
        session.handle = handle;
        session.phase = Phase::Waiting;
        session.came_with = Some((image.clone(), session.sent.len()));
        if let Err(error) = self.driver.session_install(handle, &image) {
            session.wrong.push(format!("coming in again: {error}"));
            session.phase = Phase::Refused;
        }
    }

    /// Something of the host or the device is still under way.
    fn busy(&self) -> bool {
        if self.driver.commands_in_flight() != 0 {
            return true;
        }
        let world = self.world.lock();
        let statistics = world.statistics();
        if statistics.to_device.in_flight != 0 || statistics.to_peer.in_flight != 0 {
            return true;
        }
        match world.device().idle() {
            Idle::Busy => true,
            Idle::Quiet { deadline } => deadline.is_some_and(|at| at <= world.now()),
        }
    }

    /// A timer is due in a moment.
    fn due_soon(&self) -> bool {
        let world = self.world.lock();
        let soon = world.now() + toe_device::Micros(SOON_US);
        matches!(world.device().idle(), Idle::Quiet { deadline: Some(at) } if at <= soon)
    }

    /// Next hops: one a lane, valid.
    pub fn hop(&mut self, lane: usize, valid: bool) {
        if self.hops.len() <= lane {
            self.hops.resize(lane + 1, false);
        }
        if self.hops[lane] == valid {
            return;
        }
        self.hops[lane] = valid;
        if let Some(session) = self.sessions.get_mut(lane) {
            session.hop_returns |= valid;
            // Who waits for it waits in his side's way, and goes on when that does.
            session.disturbed = true;
        }
        let vlan_tci = self.tags.get(&lane).copied().filter(|tag| *tag != 0);
        let hop = NextHop {
            dst_mac: PEER_MAC,
            src_mac: OUR_MAC,
            mtu: 1500,
            vlan_tci,
            valid,
            ..NextHop::default()
        };
        let index = u16::try_from(lane).unwrap_or(0) + 1;
        if let Err(error) = self.driver.nexthop_set(index, &hop) {
            self.fail(format!("next hop {index}: {error}"));
        }
    }

    /// Brings a session in.
    pub fn install(&mut self, lane: usize, tuple: Tuple, setup: &Setup) {
        if self.tags.insert(lane, setup.vlan) != Some(setup.vlan) && lane < self.hops.len() {
            self.hops[lane] = false; // to be written anew
        }
        self.hop(lane, true);
        let image = image(&tuple, lane, setup);
        let skew = u32::from(setup.ring_skew);
        let spec = SessionSpec {
            queue_pair: 0,
            tx_ring: 1 << setup.tx_log2,
            rx_ring: 1 << setup.rx_log2,
            tx_seq0: image.snd_una.wrapping_sub(skew),
            rx_seq0: image.rcv_read.wrapping_sub(skew),
        };
        let handle = match self.driver.session_reserve(&spec) {
            Ok(reserved) => reserved.handle,
            Err(error) => return self.fail(format!("reserving lane {lane}: {error}")),
        };
        let unacked = u32::from(setup.flight) + u32::from(setup.unsent);
        let tx = stream(FROM_US, image.snd_una, unacked as usize);
        let rx = stream(FROM_PEER, image.rcv_read, usize::from(setup.unread));
        let filled = self
            .driver
            .session_tx_fill(handle, image.snd_una, &tx)
            .and_then(|()| self.driver.session_rx_fill(handle, image.rcv_read, &rx));
        if let Err(error) = filled {
            return self.fail(format!("filling lane {lane}: {error}"));
        }
        let Ok(info) = self.driver.session_info(handle) else { return };
        let session = Session {
            handle,
            tuple,
            phase: Phase::Waiting,
            sent: Vec::new(),
            to_host: Vec::new(),
            images: Vec::new(),
            wrong: Vec::new(),
            ts_seen: image.ts_offset,
            echo: image.ts_recent,
            edge: image.rcv_adv,
            max: image.snd_max,
            acked: image.rcv_nxt,
            granted: image.snd_una.wrapping_add(image.snd_wnd),
            wscale: (image.snd_wscale, image.rcv_wscale),
            gone: false,
            ended_apart: false,
            table: Table::default(),
            below: Below {
                vlan: Some(setup.vlan).filter(|tag| *tag != 0),
                tos: setup.tos,
                ttl: 64,
                flow: if setup.ipv6 { setup.flow } else { 0 },
                df: !setup.ipv6,
            },
            odd: Vec::new(),
            una_before: image.snd_una,
            max_before: image.snd_max,
            no_place: false,
            hop_returns: false,
            df_changes: false,
            frames: Vec::new(),
            copies: Vec::new(),
            disturbed: setup.cc != 0,
            unsure: false,
            apart: false,
            dctcp: setup.cc == 2,
            garbled: false,
            delivered: 0,
            spec,
            info,
            moving: false,
            back: None,
            snapshot: false,
            came_with: None,
        };
        self.by_handle.insert(handle, lane);
        self.by_tuple.insert(tuple, lane);
        self.sessions.push(session);
        if let Err(error) = self.driver.session_install(handle, &image) {
            let session = &mut self.sessions[lane];
            session.wrong.push(format!("image refused by the driver: {error}"));
            session.phase = Phase::Refused;
        }
    }

    /// Whether the device has not said yet that it has the session.
    fn installing(&self, lane: usize) -> bool {
        self.dead.is_none() && self.sessions.get(lane).is_some_and(|s| s.phase == Phase::Waiting)
    }

    /// Takes all sessions out of the engine, whatever they are doing.
    pub fn clear(&mut self) {
        for lane in 0..self.sessions.len() {
            self.hop(lane, true);
            let session = &self.sessions[lane];
            if session.phase == Phase::Active {
                let _ = self.driver.session_abort(session.handle);
            }
        }
    }

    /// Asks the TIME_WAIT table for the entry of a session.
    pub fn look_up(&mut self, lane: usize) {
        let Some(session) = self.sessions.get_mut(lane) else { return };
        session.table.found = None;
        let Tuple { local, remote, lport, rport } = session.tuple;
        let key = SessionImage {
            ipv6: local.is_ipv6(),
            laddr: addr_words(local),
            raddr: addr_words(remote),
            lport,
            rport,
            ..SessionImage::default()
        };
        match self.driver.time_wait(AdminOpcode::TwLookup, &key) {
            Ok(token) => drop(self.asked.insert(token, lane)),
            Err(error) => self.fail(format!("looking up lane {lane}: {error}")),
        }
    }

    /// Empties the TIME_WAIT table, so that the next case finds nothing.
    pub fn flush(&mut self) {
        if self.driver.admin(AdminOpcode::TwFlush, 0, 0, [0; 8]).is_err() {
            self.fail("TIME_WAIT entries cannot be flushed");
        }
    }

    /// Forgets the sessions, after [`Side::clear`] and [`Side::flush`] have settled.
    pub fn forget(&mut self) {
        for lane in 0..self.sessions.len() {
            let (handle, phase) = (self.sessions[lane].handle, self.sessions[lane].phase);
            if let Err(error) = self.driver.session_release(handle) {
                self.fail(format!("lane {lane} does not go away ({phase:?}): {error}"));
            }
        }
        self.sessions.clear();
        self.by_handle.clear();
        self.by_tuple.clear();
    }

    // ---- operations ----

    /// The peer sends frames.
    pub fn send(&mut self, lane: usize, frames: Vec<Vec<u8>>) {
        if let Some(session) = self.sessions.get_mut(lane) {
            session.frames.extend(frames.iter().cloned());
        }
        let mut world = self.world.lock();
        let now = world.now();
        if let Some(peer) = world.peer_mut::<ScriptPeer>() {
            for frame in frames {
                peer.send_at(now, frame);
            }
        }
    }

    /// The application writes.
    pub fn write(&mut self, lane: usize, len: u16) {
        let session = &self.sessions[lane];
        let bytes = stream(FROM_US, session.info.snd_end, usize::from(len));
        let _ = self.driver.session_write(session.handle, &bytes);
        self.refresh(lane);
    }

    /// The application reads; what it gets must be the peer's stream.
    pub fn read(&mut self, lane: usize, len: u16) -> usize {
        let session = &mut self.sessions[lane];
        let at = session.info.rcv_read;
        let mut bytes = vec![0; usize::from(len)];
        let Ok(n) = self.driver.session_read(session.handle, &mut bytes) else { return 0 };
        // FNV-1a: the same however it was read in pieces.
        for byte in &bytes[..n] {
            session.delivered =
                (session.delivered ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
        if !session.garbled && bytes[..n] != stream(FROM_PEER, at, n) {
            let expected = stream(FROM_PEER, at, n);
            let first = bytes[..n].iter().zip(&expected).position(|(a, b)| a != b).unwrap_or(0);
            session.wrong.push(format!(
                "delivered bytes differ from what the peer sent: {n} from {at:#x}, first at +{first}"
            ));
        }
        self.refresh(lane);
        n
    }

    /// The application closes.
    pub fn close(&mut self, lane: usize) {
        let _ = self.driver.session_close(self.sessions[lane].handle);
        self.refresh(lane);
    }

    /// The application aborts.
    pub fn abort(&mut self, lane: usize) {
        let _ = self.driver.session_abort(self.sessions[lane].handle);
    }

    /// The host kicks.
    pub fn kick(&mut self, lane: usize) {
        let _ = self.driver.session_kick(self.sessions[lane].handle);
    }

    /// The session goes out and comes in again.
    pub fn go_and_come(&mut self, lane: usize) {
        let session = &mut self.sessions[lane];
        if session.phase == Phase::Active && self.driver.session_evict(session.handle).is_ok() {
            session.phase = Phase::Leaving;
            session.moving = true;
        }
    }

    /// The host asks for the state.
    pub fn snapshot(&mut self, lane: usize) {
        let session = &mut self.sessions[lane];
        session.snapshot = self.driver.session_snapshot(session.handle).is_ok();
    }

    /// The application leaves.
    pub fn orphan(&mut self, lane: usize) {
        let _ = self.driver.session_orphan(self.sessions[lane].handle);
        self.refresh(lane);
    }

    /// A setting.
    pub fn set(&mut self, lane: usize, key: toe_abi::SessionKey, value: u32) {
        let _ = self.driver.session_set(self.sessions[lane].handle, key, value);
    }

    fn refresh(&mut self, lane: usize) {
        let session = &mut self.sessions[lane];
        if let Ok(info) = self.driver.session_info(session.handle) {
            session.info = info;
        }
    }
}

/// Installs a session on both. Idleness and timers count from that instant, and the firmware takes a while: the model has
/// it when the RTL does.
pub fn install(sides: &mut [Side; 2], lane: usize, tuple: Tuple, setup: &Setup) {
    let [model, rtl] = sides;
    let mut waited = 0;
    rtl.install(lane, tuple, setup);
    while rtl.installing(lane) && waited < SETTLE_MAX_US {
        rtl.run(1);
        model.run(1);
        rtl.look();
        waited += 1;
    }
    model.install(lane, tuple, setup);
    settle(sides);
}

/// Lets both settle: same instants for both hosts, until both devices are at rest; then, that what comes next does not
/// fall between them, past timers of the two that are due within µs (a session begins a moment later on one).
pub fn settle(sides: &mut [Side; 2]) {
    rest(sides);
    for _ in 0..3 {
        if sides.iter().any(|side| side.dead.is_some()) || !sides.iter().any(Side::due_soon) {
            return;
        }
        for side in sides.iter_mut() {
            side.run(SOON_US);
        }
        rest(sides);
    }
}

fn rest(sides: &mut [Side; 2]) {
    let mut calm = 0;
    let mut waited = 0;
    while calm < 2 {
        for side in sides.iter_mut() {
            side.look();
            side.run(SLICE_US);
            side.look();
        }
        waited += SLICE_US;
        calm = if sides.iter().any(Side::busy) { 0 } else { calm + 1 };
        if sides.iter().any(|side| side.dead.is_some()) {
            return;
        }
        if waited >= SETTLE_MAX_US {
            for side in sides.iter_mut() {
                if side.busy() {
                    side.fail("still busy after 20 ms without new input");
                }
            }
            return;
        }
    }
}

/// Opens both.
///
/// # Errors
/// One does not open.
pub fn open_pair(capture: bool) -> Result<[Side; 2], String> {
    let mut pair = [Side::open(Kind::Model, capture)?, Side::open(Kind::RtlSmall, capture)?];
    // Booting takes them different times: from here on their clocks agree.
    let latest = pair.iter().map(Side::now).max().unwrap_or(0).next_multiple_of(1_000);
    for side in &mut pair {
        let now = side.now();
        side.run(latest - now);
    }
    settle(&mut pair);
    Ok(pair)
}
