// SPDX-License-Identifier: Apache-2.0
//! System tests: each takes a world and runs on the functional model and on the RTL.

#![forbid(unsafe_code)]

/// Makes a test for each device of each function `fn name(kind: Kind)`: on the model, on the RTL `small`, `mid` and `large`.
/// The latter exist where the configuration is built (features `rtl-small`, `rtl-mid`, `rtl-large`).
#[macro_export]
macro_rules! on_all_devices {
    ($($name:ident),+ $(,)?) => {
        mod model {
            $(#[test] fn $name() { super::$name(toe_testkit::Kind::Model); })+
        }
        #[cfg(feature = "rtl-small")]
        mod small {
            $(#[test] fn $name() { super::$name(toe_testkit::Kind::RtlSmall); })+
        }
        #[cfg(feature = "rtl-mid")]
        mod mid {
            $(#[test] fn $name() { super::$name(toe_testkit::Kind::RtlMid); })+
        }
        #[cfg(feature = "rtl-large")]
        mod large {
            $(#[test] fn $name() { super::$name(toe_testkit::Kind::RtlLarge); })+
        }
    };
}
