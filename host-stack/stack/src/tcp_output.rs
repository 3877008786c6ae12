// SPDX-License-Identifier: Apache-2.0
//! TCP segments leaving: sessions in turn, answers without a session.

use toe_tcp::{Emit, Flags, Micros, Segment};

use crate::addr::FourTuple;
use crate::fib::{FibId, Resolved};
use crate::neigh::NeighKey;
use crate::output::Frame;
use crate::send::SendError;
use crate::stack::Stack;
use crate::tcp::{Kind, TcpError, TcpId, mss_for};
use crate::wire::{DeviceChecksums, IpHeader, PROTO_TCP, build_tcp};

impl Stack {
    /// Lets the next session that is ready send one segment; false when none is.
    pub(crate) fn tcp_transmit_one(&mut self, now: Micros) -> bool {
        let Some(id) = self.tcp.ready.pop_front() else { return false };
        let Some(socket) = self.tcp.sockets.get_mut(id) else { return true };
        let fib = socket.options.fib;
        let Kind::Session(session) = &mut socket.kind else { return true };
        session.in_ready = false;
        let Some(table) = self.fibs.get(usize::from(fib.0)) else { return true };
        let path = session.route.resolve(table, &self.ifaces, now);
        if let Ok(path) = &path {
            let (cap, cap_df_off) = session.mtu_cap.unwrap_or((u32::MAX, false));
            let told = (path.mtu.min(cap), path.df_off || cap_df_off && cap < path.mtu);
            if told != session.told_path {
                session.told_path = told;
                session.tcb.set_path_mss(mss_for(told.0, session.tuple.is_ipv6()), !told.1);
            }
            session.hop = (!path.local)
                .then(|| self.ifaces.get(path.iface))
                .flatten()
                .map(|i| NeighKey::new(path.iface, i, path.next_hop));
            session.iface = path.iface;
        }
        let Some(emit) = session.tcb.poll_transmit(now) else {
            self.drain_events(now, id);
            self.tcp.arm(id);
            self.reap(id);
            return true;
        };
        // Round robin: the session goes to the end of the line until it has nothing more.
        session.in_ready = true;
        self.tcp.ready.push_back(id);
        let tuple = session.tuple;
        self.hooks.segment_out(now, &tuple, &emit);
        let result = match path {
            Ok(path) => self.emit_session(now, id, &tuple, &path, &emit),
            Err(_) => Err(SendError::Unreachable),
        };
        if result.is_err() {
            let error = match result {
                Err(SendError::HostUnreachable) => TcpError::HostUnreachable,
                _ => TcpError::NetUnreachable,
            };
            // A session that is open takes it for loss and tries again by its timers.
            if result != Err(SendError::NoBuffers) {
                self.fail_opening(now, id, error);
            }
        }
        self.tcp.arm(id);
        true
    }

    /// Builds and sends one emission: by TSO where the device can, cut in software where not.
    fn emit_session(
        &mut self,
        now: Micros,
        id: TcpId,
        tuple: &FourTuple,
        path: &Resolved,
        emit: &Emit,
    ) -> Result<(), SendError> {
        let ipv6 = tuple.is_ipv6();
        let caps = self.iface_of(path.iface).map(|i| i.caps).unwrap_or_default();
        let device = DeviceChecksums { v4: caps.tx_csum4, v6: caps.tx_csum6 };
        let size = emit.seg_size.max(1);
        let large = emit.seg.payload_len > size;
        let key = self.signatures.key(tuple.remote.addr.ip());
        // One signature a segment: the device cannot cut what is signed (S-TSO-1).
        let tso = large && key.is_none() && if ipv6 { caps.tso6 } else { caps.tso4 };
        let step = if large && !tso { size } else { emit.seg.payload_len };
        if large && !tso {
            self.stats.sw_segmented += 1;
        }
        let mut offset = 0;
        loop {
            let len = (emit.seg.payload_len - offset).min(step);
            let last = offset + len >= emit.seg.payload_len;
            let mut seg = Segment { seq: emit.seg.seq + offset, payload_len: len, ..emit.seg };
            if !last {
                seg.flags = seg.flags.without(Flags::FIN).without(Flags::PSH);
            }
            if offset > 0 {
                seg.flags = seg.flags.without(Flags::CWR);
            }
            let header = IpHeader {
                src: tuple.local.addr.ip(),
                dst: tuple.remote.addr.ip(),
                protocol: PROTO_TCP,
                hop_limit: self.config.hop_limit,
                tos: if emit.ect { 2 } else { 0 },
                df: emit.df,
                ident: self.next_ident(),
            };
            let ports = (tuple.local.port, tuple.remote.port);
            let mss = tso.then(|| u16::try_from(size).unwrap_or(u16::MAX));
            let Some(session) = self.tcp.session(id) else { return Ok(()) };
            let tx = &session.tx;
            self.stats.tcp_signature_built += u64::from(key.is_some());
            let key = key.as_deref();
            let (bytes, offload) = build_tcp(&header, ports, &seg, device, mss, key, |out| {
                // A FIN or SYN takes sequence space but no bytes of the ring.
                let (a, b) = tx.slices(seg.seq, len);
                out.extend_from_slice(a);
                out.extend_from_slice(b);
            });
            let frame = Frame { bytes, offload, iface: path.iface };
            let zone = tuple.remote.addr.zone().or(tuple.local.addr.zone());
            self.send_packet(now, path, zone, frame)?;
            offset += len;
            if last {
                return Ok(());
            }
        }
    }

    /// Sends a segment that belongs to no session: resets, SYN|ACKs, TIME_WAIT answers.
    pub(crate) fn send_segment(
        &mut self,
        now: Micros,
        fib: FibId,
        tuple: &FourTuple,
        seg: &Segment,
    ) {
        self.send_segment_df(now, fib, tuple, seg, true);
    }

    pub(crate) fn send_segment_df(
        &mut self,
        now: Micros,
        fib: FibId,
        tuple: &FourTuple,
        seg: &Segment,
        df: bool,
    ) {
        let zone = tuple.remote.addr.zone().or(tuple.local.addr.zone());
        let Ok(path) = self.route_to(now, fib, tuple.remote.addr) else { return };
        let caps = self.iface_of(path.iface).map(|i| i.caps).unwrap_or_default();
        let device = DeviceChecksums { v4: caps.tx_csum4, v6: caps.tx_csum6 };
        let header = IpHeader {
            src: tuple.local.addr.ip(),
            dst: tuple.remote.addr.ip(),
            protocol: PROTO_TCP,
            hop_limit: self.config.hop_limit,
            tos: 0,
            df: df && !path.df_off,
            ident: self.next_ident(),
        };
        let ports = (tuple.local.port, tuple.remote.port);
        let key = self.signatures.key(tuple.remote.addr.ip());
        self.stats.tcp_signature_built += u64::from(key.is_some());
        let key = key.as_deref();
        let (bytes, offload) = build_tcp(&header, ports, seg, device, None, key, |_| {});
        let frame = Frame { bytes, offload, iface: path.iface };
        // Lost if the neighbour cannot be asked: the peer will come again.
        let _lost = self.send_packet(now, &path, zone, frame);
    }
}
