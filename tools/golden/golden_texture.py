#!/usr/bin/env python3
"""Reference values for the texture tests, from scikit-image, OpenCV and numpy.

usage: golden_texture.py OUT_DIR        (OUT_DIR = Tests/FeaturesTests/Golden; writes texture.json)

The pictures are made by formulas that Tests/FeaturesTests/Texture/TexturePictures.swift has too; a checksum of the pixels
in the file shows that both sides mean the same picture. Needs numpy, scipy, opencv, scikit-image.
"""
import json, pathlib, sys, warnings
import cv2
import numpy as np
from scipy import ndimage
from skimage.feature import graycomatrix, graycoprops, hog, local_binary_pattern, structure_tensor
from skimage.filters import gabor_kernel
from pictures import checksum, rounded

WIDTH, HEIGHT = 72, 60
WAVELENGTH, SIGMA, RADIUS = 4.5, 0.56 * 4.5, 7


def weave(width, height):
    """Grey: waves of two wavelengths across each other, with noise on top; in whole numbers."""
    y, x = np.mgrid[0:height, 0:width]
    first = (x * 5 + y * 3) % 37 * 3
    second = np.abs((x * 2 - y * 7) % 50 - 25) * 2
    noise = ((x * 31 + y * 17) * 7919 % 65536) % 24
    return (40 + first + second + noise).astype(np.uint8)


def patterns(grey):
    """Shares of the bins of scikit-image's codes, where the whole circle lies in the picture."""
    out = {}
    for points, radius in ((8, 1), (16, 2), (24, 3)):
        inside = np.s_[radius:-radius, radius:-radius]
        for method, bins in (("nri_uniform", points * (points - 1) + 3), ("uniform", points + 2)):
            codes = local_binary_pattern(grey, points, radius, method)[inside].astype(int)
            out[f"{method}_{points}_{radius}"] = rounded(np.bincount(codes.ravel(), minlength=bins) / codes.size, 7)
    return out


def gabor(grey):
    """Mean and deviation of the magnitudes, and those of every 9th pixel, for 6 orientations."""
    centred = grey.astype(np.float64) - grey.mean()
    rows = []
    for k in range(6):
        kernel = gabor_kernel(1 / WAVELENGTH, theta=np.pi * k / 6, sigma_x=SIGMA, sigma_y=SIGMA, n_stds=8)
        middle = np.array(kernel.shape) // 2
        kernel = kernel[middle[0] - RADIUS:middle[0] + RADIUS + 1, middle[1] - RADIUS:middle[1] + RADIUS + 1]
        kernel = kernel / np.abs(kernel).sum()
        part = [cv2.filter2D(centred, cv2.CV_64F, np.ascontiguousarray(p), borderType=cv2.BORDER_REFLECT_101)
                for p in (kernel.real, kernel.imag)]
        magnitude = np.hypot(*part)
        rows.append({"mean": rounded(magnitude.mean())[0], "deviation": rounded(magnitude.std())[0],
                     "every9th": rounded(magnitude[::9, ::9], 5),
                     "halfMean": rounded(magnitude[::2, ::2].mean())[0],
                     "cells": rounded(magnitude.reshape(4, HEIGHT // 4, 4, WIDTH // 4).mean((1, 3)), 5)})
    return rows


def gradients(grey):
    """scikit-image's hog: hard bins, 9 of 180 degrees, cells of 12 x 10 pixels; before and after normalisation."""
    cells = hog(grey, 9, (10, 12), (1, 1), "L1", feature_vector=True)
    blocks = hog(grey, 9, (10, 12), (2, 2), "L2", feature_vector=True)
    # L1 of single cells loses their sums: magnitudes are summed here the same way.
    g = grey.astype(np.float64)
    gx, gy = np.zeros_like(g), np.zeros_like(g)
    gx[:, 1:-1] = g[:, 2:] - g[:, :-2]
    gy[1:-1] = g[2:] - g[:-2]
    magnitude, angle = np.hypot(gx, gy), np.rad2deg(np.arctan2(gy, gx)) % 180
    position = angle / 22.5 - 0.5
    soft = np.zeros((6, 6, 8))
    for b in range(8):
        d = np.abs((position - b + 4) % 8 - 4)
        soft[..., b] = (magnitude * np.maximum(0, 1 - d)).reshape(6, 10, 6, 12).sum((1, 3))
    return {"hardShares": rounded(cells), "blocks": rounded(blocks), "softSums": rounded(soft, 3)}


def tensors(grey):
    """Structure tensors over boxes of 4, 8, 16 and 32 pixels, and what follows from them."""
    out = []
    rr, rc, cc = structure_tensor(grey.astype(np.float64), sigma=1e-6, mode="mirror", order="rc")
    # scikit-image's derivative is Sobel's over 8 (ndimage's sobel is not scaled; the factor is checked here).
    unit = ndimage.sobel(grey.astype(np.float64), 1, mode="mirror")
    scale = np.sqrt((unit ** 2).mean() / cc.mean()) / 8
    for side in (4, 8, 16, 32):
        h, w = HEIGHT // side, WIDTH // side
        # Windows of windows: what four of the finer ones don't fill is left out.
        box = lambda p: (p * scale ** 2)[:h * side, :w * side].reshape(h, side, w, side).mean((1, 3))
        yy, xy, xx = box(rr), box(rc), box(cc)
        total, c, s = xx + yy, xx - yy, 2 * xy
        coherence, energy = np.hypot(c, s) / (total + 1), np.log1p(np.sqrt(total))
        c, s = c / (total + 1), s / (total + 1)
        position = (np.arctan2(s, c) / (2 * np.pi) % 1) * 8 - 0.5
        orientations = [(coherence * np.maximum(0, 1 - np.abs((position - b + 4) % 8 - 4))).sum() / coherence.sum() for b in range(8)]
        step = lambda p, axis: np.abs(np.diff(p, axis=axis)).mean() if p.shape[axis] > 1 else 0
        out.append({"orientations": rounded(orientations), "values": rounded(
            [coherence.mean(), coherence.std(), energy.mean(), energy.std(), c.mean(), s.mean(), np.hypot(c.mean(), s.mean()),
             (coherence * energy).mean() - coherence.mean() * energy.mean()]
            + [step(p, axis) for p in (c, s, energy) for axis in (1, 0)])})
    return out


def cooccurrence(grey):
    out = []
    names = ("contrast", "dissimilarity", "homogeneity", "energy", "correlation", "entropy")
    for distance in (1, 2):
        # Its angles go from the right over right below to left below, as ours; its diagonals are this much longer.
        p = np.concatenate([
            graycomatrix(grey // 16, [distance * (2 ** 0.5 if a % 2 else 1)], [a * np.pi / 4], 16, symmetric=True, normed=True)
            for a in range(4)], axis=3)
        out.append({"distance": distance, "matrix": rounded(p[:, :, 0, 1], 8),
                    "properties": [rounded([graycoprops(p, n)[0, a] for n in names]) for a in range(4)]})
    return out


def markov(grey):
    offsets = [(1, 0), (0, 1), (1, 1), (-1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (-2, 1), (-1, 2)]
    g = grey.astype(np.float64)
    h, w = g.shape
    at = lambda dx, dy: g[2 + dy:h - 2 + dy, 2 + dx:w - 2 + dx].ravel()
    q = np.stack([at(dx, dy) + at(-dx, -dy) for dx, dy in offsets] + [np.ones((h - 4) * (w - 4))], 1)
    solution, *_ = np.linalg.lstsq(q, at(0, 0), rcond=None)
    return {"coefficients": rounded(solution[:10]), "residualVariance": rounded(((at(0, 0) - q @ solution) ** 2).mean())[0]}


def tamura(grey):
    """After the paper; what it leaves open as TamuraTexture says."""
    g = grey.astype(np.float64)
    h, w = g.shape
    octaves = max(k for k in range(1, 6) if 4 << k <= min(h, w))
    margin = 1 << octaves
    sums = np.zeros((h + 1, w + 1))
    sums[1:, 1:] = g.cumsum(0).cumsum(1)
    window = lambda x0, y0, n: (sums[y0 + n, x0 + n] - sums[y0, x0 + n] - sums[y0 + n, x0] + sums[y0, x0]) / n ** 2
    best = []
    for y in range(margin, h - margin + 1, 2):
        for x in range(margin, w - margin + 1):
            e = []
            for k in range(1, octaves + 1):
                n, s = 1 << k, 1 << (k - 1)
                e.append(max(abs(window(x + s - s, y - s, n) - window(x - s - s, y - s, n)),
                             abs(window(x - s, y + s - s, n) - window(x - s, y - s - s, n))))
            best.append(2 << int(np.argmax(e)))
    best = np.array(best)
    kurtosis = ((g - g.mean()) ** 4).mean() / g.var() ** 2
    gx, gy = (ndimage.sobel(g, axis, mode="mirror") for axis in (1, 0))
    strong = np.abs(gx) + np.abs(gy) >= 32
    histogram = np.bincount(np.minimum((np.arctan2(gy, gx)[strong] % np.pi) / np.pi * 16, 15.999).astype(int), minlength=16)
    d = np.abs(np.arange(16) - histogram.argmax())
    d = np.minimum(d, 16 - d)
    return {"coarseness": rounded(best.mean())[0], "scaleShares": rounded([(best == 2 << k).mean() for k in range(5)]),
            "contrast": rounded(g.std() / kurtosis ** 0.25)[0], "edgeShare": rounded(strong.mean())[0],
            "directionality": rounded(1 - 12 * (histogram * d ** 2).sum() / histogram.sum() / (16 ** 2 + 2))[0]}


def main(out):
    warnings.simplefilter("ignore")
    grey = weave(WIDTH, HEIGHT)
    golden = {"made_with": {"opencv": cv2.__version__, "skimage": __import__("skimage").__version__},
              "width": WIDTH, "height": HEIGHT, "checksum": checksum(grey),
              "patterns": patterns(grey), "gabor": gabor(grey), "gradients": gradients(grey), "tensors": tensors(grey),
              "cooccurrence": cooccurrence(grey), "markov": markov(grey), "tamura": tamura(grey)}
    path = pathlib.Path(out) / "texture.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
