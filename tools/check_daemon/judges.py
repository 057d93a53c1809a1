"""judges: what the other scenarios judge by sees what is wrong. A sound home is spoilt in each way, and each must be told."""
import sqlite3

from . import catalogue, pictures
from .bad_input import not_finite
from .base import load
from .daemon import Daemon, command

FILE = "(SELECT id FROM file WHERE CAST(path AS TEXT) LIKE '%/{}')"
NOT_A_NUMBER = "CAST(zeroblob(length(vector) - 4) || x'0000c07f' AS BLOB)"
SPOILT = {
    "p2.png": "UPDATE file SET missingSince = '2026-01-01' WHERE id = " + FILE,
    "p3.png": "DELETE FROM block WHERE name = 'colour' AND fileID = " + FILE,
    "p4.png": f"UPDATE block SET vector = {NOT_A_NUMBER} WHERE name = 'shape' AND fileID = " + FILE,
    "p5.png": "INSERT INTO quarantine SELECT path, 'corrupt', 'a reason', 1, 0, 0, 0, 0, '', addedAt, addedAt FROM file WHERE id = "
    + FILE,
    "p6.png": "UPDATE file SET contentHash = (SELECT contentHash FROM file WHERE CAST(path AS TEXT) LIKE '%/p7.png') WHERE id = "
    + FILE,
}


def check(run):
    folder, home = run.folder("watched"), run.work / "home"
    for number in range(8):
        (folder / f"p{number}.png").write_bytes(pictures.png(f"judged {run.seed} {number}"))
    daemon = Daemon(run, [folder], home)
    daemon.start()
    _, faults = catalogue.wait_equal(home, [folder], 30)
    daemon.stop()

    def told():
        return catalogue.difference(home, [folder]) + catalogue.entries(home) + not_finite(home)

    before = faults + told()
    run.expect(not before, f"a sound home is called unsound: {before[:3]}")
    (folder / "p0.png").write_bytes(pictures.png("another"))
    (folder / "p1.png").unlink()
    (folder / "new.png").write_bytes(pictures.png("new"))
    with sqlite3.connect(home / "catalog.sqlite") as connection:
        for name, sql in SPOILT.items():
            connection.execute(sql.format(name))
    connection.close()
    after = "\n".join(told())
    names = ("p0.png", "p1.png", "new.png", *SPOILT)
    for name, text in zip(names, ("other bytes", "not on disk", "not in", "marked missing", "lacks blocks", "shape", "refused too",
                                  "other bytes")):
        seen = any(text in line and (f"/{name}" in line) for line in after.splitlines())
        run.expect(seen, f"not told of {name}: {text}")
    run.expect("one picture is two works" in after, "not told that one picture is two works")
    verified = command(run, home, "verify", "--bytes")
    run.expect(verified.returncode == 1, f"`verify --bytes` ends with {verified.returncode}")
    run.row("ways of spoiling a home, each told", len(names) + 1)
    run.row("machine", load())
