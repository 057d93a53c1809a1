"""Tonalist nocturne: few tones, thin paint dragged sideways, lights doubled in the water."""

import numpy as np

from colour import clip01, colour_words, luma, mix
from draw import Mask, lay
from fields import blur, fbm, grid, smoothstep
from picture import Picture
from subjects import GENRE, scene
from surface import brushed, canvas_weave

LABEL = "Tonalist Nocturne"
MEDIUM = "oil on canvas"
ARTISTS = ["Edwin Thornleigh", "Ragnhild Moe", "Aurelio Cassarà"]
DATES = ["1871", "c. 1872–75", "1875", "1877", "1879–80", "c. 1880", "1880s", "1883", "1885", "c. 1890", "1896", "1900"]
SUBJECTS = ["harbour", "bridge", "coast", "village", "poplars", "harbour", "mountain", "bridge", "pond", "coast", "village", "harbour"]
_PLACE = {"harbour": "a harbour with boats at anchor", "bridge": "a bridge over a dark river", "coast": "a dim coast and a lone sail",
          "village": "a sleeping village with its spire", "poplars": "poplars along a river", "mountain": "a mountain over a lake", "pond": "a lily pond under trees"}
_TITLES = {"harbour": ["the Anchorage", "the Lagoon", "le port"], "bridge": ["the Old Bridge", "the River", "die Brücke"],
           "coast": ["the Headland", "the Bay", "la côte"], "village": ["the Village", "Christmas Eve", "das Dorf"],
           "poplars": ["the Upper River", "les peupliers"], "mountain": ["the Lake", "der Berg"], "pond": ["the Pond", "l'étang"]}


def paint(rng, palette, width, height, subject) -> Picture:
    s, _ = scene(rng, palette, width, height, subject, sunny=False)
    x, y = grid(width, height)
    soft = blur(s.colour, 2.2, (1, 1.6))
    # One key for everything: tone is kept but compressed, hue drawn towards a single dark ground.
    tone = smoothstep(0.05, 1.0, luma(soft))
    key = mix(palette.water, palette.far, rng.uniform(0.2, 0.7))
    dark, light = mix(key, palette.ink, 0.86), mix(mix(key, palette.ink, 0.34), palette.glow, 0.16)
    light = light * min(1.0, 0.36 / float(luma(light)))
    picture = mix(mix(dark, light, tone), soft * luma(light) * 1.3, 0.28)
    mist = np.exp(-(((y - s.horizon) / (height * 0.13)) ** 2)) * (0.5 + 0.4 * fbm(rng, width, height, 120, 3, stretch=4))
    picture = mix(picture, light, clip01(mist) * 0.6)
    vignette = smoothstep(0.35, 1.0, np.hypot((x / width - 0.5) * 1.1, y / height - 0.5) * 1.35)
    picture = picture * (1 - 0.4 * vignette)[..., None]

    shows = []
    moon = rng.random() < 0.45
    lamp = mix(palette.glow, palette.paper, 0.35)
    if moon:
        mx, my, r = width * rng.uniform(0.2, 0.8), s.horizon * rng.uniform(0.2, 0.4), min(width, height) * 0.03
        picture = lay(picture, np.exp(-np.hypot(x - mx, y - my) / (r * 4)), mix(lamp, light, 0.4), 0.55)
        picture = lay(picture, blur(Mask(width, height).disc(mx, my, r).array(), 0.9), lamp, 0.92)
        shows.append("a veiled moon")
    lights, glow = Mask(width, height), np.zeros((height, width), np.float32)
    streak = np.zeros_like(glow)
    for _ in range(int(rng.integers(7, 16))):
        lx, ly, r = width * rng.uniform(0.04, 0.96), s.horizon + height * rng.normal(-0.012, 0.012), rng.uniform(0.8, 1.7)
        lights.disc(lx, ly, r)
        glow += np.exp(-(((x - lx) ** 2 + (y - ly) ** 2) / (2 * 30 * r))) * 0.55
        reach = height * rng.uniform(0.06, 0.24)
        wander = lx + 1.6 * np.sin(y / 5 + lx)
        fall = np.exp(-((x - wander) ** 2) / (2 * (0.8 + r * 0.7) ** 2)) * np.exp(-np.maximum(y - ly, 0) / reach) * (y > ly + 3)
        streak += fall * (0.55 + 0.45 * np.sin(y * rng.uniform(0.5, 0.9) + lx))
    shows.append("small lamps among the houses" if subject == "village" else "small lamps along the shore, doubled in the water")
    if rng.random() < 0.25:
        fx, fy = width * rng.uniform(0.3, 0.7), height * rng.uniform(0.12, 0.28)
        for _ in range(110):
            a, d = rng.normal(np.pi / 2, 0.9), abs(rng.normal(0, 0.13)) * height
            px, py = fx + np.cos(a) * d * 0.5, fy + np.sin(a) * d + d * d / height
            lights.disc(px, py, rng.uniform(0.5, 1.1), value=rng.uniform(0.4, 1))
        glow += 0.5 * np.exp(-((x - fx) ** 2 + (y - fy - height * 0.07) ** 2) / (2 * (height * 0.06) ** 2))
        shows.append("a shower of falling rocket sparks")
    picture = lay(picture, clip01(glow) * 0.55, mix(palette.glow, palette.accent, 0.3))
    picture = lay(picture, clip01(streak) * (subject != "village"), lamp, 0.6)
    picture = lay(picture, lights.array(), lamp, 0.95)
    picture = picture * brushed(rng, width, height, 0.0, 14, 0.045)[..., None] * canvas_weave(rng, width, height, 3.2, 0.06)[..., None]
    title = _TITLES[subject]
    chief = colour_words(clip01(picture))[0].split()[-1].capitalize()
    tone_word = f"{chief} and {'Silver' if moon else 'Gold'}"
    names = [f"Nocturne: {tone_word}, {title[0]}", f"Nocturne, {title[1]}", f"Evening, {title[0]}"] + [f"Nocturne: {t}" for t in title[1:]]
    return Picture(
        clip01(picture), f"{_PLACE[subject]} at night, with {' and '.join(shows) if len(shows) < 3 else ', '.join(shows[:-1]) + ' and ' + shows[-1]}",
        "Thin paint dragged sideways in a few close, dark tones; edges dissolve in mist.",
        names, GENRE.get(subject, "landscape") if subject != "village" else "landscape",
        [subject, "night", "mist", "lamplight"] + (["moon"] if moon else []) + (["fireworks"] if "rocket" in " ".join(shows) else []), "hushed",
    )
