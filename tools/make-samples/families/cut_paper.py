"""Cut paper: shapes scissored from gouache-painted sheets and pasted on bright blocks."""

import numpy as np

from colour import clip01, luma, mix, vary
from draw import Mask, lay, rounded
from fields import blur, displace, fbm, smoothstep
from picture import Picture
from surface import brushed, paper_grain

LABEL = "Cut Paper"
MEDIUM = "gouache on cut and pasted paper"
ARTISTS = ["Solange Maravert", "Benicio Lacerda"]
DATES = ["1943", "1946", "1947", "c. 1948", "1949", "1950", "1951", "1952", "early 1950s", "1953", "1958", "1961"]
SUBJECTS = ["algae", "vase", "dancer", "birds", "algae", "sun", "free", "vase", "dancer", "birds", "sun", "algae"]
UPRIGHT = ("vase",)
_TITLES = {
    "algae": ["Algues", "The Lagoon", "Leaves of the Sea", "Lagune"], "vase": ["Vase and Fronds", "Le pot de fleurs", "Topfpflanze"], "dancer": ["Dancer", "La danseuse", "Tänzerin"],
    "birds": ["Birds over Polynesia", "Les oiseaux", "Zwei Vögel"], "sun": ["Sun in the Garden", "Le soleil", "Sonne"], "free": ["Loose Fronds", "Palmette", "Découpage"],
}
_SHOWN = {
    "algae": "lobed leaves like seaweed, one on each block of colour", "vase": "a pot with branching fronds on blocks of colour", "dancer": "a leaping dancer among leaf shapes", "birds": "birds in flight above wavy leaves",
    "sun": "a sun with broad rays over leaf shapes", "free": "loose lobed fronds on an empty, transparent ground",
}


def _frond(rng, w, h, x, y, size, angle):
    """A lobed leaf: fingers on either side of a stem, then rounded as scissors do."""
    m = Mask(w, h)
    n, curl = int(rng.integers(4, 7)), rng.normal(0, 0.5)
    t = np.linspace(0, 1, 14)
    a = angle + curl * (t - 0.5)
    stem = np.stack([x + np.cumsum(np.cos(a)) * size / 14, y + np.cumsum(np.sin(a)) * size / 14], 1)
    stem -= stem.mean(0) - (x, y)
    m.stroke(stem, size * np.linspace(0.10, 0.07, 14))
    for k in range(n):
        f = 0.12 + 0.8 * k / max(n - 1, 1)
        p, d = stem[int(f * 13)], a[int(f * 13)]
        reach = size * (0.34 * np.sin(np.pi * (0.18 + 0.72 * f)) + 0.06) * rng.uniform(0.85, 1.15)
        for side in (-1, 1):
            b = d + side * rng.uniform(0.85, 1.1)
            mid = p + reach * 0.55 * np.array([np.cos(b), np.sin(b)])
            end = mid + reach * 0.5 * np.array([np.cos(b - side * 0.5), np.sin(b - side * 0.5)])
            m.stroke([p, mid, end], [size * 0.07, size * 0.085, size * 0.095])
    return rounded(m.array(), max(size * 0.016, 1.2))


def _bird(rng, w, h, x, y, size, flip):
    m = Mask(w, h)
    pts = np.array([(-1, 0.1), (-0.4, -0.02), (-0.1, -0.12), (-0.35, -0.75), (0.12, -0.3), (0.35, -0.18), (0.6, -0.22), (0.82, -0.1), (0.58, -0.02), (0.4, 0.12), (0.05, 0.2), (-0.05, 0.62), (-0.28, 0.2), (-0.55, 0.16), (-1, 0.32), (-0.8, 0.2)])
    m.polygon([(x + flip * a * size, y + b * size) for a, b in pts])
    return rounded(m.array(), max(size * 0.03, 1))


def _dancer(w, h, x, y, s, flip):
    m = Mask(w, h)
    q = lambda *pts: [(x + flip * a * s, y + b * s) for a, b in pts]
    m.disc(x + flip * 0.1 * s, y - 0.78 * s, 0.12 * s, 0.14 * s)
    m.stroke(q((0.06, -0.6), (0.0, -0.3), (-0.06, 0.02)), np.array([0.16, 0.27, 0.22]) * s)
    m.stroke(q((0.02, -0.52), (-0.35, -0.62), (-0.62, -0.9)), np.array([0.13, 0.11, 0.08]) * s)
    m.stroke(q((0.06, -0.52), (0.42, -0.48), (0.66, -0.74)), np.array([0.13, 0.11, 0.08]) * s)
    m.stroke(q((-0.04, 0.02), (0.38, 0.22), (0.2, 0.62), (0.32, 0.72)), np.array([0.24, 0.2, 0.12, 0.09]) * s)
    m.stroke(q((-0.08, 0.02), (-0.42, 0.3), (-0.85, 0.42), (-0.95, 0.36)), np.array([0.24, 0.19, 0.11, 0.08]) * s)
    return rounded(m.array(), max(s * 0.02, 1))


def _sun(rng, w, h, x, y, s):
    m = Mask(w, h).disc(x, y, s * 0.5)
    n = int(rng.integers(9, 13))
    for k in range(n):
        a = 2 * np.pi * k / n + rng.normal(0, 0.05)
        d, e = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)]) * s * 0.13
        c = np.array([x, y])
        m.polygon([c + d * s * 0.45 + e, c + d * s * rng.uniform(0.85, 1.1), c + d * s * 0.45 - e])
    return rounded(m.array(), max(s * 0.015, 1))


class _Collage:
    def __init__(self, rng, w, h, ground):
        self.rng, self.w, self.h = rng, w, h
        self.picture = np.zeros((h, w, 3), np.float32) + ground
        self.cover = np.zeros((h, w), np.float32)
        self.uneven = (fbm(rng, w, h, 22, 3) * 0.9, fbm(rng, w, h, 22, 3) * 0.9)

    def paste(self, mask, colour, thick=1.0):
        """One painted sheet: brushed streaks, a slightly uneven cut, a thin shadow at its edge."""
        mask = displace(mask, *self.uneven)
        shade = np.roll(blur(mask, 1.6), (2, 2), (0, 1)) * (1 - mask)
        self.picture *= (1 - 0.42 * thick * clip01(shade))[..., None]
        streak = brushed(self.rng, self.w, self.h, self.rng.uniform(0, np.pi), 10, 0.014)
        self.picture = lay(self.picture, mask, clip01(colour * streak[..., None]))
        rim = clip01(mask - np.roll(mask, (1, 1), (0, 1)))
        self.picture = lay(self.picture, rim, mix(colour, np.ones(3), 0.5), 0.5 * thick)
        self.cover = np.maximum(self.cover, mask)


def _other(rng, hues, than):
    """A hue that stands out from another."""
    far = sorted(hues, key=lambda c: -float(np.abs(c - than).sum() + 1.5 * abs(luma(c) - luma(than))))
    return vary(far[int(rng.integers(4))], rng, 0.01, 0.05, 0.03)


def paint(rng, palette, width, height, subject) -> Picture:
    p, w, h = palette, width, height
    hues = [p.accent, p.glow, p.water, p.leaf, p.sky, p.ink, p.paper, p.earth]
    c = _Collage(rng, w, h, p.paper)
    unit = min(w, h)
    blocks = []
    if subject != "free":
        nx, ny = (3, 2) if w > 1.15 * h else (2, 3) if h > 1.15 * w else (2, 2) if rng.random() < 0.5 else (3, 3)
        if subject in ("dancer", "vase", "sun", "birds"):
            nx, ny = (2, 1) if w > h else (1, 2)
        xs = np.concatenate([[0], np.sort((np.arange(1, nx) + rng.uniform(-0.14, 0.14, nx - 1)) / nx), [1]]) * w
        ys = np.concatenate([[0], np.sort((np.arange(1, ny) + rng.uniform(-0.14, 0.14, ny - 1)) / ny), [1]]) * h
        last = None
        for j in range(ny):
            for i in range(nx):
                hue = hues[int(rng.integers(len(hues)))] if last is None else _other(rng, hues, last)
                last = hue
                skew = rng.normal(0, 3, (4, 2))
                box = np.array([(xs[i], ys[j]), (xs[i + 1], ys[j]), (xs[i + 1], ys[j + 1]), (xs[i], ys[j + 1])]) + skew
                box += np.sign(box - np.array([xs[i : i + 2].mean(), ys[j : j + 2].mean()])) * 4
                c.paste(Mask(w, h).polygon(box).array(), hue, 0.5)
                blocks.append((xs[i], ys[j], xs[i + 1], ys[j + 1], hue))
    else:
        blocks = [(0, 0, w, h, p.paper)]

    if subject == "algae":
        for x0, y0, x1, y1, hue in blocks:
            size = min(x1 - x0, y1 - y0) * rng.uniform(0.85, 0.95)
            upright = -np.pi / 2 + rng.normal(0, 0.25) if y1 - y0 > 0.8 * (x1 - x0) else rng.normal(0, 0.3)
            c.paste(_frond(rng, w, h, (x0 + x1) / 2, (y0 + y1) / 2, size, upright), _other(rng, hues, hue))
    elif subject == "free":
        hue = p.paper
        for k in range(5):
            hue = _other(rng, hues[:6], hue)
            c.paste(_frond(rng, w, h, w * (0.25 + 0.5 * (k % 2) + rng.normal(0, 0.03)), h * (0.2 + 0.15 * k), unit * rng.uniform(0.42, 0.55), rng.uniform(0, 2 * np.pi)), hue)
    else:
        ground = blocks[0][4]
        leaf = _other(rng, hues, ground)
        border = [(0.1, 0.15), (0.9, 0.2), (0.12, 0.85), (0.88, 0.82), (0.5, 0.93)] if subject != "birds" else [(0.15, 0.8), (0.4, 0.84), (0.65, 0.8), (0.88, 0.84)]
        for fx, fy in border:
            under = next(b[4] for b in blocks if b[0] <= w * fx <= b[2] and b[1] <= h * fy <= b[3])
            colour = leaf if rng.random() < 0.5 and np.abs(leaf - under).sum() > 0.9 else _other(rng, hues, under)
            c.paste(_frond(rng, w, h, w * fx, h * fy, unit * rng.uniform(0.26, 0.36), rng.uniform(0, 2 * np.pi) if subject != "birds" else -np.pi / 2 + rng.normal(0, 0.3)), colour)
        main = _other(rng, hues, ground)
        if len(blocks) > 1:
            main = max(hues, key=lambda q: min(float(np.abs(q - b[4]).sum()) for b in blocks))
        if subject == "dancer":
            c.paste(_dancer(w, h, w * 0.5, h * 0.52, unit * 0.42, rng.choice([-1, 1])), main)
        elif subject == "birds":
            for k in range(int(rng.integers(2, 5))):
                c.paste(_bird(rng, w, h, w * (0.26 + 0.24 * k), h * (0.2 + 0.2 * ((k * 2) % 3) * 0.8), unit * rng.uniform(0.18, 0.25), rng.choice([-1, 1])), main if k % 2 == 0 else mix(main, p.paper, 0.35))
        elif subject == "sun":
            c.paste(_sun(rng, w, h, w * rng.uniform(0.42, 0.58), h * rng.uniform(0.38, 0.48), unit * 0.34), main)
        else:
            for a in np.linspace(-2.6, -0.55, 5):
                c.paste(_frond(rng, w, h, w * 0.5 + np.cos(a) * unit * 0.24, h * 0.52 + np.sin(a) * unit * 0.27, unit * 0.36, a), leaf)
            pot = Mask(w, h).polygon([(w * 0.5 + a * unit, h * 0.52 + b * unit) for a, b in ((-0.17, 0), (0.17, 0), (0.12, 0.3), (-0.12, 0.3))])
            c.paste(rounded(pot.array(), 2), main)
    picture = clip01(c.picture * paper_grain(rng, w, h, 0.008)[..., None])
    alpha = smoothstep(0.05, 0.95, c.cover) if subject == "free" else None
    return Picture(
        picture, _SHOWN[subject], "Cut with scissors from sheets brushed with flat gouache and pasted down; crisp edges and thin shadows show the layers.",
        _TITLES[subject], "figure" if subject == "dancer" else "decorative", [subject, "collage", "paper", "leaf shapes", "silhouette"], "buoyant", alpha,
    )
