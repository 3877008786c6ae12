// SPDX-License-Identifier: Apache-2.0
//! System tests: each takes a world and runs on the functional model and on the RTL.

#![forbid(unsafe_code)]

/// Makes three tests of each function `fn name(kind: Kind)`: on the model, on the RTL `small`, on the RTL `large`. The
/// latter two exist where the configuration is built (features `rtl-small`, `rtl-large`).
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
        #[cfg(feature = "rtl-large")]
        mod large {
            $(#[test] fn $name() { super::$name(toe_testkit::Kind::RtlLarge); })+
        }
    };
}
