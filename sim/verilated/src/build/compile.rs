// SPDX-License-Identifier: Apache-2.0
//! Runs Verilator and the C++ compiler.

use super::cache::{Cache, Key};
use super::filelist::Inputs;
use super::header::{self, Port};
use super::tool::Tools;
use super::{Error, Spec, emit};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Built {
    pub(super) folder: PathBuf,
    pub(super) library: String,
    pub(super) ports: Vec<Port>,
}

/// What every model is verilated with. `--x-initial unique` makes uninitialised state random by the seed. Functions are not
/// split (`--output-split-cfuncs`): that costs a third of the speed.
const OPTIONS: &[&str] = &[
    "--cc",
    "--quiet",
    "-Wall",
    "--assert",
    "-O3",
    "--x-assign",
    "fast",
    "--x-initial",
    "unique",
    "--no-timing",
    "--threads",
    "1",
    // Loops over the bytes of a header: unrolled they are wires, rolled they are a tenth of the run time.
    "--unroll-count",
    "1024",
    "--unroll-stmts",
    "1000000",
];

const HOOKS: &str = include_str!("../../cpp/hooks.h");
const RUNTIME: &str = include_str!("../../cpp/runtime.cpp");
const LZ4: &str = include_str!("../../cpp/fst/lz4.h");
const ZLIB: &str = include_str!("../../cpp/fst/zlib.h");

/// Compiler options of models and runtime alike: they share class layouts.
fn cxx_flags(tools: &Tools, trace: bool) -> Vec<String> {
    let on = u8::from(trace);
    let include = tools.root.join("include");
    let mut flags: Vec<String> = [
        "-std=gnu++17",
        "-w",
        "-fPIC",
        "-fno-plt",
        "-DVERILATOR=1",
        "-DVM_COVERAGE=0",
        "-DVM_SC=0",
        "-DVM_TIMING=0",
        "-DVM_TRACE_VCD=0",
        "-DVM_TRACE_SAIF=0",
        "-DVL_PRINTF=vlt_printf",
        "-DVL_USER_FATAL",
        "-include",
        "hooks.h",
    ]
    .map(str::to_owned)
    .into();
    flags.push(format!("-DVM_TRACE={on}"));
    flags.push(format!("-DVM_TRACE_FST={on}"));
    flags.push(format!("-isystem{}", include.display()));
    flags.push(format!("-isystem{}", include.join("vltstd").display()));
    flags.extend(tools.march.map(str::to_owned));
    if let Ok(extra) = env::var("VERILATED_CXXFLAGS") {
        flags.extend(extra.split_whitespace().map(str::to_owned));
    }
    flags
}

fn key(tools: &Tools, trace: bool) -> Key {
    let mut key = Key::new();
    key.add(&tools.identity).add([u8::from(trace)]);
    for flag in cxx_flags(tools, trace) {
        key.add(flag);
    }
    key.add(HOOKS).add(LZ4).add(ZLIB);
    key
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|e| Error::io("cannot write", path, &e))
}

/// Verilates and compiles one model, or finds it in the cache.
pub(super) fn model(
    root: &Path,
    cache: &Cache,
    tools: &Tools,
    spec: &Spec,
    inputs: &Inputs,
    trace: bool,
) -> Result<Built, Error> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !spec.name.starts_with(|c: char| c.is_ascii_lowercase()) || !spec.name.chars().all(good) {
        return Err(Error(format!("model name `{}` is not a Rust module name", spec.name)));
    }
    let mut key = key(tools, trace);
    key.add(&spec.name).add(&spec.top).add(emit::cpp_face(&spec.name, &[]));
    for text in OPTIONS.iter().copied().chain(spec.options.iter().map(String::as_str)) {
        key.add(text);
    }
    for argument in &inputs.arguments {
        key.add(argument);
    }
    for path in &inputs.content {
        let full = root.join(path);
        let content = fs::read(&full).map_err(|e| Error::io("cannot read", &full, &e))?;
        key.add(path.display().to_string()).add(content);
    }
    let prefix = emit::prefix(&spec.name);
    let library = format!("{prefix}_model");
    let folder = cache.entry(&spec.name, &key, |folder| {
        let generated = folder.join("generated");
        let mut command = tools.verilator();
        command.current_dir(root).args(OPTIONS);
        if trace {
            command.args(["--trace-fst", "--trace-structs"]);
        }
        command.args(["--prefix", &prefix, "--top-module", &spec.top, "--Mdir"]).arg(&generated);
        command.args(&spec.options).args(&inputs.arguments);
        let output = command
            .output()
            .map_err(|e| Error(format!("cannot run Verilator ({command:?}): {e}")))?;
        if !output.status.success() {
            return Err(Error(format!(
                "Verilator refuses `{}` (model `{}`; warnings count as errors):\n{}{}",
                spec.top,
                spec.name,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )));
        }
        let header = generated.join(format!("{prefix}.h"));
        let text =
            fs::read_to_string(&header).map_err(|e| Error::io("cannot read", &header, &e))?;
        let ports = header::ports(&text)?;
        write(&folder.join("ports.h"), &text)?;
        write(&generated.join("hooks.h"), HOOKS)?;
        write(
            &generated.join(format!("vlt_{}.cpp", spec.name)),
            &emit::cpp_face(&spec.name, &ports),
        )?;
        let mut sources: Vec<PathBuf> = fs::read_dir(&generated)
            .map_err(|e| Error::io("cannot read", &generated, &e))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "cpp"))
            .collect();
        sources.sort();
        library_from(tools, &cxx_flags(tools, trace), &generated, &sources, folder, &library)?;
        fs::remove_dir_all(&generated).map_err(|e| Error::io("cannot remove", &generated, &e))
    })?;
    let header = folder.join("ports.h");
    let text = fs::read_to_string(&header).map_err(|e| Error::io("cannot read", &header, &e))?;
    Ok(Built { ports: header::ports(&text)?, folder, library })
}

/// Compiles Verilator's own runtime, once for all models.
pub(super) fn runtime(cache: &Cache, tools: &Tools, trace: bool) -> Result<Built, Error> {
    let mut key = key(tools, trace);
    key.add(RUNTIME);
    let library = "verilated_runtime".to_owned();
    let folder = cache.entry("runtime", &key, |folder| {
        let work = folder.join("generated");
        fs::create_dir_all(&work).map_err(|e| Error::io("cannot create", &work, &e))?;
        write(&work.join("hooks.h"), HOOKS)?;
        write(&work.join("runtime.cpp"), RUNTIME)?;
        let include = tools.root.join("include");
        let mut sources = vec![
            work.join("runtime.cpp"),
            include.join("verilated.cpp"),
            include.join("verilated_threads.cpp"),
        ];
        if trace {
            write(&work.join("lz4.h"), LZ4)?;
            write(&work.join("zlib.h"), ZLIB)?;
            sources.push(include.join("verilated_fst_c.cpp"));
        }
        library_from(tools, &cxx_flags(tools, trace), &work, &sources, folder, &library)?;
        fs::remove_dir_all(&work).map_err(|e| Error::io("cannot remove", &work, &e))
    })?;
    Ok(Built { folder, library, ports: Vec::new() })
}

/// Compiles `sources` in parallel and joins them into `lib<library>.a`.
fn library_from(
    tools: &Tools,
    flags: &[String],
    work: &Path,
    sources: &[PathBuf],
    folder: &Path,
    library: &str,
) -> Result<(), Error> {
    let jobs =
        env::var("NUM_JOBS").ok().and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).clamp(1, 16);
    let mut objects = Vec::new();
    let mut running: Vec<(PathBuf, Child)> = Vec::new();
    let mut waiting = sources.iter().rev().collect::<Vec<_>>();
    let mut failure: Option<Error> = None;
    while !running.is_empty() || (!waiting.is_empty() && failure.is_none()) {
        while running.len() < jobs && failure.is_none() {
            let Some(source) = waiting.pop() else { break };
            let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let object = work.join(format!("{stem}.o"));
            // Construction and waveform declarations run once: not worth the optimiser's time.
            let slow = stem.ends_with("__Slow");
            let mut command = Command::new(&tools.cxx);
            command.current_dir(work).arg("-I").arg(work).args(flags);
            command.arg(if slow { "-O0" } else { "-O3" });
            command.arg("-c").arg(source).arg("-o").arg(&object);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            match command.spawn() {
                Ok(child) => running.push((source.clone(), child)),
                Err(e) => failure = Some(Error(format!("cannot run {command:?}: {e}"))),
            }
            objects.push(object);
        }
        let mut i = 0;
        let mut ended = false;
        while i < running.len() {
            match running[i].1.try_wait() {
                Ok(None) => i += 1,
                Ok(Some(_)) | Err(_) => {
                    ended = true;
                    let (source, child) = running.swap_remove(i);
                    match child.wait_with_output() {
                        Ok(output) if output.status.success() => {}
                        Ok(output) => {
                            failure = Some(Error(format!(
                                "the C++ compiler failed on {}:\n{}",
                                source.display(),
                                String::from_utf8_lossy(&output.stderr)
                            )));
                        }
                        Err(e) => failure = Some(Error::io("cannot wait for", &source, &e)),
                    }
                }
            }
        }
        if !ended {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    if let Some(error) = failure {
        return Err(error);
    }
    let archive = folder.join(format!("lib{library}.a"));
    let output =
        Command::new("ar").arg("crsD").arg(&archive).args(&objects).output().map_err(|e| {
            Error(format!("cannot run `ar` (Debian: `apt-get install binutils`): {e}"))
        })?;
    if !output.status.success() {
        return Err(Error(format!("ar failed:\n{}", String::from_utf8_lossy(&output.stderr))));
    }
    Ok(())
}
