// SPDX-License-Identifier: Apache-2.0
//! Finding Verilator and the C++ compiler.

use super::Error;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug)]
pub(super) struct Tools {
    verilator: PathBuf,
    /// `VERILATOR_ROOT`: the folder with `include/`.
    pub(super) root: PathBuf,
    pub(super) cxx: OsString,
    /// `-march=native` where the compiler knows it: models never leave the machine that builds them.
    pub(super) march: Option<&'static str>,
    /// Names the versions of both, and the processor, for the cache.
    pub(super) identity: String,
}

impl Tools {
    pub(super) fn find(checkout: &Path) -> Result<Self, Error> {
        let (verilator, root) =
            find_verilator(checkout, env::var_os("VERILATOR"), env::var_os("PATH"))?;
        let cxx = env::var_os("CXX").filter(|c| !c.is_empty()).unwrap_or_else(|| "g++".into());
        let version = Command::new(&cxx).arg("--version").output();
        let version = match version {
            Ok(output) if output.status.success() => {
                String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or("").to_owned()
            }
            _ => {
                return Err(Error(format!(
                    "the C++ compiler `{}` does not run; Verilated models are C++.\n  \
                     Fix: install one (Debian: `apt-get install g++`), or set CXX to yours.",
                    cxx.to_string_lossy()
                )));
            }
        };
        let mut identity = version;
        for path in [verilator.as_path(), &root.join("include/verilated.h")] {
            let meta = fs::metadata(path).map_err(|e| Error::io("cannot read", path, &e))?;
            let changed = meta
                .modified()
                .ok()
                .and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok())
                .map_or(0, |d| d.as_secs());
            identity.push_str(&format!("|{}|{changed}", meta.len()));
        }
        let native = Command::new(&cxx).args(["-march=native", "-Q", "--help=target"]).output();
        let march = match native {
            Ok(output) if output.status.success() => {
                identity.push_str(&String::from_utf8_lossy(&output.stdout));
                Some("-march=native")
            }
            _ => None,
        };
        Ok(Self { verilator, root, cxx, march, identity })
    }

    pub(super) fn verilator(&self) -> Command {
        let mut command = Command::new(&self.verilator);
        command.env("VERILATOR_ROOT", &self.root);
        command
    }
}

/// Returns the program to call and its `VERILATOR_ROOT`.
fn find_verilator(
    checkout: &Path,
    chosen: Option<OsString>,
    path: Option<OsString>,
) -> Result<(PathBuf, PathBuf), Error> {
    let fix = "Fix: run `make tools` in the checkout (installs Verilator into build/venv), or set VERILATOR to a \
               Verilator 5 program.";
    if let Some(chosen) = chosen.filter(|c| !c.is_empty()) {
        let program = PathBuf::from(chosen);
        return resolve(&program).ok_or_else(|| {
            Error(format!(
                "VERILATOR={} is not a Verilator that works.\n  {fix}",
                program.display()
            ))
        });
    }
    let mut tried = Vec::new();
    for venv in ["build/venv", ".venv"] {
        let lib = checkout.join(venv).join("lib");
        tried.push(lib.join("python3*/site-packages/verilator/bin"));
        let Ok(entries) = fs::read_dir(&lib) else { continue };
        for entry in entries.flatten() {
            let program = entry.path().join("site-packages/verilator/bin/verilator");
            if let Some(found) = resolve(&program) {
                return Ok(found);
            }
        }
    }
    for folder in env::split_paths(&path.unwrap_or_default()) {
        if let Some(found) = resolve(&folder.join("verilator")) {
            return Ok(found);
        }
    }
    let tried: Vec<_> = tried.iter().map(|p| format!("    {}", p.display())).collect();
    Err(Error(format!(
        "Verilator not found. Looked at $VERILATOR (not set), PATH, and\n{}\n  {fix}",
        tried.join("\n")
    )))
}

/// A program `verilator` to the real one and its root: the package layout (`bin/verilator_bin` beside it, `include/` above),
/// else whatever the program says itself.
fn resolve(program: &Path) -> Option<(PathBuf, PathBuf)> {
    if !program.is_file() {
        return None;
    }
    let program = fs::canonicalize(program).ok()?;
    if let Some(root) = program.parent().and_then(Path::parent) {
        let real = root.join("bin/verilator_bin");
        if real.is_file() && root.join("include/verilated.h").is_file() {
            return Some((real, root.to_owned()));
        }
    }
    let output = Command::new(&program)
        .args(["--getenv", "VERILATOR_ROOT"])
        .env_remove("VERILATOR_ROOT")
        .output()
        .ok()?;
    let root = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    (output.status.success() && root.join("include/verilated.h").is_file())
        .then_some((program, root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_verilator_names_the_fix() {
        let error = find_verilator(Path::new("/nonexistent"), None, None).unwrap_err().0;
        assert!(error.contains("make tools") && error.contains("build/venv"), "{error}");
    }

    #[test]
    fn wrong_choice_is_named() {
        let error = find_verilator(Path::new("/"), Some("/bin/true".into()), None).unwrap_err().0;
        assert!(error.contains("VERILATOR=/bin/true"), "{error}");
    }
}
