// SPDX-License-Identifier: Apache-2.0
//! File lists, expanded so that the cache knows each file that goes in. A list in a list is `-f x.f` or just `x.f`.

use super::{Error, Input};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Inputs {
    /// Arguments for Verilator, in order: files and options.
    pub(super) arguments: Vec<String>,
    /// Files whose contents decide the result, relative to the root where possible.
    pub(super) content: BTreeSet<PathBuf>,
    /// What Cargo watches: files, lists and include folders, absolute.
    pub(super) watched: BTreeSet<PathBuf>,
}

pub(super) fn expand(root: &Path, inputs: &[Input]) -> Result<Inputs, Error> {
    let mut result = Inputs::default();
    for input in inputs {
        match input {
            Input::Source(path) => file(root, path, &mut result)?,
            Input::FileList(path) => list(root, path, 0, &mut result)?,
        }
    }
    Ok(result)
}

fn file(root: &Path, path: &Path, result: &mut Inputs) -> Result<(), Error> {
    let full = root.join(path);
    if !full.is_file() {
        let fix = if path.starts_with("build") {
            "\n  Fix: run `make tools` in the checkout."
        } else {
            ""
        };
        return Err(Error(format!("source file {} does not exist{fix}", full.display())));
    }
    // Areas name the packages they share: the first mention decides the order.
    // (`content` also holds what lies in include folders, so it cannot tell.)
    let argument = path.display().to_string();
    if !result.arguments.contains(&argument) {
        result.arguments.push(argument);
    }
    result.content.insert(path.to_owned());
    result.watched.insert(full);
    Ok(())
}

fn include_folder(root: &Path, path: &Path, result: &mut Inputs) -> Result<(), Error> {
    let full = root.join(path);
    let entries =
        fs::read_dir(&full).map_err(|e| Error::io("cannot read include folder", &full, &e))?;
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = Path::new(&name);
        let is_source = name
            .extension()
            .is_some_and(|e| ["v", "sv", "vh", "svh", "mem", "hex"].iter().any(|x| e == *x));
        if is_source {
            result.content.insert(path.join(name));
        }
    }
    let argument = format!("-I{}", path.display());
    if !result.arguments.contains(&argument) {
        result.arguments.push(argument);
    }
    result.watched.insert(full);
    Ok(())
}

fn list(root: &Path, path: &Path, depth: u32, result: &mut Inputs) -> Result<(), Error> {
    let full = root.join(path);
    if depth > 16 {
        return Err(Error(format!("file lists nest too deep at {}", full.display())));
    }
    let text =
        fs::read_to_string(&full).map_err(|e| Error::io("cannot read file list", &full, &e))?;
    result.watched.insert(full);
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or("").split('#').next().unwrap_or("");
        let mut words = line.split_whitespace();
        while let Some(word) = words.next() {
            if word == "-f" || word == "-F" {
                let Some(next) = words.next() else {
                    return Err(Error(format!("{}: `{word}` without a file", path.display())));
                };
                list(root, Path::new(next), depth + 1, result)?;
            } else if word == "-v" {
                // The next word is a file like any other.
            } else if let Some(folders) = word.strip_prefix("+incdir+") {
                for folder in folders.split('+') {
                    include_folder(root, Path::new(folder), result)?;
                }
            } else if let Some(folder) = word.strip_prefix("-I") {
                include_folder(root, Path::new(folder), result)?;
            } else if word.starts_with(['+', '-']) {
                result.arguments.push(word.to_owned());
            } else if word.ends_with(".f") {
                list(root, Path::new(word), depth + 1, result)?;
            } else {
                file(root, Path::new(word), result)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_nest_and_keep_order() {
        let root = std::env::temp_dir().join(format!("verilated-filelist-{}", std::process::id()));
        fs::create_dir_all(root.join("a/inc")).unwrap();
        for name in ["a/x.sv", "a/y.sv", "a/inc/z.svh", "a/inc/w.sv", "a/inc/readme.txt"] {
            fs::write(root.join(name), "").unwrap();
        }
        fs::write(root.join("a/a.f"), "a/y.sv # last\n").unwrap();
        fs::write(root.join("a/b.f"), "-Wno-FOO\n").unwrap();
        fs::write(
            root.join("files.f"),
            "// top\n+incdir+a/inc\n+define+X=1\na/x.sv\na/inc/w.sv\n-f a/a.f\na/b.f\na/a.f\n",
        )
        .unwrap();
        let inputs = expand(&root, &[Input::FileList("files.f".into())]).unwrap();
        assert_eq!(
            inputs.arguments,
            ["-Ia/inc", "+define+X=1", "a/x.sv", "a/inc/w.sv", "a/y.sv", "-Wno-FOO"]
        );
        assert!(inputs.content.contains(Path::new("a/inc/z.svh")));
        assert_eq!(inputs.content.len(), 4);
        let missing = expand(&root, &[Input::Source("none.sv".into())]).unwrap_err();
        assert!(missing.0.contains("none.sv"));
        fs::remove_dir_all(&root).unwrap();
    }
}
