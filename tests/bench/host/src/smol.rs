// SPDX-License-Identifier: Apache-2.0
//! The same bulk data through smoltcp: two hosts on a wire in memory, one of them counted. What a NIC driver would cost
//! smoltcp is left out, which is in its favour: frames go straight from its tokens into a queue of recycled buffers.

use std::collections::VecDeque;

use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{Checksum, ChecksumCapabilities, Device, DeviceCapabilities, Medium};
use smoltcp::phy::{RxToken, TxToken};
use smoltcp::socket::tcp;
use smoltcp::time::Instant;
use smoltcp::wire::{EthernetAddress, HardwareAddress, IpAddress, IpCidr};

use crate::engine::{CHUNK, Load};
use crate::region::{host, measure, not_host};

/// One direction of the wire, with buffers that are used again.
#[derive(Default)]
pub(crate) struct Queue {
    frames: VecDeque<(Vec<u8>, usize)>,
    spare: Vec<Vec<u8>>,
}

/// An end of the wire.
struct End<'a> {
    rx: &'a mut Queue,
    tx: &'a mut Queue,
    caps: &'a DeviceCapabilities,
}

struct Rx<'a>((Vec<u8>, usize), &'a mut Vec<Vec<u8>>);
struct Tx<'a>(&'a mut Queue);

impl RxToken for Rx<'_> {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        let (frame, len) = self.0;
        let result = f(&frame[..len]);
        self.1.push(frame);
        result
    }
}

impl TxToken for Tx<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let mut frame = self.0.spare.pop().unwrap_or_default();
        // Longer than any frame, and never shortened: a buffer is cleared once in its life.
        if frame.is_empty() {
            frame.resize(66_000, 0);
        }
        let result = f(&mut frame[..len]);
        self.0.frames.push_back((frame, len));
        result
    }
}

impl Device for End<'_> {
    type RxToken<'a>
        = Rx<'a>
    where
        Self: 'a;
    type TxToken<'a>
        = Tx<'a>
    where
        Self: 'a;

    fn receive(&mut self, _: Instant) -> Option<(Rx<'_>, Tx<'_>)> {
        let frame = self.rx.frames.pop_front()?;
        Some((Rx(frame, &mut self.rx.spare), Tx(self.tx)))
    }

    fn transmit(&mut self, _: Instant) -> Option<Tx<'_>> {
        Some(Tx(self.tx))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        self.caps.clone()
    }
}

/// A host.
pub(crate) struct Host {
    pub(crate) iface: Interface,
    pub(crate) sockets: SocketSet<'static>,
}

/// How much the NIC does for smoltcp.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nic {
    /// Nothing: software checksums, frames of 1,500 bytes.
    Plain,
    /// Checksums, TSO and LRO: packets as large as IP can carry, no checksum computed.
    Assisted,
}

/// Two hosts and what lies between them.
pub(crate) struct Pair {
    pub(crate) hosts: [Host; 2],
    wire: [Queue; 2],
    caps: DeviceCapabilities,
    pub(crate) now: Instant,
}

impl Pair {
    pub(crate) fn new(nic: Nic) -> Self {
        let mut caps = DeviceCapabilities::default();
        caps.medium = Medium::Ethernet;
        caps.max_transmission_unit = if nic == Nic::Plain { 1514 } else { 65_535 };
        if nic == Nic::Assisted {
            let mut none = ChecksumCapabilities::ignored();
            none.icmpv4 = Checksum::None;
            caps.checksum = none;
        }
        let mut wire = [Queue::default(), Queue::default()];
        let host = |n: u8, wire: &mut [Queue; 2]| {
            let mac = HardwareAddress::Ethernet(EthernetAddress([2, 0, 0, 0, 0, n]));
            let mut config = Config::new(mac);
            config.random_seed = u64::from(n);
            let [a, b] = wire;
            let mut end = End { rx: a, tx: b, caps: &caps };
            let mut iface = Interface::new(config, &mut end, Instant::ZERO);
            iface.update_ip_addrs(|all| {
                let _room = all.push(IpCidr::new(IpAddress::v4(10, 0, 0, n), 24));
            });
            Host { iface, sockets: SocketSet::new(Vec::new()) }
        };
        let hosts = [host(1, &mut wire), host(2, &mut wire)];
        Self { hosts, wire, caps, now: Instant::ZERO }
    }

    /// One turn of one host.
    pub(crate) fn poll(&mut self, which: usize) {
        let [a, b] = &mut self.wire;
        let (rx, tx) = if which == 0 { (a, b) } else { (b, a) };
        let mut end = End { rx, tx, caps: &self.caps };
        let host = &mut self.hosts[which];
        host.iface.poll(self.now, &mut end, &mut host.sockets);
    }

    fn socket(&mut self, which: usize, handle: SocketHandle) -> &mut tcp::Socket<'static> {
        self.hosts[which].sockets.get_mut(handle)
    }
}

fn buffer(len: usize) -> tcp::SocketBuffer<'static> {
    tcp::SocketBuffer::new(vec![0; len])
}

pub(crate) fn new_socket(ring: usize) -> tcp::Socket<'static> {
    let mut socket = tcp::Socket::new(buffer(ring), buffer(ring));
    socket.set_tsval_generator(Some(|| 1));
    socket
}

/// Moves `mib` MiB from host 0 to host 1, counting the one or the other.
pub(crate) fn bulk(nic: Nic, load: Load) -> Result<(), String> {
    let Load { send, in_place, mib } = load;
    let ring = 512 * 1024;
    let mut pair = Pair::new(nic);
    let tx = pair.hosts[0].sockets.add(new_socket(ring));
    let rx = pair.hosts[1].sockets.add(new_socket(ring));
    pair.socket(1, rx).listen(7).map_err(|e| e.to_string())?;
    let Host { iface, sockets } = &mut pair.hosts[0];
    let to = (IpAddress::v4(10, 0, 0, 2), 7);
    let socket = sockets.get_mut::<tcp::Socket<'_>>(tx);
    socket.connect(iface.context(), to, 40_000).map_err(|e| e.to_string())?;
    let (warm, bytes) = (2 << 20, mib << 20);
    let mut data = vec![0x5a; CHUNK];
    let (mut sent, mut received) = (0, 0);
    for _ in 0..1_000_000 {
        pair.now += smoltcp::time::Duration::from_micros(50);
        measure(send && sent >= warm);
        let left = (warm + bytes - sent).min(CHUNK as u64) as usize;
        sent += host(|| {
            pair.poll(0);
            let socket = pair.socket(0, tx);
            let mut n = 0;
            while n < left {
                let part = &data[n..left];
                let more = if in_place {
                    socket.send(|space| {
                        let len = part.len().min(space.len());
                        not_host(|| space[..len].copy_from_slice(&part[..len]));
                        (len, len)
                    })
                } else {
                    socket.send_slice(part)
                };
                match more {
                    Ok(more @ 1..) => n += more,
                    _ => break,
                }
            }
            pair.poll(0);
            n as u64
        });
        measure(!send && received >= warm);
        received += host(|| {
            pair.poll(1);
            let mut n = 0;
            loop {
                let socket = pair.socket(1, rx);
                let more = if in_place {
                    socket.recv(|bytes| {
                        let len = data.len().min(bytes.len());
                        not_host(|| data[..len].copy_from_slice(&bytes[..len]));
                        (len, len)
                    })
                } else {
                    socket.recv_slice(&mut data)
                };
                match more {
                    Ok(more @ 1..) => n += more,
                    _ => break,
                }
            }
            pair.poll(1);
            n as u64
        });
        measure(false);
        if received == warm + bytes {
            return Ok(());
        }
    }
    Err(format!("smoltcp is stuck: {sent} bytes sent, {received} received"))
}
