// SPDX-License-Identifier: Apache-2.0
//! What TCP tells a log (S-LOG-1): segments that nobody waits for under one target, what peers do wrong under another.
//! Each has a switch of its own and the same line; with both off a segment costs two comparisons.

use std::fmt;

use toe_tcp::{Segment, Verdict};

use crate::addr::FourTuple;
use crate::stack::Stack;

/// Log target of segments that nobody waits for.
pub const VAIN: &str = "tcp::vain";
/// Log target of what peers do wrong in sessions.
pub const DEBUG: &str = "tcp::debug";

struct Line<'a>(&'a FourTuple, &'a Segment, &'a dyn fmt::Debug);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(tuple, seg, what) = self;
        let (flags, seq, ack) = (seg.flags.0, seg.seq.0, seg.ack.0);
        let (from, to) = (tuple.remote, tuple.local);
        write!(f, "{from} -> {to} flags {flags:#04x} seq {seq} ack {ack}: {what:?}")
    }
}

/// Why a segment is in vain.
#[derive(Debug)]
struct NobodyIsThere;

impl Stack {
    pub(crate) fn log_vain(&self, tuple: &FourTuple, seg: &Segment) {
        let level = self.config.log_in_vain;
        if level > 1 || level == 1 && seg.syn() && !seg.has_ack() {
            log::info!(target: VAIN, "{}", Line(tuple, seg, &NobodyIsThere));
        }
    }

    pub(crate) fn log_odd(&self, tuple: &FourTuple, seg: &Segment, verdict: Verdict) {
        if !self.config.log_debug {
            return;
        }
        match verdict {
            Verdict::BadHandshake
            | Verdict::Paws
            | Verdict::NoTimestamp
            | Verdict::Unacceptable
            | Verdict::RstIgnored
            | Verdict::RstChallenged
            | Verdict::SynChallenged
            | Verdict::NoAck
            | Verdict::BadAck
            | Verdict::DataAfterClose => {
                log::debug!(target: DEBUG, "{}", Line(tuple, seg, &verdict));
            }
            Verdict::Accepted
            | Verdict::Closed
            | Verdict::Duplicate
            | Verdict::Reset
            | Verdict::TimeWait(_)
            | Verdict::Recycled => {}
        }
    }
}
