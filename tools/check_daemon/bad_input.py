"""bad-input: mutated images of every loader, bombs, and what is no file at all; the daemon stays, and each is in or refused.

tools/mutate-images makes the images from the seeds under Tests/ImagingTests/Fixtures/good, its bombs with them. Beside them stand a
folder with an image's name, a pipe, a socket, dangling and circular links, a file that can't be read, names that are no UTF-8;
and files that are replaced, cut and overwritten all the while they are read. Where the check has the rights, the daemon runs as
an ordinary user, as it should.
"""
import math
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import time

from . import catalogue, pictures
from .base import ROOT, load
from .daemon import Daemon, as_nobody

# With the default limits a picture has 60 s; a hang is longer than that for one file.
PATIENCE = 90
# Bombs that take seconds to be refused, within the limits.
SLOW = ("png-text-deflate.png", "gif-20000.gif", "tiff-30000-pages.tif")


def check(run):
    base, folder = run.folder("base"), run.folder("base/watched")
    home, made = base / "home", run.work / "made"
    count = run.options.count or run.size(110, 1000, 5000)
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "mutate-images"), str(ROOT / "Tests/ImagingTests/Fixtures/good"),
         str(made), "--count", str(count), "--seed", str(run.seed)], capture_output=True, text=True)
    if done.returncode != 0:
        return run.fault(f"mutate-images: {done.stderr[-400:]}")
    prefix = as_nobody(run, base, folder)
    good = [folder / f"good{n}.png" for n in range(20)]
    for number, path in enumerate(good):
        path.write_bytes(pictures.png(f"good {run.seed} {number}"))
    daemon = Daemon(run, [folder], home, prefix=prefix, name="bad")
    daemon.start()
    process = daemon.process.pid
    catalogue.wait_equal(home, [folder], 20)
    odd(folder)
    replaced = Replaced(folder, run.seed)
    replaced.start()
    # As a person would who has nothing but broken files: a folder at once, the other part one by one.
    for path in made.rglob("*"):
        path.chmod(0o755)
    if run.short:
        # Nothing goes wrong with these, but they take their time.
        for name in SLOW:
            (made / "bombs" / name).unlink(missing_ok=True)
    (made / "bombs").rename(folder / "bombs")
    (folder / "mutated").mkdir()
    for path in sorted((made / "mutated").iterdir()):
        path.rename(folder / "mutated" / path.name)
    expected = {str(p) for name in ("bombs", "mutated") for p in (folder / name).iterdir()}
    began = last = time.monotonic()
    left, progress = expected, len(expected)
    slowest, largest = 0, 0
    while time.monotonic() - last < PATIENCE and daemon.alive:
        try:
            asked = time.monotonic()
            daemon.findable(5)
            slowest = max(slowest, time.monotonic() - asked)
            for worker in daemon.workers():
                for line in open(f"/proc/{worker}/status"):
                    if line.startswith("VmHWM"):
                        largest = max(largest, int(line.split()[1]))
        except (OSError, AssertionError):
            pass
        left = expected - set(catalogue.known(home)) - set(catalogue.quarantine(home))
        if not left:
            break
        if len(left) < progress:
            progress, last = len(left), time.monotonic()
        time.sleep(0.5)
    seconds = time.monotonic() - began
    run.expect(daemon.alive and daemon.process.pid == process, f"the daemon died: {daemon.tail()}")
    if not daemon.alive:
        return None
    known, refused = catalogue.known(home), catalogue.quarantine(home)
    # What is told by its first bytes to be no image, and has no image's name, is passed over and counted nowhere.
    for path in sorted(left):
        run.fault(f"neither in nor refused after {PATIENCE} s without progress: {os.path.relpath(path, folder)}")
    replaced.over.set()
    replaced.join()
    catalogue.wait_idle(daemon, 60)
    for path, sha in replaced.final().items():
        if not _until_known(home, path, sha, 25):
            run.fault(f"{path} was replaced all the time; its last content is not in: "
                      f"{catalogue.known(home).get(path)}, {catalogue.quarantine(home).get(path)}")
    known, refused = catalogue.known(home), catalogue.quarantine(home)
    run.row("mutated images and bombs", f"{len(expected)}: {len(expected & set(known))} in, "
            f"{len(expected & set(refused))} refused, in {seconds:.0f} s")
    codes = {}
    for code, reason in refused.values():
        codes[code] = codes.get(code, 0) + 1
        run.expect(reason, f"refused as {code} without a reason")
    run.row("refused as", ", ".join(f"{n} {c}" for c, n in sorted(codes.items(), key=lambda x: -x[1])))
    run.row("replaced while they were read", f"{len(replaced.files)} files, {replaced.times} times")
    bad = not_finite(home)
    run.row("vectors with numbers that are none", len(bad))
    for path in bad[:5]:
        run.fault(f"a vector isn't finite or not of length 1 or 0: {path}")
    for path in good:
        run.expect(str(path) in known, f"a good file is not in any more: {path.name}")
    names = {os.path.basename(p): code for p, (code, _) in refused.items()}
    for name in ("pipe.png", "socket.png", "dangling.png", "loop.jpg") + (("secret.png",) if prefix or os.geteuid() else ()):
        run.expect(names.get(name) == "unreadable", f"{name} is refused as {names.get(name)}")
    inside = str(folder / "folder.jpg" / "inside.png")
    run.expect(inside in known, "a picture in a folder named x.jpg isn't in")
    for fault in catalogue.entries(home):
        run.fault(fault)
    figures = daemon.figures()
    run.row("slowest answer meanwhile", f"{slowest * 1000:.0f} ms")
    run.row("peak memory of the daemon / a worker", f"{figures['peak'] >> 10} / {largest >> 10} MiB")
    run.row("runs as", "an ordinary user" if prefix else "the user of the check")
    run.row("machine", load())
    run.row("SIGTERM to the end", f"{daemon.stop():.2f} s")


def odd(folder):
    (folder / "folder.jpg").mkdir()
    (folder / "folder.jpg" / "inside.png").write_bytes(pictures.png("inside"))
    os.mkfifo(folder / "pipe.png")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(folder)
        try:
            listener.bind("socket.png")
        finally:
            os.chdir(here)
    (folder / "dangling.png").symlink_to("nowhere")
    (folder / "loop.jpg").symlink_to("loop.jpg")
    (folder / "circle").symlink_to(".")
    secret = folder / "secret.png"
    secret.write_bytes(pictures.png("secret"))
    secret.chmod(0)
    raw = os.path.join(os.fsencode(folder), b"not-utf8-\xff\xfe \n.png")
    with open(raw, "wb") as file:
        file.write(pictures.png("not UTF-8"))
    (folder / ("n" * 251 + ".png")).write_bytes(pictures.png("a long name"))


class Replaced(threading.Thread):
    """Some larger files that are replaced, cut and written over while they are read; good ones at the end."""

    def __init__(self, folder, seed):
        super().__init__(daemon=True)
        self.rng, self.over, self.times = random.Random(seed), threading.Event(), 0
        self.files = [folder / f"replaced{n}.tif" for n in range(6)]
        self.contents = [pictures.tiff(f"replaced {seed} {n}", 900, 700) for n in range(4)]

    def run(self):
        while not self.over.wait(self.rng.uniform(0.01, 0.3)):
            path, data = self.rng.choice(self.files), self.rng.choice(self.contents)
            self.times += 1
            way = self.rng.randrange(4)
            if way == 0 or not path.exists():
                path.write_bytes(data)
            elif way == 1:
                other = path.with_suffix(".tmp")
                other.write_bytes(data)
                other.rename(path)
            elif way == 2:
                os.truncate(path, self.rng.randrange(len(data)))
            else:
                with open(path, "r+b") as file:
                    file.seek(self.rng.randrange(len(data)))
                    file.write(self.rng.randbytes(1000))
        for number, path in enumerate(self.files):
            path.write_bytes(pictures.tiff(f"last {number}", 300, 200))

    def final(self):
        import hashlib
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in self.files}


def _until_known(home, path, sha, within):
    end = time.monotonic() + within
    while time.monotonic() < end:
        if catalogue.known(home).get(path) == sha:
            return True
        time.sleep(0.3)
    return False


def not_finite(home):
    bad = []
    for path, name, vector in catalogue.read(home, "SELECT path, block.name, vector FROM block JOIN file ON file.id = fileID"):
        numbers = struct.unpack(f"<{len(vector) // 4}f", vector)
        length = math.fsum(x * x for x in numbers)
        if not all(map(math.isfinite, numbers)) or not (
                abs(length - 1) < 1e-3 or length == 0 or name == "traits"):
            bad.append(f"{os.fsdecode(path)}: {name}")
    return bad
