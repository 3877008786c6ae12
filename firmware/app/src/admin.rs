// SPDX-License-Identifier: Apache-2.0
//! The admin queue: 64-byte commands in host memory, served in order, each answered by a 32-byte completion whose phase bit
//! flips on every pass of the ring (first pass 1).

use crate::cc::{self, Way};
use crate::image::{self, Limits};
use crate::port::{Dma, Hw, Lookup, PipeOp, Port};
use toe_abi::{
    AdminCmd, AdminCmdRaw, AdminCpl, AdminOpcode, AdminStatus, NexthopRaw, SessionImageRaw,
    SessionKey, mcu,
};

/// Words of the exchange buffer: the command, the completion, the session image.
const CMD: u32 = 0;
const CPL: u32 = 32;
const IMAGE: u32 = 128;

/// Largest MTU floor: below it IPv4 does not work (RFC 791).
const MIN_MTU: u16 = 68;

/// Answer to a command.
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

/// The engine's sizes, and what was served so far.
pub(crate) struct Queue {
    limits: Limits,
    served: u32,
    refused: u32,
}

impl Queue {
    pub(crate) const fn new(limits: Limits) -> Self {
        Self { limits, served: 0, refused: 0 }
    }

    /// Serves one command, if there is one with room for its completion. Where it stands is kept in the engine, so that a
    /// restart of the core goes on there; a command that was under way is served again.
    pub(crate) fn serve_one<H: Hw>(&mut self, port: &mut Port<H>) -> bool {
        let config = mcu::AdminConfig(port.read(mcu::ADMIN_CONFIG));
        if !config.enable() {
            return false;
        }
        // The engine clears both while the host has the queues disabled.
        let head = port.read(mcu::ADMIN_ASQ_HEAD);
        let tail = port.read(mcu::ADMIN_ACQ_TAIL);
        let asq = ring(port, mcu::ADMIN_ASQ_BASE_LO, mcu::ADMIN_ASQ_BASE_HI, config.asq_log2());
        let acq = ring(port, mcu::ADMIN_ACQ_BASE_LO, mcu::ADMIN_ACQ_BASE_HI, config.acq_log2());
        let waiting = port.read(mcu::ADMIN_ASQ_TAIL).wrapping_sub(head);
        let unread = tail.wrapping_sub(port.read(mcu::ADMIN_ACQ_HEAD));
        // A count beyond the ring is a host that lies: nothing to serve until it makes sense.
        if waiting == 0 || waiting > asq.entries || unread >= acq.entries {
            return false;
        }
        let (cookie, handle, opcode, answer) = self.command(port, asq.entry(head, 64));
        self.complete(port, &acq, tail, cookie, handle, opcode, &answer);
        port.write(mcu::ADMIN_ACQ_TAIL, tail.wrapping_add(1));
        port.write(mcu::ADMIN_ASQ_HEAD, head.wrapping_add(1));
        true
    }

    fn command<H: Hw>(&self, port: &mut Port<H>, iova: u64) -> (u32, u32, AdminOpcode, Answer) {
        if let Err(status) = port.dma(Dma::FromHost, iova, CMD, 64) {
            return (0, 0, AdminOpcode::Nop, status.into());
        }
        let raw = AdminCmdRaw(port.words(CMD as usize));
        match raw.unpack() {
            Ok(cmd) => {
                let answer = self.run(port, &cmd);
                (cmd.cookie, cmd.handle, cmd.opcode, answer)
            }
            Err(invalid) => {
                let status = if invalid.offset == 0 {
                    AdminStatus::BadOpcode
                } else {
                    AdminStatus::BadField
                };
                let answer = Answer { status, detail: invalid.offset, result: [0; 4] };
                (raw.cookie(), raw.handle(), AdminOpcode::Nop, answer)
            }
        }
    }

    fn run<H: Hw>(&self, port: &mut Port<H>, cmd: &AdminCmd) -> Answer {
        match cmd.opcode {
            AdminOpcode::Nop => AdminStatus::Ok.into(),
            AdminOpcode::Install => self.install(port, cmd),
            AdminOpcode::Evict => self.evict(port, cmd),
            AdminOpcode::Snapshot => self.snapshot(port, cmd),
            AdminOpcode::NexthopSet => self.nexthop(port, cmd),
            AdminOpcode::SessionSet => self.session_set(port, cmd),
            AdminOpcode::Stats => {
                let now = port.read(mcu::SYS_NOW_LO);
                Answer {
                    status: AdminStatus::Ok,
                    detail: 0,
                    result: [self.served, self.refused, now, self.limits.sessions],
                }
            }
            AdminOpcode::TwInsert => time_wait(port, 1, cmd),
            AdminOpcode::TwLookup => time_wait(port, 2, cmd),
            AdminOpcode::TwDelete => time_wait(port, 3, cmd),
            AdminOpcode::TwFlush => time_wait(port, 4, cmd),
            AdminOpcode::TwWalk => time_wait(port, 5, cmd),
        }
    }

    /// State first, lookup entry last: no segment meets a session that is not whole.
    fn install<H: Hw>(&self, port: &mut Port<H>, cmd: &AdminCmd) -> Answer {
        let slot = cmd.handle & 0xffff;
        if slot >= self.limits.sessions {
            return AdminStatus::BadHandle.into();
        }
        if let Err(status) = image_from_host(port, cmd.iova) {
            return status.into();
        }
        let raw = SessionImageRaw(port.words(IMAGE as usize));
        if let Err(refusal) = image::validate(&raw, cmd.handle, &self.limits) {
            return Answer {
                status: AdminStatus::BadField,
                detail: refusal.offset,
                result: [refusal.value, 0, 0, 0],
            };
        }
        cc::turn_image(port, IMAGE, Way::ToEngine);
        let status = port.pipe(PipeOp::Install, cmd.handle, IMAGE);
        if status != AdminStatus::Ok {
            return status.into();
        }
        let refusal = match port.lookup_insert(slot) {
            Lookup::Ok => return AdminStatus::Ok.into(),
            Lookup::Full => AdminStatus::TableFull,
            Lookup::Exists => AdminStatus::Exists,
            Lookup::NotFound | Lookup::Timeout => AdminStatus::Timeout,
        };
        // The session may have sent in between: the host gets the state back as it is now.
        let evicted = port.pipe(PipeOp::Evict, cmd.handle, IMAGE);
        if evicted == AdminStatus::Ok
            && let status = image_to_host(port, cmd.iova)
            && status != AdminStatus::Ok
        {
            return status.into();
        }
        refusal.into()
    }

    /// Lookup entry first, then the state: segments that come meanwhile go to the host.
    fn evict<H: Hw>(&self, port: &mut Port<H>, cmd: &AdminCmd) -> Answer {
        let slot = cmd.handle & 0xffff;
        if slot >= self.limits.sessions {
            return AdminStatus::BadHandle.into();
        }
        if !cmd.iova.is_multiple_of(64) {
            return Answer { status: AdminStatus::BadField, detail: 16, result: [0; 4] };
        }
        // Is the handle current? A stale one must not cost another session its entry.
        let status = port.pipe(PipeOp::Snapshot, cmd.handle, IMAGE);
        if status != AdminStatus::Ok {
            return status.into();
        }
        // Can the host have it at all? What cannot be written now is not taken.
        if let Err(status) = port.dma(Dma::ToHost, cmd.iova, IMAGE, 512) {
            return status.into();
        }
        if port.lookup_delete(slot) == Lookup::Timeout {
            return AdminStatus::Timeout.into();
        }
        // The session may have ended by itself in between; then there is nothing to evict, and its close event says so.
        let status = port.pipe(PipeOp::Evict, cmd.handle, IMAGE);
        if status != AdminStatus::Ok {
            return status.into();
        }
        match image_to_host(port, cmd.iova) {
            AdminStatus::Ok => AdminStatus::Ok.into(),
            lost => {
                // The memory went away in between: the engine keeps the session, or it would be nobody's.
                let kept = port.pipe(PipeOp::Install, cmd.handle, IMAGE) == AdminStatus::Ok
                    && port.lookup_insert(slot) == Lookup::Ok;
                if kept { lost.into() } else { AdminStatus::State.into() }
            }
        }
    }

    fn snapshot<H: Hw>(&self, port: &mut Port<H>, cmd: &AdminCmd) -> Answer {
        if cmd.handle & 0xffff >= self.limits.sessions {
            return AdminStatus::BadHandle.into();
        }
        if !cmd.iova.is_multiple_of(64) {
            return Answer { status: AdminStatus::BadField, detail: 16, result: [0; 4] };
        }
        let status = port.pipe(PipeOp::Snapshot, cmd.handle, IMAGE);
        if status != AdminStatus::Ok {
            return status.into();
        }
        image_to_host(port, cmd.iova).into()
    }

    fn nexthop<H: Hw>(&self, port: &mut Port<H>, cmd: &AdminCmd) -> Answer {
        if u32::from(cmd.index) >= self.limits.nexthops {
            return AdminStatus::Limit.into();
        }
        let entry = match NexthopRaw(cmd.data).unpack() {
            Ok(entry) => entry,
            Err(invalid) => {
                return Answer {
                    status: AdminStatus::BadField,
                    detail: 32 + invalid.offset,
                    result: [0; 4],
                };
            }
        };
        let bad = |offset: u16| Answer {
            status: AdminStatus::BadField,
            detail: 32 + offset,
            result: [0; 4],
        };
        if entry.valid {
            // A group address or none is no neighbour (RFC 1122 §3.2.1.3).
            if entry.dst_mac == 0 || entry.dst_mac & 1 != 0 {
                return bad(0);
            }
            if entry.src_mac == 0 || entry.src_mac & 1 != 0 {
                return bad(8);
            }
            if entry.mtu < MIN_MTU || u32::from(entry.mtu) + 18 > self.limits.max_frame {
                return bad(6);
            }
            if entry.vlan_present && entry.vlan_tci & 0xfff == 0xfff {
                return bad(14);
            }
        }
        port.nexthop(u32::from(cmd.index), &entry);
        AdminStatus::Ok.into()
    }

    fn session_set<H: Hw>(&self, port: &mut Port<H>, cmd: &AdminCmd) -> Answer {
        if cmd.handle & 0xffff >= self.limits.sessions {
            return AdminStatus::BadHandle.into();
        }
        let good = match cmd.key {
            SessionKey::Mss => cmd.value >= image::MIN_MSS && cmd.value <= self.limits.max_mss(),
            SessionKey::Cwnd => cmd.value >= 1 && cmd.value <= image::MAX_WINDOW,
            SessionKey::PacingRate => true,
            SessionKey::Nodelay
            | SessionKey::Keepalive
            | SessionKey::Df
            | SessionKey::Mirror
            | SessionKey::Trace => cmd.value <= 1,
            SessionKey::CcAlgo => cmd.value <= 2,
            SessionKey::Nexthop => cmd.value < self.limits.nexthops,
        };
        if !good {
            return Answer {
                status: AdminStatus::BadField,
                detail: 24,
                result: [cmd.value, 0, 0, 0],
            };
        }
        port.pipe_set(cmd.handle, cmd.key as u32, cmd.value).into()
    }

    fn complete<H: Hw>(
        &mut self,
        port: &mut Port<H>,
        acq: &Ring,
        tail: u32,
        cookie: u32,
        handle: u32,
        opcode: AdminOpcode,
        answer: &Answer,
    ) {
        let ok = answer.status == AdminStatus::Ok;
        self.served = self.served.wrapping_add(1);
        self.refused = self.refused.wrapping_add(u32::from(!ok));
        port.write(mcu::SYS_COUNT, if ok { 1 } else { 3 });
        let phase = (tail >> acq.log2) & 1 == 0;
        let completion = AdminCpl {
            opcode,
            status: answer.status,
            detail: answer.detail,
            cookie,
            handle,
            result: answer.result,
            phase,
        };
        port.put_words(CPL as usize, &completion.pack().0);
        // A completion that cannot be written has nobody to tell; the engine counts the failed write.
        let _ = port.dma(Dma::ToHostThenInterrupt, acq.entry(tail, 32), CPL, 32);
    }
}

/// A ring in host memory.
struct Ring {
    base: u64,
    log2: u8,
    entries: u32,
}

impl Ring {
    fn entry(&self, count: u32, bytes: u64) -> u64 {
        self.base.wrapping_add(u64::from(count & (self.entries - 1)) * bytes)
    }
}

fn ring<H: Hw>(port: &mut Port<H>, lo: toe_abi::Reg<u32>, hi: toe_abi::Reg<u32>, log2: u8) -> Ring {
    let base = u64::from(port.read(lo)) | u64::from(port.read(hi)) << 32;
    let log2 = log2.min(15);
    Ring { base, log2, entries: 1 << log2 }
}

fn image_from_host<H: Hw>(port: &mut Port<H>, iova: u64) -> Result<(), AdminStatus> {
    if !iova.is_multiple_of(64) {
        return Err(AdminStatus::BadField);
    }
    port.dma(Dma::FromHost, iova, IMAGE, 512)
}

fn image_to_host<H: Hw>(port: &mut Port<H>, iova: u64) -> AdminStatus {
    cc::turn_image(port, IMAGE, Way::ToHost);
    match port.dma(Dma::ToHost, iova, IMAGE, 512) {
        Ok(()) => AdminStatus::Ok,
        Err(status) => status,
    }
}

/// `data`: key words 0 to 7 are flags, local address, remote address (IPv4 in one word each), ports, index; the value words
/// of an insertion lie in the image at `iova` (its rcv_nxt, snd_nxt, timestamps).
fn time_wait<H: Hw>(port: &mut Port<H>, op: u32, cmd: &AdminCmd) -> Answer {
    let flags = cmd.data[0];
    let ipv6 = flags & 1 != 0;
    let mut key = [0u32; 12];
    let mut value = [0u32; 6];
    key[0] = flags & 7;
    if op == 1 || (ipv6 && op <= 3) {
        // IPv6 keys and the values of an insertion come as a session image.
        if let Err(status) = image_from_host(port, cmd.iova) {
            return status.into();
        }
        let Ok(image) = SessionImageRaw(port.words(IMAGE as usize)).unpack() else {
            return AdminStatus::BadField.into();
        };
        key[0] = u32::from(image.ipv6) | (image.tw_class as u32) << 1;
        key[1..5].copy_from_slice(&image.laddr);
        key[5..9].copy_from_slice(&image.raddr);
        key[9] = u32::from(image.lport) | u32::from(image.rport) << 16;
        let scale = image.rcv_wscale.min(14);
        let window = image.rcv_adv.wrapping_sub(image.rcv_nxt) >> scale;
        value = [
            image.rcv_nxt,
            image.snd_nxt,
            window.min(0xffff) | u32::from(image.ts_ok) << 16 | u32::from(scale) << 17,
            image.ts_recent,
            image.ts_offset,
            0,
        ];
    } else {
        (key[1], key[5], key[9]) = (cmd.data[1], cmd.data[2], cmd.data[3]);
    }
    // A walk goes over one family.
    key[10] = cmd.value | u32::from(ipv6) << 31;
    let Some(code) = port.time_wait(op, &key, &value) else {
        return AdminStatus::Timeout.into();
    };
    let status = match code {
        0 => AdminStatus::Ok,
        1 => AdminStatus::TableFull,
        2 => AdminStatus::Exists,
        _ => AdminStatus::NotFound,
    };
    let mut result = [0; 4];
    if status == AdminStatus::Ok && (op == 2 || op == 5) {
        let mut read =
            |array: toe_abi::RegArray<u32>, i| array.at(i).map_or(0, |reg| port.read(reg));
        result = [
            read(mcu::TW_RKEY, 10) & 0xffff,
            read(mcu::TW_RVALUE, 5),
            read(mcu::TW_RVALUE, 0),
            read(mcu::TW_RVALUE, 1),
        ];
        if op == 5 {
            // A walk shows whose entry it is.
            result = [
                read(mcu::TW_RKEY, 10) & 0xffff,
                read(mcu::TW_RKEY, 9),
                read(mcu::TW_RKEY, 5),
                read(mcu::TW_RVALUE, 5),
            ];
        }
    }
    Answer { status, detail: 0, result }
}
