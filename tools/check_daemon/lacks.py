"""What a daemon lacks: room, rights, the database, its settings, a clock that it can trust."""
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import time

from . import catalogue, pictures
from .base import Skipped
from .daemon import Daemon, as_nobody, command
from .waiting import equal, fill, until


def disk_full(run):
    """The home's disk is filled by somebody, and then has room again."""
    folder, disk = run.folder("full/watched"), run.work / "full" / "disk"
    run.mount_tmpfs(disk, "24m")
    home = disk / "home"
    daemon = Daemon(run, [folder], home, name="full")
    daemon.start()
    fill(folder, "before", 5, run.seed)
    equal(run, home, folder, "disk full: before")
    with open(disk / "ballast", "wb") as file:
        try:
            while True:
                file.write(bytes(1 << 16))
                file.flush()
        except OSError:
            pass
    fill(folder, "while", 40, run.seed)
    (folder / "before0.png").unlink()
    paused = until(lambda: (daemon.status() or {}).get("paused"), 20)
    reason = (daemon.status() or {}).get("paused")
    run.expect(paused, f"disk full: it doesn't say so: {daemon.tail()}")
    run.expect(daemon.alive, "disk full: the daemon died")
    time.sleep(3)
    try:
        answers = len(daemon.findable(100))
        run.expect(answers >= 4, f"disk full: {answers} works answer")
    except (OSError, AssertionError) as problem:
        run.fault(f"disk full: no answers: {problem}")
    process = daemon.process.pid
    (disk / "ballast").unlink()
    seconds = equal(run, home, folder, "disk full: with room again", 30)
    resumed = until(lambda: (daemon.status() or {"paused": "?"})["paused"] is None, 10)
    run.expect(resumed, "disk full: still paused though there is room")
    run.expect(daemon.process.pid == process and daemon.alive, "disk full: it was restarted")
    # A killed daemon on a full disk starts again, or says why not.
    daemon.stop()
    verified = command(run, home, "verify", "--bytes")
    run.expect(verified.returncode == 0 or "missing-file" in verified.stdout,
               f"disk full: verify: {verified.stdout[:300]}")
    return f"said: {reason!r}; all in {seconds:.1f} s after there was room"


def read_only_home(run):
    """The home's file system is made read-only while it runs, and writable again."""
    folder, disk = run.folder("ro/watched"), run.work / "ro" / "disk"
    run.mount_tmpfs(disk, "40m")
    home = disk / "home"
    daemon = Daemon(run, [folder], home, name="ro")
    daemon.start()
    fill(folder, "before", 3, run.seed)
    equal(run, home, folder, "read-only: before")
    # The kernel refuses while files are open for writing; then the folder is shut to the user instead, as below.
    done = subprocess.run(["mount", "-o", "remount,ro", str(disk)], capture_output=True, text=True)
    if done.returncode == 0:
        fill(folder, "while", 3, run.seed)
        run.expect(until(lambda: (daemon.status() or {}).get("paused"), 15), "read-only: it doesn't say so")
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        equal(run, home, folder, "read-only: writable again", 20)
    daemon.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        asked = command(run, home, "search", "anything")
        refused = Daemon(run, [folder], home, name="ro-start")
        refused.start(wait=False)
        try:
            code = refused.process.wait(15)
        except subprocess.TimeoutExpired:
            code = None
        run.expect(code not in (0, None) and code > 0, f"read-only at start: exit {code}: {refused.tail()}")
        said = refused.tail(1)
        run.expect("read" in said.lower(), f"read-only at start: the message doesn't say so: {said}")
        return f"at start: exit {code}, {said!r}; `search` meanwhile: exit {asked.returncode}"
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)])


def denied(run):
    """A folder and a file that an ordinary user must not read, later opened to him; a home that is not his."""
    base = run.folder("denied")
    folder = run.folder("denied/watched")
    prefix = as_nobody(run, base, folder)
    if not prefix and os.geteuid() == 0:
        raise Skipped("no other user")
    home = base / "home"
    fill(folder, "open", 2, run.seed)
    closed = folder / "closed"
    closed.mkdir()
    fill(closed, "c", 2, run.seed)
    secret = folder / "secret.png"
    secret.write_bytes(pictures.png("secret"))
    secret.chmod(0)
    closed.chmod(0)
    daemon = Daemon(run, [folder], home, prefix=prefix, name="denied")
    daemon.start()
    inside = {str(closed / "c0.png"), str(closed / "c1.png")}
    equal(run, home, folder, "denied: the rest", 20, refused={str(secret), *inside})
    refused = {}
    until(lambda: refused.update(catalogue.quarantine(home)) or str(secret) in refused, 10)
    run.expect(str(secret) in refused, f"denied: the file is not in quarantine: {refused}")
    secret.chmod(0o644)
    closed.chmod(0o755)
    seconds = equal(run, home, folder, "denied: opened again", 30)
    # Shut again: nothing is taken for deleted.
    closed.chmod(0)
    command(run, home, "status", prefix=prefix)
    time.sleep(2)
    lost = catalogue.missing(home)
    run.expect(not lost, f"denied: behind a closed door is not deleted: {lost}")
    closed.chmod(0o755)
    daemon.stop()
    other = Daemon(run, [folder], run.work / "foreign", prefix=prefix, name="foreign")
    # With rights of its own this check has no other user's folder, but one that is shut is as good.
    (run.work / "foreign").mkdir(mode=0o700 if prefix else 0)
    other.start(wait=False)
    try:
        code = other.process.wait(15)
    except subprocess.TimeoutExpired:
        code = None
    run.expect(code not in (0, None) and code > 0, f"a home of another user: exit {code}")
    return f"refused as {refused.get(str(secret), ['?'])[0]}, in {seconds:.1f} s after it was opened; " \
           f"another's home: exit {code}, {other.tail(1)!r}"


def locked(run):
    """Another process holds the database's write lock for longer than anybody waits."""
    folder, home = run.folder("locked/watched"), run.work / "locked" / "home"
    daemon = Daemon(run, [folder], home, name="locked")
    daemon.start()
    fill(folder, "before", 3, run.seed)
    equal(run, home, folder, "locked: before")
    connection = sqlite3.connect(home / "catalog.sqlite", isolation_level=None, timeout=10)
    connection.execute("BEGIN IMMEDIATE")
    fill(folder, "while", 8, run.seed)
    seconds = run.size(8, 15, 30)
    slowest = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            daemon.findable(100, timeout=60)
        except (OSError, AssertionError) as problem:
            run.fault(f"locked: no answers meanwhile: {problem}")
            break
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.2)
    said = (daemon.status() or {}).get("paused")
    connection.execute("ROLLBACK")
    connection.close()
    run.expect(daemon.alive, "locked: the daemon died")
    run.expect(said, f"locked: it doesn't say so in {seconds} s")
    run.expect(slowest < 2, f"locked: a question waited {slowest:.1f} s for the lock")
    after = equal(run, home, folder, "locked: free again", 30)
    daemon.stop()
    return f"for {seconds} s; said: {said!r}; slowest answer {slowest * 1000:.0f} ms; all in {after:.1f} s after"


def settings(run):
    """A broken settings file: refused at start with the place; kept as they were on SIGHUP."""
    folder, home = run.folder("settings/watched"), run.work / "settings" / "home"
    daemon = Daemon(run, [folder], home, name="settings")
    daemon.start()
    file = home / "morelli.toml"
    good = file.read_text() if file.exists() else ""
    file.write_text(good + "\n[watch\nsettle-milliseconds = soon\n")
    daemon.signal(signal.SIGHUP)
    said = until(lambda: daemon.said("settings stay as they were"), 5)
    run.expect(said, f"settings: SIGHUP with a broken file says nothing: {daemon.tail()}")
    fill(folder, "after", 3, run.seed)
    equal(run, home, folder, "settings: after a broken SIGHUP")
    file.write_text(good + '\n[watch]\nignore = ["drafts/"]\n' if "[watch]" not in good else good)
    if "[watch]" in good:
        command(run, home, "config", "set", "watch.ignore", '["drafts/"]')
    daemon.signal(signal.SIGHUP)
    run.expect(until(lambda: daemon.said("settings were read again"), 5), f"settings: SIGHUP: {daemon.tail()}")
    (folder / "drafts").mkdir()
    fill(folder / "drafts", "d", 2, run.seed)
    fill(folder, "later", 2, run.seed)
    ignored = {str(folder / "drafts" / f"d{n}.png") for n in range(2)}
    equal(run, home, folder, "settings: with a new pattern", refused=ignored)
    run.expect(not ignored & set(catalogue.known(home)), "settings: a new ignore pattern isn't obeyed after SIGHUP")
    daemon.stop()
    file.write_text(good + "\n[watch\nsettle-milliseconds = soon\n")
    daemon.start(wait=False)
    try:
        code = daemon.process.wait(10)
    except subprocess.TimeoutExpired:
        code = None
    run.expect(code not in (0, None), f"settings: starts with a broken file: {code}")
    run.expect("morelli.toml" in daemon.tail(1), f"settings: the message doesn't name the file: {daemon.tail(1)}")
    return f"at start: exit {code}, {daemon.tail(1)[-160:]!r}"


def clock(run):
    """The wall clock jumps a day ahead and two days back, for the daemon alone; files are from the future and from 1970."""
    compiler = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
    if not compiler:
        raise Skipped("no C compiler for the library that moves a process's clock")
    folder, home = run.folder("clock/watched"), run.work / "clock" / "home"
    library, offset = run.work / "clock" / "clock.so", run.work / "clock" / "offset"
    built = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library),
                            str(pathlib.Path(__file__).with_name("clock.c")), "-ldl"], capture_output=True, text=True)
    if built.returncode != 0:
        raise Skipped(f"the library that moves a process's clock can't be built: {built.stderr[:200]}")
    offset.write_bytes(bytes(8))
    daemon = Daemon(run, [folder], home, name="clock")
    daemon.start(environment={"LD_PRELOAD": str(library), "CLOCK_OFFSET_FILE": str(offset)})
    seconds = []
    for number, jump in enumerate((0, 86400, -86400, 400 * 86400, 0)):
        with open(offset, "r+b") as file:
            file.write(jump.to_bytes(8, "little", signed=True))
        fill(folder, f"jump{number}-", 4, run.seed)
        os.utime(folder / f"jump{number}-0.png", (time.time() + 1e7, time.time() + 1e7))
        os.utime(folder / f"jump{number}-1.png", (1, 1))
        if number:
            (folder / f"jump{number - 1}-3.png").unlink()
        seconds.append(equal(run, home, folder, f"clock: at {jump / 86400:+g} days", 15))
        stamp = daemon.log.read_text().splitlines()[-1][:10]
        if number == 1:
            run.expect(stamp == time.strftime("%Y-%m-%d", time.gmtime(time.time() + jump)),
                       f"clock: the daemon's clock didn't jump: its log says {stamp}")
    # A year ahead is long after what is missing is forgotten: files that are there must not be.
    run.expect(daemon.alive, "clock: the daemon died")
    known = len(catalogue.known(home))
    daemon.stop()
    return f"+1, -1, +400 and 0 days: in after {', '.join(f'{s:.1f}' for s in seconds)} s; {known} of {known} files are in"
