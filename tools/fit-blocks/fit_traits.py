#!/usr/bin/env python3
"""Fits what is usual in real art: how traits are spread, and how alike two works are by chance.

usage: fit_traits.py RAW_DIR LABELS.csv [--out traits.bin] [--val RAW_DIR LABELS.csv]

RAW_DIR     traits.npy, traits.csv, BLOCK-raw.npy, embedding.npy and ids.csv, as `morelli raw-features IMAGES_DIR --out RAW_DIR` writes them
LABELS.csv  columns id, artist, geometry
--out       write the fitted numbers there (Sources/CFeatureData/traits.bin; the format: `TraitStatistics`)
--val       another set: how much works of one artist have in common that is unusual, beside works of different artists

Fit the blocks first (fit_blocks.py): the cosines are those of the blocks as choices.json has them.
Needs numpy.
"""
import argparse, csv, os, struct, sys
import numpy as np
import fit_blocks

VERSION = 1
QUANTILES = 201
PAIRS = 100_000
# As in Search/Explanation/Explanation.swift.
LEAST_EXTREMITY, SAMENESS, FLOOR = 0.2, 0.6, 0.005


def quantiles(values):
    return np.quantile(np.asarray(values, np.float64), np.linspace(0, 1, QUANTILES), axis=0)


def percentiles(x, q):
    """Where each value of x (n, t) lies among q (QUANTILES, t), 0 to 1; in the middle of equal ones."""
    out = np.empty(x.shape)
    for t in range(x.shape[1]):
        low = np.searchsorted(q[:, t], x[:, t], "left")
        high = np.searchsorted(q[:, t], x[:, t], "right")
        inside = np.interp(x[:, t], q[:, t], np.arange(QUANTILES))
        out[:, t] = np.where(low == high, inside, (low + high - 1) / 2) / (QUANTILES - 1)
    return out


def surprise(p, q, correlation):
    """Bits that the pairs of rows of percentiles p and q have in common, and how many traits are said."""
    extremity = np.minimum(np.maximum(p, q), 1 - np.minimum(p, q))
    bits = np.where(extremity <= LEAST_EXTREMITY, -2 * np.log2(np.maximum(extremity, FLOOR)), 0)
    total, number = np.zeros(len(p)), np.zeros(len(p), int)
    for i in range(len(p)):
        said = []
        for t in np.argsort(-bits[i], kind="stable"):
            if bits[i, t] == 0:
                break
            if all(abs(correlation[t, s]) <= SAMENESS for s in said):
                said.append(t)
        total[i], number[i] = bits[i, said].sum(), len(said)
    return total, number


def random_pairs(artist, count, rng):
    """Indices of pairs of works by different artists."""
    i, j = rng.integers(len(artist), size=(2, count * 2))
    keep = np.flatnonzero(artist[i] != artist[j])[:count]
    return i[keep], j[keep]


def load(folder, labels):
    """-> (traits, artists, {block: (raw vectors, parts)}, sources)"""
    traits = np.load(os.path.join(folder, "traits.npy")).astype(np.float64)
    blocks = {}
    for block in fit_blocks.CHOICES:
        x, parts, rows = fit_blocks.load(block, folder, labels)
        blocks[block] = (x, parts)
    if len(rows) != len(traits):
        sys.exit(f"{folder}: every picture needs a row in {labels}")
    return traits, fit_blocks.column(rows, "artist"), blocks, fit_blocks.column(rows, "geometry")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("raw"); p.add_argument("labels"); p.add_argument("--out"); p.add_argument("--val", nargs=2)
    a = p.parse_args()
    rng = np.random.default_rng(11)
    traits, artist, blocks, source = load(a.raw, a.labels)
    names = [r["trait"] for r in csv.DictReader(open(os.path.join(a.raw, "traits.csv"), newline=""))]
    q = quantiles(traits)
    ranks = percentiles(traits, q)
    spread = ranks.std(0)
    if (spread == 0).any():
        sys.exit(f"the same for every work: {[n for n, s in zip(names, spread) if s == 0]}")
    correlation = np.corrcoef(ranks.T)
    i, j = random_pairs(artist, PAIRS, rng)
    cosines = []
    for block, (x, parts) in blocks.items():
        z = fit_blocks.project(x, fit_blocks.fit(x, parts, source, artist, fit_blocks.CHOICES[block]))
        cosines.append(quantiles((z[i] * z[j]).sum(1)))
    # Those of works in the network's own training; other works of different artists are a little more alike.
    z = np.load(os.path.join(a.raw, "embedding.npy")).astype(np.float64)
    cosines.append(quantiles((z[i] * z[j]).sum(1)))
    bits, number = surprise(ranks[i], ranks[j], correlation)
    print(f"works of different artists: {number.mean():.2f} traits said, {bits.mean():.2f} bits, none in {100 * (number == 0).mean():.0f} %")
    if a.out:
        words = [q.T, correlation, np.stack(cosines), quantiles(bits)]
        payload = b"".join(np.ascontiguousarray(w).astype("<f4").tobytes() for w in words)
        checksum = 0x811C9DC5
        for byte in payload:
            checksum = ((checksum ^ byte) * 0x01000193) & 0xFFFFFFFF
        with open(a.out, "wb") as f:
            f.write(b"MRLT" + struct.pack("<5I", VERSION, len(names), QUANTILES, len(cosines), checksum) + payload)
        print(f"{a.out}: {24 + len(payload)} bytes")
    if a.val:
        traits, artist, _, _ = load(*a.val)
        ranks = percentiles(traits, q)
        i, j = random_pairs(artist, 20_000, rng)
        same = [(i, j) for i in range(len(artist)) for j in range(i) if artist[i] == artist[j]]
        si, sj = np.array(same)[rng.permutation(len(same))[:20_000]].T
        results = {}
        for name, (i, j) in {"different artists": (i, j), "one artist": (si, sj)}.items():
            bits, number = surprise(ranks[i], ranks[j], correlation)
            results[name] = bits
            print(f"val, {name}: {number.mean():.2f} traits said, {bits.mean():.2f} bits, none in {100 * (number == 0).mean():.0f} %")
        order = np.sort(results["different artists"])
        auc = (np.searchsorted(order, results["one artist"], "left") + np.searchsorted(order, results["one artist"], "right")).mean() / 2 / len(order)
        print(f"val: a pair of one artist has more in common than a pair of two in {100 * auc:.1f} % of cases")


if __name__ == "__main__":
    main()
