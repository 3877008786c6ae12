# SPDX-License-Identifier: Apache-2.0

##@ Fuzzing

MINUTES ?= 1

.PHONY: fuzz-host
fuzz-host: ## random inputs for everything the host parses [MINUTES=n SEED=n]
	cargo run -q --profile fuzz-host -p toe-fuzz-host -- --minutes $(MINUTES) --seed $(or $(SEED),1) --out '$(OUT)/fuzz-host' $(ARGS)
