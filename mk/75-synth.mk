# SPDX-License-Identifier: Apache-2.0

##@ FPGA

CONFIG ?= small

.PHONY: synth
synth: $(BUILD)/tools/synth-installed ## map CONFIG=small to ECP5: LUT, FF, block RAM; estimated clock; PNR=1 places and routes it
	@$(PY) tools/synth.py --config '$(CONFIG)' $(if $(PNR),--pnr)
