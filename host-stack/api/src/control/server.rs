// SPDX-License-Identifier: Apache-2.0
//! The Unix socket: who may come in, one thread a client.

use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::sys::socket::{getsockopt, sockopt};
use toe_stack::Micros;

use super::lines::{Lines, answer_line, request};
use super::proto::{Failure, Reply, Request};
use super::{Outcome, Service};
use crate::runtime::Handle;

/// Clients at a time.
const MAX_CLIENTS: usize = 16;
/// How often threads look whether they are to end.
const LOOK: Duration = Duration::from_millis(100);
/// A client that does not take its answer is dropped after this.
const WRITE_LIMIT: Duration = Duration::from_secs(10);
/// The longest that an answer waits for the engine.
const ENGINE_LIMIT: Duration = Duration::from_millis(1_000);

/// Who may come in, beside root and the user who runs the stack.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// A group, by its number: the socket is its too, mode 0660 instead of 0600.
    pub group: Option<u32>,
}

/// Why there is no control socket.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Somebody listens there.
    #[error("{}: another stack runs there; end it, or choose another path with --control", .0.display())]
    InUse(PathBuf),
    /// Something else is there.
    #[error("{}: there is a file that is no socket; remove it, or choose another path with --control", .0.display())]
    NoSocket(PathBuf),
    /// The operating system refuses.
    #[error("{}: {error}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

/// A running control socket. Ends when it is dropped; its file goes too.
pub struct Server {
    path: PathBuf,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    node: Handle,
    service: Mutex<Service>,
    stop: Arc<AtomicBool>,
    clients: AtomicUsize,
    access: Access,
}

impl Server {
    /// Listens at `path` for a node that runs.
    ///
    /// # Errors
    /// [`ServerError`].
    pub fn start(
        path: &Path,
        access: Access,
        node: Handle,
        service: Service,
    ) -> Result<Self, ServerError> {
        let fail = |error: io::Error| ServerError::Io { path: path.to_owned(), error };
        if let Ok(what) = std::fs::symlink_metadata(path) {
            use std::os::unix::fs::FileTypeExt;
            if !what.file_type().is_socket() {
                return Err(ServerError::NoSocket(path.to_owned()));
            }
            if UnixStream::connect(path).is_ok() {
                return Err(ServerError::InUse(path.to_owned()));
            }
            // Left behind by a stack that is gone.
            std::fs::remove_file(path).map_err(fail)?;
        }
        let listener = UnixListener::bind(path).map_err(fail)?;
        // Whoever connects before this is judged by its credentials like everybody else.
        let mode = if access.group.is_some() { 0o660 } else { 0o600 };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).map_err(fail)?;
        if let Some(group) = access.group {
            std::os::unix::fs::chown(path, None, Some(group)).map_err(fail)?;
        }
        listener.set_nonblocking(true).map_err(fail)?;
        let stop = Arc::new(AtomicBool::new(false));
        let shared = Arc::new(Shared {
            node,
            service: Mutex::new(service),
            stop: Arc::clone(&stop),
            clients: AtomicUsize::new(0),
            access,
        });
        let thread = std::thread::Builder::new()
            .name("toe-control".to_owned())
            .spawn(move || accept(&listener, &shared))
            .map_err(fail)?;
        Ok(Self { path: path.to_owned(), stop, thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = std::fs::remove_file(&self.path);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn accept(listener: &UnixListener, shared: &Arc<Shared>) {
    while !shared.stop.load(Ordering::SeqCst) {
        match listener.accept() {
            Ok((stream, _)) => {
                let refusal = refuse(&stream, shared);
                let shared = Arc::clone(shared);
                shared.clients.fetch_add(1, Ordering::SeqCst);
                let spawned =
                    std::thread::Builder::new().name("toe-client".to_owned()).spawn(move || {
                        if let Err(error) = client(stream, &shared, refusal) {
                            log::debug!("control client: {error}");
                        }
                        shared.clients.fetch_sub(1, Ordering::SeqCst);
                    });
                if let Err(error) = spawned {
                    log::warn!("no thread for a control client: {error}");
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(LOOK / 4),
            Err(error) => {
                log::warn!("control socket: {error}");
                std::thread::sleep(LOOK);
            }
        }
    }
}

/// Why this client does not get in.
fn refuse(stream: &UnixStream, shared: &Shared) -> Option<Failure> {
    let Ok(peer) = getsockopt(stream, sockopt::PeerCredentials) else {
        return Some(Failure::refused("who are you? The kernel does not say"));
    };
    let own = nix::unistd::geteuid().as_raw();
    let group = shared.access.group.is_some_and(|group| in_group(peer.uid(), peer.gid(), group));
    if peer.uid() != own && peer.uid() != 0 && !group {
        log::warn!("control socket: user {} is refused", peer.uid());
        return Some(Failure::refused(format!(
            "user {} may not control this stack; user {own}, root and the group of --control-group may",
            peer.uid()
        )));
    }
    (shared.clients.load(Ordering::SeqCst) >= MAX_CLIENTS)
        .then(|| Failure::new("busy", format!("{MAX_CLIENTS} clients are connected; try again")))
}

/// The kernel tells a peer's first group only; the others stand in the user database.
fn in_group(uid: u32, gid: u32, group: u32) -> bool {
    use nix::unistd::{Gid, Group, Uid, User};
    if gid == group {
        return true;
    }
    let user = User::from_uid(Uid::from_raw(uid)).ok().flatten();
    let members = Group::from_gid(Gid::from_raw(group)).ok().flatten();
    matches!((user, members), (Some(user), Some(members)) if members.mem.contains(&user.name))
}

fn client(mut stream: UnixStream, shared: &Shared, refusal: Option<Failure>) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(LOOK))?;
    stream.set_write_timeout(Some(WRITE_LIMIT))?;
    if let Some(failure) = refusal {
        return stream.write_all(&answer_line(Err(failure)));
    }
    let mut captures = Captures { shared, begun: Vec::new() };
    let mut lines = Lines::default();
    let mut buffer = [0; 16 * 1024];
    while !shared.stop.load(Ordering::SeqCst) {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(n) => lines.feed(&buffer[..n]),
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                continue;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        }
        loop {
            match lines.next_line() {
                Ok(None) => break,
                Ok(Some(line)) => {
                    let result = request(&line).and_then(|request| serve(shared, &request));
                    if let Ok(Reply::Capture { capture, .. }) = &result {
                        captures.begun.push(*capture);
                    }
                    stream.write_all(&answer_line(result))?;
                }
                Err(error) => {
                    return stream.write_all(&answer_line(Err(Failure::bad(error.to_string()))));
                }
            }
        }
    }
    Ok(())
}

/// What a client has begun ends with it, however it goes: nobody else can read it, and there is room for a few only.
struct Captures<'a> {
    shared: &'a Shared,
    begun: Vec<u32>,
}

impl Drop for Captures<'_> {
    fn drop(&mut self) {
        for &capture in &self.begun {
            let _over = serve(self.shared, &Request::CaptureRead { capture, stop: true });
        }
    }
}

fn serve(shared: &Shared, request: &Request) -> Result<Reply, Failure> {
    if !shared.node.is_running() {
        return Err(Failure::new("lost", "the stack has stopped; see its log"));
    }
    let lock = || shared.service.lock().unwrap_or_else(PoisonError::into_inner);
    let outcome = shared.node.with(|now, node| lock().begin(now, node, request));
    if let Outcome::Done(result) = outcome {
        return result;
    }
    let until = Instant::now() + ENGINE_LIMIT;
    let ready = |_: Micros, node: &mut crate::Node| Service::ready(node, request);
    while Instant::now() < until && !shared.node.with(ready) {
        std::thread::sleep(Duration::from_millis(1));
    }
    shared.node.with(|now, node| lock().again(now, node, request))
}
