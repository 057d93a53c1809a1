#!/usr/bin/env python3
"""Reference values for the tests of the map, from umap-learn and scikit-learn.

usage: golden_layout.py OUT_DIR      (OUT_DIR = Tests/LayoutTests/Golden; writes layout.json)

80 points in 5 dimensions, some of them twice or three times, with their 7 nearest neighbours (umap-learn's 8 count the point itself):
rho, sigma and the fuzzy union by umap.umap_; a and b for several min_dist and spread; the trustworthiness of two coordinates of the points
by scikit-learn. Needs umap-learn and scikit-learn.
"""
import argparse
import json
import pathlib

import numpy as np
from sklearn.manifold import trustworthiness
from umap.umap_ import find_ab_params, fuzzy_simplicial_set, smooth_knn_dist

WIDTH = 7


def short(values):
    """float32 numbers with as many digits as they have."""
    return [float(f"{v:.9g}") for v in np.ravel(values)]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out", type=pathlib.Path)
    a = p.parse_args()
    rng = np.random.default_rng(7)
    x = rng.normal(size=(80, 5)) * rng.choice([0.2, 1, 3], size=(80, 1))
    x[60:64] = x[20:24]
    x[64:66] = x[20:22]
    x = np.round(x, 3)
    n = len(x)
    apart = np.sqrt(((x[:, None] - x[None]) ** 2).sum(-1)).astype(np.float32)
    order = apart.copy()
    order[np.arange(n), np.arange(n)] = -1
    indices = np.argsort(order, axis=1, kind="stable")[:, :WIDTH + 1].astype(np.int32)
    distances = np.take_along_axis(apart, indices, 1)
    sigma, rho = smooth_knn_dist(distances, float(WIDTH + 1))
    union, _, _ = fuzzy_simplicial_set(x, WIDTH + 1, np.random.RandomState(0), "euclidean", knn_indices=indices,
                                       knn_dists=distances)
    union = union.tocsr()
    union.sort_indices()
    # No two in one place here: ties have no order that two programs share.
    points = np.round(x + rng.normal(size=x.shape) * 0.05, 3)
    places = np.clip(np.round((points[:, :2] + 10) * 3000), 0, 65535)
    curves = [{"nearest": m, "spread": s, "a": float(v[0]), "b": float(v[1])}
              for m, s in [(0.1, 1.0), (0.0, 1.0), (0.5, 1.0), (0.25, 2.0), (0.01, 0.5)]
              for v in [find_ab_params(s, m)]]
    out = {"width": WIDTH, "neighbours": indices[:, 1:].ravel().tolist(), "distances": short(distances[:, 1:]),
           "rho": short(rho), "sigma": short(sigma), "offsets": union.indptr.tolist(), "targets": union.indices.tolist(),
           "weights": short(union.data), "curves": curves, "points": points.ravel().tolist(),
           "places": places.astype(int).ravel().tolist(),
           "trustworthiness": [{"k": k, "value": float(trustworthiness(points, places, n_neighbors=k))} for k in (5, 15)]}
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "layout.json").write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
