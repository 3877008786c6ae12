// SPDX-License-Identifier: Apache-2.0
//! Congestion control: takes summaries off the engine's queue, lets `toe-fw-cc` work them off, gives the answers.
//!
//! Nothing about a session is kept here: its algorithm's words come with the summary and go back with the answer.

use crate::port::{Hw, Port};
use toe_abi::{SessionImageRaw, mcu, session_image};
use toe_fw_cc::{Algo, Private, Summary, answer, from_image, to_image};

/// A summary at most once in so many acknowledgements (or in a round trip).
const ACKS_PER_SUMMARY: u8 = 8;
/// Algorithms served here: CUBIC and DCTCP. NewReno is what the engine has built in.
const SERVED: u8 = 1 << Algo::Cubic as u8 | 1 << Algo::Dctcp as u8;
/// Summaries served before something else gets its turn: the depth of the engine's queue.
const BATCH: usize = 16;
/// Looks at an answer that is not taken; the pipeline takes one in a few cycles.
const TAKE_READS: u32 = 1000;

/// Tells the engine whose summaries are wanted.
pub(crate) fn start<H: Hw>(port: &mut Port<H>) {
    let config = mcu::CcConfig(0).with_acks(ACKS_PER_SUMMARY).with_algos(SERVED);
    port.write(mcu::CC_CONFIG, config.0);
}

/// Serves a batch of summaries. True when there was one.
pub(crate) fn serve<H: Hw>(port: &mut Port<H>) -> bool {
    for n in 0..BATCH {
        let head = mcu::CcHead(port.read(mcu::CC_HEAD));
        if !head.valid() {
            return n > 0;
        }
        one(port, head.tag());
    }
    true
}

fn one<H: Hw>(port: &mut Port<H>, tag: u8) {
    let handle = port.read(mcu::CC_HANDLE);
    let event = mcu::CcEvent(port.read(mcu::CC_EVENT));
    let mut private: Private = [0; 6];
    for (i, word) in (0..mcu::CC_PRIVATE.count()).zip(&mut private) {
        mcu::CC_PRIVATE.at(i).into_iter().for_each(|reg| *word = port.read(reg));
    }
    let mut s = Summary {
        cwnd: port.read(mcu::CC_CWND),
        ssthresh: port.read(mcu::CC_SSTHRESH),
        cwnd_prior: port.read(mcu::CC_CWND_PRIOR),
        acked: port.read(mcu::CC_ACKED),
        grow: port.read(mcu::CC_GROW),
        ce: 0,
        flight: port.read(mcu::CC_FLIGHT),
        mss: port.read(mcu::CC_SND_MSS),
        srtt_us: port.read(mcu::CC_SRTT_US8) >> 3,
        now_us: port.read(mcu::CC_NOW_US),
        ecn: event.ecn(),
        loss: event.loss(),
        timeout: event.rto(),
        idle: event.idle_restart(),
    };
    // Reading this word takes the record: last.
    s.ce = mcu::CcMarks(port.read(mcu::CC_MARKS)).ce_bytes();
    let a = answer(Algo::from_id(event.algo().into()), &s, &private);
    port.write(mcu::CC_SET_HANDLE, handle);
    port.write(mcu::CC_SET_CWND, a.cwnd.unwrap_or(0));
    let keep = mcu::CcSetKeep(0).with_loss(a.keep.loss).with_ecn(a.keep.ecn);
    port.write(mcu::CC_SET_KEEP, keep.0);
    for (i, &word) in (0..mcu::CC_SET_PRIVATE.count()).zip(&a.private) {
        mcu::CC_SET_PRIVATE.at(i).into_iter().for_each(|reg| port.write(reg, word));
    }
    let go = mcu::CcSetStart(0).with_op(true).with_set_cwnd(a.cwnd.is_some()).with_tag(tag);
    port.write(mcu::CC_SET_START, go.0);
    for _ in 0..TAKE_READS {
        if !mcu::CcSetStatus(port.read(mcu::CC_SET_STATUS)).busy() {
            return;
        }
    }
}

/// Where a session image that passes through the exchange buffer goes: its private words may hold a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    /// Ages become times of the engine's clock.
    ToEngine,
    /// Times become ages.
    ToHost,
}

/// Turns the time in the private words of the image at `word` of the exchange buffer.
pub(crate) fn turn_image<H: Hw>(port: &mut Port<H>, word: u32, way: Way) {
    // Of the image only the word with the algorithm is needed.
    let mut head = SessionImageRaw::ZERO;
    head.0[1] = port.words::<1>(word as usize + 1)[0];
    let Ok(algo) = head.cc_algo() else { return };
    let at = word as usize + session_image::CC_PRIVATE.byte() as usize / 4;
    let mut private: Private = port.words(at);
    let now = port.read(mcu::SYS_NOW_LO);
    let algo = Algo::from_id(algo as u32);
    match way {
        Way::ToEngine => from_image(algo, &mut private, now),
        Way::ToHost => to_image(algo, &mut private, now),
    }
    port.put_words(at, &private);
}
