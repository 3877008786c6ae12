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
