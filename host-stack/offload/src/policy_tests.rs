// SPDX-License-Identifier: Apache-2.0
//! The policy: rules, file, each reason against a session (S-TOE-4), capability bits (S-TOE-2, S-CSUM-4).

use std::net::{IpAddr, Ipv4Addr};

use proptest::prelude::*;
use toe_stack::neigh::NeighKey;
use toe_stack::{
    Endpoint, Facts, FourTuple, InterfaceConfig, MacAddr, NextHopFacts, OffloadCaps, ScopedAddr,
    SessionPath, Stack, StackConfig, TcpOptions,
};
use toe_tcp::{CcAlgo, State};

use crate::caps::{self, CapsError, NAMES, Toggles};
use crate::{Action, End, Opened, Policy, Reason, Rule, Settings, SocketOption, Subject, What};

fn tuple(last: u8, lport: u16, rport: u16) -> FourTuple {
    let end = |ip: [u8; 4], port| Endpoint::new(ScopedAddr::from(Ipv4Addr::from(ip)), port);
    FourTuple { local: end([10, 0, 0, 1], lport), remote: end([10, 0, 0, last], rport) }
}

fn passive(last: u8, lport: u16, rport: u16) -> Subject {
    Subject { tuple: tuple(last, lport, rport), opened: Opened::Passive }
}

fn active(last: u8, lport: u16, rport: u16) -> Subject {
    Subject { opened: Opened::Active, ..passive(last, lport, rport) }
}

#[test]
fn the_first_rule_that_matches_decides_and_counts() {
    let mut policy = Policy::default();
    policy.push(Rule::local_port(80, Action::Offload));
    policy.push(Rule::remote(IpAddr::from([10, 0, 0, 9]), Action::Software));
    assert_eq!(policy.decide(&passive(9, 80, 1)).action, Action::Offload);
    assert_eq!(policy.decide(&passive(9, 81, 1)).action, Action::Software);
    assert_eq!(policy.decide(&passive(8, 81, 1)).action, Action::Offload, "the default");
    policy.default = Action::Software;
    assert_eq!(policy.decide(&passive(8, 81, 1)).action, Action::Software);
    let hits: Vec<u64> = policy.rules().map(|(_, hits)| hits).collect();
    assert_eq!((hits, policy.default_hits()), (vec![1, 1], 2));
    // Asking is not deciding.
    assert_eq!(policy.verdict(&passive(9, 80, 1)).rule, Some(0));
    assert_eq!(policy.rules().next().unwrap().1, 1);
}

const FILE: &str = "
# what goes where
default !offload
after 64K
quota 1000
unsettled on
[P] dst port 80 => offload cong cubic !ecn     # a server of ours
[A] dst net 10.0.0.0/24 && dst port 8000-8099 => offload after 1M quota 16
[D] ipv6 and !local port 22 => offload !nagle
remote host 10.0.0.7 => !offload
";

#[test]
fn a_file_means_what_it_says() {
    let policy = Policy::parse(FILE).unwrap();
    assert_eq!((policy.default, policy.after_bytes), (Action::Software, 65_536));
    assert_eq!((policy.quota, policy.unsettled, policy.len()), (Some(1000), true, 4));
    let v = policy.verdict(&passive(2, 80, 5000));
    assert_eq!((v.rule, v.action), (Some(0), Action::Offload));
    assert_eq!((v.settings.congestion, v.settings.ecn), (Some(CcAlgo::Cubic), Some(false)));
    // The destination of a session that we opened is the peer.
    assert_eq!(policy.verdict(&active(2, 80, 5000)).rule, None);
    let v = policy.verdict(&active(2, 5000, 8099));
    assert_eq!(
        (v.rule, v.settings.after_bytes, v.settings.quota),
        (Some(1), Some(1 << 20), Some(16))
    );
    assert_eq!(policy.verdict(&active(2, 5000, 8100)).rule, None);
    assert_eq!(policy.verdict(&passive(7, 81, 1)).rule, Some(3));
    // Written out it is the same policy.
    let again = Policy::parse(&policy.to_string()).unwrap();
    assert_eq!(again.to_string(), policy.to_string());
}

#[test]
fn errors_name_the_line_and_the_fix() {
    let error = |text: &str| Policy::parse(text).unwrap_err().to_string();
    assert_eq!(
        error("\n[X] any => offload"),
        "line 2: `[X]` is no class: [A] we opened it, [P] the peer did, [D] either"
    );
    assert_eq!(error("[P] dst port => offload"), "line 1: `dst port` needs a value");
    assert_eq!(
        error("[P] dst port 99999 => offload"),
        "line 1: `99999` is no number, or too large"
    );
    assert_eq!(
        error("any => offload cong vegas"),
        "line 1: `cong vegas`: no such congestion control; newreno, cubic and dctcp are known"
    );
    assert_eq!(
        error("any => !offload quota 3"),
        "line 1: settings are for sessions that go to the engine, not for !offload"
    );
    assert_eq!(
        error("[P] dst port 80 offload"),
        "line 1: `[P] dst port 80 offload` is neither `NAME VALUE` nor a rule; a rule has `=>`, as in `[P] dst port 80 => offload`"
    );
    assert_eq!(
        error("port 9-3 => offload"),
        "line 1: `port`: src, dst, local, remote, ipv4 or ipv6 expected"
    );
    assert_eq!(
        error("dst port 9-3 => offload"),
        "line 1: `9-3` is empty: the smaller port comes first"
    );
    assert_eq!(error("default maybe"), "line 1: `maybe` is no action: offload or !offload");
}

fn arb_rule() -> impl Strategy<Value = Rule> {
    let end = prop_oneof![Just(End::Src), Just(End::Dst), Just(End::Local), Just(End::Remote)];
    let what = (end, any::<[u8; 4]>(), 0_u8..=32, any::<u16>(), any::<u16>(), 0..3).prop_map(
        |(end, ip, len, a, b, kind)| match kind {
            0 => What::Net(end, ipnet::IpNet::new(Ipv4Addr::from(ip).into(), len).unwrap().trunc()),
            1 => What::Port(end, a.min(b), a.max(b)),
            _ => What::Ipv6(a & 1 == 0),
        },
    );
    let term = (any::<bool>(), what).prop_map(|(not, what)| crate::Term { not, what });
    let settings = (
        prop_oneof![Just(None), Just(Some(CcAlgo::Cubic)), Just(Some(CcAlgo::NewReno))],
        any::<Option<bool>>(),
        any::<Option<bool>>(),
        any::<Option<u64>>(),
        any::<Option<u32>>(),
    )
        .prop_map(|(congestion, ecn, nagle, after_bytes, quota)| Settings {
            congestion,
            ecn,
            nagle,
            after_bytes,
            quota,
        });
    let opened = prop_oneof![Just(None), Just(Some(Opened::Active)), Just(Some(Opened::Passive))];
    (opened, prop::collection::vec(term, 0..4), any::<bool>(), settings).prop_map(
        |(opened, terms, go, settings)| {
            if go {
                Rule { opened, terms, action: Action::Offload, settings }
            } else {
                Rule { opened, terms, action: Action::Software, settings: Settings::default() }
            }
        },
    )
}

proptest! {
    #[test]
    fn a_rule_written_out_is_the_same_rule(rule in arb_rule()) {
        prop_assert_eq!(rule.to_string().parse::<Rule>(), Ok(rule));
    }

    /// Whatever stands in the file.
    #[test]
    fn no_file_is_too_strange(text in "[ -~\n]{0,200}", words in prop::collection::vec("(\\[[APD]\\]|dst|src|port|net|=>|offload|!|&&|cong|quota|[0-9]{1,3}|\n)", 0..30)) {
        let _parsed = Policy::parse(&text);
        let _parsed = Policy::parse(&words.join(" "));
    }
}

/// Facts of a session that may go, and a stack to ask for names.
fn good() -> Facts {
    let mut stack = Stack::new(StackConfig::default());
    let port = stack.add_interface(InterfaceConfig::ethernet("toe0", MacAddr([2; 6]))).unwrap();
    let id = stack.tcp_socket(TcpOptions::default());
    let iface = stack.interfaces().get(port).unwrap();
    let key = NeighKey::new(port, iface, IpAddr::from([10, 0, 0, 2]));
    let hop = NextHopFacts {
        key,
        port,
        vlan: None,
        src_mac: MacAddr([2; 6]),
        dst_mac: Some(MacAddr([4; 6])),
        mtu: 1500,
    };
    Facts {
        id,
        tuple: tuple(2, 80, 5000),
        passive: true,
        state: State::Established,
        options: TcpOptions::default(),
        path: Some(SessionPath { hop, mtu: 1500, df_off: false }),
        caps: OffloadCaps::all(),
        owns_source: true,
        reassembly: false,
        recovery: false,
        odd_options: false,
        ecn: false,
        closing: false,
        bytes: 0,
    }
}

fn eligible(
    policy: &Policy,
    facts: &Facts,
    there: impl Iterator<Item = crate::Charge> + Clone,
) -> Result<crate::Verdict, Reason> {
    let (verdict, may) = policy.would(facts, there);
    may.map(|()| verdict)
}

/// One line a predicate: what is changed, and the reason that it gives.
#[test]
fn every_predicate_has_its_reason() {
    let mut policy =
        Policy::parse("after 0\n[P] dst port 443 => offload !ecn\nany => offload").unwrap();
    let none = || std::iter::empty();
    assert_eq!(eligible(&policy, &good(), none()).map(|v| v.rule), Ok(Some(1)));
    let check = |reason: Reason, change: &dyn Fn(&mut Facts)| {
        let mut facts = good();
        change(&mut facts);
        assert_eq!(eligible(&policy, &facts, none()), Err(reason));
    };
    check(Reason::SocketOption, &|f| f.options.offload = false);
    check(Reason::NoPath, &|f| f.path = None);
    check(Reason::Capability, &|f| f.caps.toe4 = false);
    check(Reason::ForeignAddress, &|f| f.owns_source = false);
    check(Reason::Closing, &|f| f.closing = true);
    check(Reason::Closing, &|f| f.state = State::CloseWait);
    check(Reason::Options, &|f| f.odd_options = true);
    check(Reason::Recovery, &|f| f.recovery = true);
    check(Reason::Reassembly, &|f| f.reassembly = true);
    check(Reason::Unresolved, &|f| f.path.as_mut().unwrap().hop.dst_mac = None);
    check(Reason::Ecn, &|f| {
        f.tuple = tuple(2, 443, 5000);
        f.ecn = true;
    });
    // The other family's bit does not matter, nor ECN under a rule that does not mention it.
    let mut facts = good();
    (facts.caps.toe6, facts.ecn) = (false, true);
    assert!(eligible(&policy, &facts, none()).is_ok());
    policy.after_bytes = 1;
    assert_eq!(eligible(&policy, &good(), none()), Err(Reason::TooYoung));
    policy.after_bytes = 0;
    policy.quota = Some(2);
    assert!(eligible(&policy, &good(), [None].into_iter()).is_ok());
    assert_eq!(eligible(&policy, &good(), [None, Some(0)].into_iter()), Err(Reason::Quota));
    let mut policy = Policy::parse("any => offload quota 1").unwrap();
    assert!(eligible(&policy, &good(), [None, None].into_iter()).is_ok(), "others do not count");
    assert_eq!(eligible(&policy, &good(), [Some(0)].into_iter()), Err(Reason::Quota));
    policy = Policy::parse("any => !offload").unwrap();
    assert_eq!(eligible(&policy, &good(), none()), Err(Reason::Policy));
    policy = Policy::default();
    policy.unsettled = true;
    let mut facts = good();
    (facts.recovery, facts.reassembly) = (true, true);
    assert!(eligible(&policy, &facts, none()).is_ok());
}

fn bits(set: u32) -> OffloadCaps {
    let on: Vec<String> = (0..NAMES.len())
        .map(|n| format!("{}{}", if set >> n & 1 == 1 { '+' } else { '-' }, NAMES[n]))
        .collect();
    // Bit by bit: the dependencies are not asked.
    let mut caps = OffloadCaps::default();
    for word in &on {
        let name = &word[1..];
        let on = word.starts_with('+');
        match name {
            "rxcsum4" => caps.rx_csum4 = on,
            "rxcsum6" => caps.rx_csum6 = on,
            "txcsum4" => caps.tx_csum4 = on,
            "txcsum6" => caps.tx_csum6 = on,
            "tso4" => caps.tso4 = on,
            "tso6" => caps.tso6 = on,
            "vlan" => caps.vlan_insert = on,
            "toe4" => caps.toe4 = on,
            _ => caps.toe6 = on,
        }
    }
    caps
}

/// Every subset of bits, in one request, on every state that can be: 512 × 384 requests for all on, all off, and mixed.
#[test]
fn any_subset_of_toggles_gives_exactly_that_set() {
    for from in (0..512).map(bits).filter(|c| c.normalised() == *c) {
        for set in 0..512_u32 {
            // Bits of `set` are toggled, the others are not mentioned (S-TOE-2: the defect undid those).
            let mut words = Vec::new();
            let before: Vec<bool> = caps::each(from).map(|(_, on)| on).collect();
            let mut target = 0_u32;
            for (n, name) in NAMES.iter().enumerate() {
                let mentioned = set >> n & 1 == 1;
                let on = before[n] != mentioned;
                target |= u32::from(on) << n;
                if mentioned {
                    words.push(format!("{}{name}", if on { '+' } else { '-' }));
                }
            }
            let want = bits(target);
            let toggles = Toggles::parse(words.iter().map(String::as_str)).unwrap();
            let asks = |tso: &str| words.contains(&format!("+{tso}"));
            match toggles.apply(from) {
                Ok((new, messages)) => {
                    assert_eq!(new, want.normalised(), "{from:?} {words:?}");
                    let fell = [(want.tso4, new.tso4), (want.tso6, new.tso6)];
                    let fell = fell.iter().filter(|(a, b)| a != b).count();
                    assert_eq!(messages.len(), fell, "{words:?}: {messages:?}");
                }
                Err(CapsError::Needs("tso4", _)) => assert!(asks("tso4") && !want.tx_csum4),
                Err(CapsError::Needs(_, _)) => assert!(asks("tso6") && !want.tx_csum6),
                Err(error) => panic!("{words:?}: {error}"),
            }
        }
    }
}

#[test]
fn requests_that_make_no_sense_change_nothing() {
    let parse = |words: &[&str]| Toggles::parse(words.iter().copied());
    assert_eq!(parse(&["+tso4", "-tso"]), Err(CapsError::Twice("tso4")));
    assert_eq!(parse(&["toe"]), Err(CapsError::Sign("toe".into())));
    assert!(matches!(parse(&["+lro"]), Err(CapsError::Unknown(_))));
    let off = OffloadCaps::default();
    assert_eq!(
        parse(&["+tso4"]).unwrap().apply(off).unwrap_err().to_string(),
        "tso4 needs txcsum4: enable txcsum4 first, or with +txcsum4 in the same request"
    );
    let (on, messages) = parse(&["+tso4", "+txcsum4"]).unwrap().apply(off).unwrap();
    assert!(on.tso4 && on.tx_csum4 && !on.tso6 && messages.is_empty());
    let (on, messages) = parse(&["-txcsum"]).unwrap().apply(on).unwrap();
    assert_eq!((on, messages), (off, vec!["tso4 is off now: it needs txcsum4".to_owned()]));
}

/// S-TOE-10: one row an option.
#[test]
fn every_socket_option_has_its_row() {
    use crate::Handling::{Engine, Host, Refuse, TakeBack};
    let idle = toe_tcp::Micros(1);
    for (option, handling) in [
        (SocketOption::NoDelay(true), Engine),
        (SocketOption::NoDelay(false), Engine),
        (SocketOption::Congestion(CcAlgo::Cubic), Engine),
        (SocketOption::KeepAlive(None), Engine),
        (SocketOption::KeepAlive(Some(idle)), TakeBack),
        (SocketOption::Offload(false), TakeBack),
        (SocketOption::Offload(true), Host),
        (SocketOption::SendRing(4096), Refuse),
        (SocketOption::ReceiveRing(4096), Refuse),
    ] {
        assert_eq!(option.handling(), handling, "{option:?}");
    }
}
