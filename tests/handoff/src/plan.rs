// SPDX-License-Identifier: Apache-2.0
//! What a seed means.

use toe_api::TcpOptions;
use toe_model::ModelConfig;
use toe_testkit::{Kind, SceneConfig};
use toe_world::{Behaviour, Close, Dice, Direction, WireProfile};

/// Streams of randomness, so that one more roll for one purpose does not change another.
const SETUP: u64 = 0x6861_6e64;
pub(crate) const MOVES: u64 = 0x6d6f_7665;

/// One session.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    /// IPv6.
    pub ipv6: bool,
    /// We connect; otherwise the peer does.
    pub we_connect: bool,
    /// Bytes that we send.
    pub out: u64,
    /// Bytes that the peer sends.
    pub back: u64,
    /// Our socket.
    pub options: TcpOptions,
    /// What the peer's program does.
    pub behaviour: Behaviour,
    /// We close as soon as everything is written; otherwise after the peer.
    pub we_close: bool,
}

/// One iteration.
#[derive(Clone, Debug)]
pub struct Plan {
    /// World and hosts.
    pub scene: SceneConfig,
    /// Its sessions.
    pub talks: Vec<Talk>,
    /// Chance of a move at each look, in 1/1000.
    pub restless: u64,
    /// Moves a session makes at most: who moves more than once a round trip never gets anywhere.
    pub moves: u32,
    /// Routes, neighbours and rules change too.
    pub unsteady: bool,
}

impl Plan {
    /// What this seed means on this device.
    #[must_use]
    pub fn new(kind: Kind, seed: u64) -> Self {
        let mut dice = Dice::new(seed, SETUP);
        let kind = match kind {
            Kind::Model => {
                let command_clocks = [0, 200, 2_000, 20_000];
                let command_clocks = command_clocks[usize::try_from(dice.below(4)).unwrap_or(0)];
                Kind::ModelWith(ModelConfig { command_clocks, ..ModelConfig::SMALL })
            }
            other => other,
        };
        let mut scene = SceneConfig::new(crate::NAME, kind).seed(seed);
        scene.wire = WireProfile { to_peer: direction(&mut dice), to_device: direction(&mut dice) };
        scene.quantum = u32::try_from(64 << dice.below(3)).unwrap_or(64);
        scene.node.driver.queue_pairs = 1 + u16::try_from(dice.below(4)).unwrap_or(0);
        scene.node.policy.unsettled = dice.below(4) != 0;
        scene.peer.timestamps = dice.below(3) != 0;
        scene.peer.delayed_acks = dice.below(2) == 0;
        scene.peer.send_buffer = 2048 << dice.below(6);
        scene.peer.receive_buffer = 2048 << dice.below(6);
        // Not a power of two: the rings wrap at odd places.
        scene.node.mtu = if dice.below(3) == 0 { 576 + dice32(&mut dice, 925) } else { 1500 };
        let most = if kind.is_rtl() { 2 } else { 3 };
        let talks = (0..=dice.below(most)).map(|_| talk(&mut dice, kind)).collect();
        Self {
            scene,
            talks,
            restless: 2 + dice.below(200),
            moves: 2 + dice32(&mut dice, 30),
            unsteady: dice.below(3) == 0,
        }
    }
}

fn dice32(dice: &mut Dice, below: u64) -> u32 {
    u32::try_from(dice.below(below)).unwrap_or(0)
}

/// Per cent with two decimals.
fn per_cent(dice: &mut Dice, most: u64) -> f64 {
    f64::from(dice32(dice, most * 100 + 1)) / 10_000.0
}

fn direction(dice: &mut Dice) -> Direction {
    // Most wires are bad, some are good: a rare fault must not hide behind common ones.
    let bad = dice.below(4) != 0;
    let most = |n| if bad { n } else { 0 };
    Direction {
        loss: per_cent(dice, most(4)),
        duplicate: per_cent(dice, most(3)),
        reorder: per_cent(dice, most(5)),
        reorder_ns: 1_000 + dice.below(400_000),
        fcs_error: per_cent(dice, most(1)),
        delay_ns: 1_000 << dice.below(9),
        bits_per_us: [20, 100, 250, 1_000, 10_000][usize::try_from(dice.below(5)).unwrap_or(0)],
        ..Direction::CLEAN
    }
}

fn talk(dice: &mut Dice, kind: Kind) -> Talk {
    let scale = if kind.is_rtl() { 24_000 } else { 120_000 };
    // Each direction may be silent.
    let mut bytes = || if dice.below(6) == 0 { dice.below(3) } else { dice.below(scale) };
    let (out, back) = (bytes(), bytes());
    let we_close = dice.below(2) == 0;
    let close = match (we_close, dice.below(2)) {
        (true, 0) => Close::AfterPeer,
        (true, _) => Close::WhenReceived(out),
        (false, 0) => Close::WhenSent,
        (false, _) => Close::WhenReceived(out),
    };
    let options = TcpOptions {
        snd_ring: 4096 << dice.below(5),
        rcv_ring: 4096 << dice.below(5),
        nodelay: dice.below(2) == 0,
        ..TcpOptions::default()
    };
    Talk {
        ipv6: dice.below(2) == 0,
        we_connect: dice.below(2) == 0,
        out,
        back,
        options,
        behaviour: Behaviour { echo: false, send: back, seed: PEER_PATTERN, close },
        we_close,
    }
}

/// Pattern of the bytes that the peer sends.
pub(crate) const PEER_PATTERN: u64 = 7;
/// Pattern of the bytes that we send.
pub(crate) const OUR_PATTERN: u64 = 9;
