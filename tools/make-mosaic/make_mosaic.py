#!/usr/bin/env python3
"""Makes a photograph-like JPEG of 12 megapixels: a mosaic of paintings, for measuring how long a large scan takes.

usage: make_mosaic.py IMAGES_DIR OUT.jpg [--width 4000] [--height 3000] [--seed 1]

Pictures of IMAGES_DIR in random order, each enlarged to a tile of 500 pixels with a little grain on top (an enlargement alone
has no fine detail, and would decode faster than a photograph); quality 90, chroma 4:2:0, baseline.

Needs numpy and opencv-python-headless.
"""
import argparse
import pathlib
import sys

import cv2
import numpy as np

TILE = 500


def mosaic(files, width, height, seed):
    rng = np.random.default_rng(seed)
    files = [files[i] for i in rng.permutation(len(files))]
    canvas = np.zeros((height, width, 3), np.uint8)
    number = 0
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            picture = cv2.imread(str(files[number % len(files)]), cv2.IMREAD_COLOR)
            number += 1
            if picture is None:
                sys.exit(f"cannot be read: {files[number - 1]}")
            tile = cv2.resize(picture, (TILE, TILE), interpolation=cv2.INTER_CUBIC).astype(np.float32)
            tile += rng.normal(0, 4, tile.shape[:2])[..., None]
            part = canvas[top:top + TILE, left:left + TILE]
            part[:] = np.clip(tile, 0, 255)[:part.shape[0], :part.shape[1]]
    return canvas


def write(files, path, width=4000, height=3000, seed=1):
    done = cv2.imwrite(str(path), mosaic(files, width, height, seed), [
        cv2.IMWRITE_JPEG_QUALITY, 90, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420])
    if not done:
        sys.exit(f"cannot be written: {path}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("images"); p.add_argument("out")
    p.add_argument("--width", type=int, default=4000); p.add_argument("--height", type=int, default=3000)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    files = sorted(f for f in pathlib.Path(a.images).iterdir() if f.suffix.lower() in (".jpg", ".jpeg", ".png"))
    if not files:
        sys.exit(f"no pictures in {a.images}")
    write(files, a.out, a.width, a.height, a.seed)


if __name__ == "__main__":
    main()
