// SPDX-License-Identifier: Apache-2.0
//! Captures of the wire in pcapng: one interface a side, virtual timestamps.

use crate::time::Nanos;
use pcap_file::DataLink;
use pcap_file::pcapng::PcapNgWriter;
use pcap_file::pcapng::blocks::enhanced_packet::{EnhancedPacketBlock, EnhancedPacketOption};
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Where a frame was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At the device's MAC: what it sent, and what reached it (impairments included).
    Device,
    /// At the peers' side of the wire.
    Peer,
}

/// Which sides to capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sides {
    /// Both, as two interfaces: each frame appears twice.
    Both,
    /// The device's side only.
    #[default]
    Device,
    /// The peers' side only.
    Peer,
}

impl Sides {
    const fn has(self, side: Side) -> bool {
        matches!(
            (self, side),
            (Self::Both, _) | (Self::Device, Side::Device) | (Self::Peer, Side::Peer)
        )
    }
}

/// The capture cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot write the capture{}: {reason}", .path.as_ref().map(|p| format!(" {}", p.display())).unwrap_or_default())]
pub struct CaptureError {
    /// The file, where it is one.
    pub path: Option<PathBuf>,
    /// What the operating system said.
    pub reason: String,
}

impl CaptureError {
    pub(crate) fn new<E: std::fmt::Display>(reason: E) -> Self {
        Self { path: None, reason: reason.to_string() }
    }
}

pub(crate) struct Capture {
    writer: PcapNgWriter<Box<dyn Write + Send>>,
    sides: Sides,
    failed: Option<CaptureError>,
}

impl std::fmt::Debug for Capture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Capture").field("sides", &self.sides).finish_non_exhaustive()
    }
}

/// Option `if_tsresol`: timestamps are nanoseconds.
const NANOSECONDS: u8 = 9;
/// Option `epb_flags`: direction of the packet, seen from the interface.
const INBOUND: u32 = 1;
const OUTBOUND: u32 = 2;

impl Capture {
    pub(crate) fn new(sink: Box<dyn Write + Send>, sides: Sides) -> Result<Self, CaptureError> {
        let mut writer = PcapNgWriter::new(sink).map_err(CaptureError::new)?;
        for name in ["device", "peer"] {
            let interface = InterfaceDescriptionBlock {
                linktype: DataLink::ETHERNET,
                snaplen: 0,
                options: vec![
                    InterfaceDescriptionOption::IfName(Cow::Borrowed(name)),
                    InterfaceDescriptionOption::IfTsResol(NANOSECONDS),
                ],
            };
            writer.write_pcapng_block(interface).map_err(CaptureError::new)?;
        }
        Ok(Self { writer, sides, failed: None })
    }

    pub(crate) fn frame(
        &mut self,
        now: Nanos,
        side: Side,
        from_device: bool,
        bytes: &[u8],
        error: bool,
    ) {
        if !self.sides.has(side) || self.failed.is_some() {
            return;
        }
        let outbound = from_device == (side == Side::Device);
        let mut options =
            vec![EnhancedPacketOption::Flags(if outbound { OUTBOUND } else { INBOUND })];
        if error {
            options.push(EnhancedPacketOption::Comment(Cow::Borrowed("bad FCS")));
        }
        let block = EnhancedPacketBlock {
            interface_id: match side {
                Side::Device => 0,
                Side::Peer => 1,
            },
            timestamp: Duration::from_nanos(now.0),
            original_len: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            data: Cow::Borrowed(bytes),
            options,
        };
        if let Err(error) = self.writer.write_pcapng_block(block) {
            self.failed = Some(CaptureError::new(error));
        }
    }

    pub(crate) fn flush(&mut self) {
        let result = self.writer.get_mut().flush();
        if let Err(error) = result {
            self.failed.get_or_insert(CaptureError::new(error));
        }
    }

    pub(crate) fn failure(&self) -> Option<&CaptureError> {
        self.failed.as_ref()
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.flush();
    }
}

/// A growing buffer that a capture can be written to and read back from, for tests.
#[derive(Clone, Debug, Default)]
pub struct SharedBuffer(Arc<Mutex<Vec<u8>>>);

impl SharedBuffer {
    /// The bytes so far.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for SharedBuffer {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pcap_file::pcapng::{Block, PcapNgReader};

    #[test]
    fn reads_back() {
        let buffer = SharedBuffer::default();
        let mut capture = Capture::new(Box::new(buffer.clone()), Sides::Both).unwrap();
        capture.frame(Nanos(5_000_000_001), Side::Device, true, &[1; 61], false);
        capture.frame(Nanos(5_000_001_001), Side::Peer, true, &[1; 61], true);
        drop(capture);
        let bytes = buffer.bytes();
        let mut reader = PcapNgReader::new(bytes.as_slice()).unwrap();
        let mut packets = Vec::new();
        let mut interfaces = 0;
        while let Some(block) = reader.next_block() {
            match block.unwrap() {
                Block::EnhancedPacket(p) => {
                    packets.push((p.interface_id, p.timestamp.as_nanos(), p.data.len()));
                }
                Block::InterfaceDescription(_) => interfaces += 1,
                _ => {}
            }
        }
        assert_eq!(interfaces, 2);
        assert_eq!(packets, [(0, 5_000_000_001, 61), (1, 5_000_001_001, 61)]);
    }

    #[test]
    fn one_side_only() {
        let buffer = SharedBuffer::default();
        let mut capture = Capture::new(Box::new(buffer.clone()), Sides::Device).unwrap();
        let empty = buffer.bytes().len();
        capture.frame(Nanos(0), Side::Peer, true, &[1; 60], false);
        assert_eq!(buffer.bytes().len(), empty);
        capture.frame(Nanos(0), Side::Device, true, &[1; 60], false);
        assert!(buffer.bytes().len() > empty);
    }
}
