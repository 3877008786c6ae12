// SPDX-License-Identifier: Apache-2.0
//! S-LOG-1: what nobody waits for and what peers do wrong are logged apart, each by its own switch.
#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs)]

mod common;

use std::sync::Mutex;

use common::{ACK, OUR4, PEER4, RST, Raw, SYN, base_stack};
use toe_stack::{
    Endpoint, MacAddr, Micros, OffloadCaps, RxFrame, StackConfig, TcpOptions, tcp_log,
};

static LINES: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

struct Keep;

impl log::Log for Keep {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        LINES.lock().unwrap().push((record.target().to_owned(), record.args().to_string()));
    }
    fn flush(&self) {}
}

/// A SYN and a stray ACK to a port where nobody is, and a reset inside the window of a session: how many lines each.
fn lines(vain: u8, debug: bool) -> (usize, usize) {
    let config = StackConfig { log_in_vain: vain, log_debug: debug, ..StackConfig::default() };
    let (mut s, eth) = base_stack(7, OffloadCaps::default(), config);
    s.set_neighbour(Micros(0), eth, PEER4.into(), MacAddr(common::PEER_MAC)).unwrap();
    let listener = s.tcp_socket(TcpOptions::default());
    s.tcp_bind(listener, Endpoint::new(OUR4.into(), 80)).unwrap();
    s.tcp_listen(listener, 4).unwrap();
    let raw = Raw {
        src: PEER4.octets(),
        wnd: 60_000,
        sport: 4000,
        dport: 80,
        seq: 1000,
        flags: SYN,
        ..Raw::default()
    };
    let mut give = |raw: &Raw| {
        s.handle_frame(Micros(1), eth, &RxFrame::unchecked(&raw.frame()));
        std::iter::from_fn(|| s.poll_transmit(Micros(1))).last().map(|f| f.bytes)
    };
    LINES.lock().unwrap().clear();
    let answer = give(&raw).unwrap();
    let (_, iss, _) = common::tcp_fields(&answer).unwrap();
    give(&Raw { seq: 1001, ack: iss + 1, flags: ACK, ..raw.clone() });
    give(&Raw { seq: 1011, flags: RST, ..raw.clone() });
    give(&Raw { dport: 81, ..raw.clone() });
    give(&Raw { dport: 81, ack: 5, flags: ACK, ..raw.clone() });
    let lines = LINES.lock().unwrap();
    let of = |target: &str| lines.iter().filter(|l| l.0 == target).count();
    assert!(
        lines.iter().all(|l| l.1.contains("flags") && l.1.contains("10.0.0.2:4000")),
        "{lines:?}"
    );
    (of(tcp_log::VAIN), of(tcp_log::DEBUG))
}

#[test]
fn vain_and_debug_are_apart() {
    log::set_logger(&Keep).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    assert_eq!(lines(0, false), (0, 0));
    assert_eq!(lines(1, false), (1, 0));
    assert_eq!(lines(2, false), (2, 0));
    assert_eq!(lines(0, true), (0, 1));
    assert_eq!(lines(2, true), (2, 1));
}
