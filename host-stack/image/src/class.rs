// SPDX-License-Identifier: Apache-2.0
//! The class of a TIME_WAIT entry, of which contract and core have an enumeration each (S-MSLT-1).

use toe_abi::MslClass as AbiClass;
use toe_tcp::MslClass;

/// The contract's class as the core's.
#[must_use]
pub const fn core_class(class: AbiClass) -> MslClass {
    match class {
        AbiClass::None => MslClass::None,
        AbiClass::Remote => MslClass::Remote,
        AbiClass::Local => MslClass::Local,
        AbiClass::Loopback => MslClass::Loopback,
    }
}

/// The core's class as the contract's.
#[must_use]
pub const fn abi_class(class: MslClass) -> AbiClass {
    match class {
        MslClass::None => AbiClass::None,
        MslClass::Remote => AbiClass::Remote,
        MslClass::Local => AbiClass::Local,
        MslClass::Loopback => AbiClass::Loopback,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Snapshots carry the number: both ways of saying a class must name the same one.
    #[test]
    fn a_class_has_one_number_in_both_worlds() {
        for id in 0..4 {
            let core = MslClass::from_id(id).unwrap();
            assert_eq!(abi_class(core).to_bits(), u32::from(id));
            assert_eq!(core_class(abi_class(core)), core);
        }
        assert_eq!((MslClass::from_id(4), AbiClass::from_bits(4)), (None, None));
    }
}
