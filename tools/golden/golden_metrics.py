#!/usr/bin/env python3
"""Reference values for the tests of `morelli eval`, from the metric script and scikit-learn.

usage: golden_metrics.py OUT_DIR [--metrics DIR]      (OUT_DIR = Tests/SearchTests/Golden; writes metrics.json)

Random unit vectors with labels; P@1, mAP@10, mAP and R@100 in per cent by retrieval_metrics.py (--metrics, default
$MORELLI_SHARED/tools, ../shared/tools), nDCG@10 by scikit-learn. Needs numpy and scikit-learn.
"""
import argparse
import json
import os
import pathlib
import sys

import numpy as np
from sklearn.metrics import ndcg_score


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out")
    p.add_argument("--metrics", default=os.path.join(os.environ.get("MORELLI_SHARED", "../shared"), "tools"))
    a = p.parse_args()
    sys.path.insert(0, a.metrics)
    from retrieval_metrics import metrics
    rng = np.random.default_rng(4)
    n, d = 160, 6
    labels = np.concatenate([np.repeat(np.arange(5), 30), [5] * 5, [6] * 4, [7]])
    centres = rng.normal(size=(8, d))
    x = np.round(centres[labels] + 1.2 * rng.normal(size=(n, d)), 3)
    x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    order = rng.permutation(n)
    x, labels = x[order], labels[order]
    got = metrics(x, labels, np.arange(n))
    gains = []
    for i in range(n):
        others = np.delete(np.arange(n), i)
        relevant = (labels[others] == labels[i]).astype(float)
        if relevant.any():
            gains.append(ndcg_score(relevant[None], (x[others] @ x[i])[None], k=10))
    out = {"dimension": d, "vectors": [float(v) for v in x.ravel()], "labels": labels.tolist(),
           "P@1": got["P@1"], "mAP@10": got["mAP@10"], "mAP": got["mAP"], "R@100": got["R@100"],
           "nDCG@10": round(100 * float(np.mean(gains)), 2), "queries": got["queries"]}
    pathlib.Path(a.out, "metrics.json").write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
