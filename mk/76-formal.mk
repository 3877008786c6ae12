# SPDX-License-Identifier: Apache-2.0

##@ Proofs

$(BUILD)/tools/formal-installed: $(TOOLS) requirements-formal.txt
	$(PY) -m pip install -q --disable-pip-version-check -r requirements-formal.txt
	@touch $@

.PHONY: formal
formal: $(BUILD)/tools/formal-installed ## SymbiYosys proofs and the mutants that they must catch [ONLY=regex]
	@$(PY) tests/formal/run.py $(if $(ONLY),--only '$(ONLY)')

.PHONY: test-formal test-formal-all
test-formal: $(BUILD)/tools/formal-installed ## the proofs that take seconds
	@$(PY) tests/formal/run.py --quick
test-formal-all: formal
