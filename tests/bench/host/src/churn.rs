// SPDX-License-Identifier: Apache-2.0
//! Connections: opened by the peer, used for one request and one answer, closed by us, so that TIME_WAIT is ours.

use std::net::SocketAddr;

use smoltcp::socket::tcp;
use toe_api::{Micros, Owner, TcpError, TcpOptions};
use toe_testkit::Host;
use toe_world::{Behaviour, Close};

use crate::engine::{Carrier, scene};
use crate::region::{host, measure};
use crate::smol::{self, Nic, Pair};

/// Bytes each way.
const BYTES: usize = 1024;
/// Connections before the counted ones.
const WARM: usize = 8;
const RING: u32 = 4096;

/// So many counted connections, beside `others` listeners that nobody talks to.
///
/// # Errors
/// A connection does not come about.
pub fn run(carrier: Carrier, others: u16, count: usize) -> Result<(), String> {
    let mut scene = scene("bench-churn", carrier)?;
    let options = TcpOptions { snd_ring: RING, rcv_ring: RING, ..TcpOptions::default() };
    let at = |port| SocketAddr::new(Host::V4, port);
    for port in 0..others {
        scene.node.listen(at(10_000 + port), 4, options).map_err(|e| e.to_string())?;
    }
    let listener = scene.node.listen(at(80), 64, options).map_err(|e| e.to_string())?;
    let behaviour = Behaviour { echo: false, send: BYTES as u64, seed: 3, close: Close::AfterPeer };
    let mut buffer = [0; BYTES];
    let mut engine = 0;
    for n in 0..WARM + count {
        scene.peer(|peer| peer.connect(at(80), behaviour)).ok_or("the peer has no room")?;
        let (mut child, mut got, mut sent, mut closed) = (None, 0, 0, false);
        let mut settle = 0;
        for turn in 0.. {
            if turn > 20_000 {
                return Err(format!("connection {n} is stuck\n{}", scene.situation()));
            }
            let now = scene.now();
            let node = &mut scene.node;
            measure(n >= WARM);
            host(|| {
                node.poll(now);
                if child.is_none() {
                    child = node.accept(now, listener).ok().map(|(id, _)| id);
                }
                let Some(id) = child.filter(|_| !closed) else { return };
                if carrier == Carrier::Engine && node.owner(id) != Owner::Engine && got == 0 {
                    // The engine is to carry it: that is what is measured.
                    return;
                }
                if got < BYTES
                    && let Ok(n) = node.recv(now, id, &mut buffer[got..])
                {
                    got += n;
                }
                if got == BYTES && sent < BYTES {
                    match node.send(now, id, &buffer[sent..]) {
                        Ok(n) => sent += n,
                        Err(TcpError::WouldBlock) => {}
                        Err(_) => sent = BYTES,
                    }
                }
                if sent == BYTES {
                    engine += usize::from(node.owner(id) == Owner::Engine);
                    let _gone = node.close(now, id);
                    closed = true;
                }
                node.poll(now);
            });
            measure(false);
            scene.world.lock().run_for(toe_device::Micros(20)).map_err(|e| e.to_string())?;
            // Until both FINs are through: what remains is TIME_WAIT.
            let open = scene.peer(|peer| {
                peer.connections().last().is_some_and(|c| c.state == toe_world::State::Open)
            });
            settle += usize::from(closed && !open);
            if settle > 4 {
                break;
            }
        }
    }
    eprintln!(
        "{count} connections, {engine} of {} by the engine, TIME_WAIT: {} in software",
        WARM + count,
        scene.node.stack().time_wait().len()
    );
    let _time: Micros = scene.now();
    Ok(())
}

/// The same between two smoltcp hosts, the accepting one counted. A socket listens for one connection there.
///
/// # Errors
/// A connection does not come about.
pub fn smoltcp(others: u16, count: usize) -> Result<(), String> {
    let mut pair = Pair::new(Nic::Plain);
    let ring = RING as usize;
    for port in 0..others {
        let mut socket = smol::new_socket(ring);
        socket.listen(10_000 + port).map_err(|e| e.to_string())?;
        pair.hosts[1].sockets.add(socket);
    }
    let server = pair.hosts[1].sockets.add(smol::new_socket(ring));
    let client = pair.hosts[0].sockets.add(smol::new_socket(ring));
    let data = [7; BYTES];
    for n in 0..WARM + count {
        measure(n >= WARM);
        host(|| {
            let socket = pair.hosts[1].sockets.get_mut::<tcp::Socket<'_>>(server);
            socket.abort();
            socket.listen(80).map_err(|e| e.to_string())
        })?;
        measure(false);
        let port = 20_000 + u16::try_from(n).unwrap_or(0);
        let smol::Host { iface, sockets } = &mut pair.hosts[0];
        let socket = sockets.get_mut::<tcp::Socket<'_>>(client);
        socket.abort();
        let to = (smoltcp::wire::IpAddress::v4(10, 0, 0, 2), 80);
        socket.connect(iface.context(), to, port).map_err(|e| e.to_string())?;
        let (mut asked, mut got, mut answered) = (false, 0, false);
        for turn in 0.. {
            if turn > 10_000 {
                return Err(format!("smoltcp: connection {n} is stuck"));
            }
            pair.now += smoltcp::time::Duration::from_micros(20);
            pair.poll(0);
            let socket = pair.hosts[0].sockets.get_mut::<tcp::Socket<'_>>(client);
            if socket.can_send() && !asked {
                asked = socket.send_slice(&data).is_ok();
            }
            let mut sink = [0; BYTES];
            while socket.recv_slice(&mut sink).is_ok_and(|n| n > 0) {}
            if socket.state() == tcp::State::CloseWait {
                socket.close();
            }
            measure(n >= WARM);
            let done = host(|| {
                pair.poll(1);
                let socket = pair.hosts[1].sockets.get_mut::<tcp::Socket<'_>>(server);
                let mut buffer = [0; BYTES];
                while let Ok(more @ 1..) = socket.recv_slice(&mut buffer) {
                    got += more;
                }
                if got == BYTES && !answered {
                    answered = socket.send_slice(&buffer).is_ok();
                    socket.close();
                }
                let done = socket.state() == tcp::State::TimeWait;
                pair.poll(1);
                done
            });
            measure(false);
            if done {
                break;
            }
        }
    }
    Ok(())
}
