#!/usr/bin/env python3
"""Makes Morelli's sample collection: twelve families of twelve pictures, and their catalogue.

    python make_samples.py                       write ../../samples (works/ and catalog.csv)
    python make_samples.py --check               make them again elsewhere and compare
    python make_samples.py --only op_art,ink_wash --out /somewhere
    python make_samples.py --list                what would be written, and how

Needs Python ≥ 3.11 and what requirements.txt names. The same seed gives the same pixels (see
README.md for what that rests on).
"""

import argparse
import csv
import io
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from colour import colour_words
from deal import Work, deal
from encode import decode, write
from families import FAMILIES
from palettes import jittered
from picture import Picture

SEED = 1870
HERE = Path(__file__).resolve().parent
COLUMNS = ("id", "file", "title", "artist", "date", "style", "genre", "medium", "description", "tags")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _title(picture: Picture, rng, taken: set[str]) -> str:
    for k in rng.permutation(len(picture.titles)):
        if picture.titles[k] not in taken:
            taken.add(picture.titles[k])
            return picture.titles[k]
    base, n = picture.titles[0], 2
    while f"{base} ({n})" in taken:
        n += 1
    taken.add(f"{base} ({n})")
    return f"{base} ({n})"


def _row(work: Work, picture: Picture, rng, taken: set[str]) -> dict[str, str]:
    """The catalogue's line; the colours named are measured on the pixels."""
    seen = picture.pixels
    if picture.alpha is not None:
        seen = picture.pixels[picture.alpha > 0.5].reshape(1, -1, 3).repeat(6, 0)
    if work.plan.kind.endswith("-grey"):
        seen = np.repeat((seen @ np.array([0.299, 0.587, 0.114], np.float32))[..., None], 3, -1)
    colours = colour_words(seen)
    subject = picture.subject[0].upper() + picture.subject[1:]
    words = f"{subject}. {picture.manner} Chiefly {_listed(colours)}; {picture.mood} in mood."
    return {
        "id": Path(work.file).stem, "file": work.file, "title": _title(picture, rng, taken), "artist": work.artist, "date": work.date, "style": work.module.LABEL,
        "genre": picture.genre, "medium": work.module.MEDIUM, "description": words, "tags": ";".join(dict.fromkeys(picture.tags + colours)),
    }


def make(out: Path, seed: int, families) -> list[Work]:
    """Writes the works and the catalogue under `out`."""
    (out / "works").mkdir(parents=True, exist_ok=True)
    works, rows, taken = deal(seed, families), [], set()
    for work in works:
        rng = np.random.default_rng(work.seed)
        picture = work.module.paint(rng, jittered(work.palette, rng), work.width, work.height, work.subject)
        write(out / work.file, picture.pixels, work.plan, picture.alpha)
        rows.append(_row(work, picture, rng, taken))
        print(f"{work.file}  {work.width}×{work.height}  {work.palette}, {work.subject}", file=sys.stderr)
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    (out / "catalog.csv").write_bytes(text.getvalue().encode("utf-8"))
    return works


def check(out: Path, seed: int, families) -> int:
    """Makes everything again and compares with `out`; returns the number of differences.

    Equal bytes pass at once. Otherwise the decoded samples are compared: lossless files must be
    equal, lossy ones may differ a little, since another version of a coder rounds elsewhere.
    """
    bad = recoded = 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        works = make(fresh, seed, families)
        for work in works:
            mine, theirs = fresh / work.file, out / work.file
            if not theirs.is_file():
                print(f"missing: {work.file}")
                bad += 1
            elif mine.read_bytes() != theirs.read_bytes():
                a, b = decode(mine), decode(theirs)
                if len(a) != len(b) or any(p.shape != q.shape or p.dtype != q.dtype for p, q in zip(a, b)):
                    print(f"another shape: {work.file}")
                    bad += 1
                    continue
                apart = max(float(np.abs(p.astype(float) - q.astype(float)).mean()) for p, q in zip(a, b))
                if apart > (0.0 if work.plan.lossless else 2.0):
                    print(f"differs: {work.file}, {apart:.3g} levels on average")
                    bad += 1
                else:
                    recoded += 1
        if tuple(families) == FAMILIES:
            if (fresh / "catalog.csv").read_bytes() != (out / "catalog.csv").read_bytes():
                print("differs: catalog.csv")
                bad += 1
            for stray in sorted(p.name for p in (out / "works").iterdir() if f"works/{p.name}" not in {w.file for w in works}):
                print(f"not ours: works/{stray}")
                bad += 1
    print(f"{len(works)} works: {bad} differences, {recoded} the same picture in other bytes")
    return bad


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--out", type=Path, default=HERE.parent.parent / "samples", help="folder to write (default: the repository's samples/)")
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--only", default="", help="comma-separated families")
    arguments.add_argument("--check", action="store_true", help="compare with what is there; exit status 1 if it differs")
    arguments.add_argument("--list", action="store_true", help="print the plan and stop")
    given = arguments.parse_args()
    families = tuple(given.only.split(",")) if given.only else FAMILIES
    if unknown := set(families) - set(FAMILIES):
        arguments.error(f"no such family: {', '.join(sorted(unknown))}; there are {', '.join(FAMILIES)}")
    if given.list:
        for w in deal(given.seed, families):
            print(f"{w.file}\t{w.width}×{w.height}\t{w.palette}\t{w.subject}\t{w.plan.note or w.plan.kind}")
        return 0
    if given.check:
        return 1 if check(given.out, given.seed, families) else 0
    make(given.out, given.seed, families)
    return 0


if __name__ == "__main__":
    sys.exit(main())
