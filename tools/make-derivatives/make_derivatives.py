#!/usr/bin/env python3
"""Derivatives of artworks: what happens to a picture between one copy of it and another.

usage: make_derivatives.py [--set val|train] [--sample N] [--seed S] OUT_DIR

Reads $MORELLI_SHARED/artworks/SET (default ../shared beside the repository, val), writes OUT_DIR/KIND/ID.jpg (.png where
the kind says so) for every kind, and OUT_DIR/derivatives.csv: `file,original,kind,group`. The same arguments write the
same pictures. --sample takes N works by chance, otherwise all are taken.

Sizes are in per cent of the picture's own sides. What is left to chance (which corner, which way round) comes from the
work's id. Needs numpy and opencv-python-headless.
"""
import argparse
import csv
import os
import pathlib
import random
import zlib

import cv2
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("MORELLI_SHARED", ROOT.parent / "shared")).resolve()
WHITE = (255, 255, 255)


def resized(p, x, y=None):
    size = (max(8, round(p.shape[1] * x)), max(8, round(p.shape[0] * (y or x))))
    return cv2.resize(p, size, interpolation=cv2.INTER_AREA if x < 1 else cv2.INTER_CUBIC)


def cropped(p, left, top, right, bottom):
    """What is left when so many per cent are cut off each side."""
    h, w = p.shape[:2]
    return p[round(h * top / 100): h - round(h * bottom / 100), round(w * left / 100): w - round(w * right / 100)]


def cropped_one_way(p, percent, chance):
    """Cut off one side across and one side down only: what is left is out of centre."""
    x, y = chance.random() < 0.5, chance.random() < 0.5
    return cropped(p, percent * x, percent * y, percent * (not x), percent * (not y))


def bordered(p, percent, colour):
    b = round(max(p.shape[:2]) * percent / 100)
    return cv2.copyMakeBorder(p, b, b, b, b, cv2.BORDER_CONSTANT, value=colour)


def wooden_frame(p, percent, chance):
    """A moulding with grain along its four mitred sides, lit from one corner."""
    b = round(max(p.shape[:2]) * percent / 100)
    h, w = p.shape[0] + 2 * b, p.shape[1] + 2 * b
    noise = np.random.default_rng(chance.randrange(1 << 30)).normal(0, 1, (h, w)).astype(np.float32)
    grain = [cv2.GaussianBlur(noise, (0, 0), sigmaX=a, sigmaY=c) for a, c in ((12, 0.7), (0.7, 12))]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    sides = np.stack([y, h - 1 - y, x, w - 1 - x])  # distance from top, bottom, left, right
    side, depth = sides.argmin(0), sides.min(0) / b
    shade = np.choose(side, [1.15, 0.75, 1.05, 0.85]) * (0.7 + 0.5 * np.sin(np.pi * np.clip(depth, 0, 1)) ** 2)
    shade += 0.25 * np.where(side < 2, grain[0] / grain[0].std(), grain[1] / grain[1].std()) * 0.5
    wood = np.array(chance.choice([(35, 62, 98), (58, 120, 165), (30, 34, 42)]), np.float32)
    framed = np.clip(wood * shade[..., None], 0, 255).astype(np.uint8)
    framed[b:h - b, b:w - b] = p
    return framed


def matted(p, chance):
    """On a cream mat, in a narrow dark frame."""
    return bordered(bordered(p, 9, (222, 236, 240)), 2, (28, 32, 40))


def rotated(p, degrees, inside):
    """Turned on a white ground of the same size; `inside`: the largest upright part without ground."""
    h, w = p.shape[:2]
    turn = cv2.getRotationMatrix2D(((w - 1) / 2, (h - 1) / 2), degrees, 1)
    turned = cv2.warpAffine(p, turn, (w, h), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=WHITE)
    if not inside:
        return turned
    t = np.tan(np.radians(abs(degrees)))
    x, y = 100 * t * h / 2 / w + 0.5, 100 * t * w / 2 / h + 0.5
    return cropped(turned, x, y, x, y)


def toned(p, gamma=1.0, gains=(1, 1, 1), saturation=1.0, low=0, high=255):
    """Gamma, then gains of B, G, R, then saturation, then black and white moved to `low` and `high`."""
    x = 255 * (p / 255.0) ** gamma * np.array(gains)
    grey = x @ np.array([0.114, 0.587, 0.299])
    x = grey[..., None] + saturation * (x - grey[..., None])
    return np.clip(low + x * (high - low) / 255, 0, 255).round().astype(np.uint8)


def photographed(p, chance):
    """Taken again: a degree askew, cut a little out of centre, another light that falls off, noise."""
    p = rotated(p, chance.choice([-1, 1]) * chance.uniform(0.3, 1.2), inside=True)
    cut = [chance.uniform(0, 2.5) for _ in range(4)]
    p = cropped(p, *cut)
    h, w = p.shape[:2]
    y, x = np.mgrid[-1:1:h * 1j, -1:1:w * 1j]
    a = chance.uniform(0, 2 * np.pi)
    light = 1 + 0.15 * (np.cos(a) * x + np.sin(a) * y) - 0.08 * (x * x + y * y)
    warm = chance.uniform(-0.1, 0.1)
    p = toned(p, gamma=chance.uniform(0.8, 1.25), gains=(1 - warm, 1, 1 + warm), low=chance.uniform(0, 15))
    noise = np.random.default_rng(chance.randrange(1 << 30)).normal(0, 3, p.shape)
    return np.clip(p * light[..., None] + noise, 0, 255).astype(np.uint8)


# kind: (group, JPEG quality or None for PNG, what is done; it gets the picture and a source of chance)
KINDS = {
    **{f"jpeg-{q}": ("recompressed", q, lambda p, c: p) for q in (90, 70, 50, 30)},
    "png": ("recompressed", None, lambda p, c: p),
    "resized-25": ("resized", 90, lambda p, c: resized(p, 0.25)),
    "resized-50": ("resized", 90, lambda p, c: resized(p, 0.5)),
    "resized-80": ("resized", 90, lambda p, c: resized(p, 0.8)),
    "resized-200": ("resized", 90, lambda p, c: resized(p, 2)),
    "stretched-120": ("stretched", 90, lambda p, c: resized(p, 1.2, 1) if c.random() < 0.5 else resized(p, 1, 1.2)),
    "gamma-0.7": ("colour", 85, lambda p, c: toned(p, gamma=0.7)),
    "gamma-1.5": ("colour", 85, lambda p, c: toned(p, gamma=1.5)),
    "warm": ("colour", 85, lambda p, c: toned(p, gains=(0.8, 1, 1.12))),
    "cool": ("colour", 85, lambda p, c: toned(p, gains=(1.15, 1, 0.85))),
    "faded": ("colour", 85, lambda p, c: toned(p, saturation=0.6, low=35, high=225)),
    "saturated": ("colour", 85, lambda p, c: toned(p, saturation=1.6)),
    "grey": ("colour", 85, lambda p, c: toned(p, saturation=0)),
    **{f"cropped-{n}": ("cropped", 85, lambda p, c, n=n: cropped(p, n, n, n, n)) for n in (2, 5, 10)},
    **{f"cropped-off-centre-{n}": ("cropped", 85, lambda p, c, n=n: cropped_one_way(p, n, c)) for n in (2, 5, 10)},
    "border-white-5": ("framed", 85, lambda p, c: bordered(p, 5, WHITE)),
    "border-black-5": ("framed", 85, lambda p, c: bordered(p, 5, (0, 0, 0))),
    "border-white-15": ("framed", 85, lambda p, c: bordered(p, 15, WHITE)),
    "frame-wood-6": ("framed", 85, lambda p, c: wooden_frame(p, 6, c)),
    "mat-and-frame": ("framed", 85, matted),
    **{f"rotated-{n}": ("rotated", 85, lambda p, c, n=n: rotated(p, n * c.choice([-1, 1]), False)) for n in (1, 2, 3)},
    **{f"rotated-inside-{n}": ("rotated", 85, lambda p, c, n=n: rotated(p, n * c.choice([-1, 1]), True))
       for n in (1, 2, 3)},
    "flipped": ("flipped", 85, lambda p, c: cv2.flip(p, 1)),
    "photographed": ("photographed", 80, photographed),
}


def originals(name):
    """Rows of the set's table, with the path of the image."""
    folder = SHARED / "artworks" / name
    with open(folder / "artworks.csv", newline="", encoding="utf-8") as table:
        return [row | {"path": folder / row["file"]} for row in csv.DictReader(table)]


def sampled(rows, count, seed):
    """So many rows by chance, in the order of their ids; all if there are fewer."""
    if count >= len(rows):
        return rows
    return sorted(random.Random(seed).sample(rows, count), key=lambda r: r["id"])


def make(rows, out):
    """Writes every kind of every row; returns the table's rows."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for kind, (group, quality, change) in KINDS.items():
        (out / kind).mkdir(exist_ok=True)
        for row in rows:
            picture = cv2.imread(str(row["path"]), cv2.IMREAD_COLOR)
            chance = random.Random(zlib.crc32(f"{kind} {row['id']}".encode()))
            file = out / kind / (row["id"] + (".png" if quality is None else ".jpg"))
            options = [] if quality is None else [cv2.IMWRITE_JPEG_QUALITY, quality]
            if not cv2.imwrite(str(file), change(picture, chance), options):
                raise SystemExit(f"{file} can't be written")
            made.append({"file": str(file.relative_to(out)), "original": row["id"], "kind": kind, "group": group})
    with open(out / "derivatives.csv", "w", newline="", encoding="utf-8") as table:
        writer = csv.DictWriter(table, ["file", "original", "kind", "group"])
        writer.writeheader()
        writer.writerows(made)
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=["val", "train"], default="val")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    rows = originals(arguments.set)
    if arguments.sample is not None:
        rows = sampled(rows, arguments.sample, arguments.seed)
    made = make(rows, arguments.out)
    print(f"{len(made)} derivatives of {len(rows)} works, {len(KINDS)} kinds, in {arguments.out}")


if __name__ == "__main__":
    main()
