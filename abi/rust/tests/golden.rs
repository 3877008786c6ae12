// SPDX-License-Identifier: Apache-2.0
//! Decodes and encodes the golden vectors of `abi/golden` with the generated types.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use toe_abi::{
    AdminCmdRaw, AdminCplRaw, BumpRaw, EventFaultRaw, EventNicRxRaw, EventSessionEndRaw,
    EventSessionRaw, EventTimeWaitRaw, EventTimeWaitRestRaw, EventTxDoneRaw, Field, NexthopRaw,
    SessionImageRaw, TraceRecordRaw, TxDescRaw,
};

struct Vector {
    name: String,
    exact: bool,
    bytes: Vec<u8>,
    fields: BTreeMap<(String, u32), u64>,
}

fn number(text: &str) -> u64 {
    u64::from_str_radix(text.trim_start_matches("0x"), 16).expect("a hexadecimal number")
}

fn load(layout: &str) -> Vec<Vector> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden").join(format!("{layout}.txt"));
    let text = fs::read_to_string(&path).expect("golden file");
    let mut out: Vec<Vector> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.as_slice(), out.last_mut()) {
            (["layout", name], _) => assert_eq!(*name, layout),
            (["vector", name, kind], _) => out.push(Vector {
                name: (*name).to_owned(),
                exact: *kind == "exact",
                bytes: Vec::new(),
                fields: BTreeMap::new(),
            }),
            (["bytes", hex], Some(vector)) => {
                vector.bytes = hex
                    .as_bytes()
                    .chunks(2)
                    .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
                    .collect();
            }
            (["field", name, values @ ..], Some(vector)) => {
                for (i, value) in (0..).zip(values) {
                    vector.fields.insert(((*name).to_owned(), i), number(value));
                }
            }
            _ => panic!("{layout}: unexpected line {line}"),
        }
    }
    assert!(out.len() > 8, "{layout}: only {} vectors", out.len());
    out
}

fn check_fields(layout: &str, vector: &Vector, words: &[u32], fields: &[Field]) {
    let mut seen = 0;
    for field in fields {
        for i in 0..field.count {
            let want = vector.fields[&(field.name.to_owned(), i)];
            let got = field.read(words, i).expect("inside the structure");
            assert_eq!(got, want, "{layout} {} {}[{i}] by place", vector.name, field.name);
            seen += 1;
        }
    }
    assert_eq!(seen, vector.fields.len(), "{layout} {}: fields without a test", vector.name);
}

macro_rules! golden {
    ($test:ident, $raw:ty) => {
        #[test]
        fn $test() {
            let layout = stringify!($test);
            for vector in load(layout) {
                let bytes: [u8; <$raw>::BYTES] = vector.bytes.clone().try_into().expect("size");
                let raw = <$raw>::from_le_bytes(&bytes);
                assert_eq!(raw.to_le_bytes(), bytes);
                check_fields(layout, &vector, &raw.0, &<$raw>::FIELDS);
                let plain = raw.unpack().expect("golden enumerations have a meaning");
                plain.visit(&mut |name, i, value| {
                    let want = vector.fields[&(name.to_owned(), i)];
                    assert_eq!(value, want, "{layout} {} {name}[{i}]", vector.name);
                });
                if vector.exact {
                    assert_eq!(plain.pack().to_le_bytes(), bytes, "{layout} {}", vector.name);
                    assert_eq!(plain.checked_pack().expect("fits"), raw);
                } else {
                    assert_ne!(plain.pack(), raw, "{layout}: reserved bits survive");
                    assert_eq!(plain.pack().unpack(), Ok(plain));
                }
            }
        }
    };
}

golden!(tx_desc, TxDescRaw);
golden!(bump, BumpRaw);
golden!(event_nic_rx, EventNicRxRaw);
golden!(event_tx_done, EventTxDoneRaw);
golden!(event_session, EventSessionRaw);
golden!(event_session_end, EventSessionEndRaw);
golden!(event_time_wait, EventTimeWaitRaw);
golden!(event_time_wait_rest, EventTimeWaitRestRaw);
golden!(event_fault, EventFaultRaw);
golden!(admin_cmd, AdminCmdRaw);
golden!(admin_cpl, AdminCplRaw);
golden!(nexthop, NexthopRaw);
golden!(trace_record, TraceRecordRaw);
golden!(session_image, SessionImageRaw);

#[test]
fn every_golden_file_has_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden");
    let here = include_str!("golden.rs");
    for entry in fs::read_dir(folder).expect("abi/golden") {
        let path = entry.expect("entry").path();
        let stem = path.file_stem().and_then(|s| s.to_str()).expect("name");
        assert!(here.contains(&format!("golden!({stem},")), "{stem} is not tested");
    }
}

// Written by hand from abi/layouts.rdl, so that a wrong reader of the RDL is caught as well.
#[test]
fn a_bump_by_hand() {
    let bump = toe_abi::Bump {
        handle: 0x0007_0003,
        snd_end: 0x1122_3344,
        rcv_read: 0x5566_7788,
        snd_valid: true,
        rcv_valid: false,
        fin: true,
        rst: false,
        kick: false,
        orphan: true,
        report: true,
    };
    let bytes = [0x03, 0, 0x07, 0, 0x44, 0x33, 0x22, 0x11, 0x88, 0x77, 0x66, 0x55, 0x65, 0, 0, 0];
    assert_eq!(bump.pack().to_le_bytes(), bytes);
}

#[test]
fn an_enumeration_without_a_meaning_names_its_field_and_byte() {
    let raw = SessionImageRaw::ZERO.with_handle(1);
    let mut words = raw.0;
    words[1] = 0xf; // tcp_state_e ends at 10
    let error = SessionImageRaw(words).unpack().expect_err("state 15");
    assert_eq!((error.field, error.offset, error.value), ("state", 4, 15));
}

#[test]
fn a_value_too_wide_for_its_field_is_refused_by_checked_pack() {
    let desc = toe_abi::TxDesc { len: 1 << 20, ..Default::default() };
    let error = desc.checked_pack().expect_err("21 bits in 20");
    assert_eq!((error.field, error.value, error.width), ("len", 1 << 20, 20));
}

#[test]
fn registers_are_found_by_offset() {
    use toe_abi::regs;
    let (row, index) = regs::find(regs::QP_CONFIG.at(3).unwrap().offset()).expect("a register");
    assert_eq!((row.name, index), ("qp_config", 3));
    assert!(regs::find(regs::SIZE).is_none());
    assert!(regs::find(regs::ID_MAGIC.offset() + 1).is_none());
    for row in &regs::TABLE {
        for i in 0..row.count {
            let (found, index) = regs::find(row.offset + i * row.stride).expect(row.name);
            assert_eq!((found.name, index), (row.name, i));
        }
    }
}
