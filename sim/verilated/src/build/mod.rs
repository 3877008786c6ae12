// SPDX-License-Identifier: Apache-2.0
//! The build-script half: Verilator and the C++ compiler, with a cache shared by all Cargo target folders.
//!
//! A model is named by a hash of everything that goes into it (sources, options, tool versions); its library lies in
//! `build/verilated/<hash>` of the checkout. Test runs, other profiles and other target folders that want the same model
//! find it there. The lock file beside it makes concurrent builds wait for each other instead of building twice.

mod cache;
mod compile;
mod emit;
mod filelist;
mod header;
mod tool;

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, in words that name the fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl Error {
    fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Self(format!("{what} {}: {error}", path.display()))
    }
}

/// One model: a top module with parameters.
#[derive(Clone, Debug)]
pub struct Spec {
    name: String,
    top: String,
    inputs: Vec<Input>,
    options: Vec<String>,
}

#[derive(Clone, Debug)]
enum Input {
    Source(PathBuf),
    FileList(PathBuf),
}

impl Spec {
    /// Adds a source, waiver or package file; order matters as on Verilator's command line. Relative paths are relative to
    /// the root of the checkout (the folder with `Cargo.lock`), which keeps messages and the cache independent of where
    /// that lies.
    pub fn source(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.inputs.push(Input::Source(path.into()));
        self
    }

    /// Adds all files of a list: one entry a line (`//` and `#` comments, `-f` lists, `+incdir+`, `-I`, `+define+`);
    /// paths are relative to the root of the checkout.
    pub fn file_list(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.inputs.push(Input::FileList(path.into()));
        self
    }

    /// Sets a parameter of the top module, in Verilog syntax.
    pub fn parameter(&mut self, name: &str, value: impl fmt::Display) -> &mut Self {
        self.option(format!("-G{name}={value}"))
    }

    /// Adds any other option of Verilator.
    pub fn option(&mut self, option: impl Into<String>) -> &mut Self {
        self.options.push(option.into());
        self
    }
}

/// Builds models for one package. See the crate's documentation for use.
#[derive(Debug, Default)]
pub struct Build {
    models: Vec<Spec>,
    trace: bool,
}

impl Build {
    /// No models yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a model: `name` is that of the Rust module (`[a-z][a-z0-9_]*`), `top` the SystemVerilog module.
    pub fn model(&mut self, name: &str, top: &str) -> &mut Spec {
        self.models.push(Spec {
            name: name.to_owned(),
            top: top.to_owned(),
            inputs: Vec::new(),
            options: Vec::new(),
        });
        let last = self.models.len() - 1;
        &mut self.models[last]
    }

    /// Compiles waveforms in (`Model::open_trace` works); the package needs `verilated`'s feature `trace` too.
    pub fn trace(&mut self, on: bool) -> &mut Self {
        self.trace = on;
        self
    }

    /// Does the work of a build script. On failure prints what to do and ends the build.
    pub fn run(&self) {
        if let Err(error) = self.try_run() {
            eprintln!("\nerror: {error}\n");
            std::process::exit(1);
        }
    }

    /// As [`Build::run`], for build scripts that handle failure themselves.
    pub fn try_run(&self) -> Result<(), Error> {
        let variable = |name: &str| {
            env::var_os(name).ok_or_else(|| {
                Error(format!("{name} is not set: this runs in Cargo build scripts only"))
            })
        };
        let manifest = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
        let out = PathBuf::from(variable("OUT_DIR")?);
        let root = checkout_root(&manifest);
        for name in ["VERILATOR", "CXX", "VERILATED_CACHE", "VERILATED_CXXFLAGS"] {
            println!("cargo:rerun-if-env-changed={name}");
        }
        let tools = tool::Tools::find(&root)?;
        let cache = cache::Cache::new(&root);
        for spec in &self.models {
            let inputs = filelist::expand(&root, &spec.inputs)?;
            for path in &inputs.watched {
                println!("cargo:rerun-if-changed={}", path.display());
            }
            let built = compile::model(&root, &cache, &tools, spec, &inputs, self.trace)?;
            let module = out.join(format!("verilated_{}.rs", spec.name));
            std::fs::write(&module, emit::rust_module(&spec.name, &built.ports))
                .map_err(|e| Error::io("cannot write", &module, &e))?;
            println!("cargo:rustc-link-search=native={}", built.folder.display());
            println!("cargo:rustc-link-lib=static={}", built.library);
        }
        // After the models, which use it.
        let runtime = compile::runtime(&cache, &tools, self.trace)?;
        println!("cargo:rustc-link-search=native={}", runtime.folder.display());
        println!("cargo:rustc-link-lib=static={}", runtime.library);
        println!("cargo:rustc-link-lib=dylib=stdc++");
        println!("cargo:rustc-link-lib=dylib=pthread");
        Ok(())
    }
}

/// The nearest folder upwards that has a `Cargo.lock`, else the package's own.
fn checkout_root(manifest: &Path) -> PathBuf {
    manifest
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file())
        .unwrap_or(manifest)
        .to_owned()
}
