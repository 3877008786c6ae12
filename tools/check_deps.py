# SPDX-License-Identifier: Apache-2.0
"""`make check-deps`: who may depend on whom (ARCHITECTURE.md §2), and that every third-party package has its reason.

Crates: normal and build dependencies from `cargo metadata`, of the workspace and of the firmware's; dev-dependencies
may add what DEV says. RTL: areas are the folders of rtl/; a reference to another area's package or module is a
dependency, and every file must be in its area's list and in rtl/files.f, after the files that it uses.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from filelist import FileListError, expand  # noqa: E402

ANY = None
HOST = {"toe-abi", "toe-driver", "toe-image", "toe-offload", "toe-stack", "toe-tcp"}
CRATES = {
    "toe-abi": set(),
    "toe-fw": {"toe-abi", "toe-fw-cc"},
    "toe-fw-cc": set(),
    "toe-fw-rt": {"toe-abi", "toe-fw"},
    "toe-driver": {"toe-abi"},
    "toe-vfio": {"toe-driver"},
    "toe-tcp": set(),
    "toe-stack": {"toe-tcp"},
    "toe-image": {"toe-abi", "toe-tcp"},
    "toe-offload": {"toe-abi", "toe-image", "toe-stack", "toe-tcp"},
    "toe-api": HOST,
    # `toe daemon` stands a node in a simulated world.
    "toe-cli": HOST | {"toe-api", "toe-device-cli", "toe-testkit", "toe-world"},
    "toe-device-cli": HOST | {"toe-api", "toe-vfio"},
    "toe-device": set(),
    "verilated": set(),
    "verilated-toy": {"verilated"},
    "toe-engine": {"toe-device", "verilated"},
    "toe-engine-stub": {"toe-device", "toe-engine", "verilated"},
    "toe-model": {"toe-abi", "toe-device", "toe-image", "toe-tcp"},
    "toe-world": {"toe-device"},
    "toe-vfio-user": {"toe-device", "toe-engine", "toe-model", "toe-world"},
    "toe-testkit": ANY,
    "toe-system-tests": ANY,
    "toe-handoff": ANY,
    "toe-bench": ANY,
    "toe-bench-host": ANY,
    "toe-fuzz-host": ANY,
    "toe-fuzz": ANY,
    "toe-demo": ANY,
    "toe-fuzz-driver": ANY,
}
# What the tests of a crate may see besides. Tests of the model drive it with the real driver; those of the engine
# stand it in a world and name registers by the contract; the firmware's congestion control is compared with the host's.
DEV = {
    "toe-fw-cc": {"toe-tcp"},
    "toe-model": {"toe-driver"},
    "toe-engine": {"toe-abi", "toe-world"},
    "toe-engine-stub": {"toe-world"},
    # The simulator is another process; its tests are the real driver in this one.
    "toe-vfio-user": {"toe-api", "toe-device-cli", "toe-driver", "toe-vfio"},
}

PKG = {"pkg", "gen"}
AREAS = {
    "pkg": {"gen"},
    "gen": {"pkg"},
    "lint": set(),
    "prim": PKG,
    "net": PKG | {"prim"},
    "tcp": PKG | {"prim", "net"},
    "timewait": PKG | {"prim", "net"},
    "nic": PKG | {"prim", "net"},
    "host": PKG | {"prim"},
    "mcu": PKG | {"prim"},
    "top": PKG | {"prim", "net", "tcp", "timewait", "nic", "host", "mcu"},
    "formal": PKG | {"prim", "net", "tcp", "timewait", "nic", "host", "mcu", "top"},
}
# Areas that are no part of the engine, hence not in rtl/files.f.
OUTSIDE = {"formal"}
# Packages that are an area's face: the types of its ports, which others may name without knowing the area.
FACES = {("timewait", "mcu_pkg")}


def check_crate(package, members):
    """What is wrong with one package of `cargo metadata`."""
    name = package["name"]
    if name not in CRATES:
        return [f"crate {name} has no line in tools/check_deps.py and ARCHITECTURE.md §2"]
    allowed = CRATES[name]
    wrong = []
    for dependency in package["dependencies"]:
        other = dependency["name"]
        if other not in members:
            if dependency.get("path"):
                wrong.append(f"crate {name} depends on {other}, a path outside the workspace")
            continue
        if allowed is ANY or other == name or other in allowed:
            continue
        if dependency["kind"] == "dev" and other in DEV.get(name, set()):
            continue
        kind = f"{dependency['kind']}-depends" if dependency["kind"] else "depends"
        wrong.append(f"crate {name} {kind} on {other}; it may see: {', '.join(sorted(allowed)) or 'nothing'}")
    return wrong


def metadata(manifest):
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--locked"]
    command += ["--manifest-path", str(ROOT / manifest)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"check-deps: cargo metadata of {manifest} failed:\n{done.stderr}")
    return json.loads(done.stdout)["packages"]


def bare(text):
    """SystemVerilog without comments and strings."""
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', " ", text, flags=re.S)


def check_rtl(root):
    texts = {p: bare(p.read_text()) for p in sorted((root / "rtl").rglob("*.sv"))}
    definition = re.compile(r"^\s*(?:module|package|interface)\s+(?:automatic\s+|static\s+)?(\w+)", re.M)
    home = {name: p for p, text in texts.items() for name in definition.findall(text)}
    try:
        order = {p: i for i, p in enumerate(expand(["rtl/files.f"], root)[0])}
    except FileListError as error:
        return [str(error)], 0
    wrong, edges = [], set()
    for path, text in texts.items():
        area, name = path.parent.name, path.relative_to(root)
        if area not in AREAS:
            wrong.append(f"{name}: area {area} has no line in tools/check_deps.py")
            continue
        if path not in order and area not in OUTSIDE:
            wrong.append(f"{name}: not in rtl/files.f")
        for word in set(re.findall(r"\b\w+\b", text)) & set(home):
            used = home[word]
            other = used.parent.name
            if word.endswith("_pkg") and order.get(used, 0) > order.get(path, len(order)):
                wrong.append(f"{name}: uses {word}, which rtl/files.f compiles later")
            if other == area:
                continue
            edges.add((area, other))
            if other not in AREAS[area] and (area, word) not in FACES:
                wrong.append(f"{name}: area {area} uses {word} of area {other}; it may see: {', '.join(sorted(AREAS[area]))}")
    for listing in sorted((root / "rtl").glob("*/*.f")):
        mine = expand([str(listing.relative_to(root))], root)[0]
        for path in mine:
            other = path.parent.name
            area = listing.parent.name
            if path.is_relative_to(root / "rtl") and other not in AREAS.get(area, set()) | {area, "lint"}:
                wrong.append(f"{listing.relative_to(root)}: lists {path.relative_to(root)} of area {other}")
    return wrong, len(edges)


def check_reasons(packages, root):
    """Every direct third-party package has a line in docs/dependencies.md, and every line a package."""
    text = (root / "docs/dependencies.md").read_text()
    documented = set(re.findall(r"^\| (crates\.io|PyPI|Rust|IP) `([^`]+)`", text, re.M))
    members = {p["name"] for p in packages}
    used = {("crates.io", d["name"]) for p in packages for d in p["dependencies"] if d["name"] not in members}
    for listing in ("requirements.in", "requirements-synth.txt", "requirements-formal.txt"):
        for line in (root / listing).read_text().splitlines():
            if m := re.match(r"([A-Za-z0-9_.-]+)==", line):
                used.add(("PyPI", m[1]))
    wrong = [f"docs/dependencies.md says nothing of {where} `{name}`" for where, name in sorted(used - documented)]
    stale = {d for d in documented if d[0] in ("crates.io", "PyPI")} - used
    wrong += [f"docs/dependencies.md has {where} `{name}`, which nothing uses" for where, name in sorted(stale)]
    workspace = (root / "Cargo.toml").read_text().split("[workspace.dependencies]")[1].split("\n[")[0]
    declared = set(re.findall(r"^([\w-]+) = (?!\{ path)", workspace, re.M))
    unused = declared - {name for where, name in used if where == "crates.io"}
    wrong += [f"Cargo.toml declares {name} for the workspace, which nothing uses" for name in sorted(unused)]
    return wrong, len(used)


def self_test():
    """A check that cannot fail is none: planted violations must be found, every time this runs."""

    def crate(name, other, kind=None):
        dependency = {"name": other, "kind": kind, "path": "x"}
        return check_crate({"name": name, "dependencies": [dependency]}, set(CRATES))

    assert crate("toe-driver", "toe-stack") and crate("toe-tcp", "toe-abi", "build")
    assert crate("toe-world", "toe-driver", "dev") and crate("toe-unheard-of", "toe-abi")
    assert not crate("toe-model", "toe-driver", "dev") and crate("toe-model", "toe-driver")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for area in ("prim", "net"):
            (root / "rtl" / area).mkdir(parents=True)
        (root / "rtl/prim/prim_a.sv").write_text("module prim_a;  // net_b\nendmodule\n")
        (root / "rtl/net/net_b.sv").write_text("module net_b;\n  prim_a u_a ();\nendmodule\n")
        (root / "rtl/files.f").write_text("rtl/prim/prim_a.sv\nrtl/net/net_b.sv\n")
        assert check_rtl(root) == ([], 1), check_rtl(root)
        (root / "rtl/prim/prim_a.sv").write_text("module prim_a;\n  net_b u_b ();\nendmodule\n")
        assert len(check_rtl(root)[0]) == 1
        (root / "rtl/files.f").write_text("rtl/net/net_b.sv\n")
        assert len(check_rtl(root)[0]) == 2


def main():
    self_test()
    packages = metadata("Cargo.toml") + metadata("firmware/Cargo.toml")
    members = {p["name"] for p in packages}
    wrong = [w for p in packages for w in check_crate(p, members)]
    wrong += [f"tools/check_deps.py names crate {c}, which does not exist" for c in sorted(set(CRATES) - members)]
    rtl, edges = check_rtl(ROOT)
    reasons, used = check_reasons(packages, ROOT)
    wrong += rtl + reasons
    for line in wrong:
        print(f"error: {line}")
    if wrong:
        print(f"check-deps: {len(wrong)} violations")
        return 1
    print(f"check-deps: {len(members)} crates, {edges} edges between RTL areas, {used} third-party packages: as declared")
    return 0


if __name__ == "__main__":
    sys.exit(main())
