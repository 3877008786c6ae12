// SPDX-License-Identifier: Apache-2.0
//! The clock loop: all bus functional models around one model.

use crate::axi::{Reads, Writes};
use crate::top::{RxBeat, Top};
use std::collections::VecDeque;
use std::path::Path;
use toe_device::{Device, Frame, HostBus, Identity, Idle, Micros};
use verilated::Model;

/// Probability, in 1/256 per clock, that a side does not move although it could. 0 means full speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stalls {
    /// AXI read addresses not accepted.
    pub axi_ar: u8,
    /// AXI read data not offered.
    pub axi_r: u8,
    /// AXI write addresses and data not accepted, answers not offered.
    pub axi_w: u8,
    /// Received beats not offered.
    pub rx: u8,
    /// Sent beats not taken.
    pub tx: u8,
    /// Interrupts not taken.
    pub irq: u8,
}

impl Stalls {
    /// Every side stalls in about one clock of four.
    pub const SOME: Self = Self { axi_ar: 64, axi_r: 64, axi_w: 64, rx: 64, tx: 64, irq: 64 };

    const fn any(&self) -> bool {
        (self.axi_ar | self.axi_r | self.axi_w | self.rx | self.tx | self.irq) != 0
    }
}

/// How an engine is set up.
#[derive(Clone, Debug)]
pub struct EngineConfig {
    /// What the PCI function says.
    pub identity: Identity,
    /// Random stalls.
    pub stalls: Stalls,
    /// Decides the stalls.
    pub seed: u64,
}

/// Bytes of BAR0: the 16 address bits of the register bus.
const BAR0_SIZE: u32 = 0x1_0000;
const VENDOR_ID: u16 = 0x1234;
const DEVICE_ID: u16 = 0x70e1;

impl EngineConfig {
    /// Full speed.
    #[must_use]
    pub fn new(name: &str, vectors: u16, seed: u64) -> Self {
        let identity = Identity {
            name: name.to_owned(),
            bar0_size: BAR0_SIZE,
            vectors,
            vendor_id: VENDOR_ID,
            device_id: DEVICE_ID,
            revision: 0,
        };
        Self { identity, stalls: Stalls::default(), seed }
    }
}

/// What passed the ports so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Clocks, reset included.
    pub cycles: u64,
    /// AXI read bursts and beats.
    pub read_bursts: u64,
    /// Beats.
    pub read_beats: u64,
    /// AXI write bursts and beats.
    pub write_bursts: u64,
    /// Beats.
    pub write_beats: u64,
    /// Beats of received frames.
    pub rx_beats: u64,
    /// Beats of sent frames.
    pub tx_beats: u64,
    /// Interrupts.
    pub interrupts: u64,
}

/// Clocks for which a model must say it is idle before time may jump: a register write or a frame may take some clocks
/// until the blocks behind see it.
const SETTLE: u32 = 32;
/// A register read is given up after this many clocks: all ones, as on a bus whose target is gone.
const READ_TIMEOUT: u32 = 20_000;
/// Clocks in reset.
const RESET_CLOCKS: u32 = 16;
/// Largest frame taken from the device; more is a failure.
const MAX_FRAME: usize = 16_384;

/// A Verilated model with the ports of `toe_top`, as a device.
pub struct Engine<T: Top> {
    model: Model<T>,
    config: EngineConfig,
    failure: Option<String>,
    counts: Counts,
    time: u64,
    /// Clocks since something last happened.
    quiet: u32,
    noise: u64,
    // AXI4-Lite
    writes: VecDeque<(u32, u32)>,
    aw_done: bool,
    w_done: bool,
    read: ReadState,
    // AXI4
    axi_reads: Reads,
    axi_writes: Writes,
    // MAC
    rx: Option<(Frame, usize)>,
    rx_beat: Vec<u8>,
    tx: Vec<u8>,
    tx_beat: Vec<u8>,
    /// The design has been through a reset: its state is no longer random.
    powered: bool,
    /// A beat is being offered: it must stay until taken.
    rx_offered: bool,
    r_offered: bool,
    b_offered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReadState {
    None,
    Address(u32),
    Data,
    Done(u32),
}

impl<T: Top> std::fmt::Debug for Engine<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("config", &self.config)
            .field("counts", &self.counts)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

impl<T: Top> Engine<T> {
    /// An engine in reset; [`Device::reset`] starts it.
    pub fn new(model: Model<T>, config: EngineConfig) -> Self {
        let noise = config.seed | 1;
        let mut engine = Self {
            model,
            config,
            failure: None,
            counts: Counts::default(),
            time: 0,
            quiet: 0,
            noise,
            writes: VecDeque::new(),
            aw_done: false,
            w_done: false,
            read: ReadState::None,
            axi_reads: Reads::new(T::BYTES),
            axi_writes: Writes::new(T::BYTES),
            rx: None,
            rx_beat: vec![0; T::BYTES],
            tx: Vec::with_capacity(MAX_FRAME),
            tx_beat: vec![0; T::BYTES],
            powered: false,
            rx_offered: false,
            r_offered: false,
            b_offered: false,
        };
        engine.reset();
        engine
    }

    /// Sets random stalls.
    pub fn set_stalls(&mut self, stalls: Stalls) {
        self.config.stalls = stalls;
    }

    /// What passed the ports so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model<T> {
        &self.model
    }

    /// What the design printed since the last call.
    pub fn take_log(&mut self) -> String {
        self.model.take_log()
    }

    /// Starts writing an FST waveform (feature `trace`).
    pub fn open_trace(&mut self, path: &Path) -> Result<(), verilated::TraceError> {
        self.model.open_trace(path)
    }

    /// Ends the waveform.
    pub fn close_trace(&mut self) {
        self.model.close_trace();
    }

    fn fail(&mut self, message: String) {
        self.failure.get_or_insert(message);
    }

    /// Rolls for a stall. Rolls nothing at probability 0.
    #[inline(always)]
    fn stall(&mut self, probability: u8) -> bool {
        if probability == 0 {
            return false;
        }
        // xorshift64*: cheap, and only has to look random.
        self.noise ^= self.noise >> 12;
        self.noise ^= self.noise << 25;
        self.noise ^= self.noise >> 27;
        let roll = self.noise.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 56;
        roll < u64::from(probability)
    }

    #[inline(always)]
    fn eval(&mut self) -> bool {
        let result = self.model.eval(self.time).map_err(|e| e.message.clone());
        self.time += 1;
        match result {
            Ok(()) => true,
            Err(message) => {
                self.fail(message);
                false
            }
        }
    }

    /// One clock. False after a failure.
    #[inline]
    fn clock(&mut self, bus: &mut dyn HostBus) -> bool {
        let mut active = false;
        if let Err(message) = self.axi_reads.collect(bus) {
            self.fail(message);
            return false;
        }
        if self.rx.is_none()
            && let Some(frame) = bus.receive()
            && !frame.bytes.is_empty()
        {
            self.rx = Some((frame, 0));
        }

        // Drive while the clock is low. An offer stands until it is taken; stalls only delay new ones.
        let stalls = if self.config.stalls.any() { self.config.stalls } else { Stalls::default() };
        let write = self.writes.front().copied();
        self.model.set_clk(false);
        self.model.set_now(bus.now().0);
        self.model.set_axil_aw(write.filter(|_| !self.aw_done).map(|w| w.0));
        self.model.set_axil_w(write.filter(|_| !self.w_done).map(|w| w.1));
        self.model.set_axil_ready(true, true);
        let ar = match self.read {
            ReadState::Address(offset) => Some(offset),
            ReadState::None | ReadState::Data | ReadState::Done(_) => None,
        };
        self.model.set_axil_ar(ar);

        let ar_ready = self.axi_reads.can_accept() && !self.stall(stalls.axi_ar);
        let aw_ready = self.axi_writes.can_accept() && !self.stall(stalls.axi_w);
        let w_ready =
            self.axi_writes.can_take_data() && bus.dma_write_ready(64) && !self.stall(stalls.axi_w);
        self.model.set_axi_ready(ar_ready, aw_ready, w_ready);

        let offer_r = self.r_offered || (!self.axi_reads.is_empty() && !self.stall(stalls.axi_r));
        if offer_r {
            let (beat, data) = self.axi_reads.beat();
            self.r_offered = beat.is_some();
            self.model.set_axi_r(beat, data);
        } else {
            self.model.set_axi_r(None, &[]);
        }

        let answer = self.axi_writes.answer();
        self.b_offered = answer.is_some() && (self.b_offered || !self.stall(stalls.axi_w));
        self.model.set_axi_b(answer.filter(|_| self.b_offered));

        self.rx_offered = self.rx.is_some() && (self.rx_offered || !self.stall(stalls.rx));
        let mut rx_len = 0;
        match &self.rx {
            Some((frame, at)) if self.rx_offered => {
                let rest = &frame.bytes[*at..];
                rx_len = rest.len().min(T::BYTES);
                self.rx_beat[..rx_len].copy_from_slice(&rest[..rx_len]);
                self.rx_beat[rx_len..].fill(0);
                let last = rest.len() <= T::BYTES;
                let keep = if rx_len == 64 { u64::MAX } else { (1 << rx_len) - 1 };
                let beat = RxBeat { keep, last, bad: last && frame.error };
                self.model.set_rx(Some(beat), &self.rx_beat);
            }
            _ => self.model.set_rx(None, &[]),
        }

        // The wire's rate holds back the start of a frame only.
        let tx_ready = (!self.tx.is_empty() || bus.transmit_ready()) && !self.stall(stalls.tx);
        self.model.set_tx_ready(tx_ready);
        let irq_ready = !self.stall(stalls.irq);
        self.model.set_irq_ready(irq_ready);

        if !self.eval() {
            return false;
        }

        // Sample what the rising edge will see.
        let aw_fire = write.is_some() && !self.aw_done && self.model.axil_aw_ready();
        let w_fire = write.is_some() && !self.w_done && self.model.axil_w_ready();
        let axil_b = self.model.axil_b_valid();
        let ar_fire = ar.is_some() && self.model.axil_ar_ready();
        let axil_r = self.model.axil_r();
        let read_address = if ar_ready { self.model.axi_ar() } else { None };
        let write_address = if aw_ready { self.model.axi_aw() } else { None };
        let write_data = if w_ready { self.model.axi_w() } else { None };
        let r_fire = self.r_offered && self.model.axi_r_ready();
        let b_fire = self.b_offered && self.model.axi_b_ready();
        let rx_fire = self.rx_offered && self.model.rx_ready();
        let tx_beat = if tx_ready { self.model.tx() } else { None };
        let irq = if irq_ready { self.model.irq() } else { None };

        // What leaves the device is looked at before the edge changes it.
        let mut breach = None;
        if let Some(beat) = write_data {
            active = true;
            self.counts.write_beats += 1;
            let ports = &*self.model;
            breach = self.axi_writes.data(beat, |data| ports.axi_w_data(data), bus).err();
        }
        if let Some(beat) = tx_beat {
            active = true;
            self.counts.tx_beats += 1;
            breach = breach.or(self.sent(beat.keep, beat.last, bus).err());
        }

        self.model.set_clk(true);
        if !self.eval() {
            return false;
        }
        self.counts.cycles += 1;

        if let Some(address) = read_address {
            active = true;
            self.counts.read_bursts += 1;
            breach = breach.or(self.axi_reads.accept(address, bus).err());
        }
        if let Some(address) = write_address {
            active = true;
            self.counts.write_bursts += 1;
            breach = breach.or(self.axi_writes.accept(address).err());
        }
        if r_fire {
            active = true;
            self.counts.read_beats += 1;
            self.axi_reads.taken();
            self.r_offered = false;
        }
        if b_fire {
            active = true;
            self.axi_writes.answered();
            self.b_offered = false;
        }
        if rx_fire {
            active = true;
            self.counts.rx_beats += 1;
            self.rx_offered = false;
            if let Some((frame, at)) = &mut self.rx {
                *at += rx_len;
                if *at >= frame.bytes.len() {
                    self.rx = None;
                }
            }
        }
        if let Some(vector) = irq {
            active = true;
            self.counts.interrupts += 1;
            bus.interrupt(vector);
        }
        if write.is_some() || self.read != ReadState::None {
            active = true;
            self.register_bus(aw_fire, w_fire, axil_b, ar_fire, axil_r);
        }
        if let Some(message) = breach {
            self.fail(message);
            return false;
        }
        if active || !self.model.idle() {
            self.quiet = 0;
        } else {
            self.quiet = self.quiet.saturating_add(1);
        }
        bus.tick();
        true
    }

    fn register_bus(&mut self, aw: bool, w: bool, b: bool, ar: bool, r: Option<u32>) {
        self.aw_done |= aw;
        self.w_done |= w;
        if b && self.aw_done && self.w_done && !(aw || w) {
            self.writes.pop_front();
            (self.aw_done, self.w_done) = (false, false);
        }
        match (self.read, r) {
            (ReadState::Address(_), _) if ar => self.read = ReadState::Data,
            (ReadState::Data, Some(value)) => self.read = ReadState::Done(value),
            _ => {}
        }
    }

    /// A beat of a frame from the device.
    fn sent(&mut self, keep: u64, last: bool, bus: &mut dyn HostBus) -> Result<(), String> {
        let bytes = usize::try_from(keep.trailing_ones()).unwrap_or(64).min(T::BYTES);
        let whole = if T::BYTES == 64 { u64::MAX } else { (1 << T::BYTES) - 1 };
        let contiguous = if bytes == 64 { u64::MAX } else { (1 << bytes) - 1 };
        if keep & whole != contiguous || bytes == 0 || (!last && bytes != T::BYTES) {
            return Err(format!("m_axis_tx_tkeep {keep:#x} is not a run of bytes (last: {last})"));
        }
        self.model.tx_data(&mut self.tx_beat);
        self.tx.extend_from_slice(&self.tx_beat[..bytes]);
        if self.tx.len() > MAX_FRAME {
            return Err(format!("a frame of more than {MAX_FRAME} bytes leaves the device"));
        }
        if last {
            bus.transmit(&self.tx);
            self.tx.clear();
        }
        Ok(())
    }

    fn external_work(&self) -> bool {
        !self.writes.is_empty()
            || self.read != ReadState::None
            || !self.axi_reads.is_empty()
            || !self.axi_writes.is_empty()
            || self.rx.is_some()
            || !self.tx.is_empty()
    }

    fn is_quiet(&self) -> bool {
        self.quiet >= SETTLE && !self.external_work()
    }
}

impl<T: Top> Device for Engine<T> {
    fn identity(&self) -> Identity {
        self.config.identity.clone()
    }

    fn reset(&mut self) {
        self.writes.clear();
        (self.aw_done, self.w_done) = (false, false);
        self.read = ReadState::None;
        self.axi_reads.reset();
        self.axi_writes.reset();
        self.rx = None;
        self.tx.clear();
        (self.rx_offered, self.r_offered, self.b_offered) = (false, false, false);
        self.quiet = 0;
        let model = &self.model;
        model.set_rst_n(false);
        model.set_axil_aw(None);
        model.set_axil_w(None);
        model.set_axil_ar(None);
        model.set_axil_ready(false, false);
        model.set_axi_ready(false, false, false);
        model.set_axi_r(None, &[]);
        model.set_axi_b(None);
        model.set_rx(None, &[]);
        model.set_tx_ready(false);
        model.set_irq_ready(false);
        for clock in 0..RESET_CLOCKS {
            // At power-on, registers and the resets made from them are random until the reset has reached them.
            self.model.set_assertions(self.powered || clock >= RESET_CLOCKS / 2);
            for high in [false, true] {
                self.model.set_clk(high);
                if !self.eval() {
                    return;
                }
            }
            self.counts.cycles += 1;
        }
        self.powered = true;
        // Released while the clock is low, with the next clock.
        self.model.set_rst_n(true);
    }

    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        if self.failure.is_some() {
            return u32::MAX;
        }
        for _ in 0..READ_TIMEOUT {
            if self.read == ReadState::None && self.writes.is_empty() {
                self.read = ReadState::Address(offset);
            }
            if !self.clock(bus) {
                return u32::MAX;
            }
            if let ReadState::Done(value) = self.read {
                self.read = ReadState::None;
                return value;
            }
        }
        // Whatever comes later is not for this read: an answer is ignored while no read is waiting.
        self.read = ReadState::None;
        u32::MAX
    }

    fn bar_write(&mut self, offset: u32, value: u32) {
        self.writes.push_back((offset, value));
        self.quiet = 0;
    }

    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        if self.failure.is_some() {
            return 0;
        }
        // Called although quiet: a frame or a deadline is there; the design gets time to notice.
        if self.is_quiet() {
            self.quiet = 0;
        }
        let mut ran = 0;
        while ran < cycles {
            if !self.clock(bus) {
                return ran;
            }
            ran += 1;
            if bus.stop() || self.is_quiet() {
                break;
            }
        }
        ran
    }

    fn idle(&self) -> Idle {
        if self.failure.is_none() && self.is_quiet() {
            Idle::Quiet { deadline: self.model.next_deadline().map(Micros) }
        } else {
            Idle::Busy
        }
    }

    fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }
}
