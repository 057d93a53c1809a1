"""Ink wash: brush and tinted ink on absorbent paper, most of it left empty."""

import numpy as np

from colour import clip01, mix
from draw import Mask, lay, spline
from fields import blur, fbm, grid, ridge, smoothstep
from glyphs import column, seal
from picture import Picture
from surface import paper_grain

LABEL = "Ink Wash"
MEDIUM = "ink and light colour on paper"
ARTISTS = ["沈竹庵", "Yun Cheong-ha", "白川 霞翁"]
DATES = ["南宋", "13世紀", "元代", "c. 1380", "明代", "c. 1500", "16th century", "1574", "明末清初", "c. 1690", "清代", "18th century"]
SUBJECTS = ["peaks", "river", "bamboo", "pine", "plum", "peaks", "river", "waterfall", "bamboo", "pine", "peaks", "plum"]
UPRIGHT = ("waterfall",)
_TITLES = {
    "peaks": ["云山图", "Peaks above the Mist", "溪山清远"], "river": ["寒江独钓", "Fisherman on the River", "江村渔父"], "bamboo": ["墨竹", "Bamboo in the Wind", "竹図"],
    "pine": ["松月図", "Pine and Moon", "孤松"], "plum": ["梅花", "Flowering Plum", "墨梅図"], "waterfall": ["观瀑图", "Watching the Waterfall", "飛瀑"],
}
_SHOWN = {
    "peaks": "steep peaks rising one behind another out of mist", "river": "a lone fisherman in a small boat on an empty river below distant hills", "bamboo": "stalks of bamboo with pointed leaves",
    "pine": "an old pine leaning from a rock under a full moon", "plum": "a gnarled plum branch with scattered blossoms", "waterfall": "a thin waterfall dropping between cliffs into mist",
}


class _Sheet:
    """Ink density on paper; washes multiply, as ink does."""

    def __init__(self, rng, w, h):
        self.rng, self.w, self.h = rng, w, h
        self.x, self.y = grid(w, h)
        self.density = np.zeros((h, w), np.float32)
        self.wet = 1 + 0.22 * fbm(rng, w, h, 46, 5, 0.6)
        self.dry = smoothstep(-0.6, 0.7, fbm(rng, w, h, 5, 2, stretch=2.2))

    def wash(self, mask, strength):
        self.density += np.asarray(mask * strength * self.wet, np.float32)

    def brush(self, lines, strength, bleed=0.7, dry=0.0):
        m = Mask(self.w, self.h)
        for points, width in lines:
            m.stroke(points, width)
        a = m.array()
        a = a * (1 - dry * (1 - self.dry))
        edge = np.clip(blur(a, bleed) - 0.35 * blur(a, 3 * bleed + 0.5), 0, 1)  # ink gathers at the rim
        self.wash(clip01(blur(a, bleed) * 0.75 + 0.35 * edge), strength)

    def mountain(self, base, rise, cell, strength, fade):
        """A ridge, dark along its edge and fading downwards into mist, with hemp-fibre strokes."""
        line = ridge(self.rng, self.w, base, rise, cell, 0.42)
        d = self.y - line[None]
        inside = np.clip(d + 0.5, 0, 1)
        tone = np.exp(-np.maximum(d, 0) / fade) * 0.75 + np.exp(-np.maximum(d, 0) / 5) * 0.4
        fibre = fbm(self.rng, self.w, self.h, 14, 4, 0.6, stretch=0.35)
        tone *= 0.75 + 0.7 * smoothstep(0.1, 1.2, fibre + 0.3 * np.gradient(blur(line[None], 3)[0])[None])
        self.density *= 1 - 0.75 * inside * np.exp(-np.maximum(d, 0) / (fade * 1.6))
        self.wash(inside * tone, strength)
        return line


def _peak_line(s, cx, top, foot, spread):
    """The outline of one steep peak as y for each column."""
    d = np.abs(np.arange(s.w) - cx) / spread
    return foot - (foot - top) * np.exp(-(d**1.7)) + 9 * fbm(s.rng, s.w, 3, 34, 4, 0.55)[1]


def _peak(s, cx, top, foot, spread, strength):
    line = _peak_line(s, cx, top, foot, spread)
    d = s.y - line[None]
    inside = np.clip(d + 0.5, 0, 1) * smoothstep(foot + 5, top + (foot - top) * 0.45, s.y)
    fibre = smoothstep(0.0, 1.3, fbm(s.rng, s.w, s.h, 16, 4, 0.6, stretch=0.3) + 0.5 * np.sign(s.x - cx) * 0.6)
    rim = np.exp(-np.maximum(d, 0) / 3.0)
    s.density *= 1 - 0.9 * inside
    s.wash(inside * (0.25 + 0.6 * fibre + 0.65 * rim), strength)
    dots = [(np.array([[px, line[px] + 2], [px + 1.5, line[px] + 2]]), s.rng.uniform(2, 5)) for px in s.rng.integers(0, s.w, 90) if line[px] < foot - 25]
    s.brush(dots, strength * 0.9, 0.8)


def _pine(s, x, foot, size, lean):
    bends = [(x, foot), (x + lean * 0.25 * size, foot - 0.28 * size), (x + lean * 0.12 * size, foot - 0.5 * size), (x + lean * 0.45 * size, foot - 0.78 * size), (x + lean * 0.7 * size, foot - 0.9 * size)]
    trunk = spline(bends, 10)
    s.brush([(trunk, np.linspace(0.075, 0.018, len(trunk)) * size)], 0.9, 0.6, 0.5)
    needles, boughs = [], []
    for k in np.linspace(12, len(trunk) - 1, 9).astype(int):
        side = 1 if k % 2 else -1
        tip = trunk[k] + np.array([side * s.rng.uniform(0.12, 0.34) * size, s.rng.uniform(-0.08, 0.03) * size])
        boughs.append((spline([trunk[k], (trunk[k] + tip) / 2 + (0, -0.02 * size), tip], 6), 0.014 * size))
        for _ in range(int(s.rng.integers(3, 6))):
            c = trunk[k] + (tip - trunk[k]) * s.rng.uniform(0.35, 1.1) + s.rng.normal(0, 0.014 * size, 2)
            r = s.rng.uniform(0.045, 0.07) * size
            for a in np.linspace(np.pi * 1.02, np.pi * 1.98, 15) + s.rng.normal(0, 0.04, 15):
                needles.append((np.array([c, c + r * np.array([np.cos(a), np.sin(a) * 0.75])]), np.array([1.5, 0.7])))
    s.brush(boughs, 0.8, 0.5, 0.3)
    s.brush(needles, 0.75, 0.4)


def _bamboo(s, x, foot, top, width, strength):
    lines, y, lean = [], foot, s.rng.normal(0, 0.06)
    nodes = []
    while y > top:
        n = s.h * s.rng.uniform(0.13, 0.17)
        lines.append((np.array([(x, y - 3), (x + lean * n, y - n + 3)]), width))
        x, y = x + lean * n, y - n
        nodes.append((x, y))
    s.brush(lines, strength * 0.75, 0.7, 0.45)
    s.brush([(np.array([(a - width * 0.6, b), (a + width * 0.6, b + 1)]), 2.0) for a, b in nodes], strength, 0.5)
    leaves = []
    for a, b in nodes:
        for _ in range(int(s.rng.integers(1, 4))):
            side = s.rng.choice([-1, 1])
            c = np.array([a + side * s.w * s.rng.uniform(0.03, 0.15), b + s.h * s.rng.uniform(-0.06, 0.04)])
            leaves.append((np.array([(a, b), c]), 1.2))
            for _ in range(int(s.rng.integers(3, 6))):
                t, n = s.rng.normal(1.1 if side > 0 else 2.0, 0.4), s.h * s.rng.uniform(0.07, 0.13)
                tip = c + n * np.array([np.cos(t), np.sin(t)])
                leaves.append((spline([c, (c + tip) / 2 + s.rng.normal(0, 2, 2), tip], 6), np.sin(np.linspace(0.25, np.pi, 13)) ** 0.8 * n * 0.15 + 0.3))
    s.brush(leaves, strength, 0.5, 0.15)


def paint(rng, palette, width, height, subject) -> Picture:
    s, p = _Sheet(rng, width, height), palette
    w, h, side = width, height, 1 if rng.random() < 0.5 else -1
    petals = None
    if subject == "peaks":
        for k in range(3):
            s.mountain(h * (0.34 + 0.1 * k), h * 0.05, w * 0.4, 0.16 + 0.05 * k, h * 0.06)
        for k in range(4):
            _peak(s, w * (0.5 + side * (0.28 - 0.2 * k) + rng.normal(0, 0.03)), h * (0.16 + 0.11 * k), h * (0.62 + 0.09 * k), w * rng.uniform(0.10, 0.16), 0.45 + 0.17 * k)
        s.mountain(h * 0.9, h * 0.05, w * 0.35, 0.9, h * 0.08)
        for k in range(4):
            _pine(s, w * (0.5 - side * (0.1 + 0.1 * k)), h * rng.uniform(0.91, 0.96), h * rng.uniform(0.13, 0.2), rng.choice([-1, 1]) * 0.6)
    elif subject == "river":
        for k in range(3):
            s.mountain(h * (0.26 + 0.06 * k), h * 0.045, w * 0.3, 0.25 + 0.14 * k, h * 0.035)
        bx, by, n = w * (0.5 + side * 0.1), h * 0.64, min(w, h) * 0.15
        hull = spline([(bx - n, by - n * 0.12), (bx - n * 0.3, by + n * 0.1), (bx + n * 0.4, by + n * 0.1), (bx + n * 1.05, by - n * 0.18)], 8)
        s.brush([(hull, np.sin(np.linspace(0.4, 2.9, len(hull))) * n * 0.11 + 1)], 1.1, 0.6)
        s.brush([(np.array([(bx, by), (bx - n * 0.05, by - n * 0.26)]), np.array([n * 0.26, n * 0.1])), (np.array([(bx - n * 0.17, by - n * 0.3), (bx - n * 0.04, by - n * 0.42), (bx + n * 0.1, by - n * 0.3)]), 2.4)], 1.0, 0.6)
        s.brush([(spline([(bx, by - n * 0.15), (bx + side * n * 0.7, by - n * 0.5), (bx + side * n * 1.3, by - n * 0.35)], 8), 1.0)], 0.8, 0.4)
        s.brush([(np.array([(bx + d * n - n * 0.4, by + n * (0.25 + 0.09 * j)), (bx + d * n + n * 0.4, by + n * (0.25 + 0.09 * j))]), 1.1) for j, d in enumerate((0, 0.5, -0.4))], 0.3, 0.8)
        reeds = []
        for _ in range(46):
            rx, n = w * (0.5 - side * rng.uniform(0.2, 0.5)), h * rng.uniform(0.08, 0.2)
            reeds.append((spline([(rx, h * 0.99), (rx + rng.normal(0, 6), h * 0.99 - n * 0.6), (rx + side * n * rng.uniform(0.1, 0.6), h * 0.99 - n)], 6), np.linspace(2.6, 0.5, 13)))
        s.brush(reeds, 0.85, 0.5, 0.2)
    elif subject == "bamboo":
        for k in range(3):
            _bamboo(s, w * (0.5 + side * (0.22 - 0.17 * k) + rng.normal(0, 0.02)), h * 1.02, h * rng.uniform(-0.05, 0.12), min(w, h) * (0.022 + 0.009 * k), 0.32 + 0.3 * k)
        s.mountain(h * 0.97, h * 0.03, w * 0.3, 0.55, h * 0.05)
    elif subject == "pine":
        mx, my, r = w * (0.5 + side * 0.2), h * 0.2, min(w, h) * 0.1
        d = np.hypot(s.x - mx, s.y - my)
        s.wash(smoothstep(r - 1, r + 1, d) * np.exp(-np.maximum(d - r, 0) / (r * 1.4)), 0.22)
        s.mountain(h * 0.6, h * 0.05, w * 0.4, 0.2, h * 0.06)
        _pine(s, w * (0.5 - side * 0.24), h * 0.97, min(h * 0.8, w * 0.95), side)
        s.mountain(h * 0.86 + 6, h * 0.06, w * 0.3, 0.95, h * 0.1)
    elif subject == "plum":
        a = spline([(w * (0.5 - side * 0.55), h * 0.92), (w * (0.5 - side * 0.25), h * 0.7), (w * (0.5 - side * 0.12), h * 0.74), (w * (0.5 + side * 0.08), h * 0.46), (w * (0.5 + side * 0.3), h * 0.36), (w * (0.5 + side * 0.42), h * 0.12)], 12)
        s.brush([(a, np.linspace(0.075, 0.012, len(a)) * min(w, h) * (1 + 0.2 * rng.normal(0, 1, len(a)).cumsum() / 6))], 0.85, 0.7, 0.6)
        twigs, spots = [], []
        for k in range(8, len(a), 4):
            t = np.arctan2(*(a[min(k + 3, len(a) - 1)] - a[k - 3])[::-1]) + rng.choice([-1, 1]) * rng.uniform(0.5, 1.1)
            n = min(w, h) * rng.uniform(0.12, 0.3)
            tw = spline([a[k], a[k] + n * 0.5 * np.array([np.cos(t), np.sin(t)]) + rng.normal(0, 5, 2), a[k] + n * np.array([np.cos(t + 0.3), np.sin(t + 0.3)])], 8)
            twigs.append((tw, np.linspace(5, 1.3, len(tw))))
            spots += [tw[j] + rng.normal(0, 4, 2) for j in rng.integers(4, len(tw), 4)]
        s.brush(twigs, 0.85, 0.5, 0.4)
        petals, rings, stamens = Mask(w, h), [], []
        for q in spots:
            r, turn = min(w, h) * rng.uniform(0.018, 0.028), rng.uniform(0, 6)
            for j in range(5):
                c = q + r * np.array([np.cos(turn + j * 1.257), np.sin(turn + j * 1.257)])
                petals.disc(*c, r * 0.62)
                t = np.linspace(0, 2 * np.pi, 12)
                rings.append((np.stack([c[0] + r * 0.62 * np.cos(t), c[1] + r * 0.62 * np.sin(t)], 1), 0.8))
                stamens.append((np.array([q, q + 0.55 * (c - q)]), 0.9))
        petals = petals.array()
        s.density *= 1 - 0.85 * petals
        s.brush(rings, 0.4, 0.4)
        s.brush(stamens, 0.8, 0.4)
    else:
        for k in range(2):
            s.mountain(h * (0.3 + 0.1 * k), h * 0.06, w * 0.4, 0.2, h * 0.07)
        fx = w * (0.5 + side * rng.uniform(0.0, 0.08))
        for d, top in ((-1, 0.1), (1, 0.2)):
            _peak(s, fx + d * w * 0.27, h * top, h * 0.86, w * 0.19, 0.85)
        s.wash(np.exp(-(((s.x - fx) / (w * 0.2)) ** 2)) * smoothstep(h * 0.1, h * 0.3, s.y) * smoothstep(h * 0.85, h * 0.5, s.y), 0.4)
        half = w * 0.03 * (1 + s.y / h)
        fall = smoothstep(half + 3, half - 3, np.abs(s.x - fx - 7 * np.sin(s.y / h * 5))) * smoothstep(h * 0.14, h * 0.24, s.y) * smoothstep(h * 0.86, h * 0.7, s.y)
        s.density *= 1 - 0.95 * fall
        s.wash(fall * smoothstep(0.5, 1.4, fbm(rng, w, h, 9, 3, stretch=0.12)), 0.5)
        s.density *= 1 - 0.8 * np.exp(-(((s.y - h * 0.8) / (h * 0.05)) ** 2)) * smoothstep(-0.8, 0.8, fbm(rng, w, h, 90, 2, stretch=3))
        s.mountain(h * 0.93, h * 0.04, w * 0.3, 0.95, h * 0.08)
        _pine(s, fx - side * w * 0.3, h * 0.94, h * 0.3, side)
    s.density = clip01(1 - np.exp(-1.5 * np.maximum(s.density, 0)))
    stained = mix(mix(p.paper, p.earth, rng.uniform(0.05, 0.22)), p.glow, rng.uniform(0.0, 0.12))
    sheet = stained * paper_grain(rng, w, h, 0.022)[..., None] * (1 + 0.03 * fbm(rng, w, h, 220, 3))[..., None]
    ink = mix(p.ink, [p.water, p.earth, p.ink, p.far][int(rng.integers(4))], rng.uniform(0.1, 0.5))
    tint = mix(sheet, [p.sky, p.glow, p.leaf][int(rng.integers(3))], 0.16 * smoothstep(-0.2, 1.2, fbm(rng, w, h, 200, 2)) * rng.uniform(0.3, 1))
    picture = tint * (1 - s.density[..., None]) + (ink * 0.9) * s.density[..., None]
    if petals is not None:
        picture = lay(picture, petals * (0.6 + 0.3 * s.dry), mix(p.accent, p.paper, 0.45), 0.75)
    size = min(w, h) * rng.uniform(0.034, 0.042)
    cx = w * (0.06 if side > 0 else 0.94) - (0 if side > 0 else size)
    text = Mask(w, h)
    n = int(rng.integers(3, 7))
    column(text, rng, cx, h * 0.06, size, n)
    if rng.random() < 0.5:
        column(text, rng, cx + side * size * 1.5, h * 0.06 + size, size, max(n - 2, 2))
    picture = lay(picture, blur(text.array(), 0.5), ink * 0.8, 0.9)
    stamp = Mask(w, h)
    seal(stamp, rng, cx + size * 0.05, h * 0.06 + n * size * 1.2, size * 0.9)
    picture = lay(picture, stamp.array(), mix(p.accent, np.array([0.7, 0.1, 0.08]), 0.5), 0.9)
    return Picture(
        clip01(picture), _SHOWN[subject], "Washes and dry brush strokes of diluted ink on bare paper, much of it left empty; invented calligraphy and a red seal at the side.",
        _TITLES[subject], "bird-and-flower" if subject in ("bamboo", "plum") else "landscape", [subject, "ink", "mist", "brush", "calligraphy", "empty space"], "quiet",
    )
