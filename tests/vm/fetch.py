# SPDX-License-Identifier: Apache-2.0
"""Fetches QEMU, a Debian kernel and busybox as packages into build/vm, without touching the host.

The mirror is the one that this machine's own apt uses. A private apt tree (own lists, empty status file) resolves the
packages, apt verifies their signatures with the machine's Debian keyring, and `dpkg -x` unpacks them: nothing is
installed and no package script runs. QEMU starts through the unpacked dynamic loader and libraries.

    fetch.py FOLDER     writes FOLDER/{qemu,vmlinuz,modules/*.ko,busybox,versions.txt}
"""

import lzma
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

# QEMU >= 10.1 has vfio-user-pci; Debian 13 has it in its backports. Exact versions are not pinned: the pool drops old ones.
SUITE = "trixie"
BACKPORTS = f"{SUITE}-backports"
QEMU = ["qemu-system-x86"]
KERNEL = ["linux-image-cloud-amd64", "busybox-static"]
# In the order in which they are loaded; the second exists in old kernels only.
MODULES = ["irqbypass", "vfio_virqfd", "vfio", "vfio_iommu_type1", "vfio-pci-core", "vfio-pci"]


def fail(message):
    sys.exit(f"error: {message}")


def run(*command, **more):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    if done.returncode:
        fail(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def mirror():
    """The Debian archive in this machine's apt configuration."""
    for tool in ("apt-get", "dpkg"):
        if not shutil.which(tool):
            fail(f"{tool} is missing: this test takes QEMU and a kernel from Debian packages and needs a Debian-like host")
    if platform.machine() != "x86_64":
        fail(f"this machine is {platform.machine()}: QEMU is taken from packages for amd64 and starts on x86_64 only")
    # Without --no-release-info apt lists only what it has fetched: nothing in a container whose lists were removed.
    listing = run("apt-get", "indextargets", "--no-release-info", "--format", "$(SITE)", "Created-By: Packages")
    sites = [site for site in dict.fromkeys(listing.split()) if "security" not in site]
    # A mirror may be called anything; beside others Debian's is the one that says so.
    for site in [*(s for s in sites if s.rstrip("/").endswith("/debian")), *(s for s in sites if "debian" in s), *sites]:
        return site
    fail("no Debian archive in apt's configuration (apt-get indextargets --no-release-info); add one to /etc/apt/sources.list.d")


def keyring():
    folder = Path("/usr/share/keyrings")
    for name in ("debian-archive-keyring.gpg", "debian-archive-keyring.pgp"):
        if (folder / name).exists():
            return folder / name
    fail("no Debian keyring: apt-get install debian-archive-keyring")


class Apt:
    """An apt that lives in a folder."""

    def __init__(self, folder, suites=(SUITE, BACKPORTS)):
        self.folder = folder
        for part in ("state/lists/partial", "cache/archives/partial", "etc/preferences.d"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "state/status").write_text("")
        key, site = keyring(), mirror()
        self.site = site
        lines = [f"deb [arch=amd64 signed-by={key}] {site} {suite} main\n" for suite in suites]
        (folder / "etc/sources.list").write_text("".join(lines))
        self.options = []
        for name, value in {
            "Dir::State": folder / "state",
            "Dir::State::lists": folder / "state/lists",
            "Dir::State::status": folder / "state/status",
            "Dir::Cache": folder / "cache",
            "Dir::Etc::sourcelist": folder / "etc/sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": folder / "etc/preferences.d",
            "APT::Architecture": "amd64",
            "APT::Architectures": "amd64",
            "APT::Install-Recommends": "false",
            "APT::Get::List-Cleanup": "false",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Debug::NoLocking": "true",
        }.items():
            self.options += ["-o", f"{name}={value}"]

    def __call__(self, *arguments):
        return run("apt-get", "-q", "-y", *self.options, *arguments)

    def update(self):
        """apt-get only warns when it reaches nobody."""
        text = self("update")
        if not list((self.folder / "state/lists").glob("*_Packages*")):
            fail(
                f"no list of packages from {self.site}, the Debian archive of this machine's apt (apt-get indextargets). Is the "
                f"network there, does the archive have {SUITE} and {BACKPORTS}?\n{text[-2000:]}"
            )

    def unpack(self, packages, to, suite):
        """Downloads packages with what they depend on, and unpacks them."""
        archives = self.folder / "cache/archives"
        for old in archives.glob("*.deb"):
            old.unlink()
        self("--download-only", "install", "-t", suite, *packages)
        debs = sorted(archives.glob("*.deb"))
        to.mkdir(parents=True, exist_ok=True)
        for deb in debs:
            run("dpkg", "-x", deb, to)
            deb.unlink()
        return [deb.stem for deb in debs]


def kernel(root, folder):
    """The kernel image, busybox, and the modules, decompressed."""
    image = next(iter(sorted((root / "boot").glob("vmlinuz-*"))), None)
    if not image:
        fail("the kernel package has no /boot/vmlinuz-*")
    shutil.copy(image, folder / "vmlinuz")
    busybox = next((p for p in (root / "usr/bin/busybox", root / "bin/busybox") if p.exists()), None)
    if not busybox:
        fail("the package busybox-static has no busybox")
    shutil.copy(busybox, folder / "busybox")
    modules = folder / "modules"
    modules.mkdir(exist_ok=True)
    names = []
    for name in MODULES:
        found = list(root.rglob(f"{name}.ko*")) or list(root.rglob(f"{name.replace('-', '_')}.ko*"))
        if not found:
            continue
        data = found[0].read_bytes()
        if found[0].suffix == ".xz":
            data = lzma.decompress(data)
        elif found[0].suffix != ".ko":
            fail(f"{found[0].name}: unknown compression")
        (modules / f"{name}.ko").write_bytes(data)
        names.append(name)
    (modules / "order").write_text("".join(f"{n}.ko\n" for n in names))
    if "vfio-pci" not in names:
        fail("the kernel package has no vfio-pci")
    return image.name


def wrapper(root, folder):
    """A script that starts QEMU through its own loader and libraries."""
    loader = next((p for p in root.rglob("ld-linux-x86-64.so.2")), None)
    program = root / "usr/bin/qemu-system-x86_64"
    if not loader or not program.exists():
        fail("the QEMU packages have no qemu-system-x86_64 or no loader")
    libraries = ":".join(str(p) for p in (root / "usr/lib/x86_64-linux-gnu", root / "lib/x86_64-linux-gnu") if p.exists())
    data = root / "usr/share/qemu"
    script = folder / "qemu"
    script.write_text(
        "#!/bin/sh\n"
        f"exec '{loader}' --library-path '{libraries}' '{program}' -L '{data}' -L '{root}/usr/share/seabios' "
        f"-L '{root}/usr/lib/ipxe/qemu' \"$@\"\n"
    )
    script.chmod(0o755)
    version = run(script, "--version").splitlines()[0]
    if "vfio-user-pci" not in run(script, "-device", "help"):
        fail(f"{version} has no vfio-user-pci: QEMU 10.1 or later is needed, {BACKPORTS} should have it")
    return version


def main():
    folder = Path(sys.argv[1]).resolve()
    done = folder / "versions.txt"
    if done.exists():
        print(done.read_text(), end="")
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    apt = Apt(folder / "apt")
    apt.update()
    packages = apt.unpack(QEMU, folder / "root-qemu", BACKPORTS)
    packages += apt.unpack(KERNEL, folder / "root-kernel", SUITE)
    image = kernel(folder / "root-kernel", folder)
    version = wrapper(folder / "root-qemu", folder)
    shutil.rmtree(folder / "root-kernel")
    shutil.rmtree(folder / "apt")
    done.write_text(f"{version}\nkernel {image}\n{len(packages)} packages\n")
    print(done.read_text(), end="")


if __name__ == "__main__":
    os.umask(0o022)
    main()
