// SPDX-License-Identifier: Apache-2.0
//! Scripts, and what the driver has promised.

use crate::liar::{Liar, Lie, Lies};
use arbitrary::{Arbitrary, Unstructured};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use toe_abi::{AdminOpcode, SessionImage, SessionKey, TcpState};
use toe_driver::{
    Driver, DriverEvent, Fault, NextHop, Options, SessionEvent, SessionHandle, SessionSpec,
    SessionState, TxFrame, TxOffload,
};
use toe_model::{Model, ModelConfig};
use toe_testkit::{InProcess, SharedWorld};
use toe_world::World;

/// One step of a script.
#[derive(Arbitrary, Clone, Debug)]
pub enum Op {
    /// A lie.
    Lie(Lie),
    /// Reserves a session and gives it to the engine.
    Install {
        /// log2 of its rings, above 4 KiB.
        ring: u8,
        /// Where its sequence numbers begin.
        seq: u32,
    },
    /// Writes to a session.
    Write(u8, u16),
    /// Reads from a session.
    Read(u8, u16),
    /// Copies out of the rings of a session, wherever.
    Copy(u8, u32, u16),
    /// Closes, aborts, kicks, orphans.
    Close(u8, u8),
    /// Takes it back.
    Evict(u8),
    /// Looks at it.
    Snapshot(u8),
    /// Sets something of it.
    Set(u8, u32),
    /// Lets it go.
    Release(u8),
    /// A frame out.
    Send(u16, bool),
    /// Frames in.
    Receive,
    /// A command of its own.
    Admin(u8, u32, [u32; 8]),
    /// A next-hop slot.
    Hop(u16),
    /// All counters.
    Stats,
    /// Signs of life.
    Check,
    /// Waits for an interrupt.
    Wait(u8),
    /// Function-level reset.
    Reset,
    /// Time passes, µs times 16.
    Pass(u8),
}

/// Steps.
#[derive(Clone, Debug)]
pub struct Script(pub Vec<Op>);

/// Longest script that is played.
const STEPS: usize = 150;

impl Script {
    /// Any bytes are a script.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let mut source = Unstructured::new(bytes);
        let mut steps = Vec::new();
        while !source.is_empty() && steps.len() < STEPS {
            match Op::arbitrary(&mut source) {
                Ok(op) => steps.push(op),
                Err(_) => break,
            }
        }
        Self(steps)
    }
}

/// The driver broke its word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding(pub String);

fn promise(holds: bool, what: impl FnOnce() -> String) -> Result<(), Finding> {
    if holds { Ok(()) } else { Err(Finding(what())) }
}

struct Game {
    world: SharedWorld<Liar>,
    lies: Arc<Mutex<Lies>>,
    driver: Driver,
    sessions: Vec<(SessionHandle, u32)>,
    /// What has happened, without the numbers: tells scripts apart.
    seen: BTreeSet<String>,
    lost: u32,
    resets: u32,
}

fn image(seq: u32, ring: u32) -> SessionImage {
    let (una, nxt) = (seq, seq ^ 0x5555_0000);
    SessionImage {
        state: TcpState::Established,
        tw_class: toe_abi::MslClass::Remote,
        laddr: [u32::from_le_bytes([10, 0, 0, 1]), 0, 0, 0],
        raddr: [u32::from_le_bytes([10, 0, 0, 2]), 0, 0, 0],
        nexthop: 1,
        snd_mss: 1448,
        peer_mss: 1460,
        ttl: 64,
        iss: una.wrapping_sub(1),
        snd_una: una,
        snd_nxt: una,
        snd_max: una,
        snd_end: una,
        snd_wnd: 65_535,
        snd_wl1: nxt,
        snd_wl2: una,
        max_snd_wnd: 65_535,
        cwnd: 14_480,
        ssthresh: 1 << 30,
        recover: una,
        high_rxt: una,
        rescue_rxt: una,
        rto_us: 1_000_000,
        irs: nxt.wrapping_sub(1),
        rcv_nxt: nxt,
        rcv_adv: nxt.wrapping_add(ring),
        rcv_read: nxt,
        last_ack_sent: nxt,
        ..SessionImage::default()
    }
}

/// `Some(Fault(BadRxSlot { …` becomes `Fault(BadRxSlot`.
fn shape(event: &DriverEvent) -> String {
    let text = format!("{event:?}");
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 2);
    words.take(5).collect::<Vec<_>>().join(" ")
}

impl Game {
    fn new() -> Result<Self, Finding> {
        let (device, lies) = Liar::new(Model::new(ModelConfig::SMALL));
        let world = World::builder(device).seed(1).build();
        let world = SharedWorld::new(world.map_err(|e| Finding(e.to_string()))?);
        let options = Options {
            evq_log2: Liar::EVQ_LOG2,
            admin_log2: Liar::ADMIN_LOG2,
            txq_log2: 4,
            bmq_log2: 4,
            rxr_log2: 3,
            ring_chunk: 1 << 16,
            rss_key: Some(toe_driver::PUBLISHED_RSS_KEY),
            admin_timeout_us: 20_000,
            ..Options::default()
        };
        let driver = Driver::open(InProcess::new(world.clone()), &options)
            .map_err(|e| Finding(format!("an honest device does not open: {e}")))?;
        Ok(Self {
            world,
            lies,
            driver,
            sessions: Vec::new(),
            seen: BTreeSet::new(),
            lost: 0,
            resets: 0,
        })
    }

    fn lies<R>(&self, f: impl FnOnce(&mut Lies) -> R) -> R {
        f(&mut self.lies.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn pass(&mut self, us: u64) -> Result<(), Finding> {
        let result = self.world.lock().run_for(toe_device::Micros(us));
        // The model itself must stand whatever the host is told; a world that stalls is quiet.
        match result {
            Err(toe_world::WorldError::DeviceFailed { message, .. }) => Err(Finding(message)),
            _ => Ok(()),
        }
    }

    fn session(&self, index: u8) -> Option<(SessionHandle, u32)> {
        (!self.sessions.is_empty()).then(|| self.sessions[usize::from(index) % self.sessions.len()])
    }

    fn poll(&mut self) -> Result<(), Finding> {
        let now = toe_driver::Micros(self.world.lock().now().0);
        let polled = self.driver.poll(now);
        promise(polled.is_ok() || self.driver.is_lost(), || "an error, but not lost".into())?;
        while let Some(event) = self.driver.next_event() {
            self.seen.insert(shape(&event));
            match event {
                DriverEvent::Fault(Fault::Internal(e)) => {
                    return Err(Finding(format!("an offset outside of its own memory: {e}")));
                }
                DriverEvent::DeviceLost => self.lost += 1,
                DriverEvent::Session { handle, event: SessionEvent::Evicted(image) } => {
                    // An image that the driver passes on agrees with the rings.
                    if let Ok(info) = self.driver.session_info(handle) {
                        let ahead = info.snd_end.wrapping_sub(image.snd_una);
                        promise(ahead <= 1 << 21, || format!("image beyond the ring: {image:?}"))?;
                    }
                }
                _ => {}
            }
        }
        promise(self.lost <= self.resets + 1, || format!("lost {} times", self.lost))?;
        for (handle, ring) in &self.sessions {
            let Ok(info) = self.driver.session_info(*handle) else { continue };
            // One more for a FIN.
            let sent = info.snd_end.wrapping_sub(info.snd_una);
            let received = info.rcv_nxt.wrapping_sub(info.rcv_read);
            promise(sent <= ring + 1 && received <= ring + 1, || {
                format!("session outside of its rings of {ring}: {info:?}")
            })?;
            promise(info.readable <= *ring && info.writable <= *ring, || format!("{info:?}"))?;
        }
        Ok(())
    }

    fn install(&mut self, ring: u8, seq: u32) -> Option<SessionHandle> {
        let ring = 4096_u32 << (ring % 4);
        let image = image(seq, ring);
        let spec = SessionSpec {
            queue_pair: 0,
            tx_ring: ring,
            rx_ring: ring,
            tx_seq0: image.snd_una,
            rx_seq0: image.rcv_read,
        };
        let handle = self.driver.session_reserve(&spec).ok()?.handle;
        let mut image = image;
        image.lport = 1024 + handle.slot();
        image.rport = 1 + handle.generation() % 60_000;
        self.lies(|lies| lies.handle = handle.raw());
        self.sessions.push((handle, ring));
        self.driver.session_install(handle, &image).ok()?;
        Some(handle)
    }

    /// Every call may fail, with whatever error it has; none may panic.
    fn step(&mut self, op: Op) -> Result<(), Finding> {
        match op {
            Op::Lie(lie) => self.lies(|lies| lies.tell(lie)),
            Op::Install { ring, seq } => {
                let _ = self.install(ring, seq);
            }
            Op::Pass(n) => self.pass(u64::from(n) * 16)?,
            Op::Reset => {
                self.resets += 1;
                let result = self.driver.reset();
                promise(result.is_ok() || self.driver.is_lost(), || "half reset".into())?;
                self.sessions.retain(|(handle, _)| self.driver.session_info(*handle).is_ok());
            }
            Op::Send(len, inject) => {
                let bytes = vec![0x5a; usize::from(len % 2048)];
                let offload = TxOffload { inject, ..TxOffload::default() };
                let _ = self.driver.nic_send(0, &TxFrame { bytes: &bytes, offload });
            }
            Op::Receive => {
                while let Some(frame) = self.driver.nic_recv(0) {
                    // A receive slot is the power of two that holds a frame.
                    let slot = (self.driver.info().max_frame as usize).next_power_of_two();
                    let len = frame.bytes.len();
                    promise(len <= slot && usize::from(frame.info.len) == len, || {
                        format!("a frame of {len} bytes: {:?}", frame.info)
                    })?;
                }
            }
            Op::Admin(opcode, value, data) => {
                let all = [
                    AdminOpcode::Nop,
                    AdminOpcode::Stats,
                    AdminOpcode::TwInsert,
                    AdminOpcode::TwLookup,
                    AdminOpcode::TwDelete,
                    AdminOpcode::TwFlush,
                    AdminOpcode::TwWalk,
                ];
                let opcode = all[usize::from(opcode) % all.len()];
                let _ = self.driver.admin(opcode, 0, value, data);
            }
            Op::Hop(index) => {
                let hop = NextHop { valid: true, mtu: 1500, ..NextHop::default() };
                let _ = self.driver.nexthop_set(index, &hop);
            }
            Op::Stats => drop(self.driver.stats()),
            Op::Check => drop(self.driver.check()),
            Op::Wait(ms) => drop(self.driver.wait(u64::from(ms % 4) * 1_000)),
            Op::Write(..)
            | Op::Read(..)
            | Op::Copy(..)
            | Op::Close(..)
            | Op::Evict(_)
            | Op::Snapshot(_)
            | Op::Set(..)
            | Op::Release(_) => self.session_step(&op)?,
        }
        self.poll()
    }

    fn session_step(&mut self, op: &Op) -> Result<(), Finding> {
        let (Op::Write(n, _)
        | Op::Read(n, _)
        | Op::Copy(n, ..)
        | Op::Close(n, _)
        | Op::Evict(n)
        | Op::Snapshot(n)
        | Op::Set(n, _)
        | Op::Release(n)) = op
        else {
            return Ok(());
        };
        let Some((handle, ring)) = self.session(*n) else { return Ok(()) };
        let driver = &mut self.driver;
        match *op {
            Op::Write(_, len) => {
                let bytes = vec![7; usize::from(len)];
                if let Ok(n) = driver.session_write(handle, &bytes) {
                    promise(n <= bytes.len() && n <= ring as usize, || format!("wrote {n}"))?;
                }
            }
            Op::Read(_, len) => {
                let mut bytes = vec![0; usize::from(len)];
                if let Ok(n) = driver.session_read(handle, &mut bytes) {
                    promise(n <= bytes.len() && n <= ring as usize, || format!("read {n}"))?;
                }
            }
            Op::Copy(_, seq, len) => {
                let mut bytes = vec![0; usize::from(len)];
                let _ = driver.session_tx_copy(handle, seq, &mut bytes);
                let _ = driver.session_rx_copy(handle, seq, &mut bytes);
            }
            Op::Close(_, how) => drop(match how % 4 {
                0 => driver.session_close(handle),
                1 => driver.session_abort(handle),
                2 => driver.session_kick(handle),
                _ => driver.session_orphan(handle),
            }),
            Op::Evict(_) => drop(driver.session_evict(handle)),
            Op::Snapshot(_) => drop(driver.session_snapshot(handle)),
            Op::Set(_, value) => drop(driver.session_set(handle, SessionKey::CcAlgo, value)),
            Op::Release(_) if driver.session_release(handle).is_ok() => {
                self.sessions.retain(|(other, _)| *other != handle);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whatever was told: nothing waits for ever, and the truth works again after a reset.
    fn end(&mut self) -> Result<(), Finding> {
        for _ in 0..4 {
            self.pass(10_000)?;
            self.poll()?;
        }
        let left = self.driver.commands_in_flight();
        promise(left == 0 || self.driver.is_lost(), || format!("{left} commands have no end"))?;
        self.lies(Lies::stop);
        self.resets += 1;
        self.driver.reset().map_err(|e| Finding(format!("no reset with the truth: {e}")))?;
        let states = self.sessions.iter().filter_map(|(h, _)| self.driver.session_info(*h).ok());
        for info in states {
            let known = matches!(
                info.state,
                SessionState::Lost
                    | SessionState::Closed(_)
                    | SessionState::Evicted
                    | SessionState::Reserved
            );
            promise(known, || format!("a session survives a reset: {info:?}"))?;
        }
        while self.driver.next_event().is_some() {}
        for (handle, _) in std::mem::take(&mut self.sessions) {
            let _ = self.driver.session_release(handle);
        }
        let hop = NextHop { valid: true, mtu: 1500, ..NextHop::default() };
        self.driver.nexthop_set(1, &hop).map_err(|e| Finding(format!("after a reset: {e}")))?;
        let handle = self.install(0, 1_000).ok_or(Finding("no session after a reset".into()))?;
        for _ in 0..20 {
            self.pass(1_000)?;
            self.poll()?;
            if self.driver.session_info(handle).is_ok_and(|i| i.state == SessionState::Active) {
                return Ok(());
            }
        }
        Err(Finding(format!("no session with the truth: {:?}", self.driver.session_info(handle))))
    }
}

/// Plays a script; gives what happened in it, in words.
///
/// # Errors
/// A [`Finding`].
pub fn run(script: &Script) -> Result<BTreeSet<String>, Finding> {
    let mut game = Game::new()?;
    for op in &script.0 {
        game.step(op.clone())?;
    }
    game.end()?;
    Ok(game.seen)
}
