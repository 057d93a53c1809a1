#!/usr/bin/env python3
"""A home with as many works as there are signatures, for measuring how a large collection starts and answers.

usage: make_collection.py SIGNATURES HOME [--morelli .build/release/morelli]

SIGNATURES is a folder that make_signatures.py made (visual.npy, signatures.json). HOME is made anew and must not exist. The works are
called w0000001 … and have no images: their files' paths lead nowhere. The catalogue is written past the program, its triggers set
aside while it is filled; `morelli rebuild --home HOME` then builds the index. A million works take some minutes and 6 GB.
Needs numpy.
"""
import argparse
import hashlib
import json
import pathlib
import sqlite3
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
BATCH = 20_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("signatures", type=pathlib.Path)
    parser.add_argument("home", type=pathlib.Path)
    parser.add_argument("--morelli", default=str(ROOT / ".build/release/morelli"))
    a = parser.parse_args()
    if a.home.exists():
        sys.exit(f"{a.home} exists")
    told = json.loads((a.signatures / "signatures.json").read_text())
    rows = np.load(a.signatures / "visual.npy", mmap_mode="r")
    subprocess.run([a.morelli, "init", "--home", a.home], check=True, stdout=subprocess.DEVNULL)
    status = json.loads(subprocess.run([a.morelli, "status", "--home", a.home, "--json"], check=True, capture_output=True).stdout)
    blocks, start = [], 0
    for block, weight in zip(told["blocks"], told["weights"]):
        end = start + block["dimension"]
        blocks.append((block["name"], status["blocks"][block["name"]]["version"], slice(start, end), np.sqrt(weight)))
        start = end
    database = sqlite3.connect(a.home / "catalog.sqlite", isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    database.execute("BEGIN")
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    for name, version, part, _ in blocks:
        database.execute("INSERT INTO blockInUse (name, version, dimension) VALUES (?, ?, ?)",
                         (name, version, part.stop - part.start))
    for first in range(0, len(rows), BATCH):
        part = np.asarray(rows[first:first + BATCH], np.float32)
        numbers = range(first + 1, first + 1 + len(part))
        ids = [f"w{number:07d}" for number in numbers]
        paths = [f"/nowhere/{i}.jpg".encode() for i in ids]
        hashes = [hashlib.sha256(i.encode()).digest() for i in ids]
        database.executemany(
            "INSERT INTO artwork (id, isMinted, removed, addedAt, updatedAt) VALUES (?, 0, 0, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')",
            ((i,) for i in ids))
        database.executemany("INSERT INTO wordsRow (id, artworkID, isStale) VALUES (?, ?, 0)", zip(numbers, ids))
        database.executemany(
            "INSERT INTO file (id, artworkID, path, name, contentHash, pictureHash, format, width, height, size, modified, changed,"
            " inode, addedAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, 'jpeg', 600, 400, 1, 1, 1, ?, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')",
            ((n, i, p, p.rpartition(b"/")[2], h, h, n) for n, i, p, h in zip(numbers, ids, paths, hashes)))
        for name, version, columns, root in blocks:
            vectors = np.ascontiguousarray(part[:, columns] / root, dtype="<f4")
            database.executemany("INSERT INTO block (fileID, name, version, vector) VALUES (?, ?, ?, ?)",
                                 ((n, name, version, v.tobytes()) for n, v in zip(numbers, vectors)))
        if (first // BATCH) % 10 == 0:
            print(f"{first + len(part)} works", file=sys.stderr)
    database.execute("INSERT INTO signatureChange (key, change) SELECT id, id FROM file")
    database.execute("UPDATE changeCounter SET value = (SELECT count(*) FROM file)")
    for _, sql in triggers:
        database.execute(sql)
    database.execute("COMMIT")
    database.close()
    print(f"{len(rows)} works in {a.home}.")


if __name__ == "__main__":
    main()
