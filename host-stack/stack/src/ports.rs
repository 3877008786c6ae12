// SPDX-License-Identifier: Apache-2.0
//! Ports: bind rules, per-port accounting in O(1), ephemeral ports (S-VTW-10, RFC 6056).
//!
//! A port knows its bindings (sockets that asked for it) and, for each local address on it, how many sessions and
//! TIME_WAIT entries use it, whoever holds them: software, engine, either TIME_WAIT table. Binding to a port with
//! 60,000 TIME_WAIT entries looks at two counters.

use std::net::IpAddr;

use crate::addr::{Endpoint, FourTuple, ScopedAddr};
use crate::rand::{Map, Prng, SipKey};
use crate::timewait::Owner;

/// Transport with a port space of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Proto {
    Tcp,
    Udp,
}

/// What a socket asks for when binding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BindOptions {
    /// SO_REUSEADDR.
    pub reuse_addr: bool,
    /// SO_REUSEPORT.
    pub reuse_port: bool,
    /// IPV6_V6ONLY: an IPv6 wildcard does not cover IPv4.
    pub v6_only: bool,
    /// User.
    pub uid: u32,
}

impl BindOptions {
    /// The part that outlives the socket.
    #[must_use]
    pub fn owner(&self) -> Owner {
        Owner { uid: self.uid, reuse_port: self.reuse_port }
    }
}

/// Where a socket is bound: a port on one address, or on all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LocalAddr {
    /// All IPv4 addresses.
    AnyV4,
    /// All addresses (IPv6, and IPv4 unless the socket is `v6_only`).
    Any,
    /// One address.
    One(ScopedAddr),
}

impl LocalAddr {
    /// From an IP address; unspecified addresses are wildcards.
    #[must_use]
    pub fn new(addr: ScopedAddr) -> Self {
        match addr.ip() {
            IpAddr::V4(a) if a.is_unspecified() => Self::AnyV4,
            IpAddr::V6(a) if a.is_unspecified() => Self::Any,
            _ => Self::One(addr),
        }
    }

    /// Whether packets to `addr` belong here.
    #[must_use]
    pub fn covers(&self, addr: ScopedAddr, v6_only: bool) -> bool {
        match self {
            Self::AnyV4 => !addr.is_ipv6(),
            Self::Any => addr.is_ipv6() || !v6_only,
            Self::One(own) => *own == addr,
        }
    }
}

/// Why a port could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// EADDRINUSE.
    #[error("address in use")]
    InUse,
    /// EADDRNOTAVAIL: every ephemeral port towards this destination is taken.
    #[error("no free port")]
    Exhausted,
}

#[derive(Clone, Copy, Debug)]
struct Binding {
    id: u64,
    local: LocalAddr,
    options: BindOptions,
    listening: bool,
}

/// Users of one local address and port that are no bindings.
#[derive(Clone, Copy, Debug, Default)]
struct Usage {
    sessions: u32,
    time_wait: u32,
    /// Of those TIME_WAIT entries, how many had SO_REUSEPORT.
    reuse_port: u32,
    /// The user of all of them, or `None` once they differed.
    uid: Option<u32>,
}

impl Usage {
    fn is_free(&self) -> bool {
        self.sessions == 0 && self.time_wait == 0
    }
}

/// The ports of a stack.
pub struct Ports {
    bindings: Map<(Proto, u16), Vec<Binding>>,
    usage: Map<(Proto, u16, ScopedAddr), Usage>,
    /// The same, over all addresses of a family.
    totals: Map<(Proto, u16, bool), Usage>,
    next_id: u64,
    range: (u16, u16),
    key: SipKey,
    counters: Vec<u16>,
}

fn overlap(a: &LocalAddr, a6: bool, b: &LocalAddr, b6: bool) -> bool {
    match (a, b) {
        (LocalAddr::One(x), LocalAddr::One(y)) => x == y,
        (LocalAddr::One(x), wild) => wild.covers(*x, b6),
        (wild, LocalAddr::One(x)) => wild.covers(*x, a6),
        (LocalAddr::AnyV4, LocalAddr::AnyV4) | (LocalAddr::Any, LocalAddr::Any) => true,
        (LocalAddr::AnyV4, LocalAddr::Any) => !b6,
        (LocalAddr::Any, LocalAddr::AnyV4) => !a6,
    }
}

impl Ports {
    pub(crate) fn new(range: (u16, u16), rng: &mut Prng) -> Self {
        let (lo, hi) = (range.0.min(range.1).max(1), range.0.max(range.1).max(1));
        Self {
            bindings: rng.map(),
            usage: rng.map(),
            totals: rng.map(),
            next_id: 1,
            range: (lo, hi),
            key: rng.key(),
            counters: vec![0; 256],
        }
    }

    fn binding_conflicts(old: &Binding, local: &LocalAddr, new: &BindOptions) -> bool {
        if !overlap(&old.local, old.options.v6_only, local, new.v6_only) {
            return false;
        }
        // Sharing a port on purpose: both say so and belong to one user.
        if old.options.reuse_port && new.reuse_port {
            return old.options.uid != new.uid;
        }
        // A specific address beside a wildcard, when both ask for it, and not past another user.
        let same = old.local == *local;
        let both = old.options.reuse_addr && new.reuse_addr;
        let allowed = both && !same && old.options.uid == new.uid && !old.listening;
        !allowed
    }

    fn usage_conflicts(usage: Option<&Usage>, new: &BindOptions) -> bool {
        let Some(u) = usage.filter(|u| !u.is_free()) else { return false };
        let same_user = u.uid == Some(new.uid);
        if new.reuse_addr && same_user {
            return false;
        }
        // Unless both sides have reuseport, a remainder of an older session is a conflict.
        !(u.sessions == 0 && new.reuse_port && u.reuse_port == u.time_wait && same_user)
    }

    /// Takes `port` on `local`; gives a ticket for [`Self::release`].
    pub(crate) fn bind(
        &mut self,
        proto: Proto,
        local: LocalAddr,
        port: u16,
        options: BindOptions,
    ) -> Result<u64, PortError> {
        if let Some(old) = self.bindings.get(&(proto, port))
            && old.iter().any(|b| Self::binding_conflicts(b, &local, &options))
        {
            return Err(PortError::InUse);
        }
        let total = |v6: bool| self.totals.get(&(proto, port, v6));
        let busy = match local {
            LocalAddr::One(a) => Self::usage_conflicts(self.usage.get(&(proto, port, a)), &options),
            LocalAddr::AnyV4 => Self::usage_conflicts(total(false), &options),
            LocalAddr::Any => {
                Self::usage_conflicts(total(true), &options)
                    || (!options.v6_only && Self::usage_conflicts(total(false), &options))
            }
        };
        if busy {
            return Err(PortError::InUse);
        }
        let id = self.next_id;
        self.next_id += 1;
        self.bindings.entry((proto, port)).or_default().push(Binding {
            id,
            local,
            options,
            listening: false,
        });
        Ok(id)
    }

    /// Marks a binding as a listener's: nobody may slip beside it with SO_REUSEADDR.
    pub(crate) fn set_listening(
        &mut self,
        proto: Proto,
        port: u16,
        ticket: u64,
    ) -> Result<(), PortError> {
        let list = self.bindings.get_mut(&(proto, port)).ok_or(PortError::InUse)?;
        let me = list.iter().find(|b| b.id == ticket).copied().ok_or(PortError::InUse)?;
        let clash = list.iter().any(|b| {
            b.id != ticket
                && b.listening
                && overlap(&b.local, b.options.v6_only, &me.local, me.options.v6_only)
                && !(b.options.reuse_port && me.options.reuse_port)
                && b.local == me.local
        });
        if clash {
            return Err(PortError::InUse);
        }
        for b in list.iter_mut().filter(|b| b.id == ticket) {
            b.listening = true;
        }
        Ok(())
    }

    /// Gives a binding back.
    pub(crate) fn release(&mut self, proto: Proto, port: u16, ticket: u64) {
        if let Some(list) = self.bindings.get_mut(&(proto, port)) {
            list.retain(|b| b.id != ticket);
            if list.is_empty() {
                self.bindings.remove(&(proto, port));
            }
        }
    }

    fn change(&mut self, proto: Proto, local: Endpoint, owner: Owner, f: impl Fn(&mut Usage)) {
        let one = (proto, local.port, local.addr);
        let all = (proto, local.port, local.addr.is_ipv6());
        let apply = |u: &mut Usage| {
            u.uid = if u.is_free() { Some(owner.uid) } else { u.uid.filter(|x| *x == owner.uid) };
            f(u);
            u.is_free()
        };
        if apply(self.usage.entry(one).or_default()) {
            self.usage.remove(&one);
        }
        if apply(self.totals.entry(all).or_default()) {
            self.totals.remove(&all);
        }
    }

    pub(crate) fn session_added(&mut self, tuple: &FourTuple, owner: Owner) {
        self.change(Proto::Tcp, tuple.local, owner, |u| u.sessions += 1);
    }

    pub(crate) fn session_removed(&mut self, tuple: &FourTuple, owner: Owner) {
        self.change(Proto::Tcp, tuple.local, owner, |u| u.sessions = u.sessions.saturating_sub(1));
    }

    pub(crate) fn time_wait_added(&mut self, tuple: &FourTuple, owner: Owner) {
        self.change(Proto::Tcp, tuple.local, owner, |u| {
            u.time_wait += 1;
            u.reuse_port += u32::from(owner.reuse_port);
        });
    }

    pub(crate) fn time_wait_removed(&mut self, tuple: &FourTuple, owner: Owner) {
        self.change(Proto::Tcp, tuple.local, owner, |u| {
            u.time_wait = u.time_wait.saturating_sub(1);
            u.reuse_port = u.reuse_port.saturating_sub(u32::from(owner.reuse_port));
        });
    }

    /// Number of TIME_WAIT entries on a port, both families.
    #[must_use]
    pub fn time_wait_on(&self, port: u16) -> u32 {
        [false, true]
            .iter()
            .filter_map(|v6| self.totals.get(&(Proto::Tcp, port, *v6)))
            .map(|u| u.time_wait)
            .sum()
    }

    /// Whether a socket is bound so that it would get packets to `local`.
    fn bound(&self, proto: Proto, local: ScopedAddr, port: u16) -> bool {
        self.bindings
            .get(&(proto, port))
            .is_some_and(|l| l.iter().any(|b| b.local.covers(local, b.options.v6_only)))
    }

    /// A free ephemeral port by double hashing (RFC 6056 §3.3.4): free means that no socket is bound there and that
    /// `taken` does not know the resulting 4-tuple; another destination may share the port.
    pub(crate) fn ephemeral(
        &mut self,
        proto: Proto,
        local: ScopedAddr,
        remote: Option<Endpoint>,
        taken: impl Fn(u16) -> bool,
    ) -> Result<u16, PortError> {
        let (lo, hi) = self.range;
        let n = u32::from(hi - lo) + 1;
        let tuple = FourTuple {
            local: Endpoint::new(local, 0),
            remote: remote.unwrap_or(Endpoint::new(local, 0)),
        };
        let hash = self.key.hash(&tuple.key_bytes());
        let offset = (hash >> 32) as u32;
        let slot = (hash & 0xff) as usize;
        for _ in 0..n {
            let counter = self.counters[slot];
            self.counters[slot] = counter.wrapping_add(1);
            let at = offset.wrapping_add(u32::from(counter)) % n;
            let port = lo + u16::try_from(at).unwrap_or(0);
            if !self.bound(proto, local, port) && !taken(port) {
                return Ok(port);
            }
        }
        Err(PortError::Exhausted)
    }
}

#[cfg(test)]
#[path = "ports_tests.rs"]
mod tests;
