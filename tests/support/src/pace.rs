// SPDX-License-Identifier: Apache-2.0
//! A simulated world as the pace of a [`toe_api::Runtime`]. With a real peer the world follows the wall clock by itself;
//! otherwise time runs as fast as the device does, but idle time no faster than the wall clock: the application's threads
//! live in real time, and must not miss an hour while they are not scheduled.

use std::time::Duration;

use toe_api::runtime::Pace;
use toe_api::{Micros, Node};
use toe_device::Device;
use toe_world::Progress;

use crate::transport::SharedWorld;

/// Steps that the world makes between two turns of the host, when nothing is raised meanwhile.
const STEPS: usize = 16;
/// Idle time that passes at once, µs.
const IDLE_STEP: u64 = 1_000;

/// Runs the world whenever the host waits.
pub struct WorldPace<D: Device> {
    world: SharedWorld<D>,
    start: std::time::Instant,
    /// World time that passed while the device was idle.
    idle: Micros,
}

impl<D: Device> WorldPace<D> {
    /// A pace for a node whose transport leads to this world.
    pub fn new(world: SharedWorld<D>) -> Self {
        Self { world, start: std::time::Instant::now(), idle: Micros(0) }
    }
}

impl<D: Device + Send + 'static> Pace for WorldPace<D> {
    fn now(&mut self) -> Micros {
        Micros(self.world.lock().now().0)
    }

    fn wait(&mut self, _node: &mut Node, until: Option<Micros>) -> Result<(), String> {
        let mut world = self.world.lock();
        let soon = world.now() + toe_device::Micros(IDLE_STEP);
        let until = until.map_or(soon, |at| toe_device::Micros(at.0).min(soon));
        world.set_host_deadline(Some(until));
        let raised = |world: &toe_world::World<D>| -> u64 {
            (0..world.identity().vectors).map(|v| world.interrupts(v)).sum()
        };
        let before = raised(&world);
        for _ in 0..STEPS {
            let from = world.now();
            let progress = world.step().map_err(|error| error.to_string())?;
            match progress {
                Progress::Jumped => self.idle = Micros(self.idle.0 + (world.now() - from).0),
                // Nothing will happen without the host: time passes for its timers.
                Progress::Nothing => self.idle = Micros(self.idle.0 + IDLE_STEP),
                Progress::Ran(_) | Progress::Waited => {}
            }
            let idle = !matches!(progress, Progress::Ran(_));
            if idle || raised(&world) != before || until <= world.now() {
                break;
            }
        }
        drop(world);
        let wall = u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX);
        if self.idle.0 > wall {
            std::thread::sleep(Duration::from_micros((self.idle.0 - wall).min(IDLE_STEP)));
        }
        Ok(())
    }
}
