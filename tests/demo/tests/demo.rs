// SPDX-License-Identifier: Apache-2.0
//! The demonstrations as tests, on the functional model: they check themselves, and here their files are looked at.

use std::fs;
use std::path::PathBuf;

use toe_demo::machine::Config;
use toe_demo::{linux, smol};

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("toe-{name}-{}", std::process::id()));
    let _not_there = fs::remove_dir_all(&folder);
    folder
}

fn settings(name: &str, seed: u64) -> smol::Settings {
    smol::Settings {
        seed,
        config: Config::Model,
        bytes: 1 << 20,
        loss: 0.01,
        out: folder(name),
        waves: false,
    }
}

fn summary(out: &std::path::Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap()
}

#[test]
fn a_session_with_an_independent_peer() {
    let settings = settings("demo", 3);
    smol::run(&settings).unwrap();
    let summary = summary(&settings.out);
    assert_eq!(summary["seed"], 3);
    assert_eq!(summary["config"], "model");
    let phases = summary["phases"].as_array().unwrap();
    assert_eq!(phases.len(), 2);
    for (phase, name) in phases.iter().zip(["clean", "lossy"]) {
        assert_eq!(phase["name"], name);
        assert_eq!(phase["payload_bytes_to_peer"], 1 << 20);
        assert_eq!(phase["payload_bytes_from_peer"], 1 << 20);
        assert_eq!(phase["sha256_ok"], true);
        assert!(phase["engine_bytes"].as_u64().unwrap() > (2 << 20) * 99 / 100);
        assert!(phase["software_bytes"].is_u64() && phase["cycles"].is_u64());
        assert!(phase["payload_bytes_per_cycle"].is_f64());
        assert!(phase["segments"].as_u64().unwrap() > 1_400);
    }
    assert_eq!(phases[0]["retransmits"], 0);
    assert!(phases[1]["retransmits"].as_u64().unwrap() > 0);
    assert_eq!(summary["time_wait"]["fin_answered"], true);
    assert_eq!(summary["time_wait"]["expired"], true);
    let page = fs::read_to_string(settings.out.join("report.html")).unwrap();
    assert!(page.contains("all checks passed") && page.matches("<svg").count() >= 9);
    fs::remove_dir_all(&settings.out).unwrap();
}

#[test]
fn the_same_seed_gives_the_same_capture() {
    let captures = ["demo-a", "demo-b"].map(|name| {
        let settings = settings(name, 5);
        smol::run(&settings).unwrap();
        let capture = fs::read(settings.out.join("capture.pcapng")).unwrap();
        fs::remove_dir_all(&settings.out).unwrap();
        capture
    });
    assert!(captures[0] == captures[1]);
}

#[test]
fn bad_wishes_get_clear_errors() {
    let mut wish = settings("demo-errors", 1);
    wish.out = PathBuf::from("/proc/nowhere");
    let error = smol::run(&wish).unwrap_err().to_string();
    assert!(error.contains("/proc/nowhere"), "{error}");
    let mut wish = settings("demo-errors", 1);
    wish.waves = true;
    let error = smol::run(&wish).unwrap_err().to_string();
    assert!(error.contains("waves"), "{error}");
    wish.waves = false;
    wish.config = Config::Mid;
    let error = smol::run(&wish).unwrap_err().to_string();
    assert!(error.contains("`mid` is not built"), "{error}");
    let _may_be_there = fs::remove_dir_all(&wish.out);
}

/// Runs it with the kernel as peer. `false`: skipped, the machine lacks what it takes.
fn runs(settings: &linux::Settings) -> bool {
    match linux::run(settings) {
        Ok(()) => true,
        Err(error @ (linux::DemoError::Tap(_) | linux::DemoError::Missing(..))) => {
            eprintln!("SKIPPED: {error}");
            false
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_linux_kernel() {
    let settings = linux::Settings {
        seed: 1,
        config: Config::Model,
        bytes: 1 << 20,
        out: folder("demo-linux"),
        waves: false,
        moves: None,
    };
    if !runs(&settings) {
        return;
    }
    let summary = summary(&settings.out);
    assert!(summary["engine_share"].as_f64().unwrap() >= 0.99);
    assert_eq!(summary["steps"].as_array().unwrap().len(), 6);
    fs::remove_dir_all(&settings.out).unwrap();
}

/// Downloads and uploads of curl while their sessions change hands again and again.
#[test]
fn the_linux_kernel_through_moves() {
    let settings = linux::Settings {
        seed: 2,
        config: Config::Model,
        bytes: 8 << 20,
        out: folder("demo-linux-moves"),
        waves: false,
        moves: Some(2),
    };
    if !runs(&settings) {
        return;
    }
    let summary = summary(&settings.out);
    assert!(summary["taken_back"].as_u64().unwrap() >= 4, "{summary}");
    assert!(summary["steps"].as_array().unwrap().iter().all(|s| s["ok"] == true), "{summary}");
    fs::remove_dir_all(&settings.out).unwrap();
}
