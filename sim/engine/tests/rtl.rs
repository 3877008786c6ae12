// SPDX-License-Identifier: Apache-2.0
//! The engine's configurations in the machine, as far as they can be tried without a driver. Both are in this one program.
#![cfg(any(toe_small, toe_large))]

use toe_abi::{ABI_HASH, regs};
use toe_device::Micros;
use toe_engine::{Engine, Top};
use toe_world::{ScriptPeer, World};

fn world<T: Top>(engine: Engine<T>) -> World<Engine<T>> {
    let mut world = World::builder(engine).seed(1).peer(ScriptPeer::new("script")).build().unwrap();
    world.set_bus_master(true);
    world
}

fn says_what_it_is<T: Top>(engine: Engine<T>, data_width: u32, queue_pairs: u32) {
    let mut world = world(engine);
    let mut read = |reg: toe_abi::Reg<u32>| world.bar_read(reg.offset());
    assert_eq!(read(regs::ID_MAGIC), 0x4f54_4f45);
    let hash =
        (u64::from(read(regs::ID_ABI_HASH_HI)) << 32) | u64::from(read(regs::ID_ABI_HASH_LO));
    assert_eq!(hash, ABI_HASH, "rtl/gen is older or newer than the crate toe-abi");
    assert_eq!(read(regs::ID_DATA_WIDTH), data_width);
    assert_eq!(read(regs::ID_QUEUE_PAIRS), queue_pairs);
}

/// After reset the engine comes to rest, so that time may jump; and it stays alive over resets.
fn comes_to_rest<T: Top>(engine: Engine<T>) {
    let mut world = world(engine);
    for round in 1..=3 {
        let before = world.statistics().cycles;
        world.run_for(Micros::from_secs(10)).unwrap();
        let cycles = world.statistics().cycles - before;
        assert!(cycles < 2_000_000, "{cycles} cycles for ten idle seconds, round {round}");
        world.function_level_reset();
        assert_eq!(world.bar_read(regs::ID_MAGIC.offset()), 0x4f54_4f45);
    }
}

fn answers<T: Top>(engine: Engine<T>) {
    let mut world = world(engine);
    world.run_for(Micros(20)).unwrap();
    assert_eq!(world.bar_read(regs::ID_MAGIC.offset()), 0x4f54_4f45);
}

/// Frames to an engine that nobody has enabled are dropped, and nothing else happens.
fn ignores_the_wire_when_disabled<T: Top>(engine: Engine<T>) {
    let mut world = world(engine);
    world.run_for(Micros(100)).unwrap();
    let peer = world.peer_mut::<ScriptPeer>().unwrap();
    for size in [1usize, 13, 14, 59, 60, 64, 1514, 9_000] {
        peer.send_at(Micros(200), vec![0x5a; size]);
    }
    world.run_for(Micros(1_000)).unwrap();
    let statistics = world.statistics();
    assert_eq!(statistics.to_device.delivered, 8);
    assert_eq!((statistics.to_peer.sent, statistics.dma.writes), (0, 0));
}

macro_rules! configuration {
    ($name:ident, $width:literal, $queue_pairs:literal) => {
        mod $name {
            use toe_engine::$name::engine;
            #[test]
            fn says_what_it_is() {
                super::says_what_it_is(engine(1), $width, $queue_pairs);
            }
            #[test]
            fn comes_to_rest() {
                super::comes_to_rest(engine(2));
            }
            #[test]
            fn any_power_on_state_will_do() {
                for seed in 10..18 {
                    super::answers(engine(seed));
                }
            }
            #[test]
            fn ignores_the_wire_when_disabled() {
                super::ignores_the_wire_when_disabled(engine(3));
            }
        }
    };
}

#[cfg(toe_small)]
configuration!(small, 64, 4);
#[cfg(toe_large)]
configuration!(large, 512, 16);
