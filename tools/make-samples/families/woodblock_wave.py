"""Woodblock wave: flat colours between key-block lines, graded skies, claws of foam."""

import numpy as np

from colour import clip01, mix
from draw import Mask, lay, spline
from fields import fbm, grid, smoothstep
from glyphs import column, seal
from picture import Picture
from surface import mottled_ink, paper_grain, wood_grain

LABEL = "Woodblock Wave"
MEDIUM = "colour woodblock print"
ARTISTS = ["浜田 雪舟斎", "Kitao Renzan", "森川 波鳳"]
DATES = ["c. 1829", "1830s", "天保年間", "1831–33", "1834", "c. 1840", "1847", "嘉永5年", "1853", "1857", "19th century", "明治初年"]
SUBJECTS = ["great", "boats", "twin", "swell", "rain", "boats"]
BROAD = ("great", "twin")
_TITLES = {
    "great": ["沖の大波", "Great Wave off the Point", "The Breaking Wave"], "boats": ["波間の舟", "Boats beneath a Wave", "Oshiokuri Boats in Heavy Sea", "荒海"],
    "twin": ["二つの波", "Two Waves and a Mountain", "Twin Breakers"], "swell": ["月下の波", "Long Swell at Moonrise", "波と月"], "rain": ["夕立の海", "Sudden Rain over the Bay", "雨の入江"],
}
_OUTER = [(-0.75, -0.1), (-0.42, 0.3), (-0.16, 0.68), (0.14, 0.93), (0.46, 1.0), (0.72, 0.9), (0.86, 0.7), (0.86, 0.56)]
_INNER = [(1.45, -0.12), (0.98, -0.06), (0.62, 0.08), (0.44, 0.26), (0.42, 0.46), (0.52, 0.62), (0.68, 0.66), (0.86, 0.56)]


class _Print:
    """The sheet being printed: colour blocks first, the key block's lines last."""

    def __init__(self, rng, palette, w, h):
        self.rng, self.p, self.w, self.h = rng, palette, w, h
        self.picture = np.zeros((h, w, 3), np.float32) + palette.paper
        self.key = mix(palette.ink, palette.water, 0.35)
        self.line = max(w, h) / 600 * 1.7

    def block(self, points, colour, edge=True):
        self.picture = lay(self.picture, Mask(self.w, self.h).polygon(points).array(), colour)
        if edge:
            self.picture = lay(self.picture, Mask(self.w, self.h).stroke([*points, points[0]], self.line).array(), self.key)

    def strokes(self, lines, colour):
        m = Mask(self.w, self.h)
        for points, width in lines:
            m.stroke(points, width)
        self.picture = lay(self.picture, m.array(), colour)

    def foam(self, shapes, white):
        """Foam shapes (`stroke` or `disc` arguments) with one outline round all of them."""
        for grow, colour in ((2 * self.line, self.key), (0, white)):
            m = Mask(self.w, self.h)
            for points, width in shapes:
                m.stroke(points, np.asarray(width) + grow)
            self.picture = lay(self.picture, m.array(), colour)


def _claws(rng, x, y, angle, length, flip, depth=2):
    """A hooked finger of foam, with smaller hooks at its end."""
    t = np.linspace(0, 1, 7)
    turn = angle + flip * 1.7 * t**1.5
    step = length / 6
    px, py = x + np.concatenate([[0], np.cumsum(np.cos(turn[:-1]) * step)]), y + np.concatenate([[0], np.cumsum(np.sin(turn[:-1]) * step)])
    shapes = [(np.stack([px, py], 1), length * 0.34 * (1 - 0.9 * t))]
    if depth > 1:
        for k in (2, 3, 4):
            shapes += _claws(rng, px[k], py[k], turn[k] + flip * rng.uniform(-1.3, -0.5), length * rng.uniform(0.38, 0.55), flip, depth - 1)
    return shapes


def _wave(pr: _Print, x0, foot, size, flip):
    """A breaking wave `size` high, curling towards +x (or −x where `flip` is −1)."""
    rng, p = pr.rng, pr.p
    at = lambda q: np.stack([x0 + flip * q[:, 0] * size, foot - q[:, 1] * size], 1)
    outer, inner = spline(_OUTER, 14), spline(_INNER, 14)
    n = len(outer)
    body = np.vstack([outer, inner[::-1], [(1.45, -1.5), (-0.75, -1.5)]])
    deep, pale = mix(p.water, p.ink, 0.25), mix(p.paper, p.sky, 0.2)
    pr.block([tuple(q) for q in at(body)], deep)
    bands = []
    for k, t in enumerate(np.linspace(0.1, 0.92, 9)):
        curve = outer * (1 - t) + inner * t
        part = curve[int(n * 0.06) : int(n * (0.96 - 0.1 * (k % 2)))]
        taper = np.sin(np.linspace(0.15, np.pi, len(part))) ** 0.7
        bands.append((at(part), size * (0.034 if k % 2 else 0.02) * taper + 0.4))
    pr.strokes(bands[::2], mix(p.sky, p.paper, 0.25))
    pr.strokes(bands[1::2], pale)
    shapes = []
    lip = np.vstack([outer[int(n * 0.42) :], inner[::-1][: int(n * 0.42)]])
    for k in range(0, len(lip), 3):
        q = lip[k]
        xy = at(q[None])[0]
        r = size * rng.uniform(0.055, 0.085)
        shapes.append((np.array([xy, xy + 0.01]), r * 1.5))
        if k < n * 0.45:  # on the back: low tufts leaning forwards
            shapes += _claws(rng, *xy, -np.pi / 2 + flip * 0.5, size * rng.uniform(0.08, 0.13), flip)
        else:  # on the lip: fingers reaching down and forwards
            shapes += _claws(rng, *xy, np.pi / 2 - flip * rng.uniform(0.2, 1.2), size * rng.uniform(0.12, 0.2), flip)
    pr.foam(shapes, mix(p.paper, np.ones(3), 0.35))
    drops = Mask(pr.w, pr.h)
    for _ in range(60):
        q = at(np.array([[rng.uniform(0.3, 1.25), rng.uniform(0.25, 1.2)]]))[0]
        drops.disc(q[0], q[1], size * rng.uniform(0.003, 0.009))
    pr.picture = lay(pr.picture, drops.array(), mix(p.paper, np.ones(3), 0.3))


def _swell(pr: _Print, y, amplitude, length, phase, shade):
    """A band of peaked swell from y to the bottom, its crests tipped with foam."""
    p, xs = pr.p, np.linspace(-10, pr.w + 10, 160)
    cyc = ((xs / length + phase) % 1) * 2 - 1
    line = y - amplitude * (1 - np.abs(cyc) ** 0.6) * (1 + 0.25 * np.sin(xs / pr.w * 9 + phase * 7))
    colour = mix(mix(p.water, p.sky, 0.55 - 0.5 * shade), p.ink, 0.12 * shade)
    pr.block([*zip(xs, line), (pr.w + 10, pr.h + 10), (-10, pr.h + 10)], colour)
    rows = [(np.stack([xs, line + amplitude * d], 1), amplitude * 0.07 + 0.5) for d in (0.35, 0.62, 0.95)]
    pr.strokes(rows, mix(colour, p.paper, 0.55))
    shapes = []
    for k in range(1, len(xs) - 1):
        if line[k] < line[k - 1] and line[k] <= line[k + 1] and amplitude > 6:
            for j in range(4):
                shapes += _claws(pr.rng, xs[k] + (j - 1.5) * amplitude * 0.22, line[k] + abs(j - 1.5) * amplitude * 0.12, -0.7, amplitude * 0.5, 1, 1)
    if shapes:
        pr.foam(shapes, mix(p.paper, np.ones(3), 0.3))


def _boat(pr: _Print, x, y, size, tilt, flip):
    p = pr.p
    c, s = np.cos(tilt), np.sin(tilt)
    at = lambda q: [(x + flip * (a * c - b * s) * size, y + (a * s + b * c) * size) for a, b in q]
    top = spline([(-1, -0.2), (-0.5, 0.0), (0.2, 0.0), (1.15, -0.42)], 6)
    bottom = spline([(1.15, -0.42), (0.5, 0.12), (-0.4, 0.2), (-1, -0.2)], 6)
    pr.block(at([*map(tuple, top), *map(tuple, bottom)]), mix(p.glow, p.earth, 0.35))
    for k in range(6):
        q = -0.7 + 0.24 * k
        pr.block(at([(q, 0.0), (q + 0.02, -0.15), (q + 0.1, -0.2), (q + 0.17, -0.12), (q + 0.18, 0.0)]), mix(p.water, p.ink, 0.2 + 0.3 * (k % 2)))


def paint(rng, palette, width, height, subject) -> Picture:
    p, pr = palette, _Print(rng, palette, width, height)
    x, y = grid(width, height)
    flip = 1 if rng.random() < 0.7 else -1
    hy = height * rng.uniform(0.60, 0.68)
    # Bokashi: the block is wiped, so the colour fades from the upper edge and from the horizon.
    sky = mix(p.paper, p.glow, 0.25 + 0.45 * smoothstep(0.35 * hy, hy, y))
    sky = mix(sky, mix(p.sky, p.water, 0.35), smoothstep(height * 0.24, 0, y + 3 * fbm(rng, width, height, 90, 2)))
    pr.picture = sky.astype(np.float32)
    shows = []
    sx = width * (0.5 + flip * rng.uniform(0.16, 0.3))
    if subject in ("swell", "twin", "great") and rng.random() < 0.8 or subject == "swell":
        r = min(width, height) * rng.uniform(0.05, 0.075)
        disc = Mask(width, height).disc(width * (0.5 + flip * (0.36 if subject == "great" else 0.1)), height * 0.17, r).array()
        pr.picture = lay(pr.picture, disc, mix(p.paper, p.glow, 0.2) if subject == "swell" else p.accent)
        shows.append("a pale moon" if subject == "swell" else "a red sun disc" if p.accent[0] > 0.7 and p.accent[1] < 0.3 else "a sun disc")
    m = min(width, height) * rng.uniform(0.2, 0.28)
    if subject in ("great", "boats"):  # clear of the crest
        sx, m = width * (0.5 + flip * 0.385), min(m * 0.7, width * 0.13)
    flank = [(-1.5, 0), (-0.9, -0.28), (-0.42, -0.66), (-0.14, -0.96), (0.14, -0.97), (0.44, -0.64), (0.95, -0.26), (1.6, 0)]
    hill = [(sx + a * m, hy + 6 + b * m) for a, b in flank]
    pr.block(hill, mix(p.far, p.water, 0.4))
    cap = [(-0.42, -0.66), (-0.14, -0.96), (0.14, -0.97), (0.44, -0.64), (0.3, -0.7), (0.2, -0.56), (0.08, -0.7), (-0.06, -0.52), (-0.18, -0.7), (-0.3, -0.58)]
    pr.block([(sx + a * m, hy + 6 + b * m) for a, b in cap], mix(p.paper, np.ones(3), 0.4))
    _swell(pr, hy, 5, width * 0.11, rng.random(), 0.0)
    if subject in ("great", "boats"):
        _wave(pr, width * (0.5 - flip * rng.uniform(0.2, 0.26)), height * 0.88, min(height * 0.72, width * 0.62), flip)
        shown = "a huge wave rearing up with clawed foam"
    elif subject == "twin":
        _wave(pr, width * (0.5 - flip * 0.30), height * 0.82, min(height * 0.58, width * 0.5), flip)
        _wave(pr, width * (0.5 + flip * 0.42), height * 0.96, min(height * 0.4, width * 0.34), -flip)
        shown = "two breaking waves facing each other"
    else:
        for k in range(4):
            t = (k + 1) / 5
            _swell(pr, hy + (height - hy) * t * 0.8, height * (0.03 + 0.055 * t), width * (0.2 + 0.14 * k), rng.random(), t)
        shown = "long rows of peaked swell"
    if subject in ("boats", "rain"):
        for k in range(2):
            _boat(pr, width * (0.5 + flip * (0.26 - 0.36 * k)), height * (0.84 + 0.06 * k), width * rng.uniform(0.11, 0.14), rng.normal(0, 0.1), flip)
        shown += ", slender boats with crouching rowers among them"
    _swell(pr, height * 0.985, height * 0.075, width * rng.uniform(0.3, 0.45), rng.random(), 1.0)
    if subject == "rain":
        rain = Mask(width, height)
        for _ in range(170):
            rx, ry, n = rng.uniform(-0.2, 1.1) * width, rng.uniform(-0.1, 0.9) * height, height * rng.uniform(0.15, 0.4)
            rain.stroke([(rx, ry), (rx + n * 0.26, ry + n)], 0.9)
        pr.picture = lay(pr.picture, rain.array(), pr.key, 0.6)
        shows.append("slanting lines of rain")
    shows.insert(0, "a snow-capped mountain far off")
    size = min(width, height) * 0.034
    bx, by = (width * 0.05 if flip < 0 else width * 0.95 - size * 1.7), height * 0.06
    bx = width * 0.06 if subject in ("swell", "rain") or flip > 0 else bx
    card = Mask(width, height).rectangle(bx - size * 0.3, by - size * 0.3, bx + size * 1.3, by + size * 5.1).array()
    pr.picture = lay(pr.picture, card, mix(p.glow, p.paper, 0.4))
    text = Mask(width, height)
    column(text, rng, bx, by, size, 4)
    pr.picture = lay(pr.picture, text.array(), p.ink)
    stamp = Mask(width, height)
    seal(stamp, rng, bx + size * 0.05, by + size * 5.4, size * 0.9)
    pr.picture = lay(pr.picture, stamp.array(), p.accent)
    edge = int(min(width, height) * 0.022)
    bare = np.ones((height, width), np.float32)
    bare[edge:-edge, edge:-edge] = 0
    sheet = mix(p.paper, p.earth, 0.06)
    cover = mottled_ink(rng, width, height, 0.10)
    picture = mix(sheet, pr.picture * wood_grain(rng, width, height, 0.05)[..., None], cover)
    picture = mix(picture, sheet, bare) * paper_grain(rng, width, height, 0.018)[..., None]
    return Picture(
        clip01(picture), f"{shown}; with {' and '.join(shows)}",
        "Printed from wood blocks: flat colours inside dark outlines, a sky graded by wiping, the grain of the block showing; an invented inscription and seal.",
        _TITLES[subject], "marine", ["wave", "sea", "mountain", "outline", "flat colour", "ukiyo-e"] + (["boats"] if "boat" in shown else []) + (["rain"] if subject == "rain" else []), "dramatic",
    )
