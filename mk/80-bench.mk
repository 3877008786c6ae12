# SPDX-License-Identifier: Apache-2.0

##@ Benchmarks

.PHONY: bench-sim
bench-sim: $(TOOLS) ## simulated cycles per second, idle and under bulk transfer; out/bench-sim.json
	cargo run -q --release -p toe-bench --bin bench-sim -- --out '$(OUT)/bench-sim.json' $(ARGS)

.PHONY: bench-rtl
bench-rtl: $(TOOLS) ## what the engine can do: one table, out/bench-rtl.json, plots [CONFIG=small,large GROUP=bulk,… SEED=n]
	@cargo build -q --release -p toe-bench --bin bench-rtl
	@$(if $(SEED),SEED='$(SEED)') cargo run -q --release -p toe-bench --bin bench-rtl -- --out '$(OUT)/bench-rtl.json' \
	  $(if $(filter command line environment,$(origin CONFIG)),--config '$(CONFIG)') $(if $(GROUP),--group '$(GROUP)') $(ARGS)
