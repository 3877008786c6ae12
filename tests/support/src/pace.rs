// SPDX-License-Identifier: Apache-2.0
//! A simulated world as the pace of a [`toe_api::Runtime`]: real time with a real peer, virtual time otherwise.

use toe_api::runtime::Pace;
use toe_api::{Micros, Node};
use toe_device::Device;

use crate::transport::SharedWorld;

/// Steps that the world makes between two turns of the host, when nothing is raised meanwhile.
const STEPS: usize = 16;

/// Runs the world whenever the host waits.
pub struct WorldPace<D: Device> {
    world: SharedWorld<D>,
}

impl<D: Device> WorldPace<D> {
    /// A pace for a node whose transport leads to this world.
    pub fn new(world: SharedWorld<D>) -> Self {
        Self { world }
    }
}

impl<D: Device + Send + 'static> Pace for WorldPace<D> {
    fn now(&mut self) -> Micros {
        Micros(self.world.lock().now().0)
    }

    fn wait(&mut self, _node: &mut Node, until: Option<Micros>) -> Result<(), String> {
        let mut world = self.world.lock();
        let until = until.map(|at| toe_device::Micros(at.0));
        world.set_host_deadline(until);
        let raised = |world: &toe_world::World<D>| -> u64 {
            (0..world.identity().vectors).map(|v| world.interrupts(v)).sum()
        };
        let before = raised(&world);
        for _ in 0..STEPS {
            let progress = world.step().map_err(|error| error.to_string())?;
            let idle = !matches!(progress, toe_world::Progress::Ran(_));
            if idle || raised(&world) != before || until.is_some_and(|at| at <= world.now()) {
                break;
            }
        }
        Ok(())
    }
}
