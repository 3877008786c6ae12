// SPDX-License-Identifier: Apache-2.0
//! Answers as they came from a stack, and what they look like. `UPDATE_GOLDEN=1` writes the latter anew: look at the
//! difference before you keep it.

use std::path::PathBuf;

use toe_api::control::proto::{Answer, Reply};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// An answer.
pub(crate) fn reply(name: &str) -> Reply {
    let file = path(&format!("{name}.json"));
    let text = std::fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let answer: Answer = serde_json::from_slice(&text).unwrap();
    answer.ok.unwrap()
}

/// Compares with what it looked like.
pub(crate) fn check(name: &str, text: &str) {
    let file = path(&format!("{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, text).unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(text, golden, "{name} looks different; UPDATE_GOLDEN=1 if that is meant");
    assert!(text.lines().all(|line| line == line.trim_end()), "{name}: space at the end of a line");
}
