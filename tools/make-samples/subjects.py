"""The landscapes and still lifes that the painterly families share."""

import numpy as np

from colour import mix, vary
from fields import below, fbm, smoothstep
from scenes import Scene


def harbour(s: Scene):
    s.sky()
    s.hills(s.horizon - s.h * 0.02, s.h * 0.05, mix(s.pal.far, s.pal.sky, 0.3), 0.3)
    for k in range(5):
        x = s.w * (0.5 - s.side * s.rng.uniform(0.1, 0.5))
        s.fill(s.mask().stroke([(x, s.horizon), (x, s.horizon - s.h * s.rng.uniform(0.08, 0.2))], 1.6).array(), mix(s.pal.ink, s.pal.far, 0.4), np.pi / 2, 0.5)
    s.water()
    for k, t in enumerate(np.sort(s.rng.uniform(0.08, 0.62, 4))):
        s.boat(s.w * s.rng.uniform(0.12, 0.88), s.horizon + (s.h - s.horizon) * t, s.h * (0.07 + 0.2 * t), k != 1)
    return "a harbour with sailing boats" + (", the low sun mirrored in the water" if s.sun_at else " lying in calm water")


def coast(s: Scene):
    s.horizon = int(s.h * s.rng.uniform(0.34, 0.46))
    s.sky()
    s.water(ripple=1.4)
    for k in range(3):
        edge, top, foot = 0.46 - 0.17 * k, s.horizon - s.h * (0.14 + 0.07 * k), s.horizon + s.h * (0.02 + 0.12 * k)
        jag = s.rng.uniform(0, 0.05, 5)
        # Fractions of the width from the middle towards the cliffs' side, top of the slope first.
        line = [(1.0, top - s.h * 0.05), (0.3 - 0.14 * k + jag[0], top), (0.22 - 0.13 * k + jag[1], top + s.h * 0.05),
                (0.2 - 0.13 * k + jag[2], (top + foot) / 2), (0.15 - 0.13 * k + jag[3], foot - s.h * 0.02),
                (0.13 - 0.14 * k, foot), (0.3, foot + s.h * 0.05), (1.0, s.h * (0.66 + 0.2 * k))]
        m = s.mask().polygon([(s.w * (0.5 + s.side * fx), y) for fx, y in line])
        face = s.mottle(mix(s.pal.earth, s.pal.far, 0.6 - 0.25 * k), mix(s.pal.paper, s.pal.glow, 0.4), 40, 0.8, 0.4)
        face = mix(face, s.pal.leaf, smoothstep(s.h * 0.05, 0, s.y - top - s.h * 0.02))
        s.fill(m.array(), mix(face, s.pal.ink, 0.12 + 0.25 * smoothstep(top, foot, s.y)), np.pi / 2 - 0.2, 0.9)
    s.boat(s.w * (0.5 - s.side * 0.25), s.horizon + s.h * 0.1, s.h * 0.09)
    return "a rocky coast above the open sea, with a single sail"


def poplars(s: Scene):
    s.sky(sun=s.rng.random() < 0.5)
    s.hills(s.horizon - 4, s.h * 0.03, mix(s.pal.far, s.pal.leaf, 0.3), 0.4)
    bank = s.horizon + s.h * 0.08
    s.ground(s.horizon, s.pal.leaf, s.pal.glow, 0.4)
    n = int(s.rng.integers(6, 10))
    for k in range(n):
        t = (k + 0.6) / n
        x = s.w * (t if s.side > 0 else 1 - t)
        s.poplar(x, bank + s.h * 0.015 * k / n, s.h * (0.18 + 0.36 * (1 - t) ** 0.8) + s.h * 0.1, vary(mix(s.pal.leaf, s.pal.earth, 0.25 * s.rng.random()), s.rng, 0.02, 0.06, 0.05))
    s.water(int(bank) + 4)
    return "a row of poplars on a river bank, reflected in the stream"


def haystacks(s: Scene):
    s.horizon = int(s.h * s.rng.uniform(0.36, 0.46))
    s.sky(sun=s.rng.random() < 0.6)
    s.hills(s.horizon - 2, s.h * 0.05, mix(s.pal.far, s.pal.sky, 0.25), 0.5)
    for x in s.rng.uniform(0, s.w, 9):
        s.foliage(x, s.horizon - 2, s.w * 0.05, s.h * 0.04, mix(s.pal.leaf, s.pal.far, 0.4), 10)
    s.ground(s.horizon + 4, mix(s.pal.glow, s.pal.earth, 0.45), s.pal.paper)
    spots = [(0.5 - s.side * 0.26, 0.2, 0.6), (0.5 + s.side * 0.3, 0.12, 0.42), (0.5 + s.side * 0.06, 0.58, 1.0)]
    for fx, fy, size in spots[: 2 + int(s.rng.random() < 0.7)]:
        x, foot, r = s.w * (fx + s.rng.normal(0, 0.03)), s.horizon + (s.h - s.horizon) * (fy + 0.12), s.h * 0.15 * size
        s.shadow(x, foot, r * 1.3)
        m = s.mask().polygon([(x - r, foot), (x - r * 1.06, foot - r * 0.75), (x - r * 0.45, foot - r * 1.45), (x, foot - r * 1.75), (x + r * 0.45, foot - r * 1.45), (x + r * 1.06, foot - r * 0.75), (x + r, foot)])
        light = np.clip(0.5 + 0.6 * s.side * (s.x - x) / r + 0.1 * fbm(s.rng, s.w, s.h, 16, 3), 0, 1)
        s.fill(m.array(), mix(mix(s.pal.earth, s.pal.ink, 0.5), mix(s.pal.glow, s.pal.earth, 0.3), light), np.arctan2(s.y - foot + r * 2, s.x - x), 0.8)
    return "haystacks in a stubble field, their shadows lying long"


def pond(s: Scene):
    s.horizon = int(s.h * 0.12)
    s.sky(sun=False)
    for x in np.linspace(-0.05, 1.05, 9):
        s.foliage(s.w * x, s.horizon + s.h * 0.02, s.w * 0.11, s.h * 0.13, vary(s.pal.leaf, s.rng, 0.02, 0.08, 0.06), 30)
    top = int(s.h * 0.2)
    s.water(top, ripple=1.6)
    for t in np.sort(s.rng.uniform(0.04, 0.95, int(s.rng.integers(16, 26)))):
        y, x, r = top + (s.h - top) * t, s.w * s.rng.uniform(-0.02, 1.02), s.w * (0.025 + 0.06 * t)
        pads = s.mask()
        for _ in range(6):
            pads.disc(x + s.rng.normal(0, r), y + s.rng.normal(0, r * 0.16), r * 0.5, r * 0.17)
        s.fill(pads.array(), mix(vary(s.pal.leaf, s.rng, 0.015, 0.05, 0.06), s.pal.paper, 0.15), 0.0, 0.7)
        for _ in range(int(s.rng.integers(0, 4))):
            fx, fy = x + s.rng.normal(0, r * 0.7), y - r * 0.14
            s.fill(s.mask().disc(fx, fy, r * 0.17, r * 0.13).array(), mix(s.pal.accent, s.pal.paper, s.rng.uniform(0.2, 0.7)), 0.8, 0.4)
    return "a pond with water lilies under overhanging trees"


def village(s: Scene):
    s.sky(sun=s.rng.random() < 0.4)
    s.hills(s.horizon - s.h * 0.05, s.h * 0.1, mix(s.pal.far, s.pal.sky, 0.2), 0.6)
    s.hills(s.horizon + s.h * 0.03, s.h * 0.05, mix(s.pal.leaf, s.pal.far, 0.3), 0.5)
    foot = s.horizon + s.h * 0.08
    s.ground(foot, s.pal.leaf, mix(s.pal.glow, s.pal.leaf, 0.3))
    s.path(s.w * (0.5 - s.side * 0.1), s.w * (0.5 + s.side * 0.16), foot, mix(s.pal.earth, s.pal.paper, 0.35), 3, s.w * 0.13)
    s.spire(s.w * (0.5 + s.side * 0.08), foot + 2, s.w * 0.055, s.h * 0.33)
    for k, x in enumerate(s.rng.permutation(np.linspace(0.1, 0.78, 6))):
        size = s.w * s.rng.uniform(0.10, 0.14)
        s.house(s.w * x, foot + s.h * s.rng.uniform(0, 0.05), size, size * 0.5, mix(s.pal.accent, s.pal.earth, s.rng.random() * 0.7))
    for _ in range(5):
        s.tree(s.w * s.rng.random(), foot + s.h * s.rng.uniform(0.03, 0.2), s.h * s.rng.uniform(0.12, 0.2))
    return "a village with a church spire, a lane leading in from the fields"


def bridge(s: Scene):
    s.horizon = int(s.h * s.rng.uniform(0.44, 0.52))
    s.sky(sun=s.rng.random() < 0.6)
    s.hills(s.horizon - 3, s.h * 0.06, mix(s.pal.far, s.pal.sky, 0.3), 0.3)
    for x in s.rng.uniform(0, 1, 7):
        s.foliage(s.w * x, s.horizon - 3, s.w * 0.07, s.h * 0.06, mix(s.pal.leaf, s.pal.far, 0.3), 14)
    deck, n = s.horizon - s.h * 0.13, int(s.rng.integers(2, 4))
    m = s.mask().rectangle(0, deck, s.w, s.horizon + 3)
    for k in range(n):
        cx, r = s.w * (k + 0.5) / n, s.w / n * 0.39
        m.disc(cx, s.horizon + 3, r, s.h * 0.11, value=0)
    stone = s.mottle(mix(s.pal.earth, s.pal.paper, 0.35), s.pal.far, 22, 0.7)
    s.fill(m.array(), mix(stone, s.pal.ink, 0.3 * smoothstep(deck + 8, s.horizon, s.y)), 0.0, 0.7)
    s.fill(s.mask().rectangle(0, deck - 3, s.w, deck + 3).array(), mix(s.pal.paper, s.pal.glow, 0.4), 0.0, 0.5)
    s.water()
    s.boat(s.w * (0.5 + s.side * 0.22), s.horizon + s.h * 0.2, s.h * 0.13, sail=False)
    return "a stone bridge whose arches are doubled in a quiet river"


def mountain(s: Scene):
    s.sky(sun=s.rng.random() < 0.5)
    peak, top = s.w * (0.5 - s.side * s.rng.uniform(0.02, 0.18)), s.h * s.rng.uniform(0.1, 0.2)
    x = np.arange(s.w, dtype=np.float32)
    line = top + np.abs(x - peak) ** 0.92 * 0.85 * s.h / s.w + 8 * fbm(s.rng, s.w, 3, 60, 5, 0.6)[1]
    face = mix(mix(s.pal.far, s.pal.ink, 0.35), mix(s.pal.far, s.pal.glow, 0.35), (s.side * (s.x - peak + 18 * fbm(s.rng, s.w, s.h, 50, 4)) > 0).astype(np.float32))
    snow = smoothstep(0.06, -0.06, (s.y - top) / s.h - 0.16 + 0.05 * fbm(s.rng, s.w, s.h, 30, 4, stretch=0.5))
    s.fill(below(line, s.h), mix(face, s.pal.paper, snow * 0.8), np.where(s.x < peak, -0.7, 0.7), 1.0)
    s.hills(s.horizon - s.h * 0.02, s.h * 0.06, mix(s.pal.leaf, s.pal.far, 0.4), 0.4)
    s.water(s.horizon + int(s.h * 0.03))
    s.ground(s.h * 0.88, mix(s.pal.leaf, s.pal.ink, 0.2), s.pal.earth)
    for _ in range(4):
        s.tree(s.w * (0.5 + s.side * s.rng.uniform(0.18, 0.5)), s.h * s.rng.uniform(0.9, 1.0), s.h * s.rng.uniform(0.22, 0.36), slim=0.24)
    return "a snow-capped mountain above a lake, trees on the near shore"


def orchard(s: Scene):
    s.horizon = int(s.h * s.rng.uniform(0.4, 0.5))
    s.sky(sun=False)
    s.hills(s.horizon - 4, s.h * 0.07, mix(s.pal.far, s.pal.sky, 0.3), 0.6)
    s.ground(s.horizon, s.pal.leaf, mix(s.pal.glow, s.pal.leaf, 0.4))
    bloom = mix(s.pal.accent, s.pal.paper, 0.55)
    for row, t in enumerate((0.06, 0.2, 0.45, 0.8)):
        foot, size = s.horizon + (s.h - s.horizon) * t, s.h * (0.13 + 0.32 * t)
        for x in np.arange(-0.1 + 0.13 * (row % 2), 1.2, 0.17 + 0.22 * t):
            s.tree(s.w * (x + s.rng.normal(0, 0.015)), foot, size, mix(bloom, s.pal.leaf, s.rng.uniform(0, 0.35)), 0.42)
    return "an orchard in blossom, the trees in rows up the slope"


def bouquet(s: Scene):
    p = s.pal
    table = s.h * s.rng.uniform(0.7, 0.78)
    s.fill(np.ones((s.h, s.w), np.float32), s.mottle(mix(p.far, p.sky, 0.4), mix(p.water, p.ink, 0.2), s.h * 0.4, 0.8), 0.9 + 0.5 * fbm(s.rng, s.w, s.h, 160, 2), 1.4)
    s.fill((s.y > table).astype(np.float32), s.mottle(mix(p.earth, p.glow, 0.3), p.paper, 60, 0.5, 3), 0.0, 1.2)
    cx, foot, r = s.w * 0.5, s.h * 0.88, s.h * 0.11
    s.shadow(cx, foot, r * 1.4)
    body = s.mask().polygon([(cx - r * 0.6, foot), (cx - r, foot - r * 0.9), (cx - r * 0.75, foot - r * 1.8), (cx - r * 0.5, foot - r * 2.3), (cx + r * 0.5, foot - r * 2.3), (cx + r * 0.75, foot - r * 1.8), (cx + r, foot - r * 0.9), (cx + r * 0.6, foot)])
    light = np.clip(0.5 + 0.5 * s.side * (s.x - cx) / r, 0, 1)
    s.fill(body.array(), mix(mix(p.water, p.ink, 0.4), mix(p.sky, p.paper, 0.5), light), np.pi / 2, 0.8)
    top, spread = foot - r * 3.9, min(s.w * 0.36, s.h * 0.28)
    s.foliage(cx, top + r * 0.5, spread * 1.15, spread * 0.95, mix(p.leaf, p.ink, 0.15), 40, 0.6)
    for _ in range(int(s.rng.integers(20, 30))):
        a, d, q = s.rng.uniform(0, 2 * np.pi), np.sqrt(s.rng.random()), s.h * s.rng.uniform(0.025, 0.05)
        fx, fy = cx + np.cos(a) * d * spread, top + r * 0.4 + np.sin(a) * d * spread * 0.85
        hue = [p.accent, p.glow, p.paper, mix(p.accent, p.paper, 0.5), p.sky][int(s.rng.integers(5))]
        turn = np.arctan2(s.y - fy, s.x - fx) + np.pi / 2
        petals = s.mask()
        for k in range(5):
            petals.disc(fx + np.cos(k * 1.257 + a) * q * 0.6, fy + np.sin(k * 1.257 + a) * q * 0.6, q * 0.55)
        s.fill(petals.array(), mix(hue, p.ink, 0.25 * (np.hypot(s.x - fx, s.y - fy) > q * 0.8)), turn, 0.5)
        s.fill(s.mask().disc(fx, fy, q * 0.28).array(), mix(p.earth, p.glow, 0.3), turn, 0.4)
    return "a bunch of flowers in a vase on a table"


def fruit(s: Scene):
    p = s.pal
    table = s.h * s.rng.uniform(0.5, 0.6)
    s.fill(np.ones((s.h, s.w), np.float32), s.mottle(mix(p.far, p.ink, 0.25), p.sky, s.h * 0.5, 0.7), 1.0 + 0.4 * fbm(s.rng, s.w, s.h, 160, 2), 1.4)
    s.fill((s.y > table).astype(np.float32), s.mottle(mix(p.paper, p.glow, 0.2), mix(p.far, p.paper, 0.5), 70, 0.7, 2), 0.1, 1.2)
    spots = sorted(((s.rng.uniform(0.2, 0.8), s.rng.uniform(0.1, 0.75)) for _ in range(9)), key=lambda q: q[1])
    for fx, fy in spots:
        x, y, r = s.w * fx, table + (s.h - table) * fy, min(s.w, s.h) * s.rng.uniform(0.085, 0.115)
        s.shadow(x, y + r * 0.75, r * 1.1)
        d = np.hypot((s.x - x) - s.side * r * 0.35, (s.y - y) + r * 0.35) / r
        hue = [p.accent, p.glow, p.leaf, mix(p.accent, p.glow, 0.5)][int(s.rng.integers(4))]
        body = mix(mix(hue, p.paper, 0.35), mix(hue, p.ink, 0.6), smoothstep(0.1, 1.45, d))
        s.fill(s.mask().disc(x, y, r, r * 0.94).array(), body, np.arctan2(s.y - y, s.x - x) + np.pi / 2, 0.7)
        s.fill(s.mask().stroke([(x, y - r * 0.8), (x + r * 0.1, y - r * 1.1)], 2.2).array(), mix(p.ink, p.earth, 0.3), np.pi / 2, 0.4)
    return "apples and other round fruit on a pale cloth"


SUBJECTS = {f.__name__: f for f in (harbour, coast, poplars, haystacks, pond, village, bridge, mountain, orchard, bouquet, fruit)}
GENRE = {"harbour": "marine", "coast": "marine", "bouquet": "still life", "fruit": "still life", "village": "cityscape", "bridge": "cityscape"}
TITLES = {
    "harbour": ["Harbour at Sunrise", "Le port, le soir", "Hafen bei Sonnenuntergang", "Boats Coming Home", "港の夕日", "L'avant-port"],
    "coast": ["The Cliffs in the Morning", "Falaises", "Steilküste mit Segel", "Headland", "Pointe de la Garde", "断崖"],
    "poplars": ["Poplars on the River", "Les peupliers", "Pappelreihe", "Bend in the Stream with Poplars", "Peupliers, effet de vent", "白杨"],
    "haystacks": ["Haystacks, Late Afternoon", "Les meules", "Heuhaufen im Abendlicht", "After the Harvest", "Meules, fin de l'été", "干草堆"],
    "pond": ["Water Lilies", "Le bassin aux nymphéas", "Seerosenteich", "The Pond under Trees", "睡蓮の池", "Matin au bassin"],
    "village": ["The Lane to the Village", "Le clocher", "Dorf mit Kirchturm", "Market Town in Summer", "Chemin du village", "Kirchweg"],
    "bridge": ["The Old Bridge", "Le pont de pierre", "Brücke über den stillen Fluss", "Arches and Their Reflection", "石橋", "Le pont, temps calme"],
    "mountain": ["The Mountain from the Lake", "La montagne, neige", "Bergsee", "Peak in Clear Weather", "湖畔の山", "Cime"],
    "orchard": ["Orchard in Blossom", "Verger en fleurs", "Obstgarten im Mai", "Spring on the Slope", "杏花", "Le verger blanc"],
    "bouquet": ["Flowers on the Table", "Bouquet", "Feldblumen", "Vase of Flowers", "瓶花", "Fleurs des champs"],
    "fruit": ["Apples on a Cloth", "Nature morte aux pommes", "Stillleben mit Früchten", "Fruit on a Table", "静物", "Pommes et oranges"],
}


def scene(rng, palette, width, height, subject: str, sunny=True) -> tuple[Scene, str]:
    """The subject's underpainting and what it shows; no sun in the sky unless `sunny`."""
    s = Scene(rng, palette, width, height, sunny)
    return s, SUBJECTS[subject](s)
