#!/usr/bin/env python3
"""Reference values for the tests of the recommender, from scikit-surprise, implicit and numpy.

usage: golden_recommend.py OUT_DIR        (OUT_DIR = Tests/RecommendTests/Golden; writes recommend.json)

A small table of made-up ratings stands in the file with what the references make of it: ratings predicted by neighbours (Surprise), works
alike (implicit), a half-step of alternating least squares from given factors (implicit, and the exact solution by numpy), the weights of
EASE (numpy). Needs tools/requirements-recommenders.txt.
"""
import json
import pathlib
import sys

import numpy as np
import scipy.sparse as sp
import surprise
from implicit.cpu.als import least_squares_cg
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender

PEOPLE, WORKS, SEED = 24, 18, 7


def ratings():
    """Tastes of two factors, so that neighbours have something to say; every fifth pair or so is unknown."""
    random = np.random.default_rng(SEED)
    people, works = random.normal(size=(PEOPLE, 2)), random.normal(size=(WORKS, 2))
    values = np.clip(np.round(3 + people @ works.T + random.normal(0, 0.5, (PEOPLE, WORKS))), 1, 5)
    known = random.random((PEOPLE, WORKS)) < 0.45
    return [(u, i, float(values[u, i])) for u in range(PEOPLE) for i in range(WORKS) if known[u, i]]


def predictions(table):
    """What Surprise expects of every pair that is not in the table."""
    data = surprise.Dataset.load_from_df(frame(table), surprise.Reader(rating_scale=(1, 5)))
    training = data.build_full_trainset()
    known = {(u, i) for u, i, _ in table}
    pairs = [(u, i) for u in range(PEOPLE) for i in range(WORKS) if (u, i) not in known]
    out = {"pairs": pairs, "models": []}
    for by_people in (True, False):
        for measure, least in (("msd", 1), ("cosine", 1), ("pearson", 1), ("msd", 3), ("pearson", 3)):
            model = surprise.KNNWithMeans(
                k=4, min_k=1, verbose=False,
                sim_options={"name": measure, "user_based": by_people, "min_support": least}).fit(training)
            out["models"].append({
                "people": by_people, "measure": measure, "least": least,
                "expected": [model.predict(u, i).est for u, i in pairs]})
    return out


def frame(table):
    import pandas as pd
    return pd.DataFrame(table, columns=["user", "item", "rating"])


def alike(table):
    """The works most alike to each, without itself; of equal ones the order is open."""
    matrix = sp.csr_matrix(([r for *_, r in table], ([u for u, *_ in table], [i for _, i, _ in table])), (PEOPLE, WORKS))
    out = []
    for name, model in (("cosine", CosineRecommender(K=WORKS)), ("tfidf", TFIDFRecommender(K=WORKS)),
                        ("bm25", BM25Recommender(K=WORKS, K1=1.2, B=0.2))):
        model.fit(matrix, show_progress=False)
        dense = np.asarray(model.similarity.todense(), float)
        np.fill_diagonal(dense, 0)
        out.append({"weighting": name, "similar": dense.round(7).tolist()})
    return out


def least_squares(table):
    """One half-step for the people: implicit's three steps of conjugate gradients, and the exact solution."""
    random = np.random.default_rng(SEED + 1)
    n, regularisation, confidence = 5, 0.1, 0.5
    x, y = random.normal(0, 0.3, (PEOPLE, n)).astype(np.float32), random.normal(0, 0.5, (WORKS, n)).astype(np.float32)
    # Ratings below 3 are dislikes; c = 1 + confidence |s|, which implicit is given as the sign and the size of its values.
    strengths = [(u, i, r - 2.5) for u, i, r in table]
    cui = sp.csr_matrix(([np.sign(s) * (1 + confidence * abs(s)) for *_, s in strengths],
                         ([u for u, *_ in strengths], [i for _, i, _ in strengths])), (PEOPLE, WORKS)).astype(np.float32)
    before = x.copy()
    least_squares_cg(cui, x, y, regularisation, num_threads=1, cg_steps=3)
    exact = []
    for u in range(PEOPLE):
        c, p = np.ones(WORKS), np.zeros(WORKS)
        for v, i, s in strengths:
            if v == u:
                c[i], p[i] = 1 + confidence * abs(s), s > 0
        yy = y.astype(float)
        exact.append(np.linalg.solve(yy.T @ (c[:, None] * yy) + regularisation * np.eye(n), yy.T @ (c * p)))
    return {"factors": n, "regularisation": regularisation, "confidence": confidence,
            "strengths": [s for *_, s in strengths], "people": before.ravel().tolist(), "works": y.ravel().tolist(),
            "afterThreeSteps": x.ravel().tolist(), "exact": np.array(exact).ravel().tolist()}


def ease(table, regularisation=20.0):
    x = np.zeros((PEOPLE, WORKS))
    for u, i, _ in table:
        x[u, i] = 1
    p = np.linalg.inv(x.T @ x + regularisation * np.eye(WORKS))
    b = -p / np.diag(p)
    np.fill_diagonal(b, 0)
    return {"regularisation": regularisation, "weights": b.ravel().tolist()}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    table = ratings()
    golden = {
        "peopleCount": PEOPLE, "workCount": WORKS,
        "people": [u for u, *_ in table], "works": [i for _, i, _ in table], "ratings": [r for *_, r in table],
        "predictions": predictions(table), "alike": alike(table), "leastSquares": least_squares(table),
        "ease": ease(table),
    }
    def rounded(value):
        if isinstance(value, float):
            return float(f"{value:.9g}")
        if isinstance(value, (list, tuple)):
            return [rounded(v) for v in value]
        if isinstance(value, dict):
            return {k: rounded(v) for k, v in value.items()}
        return value
    path = pathlib.Path(sys.argv[1]) / "recommend.json"
    path.write_text(json.dumps(rounded(golden), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
