"""The load that the crash and the soak scenarios put on a daemon: a folder that changes all the time, and commands beside."""
import csv
import os
import pathlib
import random
import shutil
import threading

from . import catalogue, pictures
from .daemon import command


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
