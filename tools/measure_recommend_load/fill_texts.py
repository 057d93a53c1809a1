#!/usr/bin/env python3
"""Text blocks for works that have none yet, made of those that others have: for homes so large that encoding would take hours.

usage: python3 fill_texts.py HOME [--morelli .build/release/morelli]

HOME's works have entries, and some of them (the first that `morelli import` came to before it was interrupted) their text blocks. Every
other work gets that of one of them with the same style, turned a little. Written past the program; then `morelli rebuild` makes the
index. For measuring times alone: what such works are like is made up. Needs numpy.
"""
import argparse
import pathlib
import sqlite3
import subprocess

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=pathlib.Path)
    parser.add_argument("--morelli", default=str(ROOT / ".build/release/morelli"))
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    rng = np.random.default_rng(a.seed)
    database = sqlite3.connect(a.home / "catalog.sqlite", isolation_level=None)
    made = database.execute("SELECT style, version, vector FROM textBlock JOIN artwork ON id = artworkID ORDER BY id").fetchall()
    vectors = np.stack([np.frombuffer(vector, "<f4") for _, _, vector in made])
    by_style = {}
    for row, (style, _, _) in enumerate(made):
        by_style.setdefault(style, []).append(row)
    missing = database.execute(
        "SELECT id, style FROM artwork WHERE id NOT IN (SELECT artworkID FROM textBlock) ORDER BY id").fetchall()
    database.execute("BEGIN")
    for work, style in missing:
        one = vectors[rng.choice(by_style.get(style) or range(len(made)))] + 0.4 * vectors[rng.integers(len(made))]
        database.execute("INSERT INTO textBlock (artworkID, version, vector) VALUES (?, ?, ?)",
                         (work, made[0][1], (one / np.linalg.norm(one)).astype("<f4").tobytes()))
    database.execute("COMMIT")
    database.close()
    print(f"{len(missing)} text blocks made of {len(made)}.")
    subprocess.run([a.morelli, "rebuild", "--home", a.home], check=True)


if __name__ == "__main__":
    main()
