// SPDX-License-Identifier: Apache-2.0
//! The client's side of the vfio-user protocol, version 0.1 (QEMU, docs/interop/vfio-user.rst), as far as a driver needs
//! it. Every answer is checked and every wait has an end; register writes are posted.

use std::io::{self, Read};
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;
use vmm_sys_util::eventfd::EventFd;
use vmm_sys_util::sock_ctrl_msg::ScmSocket;

/// Longest wait for an answer. A simulator of the largest configuration answers within milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of the header of every message.
const HEADER: usize = 16;
/// Longest answer that is taken: the default of the protocol for data in one message, and room for headers.
const MAX_ANSWER: usize = (1 << 20) + 4096;

const FLAG_REPLY: u32 = 1;
const FLAG_NO_REPLY: u32 = 1 << 4;
const FLAG_ERROR: u32 = 1 << 5;
const FLAG_TYPE: u32 = 0xf;

/// Indexes of regions, as in the kernel's VFIO for PCI devices.
pub(super) mod region {
    pub(crate) const BAR0: u32 = 0;
    pub(crate) const CONFIG: u32 = 7;
}

/// MSI-X among the kinds of interrupts.
const MSIX: u32 = 2;
/// `VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER`.
const SET_EVENTFD: u32 = 1 << 2 | 1 << 5;
/// The device is a PCI device.
const DEVICE_PCI: u32 = 1 << 1;
/// The device can be reset.
const DEVICE_RESET: u32 = 1 << 0;
/// A mapping may be read and written.
const DMA_READ_WRITE: u32 = 3;

#[derive(Clone, Copy, Debug)]
enum Command {
    Version = 1,
    DmaMap = 2,
    DmaUnmap = 3,
    GetInfo = 4,
    GetRegionInfo = 5,
    GetIrqInfo = 7,
    SetIrqs = 8,
    RegionRead = 9,
    RegionWrite = 10,
    Reset = 13,
}

/// Why the other side could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nobody is there.
    #[error(
        "cannot connect to {path}: {reason}. Start the simulator first: toe-sim serve --vfio-user {path}"
    )]
    Connect {
        /// The socket.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The other side refused one request.
    #[error("refused: {0}")]
    Refused(io::Error),
    /// What came is not what the protocol says.
    #[error("the other side does not speak vfio-user as we know it: {0}")]
    Protocol(String),
    /// The connection has failed, or no answer came in time.
    #[error("connection: {0}")]
    Io(#[from] io::Error),
}

/// A connection to a server.
pub(super) struct Client {
    stream: UnixStream,
    next_id: u16,
}

fn word(bytes: &[u8], at: usize) -> Result<u32, ClientError> {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => Ok(u32::from_le_bytes([a, b, c, d])),
        _ => Err(ClientError::Protocol(format!("an answer of {} bytes is too short", bytes.len()))),
    }
}

fn size(bytes: usize) -> Result<u32, ClientError> {
    u32::try_from(bytes).map_err(|_| ClientError::Protocol("message too long".into()))
}

/// Words, least significant byte first.
fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

impl Client {
    /// Connects, agrees on the version, and looks whether it is a PCI device that can be reset.
    pub(super) fn connect(path: &Path) -> Result<Self, ClientError> {
        let stream = UnixStream::connect(path)
            .map_err(|e| ClientError::Connect { path: path.to_owned(), reason: e.to_string() })?;
        Self::over(stream)
    }

    fn over(stream: UnixStream) -> Result<Self, ClientError> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut client = Self { stream, next_id: 0 };
        let mut hello = vec![0, 0, 1, 0]; // major 0, minor 1
        hello.extend(b"{\"capabilities\":{\"max_msg_fds\":1,\"max_data_xfer_size\":1048576}}\0");
        let answer = client.ask(Command::Version, &hello, &[])?;
        let major = word(&answer, 0)? & 0xffff;
        if major != 0 {
            return Err(ClientError::Protocol(format!("version {major}, not 0")));
        }
        let answer = client.ask(Command::GetInfo, &words(&[16, 0, 0, 0]), &[])?;
        let flags = word(&answer, 4)?;
        if flags & (DEVICE_PCI | DEVICE_RESET) != DEVICE_PCI | DEVICE_RESET {
            return Err(ClientError::Protocol("no PCI device that can be reset".into()));
        }
        Ok(client)
    }

    pub(super) fn descriptor(&self) -> RawFd {
        self.stream.as_raw_fd()
    }

    fn send(
        &mut self,
        command: Command,
        flags: u32,
        body: &[u8],
        fds: &[RawFd],
    ) -> Result<u16, ClientError> {
        let id = self.next_id;
        self.next_id = id.wrapping_add(1);
        let mut message = Vec::with_capacity(HEADER + body.len());
        message.extend(id.to_le_bytes());
        message.extend((command as u16).to_le_bytes());
        message.extend(size(HEADER + body.len())?.to_le_bytes());
        message.extend(words(&[flags, 0]));
        message.extend(body);
        let mut sent = self
            .stream
            .send_with_fds(&[message.as_slice()], fds)
            .map_err(|e| io::Error::from_raw_os_error(e.errno()))?;
        // The descriptors went with the first bytes.
        while sent < message.len() {
            sent += io::Write::write(&mut self.stream, &message[sent..])?;
        }
        Ok(id)
    }

    fn ask(
        &mut self,
        command: Command,
        body: &[u8],
        fds: &[RawFd],
    ) -> Result<Vec<u8>, ClientError> {
        let id = self.send(command, 0, body, fds)?;
        let mut header = [0; HEADER];
        self.stream.read_exact(&mut header)?;
        let first = word(&header, 0)?;
        let length = word(&header, 4)? as usize;
        let flags = word(&header, 8)?;
        let error = word(&header, 12)?;
        if first & 0xffff != u32::from(id)
            || first >> 16 != command as u32
            || flags & FLAG_TYPE != FLAG_REPLY
        {
            return Err(ClientError::Protocol(format!(
                "{command:?} {id} got an answer to something else"
            )));
        }
        if !(HEADER..=MAX_ANSWER).contains(&length) {
            return Err(ClientError::Protocol(format!("{command:?}: an answer of {length} bytes")));
        }
        let mut answer = vec![0; length - HEADER];
        self.stream.read_exact(&mut answer)?;
        if flags & FLAG_ERROR != 0 {
            let reason = match i32::try_from(error) {
                Ok(code) if code > 0 => io::Error::from_raw_os_error(code),
                _ => io::Error::other(format!("{command:?} failed")),
            };
            return Err(ClientError::Refused(reason));
        }
        Ok(answer)
    }

    /// Bytes of a region; 0 for one that is not there.
    pub(super) fn region_size(&mut self, index: u32) -> Result<u64, ClientError> {
        let answer =
            self.ask(Command::GetRegionInfo, &words(&[32, 0, index, 0, 0, 0, 0, 0]), &[])?;
        Ok(u64::from(word(&answer, 16)?) | u64::from(word(&answer, 20)?) << 32)
    }

    pub(super) fn msix_vectors(&mut self) -> Result<u32, ClientError> {
        let answer = self.ask(Command::GetIrqInfo, &words(&[16, 0, MSIX, 0]), &[])?;
        word(&answer, 12)
    }

    pub(super) fn set_msix(&mut self, vector: u32, fd: &EventFd) -> Result<(), ClientError> {
        let body = words(&[20, SET_EVENTFD, MSIX, vector, 1]);
        self.ask(Command::SetIrqs, &body, &[fd.as_raw_fd()])?;
        Ok(())
    }

    fn access(region: u32, offset: u64, len: usize) -> Result<Vec<u8>, ClientError> {
        let mut body = offset.to_le_bytes().to_vec();
        body.extend(words(&[region, size(len)?]));
        Ok(body)
    }

    pub(super) fn read(
        &mut self,
        region: u32,
        offset: u64,
        data: &mut [u8],
    ) -> Result<(), ClientError> {
        let body = Self::access(region, offset, data.len())?;
        let answer = self.ask(Command::RegionRead, &body, &[])?;
        match answer.get(HEADER..) {
            Some(bytes) if bytes.len() == data.len() => data.copy_from_slice(bytes),
            _ => {
                return Err(ClientError::Protocol(format!(
                    "asked for {} bytes, got {}",
                    data.len(),
                    answer.len()
                )));
            }
        }
        Ok(())
    }

    /// Writes, and waits until it is done.
    pub(super) fn write(
        &mut self,
        region: u32,
        offset: u64,
        data: &[u8],
    ) -> Result<(), ClientError> {
        let mut body = Self::access(region, offset, data.len())?;
        body.extend(data);
        self.ask(Command::RegionWrite, &body, &[])?;
        Ok(())
    }

    /// Writes without waiting; in order with everything that comes later.
    pub(super) fn post(
        &mut self,
        region: u32,
        offset: u64,
        data: &[u8],
    ) -> Result<(), ClientError> {
        let mut body = Self::access(region, offset, data.len())?;
        body.extend(data);
        self.send(Command::RegionWrite, FLAG_NO_REPLY, &body, &[])?;
        Ok(())
    }

    fn range(flags: u32, argsz: u32, offset: Option<u64>, address: u64, len: u64) -> Vec<u8> {
        let mut body = words(&[argsz, flags]);
        body.extend(offset.map(u64::to_le_bytes).into_iter().flatten());
        body.extend(address.to_le_bytes());
        body.extend(len.to_le_bytes());
        body
    }

    pub(super) fn dma_map(
        &mut self,
        address: u64,
        len: u64,
        file: &impl AsRawFd,
    ) -> Result<(), ClientError> {
        let body = Self::range(DMA_READ_WRITE, 32, Some(0), address, len);
        self.ask(Command::DmaMap, &body, &[file.as_raw_fd()])?;
        Ok(())
    }

    /// When this returns the device cannot reach the range any more.
    pub(super) fn dma_unmap(&mut self, address: u64, len: u64) -> Result<(), ClientError> {
        self.ask(Command::DmaUnmap, &Self::range(0, 24, None, address, len), &[])?;
        Ok(())
    }

    /// Function-level reset.
    pub(super) fn reset(&mut self) -> Result<(), ClientError> {
        self.ask(Command::Reset, &[], &[])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::thread;

    /// A server that answers each message with what `answer` makes of (command, id).
    fn with_server(answer: impl Fn(u16, [u8; 2]) -> Vec<u8> + Send + 'static) -> UnixStream {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        thread::spawn(move || {
            let mut header = [0; HEADER];
            while theirs.read_exact(&mut header).is_ok() {
                let length = word(&header, 4).unwrap() as usize;
                let mut body = vec![0; length - HEADER];
                theirs.read_exact(&mut body).unwrap();
                let command = u16::from_le_bytes([header[2], header[3]]);
                let bytes = answer(command, [header[0], header[1]]);
                if theirs.write_all(&bytes).is_err() {
                    return;
                }
            }
        });
        ours
    }

    fn reply(command: u16, id: [u8; 2], flags: u32, error: u32, body: &[u8]) -> Vec<u8> {
        let mut message = id.to_vec();
        message.extend(command.to_le_bytes());
        message.extend(size(HEADER + body.len()).unwrap().to_le_bytes());
        message.extend(words(&[flags, error]));
        message.extend(body);
        message
    }

    fn good(command: u16, id: [u8; 2]) -> Vec<u8> {
        match command {
            1 => reply(1, id, FLAG_REPLY, 0, b"\0\0\x01\0{}\0"),
            4 => reply(4, id, FLAG_REPLY, 0, &words(&[16, DEVICE_PCI | DEVICE_RESET, 9, 5])),
            other => reply(other, id, FLAG_REPLY | FLAG_ERROR, 22, &[]),
        }
    }

    #[test]
    fn a_refusal_is_an_error_with_its_reason() {
        let mut client = Client::over(with_server(good)).unwrap();
        let error = client.dma_unmap(0, 4096).unwrap_err();
        assert!(matches!(error, ClientError::Refused(e) if e.raw_os_error() == Some(22)));
    }

    #[test]
    fn nonsense_is_found() {
        type Twist = fn(u16, [u8; 2]) -> Vec<u8>;
        let twists: [(&str, Twist); 6] = [
            ("another id", |c, id| reply(c, [id[0] ^ 1, id[1]], FLAG_REPLY, 0, &[0; 16])),
            ("another command", |c, id| reply(c ^ 8, id, FLAG_REPLY, 0, &[0; 16])),
            ("a command", |c, id| reply(c, id, 0, 0, &[0; 16])),
            ("a length of zero", |c, id| {
                let mut bytes = reply(c, id, FLAG_REPLY, 0, &[]);
                bytes[4..8].fill(0);
                bytes
            }),
            ("an endless answer", |c, id| {
                let mut bytes = reply(c, id, FLAG_REPLY, 0, &[]);
                bytes[4..8].fill(0xff);
                bytes
            }),
            ("too little data", |c, id| reply(c, id, FLAG_REPLY, 0, &[0; 18])),
        ];
        for (name, twist) in twists {
            let stream =
                with_server(
                    move |command, id| {
                        if command == 9 { twist(command, id) } else { good(command, id) }
                    },
                );
            let mut client = Client::over(stream).unwrap();
            let result = client.read(region::BAR0, 0, &mut [0; 4]);
            assert!(matches!(result, Err(ClientError::Protocol(_))), "{name}: {result:?}");
        }
        let other_version = with_server(|c, id| reply(c, id, FLAG_REPLY, 0, &[9, 0, 0, 0, 0]));
        assert!(matches!(Client::over(other_version), Err(ClientError::Protocol(_))));
    }

    #[test]
    fn an_end_is_an_error() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(theirs);
        assert!(matches!(Client::over(ours), Err(ClientError::Io(_))));
        let nobody = Client::connect(Path::new("/nonexistent/socket"));
        assert!(nobody.err().unwrap().to_string().contains("toe-sim serve"));
    }
}
