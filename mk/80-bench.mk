# SPDX-License-Identifier: Apache-2.0

##@ Benchmarks

.PHONY: bench-host
bench-host: $(TOOLS) ## what the host pays, beside other code: instructions, routes, TIME_WAIT; out/bench-host.json [ARGS='--part bulk,lpm,tw,churn']
	@command -v valgrind >/dev/null || $(PY) tests/bench/host/valgrind.py '$(BUILD)/valgrind' \
	  || echo 'no valgrind: instructions are not counted; the other parts are measured' >&2
	PATH="$$PATH:$(ROOT)/$(BUILD)/valgrind/bin" cargo run -q --profile bench-host -p toe-bench-host -- --out '$(OUT)/bench-host.json' $(ARGS)

.PHONY: bench-sim
bench-sim: $(TOOLS) ## simulated cycles per second, idle and under bulk transfer; out/bench-sim.json
	cargo run -q --release -p toe-bench --bin bench-sim -- --out '$(OUT)/bench-sim.json' $(ARGS)

.PHONY: bench-rtl
bench-rtl: $(TOOLS) ## what the engine can do: one table, out/bench-rtl.json, plots [CONFIG=small,large GROUP=bulk,… SEED=n]
	@mkdir -p '$(OUT)'
	@$(PY) tools/ram_bits.py large --json '$(OUT)/ram-large.json'
	@FIGURES='$(ROOT)/$(OUT)/pipe-figures.json' COCOTB_TEST_MODULES=tcp_pipe COCOTB_TEST_FILTER='event_rate|dependent_events' \
	  $(PY) tests/rtl/run.py >'$(OUT)/pipe-figures.log' || { cat '$(OUT)/pipe-figures.log'; exit 1; }
	@cargo build -q --release -p toe-bench --bin bench-rtl
	@$(if $(SEED),SEED='$(SEED)') cargo run -q --release -p toe-bench --bin bench-rtl -- --out '$(OUT)/bench-rtl.json' \
	  --ram '$(OUT)/ram-large.json' --events '$(OUT)/pipe-figures.json' \
	  $(if $(filter command line environment,$(origin CONFIG)),--config '$(CONFIG)') $(if $(GROUP),--group '$(GROUP)') $(ARGS)
