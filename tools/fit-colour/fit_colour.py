#!/usr/bin/env python3
"""Fits the colour block's projection on training art and writes Sources/CFeatureData/colour.bin.

usage: fit_colour.py RAW_DIR LABELS.csv [--out colour.bin] [--val RAW_DIR LABELS.csv] [--metrics DIR]
                     [--folds] [--search]

RAW_DIR     colour-raw.npy (n x 886 float32) and ids.csv, as `morelli raw-features IMAGES_DIR --out RAW_DIR` writes them
LABELS.csv  columns id, artist, geometry (the source of the reproduction; may be absent: then all are one source)
--out       write the fitted numbers there
--val       another set, only reported on: P@1 and mAP@10 by artist, for all and for split=unseen
--metrics   folder of retrieval_metrics.py, whose `metrics` is used (default: $MORELLI_SHARED/tools, ../shared/tools)
--folds     print the figures of artist-disjoint folds for the fit and for what was tried beside it
--search    coordinate search of weights and powers on the folds (ten minutes and more on one core)

The method and the choices: README.md beside this file. Needs numpy.
"""
import argparse, csv, os, pathlib, struct, sys
import numpy as np

VERSION = 1
# name, numbers, how it is scaled: a histogram as a whole, other parts number by number.
PARTS = [("hsvHistogram", 196, "whole"), ("labHistogram", 288, "whole"), ("moments", 12, "each"), ("layout", 144, "each"),
         ("contrastLayout", 192, "each"), ("localStatistics", 48, "each"), ("neighbourContrast", 6, "each")]
RAW = sum(n for _, n, _ in PARTS)
# Chosen on folds, see README.md.
CHOICE = dict(hsvHistogram=0.6, labHistogram=0.6, moments=0.45, layout=0.3, contrastLayout=0.3, localStatistics=2.0,
              neighbourContrast=0.55, dimension=96, total=0.2, within=0.35, shrink=0.05)
RANK = 300   # principal axes kept between the two whitenings
FOLDS = 4


def pooled(x, group):
    """x minus the mean of its group (source, or artist within source), and the number of groups."""
    names, inverse = np.unique(group, return_inverse=True)
    means = np.zeros((len(names), x.shape[1]))
    np.add.at(means, inverse, x)
    means /= np.bincount(inverse)[:, None]
    return x - means[inverse], len(names)


def fit(x, source, artist, c):
    """-> (mean, scale, matrix): block = ((x - mean) * scale) @ matrix, then L2."""
    x = x.astype(np.float64)
    mean = x.mean(0)
    # Variances within the sources, so that what tells the sources apart gets no say.
    variance = (pooled(x, source)[0] ** 2).mean(0)
    scale, o = np.empty(RAW), 0
    for name, n, how in PARTS:
        v = variance[o:o + n]
        scale[o:o + n] = c[name] / (np.sqrt(v.sum()) if how == "whole" else np.sqrt(n * np.maximum(v, 1e-4 * v.mean())))
        o += n
    z = (x - mean) * scale
    inner, _ = pooled(z, source)
    e, v = np.linalg.eigh(inner.T @ inner / len(z))
    e, v = e[::-1][:RANK], v[:, ::-1][:, :RANK]
    a = v * np.maximum(e, 1e-6 * e[0]) ** -c["total"]
    # Directions in which one artist's works differ among themselves say little: they are turned down too.
    inner, groups = pooled(z @ a, np.char.add(artist, np.char.add("/", source)))
    w = inner.T @ inner / (len(z) - groups)
    w = (1 - c["shrink"]) * w + c["shrink"] * np.trace(w) / RANK * np.eye(RANK)
    e, u = np.linalg.eigh(w)
    a = a @ (u * e ** -c["within"]) @ u.T
    inner, _ = pooled(z @ a, source)
    e, u = np.linalg.eigh(inner.T @ inner)
    a = a @ u[:, ::-1][:, :c["dimension"]]
    # Any factor cancels in the L2 norm; this one keeps binary16 in range.
    return mean, scale, a / np.abs(a).max()


def project(x, fitted):
    mean, scale, a = fitted
    y = ((x - mean) * scale) @ a
    return y / np.maximum(np.linalg.norm(y, axis=1, keepdims=True), 1e-12)


def fold_figures(x, source, artist, metrics, c, seed=7):
    """P@1 and mAP@10 on artists that the fit has not seen, each query among the works of its own source."""
    names = np.unique(artist)
    fold = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % FOLDS))
    fold = np.array([fold[a] for a in artist])
    rows = []
    for f in range(FOLDS):
        train = fold != f
        fitted = fit(x[train], source[train], artist[train], c)
        for s in np.unique(source):
            test = np.flatnonzero((fold == f) & (source == s))
            y = np.unique(artist[test], return_inverse=True)[1]
            m = metrics(project(x[test], fitted), y, np.arange(len(test)))
            rows.append((m["P@1"], m["mAP@10"], m["queries"]))
    p, m, q = np.array(rows).T
    return np.average(p, weights=q), np.average(m, weights=q)


def show(name, figures):
    print(f"{name:50s} P@1 {figures[0]:6.2f}  mAP@10 {figures[1]:6.2f}", flush=True)


def load(folder, labels):
    x = np.load(os.path.join(folder, "colour-raw.npy"))
    if x.shape[1] != RAW:
        sys.exit(f"{folder}: {x.shape[1]} numbers a row, not {RAW}")
    table = {r["id"]: r for r in csv.DictReader(open(labels, newline=""))}
    ids = [r.get("id") or "" for r in csv.DictReader(open(os.path.join(folder, "ids.csv"), newline=""))]
    files = [pathlib.PurePath(r.get("file") or "").stem for r in csv.DictReader(open(os.path.join(folder, "ids.csv"), newline=""))]
    keys = [f if f in table else i for i, f in zip(ids, files)]
    keep = [i for i, k in enumerate(keys) if k in table]
    if len(keep) < len(keys):
        print(f"{folder}: {len(keys) - len(keep)} works without a label left out")
    rows = [table[keys[i]] for i in keep]
    return x[keep], rows


def column(rows, name):
    return np.array([r.get(name) or "" for r in rows])


def write(path, fitted):
    mean, scale, a = fitted
    payload = mean.astype("<f4").tobytes() + scale.astype("<f4").tobytes() + a.astype("<f2").tobytes()
    checksum = 0x811C9DC5
    for byte in payload:
        checksum = ((checksum ^ byte) * 0x01000193) & 0xFFFFFFFF
    with open(path, "wb") as f:
        f.write(b"MRLP" + struct.pack("<4I", VERSION, RAW, a.shape[1], checksum) + payload)
    print(f"{path}: {20 + len(payload)} bytes")


def variants(c):
    yield "the choice", c
    yield "histograms 0.45 and 0.4 (where the search ended)", {**c, "hsvHistogram": 0.45, "labHistogram": 0.4}
    yield "histograms 1 and 1", {**c, "hsvHistogram": 1, "labHistogram": 1}
    for name, _, _ in PARTS:
        yield f"without {name}", {**c, name: 0}
    yield "histograms alone", {**c, **{n: 0 for n, _, how in PARTS if how == "each"}}
    yield "without histograms", {**c, "hsvHistogram": 0, "labHistogram": 0}
    for within in (0, 0.25):
        yield f"within-artist whitening, power {within}", {**c, "within": within}
    yield "half-power PCA whitening alone", {**c, "total": 0.25, "within": 0}
    yield "no whitening (PCA)", {**c, "total": 0, "within": 0}
    for d in (32, 64, 128):
        yield f"{d} dimensions", {**c, "dimension": d}


def search(x, source, artist, metrics, c):
    def figure(c):
        p, m = fold_figures(x, source, artist, metrics, c)
        return p / 2 + m
    best = figure(c)
    for factors in ((0.5, 0.7, 1.4, 2), (0.8, 1.25)):
        for key in list(c):
            if key == "dimension":
                continue
            for value in [c[key] * f for f in factors]:
                trial = {**c, key: value}
                score = figure(trial)
                print(f"  {key} {value:.3f}: {score:.2f}", flush=True)
                if score > best + 0.03:
                    best, c = score, trial
            print(f"{best:.2f} {c}", flush=True)
    return c


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("raw"); p.add_argument("labels"); p.add_argument("--out"); p.add_argument("--val", nargs=2)
    p.add_argument("--metrics", default=os.path.join(os.environ.get("MORELLI_SHARED", "../shared"), "tools"))
    p.add_argument("--folds", action="store_true"); p.add_argument("--search", action="store_true")
    a = p.parse_args()
    if a.folds or a.search or a.val:
        sys.path.insert(0, a.metrics)
        from retrieval_metrics import metrics
    x, rows = load(a.raw, a.labels)
    source, artist = column(rows, "geometry"), column(rows, "artist")
    choice = CHOICE
    if a.search:
        choice = search(x, source, artist, metrics, choice)
    if a.folds:
        for name, c in variants(choice):
            show(name, fold_figures(x, source, artist, metrics, c))
    fitted = fit(x, source, artist, choice)
    if a.out:
        write(a.out, fitted)
    if a.val:
        v, rows = load(*a.val)
        z = project(v, fitted)
        y = np.unique(column(rows, "artist"), return_inverse=True)[1]
        unseen = np.flatnonzero(column(rows, "split") == "unseen")
        for name, queries in (("all", np.arange(len(z))), ("unseen", unseen)):
            m = metrics(z, y, queries)
            show(f"val, {name}", (m["P@1"], m["mAP@10"]))
        s = z @ z.T
        pairs = s[np.triu_indices(len(z), 1)]
        print(f"cosine of two works of val: mean {pairs.mean():.4f}, deviation {pairs.std():.4f}")


if __name__ == "__main__":
    main()
