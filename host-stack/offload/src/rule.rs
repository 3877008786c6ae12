// SPDX-License-Identifier: Apache-2.0
//! A rule of the policy, as it stands in a file:
//!
//! ```text
//! [P] dst port 80 && ! src net 10.9.0.0/16 => offload cong cubic !ecn
//! ```
//!
//! The class in brackets says who opened the session: `[A]` we did (active), `[P]` the peer did (passive), `[D]` does not
//! matter; without brackets it does not matter either. `src` is who opened, `dst` the other end; `local` and `remote`
//! are what they are. All terms must hold. The shape is that of FreeBSD's and Chelsio's offload policies.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use toe_stack::FourTuple;
use toe_tcp::CcAlgo;

/// Who opened a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// We connected.
    Active,
    /// We accepted.
    Passive,
}

/// Which end of a session a term is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Who opened it.
    Src,
    /// Whom it was opened to.
    Dst,
    /// Ours.
    Local,
    /// The peer's.
    Remote,
}

/// What must be true of that end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Its address is in this prefix.
    Net(End, IpNet),
    /// Its port is one of these, both included.
    Port(End, u16, u16),
    /// The session is of this family.
    Ipv6(bool),
}

/// A condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub not: bool,
    /// What.
    pub what: What,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The session may go to the engine.
    Offload,
    /// It stays in software.
    Software,
}

/// What a rule says about the sessions that it lets go. `None`: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Congestion control.
    pub congestion: Option<CcAlgo>,
    /// `!ecn`: sessions that have agreed on ECN stay in software. (An end that has agreed must echo what it hears, RFC
    /// 3168 §6.1.3: it cannot be switched off on the way.)
    pub ecn: Option<bool>,
    /// Nagle's algorithm.
    pub nagle: Option<bool>,
    /// Payload bytes, both directions, before a session may go; instead of the policy's.
    pub after_bytes: Option<u64>,
    /// Sessions of this rule in the engine at a time.
    pub quota: Option<u32>,
}

/// One rule: every term must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Who opened the session; `None`: does not matter.
    pub opened: Option<Opened>,
    /// Conditions.
    pub terms: Vec<Term>,
    /// What happens.
    pub action: Action,
    /// How.
    pub settings: Settings,
}

/// A session as rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its ends.
    pub tuple: FourTuple,
    /// Who opened it.
    pub opened: Opened,
}

impl What {
    fn holds(&self, subject: &Subject) -> bool {
        let end = |end: End| {
            let ours = match end {
                End::Local => true,
                End::Remote => false,
                End::Src => subject.opened == Opened::Active,
                End::Dst => subject.opened == Opened::Passive,
            };
            if ours { subject.tuple.local } else { subject.tuple.remote }
        };
        match *self {
            Self::Net(at, net) => net.contains(&end(at).addr.ip()),
            Self::Port(at, low, high) => (low..=high).contains(&end(at).port),
            Self::Ipv6(yes) => subject.tuple.is_ipv6() == yes,
        }
    }
}

impl Rule {
    /// A rule for every session.
    #[must_use]
    pub fn any(action: Action) -> Self {
        Self { opened: None, terms: Vec::new(), action, settings: Settings::default() }
    }

    /// A rule for one of our ports.
    #[must_use]
    pub fn local_port(port: u16, action: Action) -> Self {
        Self::any(action).and(What::Port(End::Local, port, port))
    }

    /// A rule for one peer.
    #[must_use]
    pub fn remote(addr: IpAddr, action: Action) -> Self {
        Self::any(action).and(What::Net(End::Remote, addr.into()))
    }

    /// The same with one condition more.
    #[must_use]
    pub fn and(mut self, what: What) -> Self {
        self.terms.push(Term { not: false, what });
        self
    }

    /// Whether it is about this session.
    #[must_use]
    pub fn matches(&self, subject: &Subject) -> bool {
        self.opened.is_none_or(|opened| opened == subject.opened)
            && self.terms.iter().all(|term| term.what.holds(subject) != term.not)
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Src => "src",
            Self::Dst => "dst",
            Self::Local => "local",
            Self::Remote => "remote",
        })
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.not {
            f.write_str("! ")?;
        }
        match self.what {
            What::Net(end, net) if net.prefix_len() == net.max_prefix_len() => {
                write!(f, "{end} host {}", net.addr())
            }
            What::Net(end, net) => write!(f, "{end} net {net}"),
            What::Port(end, low, high) if low == high => write!(f, "{end} port {low}"),
            What::Port(end, low, high) => write!(f, "{end} port {low}-{high}"),
            What::Ipv6(yes) => f.write_str(if yes { "ipv6" } else { "ipv4" }),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.opened {
            Some(Opened::Active) => "[A]",
            Some(Opened::Passive) => "[P]",
            None => "[D]",
        })?;
        if self.terms.is_empty() {
            f.write_str(" any")?;
        }
        for (n, term) in self.terms.iter().enumerate() {
            write!(f, "{} {term}", if n > 0 { " &&" } else { "" })?;
        }
        f.write_str(match self.action {
            Action::Offload => " => offload",
            Action::Software => " => !offload",
        })?;
        let Settings { congestion, ecn, nagle, after_bytes, quota } = self.settings;
        if let Some(algo) = congestion {
            write!(f, " cong {}", algo.name())?;
        }
        let mut flag = |name, on: Option<bool>| match on {
            Some(true) => write!(f, " {name}"),
            Some(false) => write!(f, " !{name}"),
            None => Ok(()),
        };
        flag("ecn", ecn)?;
        flag("nagle", nagle)?;
        if let Some(bytes) = after_bytes {
            write!(f, " after {bytes}")?;
        }
        if let Some(quota) = quota {
            write!(f, " quota {quota}")?;
        }
        Ok(())
    }
}
