# SPDX-License-Identifier: Apache-2.0
# The only entry point: `make` lists what there is. Parts live in mk/*.mk; CI runs these targets and nothing else.

SHELL         := bash
.SHELLFLAGS   := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS     += --no-builtin-rules --no-print-directory

ROOT  := $(CURDIR)
BUILD := build
OUT   := out

include tools/versions.mk

# `make test` runs these in order; `make test-all` the thorough ones too, each in place of its quick sister.
TEST_PARTS     := check-deps check-gen lint test-rust test-firmware test-rtl test-formal test-system
TEST_ALL_PARTS := lint-rtl-all test-rtl-all test-formal-all test-system-all test-handoff test-vm doc

include $(sort $(wildcard mk/*.mk))

##@ Everything

.PHONY: test
test: $(TOOLS) ## everything that CI checks; results in out/results.xml
	@rm -rf $(BUILD)/results $(OUT)/results.xml
	@$(PY) tools/run_parts.py $(TEST_PARTS)

.PHONY: test-all
test-all: $(TOOLS) ## the same and what takes too long for every change
	@rm -rf $(BUILD)/results $(OUT)/results.xml
	@$(PY) tools/run_parts.py $(filter-out $(TEST_ALL_PARTS:%-all=%),$(TEST_PARTS)) $(TEST_ALL_PARTS)

.PHONY: clean
clean: ## remove what was built, but keep the installed tools
	rm -rf $(OUT) target $(filter-out $(BUILD)/venv $(BUILD)/tools $(BUILD)/ip,$(wildcard $(BUILD)/*))

.PHONY: distclean
distclean: ## remove everything that is not in the repository
	rm -rf $(OUT) $(BUILD) target firmware/target

.PHONY: help
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n\033[1m%s\033[0m\n", substr($$0, 5) } \
	  /^[a-zA-Z0-9_-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\nVariables: VERILATOR=path to another verilator, JOBS=benches at a time, SEED=n, WAVES=1\n'
