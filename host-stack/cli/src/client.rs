// SPDX-License-Identifier: Apache-2.0
//! The other end of the control socket.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use toe_api::control::proto::{Answer, Failure, Reply, Request, VERSION};
use toe_api::control::{MAX_REQUEST, request_line};

/// Names the socket when `--control` does not.
pub(crate) const VARIABLE: &str = "TOE_CONTROL";
/// The longest wait for an answer.
const LIMIT: Duration = Duration::from_secs(30);

/// Where a stack listens when nobody says otherwise.
pub(crate) fn default_path() -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map_or_else(|| PathBuf::from("/run"), PathBuf::from)
        .join("toe.sock")
}

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum CliError {
    /// There is no stack.
    Connect(PathBuf, io::Error),
    /// The stack went away, or says nothing.
    Io(io::Error),
    /// It says no.
    Failure(Failure),
    /// What we print finds no room.
    Output(io::Error),
    /// Nobody reads what we print.
    Pipe,
    /// The command line is not understood.
    Usage(String),
    /// Anything else.
    Other(String),
}

impl std::fmt::Display for CliError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Connect(path, e) => match e.kind() {
                io::ErrorKind::NotFound => write!(
                    f,
                    "no stack listens at {}; start one with `toe daemon`, or name its socket with --control or \
                         {VARIABLE}",
                    path.display()
                ),
                io::ErrorKind::ConnectionRefused if !is_socket(path) => write!(
                    f,
                    "{path}: no socket; name that of a stack with --control or {VARIABLE}",
                    path = path.display()
                ),
                io::ErrorKind::ConnectionRefused => write!(
                    f,
                    "{} was left behind by a stack that is gone; `toe daemon` replaces it",
                    path.display()
                ),
                io::ErrorKind::PermissionDenied => write!(
                    f,
                    "{}: not for you; the user who runs the stack, root, and the group of --control-group may",
                    path.display()
                ),
                _ => write!(f, "{}: {e}", path.display()),
            },
            Self::Io(e)
                if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) =>
            {
                write!(f, "the stack does not answer; is it stopped in a debugger?")
            }
            Self::Io(e) => write!(f, "the stack has gone away: {e}"),
            Self::Failure(failure) => write!(f, "{failure}"),
            Self::Output(e) => write!(f, "standard output: {e}"),
            Self::Pipe => write!(f, "nobody reads"),
            Self::Usage(text) | Self::Other(text) => write!(f, "{text}"),
        }
    }
}

fn is_socket(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| m.file_type().is_socket())
}

pub(crate) type Result<T> = std::result::Result<T, CliError>;

/// What a stack answers through.
pub(crate) trait Stream: Read + Write {}
impl<S: Read + Write> Stream for S {}

/// What was printed, for those who print elsewhere.
#[derive(Clone, Default)]
pub(crate) struct Shared(Rc<RefCell<Vec<u8>>>);

impl Shared {
    pub(crate) fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Connects to the stack that listens at `path`.
pub(crate) fn connect(path: &Path) -> Result<UnixStream> {
    let stream = UnixStream::connect(path).map_err(|e| CliError::Connect(path.to_owned(), e))?;
    stream.set_read_timeout(Some(LIMIT)).map_err(CliError::Io)?;
    stream.set_write_timeout(Some(LIMIT)).map_err(CliError::Io)?;
    Ok(stream)
}

/// A connection to a stack, and a place to print to.
pub(crate) struct Client<S> {
    stream: S,
    out: Box<dyn Write>,
    buffer: Vec<u8>,
    pub(crate) json: bool,
}

impl<S: Stream> Client<S> {
    pub(crate) fn new(stream: S, out: Box<dyn Write>, json: bool) -> Self {
        Self { stream, out, buffer: Vec::new(), json }
    }

    pub(crate) fn print(&mut self, text: &str) -> Result<()> {
        print_to(&mut self.out, text)
    }

    pub(crate) fn print_json(&mut self, value: &serde_json::Value) -> Result<()> {
        self.print(&format!("{value:#}\n"))
    }

    /// Asks, and waits for the answer.
    pub(crate) fn ask(&mut self, request: &Request) -> Result<Reply> {
        let line = request_line(request);
        if line.len() > MAX_REQUEST {
            return Err(CliError::Other(format!(
                "too much at a time: the request has {} bytes, a stack takes {MAX_REQUEST}",
                line.len()
            )));
        }
        self.stream.write_all(&line).map_err(CliError::Io)?;
        let line = self.line()?;
        let answer: Answer = serde_json::from_slice(&line).map_err(|e| {
            CliError::Other(format!(
                "the stack speaks another protocol than version {VERSION} ({e}); use the `toe` that was built with it"
            ))
        })?;
        match (answer.ok, answer.error) {
            (Some(reply), _) => Ok(reply),
            (None, Some(failure)) => Err(CliError::Failure(failure)),
            (None, None) => Err(CliError::Other("an answer without contents".into())),
        }
    }

    fn line(&mut self) -> Result<Vec<u8>> {
        let mut chunk = [0; 64 * 1024];
        let mut scanned = 0;
        loop {
            if let Some(n) = self.buffer[scanned..].iter().position(|b| *b == b'\n') {
                let rest = self.buffer.split_off(scanned + n + 1);
                return Ok(std::mem::replace(&mut self.buffer, rest));
            }
            scanned = self.buffer.len();
            match self.stream.read(&mut chunk).map_err(CliError::Io)? {
                0 => return Err(CliError::Io(io::ErrorKind::UnexpectedEof.into())),
                n => self.buffer.extend_from_slice(&chunk[..n]),
            }
        }
    }

    /// Asks, and prints the answer: as JSON, or as `render` writes it.
    pub(crate) fn show(
        &mut self,
        request: &Request,
        render: impl FnOnce(&Reply) -> String,
    ) -> Result<()> {
        let reply = self.ask(request)?;
        if self.json {
            return self.print_json(&serde_json::to_value(&reply).unwrap_or_default());
        }
        self.print(&render(&reply))
    }

    /// Asks for something to be done; prints what happened besides.
    pub(crate) fn act(&mut self, request: &Request) -> Result<()> {
        self.show(request, |reply| match reply {
            Reply::Done { messages } => messages.iter().map(|m| format!("{m}\n")).collect(),
            other => unexpected(other),
        })
    }
}

/// An answer that does not belong to the question.
pub(crate) fn unexpected(reply: &Reply) -> String {
    format!("{reply:?}\n")
}

/// Prints; a reader that has gone (`| head`) is no error.
fn print_to(out: &mut dyn Write, text: &str) -> Result<()> {
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| {
        if e.kind() == io::ErrorKind::BrokenPipe { CliError::Pipe } else { CliError::Output(e) }
    })
}

/// Prints, where there is no stack to talk to.
pub(crate) fn print(text: &str) -> Result<()> {
    print_to(&mut io::stdout().lock(), text)
}

/// The same, as JSON.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<()> {
    print(&format!("{value:#}\n"))
}
