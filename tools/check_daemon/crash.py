"""crash: the daemon and its workers are killed at random moments under load; at the end the catalogue equals the folder.

The load: files dropped (written in place, or under another name and renamed), copied, overwritten, renamed and deleted, folders
made, renamed and deleted, works removed, catalogue files dropped and imported from the command line, rebuilds. It goes on while
no daemon runs. Before each kill the daemon is asked what it finds; all of that must be in the catalogue afterwards.
"""
import csv
import os
import pathlib
import random
import shutil
import threading
import time

from . import catalogue, pictures
from .base import load
from .daemon import Daemon, command, gone


class Load(threading.Thread):
    """Changes a folder, so many times a second, until it is stopped."""

    def __init__(self, run, folder, home, seed, rate, most):
        super().__init__(daemon=True)
        self.run_, self.folder, self.home, self.rate, self.most = run, folder, home, rate, most
        self.rng = random.Random(seed)
        self.counter = 0
        self.over = threading.Event()
        self.actions = {}
        self.problem = None
        self.rows = {}          # id: [file relative to the folder, title]
        self.removed = set()    # ids
        self.commands = []
        for name in ("a", "b", "catalogued", "removed"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def run(self):
        kinds = {self.drop: 34, self.drop_renamed: 12, self.copy: 4, self.overwrite: 12, self.replace: 6, self.rename: 12,
                 self.delete: 9, self.new_folder: 2, self.rename_folder: 3, self.delete_folder: 1, self.catalogued: 6,
                 self.import_command: 1, self.remove: 4, self.rebuild: 1}
        try:
            while not self.over.is_set():
                kind = self.rng.choices(list(kinds), list(kinds.values()))[0]
                if len(self.files()) > self.most and kind in (self.drop, self.drop_renamed, self.copy):
                    kind = self.delete
                if kind() is not False:
                    self.actions[kind.__name__] = self.actions.get(kind.__name__, 0) + 1
                self.over.wait(self.rng.expovariate(self.rate))
        except Exception as problem:
            self.problem = problem

    def stop(self):
        self.over.set()
        self.join()
        for process in self.commands:
            process.join(60)

    # What is there.

    def files(self):
        return sorted(p for p in self.folder.glob("[ab]*/**/*") if p.is_file())

    def folders(self):
        return sorted(p for p in self.folder.glob("[ab]*/**") if p.is_dir())

    def any_file(self):
        files = self.files()
        return self.rng.choice(files) if files else None

    def fresh(self):
        self.counter += 1
        return pictures.picture(f"{self.rng.random()}")

    def fresh_path(self, suffix):
        folder = self.rng.choice(self.folders() or [self.folder / "a"])
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"p{self.counter}.{suffix}"

    # What happens.

    def drop(self):
        suffix, data = self.fresh()
        path = self.fresh_path(suffix)
        with open(path, "wb") as file:
            for at in range(0, len(data), 4096):
                file.write(data[at:at + 4096])
                file.flush()

    def drop_renamed(self):
        suffix, data = self.fresh()
        path = self.fresh_path(suffix)
        other = path.with_name(path.name + self.rng.choice([".tmp", ".part", ".upload", "~"]))
        other.write_bytes(data)
        other.rename(path)

    def copy(self):
        path = self.any_file()
        if path is None:
            return False
        self.counter += 1
        shutil.copyfile(path, self.fresh_path(path.suffix[1:]))

    def overwrite(self):
        path = self.any_file()
        if path is None:
            return False
        path.write_bytes(self.fresh()[1])

    def replace(self):
        path = self.any_file()
        if path is None:
            return False
        other = self.folder / f"new{self.counter}.tmp"
        other.write_bytes(self.fresh()[1])
        other.rename(path)

    def rename(self):
        path = self.any_file()
        if path is None:
            return False
        self.counter += 1
        path.rename(self.fresh_path(path.suffix[1:]))

    def delete(self):
        path = self.any_file()
        if path is None:
            return False
        path.unlink()

    def new_folder(self):
        self.counter += 1
        folder = self.rng.choice(self.folders() or [self.folder / "a"]) / f"d{self.counter}"
        if len(folder.parts) - len(self.folder.parts) > 5:
            return False
        made = self.folder / f"made{self.counter}.tmp"
        made.mkdir()
        for number in range(self.rng.randrange(1, 4)):
            suffix, data = self.fresh()
            (made / f"q{number}.{suffix}").write_bytes(data)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)

    def rename_folder(self):
        folders = [f for f in self.folders() if f.parent != self.folder]
        if not folders:
            return False
        folder = self.rng.choice(folders)
        self.counter += 1
        to = self.folder / self.rng.choice("ab") / f"r{self.counter}"
        if folder in to.parents:
            return False
        to.parent.mkdir(exist_ok=True)
        folder.rename(to)

    def delete_folder(self):
        folders = [f for f in self.folders() if f.parent != self.folder]
        if not folders:
            return False
        shutil.rmtree(self.rng.choice(folders))

    def catalogued(self):
        """A file with a row, or another title for one, or a better scan or another name of one."""
        number = len(self.rows)
        if number < 60 and self.rng.random() < 0.5:
            suffix, data = self.fresh()
            name = f"catalogued/c{number}.{suffix}"
            self.rows[f"w-{number}"] = [name, f"Title {number}"]
            path = self.folder / name
            if self.rng.random() < 0.5:
                path.write_bytes(data)
                self.write_rows()
            else:
                self.write_rows()
                path.write_bytes(data)
            return
        if not self.rows:
            return False
        key = self.rng.choice(sorted(self.rows))
        row = self.rows[key]
        if int(key[2:]) % 2:
            # These are renamed, the others get better scans: who does both at once has made another file.
            to = f"catalogued/c{key[2:]}n{self.counter}{pathlib.Path(row[0]).suffix}"
            self.counter += 1
            (self.folder / row[0]).rename(self.folder / to)
            row[0] = to
        else:
            (self.folder / row[0]).write_bytes(self.fresh()[1])
        row[1] = f"Title {key[2:]}, {self.counter}"
        self.write_rows()

    def write_rows(self, path=None):
        path = path or self.folder / "catalog.csv"
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "file", "title"])
            for key, (name, title) in sorted(self.rows.items()):
                writer.writerow([key, name, title])

    def in_background(self, *arguments, done=lambda result: None):
        """False where two commands are under way already: people don't start a third, and this would pile up."""
        self.commands = [thread for thread in self.commands if thread.is_alive()]
        if len(self.commands) >= 2:
            return False

        def work():
            try:
                done(command(self.run_, self.home, *arguments))
            except Exception as problem:
                self.problem = problem
        thread = threading.Thread(target=work, daemon=True)
        self.commands.append(thread)
        thread.start()
        return True

    def import_command(self):
        path = self.folder / "rows.txt"
        self.write_rows(path)
        return self.in_background("import", path)

    def rebuild(self):
        return self.in_background("rebuild")

    def remove(self):
        """Drops a file of its own, and takes the work of one that was dropped before out."""
        if len(self.removed) < 20:
            (self.folder / "removed" / f"x{self.counter}.png").write_bytes(pictures.png(self.rng.random()))
        self.counter += 1
        try:
            works = [work for path, work in catalogue.read(
                self.home, "SELECT path, artworkID FROM file JOIN artwork ON artwork.id = artworkID WHERE NOT removed")
                if os.fsdecode(path).startswith(f"{self.folder}/removed/")]
        except Exception:
            return False
        if not works:
            return False

        def done(result, work=works[0]):
            if result.returncode == 0:
                self.removed.add(work)
        return self.in_background("remove", works[0], done=done)


def check(run):
    folder, home = run.folder("watched"), run.work / "home"
    kills = run.options.kills or run.size(6, 40, 200)
    work = Load(run, folder, home, run.seed, rate=15, most=run.size(150, 400, 800))
    rng = random.Random(run.seed + 1)
    daemon = Daemon(run, [folder], home)
    for number in range(20):
        suffix, data = pictures.picture(f"first {run.seed} {number}")
        (folder / "a" / f"f{number}.{suffix}").write_bytes(data)
    daemon.start()
    work.start()
    lost, ready = 0, []
    for number in range(kills):
        # Also while it starts.
        time.sleep(rng.choice([rng.uniform(0, 0.25), rng.uniform(0.2, 2.5)]))
        if not daemon.alive:
            run.fault(f"it ended by itself with {daemon.process.returncode}: {daemon.tail()}")
        told = {}
        if number % 2:
            try:
                told = daemon.findable(5000, timeout=10)
            except (OSError, AssertionError, ValueError):
                pass
        left = daemon.kill()
        run.expect(not left, f"workers outlive a killed daemon: {left}")
        if told:
            stored = {os.fsdecode(row[0]) for row in catalogue.read(home, "SELECT path FROM file")}
            works = {row[0] for row in catalogue.read(home, "SELECT id FROM artwork UNION SELECT alias FROM alias")}
            # A file that was renamed meanwhile is there with its work.
            for path, result in told.items():
                if path not in stored and result["id"] not in works:
                    lost += 1
                    run.fault(f"found before kill {number}, not in the catalogue after it: {path} ({result['id']})")
        began = time.monotonic()
        daemon.start(wait=False)
        if number % 5 == 4:
            daemon.wait_ready()
            ready.append(time.monotonic() - began)
    work.stop()
    if work.problem:
        run.fault(f"the load itself failed: {work.problem!r}")
    work.write_rows()
    run.row("kills of the daemon", kills)
    run.row("changes of the folder", f"{sum(work.actions.values())}: "
            + ", ".join(f"{n} {k.replace('_', ' ')}" for k, n in sorted(work.actions.items())))
    if ready:
        run.row("from start to answering, longest", f"{max(ready):.2f} s")
    daemon.wait_ready()
    settle(run, daemon, folder, home, "after the last kill")
    workers_killed(run, daemon, folder, home, rng)
    final(run, daemon, folder, home, work)


def settle(run, daemon, folder, home, when, within=None):
    seconds, faults = catalogue.wait_equal(home, [folder], within or run.size(25, 60, 120))
    run.row(f"catalogue equals folder {when}", f"{seconds:.1f} s" if not faults else "never")
    for fault in faults:
        run.fault(f"{when}: {fault}")


def workers_killed(run, daemon, folder, home, rng):
    """Every good file gets in, whoever kills the workers."""
    count, killed = run.size(30, 100, 400), 0
    for number in range(count):
        (folder / f"w{number}.png").write_bytes(pictures.png(f"worker {run.seed} {number}", 400, 300))
    end = time.monotonic() + run.size(6, 20, 60)
    import signal
    while time.monotonic() < end:
        for worker in daemon.workers():
            try:
                os.kill(worker, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
        # The moments that matter are those of work.
        time.sleep(rng.uniform(0.05, 0.5))
        if not catalogue.difference(home, [folder]):
            break
    run.row("kills of workers", f"{killed} while {count} files came in")
    # Whose decoder was killed ten times waits for 5, then 30, then 120 s.
    settle(run, daemon, folder, home, "after the workers' kills", run.size(45, 180, 400))
    run.expect(daemon.alive, "the daemon died with its workers")


def final(run, daemon, folder, home, work):
    catalogue.wait_idle(daemon, 30)
    disk = catalogue.on_disk(folder)
    for fault in catalogue.entries(home):
        run.fault(fault)
    refused = catalogue.quarantine(home)
    run.expect(not refused, lambda: f"good files are refused: {list(refused.items())[:5]}")
    titles = dict(catalogue.read(home, "SELECT id, title FROM artwork"))
    owners = {os.fsdecode(path): work for path, work in catalogue.read(
        home, "SELECT path, artworkID FROM file WHERE missingSince IS NULL")}
    for key, (name, title) in work.rows.items():
        run.expect(titles.get(key) == title, f"{key} is titled {titles.get(key)!r}, and its row says {title!r}")
        path = str(folder / name)
        run.expect(owners.get(path) == key, f"{name} belongs to {owners.get(path)}, and its row says {key}")
    back = {row[0] for row in catalogue.read(home, "SELECT id FROM artwork WHERE NOT removed")} & work.removed
    run.expect(not back, f"removed works are back: {sorted(back)}")
    run.row("at the end", f"{len(disk)} files, {len(catalogue.missing(home))} missing, {len(work.rows)} works with rows, "
            f"{len(work.removed)} removed")
    found = daemon.findable(5000)
    gone_works = {row[0] for row in catalogue.read(home, "SELECT id FROM artwork WHERE removed OR isAbsent")}
    expected = set(owners.values()) - gone_works
    answered = {result["id"] for result in found.values()}
    run.expect(answered == expected, lambda: f"answers lack {len(expected - answered)} works and have "
               f"{len(answered - expected)} too many: {sorted(answered ^ expected)[:5]}")
    some = sorted(expected)[:: max(1, len(expected) // 5)][:5]
    by_daemon = [command(run, home, "similar", work, "--json", "-k", "20").stdout for work in some]
    run.row("SIGTERM to the end", f"{daemon.stop():.2f} s")
    run.expect(daemon.process.returncode == 0, f"SIGTERM ends it with {daemon.process.returncode}")
    alone = [command(run, home, "similar", work, "--json", "-k", "20").stdout for work in some]
    for a, b, name in zip(by_daemon, alone, some):
        run.expect(_answers(a) == _answers(b), f"the daemon answers otherwise than the command alone for {name}")
    verified = command(run, home, "verify", "--bytes", "--json", timeout=300)
    run.row("`verify --bytes`", "sound" if verified.returncode == 0 else f"exit {verified.returncode}")
    run.expect(verified.returncode == 0, f"verify: {(verified.stdout + verified.stderr)[:600]}")
    run.row("machine", load())


def _answers(text):
    """All but the time that it took."""
    import json
    document = json.loads(text)
    document.pop("took_ms", None)
    return document
