#!/usr/bin/env python3
"""Golden values for the lexical text model: numbers from numpy, by the formulas of the papers.

usage: golden_lexical.py OUT_DIR        (needs numpy)

Writes lexical.txt: 320 made-up texts, a line each (their words are in no language, so that none is a stop word), then a line
`--`, then lines `i j cosine` of pairs of texts: TF-IDF of length 1, the exact truncated SVD at 256 directions, less the mean, as a
cosine. Some texts share half their words, so that cosines of all sizes are among them.
"""
import sys
import numpy as np

DIMENSION = 256


def texts():
    r = np.random.default_rng(5)
    words = ["w" + "".join("bcdfgklmnprstvz"[i] + "aeiou"[j] for i, j in zip(r.integers(0, 15, 3), r.integers(0, 5, 3))) for _ in range(700)]
    words = sorted(set(words))
    topics = [r.choice(len(words), 60) for _ in range(25)]
    out = []
    for _ in range(320):
        topic = topics[r.integers(0, len(topics))]
        line = [words[topic[r.integers(0, 60)]] if r.random() < 0.7 else words[r.integers(0, len(words))] for _ in range(14)]
        out.append(line)
    return out


def main():
    docs = texts()
    vocabulary = sorted({w for d in docs for w in d})
    number = {w: i for i, w in enumerate(vocabulary)}
    df = np.zeros(len(vocabulary))
    for d in docs:
        for w in set(d):
            df[number[w]] += 1
    idf = np.log((1 + len(docs)) / (1 + df)) + 1
    a = np.zeros((len(docs), len(vocabulary)))
    for i, d in enumerate(docs):
        for w in set(d):
            # A title counts twice.
            a[i, number[w]] = (1 + np.log(2 * d.count(w))) * idf[number[w]]
    a /= np.linalg.norm(a, axis=1, keepdims=True)
    _, s, vt = np.linalg.svd(a, full_matrices=False)
    x = a @ vt[:DIMENSION].T
    x -= x.mean(0)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    c = x @ x.T
    r = np.random.default_rng(6)
    pairs = {(int(i), int(j)) for i, j in r.integers(0, len(docs), (100, 2)) if i != j}
    near = np.argsort(-(c - 2 * np.eye(len(docs))).ravel())[:200:2]
    pairs |= {(int(k // len(docs)), int(k % len(docs))) for k in near}
    with open(sys.argv[1] + "/lexical.txt", "w") as f:
        f.writelines(" ".join(d) + "\n" for d in docs)
        f.write("--\n")
        f.writelines(f"{i} {j} {c[i, j]:.6f}\n" for i, j in sorted(pairs))
    print(f"{len(docs)} texts, {len(vocabulary)} words, singular values {s[0]:.3f} … {s[DIMENSION - 1]:.3f} | {s[DIMENSION]:.3f}", file=sys.stderr)


if __name__ == "__main__":
    main()
