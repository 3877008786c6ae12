// SPDX-License-Identifier: Apache-2.0
//! What the TIME_WAIT tables of the two sides keep of a session, and tell the host of it: events of the table, each with
//! the whole entry, and what a look-up answers.

use std::collections::VecDeque;

use toe_abi::{SessionReason, TwEvent};
use toe_driver::TimeWaitEvent;

use crate::session::{Phase, Session};

/// How long an entry lingers here, of whichever class, µs: few end within a script.
pub const LINGER_US: u32 = 60_000_000;
/// Ends are rounded up to this, µs (S-VTW-8): two that begin within µs of each other may end a tick apart.
pub const TICK_US: u32 = 1 << 18;
/// As far as the time left may be apart, µs: a tick as above, a tick because the engine tells whole ones, and what lies
/// between two moments that should be one.
const APART_US: u32 = 2 * TICK_US + 1_000;

/// What a look-up answers, but for the place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// µs that the entry has left.
    pub left_us: u32,
    /// What its answers acknowledge.
    pub rcv_nxt: u32,
    /// Their sequence number.
    pub snd_nxt: u32,
}

/// What is the same in both tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Same {
    /// All of the entry.
    All,
    /// Not what hung on the last acknowledgement: its timestamp and its window.
    Numbers,
    /// One may have no entry any more, or another end of it.
    Nothing,
}

/// The entry of a session in the table of one side.
#[derive(Debug)]
pub struct Table {
    /// Events that the other side has not had yet.
    told: VecDeque<TimeWaitEvent>,
    /// What all events were, for the account at the end.
    pub kinds: Vec<TwEvent>,
    /// What the last look-up found; `None`: not asked, or not answered.
    pub found: Option<Option<Found>>,
    same: Same,
}

impl Default for Table {
    fn default() -> Self {
        Self { told: VecDeque::new(), kinds: Vec::new(), found: None, same: Same::Numbers }
    }
}

impl Table {
    /// The host hears of the entry.
    pub fn tells(&mut self, event: TimeWaitEvent) {
        self.kinds.push(event.what);
        self.told.push_back(event);
    }
}

/// Whether both sides have left the session to their tables.
#[must_use]
pub fn waits(model: &Session, rtl: &Session) -> bool {
    let waits = |s: &Session| s.phase == Phase::Closed(SessionReason::TimeWait);
    waits(model) && waits(rtl)
}

/// A round is over: what the session was when both ended it decides what is the same in both tables. `each`: one thing
/// happened in it. `unsure`: the last acknowledgement, or its window, was chance before it.
pub fn note(model: &mut Session, rtl: &mut Session, each: bool, unsure: bool) {
    if !waits(model, rtl) {
        return;
    }
    let ends = !model.gone && !rtl.gone;
    // What comes while a session ends, the engine drops: the model's table may have had a SYN that the RTL's has not.
    let missed = ends && !each && model.table.told.len() != rtl.table.told.len();
    let same = if missed || model.ended_apart || model.gone != rtl.gone {
        Same::Nothing
    } else if ends && each && !(unsure || model.unsure || model.apart || model.disturbed) {
        Same::All
    } else {
        return;
    };
    (model.table.same, rtl.table.same) = (same, same);
}

/// The first difference in what both were told. `over`: nothing is still to come.
#[must_use]
pub fn told_unlike(model: &mut Session, rtl: &mut Session, over: bool) -> Option<String> {
    if !waits(model, rtl) {
        return None;
    }
    let same = model.table.same;
    if same == Same::Nothing {
        model.table.told.clear();
        rtl.table.told.clear();
        return None;
    }
    while let (Some(a), Some(b)) = (model.table.told.front(), rtl.table.told.front()) {
        if a.what != b.what || content(a, same) != content(b, same) {
            return Some(format!("TIME_WAIT events:\n  model {a:x?}\n  rtl   {b:x?}"));
        }
        model.table.told.pop_front();
        rtl.table.told.pop_front();
    }
    // An entry may expire a tick later on one side; whatever else happens to it happens to both.
    let early = |event: &TimeWaitEvent| !over && event.what == TwEvent::Expired;
    let alone = |name, told: &VecDeque<TimeWaitEvent>| {
        let event = told.front().filter(|event| !early(event))?;
        Some(format!("TIME_WAIT event on one side only: {name} {event:x?}"))
    };
    alone("model", &model.table.told).or_else(|| alone("rtl", &rtl.table.told))
}

/// The first difference in what came of a SYN that begins the connection anew.
#[must_use]
pub fn begun_unlike(model: &mut Session, rtl: &mut Session) -> Option<String> {
    let (a, b) = (&model.to_host, &rtl.to_host);
    if a != b || a.len() != 1 {
        return Some(format!("SYN for the host: model {a:?}, rtl {b:?}"));
    }
    told_unlike(model, rtl, false)
}

/// Of an event what is compared: all but the place in the table, which is each side's own.
fn content(event: &TimeWaitEvent, same: Same) -> TimeWaitEvent {
    let event = TimeWaitEvent { index: 0, ..*event };
    match same {
        Same::All => event,
        Same::Numbers | Same::Nothing => TimeWaitEvent { last_win: 0, ts_recent: 0, ..event },
    }
}

/// The difference between what look-ups at the same instant found.
#[must_use]
pub fn found_unlike(model: &Session, rtl: &Session) -> Option<String> {
    if model.table.same == Same::Nothing {
        return None;
    }
    let (a, b) = match (model.table.found, rtl.table.found) {
        (Some(Some(a)), Some(Some(b))) => (a, b),
        (Some(None), Some(None)) => return None,
        (Some(Some(only)), Some(None)) | (Some(None), Some(Some(only)))
            if model.disturbed || only.left_us <= APART_US =>
        {
            return None;
        }
        (a, b) => return Some(format!("TIME_WAIT entry: model {a:x?}, rtl {b:x?}")),
    };
    let numbers = |found: Found| (found.rcv_nxt, found.snd_nxt);
    // Who sends when he does ends when he does.
    let apart = !model.disturbed && a.left_us.abs_diff(b.left_us) > APART_US;
    (numbers(a) != numbers(b) || apart)
        .then(|| format!("TIME_WAIT entry: model {a:x?}, rtl {b:x?}"))
}
