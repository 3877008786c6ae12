# SPDX-License-Identifier: Apache-2.0
"""`make test-vm`: the driver on the kernel's own vfio-pci in a virtual machine, the simulated engine behind vfio-user.

    run.py --vm build/vm --toe PROGRAM --sim PROGRAM --out out/vm [--config small]

QEMU (TCG) runs a stock Debian kernel with an emulated IOMMU; its vfio-user-pci device is our simulator in another
process, and so is the peer. The machine's only program is tests/vm/init.sh. This script starts both, reads the serial
line, looks at the simulator's report at the right moments, and judges. Kept: transcript.txt, capture.pcapng,
report.json, results.json, latency.json.
"""

import argparse
import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from cpio import Archive  # noqa: E402

ADDRESS = "0000:00:04.0"
# Of the driver in the machine: what it must be able to reach within these bounds, on a slow machine.
BOOT, STEP = 120, 240


class Failed(Exception):
    pass


class Sim:
    """The simulator, and what it reports."""

    def __init__(self, args, folder, out):
        self.socket = folder / "device"
        self.report_file = out / "report.json"
        self.report_file.unlink(missing_ok=True)
        n = args.bytes
        command = [args.sim, "serve", "--vfio-user", self.socket, "--config", args.config, "--seed", str(args.seed)]
        command += ["--listen", f"5001=exchange:{n}:7", "--listen", f"5002=exchange:{n}:8", "--loss", "1", "--reorder", "1"]
        command += ["--report", self.report_file, "--capture", out / "capture.pcapng"]
        self.log = open(out / "sim.txt", "w")
        self.process = subprocess.Popen(list(map(str, command)), stdout=self.log, stderr=subprocess.STDOUT)
        self.when(lambda r: True, "the simulator starts")

    def report(self):
        if self.process.poll() is not None:
            raise Failed(f"the simulator ended with {self.process.returncode}; see sim.txt")
        try:
            return json.loads(self.report_file.read_text())
        except (OSError, ValueError):
            return None

    def fresh(self):
        """A report that was written after this call."""
        first = self.report()
        return self.when(lambda r: not first or r["now_us"] > first["now_us"], "the simulator reports")

    def when(self, goal, what, limit=20):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            report = self.report()
            if report and goal(report):
                return report
            time.sleep(0.05)
        raise Failed(f"never: {what}")

    def end(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


def initramfs(args, folder):
    archive = Archive()
    for name in ("bin", "dev", "etc", "modules", "proc", "sys", "tmp"):
        archive.folder(name)
    archive.device("dev/console", 5, 1)
    archive.file("init", (HERE / "init.sh").read_bytes())
    archive.file("bin/busybox", (args.vm / "busybox").read_bytes())
    archive.file("etc/passwd", b"root:x:0:0::/:/bin/sh\nuser:x:1000:1000::/:/bin/sh\n", 0o644)
    archive.file("bin/toe", Path(args.toe).read_bytes())
    for module in sorted((args.vm / "modules").iterdir()):
        archive.file(f"modules/{module.name}", module.read_bytes(), 0o644)
    parameters = {
        "ADDRESS": ADDRESS,
        "BYTES": args.bytes,
        "SMALL_BYTES": args.bytes // 8,
        "RESET_AFTER": args.bytes // 16,
        "LOAD_SECONDS": 4,
    }
    archive.file("parameters", "".join(f"{k}={v}\n" for k, v in parameters.items()).encode(), 0o644)
    path = folder / "initramfs.gz"
    archive.write(path)
    return path


def qemu(args, folder, sim, image):
    device = {
        "driver": "vfio-user-pci",
        "socket": {"path": str(sim.socket), "type": "unix"},
        # A slice of a large engine takes a while.
        "x-msg-timeout": 60000,
        "addr": "04.0",
    }
    command = [args.vm / "qemu", "-accel", "tcg", "-cpu", "max", "-M", "q35,memory-backend=mem"]
    command += ["-object", "memory-backend-memfd,id=mem,size=512M,share=on"]
    command += ["-device", "intel-iommu,caching-mode=on,intremap=on", "-device", json.dumps(device)]
    command += ["-nodefaults", "-nographic", "-serial", "stdio", "-no-reboot", "-smp", "1"]
    command += ["-kernel", args.vm / "vmlinuz", "-initrd", image]
    # A starved host must not look like a broken timer.
    command += ["-append", "console=ttyS0 panic=-1 intel_iommu=on no_timer_check quiet"]
    return subprocess.Popen(
        list(map(str, command)), cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


class Serial:
    """The serial line: lines as they come, kept in the transcript with their time."""

    def __init__(self, process, path):
        self.process, self.buffer = process, b""
        self.start = time.monotonic()
        self.file = open(path, "w")
        os.set_blocking(process.stdout.fileno(), False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(process.stdout, selectors.EVENT_READ)

    def go_on(self):
        """The machine waits for this at the beginning of each step."""
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def line(self, limit):
        end = time.monotonic() + limit
        while b"\n" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0:
                raise Failed(f"nothing on the serial line for {limit} s")
            if self.selector.select(left):
                data = self.process.stdout.read()
                if data == b"":
                    raise Failed(f"QEMU ended with {self.process.wait()}")
                self.buffer += data or b""
        raw, self.buffer = self.buffer.split(b"\n", 1)
        text = raw.decode(errors="replace").rstrip("\r")
        self.file.write(f"{time.monotonic() - self.start:8.3f} {text}\n")
        self.file.flush()
        return text


def results(lines):
    """The JSON lines of a step, by their event."""
    found = {}
    for line in lines:
        if line.startswith("{"):
            value = json.loads(line)
            found.setdefault(value["event"], []).append(value)
    return found


def check(condition, message):
    if not condition:
        raise Failed(message)


def judge_transfer(lines, sim, bytes_):
    done = results(lines)
    sessions = done.get("session", [])
    check(len(sessions) == 2, f"{len(sessions)} sessions, not 2")
    for s in sessions:
        check(s["error"] is None, f"session: {s['error']}")
        check(s["sent"] == bytes_, f"sent {s['sent']} bytes, not {bytes_}")
        port = int(s["remote"].rsplit(":", 1)[1])

        def arrived(report, s=s, port=port):
            ours = (s["sent"], s["sent_sha256"], s["received"], s["received_sha256"])
            return any(
                c["port"] == port
                # Still open when the last acknowledgement was lost: the process that would repeat it has gone.
                and c["state"] in ("open", "closed")
                and (c["received"], c["received_sha256"], c["sent"], c["sent_sha256"]) == ours
                for c in report["connections"]
            )

        # The machine goes on meanwhile; what both ends have hashed stays in the report.
        sim.when(arrived, f"the peer's end of {s['remote']} has the same bytes and hashes", 60)
    summary = done["transfer"][0]
    shares = sorted(s["engine_bytes"] / (s["engine_bytes"] + s["software_bytes"]) for s in sessions)
    check(shares[-1] >= 0.9, f"the engine carried only {shares}")
    # The wire loses frames. A session that loses its SYN has data to send again when it could leave, and may have closed
    # when it has not: then it stays in software (S-TOE-4), and the summary says so.
    kept = summary["kept_in_software"]
    check(shares[0] >= 0.9 or kept, f"the engine carried only {shares}, and no reason is given")
    check(summary["mmio_reads"] == 0, f"{summary['mmio_reads']} register reads on the data path")
    check(summary["faults"] == 0, f"{summary['faults']} faults")
    alone = f"; one in software: {kept}" if shares[0] < 0.9 else ""
    return (
        f"{bytes_} bytes out, {sessions[0]['received']} in, on each of 2 sessions in {summary['milliseconds']} ms, "
        f"SHA-256 equal{alone}"
    )


def judge_quiet(first, sim):
    """Called some time after the process that had the device was killed."""
    report = sim.fresh()
    check(not report["bus_master"], "bus mastering is on although nobody has the device")
    check(report["dma_requests"] == first["dma_requests"], "DMA after the descriptor was closed")
    # The kernel clears bus mastering first and resets then: what the engine had under way meanwhile must be refused.
    late, refused = report["dma_requests_while_off"], report["faults_bus_master"]
    check(late <= refused, f"{late} DMA requests while bus mastering was off, only {refused} refused")
    return f"{report['dma_requests']} DMA requests before, none after; {late} refused between the end of bus mastering and the reset"


def run(args, folder, out):
    sim = Sim(args, folder, out)
    machine = None
    steps, detail = {}, {}
    try:
        machine = qemu(args, folder, sim, initramfs(args, folder))
        serial = Serial(machine, out / "transcript.txt")
        name, lines, began, first, before = None, [], 0, None, None
        limit = BOOT
        while True:
            text = serial.line(limit)
            if not text.startswith("@@ "):
                lines.append(text)
                continue
            words = text.split()[1:]
            limit = STEP
            if words == ["done"]:
                break
            if words == ["dead"]:
                # The kernel has closed the descriptor: it was waited for.
                first = sim.fresh()
                serial.go_on()
            elif words[1] == "begin":
                name, lines, began = words[0], [], time.monotonic()
                before = sim.fresh() if name in ("fault", "reset") else None
                serial.go_on()
            elif words[1] == "end":
                try:
                    check(words[2] == "0", f"ended with {words[2]}")
                    detail[name] = judge(name, lines, sim, args, first, before, out)
                except (Failed, KeyError, ValueError) as error:
                    print("\n".join(lines[-30:]))
                    raise Failed(f"{name}: {error}") from error
                steps[name] = time.monotonic() - began
                print(f"  {name:14} {steps[name]:6.1f} s  {detail[name]}", flush=True)
        return steps, detail
    finally:
        if machine:
            machine.kill()
            machine.wait()
        sim.end()


def judge(name, lines, sim, args, first, before, out):
    text = "\n".join(lines)
    if name == "early":
        check("modprobe vfio-pci" in text, "the tool does not say that vfio-pci is missing")
        check("nr_hugepages" in text, "the tool does not say that there are no huge pages")
        return "without vfio-pci, without huge pages: the errors name the fix"
    if name == "bind":
        check("ready: --device" in text, "the device is not ready after binding")
        return "driver_override, group viable, opened"
    if name == "user":
        check("fw_heartbeat" in text, "an ordinary user cannot have the device")
        return "permission, lock limit: the errors name the fix; then opened without privileges"
    if name == "vectors":
        got = results(lines)["vectors"][0]
        used = got["counts"][: got["vectors"]]
        check(len(used) > 1 and all(used), f"interrupts {used}")
        return f"MSI-X on {len(used)} of {len(used)} vectors"
    if name == "latency":
        got = results(lines)["latency"][0]
        check(got["mmio_reads_for_frames"] == 0, "registers are read for frames")
        (out / "latency.json").write_text(json.dumps(got, indent=1) + "\n")
        us = {k: got[k]["median_ns"] / 1000 for k in ("mmio_write", "mmio_read", "doorbell_to_interrupt")}
        return ", ".join(f"{k} {v:.1f} µs" for k, v in us.items())
    if name == "transfer":
        return judge_transfer(lines, sim, args.bytes)
    if name in ("after-kill", "after-unbind"):
        return judge_transfer(lines, sim, args.bytes // 8)
    if name == "reset":
        got = results(lines)["reset"][0]
        check(len(got["errors"]) == 2, f"errors {got['errors']}")
        resets = sim.fresh()["resets"] - before["resets"]
        # One may be of the step before: the kernel resets when a process lets go.
        check(resets > 1, "the device was not reset")
        return f"{resets} resets; sessions ended after {got['milliseconds']} ms; then {judge_transfer(lines, sim, args.bytes // 8)}"
    if name == "kill":
        return judge_quiet(first, sim)
    if name == "fault":
        got = results(lines)["fault"][0]
        refused = sim.fresh()["faults_unmapped"] - before["faults_unmapped"]
        check(refused > 0, "nothing was refused")
        return f"{refused} requests refused, {got['faults']} reported: {got['last']}; the socket: {got['error']}"
    if name == "unbind":
        last = [line for line in lines if line.startswith("toe:")]
        check(last and "lost" in last[-1] or "abort" in text, f"no typed error: {last}")
        return f"given back when the kernel asked: {last[-1] if last else ''}"
    return ""


def junit(path, steps, failure):
    suite = ET.Element("testsuite", name="vm")
    for name, seconds in steps.items():
        ET.SubElement(suite, "testcase", name=name, classname="vm", time=f"{seconds:.3f}")
    if failure:
        case = ET.SubElement(suite, "testcase", name=failure.split(":")[0], classname="vm")
        ET.SubElement(case, "failure", message=failure)
    root = ET.Element("testsuites", name="vm")
    root.append(suite)
    path.mkdir(parents=True, exist_ok=True)
    ET.ElementTree(root).write(path / "results.xml", encoding="utf-8", xml_declaration=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vm", type=Path, required=True)
    parser.add_argument("--toe", required=True)
    parser.add_argument("--sim", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--config", default="small")
    parser.add_argument("--bytes", type=int, default=1 << 20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.vm, args.out = args.vm.resolve(), args.out.resolve()
    shutil.rmtree(args.out, ignore_errors=True)
    args.out.mkdir(parents=True)
    start, failure = time.monotonic(), None
    print(f"test-vm: {(args.vm / 'versions.txt').read_text().strip().replace(chr(10), ', ')}; {args.config}, seed {args.seed}")
    steps, detail = {}, {}
    # Short, because the path of a socket has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="toe-vm-") as folder:
        try:
            steps, detail = run(args, Path(folder), args.out)
        except Failed as error:
            failure = str(error)
    if args.results:
        junit(args.results, steps, failure)
    seconds = time.monotonic() - start
    summary = {"config": args.config, "seed": args.seed, "seconds": seconds, "steps": steps, "detail": detail, "failure": failure}
    (args.out / "results.json").write_text(json.dumps(summary, indent=1) + "\n")
    where = os.path.relpath(args.out)
    if failure:
        print(f"test-vm: FAILED: {failure} (seed {args.seed}; {where}/transcript.txt, {where}/sim.txt)")
        return 1
    print(f"test-vm: {len(steps)} steps in {seconds:.0f} s; {where}/transcript.txt, {where}/capture.pcapng")
    return 0


if __name__ == "__main__":
    sys.exit(main())
