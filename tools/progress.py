# SPDX-License-Identifier: Apache-2.0
"""A progress bar for jobs that run side by side: redrawn on a terminal, a line a job otherwise."""

import sys
import threading
import time

WIDTH = 30


class Progress:
    def __init__(self, what, total, out=sys.stdout):
        self.what, self.total, self.out = what, total, out
        self.done, self.running, self.started = 0, {}, time.monotonic()
        self.lock = threading.Lock()
        self.terminal = out.isatty()

    def begin(self, name):
        with self.lock:
            self.running[name] = time.monotonic()
            self._draw()

    def end(self, name, note=""):
        with self.lock:
            seconds = time.monotonic() - self.running.pop(name)
            self.done += 1
            if not self.terminal:
                print(f"  {self.what} {self.done:2}/{self.total}  {name:14} {note or f'{seconds:.0f} s'}", file=self.out, flush=True)
            self._draw()

    def _draw(self):
        if not self.terminal:
            return
        filled = WIDTH * self.done // max(self.total, 1)
        elapsed = time.monotonic() - self.started
        busy = ", ".join(self.running)
        line = f"  {self.what} [{'#' * filled}{'.' * (WIDTH - filled)}] {self.done}/{self.total}  {elapsed:4.0f} s  {busy}"
        print(f"\r\033[K{line[:110]}", end="", file=self.out, flush=True)

    def close(self):
        if self.terminal:
            print("\r\033[K", end="", file=self.out, flush=True)
