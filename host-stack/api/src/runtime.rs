// SPDX-License-Identifier: Apache-2.0
//! A node on a thread of its own, and sockets for other threads: blocking or non-blocking, with [`poll`].
//!
//! One thread runs the node: it takes what the device wrote, lets the [`Pace`] wait, and wakes whoever waits for a
//! socket. Applications hold the node for the length of one operation. Memory that the device reaches is touched only
//! by whoever holds the node.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use toe_offload::{Bytes, Owner};
use toe_stack::{FourTuple, Micros, Readiness, TcpError, TcpId, TcpOptions};

use crate::node::{Node, NodeEvent};

/// Time, and waiting for the device: real or simulated.
pub trait Pace: Send + 'static {
    /// The host's clock. It never goes back.
    fn now(&mut self) -> Micros;

    /// Lets time pass: until the device has something, until `until`, or a millisecond or so, whatever comes first.
    /// `node` was polled just before.
    ///
    /// # Errors
    /// The device is broken; the runtime ends.
    fn wait(&mut self, node: &mut Node, until: Option<Micros>) -> Result<(), String>;
}

/// A device in real time: waits for its interrupts.
pub struct RealTime {
    start: Instant,
}

impl RealTime {
    /// The clock begins at 0.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for RealTime {
    fn default() -> Self {
        Self::new()
    }
}

impl Pace for RealTime {
    fn now(&mut self) -> Micros {
        Micros(u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX))
    }

    fn wait(&mut self, node: &mut Node, until: Option<Micros>) -> Result<(), String> {
        let now = self.now();
        let left = until.map_or(1_000, |at| at.0.saturating_sub(now.0)).min(1_000);
        if left > 0 {
            node.driver_mut().wait(left).map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

struct Shared {
    node: Mutex<Node>,
    /// The host's clock at the last turn.
    now: AtomicU64,
    /// Threads that want the node.
    wanted: AtomicUsize,
    /// Something about a socket has changed; the mutex holds how often.
    changed: Mutex<u64>,
    wake: Condvar,
    stop: AtomicBool,
    failure: Mutex<Option<String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn with<R>(&self, f: impl FnOnce(Micros, &mut Node) -> R) -> R {
        self.wanted.fetch_add(1, Ordering::SeqCst);
        let mut node = lock(&self.node);
        self.wanted.fetch_sub(1, Ordering::SeqCst);
        let now = Micros(self.now.load(Ordering::SeqCst));
        f(now, &mut node)
    }

    fn tell(&self) {
        let mut count = lock(&self.changed);
        *count = count.wrapping_add(1);
        self.wake.notify_all();
    }

    fn run(&self, pace: &mut impl Pace) {
        while !self.stop.load(Ordering::SeqCst) {
            let mut node = lock(&self.node);
            let now = pace.now();
            self.now.store(now.0, Ordering::SeqCst);
            let until = node.poll(now);
            let mut told = false;
            while let Some(event) = node.poll_event() {
                told |= matches!(
                    event,
                    NodeEvent::Tcp(_)
                        | NodeEvent::Udp(_)
                        | NodeEvent::Ping(_)
                        | NodeEvent::DeviceLost
                );
            }
            if told {
                self.tell();
            }
            let waited = pace.wait(&mut node, until);
            if waited.is_err() {
                // The device is gone: its sessions end with an error before the last turn is over.
                node.poll(now);
                while node.poll_event().is_some() {}
            }
            drop(node);
            if let Err(error) = waited {
                log::error!("the node has stopped: {error}");
                *lock(&self.failure) = Some(error);
                self.stop.store(true, Ordering::SeqCst);
            }
            while self.wanted.load(Ordering::SeqCst) > 0 && !self.stop.load(Ordering::SeqCst) {
                std::thread::yield_now();
            }
        }
        self.tell();
    }

    fn stopped(&self) -> io::Error {
        let reason = lock(&self.failure).clone();
        io::Error::other(reason.unwrap_or_else(|| "the node has stopped".to_owned()))
    }

    /// Tries until it does not block, or the time is over.
    fn block<R>(
        &self,
        timeout: Option<Duration>,
        mut operation: impl FnMut(Micros, &mut Node) -> Result<R, TcpError>,
    ) -> io::Result<R> {
        let start = Instant::now();
        loop {
            let seen = *lock(&self.changed);
            match self.with(&mut operation) {
                Ok(done) => return Ok(done),
                Err(TcpError::WouldBlock | TcpError::InProgress) => {}
                Err(error) => return Err(io_error(error)),
            }
            if self.stop.load(Ordering::SeqCst) {
                return Err(self.stopped());
            }
            let left = match timeout {
                None => Duration::from_millis(100),
                Some(limit) => match limit.checked_sub(start.elapsed()) {
                    Some(left) if !left.is_zero() => left.min(Duration::from_millis(100)),
                    _ => return Err(io_error(TcpError::WouldBlock)),
                },
            };
            let guard = lock(&self.changed);
            // Nothing is lost between the try and the wait: the count says so.
            let _woken = self
                .wake
                .wait_timeout_while(guard, left, |count| *count == seen)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The error as applications of the operating system's sockets know it.
#[must_use]
pub fn io_error(error: TcpError) -> io::Error {
    use io::ErrorKind as Kind;
    let kind = match error {
        TcpError::WouldBlock | TcpError::InProgress | TcpError::Away => Kind::WouldBlock,
        TcpError::NoSuchSocket | TcpError::InUse => Kind::InvalidInput,
        TcpError::NotConnected => Kind::NotConnected,
        TcpError::Closed => Kind::BrokenPipe,
        TcpError::Reset => Kind::ConnectionReset,
        TcpError::Refused => Kind::ConnectionRefused,
        TcpError::TimedOut => Kind::TimedOut,
        TcpError::Aborted => Kind::ConnectionAborted,
        TcpError::NetUnreachable => Kind::NetworkUnreachable,
        TcpError::HostUnreachable => Kind::HostUnreachable,
        TcpError::Port(_) | TcpError::Elsewhere => Kind::AddrInUse,
        TcpError::BadAddress => Kind::AddrNotAvailable,
        TcpError::Family(_) => Kind::Unsupported,
    };
    io::Error::new(kind, error)
}

/// A running node. Ends with its last handle's [`Runtime::stop`] or when it is dropped.
pub struct Runtime {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// A way to reach a running node from any thread.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

impl Runtime {
    /// Runs a node.
    ///
    /// # Errors
    /// There is no thread for it.
    pub fn start(node: Node, mut pace: impl Pace) -> io::Result<Self> {
        let now = pace.now();
        let shared = Arc::new(Shared {
            node: Mutex::new(node),
            now: AtomicU64::new(now.0),
            wanted: AtomicUsize::new(0),
            changed: Mutex::new(0),
            wake: Condvar::new(),
            stop: AtomicBool::new(false),
            failure: Mutex::new(None),
        });
        let inner = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("toe-node".to_owned())
            .spawn(move || inner.run(&mut pace))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// For other threads.
    #[must_use]
    pub fn handle(&self) -> Handle {
        Handle { shared: Arc::clone(&self.shared) }
    }

    /// Ends the thread. Sockets answer with an error afterwards.
    ///
    /// # Errors
    /// Why it had ended before.
    pub fn stop(mut self) -> Result<(), String> {
        self.end();
        lock(&self.shared.failure).take().map_or(Ok(()), Err)
    }

    fn end(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            *lock(&self.shared.failure) = Some("the thread of the node has panicked".to_owned());
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.end();
    }
}

impl Handle {
    /// Does something with the node, between two of its turns.
    pub fn with<R>(&self, f: impl FnOnce(Micros, &mut Node) -> R) -> R {
        self.shared.with(f)
    }

    /// Whether the node runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.shared.stop.load(Ordering::SeqCst)
    }

    /// A listening socket.
    ///
    /// # Errors
    /// As of the operating system's sockets.
    pub fn listen(
        &self,
        local: SocketAddr,
        backlog: usize,
        options: TcpOptions,
    ) -> io::Result<TcpListener> {
        let id = self.with(|_, node| node.listen(local, backlog, options)).map_err(io_error)?;
        Ok(TcpListener {
            shared: Arc::clone(&self.shared),
            id,
            nonblocking: AtomicBool::new(false),
        })
    }

    /// Connects, and waits until it is done.
    ///
    /// # Errors
    /// As of the operating system's sockets.
    pub fn connect(
        &self,
        remote: SocketAddr,
        options: TcpOptions,
        timeout: Option<Duration>,
    ) -> io::Result<TcpStream> {
        let stream = self.connect_nonblocking(remote, options)?;
        self.shared.block(timeout, |_, node| {
            let ready = node.readiness(stream.id)?;
            if ready.error
                && let Some(error) = node.take_error(stream.id)?
            {
                return Err(error);
            }
            if ready.writable || ready.away { Ok(()) } else { Err(TcpError::WouldBlock) }
        })?;
        stream.set_nonblocking(false);
        Ok(stream)
    }

    /// Begins to connect; the socket becomes writable when it is done.
    ///
    /// # Errors
    /// As of the operating system's sockets.
    pub fn connect_nonblocking(
        &self,
        remote: SocketAddr,
        options: TcpOptions,
    ) -> io::Result<TcpStream> {
        let id = self.with(|now, node| node.connect(now, remote, options)).map_err(io_error)?;
        let stream = TcpStream::new(&self.shared, id);
        stream.set_nonblocking(true);
        Ok(stream)
    }
}

/// What [`poll`] waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interest {
    /// Data, end of stream, or a session to accept.
    pub readable: bool,
    /// Room to send, or connected.
    pub writable: bool,
}

/// Waits until one of the sockets is ready, for at most `timeout`; gives the readiness of each, in order. Errors and
/// hang-ups are always reported.
///
/// # Errors
/// The node has stopped, or a socket is closed.
pub fn poll(
    handle: &Handle,
    sockets: &[(TcpId, Interest)],
    timeout: Option<Duration>,
) -> io::Result<Vec<Readiness>> {
    let look = |node: &Node| {
        let mut any = false;
        let mut all = Vec::with_capacity(sockets.len());
        for (id, interest) in sockets {
            let ready = node.readiness(*id)?;
            any |= interest.readable && ready.readable
                || interest.writable && ready.writable
                || ready.error
                || ready.hangup;
            all.push(ready);
        }
        Ok((any, all))
    };
    let ready = handle.shared.block(timeout, |_, node| match look(node)? {
        (true, all) => Ok(all),
        (false, _) => Err(TcpError::WouldBlock),
    });
    match ready {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            handle.with(|_, node| look(node)).map(|(_, all)| all).map_err(io_error)
        }
        other => other,
    }
}

/// A listening socket.
pub struct TcpListener {
    shared: Arc<Shared>,
    id: TcpId,
    nonblocking: AtomicBool,
}

impl TcpListener {
    /// The next connection and its addresses.
    ///
    /// # Errors
    /// As of the operating system's sockets.
    pub fn accept(&self) -> io::Result<(TcpStream, FourTuple)> {
        let timeout = self.nonblocking.load(Ordering::Relaxed).then_some(Duration::ZERO);
        let (id, tuple) = self.shared.block(timeout, |now, node| node.accept(now, self.id))?;
        Ok((TcpStream::new(&self.shared, id), tuple))
    }

    /// Whether [`TcpListener::accept`] waits.
    pub fn set_nonblocking(&self, on: bool) {
        self.nonblocking.store(on, Ordering::Relaxed);
    }

    /// For [`poll`].
    #[must_use]
    pub fn id(&self) -> TcpId {
        self.id
    }
}

impl Drop for TcpListener {
    fn drop(&mut self) {
        let _closed_before = self.shared.with(|now, node| node.close(now, self.id));
    }
}

/// A connected socket, whoever has its session.
pub struct TcpStream {
    shared: Arc<Shared>,
    id: TcpId,
    nonblocking: AtomicBool,
    timeout: Mutex<Option<Duration>>,
}

impl TcpStream {
    fn new(shared: &Arc<Shared>, id: TcpId) -> Self {
        Self {
            shared: Arc::clone(shared),
            id,
            nonblocking: AtomicBool::new(false),
            timeout: Mutex::new(None),
        }
    }

    /// For [`poll`].
    #[must_use]
    pub fn id(&self) -> TcpId {
        self.id
    }

    /// Whether reading and writing wait.
    pub fn set_nonblocking(&self, on: bool) {
        self.nonblocking.store(on, Ordering::Relaxed);
    }

    /// How long reading and writing wait; for ever without.
    pub fn set_timeout(&self, timeout: Option<Duration>) {
        *lock(&self.timeout) = timeout;
    }

    fn limit(&self) -> Option<Duration> {
        if self.nonblocking.load(Ordering::Relaxed) {
            Some(Duration::ZERO)
        } else {
            *lock(&self.timeout)
        }
    }

    /// Who has the session.
    #[must_use]
    pub fn owner(&self) -> Owner {
        self.shared.with(|_, node| node.owner(self.id))
    }

    /// Payload bytes by owner.
    #[must_use]
    pub fn carried(&self) -> Bytes {
        self.shared.with(|_, node| node.bytes(self.id))
    }

    /// Our address and the peer's.
    #[must_use]
    pub fn addresses(&self) -> Option<((IpAddr, u16), (IpAddr, u16))> {
        let tuple = self.shared.with(|_, node| node.tuple(self.id))?;
        let end = |e: toe_stack::Endpoint| (e.addr.ip(), e.port);
        Some((end(tuple.local), end(tuple.remote)))
    }

    /// Closes our direction.
    ///
    /// # Errors
    /// As of the operating system's sockets.
    pub fn shutdown_write(&self) -> io::Result<()> {
        self.shared.with(|now, node| node.shutdown(now, self.id)).map_err(io_error)
    }

    /// Cuts the connection off.
    ///
    /// # Errors
    /// As of the operating system's sockets.
    pub fn abort(&self) -> io::Result<()> {
        self.shared.with(|now, node| node.abort(now, self.id)).map_err(io_error)
    }
}

impl io::Read for &TcpStream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.shared.block(self.limit(), |now, node| node.recv(now, self.id, out))
    }
}

impl io::Write for &TcpStream {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.shared.block(self.limit(), |now, node| node.send(now, self.id, data))
    }

    /// Bytes that TCP has are on their way: nothing waits here.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl io::Read for TcpStream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        (&*self).read(out)
    }
}

impl io::Write for TcpStream {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        (&*self).write(data)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for TcpStream {
    fn drop(&mut self) {
        let _closed_before = self.shared.with(|now, node| node.close(now, self.id));
    }
}
