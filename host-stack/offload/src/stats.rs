// SPDX-License-Identifier: Apache-2.0
//! Counters of the hand-over.

use std::collections::BTreeMap;

use crate::policy::Reason;

/// What happened, by name. Sessions balance: `out` = `installed` + `refused` + those in transit, and `installed` =
/// `returned` + `closed` + `failed` + those in the engine or in transit back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Sessions frozen for the engine.
    pub out: u64,
    /// The engine took them.
    pub installed: u64,
    /// The engine did not, after they were frozen; they went on in software.
    pub refused: u64,
    /// Why sessions stayed in software, the engine's reasons included.
    pub reasons: BTreeMap<Reason, u64>,
    /// Sessions asked back.
    pub back: u64,
    /// They came back and went on in software.
    pub returned: u64,
    /// They did not come back; mostly because they had ended.
    pub back_failed: u64,
    /// Sessions that ended in the engine.
    pub closed: u64,
    /// Of these: to TIME_WAIT.
    pub closed_time_wait: u64,
    /// Of these: reset by the peer.
    pub closed_reset: u64,
    /// Of these: timed out.
    pub closed_timeout: u64,
    /// Sessions whose state was lost: no answer, an impossible answer, or a lost device.
    pub failed: u64,
    /// Segments replayed into the engine.
    pub replayed: u64,
    /// Sessions taken back because the engine returned a segment that belongs to them.
    pub bounced: u64,
    /// Sessions taken back because the policy changed.
    pub revoked: u64,
    /// Times a session began to wait for its next hop.
    pub parked: u64,
    /// Times a session was told to try again.
    pub kicked: u64,
    /// Sessions moved to another next hop.
    pub moved: u64,
    /// Sessions whose segment size changed.
    pub mss_changed: u64,
    /// Socket options that were set on sessions in the engine.
    pub options_set: u64,
    /// Sessions taken back because the engine cannot do what an option asks for.
    pub options_back: u64,
    /// ICMP errors judged, and believed.
    pub icmp_asked: u64,
    /// ICMP errors whose sequence number was in flight.
    pub icmp_believed: u64,
    /// Next-hop slots rewritten because the neighbour changed.
    pub hop_rewrites: u64,
    /// TIME_WAIT entries of the engine that ended before their time.
    pub time_wait_gone: u64,
    /// Sessions that ended in the engine for which its TIME_WAIT table had no place: the software table has them.
    pub time_wait_refused: u64,
}

impl Stats {
    /// Every counter with its name; `reasons` have names of their own.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
        [
            ("out", self.out),
            ("installed", self.installed),
            ("refused", self.refused),
            ("back", self.back),
            ("returned", self.returned),
            ("back_failed", self.back_failed),
            ("closed", self.closed),
            ("closed_time_wait", self.closed_time_wait),
            ("closed_reset", self.closed_reset),
            ("closed_timeout", self.closed_timeout),
            ("failed", self.failed),
            ("replayed", self.replayed),
            ("bounced", self.bounced),
            ("revoked", self.revoked),
            ("parked", self.parked),
            ("kicked", self.kicked),
            ("moved", self.moved),
            ("mss_changed", self.mss_changed),
            ("options_set", self.options_set),
            ("options_back", self.options_back),
            ("icmp_asked", self.icmp_asked),
            ("icmp_believed", self.icmp_believed),
            ("hop_rewrites", self.hop_rewrites),
            ("time_wait_gone", self.time_wait_gone),
            ("time_wait_refused", self.time_wait_refused),
        ]
        .into_iter()
    }

    /// Adds those of another shard.
    pub fn add(&mut self, other: &Self) {
        let Self {
            out,
            installed,
            refused,
            back,
            returned,
            back_failed,
            closed,
            closed_time_wait,
            closed_reset,
            closed_timeout,
            failed,
            replayed,
            bounced,
            revoked,
            parked,
            kicked,
            moved,
            mss_changed,
            options_set,
            options_back,
            icmp_asked,
            icmp_believed,
            hop_rewrites,
            time_wait_gone,
            time_wait_refused,
            reasons,
        } = other;
        self.out += out;
        self.installed += installed;
        self.refused += refused;
        self.back += back;
        self.returned += returned;
        self.back_failed += back_failed;
        self.closed += closed;
        self.closed_time_wait += closed_time_wait;
        self.closed_reset += closed_reset;
        self.closed_timeout += closed_timeout;
        self.failed += failed;
        self.replayed += replayed;
        self.bounced += bounced;
        self.revoked += revoked;
        self.parked += parked;
        self.kicked += kicked;
        self.moved += moved;
        self.mss_changed += mss_changed;
        self.options_set += options_set;
        self.options_back += options_back;
        self.icmp_asked += icmp_asked;
        self.icmp_believed += icmp_believed;
        self.hop_rewrites += hop_rewrites;
        self.time_wait_gone += time_wait_gone;
        self.time_wait_refused += time_wait_refused;
        for (reason, n) in reasons {
            *self.reasons.entry(*reason).or_default() += n;
        }
    }

    pub(crate) fn count(&mut self, reason: Reason) {
        *self.reasons.entry(reason).or_default() += 1;
    }
}
