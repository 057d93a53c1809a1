"""One run of a scenario: its working folder, what it found, and what it leaves behind."""
import atexit
import math
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Skipped(Exception):
    """This machine lacks what the check needs."""


def program(given):
    """The path of the built program."""
    if given or os.environ.get("MORELLI"):
        return pathlib.Path(given or os.environ["MORELLI"]).resolve()
    built = [p for p in (ROOT / ".build" / kind / "morelli" for kind in ("release", "debug")) if p.exists()]
    if not built:
        raise SystemExit("no built program: swift build -c release, or --morelli PROGRAM")
    return max(built, key=lambda path: path.stat().st_mtime).resolve()


class Run:
    def __init__(self, name, options):
        self.name, self.options = name, options
        self.seed, self.short, self.full = options.seed, options.short, options.full
        if options.work:
            options.work.mkdir(parents=True, exist_ok=True)
        self.work = pathlib.Path(tempfile.mkdtemp(prefix=f"check-{name}-", dir=options.work))
        self.work.chmod(0o755)
        self.morelli = self.work / "morelli"
        source = program(options.morelli)
        try:
            os.link(source, self.morelli)
        except OSError:
            shutil.copy2(source, self.morelli)
        self.faults, self.rows, self.daemons, self.mounts = [], [], [], []
        self.began = time.monotonic()
        atexit.register(self._clean)

    def size(self, short, usual, full):
        return short if self.short else full if self.full else usual

    def row(self, what, figure):
        self.rows.append((what, " ".join(str(figure).split())))

    def fault(self, text):
        self.faults.append(text)

    def expect(self, condition, text):
        """`text` says what is wrong where the condition doesn't hold; it may be a function that does."""
        if not condition:
            self.fault(text() if callable(text) else text)
        return bool(condition)

    def skip(self, text):
        self.row("left out", text)

    def folder(self, name):
        path = self.work / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def mount_tmpfs(self, path, size):
        """A small file system; needs the right to mount."""
        path.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=777", "tmpfs", str(path)], capture_output=True, text=True)
        if done.returncode != 0:
            raise Skipped(f"no right to mount a file system ({done.stderr.strip().splitlines()[0]})")
        self.mounts.append(path)

    def unmount(self, path, lazily=False):
        done = subprocess.run(["umount", *(["-l"] if lazily else []), str(path)], capture_output=True, text=True)
        if done.returncode == 0 and path in self.mounts:
            self.mounts.remove(path)
        return done.returncode == 0

    def close(self):
        for daemon in self.daemons:
            daemon.kill()
        print(f"\n### {self.name}, seed {self.seed}, {time.monotonic() - self.began:.0f} s\n")
        if self.rows:
            print("| what | figure |\n| --- | --- |")
            for what, figure in self.rows:
                print(f"| {what} | {figure} |")
        for fault in self.faults[:40]:
            print(f"- WRONG: {fault}")
        if len(self.faults) > 40:
            print(f"- and {len(self.faults) - 40} more")
        print("" if self.faults else "\nNothing is wrong.", flush=True)
        if self.faults or self.options.keep:
            print(f"Logs and home: {self.work}", flush=True)
            (self.work / "morelli").unlink(missing_ok=True)
        self._clean()

    def _clean(self):
        for daemon in self.daemons:
            daemon.kill()
        for path in reversed(list(self.mounts)):
            self.unmount(path) or self.unmount(path, lazily=True)
        if not self.faults and not self.options.keep:
            shutil.rmtree(self.work, ignore_errors=True)


def percentile(values, share):
    """The nearest rank; `share` is 0…1."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def load():
    return "load {:.1f}, {:.1f}, {:.1f} on {} processors".format(*os.getloadavg(), os.cpu_count())
