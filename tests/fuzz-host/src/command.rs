// SPDX-License-Identifier: Apache-2.0
//! `toe` with any command line, against a stack that answers anything.

use std::io::{self, Read, Write};

use crate::targets::signature;

/// What answers at the socket: it counts what it is asked, and says what it was given.
struct Liar<'a> {
    says: &'a [u8],
    asked: usize,
}

impl Read for Liar<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.says.read(to)
    }
}

impl Write for Liar<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.asked += 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The first line is the words; the rest is what comes back.
pub(crate) fn command_line(input: &[u8]) -> u64 {
    let at = input.iter().position(|b| *b == b'\n').unwrap_or(input.len());
    let (words, says) = (&input[..at], input.get(at + 1..).unwrap_or(&[]));
    let words = String::from_utf8_lossy(words);
    let words: Vec<&str> = std::iter::once("toe").chain(words.split(' ')).collect();
    let mut stack = Liar { says, asked: 0 };
    let result = toe_cli::try_out(&words, &mut stack);
    let (good, lines) = match &result {
        Ok(text) => (true, text.split(|b| *b == b'\n').count()),
        // The first line of the complaint, without the words that it repeats.
        Err(text) => {
            (false, text.lines().next().unwrap_or("").split(['`', '\'']).next().map_or(0, str::len))
        }
    };
    signature((good, stack.asked, lines))
}

/// Each command with an answer that fits: what `tests/golden` of `host-stack/cli` has.
pub(crate) fn lines() -> Vec<Vec<u8>> {
    const GOLDEN: [(&str, &str); 10] = [
        ("sockets", "ss -i"),
        ("sockets", "ss -a -o --state established"),
        ("links", "ip addr show"),
        ("routes", "ip route show table 1"),
        ("neighbours", "ip neigh"),
        ("tcp_metrics", "ip tcp_metrics show"),
        ("sysctls", "sysctl -l net.ipv4"),
        ("offload", "offload status"),
        ("time_wait", "tw --summary"),
        ("policy", "offload quota"),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../host-stack/cli/tests/golden/");
    let mut seeds: Vec<Vec<u8>> = [
        "ip route replace 10.0.0.0/8 via 10.0.0.2 dev eth0 metric 3 mtu 1400 src 10.0.0.1 table 1",
        "ip addr add 10.1.0.1/24 dev eth0",
        "ip link set dev eth0 mtu 1400 up",
        "ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:09 dev eth0",
        "ip tcp_metrics flush 10.0.0.2",
        "ss --state time-wait --summary --json",
        "sysctl net.ipv4.tcp_sack=0 -c --json",
        "offload take-back 3",
        "offload caps eth0 -toe +tso4",
        "offload quota 17",
        "stats describe tw --json",
        "policy dry-run FILE",
        "capture -w FILE --port 80 --count 3 --time 0.5",
        "daemon --device small --traffic 6 --loss 0.5 --set net.ipv4.tcp_sack=0 -- bash",
        "device list --all",
    ]
    .iter()
    .map(|words| {
        format!("{words}\n{{\"v\":2,\"ok\":{{\"kind\":\"done\",\"messages\":[\"x\"]}}}}\n")
            .into_bytes()
    })
    .collect();
    for (file, words) in GOLDEN {
        let text = std::fs::read_to_string(format!("{folder}{file}.json")).unwrap_or_default();
        // One line, as the protocol has it.
        let one: String = text.lines().map(str::trim_start).collect();
        seeds.push(format!("{words}\n{one}\n").into_bytes());
    }
    seeds
}
