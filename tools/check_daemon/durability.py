"""durability: what is reported as done was synced first, by the order of the daemon's own system calls.

A kill does not show what a power cut does. So the daemon runs under strace while pictures are dropped one after another and the
status is asked for all the while. In the trace, for each answer that counts more pictures than the one before it, there must be
a sync of the catalogue's log (or of the catalogue itself) after the last write to it and before that answer is written; and
what an index generation is made of is synced before CURRENT is renamed to name it.
"""
import re
import shutil
import threading
import time

from . import catalogue, pictures
from .base import Skipped, load
from .daemon import Daemon, command

CALLS = "openat,open,close,dup,dup2,dup3,fcntl,write,writev,pwrite64,pwritev,sendmsg,sendto,fsync,fdatasync,rename,renameat,renameat2"


def check(run):
    if not shutil.which("strace"):
        raise Skipped("no strace to see system calls with")
    folder, home, trace = run.folder("watched"), run.work / "home", run.work / "trace"
    daemon = Daemon(run, [folder], home, prefix=[
        "strace", "-f", "-ttt", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(trace)])
    daemon.start(within=40)
    over = threading.Event()

    def ask():
        while not over.wait(0.01):
            daemon.status()

    asking = threading.Thread(target=ask)
    asking.start()
    count = run.options.count or run.size(6, 25, 60)
    for number in range(count):
        (folder / f"p{number}.png").write_bytes(pictures.png(f"durable {run.seed} {number}"))
        time.sleep(0.5)
    _, faults = catalogue.wait_equal(home, [folder], 30)
    rebuilt = command(run, home, "rebuild", timeout=200)
    run.expect(rebuilt.returncode == 0, f"rebuild: {rebuilt.stderr}")
    time.sleep(0.3)
    over.set()
    asking.join()
    for fault in faults:
        run.fault(fault)
    import os
    import signal
    os.kill(daemon.pid, signal.SIGTERM)
    daemon.process.wait(40)
    _judge(run, trace.read_text(errors="replace").splitlines(), count)
    run.row("machine", load())


LINE = re.compile(r"^(\d+) +([\d.]+) (.*)$")
START = re.compile(r"^(\w+)\((.*)$")


def events(lines):
    """(time it began, time it ended, call, arguments) in the order of the ends; calls that were cut in two are made whole."""
    open_calls, found = {}, []
    for line in lines:
        match = LINE.match(line)
        if not match:
            continue
        process, at, rest = match[1], float(match[2]), match[3]
        if rest.endswith("<unfinished ...>"):
            start = START.match(rest)
            if start:
                open_calls[process] = (at, start[1], start[2])
            continue
        if rest.startswith("<... "):
            if process in open_calls:
                began, call, arguments = open_calls.pop(process)
                found.append((began, at, call, arguments + " " + rest))
            continue
        start = START.match(rest)
        if start:
            found.append((at, at, start[1], start[2]))
    return found


def _judge(run, lines, count):
    unsynced = None     # the end of the last write to the log that no sync followed
    synced_until = 0.0
    told, answers, syncs, early = 0, 0, 0, []
    dirty, generations = set(), 0
    for began, ended, call, arguments in events(lines):
        target = re.match(r"\d+<([^>]*)>", arguments)
        path = target[1] if target else ""
        isLog = path.endswith(("catalog.sqlite-wal", "catalog.sqlite"))
        if call in ("write", "pwrite64", "writev", "pwritev"):
            if isLog:
                unsynced = ended
            if "/index/" in path:
                dirty.add(path)
        elif call in ("fsync", "fdatasync"):
            if isLog:
                syncs += 1
                # What was written while it ran may not be in it.
                if unsynced is not None and unsynced <= began:
                    unsynced = None
            dirty.discard(path)
        elif call.startswith("rename") and "CURRENT" in arguments:
            generations += 1
            left = [p for p in dirty if "CURRENT" not in p and "lock" not in p]
            run.expect(not left, f"CURRENT is renamed while these are not synced: {left}")
            run.expect(not [p for p in dirty if "CURRENT" in p], "CURRENT itself is renamed before it is synced")
        said = re.search(r'\\"added\\":(\d+)', arguments)
        if said and call in ("write", "writev", "sendmsg", "sendto") and int(said[1]) > told:
            told = int(said[1])
            answers += 1
            # A write of the next batch may have begun; its first byte is no earlier than this answer's count, so that any
            # unsynced write before the answer began is a doubt that is looked into.
            if unsynced is not None and unsynced < began:
                early.append(told)
    run.row("answers that told of more pictures", answers)
    run.row("syncs of the catalogue", syncs)
    run.row("generations taken into use", generations)
    run.row("told before it was synced", len(early))
    run.expect(told == count, f"the trace has answers up to {told} of {count} pictures")
    run.expect(syncs >= answers, f"fewer syncs ({syncs}) than answers with more in them ({answers})")
    run.expect(not early, f"told of picture {early[:5]} while writes to the catalogue's log were not synced")
    run.expect(generations > 0, "no generation was taken into use")
