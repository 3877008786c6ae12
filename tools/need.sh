# SPDX-License-Identifier: Apache-2.0
# Are the programs there that we do not install ourselves? Runs before every target that uses tools; says what to do.
set -eu -o pipefail

missing=0
say() { printf 'error: %s\n' "$1" >&2; missing=1; }
need() { command -v "$1" >/dev/null || say "$1 is missing: $2"; }

need g++ "Verilator compiles its models with it (Debian: apt install g++)"
need perl "Verilator's driver script is Perl (Debian: apt install perl)"
need cargo "install Rust $RUST_VERSION, see https://rustup.rs"
if [ -z "$PYTHON" ]; then
  say "python3 is missing (Debian: apt install python3 python3-venv)"
elif ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  say "$PYTHON is missing or older than 3.11; PYTHON=… names another"
elif ! "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null; then
  say "$PYTHON has no venv module (Debian: apt install python3-venv)"
fi
# The pinned one is checked where it is installed; another must be a program.
if [ "$VERILATOR" != "$PINNED_VERILATOR" ] && ! command -v "$VERILATOR" >/dev/null; then
  say "VERILATOR=$VERILATOR is not a program: unset it for the pinned Verilator, or name a Verilator 5"
elif [ "$VERILATOR" = "$PINNED_VERILATOR" ] && [ -e "$INSTALLED" ] && [ ! -x "$VERILATOR" ]; then
  say "$VERILATOR is gone though build/tools says it is installed: make distclean tools"
fi
exit $missing
