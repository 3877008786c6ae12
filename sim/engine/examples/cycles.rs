// SPDX-License-Identifier: Apache-2.0
//! Prints how many cycles a second each configuration simulates: clocked while idle, and with frames arriving back to back.
//! `cargo run --release -p toe-engine --example cycles`

#[cfg(any(toe_small, toe_large))]
fn measure<T: toe_engine::Top>(name: &str, engine: toe_engine::Engine<T>) {
    use std::time::{Duration, Instant};
    use toe_device::Micros;
    use toe_world::{ScriptPeer, World};

    let mut world = World::builder(engine)
        .quantum(4096)
        .peer(ScriptPeer::new("script"))
        .build()
        .expect("a world");
    let result = world.run_for(Micros(2_000));
    println!("{name}: start {result:?}");
    for load in ["idle", "frames"] {
        let start = Instant::now();
        let before = world.statistics().cycles;
        while start.elapsed() < Duration::from_secs(2) {
            let now = world.now();
            if load == "frames" {
                let peer = world.peer_mut::<ScriptPeer>().expect("the peer");
                for _ in 0..8 {
                    peer.send_at(now, vec![0x5a; 1514]);
                }
            }
            // A register read is one of the things that keep an idle engine's clock going.
            for _ in 0..64 {
                world.bar_read(0);
            }
            if let Err(error) = world.step() {
                println!("{name}: {error}");
                return;
            }
        }
        let cycles = world.statistics().cycles - before;
        println!("{name} {load}: {:.0} cycles/s", cycles as f64 / start.elapsed().as_secs_f64());
    }
}

fn main() {
    #[cfg(toe_small)]
    measure("small", toe_engine::small::engine(1));
    #[cfg(toe_large)]
    measure("large", toe_engine::large::engine(1));
}
