#!/usr/bin/env python3
"""Finds the blocks' default weights on artist-disjoint folds of training art.

usage: fit_weights.py RAW_DIR LABELS.csv [--embedding DIR] [--val RAW_DIR LABELS.csv] [--metrics DIR]

RAW_DIR     as `morelli raw-features IMAGES_DIR --out RAW_DIR` writes it
LABELS.csv  columns id, artist, geometry
--embedding vectors.npy and ids.csv (id, held_out: 1 for works whose artists took no part in the training of the network
            that made the vectors), as train-embedding/evaluate.py --vectors writes them: then the works held out are the
            queries, all works of their source are looked among, and the embedding's weight is found too
--val       another set, only reported on, with the weights that the folds chose
--metrics   folder of retrieval_metrics.py (default: $MORELLI_SHARED/tools, ../shared/tools)

Colour weighs 1. Prints every block alone, all pairs, and the grid of weights of the others. Write the choice into
the blocks' `defaultWeight`. Needs numpy.
"""
import argparse, csv, itertools, os, sys
import numpy as np
import fit_blocks

GRID = [0.5, 1, 1.4, 2]
EMBEDDING_GRID = [0, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11.2]


def fold_vectors(blocks, source, artist, seed=7):
    """[(per block the projected vectors of one fold's works of one source; their artists; which are queries: all)], fitted on
    the other folds."""
    names = np.unique(artist)
    fold = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % fit_blocks.FOLDS))
    fold = np.array([fold[a] for a in artist])
    return [s for f in range(fit_blocks.FOLDS) for s in held_out(blocks, source, artist, fold == f)]


def held_out(blocks, source, artist, chosen):
    """As `fold_vectors`, for one fold: the works in `chosen` (n,) bool."""
    train = ~np.isin(artist, artist[chosen])
    fitted = {b: fit_blocks.fit(x[train], parts, source[train], artist[train], fit_blocks.CHOICES[b])
              for b, (x, parts) in blocks.items()}
    sets = []
    for s in np.unique(source[chosen]):
        test = np.flatnonzero(chosen & (source == s))
        y = np.unique(artist[test], return_inverse=True)[1]
        sets.append(({b: fit_blocks.project(blocks[b][0][test], fitted[b]) for b in blocks}, y, np.arange(len(y))))
    return sets


def with_embedding(blocks, rows, source, artist, folder):
    """[(per block, the embedding too, the vectors of all works of one source; their artists; which are queries)], the blocks
    fitted on the artists of no query."""
    vectors = np.load(os.path.join(folder, "vectors.npy"))
    with open(os.path.join(folder, "ids.csv"), newline="") as f:
        place = {r["id"]: (i, r["held_out"] == "1") for i, r in enumerate(csv.DictReader(f))}
    index, chosen = (np.array(x) for x in zip(*(place[r["id"]] for r in rows)))
    train = ~np.isin(artist, artist[chosen])
    vectors, sets = vectors[index], []
    z = {b: fit_blocks.project(x, fit_blocks.fit(x[train], parts, source[train], artist[train], fit_blocks.CHOICES[b]))
         for b, (x, parts) in blocks.items()}
    for s in np.unique(source[chosen]):
        some = np.flatnonzero(source == s)
        y = np.unique(artist[some], return_inverse=True)[1]
        sets.append(({**{b: v[some] for b, v in z.items()}, "embedding": vectors[some]}, y, np.flatnonzero(chosen[some])))
    return sets


def figures(sets, weights, metrics):
    rows = []
    for z, y, queries in sets:
        # Unit blocks times the roots of their weights: inner products are then sums of weighted cosines.
        x = np.hstack([z[b] * np.sqrt(w) for b, w in weights.items()])
        m = metrics(x.astype(np.float32), y, queries)
        rows.append((m["P@1"], m["mAP@10"], m["queries"]))
    p, m, q = np.array(rows).T
    return np.average(p, weights=q), np.average(m, weights=q)


def load(folder, labels):
    blocks = {}
    for block in fit_blocks.CHOICES:
        x, parts, rows = fit_blocks.load(block, folder, labels)
        blocks[block] = (x, parts)
    return blocks, rows


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("raw"); p.add_argument("labels"); p.add_argument("--embedding"); p.add_argument("--val", nargs=2)
    p.add_argument("--metrics", default=os.path.join(os.environ.get("MORELLI_SHARED", "../shared"), "tools"))
    a = p.parse_args()
    sys.path.insert(0, a.metrics)
    from retrieval_metrics import metrics
    blocks, rows = load(a.raw, a.labels)
    source, artist = fit_blocks.column(rows, "geometry"), fit_blocks.column(rows, "artist")
    sets = with_embedding(blocks, rows, source, artist, a.embedding) if a.embedding else fold_vectors(blocks, source, artist)
    names = list(sets[0][0])
    for size in (1, 2):
        for group in itertools.combinations(names, size):
            fit_blocks.show(" + ".join(group), figures(sets, {b: 1 for b in group}, metrics))
    best = None
    for others in itertools.product(*[EMBEDDING_GRID if n == "embedding" else GRID for n in names[1:]]):
        weights = dict(zip(names, (1, *others)))
        got = figures(sets, weights, metrics)
        fit_blocks.show(str(weights), got)
        score = got[0] / 2 + got[1]
        if best is None or score > best[0]:
            best = (score, weights)
    print(f"the choice: {best[1]}")
    if a.val:
        fitted = {b: fit_blocks.fit(x, parts, source, artist, fit_blocks.CHOICES[b]) for b, (x, parts) in blocks.items()}
        val, rows = load(*a.val)
        z = {b: fit_blocks.project(x, fitted[b]) for b, (x, _) in val.items()}
        if a.embedding:    # of the network that ships
            z["embedding"] = np.load(os.path.join(a.val[0], "embedding.npy"))
        y = np.unique(fit_blocks.column(rows, "artist"), return_inverse=True)[1]
        unseen = np.flatnonzero(fit_blocks.column(rows, "split") == "unseen")
        for name, weights in [(b, {b: 1}) for b in names] + [("all, equal", {b: 1 for b in names}), ("all, the choice", best[1])]:
            m = metrics(np.hstack([z[b] * np.sqrt(w) for b, w in weights.items()]), y, unseen)
            fit_blocks.show(f"val, unseen: {name}", (m["P@1"], m["mAP@10"]))


if __name__ == "__main__":
    main()
