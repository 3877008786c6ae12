// SPDX-License-Identifier: Apache-2.0
//! What can go wrong, one small enumeration an operation.

use crate::dma::OutOfBounds;
use crate::transport::TransportError;
use crate::types::SessionHandle;
use thiserror::Error;
use toe_abi::AdminStatus;

/// The device has vanished or failed; only [`Driver::reset`](crate::Driver::reset) can bring it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the device is lost")]
pub struct DeviceLost;

/// Why a device was not opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The transport failed.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// Reads give all ones.
    #[error("the device does not answer (all ones)")]
    DeviceLost,
    /// The configuration space is too short or its capability list is broken.
    #[error("bad PCI configuration space: {0}")]
    ConfigSpace(String),
    /// BAR0 does not begin with the magic number.
    #[error("not an OpenTOE device: magic {found:#010x}, expected {expected:#010x}")]
    BadMagic {
        /// What the register holds.
        found: u32,
        /// What it should hold.
        expected: u32,
    },
    /// Engine and driver were built from different contracts.
    #[error("ABI mismatch: the device has {device:#018x}, this driver {driver:#018x}")]
    AbiMismatch {
        /// Hash that the device (or its firmware) reports.
        device: u64,
        /// Hash that this driver was built with.
        driver: u64,
    },
    /// The firmware was built from another contract.
    #[error("ABI mismatch: the firmware has {firmware:#018x}, this driver {driver:#018x}")]
    FirmwareAbiMismatch {
        /// Hash that the firmware reports.
        firmware: u64,
        /// Hash that this driver was built with.
        driver: u64,
    },
    /// A size register makes no sense.
    #[error("the device reports {value} {what}, outside {low}..={high}")]
    BadSize {
        /// Which size.
        what: &'static str,
        /// What the register holds.
        value: u32,
        /// Least value this driver takes.
        low: u32,
        /// Largest value this driver takes.
        high: u32,
    },
    /// The engine stays busy or the firmware does not become ready.
    #[error("the device was not ready after {waited_us} µs (firmware state {fw_state})")]
    NotReady {
        /// How long the driver waited.
        waited_us: u64,
        /// Last state seen: 0 in reset, 1 booting, 2 ready, 3 ABI mismatch, 4 stopped.
        fw_state: u8,
    },
    /// The key of the device's hash is to be random, and there is no randomness.
    #[error(
        "no random numbers from the operating system ({0}); wait for it, or give the option rss_key"
    )]
    NoRandomness(getrandom::Error),
    /// An option is out of range.
    #[error("option {0}")]
    BadOption(&'static str),
}

impl From<DeviceLost> for OpenError {
    fn from(_: DeviceLost) -> Self {
        Self::DeviceLost
    }
}

/// Why a frame was not queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SendError {
    /// The transmit queue or its buffer is full; a later [`poll`](crate::Driver::poll) makes room.
    #[error("the transmit queue is full")]
    WouldBlock,
    /// No such queue pair.
    #[error("no queue pair {0}")]
    BadQueue(u16),
    /// The frame, its offsets or its segment size are impossible.
    #[error("bad frame: {0}")]
    BadFrame(&'static str),
    /// See [`DeviceLost`].
    #[error(transparent)]
    Lost(#[from] DeviceLost),
}

/// Why an operation on a session was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SessionError {
    /// No session has this handle (any more).
    #[error("no session {0:?}")]
    Stale(SessionHandle),
    /// The session is not in a state for this.
    #[error("session {handle:?} is {state:?}")]
    State {
        /// Which session.
        handle: SessionHandle,
        /// Where it is.
        state: crate::session::SessionState,
    },
    /// The application has closed its direction.
    #[error("session {0:?} is closed for sending")]
    Closed(SessionHandle),
    /// Bytes outside the ring's present window.
    #[error("sequence range is not in the ring of session {0:?}")]
    NotInRing(SessionHandle),
    /// See [`DeviceLost`].
    #[error(transparent)]
    Lost(#[from] DeviceLost),
}

/// Why no session slot was reserved.
#[derive(Debug, Error)]
pub enum ReserveError {
    /// All slots of the engine are in use.
    #[error("all session slots are in use")]
    TableFull,
    /// A ring size is no power of two between 4 KiB and 1 GiB.
    #[error("ring of {0} bytes: sizes are powers of two from 4 KiB to 1 GiB")]
    BadRing(u32),
    /// No such queue pair.
    #[error("no queue pair {0}")]
    BadQueue(u16),
    /// No more ring memory: the limit of the options, or the transport's.
    #[error("no ring memory: {0}")]
    NoMemory(String),
    /// See [`DeviceLost`].
    #[error(transparent)]
    Lost(#[from] DeviceLost),
}

/// Why a command was not given to the firmware.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SubmitError {
    /// Too many commands are in flight; a later [`poll`](crate::Driver::poll) makes room.
    #[error("the admin queue is full")]
    WouldBlock,
    /// The session does not allow it.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// Sequence numbers of the image contradict each other or the rings.
    #[error("bad session image: {0}")]
    BadImage(&'static str),
    /// An index is outside the device's table.
    #[error("no {what} {index}")]
    BadIndex {
        /// Which table.
        what: &'static str,
        /// The index.
        index: u32,
    },
    /// See [`DeviceLost`].
    #[error(transparent)]
    Lost(#[from] DeviceLost),
}

/// Why a command failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AdminError {
    /// The firmware refused.
    #[error("refused: {status} (detail {detail:#x})")]
    Refused {
        /// Its reason.
        status: AdminStatus,
        /// For [`AdminStatus::BadField`]: byte offset of the field in the image or entry.
        detail: u16,
    },
    /// No completion came in time. What the device did is not known; the session slot stays out of use until a reset.
    #[error("no completion within the time-out")]
    TimedOut,
    /// The completion contradicts the command or itself.
    #[error("bad completion: {0}")]
    BadCompletion(&'static str),
    /// See [`DeviceLost`].
    #[error(transparent)]
    Lost(#[from] DeviceLost),
}

/// Something the device wrote that cannot be true, or a fault that it reports. None of these is fatal by itself:
/// the record is ignored and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// A record of a kind that does not exist.
    #[error("queue {qp}: event of unknown kind {kind}")]
    UnknownEvent {
        /// Queue pair.
        qp: u16,
        /// The kind's value.
        kind: u8,
    },
    /// A field of an event has a value without meaning.
    #[error("queue {qp}: bad event: {field} = {value}")]
    BadEvent {
        /// Queue pair.
        qp: u16,
        /// Which field.
        field: &'static str,
        /// Its value.
        value: u32,
    },
    /// Half of an event of the TIME_WAIT table without the other.
    #[error("queue {qp}: half of a TIME_WAIT event without the other")]
    HalfEvent {
        /// Queue pair.
        qp: u16,
    },
    /// A receive event names a slot that the device does not own.
    #[error("queue {qp}: receive slot {slot} is not the device's ({expected} expected)")]
    BadRxSlot {
        /// Queue pair.
        qp: u16,
        /// Count in the event.
        slot: u32,
        /// Count that was due.
        expected: u32,
    },
    /// A transmit event moves the head beyond what was sent, or back.
    #[error("queue {qp}: transmit head {head} is outside {low}..={high}")]
    BadTxHead {
        /// Queue pair.
        qp: u16,
        /// Head in the event.
        head: u32,
        /// Head before.
        low: u32,
        /// Tail.
        high: u32,
    },
    /// A session event acknowledges bytes that were never given to the engine.
    #[error("session {handle:?}: snd_una {snd_una} is outside {low}..={high}")]
    BadSndUna {
        /// Session.
        handle: SessionHandle,
        /// In the event.
        snd_una: u32,
        /// Before.
        low: u32,
        /// End of the data (and FIN) given.
        high: u32,
    },
    /// A session event announces bytes outside the receive ring.
    #[error("session {handle:?}: rcv_nxt {rcv_nxt} is outside {low}..={high}")]
    BadRcvNxt {
        /// Session.
        handle: SessionHandle,
        /// In the event.
        rcv_nxt: u32,
        /// Before.
        low: u32,
        /// End of the ring.
        high: u32,
    },
    /// A completion that belongs to no command (any more).
    #[error("admin completion with unknown cookie {cookie:#x}")]
    UnknownCookie {
        /// Its cookie.
        cookie: u32,
    },
    /// The image that the firmware wrote contradicts the session.
    #[error("session {handle:?}: bad image: {what}")]
    BadImage {
        /// Session.
        handle: SessionHandle,
        /// What is wrong.
        what: &'static str,
    },
    /// The device reports a fault of its own.
    #[error("the device reports {what} at {addr:#x} (handle {handle:?}, info {info:#x})")]
    Reported {
        /// Which.
        what: toe_abi::Fault,
        /// Session concerned, where one is.
        handle: SessionHandle,
        /// Address concerned, where one is.
        addr: u64,
        /// More of it.
        info: u32,
    },
    /// An event could not be written: what it said is not known, and its ring goes no further.
    #[error(
        "events of queue pairs {queue_pairs:#x} (a bit each) are lost: memory that the device cannot reach, reset it"
    )]
    EventsLost {
        /// A bit a queue pair.
        queue_pairs: u32,
    },
    /// The driver computed an offset outside its own memory: a defect here, contained.
    #[error("internal: {0}")]
    Internal(OutOfBounds),
}
