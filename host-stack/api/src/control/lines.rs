// SPDX-License-Identifier: Apache-2.0
//! From bytes to requests.

use super::proto::{Answer, Failure, Reply, Request, VERSION};

/// Longest request, bytes: a policy file of some thousand rules fits.
pub const MAX_REQUEST: usize = 512 * 1024;

/// Cuts a client's bytes into lines.
#[derive(Debug, Default)]
pub struct Lines {
    buffer: Vec<u8>,
    scanned: usize,
}

/// The client sends a line that is longer than [`MAX_REQUEST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a request may have {MAX_REQUEST} bytes")]
pub struct TooLong;

impl Lines {
    /// Takes bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next line, without its end.
    ///
    /// # Errors
    /// [`TooLong`]: what follows cannot be told apart any more.
    pub fn next_line(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        let end = self.buffer[self.scanned..].iter().position(|b| *b == b'\n');
        let Some(end) = end.map(|n| self.scanned + n) else {
            self.scanned = self.buffer.len();
            return if self.buffer.len() > MAX_REQUEST { Err(TooLong) } else { Ok(None) };
        };
        if end > MAX_REQUEST {
            return Err(TooLong);
        }
        let rest = self.buffer.split_off(end + 1);
        let mut line = std::mem::replace(&mut self.buffer, rest);
        line.pop();
        self.scanned = 0;
        Ok(Some(line))
    }
}

/// Reads a request.
///
/// # Errors
/// What is wrong with it.
pub fn request(line: &[u8]) -> Result<Request, Failure> {
    let mut value: serde_json::Value = serde_json::from_slice(line)
        .map_err(|e| Failure::bad(format!("not a JSON object on one line: {e}")))?;
    let object = value.as_object_mut().ok_or_else(|| Failure::bad("not a JSON object"))?;
    match object.remove("v").and_then(|v| v.as_u64()) {
        Some(v) if v == u64::from(VERSION) => {}
        Some(v) => {
            return Err(Failure::bad(format!(
                "protocol version {v}: this stack speaks {VERSION}; use the `toe` that was built with it"
            )));
        }
        None => return Err(Failure::bad("`v` is missing: the protocol's version")),
    }
    serde_json::from_value(value).map_err(|e| Failure::bad(e.to_string()))
}

/// Writes a request, with its line end.
#[must_use]
pub fn request_line(request: &Request) -> Vec<u8> {
    let mut value = serde_json::to_value(request).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("v".into(), VERSION.into());
    }
    let mut line = value.to_string().into_bytes();
    line.push(b'\n');
    line
}

/// Writes an answer, with its line end.
#[must_use]
pub fn answer_line(result: Result<Reply, Failure>) -> Vec<u8> {
    let (ok, error) = match result {
        Ok(reply) => (Some(reply), None),
        Err(failure) => (None, Some(failure)),
    };
    let answer = Answer { v: VERSION, ok, error };
    let mut line = serde_json::to_vec(&answer).unwrap_or_default();
    line.push(b'\n');
    line
}
