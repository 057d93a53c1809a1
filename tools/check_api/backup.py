"""backup: a backup of a running daemon, while pictures come in and works are changed, restored elsewhere, answers the same.

Backups that are taken in the midst of it restore to sound homes; the one at the end to a home whose daemon gives equal answers. A
backup with a file cut, changed, missing or added is refused, and so is a home that is not empty, which stays as it was. What
`morelli export` writes is what the API exports, and what it writes as CSV changes nothing when it is imported.
"""
import hashlib
import json
import pathlib
import random
import shutil
import threading
import time

from check_daemon import catalogue, pictures
from check_daemon.base import load
from check_daemon.daemon import command

from . import catalogue_of
from .document import quoted
from .service import Service, museum


def check(run):
    roots, home = museum(run)
    incoming = run.folder("incoming")
    service = Service(run, home, [*roots, incoming]).start()
    ids = catalogue_of.ids(service, 50)
    busy = Busy(service, incoming, ids, run.seed, run.size(20, 60, 200))
    busy.start()
    taken = []
    while busy.is_alive() or len(taken) < 2:
        place = run.work / f"backup{len(taken)}"
        began = time.monotonic()
        done = command(run, home, "backup", place)
        if not run.expect(done.returncode == 0, f"backup: {done.returncode} {done.stderr[-300:]}"):
            break
        taken.append((place, time.monotonic() - began))
        time.sleep(run.size(1.5, 2, 4))
    busy.join()
    for fault in busy.faults[:5]:
        run.fault(fault)
    run.row(
        "backups while pictures came in and works were changed",
        f"{len(taken)}, longest {max((s for _, s in taken), default=0):.2f} s; "
        f"usual requests meanwhile at most {1000 * busy.slowest:.0f} ms")
    catalogue.wait_equal(home, [*roots, incoming], 40, refused={str(path) for path in roots[0].glob("broken*")})
    catalogue.wait_idle(service, 30)
    settled(run, service)
    last = run.work / "last"
    done = command(run, home, "backup", last)
    if not run.expect(done.returncode == 0, f"backup: {done.stderr[-300:]}"):
        return
    run.row("a backup",
            f"{len(list(last.rglob('*')))} files, {sum(p.stat().st_size for p in last.rglob('*') if p.is_file()) >> 10} KiB")
    again = command(run, home, "backup", last)
    run.expect(again.returncode == 1,
               f"a backup over another ends with {again.returncode}: {again.stdout[-200:]} {again.stderr[-200:]}")
    ids = catalogue_of.ids(service, 1000)
    targets = questions(ids, run.seed, run.size(20, 60, 300))
    before = catalogue_of.answers(service, targets)
    run.expect(
        sum(status == 200 for status, _ in before.values()) == len(before),
        "questions before the backup fail: " + str([(t, a) for t, a in before.items() if a[0] != 200][:2])[:300])
    exports(run, service)
    service.stop()

    restored = run.work / "restored"
    began = time.monotonic()
    done = command(run, restored, "restore", last)
    run.expect(done.returncode == 0, f"restore: {done.stderr[-300:]}")
    seconds = time.monotonic() - began
    other = Service(run, restored, [*roots, incoming], name="restored").start()
    after = catalogue_of.answers(other, targets)
    wrong = [target for target in targets if before[target] != after[target]]
    run.expect(
        not wrong, lambda: f"{len(wrong)} of {len(targets)} answers are others after restoring, such as {wrong[0]}: "
        f"{catalogue_of.first_difference(before[wrong[0]], after[wrong[0]])}")
    run.row("restored, answers compared", f"in {seconds:.2f} s, {len(targets)} equal" if not wrong else f"{len(wrong)} differ")
    catalogue.wait_idle(other, 20)
    state = other.status() or {"counts": {}}
    run.expect(not state["counts"].get("added") and not state["counts"].get("missing"),
               f"after restoring, files are new or missing: {state['counts']}")
    other.stop()
    verified = command(run, restored, "verify", "--bytes")
    run.expect(verified.returncode == 0, f"verify of the restored home: {verified.stdout[-300:]} {verified.stderr[-300:]}")
    for number, (place, _) in enumerate(taken if run.full else taken[:2]):
        middle = run.work / f"middle{number}"
        done = command(run, middle, "restore", place)
        run.expect(done.returncode == 0, f"restore of a backup in the midst: {done.stderr[-300:]}")
        verified = command(run, middle, "verify")
        run.expect(verified.returncode == 0,
                   f"verify of a backup in the midst: {verified.stdout[-300:]} {verified.stderr[-300:]}")
        for fault in catalogue.entries(middle):
            run.fault(f"a backup in the midst: {fault}")
        shutil.rmtree(middle, ignore_errors=True)
    corrupt(run, last, restored)
    run.row("machine", load())


def settled(run, service):
    """Texts, and what is built of them, follow some seconds after what they are made of: here they are made at once."""
    made = service.call("POST", "/v1/rebuild", b'{"texts":true}', {"Content-Type": "application/json"}, timeout=120)
    run.expect(made.status == 200, f"rebuild: {made}")
    probe = questions(catalogue_of.ids(service, 1000), run.seed, 10)
    before, began = None, time.monotonic()
    while (now := catalogue_of.answers(service, probe)) != before and time.monotonic() - began < 60:
        before = now
        time.sleep(2)
    run.expect(now == before, lambda: f"answers still change 60 s after a rebuild: {catalogue_of.first_difference(before, now)}")


class Busy(threading.Thread):
    """Pictures come in, works are changed, somebody asks."""
    def __init__(self, service, folder, ids, seed, count):
        super().__init__(daemon=True)
        self.service, self.folder, self.ids, self.count = service, folder, ids, count
        self.rng, self.slowest, self.faults = random.Random(seed), 0.0, []

    def run(self):
        for number in range(self.count):
            (self.folder / f"new{number}.png").write_bytes(pictures.png(f"backup {number} {self.rng.random()}"))
            id = self.rng.choice(self.ids)
            began = time.monotonic()
            try:
                answer = self.service.call("PATCH", f"/v1/artworks/{quoted(id)}",
                                           json.dumps({"title": f"Title {number}"}).encode(),
                                           {"Content-Type": "application/json"})
                if answer.status != 200:
                    self.faults.append(f"PATCH meanwhile: {answer}")
                answer = self.service.get(f"/v1/similar?like={quoted(id)}&k=3")
                if answer.status != 200:
                    self.faults.append(f"a question meanwhile: {answer}")
            except OSError as problem:
                self.faults.append(f"no answer meanwhile: {problem!r}")
            self.slowest = max(self.slowest, time.monotonic() - began)
            time.sleep(0.1)


def questions(ids, seed, count):
    rng = random.Random(seed)
    targets = [
        "/v1/artworks?sort=id&limit=500", "/v1/columns", "/v1/facets?columns=artist,style,room", "/v1/export?format=jsonl",
        "/v1/timeline", "/v1/quarantine", "/v1/similar?text=mist&k=30", "/v1/similar?palette=%231d3557:2,%23e63946&k=30",
        "/v1/duplicates"
    ]
    for _ in range(count):
        a, b = rng.sample(ids, 2)
        targets += [
            f"/v1/similar?like={quoted(a)}&k=20",
            f"/v1/similar?like={quoted(a)}&unlike={quoted(b)}&text=wave&weights=colour=2&k=20", f"/v1/artworks/{quoted(a)}"
        ]
    return targets


def exports(run, service):
    for form in ("csv", "jsonl", "linked-art"):
        out = run.work / f"export.{form}"
        done = command(run, service.home, "export", "catalog", "--format", form)
        said = done.stdout.encode()
        if done.returncode != 0 or not said:
            run.fault(f"export catalog --format {form}: {done.returncode} {done.stderr[-200:]}")
            continue
        out.write_bytes(said)
        over = service.get(f"/v1/export?format={form}").body
        if form == "csv":
            # Addresses in a file are those of the disk, which the API doesn't tell: the rows are the same.
            run.expect(
                over.count(b"\n") == said.count(b"\n"),
                f"/v1/export?format=csv has {over.count(10)} lines, the command {said.count(10)}")
            again = run.work / "again.csv"
            again.write_bytes(over)
            tried = command(run, service.home, "import", again, "--dry-run")
            run.expect(tried.returncode == 0, f"what was exported can't be imported: {tried.stdout[-200:]} {tried.stderr[-300:]}")
            run.row("import of the exported CSV, dry", tried.stdout.strip().replace("\n", "; ")[-160:])
        elif form == "jsonl":
            run.expect(
                over.count(b"\n") == said.count(b"\n"), "/v1/export?format=jsonl has another number of works than the command")
            for line in over.splitlines():
                json.loads(line)
        else:
            for line in over.splitlines():
                json.loads(line)


def corrupt(run, backup, home):
    """Backups that are not what was written."""
    def state(folder):
        return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}

    told = set(json.loads((backup / "backup.json").read_text())["files"]) | {"backup.json"}
    files = [p.relative_to(backup) for p in sorted(backup.rglob("*")) if p.is_file() and str(p.relative_to(backup)) in told]
    rng, tried = random.Random(run.seed), 0

    def refused(what, change):
        nonlocal tried
        tried += 1
        spoilt, into = run.work / "spoilt", run.work / "into"
        shutil.copytree(backup, spoilt)
        change(spoilt)
        done = command(run, into, "restore", spoilt)
        run.expect(done.returncode == 1, f"a backup with {what} is restored with {done.returncode}: {done.stdout[-200:]}")
        run.expect(done.stderr.strip(), f"a backup with {what} is refused without a word")
        run.expect(not (into / "catalog.sqlite").exists(), f"a backup with {what} leaves a home behind")
        shutil.rmtree(spoilt)
        shutil.rmtree(into, ignore_errors=True)

    for file in files:
        size = (backup / file).stat().st_size

        def flip(folder, file=file, size=size):
            with open(folder / file, "r+b") as open_file:
                at = rng.randrange(size)
                open_file.seek(at)
                old = open_file.read(1)
                open_file.seek(at)
                open_file.write(bytes([old[0] ^ 0x40]))

        if size:
            refused(f"a byte of {file} changed", flip)
            refused(f"{file} cut", lambda folder, file=file, size=size: (folder / file).open("r+b").truncate(size // 2))
        refused(f"{file} missing", lambda folder, file=file: (folder / file).unlink())
    refused("nothing in it", lambda folder: [p.unlink() for p in folder.rglob("*") if p.is_file()])
    # What no checksum covers doesn't come with it: a log beside the catalogue would be taken into it.
    strange = run.work / "strange"
    shutil.copytree(backup, strange)
    for name in ("catalog.sqlite-wal", "catalog.sqlite-journal", "index/9", "daemon.sock"):
        (strange / name).write_bytes(b"strange")
    done = command(run, run.work / "into", "restore", strange)
    left = [p.name for p in (run.work / "into").rglob("*") if p.is_file() and p.read_bytes() == b"strange"]
    run.expect(done.returncode in (0, 1) and not left, f"files that a backup doesn't name are restored: {left}")
    shutil.rmtree(run.work / "into", ignore_errors=True)
    before = state(home)
    done = command(run, home, "restore", backup)
    run.expect(done.returncode == 1, f"restoring over a home ends with {done.returncode}")
    run.expect(state(home) == before, "restoring over a home changed it")
    done = command(run, run.work / "nowhere", "restore", pathlib.Path(run.work / "no-such-backup"))
    run.expect(done.returncode == 1, f"restoring nothing ends with {done.returncode}")
    run.row("spoilt backups, refused", tried)
