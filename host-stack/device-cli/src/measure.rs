// SPDX-License-Identifier: Apache-2.0
//! What register accesses and interrupts cost on a transport.

use crate::exercise::{clock, frame};
use crate::{DeviceError, say};
use serde::Serialize;
use std::time::Instant;
use toe_abi::regs;
use toe_driver::{Driver, Options, TxFrame};
use toe_vfio::DeviceName;

/// Times of one kind of access.
#[derive(Clone, Debug, Serialize)]
pub struct Rate {
    /// Accesses.
    pub count: u32,
    /// Middle, ns.
    pub median_ns: u64,
    /// 99 of 100 are quicker, ns.
    pub p99_ns: u64,
    /// All together: accesses a second.
    pub per_second: f64,
    /// Bytes a second: 4 an access, or the frame's.
    pub bytes_per_second: f64,
}

/// Everything that was measured on a device.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    /// For whoever reads several.
    pub event: &'static str,
    /// Transport and device.
    pub device: String,
    /// A posted write.
    pub mmio_write: Rate,
    /// A read: waits for the answer.
    pub mmio_read: Rate,
    /// From the doorbell of a frame to the interrupt that says it is back: the device reads descriptor and frame, loops it
    /// to its own receive path, writes frame and record, raises MSI-X.
    pub doorbell_to_interrupt: Rate,
    /// Register reads that the driver made for those frames.
    pub mmio_reads_for_frames: u64,
}

#[allow(clippy::cast_precision_loss)] // for people
fn rate(mut times: Vec<u64>, bytes: u32) -> Rate {
    times.sort_unstable();
    let at =
        |part: usize| times.get(times.len() * part / 100).or(times.last()).copied().unwrap_or(0);
    let total: u64 = times.iter().sum();
    let per_second = times.len() as f64 * 1e9 / total.max(1) as f64;
    Rate {
        count: u32::try_from(times.len()).unwrap_or(u32::MAX),
        median_ns: at(50),
        p99_ns: at(99),
        per_second,
        bytes_per_second: per_second * f64::from(bytes),
    }
}

fn nanos(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Measures on an open device; `count` accesses of each kind.
///
/// # Errors
/// The device is lost, or an interrupt does not come within ten seconds.
pub fn measure(driver: &mut Driver, name: &str, count: u32) -> Result<Figures, DeviceError> {
    let now = clock();
    // A register without effect while no frame is addressed to it.
    let key = regs::RSS_KEY.at(0).ok_or_else(|| DeviceError::Failed("no register".into()))?;
    let value = driver.register(key)?;
    let mut writes = Vec::new();
    for _ in 0..count {
        let start = Instant::now();
        driver.set_register(key, value)?;
        writes.push(nanos(start));
    }
    driver.register(key)?;
    let mut reads = Vec::new();
    for _ in 0..count {
        let start = Instant::now();
        driver.register(key)?;
        reads.push(nanos(start));
    }
    let (bytes, offload) = frame(9);
    let mut interrupts = Vec::new();
    let before = driver.driver_stats().mmio_reads;
    for _ in 0..count {
        driver
            .nic_send(0, &TxFrame { bytes: &bytes, offload })
            .map_err(|e| DeviceError::Failed(e.to_string()))?;
        let start = Instant::now();
        driver.flush()?;
        let mut took;
        loop {
            // An interrupt may be for another record (a report that frames are out): the frame decides.
            driver.wait(10_000)?;
            took = nanos(start);
            driver.poll(now())?;
            while driver.next_event().is_some() {}
            if driver.nic_recv(0).is_some() {
                break;
            }
            if start.elapsed().as_secs() >= 10 {
                let sent = interrupts.len();
                return Err(DeviceError::Failed(format!("frame {sent} did not come back")));
            }
        }
        driver.poll(now())?;
        interrupts.push(took);
    }
    let mmio_reads_for_frames = driver.driver_stats().mmio_reads - before;
    let length = u32::try_from(bytes.len()).unwrap_or(0);
    Ok(Figures {
        event: "latency",
        device: name.to_owned(),
        mmio_write: rate(writes, 4),
        mmio_read: rate(reads, 4),
        doorbell_to_interrupt: rate(interrupts, length),
        mmio_reads_for_frames,
    })
}

pub(crate) fn run(name: &DeviceName, count: u32) -> Result<(), DeviceError> {
    let mut driver = Driver::open(toe_vfio::open(name)?, &Options::default())?;
    say(&measure(&mut driver, &name.to_string(), count)?)
}
