// SPDX-License-Identifier: Apache-2.0
//! The Linux kernel as a peer: a TAP device in a network namespace of its own.
//!
//! A small child process (`sh`, waiting) holds the namespace. It is made without privileges where user namespaces allow it,
//! else with the caller's. The namespace ends with the [`TapPeer`]. The kernel lives in real time, and so does a world with
//! such a peer.

use crate::peer::Peer;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{IoSlice, IoSliceMut, Read, Write};
use std::net::IpAddr;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use toe_device::Micros;

/// How the kernel's side is set up.
#[derive(Clone, Debug)]
pub struct TapConfig {
    /// Name of the interface there.
    pub interface: String,
    /// MAC address of the kernel's side.
    pub mac: [u8; 6],
    /// Addresses of the kernel's side with prefix lengths.
    pub addresses: Vec<(IpAddr, u8)>,
    /// MTU.
    pub mtu: u32,
}

impl Default for TapConfig {
    /// `toe0`, 192.168.69.3/24 and fd00:69::3/64, MTU 1500.
    fn default() -> Self {
        Self {
            interface: "toe0".into(),
            mac: [0x02, 0x00, 0x00, 0x00, 0x69, 0x03],
            addresses: vec![
                (IpAddr::from([192, 168, 69, 3]), 24),
                (IpAddr::from([0xfd00, 0x69, 0, 0, 0, 0, 0, 3]), 64),
            ],
            mtu: 1500,
        }
    }
}

/// Why there is no kernel to talk to.
#[derive(Debug, thiserror::Error)]
pub enum TapError {
    /// The namespace could not be made.
    #[error(
        "cannot make a network namespace ({0}). This needs root, or user namespaces \
         (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0, user.max_user_namespaces>0)"
    )]
    Namespace(String),
    /// The TAP device could not be made.
    #[error(
        "cannot make a TAP device: {0}. This needs /dev/net/tun readable and writable (modprobe tun)"
    )]
    Tap(String),
    /// Setting up addresses failed.
    #[error(
        "cannot set up the interface: {0}. This needs the program `ip` (Debian: apt-get install iproute2)"
    )]
    Setup(String),
}

/// The kernel at the other end of the wire.
#[derive(Debug)]
pub struct TapPeer {
    name: String,
    tap: File,
    holder: Child,
    user_namespace: bool,
    outbox: VecDeque<Vec<u8>>,
    buffer: Vec<u8>,
    /// Frames that the kernel did not take.
    dropped: u64,
}

impl TapPeer {
    /// Makes namespace, TAP device and addresses. The interface is up when this returns.
    pub fn new(config: &TapConfig) -> Result<Self, TapError> {
        let rootless = !nix::unistd::geteuid().is_root();
        // Root inside a container may lack the right to make network namespaces, yet have that for user namespaces.
        match Self::make(config, rootless) {
            Err(TapError::Namespace(_)) if !rootless => Self::make(config, true),
            other => other,
        }
    }

    fn make(config: &TapConfig, user_namespace: bool) -> Result<Self, TapError> {
        let (ours, theirs) =
            child::socket_pair().map_err(|e| TapError::Namespace(e.to_string()))?;
        let script = setup_script(config);
        let mut command = Command::new("/bin/sh");
        command
            .arg("-c")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        child::make_namespace(&mut command, theirs, config.interface.clone(), user_namespace);
        let mut holder = command.spawn().map_err(|e| match e.raw_os_error() {
            Some(code) if code == child::TAP_FAILED => {
                TapError::Tap("TUNSETIFF or open failed".into())
            }
            _ => TapError::Namespace(e.to_string()),
        })?;
        drop(command);
        let tap = match child::receive_descriptor(&ours) {
            Ok(tap) => tap,
            Err(e) => {
                let _ = holder.kill();
                let _ = holder.wait();
                return Err(TapError::Tap(e.to_string()));
            }
        };
        // The script says `ready`, or ends with its message on standard error.
        let mut said = [0; 6];
        let ready = holder.stdout.as_mut().is_some_and(|out| out.read_exact(&mut said).is_ok());
        if !ready || &said != b"ready\n" {
            let _ = holder.kill();
            let mut text = String::new();
            if let Some(err) = &mut holder.stderr {
                let _ = err.read_to_string(&mut text);
            }
            let _ = holder.wait();
            return Err(TapError::Setup(text.trim().to_owned()));
        }
        Ok(Self {
            name: format!("linux:{}", config.interface),
            tap,
            holder,
            user_namespace,
            outbox: VecDeque::new(),
            buffer: vec![0; 65_536],
            dropped: 0,
        })
    }

    /// A program to run inside the namespace (`curl`, `ping`, …).
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        child::enter_namespace(&mut command, self.holder.id(), self.user_namespace);
        command
    }

    /// The process that holds the namespace: `nsenter -t PID -n` (and `-U` without privileges) goes there.
    #[must_use]
    pub fn holder(&self) -> u32 {
        self.holder.id()
    }

    /// Frames that the kernel did not take.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

fn setup_script(config: &TapConfig) -> String {
    let name = &config.interface;
    let mac: Vec<_> = config.mac.iter().map(|b| format!("{b:02x}")).collect();
    let mut script = format!(
        "set -e\n\
         ip link set lo up\n\
         ip link set dev {name} address {} mtu {}\n",
        mac.join(":"),
        config.mtu
    );
    for (address, prefix) in &config.addresses {
        // Without duplicate address detection: the address is usable at once.
        let nodad = if address.is_ipv6() { " nodad" } else { "" };
        script.push_str(&format!("ip addr add {address}/{prefix} dev {name}{nodad}\n"));
    }
    // Then wait until the peer goes away: standard input closes.
    script.push_str(&format!("ip link set dev {name} up\necho ready\nread -r _ || true\n"));
    script
}

impl Drop for TapPeer {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

impl Peer for TapPeer {
    fn name(&self) -> &str {
        &self.name
    }

    fn receive(&mut self, _now: Micros, frame: &[u8]) {
        if self.tap.write(frame).is_err() {
            self.dropped += 1;
        }
    }

    fn poll(&mut self, _now: Micros) {
        // Bounded, so that a flood does not stop the device.
        for _ in 0..64 {
            match self.tap.read(&mut self.buffer) {
                Ok(length) if length > 0 => self.outbox.push_back(self.buffer[..length].to_vec()),
                _ => break,
            }
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.outbox.pop_front().map(|mut frame| {
            // A MAC pads to the least length of Ethernet.
            if frame.len() < 60 {
                frame.resize(60, 0);
            }
            frame
        })
    }

    fn next_deadline(&self) -> Option<Micros> {
        None
    }

    fn real_time(&self) -> bool {
        true
    }

    fn wait(&mut self, at_most: Duration) {
        let timeout = PollTimeout::try_from(at_most.max(Duration::from_micros(100)))
            .unwrap_or(PollTimeout::from(1u8));
        let mut fds = [PollFd::new(self.tap.as_fd(), PollFlags::POLLIN)];
        let _ = poll(&mut fds, timeout);
    }
}

/// What happens between fork and exec, and descriptors from there. Why unsafe: `pre_exec` runs in the forked child, `TUNSETIFF`
/// takes a raw structure, and a received descriptor is a number until somebody owns it.
#[allow(unsafe_code)]
mod child {
    use super::{
        AsFd, AsRawFd, Command, CommandExt, File, FromRawFd, IoSlice, IoSliceMut, OwnedFd, RawFd,
        Write,
    };
    use nix::fcntl::{FcntlArg, OFlag, fcntl};
    use nix::sched::{CloneFlags, setns, unshare};
    use nix::sys::socket::{
        AddressFamily, ControlMessage, ControlMessageOwned, MsgFlags, SockFlag, SockType, recvmsg,
        sendmsg, socketpair,
    };
    use std::fs::OpenOptions;
    use std::io::Error;

    nix::ioctl_write_ptr_bad!(
        /// Makes the open `/dev/net/tun` an interface.
        tun_set_iff,
        nix::request_code_write!(b'T', 202, size_of::<nix::libc::c_int>()),
        nix::libc::ifreq
    );

    /// How the forked child reports that the TAP device is the problem.
    pub(super) const TAP_FAILED: i32 = nix::libc::ENODEV;

    pub(super) fn socket_pair() -> Result<(OwnedFd, OwnedFd), Error> {
        Ok(socketpair(AddressFamily::Unix, SockType::Stream, None, SockFlag::SOCK_CLOEXEC)?)
    }

    pub(super) fn make_namespace(
        command: &mut Command,
        socket: OwnedFd,
        interface: String,
        user_namespace: bool,
    ) {
        let uid = nix::unistd::geteuid();
        let gid = nix::unistd::getegid();
        let maps = [
            ("/proc/self/setgroups", "deny".to_owned()),
            ("/proc/self/uid_map", format!("0 {uid} 1")),
            ("/proc/self/gid_map", format!("0 {gid} 1")),
        ];
        let prepare = move || -> Result<(), Error> {
            if user_namespace {
                unshare(CloneFlags::CLONE_NEWUSER)?;
                for (path, text) in &maps {
                    OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes())?;
                }
            }
            unshare(CloneFlags::CLONE_NEWNET)?;
            let tap = open_tap(&interface).map_err(|_| Error::from_raw_os_error(TAP_FAILED))?;
            let descriptors: [RawFd; 1] = [tap.as_raw_fd()];
            sendmsg::<()>(
                socket.as_raw_fd(),
                &[IoSlice::new(b"t")],
                &[ControlMessage::ScmRights(&descriptors)],
                MsgFlags::empty(),
                None,
            )?;
            Ok(())
        };
        // SAFETY: between fork and exec the closure makes system calls and, beyond what is strictly allowed there, small
        // allocations; glibc keeps its allocator usable in a forked child of a threaded process.
        unsafe { command.pre_exec(prepare) };
    }

    fn open_tap(interface: &str) -> Result<File, Error> {
        let file = OpenOptions::new().read(true).write(true).open("/dev/net/tun")?;
        // SAFETY: all-zero bytes are a valid `ifreq`.
        let mut request: nix::libc::ifreq = unsafe { std::mem::zeroed() };
        let room = request.ifr_name.len() - 1;
        for (to, from) in request.ifr_name.iter_mut().zip(interface.bytes().take(room)) {
            *to = nix::libc::c_char::from_ne_bytes([from]);
        }
        let flags = nix::libc::IFF_TAP | nix::libc::IFF_NO_PI;
        request.ifr_ifru.ifru_flags = nix::libc::c_short::try_from(flags).unwrap_or(0);
        // SAFETY: the descriptor is open and `request` a valid structure for the length of the call.
        unsafe { tun_set_iff(file.as_raw_fd(), &raw const request) }?;
        let flags = OFlag::from_bits_truncate(fcntl(&file, FcntlArg::F_GETFL)?);
        fcntl(&file, FcntlArg::F_SETFL(flags | OFlag::O_NONBLOCK))?;
        Ok(file)
    }

    pub(super) fn receive_descriptor(socket: &OwnedFd) -> Result<File, Error> {
        let mut byte = [0; 1];
        let mut io = [IoSliceMut::new(&mut byte)];
        let mut space = nix::cmsg_space!([RawFd; 1]);
        let message = recvmsg::<()>(
            socket.as_fd().as_raw_fd(),
            &mut io,
            Some(&mut space),
            MsgFlags::MSG_CMSG_CLOEXEC,
        )?;
        for part in message.cmsgs()? {
            if let ControlMessageOwned::ScmRights(list) = part
                && let Some(descriptor) = list.first()
            {
                // SAFETY: the kernel has just made this descriptor for us; nobody else owns it.
                return Ok(File::from(unsafe { OwnedFd::from_raw_fd(*descriptor) }));
            }
        }
        Err(Error::other("the child sent no descriptor"))
    }

    pub(super) fn enter_namespace(command: &mut Command, process: u32, user_namespace: bool) {
        let enter = move || -> Result<(), Error> {
            let namespaces: &[_] = if user_namespace { &["user", "net"] } else { &["net"] };
            // All are opened first: afterwards /proc may look different.
            let files = namespaces
                .iter()
                .map(|name| File::open(format!("/proc/{process}/ns/{name}")))
                .collect::<Result<Vec<_>, _>>()?;
            for file in files {
                setns(file, CloneFlags::empty())?;
            }
            Ok(())
        };
        // SAFETY: as in `make_namespace`.
        unsafe { command.pre_exec(enter) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rootless_namespace() {
        let config = TapConfig { interface: "toetest0".into(), ..TapConfig::default() };
        match TapPeer::make(&config, true) {
            Ok(tap) => {
                let output =
                    tap.command("ip").args(["-br", "addr", "show", "toetest0"]).output().unwrap();
                let text = String::from_utf8_lossy(&output.stdout);
                assert!(
                    text.contains("192.168.69.3/24") && text.contains("fd00:69::3/64"),
                    "{text}"
                );
            }
            Err(error) => eprintln!("SKIPPED: {error}"),
        }
    }

    #[test]
    fn impossible_addresses_are_a_setup_error() {
        let config = TapConfig {
            interface: "toetest1".into(),
            addresses: vec![(IpAddr::from([192, 168, 69, 3]), 77)],
            ..TapConfig::default()
        };
        match TapPeer::new(&config) {
            Err(TapError::Setup(text)) => assert!(text.contains("77"), "{text}"),
            Err(error) => eprintln!("SKIPPED: {error}"),
            Ok(_) => panic!("a prefix of 77 bits"),
        }
    }
}
