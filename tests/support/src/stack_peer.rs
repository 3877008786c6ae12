// SPDX-License-Identifier: Apache-2.0
//! A second host on the wire (10.0.0.3) that runs our own stack in software. Not an independent opinion: it is there for what
//! smoltcp does not speak, ECN and DCTCP's echo. Tests judge by what passes on the wire.

use std::net::{IpAddr, Ipv4Addr};

use toe_stack::{
    Endpoint, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, RxFrame, ScopedAddr, Stack,
    StackConfig, TcpId, TcpOptions,
};
use toe_tcp::TcpInfo;
use toe_world::{Peer, pattern};

/// The host: it accepts on one port, reads everything, and sends what it is told.
pub struct StackPeer {
    stack: Stack,
    port: IfId,
    listener: Option<TcpId>,
    session: Option<TcpId>,
    send: u64,
    seed: u64,
    sent: u64,
    /// Bytes read.
    pub received: u64,
    /// The other side has closed.
    pub ended: bool,
    now: Micros,
    next: Option<Micros>,
}

impl StackPeer {
    /// Its address.
    pub const V4: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 3));
    /// Its station address.
    pub const MAC: [u8; 6] = [0x02, 0x00, 0x00, 0x00, 0x00, 0x03];
    /// The port that it listens on.
    pub const PORT: u16 = 7000;

    /// A host with these settings; `send` bytes of the pattern `seed` go to whoever connects.
    ///
    /// # Panics
    /// When the stack refuses its own address.
    #[must_use]
    pub fn new(tcp: toe_tcp::Config, send: u64, seed: u64) -> Self {
        let mut stack =
            Stack::new(StackConfig { tcp, seed: 0x0003 << 64 | 3, ..StackConfig::default() });
        let interface = InterfaceConfig::ethernet("eth0", MacAddr(Self::MAC));
        let port = stack.add_interface(interface).unwrap_or_else(|e| panic!("interface: {e}"));
        if let Ok(net) = "10.0.0.3/24".parse() {
            stack
                .add_address(Micros(0), port, IfAddr::new(net))
                .unwrap_or_else(|e| panic!("address: {e}"));
        }
        let mut peer = Self {
            stack,
            port,
            listener: None,
            session: None,
            send,
            seed,
            sent: 0,
            received: 0,
            ended: false,
            now: Micros(0),
            next: None,
        };
        let listener =
            peer.stack.tcp_socket(TcpOptions { offload: false, ..TcpOptions::default() });
        let here = ScopedAddr::global(Self::V4).map(|addr| Endpoint { addr, port: Self::PORT });
        if let Ok(here) = here
            && peer.stack.tcp_bind(listener, here).is_ok()
            && peer.stack.tcp_listen(listener, 4).is_ok()
        {
            peer.listener = Some(listener);
        }
        peer
    }

    /// State of its TCP.
    #[must_use]
    pub fn info(&self, now: Micros) -> Option<TcpInfo> {
        self.stack.tcp_info(now, self.session?)
    }

    fn work(&mut self, now: Micros) {
        if self.session.is_none()
            && let Some(listener) = self.listener
        {
            self.session = self.stack.tcp_accept(listener).ok().map(|(id, _)| id);
        }
        let Some(id) = self.session else { return };
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(n) = self.stack.tcp_recv(now, id, &mut buffer) {
            if n == 0 {
                if !self.ended {
                    self.ended = true;
                    let _closed = self.stack.tcp_shutdown(now, id);
                }
                break;
            }
            self.received += n as u64;
        }
        while self.sent < self.send {
            let len = (self.send - self.sent).min(16 * 1024);
            buffer.resize(usize::try_from(len).unwrap_or(0), 0);
            pattern(self.seed, self.sent, &mut buffer);
            match self.stack.tcp_send(now, id, &buffer) {
                Ok(n) if n > 0 => self.sent += n as u64,
                _ => break,
            }
        }
    }
}

impl Peer for StackPeer {
    fn name(&self) -> &'static str {
        "stack"
    }

    fn receive(&mut self, now: toe_device::Micros, frame: &[u8]) {
        self.stack.handle_frame(Micros(now.0), self.port, &RxFrame::unchecked(frame));
    }

    fn poll(&mut self, now: toe_device::Micros) {
        self.now = Micros(now.0);
        self.work(self.now);
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        let frame = self.stack.poll_transmit(self.now).map(|frame| frame.bytes);
        if frame.is_none() {
            self.next = self.stack.next_deadline();
        }
        frame
    }

    fn next_deadline(&self) -> Option<toe_device::Micros> {
        self.next.map(|at| toe_device::Micros(at.0))
    }
}
