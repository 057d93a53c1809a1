"""Line engraving: every tone made of swelling, crossing lines cut into a plate."""

import numpy as np

from colour import clip01, luma, mix
from draw import SUPER
from fields import blur, fbm, smoothstep
from PIL import Image
from picture import Picture
from points import borders
from scipy import ndimage
from subjects import GENRE, scene
from surface import mottled_ink, paper_grain

LABEL = "Line Engraving"
MEDIUM = "engraving on laid paper"
ARTISTS = ["Johann Melchior Krafft", "Pieter Wouwaert", "Isabel de Ocaña"]
DATES = ["c. 1595", "1607", "17th century", "c. 1630", "1638", "c. 1650", "1660s", "1674", "1682–84", "late 17th century", "1701", "c. 1710"]
SUBJECTS = ["village", "fruit", "mountain", "harbour", "haystacks", "bouquet", "bridge", "poplars", "coast", "fruit", "orchard", "village"]
_TITLES = {
    "village": ["Dorfansicht mit Kirche", "Prospect of a Village", "View of a Market Town"], "fruit": ["Fructus", "Still Life with Apples", "Äpfel auf einem Tuch"],
    "mountain": ["The Great Mountain", "Der hohe Berg"], "harbour": ["Prospectus Portus", "Shipping in a Calm"], "haystacks": ["Messis", "The Month of August"],
    "bouquet": ["Vase with Flowers", "Flora"], "bridge": ["The Stone Bridge", "Pons Antiquus"], "poplars": ["Trees by a River", "Bäume am Fluss"],
    "coast": ["Rocky Coast with a Sail", "Litus Saxosum"], "orchard": ["The Orchard", "Hortus"],
}


def _large(a, order=1):
    return ndimage.zoom(a, SUPER, order=order)


def _lines(x, y, angle, pitch, bend, tone, low, top):
    """Ink of one system of lines: they swell from nothing at tone `top` to closed at `low`."""
    phase = (-x * np.sin(angle) + y * np.cos(angle) + bend) / pitch
    away = np.abs(phase - np.round(phase)) * 2  # 0 on the line, 1 half way to the next
    swell = clip01((top - tone) / (top - low)) * 0.72
    return smoothstep(0.10, -0.10, away - swell) * (swell > 0.05)


def paint(rng, palette, width, height, subject) -> Picture:
    s, shown = scene(rng, palette, width, height, subject, sunny=False)
    tone = blur(luma(s.colour), 0.8)
    low, top = np.percentile(tone, (2, 97))
    tone = clip01((tone - low) / (top - low)) ** 0.85
    regions = blur(luma(s.colour), 0.6)
    edge = borders(s.region) | (np.hypot(*np.gradient(regions)) > 0.09)
    w, h = width * SUPER, height * SUPER
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / SUPER
    big = _large(tone)
    # The first lines follow the form: horizontals for sky, water and ground, turned on things.
    form = blur(tone, 5) * 26 + 3.0 * fbm(rng, width, height, 130, 3)
    bend = _large(form)
    upright = _large((np.abs(np.sin(s.angle)) > 0.8).astype(np.float32)) > 0.5
    pitch = rng.uniform(3.0, 3.5)
    ink = np.where(upright, _lines(x, y, 0.95, pitch, bend, big, 0.1, 0.9), _lines(x, y, 0.03, pitch, bend, big, 0.08, 0.86))
    ink = np.maximum(ink, _lines(x, y, 0.75, pitch * 1.02, bend * 0.7, big, -0.05, 0.5))
    ink = np.maximum(ink, _lines(x, y, -0.62, pitch * 0.97, bend * 0.5, big, -0.15, 0.26))
    ink = np.asarray(Image.fromarray((ink * 255).astype(np.uint8)).reduce(SUPER), np.float32) / 255
    contour = smoothstep(0.15, 0.6, blur(edge.astype(np.float32), 0.65) * 1.6)
    ink = clip01(np.maximum(ink, contour * 0.95))

    # The plate: a margin of bare paper, the plate mark pressed around the picture.
    m = int(min(width, height) * rng.uniform(0.035, 0.06))
    inside = np.zeros((height, width), np.float32)
    inside[m : height - m, m : width - m] = 1
    frame = np.zeros_like(inside)
    frame[m : height - m, m : width - m] = 1
    frame[m + 2 : height - m - 2, m + 2 : width - m - 2] = 0
    plate = inside * 0.035
    ink = np.maximum(ink * inside, frame) * mottled_ink(rng, width, height, 0.22)
    sheet = mix(palette.paper, palette.earth, rng.uniform(0.05, 0.2)) * paper_grain(rng, width, height, 0.02)[..., None]
    sheet = sheet * (1 - 0.012 * (np.arange(width) % 24 < 1))[None, :, None] * (1 - plate)[..., None]
    colour = mix(palette.ink, [palette.earth, palette.water, palette.ink][int(rng.integers(3))], 0.35)
    return Picture(
        clip01(mix(sheet, colour, ink * 0.93)), shown,
        "Drawn wholly in engraved lines that swell and cross to make the shadows, in one ink on pale paper, with a plate mark.",
        _TITLES[subject] + [f"{_TITLES[subject][0]} (second state)"], GENRE.get(subject, "landscape"),
        [subject, "hatching", "line", "monochrome", "print"], "sober",
    )
