"""Pointillist landscape: small round touches of unmixed colour, side by side."""

import numpy as np

from colour import clip01, hsv_to_rgb, mix, rgb_to_hsv, vary
from draw import SUPER
from fields import blur
from PIL import Image, ImageDraw
from picture import Picture
from points import poisson_disc
from subjects import GENRE, TITLES, scene
from surface import canvas_weave

LABEL = "Pointillist Landscape"
MEDIUM = "oil on panel"
ARTISTS = ["Lucien Amaury", "Cornelia van Hees", "Théo Barthel"]
DATES = ["1886", "1887–88", "1889", "c. 1890", "1890", "1891", "1892–93", "1895", "1898", "c. 1900", "1902", "1904–05"]
SUBJECTS = ["coast", "harbour", "village", "poplars", "bridge", "orchard", "mountain", "pond", "haystacks", "harbour", "coast", "village"]


def _divided(colours, rng):
    """Optical mixture: most dots lean to one side of the hue, some to its complement."""
    hsv = rgb_to_hsv(colours)
    n = len(hsv)
    kind = rng.random(n)
    hsv[:, 0] += np.where(kind < 0.12, 0.5, np.where(kind < 0.4, 0.055, np.where(kind < 0.7, -0.055, 0.0)))
    hsv[:, 1] = np.clip(hsv[:, 1] * 1.2 + 0.10, 0, 0.95) * np.where(kind < 0.12, 0.7, 1)
    hsv[:, 2] = np.clip(hsv[:, 2] + rng.normal(0.02, 0.06, n), 0.08, 1)
    hsv[:, 0] %= 1
    return hsv_to_rgb(hsv)


def _dots(image, spots, radii, colours):
    draw = ImageDraw.Draw(image)
    rgb = (clip01(colours) * 255 + 0.5).astype(int)
    for (x, y), r, c in zip(spots * SUPER, radii * SUPER, rgb):
        draw.ellipse([x - r, y - r * 0.94, x + r, y + r * 0.94], fill=tuple(int(v) for v in c))


def paint(rng, palette, width, height, subject) -> Picture:
    s, shown = scene(rng, palette, width, height, subject)
    source = blur(s.colour, 0.8)
    unit = max(width, height) / 620
    ground = mix(mix(source, palette.paper, 0.55), palette.glow, 0.1)
    image = Image.fromarray((clip01(ground) * 255).astype(np.uint8)).resize((width * SUPER, height * SUPER))
    frame = int(rng.uniform(9, 14) * unit) if rng.random() < 0.6 else 0
    dark = vary(mix(palette.water, palette.ink, 0.5), rng, 0.02, 0.1, 0.05)
    for radius, spacing in ((2.9, 3.9), (2.3, 3.3), (1.6, 3.6)):
        spots = poisson_disc(rng, width, height, spacing * unit)
        xs, ys = np.minimum(spots[:, 0].astype(int), width - 1), np.minimum(spots[:, 1].astype(int), height - 1)
        colours = source[ys, xs]
        if frame:  # the painted border of dots in a darker, complementary key
            edge = np.minimum.reduce([xs, ys, width - 1 - xs, height - 1 - ys]) < frame
            colours = np.where(edge[:, None], mix(dark, 1 - colours, 0.25), colours)
        radii = radius * unit * rng.uniform(0.8, 1.15, len(spots)) * np.clip(s.stroke[ys, xs], 0.6, 1.15)
        _dots(image, spots, radii, _divided(colours, rng))
    picture = np.asarray(image.reduce(SUPER), np.float32) / 255
    picture = picture * canvas_weave(rng, width, height, 2.6, 0.01)[..., None]
    return Picture(
        clip01(picture), shown,
        "Built entirely of small round dots of pure colour that mix in the eye" + (", inside a painted border of dark dots." if frame else "."),
        [t if i else f"{t}, Opus {int(rng.integers(120, 260))}" for i, t in enumerate(TITLES[subject])],
        GENRE.get(subject, "landscape"), [subject, "dots", "divisionism", "optical mixture", "light"], "still",
    )
