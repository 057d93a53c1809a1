"""durability: what is reported as done was synced first, by the order of the daemon's own system calls.

A kill does not show what a power cut does. So the daemon runs under strace while pictures are dropped, each after the one before
it was told, and the status is asked for all the while. In the trace, between a drop and the first answer that counts it, the
thread that keeps the folders (it is the one that reads inotify) must have written to the catalogue's log and synced it after that
write. What an index generation is made of is synced before CURRENT is renamed to name it.
"""
import os
import re
import shutil
import signal
import threading
import time

from . import catalogue, pictures
from .base import Skipped, load
from .daemon import Daemon, command

CALLS = "read,write,writev,pwrite64,pwritev,sendmsg,sendto,fsync,fdatasync,rename,renameat,renameat2"


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
    drops = []
    for number in range(count):
        drops.append(time.time())
        (folder / f"p{number}.png").write_bytes(pictures.png(f"durable {run.seed} {number}"))
        end = time.monotonic() + 20
        while time.monotonic() < end and (daemon.status() or {"counts": {"added": 0}})["counts"]["added"] <= number:
            time.sleep(0.02)
        # What is done beside, such as reading texts, is over.
        time.sleep(0.3)
    _, faults = catalogue.wait_equal(home, [folder], 30)
    rebuilt = command(run, home, "rebuild", timeout=200)
    run.expect(rebuilt.returncode == 0, f"rebuild: {rebuilt.stderr}")
    time.sleep(0.3)
    over.set()
    asking.join()
    for fault in faults:
        run.fault(fault)
    os.kill(daemon.pid, signal.SIGTERM)
    daemon.process.wait(40)
    found = events(trace.read_text(errors="replace").splitlines())
    answers, _ = judge(run, found, drops)
    # What is looked for must be seen where it is: the same trace without its syncs.
    _, unsafe = judge(None, [e for e in found if e[3] not in ("fsync", "fdatasync")], drops)
    run.expect(len(unsafe) == answers, f"a trace without syncs passes for {answers - len(unsafe)} of {answers} answers")
    run.row("machine", load())


SENDS = ("write", "writev", "pwrite64", "pwritev", "sendmsg", "sendto")
LINE = re.compile(r"^(\d+) +([\d.]+) (.*)$")
START = re.compile(r"^(\w+)\((.*)$")


def events(lines):
    """(thread, time it began, time it ended, call, arguments) in the order of the ends; calls cut in two are made whole."""
    begun, found = {}, []
    for line in lines:
        match = LINE.match(line)
        if not match:
            continue
        thread, at, rest = match[1], float(match[2]), match[3]
        start = START.match(rest)
        if rest.endswith("<unfinished ...>") and start:
            begun[thread] = (at, start[1], start[2])
        elif rest.startswith("<... ") and thread in begun:
            began, call, arguments = begun.pop(thread)
            found.append((thread, began, at, call, arguments + " " + rest))
        elif start:
            found.append((thread, at, at, start[1], start[2]))
    return found


def judge(run, found, drops):
    """(answers that told of more pictures, those of them that came before the sync); tells `run`, if there is one, the rest."""
    keepers = {thread for thread, _, _, call, arguments in found if call == "read" and ":inotify" in arguments}
    written = synced = 0.0      # when the keeper's last write ended; when the last sync of such a write ended
    told, answers, syncs, generations, early, dirty = 0, 0, 0, 0, [], set()
    for thread, began, ended, call, arguments in found:
        target = re.match(r"\d+<([^>]*)>", arguments)
        path = target[1] if target else ""
        isLog = path.endswith("catalog.sqlite-wal")
        said = re.search(r'\\"added\\":(\d+)', arguments)
        if call in SENDS and said and int(said[1]) > told:
            told = int(said[1])
            answers += 1
            if not drops[min(told, len(drops)) - 1] < synced <= began:
                early.append(told)
        elif call in SENDS:
            if isLog and thread in keepers:
                written = ended
            if "/index/" in path:
                dirty.add(path)
        elif call in ("fsync", "fdatasync"):
            syncs += isLog
            if isLog and thread in keepers and drops[0] < written <= began:
                synced = ended
            dirty.discard(path)
        elif call.startswith("rename") and "CURRENT" in arguments:
            generations += 1
            left = [p for p in dirty if "lock" not in p]
            if run:
                run.expect(not left, f"CURRENT is renamed while these are not synced: {left}")
    if run is None:
        return answers, early
    run.row("pictures / answers that told of more of them", f"{len(drops)} / {answers}")
    run.row("syncs of the catalogue's log", syncs)
    run.row("generations taken into use, all of them synced before", generations)
    run.row("told before it was synced", len(early))
    run.expect(keepers, "no thread reads inotify: this check doesn't know the daemon any more")
    run.expect(told == len(drops), f"the trace has answers up to {told} of {len(drops)} pictures")
    run.expect(not early, f"told of pictures {early[:5]} before the catalogue's log was synced")
    run.expect(generations > 0, "no generation was taken into use")
    return answers, early
