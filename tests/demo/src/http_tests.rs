// SPDX-License-Identifier: Apache-2.0
//! The server on a socket that gives and takes a few bytes at a time.

use super::*;

struct Slow {
    input: Vec<u8>,
    output: Vec<u8>,
    step: usize,
    ready: bool,
    ends: bool,
    shut: bool,
}

impl Slow {
    fn new(input: &[u8], step: usize) -> Self {
        Self {
            input: input.to_vec(),
            output: Vec::new(),
            step,
            ready: false,
            ends: true,
            shut: false,
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }
}

impl Socket for Slow {
    fn recv(&mut self, buffer: &mut [u8]) -> Result<Option<usize>, Broken> {
        self.ready = !self.ready;
        if !self.ready || (self.input.is_empty() && !self.ends) {
            return Ok(None);
        }
        let n = self.step.min(buffer.len()).min(self.input.len());
        buffer[..n].copy_from_slice(&self.input[..n]);
        self.input.drain(..n);
        Ok(Some(n))
    }

    fn send(&mut self, data: &[u8]) -> Result<Option<usize>, Broken> {
        self.ready = !self.ready;
        if !self.ready {
            return Ok(None);
        }
        let n = self.step.min(data.len());
        self.output.extend_from_slice(&data[..n]);
        Ok(Some(n))
    }

    fn shutdown(&mut self) {
        self.shut = true;
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("toe-http-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn serve(root: &Path, input: &[u8], step: usize) -> (Slow, Counts) {
    let mut socket = Slow::new(input, step);
    let mut session = Session::new(root);
    for _ in 0..1_000_000 {
        session.drive(&mut socket);
        if session.is_done() {
            return (socket, session.counts());
        }
    }
    panic!("the session does not end: {session:?}");
}

#[test]
fn files_come_and_go_on_one_connection() {
    let root = folder("both");
    let body: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
    for step in [1, 7, 4096, 1 << 20] {
        let mut input = format!(
            "PUT /a.bin HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            body.len()
        )
        .into_bytes();
        input.extend_from_slice(&body);
        input.extend_from_slice(b"HEAD /a.bin HTTP/1.1\r\n\r\nGET /a.bin?x=1 HTTP/1.1\r\n\r\n");
        let (socket, counts) = serve(&root, &input, step);
        assert_eq!(fs::read(root.join("a.bin")).unwrap(), body);
        assert!(socket.output.ends_with(&body), "step {step}");
        assert_eq!(socket.text().matches("Content-Length: 200000").count(), 2);
        assert!(socket.text().contains("201 Created") && socket.shut);
        assert_eq!((counts.requests, counts.errors), (3, 0));
        assert_eq!((counts.body_in, counts.body_out), (200_000, 200_000));
    }
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn continue_is_said_when_the_body_waits_for_it() {
    let root = folder("continue");
    let mut session = Session::new(&root);
    let head = b"POST /b HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
    let mut socket = Slow::new(head, 9);
    socket.ends = false;
    for _ in 0..200 {
        session.drive(&mut socket);
    }
    assert_eq!(socket.text(), "HTTP/1.1 100 Continue\r\n\r\n");
    socket.input = b"abc".to_vec();
    socket.ends = true;
    for _ in 0..200 {
        session.drive(&mut socket);
    }
    assert!(socket.text().contains("201 Created"));
    assert_eq!(fs::read(root.join("b")).unwrap(), b"abc");
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn bad_requests_get_their_answer() {
    let root = folder("bad");
    fs::write(root.join("ok"), b"fine").unwrap();
    let cases: [(&str, &str); 12] = [
        ("GET /../etc/passwd HTTP/1.1\r\n\r\n", "404"),
        ("GET /.hidden HTTP/1.1\r\n\r\n", "404"),
        ("GET //ok HTTP/1.1\r\n\r\n", "404"),
        ("GET /%2e%2e/x HTTP/1.1\r\n\r\n", "404"),
        ("GET ok HTTP/1.1\r\n\r\n", "404"),
        ("GET / HTTP/1.1\r\n\r\n", "404"),
        ("PUT /x HTTP/1.1\r\n\r\nbody", "411"),
        ("PUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "411"),
        ("PUT /x HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400"),
        ("PUT /x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400"),
        ("\x01\x02 nonsense\r\n\r\n", "400"),
        ("DELETE /ok HTTP/1.1\r\n\r\n", "405"),
    ];
    for (request, code) in cases {
        let (socket, counts) = serve(&root, request.as_bytes(), 1000);
        assert!(socket.text().starts_with(&format!("HTTP/1.1 {code} ")), "{request}");
        assert_eq!(counts.errors, 1, "{request}");
    }
    let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(HEAD_LIMIT));
    assert!(serve(&root, long.as_bytes(), 1000).0.text().starts_with("HTTP/1.1 431 "));
    let (socket, _) = serve(&root, b"DELETE /ok HTTP/1.1\r\n\r\nGET /ok HTTP/1.1\r\n\r\n", 50);
    assert!(socket.text().ends_with("fine"), "the next good request works");
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn a_broken_upload_leaves_nothing() {
    let root = folder("broken");
    serve(&root, b"PUT /x HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc", 5);
    assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
    fs::remove_dir_all(root).unwrap();
}
