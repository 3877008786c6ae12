# SPDX-License-Identifier: Apache-2.0

##@ RTL

.PHONY: test-rtl test-rtl-all
test-rtl-all: RTL_BENCHES := --all
test-rtl: $(TOOLS) ## cocotb benches [MODULE=name,… TEST=regex SEED=n|random WAVES=1]
test-rtl-all: $(TOOLS) ## the same, and the widths between those of `small` and `large`
test-rtl test-rtl-all:
	@$(if $(MODULE),COCOTB_TEST_MODULES='$(MODULE)') $(if $(TEST),COCOTB_TEST_FILTER='$(TEST)') \
	  $(if $(SEED),COCOTB_RANDOM_SEED='$(SEED)') $(if $(WAVES),WAVES='$(WAVES)') $(PY) tests/rtl/run.py $(RTL_BENCHES)

.PHONY: lint-rtl
lint-rtl: $(TOOLS) ## Verilator -Wall and the slang frontend over rtl/
	@$(PY) tools/lint_rtl.py

.PHONY: lint-rtl-all
lint-rtl-all: $(TOOLS) ## the same, and slang over every configuration (a minute each)
	@$(PY) tools/lint_rtl.py small mid large

.PHONY: lint-style
lint-style: $(TOOLS) ## house rules that no compiler checks
	@$(PY) tools/lint_style.py
	@$(PY) tools/unsafe_list.py --check
	@$(PY) tools/transport_files.py --check
	@$(PY) tests/formal/ports.py --check

.PHONY: coverage
coverage: $(TOOLS) ## lines and toggles of rtl/ that the cocotb benches reach: a table, out/coverage/index.html [MODULE=name,…]
	@$(if $(MODULE),COCOTB_TEST_MODULES='$(MODULE)') $(PY) tools/rtl_coverage.py
