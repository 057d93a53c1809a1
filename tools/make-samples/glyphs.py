"""Writing that is not writing: invented brush characters, seals, and block letters."""

import numpy as np

from draw import Mask, spline


def brush_glyph(mask: Mask, rng, x, y, size):
    """One invented character in a square whose upper left corner is (x, y)."""
    def line(points, weight):
        p = np.array(points) * size + (x, y) + rng.normal(0, 0.02 * size, (len(points), 2))
        mask.stroke(spline(p, 6), np.linspace(weight, weight * rng.uniform(0.35, 0.8), len(spline(p, 6))) * size)

    w = 0.10
    kind = rng.integers(4)
    rows = np.sort(rng.choice(np.linspace(0.12, 0.88, 5), 3, replace=False))
    for r in rows[: 2 + int(rng.random() < 0.6)]:
        a, b = rng.uniform(0.02, 0.3), rng.uniform(0.7, 0.98)
        line([(a, r), ((a + b) / 2, r - 0.03), (b, r - 0.05)], w)
    if kind in (0, 1):
        c = rng.uniform(0.3, 0.7)
        line([(c, 0.02), (c, 0.5), (c - 0.02, 0.98)], w * 1.1)
    if kind in (1, 2):
        line([(0.5, 0.4), (0.3, 0.75), (0.05, 0.97)], w)
        line([(0.5, 0.45), (0.7, 0.75), (0.96, 0.95)], w * 1.2)
    if kind == 3:
        line([(0.15, 0.3), (0.14, 0.9)], w)
        line([(0.15, 0.3), (0.85, 0.28), (0.84, 0.92)], w)
        line([(0.15, 0.9), (0.84, 0.9)], w)
    for _ in range(int(rng.integers(0, 3))):
        dx, dy = rng.uniform(0.15, 0.85), rng.uniform(0.1, 0.9)
        line([(dx, dy), (dx + 0.08, dy + 0.09)], w * 1.2)


def column(mask: Mask, rng, x, y, size, count):
    """A column of invented characters, top to bottom."""
    for k in range(count):
        brush_glyph(mask, rng, x, y + k * size * 1.16, size)


def seal(mask: Mask, rng, x, y, size):
    """A square seal: the characters stand out bare in the coloured field."""
    mask.rectangle(x, y, x + size, y + size)
    for k in range(4):
        gx, gy = x + size * (0.1 + 0.42 * (k % 2)), y + size * (0.1 + 0.42 * (k // 2))
        for r in rng.choice([0.1, 0.3, 0.5, 0.7, 0.9], 3, replace=False):
            mask.stroke([(gx, gy + r * size * 0.38), (gx + size * 0.36, gy + r * size * 0.38)], size * 0.05, value=0)
        c = gx + size * rng.uniform(0.08, 0.28)
        mask.stroke([(c, gy), (c, gy + size * 0.38)], size * 0.05, value=0)


# Rectangles (x0, y0, x1, y1) on a field 3 wide and 5 high.
_BLOCKS = (
    ((0, 0, 1, 5), (2, 0, 3, 5), (1, 2, 2, 3)), ((0, 0, 3, 1), (1, 1, 2, 5)), ((0, 0, 1, 5), (1, 0, 3, 1)), ((0, 0, 1, 5), (2, 0, 3, 5), (1, 0, 2, 1)),
    ((0, 0, 1, 5), (1, 0, 3, 1), (1, 2, 2.6, 3), (1, 4, 3, 5)), ((0, 0, 1, 5), (2, 0, 3, 5), (1, 0, 2, 1), (1, 4, 2, 5)), ((0, 0, 0.8, 5), (1.1, 0, 1.9, 5), (2.2, 0, 3, 5), (0, 4, 3, 5)),
    ((0, 0, 1, 5), (1, 0, 3, 1), (2, 1, 3, 2), (1, 2, 3, 3)), ((1, 0, 2, 5),),
)


def block_word(mask: Mask, rng, origin, angle, height, count, turn):
    """A word of heavy invented capitals; `turn` maps points about `origin` by `angle`. Returns its length."""
    cell, at = height / 5, 0.0
    for _ in range(count):
        for x0, y0, x1, y1 in _BLOCKS[int(rng.integers(len(_BLOCKS)))]:
            box = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) * cell + (origin[0] + at, origin[1])
            mask.polygon(turn(box, angle, origin))
        at += 3.6 * cell
    return at
