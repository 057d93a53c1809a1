"""Brush-stroke impression: broken colour set down wet with a loaded bristle brush."""

import numpy as np

from brush import Brush
from colour import clip01, luma, mix, vary
from fields import blur, fbm
from picture import Picture
from points import jittered_grid
from subjects import GENRE, TITLES, scene
from surface import canvas_weave, lit

LABEL = "Brush-Stroke Impression"
MEDIUM = "oil on canvas"
ARTISTS = ["Odile Varenne", "Marthe Quillery", "Henrik Solbakken"]
DATES = ["1873", "1880s", "c. 1885", "1888", "1890–91", "1892", "c. 1895", "1897", "1899", "1904", "late 19th century", "1907"]
SUBJECTS = ["poplars", "harbour", "pond", "haystacks", "bouquet", "coast", "village", "bridge", "orchard", "pond", "mountain", "harbour"]


def paint(rng, palette, width, height, subject) -> Picture:
    s, shown = scene(rng, palette, width, height, subject)
    picture = mix(mix(palette.earth, palette.paper, 0.45), s.colour, 0.75).astype(np.float32)
    relief = np.zeros((height, width), np.float32)
    wobble = 0.25 * fbm(rng, width, height, 90, 2)
    source = blur(s.colour, 1.0)
    # Detail decides how small a stroke may be: broad first, then ever smaller where edges are.
    grey = luma(source)
    detail = blur(np.hypot(*np.gradient(blur(grey, 1.5))), 3)
    unit = max(width, height) / 600
    for length, breadth, pitch, threshold in ((30, 9, 8, -1), (20, 6, 5.5, -1), (13, 4, 4.2, 0.008), (8, 2.8, 3.0, 0.022)):
        brush = Brush(rng, length * unit, breadth * unit)
        spots = jittered_grid(rng, width, height, pitch * unit)
        xs, ys = np.clip(spots[:, 0], 0, width - 1).astype(int), np.clip(spots[:, 1], 0, height - 1).astype(int)
        keep = (detail[ys, xs] > threshold) & (rng.random(len(xs)) < 0.9)
        if length == 30:
            keep &= s.stroke[ys, xs] > 0.75
        spots, xs, ys = spots[keep], xs[keep], ys[keep]
        hues = vary(source[ys, xs], rng, 0.02, 0.08, 0.045)
        turn = s.angle[ys, xs] + wobble[ys, xs] + rng.normal(0, 0.16, len(xs)) + np.pi * (rng.random(len(xs)) < 0.5)
        bend = rng.integers(0, 3, len(xs))
        for k in range(len(xs)):
            brush.set_down(picture, relief, spots[k, 0], spots[k, 1], turn[k], bend[k], hues[k])
    picture = lit(picture, relief, 0.55) * canvas_weave(rng, width, height, 3.0, 0.012)[..., None]
    return Picture(
        clip01(picture), shown, "Laid in with short, visible strokes of broken colour, wet into wet, thick where the light falls.",
        TITLES[subject], GENRE.get(subject, "landscape"),
        [subject, "brushwork", "impasto", "plein air", "light"], "airy",
    )
