"""resources: what a daemon runs out of, and what is taken away from it. A clear message, no loss, and on again without a restart."""
import concurrent.futures
import time

from .base import Skipped, load
from .lacks import clock, denied, disk_full, locked, read_only_home, settings
from .takings import empty_at_start, long_home, roots, second, stopping


def check(run):
    def attempt(part):
        began = time.monotonic()
        try:
            said = part(run)
        except Skipped as reason:
            said = f"left out: {reason}"
        except Exception as problem:
            run.fault(f"{part.__name__}: {problem!r} at line {problem.__traceback__.tb_next.tb_lineno}")
            said = "failed"
        return f"{said} ({time.monotonic() - began:.1f} s)"

    parts = (roots, locked, denied, empty_at_start, disk_full, stopping, settings, clock, read_only_home, second,
             long_home)
    # Each has a home and folders of its own, and mostly waits.
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for part, said in zip(parts, pool.map(attempt, parts)):
            run.row(part.__name__.replace("_", " "), said.replace(str(run.work), "…"))
    run.row("machine", load())
