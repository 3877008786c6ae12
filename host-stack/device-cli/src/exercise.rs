// SPDX-License-Identifier: Apache-2.0
//! Trying out what a transfer does not: every vector, refused memory.

use crate::{DeviceError, TransferArgs, transfer};
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use toe_abi::AdminOpcode;
use toe_api::{Micros, TcpOptions};
use toe_driver::{
    DmaRegion, Driver, DriverEvent, Layer, Options, SendError, Transport, TransportError, TxFrame,
    TxOffload,
};
use toe_vfio::DeviceName;

/// A clock from now on.
pub(crate) fn clock() -> impl Fn() -> toe_driver::Micros {
    let start = Instant::now();
    move || toe_driver::Micros(u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX))
}

/// A frame that comes back to us: through the transmit path, the engine's loop and its receive path. The port decides
/// which queue receives it.
pub(crate) fn frame(port: u16) -> ([u8; 64], TxOffload) {
    let mut bytes = [0; 64];
    bytes[..6].copy_from_slice(&Options::default().mac);
    bytes[6..12].copy_from_slice(&[0x02, 0, 0, 0, 0, 0x77]);
    bytes[12..14].copy_from_slice(&[0x08, 0x00]);
    bytes[14..34]
        .copy_from_slice(&[0x45, 0, 0, 50, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 9, 10, 0, 0, 1]);
    bytes[34..36].copy_from_slice(&port.to_be_bytes());
    bytes[36..40].copy_from_slice(&[0x27, 0x0f, 0, 30]);
    let offload = TxOffload {
        l4_csum: true,
        ip_csum: true,
        udp: true,
        inject: true,
        l3_off: 14,
        l4_off: 34,
        hdr_len: 42,
        ..TxOffload::default()
    };
    (bytes, offload)
}

pub(crate) fn probe(name: &DeviceName) -> Result<(), DeviceError> {
    let mut driver = Driver::open(toe_vfio::open(name)?, &Options::default())?;
    let info = format!("{:#?}", driver.info());
    let check = driver.check()?;
    crate::print(&format!("{info}\n{check:?}, {} vectors\n", driver.transport().vectors()))
}

/// What arrived on each vector.
#[derive(Clone, Debug, Serialize)]
pub struct Vectors {
    /// For whoever reads several.
    pub event: &'static str,
    /// Vectors that the device can raise: the firmware's, and one a queue pair.
    pub vectors: u16,
    /// Its queue pairs.
    pub queue_pairs: u16,
    /// Interrupts, per vector of the function.
    pub counts: Vec<u64>,
}

/// Raises every vector that the device can raise, and sees it arrive.
///
/// # Errors
/// Not all have arrived within ten seconds.
pub fn vectors(name: &DeviceName) -> Result<Vectors, DeviceError> {
    // As many queue pairs as the device has: each has a vector of its own as far as there are enough.
    let options = Options {
        queue_pairs: u16::MAX,
        rxr_log2: 4,
        bmq_log2: 6,
        evq_log2: 6,
        ..Options::default()
    };
    let mut driver = Driver::open(toe_vfio::open(name)?, &options)?;
    let now = clock();
    let count = driver.transport().vectors();
    let used = count.min(driver.queue_pairs() + 1);
    let mut counts = vec![0; usize::from(count)];
    let full = driver.admin(AdminOpcode::Nop, 0, 0, [0; 8]);
    full.map_err(|e| DeviceError::Failed(e.to_string()))?;
    let start = Instant::now();
    let mut port = 1;
    while counts.iter().take(usize::from(used)).any(|n| *n == 0) {
        // The hash of the port chooses the queue: all get some.
        let (bytes, offload) = frame(port);
        match driver.nic_send(port % driver.queue_pairs(), &TxFrame { bytes: &bytes, offload }) {
            Ok(()) => port += 1,
            Err(SendError::WouldBlock) => {}
            Err(error) => return Err(DeviceError::Failed(error.to_string())),
        }
        driver.poll(now())?;
        for queue in 0..driver.queue_pairs() {
            while driver.nic_recv(queue).is_some() {}
        }
        while driver.next_event().is_some() {}
        driver.wait(1_000)?;
        for (vector, total) in (0..).zip(&mut counts) {
            *total += driver
                .transport()
                .irq_take(vector)
                .map_err(|e| DeviceError::Failed(e.to_string()))?;
        }
        if start.elapsed() > Duration::from_secs(10) {
            return Err(DeviceError::Failed(format!("no interrupt on every vector: {counts:?}")));
        }
    }
    Ok(Vectors { event: "vectors", vectors: used, queue_pairs: driver.queue_pairs(), counts })
}

/// Regions that a driver was given, to take one away behind its back.
type Regions = Arc<Mutex<Vec<DmaRegion>>>;

/// Passes everything on and remembers the regions.
struct Remembering {
    inner: Box<dyn Transport>,
    regions: Regions,
}

impl Layer for Remembering {
    type Below = dyn Transport;
    fn below(&self) -> &Self::Below {
        &*self.inner
    }
    fn below_mut(&mut self) -> &mut Self::Below {
        &mut *self.inner
    }
    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        let region = self.below_mut().dma_alloc(len, align)?;
        self.regions.lock().unwrap_or_else(PoisonError::into_inner).push(region.clone());
        Ok(region)
    }
}

/// What became of a session whose memory was taken away.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// For whoever reads several.
    pub event: &'static str,
    /// Where the memory was for the device.
    pub iova: String,
    /// How much.
    pub bytes: usize,
    /// Faults that the device reported to the driver.
    pub faults: u64,
    /// The last of them.
    pub last: Option<String>,
    /// What the session's socket says.
    pub error: Option<String>,
    /// Registers still answer.
    pub alive: bool,
}

/// A session's rings disappear from the IOMMU while the engine has it. The engine must report a fault or abort the
/// session, the driver must say so, and the machine must stay alive.
///
/// # Errors
/// It was not reported.
pub fn fault(args: &TransferArgs) -> Result<Refused, DeviceError> {
    let regions = Regions::default();
    let transport =
        Remembering { inner: toe_vfio::open(&args.device)?, regions: Arc::clone(&regions) };
    let mut node = transfer::node(args, Box::new(transport))?;
    let clock = clock();
    let now = || Micros(clock().0);
    let before = regions.lock().unwrap_or_else(PoisonError::into_inner).len();
    let failed = |what: &str| DeviceError::Failed(what.to_owned());
    let id = node
        .connect(now(), args.connect[0], TcpOptions::default())
        .map_err(|e| DeviceError::Failed(e.to_string()))?;
    let start = Instant::now();
    let limit = Duration::from_secs(args.limit);
    while !transfer::in_engine(&node, id) {
        node.poll(now());
        node.driver_mut().wait(1_000)?;
        if start.elapsed() > limit {
            return Err(failed("the engine did not take the session"));
        }
    }
    let rings = {
        let all = regions.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(before).cloned().ok_or_else(|| failed("the session has no memory of its own"))?
    };
    let (iova, bytes) = (rings.iova, rings.memory.len());
    // Nothing is under way in the rings yet; from here on everything is refused.
    node.driver_mut()
        .transport()
        .dma_free(rings)
        .map_err(|e| DeviceError::Failed(e.to_string()))?;
    let mut error = None;
    let start = Instant::now();
    while error.is_none() && start.elapsed() < limit {
        match node.send(now(), id, &[0x55; 4096]) {
            Ok(_) | Err(toe_api::TcpError::WouldBlock) => {}
            Err(other) => error = Some(other.to_string()),
        }
        node.poll(now());
        while node.poll_event().is_some() {}
        if node.stats().faults > 0 && start.elapsed() > Duration::from_secs(3) {
            break;
        }
        node.driver_mut().wait(1_000)?;
    }
    while let Some(event) = node.driver_mut().next_event() {
        if let DriverEvent::DeviceLost = event {
            return Err(failed("the device is lost"));
        }
    }
    let stats = node.stats();
    let alive = node.driver_mut().check().is_ok();
    let last = node.last_fault().map(|f| f.to_string());
    if (stats.faults == 0 && error.is_none()) || !alive {
        return Err(failed("the refusal was not reported"));
    }
    let iova = iova.to_string();
    Ok(Refused { event: "fault", iova, bytes, faults: stats.faults, last, error, alive })
}
