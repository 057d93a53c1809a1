"""What is printed, and what programs took."""
import json
import os
import subprocess
import time

from check_daemon.base import percentile


class Report:
    """Rows as they are measured; what is wrong goes to the run."""

    def __init__(self, run):
        self.run = run

    def head(self, title, note=""):
        print(f"\n#### {title}\n\n{note + chr(10) + chr(10) if note else ''}| | number | p50 ms | p95 ms | p99 ms | most ms | a second"
              " | processor ms each |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)

    def row(self, name, times, wall=None, wrong=(), processor=None):
        """processor: seconds that the daemon took of it meanwhile, for whatever."""
        for text in wrong:
            self.run.fault(text)
        if not times:
            print(f"| {name} | 0 | - | - | - | - | - | - |", flush=True)
            return
        cells = [f"{1000 * percentile(times, share):.1f}" for share in (0.5, 0.95, 0.99, 1)]
        each = f"{1000 * processor / len(times):.1f}" if processor is not None else "-"
        rate = f"{len(times) / wall:.0f}" if wall else "-"
        print(f"| {name} | {len(times)} | {' | '.join(cells)} | {rate} | {each} |", flush=True)

    def say(self, text):
        print(text, flush=True)


class Done:
    """A command that has ended."""

    def __init__(self, status, seconds, peak, processor, output, errors):
        self.status, self.seconds, self.peak, self.processor = status, seconds, peak, processor
        self.output, self.errors = output, errors

    @property
    def told(self):
        return json.loads(self.output)

    def __str__(self):
        return f"{self.seconds:.1f} s (processors {self.processor:.1f} s), at most {self.peak / 1024:.0f} MiB"


def command(run, *words, good=(0,)):
    """Runs the program; its own peak of memory in KiB. A status that isn't good is wrong."""
    out, err = run.work / "out", run.work / "err"
    began = time.monotonic()
    with open(out, "wb") as o, open(err, "wb") as e:
        process = subprocess.Popen([str(run.morelli), *map(str, words)], stdout=o, stderr=e, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    done = Done(process.returncode, time.monotonic() - began, usage.ru_maxrss, usage.ru_utime + usage.ru_stime,
                out.read_text(errors="replace"), err.read_text(errors="replace"))
    run.expect(done.status in good, f"morelli {' '.join(map(str, words))}: exit status {done.status}: {done.errors[-400:]}")
    return done


def processor(pid):
    """Seconds of processors that a process has had."""
    with open(f"/proc/{pid}/stat") as line:
        return sum(map(int, line.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    """MiB of a process, in words."""
    with open(f"/proc/{pid}/status") as lines:
        kept = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("VmHWM", "RssAnon", "RssFile"))}
    return f"{kept['RssAnon']:.0f} MiB of its own, {kept['RssFile']:.0f} MiB of mapped files, {kept['VmHWM']:.0f} MiB at most"
