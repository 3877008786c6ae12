# SPDX-License-Identifier: Apache-2.0

FW_TARGET_DIR := $(ROOT)/$(BUILD)/firmware
FW_ELF        := $(FW_TARGET_DIR)/$(FIRMWARE_TARGET)/release/toe-fw
FW_IMAGE      := rtl/gen/toe_fw_pkg.sv

##@ Firmware

# Reproducible: the same sources and the same compiler give the same image, wherever the checkout lies.
.PHONY: firmware
firmware: $(TOOLS) ## build the firmware and its ROM image (rtl/gen/toe_fw_pkg.sv)
	@rustup target list --installed 2>/dev/null | grep -qx '$(FIRMWARE_TARGET)' || rustup target add '$(FIRMWARE_TARGET)' \
	  || { echo 'error: the Rust target $(FIRMWARE_TARGET) is missing: rustup target add $(FIRMWARE_TARGET)' >&2; exit 1; }
	cd firmware && CARGO_TARGET_DIR='$(FW_TARGET_DIR)' RUSTFLAGS='--remap-path-prefix=$(ROOT)=.' \
	  cargo build -q --release --target '$(FIRMWARE_TARGET)' -p toe-fw-rt
	@$(PY) firmware/tools/image.py --elf '$(FW_ELF)' --out '$(FW_IMAGE)'

.PHONY: test-firmware
test-firmware: $(TOOLS) ## firmware against a fake engine, and: is the committed image that of these sources?
	@$(PY) firmware/tools/image.py --check --out '$(FW_IMAGE)'
	@CARGO_TARGET_DIR='$(FW_TARGET_DIR)' $(PY) tools/cargo_test.py firmware -- --manifest-path firmware/Cargo.toml
