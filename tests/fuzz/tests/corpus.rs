// SPDX-License-Identifier: Apache-2.0
//! Every case of the corpus again: those that found something once, and those that reach far.

use std::path::Path;
use std::time::{Duration, Instant};

use toe_fuzz::generate;
use toe_fuzz::rng::Rng;
use toe_fuzz::run::Runner;
use toe_fuzz::script::Case;

/// The whole test takes no longer than about this; cases that found something come first.
const TIME: Duration = Duration::from_secs(50);

#[test]
fn the_corpus_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    // Named regressions before what the fuzzer kept by itself ("s<seed>-<number>").
    files.sort_by_key(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kept = name.starts_with('s') && name[1..].starts_with(|c: char| c.is_ascii_digit());
        (kept, name)
    });
    assert!(!files.is_empty(), "no case in {}", folder.display());
    let mut runner = Runner::new(false, false);
    let start = Instant::now();
    let mut run = 0;
    for file in &files {
        if start.elapsed() > TIME {
            break;
        }
        let case = Case::from_text(&std::fs::read_to_string(file).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let outcome = runner.run(&case).unwrap();
        assert!(
            outcome.findings.is_empty(),
            "make fuzz REPLAY={}: {}",
            file.display(),
            outcome.findings[0].what
        );
        run += 1;
    }
    println!("{run} of {} cases in {:.1} s", files.len(), start.elapsed().as_secs_f64());
}

#[test]
fn random_cases_pass() {
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let mut rng = Rng::new(seed);
    let mut runner = Runner::new(false, false);
    let case = generate::case(&mut rng, 16, 8);
    let outcome = runner.run(&case).unwrap();
    assert!(outcome.findings.is_empty(), "seed {seed}: {:?}", outcome.findings);
}

#[test]
fn any_bytes_are_a_case() {
    let mut rng = Rng::new(7);
    for len in 0..200 {
        let bytes: Vec<u8> = (0..len).map(|_| rng.next().to_le_bytes()[0]).collect();
        if let Ok(case) = Case::from_bytes(&bytes) {
            let again = Case::from_text(&case.to_text()).unwrap();
            assert_eq!(again, case);
        }
    }
}
