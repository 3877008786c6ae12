// SPDX-License-Identifier: Apache-2.0
//! What runs on the sockets of `toe daemon`: echo (7), discard (9), chargen (19), as inetd had them (RFC 862 to 864), so
//! that there is something to look at.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use toe_api::runtime::Handle;
use toe_api::{Micros, Node, TcpError, TcpId, TcpOptions};

const ECHO: u16 = 7;
const DISCARD: u16 = 9;
const CHARGEN: u16 = 19;
/// Ports of the servers.
pub(crate) const PORTS: [u16; 3] = [ECHO, DISCARD, CHARGEN];
/// Bytes that a session moves in one turn.
const PIECE: usize = 16 * 1024;

struct Live {
    id: TcpId,
    port: u16,
    /// Echo: read and not yet written.
    held: Vec<u8>,
    closed: bool,
}

/// All servers.
struct Servers {
    listeners: Vec<(TcpId, u16)>,
    live: Vec<Live>,
    buffer: Vec<u8>,
    pattern: Vec<u8>,
}

impl Servers {
    fn new(node: &mut Node, options: TcpOptions) -> Result<Self, TcpError> {
        let mut listeners = Vec::new();
        for port in PORTS {
            for ip in [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)] {
                let bind = toe_api::BindOptions { v6_only: true, ..options.bind };
                let options = TcpOptions { bind, ..options };
                listeners.push((node.listen(SocketAddr::new(ip, port), 1024, options)?, port));
            }
        }
        let pattern = (0..PIECE).map(|n| b' ' + u8::try_from(n % 95).unwrap_or(0)).collect();
        Ok(Self { listeners, live: Vec::new(), buffer: vec![0; PIECE], pattern })
    }

    /// One turn of every session; `true` when something moved.
    fn turn(&mut self, now: Micros, node: &mut Node) -> bool {
        let mut moved = false;
        for (listener, port) in &self.listeners {
            while let Ok((id, _)) = node.accept(now, *listener) {
                self.live.push(Live { id, port: *port, held: Vec::new(), closed: false });
                moved = true;
            }
        }
        let (buffer, pattern) = (&mut self.buffer, &self.pattern);
        self.live.retain_mut(|live| match serve(now, node, live, buffer, pattern) {
            Ok(some) => {
                moved |= some;
                !live.closed
            }
            Err(_) => {
                let _over = node.close(now, live.id);
                false
            }
        });
        moved
    }
}

/// Reads, writes, closes; what would block comes again.
fn serve(
    now: Micros,
    node: &mut Node,
    live: &mut Live,
    buffer: &mut [u8],
    pattern: &[u8],
) -> Result<bool, TcpError> {
    let mut moved = false;
    let mut ended = false;
    if live.held.is_empty() {
        match node.recv(now, live.id, buffer) {
            Ok(0) => ended = true,
            Ok(n) => {
                moved = true;
                if live.port == ECHO {
                    live.held.extend_from_slice(&buffer[..n]);
                }
            }
            Err(TcpError::WouldBlock) => {}
            Err(error) => return Err(error),
        }
    }
    let out: &[u8] = if live.port == CHARGEN && !ended { pattern } else { &live.held };
    if !out.is_empty() {
        match node.send(now, live.id, out) {
            Ok(n) => {
                moved |= n > 0;
                if live.port == ECHO {
                    live.held.drain(..n);
                }
            }
            Err(TcpError::WouldBlock) => {}
            Err(error) => return Err(error),
        }
    }
    if ended && live.held.is_empty() {
        node.shutdown(now, live.id)?;
        node.close(now, live.id)?;
        live.closed = true;
        moved = true;
    }
    Ok(moved)
}

/// The servers' thread. Ends when it is dropped.
pub(crate) struct Running {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Starts them on a node.
    pub(crate) fn start(node: Handle, options: TcpOptions) -> Result<Self, String> {
        let mut servers =
            node.with(|_, node| Servers::new(node, options)).map_err(|e| e.to_string())?;
        let stop = Arc::new(AtomicBool::new(false));
        let inner = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("servers".to_owned())
            .spawn(move || {
                while !inner.load(Ordering::SeqCst) && node.is_running() {
                    let moved = node.with(|now, node| servers.turn(now, node));
                    // The simulation needs the processor more than those who wait for it.
                    std::thread::sleep(Duration::from_micros(if moved { 200 } else { 2_000 }));
                }
            })
            .map_err(|e| e.to_string())?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
