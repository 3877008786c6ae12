// SPDX-License-Identifier: Apache-2.0
//! What happened, for people and tests: one JSON file, written anew while the simulation runs.

use serde::Serialize;
use std::io;
use std::path::Path;

/// State of the simulation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Configuration.
    pub config: String,
    /// Seed of the world.
    pub seed: u64,
    /// World time, µs since start.
    pub now_us: u64,
    /// Clocks of the device.
    pub cycles: u64,
    /// Clients so far.
    pub clients: u64,
    /// One is there now.
    pub connected: bool,
    /// Function-level resets: by configuration write, by message, and one after each client.
    pub resets: u64,
    /// The function may master the bus now.
    pub bus_master: bool,
    /// Mappings of the client.
    pub mappings: usize,
    /// Register reads and writes of clients.
    pub bar_reads: u64,
    /// Register writes.
    pub bar_writes: u64,
    /// Register accesses of a size or alignment that the device does not have.
    pub odd_accesses: u64,
    /// DMA requests of the device, refused ones too.
    pub dma_requests: u64,
    /// Bytes it moved.
    pub dma_bytes: u64,
    /// DMA requests since bus mastering was last switched off, while it is off: all of them were refused.
    pub dma_requests_while_off: u64,
    /// Refused: nothing mapped there.
    pub faults_unmapped: u64,
    /// Refused: mapped, but not for this.
    pub faults_not_permitted: u64,
    /// Refused: bus mastering was off.
    pub faults_bus_master: u64,
    /// Refused: not a legal request.
    pub faults_malformed: u64,
    /// The last refusals, as text.
    pub recent_faults: Vec<String>,
    /// Interrupts raised, per vector.
    pub interrupts: Vec<u64>,
    /// Interrupts that reached an eventfd, per vector.
    pub delivered: Vec<u64>,
    /// Frames from the device: sent, lost, duplicated, reordered.
    pub wire_to_peer: [u64; 4],
    /// Frames to the device.
    pub wire_to_device: [u64; 4],
    /// Connections of the peer.
    pub connections: Vec<PeerConnection>,
    /// Why the simulation has ended, if it has.
    pub failure: Option<String>,
}

/// A TCP connection as the program on the peer sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeerConnection {
    /// Port at the peer.
    pub port: u16,
    /// The other end.
    pub remote: Option<String>,
    /// `open`, `closed`, `reset` or `opening`.
    pub state: String,
    /// Bytes given to the peer's TCP.
    pub sent: u64,
    /// Their SHA-256.
    pub sent_sha256: String,
    /// Bytes that the peer's TCP delivered.
    pub received: u64,
    /// Their SHA-256.
    pub received_sha256: String,
}

impl Report {
    /// Writes it, in one piece as readers see it.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        let new = path.with_extension("new");
        std::fs::write(&new, text + "\n")?;
        std::fs::rename(&new, path)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
