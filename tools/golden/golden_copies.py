#!/usr/bin/env python3
"""Reference values for the tests of copy detection, from OpenCV, SciPy and Pillow.

usage: golden_copies.py OUT_DIR        (OUT_DIR = Tests/FeaturesTests/Golden; writes copies.json)

The pictures are made by a formula that Tests/TestSupport/Blobs.swift has too; a checksum of the pixels shows that both
sides mean the same picture. The hashes are those of the Python package imagehash (phash, dhash), written out here: once on
the luma that OpenCV shrinks by area, as Morelli does, and once as imagehash has them, by Pillow's Lanczos filter.
Needs numpy, scipy, opencv-python-headless, pillow.
"""
import json
import pathlib
import sys

import cv2
import numpy as np
from PIL import Image
from scipy.fftpack import dct

from pictures import blobs, checksum

SIZES = [(300, 200, 1), (200, 311, 2), (512, 384, 3), (64, 48, 4), (33, 500, 5)]


def hexadecimal(bits):
    return f"{int(''.join('1' if b else '0' for b in bits.ravel()), 2):016x}"


def phash(pixels):
    low = dct(dct(pixels, axis=0), axis=1)[:8, :8]
    return hexadecimal(low > np.median(low))


def dhash(pixels):
    return hexadecimal(pixels[:, 1:] > pixels[:, :-1])


def picture(width, height, seed):
    rgb = blobs(width, height, seed)
    grey = rgb.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    luma = cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA).round().astype(np.uint8)
    image = Image.fromarray(rgb).convert("L")
    def shrunk(size):
        return np.asarray(image.resize(size, Image.Resampling.LANCZOS)).astype(float)
    return {
        "width": width, "height": height, "seed": seed, "checksum": checksum(rgb), "luma": luma.ravel().tolist(),
        "phash_of_luma": phash(luma.astype(float)), "phash_mirrored_of_luma": phash(luma[:, ::-1].astype(float)),
        "dhash_of_luma": dhash(cv2.resize(luma.astype(np.float32), (9, 8), interpolation=cv2.INTER_AREA)),
        "phash": phash(shrunk((32, 32))), "dhash": dhash(shrunk((9, 8))),
    }


def main():
    out = pathlib.Path(sys.argv[1]) / "copies.json"
    pictures = [picture(*size) for size in SIZES]
    out.write_text(json.dumps({"pictures": pictures}) + "\n")
    for p in pictures:
        far = [bin(int(p[a], 16) ^ int(p[b], 16)).count("1") for a, b in (("phash", "phash_of_luma"), ("dhash", "dhash_of_luma"))]
        print(p["width"], p["height"], "bits that the filter changes:", far)


if __name__ == "__main__":
    main()
