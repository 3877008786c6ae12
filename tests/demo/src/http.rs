// SPDX-License-Identifier: Apache-2.0
//! A small HTTP/1.1 server for files: GET, HEAD, PUT and POST, keep-alive, bodies with Content-Length. Sans-IO towards the
//! network: it works on any [`Socket`]. Files are read and written piece by piece, whatever their size.
//!
//! Not there: chunked uploads (411), ranges, names with other characters than letters, digits, `.`, `_` and `-`.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The connection is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// A stream socket that does not block.
pub trait Socket {
    /// Reads; `None`: nothing there now, `Some(0)`: end of stream.
    ///
    /// # Errors
    /// [`Broken`].
    fn recv(&mut self, buffer: &mut [u8]) -> Result<Option<usize>, Broken>;
    /// Writes as much as there is room for; `None`: no room now.
    ///
    /// # Errors
    /// [`Broken`].
    fn send(&mut self, data: &[u8]) -> Result<Option<usize>, Broken>;
    /// Closes the sending side.
    fn shutdown(&mut self);
}

/// What a session has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests answered.
    pub requests: u64,
    /// Of these: with an error.
    pub errors: u64,
    /// Body bytes sent.
    pub body_out: u64,
    /// Body bytes received.
    pub body_in: u64,
}

/// Longest request head.
const HEAD_LIMIT: usize = 16 * 1024;
/// Pieces that files are read and written in.
const PIECE: usize = 64 * 1024;

#[derive(Debug)]
enum State {
    /// Waits for a request.
    Head,
    /// Sends a file.
    Download { file: File, left: u64 },
    /// Receives a file under a temporary name.
    Upload { file: File, part: PathBuf, path: PathBuf, left: u64 },
    /// Sends what is left, then closes.
    Closing,
    /// Has closed; waits for the other side to do so.
    Closed,
    /// Nothing more to do.
    Done,
}

/// One connection of the server.
#[derive(Debug)]
pub struct Session {
    root: PathBuf,
    state: State,
    input: Vec<u8>,
    output: Vec<u8>,
    written: usize,
    keep: bool,
    counts: Counts,
}

/// A request, as far as the server cares.
struct Request {
    method: String,
    path: String,
    length: Option<u64>,
    chunked: bool,
    expects: bool,
    keep: bool,
    head: usize,
}

impl Session {
    /// A new connection to the files in `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            state: State::Head,
            input: Vec::new(),
            output: Vec::new(),
            written: 0,
            keep: true,
            counts: Counts::default(),
        }
    }

    /// Both sides have closed, or the connection is broken.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// What it has done.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Does what can be done without waiting.
    pub fn drive(&mut self, socket: &mut impl Socket) {
        // Bounded, so that one fast peer does not keep the others waiting.
        for _ in 0..32 {
            match self.turn(socket) {
                Ok(true) => {}
                Ok(false) => return,
                Err(Broken) => {
                    self.discard();
                    self.state = State::Done;
                    return;
                }
            }
        }
    }

    /// An upload that does not end leaves nothing.
    fn discard(&mut self) {
        if let State::Upload { part, .. } = &self.state {
            let _nothing_to_do_about_it = fs::remove_file(part);
        }
    }

    fn turn(&mut self, socket: &mut impl Socket) -> Result<bool, Broken> {
        if self.written < self.output.len() {
            let Some(sent) = socket.send(&self.output[self.written..])? else { return Ok(false) };
            self.written += sent;
            return Ok(sent > 0);
        }
        self.output.clear();
        self.written = 0;
        match &mut self.state {
            State::Head => {
                if self.take_request() {
                    return Ok(true);
                }
                match self.receive(socket)? {
                    Some(0) => self.state = State::Closing,
                    Some(_) => {}
                    None => return Ok(false),
                }
            }
            State::Download { left: 0, .. } => self.next(),
            State::Download { file, left } => {
                let part = usize::try_from(*left).unwrap_or(PIECE).min(PIECE);
                self.output.resize(part, 0);
                // A file that shrinks meanwhile cannot keep the promise of its length.
                let read = file.read(&mut self.output).map_err(|_| Broken)?;
                if read == 0 {
                    return Err(Broken);
                }
                self.output.truncate(read);
                *left -= read as u64;
                self.counts.body_out += read as u64;
            }
            State::Upload { left: 0, .. } => self.uploaded(),
            State::Upload { .. } => {
                if self.input.is_empty() {
                    match self.receive(socket)? {
                        Some(0) => return Err(Broken),
                        Some(_) => {}
                        None => return Ok(false),
                    }
                }
                self.store();
            }
            State::Closing => {
                socket.shutdown();
                self.state = State::Closed;
            }
            State::Closed => {
                self.input.clear();
                match self.receive(socket)? {
                    Some(0) => self.state = State::Done,
                    Some(_) => {}
                    None => return Ok(false),
                }
            }
            State::Done => return Ok(false),
        }
        Ok(true)
    }

    fn receive(&mut self, socket: &mut impl Socket) -> Result<Option<usize>, Broken> {
        let at = self.input.len();
        self.input.resize(at + PIECE, 0);
        let result = socket.recv(&mut self.input[at..]);
        let got = result.ok().flatten().unwrap_or(0);
        self.input.truncate(at + got);
        result
    }

    /// Looks for a whole request in the input; `true` when something was done about it.
    fn take_request(&mut self) -> bool {
        match parse(&self.input) {
            Ok(Some(request)) => {
                self.input.drain(..request.head);
                self.answer(&request);
                true
            }
            Ok(None) if self.input.len() < HEAD_LIMIT => false,
            Ok(None) => {
                self.refuse(431, "Request Header Fields Too Large");
                true
            }
            Err(()) => {
                self.refuse(400, "Bad Request");
                true
            }
        }
    }

    /// An error after which the connection cannot go on.
    fn refuse(&mut self, code: u16, reason: &str) {
        self.input.clear();
        self.keep = false;
        self.error(code, reason);
    }

    fn error(&mut self, code: u16, reason: &str) {
        self.counts.errors += 1;
        self.reply(code, reason, &format!("{reason}\n"));
    }

    /// A short reply; then the next request.
    fn reply(&mut self, code: u16, reason: &str, body: &str) {
        self.head(code, reason, body.len() as u64, "text/plain; charset=utf-8");
        self.output.extend_from_slice(body.as_bytes());
        self.next();
    }

    fn head(&mut self, code: u16, reason: &str, length: u64, kind: &str) {
        let connection = if self.keep { "keep-alive" } else { "close" };
        let head = format!(
            "HTTP/1.1 {code} {reason}\r\nServer: opentoe\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             Connection: {connection}\r\n\r\n"
        );
        self.output.extend_from_slice(head.as_bytes());
        self.counts.requests += 1;
    }

    fn next(&mut self) {
        self.state = if self.keep { State::Head } else { State::Closing };
    }

    fn answer(&mut self, request: &Request) {
        self.keep = request.keep;
        let uploads = matches!(request.method.as_str(), "PUT" | "POST");
        let has_body = request.chunked || request.length.is_some_and(|l| l > 0);
        if request.chunked || (uploads && request.length.is_none()) {
            return self.refuse(411, "Length Required");
        }
        let Some(path) = self.locate(&request.path) else {
            // A body that nobody wants would be taken for the next request.
            self.keep &= !has_body;
            return self.error(404, "Not Found");
        };
        match request.method.as_str() {
            "PUT" | "POST" => self.begin_upload(request, path),
            _ if has_body => self.refuse(400, "Bad Request"),
            "GET" | "HEAD" => self.begin_download(request.method == "HEAD", &path),
            _ => self.error(405, "Method Not Allowed"),
        }
    }

    /// The file of a request path.
    fn locate(&self, path: &str) -> Option<PathBuf> {
        let path = path.split(['?', '#']).next()?.strip_prefix('/')?;
        let mut file = self.root.clone();
        for part in path.split('/') {
            let plain = part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
            if part.is_empty() || part.starts_with('.') || !plain {
                return None;
            }
            file.push(part);
        }
        Some(file)
    }

    fn begin_download(&mut self, head_only: bool, path: &Path) {
        let opened = File::open(path).and_then(|f| f.metadata().map(|m| (f, m)));
        match opened {
            Ok((file, meta)) if meta.is_file() => {
                self.head(200, "OK", meta.len(), "application/octet-stream");
                if head_only {
                    self.next();
                } else {
                    self.state = State::Download { file, left: meta.len() };
                }
            }
            _ => self.error(404, "Not Found"),
        }
    }

    fn begin_upload(&mut self, request: &Request, path: PathBuf) {
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        match File::create(&part) {
            Ok(file) => {
                if request.expects && self.input.is_empty() {
                    self.output.extend_from_slice(b"HTTP/1.1 100 Continue\r\n\r\n");
                }
                self.state = State::Upload { file, part, path, left: request.length.unwrap_or(0) };
            }
            Err(_) => self.refuse(409, "Conflict"),
        }
    }

    fn store(&mut self) {
        let State::Upload { file, left, .. } = &mut self.state else { return };
        let take = usize::try_from(*left).unwrap_or(usize::MAX).min(self.input.len());
        let written = file.write_all(&self.input[..take]);
        *left -= take as u64;
        self.counts.body_in += take as u64;
        self.input.drain(..take);
        if written.is_err() {
            self.discard();
            self.refuse(507, "Insufficient Storage");
        }
    }

    fn uploaded(&mut self) {
        let State::Upload { part, path, .. } = &self.state else { return };
        if fs::rename(part, path).is_err() {
            self.discard();
            return self.refuse(500, "Internal Server Error");
        }
        self.reply(201, "Created", "stored\n");
    }
}

/// A request head at the start of the input; `None`: not complete yet.
fn parse(input: &[u8]) -> Result<Option<Request>, ()> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(head) = request.parse(input).map_err(|_| ())? else {
        return Ok(None);
    };
    let mut result = Request {
        method: request.method.unwrap_or_default().to_owned(),
        path: request.path.unwrap_or_default().to_owned(),
        length: None,
        chunked: false,
        expects: false,
        keep: request.version == Some(1),
        head,
    };
    for header in request.headers.iter() {
        let value = std::str::from_utf8(header.value).map_err(|_| ())?.trim();
        match header.name.to_ascii_lowercase().as_str() {
            "content-length" => {
                let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                let length = value.parse().map_err(|_| ())?;
                if !digits || result.length.is_some_and(|l| l != length) {
                    return Err(());
                }
                result.length = Some(length);
            }
            "transfer-encoding" => result.chunked = true,
            "expect" => result.expects = value.eq_ignore_ascii_case("100-continue"),
            "connection" if value.eq_ignore_ascii_case("close") => result.keep = false,
            "connection" if value.eq_ignore_ascii_case("keep-alive") => result.keep = true,
            _ => {}
        }
    }
    Ok(Some(result))
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
