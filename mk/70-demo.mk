# SPDX-License-Identifier: Apache-2.0

# SEED, CONFIG (small, large, model), BYTES, LOSS (per cent), WAVES=1.
DEMO_CONFIG   := $(if $(filter command line environment,$(origin CONFIG)),$(CONFIG),small)
DEMO_FEATURES := --no-default-features --features \
  "$(if $(filter model,$(DEMO_CONFIG)),,$(if $(filter large,$(DEMO_CONFIG)),rtl-large,rtl-small))$(if $(WAVES), waves)"
DEMO_ARGS     := --config '$(DEMO_CONFIG)' $(if $(SEED),--seed '$(SEED)') $(if $(WAVES),--waves)

##@ Demonstrations

.PHONY: demo
demo: $(TOOLS) ## a session with an smoltcp peer, carried by the simulated engine [SEED=n CONFIG=small|large|model BYTES=4M LOSS=1 WAVES=1]
	@cargo build -p toe-demo --bin toe-demo $(DEMO_FEATURES)
	@cargo run -q -p toe-demo --bin toe-demo $(DEMO_FEATURES) -- $(DEMO_ARGS) \
	  $(if $(BYTES),--bytes '$(BYTES)') $(if $(LOSS),--loss '$(LOSS)') --out '$(OUT)/demo'

.PHONY: demo-linux
demo-linux: $(TOOLS) ## curl and ping on the Linux kernel against an HTTP server on the engine [CONFIG=small|large|model BYTES=4M SEED=n MOVES=ms]
	@cargo build -p toe-demo --bin toe-demo-linux $(DEMO_FEATURES)
	@cargo run -q -p toe-demo --bin toe-demo-linux $(DEMO_FEATURES) -- $(DEMO_ARGS) \
	  $(if $(BYTES),--bytes '$(BYTES)') $(if $(MOVES),--moves '$(MOVES)') --out '$(OUT)/demo-linux'

.PHONY: demo-check
demo-check: ## tshark's opinion of the captures: no bad checksum, no malformed packet
	@bash tools/check_capture.sh $(wildcard $(OUT)/demo/capture.pcapng $(OUT)/demo-linux/capture.pcapng)
