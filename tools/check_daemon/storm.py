"""storm: more events than the kernel's queue holds, and trees of folders that come and go at once.

The daemon is stopped (SIGSTOP), thousands of small files are dropped, and it goes on (SIGCONT). Where they are too few to fill the
queue, files that are no pictures are touched before. Whether the queue overflowed is
what the daemon says; the limit is the system's own and is never changed. Then a tree of folders is moved in from the same file
system, renamed, and moved out again: the works keep their ids, and nothing is measured twice.
"""
import os
import pathlib
import shutil
import signal
import threading
import time

from . import catalogue, pictures
from .base import load
from .daemon import Daemon

MADE = 400
MOST_NOISE = 200_000


def check(run):
    folder, home, aside = run.folder("watched"), run.work / "home", run.folder("aside")
    count = run.options.count or run.size(300, 5000, 20000)
    folders = run.options.folders or run.size(100, 1500, 5000)
    limit = int(pathlib.Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    daemon = Daemon(run, [folder], home)
    daemon.start()
    first = folder / "first.png"
    first.write_bytes(pictures.png(f"storm {run.seed}"))
    catalogue.wait_equal(home, [folder], 15)
    before = daemon.figures()
    sampler = Sampler(daemon)
    sampler.start()

    daemon.signal(signal.SIGSTOP)
    # Files that are no pictures fill the queue first, so that of the pictures nothing is told.
    noise = noisy(folder, limit) if 4 * count < 2 * limit <= MOST_NOISE else 0
    # A few hundred pictures as many files: copies are works that have more than one file.
    made = [pictures.png(f"storm {run.seed} {n}", 48, 40) for n in range(min(count, MADE))]
    for number in range(count):
        # A chunk that no decoder looks at makes each file one of its own.
        (folder / f"s{number}.png").write_bytes(_marked(made[number % len(made)], number))
    began = time.monotonic()
    offset = daemon.log.stat().st_size
    daemon.signal(signal.SIGCONT)
    answered = _slowest_answer(daemon, 20 if run.short else 60)
    _, faults = catalogue.wait_equal(home, [folder], max(30, count / 8), every=1)
    seconds = time.monotonic() - began
    overflowed = daemon.said("overflow", offset) or daemon.said("events were lost", offset) or any(
        "sysctl" in t or "queue" in t for t in daemon.status()["troubles"])
    run.row(f"{count} files while it was stopped", f"all in after {seconds:.0f} s, {count / seconds:.0f} a second"
            if not faults else "not all in")
    run.row("the kernel's queue", f"{limit} events, about {4 * count + noise} were due; the daemon "
            + ("says that it overflowed" if overflowed else "says nothing of an overflow"))
    if 3 * count > limit * 1.2 or noise:
        run.expect(overflowed, "the queue must have overflowed, and the daemon doesn't say so")
    run.row("slowest answer meanwhile", f"{answered * 1000:.0f} ms")
    for fault in faults:
        run.fault(f"after SIGCONT: {fault}")

    tree = aside / "tree"
    _make_tree(tree, folders, run.seed)
    _settled(run, daemon, home, folder, f"a tree of {folders} folders moved in", lambda: tree.rename(folder / "tree"), folders)
    works = _works(home, folder / "tree")
    stored = _stored(daemon)
    _settled(run, daemon, home, folder, "the tree renamed", lambda: (folder / "tree").rename(folder / "renamed"), folders)
    again = _stored(daemon) - stored
    run.row("pictures measured for the new name", again)
    # A picture that is on its way when the tree moves may be measured; here all were in.
    run.expect(again == 0, f"{again} of {len(works)} files were measured again though only their folder's name is new")
    run.expect(_works(home, folder / "renamed") == works, "works have changed with their folder's name")
    _settled(run, daemon, home, folder, "the tree moved out", lambda: (folder / "renamed").rename(aside / "out"), folders)
    _settled(run, daemon, home, folder, "the tree moved in again", lambda: (aside / "out").rename(folder / "back"), folders)
    run.row("pictures measured for the way out and back", _stored(daemon) - stored - again)
    run.expect(_works(home, folder / "back") == works, "works have changed on their way out and back")
    _settled(run, daemon, home, folder, "the tree deleted", lambda: shutil.rmtree(folder / "back"), folders)
    for fault in catalogue.entries(home):
        run.fault(fault)
    refused = catalogue.quarantine(home)
    run.expect(not refused, lambda: f"refused: {list(refused.items())[:5]}")
    sampler.over.set()
    after = daemon.figures()
    run.row("resident memory before, peak, after", " / ".join(
        f"{kib >> 10} MiB" for kib in (before["rss"], after["peak"], after["rss"])))
    run.row("most of a worker", f"{sampler.worker >> 10} MiB")
    run.row("machine", load())
    run.row("SIGTERM to the end", f"{daemon.stop():.2f} s")


def noisy(folder, limit):
    """Touches two files by turns, as events of one file alone would be made one by the kernel. Returns how many events."""
    notes = [folder / f"notes{number}.txt" for number in range(2)]
    for path in notes:
        path.write_text("n")
    for number in range(limit + 200):
        os.utime(notes[number % 2])
    return limit + 200


def _marked(png, number):
    import struct
    import zlib
    data = b"tEXt" + b"n\0" + str(number).encode()
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return png[:33] + chunk + png[33:]


def _make_tree(tree, folders, seed):
    """Folders four deep, a picture in each second one."""
    for number in range(folders):
        path = tree / f"a{number % 7}" / f"b{number % 31}" / f"c{number % 211}" / f"d{number}"
        path.mkdir(parents=True)
        if number % 2:
            (path / "p.png").write_bytes(_marked(pictures.png(f"tree {seed} {number % 50}", 48, 40), number))


def _works(home, below):
    rows = catalogue.read(home, "SELECT path, artworkID FROM file WHERE missingSince IS NULL")
    return {os.path.relpath(os.fsdecode(path), below): work for path, work in rows
            if os.fsdecode(path).startswith(f"{below}/")}


def _stored(daemon):
    counts = daemon.status()["counts"]
    return counts["added"] + counts["changed"]


def _settled(run, daemon, home, folder, what, change, folders):
    began = time.monotonic()
    change()
    _, faults = catalogue.wait_equal(home, [folder], max(25, folders / 6), every=0.5)
    run.row(what, f"settled after {time.monotonic() - began - 1:.1f} s" if not faults else "not settled")
    for fault in faults:
        run.fault(f"{what}: {fault}")
    catalogue.wait_idle(daemon, 20, quiet=0.5)


def _slowest_answer(daemon, seconds):
    """Asks the time it takes to answer, for a while: a backlog must not keep questions waiting."""
    longest, end = 0, time.monotonic() + min(seconds, 8)
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            daemon.findable(10)
        except OSError:
            pass
        longest = max(longest, time.monotonic() - began)
        time.sleep(0.2)
    return longest


class Sampler(threading.Thread):
    """The most memory that any worker had."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.daemon_, self.over, self.worker = daemon, threading.Event(), 0

    def run(self):
        while not self.over.wait(0.25):
            for worker in self.daemon_.workers():
                try:
                    for line in open(f"/proc/{worker}/status"):
                        if line.startswith("VmHWM"):
                            self.worker = max(self.worker, int(line.split()[1]))
                except OSError:
                    pass
