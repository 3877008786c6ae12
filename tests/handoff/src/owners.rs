// SPDX-License-Identifier: Apache-2.0
//! Who has a session, asked of three that do not ask each other: the offload layer's stages, the stack's sockets and the
//! driver's slots; and the engine's own count of what it sent.

use toe_abi::regs;
use toe_api::{Micros, Owner, TcpId};
use toe_driver::SessionState;
use toe_stack::handoff::Phase;
use toe_testkit::Scene;

/// What the engine has given to its transmit queue leaves in order, and counts as it leaves: so long on a slow wire.
const QUEUE: Micros = Micros(20_000);

/// Remembers what the engine had sent when the host got the last session.
#[derive(Default)]
pub(crate) struct Watch {
    /// Since when no session was the engine's.
    home_since: Option<Micros>,
    /// `tx_session_segs` when its queue had run empty after that.
    silent_since: Option<u32>,
}

impl Watch {
    /// Panics when a session has not exactly one owner.
    pub(crate) fn look(&mut self, scene: &Scene, ids: &[TcpId]) {
        for id in ids {
            let owner = scene.node.owner(*id);
            if owner != Owner::Host {
                *self = Self::default();
            }
            let software = scene.node.stack().tcp_state(*id).is_some();
            let away = scene.node.stack().away_phase(*id);
            let slot = scene.node.session_info(*id).map(|info| info.state);
            let good = match owner {
                Owner::Host => away.is_none() && slot.is_none(),
                Owner::InTransit => {
                    !software
                        && away == Some(Phase::InTransit)
                        && matches!(slot, Some(SessionState::Reserved | SessionState::Installing))
                }
                // The engine's answer may wait in the driver's queue; caught segments may wait for room.
                Owner::Engine => {
                    !software
                        && away.is_some()
                        && matches!(slot, Some(SessionState::Active | SessionState::Closed(_)))
                }
                Owner::InTransitBack => {
                    !software
                        && away == Some(Phase::InTransit)
                        && matches!(
                            slot,
                            Some(
                                SessionState::Active
                                    | SessionState::Evicting
                                    | SessionState::Evicted
                                    | SessionState::Closed(_)
                            )
                        )
                }
                Owner::Ended => {
                    !software && away.is_none() && matches!(slot, Some(SessionState::Closed(_)))
                }
            };
            assert!(
                good,
                "socket {}: {owner}, in software: {software}, away: {away:?}, slot: {slot:?}\n{}",
                id.index(),
                scene.situation()
            );
        }
    }

    /// Panics when the engine has sent since all sessions came home. Reads a register: not for every step.
    pub(crate) fn home(&mut self, scene: &mut Scene, ids: &[TcpId]) {
        if ids.iter().any(|id| scene.node.owner(*id) != Owner::Host) {
            *self = Self::default();
            return;
        }
        let now = scene.now();
        if now < *self.home_since.get_or_insert(now) + QUEUE {
            return;
        }
        let Ok(sent) = scene.node.driver_mut().register(regs::COUNTERS_TX_SESSION_SEGS) else {
            panic!("the device is lost");
        };
        let before = *self.silent_since.get_or_insert(sent);
        assert_eq!(sent, before, "the engine sends for the host's sessions\n{}", scene.situation());
    }
}
