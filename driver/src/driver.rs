// SPDX-License-Identifier: Apache-2.0
//! The driver's heart: one [`Driver::poll`] that takes what the device wrote and rings the doorbells that are due.

use crate::admin::{AdminQueue, Done, Op};
use crate::bar::{ALL_ONES, Bar};
use crate::error::{AdminError, DeviceLost, Fault, OpenError, SubmitError};
use crate::events::{AdminReply, DriverEvent, SessionEvent, TimeWaitEvent};
use crate::options::Options;
use crate::pool::RingPool;
use crate::qp::QueuePair;
use crate::rss;
use crate::session::{SessionState, SessionTable};
use crate::setup::{self, DeviceInfo};
use crate::stats::{DriverStats, EngineCounter, Stats};
use crate::transport::Transport;
use crate::types::{Micros, SessionHandle, Token};
use std::collections::VecDeque;
use toe_abi::{
    AdminCmd, AdminOpcode, AdminStatus, EventFaultRaw, EventNicRxRaw, EventSessionEndRaw,
    EventSessionRaw, EventTimeWaitRaw, EventTimeWaitRestRaw, EventTxDoneRaw, EventType, Nexthop,
    Reg, RegArray, SessionImage, regs,
};

/// While this many events wait for the caller, no more records are taken: the device feels the back-pressure.
const EVENTS_MAX: usize = 8192;
/// Faults kept for the caller; more are only counted.
const FAULTS_MAX: usize = 64;

/// An entry of the engine's next-hop table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NextHop {
    /// Destination address of the frames.
    pub dst_mac: [u8; 6],
    /// Source address of the frames.
    pub src_mac: [u8; 6],
    /// Longest IP packet, bytes.
    pub mtu: u16,
    /// 802.1Q tag.
    pub vlan_tci: Option<u16>,
    /// Egress port.
    pub port: u8,
    /// Counts rewrites, for those who compare.
    pub generation: u8,
    /// Sessions on an entry that is not valid wait.
    pub valid: bool,
}

impl NextHop {
    fn pack(self) -> [u32; 8] {
        let Self { dst_mac: d, src_mac: s, mtu, vlan_tci, port, generation, valid } = self;
        Nexthop {
            dst_mac: u64::from_le_bytes([d[0], d[1], d[2], d[3], d[4], d[5], 0, 0]),
            mtu,
            src_mac: u64::from_le_bytes([s[0], s[1], s[2], s[3], s[4], s[5], 0, 0]),
            vlan_tci: vlan_tci.unwrap_or(0),
            valid,
            vlan_present: vlan_tci.is_some(),
            generation,
            port,
        }
        .pack()
        .0
    }
}

/// Signs of life, from registers; not for the data path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// 0 in reset, 1 booting, 2 ready, 3 ABI mismatch, 4 stopped.
    pub fw_state: u8,
    /// Moves while the firmware runs.
    pub fw_heartbeat: u32,
    /// Nothing is in flight in the engine.
    pub idle: bool,
    /// Queue pairs, a bit each, an event of which could not be written; zero, or the device counts as lost.
    pub evq_failed: u32,
}

/// An open device.
pub struct Driver {
    pub(crate) bar: Bar,
    pub(crate) info: DeviceInfo,
    pub(crate) options: Options,
    /// Secret, unless the options say it.
    pub(crate) rss_key: [u8; 40],
    pub(crate) qps: Vec<QueuePair>,
    pub(crate) admin: AdminQueue,
    pub(crate) sessions: SessionTable,
    pub(crate) pool: RingPool,
    pub(crate) stats: DriverStats,
    counters: Vec<EngineCounter>,
    events: VecDeque<DriverEvent>,
    faults_waiting: usize,
    now: Micros,
    lost_told: bool,
    pub(crate) trace: Option<crate::trace::TraceRing>,
}

impl Driver {
    /// Opens a device: checks what it is, resets it, waits for its firmware, sets up all queues.
    ///
    /// # Errors
    /// See [`OpenError`]; an ABI mismatch names both hashes.
    pub fn open(transport: impl Transport + 'static, options: &Options) -> Result<Self, OpenError> {
        if let Some(problem) = options.problem() {
            return Err(OpenError::BadOption(problem));
        }
        let mut bar = Bar::new(Box::new(transport));
        let info = setup::identify(&mut bar)?;
        setup::reset_and_wait(&mut bar, &info, options.ready_timeout_us)?;
        let qps = setup::queue_pairs(&mut bar, &info, options)?;
        let admin = setup::admin_queue(&mut bar, options)?;
        let rss_key = rss::key(options)?;
        setup::program(&mut bar, options, &rss_key, &qps, &admin)?;
        let mut counters = EngineCounter::all();
        baseline(&mut bar, &mut counters)?;
        log::info!("device open: {info:?}");
        Ok(Self {
            bar,
            info,
            options: options.clone(),
            rss_key,
            qps,
            admin,
            sessions: SessionTable::new(info.sessions),
            pool: RingPool::new(options.max_ring_memory, options.ring_chunk),
            stats: DriverStats::default(),
            counters,
            events: VecDeque::new(),
            faults_waiting: 0,
            now: Micros::default(),
            lost_told: false,
            trace: None,
        })
    }

    /// What the device is.
    #[must_use]
    pub fn info(&self) -> &DeviceInfo {
        &self.info
    }

    /// Queue pairs in use: the options' wish, or fewer if the device has fewer.
    #[must_use]
    pub fn queue_pairs(&self) -> u16 {
        u16::try_from(self.qps.len()).unwrap_or(u16::MAX)
    }

    /// The transport, for whoever knows which one it is.
    pub fn transport(&mut self) -> &mut dyn Transport {
        self.bar.transport.as_mut()
    }

    /// Takes everything that the device wrote since the last call, then rings the doorbells that are due.
    /// `true` when something happened.
    ///
    /// # Errors
    /// The device is lost; [`DriverEvent::DeviceLost`] is among the events, once.
    pub fn poll(&mut self, now: Micros) -> Result<bool, DeviceLost> {
        let worked = self.collect(now);
        self.flush().map(|rung| rung || worked)
    }

    /// The first half of [`Driver::poll`]: takes what the device wrote, and rings no doorbell. For callers who have more
    /// to queue and call [`Driver::flush`] once it is. `true` when there was anything.
    pub fn collect(&mut self, now: Micros) -> bool {
        self.now = self.now.max(now);
        self.stats.polls += 1;
        let mut worked = false;
        if !self.bar.lost() {
            // A completion counts only if it was there before the events are taken: whatever the device wrote to an
            // event ring before it is then seen first.
            let completions = self.admin.available();
            for index in 0..self.qps.len() {
                if self.poll_events(index) {
                    worked = true;
                    self.heard_from(index);
                }
            }
            for _ in 0..completions {
                self.poll_completion();
                worked = true;
            }
            worked |= self.poll_timeouts();
        }
        worked
    }

    /// Rings the doorbells that are due: for callers who queued something after [`Driver::poll`] and will not poll
    /// again soon. `true` when there were any.
    ///
    /// # Errors
    /// The device is lost.
    pub fn flush(&mut self) -> Result<bool, DeviceLost> {
        let flushed = self.ring_doorbells();
        if let Err(DeviceLost) = flushed {
            self.on_lost();
        }
        flushed
    }

    fn ring_doorbells(&mut self) -> Result<bool, DeviceLost> {
        self.bar.alive()?;
        let before = self.bar.doorbells;
        for index in 0..self.qps.len() {
            self.flush_bumps(index);
            self.flush_queue_pair(index)?;
        }
        let deadline = self.now.plus(self.options.admin_timeout_us);
        if let Some(tail) = self.admin.take_doorbell(deadline) {
            self.bar.doorbell(regs::ADMIN_DB_ASQ_TAIL, tail)?;
        }
        if let Some(head) = self.admin.take_head_doorbell() {
            self.bar.doorbell(regs::ADMIN_DB_ACQ_HEAD, head)?;
        }
        Ok(self.bar.doorbells != before)
    }

    /// The next thing that happened.
    pub fn next_event(&mut self) -> Option<DriverEvent> {
        let event = self.events.pop_front()?;
        match &event {
            DriverEvent::Session { handle, event: SessionEvent::Progress } => {
                if let Ok(session) = self.sessions.session(*handle) {
                    session.progress_waiting = false;
                }
            }
            DriverEvent::Fault(_) => self.faults_waiting -= 1,
            _ => {}
        }
        Some(event)
    }

    /// When [`Driver::poll`] is due even if the device stays silent.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Micros> {
        self.admin.deadline()
    }

    /// Commands that the firmware has not answered.
    #[must_use]
    pub fn commands_in_flight(&self) -> usize {
        self.admin.in_flight()
    }

    /// Whether the device is lost.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.bar.lost()
    }

    /// How often the vector of a queue pair was raised since the last call, without waiting.
    ///
    /// # Errors
    /// The device is lost.
    pub fn irq_take(&mut self, queue_pair: u16) -> Result<u64, DeviceLost> {
        self.bar.alive()?;
        let vector = self.qps.get(usize::from(queue_pair)).map_or(0, |qp| qp.vector);
        self.bar.transport.irq_take(vector).map_err(|error| self.fail(&error))
    }

    /// Waits for an interrupt of any vector, at most `timeout_us`. `true` if one came. Poll afterwards either way:
    /// an interrupt is a hint. The doorbells of the last poll have re-armed it, and the device raises it at once
    /// when something was written meanwhile.
    ///
    /// # Errors
    /// The device is lost.
    pub fn wait(&mut self, timeout_us: u64) -> Result<bool, DeviceLost> {
        self.bar.alive()?;
        self.bar.transport.irq_wait(timeout_us).map_err(|error| self.fail(&error))
    }

    fn fail(&mut self, error: &crate::TransportError) -> DeviceLost {
        log::error!("transport failed: {error}");
        self.on_lost();
        DeviceLost
    }

    /// Since when a queue pair has said nothing, by the time given to [`Driver::poll`]; the one that is silent longest.
    #[must_use]
    pub fn silent_since(&self) -> Micros {
        self.qps.iter().map(|qp| qp.heard).min().unwrap_or(self.now)
    }

    /// Reads registers to see whether device and firmware are alive.
    ///
    /// # Errors
    /// The device is lost: an access failed, everything reads as all ones, or an event could not be written
    /// ([`Fault::EventsLost`]): sessions would wait for ever for what it said. [`Driver::reset`] is the way on.
    pub fn check(&mut self) -> Result<Health, DeviceLost> {
        let before = self.bar.reads;
        let health = self.check_inner().and_then(|health| match health.evq_failed {
            0 => Ok(health),
            queue_pairs => {
                self.push_fault(Fault::EventsLost { queue_pairs });
                Err(DeviceLost)
            }
        });
        for qp in &mut self.qps {
            qp.heard = self.now;
        }
        self.stats.mmio_reads_alive += self.bar.reads - before;
        if health.is_err() {
            self.on_lost();
        }
        health
    }

    fn check_inner(&mut self) -> Result<Health, DeviceLost> {
        let magic = self.bar.read(regs::ID_MAGIC)?;
        let status = self.bar.read(regs::CTL_STATUS)?;
        let fw_heartbeat = self.bar.read(regs::CTL_FW_HEARTBEAT)?;
        let evq_failed = self.bar.read(regs::CTL_EVQ_FAILED)?;
        if magic == ALL_ONES || status.0 == ALL_ONES {
            return Err(DeviceLost);
        }
        Ok(Health { fw_state: status.fw_state(), fw_heartbeat, idle: status.idle(), evq_failed })
    }

    /// All counters: one register read for each of the engine's.
    ///
    /// # Errors
    /// The device is lost.
    pub fn stats(&mut self) -> Result<Stats, DeviceLost> {
        for counter in &mut self.counters {
            self.bar.reads += 1;
            let value = self.bar.transport.read32(counter.offset).map_err(|_| DeviceLost);
            counter.update(value?);
        }
        let engine = self.counters.iter().map(|counter| (counter.name, counter.total)).collect();
        Ok(Stats { engine, driver: self.driver_stats() })
    }

    /// The driver's own counters, without touching the device.
    #[must_use]
    pub fn driver_stats(&self) -> DriverStats {
        DriverStats {
            mmio_reads: self.bar.reads,
            mmio_writes: self.bar.writes,
            doorbells: self.bar.doorbells,
            ..self.stats
        }
    }

    /// Reads a register by its generated name, for diagnostics.
    ///
    /// # Errors
    /// The device is lost.
    pub fn register<T: From<u32>>(&mut self, reg: Reg<T>) -> Result<T, DeviceLost> {
        self.bar.read(reg)
    }

    /// Writes a register by its generated name, for settings that the options do not know.
    ///
    /// # Errors
    /// The device is lost.
    pub fn set_register<T>(&mut self, reg: Reg<T>, value: T) -> Result<(), DeviceLost>
    where
        u32: From<T>,
    {
        self.bar.write(reg, value)
    }

    /// Resets the device and sets it up again. All sessions become [`SessionState::Lost`] (their rings can be read
    /// until they are released), commands in flight fail, frames that wait are gone.
    ///
    /// # Errors
    /// As [`Driver::open`]; the device is lost then.
    pub fn reset(&mut self) -> Result<(), OpenError> {
        self.bar.revive();
        self.lost_told = true; // a failure below is told by the result
        self.lose_sessions(DeviceLost);
        self.stats.resets += 1;
        let result = self.bring_up();
        match result {
            Ok(()) => self.lost_told = false,
            Err(_) => self.bar.set_lost(),
        }
        result
    }

    fn bring_up(&mut self) -> Result<(), OpenError> {
        self.bar.transport.reset()?;
        let info = setup::identify(&mut self.bar)?;
        if info != self.info {
            return Err(OpenError::ConfigSpace("another device has answered".into()));
        }
        setup::reset_and_wait(&mut self.bar, &info, self.options.ready_timeout_us)?;
        for qp in &mut self.qps {
            qp.reset();
        }
        self.trace = None;
        baseline(&mut self.bar, &mut self.counters)?;
        setup::program(&mut self.bar, &self.options, &self.rss_key, &self.qps, &self.admin)?;
        Ok(())
    }

    /// Gives the firmware a command that concerns no session and no next hop.
    ///
    /// # Errors
    /// The queue is full, the opcode has a call of its own, or the device is lost.
    pub fn admin(
        &mut self,
        opcode: AdminOpcode,
        index: u16,
        value: u32,
        data: [u32; 8],
    ) -> Result<Token, SubmitError> {
        match opcode {
            AdminOpcode::Nop
            | AdminOpcode::Stats
            | AdminOpcode::TwInsert
            | AdminOpcode::TwLookup
            | AdminOpcode::TwDelete
            | AdminOpcode::TwFlush
            | AdminOpcode::TwWalk => {}
            AdminOpcode::Install
            | AdminOpcode::Evict
            | AdminOpcode::Snapshot
            | AdminOpcode::NexthopSet
            | AdminOpcode::SessionSet => {
                let index = opcode.to_bits();
                return Err(SubmitError::BadIndex { what: "plain command", index });
            }
        }
        let command = AdminCmd { index, value, data, ..AdminCmd::default() };
        self.submit(Op::Other(opcode), command, None)
    }

    /// Inserts, looks up or deletes an entry of the TIME_WAIT table: which one is the image's tuple, and what it holds
    /// is taken from the image as from a session that ends. The reply to a lookup: index, µs left, `rcv_nxt`, `snd_nxt`.
    ///
    /// # Errors
    /// Another opcode, the queue is full, or the device is lost.
    pub fn time_wait(
        &mut self,
        opcode: AdminOpcode,
        image: &SessionImage,
    ) -> Result<Token, SubmitError> {
        if !matches!(opcode, AdminOpcode::TwInsert | AdminOpcode::TwLookup | AdminOpcode::TwDelete)
        {
            let index = opcode.to_bits();
            return Err(SubmitError::BadIndex { what: "TIME_WAIT command", index });
        }
        let ports = u32::from(image.lport) | u32::from(image.rport) << 16;
        let flags = u32::from(image.ipv6) | image.tw_class.to_bits() << 1;
        let data = [flags, image.laddr[0], image.raddr[0], ports, 0, 0, 0, 0];
        let command = AdminCmd { data, ..AdminCmd::default() };
        self.submit(Op::Other(opcode), command, Some(&image.pack()))
    }

    /// Writes a next-hop slot. Every session on it follows at its next segment.
    ///
    /// # Errors
    /// No such slot, the queue is full, or the device is lost.
    pub fn nexthop_set(&mut self, index: u16, nexthop: &NextHop) -> Result<Token, SubmitError> {
        if u32::from(index) >= self.info.nexthops {
            return Err(SubmitError::BadIndex { what: "next-hop slot", index: index.into() });
        }
        let command = AdminCmd { index, data: nexthop.pack(), ..AdminCmd::default() };
        self.submit(Op::Nexthop(index), command, None)
    }

    pub(crate) fn submit(
        &mut self,
        op: Op,
        command: AdminCmd,
        image: Option<&toe_abi::SessionImageRaw>,
    ) -> Result<Token, SubmitError> {
        self.bar.alive()?;
        let cookie = self.admin.submit(op, command, image).ok_or(SubmitError::WouldBlock)?;
        self.stats.admin_commands += 1;
        Ok(Token(cookie))
    }

    pub(crate) fn push_event(&mut self, event: DriverEvent) {
        self.events.push_back(event);
    }

    pub(crate) fn push_session(&mut self, handle: SessionHandle, event: SessionEvent) {
        self.events.push_back(DriverEvent::Session { handle, event });
    }

    fn push_fault(&mut self, fault: Fault) {
        log::warn!("{fault}");
        self.stats.faults += 1;
        if self.faults_waiting < FAULTS_MAX {
            self.faults_waiting += 1;
            self.events.push_back(DriverEvent::Fault(fault));
        } else {
            self.stats.faults_dropped += 1;
        }
    }

    fn heard_from(&mut self, index: usize) {
        if let Some(qp) = self.qps.get_mut(index) {
            qp.heard = self.now;
        }
    }

    /// Takes event records of one queue pair, at most one ring of them.
    fn poll_events(&mut self, index: usize) -> bool {
        let limit = self.qps.get(index).map_or(0, |qp| qp.events.entries());
        let mut taken = 0;
        while taken < limit {
            if self.events.len() >= EVENTS_MAX {
                return taken != 0;
            }
            let next = self.qps.get_mut(index).and_then(|qp| qp.events.next(limit - taken));
            let Some((words, count)) = next else {
                return taken != 0;
            };
            taken += count;
            self.stats.events += u64::from(count);
            self.stats.events_superseded += u64::from(count - 1);
            if let Err(fault) = self.dispatch(index, words) {
                self.push_fault(fault);
            }
        }
        limit != 0
    }

    fn dispatch(&mut self, index: usize, words: [u32; 8]) -> Result<(), Fault> {
        let Some(QueuePair { index: qp, tx, rx, bumps, time_wait, .. }) = self.qps.get_mut(index)
        else {
            return Ok(());
        };
        let qp = *qp;
        let bad = |invalid: toe_abi::Invalid| Fault::BadEvent {
            qp,
            field: invalid.field,
            value: invalid.value,
        };
        // The kind lies in the same place of every event.
        let kind = words[0].to_le_bytes()[0];
        match EventType::from_bits(kind.into()) {
            None | Some(EventType::Invalid) => return Err(Fault::UnknownEvent { qp, kind }),
            Some(EventType::NicRx) => {
                let raw = EventNicRxRaw(words);
                let skipped = rx.filled(qp, raw)?;
                self.stats.rx_slots_skipped += u64::from(skipped);
                self.stats.rx_frames += 1;
                self.stats.rx_bytes += u64::from(raw.len());
            }
            Some(EventType::NicTxDone) => {
                let raw = EventTxDoneRaw(words);
                // A head that events of sessions have overtaken is no news.
                bumps.taken(raw.bmq_head());
                tx.done(qp, raw)?;
            }
            Some(EventType::Session) => {
                self.stats.session_events += 1;
                let raw = EventSessionRaw(words);
                if !self.quick_event(&raw) {
                    self.session_event(&raw.unpack().map_err(bad)?)?;
                }
            }
            Some(EventType::SessionEnd) => {
                self.stats.session_events += 1;
                self.session_end(&EventSessionEndRaw(words).unpack().map_err(bad)?)?;
            }
            Some(EventType::TimeWait) => {
                let first = EventTimeWaitRaw(words).unpack().map_err(bad)?;
                if time_wait.replace(first).is_some() {
                    return Err(Fault::HalfEvent { qp });
                }
            }
            Some(EventType::TimeWaitRest) => {
                let rest = EventTimeWaitRestRaw(words).unpack().map_err(bad)?;
                let first = time_wait.take().ok_or(Fault::HalfEvent { qp })?;
                let event = TimeWaitEvent::new(&first, &rest).ok_or(Fault::BadEvent {
                    qp,
                    field: "rcv_wscale",
                    value: rest.rcv_wscale.into(),
                })?;
                self.push_event(DriverEvent::TimeWait(event));
            }
            Some(EventType::Fault) => {
                let event = EventFaultRaw(words).unpack().map_err(bad)?;
                if event.what == toe_abi::Fault::DmaRead && event.handle == 0 {
                    self.repeat_bumps(index);
                }
                if event.what == toe_abi::Fault::DmaWrite && event.handle != 0 {
                    self.broken(SessionHandle::from_raw(event.handle));
                }
                return Err(Fault::Reported {
                    what: event.what,
                    handle: SessionHandle::from_raw(event.handle),
                    addr: event.addr,
                    info: event.info,
                });
            }
        }
        Ok(())
    }

    fn poll_completion(&mut self) {
        match self.admin.take() {
            Err(cookie) => self.push_fault(Fault::UnknownCookie { cookie }),
            Ok(done) if done.late => self.stats.admin_late += 1,
            Ok(done) => {
                self.stats.admin_completions += 1;
                let result = Self::outcome(&done);
                self.complete(done.op, done.token, Some(&done), result);
            }
        }
    }

    /// What a completion says, once it is certain that it belongs to the command.
    fn outcome(done: &Done) -> Result<AdminReply, AdminError> {
        let completion =
            done.raw.unpack().map_err(|invalid| AdminError::BadCompletion(invalid.field))?;
        if completion.opcode != done.op.opcode() {
            return Err(AdminError::BadCompletion("opcode"));
        }
        match completion.status {
            AdminStatus::Ok => {
                Ok(AdminReply { handle: completion.handle, result: completion.result })
            }
            status => Err(AdminError::Refused { status, detail: completion.detail }),
        }
    }

    /// Tells the caller how a command ended. `done` is there when a completion came.
    fn complete(
        &mut self,
        op: Op,
        token: u32,
        done: Option<&Done>,
        result: Result<AdminReply, AdminError>,
    ) {
        let token = Token(token);
        match op {
            Op::Nexthop(index) => {
                let result = result.map(|_| ());
                self.push_event(DriverEvent::Nexthop { token, index, result });
            }
            Op::Other(opcode) => self.push_event(DriverEvent::Admin { token, opcode, result }),
            Op::Set(handle, key) => {
                let result = result.map(|_| ());
                self.push_session(handle, SessionEvent::Setting { key, result });
            }
            Op::Install(handle) => {
                let refused = matches!(result, Err(AdminError::Refused { .. }));
                let image = done
                    .filter(|_| refused)
                    .and_then(|done| self.admin.image(done).ok())
                    .and_then(|raw| raw.unpack().ok());
                self.installed(handle, result.map(|_| ()), image);
            }
            Op::Evict(handle) | Op::Snapshot(handle) => {
                let image = result.and_then(|_| match done.map(|done| self.admin.image(done)) {
                    Some(Ok(raw)) => {
                        raw.unpack().map_err(|invalid| AdminError::BadCompletion(invalid.field))
                    }
                    _ => Err(AdminError::BadCompletion("image")),
                });
                if matches!(op, Op::Evict(_)) {
                    self.evicted(handle, image);
                } else {
                    self.snapshot_done(handle, image);
                }
            }
        }
    }

    fn poll_timeouts(&mut self) -> bool {
        let expired = self.admin.expire(self.now);
        if expired.is_empty() {
            return false;
        }
        self.stats.admin_timeouts += expired.len() as u64;
        for (token, op) in expired {
            log::error!("admin command {} timed out", op.opcode());
            self.complete(op, token, None, Err(AdminError::TimedOut));
        }
        // Firmware that does not answer, or no device at all?
        if self.check().is_ok() {
            log::error!("the device still answers register reads");
        }
        true
    }

    /// Writes bump records of sessions that have something to tell, as far as the ring has room.
    fn flush_bumps(&mut self, index: usize) {
        let Some(qp) = self.qps.get_mut(index) else {
            return;
        };
        while let Some(&slot) = qp.bumps.dirty.front() {
            let Some(session) = self.sessions.by_slot(slot).filter(|session| session.dirty) else {
                qp.bumps.dirty.pop_front();
                continue;
            };
            if session.wants_bump() {
                if qp.bumps.full() {
                    // A report is under way: an event will say how far the engine is.
                    self.stats.bmq_full += 1;
                    return;
                }
                let bump = session.bump(qp.bumps.next_count(), qp.bumps.wants_report());
                if qp.bumps.push(bump.pack()).is_ok() {
                    self.stats.bumps += 1;
                }
            }
            session.dirty = false;
            qp.bumps.dirty.pop_front();
        }
    }

    fn flush_queue_pair(&mut self, index: usize) -> Result<(), DeviceLost> {
        let Some(qp) = self.qps.get_mut(index) else {
            return Ok(());
        };
        let i = u32::from(qp.index);
        let bar = &mut self.bar;
        let mut ring = |regs: RegArray<u32>, value: Option<u32>| match value {
            Some(value) => bar.doorbell_at(regs, i, value),
            None => Ok(()),
        };
        ring(regs::DB_RXR_HEAD, qp.rx.take_doorbell())?;
        ring(regs::DB_TXQ_TAIL, qp.tx.take_doorbell())?;
        ring(regs::DB_BMQ_TAIL, qp.bumps.take_doorbell())?;
        ring(regs::DB_EVQ_HEAD, qp.events.take_doorbell())
    }

    /// The engine could not read something of the queue pair, bump records perhaps: what they said is said again.
    fn repeat_bumps(&mut self, index: usize) {
        let mut handles = Vec::new();
        for session in self.sessions.iter_mut() {
            if usize::from(session.queue_pair) == index && session.state == SessionState::Active {
                session.request_repeat();
                handles.push(session.handle);
            }
        }
        for handle in handles {
            self.mark(handle);
        }
    }

    /// Puts a session on its queue pair's list if it has something to tell.
    pub(crate) fn mark(&mut self, handle: SessionHandle) {
        let Ok(session) = self.sessions.session(handle) else {
            return;
        };
        if session.dirty || !session.wants_bump() {
            return;
        }
        if let Some(qp) = self.qps.get_mut(usize::from(session.queue_pair)) {
            session.dirty = true;
            qp.bumps.dirty.push_back(handle.slot());
        }
    }

    fn on_lost(&mut self) {
        self.bar.set_lost();
        self.lose_sessions(DeviceLost);
        if !self.lost_told {
            self.lost_told = true;
            self.push_event(DriverEvent::DeviceLost);
        }
    }

    /// Ends everything that was in the device or on its way.
    fn lose_sessions(&mut self, lost: DeviceLost) {
        for (token, op) in self.admin.reset() {
            self.complete(op, token, None, Err(AdminError::Lost(lost)));
        }
        for session in self.sessions.iter_mut() {
            session.dirty = false;
            if session.state.is_exposed() {
                session.state = SessionState::Lost;
            }
        }
        for qp in &mut self.qps {
            qp.bumps.dirty.clear();
        }
    }
}

/// Counts begin where the registers stand now.
fn baseline(bar: &mut Bar, counters: &mut [EngineCounter]) -> Result<(), OpenError> {
    for counter in counters {
        bar.reads += 1;
        counter.last = bar.transport.read32(counter.offset)?;
    }
    Ok(())
}

impl std::fmt::Debug for Driver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Driver")
            .field("info", &self.info)
            .field("queue_pairs", &self.qps.len())
            .field("sessions", &self.sessions.used())
            .field("lost", &self.bar.lost())
            .finish_non_exhaustive()
    }
}

impl Drop for Driver {
    /// Quiets the device: no DMA after the memory is gone.
    fn drop(&mut self) {
        if !self.bar.lost() {
            let _ = self.bar.write(regs::CTL_CONTROL, regs::CtlControl(0));
            let reset = regs::CtlReset::default().with_soft_reset(true);
            let _ = self.bar.write(regs::CTL_RESET, reset);
        }
        let _ = self.bar.transport.set_bus_master(false);
    }
}

/// A driver may move to the thread that polls it.
const _: fn() = || {
    fn moves<T: Send>() {}
    moves::<Driver>();
};
