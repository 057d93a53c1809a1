"""Op art: hard-edged repeats in two or three colours, bent until they swell and shimmer."""

import numpy as np

from colour import clip01, luma, mix
from fields import grid, smoothstep
from picture import Picture
from scipy import ndimage

LABEL = "Op Art"
MEDIUM = "acrylic on board"
ARTISTS = ["Viktor Halmos", "Joan Pettigrew", "Iria Couto"]
DATES = ["1961", "1962", "1963", "1964", "c. 1965", "1965", "1966–67", "1967", "1968", "1960s", "1970", "1972"]
SUBJECTS = ["globe", "waves", "rings", "squares", "folds", "stripes"]
_TITLES = {
    "globe": ["Vega-Lüd", "Bulge II", "Sphère", "Globus"], "waves": ["Current", "Cataract", "Welle 3", "Breathing Lines"], "rings": ["Echo", "Interferenz", "Ripple 5", "Anneaux"],
    "squares": ["Tunnel", "Quadrat im Quadrat", "Descent", "Turn"], "folds": ["Fold", "Movement in Squares II", "Pli", "Hinge"], "stripes": ["Drift", "Blaze", "Vibration", "Streifen"],
}
_SHOWN = {
    "globe": "a chequerboard that swells into a sphere", "waves": "parallel waving lines that crowd and spread", "rings": "two sets of concentric rings that cross and shimmer",
    "squares": "squares nested inside squares, each turned a little further", "folds": "a chequerboard whose squares narrow towards a fold", "stripes": "zigzag stripes that bend along curved seams",
}
_S = 4  # hard edges: sampled four times finer, then averaged


def paint(rng, palette, width, height, subject) -> Picture:
    w, h = width * _S, height * _S
    x, y = grid(w, h)
    unit = min(w, h)
    u, v = (x - w / 2) / unit, (y - h / 2) / unit
    extra = np.zeros((h, w), np.float32)
    cx, cy = rng.uniform(-0.12, 0.12, 2)
    if subject == "globe":
        r = np.hypot(u - cx, v - cy)
        size, n = rng.uniform(0.36, 0.46), rng.integers(16, 24)
        bulge = np.where(r < size, np.arcsin(np.clip(r / size, 0, 1)) / (np.pi / 2) * 0.999, 1) / np.where(r < size, r / size, 1).clip(1e-4)
        p, q = (u - cx) * bulge, (v - cy) * bulge
        on = (np.floor(p * n) + np.floor(q * n)) % 2
        extra = smoothstep(size + 0.004, size - 0.004, r)
    elif subject == "waves":
        n, a = rng.integers(26, 40), rng.uniform(0.03, 0.07)
        k, ph = rng.uniform(1.2, 2.4), rng.uniform(0, 6)
        bend = a * np.sin(2 * np.pi * (k * v + 0.25 * np.sin(3 * v + ph)) + ph) * (1 + 0.8 * np.sin(2.4 * u + ph))
        on = (np.sin(np.pi * n * (u + bend) + 1.2 * np.sin(5 * u)) > 0) * 1.0
        extra = smoothstep(-0.3, 0.3, np.sin(2.2 * v + ph))
    elif subject == "rings":
        n, d = rng.integers(17, 26), rng.uniform(0.10, 0.24)
        a = rng.uniform(0, np.pi)
        r1 = np.hypot(u - d * np.cos(a), v - d * np.sin(a))
        r2 = np.hypot(u + d * np.cos(a), v + d * np.sin(a))
        on = ((np.floor(r1 * n * 2) + np.floor(r2 * n * 2)) % 2)
        extra = (r1 < r2) * 1.0
    elif subject == "squares":
        turn, n = rng.uniform(0.5, 1.3) * rng.choice([-1, 1]), rng.integers(13, 20)
        best = np.zeros((h, w), np.float32)
        for k in range(n):
            a = turn * k / n + 0.02
            s = 0.72 * (1 - k / n) ** 1.15
            c, sn = np.cos(a), np.sin(a)
            uu, vv = (u - cx * k / n) * c + (v - cy * k / n) * sn, -(u - cx * k / n) * sn + (v - cy * k / n) * c
            best = np.where(np.maximum(np.abs(uu), np.abs(vv)) < s, k, best)
        on, extra = best % 2, smoothstep(0, 1, best / n)
    elif subject == "folds":
        fold, n = rng.uniform(-0.25, 0.25), rng.integers(9, 14)
        d = np.abs(u - fold) + 0.012
        on = (np.floor(np.sign(u - fold) * 6.5 * np.log(d * 6 + 1) * 1.5) + np.floor(v * n)) % 2
        extra = smoothstep(0.3, 0.0, d)
    else:
        n, k = rng.integers(14, 20), rng.integers(5, 8)
        seam = u + 0.06 * np.sin(2 * np.pi * v * 1.2 + rng.uniform(0, 6))
        tooth = np.abs(((seam * k) % 1) - 0.5)
        on = (np.floor((v + tooth * rng.uniform(0.2, 0.38)) * n * 2) % 2)
        extra = smoothstep(-0.5, 0.5, u)

    dark, pale = mix(palette.ink, palette.water, rng.uniform(0, 0.3)), palette.paper
    a, b = [(palette.accent, palette.glow), (palette.water, palette.accent), (palette.leaf, palette.glow), (palette.earth, palette.water), (pale, pale)][int(rng.integers(5))]
    # Figure and ground must stand apart in lightness wherever they meet.
    if rng.random() < 0.5:  # dark and coloured on pale
        tinted = mix(a, dark, 0.25)
        tinted = mix(tinted, dark, 0.6) if luma(pale) - luma(tinted) < 0.4 else tinted
        one, two = mix(np.zeros((h, w, 3), np.float32) + dark, tinted, extra), np.zeros((h, w, 3), np.float32) + pale
    else:  # dark on coloured
        a, b = (mix(c, pale, 0.55) if luma(c) - luma(dark) < 0.33 else c for c in (a, b))
        one, two = np.zeros((h, w, 3), np.float32) + dark, mix(np.zeros((h, w, 3), np.float32) + a, b, extra)
    picture = mix(two, one, on.astype(np.float32))
    picture = picture.reshape(height, _S, width, _S, 3).mean((1, 3))
    picture *= (1 + 0.004 * ndimage.gaussian_filter(rng.normal(0, 1, (height, width)), 0.8))[..., None].astype(np.float32)
    return Picture(
        clip01(picture), _SHOWN[subject], "Hard-edged, flat and exact; the repeat is bent until the surface seems to move.",
        _TITLES[subject], "abstract", ["abstraction", "optical illusion", "pattern", "hard edge", "geometry"], "restless",
    )
