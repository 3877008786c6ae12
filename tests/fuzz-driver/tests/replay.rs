// SPDX-License-Identifier: Apache-2.0
//! Plays the scripts that were kept: each showed something that none before it had, or was a finding.

use toe_fuzz_driver::{Script, run};

#[test]
fn kept_scripts() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let script = Script::parse(&std::fs::read(&path).unwrap());
        if let Err(finding) = run(&script) {
            panic!("{}: {}", path.display(), finding.0);
        }
        count += 1;
    }
    assert!(count > 0, "no scripts in {}", folder.display());
}

#[test]
fn an_empty_script_is_a_session_on_an_honest_device() {
    assert!(run(&Script(Vec::new())).unwrap().iter().any(|s| s.contains("Installed")));
}
