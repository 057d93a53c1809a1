#!/usr/bin/env python3
"""Reference values for the colour tests, from OpenCV, scikit-image and scikit-learn.

usage: golden_colour.py OUT_DIR        (OUT_DIR = Tests/FeaturesTests/Golden; writes colour.json)

The pictures are made by formulas that Tests/FeaturesTests/TestImages.swift has too; a checksum of the pixels in the
file shows that both sides mean the same picture. Needs numpy, scipy, opencv, scikit-image, scikit-learn.
"""
import json, pathlib, sys
import cv2
import numpy as np
import scipy.stats
from skimage.color import deltaE_cie76, rgb2hsv, rgb2lab
from sklearn.cluster import KMeans
from pictures import checksum, patches, pattern, rounded

WIDTH, HEIGHT = 48, 32


def every_colour():
    """A grid through the sRGB cube, corners and greys included."""
    steps = np.array([0, 1, 10, 11, 40, 97, 128, 180, 254, 255], np.uint8)
    r, g, b = np.meshgrid(steps, steps, steps, indexing="ij")
    return np.stack([r, g, b], -1).reshape(1, -1, 3)


def soft_histogram(planes, axes):
    """Shares of a histogram whose pixels count for the bins around them: hat functions about the bins' centres.

    axes: (bins, low, high, circular) for each plane; planes (n, 3)."""
    weights = []
    for value, (bins, low, high, circular) in zip(planes.T, axes):
        p = (value - low) / (high - low) * bins - 0.5
        if circular:
            d = np.abs((p[:, None] - np.arange(bins) + bins / 2) % bins - bins / 2)
        else:
            d = np.abs(np.clip(p, 0, bins - 1)[:, None] - np.arange(bins))
        weights.append(np.maximum(0, 1 - d))
    return np.einsum("ni,nj,nk->ijk", *weights) / len(planes)


def moments(lab):
    flat = lab.reshape(-1, 3)
    cov = np.cov(flat.T, bias=True)
    third = scipy.stats.moment(flat, 3, axis=0)
    return {"mean": rounded(flat.mean(0)), "deviation": rounded(flat.std(0)), "skewness": rounded(np.cbrt(third)),
            "covariance": rounded([cov[0, 1], cov[0, 2], cov[1, 2]])}


def inertia(lab, centres):
    d = ((lab.reshape(-1, 1, 3) - np.asarray(centres)[None]) ** 2).sum(-1)
    return float(d.min(1).mean())


def autocorrelogram(lab, distances=(1, 3, 5, 9)):
    """Shares of equal pairs at each distance along the axes, and the same for each of 80 colours."""
    cells = [np.clip(((lab[..., i] - low) * n / (high - low)).astype(int), 0, n - 1)
             for i, (n, low, high) in enumerate([(5, 0, 100), (4, -40, 40), (4, -40, 56)])]
    label = (cells[0] * 4 + cells[1]) * 4 + cells[2]
    shares, correlogram = [], []
    for d in distances:
        pairs = [(label[:, d:], label[:, :-d]), (label[d:], label[:-d])]
        pairs += [(q, p) for p, q in pairs]
        p, q = (np.concatenate([pair[i].ravel() for pair in pairs]) for i in (0, 1))
        shares.append((p == q).mean())
        every = np.bincount(p, minlength=80)
        correlogram += (np.bincount(p[p == q], minlength=80) / np.maximum(every, 1)).tolist()
    return shares, correlogram


def main(out):
    grid = every_colour()
    image = pattern(WIDTH, HEIGHT)
    lab = rgb2lab(image)
    # OpenCV's own saturation is range / (value + epsilon), which drops values on a bin's edge below it.
    hsv = rgb2hsv(image).astype(np.float32)
    hsv_cv = cv2.cvtColor((image / 255).astype(np.float32), cv2.COLOR_RGB2HSV) / [360, 1, 1]
    assert np.abs(hsv - hsv_cv).max() < 1e-5
    # calcHist leaves the upper end of a range out; here it belongs to the last bin.
    hard_hsv = cv2.calcHist([np.minimum(hsv, np.float32(1 - 2 ** -20))], [0, 1, 2], None, [16, 4, 4], [0, 1, 0, 1, 0, 1])
    assert hard_hsv.sum() == WIDTH * HEIGHT
    hard_lab = cv2.calcHist([lab.astype(np.float32)], [0, 1, 2], None, [8, 6, 6], [0, 100.001, -128, 128, -128, 128])
    # The 2 x 2 mean that a larger picture is sampled by.
    large = pattern(300, 200, 3)
    halved = cv2.resize(large, (150, 100), interpolation=cv2.INTER_AREA)
    cells = {}
    for side in (4, 8, 16):
        means = cv2.resize(lab, (side, side), interpolation=cv2.INTER_AREA)
        cells[str(side)] = rounded(means)
    quarter = [moments(lab[8 * r:8 * r + 8, 12 * c:12 * c + 12]) for r in range(4) for c in range(4)]
    m = cv2.resize(lab, (16, 16), interpolation=cv2.INTER_AREA)
    contrast = [np.abs(np.diff(m, axis=a)).mean((0, 1)) for a in (0, 1)]
    known = patches(60, 40)
    known_lab = rgb2lab(known)
    k5 = KMeans(5, n_init=10, random_state=1).fit(known_lab.reshape(-1, 3))
    order = np.argsort(-np.bincount(k5.labels_))
    image_lab = lab.reshape(-1, 3)
    k_inertia = {str(k): KMeans(k, n_init=10, random_state=1).fit(image_lab).inertia_ / len(image_lab) for k in range(1, 9)}
    spread = deltaE_cie76(k5.cluster_centers_[:, None], k5.cluster_centers_[None])
    assert spread[~np.eye(5, dtype=bool)].min() > 20
    golden = {
        "made_with": {"opencv": cv2.__version__, "skimage": __import__("skimage").__version__,
                      "sklearn": __import__("sklearn").__version__},
        "conversion": {"rgb": grid.ravel().tolist(), "lab": rounded(rgb2lab(grid), 5), "hsv": rounded(rgb2hsv(grid), 7)},
        "pattern": {"width": WIDTH, "height": HEIGHT, "checksum": checksum(image),
                    "hard_hsv_16_4_4": hard_hsv.ravel().astype(int).tolist(),
                    "hard_lab_8_6_6": hard_lab.ravel().astype(int).tolist(),
                    "soft_hsv_16_4_4": rounded(soft_histogram(
                        rgb2hsv(image).reshape(-1, 3), [(16, 0, 1, True), (4, 0, 1, False), (4, 0, 1, False)])),
                    "soft_lab": rounded(soft_histogram(
                        lab.reshape(-1, 3), [(8, 0, 100, False), (6, -40, 40, False), (6, -40, 56, False)])),
                    "moments": moments(lab), "cells_4x4": quarter, "cell_means": cells,
                    "contrast_vertical": rounded(contrast[0]), "contrast_horizontal": rounded(contrast[1]),
                    "autocorrelation": rounded(autocorrelogram(lab)[0]), "autocorrelogram": rounded(autocorrelogram(lab)[1]),
                    "kmeans_inertia": k_inertia},
        "halved": {"width": 300, "height": 200, "seed": 3, "checksum": checksum(large), "moments": moments(rgb2lab(halved))},
        "patches": {"width": 60, "height": 40, "checksum": checksum(known),
                    "centres": rounded(k5.cluster_centers_[order]), "shares": rounded(np.bincount(k5.labels_)[order] / 2400),
                    "inertia": inertia(known_lab, k5.cluster_centers_)},
    }
    path = pathlib.Path(out) / "colour.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
