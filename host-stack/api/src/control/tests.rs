// SPDX-License-Identifier: Apache-2.0
//! The protocol against hostile clients. Requests against a living node are tested in `host-stack/cli`.

use proptest::prelude::*;

use super::lines::{self, Lines, MAX_REQUEST};
use super::proto::{Filter, Reply, Request, RouteArgs};

#[test]
fn requests_are_versioned_and_strict() {
    let ask = |text: &str| lines::request(text.as_bytes()).map_err(|f| f.message);
    assert_eq!(
        ask(r#"{"v":1,"op":"sockets","detail":true}"#),
        Ok(Request::Sockets { detail: true })
    );
    assert!(ask(r#"{"v":2,"op":"hello"}"#).unwrap_err().contains("speaks 1"));
    assert!(ask(r#"{"op":"hello"}"#).unwrap_err().contains("version"));
    assert!(ask(r#"{"v":1,"op":"halt"}"#).unwrap_err().contains("unknown variant `halt`"));
    assert!(ask(r#"{"v":1,"op":"socket","id":-1}"#).is_err());
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
    assert_eq!(answer, b"{\"v\":1,\"ok\":{\"kind\":\"done\",\"messages\":[]}}\n");
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
        let text = format!("{{\"v\":1,\"op\":\"{op}\",\"{key}\":{value}}}");
        let _request = lines::request(text.as_bytes());
    }
}
