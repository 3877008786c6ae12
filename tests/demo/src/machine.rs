// SPDX-License-Identifier: Apache-2.0
//! Which device the demonstration runs on.

use std::path::Path;

use toe_device::Device;
use toe_model::{Model, ModelConfig};

/// A device of any kind.
pub type AnyDevice = Box<dyn Device>;

/// The device to run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Config {
    /// The RTL with a 64-bit datapath
    Small,
    /// The RTL with a 256-bit datapath
    Mid,
    /// The RTL with a 512-bit datapath
    Large,
    /// The functional model: quick, no clocks
    Model,
}

impl Config {
    /// Its name on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Mid => "mid",
            Self::Large => "large",
            Self::Model => "model",
        }
    }

    /// What it is, for people.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Small => "RTL, configuration small (64 bit), simulated by Verilator",
            Self::Mid => "RTL, configuration mid (256 bit), simulated by Verilator",
            Self::Large => "RTL, configuration large (512 bit), simulated by Verilator",
            Self::Model => "functional model",
        }
    }
}

/// There is no such device.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The program was built without it.
    #[error(
        "configuration `{0}` is not built into this program; there are `make {1} CONFIG=small`, `large` and `model`"
    )]
    NotBuilt(&'static str, &'static str),
    /// No waves.
    #[error("cannot write waves: {0}")]
    Waves(String),
}

/// Makes the device. `waves`: where to write an FST waveform. `target` is the make target to name in messages.
///
/// # Errors
/// [`DeviceError`].
#[allow(unused_variables)] // what is used depends on what is built in
pub fn make(
    config: Config,
    seed: u64,
    waves: Option<&Path>,
    target: &'static str,
) -> Result<AnyDevice, DeviceError> {
    #[cfg(any(feature = "rtl-small", feature = "rtl-large"))]
    macro_rules! engine {
        ($module:ident) => {{
            let mut engine = toe_engine::$module::engine(seed);
            if let Some(path) = waves {
                engine.open_trace(path).map_err(|e| DeviceError::Waves(e.to_string()))?;
            }
            Ok(Box::new(engine))
        }};
    }
    match config {
        Config::Model if waves.is_some() => {
            Err(DeviceError::Waves("the functional model has no signals".into()))
        }
        Config::Model => Ok(Box::new(Model::new(ModelConfig::SMALL))),
        #[cfg(feature = "rtl-small")]
        Config::Small => engine!(small),
        #[cfg(feature = "rtl-large")]
        Config::Large => engine!(large),
        other => Err(DeviceError::NotBuilt(other.name(), target)),
    }
}
