// SPDX-License-Identifier: Apache-2.0
//! Models at run time. All unsafe code of the crate's run-time half is here: a Verilated model is a C++ object that is
//! reached through raw pointers, and no safe form of that exists.
#![allow(unsafe_code)]

use core::cell::Cell;
use core::ffi::{CStr, c_char, c_void};
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr;
use std::ffi::CString;
use std::path::Path;

/// The C face of an open model; mirrors `vlt_table` in `cpp/model.cpp`.
#[repr(C)]
#[derive(Debug)]
pub struct Table {
    version: u32,
    ports_len: u32,
    handle: *mut c_void,
    eval: Option<unsafe extern "C" fn(*mut c_void, u64) -> i32>,
    log_take: Option<unsafe extern "C" fn(*mut c_void, *mut c_char, usize) -> usize>,
    trace_open: Option<unsafe extern "C" fn(*mut c_void, *const c_char) -> i32>,
    trace_close: Option<unsafe extern "C" fn(*mut c_void)>,
    set_assertions: Option<unsafe extern "C" fn(*mut c_void, i32)>,
    close: Option<unsafe extern "C" fn(*mut c_void)>,
}

/// The ports of one model; implemented by generated code only.
///
/// # Safety
///
/// `open` must be the `vlt_…_open` function of a model whose port list has exactly `COUNT` entries, and `bind` must give
/// each pointer the type and width that the model has there.
pub unsafe trait PortSet: Sized {
    /// Number of ports.
    const COUNT: usize;
    /// Opens the model.
    ///
    /// # Safety
    /// `ports` must have room for `ports_len` pointers and `table` for a table.
    unsafe fn open(seed: u32, ports: *mut *mut c_void, ports_len: u32, table: *mut Table) -> i32;
    /// Gives the pointers their types.
    ///
    /// # Safety
    /// The pointers must come from `open`, in order.
    unsafe fn bind(ports: &[*mut c_void]) -> Self;
}

/// Why an evaluation failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvalError {
    /// What the model printed: usually one line, `[time] %Error: file:line: Assertion failed in scope: text`.
    pub message: String,
    /// The model called `$finish`, without an error.
    pub finished: bool,
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EvalError {}

/// Why no waveform is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TraceError {
    /// The model was built without feature `trace`.
    NotBuiltIn,
    /// The file cannot be written.
    CannotOpen(String),
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBuiltIn => {
                f.write_str("this model was built without waveforms: build with feature `trace`")
            }
            Self::CannotOpen(path) => write!(f, "cannot write the waveform file {path}"),
        }
    }
}

impl std::error::Error for TraceError {}

/// A Verilated model with its ports. `P` is written by the build script.
///
/// The ports are reached by `Deref`: `model.clk_i.set(1)`.
pub struct Model<P: PortSet> {
    table: Table,
    ports: P,
    failed: Option<EvalError>,
}

// SAFETY: the C++ object has no thread affinity: it is selected for the current thread at the start of every call into it
// (`Scope` in cpp/model.cpp), it owns its context, and Rust's ownership keeps it on one thread at a time.
unsafe impl<P: PortSet> Send for Model<P> {}

impl<P: PortSet> fmt::Debug for Model<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("ports", &P::COUNT)
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

impl<P: PortSet> Deref for Model<P> {
    type Target = P;
    #[inline(always)]
    fn deref(&self) -> &P {
        &self.ports
    }
}

impl<P: PortSet> Model<P> {
    /// Makes a model. State that the design does not initialise is random, drawn from `seed`; so are inputs until they are
    /// driven.
    ///
    /// # Panics
    ///
    /// When the generated module and the compiled model disagree, which the build script makes impossible.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        let mut pointers = vec![ptr::null_mut(); P::COUNT];
        let mut table = Table {
            version: 0,
            ports_len: 0,
            handle: ptr::null_mut(),
            eval: None,
            log_take: None,
            trace_open: None,
            trace_close: None,
            set_assertions: None,
            close: None,
        };
        let count = u32::try_from(P::COUNT).expect("a model has fewer than 2^32 ports");
        // SAFETY: `pointers` has room for `count` pointers, `table` is valid for writes.
        let result = unsafe { P::open(seed, pointers.as_mut_ptr(), count, &raw mut table) };
        assert!(result == 0 && table.version == 2, "stale generated module: run the build again");
        // SAFETY: the pointers come from `open` just now, in order.
        let ports = unsafe { P::bind(&pointers) };
        Self { table, ports, failed: None }
    }

    /// Evaluates the model after its inputs changed. `time` is the time in `$time` and in waveforms, and must not
    /// decrease. After an error every later evaluation returns the same error.
    #[inline]
    pub fn eval(&mut self, time: u64) -> Result<(), &EvalError> {
        let Some(eval) = self.table.eval else { unreachable!("set by new") };
        if self.failed.is_none() {
            // SAFETY: the handle is live until drop, and no reference into the model exists during `&mut self`.
            let status = unsafe { eval(self.table.handle, time) };
            if status == 0 {
                return Ok(());
            }
            self.fail(status == 2);
        }
        match &self.failed {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    #[cold]
    fn fail(&mut self, finished: bool) {
        let log = self.take_log();
        let message =
            if log.is_empty() { "the model stopped without a message".into() } else { log };
        self.failed = Some(EvalError { message: first_lines(&message), finished });
    }

    /// Switches the design's assertions off or on (they are on at first). Off is for the first clocks after power-on only:
    /// until a synchronous reset has reached every register, states are random and so are the resets made from them.
    pub fn set_assertions(&mut self, on: bool) {
        if let Some(set) = self.table.set_assertions {
            // SAFETY: live handle.
            unsafe { set(self.table.handle, i32::from(on)) }
        }
    }

    /// The error that stopped the model, if any.
    #[must_use]
    pub fn failure(&self) -> Option<&EvalError> {
        self.failed.as_ref()
    }

    /// What the model printed since the last call (at most 1 MiB is kept).
    pub fn take_log(&mut self) -> String {
        let Some(take) = self.table.log_take else { return String::new() };
        // SAFETY: live handle; a null buffer asks for the length.
        let length = unsafe { take(self.table.handle, ptr::null_mut(), 0) };
        let mut buffer = vec![0u8; length];
        // SAFETY: live handle; the buffer has `length` bytes.
        let length = unsafe { take(self.table.handle, buffer.as_mut_ptr().cast(), buffer.len()) };
        buffer.truncate(length);
        String::from_utf8_lossy(&buffer).into_owned()
    }

    /// Starts writing an FST waveform (feature `trace`); a waveform that was open is closed first.
    pub fn open_trace(&mut self, path: &Path) -> Result<(), TraceError> {
        let cannot = || TraceError::CannotOpen(path.display().to_string());
        let text = path.to_str().and_then(|p| CString::new(p).ok()).ok_or_else(cannot)?;
        let text: &CStr = &text;
        let Some(open) = self.table.trace_open else { return Err(TraceError::NotBuiltIn) };
        if cfg!(feature = "trace") {
            // The writer does not report files that it cannot create.
            std::fs::File::create(path).map_err(|_| cannot())?;
        }
        // SAFETY: live handle; `text` is a C string for the length of the call.
        match unsafe { open(self.table.handle, text.as_ptr()) } {
            0 => Ok(()),
            1 => Err(TraceError::NotBuiltIn),
            _ => Err(cannot()),
        }
    }

    /// Ends the waveform; dropping the model does so too.
    pub fn close_trace(&mut self) {
        if let Some(close) = self.table.trace_close {
            // SAFETY: live handle.
            unsafe { close(self.table.handle) }
        }
    }
}

/// One broken rule often breaks a hundred others in the same clock: the first few are kept.
fn first_lines(text: &str) -> String {
    const KEEP: usize = 8;
    let mut lines = text.trim_end().lines();
    let mut kept: Vec<_> = lines.by_ref().take(KEEP).map(str::to_owned).collect();
    let rest = lines.count();
    if rest > 0 {
        kept.push(format!("… and {rest} more lines"));
    }
    kept.join("\n")
}

impl<P: PortSet> Drop for Model<P> {
    fn drop(&mut self) {
        if let Some(close) = self.table.close {
            // SAFETY: the handle is live and not used afterwards; ports cannot outlive `self`.
            unsafe { close(self.table.handle) }
        }
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for u8 {}
    impl Sealed for u16 {}
    impl Sealed for u32 {}
    impl Sealed for u64 {}
    impl<const N: usize> Sealed for [u32; N] {}
}

/// A type that Verilator stores a port in: `u8`, `u16`, `u32`, `u64`, or 32-bit words, least significant first.
pub trait Value: sealed::Sealed + Copy {
    /// The value with all bits from `bits` upwards cleared. Verilator relies on those being zero.
    #[must_use]
    fn masked(self, bits: u32) -> Self;
    /// From little-endian bytes: missing ones are zero, surplus ones ignored.
    #[must_use]
    fn from_bytes(bytes: &[u8]) -> Self;
    /// To little-endian bytes, as many as there is room for.
    fn to_bytes(self, bytes: &mut [u8]);
    /// From a number; bits that do not fit are dropped.
    #[must_use]
    fn from_u64(value: u64) -> Self;
    /// The low 64 bits.
    #[must_use]
    fn to_u64(self) -> u64;
}

macro_rules! scalar {
    ($($t:ty)*) => { $(
        impl Value for $t {
            #[inline(always)]
            fn masked(self, bits: u32) -> Self {
                if bits >= <$t>::BITS { self } else { self & ((1 << bits) - 1) }
            }
            #[inline(always)]
            fn from_bytes(bytes: &[u8]) -> Self {
                let mut all = [0; size_of::<$t>()];
                let length = bytes.len().min(all.len());
                all[..length].copy_from_slice(&bytes[..length]);
                Self::from_le_bytes(all)
            }
            #[inline(always)]
            fn to_bytes(self, bytes: &mut [u8]) {
                let all = self.to_le_bytes();
                let length = bytes.len().min(all.len());
                bytes[..length].copy_from_slice(&all[..length]);
            }
            #[inline(always)]
            #[allow(clippy::cast_possible_truncation)] // documented
            fn from_u64(value: u64) -> Self {
                value as Self
            }
            #[inline(always)]
            #[allow(clippy::cast_lossless)]
            fn to_u64(self) -> u64 {
                self as u64
            }
        }
    )* };
}
scalar!(u8 u16 u32 u64);

impl<const N: usize> Value for [u32; N] {
    #[inline(always)]
    fn masked(mut self, bits: u32) -> Self {
        let used = bits % 32;
        if used != 0
            && let Some(last) = self.last_mut()
        {
            *last &= (1 << used) - 1;
        }
        self
    }
    #[inline(always)]
    fn from_bytes(bytes: &[u8]) -> Self {
        let mut words = [0; N];
        for (word, part) in words.iter_mut().zip(bytes.chunks(4)) {
            *word = u32::from_bytes(part);
        }
        words
    }
    #[inline(always)]
    fn to_bytes(self, bytes: &mut [u8]) {
        for (word, part) in self.into_iter().zip(bytes.chunks_mut(4)) {
            word.to_bytes(part);
        }
    }
    #[inline(always)]
    fn from_u64(value: u64) -> Self {
        Self::from_bytes(&value.to_le_bytes())
    }
    #[inline(always)]
    fn to_u64(self) -> u64 {
        let mut bytes = [0; 8];
        self.to_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}

macro_rules! port {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<T: Value, const BITS: u32> {
            pointer: *mut T,
            cell: PhantomData<Cell<T>>,
        }

        impl<T: Value, const BITS: u32> $name<T, BITS> {
            /// Width of the port.
            pub const BITS: u32 = BITS;

            /// For generated code.
            ///
            /// # Safety
            /// `pointer` must be valid for reads and writes of a `T` as long as the port lives, and be used by nobody
            /// else except inside [`Model::eval`].
            #[doc(hidden)]
            #[must_use]
            pub const unsafe fn bind(pointer: *mut c_void) -> Self {
                Self { pointer: pointer.cast(), cell: PhantomData }
            }

            /// The value.
            #[inline(always)]
            #[must_use]
            pub fn get(&self) -> T {
                // SAFETY: valid by `bind`; aligned, as the model declares a `T` there.
                unsafe { self.pointer.read() }
            }

            /// The low 64 bits, whatever the width: for code over several configurations.
            #[inline(always)]
            #[must_use]
            pub fn get_u64(&self) -> u64 {
                self.get().to_u64()
            }

            /// Copies the value out as little-endian bytes, as many as there is room for.
            #[inline(always)]
            pub fn get_bytes(&self, bytes: &mut [u8]) {
                self.get().to_bytes(bytes);
            }
        }

        impl<const N: usize, const BITS: u32> $name<[u32; N], BITS> {
            /// The 32-bit words, least significant first, in place.
            #[inline(always)]
            #[must_use]
            pub fn words(&self) -> &[Cell<u32>; N] {
                // SAFETY: valid by `bind`; the borrow keeps `Model::eval` (`&mut`) away, and `Cell` allows `set` meanwhile.
                unsafe { &*self.pointer.cast::<[Cell<u32>; N]>() }
            }
        }
    };
}

port! {
    /// An input of the model. Lives inside a [`Model`].
    Input
}
port! {
    /// An output of the model. Lives inside a [`Model`].
    Output
}

impl<T: Value, const BITS: u32> Input<T, BITS> {
    /// Drives the port; bits beyond its width are dropped.
    #[inline(always)]
    pub fn set(&self, value: T) {
        // SAFETY: valid by `bind`; shared references into it are `Cell`s only.
        unsafe { self.pointer.write(value.masked(BITS)) }
    }

    /// Drives the port with a number, whatever the width; bits beyond the width are dropped.
    #[inline(always)]
    pub fn set_u64(&self, value: u64) {
        self.set(T::from_u64(value));
    }

    /// Drives the port with little-endian bytes; missing ones are zero.
    #[inline(always)]
    pub fn set_bytes(&self, bytes: &[u8]) {
        self.set(T::from_bytes(bytes));
    }
}
