"""Constructivist poster: diagonals, wedges, discs and heavy letters in two or three inks."""

import numpy as np

from colour import clip01, mix
from draw import Mask, turned
from fields import grid
from glyphs import block_word
from picture import Picture
from surface import mottled_ink, paper_grain

LABEL = "Constructivist Poster"
MEDIUM = "lithograph poster"
ARTISTS = ["Lev Darsky", "Zofia Brandt", "A. Meskhi"]
DATES = ["1919", "1920", "1921", "1922", "1923", "1924–25", "1925", "1926", "1927", "c. 1928", "1929", "1930"]
SUBJECTS = ["wedge", "tower", "gear", "megaphone", "bridge", "orbit"]
UPRIGHT = ("tower",)
BROAD = ("megaphone",)
_TITLES = {
    "wedge": ["Drive the Wedge", "Клин", "Keil"], "tower": ["Radio Tower", "Башня", "Funkturm"], "gear": ["Work!", "Колесо", "Zahnrad"],
    "megaphone": ["Listen!", "Слушай!", "Das Sprachrohr"], "bridge": ["Build the Bridge", "Мост", "Brückenbau"], "orbit": ["Proun of the Planets", "Орбита", "Kreis und Linie"],
}
_SHOWN = {
    "wedge": "a sharp triangle driven into a disc", "tower": "a lattice tower sending out arcs like radio waves", "gear": "toothed wheels and a tilted bar", "megaphone": "a megaphone cone throwing out rays",
    "bridge": "a girder bridge crossing over bold stripes", "orbit": "discs and rings strung on crossing diagonals",
}


def paint(rng, palette, width, height, subject) -> Picture:
    p, w, h, unit = palette, width, height, min(width, height)
    x, y = grid(w, h)
    ground = mix(p.paper, [p.earth, p.glow, p.far][int(rng.integers(3))], rng.uniform(0.04, 0.2))
    one = [p.accent, p.accent, p.water, p.leaf, p.earth][int(rng.integers(5))]
    two = mix(p.ink, np.zeros(3), 0.2)
    three = [p.glow, p.sky, p.far, p.water][int(rng.integers(4))]
    inks = {"one": Mask(w, h), "two": Mask(w, h), "three": Mask(w, h)}
    flip = rng.choice([-1, 1])
    tilt = flip * rng.uniform(0.45, 0.85)
    cx, cy = w * (0.5 + flip * rng.uniform(0.0, 0.08)), h * rng.uniform(0.42, 0.5)

    def bar(ink, mx, my, length, thick, angle):
        box = [(mx - length / 2, my - thick / 2), (mx + length / 2, my - thick / 2), (mx + length / 2, my + thick / 2), (mx - length / 2, my + thick / 2)]
        inks[ink].polygon(turned(box, angle, (mx, my)))

    def ring(ink, mx, my, r, thick, value=1.0):
        inks[ink].disc(mx, my, r, value=value).disc(mx, my, r - thick, value=0)

    diagonal = np.hypot(w, h)
    field = rng.random() < 0.6
    if field:  # half of the sheet in the third ink, cut along the diagonal
        far = np.array([[-diagonal, 0], [diagonal, 0], [diagonal, diagonal], [-diagonal, diagonal]]) + (cx, cy + unit * 0.12)
        inks["three"].polygon(turned(far, tilt, (cx, cy)))
    if subject == "wedge":
        r = unit * rng.uniform(0.26, 0.32)
        inks["two"].disc(cx + flip * unit * 0.12, cy, r)
        inks["three"].disc(cx + flip * unit * 0.12, cy, r, value=0)
        tip = np.array([(0.12, 0), (-0.75, -0.26), (-0.75, 0.26)]) * unit * (flip, 1) + (cx, cy)
        wedge = turned(tip, tilt * 0.7, (cx, cy))
        inks["two"].polygon(wedge, 0)
        inks["three"].polygon(wedge, 0)
        inks["one"].polygon(wedge)
        for k in range(7):
            bar("two", cx - flip * unit * rng.uniform(0.1, 0.5), cy + unit * rng.uniform(-0.4, 0.4), unit * rng.uniform(0.06, 0.2), unit * 0.014, tilt)
    elif subject == "tower":
        foot, top, tx = h * 0.86, h * 0.14, cx
        for d in (-1, 1):
            inks["two"].stroke([(tx + d * unit * 0.17, foot), (tx + d * unit * 0.015, top)], unit * 0.016)
        for k in range(9):
            a, b = k / 9, (k + 1) / 9
            wa, wb = unit * (0.17 - 0.155 * a), unit * (0.17 - 0.155 * b)
            ya, yb = foot + (top - foot) * a, foot + (top - foot) * b
            for d in (-1, 1):
                inks["two"].stroke([(tx - d * wa, ya), (tx + d * wb, yb)], unit * 0.009)
            inks["two"].stroke([(tx - wb, yb), (tx + wb, yb)], unit * 0.009)
        waves = Mask(w, h)
        for k in range(4, 0, -1):
            waves.disc(tx, top, unit * 0.11 * k).disc(tx, top, unit * (0.11 * k - 0.045), value=0)
        keep = Mask(w, h).polygon([(tx, top), (tx + flip * diagonal, top - diagonal * 0.3), (tx + flip * diagonal, top + diagonal * 0.75)]).array()
        inks["one_extra"] = waves.array() * keep
        inks["one"].disc(tx, top, unit * 0.035)
    elif subject == "gear":
        for gx, gy, r, ink, n in ((cx - flip * unit * 0.1, cy - unit * 0.02, unit * 0.27, "two", 14), (cx + flip * unit * 0.25, cy + unit * 0.26, unit * 0.15, "one", 10)):
            inks["three"].disc(gx, gy, r * 1.12, value=0)
            for k in range(n):
                bar(ink, gx + np.cos(2 * np.pi * k / n) * r, gy + np.sin(2 * np.pi * k / n) * r, r * 0.3, r * 0.24, 2 * np.pi * k / n)
            inks[ink].disc(gx, gy, r).disc(gx, gy, r * 0.55, value=0)
            for k in range(3):
                bar(ink, gx, gy, r * 1.3, r * 0.12, tilt + np.pi * k / 3)
            inks[ink].disc(gx, gy, r * 0.2).disc(gx, gy, r * 0.08, value=0)
        bar("one", cx + flip * unit * 0.12, cy - unit * 0.38, diagonal * 0.7, unit * 0.07, tilt)
    elif subject == "megaphone":
        mx, my = cx - flip * unit * 0.18, cy + unit * 0.06
        cone = turned(np.array([(0, -0.05), (0.36, -0.2), (0.36, 0.2), (0, 0.05)]) * unit * (flip, 1) + (mx, my), -tilt * 0.5, (mx, my))
        for k in range(9):
            a = (k - 4) * 0.13
            ray = np.array([(0.42, -0.008), (1.2, -0.05), (1.2, 0.05), (0.42, 0.008)]) * unit * (flip, 1) + (mx, my)
            inks["one" if k % 2 == 0 else "two"].polygon(turned(turned(ray, a, (mx, my)), -tilt * 0.5, (mx, my)))
        inks["three"].polygon(cone, 0)
        inks["two"].polygon(cone)
        inks["one"].disc(mx - flip * unit * 0.05, my + unit * 0.015, unit * 0.085)
        inks["two"].disc(mx - flip * unit * 0.05, my + unit * 0.015, unit * 0.03)
    elif subject == "bridge":
        for k in range(6):
            bar("one", cx + (k - 2.5) * unit * 0.13, cy + unit * 0.2, diagonal * 0.9, unit * 0.045, tilt + np.pi / 2)
        by = cy + unit * 0.02
        for d in (-0.09, 0.09):
            bar("two", w / 2, by + unit * d, w * 1.1, unit * 0.035, 0)
        for k in range(-1, int(w / (unit * 0.18)) + 2):
            inks["two"].stroke([(k * unit * 0.18, by + unit * 0.09), ((k + 0.5) * unit * 0.18, by - unit * 0.09), ((k + 1) * unit * 0.18, by + unit * 0.09)], unit * 0.018)
        t = np.linspace(0, np.pi, 40)
        inks["two"].stroke(np.stack([w / 2 - np.cos(t) * w * 0.46, by - unit * 0.09 - np.sin(t) * unit * 0.26], 1), unit * 0.03)
        for k in range(1, 9):
            a = np.pi * k / 9
            inks["two"].stroke([(w / 2 - np.cos(a) * w * 0.46, by - unit * 0.09 - np.sin(a) * unit * 0.26), (w / 2 - np.cos(a) * w * 0.46, by - unit * 0.09)], unit * 0.008)
    else:
        for k, d in enumerate((-0.33, 0.0, 0.24)):
            bar("two", cx + d * unit * 0.4, cy + d * unit, diagonal, unit * [0.012, 0.03, 0.008][k], tilt + (np.pi / 2 if k == 2 else 0))
        ring("two", cx, cy, unit * 0.3, unit * 0.03)
        ring("one", cx, cy, unit * 0.38, unit * 0.012)
        inks["one"].disc(cx + flip * unit * 0.1, cy - unit * 0.06, unit * 0.15)
        inks["three"].disc(cx - flip * unit * 0.22, cy + unit * 0.2, unit * 0.08, value=0.0 if field else 1.0)
        for _ in range(4):
            inks["two"].disc(cx + rng.normal(0, 0.28) * w, cy + rng.normal(0, 0.22) * h, unit * rng.uniform(0.015, 0.04))

    # Heavy letters in an invented alphabet: one word along the foot, one along the diagonal.
    size = unit * rng.uniform(0.075, 0.11)
    n = int(min(rng.integers(5, 9), (w * 0.88) / (size * 0.72)))
    foot_y = h * 0.95 - size
    band = Mask(w, h).rectangle(0, foot_y - size * 0.35, w, h).array()
    word = Mask(w, h)
    block_word(word, rng, (w * 0.06, foot_y), 0, size, n, turned)
    slant = Mask(w, h)
    block_word(slant, rng, (w * (0.06 if flip > 0 else 0.45), h * (0.05 if flip > 0 else 0.16)), tilt * 0.35, unit * 0.05, int(rng.integers(5, 8)), turned)
    edge = int(unit * 0.03)

    arrays = {k: m.array() if isinstance(m, Mask) else m for k, m in inks.items()}
    arrays["one"] = np.maximum(arrays["one"], arrays.pop("one_extra", 0))
    inverse = rng.random() < 0.5
    arrays["two"] = np.maximum(arrays["two"] * (1 - band), band * (1 - word.array()) if inverse else word.array())
    arrays["one"] = arrays["one"] * (1 - band)
    over = slant.array()  # reversed out where it crosses the black
    arrays["two"] = arrays["two"] + over - 2 * arrays["two"] * over
    picture = np.zeros((h, w, 3), np.float32) + ground
    for name, ink in (("three", three), ("one", one), ("two", two)):
        # Each stone is printed a hair out of register, and takes ink unevenly.
        a = np.roll(arrays[name], tuple(int(v) for v in rng.integers(-1, 2, 2)), (0, 1))
        a = a * mottled_ink(rng, w, h, 0.16)
        picture = picture * (1 - a[..., None]) + (ink * (0.9 + 0.1 * picture)) * a[..., None]
    margin = np.ones((h, w), np.float32)
    margin[edge:-edge, edge:-edge] = 0
    picture = mix(picture, ground, margin)
    folds = np.exp(-(((x - w / 2) / 1.2) ** 2)) + np.exp(-(((y - h / 2) / 1.2) ** 2))
    picture = picture * (1 - 0.05 * folds)[..., None] * paper_grain(rng, w, h, 0.022)[..., None]
    return Picture(
        clip01(picture), _SHOWN[subject], "Flat inks printed on tinted paper: tilted bars, hard geometry and heavy block letters of an invented alphabet.",
        _TITLES[subject], "poster", [subject, "diagonal", "geometry", "letters", "propaganda style", "print"], "urgent",
    )
