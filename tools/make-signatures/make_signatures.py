#!/usr/bin/env python3
"""Makes any number of signatures with the blocks and the difficulty of real ones, to measure indexes with.

usage: tools/make-signatures/make_signatures.py --real DIR [--queries DIR] --count N --out DIR [--seed 1]

DIR is what `morelli export vectors` wrote: a .npy of unit rows for each block. Written are `<block>.npy` for each block,
`visual.npy` (the blocks side by side as [sqrt(w) b], the weights taken from the real visual.npy, so that an inner product is
the weighted sum of cosines), `queries.npy` (real ones, in the same form; by default rows of --real that are taken out
of the making) and `signatures.json` (blocks, dimensions, weights).

A made signature begins as a real one. Block by block it is kept, or replaced by that of another work that is near by in
another block: so the blocks of one work belong together as they do in real works, but no more. Then each block goes part
of the way to one of its own nearest neighbours among the real ones, and is turned a little into a random direction with the
spread that real differences of neighbours have. Nothing but single rows and their neighbours is mixed, so what is dense in
reality is dense in what is made, and hubs stay hubs.

Printed: the distances (1 - cosine) of the nearest, the 10th and the 100th neighbour of queries beside those among the real
works, per block and of all. With as many made as there are real ones the two agree if the making is any good; with more,
neighbours come nearer, as they would in a larger collection.

Needs numpy (requirements.txt also names what tools/measure-index compares with).
"""
import argparse
import json
import pathlib

import numpy as np

NAMES = ("colour", "texture", "shape", "embedding", "text")
NEAR = 40
CHUNK = 20_000


def unit(x):
    norm = np.linalg.norm(x, axis=1, keepdims=True)
    return (x / np.maximum(norm, 1e-20)).astype(np.float32)


def neighbours(x, k):
    """The k nearest of each row but itself, by inner product."""
    found = np.empty((len(x), k), np.int32)
    for start in range(0, len(x), 1024):
        scores = x[start:start + 1024] @ x.T
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -9
        found[start:start + 1024] = np.argpartition(-scores, k, axis=1)[:, :k]
    return found


def distances(queries, x, ranks=(1, 10, 100)):
    """Median 1 - cosine at each rank."""
    best = np.concatenate([-np.sort(-(queries[s:s + 64] @ x.T), axis=1)[:, :max(ranks)] if len(x) < 50_000 else
                           -np.sort(np.partition(-(queries[s:s + 64] @ x.T), max(ranks), axis=1)[:, :max(ranks)], axis=1)
                           for s in range(0, len(queries), 64)])
    return [(float(np.percentile(1 - best[:, r - 1], 10)), float(np.median(1 - best[:, r - 1])),
             float(np.percentile(1 - best[:, r - 1], 90))) for r in ranks]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=pathlib.Path, required=True)
    parser.add_argument("--queries", type=pathlib.Path)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=float, default=0.6, help="how often a block stays with its work")
    parser.add_argument("--step", type=float, default=0.5, help="at most so far towards a neighbour")
    parser.add_argument("--noise", type=float, default=0.75, help="of the length of the differences of neighbours")
    parser.add_argument("--query-count", type=int, default=1000)
    a = parser.parse_args()
    rng = np.random.default_rng(a.seed)
    names = [n for n in NAMES if (a.real / f"{n}.npy").exists()]
    real = {n: np.load(a.real / f"{n}.npy") for n in names}
    usable = np.all([np.linalg.norm(real[n], axis=1) > 0.5 for n in names if n != "text"], axis=0)
    real = {n: unit(x[usable]) for n, x in real.items()}
    visual = [n for n in names if n != "text"]
    stacked = np.load(a.real / "visual.npy")[usable]
    ends = np.cumsum([real[n].shape[1] for n in visual])
    weights = [float(np.mean(np.sum(part ** 2, axis=1))) for part in np.split(stacked, ends[:-1], axis=1)]

    def fused(blocks):
        return np.concatenate([np.sqrt(w) * blocks[n] for n, w in zip(visual, weights)], axis=1).astype(np.float32)

    if a.queries:
        asked = {n: unit(np.load(a.queries / f"{n}.npy")) for n in visual}
    else:
        held = rng.permutation(len(stacked))[:a.query_count]
        asked = {n: real[n][held] for n in visual}
        left = np.setdiff1d(np.arange(len(stacked)), held)
        real = {n: x[left] for n, x in real.items()}
    chosen = rng.permutation(len(asked[visual[0]]))[:a.query_count]
    asked = {n: x[chosen] for n, x in asked.items()}

    count = len(real[visual[0]])
    near = {n: neighbours(real[n], NEAR) for n in names}
    # The spread of each block's differences of neighbours, dimension by dimension.
    spread = {}
    for n in names:
        to = near[n][np.arange(count), rng.integers(0, 8, count)]
        spread[n] = (real[n][to] - real[n]).std(axis=0)
    a.out.mkdir(parents=True, exist_ok=True)
    made = {n: np.lib.format.open_memmap(a.out / f"{n}.npy", "w+", np.float32, (a.count, real[n].shape[1]))
            for n in names}
    all_of = np.lib.format.open_memmap(a.out / "visual.npy", "w+", np.float32, (a.count, int(ends[-1])))
    for start in range(0, a.count, CHUNK):
        size = min(CHUNK, a.count - start)
        base = rng.integers(0, count, size)
        part = {}
        for n in names:
            other = names[rng.integers(0, len(names))]
            source = np.where(rng.random(size) < a.keep, base, near[other][base, rng.integers(0, NEAR, size)])
            towards = near[n][source, rng.integers(0, NEAR, size)]
            share = (rng.random((size, 1)) * a.step).astype(np.float32)
            x = real[n][source] * (1 - share) + real[n][towards] * share
            x += (a.noise * rng.random((size, 1)) * spread[n] * rng.standard_normal(x.shape)).astype(np.float32)
            part[n] = unit(x)
            made[n][start:start + size] = part[n]
        all_of[start:start + size] = fused(part)
    np.save(a.out / "queries.npy", fused(asked))
    json.dump({"blocks": [{"name": n, "dimension": real[n].shape[1]} for n in visual], "weights": weights},
              open(a.out / "signatures.json", "w"))

    print("1 - cosine of the 1st, 10th, 100th neighbour of a query: 10 % / median / 90 %")
    some = slice(0, 300)
    sample = np.sort(rng.permutation(a.count)[:min(count, a.count)])
    total = sum(weights)
    rows = [(n, asked[n], real[n], made[n]) for n in visual]
    rows.append(("visual", fused(asked) / np.float32(total), fused(real), all_of))
    for name, q, x, y in rows:
        for label, of in ((f"real {count}", x), (f"made {len(sample)}", y[sample]), (f"made {a.count}", y)):
            told = "   ".join("%.3f/%.3f/%.3f" % d for d in distances(q[some], of))
            print(f"{name:10} {label:14} {told}", flush=True)


if __name__ == "__main__":
    main()
