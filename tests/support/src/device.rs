// SPDX-License-Identifier: Apache-2.0
//! The device of a test: which one is decided when the test runs.

use toe_abi::regs;
use toe_device::{Device, HostBus, Identity, Idle};
use toe_model::{Model, ModelConfig};

/// Which device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The functional model, with the sizes of `small`.
    Model,
    /// The functional model with other sizes.
    ModelWith(ModelConfig),
    /// The RTL, configuration `small`.
    RtlSmall,
    /// The RTL, configuration `mid`.
    RtlMid,
    /// The RTL, configuration `large`.
    RtlLarge,
}

impl Kind {
    /// Every clock is simulated: slow.
    #[must_use]
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::RtlSmall | Self::RtlMid | Self::RtlLarge)
    }

    /// For names of files and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Model | Self::ModelWith(_) => "model",
            Self::RtlSmall => "small",
            Self::RtlMid => "mid",
            Self::RtlLarge => "large",
        }
    }

    /// Makes one; `None` when this configuration is not built into this program.
    #[must_use]
    pub fn make(self, seed: u64) -> Option<AnyDevice> {
        match self {
            Self::Model => Some(AnyDevice::new(Model::new(ModelConfig::SMALL))),
            Self::ModelWith(config) => Some(AnyDevice::new(Model::new(config))),
            #[cfg(feature = "rtl-small")]
            Self::RtlSmall => Some(AnyDevice::new(toe_engine::small::engine(seed))),
            #[cfg(feature = "rtl-mid")]
            Self::RtlMid => Some(AnyDevice::new(toe_engine::mid::engine(seed))),
            #[cfg(feature = "rtl-large")]
            Self::RtlLarge => Some(AnyDevice::new(toe_engine::large::engine(seed))),
            #[allow(unreachable_patterns)] // with all configurations nothing is left
            _ => {
                let _ = seed;
                None
            }
        }
    }
}

/// Any device. It can vanish, as one does that is pulled out: registers read as all ones, nothing moves any more. And its
/// firmware can take its time, while frames move on.
pub struct AnyDevice {
    device: Box<dyn Device + Send>,
    gone: bool,
    /// The doorbell of the admin queue is not heard; `Some`: it has rung meanwhile.
    held: Option<Option<u32>>,
}

impl AnyDevice {
    /// A device of the test's own.
    #[must_use]
    pub fn new(device: impl Device + 'static) -> Self {
        Self { device: Box::new(device), gone: false, held: None }
    }

    /// From now on it is not there, or there again as it was.
    pub fn vanish(&mut self, gone: bool) {
        self.gone = gone;
    }

    /// From now on no command reaches the firmware, or those that wait do and all others.
    pub fn hold_commands(&mut self, hold: bool) {
        match (hold, self.held.take()) {
            (true, held) => self.held = Some(held.flatten()),
            (false, Some(Some(tail))) => {
                self.device.bar_write(regs::ADMIN_DB_ASQ_TAIL.offset(), tail);
            }
            (false, _) => {}
        }
    }
}

impl Device for AnyDevice {
    fn identity(&self) -> Identity {
        self.device.identity()
    }
    fn reset(&mut self) {
        self.device.reset();
    }
    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        if self.gone { u32::MAX } else { self.device.bar_read(offset, bus) }
    }
    fn bar_write(&mut self, offset: u32, value: u32) {
        match &mut self.held {
            _ if self.gone => {}
            Some(tail) if offset == regs::ADMIN_DB_ASQ_TAIL.offset() => *tail = Some(value),
            _ => self.device.bar_write(offset, value),
        }
    }
    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        if self.gone { 0 } else { self.device.step(cycles, bus) }
    }
    fn idle(&self) -> Idle {
        if self.gone { Idle::Quiet { deadline: None } } else { self.device.idle() }
    }
    fn failure(&self) -> Option<&str> {
        self.device.failure()
    }
}
