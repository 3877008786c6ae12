// SPDX-License-Identifier: Apache-2.0
//! Options (S-OPT-1): every combination fits, parses back, and is as long as the estimator says.
#![allow(clippy::cast_possible_truncation)]

use toe_tcp::options::{data_len, encode, parse, sack_room};
use toe_tcp::{SackBlocks, Segment, SeqNum, Timestamps};

fn sack(n: u32) -> SackBlocks {
    let mut s = SackBlocks::new();
    for i in 0..n {
        assert!(s.push(SeqNum(i * 1000), SeqNum(i * 1000 + 500)));
    }
    s
}

#[test]
fn every_combination_fits_and_parses_back() {
    for bits in 0..64_u32 {
        for blocks in 0..=4 {
            let seg = Segment {
                mss: (bits & 1 != 0).then_some(1460),
                wscale: (bits & 2 != 0).then_some(7),
                sack_permitted: bits & 4 != 0,
                ts: (bits & 8 != 0).then_some(Timestamps { val: 0x0102_0304, ecr: 0xffff_fffe }),
                sack: sack(blocks),
                ..Segment::default()
            };
            let signed = bits & 16 != 0;
            let e = encode(&seg, signed);
            assert!(e.as_slice().len() <= 40 && e.as_slice().len().is_multiple_of(4));
            let p = parse(e.as_slice()).expect("parses");
            assert_eq!(
                (p.mss, p.wscale, p.sack_permitted, p.ts, p.unknown),
                (seg.mss, seg.wscale, seg.sack_permitted, seg.ts, false)
            );
            assert_eq!(p.digest_at.is_some(), signed, "the signature always fits");
            assert_eq!(p.digest_at, e.digest_at);
            // Blocks are cut from the end, in order.
            assert_eq!(p.sack.len(), e.sack_blocks);
            assert_eq!(p.sack.as_slice(), &seg.sack.as_slice()[..e.sack_blocks]);
            if bits & 7 == 0 {
                assert_eq!(
                    e.as_slice().len() as u32,
                    data_len(seg.ts.is_some(), signed, e.sack_blocks)
                );
                assert_eq!(e.sack_blocks, seg.sack.len().min(sack_room(seg.ts.is_some(), signed)));
            }
        }
    }
}

#[test]
fn layouts_of_s_opt_1() {
    let all = Segment {
        mss: Some(1460),
        wscale: Some(7),
        sack_permitted: true,
        ts: Some(Timestamps { val: 1, ecr: 2 }),
        ..Segment::default()
    };
    // Unsigned SYN: 20 bytes, timestamps at offset 10; signed: 38 padded to 40.
    let e = encode(&all, false);
    assert_eq!(e.as_slice(), [2, 4, 5, 0xb4, 1, 3, 3, 7, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]);
    let e = encode(&all, true);
    assert_eq!((e.as_slice().len(), e.digest_at), (40, Some(22)));
    // Timestamps, signature and one SACK block: 40 exactly.
    let e = encode(&Segment { ts: all.ts, sack: sack(4), ..Segment::default() }, true);
    assert_eq!((e.as_slice().len(), e.sack_blocks), (40, 1));
    // Alone: 12; with three blocks: 40; without timestamps four blocks: 36.
    assert_eq!(data_len(true, false, 0), 12);
    assert_eq!(data_len(true, false, 3), 40);
    assert_eq!(data_len(false, false, 4), 36);
    assert_eq!((sack_room(true, false), sack_room(false, false)), (3, 4));
    assert_eq!((sack_room(true, true), sack_room(false, true)), (1, 2));
}

#[test]
fn malformed_lists_are_refused_or_skipped() {
    for bad in [&[2_u8][..], &[2, 0], &[2, 1], &[2, 5, 0, 0], &[8, 10, 0, 0], &[1, 1, 253, 9]] {
        assert!(parse(bad).is_err(), "{bad:?}");
    }
    // Wrong length of a known kind, unknown kind: skipped, said so.
    for odd in [&[2_u8, 3, 0][..], &[3, 4, 0, 0], &[5, 9, 0, 0, 0, 0, 0, 0, 0], &[253, 4, 1, 2]] {
        let p = parse(odd).expect("skipped");
        assert!(p.unknown && p.mss.is_none() && p.wscale.is_none() && p.sack.is_empty());
    }
    // End of list hides the rest.
    assert_eq!(parse(&[0, 2, 4, 1, 1]).expect("ends").mss, None);
}

#[test]
fn parser_survives_all_short_inputs() {
    let mut x = 1_u64;
    for _ in 0..200_000 {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bytes: Vec<u8> = (0..(x >> 59)).map(|n| (x >> (n % 56)) as u8 % 24).collect();
        let _ = parse(&bytes);
    }
}
