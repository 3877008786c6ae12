// SPDX-License-Identifier: Apache-2.0
//! Admin commands, as the firmware serves them: in order, each field checked, each answered.

use crate::Model;
use crate::frame::Tuple;
use crate::rings::Irq;
use crate::session::Session;
use toe_abi::regs;
use toe_abi::{
    AdminCmd, AdminCmdRaw, AdminCpl, AdminOpcode, AdminStatus, MslClass, NexthopRaw, SessionImage,
    SessionImageRaw, SessionKey, TcpState, TraceKind, session_image,
};
use toe_device::HostBus;
use toe_image::{from_image, to_image};
use toe_tcp::{Tcb, TimeWaitRecord};

/// Least MTU: below it IPv4 does not work (RFC 791).
const MIN_MTU: u16 = 68;
/// Where the inline data of a command begins.
const DATA: u16 = 0x20;

/// The queues' counts.
#[derive(Debug, Default)]
pub(crate) struct Admin {
    head: u32,
    tail: u32,
    served: u32,
    refused: u32,
    /// Clocks that the command at the head has waited.
    waited: u32,
    pub(crate) irq: Irq,
}

/// How a command ended.
struct Answer {
    status: AdminStatus,
    detail: u16,
    result: [u32; 4],
}

impl From<AdminStatus> for Answer {
    fn from(status: AdminStatus) -> Self {
        Self { status, detail: 0, result: [0; 4] }
    }
}

fn bad_field(detail: u16, value: u32) -> Answer {
    Answer { status: AdminStatus::BadField, detail, result: [value, 0, 0, 0] }
}

fn place_of(field: toe_abi::Field) -> u16 {
    u16::try_from(field.word() * 4).unwrap_or(0)
}

impl Model {
    /// Whether a command waits and has room for its completion.
    pub(crate) fn admin_waiting(&self) -> bool {
        let config = self.regs.value(regs::ADMIN_CONFIG);
        let waiting = self.regs.value(regs::ADMIN_DB_ASQ_TAIL).wrapping_sub(self.admin.head);
        let unread = self.admin.tail.wrapping_sub(self.regs.value(regs::ADMIN_DB_ACQ_HEAD));
        config.enable()
            && !self.regs.firmware_held()
            && waiting != 0
            && waiting <= 1 << config.asq_log2()
            && unread < 1 << config.acq_log2()
    }

    /// One clock of waiting; true when the command's time has come.
    pub(crate) fn admin_takes_its_time(&mut self) -> bool {
        let due = self.admin.waited >= self.config.command_clocks;
        self.admin.waited = if due { 0 } else { self.admin.waited + 1 };
        due
    }

    /// The host has consumed completions.
    pub(crate) fn admin_rearm(&mut self) {
        let more = self.admin.tail != self.regs.value(regs::ADMIN_DB_ACQ_HEAD);
        self.admin.irq.rearm(more);
    }

    /// The host starts both counts at zero when it enables the queues.
    pub(crate) fn admin_enabled(&mut self) {
        self.admin = Admin::default();
    }

    /// Serves one command.
    pub(crate) fn serve(&mut self, bus: &mut dyn HostBus) {
        let config = self.regs.value(regs::ADMIN_CONFIG);
        let asq = u64::from(self.regs.value(regs::ADMIN_ASQ_BASE_LO))
            | u64::from(self.regs.value(regs::ADMIN_ASQ_BASE_HI)) << 32;
        let acq = u64::from(self.regs.value(regs::ADMIN_ACQ_BASE_LO))
            | u64::from(self.regs.value(regs::ADMIN_ACQ_BASE_HI)) << 32;
        let place = u64::from(self.admin.head & ((1 << config.asq_log2()) - 1));
        self.admin.head = self.admin.head.wrapping_add(1);
        let mut bytes = [0; AdminCmdRaw::BYTES];
        let read = self.dma_read(bus, asq.wrapping_add(place * 64), &mut bytes);
        let raw = AdminCmdRaw::from_le_bytes(&bytes);
        let (cookie, handle, opcode, answer) = match (read, raw.unpack()) {
            (Err(_), _) => (0, 0, AdminOpcode::Nop, AdminStatus::DmaFault.into()),
            (Ok(()), Ok(cmd)) => {
                let answer = self.run(bus, &cmd);
                (cmd.cookie, cmd.handle, cmd.opcode, answer)
            }
            (Ok(()), Err(invalid)) => {
                let status = if invalid.offset == 0 {
                    AdminStatus::BadOpcode
                } else {
                    AdminStatus::BadField
                };
                let answer = Answer { status, detail: invalid.offset, result: [0; 4] };
                (raw.cookie(), raw.handle(), AdminOpcode::Nop, answer)
            }
        };
        let Answer { status, detail, result } = answer;
        self.admin.served = self.admin.served.wrapping_add(1);
        self.regs.count(regs::COUNTERS_FW_COMMANDS);
        if status != AdminStatus::Ok {
            self.admin.refused = self.admin.refused.wrapping_add(1);
            self.regs.count(regs::COUNTERS_FW_REFUSED);
        }
        let tail = self.admin.tail;
        let phase = tail >> config.acq_log2() & 1 == 0;
        let completion = AdminCpl { opcode, status, detail, cookie, handle, result, phase };
        let place = u64::from(tail & ((1 << config.acq_log2()) - 1));
        let bytes = completion.pack().to_le_bytes();
        // A completion that cannot be written has nobody to tell; the failed write is counted.
        let _ = self.dma_write(bus, acq.wrapping_add(place * 32), &bytes);
        self.admin.tail = tail.wrapping_add(1);
        self.admin.irq.want();
    }

    fn run(&mut self, bus: &mut dyn HostBus, cmd: &AdminCmd) -> Answer {
        match cmd.opcode {
            AdminOpcode::Nop => AdminStatus::Ok.into(),
            AdminOpcode::Install => self.install(bus, cmd),
            AdminOpcode::Evict => self.give_image(bus, cmd, true),
            AdminOpcode::Snapshot => self.give_image(bus, cmd, false),
            AdminOpcode::NexthopSet => self.nexthop_set(cmd),
            AdminOpcode::SessionSet => self.session_set(cmd),
            AdminOpcode::Stats => Answer {
                status: AdminStatus::Ok,
                detail: 0,
                result: [
                    self.admin.served,
                    self.admin.refused,
                    crate::low32(self.now.0),
                    self.config.sessions,
                ],
            },
            AdminOpcode::TwInsert => self.tw_insert_command(bus, cmd),
            AdminOpcode::TwLookup | AdminOpcode::TwDelete => self.tw_key_command(bus, cmd),
            AdminOpcode::TwFlush => self.tw_flush(),
            AdminOpcode::TwWalk => self.tw_walk(cmd),
        }
    }

    fn read_image(&mut self, bus: &mut dyn HostBus, iova: u64) -> Result<SessionImage, Answer> {
        if !iova.is_multiple_of(64) {
            return Err(bad_field(0x10, crate::low32(iova)));
        }
        let mut bytes = [0; SessionImageRaw::BYTES];
        self.dma_read(bus, iova, &mut bytes).map_err(|_| Answer::from(AdminStatus::DmaFault))?;
        SessionImageRaw::from_le_bytes(&bytes)
            .unpack()
            .map_err(|invalid| bad_field(invalid.offset, invalid.value))
    }

    fn install(&mut self, bus: &mut dyn HostBus, cmd: &AdminCmd) -> Answer {
        let slot = crate::low16(cmd.handle);
        if u32::from(slot) >= self.config.sessions {
            return AdminStatus::BadHandle.into();
        }
        let image = match self.read_image(bus, cmd.iova) {
            Ok(image) => image,
            Err(answer) => return answer,
        };
        if let Some(answer) = self.image_limits(&image, cmd.handle) {
            return answer;
        }
        let now = crate::tcp_time(self.now);
        let (snapshot, place) = match from_image(&image, now, &self.tcp_policy()) {
            Ok(parts) => parts,
            Err(error) => {
                log::debug!("installation refused: {error}");
                return bad_field(error.offset(), crate::low32(error.value));
            }
        };
        if self.sessions.slot(slot).is_some() {
            return AdminStatus::State.into();
        }
        let tuple = Tuple {
            local: place.local,
            remote: place.remote,
            lport: place.lport,
            rport: place.rport,
        };
        if self.sessions.find(&tuple).is_some() {
            self.regs.count(regs::COUNTERS_LOOKUP_INSERT_FAIL);
            return AdminStatus::Exists.into();
        }
        if self.sessions.lookups() >= self.config.lookup_entries as usize {
            self.regs.count(regs::COUNTERS_LOOKUP_INSERT_FAIL);
            return AdminStatus::TableFull.into();
        }
        let Ok(tcb) = Tcb::thaw(&snapshot, now) else {
            return AdminStatus::State.into(); // `from_image` has tried it
        };
        // A session and its own TIME_WAIT at once cannot be (S-FIN-1).
        self.tw_remove(&tuple, None);
        self.sessions.insert(slot, Session::new(place, tuple, tcb, self.now));
        self.regs.count(regs::COUNTERS_LOOKUP_INSERT);
        self.trace(slot, TraceKind::Installed, None);
        self.wake(slot);
        AdminStatus::Ok.into()
    }

    /// What depends on this device rather than on the contract.
    fn image_limits(&self, image: &SessionImage, handle: u32) -> Option<Answer> {
        let mss = u32::from(image.snd_mss);
        let max_mss = self.config.max_frame.saturating_sub(54);
        let refuse = |field, value: u32| Some(bad_field(place_of(field), value));
        if image.handle != handle {
            refuse(session_image::HANDLE, image.handle)
        } else if u32::from(image.nexthop) >= self.config.nexthops {
            refuse(session_image::NEXTHOP, image.nexthop.into())
        } else if u32::from(image.qp) >= self.config.queue_pairs {
            refuse(session_image::QP, image.qp.into())
        } else if mss > max_mss {
            refuse(session_image::SND_MSS, mss)
        } else if image.state == TcpState::TimeWait {
            // It has a table of its own (S-FIN-1).
            refuse(session_image::STATE, image.state.to_bits())
        } else if image.tw_class == MslClass::None {
            refuse(session_image::TW_CLASS, 0)
        } else {
            None
        }
    }

    /// Evict and snapshot: the state goes to host memory; with `remove` the session leaves.
    fn give_image(&mut self, bus: &mut dyn HostBus, cmd: &AdminCmd, remove: bool) -> Answer {
        let Some(slot) = self.sessions.by_handle(cmd.handle) else {
            self.regs.count(regs::COUNTERS_STALE_COMMAND);
            return AdminStatus::BadHandle.into();
        };
        if !cmd.iova.is_multiple_of(64) {
            return bad_field(0x10, crate::low32(cmd.iova));
        }
        let now = crate::tcp_time(self.now);
        let Some(session) = self.sessions.slot(slot) else {
            return AdminStatus::BadHandle.into();
        };
        let Ok(image) = to_image(&session.tcb.snapshot(now), &session.place, now) else {
            return AdminStatus::State.into();
        };
        if self.dma_write(bus, cmd.iova, &image.pack().to_le_bytes()).is_err() {
            return AdminStatus::DmaFault.into();
        }
        if remove {
            self.sessions.remove(slot);
            self.regs.count(regs::COUNTERS_LOOKUP_DELETE);
        }
        AdminStatus::Ok.into()
    }

    fn nexthop_set(&mut self, cmd: &AdminCmd) -> Answer {
        let Some(place) = self.nexthops.get_mut(usize::from(cmd.index)) else {
            return AdminStatus::Limit.into();
        };
        let entry = match NexthopRaw(cmd.data).unpack() {
            Ok(entry) => entry,
            Err(invalid) => return bad_field(DATA + invalid.offset, invalid.value),
        };
        if entry.valid {
            // A group address or none is no neighbour (RFC 1122 §3.2.1.3).
            if entry.dst_mac == 0 || entry.dst_mac & 1 != 0 {
                return bad_field(DATA, crate::low32(entry.dst_mac));
            }
            if entry.src_mac == 0 || entry.src_mac & 1 != 0 {
                return bad_field(DATA + 8, crate::low32(entry.src_mac));
            }
            if entry.mtu < MIN_MTU || u32::from(entry.mtu) + 18 > self.config.max_frame {
                return bad_field(DATA + 6, entry.mtu.into());
            }
            if entry.vlan_present && entry.vlan_tci & 0xfff == 0xfff {
                return bad_field(DATA + 14, entry.vlan_tci.into());
            }
        }
        *place = entry;
        self.nexthop_changed(cmd.index);
        AdminStatus::Ok.into()
    }

    fn session_set(&mut self, cmd: &AdminCmd) -> Answer {
        let now = crate::tcp_time(self.now);
        let value = cmd.value;
        let max_mss = self.config.max_frame.saturating_sub(54);
        let good = match cmd.key {
            SessionKey::Mss => (64..=max_mss).contains(&value),
            SessionKey::Cwnd => (1..=1 << 30).contains(&value),
            SessionKey::PacingRate => true,
            SessionKey::Nodelay
            | SessionKey::Keepalive
            | SessionKey::Df
            | SessionKey::Mirror
            | SessionKey::Trace => value <= 1,
            SessionKey::CcAlgo => {
                u8::try_from(value).is_ok_and(|id| toe_tcp::CcAlgo::from_id(id).is_some())
            }
            SessionKey::Nexthop => value < self.config.nexthops,
        };
        if !good {
            return bad_field(0x18, value);
        }
        let Some(slot) = self.sessions.by_handle(cmd.handle) else {
            self.regs.count(regs::COUNTERS_STALE_COMMAND);
            return AdminStatus::BadHandle.into();
        };
        let idle = self.tcp_policy().keepalive;
        let Some(session) = self.sessions.slot_mut(slot) else {
            return AdminStatus::BadHandle.into();
        };
        let on = value == 1;
        let low16 = crate::low16(value);
        match cmd.key {
            SessionKey::Mss => {
                let df = session.tcb.info(now).df;
                let timestamps = if session.tcb.info(now).ts_ok { 12 } else { 0 };
                session.tcb.set_path_mss(low16.saturating_add(timestamps), df);
            }
            SessionKey::Cwnd => {
                let ssthresh = session.tcb.info(now).ssthresh;
                session.tcb.set_cwnd(value, ssthresh);
            }
            SessionKey::PacingRate => {
                session.place.pacing_bytes_per_ms = value;
                session.pace = crate::pace::Pace::new(self.now);
            }
            SessionKey::Nodelay => session.tcb.set_nodelay(on),
            SessionKey::Keepalive => session.tcb.set_keepalive(idle.filter(|_| on), now),
            SessionKey::Df => {
                let mss = session.tcb.info(now).path_mss;
                session.tcb.set_path_mss(mss, on);
            }
            SessionKey::CcAlgo => {
                let algo = u8::try_from(value).ok().and_then(toe_tcp::CcAlgo::from_id);
                if let Some(algo) = algo {
                    session.tcb.set_congestion_control(algo, now);
                }
            }
            SessionKey::Nexthop => session.place.nexthop = low16,
            SessionKey::Mirror => session.place.mirror = on,
            SessionKey::Trace => session.place.trace = on,
        }
        self.trace(slot, TraceKind::Command, None);
        self.wake(slot);
        AdminStatus::Ok.into()
    }

    /// Keys for IPv6, and the values of an insertion, come as a session image.
    fn tw_insert_command(&mut self, bus: &mut dyn HostBus, cmd: &AdminCmd) -> Answer {
        let image = match self.read_image(bus, cmd.iova) {
            Ok(image) => image,
            Err(answer) => return answer,
        };
        let window = image.rcv_adv.wrapping_sub(image.rcv_nxt) >> image.rcv_wscale.min(14);
        let record = TimeWaitRecord {
            snd_nxt: toe_tcp::SeqNum(image.snd_nxt),
            rcv_nxt: toe_tcp::SeqNum(image.rcv_nxt),
            last_win: u16::try_from(window).unwrap_or(u16::MAX),
            rcv_wscale: image.rcv_wscale.min(14),
            ts_ok: image.ts_ok,
            ts_recent: image.ts_recent,
            ts_offset: image.ts_offset,
            class: toe_image::core_class(image.tw_class),
        };
        let tuple = image_tuple(&image);
        if self.sessions.find(&tuple).is_some() {
            return AdminStatus::Exists.into();
        }
        let done = self.tw_insert(tuple, record);
        if done { AdminStatus::Ok.into() } else { AdminStatus::TableFull.into() }
    }

    fn tw_key_command(&mut self, bus: &mut dyn HostBus, cmd: &AdminCmd) -> Answer {
        let tuple = if cmd.data[0] & 1 == 1 {
            match self.read_image(bus, cmd.iova) {
                Ok(image) => image_tuple(&image),
                Err(answer) => return answer,
            }
        } else {
            Tuple {
                local: toe_image::words_addr([cmd.data[1], 0, 0, 0], false),
                remote: toe_image::words_addr([cmd.data[2], 0, 0, 0], false),
                lport: crate::low16(cmd.data[3]),
                rport: crate::low16(cmd.data[3] >> 16),
            }
        };
        let Some(entry) = self.tw.entry(&tuple).copied() else {
            return AdminStatus::NotFound.into();
        };
        if cmd.opcode == AdminOpcode::TwDelete {
            self.regs.count(regs::COUNTERS_TW_DELETE);
            self.tw_remove(&tuple, None);
            return AdminStatus::Ok.into();
        }
        let left = crate::low32(entry.expires.saturating_sub(self.now).0);
        let result = [entry.index, left, entry.record.rcv_nxt.0, entry.record.snd_nxt.0];
        Answer { status: AdminStatus::Ok, detail: 0, result }
    }

    fn tw_flush(&mut self) -> Answer {
        for v6 in [false, true] {
            while let Some(tuple) = self.tw.walk(v6, 0).map(|(tuple, _)| *tuple) {
                self.regs.count(regs::COUNTERS_TW_DELETE);
                self.tw_remove(&tuple, None);
            }
        }
        AdminStatus::Ok.into()
    }

    fn tw_walk(&mut self, cmd: &AdminCmd) -> Answer {
        let Some((tuple, entry)) = self.tw.walk(cmd.data[0] & 1 == 1, cmd.value) else {
            return AdminStatus::NotFound.into();
        };
        let ports = u32::from(tuple.lport) | u32::from(tuple.rport) << 16;
        let left = crate::low32(entry.expires.saturating_sub(self.now).0);
        let result = [entry.index, ports, toe_image::addr_words(tuple.remote)[0], left];
        Answer { status: AdminStatus::Ok, detail: 0, result }
    }
}

fn image_tuple(image: &SessionImage) -> Tuple {
    let addr = |words| toe_image::words_addr(words, image.ipv6);
    Tuple {
        local: addr(image.laddr),
        remote: addr(image.raddr),
        lport: image.lport,
        rport: image.rport,
    }
}
