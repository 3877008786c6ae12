// SPDX-License-Identifier: Apache-2.0
//! Other ends of the wire that are no TCP of their own: a recorded capture, another simulator.

use pcap_file::pcapng::{Block, PcapNgReader};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;
use toe_device::Micros;
use toe_world::Peer;

/// Why a wire could not be attached.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The capture cannot be read.
    #[error(
        "cannot read the capture {path}: {reason}. It has to be pcap or pcapng with Ethernet frames"
    )]
    Capture {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The socket to the other simulator cannot be made.
    #[error(
        "cannot attach to another simulator at {path}: {reason}. Give both the same path in a folder that exists"
    )]
    Socket {
        /// The socket.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// Plays a capture: its frames go to the device with the recorded distances in time, once. What the device sends is
/// dropped here (the world's own capture has it). Of a capture with several interfaces the one with the first frame is
/// played: the world's own has each frame at both ends of the wire.
#[derive(Debug)]
pub struct PcapPeer {
    frames: VecDeque<(Micros, Vec<u8>)>,
    due: VecDeque<Vec<u8>>,
    /// World time at which the first frame is sent; set when somebody first speaks.
    start: Option<Micros>,
}

impl PcapPeer {
    /// Reads a file. The first frame goes out when the device has sent its first one, so that a driver is there to
    /// take it.
    ///
    /// # Errors
    /// [`WireError::Capture`].
    pub fn open(path: &Path) -> Result<Self, WireError> {
        let cannot = |reason: String| WireError::Capture { path: path.to_owned(), reason };
        let mut reader = BufReader::new(File::open(path).map_err(|e| cannot(e.to_string()))?);
        let mut magic = [0; 4];
        reader.read_exact(&mut magic).map_err(|e| cannot(e.to_string()))?;
        let reader = BufReader::new(File::open(path).map_err(|e| cannot(e.to_string()))?);
        let ng = u32::from_le_bytes(magic) == 0x0a0d_0d0a;
        let frames = if ng { read_pcapng(reader) } else { read_pcap(reader) };
        let frames = frames.map_err(|e| cannot(e.to_string()))?;
        if frames.is_empty() {
            return Err(cannot("no frames in it".into()));
        }
        let first = frames.iter().map(|(at, _)| *at).min().unwrap_or_default();
        let mut frames: Vec<_> = frames
            .into_iter()
            .map(|(at, bytes)| {
                let us = at.saturating_sub(first).as_micros();
                (Micros(u64::try_from(us).unwrap_or(u64::MAX)), bytes)
            })
            .collect();
        frames.sort_by_key(|(at, _)| *at);
        Ok(Self { frames: frames.into(), due: VecDeque::new(), start: None })
    }
}

type Recorded = Vec<(Duration, Vec<u8>)>;

fn read_pcapng(reader: impl Read) -> Result<Recorded, pcap_file::PcapError> {
    let mut reader = PcapNgReader::new(reader)?;
    let mut frames = Vec::new();
    let mut interface = None;
    while let Some(block) = reader.next_block() {
        if let Block::EnhancedPacket(packet) = block?
            && packet.interface_id == *interface.get_or_insert(packet.interface_id)
        {
            frames.push((packet.timestamp, packet.data.into_owned()));
        }
    }
    Ok(frames)
}

fn read_pcap(reader: impl Read) -> Result<Recorded, pcap_file::PcapError> {
    let mut reader = pcap_file::pcap::PcapReader::new(reader)?;
    let mut frames = Vec::new();
    while let Some(packet) = reader.next_packet() {
        let packet = packet?;
        frames.push((packet.timestamp, packet.data.into_owned()));
    }
    Ok(frames)
}

impl Peer for PcapPeer {
    fn name(&self) -> &str {
        "capture"
    }

    fn receive(&mut self, now: Micros, _frame: &[u8]) {
        self.start.get_or_insert(now);
    }

    fn poll(&mut self, now: Micros) {
        let Some(start) = self.start else { return };
        while self.frames.front().is_some_and(|(at, _)| start + *at <= now) {
            self.due.extend(self.frames.pop_front().map(|(_, frame)| frame));
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.due.pop_front()
    }

    fn next_deadline(&self) -> Option<Micros> {
        Some(self.start? + self.frames.front()?.0)
    }
}

/// Longest frame between two simulators.
const MAX_FRAME: usize = 65_535;
/// Bytes that wait for the other side before frames are dropped, as on any wire.
const BACKLOG: usize = 1 << 20;

/// The wire of another simulator, over a Unix socket: frames with a 16-bit length in front. Whoever comes first waits for
/// the other; when the other leaves, the first waits again.
#[derive(Debug)]
pub struct SimPeer {
    path: PathBuf,
    listener: Option<UnixListener>,
    stream: Option<UnixStream>,
    incoming: Vec<u8>,
    inbox: VecDeque<Vec<u8>>,
    outgoing: VecDeque<u8>,
    /// Frames for which the other side had no room, or that had no other side.
    pub dropped: u64,
}

impl SimPeer {
    /// Connects, or waits for the other to connect.
    ///
    /// # Errors
    /// [`WireError::Socket`].
    pub fn open(path: &Path) -> Result<Self, WireError> {
        let cannot = |e: io::Error| WireError::Socket { path: path.into(), reason: e.to_string() };
        let mut listener = None;
        let stream = match UnixStream::connect(path) {
            Ok(stream) => {
                stream.set_nonblocking(true).map_err(cannot)?;
                Some(stream)
            }
            Err(_) => {
                // A socket that nobody listens on is left over.
                let _ = std::fs::remove_file(path);
                let made = UnixListener::bind(path).map_err(cannot)?;
                made.set_nonblocking(true).map_err(cannot)?;
                listener = Some(made);
                None
            }
        };
        Ok(Self {
            path: path.to_owned(),
            listener,
            stream,
            incoming: Vec::new(),
            inbox: VecDeque::new(),
            outgoing: VecDeque::new(),
            dropped: 0,
        })
    }

    fn work(&mut self) -> io::Result<()> {
        if self.stream.is_none()
            && let Some(listener) = &self.listener
            && let Ok((stream, _)) = listener.accept()
        {
            stream.set_nonblocking(true)?;
            self.stream = Some(stream);
        }
        let Some(stream) = &mut self.stream else { return Ok(()) };
        while !self.outgoing.is_empty() {
            let (front, _) = self.outgoing.as_slices();
            match stream.write(front) {
                Ok(n) => drop(self.outgoing.drain(..n)),
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => break,
                Err(e) => return Err(e),
            }
        }
        let mut buffer = [0; 65_536];
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(n) => self.incoming.extend_from_slice(&buffer[..n]),
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => break,
                Err(e) => return Err(e),
            }
        }
        while let Some((length, rest)) = self.incoming.split_at_checked(2) {
            let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
            let Some(frame) = rest.get(..length) else { break };
            self.inbox.push_back(frame.to_vec());
            self.incoming.drain(..2 + length);
        }
        Ok(())
    }
}

impl Drop for SimPeer {
    fn drop(&mut self) {
        if self.listener.is_some() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl Peer for SimPeer {
    fn name(&self) -> &str {
        "simulator"
    }

    fn receive(&mut self, _now: Micros, frame: &[u8]) {
        let room = self.stream.is_some() && self.outgoing.len() < BACKLOG;
        match u16::try_from(frame.len()) {
            Ok(length) if room && frame.len() <= MAX_FRAME => {
                self.outgoing.extend(length.to_le_bytes());
                self.outgoing.extend(frame);
            }
            _ => self.dropped += 1,
        }
    }

    fn poll(&mut self, _now: Micros) {
        if self.work().is_err() {
            self.stream = None;
            self.incoming.clear();
            self.outgoing.clear();
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.inbox.pop_front()
    }

    fn next_deadline(&self) -> Option<Micros> {
        None
    }

    fn real_time(&self) -> bool {
        true
    }

    fn wait(&mut self, at_most: Duration) {
        if !at_most.is_zero() {
            std::thread::sleep(at_most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_simulators_exchange_frames_and_the_first_survives_the_second() {
        let folder = std::env::temp_dir().join(format!("toe-wire-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("wire");
        let now = Micros(0);
        let mut first = SimPeer::open(&path).unwrap();
        for round in 0..2u8 {
            let mut second = SimPeer::open(&path).unwrap();
            first.poll(now);
            for n in 0..3u8 {
                first.receive(now, &[round, n, 7]);
                second.receive(now, &vec![n; 1514]);
            }
            first.poll(now);
            second.poll(now);
            first.poll(now);
            let got: Vec<_> = std::iter::from_fn(|| second.transmit()).collect();
            assert_eq!(got, (0..3).map(|n| vec![round, n, 7]).collect::<Vec<_>>());
            assert_eq!(std::iter::from_fn(|| first.transmit()).count(), 3);
            drop(second);
            first.poll(now);
        }
        assert_eq!(first.dropped, 0);
        first.receive(now, &[1]);
        assert_eq!(first.dropped, 1, "nobody is there");
        drop(first);
        assert!(!path.exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_no_capture_is_refused() {
        let path = std::env::temp_dir().join(format!("toe-nocap-{}", std::process::id()));
        std::fs::write(&path, b"hello, this is not a capture at all").unwrap();
        assert!(matches!(PcapPeer::open(&path), Err(WireError::Capture { .. })));
        std::fs::remove_file(&path).unwrap();
        assert!(PcapPeer::open(&path).is_err());
    }
}
