"""Neoplastic grid: black bars at right angles, pale planes, a few of full colour."""

import numpy as np

from colour import clip01, mix, vary
from draw import Mask, lay
from fields import fbm
from picture import Picture
from surface import brushed, canvas_weave

LABEL = "Neoplastic Grid"
MEDIUM = "oil on canvas"
ARTISTS = ["Joost van Rhede", "Katarzyna Wolny", "Ilse Doormaat"]
DATES = ["1920", "1921", "c. 1922", "1923", "1925", "1927", "1929", "1930s", "1932", "1935–36", "1939", "1942"]
SUBJECTS = ["sparse", "dense", "sparse", "double", "dense", "lozenge", "sparse", "double"]
_TITLES = ["Composition with Large Plane", "Compositie No. 3", "Komposition mit Balken", "Tableau II", "Composition en carré", "Compositie met lijnen", "Picture IV", "Rhythm of Lines", "Kompozycja", "Lozenge Composition", "Tableau VIII", "Composition B", "Kompozycja otwarta", "Compositie No. 11", "Opposition of Lines"]


def _divide(rng, box, least, depth):
    """Splits a box by a full bar, unevenly, until the parts are small."""
    x0, y0, x1, y1 = box
    w, h = x1 - x0, y1 - y0
    if depth == 0 or (w < 2 * least and h < 2 * least) or (depth < 3 and rng.random() < 0.2):
        return [box]
    t = rng.choice([0.22, 0.3, 0.38, 0.62, 0.7, 0.78]) + rng.normal(0, 0.02)
    if (w * rng.uniform(0.6, 1.5) > h and w >= 2 * least) or h < 2 * least:
        x = x0 + w * t
        return _divide(rng, (x0, y0, x, y1), least, depth - 1) + _divide(rng, (x, y0, x1, y1), least, depth - 1)
    y = y0 + h * t
    return _divide(rng, (x0, y0, x1, y), least, depth - 1) + _divide(rng, (x0, y, x1, y1), least, depth - 1)


def paint(rng, palette, width, height, subject) -> Picture:
    depth, least = {"sparse": (4, 0.16), "dense": (5, 0.07), "double": (4, 0.11), "lozenge": (5, 0.16)}[subject]
    boxes = _divide(rng, (-4, -4, width + 4, height + 4), least * min(width, height), depth)
    white = mix(palette.paper, [palette.sky, palette.glow, palette.far][int(rng.integers(3))], rng.uniform(0.0, 0.1))
    picture = np.zeros((height, width, 3), np.float32) + white
    full = [palette.accent, palette.glow, palette.water, palette.leaf if rng.random() < 0.4 else palette.accent, palette.earth if rng.random() < 0.4 else palette.water]
    coloured = set(rng.permutation(len(boxes))[: max(2, round(len(boxes) * rng.uniform(0.25, 0.4)))].tolist())
    for k, (x0, y0, x1, y1) in enumerate(boxes):
        if k in coloured:
            c = vary(full[k % len(full)], rng, 0.006, 0.03, 0.02)
        else:  # no two of the whites are quite the same
            c = mix(white, palette.far, abs(rng.normal(0, 0.09)))
        plane = Mask(width, height).rectangle(x0, y0, x1, y1).array()
        sweep = 1 + 0.012 * fbm(rng, width, height, 110, 3, stretch=3 if x1 - x0 > y1 - y0 else 0.4)
        picture = lay(picture, plane, c * sweep[..., None])
    bars = Mask(width, height)
    weight = min(width, height) / 520 * rng.uniform(0.85, 1.15)
    for x0, y0, x1, y1 in boxes:
        for a, b in (((x0, y0), (x1, y0)), ((x0, y0), (x0, y1))):
            t = weight * rng.choice([6.0, 8.5, 11.0, 14.0])
            vertical = a[0] == b[0]
            offsets = (-0.9 * t, 0.9 * t) if subject == "double" and rng.random() < 0.5 else (0.0,)
            for d in offsets:
                p = t * (0.36 if len(offsets) > 1 else 0.5)
                if vertical:
                    bars.rectangle(a[0] + d - p, a[1] - p, a[0] + d + p, b[1] + p)
                else:
                    bars.rectangle(a[0] - p, a[1] + d - p, b[0] + p, a[1] + d + p)
    black = mix(palette.ink, np.zeros(3), 0.35)
    picture = lay(picture, bars.array(), black * brushed(rng, width, height, 0.0, 8, 0.06)[..., None])
    shape = ""
    if subject == "lozenge":  # the canvas hung on its corner, on a pale wall
        wall = mix(palette.paper, palette.far, 0.35)
        r = min(width, height) / 2 - 4
        diamond = [(width / 2, height / 2 - r), (width / 2 + r, height / 2), (width / 2, height / 2 + r), (width / 2 - r, height / 2)]
        picture = lay(np.zeros_like(picture) + wall, Mask(width, height).polygon(diamond).array(), picture)
        shape = " on a lozenge-shaped canvas"
    picture = picture * canvas_weave(rng, width, height, 2.8, 0.006)[..., None]
    doubled = ", some of them doubled," if subject == "double" else ""
    return Picture(
        clip01(picture), f"black horizontal and vertical bars{doubled} dividing off-white planes and a few rectangles of full colour{shape}",
        "Flat, evenly brushed paint; an asymmetrical balance of right angles.",
        [str(t) for t in rng.permutation([t for t in _TITLES if (subject == "lozenge") or "Lozenge" not in t])],
        "abstract", ["abstraction", "grid", "right angles", "geometry", "black lines"], "balanced",
    )
