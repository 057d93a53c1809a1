"""What the catalogue holds, read from its tables, and what it is compared with: the folders."""
import hashlib
import os
import sqlite3
import time

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif")


def read(home, sql, *values):
    """Rows, from a connection of its own that never writes."""
    connection = sqlite3.connect(f"file:{home}/catalog.sqlite?mode=ro", uri=True, timeout=20)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def known(home):
    """{path: SHA-256} of the files that are there."""
    return {os.fsdecode(path): bytes(content).hex() for path, content in read(
        home, "SELECT path, contentHash FROM file WHERE missingSince IS NULL")}


def missing(home):
    return {os.fsdecode(row[0]) for row in read(home, "SELECT path FROM file WHERE missingSince IS NOT NULL")}


def quarantine(home):
    """{path: (code, reason)}"""
    return {os.fsdecode(path): (code, reason)
            for path, code, reason in read(home, "SELECT path, code, reason FROM quarantine")}


_hashes = {}


def on_disk(*roots):
    """{path: SHA-256} of the images below folders."""
    found = {}
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders[:] = [f for f in folders if not f.startswith(".")]
            for name in names:
                if not name.lower().endswith(SUFFIXES) or name.startswith("."):
                    continue
                path = os.path.join(folder, name)
                try:
                    now = os.stat(path)
                    key = (now.st_ino, now.st_dev, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
                    if key not in _hashes:
                        with open(path, "rb") as file:
                            _hashes[key] = hashlib.sha256(file.read()).hexdigest()
                    found[path] = _hashes[key]
                except FileNotFoundError:
                    pass
                except PermissionError:
                    found[path] = "can't be read"
    return found


def difference(home, roots, refused=()):
    """What is wrong between folders and the catalogue, in sentences; none when they are equal."""
    disk, here = on_disk(*roots), known(home)
    faults = [f"not in: {p}" for p in disk if p not in here and p not in refused]
    faults += [f"in, and not on disk: {p}" for p in here if p not in disk]
    faults += [f"other bytes than on disk: {p}" for p in here if p in disk and here[p] != disk[p]]
    faults += [f"marked missing, and there: {p}" for p in missing(home) if p in disk]
    return faults


def wait_equal(home, roots, within, refused=(), every=0.3):
    """Waits until the catalogue equals the folders and stays so for a moment. Returns (seconds, faults that are left)."""
    began = time.monotonic()
    faults = ["nothing was compared"]
    while time.monotonic() - began < within:
        try:
            faults = difference(home, roots, refused)
        except sqlite3.OperationalError as error:
            faults = [f"the catalogue can't be read: {error}"]
        if not faults:
            at = time.monotonic() - began
            time.sleep(1)
            faults = difference(home, roots, refused)
            if not faults:
                return at, []
        time.sleep(every)
    return time.monotonic() - began, faults


def wait_idle(daemon, within=60, quiet=1.2):
    """Waits until nothing has been counted and nothing waits for so long."""
    end = time.monotonic() + within
    last, since = None, time.monotonic()
    while time.monotonic() < end:
        state = daemon.status()
        if state:
            now = (state["counts"], state["queue"])
            if now != last or any(state["queue"].values()):
                last, since = now, time.monotonic()
            elif time.monotonic() - since > quiet:
                return state
        time.sleep(0.1)
    return None


def entries(home):
    """Faults of the catalogue with itself: what is there twice, works without reason, vectors that are missing."""
    faults = []
    for sql, text in (
        ("SELECT path FROM file GROUP BY path HAVING count(*) > 1", "a path twice"),
        ("SELECT id FROM artwork WHERE isMinted AND id NOT IN (SELECT artworkID FROM file)", "a minted work without a file"),
        ("SELECT path FROM file WHERE (SELECT count(*) FROM block WHERE fileID = file.id "
         "AND name IN ('colour', 'texture', 'shape', 'embedding')) < 4", "a file lacks blocks"),
        ("SELECT path FROM quarantine WHERE path IN (SELECT path FROM file WHERE missingSince IS NULL)",
         "in, and refused too"),
        # One content is one work, wherever no catalogue says otherwise.
        ("SELECT hex(contentHash) FROM file JOIN artwork ON artwork.id = artworkID WHERE isMinted "
         "GROUP BY contentHash HAVING count(DISTINCT artworkID) > 1", "one picture is two works"),
    ):
        faults += [f"{text}: {row[0]}" for row in read(home, sql)]
    for (result,) in read(home, "PRAGMA integrity_check"):
        if result != "ok":
            faults.append(f"the database: {result}")
    return faults
