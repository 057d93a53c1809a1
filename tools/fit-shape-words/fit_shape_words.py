#!/usr/bin/env python3
"""Finds the words that shape contexts are counted by, and writes Sources/CFeatureData/shape_words.bin.

usage: fit_shape_words.py CONTEXTS.npy|CONTEXTS.f32 [--words 64] [--seed 1] [--out shape_words.bin]

CONTEXTS    shape contexts of training art, n x 60 float32 as `ShapeContexts.histograms` has them (rooted shares: unit
            rows), a sample of each picture's; a .f32 file holds the bare numbers. All-zero rows are left out.
--out       the file: "MRLW", version, words, dimension, FNV-1a of the rest (uint32, little endian), then float32 rows

Spherical k-means (Dhillon & Modha 2001, doi:10.1023/A:1007612920971): words are unit vectors, nearest by inner
product, which for rooted shares is the Hellinger distance. Words are ordered by how many contexts they have, the
commonest first. Needs numpy.
"""
import argparse, struct, sys
import numpy as np

VERSION, DIMENSION = 1, 60


def cluster(x, k, seed, rounds=60):
    rng = np.random.default_rng(seed)
    words = x[rng.choice(len(x), k, replace=False)].copy()
    for _ in range(rounds):
        nearest = (x @ words.T).argmax(1)
        sums = np.zeros_like(words)
        np.add.at(sums, nearest, x)
        empty = np.bincount(nearest, minlength=k) == 0
        sums[empty] = x[rng.choice(len(x), empty.sum(), replace=False)]
        new = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        moved = np.abs(new - words).max()
        words = new
        if moved < 1e-4:
            break
    s = x @ words.T
    counts = np.bincount(s.argmax(1), minlength=k)
    return words[np.argsort(-counts)], s.max(1).mean()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("contexts")
    p.add_argument("--words", type=int, default=64)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--out", default="shape_words.bin")
    a = p.parse_args()
    x = np.load(a.contexts) if a.contexts.endswith(".npy") else np.fromfile(a.contexts, "<f4").reshape(-1, DIMENSION)
    if x.ndim != 2 or x.shape[1] != DIMENSION:
        sys.exit(f"{a.contexts}: rows of {x.shape[-1]} numbers, not {DIMENSION}")
    x = x[np.linalg.norm(x, axis=1) > 0.5].astype(np.float32)
    words, cosine = cluster(x, a.words, a.seed)
    payload = words.astype("<f4").tobytes()
    checksum = 0x811C9DC5
    for byte in payload:
        checksum = ((checksum ^ byte) * 0x01000193) & 0xFFFFFFFF
    with open(a.out, "wb") as f:
        f.write(b"MRLW" + struct.pack("<4I", VERSION, a.words, DIMENSION, checksum) + payload)
    print(f"{a.out}: {20 + len(payload)} bytes, {len(x)} contexts, mean cosine to the nearest word {cosine:.3f}")


if __name__ == "__main__":
    main()
