#!/usr/bin/env python3
"""Fits a visual block's projection on training art and writes Sources/CFeatureData/BLOCK.bin.

usage: fit_blocks.py BLOCK RAW_DIR LABELS.csv [--out BLOCK.bin] [--val RAW_DIR LABELS.csv] [--metrics DIR]
                     [--folds] [--search]

BLOCK       colour, texture or shape
RAW_DIR     BLOCK-raw.npy, BLOCK-parts.csv and ids.csv, as `morelli raw-features IMAGES_DIR --out RAW_DIR` writes them
LABELS.csv  columns id, artist, geometry (the source of the reproduction; may be absent: then all are one source)
--out       write the fitted numbers there
--val       another set, only reported on: P@1 and mAP@10 by artist, for all and for split=unseen
--metrics   folder of retrieval_metrics.py, whose `metrics` is used (default: $MORELLI_SHARED/tools, ../shared/tools)
--folds     print the figures of artist-disjoint folds for the fit and for what was tried beside it
--search    coordinate search of weights and powers on the folds (many minutes)

The method and the choices: README.md beside this file. Needs numpy.
"""
import argparse, csv, json, os, pathlib, struct, sys
import numpy as np

# {block: {"version", "dimension", "total", "within", "shrink", "histograms": [...], "weights": {part: weight}}}
CHOICES = json.loads((pathlib.Path(__file__).parent / "choices.json").read_text())
RANK = 300   # principal axes kept between the two whitenings
FOLDS = 4


def pooled(x, group):
    """x minus the mean of its group (source, or artist within source), and the number of groups."""
    names, inverse = np.unique(group, return_inverse=True)
    means = np.zeros((len(names), x.shape[1]))
    np.add.at(means, inverse, x)
    means /= np.bincount(inverse)[:, None]
    return x - means[inverse], len(names)


def fit(x, parts, source, artist, c):
    """-> (mean, scale, matrix): block = ((x - mean) * scale) @ matrix, then L2. A histogram is scaled as a whole, other
    parts number by number. Parts without a weight are left out (scale 0)."""
    x = x.astype(np.float64)
    mean = x.mean(0)
    # Variances within the sources, so that what tells the sources apart gets no say.
    variance = (pooled(x, source)[0] ** 2).mean(0)
    scale, o = np.zeros(x.shape[1]), 0
    for name, n in parts:
        v, weight = variance[o:o + n], c["weights"].get(name, 0)
        if weight:
            spread = np.sqrt(v.sum()) if name in c["histograms"] else np.sqrt(n * np.maximum(v, 1e-4 * v.mean()))
            scale[o:o + n] = weight / spread
        o += n
    z = (x - mean) * scale
    inner, _ = pooled(z, source)
    e, v = np.linalg.eigh(inner.T @ inner / len(z))
    rank = min(RANK, int((e > 1e-9 * e[-1]).sum()))
    e, v = e[::-1][:rank], v[:, ::-1][:, :rank]
    a = v * np.maximum(e, 1e-6 * e[0]) ** -c["total"]
    # Directions in which one artist's works differ among themselves say little: they are turned down too.
    inner, groups = pooled(z @ a, np.char.add(artist, np.char.add("/", source)))
    w = inner.T @ inner / (len(z) - groups)
    w = (1 - c["shrink"]) * w + c["shrink"] * np.trace(w) / rank * np.eye(rank)
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


def fold_figures(x, parts, source, artist, metrics, c, seed=7):
    """P@1 and mAP@10 on artists that the fit has not seen, each query among the works of its own source."""
    names = np.unique(artist)
    fold = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % FOLDS))
    fold = np.array([fold[a] for a in artist])
    rows = []
    for f in range(FOLDS):
        train = fold != f
        fitted = fit(x[train], parts, source[train], artist[train], c)
        for s in np.unique(source):
            test = np.flatnonzero((fold == f) & (source == s))
            y = np.unique(artist[test], return_inverse=True)[1]
            m = metrics(project(x[test], fitted), y, np.arange(len(test)))
            rows.append((m["P@1"], m["mAP@10"], m["queries"]))
    p, m, q = np.array(rows).T
    return np.average(p, weights=q), np.average(m, weights=q)


def show(name, figures):
    print(f"{name:50s} P@1 {figures[0]:6.2f}  mAP@10 {figures[1]:6.2f}", flush=True)


def load(block, folder, labels):
    """-> (raw vectors, [(part, numbers)], rows of LABELS in the same order)."""
    x = np.load(os.path.join(folder, f"{block}-raw.npy"))
    parts = [(r["part"], int(r["count"])) for r in csv.DictReader(open(os.path.join(folder, f"{block}-parts.csv"), newline=""))]
    if x.shape[1] != sum(n for _, n in parts):
        sys.exit(f"{folder}: {x.shape[1]} numbers a row, not {sum(n for _, n in parts)}")
    table = {r["id"]: r for r in csv.DictReader(open(labels, newline=""))}
    files = list(csv.DictReader(open(os.path.join(folder, "ids.csv"), newline="")))
    stems = [pathlib.PurePath(r["file"]).stem for r in files]
    keys = [stem if stem in table else r["id"] for stem, r in zip(stems, files)]
    keep = [i for i, k in enumerate(keys) if k in table]
    if len(keep) < len(keys):
        print(f"{folder}: {len(keys) - len(keep)} works without a label left out")
    return x[keep], parts, [table[keys[i]] for i in keep]


def column(rows, name):
    return np.array([r.get(name) or "" for r in rows])


def write(path, version, fitted):
    mean, scale, a = fitted
    payload = mean.astype("<f4").tobytes() + scale.astype("<f4").tobytes() + a.astype("<f2").tobytes()
    checksum = 0x811C9DC5
    for byte in payload:
        checksum = ((checksum ^ byte) * 0x01000193) & 0xFFFFFFFF
    with open(path, "wb") as f:
        f.write(b"MRLP" + struct.pack("<4I", version, len(mean), a.shape[1], checksum) + payload)
    print(f"{path}: {20 + len(payload)} bytes")


def variants(parts, c):
    def weighted(**changes):
        return {**c, "weights": {**c["weights"], **changes}}
    yield "the choice", c
    for name, _ in parts:
        yield f"without {name}", weighted(**{name: 0})
    for name, _ in parts:
        yield f"{name} alone", {**c, "weights": {name: 1}}
    yield "no within-artist whitening", {**c, "within": 0}
    yield "half-power PCA whitening alone", {**c, "total": 0.25, "within": 0}
    yield "no whitening (PCA)", {**c, "total": 0, "within": 0}
    for d in (32, 64, 96, 128):
        if d != c["dimension"]:
            yield f"{d} dimensions", {**c, "dimension": d}


def search(x, parts, source, artist, metrics, c):
    """Coordinate search: each weight and power by factors, kept where the folds gain."""
    def figure(c):
        p, m = fold_figures(x, parts, source, artist, metrics, c)
        return p / 2 + m
    def changed(c, key, value):
        return {**c, key: value} if key in c else {**c, "weights": {**c["weights"], key: value}}
    best = figure(c)
    print(f"{best:.2f} at the start", flush=True)
    for factors in ((0.5, 2), (0.7, 1.4)):
        for key in [name for name, _ in parts] + ["total", "within"]:
            value = c.get(key, c["weights"].get(key, 0))
            for trial in [changed(c, key, value * f) for f in factors] + ([changed(c, key, 0)] if key not in c else []):
                score = figure(trial)
                if score > best + 0.03:
                    best, c = score, trial
            print(f"{best:.2f} {key} {c.get(key, c['weights'].get(key, 0)):.3f}", flush=True)
    print(json.dumps(c))
    return c


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("block", choices=sorted(CHOICES)); p.add_argument("raw"); p.add_argument("labels"); p.add_argument("--out")
    p.add_argument("--val", nargs=2); p.add_argument("--folds", action="store_true"); p.add_argument("--search", action="store_true")
    p.add_argument("--metrics", default=os.path.join(os.environ.get("MORELLI_SHARED", "../shared"), "tools"))
    a = p.parse_args()
    if a.folds or a.search or a.val:
        sys.path.insert(0, a.metrics)
        from retrieval_metrics import metrics
    x, parts, rows = load(a.block, a.raw, a.labels)
    source, artist = column(rows, "geometry"), column(rows, "artist")
    choice = CHOICES[a.block]
    if a.search:
        choice = search(x, parts, source, artist, metrics, choice)
    if a.folds:
        for name, c in variants(parts, choice):
            show(name, fold_figures(x, parts, source, artist, metrics, c))
    fitted = fit(x, parts, source, artist, choice)
    if a.out:
        write(a.out, choice["version"], fitted)
    if a.val:
        v, _, rows = load(a.block, *a.val)
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
