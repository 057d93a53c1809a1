"""hostile: every endpoint with what somebody may send who means harm or knows no better.

Wrong ids, types, numbers and texts, tricks with paths, parameters unknown and twice, wrong bodies and types of bodies, images that
are broken or bombs, bodies that are cut, wrong HTTP: each is answered by a problem document of the right status (or, where it was
no HTTP at all, by a closed connection). No answer tells where anything lies on the disk. The daemon stays the same process, its
memory is bounded, nothing is left in temporary folders, and nothing is changed that was not asked for.
"""
import concurrent.futures
import random
import socket
import subprocess
import sys
import time
import urllib.parse

from check_daemon import catalogue
from check_daemon.base import ROOT, load

from . import attacks, judging, wire, wrong_http
from .document import Document
from .routes import known
from .service import Service

# MiB that the daemon itself may take, its workers aside.
MEMORY = 1024


def check(run):
    document = Document()
    service = Service(run).start()
    process = service.process.pid
    values = known(service)
    before = everything(service)
    kinds = {
        "paths": attacks.paths(document, values), "queries": attacks.queries(document, values), "bodies": attacks.bodies(
            document, values), "ranges and conditions": attacks.ranges(values), "IIIF": attacks.iiif(values),
        "HTTP": wrong_http.protocol(values)
    }
    statuses, told = {}, set()
    for kind, some in kinds.items():
        some = list(some)
        random.Random(run.seed).shuffle(some)
        if run.short and len(some) > 420:
            some = some[:420]
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for status in pool.map(lambda one: attempt(run, service, told, *one), some):
                statuses[status] = statuses.get(status, 0) + 1
        alive(run, service, process, kind)
        run.row(kind, f"{len(some)} in {time.monotonic() - began:.1f} s")
    for one in wrong_http.truncated(values):
        status = attempt(run, service, told, *one, ends=True)
        statuses[status] = statuses.get(status, 0) + 1
    alive(run, service, process, "bodies that are cut")
    bombs(run, service, told, process)
    run.row("answers by status", ", ".join(
        f"{n} × {s or 'closed'}" for s, n in sorted(statuses.items(), key=lambda x: x[0] or 0)))
    # Nothing of it has changed anything; what patched with success changed nothing.
    after = everything(service)
    run.expect(before == after, f"the works are others than before: {difference(before, after)}")
    time.sleep(1)
    left = [str(path.relative_to(service.temporary)) for path in service.temporary.rglob("*")]
    run.expect(not left, f"left in the temporary folder: {left[:5]}")
    home = [path.name for path in service.home.iterdir() if "upload" in path.name or path.name.endswith((".tmp", ".part"))]
    run.expect(not home, f"left in the home: {home}")
    figures = service.figures()
    if figures:
        run.row("memory now / most", f"{figures['rss'] >> 10} / {figures['peak'] >> 10} MiB")
        run.expect(figures["peak"] >> 10 < MEMORY, f"the daemon took {figures['peak'] >> 10} MiB")
    for fault in catalogue.entries(service.home):
        run.fault(fault)
    run.row("machine", load())
    run.row("SIGTERM to the end", f"{service.stop():.2f} s")


def attempt(run, service, told, name, make, right, ends=False, timeout=40):
    """The status; what is wrong is told once for each kind of attack."""
    data = make(service.host)

    def wrong(text):
        # One of a kind is enough.
        kind = name.split(" with ")[0].split("=")[0].split(": ")[0] + text[:40]
        if kind not in told:
            told.add(kind)
            run.fault(f"{name}: {text}")

    try:
        answer = wire.exchange(service.address, data, timeout, ends)
    except socket.timeout:
        wrong(f"no answer after {timeout} s")
        return None
    except (wire.Broken, OSError) as problem:
        wrong(f"{problem!r}")
        return None
    if answer is None:
        if None not in right:
            wrong("the connection was closed without an answer")
        return None
    if answer.status not in right:
        wrong(f"is {answer}, not {'/'.join(str(s) for s in sorted(right, key=str))}")
    if answer.status >= 400:
        fault = judging.problem(answer)
        if fault:
            wrong(f"its problem {fault}")
    leak = judging.leaks(answer, service.home, service.roots[0], sent=urllib.parse.unquote_to_bytes(data[:20_000]))
    if leak:
        wrong(f"tells {leak!r}")
    injected = answer.header("x-injected")
    if injected:
        wrong("a header of the attacker's came back")
    return answer.status


def alive(run, service, process, after):
    try:
        began = time.monotonic()
        answer = service.get("/v1/status", timeout=10)
        run.expect(answer.status == 200, f"after {after}: /v1/status is {answer}")
        run.expect(time.monotonic() - began < 3, f"after {after}: /v1/status took {time.monotonic() - began:.1f} s")
    except OSError as problem:
        run.fault(f"after {after}: no answer: {problem}")
    if not run.expect(service.alive and service.process.pid == process, f"after {after}: the daemon died: {service.tail()}"):
        raise AssertionError("the daemon is dead")


def everything(service):
    """What is said of every work, without what time alone changes."""
    works = {}
    for card in service.json("/v1/artworks?sort=id&limit=500")["artworks"]:
        works[card["id"]] = card
    return works


def difference(before, after):
    return [id for id in {*before, *after} if before.get(id) != after.get(id)][:5]


def bombs(run, service, told, process):
    """Images that ask for much with few bytes, as uploads."""
    made = run.work / "made"
    done = subprocess.run([
        sys.executable,
        str(ROOT / "tools" / "mutate-images"),
        str(ROOT / "Tests/ImagingTests/Fixtures/good"),
        str(made), "--count",
        str(run.size(12, 100, 1000)), "--seed",
        str(run.seed)
    ],
                          capture_output=True,
                          text=True)
    if done.returncode != 0:
        run.skip(f"bombs: {done.stderr[-200:]}")
        return
    # They take seconds to be refused, within the limits of the settings.
    slow = ("png-text-deflate.png", "gif-20000.gif", "tiff-30000-pages.tif", "png-20000-deflate.png", "gif-10000-frames.gif",
            "jpeg-scans.jpg")
    files = [path for path in sorted((made / "bombs").iterdir()) if not (run.short and path.name in slow)]
    mutated = sorted((made / "mutated").iterdir())
    largest, seconds, statuses = 0, {}, {}

    def send(one):
        number, path = one
        target = ("/v1/similar?k=1", "/v1/pictures")[number % 2]
        data = path.read_bytes()
        began = time.monotonic()
        # Some bombs and many mutated images are pictures after all.
        status = attempt(
            run, service, told, f"POST {target} with {path.name}", lambda host: wire.request(
                "POST", target, host, {"Content-Type": "application/octet-stream"}, data), {200, 201, 400, 413, 422}, timeout=120)
        statuses[status] = statuses.get(status, 0) + 1
        seconds[path.name] = time.monotonic() - began

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        sending = [pool.submit(send, one) for one in enumerate(files + mutated)]
        while not all(one.done() for one in sending):
            for worker in service.workers():
                try:
                    for line in open(f"/proc/{worker}/status"):
                        if line.startswith("VmHWM"):
                            largest = max(largest, int(line.split()[1]) >> 10)
                except OSError:
                    pass
            time.sleep(0.1)
    for one in sending:
        one.result()
    alive(run, service, process, "bombs")
    run.row("bombs and mutated images sent",
            f"{len(files)} and {len(mutated)}: " + ", ".join(f"{n} × {s}" for s, n in sorted(statuses.items(), key=str)))
    slowest = max(seconds, key=seconds.get)
    run.row("slowest of them", f"{slowest}, {seconds[slowest]:.1f} s; peak memory of a worker {largest} MiB")
