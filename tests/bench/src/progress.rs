// SPDX-License-Identifier: Apache-2.0
//! How far a benchmark is: a bar on a terminal, lines in a log.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Duration;

static BAR: OnceLock<ProgressBar> = OnceLock::new();

/// Begins: so many steps.
pub fn start(steps: u64) {
    let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr_with_hz(4));
    if let Ok(style) = ProgressStyle::with_template(
        "  {bar:32} {pos:>3}/{len} {elapsed_precise}, {eta} to go  {msg}",
    ) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_secs(1));
    let _first = BAR.set(bar);
}

/// What comes next.
pub fn group(name: &str) {
    if let Some(bar) = BAR.get() {
        bar.set_message(name.to_owned());
        if !std::io::stderr().is_terminal() {
            let seconds = bar.elapsed().as_secs();
            eprintln!("[{}/{}, {seconds} s] {name}", bar.position(), bar.length().unwrap_or(0));
        }
    }
}

/// One step is done.
pub fn step() {
    if let Some(bar) = BAR.get() {
        bar.inc(1);
    }
}

/// Something worth a line.
pub fn note(text: &str) {
    match BAR.get() {
        Some(bar) => bar.suspend(|| eprintln!("  {text}")),
        None => eprintln!("  {text}"),
    }
}

/// All is done: how long it took.
pub fn finish() -> Duration {
    BAR.get().map_or(Duration::ZERO, |bar| {
        bar.finish_and_clear();
        bar.elapsed()
    })
}
