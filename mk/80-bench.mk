# SPDX-License-Identifier: Apache-2.0

##@ Benchmarks

.PHONY: bench-sim
bench-sim: $(TOOLS) ## simulated cycles per second, idle and under bulk transfer; out/bench-sim.json
	cargo run -q --release -p toe-bench --bin bench-sim -- --out '$(OUT)/bench-sim.json' $(ARGS)
