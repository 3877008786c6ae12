// SPDX-License-Identifier: Apache-2.0
//! Bulk data through the whole host: sockets, offload layer, stack, driver. The device is the functional model, in the
//! same process; what it does is not the host's work and not counted.

use toe_api::{Micros, Node, OffloadCaps, Owner, TcpOptions};
use toe_driver::Layer;
use toe_testkit::{AnyDevice, InProcess, Kind, Scene, SceneConfig};
use toe_world::Behaviour;

use crate::region::{host, measure, not_host};

/// Bytes an application writes or reads at a time.
pub const CHUNK: usize = 64 * 1024;
/// World time between two turns of the host: interrupt moderation of a usual NIC.
const TURN: Micros = Micros(50);

/// Who carries the session.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// The engine.
    Engine,
    /// Our software TCP on a NIC that does nothing.
    Software,
    /// Our software TCP on a NIC that does checksums and TSO.
    SoftwareAssisted,
}

/// The in-process transport; what lies behind it is not the host.
struct Uncounted(InProcess<AnyDevice>);

impl Layer for Uncounted {
    type Below = InProcess<AnyDevice>;
    fn below(&self) -> &Self::Below {
        &self.0
    }
    fn below_mut(&mut self) -> &mut Self::Below {
        &mut self.0
    }
    fn pass<R>(&mut self, call: impl FnOnce(&mut Self::Below) -> R) -> R {
        not_host(|| call(&mut self.0))
    }
}

/// A scene whose host can be counted.
///
/// # Errors
/// The device does not open.
pub fn scene(name: &str, carrier: Carrier) -> Result<Scene, String> {
    let mut config = SceneConfig::new(name, Kind::Model);
    config.peer.receive_buffer = 512 * 1024;
    config.peer.send_buffer = 512 * 1024;
    if carrier != Carrier::Engine {
        config.node.caps = match carrier {
            Carrier::Software => OffloadCaps::default(),
            _ => OffloadCaps { toe4: false, toe6: false, ..OffloadCaps::all() },
        };
    }
    let (world, capture) = config.world().ok_or("the model is not built in")?;
    let now = Micros(world.lock().now().0);
    let node = Node::open(now, Uncounted(InProcess::new(world.clone())), &config.node);
    let node = node.map_err(|error| error.to_string())?;
    Ok(Scene::assemble(node, world, capture, config))
}

/// One way of moving bytes.
#[derive(Clone, Copy)]
pub struct Load {
    /// The counted host sends, or receives.
    pub send: bool,
    /// The application works in the stack's own buffer, and what it does there is its own affair; else it has a buffer
    /// of its own, and the stack copies.
    pub in_place: bool,
    /// How much.
    pub mib: u64,
}

/// Moves `mib` MiB one way; only that is counted.
///
/// # Errors
/// The session did not come about or did not end.
pub fn bulk(carrier: Carrier, load: Load) -> Result<(), String> {
    let Load { send, in_place, mib } = load;
    let bytes = mib << 20;
    let mut scene = scene("bench-host", carrier)?;
    let options = TcpOptions { snd_ring: 512 * 1024, rcv_ring: 512 * 1024, ..Default::default() };
    // A little first: the congestion window opens.
    let warm = 2 << 20;
    let behaviour = if send {
        Behaviour::exchange(0, 7, warm + bytes)
    } else {
        Behaviour::exchange(warm + bytes, 7, 0)
    };
    let (id, _) = scene.connected(false, 7, options, behaviour);
    if carrier == Carrier::Engine {
        scene.offloaded(id);
    }
    let mut buffer = vec![0x5a; CHUNK];
    let mut moved = 0u64;
    let mut turns = 0u64;
    while moved < warm + bytes {
        measure(moved >= warm);
        let now = scene.now();
        let left = usize::try_from(warm + bytes - moved).unwrap_or(CHUNK).min(CHUNK);
        let node = &mut scene.node;
        let n = host(|| {
            node.poll(now);
            let mut n = 0;
            while n < left {
                let part = &mut buffer[n..left];
                let done = match (send, in_place) {
                    (true, false) => node.send(now, id, part),
                    (false, false) => node.recv(now, id, part),
                    (true, true) => node.send_with(now, id, &mut |space| {
                        let len = part.len().min(space.room());
                        not_host(|| space.put(0, &part[..len]));
                        len
                    }),
                    (false, true) => node.recv_with(now, id, &mut |bytes| {
                        let len = part.len().min(bytes.available());
                        not_host(|| bytes.get(0, &mut part[..len]));
                        len
                    }),
                };
                match done {
                    Ok(0) | Err(_) => break,
                    Ok(more) => n += more,
                }
            }
            node.poll(now);
            n
        });
        measure(false);
        moved += n as u64;
        turns += 1;
        if turns > 1_000_000 {
            return Err(format!("stuck after {moved} bytes\n{}", scene.situation()));
        }
        scene.world.lock().run_for(toe_device::Micros(TURN.0)).map_err(|e| e.to_string())?;
    }
    let owner = scene.node.owner(id);
    let engine = carrier == Carrier::Engine;
    if engine != (owner == Owner::Engine) {
        return Err(format!("the session was carried by {owner}"));
    }
    eprintln!("{turns} turns, {moved} bytes, by {owner}");
    Ok(())
}
