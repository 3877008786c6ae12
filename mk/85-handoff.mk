# SPDX-License-Identifier: Apache-2.0

# SEED=n runs that seed alone. CONFIG=model|small|large alone; COUNT= iterations; JOBS= at a time.
HANDOFF_CONFIGS := $(if $(filter command line environment,$(origin CONFIG)),$(CONFIG),model small)
HANDOFF_JOBS    := $(if $(filter command line environment,$(origin JOBS)),$(JOBS),2)
handoff_count    = $(if $(SEED),1,$(if $(COUNT),$(COUNT),$(if $(filter model,$(1)),10000,200)))
handoff_features = $(if $(filter model,$(1)),,--features rtl-$(1))

##@ Hand-over

.PHONY: test-handoff
test-handoff: $(TOOLS) ## sessions change hands at random on a bad wire: 10,000 times on the model, 200 on the RTL, then under curl [CONFIG=model|small|large SEED=n COUNT=n JOBS=2]
	@set -e; $(foreach c,$(HANDOFF_CONFIGS),\
	  cargo build -q -p toe-handoff --no-default-features $(call handoff_features,$(c)); \
	  cargo run -q -p toe-handoff --no-default-features $(call handoff_features,$(c)) -- \
	    --config $(c) --count $(call handoff_count,$(c)) --seed $(or $(SEED),1) --jobs $(HANDOFF_JOBS);)
	$(if $(SEED)$(COUNT),,@$(MAKE) test-handoff-linux)

.PHONY: test-handoff-linux
test-handoff-linux: $(TOOLS) ## curl on the Linux kernel while its sessions change hands every 2 ms; says so where that cannot be run
	@cargo test -q -p toe-demo --no-default-features the_linux_kernel_through_moves -- --nocapture
