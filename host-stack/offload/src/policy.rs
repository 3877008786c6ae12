// SPDX-License-Identifier: Apache-2.0
//! Which sessions may go to the engine: facts that forbid it (S-TOE-4), and the operator's rules. Each refusal has a
//! reason, and each reason a counter.

use std::fmt;

use toe_stack::Facts;
use toe_tcp::State;

use crate::engine::Refusal;
use crate::rule::{Action, Opened, Rule, Settings, Subject};

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
    /// It has agreed on ECN, and its rule says `!ecn`.
    #[error("the session has agreed on ECN, its rule says !ecn")]
    Ecn,
    /// As many sessions as the policy, or the rule, allows are in the engine.
    #[error("quota used up")]
    Quota,
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
    /// It is about to move to another shard.
    #[error("it is moving to another shard")]
    Moving,
}

/// The rules; the first that matches decides. Without a match: `default`.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Rules and how often each decided.
    rules: Vec<(Rule, u64)>,
    /// How often none did.
    default_hits: u64,
    /// For sessions that no rule matches.
    pub default: Action,
    /// Payload bytes, both directions, before a session may go.
    pub after_bytes: u64,
    /// Sessions in the engine at a time.
    pub quota: Option<u32>,
    /// Sessions in loss recovery, or with a gap in what they received, may go too: the image has room for all of it.
    /// Off by default: they are better left alone until they run smoothly (S-TOE-4).
    pub unsettled: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            default_hits: 0,
            default: Action::Offload,
            after_bytes: 0,
            quota: None,
            unsettled: false,
        }
    }
}

/// What a policy says about a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which rule, from 0; `None`: the default.
    pub rule: Option<usize>,
    /// What it does.
    pub action: Action,
    /// How.
    pub settings: Settings,
}

/// A session of the engine as quotas see it: the rule that let it go, or `None`.
pub type Charge = Option<usize>;

impl Policy {
    /// Appends a rule.
    pub fn push(&mut self, rule: Rule) {
        self.rules.push((rule, 0));
    }

    /// Removes all rules.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// How many rules there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Rules and their hit counters.
    pub fn rules(&self) -> impl Iterator<Item = (&Rule, u64)> {
        self.rules.iter().map(|(rule, hits)| (rule, *hits))
    }

    /// How often no rule matched.
    #[must_use]
    pub fn default_hits(&self) -> u64 {
        self.default_hits
    }

    /// Takes the counters of rules that were in `old` too.
    pub fn keep_hits(&mut self, old: &Self) {
        for (rule, hits) in &mut self.rules {
            if let Some((_, before)) = old.rules.iter().find(|(other, _)| other == rule) {
                *hits = *before;
            }
        }
        self.default_hits = old.default_hits;
    }

    /// What it says about a session, without counting.
    #[must_use]
    pub fn verdict(&self, subject: &Subject) -> Verdict {
        match self.rules.iter().position(|(rule, _)| rule.matches(subject)) {
            Some(at) => {
                let (rule, _) = &self.rules[at];
                Verdict { rule: Some(at), action: rule.action, settings: rule.settings }
            }
            None => Verdict { rule: None, action: self.default, settings: Settings::default() },
        }
    }

    /// Decides; counts the rule that did.
    pub fn decide(&mut self, subject: &Subject) -> Verdict {
        let verdict = self.verdict(subject);
        self.count(&verdict);
        verdict
    }

    /// Whether there is room for one more session of this verdict, beside those in the engine.
    #[must_use]
    pub fn has_room(&self, verdict: &Verdict, there: impl Iterator<Item = Charge> + Clone) -> bool {
        let below = |quota: Option<u32>, n: usize| quota.is_none_or(|q| n < q as usize);
        (self.quota.is_none() || below(self.quota, there.clone().count()))
            && (verdict.settings.quota.is_none()
                || below(verdict.settings.quota, there.filter(|c| *c == verdict.rule).count()))
    }

    /// Whether it has any quota.
    #[must_use]
    pub fn has_quotas(&self) -> bool {
        self.quota.is_some() || self.rules.iter().any(|(rule, _)| rule.settings.quota.is_some())
    }

    /// Counts a verdict.
    pub fn count(&mut self, verdict: &Verdict) {
        match verdict.rule.and_then(|at| self.rules.get_mut(at)) {
            Some((_, hits)) => *hits += 1,
            None => self.default_hits += 1,
        }
    }

    /// What decides about a session, and whether it may leave, or the first reason against it. Counts nothing.
    pub fn would(
        &self,
        facts: &Facts,
        there: impl Iterator<Item = Charge> + Clone,
    ) -> (Verdict, Result<(), Reason>) {
        let verdict = self.verdict(&subject(facts));
        let result = require(facts.options.offload, Reason::SocketOption)
            .and_then(|()| self.judge(facts, &verdict, there));
        (verdict, result)
    }

    fn judge(
        &self,
        facts: &Facts,
        verdict: &Verdict,
        there: impl Iterator<Item = Charge> + Clone,
    ) -> Result<(), Reason> {
        require(verdict.action == Action::Offload, Reason::Policy)?;
        let ipv6 = facts.tuple.is_ipv6();
        let path = facts.path.ok_or(Reason::NoPath)?;
        require(if ipv6 { facts.caps.toe6 } else { facts.caps.toe4 }, Reason::Capability)?;
        require(facts.owns_source, Reason::ForeignAddress)?;
        require(facts.state == State::Established && !facts.closing, Reason::Closing)?;
        require(!facts.odd_options, Reason::Options)?;
        require(verdict.settings.ecn != Some(false) || !facts.ecn, Reason::Ecn)?;
        require(self.unsettled || !facts.recovery, Reason::Recovery)?;
        require(self.unsettled || !facts.reassembly, Reason::Reassembly)?;
        let after = verdict.settings.after_bytes.unwrap_or(self.after_bytes);
        require(facts.bytes >= after, Reason::TooYoung)?;
        require(path.hop.dst_mac.is_some(), Reason::Unresolved)?;
        require(self.has_room(verdict, there), Reason::Quota)
    }
}

fn require(good: bool, reason: Reason) -> Result<(), Reason> {
    if good { Ok(()) } else { Err(reason) }
}

fn subject(facts: &Facts) -> Subject {
    let opened = if facts.passive { Opened::Passive } else { Opened::Active };
    Subject { tuple: facts.tuple, opened }
}

/// As a file that [`Policy::parse`] reads.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let action = |action| if action == Action::Offload { "offload" } else { "!offload" };
        writeln!(f, "default {}", action(self.default))?;
        writeln!(f, "after {}", self.after_bytes)?;
        if let Some(quota) = self.quota {
            writeln!(f, "quota {quota}")?;
        }
        writeln!(f, "unsettled {}", if self.unsettled { "on" } else { "off" })?;
        self.rules.iter().try_for_each(|(rule, _)| writeln!(f, "{rule}"))
    }
}
