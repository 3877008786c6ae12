// SPDX-License-Identifier: Apache-2.0
//! What the engine's TIME_WAIT table holds, as far as the host must know: which 4-tuples are taken, and until when. The
//! entries expire on the host's own clock: the engine tells only what ends before its time (S-VTW-5, S-VTW-10).

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use toe_stack::FourTuple;
use toe_tcp::Micros;

#[derive(Default)]
pub(crate) struct TimeWaits {
    until: BTreeMap<FourTuple, Micros>,
    order: BTreeSet<(Micros, FourTuple)>,
    ports: BTreeMap<(u16, u16), Vec<FourTuple>>,
}

impl TimeWaits {
    pub(crate) fn insert(&mut self, tuple: FourTuple, until: Micros) {
        self.remove(&tuple);
        self.until.insert(tuple, until);
        self.order.insert((until, tuple));
        self.ports.entry((tuple.local.port, tuple.remote.port)).or_default().push(tuple);
    }

    pub(crate) fn remove(&mut self, tuple: &FourTuple) -> bool {
        let Some(until) = self.until.remove(tuple) else { return false };
        self.order.remove(&(until, *tuple));
        let key = (tuple.local.port, tuple.remote.port);
        if let Some(list) = self.ports.get_mut(&key) {
            list.retain(|other| other != tuple);
            if list.is_empty() {
                self.ports.remove(&key);
            }
        }
        true
    }

    /// Takes entries out.
    pub(crate) fn take(&mut self, moves: impl Fn(&FourTuple) -> bool) -> Vec<(FourTuple, Micros)> {
        let gone: Vec<_> =
            self.until.iter().filter(|(t, _)| moves(t)).map(|(t, until)| (*t, *until)).collect();
        for (tuple, _) in &gone {
            self.remove(tuple);
        }
        gone
    }

    /// The entry that an event of the engine means. IPv6 events name ports only: they count if one entry has them.
    pub(crate) fn find(
        &self,
        lport: u16,
        rport: u16,
        addrs: Option<([u8; 4], [u8; 4])>,
    ) -> Option<FourTuple> {
        let list = self.ports.get(&(lport, rport))?;
        let ips = |t: &FourTuple| (t.local.addr.ip(), t.remote.addr.ip());
        let mut found = list.iter().filter(|tuple| match (ips(tuple), addrs) {
            ((IpAddr::V4(own), IpAddr::V4(peer)), Some(addrs)) => {
                (own.octets(), peer.octets()) == addrs
            }
            ((IpAddr::V6(_), IpAddr::V6(_)), None) => true,
            _ => false,
        });
        let first = found.next()?;
        (found.next().is_none()).then_some(*first)
    }

    /// IPv6 entries with these ports.
    pub(crate) fn on(&self, lport: u16, rport: u16) -> usize {
        let list = self.ports.get(&(lport, rport));
        list.map_or(0, |list| list.iter().filter(|tuple| tuple.is_ipv6()).count())
    }

    pub(crate) fn pop_expired(&mut self, now: Micros) -> Option<FourTuple> {
        let (until, tuple) = *self.order.first()?;
        (until <= now).then(|| {
            self.remove(&tuple);
            tuple
        })
    }

    pub(crate) fn next(&self) -> Option<Micros> {
        self.order.first().map(|(until, _)| *until)
    }

    pub(crate) fn len(&self) -> usize {
        self.until.len()
    }
}
