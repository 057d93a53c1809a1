"""soak: a mix of everything for --minutes; descriptors, memory and threads are flat at the end.

The load of the crash scenario, broken files that come and go, slow writers, killed workers, pauses by SIGSTOP, reloads by SIGHUP,
questions and commands all the while. A sample each ten seconds: the last third's mean is compared with the middle third's.
"""
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time

from . import catalogue, pictures
from .base import ROOT, load, percentile
from .changes import Load
from .daemon import Daemon, command


def check(run):
    minutes = run.options.minutes or run.size(0.5, 5, 30)
    folder, home, made = run.folder("watched"), run.work / "home", run.work / "made"
    subprocess.run([sys.executable, str(ROOT / "tools" / "mutate-images"), str(ROOT / "Tests/ImagingTests/Fixtures/good"),
                    str(made), "--count", "400", "--seed", str(run.seed)], capture_output=True, check=True)
    broken = sorted((made / "mutated").iterdir())
    work = Load(run, folder, home, run.seed, rate=8, most=run.size(120, 300, 300))
    daemon = Daemon(run, [folder], home)
    daemon.start()
    process = daemon.process.pid
    work.start()
    rng = random.Random(run.seed)
    over, times = threading.Event(), []
    bad = folder / "damaged"
    bad.mkdir()
    troubles, did = [], {}

    def meddle():
        number = 0
        while not over.wait(rng.uniform(0.2, 1.5)):
            kind = rng.choice(["broken"] * 6 + ["clear", "worker", "worker", "stop", "reload", "slow", "command", "metrics"])
            did[kind] = did.get(kind, 0) + 1
            try:
                if kind == "broken":
                    file = rng.choice(broken)
                    (bad / f"{number}-{file.name}").write_bytes(file.read_bytes())
                    number += 1
                elif kind == "clear":
                    for path in bad.iterdir():
                        path.unlink()
                elif kind == "worker":
                    for worker in daemon.workers()[:1]:
                        os.kill(worker, signal.SIGKILL)
                elif kind == "stop":
                    daemon.signal(signal.SIGSTOP)
                    time.sleep(rng.uniform(0.1, 2))
                    daemon.signal(signal.SIGCONT)
                elif kind == "reload":
                    daemon.signal(signal.SIGHUP)
                elif kind == "slow":
                    data = pictures.png(rng.random(), 160, 120)
                    with open(folder / "a" / f"slow{rng.randrange(9)}.png", "wb", buffering=0) as file:
                        for at in range(0, len(data), 2000):
                            file.write(data[at:at + 2000])
                            time.sleep(0.03)
                elif kind == "command":
                    done = command(run, home, *rng.choice([
                        ("status", "--json"), ("quarantine", "list", "--json"), ("quarantine", "retry"), ("search", "title"),
                        ("duplicates", "--json")]))
                    if done.returncode not in (0, 1, 2):
                        troubles.append(f"{done.args[1:3]} ends with {done.returncode}: {done.stderr[-200:]}")
                elif kind == "metrics":
                    daemon.ask("GET", "/metrics")
            except ProcessLookupError:
                pass
            except (OSError, AssertionError, subprocess.TimeoutExpired) as problem:
                troubles.append(f"{kind}: {problem!r}")

    def ask():
        while not over.wait(0.5):
            began = time.monotonic()
            try:
                daemon.findable(20, colour=f"#{rng.randrange(1 << 24):06x}")
                times.append(time.monotonic() - began)
            except (OSError, AssertionError) as problem:
                troubles.append(f"a question: {problem!r}")

    threads = [threading.Thread(target=meddle), threading.Thread(target=ask)]
    for thread in threads:
        thread.start()
    samples, end = [], time.monotonic() + 60 * minutes
    every = min(10, 60 * minutes / 30)
    longest, last = 0, time.monotonic()
    while time.monotonic() < end and daemon.alive:
        time.sleep(every)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
        figures = daemon.figures()
        if figures:
            samples.append(figures)
    over.set()
    for thread in threads:
        thread.join()
    work.stop()
    run.expect(daemon.alive and daemon.process.pid == process, f"the daemon ended: {daemon.tail()}")
    if work.problem:
        run.fault(f"the load itself failed: {work.problem!r}")
    for trouble in troubles[:5]:
        run.fault(trouble)
    for path in bad.iterdir():
        path.unlink()
    seconds, faults = catalogue.wait_equal(home, [folder], 60)
    for fault in faults:
        run.fault(f"at the end: {fault}")
    for fault in catalogue.entries(home):
        run.fault(fault)
    run.row("time", f"{minutes:g} minutes, {len(samples)} samples")
    run.row("changes of the folder", f"{sum(work.actions.values())}")
    run.row("beside", ", ".join(f"{n} {k}" for k, n in sorted(did.items())))
    run.row("questions", f"{len(times)}, median {percentile(times, 0.5) * 1000:.0f} ms, p95 {percentile(times, 0.95) * 1000:.0f} ms,"
            f" longest {max(times) * 1000:.0f} ms" if times else "none")
    run.expect(longest < 6 * every + 10, f"nothing was seen for {longest:.0f} s: the check itself was suspended")
    third = len(samples) // 3
    for name, unit, slack in (("rss", "MiB", 12), ("threads", "", 2), ("descriptors", "", 4)):
        values = [s[name] / (1024 if unit else 1) for s in samples]
        parts = [values[:third], values[third:2 * third], values[2 * third:]]
        means = [statistics.mean(part) for part in parts if part]
        run.row(f"{name} by thirds, most", " / ".join(f"{m:.1f}" for m in means) + f", {max(values):.0f} {unit}")
        if len(means) == 3 and not run.short:
            run.expect(means[2] <= means[1] * 1.05 + slack, f"{name} grow: {means[1]:.1f} to {means[2]:.1f} {unit}")
    run.row("settled", f"{seconds:.1f} s after the end" if not faults else "never")
    counts = daemon.status()["counts"]
    run.row("the daemon's counts", ", ".join(f"{n} {k}" for k, n in counts.items()))
    run.row("SIGTERM to the end", f"{daemon.stop():.2f} s")
    verified = command(run, home, "verify", "--bytes", timeout=300)
    run.expect(verified.returncode == 0, f"verify: {(verified.stdout + verified.stderr)[:400]}")
    run.row("`verify --bytes`", "sound" if verified.returncode == 0 else f"exit {verified.returncode}")
    run.row("machine", load())
