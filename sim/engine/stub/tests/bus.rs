// SPDX-License-Identifier: Apache-2.0
//! The bus functional models, with a stub design in the machine.

use toe_device::Micros;
use toe_engine::{Engine, EngineConfig, Stalls, Top};
use toe_engine_stub::{narrow, wide};
use toe_world::{
    Budget, Fate, PcieProfile, Permission, ScriptPeer, SharedBuffer, Sides, World, WorldError,
};
use verilated::Model;

const HIGH: u64 = 1 << 32;
const TO: u32 = 0x10_0000;

fn world<T: Top>(model: Model<T>, stalls: Stalls, pcie: PcieProfile) -> World<Engine<T>> {
    let mut engine = Engine::new(model, EngineConfig::new("stub", 2, 11));
    engine.set_stalls(stalls);
    let mut world =
        World::builder(engine).seed(11).pcie(pcie).peer(ScriptPeer::new("script")).build().unwrap();
    for base in [HIGH, HIGH + u64::from(TO)] {
        world.memory_mut().map_owned(base, 0x4000, Permission::ReadWrite).unwrap();
    }
    world.set_bus_master(true);
    world
}

fn copy<T: Top>(world: &mut World<Engine<T>>, from: u32, to: u32, blocks: u32) {
    let before = world.interrupts(0);
    for (offset, value) in [(0, from), (4, to), (8, blocks)] {
        world.bar_write(offset, value);
    }
    world.run_until(Budget::of_time(Micros(5_000)), |w| w.interrupts(0) > before).unwrap();
}

/// Blocks arrive complete but for their last byte, whose strobe the stub leaves out.
fn copies<T: Top>(model: Model<T>, stalls: Stalls, pcie: PcieProfile) {
    let mut world = world(model, stalls, pcie);
    let mut data = vec![0; 0x4000];
    toe_world::pattern(5, 0, &mut data);
    world.memory_mut().write(HIGH, &data).unwrap();
    let block = T::BYTES * 4;
    let blocks = 0x4000 / block;
    copy(&mut world, 0, TO, u32::try_from(blocks).unwrap());
    let mut back = vec![0; 0x4000];
    world.memory().read(HIGH + u64::from(TO), &mut back).unwrap();
    for last in (block - 1..0x4000).step_by(block) {
        assert_eq!(back[last], 0);
        back[last] = data[last];
    }
    assert!(back == data);
    let counts = world.device().counts();
    assert_eq!(counts.read_beats, blocks as u64 * 4);
    assert_eq!(counts.write_beats, blocks as u64 * 4);
    assert_eq!(world.bar_read(12), 0);
}

#[test]
fn memory_copies_narrow() {
    copies(narrow::Model::new(1), Stalls::default(), PcieProfile::IDEAL);
    copies(narrow::Model::new(1), Stalls::SOME, PcieProfile::GEN3_X4);
}

#[test]
fn memory_copies_wide() {
    copies(wide::Model::new(1), Stalls::default(), PcieProfile::IDEAL);
    copies(wide::Model::new(1), Stalls::SOME, PcieProfile::GEN3_X4);
}

#[test]
fn stray_dma_is_an_error_response_and_the_next_copy_works() {
    let mut world = world(narrow::Model::new(1), Stalls::default(), PcieProfile::GEN3_X4);
    copy(&mut world, 0x4000, TO, 1);
    assert_eq!(world.bar_read(12), 1, "SLVERR on R");
    copy(&mut world, 0, TO + 0x4000, 1);
    assert_eq!(world.bar_read(12), 2, "SLVERR on B");
    assert_eq!(world.statistics().faults.unmapped, 2);
    copy(&mut world, 0, TO, 16);
    assert_eq!(world.bar_read(12), 2);
}

#[test]
fn a_burst_across_4k_is_a_failure() {
    let mut world = world(narrow::Model::new(1), Stalls::default(), PcieProfile::IDEAL);
    for (offset, value) in [(0, 0xff8), (8, 1)] {
        world.bar_write(offset, value);
    }
    let error = world.run_until(Budget::of_time(Micros(100)), |_| false).unwrap_err();
    assert!(error.to_string().contains("4 KiB"), "{error}");
}

#[test]
fn registers_writes_before_reads_and_a_hang() {
    let mut world = world(wide::Model::new(1), Stalls::SOME, PcieProfile::IDEAL);
    for i in 0..20 {
        world.bar_write(28, i);
        world.bar_write(0, i + 100);
    }
    assert_eq!((world.bar_read(28), world.bar_read(0)), (19, 119));
    assert_eq!(world.bar_read(0xfff0), u32::MAX, "the stub does not answer there");
}

fn frames<T: Top>(model: Model<T>, stalls: Stalls) {
    let mut world = world(model, stalls, PcieProfile::IDEAL);
    // Number 3 arrives bad; the stub echoes it all the same, and counts it.
    world.hook_to_device(Some(Box::new(|_, n| if n == 3 { Fate::FcsError } else { Fate::Pass })));
    let sizes = [1, 7, 8, 9, 60, 63, 64, 65, 127, 128, 1514, 9000];
    let sent: Vec<Vec<u8>> = sizes
        .iter()
        .enumerate()
        .map(|(i, size)| {
            let mut frame = vec![0; *size];
            toe_world::pattern(i as u64, 0, &mut frame);
            frame
        })
        .collect();
    let peer = world.peer_mut::<ScriptPeer>().unwrap();
    for frame in &sent {
        peer.send_at(Micros(10), frame.clone());
    }
    world
        .run_until(Budget::of_time(Micros(2_000)), |w| {
            w.peer::<ScriptPeer>().unwrap().inbox.len() == sizes.len()
        })
        .unwrap();
    let inbox: Vec<_> =
        world.peer::<ScriptPeer>().unwrap().inbox.iter().map(|(_, f)| f.clone()).collect();
    assert!(inbox == sent);
    assert_eq!(world.bar_read(12), 1);
    assert_eq!(world.bar_read(20), u32::try_from(sizes.len()).unwrap());
}

#[test]
fn frames_of_all_sizes_pass_both_ways() {
    frames(narrow::Model::new(1), Stalls::default());
    frames(narrow::Model::new(1), Stalls::SOME);
    frames(wide::Model::new(1), Stalls::default());
    frames(wide::Model::new(1), Stalls::SOME);
}

#[test]
fn time_jumps_to_the_timer() {
    let mut world = world(narrow::Model::new(1), Stalls::default(), PcieProfile::IDEAL);
    world.bar_write(16, 3_000_000_000);
    world.run_until(Budget::default(), |w| w.interrupts(1) == 1).unwrap();
    let statistics = world.statistics();
    assert!(statistics.now >= Micros(3_000_000_000));
    assert!(statistics.now < Micros(3_000_000_002), "{}", statistics.now);
    assert!(statistics.cycles < 1_000, "{}", statistics.cycles);
}

#[test]
fn a_failed_assertion_fails_the_run_and_stays() {
    let mut world = world(narrow::Model::new(1), Stalls::default(), PcieProfile::IDEAL);
    world.bar_write(24, 1);
    let error = world.run_until(Budget::of_time(Micros(100)), |_| false).unwrap_err();
    assert!(
        matches!(&error, WorldError::DeviceFailed { message, .. } if message.contains("poisoned")),
        "{error}"
    );
    assert_eq!(world.bar_read(0), u32::MAX);
    assert!(world.step().is_err());
}

#[test]
fn reset_in_the_middle_of_a_copy() {
    let mut world = world(narrow::Model::new(1), Stalls::SOME, PcieProfile::GEN3_X4);
    for round in 0..20 {
        for (offset, value) in [(0, 0), (4, TO), (8, 100)] {
            world.bar_write(offset, value);
        }
        world.run_for(Micros(1 + round / 4)).unwrap();
        world.function_level_reset();
        world.set_bus_master(true);
        assert_eq!(world.bar_read(8), 0);
    }
    copy(&mut world, 0, TO, 16);
}

#[test]
fn same_seed_same_run() {
    let run = || {
        let pcap = SharedBuffer::default();
        let mut engine = Engine::new(narrow::Model::new(3), EngineConfig::new("stub", 2, 3));
        engine.set_stalls(Stalls::SOME);
        let mut peer = ScriptPeer::new("script");
        for i in 0..50u8 {
            peer.send_at(Micros(u64::from(i)), vec![i; 100 + usize::from(i)]);
        }
        let mut world = World::builder(engine)
            .wire(toe_world::WireProfile::lossy())
            .peer(peer)
            .capture(pcap.clone(), Sides::Both)
            .build()
            .unwrap();
        world.run_for(Micros(2_000)).unwrap();
        let counts = world.device().counts();
        drop(world);
        (pcap.bytes(), counts)
    };
    assert!(run() == run());
}

/// Not a measurement, only a floor: the frame around the model must stay far faster than any model.
#[test]
fn the_loop_is_fast() {
    let mut world = world(narrow::Model::new(1), Stalls::default(), PcieProfile::GEN3_X4);
    for (offset, value) in [(0, 0), (4, TO), (8, u32::MAX)] {
        world.bar_write(offset, value);
    }
    // The copy runs off the mapping and ends with an error; what counts is the busy loop with the timer's deadline in the past.
    world.bar_write(16, u32::MAX);
    let start = std::time::Instant::now();
    let mut cycles = 0;
    while cycles < 300_000 {
        world.bar_write(28, 1);
        world.step().unwrap();
        cycles = world.device().counts().cycles;
    }
    let rate = cycles as f64 / start.elapsed().as_secs_f64();
    println!("{rate:.0} stub cycles/s");
    assert!(rate > 200_000.0, "{rate:.0} cycles/s");
}
