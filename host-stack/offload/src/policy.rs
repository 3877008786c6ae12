// SPDX-License-Identifier: Apache-2.0
//! Which sessions may go to the engine: facts that forbid it (S-TOE-4), and the operator's rules. Each refusal has a
//! reason, and each reason a counter.

use std::net::IpAddr;

use toe_stack::{Facts, FourTuple};
use toe_tcp::State;

use crate::engine::Refusal;

/// Why a session stays in software.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Reason {
    /// Offload is switched off for the socket.
    #[error("the socket asked to stay in software")]
    SocketOption,
    /// A rule said so, or no rule allowed it.
    #[error("policy")]
    Policy,
    /// The interface's offload for this address family is off.
    #[error("the interface does not offload this address family")]
    Capability,
    /// There is no route by an Ethernet device.
    #[error("no route by a device")]
    NoPath,
    /// The next hop is not resolved.
    #[error("next hop not resolved")]
    Unresolved,
    /// The local address is another interface's.
    #[error("the local address belongs to another interface")]
    ForeignAddress,
    /// No session of this socket is in software.
    #[error("no session in software behind this socket")]
    NoSession,
    /// Not established, or one direction is closed.
    #[error("closing")]
    Closing,
    /// Loss recovery is going on.
    #[error("in loss recovery")]
    Recovery,
    /// Out-of-order data wait.
    #[error("reassembly queue not empty")]
    Reassembly,
    /// Options that the engine does not know were seen.
    #[error("unknown TCP options")]
    Options,
    /// Too few bytes so far.
    #[error("below the byte threshold")]
    TooYoung,
    /// The engine refused.
    #[error(transparent)]
    Engine(#[from] Refusal),
    /// All next-hop slots are in use.
    #[error("all next-hop slots are in use")]
    NextHops,
    /// The state does not fit a session image.
    #[error("the state does not fit a session image")]
    Image,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The session may go to the engine.
    Offload,
    /// It stays in software.
    Software,
}

/// One rule: every field that is set must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Local port.
    pub local_port: Option<u16>,
    /// Remote port.
    pub remote_port: Option<u16>,
    /// Remote address.
    pub remote: Option<IpAddr>,
    /// What happens.
    pub action: Action,
}

impl Rule {
    fn matches(&self, tuple: &FourTuple) -> bool {
        self.local_port.is_none_or(|p| p == tuple.local.port)
            && self.remote_port.is_none_or(|p| p == tuple.remote.port)
            && self.remote.is_none_or(|a| a == tuple.remote.addr.ip())
    }
}

/// The rules; the first that matches decides. Without a match: `default`.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Rules and how often each decided.
    rules: Vec<(Rule, u64)>,
    /// For sessions that no rule matches.
    pub default: Action,
    /// Payload bytes, both directions, before a session may go.
    pub after_bytes: u64,
    /// Sessions in loss recovery, or with a gap in what they received, may go too: the image has room for all of it.
    /// Off by default: they are better left alone until they run smoothly (S-TOE-4).
    pub unsettled: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self { rules: Vec::new(), default: Action::Offload, after_bytes: 0, unsettled: false }
    }
}

impl Policy {
    /// Appends a rule.
    pub fn push(&mut self, rule: Rule) {
        self.rules.push((rule, 0));
    }

    /// Removes all rules.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// Rules and their hit counters.
    pub fn rules(&self) -> impl Iterator<Item = (&Rule, u64)> {
        self.rules.iter().map(|(rule, hits)| (rule, *hits))
    }

    /// Decides; counts the rule that did.
    pub fn decide(&mut self, tuple: &FourTuple) -> Action {
        match self.rules.iter_mut().find(|(rule, _)| rule.matches(tuple)) {
            Some((rule, hits)) => {
                *hits += 1;
                rule.action
            }
            None => self.default,
        }
    }

    /// Whether a session may leave; the first reason against it.
    ///
    /// # Errors
    /// The reason.
    pub fn eligible(&mut self, facts: &Facts) -> Result<(), Reason> {
        let require = |good: bool, reason| if good { Ok(()) } else { Err(reason) };
        require(facts.options.offload, Reason::SocketOption)?;
        require(self.decide(&facts.tuple) == Action::Offload, Reason::Policy)?;
        let ipv6 = facts.tuple.remote.addr.ip().is_ipv6();
        let path = facts.path.ok_or(Reason::NoPath)?;
        require(if ipv6 { facts.caps.toe6 } else { facts.caps.toe4 }, Reason::Capability)?;
        require(facts.owns_source, Reason::ForeignAddress)?;
        require(facts.state == State::Established && !facts.closing, Reason::Closing)?;
        require(!facts.odd_options, Reason::Options)?;
        require(self.unsettled || !facts.recovery, Reason::Recovery)?;
        require(self.unsettled || !facts.reassembly, Reason::Reassembly)?;
        require(facts.bytes >= self.after_bytes, Reason::TooYoung)?;
        require(path.hop.dst_mac.is_some(), Reason::Unresolved)
    }
}
