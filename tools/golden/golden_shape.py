#!/usr/bin/env python3
"""Reference values for the shape tests, from OpenCV and from plain numpy.

usage: golden_shape.py OUT_DIR        (OUT_DIR = Tests/FeaturesTests/Golden; writes shape.json)

The pictures are made by formulas that Tests/FeaturesTests has too; a checksum of the pixels in the file shows that both
sides mean the same picture. Needs numpy, opencv, and golden_colour.py beside it (with what that needs).
"""
import json, pathlib, sys
import cv2
import numpy as np
from pictures import checksum, patches, pattern, rounded

EHD = np.array([[1, -1, 1, -1], [1, 1, -1, -1], [2 ** .5, 0, 0, -2 ** .5], [0, 2 ** .5, -2 ** .5, 0], [2, -2, -2, 2]])


def figures(width, height):
    """A ring, a bar, a slanted band and a wedge on a plain ground."""
    y, x = np.mgrid[0:height, 0:width]
    r = (x - 34) ** 2 + (y - 40) ** 2
    value = np.full((height, width), 200)
    value[(r <= 26 ** 2) & (r >= 14 ** 2)] = 60
    value[(x >= 74) & (x < 110) & (y >= 10) & (y < 22)] = 90
    value[(abs(x - y - 30) <= 3) & (y >= 40)] = 20
    value[(y >= 50) & (x >= 100) & (2 * (x - 100) <= y - 50)] = 130
    return np.repeat(value[..., None], 3, 2).astype(np.uint8)


def gradient(grey):
    return [cv2.Sobel(grey, cv2.CV_16S, *d, ksize=3, borderType=cv2.BORDER_REFLECT_101) for d in ((1, 0), (0, 1))]


def cell(n, k):
    return np.arange(n) * k // n


def cell_means(values, k):
    h, w = values.shape[:2]
    return np.array([[values[cell(h, k) == r][:, cell(w, k) == c].mean((0, 1)) for c in range(k)] for r in range(k)])


def edge_histogram(grey):
    h, w = grey.shape
    s = max(1, int(np.sqrt(np.float32(h * w) / 1100)) // 2)
    q = grey[:h // s * s, :w // s * s].reshape(h // s, s, w // s, s).mean((1, 3))
    q = q[:q.shape[0] // 2 * 2, :q.shape[1] // 2 * 2]
    q = np.stack([q[0::2, 0::2], q[0::2, 1::2], q[1::2, 0::2], q[1::2, 1::2]], -1)
    answer = np.abs(q @ EHD.T)
    kind = np.where(answer.max(-1) > 11, answer.argmax(-1), 5)
    local = cell_means(np.eye(6)[kind], 4)[..., :5]
    semi = [local[i].mean(0) for i in range(4)] + [local[:, j].mean(0) for j in range(4)]
    semi += [local[i:i + 2, j:j + 2].mean((0, 1)) for i, j in ((0, 0), (0, 2), (2, 0), (2, 2), (1, 1))]
    return local.ravel(), local.mean((0, 1)), np.concatenate(semi)


def cooccurrence(dx, dy, d=2, least=32):
    bins = np.round(np.arctan2(dy, dx) / (np.pi / 4)).astype(int) % 8
    m = np.floor(np.hypot(dx, dy).astype(np.float32))
    m = np.where(m > least, m, 0)
    h, w = m.shape
    out = []
    for oy, ox in ((0, d), (d, 0), (d, d), (d, -d)):
        a = (slice(0, h - oy), slice(max(0, -ox), w - max(0, ox)))
        b = (slice(oy, h), slice(max(0, -ox) + ox, w - max(0, ox) + ox))
        sums = np.bincount((bins[a] * 8 + bins[b]).ravel(), np.minimum(m[a], m[b]).ravel(), 64)
        out.append(sums / max(sums.sum(), 1))
    return np.concatenate(out)


def orientation_moments(dx, dy):
    m, t = np.hypot(dx, dy) / 4, np.arctan2(dy, dx)
    return cell_means(np.stack([m] + [m * f(k * t) for k in (2, 4, 6) for f in (np.cos, np.sin)], -1), 8)


def fourier(points):
    p = points[np.arange(64) * len(points) // 64]
    c = np.fft.fft(p[:, 0] + 1j * p[:, 1])
    sizes = np.array([abs(c[s * k % 64]) for k in range(1, 9) for s in (1, -1)])
    return sizes / np.linalg.norm(sizes)


def shape_contexts(points):
    p = points[np.arange(128) * len(points) // 128].astype(float)
    scale = np.sqrt(2 * ((p - p.mean(0)) ** 2).sum(1).mean())
    out = np.zeros((128, 5, 12))
    for i in range(128):
        d = p - p[i]
        r = np.hypot(*d.T)
        ring = np.searchsorted(scale * 2.0 ** np.arange(-3, 2), r)
        sector = np.floor(np.degrees(np.arctan2(d[:, 1], d[:, 0])) % 360 / 30 + 1e-9).astype(int)
        keep = (r > 0) & (ring < 5)
        np.add.at(out[i], (ring[keep], sector[keep]), 1)
    out = out.reshape(128, 60)
    return np.sqrt(out / out.sum(1, keepdims=True))


def composition(grey, magnitude):
    t, e = cell_means(grey.astype(float), 12), cell_means(magnitude.astype(float), 12)
    even = lambda a, b: (1 + np.corrcoef(a.ravel(), b.ravel())[0, 1]) / 2
    y, x = (np.mgrid[0:12, 0:12] + .5) / 12
    mass = np.array([(e * x).sum(), (e * y).sum()]) / e.sum()
    spread = np.sqrt(2 * (e * ((x - mass[0]) ** 2 + (y - mass[1]) ** 2)).sum() / e.sum())

    def division(a):
        between = [k * (12 - k) / 144 * (a[:k].mean() - a[k:].mean()) ** 2 / a.var() for k in range(1, 12)]
        return (int(np.argmax(between)) + 1) / 12, max(between)
    near = np.isin(np.arange(12), (3, 4, 7, 8))
    i, j = np.mgrid[0:12, 0:12]
    middle = np.zeros((12, 12), bool)
    middle[3:9, 3:9] = True
    border = (i % 11 == 0) | (j % 11 == 0)
    share = lambda mask: e[mask].sum() / e.sum()
    return [even(t, t[:, ::-1]), even(t, t[::-1]), even(e, e[:, ::-1]), even(e, e[::-1]), *mass, spread, *division(t),
            *division(t.T), share(near[:, None] | near), share(near[:, None] & near), share(middle),
            (t[middle].mean() - t[border].mean()) / 255, share(abs(i - j) <= 1), share(abs(i + j - 11) <= 1),
            (e < 16).mean(), np.abs(e.ravel()[:, None] - e.ravel()).mean() / (2 * e.mean())]


def describe(image):
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    dx, dy = gradient(grey)
    magnitude = np.abs(dx.astype(int)) + np.abs(dy)
    edges = {f"{low}-{high}": cv2.Canny(dx, dy, low, high) for low, high in ((40, 120), (100, 300), (200, 200))}
    main = edges["100-300"]
    found, _ = cv2.findContours(main, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    # OpenCV gives the last one found first.
    contours = [c[:, 0] for c in found[::-1] if len(c) >= 8]
    longest = contours[int(np.argmax([len(c) for c in contours]))]
    points = np.concatenate(contours)
    kernel_bins = np.minimum(np.floor(2 * np.log2((magnitude // 2).astype(np.float32) / 2 + 1)), 15).astype(int)
    local, whole, semi = edge_histogram(grey)
    return {"width": image.shape[1], "height": image.shape[0], "checksum": checksum(image),
            "canny": {k: np.flatnonzero(v).tolist() for k, v in edges.items()},
            "contour_lengths": [len(c) for c in contours], "contour_points": points.ravel().tolist(),
            "hu": [float(v) for v in cv2.HuMoments(cv2.moments(main, binaryImage=True)).ravel()],
            "edge_histogram": rounded(local), "edge_histogram_global": rounded(whole),
            "edge_histogram_semi_global": rounded(semi),
            "cooccurrence": rounded(cooccurrence(dx, dy), 7), "orientation": rounded(orientation_moments(dx, dy), 5),
            "half_energy": rounded(orientation_moments(*gradient(cv2.resize(
                grey, None, fx=.5, fy=.5, interpolation=cv2.INTER_AREA)))[..., 0], 5),
            "strengths": rounded(np.bincount(kernel_bins.ravel(), minlength=16) / magnitude.size),
            "fourier": rounded(fourier(longest)), "contexts": rounded(shape_contexts(points)[::16]),
            "composition": rounded(composition(grey, magnitude))}


def main(out):
    golden = {"made_with": {"opencv": cv2.__version__, "numpy": np.__version__},
              "figures": describe(figures(128, 96)), "pattern": describe(pattern(96, 64)),
              "patches": describe(patches(60, 40))}
    path = pathlib.Path(out) / "shape.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
