// SPDX-License-Identifier: Apache-2.0
//! UDP sockets and pings of a node: a socket is in all shards under one id, a datagram touches one of them.

use std::net::SocketAddr;

use toe_stack::ports::{BindOptions, PortError};
use toe_stack::shard::{Place, Steering};
use toe_stack::udp::Datagram;
use toe_stack::{Endpoint, FibId, Micros, ScopedAddr, UdpError, UdpId};

use crate::Node;
use crate::node::PORT_TRIES;

impl Node {
    /// A UDP socket, bound in all shards or in none; port 0 takes an ephemeral one. Gives the port too.
    ///
    /// # Errors
    /// [`UdpError`].
    pub fn udp_bind(
        &mut self,
        local: SocketAddr,
        options: BindOptions,
    ) -> Result<(UdpId, u16), UdpError> {
        let local = self.endpoint(local);
        for _ in 0..PORT_TRIES {
            match self.udp_bind_everywhere(local, options) {
                // A port that the first shard chose may be in use in another.
                Err(UdpError::Port(PortError::InUse)) if local.port == 0 => {}
                done => return done,
            }
        }
        Err(PortError::Exhausted.into())
    }

    fn udp_bind_everywhere(
        &mut self,
        local: Endpoint,
        options: BindOptions,
    ) -> Result<(UdpId, u16), UdpError> {
        let (first, others) = self.shards.split_at_mut(1);
        let stack = &mut first[0].stack;
        let id = stack.udp_socket(options, FibId(0));
        let mut done = stack.udp_bind(id, local.addr, local.port);
        for shard in others {
            shard.stack.udp_socket_as(id, options, FibId(0));
            done = done.and_then(|port| shard.stack.udp_bind(id, local.addr, port));
        }
        if done.is_err() {
            let _new_and_unused = self.udp_close(id);
        }
        Ok((id, done?))
    }

    /// Sends a datagram, by the shard at which answers arrive.
    ///
    /// # Errors
    /// [`UdpError`].
    pub fn udp_send(
        &mut self,
        now: Micros,
        id: UdpId,
        to: SocketAddr,
        data: &[u8],
    ) -> Result<(), UdpError> {
        let to = self.endpoint(to);
        let at = self.shard_of_pair(self.stack().udp_source(now, id, to.addr), to.addr);
        self.dirty = true;
        self.shards[at].stack.udp_send(now, id, Some(to), data)
    }

    /// The next datagram, whichever shard has it.
    ///
    /// # Errors
    /// [`UdpError::WouldBlock`] when there is none; a pending error comes first.
    pub fn udp_recv(&mut self, id: UdpId) -> Result<Datagram, UdpError> {
        let mut shards = self.shards.iter_mut().map(|shard| shard.stack.udp_recv(id));
        shards.find(|got| *got != Err(UdpError::WouldBlock)).unwrap_or(Err(UdpError::WouldBlock))
    }

    /// Closes the socket.
    ///
    /// # Errors
    /// [`UdpError::NoSuchSocket`].
    pub fn udp_close(&mut self, id: UdpId) -> Result<(), UdpError> {
        self.configure(|stack| stack.udp_close(id))
    }

    /// The shard at which packets without ports from `remote` arrive.
    fn shard_of_pair(&mut self, local: Option<ScopedAddr>, remote: ScopedAddr) -> usize {
        let Some(local) = local.filter(|_| self.shards.len() > 1) else { return 0 };
        match self.rule().place_of_pair(local.ip(), remote.ip()) {
            Place::There(shard) => shard.into(),
            Place::Here | Place::Leaving | Place::Arriving => 0,
        }
    }
}
