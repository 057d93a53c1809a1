"""What is taken from under a daemon, or told to it: its folders, its home, its life."""
import shutil
import signal
import time

from . import catalogue
from .base import Skipped
from .daemon import Daemon, command, gone
from .waiting import equal, fill, until


def roots(run):
    """A root is renamed away and back; its disk is unmounted and comes back; nothing is taken for deleted."""
    folder, disk, home = run.folder("roots/watched"), run.work / "roots" / "disk", run.work / "roots" / "home"
    mounted = True
    try:
        run.mount_tmpfs(disk, "20m")
    except Skipped:
        mounted = False
        disk.mkdir(parents=True, exist_ok=True)
    daemon = Daemon(run, [folder, disk], home, name="roots")
    fill(folder, "r", 6, run.seed)
    fill(disk, "d", 6, run.seed + 1)
    daemon.start()
    catalogue.wait_equal(home, [folder, disk], 20)
    both = catalogue.known(home)
    run.expect(len(both) == 12, f"roots: {len(both)} of 12 files are in")
    stored = daemon.status()["counts"]
    folder.rename(folder.with_name("away"))
    lost = until(lambda: any(r["state"] != "watched" for r in (daemon.status() or {"roots": []})["roots"]), 10)
    run.expect(lost, "roots: a root that was renamed isn't reported")
    time.sleep(2)
    run.expect(not catalogue.missing(home), f"roots: renamed away: {len(catalogue.missing(home))} marked missing")
    folder.with_name("away").rename(folder)
    back = until(lambda: all(r["state"] == "watched" for r in (daemon.status() or {"roots": [{"state": ""}]})["roots"]), 15)
    run.expect(back, "roots: a root that is back isn't seen")
    fill(folder, "after", 2, run.seed)
    seconds, faults = catalogue.wait_equal(home, [folder, disk], 20)
    for fault in faults[:5]:
        run.fault(f"roots: back: {fault}")
    counts = daemon.status()["counts"]
    run.expect(counts["changed"] == stored["changed"], f"roots: files of the root that was away were measured again: {counts}")
    said = "renamed away and back"
    if mounted:
        kept = run.folder("roots/kept")
        for path in disk.iterdir():
            shutil.copy2(path, kept)
        run.expect(run.unmount(disk, lazily=False) or run.unmount(disk, lazily=True), "roots: can't be unmounted")
        lost = until(lambda: any(r["state"] != "watched" for r in (daemon.status() or {"roots": []})["roots"]), 10)
        run.expect(lost, "roots: an unmounted root isn't reported")
        time.sleep(4)
        run.expect(not catalogue.missing(home), f"roots: unmounted: {len(catalogue.missing(home))} marked missing")
        # While it is away, the daemon is started anew on the empty mount point.
        daemon.stop()
        daemon.start()
        time.sleep(3)
        run.expect(not catalogue.missing(home),
                   f"roots: empty mount point at start: {len(catalogue.missing(home))} marked missing")
        run.mount_tmpfs(disk, "20m")
        for path in kept.iterdir():
            shutil.copy2(path, disk)
        fill(disk, "new", 2, run.seed + 1)
        seconds, faults = catalogue.wait_equal(home, [folder, disk], 25)
        for fault in faults[:5]:
            run.fault(f"roots: mounted again: {fault}")
        said += f"; unmounted and mounted again, in {seconds:.1f} s"
    state = daemon.status()
    daemon.stop()
    return f"{said}; {state['counts']['missing']} ever marked missing"


def empty_at_start(run):
    """An ordinary root that is empty at start although works of it are known: it is waited for."""
    folder, home = run.folder("empty/watched"), run.work / "empty" / "home"
    fill(folder, "e", 4, run.seed)
    daemon = Daemon(run, [folder], home, name="empty")
    daemon.start()
    equal(run, home, folder, "empty: before")
    daemon.stop()
    away = run.folder("empty/away")
    for path in list(folder.iterdir()):
        path.rename(away / path.name)
    daemon.start()
    time.sleep(3)
    run.expect(not catalogue.missing(home), f"empty: {len(catalogue.missing(home))} marked missing at start")
    state = daemon.status()["roots"]
    run.expect(state[0]["state"] != "watched", f"empty: not reported: {state}")
    for path in list(away.iterdir()):
        path.rename(folder / path.name)
    equal(run, home, folder, "empty: filled again", 20)
    watched = until(lambda: daemon.status()["roots"][0]["state"] == "watched", 10)
    run.expect(watched, f"empty: still reported lost: {daemon.status()['roots']}")
    (folder / "e0.png").unlink()
    equal(run, home, folder, "empty: one deleted afterwards", 15)
    daemon.stop()
    return f"reported as {state[0]['state']!r}, kept; back to normal"


def second(run):
    """A second daemon on the home is refused with the first one's process."""
    folder, home = run.folder("second/watched"), run.work / "second" / "home"
    first = Daemon(run, [folder], home, name="first")
    first.start()
    other = Daemon(run, [folder], home, name="second")
    other.start(wait=False)
    code = other.process.wait(10)
    said = other.tail(1)
    run.expect(code == 1 and str(first.process.pid) in said, f"second: exit {code}, {said!r}")
    run.expect(first.alive and first.status() is not None, "second: the first is harmed")
    # A lock that was left behind by a kill is stale.
    first.kill()
    first.start()
    first.stop()
    left = [n for n in ("daemon.sock",) if (home / n).exists()]
    run.expect(not left, f"second: left after a stop: {left}")
    return f"exit {code}, {said!r}; after kill -9 it starts"


def stopping(run):
    """SIGTERM finishes what is under way; a second SIGINT stops at once. Nothing is lost either way."""
    folder, home = run.folder("stop/watched"), run.work / "stop" / "home"
    daemon = Daemon(run, [folder], home, name="stop")
    daemon.start()
    fill(folder, "s", 60, run.seed)
    time.sleep(1)
    workers = daemon.workers()
    drained = daemon.stop(30)
    run.expect(daemon.process.returncode == 0, f"stopping: SIGTERM under load ends with {daemon.process.returncode}")
    left = gone(workers, 2)
    run.expect(not left, f"stopping: workers are left: {left}")
    inside = len(catalogue.known(home))
    for fault in catalogue.entries(home):
        run.fault(f"stopping: {fault}")
    daemon.start()
    time.sleep(0.3)
    fill(folder, "t", 40, run.seed)
    time.sleep(0.5)
    daemon.signal(signal.SIGINT)
    time.sleep(0.02)
    began = time.monotonic()
    if daemon.alive:
        daemon.signal(signal.SIGINT)
    code = daemon.process.wait(10)
    at_once = time.monotonic() - began
    run.expect(at_once < 2, f"stopping: a second SIGINT takes {at_once:.1f} s")
    for fault in catalogue.entries(home):
        run.fault(f"stopping at once: {fault}")
    daemon.start()
    equal(run, home, folder, "stopping: started again", 30)
    daemon.stop()
    return f"SIGTERM under load {drained:.2f} s, {inside} of 60 files were in; second SIGINT {at_once:.2f} s, exit {code}"


def long_home(run):
    """A home whose path is too long for a socket: the commands work without."""
    folder = run.folder("long/watched")
    home = run.work / "long" / ("h" * 120)
    fill(folder, "l", 3, run.seed)
    daemon = Daemon(run, [folder], home, name="long")
    daemon.start(wait=False)
    until((home / "catalog.sqlite").exists, 10)
    time.sleep(1)
    equal(run, home, folder, "long home", 15)
    run.expect(daemon.said("too long for a socket"), f"long home: it doesn't say so: {daemon.tail()}")
    done = command(run, home, "similar", folder / "l0.png", "--json")
    run.expect(done.returncode == 0, f"long home: similar: {done.stderr}")
    status = command(run, home, "status", "--json")
    run.expect(status.returncode == 0, f"long home: status: {status.stderr}")
    daemon.process.send_signal(signal.SIGTERM)
    code = daemon.process.wait(20)
    run.expect(code == 0, f"long home: SIGTERM ends with {code}")
    return "said; `similar` and `status` work"
