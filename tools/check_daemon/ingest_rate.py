"""ingest-rate: JPEGs of 12 megapixels a second, beside what decoding them alone could do, and questions meanwhile.

The ceiling is `vipsthumbnail`, to the size of the working image, over the same files on as many processes as there are
processors. The daemon's time is from the moment that the files are moved into its folder, all at once, to the last one's
transaction. Once alone, once with ten questions a second.
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import threading
import time

from . import catalogue, pictures
from .base import Skipped, load, percentile
from .daemon import Daemon

SHARE = 0.75
QUESTION = 0.05


def check(run):
    if not shutil.which("vipsthumbnail"):
        raise Skipped("no vipsthumbnail (Debian: libvips-tools) to compare with")
    aside, folder, home = run.folder("aside"), run.folder("watched"), run.work / "home"
    count = run.options.count or run.size(12, 60, 120)
    side = (2000, 1500) if run.short else (4000, 3000)
    different = run.size(2, 6, 10)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda n: pictures.large_jpeg(aside, *side, n), range(different)))
    sets = []
    for number in range(2):
        path = run.folder(f"set{number}")
        for n in range(count):
            (path / f"{number}-{n}.jpg").write_bytes(pictures.marked(made[n % different], f"{run.seed} {number} {n}"))
        sets.append(path)
    for path in pictures.WORKS.glob("*.jpg"):
        shutil.copyfile(path, folder / path.name)
    run.row("JPEGs", f"{count} of {side[0]} × {side[1]}, {sum(map(len, made)) // len(made) >> 10} KiB each")
    run.row("machine at the beginning", load())
    daemon = Daemon(run, [folder], home)
    daemon.start()
    catalogue.wait_equal(home, [folder], 60)
    catalogue.wait_idle(daemon, 30)
    works = [row[0] for row in catalogue.read(home, "SELECT id FROM artwork LIMIT 20")]
    ceilings = [ceiling(run, sets[0])]
    rates = []
    for path, asks in ((sets[0], False), (sets[1], True)):
        over, times = threading.Event(), []
        asking = threading.Thread(target=questions, args=(daemon, works, over, times), daemon=True)
        if asks:
            asking.start()
        began = time.monotonic()
        for file in sorted(path.iterdir()):
            file.rename(folder / file.name)
        expected = {str(folder / f"{path.name[3:]}-{n}.jpg") for n in range(count)}
        end = time.monotonic() + 20 + 2 * count
        while time.monotonic() < end and len(expected & _in(home)) < count:
            time.sleep(0.05)
        seconds = time.monotonic() - began
        over.set()
        left = count - len(expected & _in(home))
        run.expect(not left, f"{left} of {count} files are not in")
        rates.append(count / seconds)
        if asks:
            asking.join()
            if times:
                p95 = percentile(times, 0.95)
                run.row(f"{len(times)} questions meanwhile", f"median {percentile(times, 0.5) * 1000:.0f} ms, p95 "
                        f"{p95 * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms")
                # The short form has too few files and questions to judge by.
                run.expect(run.short or p95 < QUESTION, f"the p95 of questions is {p95 * 1000:.0f} ms")
        catalogue.wait_idle(daemon, 20)
        if not asks:
            ceilings.append(ceiling(run, folder, expected))
    daemon.stop()
    best = sum(ceilings) / len(ceilings)
    run.row("decoding alone (vipsthumbnail)", ", ".join(f"{c:.1f}" for c in ceilings) + " files a second (before, after)")
    run.row("the daemon", f"{rates[0]:.1f} files a second, {rates[0] / best:.0%} of that")
    run.row("the daemon with questions", f"{rates[1]:.1f} files a second, {rates[1] / best:.0%} of that")
    run.row("machine at the end", load())
    if not run.short:
        run.expect(rates[0] / best >= SHARE, f"{rates[0] / best:.0%} of what decoding alone does, less than {SHARE:.0%}")


def _in(home):
    return set(catalogue.known(home))


def ceiling(run, folder, files=None):
    """Files a second."""
    files = sorted(files or map(str, folder.iterdir()))
    width = os.cpu_count()
    out = run.folder("thumbnails")
    began = time.monotonic()
    processes = [subprocess.Popen(
        ["vipsthumbnail", "--size", "512x512", "-o", f"{out}/%s.jpg", *files[n::width]],
        env={**os.environ, "VIPS_CONCURRENCY": "1"}) for n in range(width) if files[n::width]]
    for process in processes:
        process.wait()
    return len(files) / (time.monotonic() - began)


def questions(daemon, works, over, times):
    number = 0
    while not over.wait(0.1):
        work = works[number % len(works)]
        number += 1
        began = time.monotonic()
        code, answer = daemon.ask("POST", "/v1/answers", {
            "terms": {"weights": {}, "count": 10, "diversity": 0, "facets": []},
            "like": [{"name": work, "id": work}], "unlike": []})
        if code != 200:
            daemon.run.fault(f"a question is answered {code}: {json.dumps(answer)[:200]}")
            return
        times.append(time.monotonic() - began)
