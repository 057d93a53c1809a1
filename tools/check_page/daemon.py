"""The daemon under test, over a copy of the samples."""
import csv
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import time
import urllib.error
import urllib.request
import zlib

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


#: A picture that is larger than any preview of it.
LARGE_ID, LARGE_SIZE = "large-picture", (2600, 1900)


def large_png():
    """Stripes and a wide gradient, uncompressed by any library of ours."""
    width, height = LARGE_SIZE
    line = lambda y: bytes(v for x in range(width) for v in ((x * 255) // width, (y * 255) // height, 255 if (x // 5 + y // 5) % 2 else 40))
    stripes = [line(y) for y in (0, height // 2, height - 1)]
    rows = b"".join(b"\0" + stripes[y * 3 // height] for y in range(height))
    part = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + part(b"IDAT", zlib.compress(rows, 1)) + part(b"IEND", b""))


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
        (self.pictures / "works" / "large.png").write_bytes(large_png())
        rows.append({**dict.fromkeys(rows[0], ""), "id": LARGE_ID, "file": "works/large.png", "title": "Large"})
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
                # What is not in the index yet is searched beside it: nothing has to be waited for but the measuring. Works are known
                # by the catalogue before their pictures are even looked at, so these are counted as well.
                if min(state["works"], state["files"]) >= self.count and not state["queue"]["waiting"] and not state["queue"]["measuring"]:
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
