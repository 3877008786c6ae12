// SPDX-License-Identifier: Apache-2.0
//! The driver as the engine that `toe-offload` knows.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::ops::Range;

use toe_abi::{AdminStatus, SessionImage, SessionKey, TwEvent, regs};
use toe_driver::{
    AdminError, AdminReply, DeviceLost, Driver, DriverEvent, NextHop, ReserveError, RxBytes,
    SendError, SessionEvent, SessionHandle, SessionSpec, SessionState, SubmitError, TimeWaitEvent,
    Token, TxFrame, TxOffload, TxSpace,
};
use toe_image::{core_class, words_addr};
use toe_offload::{Charge, Engine, EngineEvent, Fill, Handle, Hop, Progress, Refusal, Rings, Take};
use toe_stack::{Endpoint, FourTuple, Micros, RingBytes, RingSpace};
use toe_tcp::{PathMetrics, SeqNum, TimeWaitRecord};

/// The part of a node that its shards share: the driver, with the engine's clock and the counts that belong to it. Shards
/// take it as an argument, and use it through a [`View`].
pub(crate) struct DriverEngine {
    pub(crate) driver: Driver,
    now: Micros,
    /// The engine's clock less ours, µs, wrapping.
    pub(crate) clock: u64,
    shards: u16,
    /// News of each shard's sessions.
    events: Vec<VecDeque<EngineEvent>>,
    /// Of the TIME_WAIT table, which knows no shards.
    pub(crate) time_wait: VecDeque<TimeWaitEvent>,
    /// Sessions of each shard that count for quotas, as it told last.
    charges: Vec<Vec<Charge>>,
    /// Answers to commands that concern no session.
    pub(crate) replies: VecDeque<(Token, Result<AdminReply, AdminError>)>,
    /// Faults that the device reported, or nonsense that it wrote.
    pub(crate) faults: u64,
    pub(crate) last_fault: Option<toe_driver::Fault>,
    pub(crate) lost: bool,
}

impl DriverEngine {
    pub(crate) fn new(driver: Driver, now: Micros, shards: u16) -> Result<Self, DeviceLost> {
        let shards = shards.clamp(1, driver.queue_pairs().max(1));
        let mut engine = Self {
            driver,
            now,
            clock: 0,
            shards,
            events: (0..shards).map(|_| VecDeque::new()).collect(),
            time_wait: VecDeque::new(),
            charges: vec![Vec::new(); shards.into()],
            replies: VecDeque::new(),
            faults: 0,
            last_fault: None,
            lost: false,
        };
        engine.synchronise(now)?;
        Ok(engine)
    }

    /// Reads the engine's clock. It runs at the pace of ours; both count microseconds.
    pub(crate) fn synchronise(&mut self, now: Micros) -> Result<(), DeviceLost> {
        loop {
            let high = self.driver.register(regs::CTL_NOW_US_HI)?;
            let low = self.driver.register(regs::CTL_NOW_US_LO)?;
            if self.driver.register(regs::CTL_NOW_US_HI)? == high {
                let clock = (u64::from(high) << 32) | u64::from(low);
                self.clock = clock.wrapping_sub(now.0);
                return Ok(());
            }
        }
    }

    pub(crate) fn now(&self) -> Micros {
        self.now
    }

    pub(crate) fn set_now(&mut self, now: Micros) {
        self.now = self.now.max(now);
    }

    pub(crate) fn clock_now(&self) -> Micros {
        Micros(self.now.0.wrapping_add(self.clock))
    }

    /// How many there are.
    pub(crate) fn shards(&self) -> u16 {
        self.shards
    }

    /// The engine as one shard sees it.
    pub(crate) fn view(&mut self, shard: u16) -> View<'_> {
        View {
            clock: self.clock_now(),
            shard,
            shards: self.shards,
            driver: &mut self.driver,
            events: &mut self.events[usize::from(shard)],
            charges: &mut self.charges,
        }
    }

    /// How far a session is.
    pub(crate) fn progress(&self, handle: Handle) -> Option<Progress> {
        progress(&self.driver, handle)
    }

    /// Those of all shards but one.
    pub(crate) fn others(&self, shard: u16) -> impl Iterator<Item = Charge> + Clone {
        others(&self.charges, shard)
    }

    fn tell(&mut self, shard: u16, event: EngineEvent) {
        if let Some(events) = self.events.get_mut(usize::from(shard)) {
            events.push_back(event);
        }
    }

    /// Tells all shards.
    pub(crate) fn tell_all(&mut self, event: &EngineEvent) {
        for events in &mut self.events {
            events.push_back(event.clone());
        }
    }

    /// Translates what the driver has to tell.
    pub(crate) fn take_events(&mut self) -> bool {
        let mut any = false;
        while let Some(event) = self.driver.next_event() {
            any = true;
            match event {
                DriverEvent::Session { handle, event } => {
                    if let Some((shard, event)) = self.session_event(handle, event) {
                        self.tell(shard, event);
                    }
                }
                DriverEvent::Nexthop { token: _, index, result } => {
                    // As `View::next_hops` divides them.
                    let all = u16::try_from(self.driver.info().nexthops).unwrap_or(u16::MAX);
                    let shard = index / (all / self.shards()).max(1);
                    self.tell(shard, EngineEvent::HopSet(index, result.is_ok()));
                }
                DriverEvent::Admin { token, opcode: _, result } => {
                    self.replies.push_back((token, result));
                }
                DriverEvent::TimeWait(event) => self.time_wait.push_back(event),
                DriverEvent::Fault(fault) => {
                    log::warn!("{fault}");
                    self.faults += 1;
                    self.last_fault = Some(fault);
                }
                DriverEvent::DeviceLost => {
                    self.lost = true;
                    self.tell_all(&EngineEvent::Lost);
                }
            }
        }
        any
    }

    /// What it means, and to whom: the shard of the session's queue pair. Sessions that were given back have nobody.
    fn session_event(
        &self,
        handle: SessionHandle,
        event: SessionEvent,
    ) -> Option<(u16, EngineEvent)> {
        let info = self.driver.session_info(handle).ok()?;
        let unknown = info.state == SessionState::Unknown;
        let handle = Handle(handle.raw());
        let event = match event {
            SessionEvent::Installed => EngineEvent::Installed(handle),
            SessionEvent::InstallFailed { .. } if unknown => EngineEvent::Failed(handle),
            SessionEvent::InstallFailed { error, image } => {
                EngineEvent::Refused(handle, refusal(error), image)
            }
            SessionEvent::Progress | SessionEvent::PeerClosed | SessionEvent::FinAcked => {
                EngineEvent::Progress(handle)
            }
            SessionEvent::Parked => EngineEvent::Parked(handle),
            SessionEvent::Unparked => EngineEvent::Unparked(handle),
            SessionEvent::Closed(reason) => EngineEvent::Closed(handle, reason),
            SessionEvent::Evicted(image) => EngineEvent::Evicted(handle, image),
            SessionEvent::EvictFailed(_) if unknown => EngineEvent::Failed(handle),
            SessionEvent::EvictFailed(_) => EngineEvent::EvictFailed(handle),
            SessionEvent::Snapshot(image) => EngineEvent::Snapshot(handle, image),
            SessionEvent::SnapshotFailed(_) => EngineEvent::SnapshotFailed(handle),
            SessionEvent::Setting { key, result } => {
                let Err(error) = result else { return None };
                log::warn!("session {handle:?}: {key:?}: {error}");
                match key {
                    SessionKey::Nodelay | SessionKey::Keepalive | SessionKey::CcAlgo => {
                        EngineEvent::SettingRefused(handle, key)
                    }
                    _ => return None,
                }
            }
        };
        Some((info.queue_pair % self.shards(), event))
    }
}

/// What an event of the TIME_WAIT table means.
pub(crate) fn time_wait(event: &TimeWaitEvent) -> EngineEvent {
    let addr = |words| words_addr(words, event.ipv6);
    let local = SocketAddr::new(addr(event.laddr), event.lport);
    let remote = SocketAddr::new(addr(event.raddr), event.rport);
    match event.what {
        TwEvent::Evicted | TwEvent::Expired | TwEvent::Recycled | TwEvent::Reset => {
            EngineEvent::TimeWaitGone { local, remote }
        }
        TwEvent::InsertFailed => EngineEvent::TimeWaitRefused {
            local,
            remote,
            record: TimeWaitRecord {
                snd_nxt: SeqNum(event.snd_nxt),
                rcv_nxt: SeqNum(event.rcv_nxt),
                last_win: event.last_win,
                rcv_wscale: event.rcv_wscale,
                ts_ok: event.ts_ok,
                ts_recent: event.ts_recent,
                ts_offset: event.ts_offset,
                class: core_class(event.class),
            },
        },
    }
}

fn refusal(error: AdminError) -> Refusal {
    match error {
        AdminError::Refused { status, detail } => match status {
            AdminStatus::TableFull => Refusal::Full,
            AdminStatus::Exists => Refusal::Exists,
            AdminStatus::Busy | AdminStatus::Timeout => Refusal::Busy,
            AdminStatus::BadField | AdminStatus::Limit => Refusal::Limit { offset: detail },
            _ => {
                log::warn!("installation refused: {status:?}, detail {detail:#x}");
                Refusal::Limit { offset: detail }
            }
        },
        AdminError::TimedOut | AdminError::BadCompletion(_) | AdminError::Lost(_) => Refusal::Lost,
    }
}

fn submit(error: SubmitError) -> Refusal {
    match error {
        SubmitError::WouldBlock => Refusal::Busy,
        SubmitError::BadImage(what) => {
            log::warn!("the driver refuses the image: {what}");
            Refusal::Limit { offset: 0 }
        }
        SubmitError::BadIndex { .. } => Refusal::Full,
        SubmitError::Session(_) => Refusal::Limit { offset: 0 },
        SubmitError::Lost(_) => Refusal::Lost,
    }
}

fn raw(handle: Handle) -> SessionHandle {
    SessionHandle::from_raw(handle.0)
}

/// The driver's rings as sockets know rings.
struct Space<'a, 'b>(&'a mut TxSpace<'b>);
struct Received<'a, 'b>(&'a RxBytes<'b>);

impl RingSpace for Space<'_, '_> {
    fn room(&self) -> usize {
        self.0.room()
    }

    fn put(&mut self, at: usize, bytes: &[u8]) -> bool {
        self.0.put(at, bytes).is_ok()
    }
}

impl RingBytes for Received<'_, '_> {
    fn available(&self) -> usize {
        self.0.available()
    }

    fn get(&self, at: usize, to: &mut [u8]) -> bool {
        self.0.get(at, to).is_ok()
    }
}

fn progress(driver: &Driver, handle: Handle) -> Option<Progress> {
    let info = driver.session_info(raw(handle)).ok()?;
    Some(Progress {
        snd_una: info.snd_una,
        snd_end: info.snd_end,
        readable: info.readable,
        writable: info.writable,
        peer_fin: info.peer_fin,
        fin_queued: info.fin_queued,
        parked: info.parked,
        learnt: info.learnt.map(|l| PathMetrics {
            srtt_us8: l.srtt_us8,
            rttvar_us4: l.rttvar_us4,
            ssthresh: l.ssthresh,
            cwnd: l.cwnd,
        }),
    })
}

fn others(charges: &[Vec<Charge>], shard: u16) -> impl Iterator<Item = Charge> + Clone {
    let all = (0..).zip(charges);
    all.filter(move |(n, _)| *n != shard).flat_map(|(_, charges)| charges.iter().copied())
}

/// The engine as one shard sees it: its queue pair, its next-hop slots, its news.
pub(crate) struct View<'a> {
    driver: &'a mut Driver,
    events: &'a mut VecDeque<EngineEvent>,
    charges: &'a mut Vec<Vec<Charge>>,
    /// The engine's, now.
    clock: Micros,
    shard: u16,
    shards: u16,
}

impl View<'_> {
    /// Tells the others which sessions of this shard count for quotas.
    pub(crate) fn set_charges(&mut self, charges: impl Iterator<Item = Charge>) {
        if let Some(mine) = self.charges.get_mut(usize::from(self.shard)) {
            mine.clear();
            mine.extend(charges);
        }
    }
}

impl Engine for View<'_> {
    fn clock(&self) -> Micros {
        self.clock
    }

    fn next_hops(&self) -> Range<u16> {
        let all = u16::try_from(self.driver.info().nexthops).unwrap_or(u16::MAX);
        let share = all / self.shards;
        share * self.shard..share * (self.shard + 1)
    }

    fn others(&self) -> impl Iterator<Item = Charge> + Clone {
        others(self.charges, self.shard)
    }

    fn shard(&self, tuple: &FourTuple) -> u16 {
        let end = |end: Endpoint| SocketAddr::new(end.addr.ip(), end.port);
        self.driver.queue_of(end(tuple.local), end(tuple.remote))
    }

    fn reserve(&mut self, rings: &Rings) -> Result<Handle, Refusal> {
        let spec = SessionSpec {
            queue_pair: rings.queue_pair,
            tx_ring: rings.tx,
            rx_ring: rings.rx,
            tx_seq0: rings.tx_seq0,
            rx_seq0: rings.rx_seq0,
        };
        match self.driver.session_reserve(&spec) {
            Ok(reserved) => Ok(Handle(reserved.handle.raw())),
            Err(ReserveError::Lost(_)) => Err(Refusal::Lost),
            Err(error) => {
                log::debug!("no session slot: {error}");
                Err(Refusal::Full)
            }
        }
    }

    fn fill_tx(&mut self, handle: Handle, seq: u32, bytes: &[u8]) -> Result<(), Refusal> {
        let filled = self.driver.session_tx_fill(raw(handle), seq, bytes);
        filled.map_err(|_| Refusal::Limit { offset: 0 })
    }

    fn fill_rx(&mut self, handle: Handle, seq: u32, bytes: &[u8]) -> Result<(), Refusal> {
        let filled = self.driver.session_rx_fill(raw(handle), seq, bytes);
        filled.map_err(|_| Refusal::Limit { offset: 0 })
    }

    fn install(&mut self, handle: Handle, image: &SessionImage) -> Result<(), Refusal> {
        self.driver.session_install(raw(handle), image).map(|_| ()).map_err(submit)
    }

    fn evict(&mut self, handle: Handle) -> Result<(), Refusal> {
        self.driver.session_evict(raw(handle)).map(|_| ()).map_err(submit)
    }

    fn snapshot(&mut self, handle: Handle) -> Result<(), Refusal> {
        self.driver.session_snapshot(raw(handle)).map(|_| ()).map_err(submit)
    }

    fn copy_tx(&self, handle: Handle, seq: u32, bytes: &mut [u8]) -> bool {
        self.driver.session_tx_copy(raw(handle), seq, bytes).is_ok()
    }

    fn copy_rx(&self, handle: Handle, seq: u32, bytes: &mut [u8]) -> bool {
        self.driver.session_rx_copy(raw(handle), seq, bytes).is_ok()
    }

    fn release(&mut self, handle: Handle) {
        if let Err(error) = self.driver.session_release(raw(handle)) {
            log::debug!("release: {error}");
        }
    }

    fn write_with(&mut self, handle: Handle, fill: Fill<'_>) -> Option<usize> {
        let fill = |space: &mut TxSpace<'_>| Ok(fill(&mut Space(space)));
        self.driver.session_write_with(raw(handle), fill).ok()
    }

    fn read_with(&mut self, handle: Handle, take: Take<'_>) -> Option<usize> {
        let take = |bytes: &RxBytes<'_>| Ok(take(&Received(bytes)));
        self.driver.session_read_with(raw(handle), take).ok()
    }

    fn close(&mut self, handle: Handle) {
        if let Err(error) = self.driver.session_close(raw(handle)) {
            log::debug!("close: {error}");
        }
    }

    fn orphan(&mut self, handle: Handle) {
        if let Err(error) = self.driver.session_orphan(raw(handle)) {
            log::debug!("orphan: {error}");
        }
    }

    fn abort(&mut self, handle: Handle) {
        if let Err(error) = self.driver.session_abort(raw(handle)) {
            log::debug!("abort: {error}");
        }
    }

    fn kick(&mut self, handle: Handle) {
        if let Err(error) = self.driver.session_kick(raw(handle)) {
            log::debug!("kick: {error}");
        }
    }

    fn progress(&self, handle: Handle) -> Option<Progress> {
        progress(self.driver, handle)
    }

    fn set_session_hop(&mut self, handle: Handle, index: u16) -> Result<(), Refusal> {
        let set = self.driver.session_set(raw(handle), SessionKey::Nexthop, index.into());
        set.map(|_| ()).map_err(submit)
    }

    fn set_session_mss(&mut self, handle: Handle, mss: u16) -> Result<(), Refusal> {
        let set = self.driver.session_set(raw(handle), SessionKey::Mss, mss.into());
        set.map(|_| ()).map_err(submit)
    }

    fn set_session_df(&mut self, handle: Handle, df: bool) -> Result<(), Refusal> {
        let set = self.driver.session_set(raw(handle), SessionKey::Df, df.into());
        set.map(|_| ()).map_err(submit)
    }

    fn set_session(&mut self, handle: Handle, key: SessionKey, value: u32) -> Result<(), Refusal> {
        self.driver.session_set(raw(handle), key, value).map(|_| ()).map_err(submit)
    }

    fn set_hop(&mut self, index: u16, hop: &Hop) -> Result<(), Refusal> {
        let hop = NextHop {
            dst_mac: hop.dst_mac.unwrap_or_default().0,
            src_mac: hop.src_mac.0,
            mtu: hop.mtu,
            vlan_tci: hop.vlan,
            port: 0,
            generation: hop.generation,
            valid: hop.dst_mac.is_some(),
        };
        self.driver.nexthop_set(index, &hop).map(|_| ()).map_err(submit)
    }

    fn inject(&mut self, frame: &[u8]) -> bool {
        let offload = TxOffload { inject: true, ..TxOffload::default() };
        match self.driver.nic_send(self.shard, &TxFrame { bytes: frame, offload }) {
            Ok(()) => true,
            Err(SendError::WouldBlock) => false,
            Err(error) => {
                // It will never fit: the peer sends it again.
                log::warn!("a caught segment cannot be replayed: {error}");
                true
            }
        }
    }

    fn poll_event(&mut self) -> Option<EngineEvent> {
        self.events.pop_front()
    }
}
