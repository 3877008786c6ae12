// SPDX-License-Identifier: Apache-2.0
//! The policy file. One statement a line, `#` begins a comment:
//!
//! ```text
//! default !offload            # sessions that no rule matches
//! after 64K                   # payload bytes before a session may go
//! quota 1000                  # sessions in the engine at a time
//! unsettled off               # sessions in loss recovery stay until they run smoothly
//! [P] dst port 80 => offload cong cubic !ecn
//! [A] dst net 10.0.0.0/8 && dst port 8000-8099 => offload after 1M quota 16
//! any => !offload
//! ```

use ipnet::IpNet;
use toe_tcp::CcAlgo;

use crate::policy::Policy;
use crate::rule::{Action, End, Opened, Rule, Settings, Term, What};

/// Longest file that is read, bytes.
pub(crate) const MAX_FILE: usize = 1 << 20;
/// Rules that a policy may have.
pub(crate) const MAX_RULES: usize = 4096;
/// Conditions that a rule may have.
const MAX_TERMS: usize = 32;

/// What is wrong with a policy file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct PolicyError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// The first line that is not understood.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let mut policy = Self::default();
        if text.len() > MAX_FILE {
            return Err(PolicyError { line: 1, what: format!("longer than {MAX_FILE} bytes") });
        }
        for (line, content) in (1..).zip(text.lines()) {
            let content = content.split('#').next().unwrap_or("").trim();
            if !content.is_empty() {
                statement(&mut policy, content).map_err(|what| PolicyError { line, what })?;
            }
        }
        Ok(policy)
    }
}

fn statement(policy: &mut Policy, text: &str) -> Result<(), String> {
    if text.contains("=>") {
        if policy.len() >= MAX_RULES {
            return Err(format!("more than {MAX_RULES} rules"));
        }
        policy.push(text.parse()?);
        return Ok(());
    }
    let mut words = text.split_whitespace();
    let (name, value) = (words.next().unwrap_or(""), words.next());
    if words.next().is_some() {
        return Err(format!(
            "`{text}` is neither `NAME VALUE` nor a rule; a rule has `=>`, as in `[P] dst port 80 => offload`"
        ));
    }
    let value = value.ok_or_else(|| format!("`{name}` needs a value"))?;
    match name {
        "default" => policy.default = action(value)?,
        "after" => policy.after_bytes = bytes(value)?,
        "quota" => policy.quota = Some(number(value)?),
        "unsettled" => policy.unsettled = on_off(value)?,
        _ => {
            return Err(format!(
                "`{name}` is no statement: default, after, quota, unsettled, or a rule with `=>`"
            ));
        }
    }
    Ok(())
}

fn action(word: &str) -> Result<Action, String> {
    match word {
        "offload" => Ok(Action::Offload),
        "!offload" | "software" => Ok(Action::Software),
        _ => Err(format!("`{word}` is no action: offload or !offload")),
    }
}

fn on_off(word: &str) -> Result<bool, String> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("`{word}`: on or off")),
    }
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("`{word}` is no number, or too large"))
}

/// `64`, `64K`, `1M`, `2G`.
fn bytes(word: &str) -> Result<u64, String> {
    let (digits, shift) = match word.char_indices().last() {
        Some((at, 'k' | 'K')) => (&word[..at], 10),
        Some((at, 'm' | 'M')) => (&word[..at], 20),
        Some((at, 'g' | 'G')) => (&word[..at], 30),
        _ => (word, 0),
    };
    let n: u64 = number(digits)?;
    n.checked_mul(1 << shift).ok_or_else(|| format!("`{word}` is too large"))
}

impl std::str::FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (left, right) = text.split_once("=>").ok_or("a rule has `=>`")?;
        let mut left = left.trim();
        let mut opened = None;
        if let Some(rest) = left.strip_prefix('[') {
            let (class, rest) = rest.split_once(']').ok_or("`[` without `]`")?;
            opened = match class.trim() {
                "A" | "a" => Some(Opened::Active),
                "P" | "p" => Some(Opened::Passive),
                "D" | "d" => None,
                other => {
                    return Err(format!(
                        "`[{other}]` is no class: [A] we opened it, [P] the peer did, [D] either"
                    ));
                }
            };
            left = rest.trim();
        }
        let terms = terms(left)?;
        let mut words = right.split_whitespace();
        let action = action(words.next().ok_or("nothing after `=>`: offload or !offload")?)?;
        let settings = settings(words)?;
        if action == Action::Software && settings != Settings::default() {
            return Err("settings are for sessions that go to the engine, not for !offload".into());
        }
        Ok(Self { opened, terms, action, settings })
    }
}

fn terms(text: &str) -> Result<Vec<Term>, String> {
    if matches!(text, "any" | "all" | "*") {
        return Ok(Vec::new());
    }
    if text.is_empty() {
        return Err("no condition before `=>`; `any` means every session".into());
    }
    // `!` may stand close to what it negates.
    let spaced = text.replace('!', " ! ").replace("&&", " && ");
    let mut words = spaced.split_whitespace().peekable();
    let mut terms = Vec::new();
    while words.peek().is_some() {
        if !terms.is_empty() {
            words.next_if(|w| matches!(*w, "&&" | "and"));
        }
        let mut not = false;
        while words.next_if(|w| matches!(*w, "!" | "not")).is_some() {
            not = !not;
        }
        let what = term(&mut words)?;
        terms.push(Term { not, what });
        if terms.len() > MAX_TERMS {
            return Err(format!("more than {MAX_TERMS} conditions"));
        }
    }
    Ok(terms)
}

fn term<'a>(words: &mut impl Iterator<Item = &'a str>) -> Result<What, String> {
    let end = match words.next() {
        Some("ipv4" | "ip4") => return Ok(What::Ipv6(false)),
        Some("ipv6" | "ip6") => return Ok(What::Ipv6(true)),
        Some("src") => End::Src,
        Some("dst") => End::Dst,
        Some("local") => End::Local,
        Some("remote") => End::Remote,
        Some(other) => {
            return Err(format!("`{other}`: src, dst, local, remote, ipv4 or ipv6 expected"));
        }
        None => return Err("a condition is missing after `&&` or `!`".into()),
    };
    let kind = words.next().ok_or_else(|| format!("`{end}` what? port, net or host"))?;
    let value = words.next().ok_or_else(|| format!("`{end} {kind}` needs a value"))?;
    match kind {
        "port" => {
            let (low, high) = value.split_once('-').unwrap_or((value, value));
            let (low, high) = (number(low)?, number(high)?);
            if low > high {
                return Err(format!("`{value}` is empty: the smaller port comes first"));
            }
            Ok(What::Port(end, low, high))
        }
        "net" | "host" | "addr" => {
            let net: Option<IpNet> = value.parse().ok();
            let addr = || value.parse::<std::net::IpAddr>().ok().map(IpNet::from);
            let net = net.filter(|_| kind == "net").or_else(addr);
            let net =
                net.ok_or_else(|| format!("`{value}` is no address or prefix (10.0.0.0/8)"))?;
            Ok(What::Net(end, net.trunc()))
        }
        other => Err(format!("`{end} {other}`: port, net or host expected")),
    }
}

fn settings<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Settings, String> {
    let mut s = Settings::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
        match word {
            "cong" => {
                let name = value()?;
                s.congestion = Some(CcAlgo::from_name(name).ok_or_else(|| {
                    format!(
                        "`cong {name}`: no such congestion control; newreno, cubic and dctcp are known"
                    )
                })?);
            }
            "ecn" => s.ecn = Some(true),
            "!ecn" => s.ecn = Some(false),
            "nagle" => s.nagle = Some(true),
            "!nagle" => s.nagle = Some(false),
            "after" => s.after_bytes = Some(bytes(value()?)?),
            "quota" => s.quota = Some(number(value()?)?),
            _ => {
                return Err(format!(
                    "`{word}` is no setting: cong NAME, ecn, !ecn, nagle, !nagle, after BYTES, quota N"
                ));
            }
        }
    }
    Ok(s)
}
