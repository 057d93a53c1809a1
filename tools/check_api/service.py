"""The daemon with its HTTP API, over a small museum made from samples/."""
import atexit
import csv
import pathlib
import re
import shutil
import socket
import tempfile
import time

from check_daemon import pictures
from check_daemon.base import ROOT
from check_daemon.daemon import Daemon, command

from . import wire

SAMPLES = ROOT / "samples"
# Ids that a path has to survive. The catalogue allows all but control characters and a dash in front.
ODD_ID = "odd/../id ?&#%2e+ü艺"
HOSTILE_TITLE = "<img src=x onerror=alert(1)> \"'; DROP TABLE artwork; -- \U0001f3a8"
BROKEN = "broken scan.jpg"


class Service(Daemon):
    """`morelli watch` with an address; questions over TCP."""
    def __init__(self, run, home=None, roots=None, *, listen="127.0.0.1", arguments=(), **more):
        if home is None:
            roots, home = museum(run, more.get("name", "daemon"))
        self.port = free_port()
        self.listen = listen
        self.key = None
        self.temporary = run.folder(f"tmp-{more.get('name', 'daemon')}")
        super().__init__(run, roots, home, arguments=["--listen", f"{listen}:{self.port}", *arguments], **more)

    @property
    def address(self):
        return ("127.0.0.1", self.port)

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    def start(self, wait=True, environment=None, within=30):
        return super().start(wait, {"TMPDIR": str(self.temporary), **(environment or {})}, within)

    def wait_ready(self, within=30):
        super().wait_ready(within)
        end = time.monotonic() + within
        while True:
            try:
                with socket.create_connection(self.address, timeout=5):
                    return
            except OSError:
                if time.monotonic() > end or not self.alive:
                    raise AssertionError(f"nobody listens on {self.host}: {self.tail()}") from None
                time.sleep(0.05)

    def get(self, target, **more):
        return self.call("GET", target, **more)

    def call(self, method, target, body=None, headers=(), key=True, timeout=30):
        """Sends one request on a connection of its own; the key of this service goes with it."""
        headers = dict(headers)
        if key and self.key and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.key}"
        answer = wire.exchange(self.address, wire.request(method, target, self.host, headers, body), timeout, method=method)
        if answer is None:
            raise OSError(f"no answer to {method} {target[:200]}")
        return answer

    def json(self, target, **more):
        answer = self.get(target, **more)
        if answer.status != 200:
            raise AssertionError(f"GET {target}: {answer}")
        return answer.json()

    def make_key(self, scope, name=None):
        """The new key, as `morelli key create` prints it."""
        made = command(self.run, self.home, "key", "create", name or f"check-{scope}", "--scope", scope)
        words = re.findall(r"[A-Za-z0-9_\-.+/=]{20,}", made.stdout)
        if made.returncode != 0 or not words:
            raise AssertionError(f"key create: {made.returncode}, {made.stdout!r} {made.stderr!r}")
        return max(words, key=len)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


_made = {}


def museum(run, name="daemon"):
    """(folders, home) of its own: some samples, works with odd ids and titles, a copy, and a file that is refused."""
    count = run.size(3, 4, 12)
    if count not in _made:
        place = pathlib.Path(tempfile.mkdtemp(prefix="check-api-museum-", dir=run.options.work))
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        place.chmod(0o755)
        _furnish(place / "works", count)
        done = command(run, place / "home", "ingest", str(place / "works"), "--catalog", str(place / "works" / "catalog.csv"), timeout=200)
        if done.returncode not in (0, 2):
            raise AssertionError(f"ingest: {done.stderr[-400:]}")
        _made[count] = place
    place = _made[count]
    home = run.work / f"home-{name}"
    shutil.copytree(place / "home", home, symlinks=True)
    # Nothing that the API does changes a picture's file.
    return [place / "works"], home


def _furnish(folder, each):
    folder.mkdir()
    with open(SAMPLES / "catalog.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    taken, seen = [], {}
    for row in rows:
        seen[row["style"]] = seen.get(row["style"], 0) + 1
        if seen[row["style"]] <= each:
            name = pathlib.Path(row["file"]).name
            shutil.copyfile(SAMPLES / row["file"], folder / name)
            taken.append({**row, "file": name, "room": f"Room {1 + len(taken) % 4}", "credit": ""})
    for number, (id, title) in enumerate([(ODD_ID, HOSTILE_TITLE), ("odd-2", "=cmd|' /C calc'!A0"),
                                          ("odd-3", "多行\nTitle, \"quoted\"")]):
        (folder / f"odd {number}.png").write_bytes(pictures.png(f"odd {number}", 90, 70))
        taken.append({
            **dict.fromkeys(taken[0], ""), "id": id, "file": f"odd {number}.png", "title": title, "artist": "N. N.",
            "credit": "<b>Gift</b>"
        })
    # A copy and a picture that is none.
    shutil.copyfile(folder / taken[0]["file"], folder / "a copy.jpg")
    (folder / BROKEN).write_bytes(pictures.samples(".jpg")[0][:2000])
    with open(folder / "catalog.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, taken[0].keys())
        writer.writeheader()
        writer.writerows(taken)
