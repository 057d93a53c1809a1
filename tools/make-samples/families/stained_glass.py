"""Stained glass: coloured cells held in lead, with light behind them."""

import numpy as np

from colour import clip01, mix, vary
from draw import Mask
from fields import blur, fbm, grid, smoothstep
from picture import Picture
from points import borders, nearest_cell, poisson_disc
from scipy import ndimage

LABEL = "Stained-Glass Cells"
MEDIUM = "stained glass and lead"
ARTISTS = ["Workshop of Saint-Aubrac", "Hildegund Maier", "Aoife Ní Dhálaigh"]
DATES = ["c. 1220", "13th century", "c. 1260", "14th century", "c. 1410", "1450s", "15th century", "1892", "c. 1900", "1903", "1911–13", "1926"]
SUBJECTS = ["rose", "sunrise", "tree", "lancets", "fish", "rose", "saint", "sunrise", "bird", "tree", "saint", "lancets"]
UPRIGHT = ("saint",)
_TITLES = {
    "rose": ["Rose Window", "La rose du nord", "Rosette"], "sunrise": ["Sunrise over Hills", "Aurore", "Sonnenaufgang"], "tree": ["Tree of Life", "L'arbre", "Lebensbaum"],
    "lancets": ["Three Lancets", "Lancettes", "Drei Lanzettfenster"], "fish": ["Fish", "Les poissons", "Fische"], "saint": ["A Saint in Glory", "Saint debout", "Stehende Heilige"], "bird": ["Dove", "Colombe", "Der Vogel"],
}
_SHOWN = {
    "rose": "a rose window with petals round a central roundel", "sunrise": "the sun rising with broad rays behind hills", "tree": "a spreading tree against a bright sky",
    "lancets": "three pointed lancets filled with a mosaic of panes", "fish": "fish swimming among bands of water", "saint": "a standing robed figure with a halo under a pointed arch", "bird": "a pale bird with spread wings in a circle of light",
}


def _pointed(x0, x1, foot, top):
    """The outline of a pointed (equilateral) arch."""
    c = (x0 + x1) / 2
    t = np.linspace(0, np.pi / 3, 14)
    r, rise = x1 - x0, (x1 - x0) * 0.866
    spring = top + rise
    left = np.stack([x1 - r * np.cos(t), spring - r * np.sin(t)], 1)
    right = np.stack([x0 + r * np.cos(t), spring - r * np.sin(t)], 1)[::-1]
    return [(x0, foot), *map(tuple, left), (c, top), *map(tuple, right), (x1, foot)]


def _regions(rng, p, w, h, subject):
    """A map of motif numbers and the colour of each."""
    region, colours = np.zeros((h, w), np.int32), [mix(p.water, p.ink, 0.1)]

    def add(mask, colour):
        region[mask.array() > 0.5] = len(colours)
        colours.append(colour)

    def m():
        return Mask(w, h)

    x, y = grid(w, h)
    cx, cy, s = w / 2, h / 2, min(w, h)
    if subject == "rose":
        n = int(rng.choice([6, 8, 10, 12]))
        add(m().disc(cx, cy, s * 0.47), p.accent)
        turn = np.floor((np.arctan2(y - cy, x - cx) / (2 * np.pi) + 0.5) * n * 2).astype(int)
        r = np.hypot(x - cx, y - cy) / s
        ring = np.digitize(r, [0.09, 0.2, 0.34, 0.47])
        for k in range(1, 4):
            for j in range(n * 2):
                region[(ring == k) & (turn == j)] = len(colours)
                colours.append([p.glow, p.water, p.accent, p.leaf, p.sky][(k * 2 + j % 2) % 5])
        for j in range(n):
            a = 2 * np.pi * (j + 0.5) / n
            add(m().disc(cx + np.cos(a) * s * 0.27, cy + np.sin(a) * s * 0.27, s * 0.75 / n), p.glow if j % 2 else p.accent)
            add(m().disc(cx + np.cos(a + np.pi / n) * s * 0.40, cy + np.sin(a + np.pi / n) * s * 0.40, s * 0.30 / n), p.paper)
        add(m().disc(cx, cy, s * 0.09), mix(p.glow, p.paper, 0.3))
    elif subject == "sunrise":
        hy, sx = h * rng.uniform(0.5, 0.62), w * rng.uniform(0.35, 0.65)
        n = int(rng.integers(9, 14))
        ray = np.floor((np.arctan2(hy - y, x - sx) / np.pi) * n).astype(int)
        for j in range(-n, n + 1):
            region[(ray == j)] = len(colours)
            colours.append(mix(p.sky, p.glow, 0.7 * (j % 2)))
        add(m().disc(sx, hy, s * 0.17), mix(p.accent, p.glow, 0.4))
        for k, c in enumerate((p.far, p.leaf, mix(p.leaf, p.earth, 0.5), p.water)):
            top = hy + (h - hy) * k * 0.24
            xs = np.linspace(0, w, 24)
            line = top - h * 0.04 * np.sin(xs / w * rng.uniform(3, 7) + rng.uniform(0, 6))
            add(m().polygon([*zip(xs, line), (w, h), (0, h)]), c)
    elif subject == "tree":
        region[y > h * 0.8] = len(colours)
        colours.append(p.leaf)
        colours[0] = p.sky
        add(m().disc(cx + s * rng.uniform(-0.3, 0.3), h * 0.2, s * 0.1), p.glow)
        for j in range(26):
            a, d = rng.uniform(np.pi, 2 * np.pi), np.sqrt(rng.random()) * s * 0.36
            add(m().disc(cx + np.cos(a) * d * 1.1, h * 0.5 + np.sin(a) * d, s * 0.065), vary([p.leaf, p.accent, p.earth][j % 3], rng, 0.02, 0.08, 0.06))
        trunk = m()
        trunk.stroke([(cx, h * 0.86), (cx - s * 0.02, h * 0.62), (cx, h * 0.45)], [s * 0.09, s * 0.06, s * 0.03])
        for a in (-2.3, -1.9, -1.2, -0.8):
            trunk.stroke([(cx, h * 0.62), (cx + np.cos(a) * s * 0.16, h * 0.62 + np.sin(a) * s * 0.14), (cx + np.cos(a) * s * 0.3, h * 0.6 + np.sin(a) * s * 0.26)], [s * 0.045, s * 0.03, s * 0.015])
        add(trunk, mix(p.earth, p.ink, 0.4))
    elif subject == "lancets":
        colours[0] = mix(p.ink, p.water, 0.35)
        for k in range(3):
            x0 = w * (0.06 + 0.3 * k)
            top = h * (0.05 if k == 1 else 0.14)
            add(m().polygon(_pointed(x0, x0 + w * 0.27, h * 0.95, top)), [p.water, p.accent, p.leaf][k])
            for j in range(4):
                add(m().disc(x0 + w * 0.135, h * (0.36 + 0.16 * j), s * 0.075), [p.glow, p.sky, p.accent, p.paper][(j + k) % 4])
                add(m().polygon([(x0 + w * 0.135 + dx * s * 0.05, h * (0.36 + 0.16 * j) + dy * s * 0.05) for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))]), [p.accent, p.glow, p.water][(j + k) % 3])
    elif subject == "fish":
        for k in range(6):
            xs = np.linspace(0, w, 30)
            add(m().polygon([*zip(xs, h * k / 6 + h * 0.03 * np.sin(xs / w * 9 + k * 2)), (w, h), (0, h)]), vary([p.water, p.sky, p.far][k % 3], rng, 0.02, 0.08, 0.05))
        for k in range(4):
            fx, fy, r, d = w * rng.uniform(0.25, 0.75), h * (0.17 + 0.22 * k), s * rng.uniform(0.11, 0.15), rng.choice([-1, 1])
            c = [p.accent, p.glow, p.paper, mix(p.accent, p.glow, 0.5)][k]
            add(m().polygon([(fx - d * r * 1.1, fy), (fx - d * r * 2.0, fy - r * 0.65), (fx - d * r * 1.75, fy), (fx - d * r * 2.0, fy + r * 0.65)]), mix(c, p.ink, 0.25))
            add(m().disc(fx, fy, r * 1.35, r * 0.62), c)
            add(m().disc(fx + d * r * 0.85, fy - r * 0.1, r * 0.13), p.ink)
    elif subject == "saint":
        add(m().polygon(_pointed(w * 0.1, w * 0.9, h * 0.97, h * 0.04)), p.water)
        hy, r = h * 0.3, s * 0.085
        add(m().disc(cx, hy, r * 1.9), p.glow)
        add(m().polygon([(cx - r * 1.2, hy + r), (cx + r * 1.2, hy + r), (cx + r * 2.9, h * 0.9), (cx - r * 2.9, h * 0.9)]), p.accent)
        add(m().polygon([(cx - r * 0.4, hy + r), (cx + r * 0.5, hy + r), (cx + r * 1.2, h * 0.9), (cx - r * 1.2, h * 0.9)]), mix(p.paper, p.glow, 0.2))
        add(m().polygon([(cx - r * 1.2, hy + r), (cx - r * 2.3, hy + r * 3.4), (cx - r * 0.3, hy + r * 4.4), (cx - r * 0.2, hy + r * 3.5), (cx - r * 1.1, hy + r * 2.9)]), p.leaf)
        add(m().polygon([(cx + r * 1.2, hy + r), (cx + r * 2.3, hy + r * 3.4), (cx + r * 0.3, hy + r * 4.4), (cx + r * 0.2, hy + r * 3.5), (cx + r * 1.1, hy + r * 2.9)]), p.leaf)
        add(m().disc(cx, hy, r * 0.85, r * 1.1), mix(p.paper, p.earth, 0.3))
        hair = m().disc(cx, hy - r * 0.45, r * 0.92, r * 0.75)
        hair.disc(cx, hy + r * 0.15, r * 0.66, r * 0.9, value=0)
        add(hair, mix(p.earth, p.ink, 0.4))
        add(m().rectangle(w * 0.14, h * 0.9, w * 0.86, h * 0.97), p.earth)
    else:
        add(m().disc(cx, cy, s * 0.42), p.sky)
        for j in range(12):
            a = 2 * np.pi * j / 12
            add(m().polygon([(cx, cy), (cx + np.cos(a) * s * 0.42, cy + np.sin(a) * s * 0.42), (cx + np.cos(a + 0.26) * s * 0.42, cy + np.sin(a + 0.26) * s * 0.42)]), p.glow)
        white = mix(p.paper, p.sky, 0.12)
        for d in (-1, 1):
            for k in range(4):
                add(m().polygon([(cx + d * s * 0.03, cy - s * 0.02), (cx + d * s * (0.36 - 0.05 * k), cy - s * (0.25 - 0.09 * k)), (cx + d * s * (0.3 - 0.05 * k), cy - s * (0.12 - 0.1 * k))]), mix(white, p.far, 0.14 * k))
        add(m().polygon([(cx, cy + s * 0.05), (cx - s * 0.1, cy + s * 0.31), (cx + s * 0.1, cy + s * 0.31)]), mix(white, p.far, 0.3))
        add(m().disc(cx, cy + s * 0.03, s * 0.06, s * 0.13), white)
        add(m().disc(cx, cy - s * 0.12, s * 0.05), white)
        add(m().polygon([(cx + s * 0.04, cy - s * 0.14), (cx + s * 0.1, cy - s * 0.115), (cx + s * 0.04, cy - s * 0.1)]), p.accent)
    return region, np.array(colours, np.float32)


def paint(rng, palette, width, height, subject) -> Picture:
    region, colours = _regions(rng, palette, width, height, subject)
    unit = min(width, height)
    cells = nearest_cell(poisson_disc(rng, width, height, unit * rng.uniform(0.055, 0.08)), width, height)
    both = region.astype(np.int64) * (cells.max() + 1) + cells
    _, panes = np.unique(both, return_inverse=True)
    panes = panes.reshape(height, width)
    # Slivers are not leaded: they keep their motif's colour but lose their own line.
    area = np.bincount(panes.ravel())
    thin = area[panes] < (unit * 0.02) ** 2
    tint = np.zeros((panes.max() + 1, 3), np.float32)
    tint[panes.ravel()] = colours[region.ravel()]
    tint = vary(tint, rng, 0.014, 0.09, 0.10)
    glass = tint[panes] * (1 + 0.10 * fbm(rng, width, height, 26, 4)[..., None])
    x, y = grid(width, height)
    behind = 0.82 + 0.42 * np.exp(-((x / width - 0.5) ** 2 + (y / height - rng.uniform(0.3, 0.6)) ** 2) * 3.2)
    seeds = smoothstep(2.4, 3.2, ndimage.gaussian_filter(rng.normal(0, 1, (height, width)), 0.9) * 3.2)
    glass = glass * behind[..., None] + 0.12 * seeds[..., None]
    major, minor = borders(region), borders(panes) & ~thin
    lead = unit / 520
    come = np.maximum(smoothstep(0.9, -0.9, ndimage.distance_transform_edt(~major) - 3.0 * lead),
                      smoothstep(0.8, -0.8, ndimage.distance_transform_edt(~minor) - 1.5 * lead)).astype(np.float32)
    border = int(unit * 0.014)
    frame = np.ones((height, width), np.float32)
    frame[border:-border, border:-border] = 0
    come = np.maximum(come, frame)
    halo = blur(clip01(glass), 7 * lead)
    gy, gx = np.gradient(blur(come, 1.0))
    metal = mix(palette.ink, np.zeros(3), 0.5) + 0.22 * np.clip(gx + gy, 0, 1)[..., None]
    picture = mix(glass, metal, come) + 0.16 * halo * (0.3 + 0.7 * come[..., None])
    return Picture(
        clip01(picture), _SHOWN[subject], "Many small panes of streaked glass in dark lead lines, glowing with light from behind.",
        _TITLES[subject], "religious" if subject in ("saint", "rose", "bird") else "decorative",
        [subject, "glass", "lead lines", "mosaic", "window"], "radiant",
    )
