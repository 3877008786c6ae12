# SPDX-License-Identifier: Apache-2.0

# The crate of the system tests has a target of its own.
SYSTEM_TESTS := toe-system-tests

##@ Contract

.PHONY: gen
gen: $(TOOLS) ## write everything that is generated from abi/*.rdl
	@$(PY) abi/exporter

.PHONY: check-gen
check-gen: $(TOOLS) ## regenerate and compare
	@$(PY) tools/check_gen.py

##@ Rust

.PHONY: test-rust
test-rust: $(TOOLS) ## unit tests of the whole workspace
	@$(PY) tools/cargo_test.py rust -- --workspace --exclude $(SYSTEM_TESTS)
	@$(PY) tools/cargo_test.py rust-cdev -- -p toe-vfio --features cdev
	@$(PY) tools/cargo_test.py rust-ipv4 -- -p toe-stack --no-default-features --features ipv4 --lib --test families
	@$(PY) tools/cargo_test.py rust-ipv6 -- -p toe-stack --no-default-features --features ipv6 --lib --test families

.PHONY: test-system
test-system: $(TOOLS) ## system tests, on the functional model and on the RTL [TEST=name]
	@$(PY) tools/cargo_test.py system -- -p $(SYSTEM_TESTS) $(if $(TEST),-- $(TEST))

.PHONY: test-system-all
test-system-all: $(TOOLS) ## the same in `mid` too, with those that take too long for every change [TEST=name]
	@$(PY) tools/cargo_test.py system -- -p $(SYSTEM_TESTS) --features rtl-mid -- --include-ignored $(TEST)

.PHONY: fmt
fmt: $(TOOLS) ## format the Rust sources
	cargo fmt --all
	cd firmware && cargo fmt --all

.PHONY: doc
doc: $(TOOLS) ## Rust documentation, in target/doc; warnings are errors
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items

##@ Checks

.PHONY: check-deps
check-deps: $(TOOLS) ## who depends on whom (ARCHITECTURE.md §2), crates and RTL
	@$(PY) tools/check_deps.py

.PHONY: lint
lint: lint-rust lint-rtl lint-python lint-style lint-named-tests ## all linters

.PHONY: lint-named-tests
lint-named-tests: $(TOOLS) ## tables in docs/ that promise a test a row keep the promise
	@$(PY) tools/check_named_tests.py

.PHONY: lint-python
lint-python: $(TOOLS) ## ruff over benches and tools: names that are not there or not used, traps
	$(PY) -m ruff check -q

.PHONY: lint-rust
lint-rust: $(TOOLS) ## rustfmt and clippy, workspace and firmware; warnings are errors
	cargo fmt --all --check
	cd firmware && cargo fmt --all --check
	cargo clippy -q --workspace --all-targets -- -D warnings
	cargo clippy -q -p toe-vfio --features cdev --all-targets -- -D warnings
	for family in ipv4 ipv6; do for targets in --lib --all-targets; do \
	    cargo clippy -q -p toe-stack --no-default-features --features $$family $$targets -- -D warnings || exit 1; \
	done; done
	cd firmware && CARGO_TARGET_DIR='$(FW_TARGET_DIR)' cargo clippy -q --all-targets -- -D warnings
