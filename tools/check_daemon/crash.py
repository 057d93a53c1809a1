"""crash: the daemon and its workers are killed at random moments under load; at the end the catalogue equals the folder.

The load: files dropped (written in place, or under another name and renamed), copied, overwritten, renamed and deleted, folders
made, renamed and deleted, works removed, catalogue files dropped and imported from the command line, rebuilds. It goes on while
no daemon runs. Before each kill the daemon is asked what it finds; all of that must be in the catalogue afterwards.
"""
import json
import os
import random
import signal
import time

from . import catalogue, pictures
from .base import load
from .changes import Load
from .daemon import Daemon, command


def check(run):
    folder, home = run.folder("watched"), run.work / "home"
    kills = run.options.kills or run.size(6, 40, 200)
    work = Load(run, folder, home, run.seed, rate=15, most=run.size(150, 400, 800))
    rng = random.Random(run.seed + 1)
    daemon = Daemon(run, [folder], home)
    for number in range(20):
        suffix, data = pictures.picture(f"first {run.seed} {number}")
        (folder / "a" / f"f{number}.{suffix}").write_bytes(data)
    daemon.start()
    work.start()
    ready = []
    for number in range(kills):
        # Also while it starts.
        time.sleep(rng.choice([rng.uniform(0, 0.25), rng.uniform(0.2, 2.5)]))
        if not daemon.alive:
            run.fault(f"it ended by itself with {daemon.process.returncode}: {daemon.tail()}")
        told = {}
        if number % 2:
            try:
                told = daemon.findable(5000, timeout=10)
            except (OSError, AssertionError, ValueError):
                pass
        left = daemon.kill()
        run.expect(not left, f"workers outlive a killed daemon: {left}")
        if told:
            stored = {os.fsdecode(row[0]) for row in catalogue.read(home, "SELECT path FROM file")}
            works = {row[0] for row in catalogue.read(home, "SELECT id FROM artwork UNION SELECT alias FROM alias")}
            # A file that was renamed meanwhile is there with its work.
            for path, result in told.items():
                if path not in stored and result["id"] not in works:
                    run.fault(f"found before kill {number}, not in the catalogue after it: {path} ({result['id']})")
        began = time.monotonic()
        daemon.start(wait=False)
        if number % 5 == 4:
            daemon.wait_ready()
            ready.append(time.monotonic() - began)
    work.stop()
    if work.problem:
        run.fault(f"the load itself failed: {work.problem!r}")
    work.write_rows()
    run.row("kills of the daemon", kills)
    run.row("changes of the folder", f"{sum(work.actions.values())}: "
            + ", ".join(f"{n} {k.replace('_', ' ')}" for k, n in sorted(work.actions.items())))
    if ready:
        run.row("from start to answering, longest", f"{max(ready):.2f} s")
    daemon.wait_ready()
    settle(run, daemon, folder, home, "after the last kill")
    workers_killed(run, daemon, folder, home, rng)
    final(run, daemon, folder, home, work)


def settle(run, daemon, folder, home, when, within=None):
    seconds, faults = catalogue.wait_equal(home, [folder], within or run.size(25, 60, 120))
    run.row(f"catalogue equals folder {when}", f"{seconds:.1f} s" if not faults else "never")
    for fault in faults:
        run.fault(f"{when}: {fault}")


def workers_killed(run, daemon, folder, home, rng):
    """Every good file gets in, whoever kills the workers."""
    count, killed = run.size(30, 100, 400), 0
    for number in range(count):
        (folder / f"w{number}.png").write_bytes(pictures.png(f"worker {run.seed} {number}", 400, 300))
    end = time.monotonic() + run.size(6, 20, 60)
    while time.monotonic() < end:
        for worker in daemon.workers():
            try:
                os.kill(worker, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
        # The moments that matter are those of work.
        time.sleep(rng.uniform(0.05, 0.5))
        if not catalogue.difference(home, [folder]):
            break
    run.row("kills of workers", f"{killed} while {count} files came in")
    # Whose decoder was killed ten times waits for 5, then 30, then 120 s.
    settle(run, daemon, folder, home, "after the workers' kills", run.size(45, 180, 400))
    run.expect(daemon.alive, "the daemon died with its workers")


def final(run, daemon, folder, home, work):
    catalogue.wait_idle(daemon, 30)
    disk = catalogue.on_disk(folder)
    for fault in catalogue.entries(home):
        run.fault(fault)
    refused = catalogue.quarantine(home)
    run.expect(not refused, lambda: f"good files are refused: {list(refused.items())[:5]}")
    titles = dict(catalogue.read(home, "SELECT id, title FROM artwork"))
    owners = {os.fsdecode(path): work for path, work in catalogue.read(
        home, "SELECT path, artworkID FROM file WHERE missingSince IS NULL")}
    for key, (name, title) in work.rows.items():
        run.expect(titles.get(key) == title, f"{key} is titled {titles.get(key)!r}, and its row says {title!r}")
        path = str(folder / name)
        run.expect(owners.get(path) == key, f"{name} belongs to {owners.get(path)}, and its row says {key}")
    back = {row[0] for row in catalogue.read(home, "SELECT id FROM artwork WHERE NOT removed")} & work.removed
    run.expect(not back, f"removed works are back: {sorted(back)}")
    run.row("at the end", f"{len(disk)} files, {len(catalogue.missing(home))} missing, {len(work.rows)} works with rows, "
            f"{len(work.removed)} removed")
    found = daemon.findable(5000)
    gone_works = {row[0] for row in catalogue.read(home, "SELECT id FROM artwork WHERE removed OR isAbsent")}
    expected = set(owners.values()) - gone_works
    answered = {result["id"] for result in found.values()}
    run.expect(answered == expected, lambda: f"answers lack {len(expected - answered)} works and have "
               f"{len(answered - expected)} too many: {sorted(answered ^ expected)[:5]}")
    some = sorted(expected)[:: max(1, len(expected) // 5)][:5]
    by_daemon = [command(run, home, "similar", work, "--json", "-k", "20").stdout for work in some]
    run.row("SIGTERM to the end", f"{daemon.stop():.2f} s")
    run.expect(daemon.process.returncode == 0, f"SIGTERM ends it with {daemon.process.returncode}")
    alone = [command(run, home, "similar", work, "--json", "-k", "20").stdout for work in some]
    for a, b, name in zip(by_daemon, alone, some):
        run.expect(_answers(a) == _answers(b), f"the daemon answers otherwise than the command alone for {name}")
    verified = command(run, home, "verify", "--bytes", "--json", timeout=300)
    run.row("`verify --bytes`", "sound" if verified.returncode == 0 else f"exit {verified.returncode}")
    run.expect(verified.returncode == 0, f"verify: {(verified.stdout + verified.stderr)[:600]}")
    run.row("machine", load())


def _answers(text):
    """All but the time that it took."""
    document = json.loads(text)
    document.pop("took_ms", None)
    return document
