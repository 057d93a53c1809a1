"""Colour field: a few large, soft-edged planes of thin colour floating on a ground."""

import numpy as np

from colour import clip01, luma, mix, vary
from fields import fbm, grid, smoothstep
from picture import Picture
from surface import brushed, canvas_weave

LABEL = "Colour Field"
MEDIUM = "oil and pigment on canvas"
ARTISTS = ["Miriam Adler", "Tomás Etchart"]
DATES = ["1949", "1951", "1953", "c. 1954", "1955", "1956–57", "1958", "1959", "c. 1960", "1961", "1964", "1960s"]
SUBJECTS = ["two", "three", "three", "two", "four", "three"]
_COUNT = {"two": 2, "three": 3, "four": 4}
_TITLES = ["Untitled", "Untitled (Stacked Planes)", "No. 14", "No. 9", "No. 22", "Ohne Titel", "Sans titre", "Composition in Two Breaths", "Threshold", "无题", "Vespers", "No. 31", "Stille", "Chapel Study"]


def paint(rng, palette, width, height, subject) -> Picture:
    x, y = grid(width, height)
    n = _COUNT[subject]
    hues = [palette.accent, palette.glow, palette.water, palette.leaf, palette.earth, palette.sky, palette.far, palette.ink, palette.paper]
    order = rng.permutation(len(hues))
    ground = mix(hues[order[0]], palette.ink, rng.uniform(0.0, 0.35))
    picture = np.zeros((height, width, 3), np.float32) + ground
    picture *= (1 + 0.05 * fbm(rng, width, height, 140, 4))[..., None]
    margin = width * rng.uniform(0.07, 0.11)
    heights = rng.dirichlet(np.full(n, 4.0)) * 0.55 + 0.45 / n
    heights /= heights.sum()
    top, gap = margin, min(width, height) * rng.uniform(0.025, 0.045)
    room = height - 2 * margin - gap * (n - 1)
    for k in range(n):
        colour = vary(hues[order[k + 1]], rng, 0.01, 0.05, 0.04)
        if abs(luma(colour) - luma(ground)) < 0.07:
            colour = mix(colour, palette.paper if luma(ground) < 0.5 else palette.ink, 0.35)
        bottom = top + room * heights[k]
        ragged = 3.5 * fbm(rng, width, height, 60, 5, 0.6)
        soft = min(width, height) * rng.uniform(0.026, 0.042)
        inside = np.minimum(np.minimum(x - margin, width - margin - x), np.minimum(y - top, bottom - y)) + ragged
        plane = smoothstep(-soft, soft, inside)
        wash = 0.86 + 0.10 * fbm(rng, width, height, 90, 5, 0.6)  # the ground breathes through
        under = mix(colour, hues[order[(k + 4) % len(hues)]], 0.3)
        picture = mix(picture, under, clip01(plane * 0.75))
        tint = mix(colour, palette.paper, clip01(0.08 * fbm(rng, width, height, 200, 3) + 0.04))
        picture = mix(picture, tint, clip01(smoothstep(-soft * 0.4, soft * 1.8, inside) * wash))
        top = bottom + gap
    picture *= (brushed(rng, width, height, rng.choice([0.0, 0.12, 1.5]), 9, 0.012) * canvas_weave(rng, width, height, 2.8, 0.018))[..., None]
    return Picture(
        clip01(picture), f"{subject} soft-edged planes of colour, one above the other, floating on a coloured ground",
        "Thin washes of paint, brushed and blotted so that the layers beneath glow through the blurred edges.",
        [str(t) for t in rng.permutation(_TITLES)], "abstract", ["abstraction", "soft edges", "rectangles", "meditative", "washes"], "meditative",
    )
