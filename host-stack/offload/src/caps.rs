// SPDX-License-Identifier: Apache-2.0
//! Capability bits, toggled independently in one request (S-TOE-2), with their dependencies (S-CSUM-4).
//!
//! `-toe` lets sessions that are in the engine go on; new ones are not offered to it.

use toe_stack::OffloadCaps;

/// A request: some bits on, some off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toggles(Vec<(&'static str, bool)>);

/// Why a request changes nothing at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CapsError {
    /// No such bit.
    #[error(
        "`{0}` is no capability; there are rxcsum4, rxcsum6, txcsum4, txcsum6, tso4, tso6, vlan, toe4, toe6, and rxcsum, txcsum, tso, toe for both families"
    )]
    Unknown(String),
    /// Neither `+` nor `-` before it.
    #[error("`{0}`: write +{0} or -{0}")]
    Sign(String),
    /// One bit on and off in one request.
    #[error("`{0}` is switched on and off in one request")]
    Twice(&'static str),
    /// Segmentation needs transmit checksums.
    #[error("{0} needs {1}: enable {1} first, or with +{1} in the same request")]
    Needs(&'static str, &'static str),
}

/// All bits.
pub const NAMES: [&str; 9] =
    ["rxcsum4", "rxcsum6", "txcsum4", "txcsum6", "tso4", "tso6", "vlan", "toe4", "toe6"];

fn bit<'a>(caps: &'a mut OffloadCaps, name: &str) -> Option<&'a mut bool> {
    Some(match name {
        "rxcsum4" => &mut caps.rx_csum4,
        "rxcsum6" => &mut caps.rx_csum6,
        "txcsum4" => &mut caps.tx_csum4,
        "txcsum6" => &mut caps.tx_csum6,
        "tso4" => &mut caps.tso4,
        "tso6" => &mut caps.tso6,
        "vlan" => &mut caps.vlan_insert,
        "toe4" => &mut caps.toe4,
        "toe6" => &mut caps.toe6,
        _ => return None,
    })
}

/// Bits and whether they are set, in the order of [`NAMES`].
pub fn each(caps: OffloadCaps) -> impl Iterator<Item = (&'static str, bool)> {
    let mut caps = caps;
    NAMES.into_iter().map(move |name| (name, bit(&mut caps, name).is_some_and(|b| *b)))
}

impl Toggles {
    /// Reads words like `+tso4` and `-toe`.
    ///
    /// # Errors
    /// [`CapsError`].
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, CapsError> {
        let mut toggles = Self::default();
        for word in words {
            let (on, name) = match (word.strip_prefix('+'), word.strip_prefix('-')) {
                (Some(name), _) => (true, name),
                (_, Some(name)) => (false, name),
                _ => return Err(CapsError::Sign(word.to_owned())),
            };
            let both = |n: &str| {
                matches!(name, "rxcsum" | "txcsum" | "tso" | "toe")
                    && n.len() == name.len() + 1
                    && n.starts_with(name)
            };
            let mut known = false;
            for bit in NAMES.into_iter().filter(|n| *n == name || both(n)) {
                known = true;
                toggles.set(bit, on)?;
            }
            if !known {
                return Err(CapsError::Unknown(name.to_owned()));
            }
        }
        Ok(toggles)
    }

    fn set(&mut self, name: &'static str, on: bool) -> Result<(), CapsError> {
        if self.0.iter().any(|(other, was)| *other == name && *was != on) {
            return Err(CapsError::Twice(name));
        }
        self.0.push((name, on));
        Ok(())
    }

    /// The bits after the request, and what it switched off besides. Everything or nothing happens.
    ///
    /// # Errors
    /// [`CapsError::Needs`].
    pub fn apply(&self, caps: OffloadCaps) -> Result<(OffloadCaps, Vec<String>), CapsError> {
        let mut new = caps;
        for (name, on) in &self.0 {
            if let Some(bit) = bit(&mut new, name) {
                *bit = *on;
            }
        }
        let mut messages = Vec::new();
        for (tso, csum) in [("tso4", "txcsum4"), ("tso6", "txcsum6")] {
            let has = |caps: &mut OffloadCaps, name| bit(caps, name).is_some_and(|b| *b);
            if !has(&mut new, tso) || has(&mut new, csum) {
                continue;
            }
            if self.0.iter().any(|(name, on)| *name == tso && *on) {
                return Err(CapsError::Needs(tso, csum));
            }
            messages.push(format!("{tso} is off now: it needs {csum}"));
        }
        Ok((new.normalised(), messages))
    }
}
