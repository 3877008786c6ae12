# SPDX-License-Identifier: Apache-2.0
"""An initramfs in the format that the kernel unpacks (cpio "newc", Documentation/driver-api/early-userspace)."""

import gzip
import stat


class Archive:
    def __init__(self):
        self.data = bytearray()
        self.count = 0

    def _entry(self, name, mode, content=b"", device=(0, 0)):
        self.count += 1
        fields = [self.count, mode, 0, 0, 1, 0, len(content), 0, 0, *device, len(name) + 1, 0]
        self.data += b"070701" + b"".join(b"%08X" % f for f in fields) + name.encode() + b"\0"
        self.data += b"\0" * (-len(self.data) % 4) + content
        self.data += b"\0" * (-len(self.data) % 4)

    def folder(self, name):
        self._entry(name, stat.S_IFDIR | 0o755)

    def file(self, name, content, mode=0o755):
        self._entry(name, stat.S_IFREG | mode, content)

    def device(self, name, major, minor):
        self._entry(name, stat.S_IFCHR | 0o600, device=(major, minor))

    def write(self, path):
        self._entry("TRAILER!!!", 0)
        path.write_bytes(gzip.compress(bytes(self.data), 1))
