// SPDX-License-Identifier: Apache-2.0
//! The protocol against hostile clients. Requests against a living node are tested in `host-stack/cli`.

use proptest::prelude::*;

use super::lines::{self, Lines, MAX_REQUEST};
use super::proto::{Carried, Filter, Info, Reply, Request, RouteArgs, Socket, Timer};

#[test]
fn requests_are_versioned_and_strict() {
    let ask = |text: &str| lines::request(text.as_bytes()).map_err(|f| f.message);
    assert_eq!(
        ask(r#"{"v":2,"op":"sockets","detail":true}"#),
        Ok(Request::Sockets { detail: true })
    );
    assert!(ask(r#"{"v":1,"op":"hello"}"#).unwrap_err().contains("speaks 2"));
    assert!(ask(r#"{"op":"hello"}"#).unwrap_err().contains("version"));
    assert!(ask(r#"{"v":2,"op":"halt"}"#).unwrap_err().contains("unknown variant `halt`"));
    assert!(ask(r#"{"v":2,"op":"socket","id":-1}"#).is_err());
    assert!(ask(r#"[1]"#).unwrap_err().contains("not a JSON object"));
    assert!(ask("\u{0}").is_err());
}

#[test]
fn requests_written_out_are_the_same_requests() {
    for request in [
        Request::Hello,
        Request::Socket { id: 7 },
        Request::RouteAdd {
            fib: 0,
            route: RouteArgs { prefix: "default".into(), ..RouteArgs::default() },
            replace: true,
        },
        Request::Capture { filter: Filter { port: Some(80), host: None } },
        Request::PolicyLoad { text: "any => offload\n".into() },
    ] {
        let line = lines::request_line(&request);
        assert_eq!(line.iter().filter(|b| **b == b'\n').count(), 1, "one line");
        assert_eq!(lines::request(&line[..line.len() - 1]), Ok(request));
    }
}

/// The names are a promise to programs (docs/toe.md); S-CC-5: none of a bandwidth limiter is among them.
#[test]
fn what_is_told_of_a_session_has_these_names() {
    let names = |value: serde_json::Value| {
        let object = value.as_object().unwrap().clone();
        object.keys().cloned().collect::<Vec<_>>().join(" ")
    };
    let timer = Timer { name: "rexmt".into(), left_ms: 7 };
    let info = Info {
        timers: vec![timer.clone()],
        counters: vec![("segs_out".into(), 5), ("bytes_out".into(), 3)],
        ..Info::default()
    };
    let json = serde_json::to_value(&info).unwrap();
    assert_eq!(json["timers"][0], serde_json::json!({ "name": "rexmt", "left_ms": 7 }));
    assert_eq!(json["counters"], serde_json::json!({ "segs_out": 5, "bytes_out": 3 }));
    assert_eq!(
        names(json),
        "age_us backoff cc counters cwnd irs iss limit mss notsent ooo_bytes ooo_intervals options path_mss peer_mss pipe \
         rcv_nxt rcv_wnd rcv_wscale recovery retries rto_us rtt_us rttvar_us sacked snd_nxt snd_una snd_wnd snd_wscale \
         ssthresh timers unacked"
    );
    let row = Socket {
        id: Some(1),
        timer: Some(timer),
        info: Some(Box::new(info.clone())),
        reason: Some(String::new()),
        rule: Some(1),
        carried: Some(Carried::default()),
        ..Socket::default()
    };
    assert_eq!(
        names(serde_json::to_value(&row).unwrap()),
        "carried id info local offload owner peer reason recv_q rule send_q state timer"
    );
    // Written and read, in the order in which they stood.
    let reply = Reply::Socket { now_us: 1, row: Box::new(row) };
    let line = lines::answer_line(Ok(reply.clone()));
    let back: super::proto::Answer = serde_json::from_slice(&line).unwrap();
    assert_eq!(back.ok, Some(reply));
}

#[test]
fn a_line_without_end_is_bounded() {
    let mut lines = Lines::default();
    let piece = vec![b'x'; 64 * 1024];
    let mut fed = 0;
    loop {
        lines.feed(&piece);
        fed += piece.len();
        match lines.next_line() {
            Ok(None) => assert!(fed <= MAX_REQUEST, "kept {fed}"),
            Ok(Some(_)) => panic!("there is no line"),
            Err(_) => break,
        }
    }
    let answer = lines::answer_line(Ok(Reply::Done { messages: Vec::new() }));
    assert_eq!(answer, b"{\"v\":2,\"ok\":{\"kind\":\"done\",\"messages\":[]}}\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Lines come out as they went in, however they are cut.
    #[test]
    fn lines_survive_any_cutting(text in prop::collection::vec("[ -~]{0,40}", 0..20), cuts in prop::collection::vec(1_usize..30, 1..50)) {
        let mut whole: Vec<u8> = Vec::new();
        for line in &text {
            whole.extend(line.as_bytes());
            whole.push(b'\n');
        }
        let (mut lines, mut got, mut at) = (Lines::default(), Vec::new(), 0);
        for cut in cuts.iter().cycle() {
            if at >= whole.len() {
                break;
            }
            let end = (at + cut).min(whole.len());
            lines.feed(&whole[at..end]);
            at = end;
            while let Ok(Some(line)) = lines.next_line() {
                got.push(String::from_utf8(line).unwrap());
            }
        }
        prop_assert_eq!(got, text);
    }

    /// Whatever a client sends.
    #[test]
    fn no_request_is_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _request = lines::request(&bytes);
    }

    /// JSON that is nearly right.
    #[test]
    fn nearly_right_requests_are_refused(op in "(hello|sockets|socket|capture|route_add|sysctl_set|caps)", key in "(detail|id|fib|route|filter|name|value|toggles|x)", value in "(1|-1|null|true|\"\"|\\[\\]|\\{\\}|1e400|99999999999999999999)") {
        let text = format!("{{\"v\":2,\"op\":\"{op}\",\"{key}\":{value}}}");
        let _request = lines::request(text.as_bytes());
    }
}
