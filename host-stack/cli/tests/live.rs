// SPDX-License-Identifier: Apache-2.0
//! The real program against a living stack: `toe daemon` on the functional model with its own peer.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const TOE: &str = env!("CARGO_BIN_EXE_toe");

/// A stack of its own. Ends when it is dropped.
struct Stack {
    child: Child,
    dir: PathBuf,
}

impl Stack {
    fn start(name: &str, args: &[&str]) -> Self {
        let dir = std::env::temp_dir().join(format!("toe-live-{name}-{}", std::process::id()));
        let _left_over = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        let child = Command::new(TOE)
            .args(["--control", dir.join("sock").to_str().unwrap(), "daemon", "--time", "120"])
            .args(args)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stack = Self { child, dir };
        stack.wait("it listens", |s| UnixStream::connect(s.socket()).is_ok());
        stack
    }

    fn socket(&self) -> PathBuf {
        self.dir.join("sock")
    }

    fn toe(&self, args: &[&str]) -> Output {
        Command::new(TOE).env("TOE_CONTROL", self.socket()).args(args).output().unwrap()
    }

    /// What a command prints; it must succeed.
    #[track_caller]
    fn text(&self, args: &[&str]) -> String {
        let out = self.toe(args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    #[track_caller]
    fn json(&self, args: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(args);
        serde_json::from_str(&self.text(&all)).unwrap()
    }

    /// What a command complains about; it must fail.
    #[track_caller]
    fn error(&self, args: &[&str]) -> String {
        let out = self.toe(args);
        assert!(!out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stdout));
        String::from_utf8(out.stderr).unwrap()
    }

    fn sessions(&self) -> Vec<Value> {
        let reply = self.json(&["ss"]);
        let rows = reply["rows"].as_array().unwrap();
        rows.iter().filter(|r| r["state"] == "ESTABLISHED").cloned().collect()
    }

    fn engine(&self) -> usize {
        self.sessions().iter().filter(|r| r["owner"] == "engine").count()
    }

    #[track_caller]
    fn wait(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let until = Instant::now() + Duration::from_secs(40);
        while !done(self) {
            assert!(Instant::now() < until, "{what}: not within 40 s");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.dir.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _waited = self.child.wait();
        let _removed = std::fs::remove_dir_all(&self.dir);
    }
}

#[test]
fn one_table_of_what_lives_and_what_moves() {
    let stack = Stack::start("table", &["--traffic", "6"]);
    stack.wait("the engine has all", |s| s.engine() == 6);
    let text = stack.text(&["ss"]);
    assert_eq!(text.lines().count(), 7, "{text}");
    assert!(text.contains("toe4") && text.contains("toe6"), "{text}");
    assert!(stack.text(&["ss", "-l"]).contains("LISTEN"));
    // Everything about each, whoever has it.
    let detail = stack.json(&["ss", "-i"]);
    for row in detail["rows"].as_array().unwrap() {
        let info = &row["info"];
        assert!(info["mss"].as_u64().unwrap() > 500, "{row}");
        assert!(info["age_us"].as_u64().unwrap() < 5_000_000, "{row}");
        assert!(info["limit"].as_str().unwrap().contains(": "), "{row}");
    }
    // What ran out since the engine was asked is not shown as if it ran.
    let now = |reply: &Value| reply["now_us"].as_u64().unwrap();
    stack.wait("timers of then are over", |s| now(&s.json(&["ss"])) > now(&detail) + 210_000);
    for row in stack.sessions().iter().filter(|row| row["owner"] == "engine") {
        assert_ne!(row["timer"]["left_ms"], 0, "{row}");
    }
    let id = stack.sessions()[0]["id"].to_string();
    let dump = stack.text(&["ss", &id]);
    assert!(dump.starts_with("limited by  "), "{dump}");
    assert!(dump.contains("engine (toe"), "{dump}");
    // The column flips back (S-TOE-11).
    assert_eq!(stack.text(&["offload", "take-back", &id]), "1 session on the way back\n");
    stack.wait("it is back", |s| s.engine() == 5);
    let row = stack.json(&["ss", &id]);
    assert_eq!((&row["row"]["offload"], &row["row"]["owner"]), (&"-".into(), &"host".into()));
    let again = stack.error(&["offload", "take-back", &id]);
    assert!(again.contains("the engine does not have it (host)"), "{again}");
    stack.text(&["offload", "auto", "off"]);
    stack.text(&["offload", "take-back", "all"]);
    stack.wait("all are back", |s| s.engine() == 0);
    stack.text(&["offload", "offload", "all"]);
    stack.text(&["offload", "auto", "on"]);
    stack.wait("all are there again", |s| s.engine() == 6);
    let status = stack.json(&["offload"]);
    assert!(status["engine_received"].as_u64().unwrap() > 0, "{status}");
    assert!(stack.error(&["ss", "9999"]).contains("no socket 9999; `toe ss` lists them"));
}

/// Every table that comes is of one instant, while sessions come, move and go.
#[test]
fn tables_are_consistent_under_churn() {
    let stack = Stack::start("churn", &["--traffic", "20", "--rate", "50"]);
    stack.wait("all are there", |s| s.sessions().len() == 20);
    for n in 0..30 {
        let verb = if n % 2 == 0 { "take-back" } else { "offload" };
        let _moves_or_not = stack.toe(&["offload", verb, "all"]);
        let reply = stack.json(&["ss", "-a"]);
        let rows = reply["rows"].as_array().unwrap();
        let mut names: Vec<String> =
            rows.iter().map(|r| format!("{} {}", r["local"], r["peer"])).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "an end is there twice: {rows:?}");
        let live = rows.iter().filter(|r| r["state"] == "ESTABLISHED").count();
        assert_eq!(live, 20, "{rows:?}");
        for row in rows {
            let engine = row["owner"] != "host";
            assert_eq!(row["offload"] != "-", engine, "{row}");
        }
    }
}

#[test]
fn rules_are_loaded_tried_and_take_sessions_back() {
    let stack = Stack::start("policy", &["--traffic", "6"]);
    stack.wait("the engine has all", |s| s.engine() == 6);
    let file = stack.file("p", "default !offload\n[P] dst port 19 => offload cong newreno\n[P] dst port 7 => offload quota 1\n");
    assert!(stack.text(&["policy", "check", &file]).ends_with("2 rules, well formed\n"));
    let checked = stack.json(&["policy", "check", &file]);
    assert_eq!(checked, serde_json::json!({ "file": file, "rules": 2 }));
    let rows = stack.json(&["policy", "dry-run", &file]);
    let rows = rows["rows"].as_array().unwrap();
    let then = |what: &str| rows.iter().filter(|r| r["then"] == what).count();
    assert_eq!((then("stays"), then("comes back")), (3, 3), "{rows:?}");
    assert_eq!(stack.engine(), 6, "nothing was changed");
    stack.text(&["policy", "load", &file]);
    stack.wait("three stay", |s| s.engine() == 3);
    let shown = stack.json(&["policy"]);
    let rules = shown["rules"].as_array().unwrap();
    assert_eq!(rules[0]["in_engine"], 2, "{shown}");
    assert_eq!(rules[1]["in_engine"], 1, "{shown}");
    assert!(rules.iter().all(|r| r["hits"].as_u64().unwrap() >= 1), "{shown}");
    let ports = |s: &Stack| -> Vec<String> {
        let rows = s.json(&["ss", "-i", "-e"]);
        let rows = rows["rows"].as_array().unwrap();
        rows.iter().map(|r| format!("{}", r["info"]["cc"])).collect()
    };
    stack.wait("the rule's congestion control", |s| {
        ports(s).iter().filter(|cc| cc.contains("newreno")).count() == 2
    });
    let bad = stack.file("bad", "[P] dst prot 80 => offload\n");
    let error = stack.error(&["policy", "load", &bad]);
    assert!(error.contains("bad:1: `dst prot`: port, net or host expected"), "{error}");
    assert_eq!(stack.engine(), 3);
    stack.text(&["offload", "quota", "2"]);
    stack.wait("two stay", |s| s.engine() == 2);
    assert_eq!(stack.text(&["offload", "quota"]), "quota 2\n");
    assert_eq!(stack.json(&["offload", "quota"]), serde_json::json!({ "quota": 2 }));
    assert_eq!(stack.json(&["offload", "quota", "none"])["kind"], "done");
    assert_eq!(stack.json(&["offload", "quota"])["quota"], Value::Null);
}

#[test]
fn routes_neighbours_and_options_change() {
    let stack = Stack::start("ip", &["--traffic", "2", "--set", "net.inet.tcp.ecn.enable=1"]);
    stack.text(&["ip", "route", "add", "10.0.0.0/8", "via", "192.168.69.7", "mtu", "1400"]);
    let error = stack.error(&["ip", "route", "add", "10.0.0.0/8", "via", "192.168.69.7"]);
    assert!(error.contains("route exists; `toe ip route replace` changes it"), "{error}");
    stack.text(&["ip", "route", "replace", "10.0.0.0/8", "via", "192.168.69.8"]);
    assert!(stack.text(&["ip", "route"]).contains("10.0.0.0/8 via 192.168.69.8 dev toe0"));
    stack.text(&["ip", "route", "del", "10.0.0.0/8"]);
    assert!(!stack.text(&["ip", "route"]).contains("10.0.0.0/8"));
    let error = stack.error(&["ip", "route", "add", "10.0.0.0/8", "via", "172.16.0.1"]);
    assert!(error.contains("say which with `dev NAME`"), "{error}");
    stack.text(&["ip", "addr", "add", "10.1.0.1/16", "dev", "toe0"]);
    assert!(stack.text(&["ip", "addr"]).contains("inet 10.1.0.1/16"));
    stack.text(&["ip", "addr", "del", "10.1.0.1", "dev", "toe0"]);
    assert!(
        stack
            .error(&["ip", "addr", "add", "1.2.3.4/8", "dev", "eth0"])
            .contains("there are lo, toe0")
    );
    stack.text(&[
        "ip",
        "neigh",
        "add",
        "192.168.69.77",
        "lladdr",
        "02:00:00:00:00:77",
        "dev",
        "toe0",
    ]);
    let neigh = stack.text(&["ip", "neigh"]);
    assert!(neigh.contains("02:00:00:00:00:77  PERMANENT"), "{neigh}");
    stack.text(&["ip", "neigh", "del", "192.168.69.77", "dev", "toe0"]);
    stack.text(&["ip", "link", "set", "dev", "toe0", "mtu", "1400"]);
    assert!(stack.text(&["ip", "link"]).contains("mtu 1400"));
    let changed = stack.text(&["sysctl", "-c"]);
    assert!(changed.contains("net.ipv4.tcp_ecn") && changed.contains("command line"), "{changed}");
    assert_eq!(stack.text(&["sysctl", "net.inet.tcp.sack.enable=0"]), "net.ipv4.tcp_sack = 0\n");
    let out = stack.toe(&["sysctl", "net.ipv4.tcp_sack=1", "nosuch=1", "net.ipv4.tcp_sack=0"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(out.stdout, b"net.ipv4.tcp_sack = 1\n", "what is set is told");
    assert_eq!(stack.text(&["sysctl", "net.ipv4.tcp_sack"]), "net.ipv4.tcp_sack = 1\n");
    assert!(
        stack.error(&["sysctl", "net.ipv4.tcp_syncookies=2"]).contains("when the stack starts")
    );
    assert!(
        stack.error(&["offload", "caps", "toe0", "--", "+lro"]).contains("`lro` is no capability")
    );
    assert_eq!(
        stack.text(&["offload", "caps", "toe0", "--", "-txcsum4"]),
        "tso4 is off now: it needs txcsum4\n"
    );
    assert!(stack.error(&["offload", "caps", "toe0", "+tso4"]).contains("enable txcsum4 first"));
}

/// Before the sessions exist, and by the engine's own path.
#[test]
fn captures_show_both_paths() {
    let stack = Stack::start("capture", &["--traffic", "3"]);
    stack.wait("the engine has all", |s| s.engine() == 3);
    let file = stack.dir.join("c.pcapng");
    let file = file.to_str().unwrap();
    let out = stack.toe(&["capture", "-w", file, "--port", "19", "--count", "30", "--time", "20"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success() && said.contains("30 by the engine"), "{said}");
    let bytes = std::fs::read(file).unwrap();
    let mut reader = pcap_file::pcapng::PcapNgReader::new(&bytes[..]).unwrap();
    let (mut packets, mut both) = (0, [false; 2]);
    while let Some(block) = reader.next_block() {
        if let pcap_file::pcapng::Block::EnhancedPacket(p) = block.unwrap() {
            packets += 1;
            let ports = [&p.data[34..36], &p.data[36..38]];
            assert!(ports.contains(&&[0_u8, 19][..]), "{ports:?}");
            both[usize::from(ports[0] == [0, 19])] = true;
        }
    }
    assert_eq!((packets, both), (30, [true, true]));
    stack.text(&["offload", "take-back", "all"]);
    stack.wait("all are back", |s| s.engine() == 0);
    let out = stack.toe(&["capture", "-w", file, "--count", "5", "--time", "20"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("5 frames by software, 0 by the engine"), "{said}");
}

#[test]
fn nobody_else_gets_in_and_nonsense_is_answered() {
    let stack = Stack::start("access", &["--traffic", "0"]);
    let mode = std::fs::metadata(stack.socket()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let talk = |bytes: &[u8]| {
        let mut stream = UnixStream::connect(stack.socket()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line).unwrap();
        line
    };
    assert!(talk(b"\xff\xfe\n").contains("not a JSON object on one line"));
    assert!(talk(b"{\"v\":9,\"op\":\"hello\"}\n").contains("protocol version 9"));
    assert!(talk(b"{\"v\":2,\"op\":\"hello\"}\n").contains("\"device\":\"functional model\""));
    // A request without end.
    let mut stream = UnixStream::connect(stack.socket()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    let _cut_off = stream.write_all(&vec![b'x'; 2 << 20]);
    let mut rest = Vec::new();
    let _reset_or_answer = stream.read_to_end(&mut rest);
    let rest = String::from_utf8_lossy(&rest);
    assert!(rest.is_empty() || rest.contains("a request may have"), "{rest}");
    // Many at once: those who find no room are told.
    let held: Vec<_> = (0..40).map(|_| UnixStream::connect(stack.socket()).unwrap()).collect();
    stack.wait("somebody is told", |_| {
        held.iter().any(|s| {
            s.set_nonblocking(true).unwrap();
            let mut buffer = [0; 200];
            let mut s = s;
            s.read(&mut buffer).is_ok_and(|n| {
                n > 0 && buffer.starts_with(b"{\"v\":2,\"error\":{\"code\":\"busy\"")
            })
        })
    });
    drop(held);
    stack.wait("there is room again", |s| s.toe(&["ss"]).status.success());
    // A second stack at the same place.
    let second = Command::new(TOE)
        .args(["--control", stack.socket().to_str().unwrap(), "daemon", "--time", "1"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!second.status.success() && said.contains("another stack runs there"), "{said}");
    let none =
        Command::new(TOE).args(["--control", "/nonexistent/toe.sock", "ss"]).output().unwrap();
    assert!(String::from_utf8_lossy(&none.stderr).contains("start one with `toe daemon`"));
}

/// As another user, where the test may become one.
#[test]
fn another_user_is_refused() {
    use std::os::unix::process::CommandExt;
    let stack = Stack::start("user", &["--traffic", "0"]);
    let nobody = 65_534;
    // The file's mode refuses first: open it, so that the credentials decide.
    std::fs::set_permissions(&stack.dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(stack.socket(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let copy = stack.dir.join("toe");
    std::fs::copy(TOE, &copy).unwrap();
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755)).unwrap();
    let out = Command::new(&copy)
        .arg("--control")
        .arg(stack.socket())
        .arg("ss")
        .uid(nobody)
        .gid(nobody)
        .output();
    let Ok(out) = out else {
        eprintln!("skipped: this user cannot become another one");
        return;
    };
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        !out.status.success() && said.contains("user 65534 may not control this stack"),
        "{said}"
    );
    assert!(Path::new(&stack.socket()).exists());
}

#[test]
fn counters_explain_themselves() {
    let out = Command::new(TOE).args(["stats", "describe", "tw_insert"]).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.contains("TIME_WAIT entries inserted"), "{text}");
    let stack = Stack::start("stats", &["--traffic", "3"]);
    stack.wait("the engine has all", |s| s.engine() == 3);
    let text = stack.text(&["stats", "handoff_"]);
    assert!(text.contains("handoff_installed  "), "{text}");
    assert_eq!(stack.text(&["tw"]), "no entries\n");
}

/// A program of ours with nothing but its words, and how it ended.
fn alone(words: &[&str]) -> (i32, String) {
    let out = Command::new(TOE).env_remove("TOE_CONTROL").args(words).output().unwrap();
    (out.status.code().unwrap(), String::from_utf8(out.stderr).unwrap())
}

/// 2: the command line is not understood, and says what would be; 1: the stack says no.
#[test]
fn wrong_words_are_told_from_refusals() {
    let stack = Stack::start("words", &["--traffic", "0"]);
    for (words, status, says) in [
        ("ip addr bogus", 2, "`bogus` is not understood; toe ip addr show"),
        ("ip addr show toe0 toe1", 2, "`toe1` is not understood"),
        ("ip addr add 1.2.3.4/8 5.6.7.8/8 dev toe0", 2, "`5.6.7.8/8` is not understood"),
        ("ip addr add 1.2.3.4/8", 2, "`dev NAME` is missing"),
        ("ip addr show eth9", 1, "no interface `eth9`; there are lo, toe0"),
        ("ip neigh show dev eth9", 1, "no interface `eth9`; there are lo, toe0"),
        ("ip link set toe0", 2, "`mtu N`, `up` or `down`"),
        ("ip link set toe0 mtu 99999999999", 2, "`mtu 99999999999`: a whole number"),
        ("ip link set toe0 mtu 10", 1, "MTU 10 is too small"),
        ("ip route show 10.0.0.0/8", 1, "no route to exactly 10.0.0.0/8"),
        ("ip route show via 10.0.0.1", 2, "`10.0.0.1` is not understood"),
        ("ip rule add x", 2, "`add` is not understood; toe ip rule show"),
        ("ip tcp_metrics flush 10.0.0.9", 1, "nothing is known of 10.0.0.9"),
        ("ip tcp_metrics flush x", 2, "`x` is no address"),
        ("sysctl =1", 2, "`=1`: write NAME=VALUE"),
        ("ss --state bogus", 2, "there are listen, syn-sent"),
        ("ss 6 --port 7", 2, "cannot be used with"),
        ("stats nosuch", 1, "no counter has `nosuch` in its name"),
        ("stats a b", 2, "`b`: one pattern at a time"),
        ("offload quota x", 2, "a number of sessions, or `none`"),
        ("offload take-back x", 2, "the number of a socket"),
        ("offload take-back 0", 1, "the engine does not have it"),
        ("capture --time nan -w x", 2, "seconds are expected"),
    ] {
        let out = stack.toe(&words.split(' ').collect::<Vec<_>>());
        let said = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(status), "{words}: {said}");
        assert!(said.contains(says), "{words}: {said}");
        assert!(out.stdout.is_empty(), "{words}");
    }
    let huge = stack.file("huge", &"#".repeat(700_000));
    assert!(stack.error(&["policy", "load", &huge]).contains("a stack takes 524288"));
    for (words, says) in [
        ("device latency --device vfio-user:/x --count 0", "1..=1000000"),
        ("device transfer --device vfio-user:/x --connect 10.0.0.2:1 --limit 0", "1..=86400"),
        ("device probe --device eth0", "names no device: write vfio:DDDD:BB:DD.F"),
        ("daemon --loss 101", "from 0 to 100"),
        ("daemon --loss nan", "from 0 to 100"),
        ("daemon --rate 0", "1..=1000000"),
        ("daemon --traffic 65535", "0..=1000"),
        ("daemon --time inf", "seconds are expected"),
        ("daemon --control-group 4294967295", "0..4294967295"),
    ] {
        let (status, said) = alone(&words.split(' ').collect::<Vec<_>>());
        assert!(status == 2 && said.contains(says), "{words}: {status} {said}");
    }
    let file = stack.file("file", "");
    let (status, said) = alone(&["--control", &file, "ss"]);
    assert!(status == 1 && said.contains("no socket"), "{said}");
}

/// Every answer is JSON, and has the names that docs/toe.md says.
#[test]
fn all_answers_are_json() {
    let stack = Stack::start("json", &["--traffic", "3"]);
    stack.wait("the engine has all", |s| s.engine() == 3);
    let file = stack.file("p", "any => offload\n");
    for (words, names) in [
        ("ss", "kind now_us rows"),
        ("ss --summary", "kind rows"),
        ("ip addr", "kind rows"),
        ("ip route", "kind rows"),
        ("ip rule", "kind rows"),
        ("ip neigh", "kind rows"),
        ("ip tcp_metrics", "kind rows"),
        ("ip link set toe0 mtu 1500", "kind messages"),
        ("policy", "default default_hits kind rules text"),
        ("tw", "kind rows"),
        ("tw --summary", "engine kind software"),
        ("stats handoff_", "kind rows"),
        ("offload auto on", "kind messages"),
        ("offload caps toe0", "caps dev"),
    ] {
        let answer = stack.json(&words.split(' ').collect::<Vec<_>>());
        let keys: Vec<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys.join(" "), names, "{words}");
    }
    assert!(stack.json(&["policy", "dry-run", &file])["rows"][0]["then"].is_string());
    let summary = stack.json(&["ss", "--summary"]);
    let established = serde_json::json!({ "state": "ESTABLISHED", "software": 0, "engine": 3 });
    assert!(summary["rows"].as_array().unwrap().contains(&established), "{summary}");
    let stats = stack.json(&["stats", "handoff_inst"]);
    assert_eq!(stats["rows"], serde_json::json!({ "handoff_installed": 3 }));
    let links = stack.json(&["ip", "addr", "show", "dev", "toe0"]);
    assert_eq!(
        (links["rows"].as_array().unwrap().len(), &links["rows"][0]["table"]),
        (1, &0.into())
    );
    assert_eq!(
        stack.json(&["ip", "rule"])["rows"][0],
        serde_json::json!({ "dev": "lo", "table": 0 })
    );
    let row = &stack.json(&["ss", "-i", "-e"])["rows"][0];
    assert!(row["carried"]["engine_received"].is_u64(), "{row}");
    assert!(row["info"]["rtt_us"].is_u64() && row["info"]["counters"]["segs_in"].is_u64(), "{row}");
    let listener = stack.sessions().first().map(|_| stack.text(&["ss", "0"])).unwrap();
    assert!(listener.contains("queues      0 of 1024 sessions wait to be accepted"), "{listener}");
}

/// Readers that go, disks that are full, and captures that are cut off.
#[test]
fn what_cannot_be_written_is_told_and_nothing_stays_behind() {
    let stack = Stack::start("output", &["--traffic", "3"]);
    stack.wait("the engine has all", |s| s.engine() == 3);
    let toe = |args: &[&str]| {
        let mut command = Command::new(TOE);
        command.env("TOE_CONTROL", stack.socket()).args(args).stderr(Stdio::piped());
        command
    };
    // Nobody reads: no error, no panic.
    for args in
        [&["ss", "-a"][..], &["stats", "describe"], &["capture"], &["device", "list", "--all"]]
    {
        let mut child = toe(args).stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let out = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success() && said.is_empty(), "{args:?}: {said}");
    }
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for args in [&["ss"][..], &["stats", "describe"], &["capture"]] {
        let out = toe(args).stdout(full()).output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(said.starts_with("toe: standard output: No space left"), "{args:?}: {said}");
        assert_eq!(out.status.code(), Some(1), "{args:?}");
    }
    assert!(
        stack.error(&["capture", "-w", "/dev/full"]).starts_with("toe: /dev/full: No space left")
    );
    assert!(
        stack
            .error(&["capture", "-w", "/nonexistent/x"])
            .starts_with("toe: /nonexistent/x: No such")
    );
    // Cut off more often than there is room for captures: each leaves whole blocks, and its place.
    let file = stack.dir.join("c.pcapng");
    for n in 0..12 {
        let mut child = toe(&["capture", "-w", file.to_str().unwrap()]).spawn().unwrap();
        stack.wait("frames come", |_| std::fs::metadata(&file).is_ok_and(|m| m.len() > 1000));
        child.kill().unwrap();
        let said = child.wait_with_output().unwrap().stderr;
        assert!(said.is_empty(), "{n}: {}", String::from_utf8_lossy(&said));
        let bytes = std::fs::read(&file).unwrap();
        let mut reader = pcap_file::pcapng::PcapNgReader::new(&bytes[..]).unwrap();
        while let Some(block) = reader.next_block() {
            block.unwrap();
        }
        std::fs::remove_file(&file).unwrap();
    }
    let said = stack.json(&["capture", "-w", file.to_str().unwrap(), "--count", "3"]);
    let frames = said["software"].as_u64().unwrap() + said["engine"].as_u64().unwrap();
    assert_eq!((frames, said["file"].as_str().unwrap()), (3, file.to_str().unwrap()));
}

#[test]
fn devices_are_listed_for_people_and_for_programs() {
    let list = |args: &[&str]| {
        let out = Command::new(TOE).args(args).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    let text = list(&["device", "list", "--all"]);
    let json: Value = serde_json::from_str(&list(&["--json", "device", "list", "--all"])).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), text.lines().count());
    for (row, line) in rows.iter().zip(text.lines()) {
        let [address, vendor, device] =
            ["address", "vendor", "device"].map(|k| row[k].as_str().unwrap());
        assert!(line.starts_with(&format!("{address}  {vendor}:{device}  ")), "{line}: {row}");
        let info: Value =
            serde_json::from_str(&list(&["device", "info", address, "--json"])).unwrap();
        assert_eq!(info["address"], *address);
        assert!(info["missing"].is_string() || info["missing"].is_null(), "{info}");
    }
}

/// The environment is somebody else's: what is not ours may be anything, what is ours is read.
#[test]
fn an_environment_of_any_bytes_is_no_reason_to_die() {
    use std::os::unix::ffi::OsStrExt;
    let bytes = std::ffi::OsStr::from_bytes(b"\xff");
    let socket = std::env::temp_dir().join(format!("toe-live-env-{}", std::process::id()));
    let daemon = |name: &str| {
        let mut command = Command::new(TOE);
        command.arg("--control").arg(&socket).args(["daemon", "--traffic", "0", "--time", "0.1"]);
        command.env(name, bytes).output().unwrap()
    };
    let out = daemon("SOMETHING");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let out = daemon("TOE_NET_IPV4_TCP_SACK");
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.code() == Some(1) && said.contains("TOE_NET_IPV4_TCP_SACK: "), "{said}");
    assert!(said.contains("is no number"), "{said}");
}
