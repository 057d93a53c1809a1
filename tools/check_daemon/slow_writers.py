"""slow-writers: files that take their time. What is in at the end is the final content, once; nothing half-written is ever found.

All the while the catalogue is read: a hash in it that is no finished content's is a half-written file that was taken for a whole
one. A content that was finished, and is then written over, is finished; a file left alone for longer than the settle time looks
finished to anybody, so those that are appended to later are made of whole pictures: TIFFs with something after their end.
"""
import hashlib
import os
import random
import shutil
import subprocess
import threading
import time

from . import catalogue, pictures
from .base import Skipped, load
from .daemon import Daemon

SETTLE = 0.3


class Writers:
    def __init__(self, run, folder):
        self.run, self.folder = run, folder
        self.finished = set()
        self.lock = threading.Lock()

    def done(self, data):
        with self.lock:
            self.finished.add(hashlib.sha256(data).hexdigest())
        return data

    def picture(self, name):
        return pictures.png(f"slow {self.run.seed} {name}", 160, 120)

    def chunks(self, data, count=50):
        size = -(-len(data) // count)
        return [data[at:at + size] for at in range(0, len(data), size)]

    # Each writes one file; all at once.

    def one_descriptor(self, pause, name):
        """50 chunks with pauses, one open descriptor."""
        data = self.done(self.picture(name))
        with open(self.folder / name, "wb", buffering=0) as file:
            for chunk in self.chunks(data):
                file.write(chunk)
                time.sleep(pause)

    def reopened_fast(self):
        """Closed after each chunk, and opened again sooner than the settle time."""
        data = self.done(self.picture("reopened-fast.png"))
        for chunk in self.chunks(data, 20):
            with open(self.folder / "reopened-fast.png", "ab") as file:
                file.write(chunk)
            time.sleep(SETTLE / 4)

    def reopened_slow(self):
        """Whole after each part, and appended to later than the settle time: each state is a finished file."""
        data = self.done(pictures.tiff(f"slow {self.run.seed}", 160, 120))
        for part in range(4):
            with open(self.folder / "reopened-slow.tif", "ab") as file:
                file.write(data if part == 0 else b"%032d" % part)
            self.done((self.folder / "reopened-slow.tif").read_bytes())
            time.sleep(SETTLE * 4)

    def reopened_slow_half(self):
        """Half a picture, left alone for longer than the settle time: refused, and in when it is whole."""
        data = self.done(self.picture("half.png"))
        for part in self.chunks(data, 3):
            with open(self.folder / "half.png", "ab") as file:
                file.write(part)
            time.sleep(SETTLE * 4)

    def renamed(self, name, suffix):
        data = self.done(self.picture(name))
        other = self.folder / (suffix + name if suffix == "." else name + suffix)
        with open(other, "wb", buffering=0) as file:
            for chunk in self.chunks(data, 20):
                file.write(chunk)
                time.sleep(0.05)
        other.rename(self.folder / name)

    def truncated(self):
        """Finished, then truncated and written anew, slowly, three times."""
        for version in range(3):
            data = self.done(self.picture(f"truncated {version}"))
            with open(self.folder / "truncated.png", "wb", buffering=0) as file:
                for chunk in self.chunks(data, 20):
                    file.write(chunk)
                    time.sleep(0.04)
            time.sleep((0.05, 1.5, 0)[version])

    def in_place(self):
        """Written over in place, without truncating: each byte that isn't written yet is the old picture's."""
        data = [self.done(pictures.tiff(f"place {self.run.seed} {v}", 120, 100)) for v in range(2)]
        path = self.folder / "in-place.tif"
        path.write_bytes(data[0])
        time.sleep(1.5)
        with open(path, "r+b", buffering=0) as file:
            for chunk in self.chunks(data[1], 30):
                file.write(chunk)
                time.sleep(0.05)

    def sparse(self):
        """Its full size first, as SMB servers and downloads do, then filled from the end to the beginning."""
        data = self.done(self.picture("sparse.png"))
        with open(self.folder / "sparse.png", "wb", buffering=0) as file:
            file.truncate(len(data))
            size = -(-len(data) // 30)
            for at in reversed(range(0, len(data), size)):
                file.seek(at)
                file.write(data[at:at + size])
                time.sleep(0.05)

    def old_times(self):
        """Copied with its times, as `cp -p` and archives do."""
        data = self.done(self.picture("old-times.png"))
        with open(self.folder / "old-times.png", "wb", buffering=0) as file:
            for chunk in self.chunks(data, 20):
                file.write(chunk)
                os.utime(file.fileno(), (1e9, 1e9))
                time.sleep(0.05)

    def same_inode_again(self):
        """Written over with a file of the same size and time: only the change time tells."""
        first = self.done(pictures.tiff(f"same {self.run.seed} 1", 100, 80))
        second = self.done(pictures.tiff(f"same {self.run.seed} 2", 100, 80))
        path = self.folder / "same-size.tif"
        path.write_bytes(first)
        os.utime(path, (1e9, 1e9))
        time.sleep(1.5)
        with open(path, "r+b") as file:
            file.write(second)
        os.utime(path, (1e9, 1e9))

    def copied(self, tool, source, name):
        data = self.done(self.picture(name))
        (source / name).write_bytes(data)
        arguments = {"cp": ["cp", "--reflink=never"], "mv": ["mv"], "rsync": ["rsync", "-a", "--bwlimit=20"]}[tool]
        subprocess.run([*arguments, str(source / name), str(self.folder / name)], check=True)

    def hard_link(self, source):
        data = self.done(self.picture("linked.png"))
        (source / "to-link.png").write_bytes(data)
        os.link(source / "to-link.png", self.folder / "linked.png")


def check(run):
    folder, home, aside = run.folder("watched"), run.work / "home", run.folder("aside")
    daemon = Daemon(run, [folder], home)
    daemon.start()
    half, seen, over = set(), set(), threading.Event()
    writers = Writers(run, folder)

    def watch():
        while not over.is_set():
            try:
                hashes = {row[0].lower() for row in catalogue.read(home, "SELECT hex(contentHash) FROM file")}
            except Exception:
                continue
            with writers.lock:
                half.update(hashes - writers.finished)
            seen.update(hashes)
            time.sleep(0.02)

    observer = threading.Thread(target=watch)
    observer.start()
    memory = run.work / "memory"
    tasks = [
        (writers.one_descriptor, 0.04, "chunks.png"), (writers.one_descriptor, SETTLE * 1.3, "chunks-slow.png"),
        (writers.reopened_fast,), (writers.reopened_slow,), (writers.reopened_slow_half,),
        *((writers.renamed, f"renamed{n}.png", s) for n, s in enumerate((".tmp", ".part", ".filepart", ".", ".xyz"))),
        (writers.truncated,), (writers.in_place,), (writers.sparse,), (writers.old_times,),
        (writers.same_inode_again,), (writers.copied, "cp", aside, "cp.png"), (writers.hard_link, aside),
    ]
    try:
        run.mount_tmpfs(memory, "20m")
        tasks.append((writers.copied, "mv", memory, "mv.png"))
    except Skipped as reason:
        run.skip(f"mv from another file system: {reason}")
    if shutil.which("rsync"):
        tasks.append((writers.copied, "rsync", aside, "rsync.png"))
    else:
        tasks.append((writers.renamed, "like-rsync.png", "."))
        run.skip("rsync, which is not installed; its way of writing (a hidden name, then renamed) is shown by hand")
    problems = []

    def attempt(task):
        try:
            task[0](*task[1:])
        except Exception as problem:
            problems.append(f"{task[0].__name__}: {problem!r}")

    rounds = run.size(1, 3, 10)
    for number in range(rounds):
        if number:
            for path in list(folder.iterdir()):
                path.unlink()
            writers.run.seed += 1000
        threads = [threading.Thread(target=attempt, args=(task,)) for task in tasks]
        random.Random(run.seed).shuffle(threads)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        _, faults = catalogue.wait_equal(home, [folder], 15)
        for fault in faults:
            run.fault(f"round {number + 1}: {fault}")
    for problem in problems:
        run.fault(f"the check itself failed: {problem}")
    over.set()
    observer.join()
    run.row("ways of writing", f"{len(tasks)}, {rounds} times")
    run.row("contents that were finished / seen in the catalogue", f"{len(writers.finished)} / {len(seen)}")
    run.row("half-written contents found", len(half))
    run.expect(not half, f"contents in the catalogue that nobody finished: {sorted(half)[:5]}")
    refused = {p: r for p, r in catalogue.quarantine(home).items()}
    run.expect(not refused, f"refused at the end: {refused}")
    state = daemon.status()
    run.row("the daemon's counts", ", ".join(f"{n} {k}" for k, n in state["counts"].items() if n))
    for fault in catalogue.entries(home):
        run.fault(fault)
    run.row("machine", load())
    daemon.stop()
