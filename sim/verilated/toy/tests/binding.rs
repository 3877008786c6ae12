// SPDX-License-Identifier: Apache-2.0
//! The binding, seen from a user.

use verilated_toy::{narrow, wide};

macro_rules! clock {
    ($model:expr, $time:expr) => {{
        $model.clk_i.set(0);
        let low = $model.eval($time * 2).map_err(Clone::clone);
        $model.clk_i.set(1);
        low.and_then(|()| $model.eval($time * 2 + 1).map_err(Clone::clone))
    }};
}

fn fresh(seed: u32) -> narrow::Model {
    let mut model = narrow::Model::new(seed);
    // Inputs, too, are random until driven.
    for input in [&model.load_i, &model.finish_i, &model.print_i, &model.rst_ni] {
        input.set(0);
    }
    for i in [0, 1] {
        clock!(model, i).unwrap();
    }
    model.rst_ni.set(1);
    model
}

#[test]
fn scalars_of_every_width() {
    let mut model = fresh(1);
    model.d_i.set(0x0123_4567_89ab_cdef);
    model.a_i.set(0xfff);
    model.b_i.set(0x1_ffff_ffff);
    model.n_i.set(5);
    clock!(model, 2).unwrap();
    assert_eq!(model.q_o.get(), 0x0123_4567_89ab_cdef);
    assert_eq!(model.sum_o.get(), 0xfff + 0x1_ffff_ffff);
    assert_eq!(model.double__name.get(), 1);
}

#[test]
fn bits_beyond_the_width_are_dropped() {
    let mut model = fresh(1);
    model.a_i.set(0xf001);
    model.b_i.set(u64::MAX << 33);
    model.n_i.set(0xe1);
    clock!(model, 2).unwrap();
    assert_eq!(model.sum_o.get(), 1);
    assert_eq!(model.n_i.get(), 1);
}

#[test]
fn wide_ports_in_words() {
    let mut model = wide::Model::new(1);
    for input in [&model.load_i, &model.finish_i, &model.print_i] {
        input.set(0);
    }
    model.rst_ni.set(1);
    model.n_i.set(0);
    let value: [u32; 7] = core::array::from_fn(|i| 0x1111_1111 * (u32::try_from(i).unwrap() + 1));
    model.d_i.set(value);
    clock!(model, 0).unwrap();
    let mut expected = value;
    expected[6] &= 0xff;
    assert_eq!(model.q_o.get(), expected);
    assert_eq!(model.q_o.words()[3].get(), 0x4444_4444);
    model.d_i.words()[0].set(7);
    clock!(model, 1).unwrap();
    assert_eq!(model.q_o.get()[0], 7);
    // As bytes and numbers, for code over several widths.
    let bytes: Vec<u8> = (1..26).collect();
    model.d_i.set_bytes(&bytes);
    clock!(model, 2).unwrap();
    let mut back = [0; 30];
    model.q_o.get_bytes(&mut back);
    assert_eq!(back[..25], bytes);
    assert_eq!(back[25..], [0; 5]);
    assert_eq!(model.q_o.get_u64(), 0x0807_0605_0403_0201);
    model.d_i.set_u64(5);
    clock!(model, 3).unwrap();
    assert_eq!(model.q_o.get(), [5, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn failed_assertion_is_an_error_and_stays_one() {
    let mut model = fresh(1);
    model.n_i.set(7);
    let error = clock!(model, 2).unwrap_err();
    assert!(
        error.message.contains("NotSeven_A") && error.message.contains("n is seven"),
        "{error}"
    );
    assert!(!error.finished);
    model.n_i.set(0);
    assert_eq!(clock!(model, 3).unwrap_err(), error);
    assert_eq!(model.failure(), Some(&error));
    // Another model is not affected.
    clock!(fresh(2), 2).unwrap();
}

#[test]
fn assertions_sleep_in_reset() {
    let mut model = narrow::Model::new(1);
    for input in [&model.load_i, &model.finish_i, &model.print_i, &model.rst_ni] {
        input.set(0);
    }
    model.n_i.set(7);
    clock!(model, 0).unwrap();
}

#[test]
fn assertions_can_be_switched_off_and_on() {
    let mut model = fresh(1);
    model.set_assertions(false);
    model.n_i.set(7);
    clock!(model, 2).unwrap();
    model.set_assertions(true);
    assert!(clock!(model, 3).is_err());
}

#[test]
fn fatal_and_finish_do_not_end_the_process() {
    let mut model = fresh(1);
    model.n_i.set(8);
    let error = clock!(model, 2).unwrap_err();
    assert!(error.message.contains("n is eight"), "{error}");
    let mut model = fresh(1);
    model.n_i.set(0);
    model.finish_i.set(1);
    assert!(clock!(model, 2).unwrap_err().finished);
}

#[test]
fn display_goes_to_the_log() {
    let mut model = fresh(1);
    model.n_i.set(3);
    model.print_i.set(1);
    clock!(model, 2).unwrap();
    assert_eq!(model.take_log(), "n is 3\n");
    assert_eq!(model.take_log(), "");
}

#[test]
fn uninitialised_state_differs_between_seeds_and_not_within_one() {
    let wild = |seed| {
        let mut model = fresh(seed);
        model.n_i.set(0);
        clock!(model, 2).unwrap();
        model.wild_o.get()
    };
    for seed in [0, 3, 0x7fff_fffe, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
        assert_eq!(wild(seed), wild(seed), "seed {seed}");
    }
    assert!((1..8).any(|seed| wild(seed) != wild(3)));
}

#[test]
fn models_move_between_threads() {
    let mut model = fresh(1);
    model.n_i.set(0);
    model.d_i.set(99);
    let model = std::thread::spawn(move || {
        clock!(model, 2).unwrap();
        model
    })
    .join()
    .unwrap();
    assert_eq!(model.q_o.get(), 99);
}

#[test]
fn waveform() {
    let path = std::env::temp_dir().join(format!("verilated-toy-{}.fst", std::process::id()));
    let mut model = fresh(1);
    model.n_i.set(0);
    let opened = model.open_trace(&path);
    if cfg!(feature = "trace") {
        opened.unwrap();
        for i in 2..200 {
            model.d_i.set(i * 77);
            clock!(model, i).unwrap();
        }
        drop(model);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        // FST starts with a header block (type 0, length 329, big-endian) and names the scope in its hierarchy.
        assert_eq!(bytes[..9], [0, 0, 0, 0, 0, 0, 0, 1, 73]);
        assert!(bytes.len() > 400, "{} bytes", bytes.len());
        assert!(fresh(1).open_trace(std::path::Path::new("/nonexistent/x.fst")).is_err());
    } else {
        assert_eq!(opened, Err(verilated::TraceError::NotBuiltIn));
    }
}
