// SPDX-License-Identifier: Apache-2.0
//! Sessions that move to another shard of the node (S-PCBG-1): they come back from the engine first, and take along what is
//! known of them here.

use toe_stack::shard::Departure;
use toe_stack::{FourTuple, Stack, TcpId};
use toe_tcp::Micros;

use super::{Offload, there};
use crate::engine::Engine;
use crate::ledger::Bytes;
use crate::policy::Charge;
use crate::session::{Away, Stage};

/// What the manager of one shard knows of sessions in software and gives to another's.
pub struct Luggage {
    sessions: Vec<(TcpId, Bytes, bool, Option<Charge>)>,
    time_waits: Vec<(FourTuple, Micros)>,
}

impl Offload {
    /// Asks sessions back whose 4-tuple `moves`; gives how many are still away. None can leave again while the stack says
    /// that they are about to move ([`toe_stack::Place::Leaving`]).
    pub fn recall(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        moves: impl Fn(&FourTuple) -> bool,
    ) -> usize {
        let away: Vec<TcpId> = self
            .sessions
            .iter()
            .filter(|(_, away)| !matches!(away.stage, Stage::Ended(_)))
            .map(|(id, _)| *id)
            .filter(|id| stack.tcp_tuple(*id).is_some_and(|t| moves(&t)))
            .collect();
        for id in &away {
            // Those on their way are asked when they have arrived.
            if matches!(self.sessions.get(id), Some(Away { stage: Stage::Engine(_), .. })) {
                self.return_session(now, stack, engine, *id, None);
            }
        }
        away.len()
    }

    /// Forgets sockets that leave, and entries of the engine's TIME_WAIT table whose 4-tuple `moves`.
    pub fn pack(&mut self, gone: &Departure, moves: impl Fn(&FourTuple) -> bool) -> Luggage {
        let pack = |id: TcpId| {
            self.unschedule(id);
            (id, self.ledger.take(id), self.kept.remove(&id), self.judged.remove(&id))
        };
        Luggage {
            sessions: gone.sockets().map(pack).collect(),
            time_waits: self.time_waits.take(moves),
        }
    }

    /// Takes over what another manager knew. Sessions go to the engine again as they did there.
    pub fn unpack(&mut self, now: Micros, luggage: Luggage) {
        let Luggage { sessions, time_waits } = luggage;
        for (tuple, until) in time_waits {
            self.time_waits.insert(tuple, until);
        }
        for (id, bytes, kept, judged) in sessions {
            self.ledger.put(id, bytes);
            if kept {
                self.kept.insert(id);
            }
            if let Some(charge) = judged {
                self.judged.insert(id, charge);
            }
            self.consider(now, id);
        }
    }

    /// The sessions that count for quotas.
    pub fn charges(&self) -> impl Iterator<Item = Charge> + Clone {
        there(&self.sessions, &self.charges)
    }
}
