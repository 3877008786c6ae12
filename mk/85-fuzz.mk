# SPDX-License-Identifier: Apache-2.0

##@ Fuzzing

MINUTES ?= 5

.PHONY: fuzz
fuzz: $(TOOLS) ## RTL against the Rust TCP core, random scripts [MINUTES=5 SEED=n KEEP=n REPLAY=file ARGS=…]
	cargo run -q --release -p toe-fuzz -- --minutes '$(MINUTES)' --out '$(OUT)/fuzz' $(if $(SEED),--seed '$(SEED)') \
	  $(if $(KEEP),--keep '$(KEEP)') $(if $(REPLAY),--replay '$(REPLAY)') $(ARGS)
