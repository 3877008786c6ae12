// SPDX-License-Identifier: Apache-2.0
//! Congestion control as the engine sees it: summaries in, answers out; private words in images; restarts of the core.

use super::*;

fn summary(
    handle: u32,
    tag: u8,
    algo: CcAlgo,
    fields: &[(toe_abi::Reg<u32>, u32)],
) -> BTreeMap<u32, u32> {
    let head = mcu::CcHead(0).with_valid(true).with_tag(tag);
    let event = mcu::CcEvent(0).with_algo(algo as u8);
    let mut regs: BTreeMap<u32, u32> = (0..mcu::CC_PRIVATE.count())
        .map(|i| (mcu::CC_PRIVATE.at(i).unwrap().offset(), 0))
        .collect();
    regs.extend([
        (mcu::CC_HEAD.offset(), head.0),
        (mcu::CC_HANDLE.offset(), handle),
        (mcu::CC_EVENT.offset(), event.0),
        (mcu::CC_SND_MSS.offset(), 1460),
        (mcu::CC_CWND.offset(), 14_600),
        (mcu::CC_SSTHRESH.offset(), 10_000),
        (mcu::CC_ACKED.offset(), 0),
        (mcu::CC_GROW.offset(), 0),
        (mcu::CC_MARKS.offset(), 0),
    ]);
    regs.extend(fields.iter().map(|(reg, value)| (reg.offset(), *value)));
    regs
}

fn start(answer: &BTreeMap<u32, u32>) -> mcu::CcSetStart {
    mcu::CcSetStart(answer[&mcu::CC_SET_START.offset()])
}

#[test]
fn the_engine_is_told_whose_summaries_are_wanted() {
    let mut firmware = Firmware::boot(Fake::new());
    let config = mcu::CcConfig(firmware.hw().reg(mcu::CC_CONFIG.offset()));
    assert_eq!((config.acks(), config.algos()), (8, 0b110));
    let mut wrong = Fake::new();
    wrong.regs.insert(mcu::SYS_HW_HASH_LO.offset(), 1);
    let mut firmware = Firmware::boot(wrong);
    assert_eq!(firmware.hw().reg(mcu::CC_CONFIG.offset()), 0, "of another contract: nothing");
}

#[test]
fn every_summary_gets_one_answer_with_its_handle_and_tag() {
    let mut firmware = Firmware::boot(Fake::new());
    for n in 0..40_u8 {
        let algo = if n % 2 == 0 { CcAlgo::Cubic } else { CcAlgo::Dctcp };
        let grown = [(mcu::CC_ACKED, 14_600), (mcu::CC_GROW, 14_600)];
        firmware.hw().summaries.push(summary(u32::from(n) << 16 | 3, n, algo, &grown));
    }
    firmware.hw().command(&command(AdminOpcode::Nop));
    firmware.turn();
    let hw = firmware.hw();
    assert_eq!((hw.answers.len(), hw.summaries.len()), (40, 0));
    assert!(hw.host.contains_key(&ACQ), "the command had its turn");
    for (n, a) in (0_u8..).zip(&hw.answers) {
        assert_eq!(a[&mcu::CC_SET_HANDLE.offset()], u32::from(n) << 16 | 3);
        assert_eq!((start(a).op(), start(a).tag()), (true, n));
        let keep = mcu::CcSetKeep(a[&mcu::CC_SET_KEEP.offset()]);
        let want = if n % 2 == 0 { (717, 717) } else { (512, 512) };
        assert_eq!((keep.loss(), keep.ecn()), want);
        if n % 2 == 1 {
            // DCTCP: a whole window acknowledged is one segment.
            assert_eq!((start(a).set_cwnd(), a[&mcu::CC_SET_CWND.offset()]), (true, 16_060));
        }
        // Nobody set these.
        assert!(!start(a).set_ssthresh() && !start(a).set_pacing());
    }
}

#[test]
fn without_growth_the_window_is_left_alone() {
    let mut firmware = Firmware::boot(Fake::new());
    firmware.hw().summaries.push(summary(3, 1, CcAlgo::Cubic, &[(mcu::CC_ACKED, 50_000)]));
    firmware.turn();
    assert!(!start(&firmware.hw().answers[0]).set_cwnd());
}

/// The epoch of CUBIC is a time inside and an age in an image.
#[test]
fn private_words_in_images_hold_ages() {
    let mut fake = Fake::new();
    let mut image = good_image();
    (image.cc_algo, image.cc_private) = (CcAlgo::Cubic, [1, 2, 3, 4, 5_001, 6]);
    fake.image(&image);
    let (mut firmware, _) = run(fake, &[command(AdminOpcode::Install)]);
    let inside = SessionImageRaw(firmware.hw().sessions[&0x0005_0003].clone().try_into().unwrap());
    let epoch = inside.unpack().unwrap().cc_private[4];
    let now = firmware.hw().reg(mcu::SYS_NOW_LO.offset());
    assert!((5_000..8_000 + 5_000).contains(&now.wrapping_sub(epoch)), "{epoch} at {now}");
    firmware.hw().command(&command(AdminOpcode::Snapshot));
    firmware.turn();
    let out = SessionImageRaw(firmware.hw().host_words(IMAGE_AT, 128).try_into().unwrap());
    let words = out.unpack().unwrap().cc_private;
    assert_eq!((words[..4].to_vec(), words[5]), (vec![1, 2, 3, 4], 6));
    // The fake's clock runs a millisecond a look.
    assert!((5_001..60_001).contains(&words[4]), "{words:?}");
}

/// The core was held and runs again: commands that were answered are not served again.
#[test]
fn a_restarted_core_goes_on_where_it_stood() {
    let mut fake = Fake::new();
    fake.image(&good_image());
    let (mut firmware, _) = run(fake, &[command(AdminOpcode::Install), command(AdminOpcode::Nop)]);
    let before = std::mem::replace(firmware.hw(), Fake::new());
    let mut again = Firmware::boot(before);
    let mut nop = command(AdminOpcode::Nop);
    nop.cookie = 99;
    again.hw().command(&nop);
    again.turn();
    let third =
        AdminCplRaw(again.hw().host_words(ACQ + 64, 8).try_into().unwrap()).unpack().unwrap();
    assert_eq!((third.cookie, third.status), (99, AdminStatus::Ok));
    assert_eq!(again.hw().order, ["state", "insert"], "installed once");
}
