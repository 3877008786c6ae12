# SPDX-License-Identifier: Apache-2.0

# QEMU and a kernel, unpacked from Debian packages; removed by `make distclean`.
VM        := $(BUILD)/vm
# The very same program, linked statically: a target of its own keeps build scripts dynamic.
TOE_TRIPLE := $(shell rustc -vV 2>/dev/null | sed -n 's/^host: //p')
TOE_STATIC := target/$(TOE_TRIPLE)/debug/toe
VM_CONFIG := $(if $(filter command line environment,$(origin CONFIG)),$(CONFIG),small)

##@ Virtual machine

.PHONY: vm-tools
vm-tools: $(TOOLS) ## fetch QEMU and a Debian kernel as packages into build/vm; the host stays as it is
	@$(PY) tests/vm/fetch.py '$(VM)'

.PHONY: test-vm
test-vm: vm-tools ## the driver on the kernel's vfio-pci in a virtual machine, the engine behind vfio-user; out/vm/ [CONFIG=small|model|large SEED=n]
	@cargo build -q -p toe-vfio-user --bin toe-sim
	@RUSTFLAGS='-C target-feature=+crt-static' cargo build -q -p toe-cli --bin toe --target '$(TOE_TRIPLE)'
	@$(PY) tests/vm/run.py --vm '$(VM)' --toe '$(TOE_STATIC)' --sim target/debug/toe-sim --out '$(OUT)/vm' \
	  --results '$(BUILD)/results/vm' --config '$(VM_CONFIG)' $(if $(SEED),--seed '$(SEED)')

##@ Hostile device

.PHONY: fuzz-driver
fuzz-driver: $(TOOLS) ## the driver against a device that lies, random scripts [MINUTES=5 SEED=n]
	@cargo run -q -p toe-fuzz-driver -- --minutes '$(or $(MINUTES),5)' --out '$(OUT)/fuzz-driver' $(if $(SEED),--seed '$(SEED)')

##@ Benchmarks of transports

.PHONY: bench-transport
bench-transport: $(TOOLS) ## MMIO and interrupts in process, over vfio-user, and (after make test-vm) over vfio; out/bench-transport.json
	@cargo build -q -p toe-vfio-user --bin toe-sim
	@cargo run -q -p toe-bench --bin bench-transport -- --out '$(OUT)/bench-transport.json' --vm '$(OUT)/vm/latency.json'

.PHONY: transport-files
transport-files: $(TOOLS) ## write the table of docs/vfio.md: which files each transport adds, and their size
	@$(PY) tools/transport_files.py

.PHONY: unsafe-list
unsafe-list: $(TOOLS) ## write docs/unsafe.md: every unsafe block of driver and simulator with its reason
	@$(PY) tools/unsafe_list.py

# Aliasing by Tree Borrows and integers as pointers: `bitvec` needs both, under Stacked Borrows its iterators are refused.
# Optimisation levels mean nothing to it.
.PHONY: miri
miri: ## Miri on the unit tests of driver and transports, where a nightly toolchain has it (rustup +nightly component add miri rust-src)
	export MIRIFLAGS='-Zmiri-disable-isolation -Zmiri-tree-borrows -Zmiri-permissive-provenance' \
	  && cargo +nightly miri test -p toe-driver --lib --target-dir target/miri \
	  && cargo +nightly miri test -p toe-vfio --lib --target-dir target/miri -- iova open:: sysfs vfio::lend
