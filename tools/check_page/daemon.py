"""The daemon under test, over a copy of the samples."""
import csv
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]

#: A title that would run, were it ever taken for markup; and who must not have run.
HOSTILE_ID = "colour-field-06"
HOSTILE_TITLE = '<img src=x onerror="window.pwned=1">'


def newest_build():
    builds = [ROOT / ".build" / kind / "morelli" for kind in ("release", "debug")]
    return max((b for b in builds if b.exists()), key=lambda b: b.stat().st_mtime, default=None)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


class Daemon:
    """`morelli watch` over the samples; ready when all works are indexed."""

    def __init__(self, program, work):
        self.log = work / "daemon.log"
        self.pictures = work / "pictures"
        shutil.copytree(ROOT / "samples" / "works", self.pictures / "works")
        with open(ROOT / "samples" / "catalog.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["id"] == HOSTILE_ID:
                row["title"] = HOSTILE_TITLE
        with open(self.pictures / "catalog.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        self.count = len(rows)
        self.url = f"http://127.0.0.1:{free_port()}"
        home = work / "home"
        home.mkdir(mode=0o700)
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [str(program), "watch", str(self.pictures), "--home", str(home), "--listen", self.url.split("//")[1]],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=work, start_new_session=True,
                env={**os.environ, "MORELLI_HOME": str(home)})

    def wait(self, within=240):
        end = time.monotonic() + within
        state = None
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the daemon ended with {self.process.returncode}:\n{self.tail()}")
            try:
                state = get(self.url + "/v1/status")
                if state["works"] >= self.count and state["generation"] is not None and not state["pending"]:
                    return state
            except (OSError, urllib.error.URLError, ValueError):
                pass
            time.sleep(0.3)
        raise RuntimeError(f"the samples are not taken in after {within} s: {state}\n{self.tail()}")

    def tail(self):
        return self.log.read_text(errors="replace")[-1500:]

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
