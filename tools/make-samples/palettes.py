"""Eight named palettes, dealt across all families so that colour alone does not name a family.

A palette is a mapping from a *role* to an sRGB colour (three floats, 0…1). Landscape scenes ask
for roles by their meaning (`sky`, `leaf`); abstract families ask for `hues`, the six strong ones.
"""

from dataclasses import dataclass

import numpy as np

from colour import hsv_to_rgb, rgb_to_hsv

ROLES = ("ink", "paper", "sky", "glow", "far", "water", "leaf", "earth", "accent")

_HEX = {
    #           ink      paper    sky      glow     far      water    leaf     earth    accent
    "dusk":    "221c33 efe0cf 5a5a92 f2a36b 7d5f8e 4a5685 4f5a5e 8a5a55 d9573f",
    "sea":     "14263a eef0e4 7fb3cf f3dca4 5f8fa8 2b6c8f 4f8a78 b59a6b e0683c",
    "harvest": "33251a f4e6c4 9db7b9 f6c44f 9a8f6a 7a9a94 8a8a3a c98a2e b5432a",
    "rose":    "3a1f2b f7e6df c9a3b8 f6b9a0 a07a96 8a8fae 8a8f6e b5706a d23a5c",
    "noir":    "15151a e9e4d8 8b8f96 d8cdb4 5f646c 4a525c 4b4f4a 7a6e60 a8322c",
    "spring":  "22331f f6f3dc a9d3e0 f9e58a 8fb39a 6fb0b5 7fae42 c7a06a e87a9a",
    "primary": "121212 f5f1e4 2e62b0 f4c92f 6f8fb8 1f4b8f 3f7a45 c9803a cf2a22",
    "autumn":  "2a1b14 f1dfc0 b7a48c eea24a 8a6f6a 5f7370 7a6f2e a8552a c23b1e",
}
NAMES = tuple(_HEX)


def _rgb(text: str) -> np.ndarray:
    return np.array([int(text[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255


@dataclass(frozen=True)
class Palette:
    """Named sRGB colours; every attribute is a float32 array of three, 0…1."""

    name: str
    ink: np.ndarray
    paper: np.ndarray
    sky: np.ndarray
    glow: np.ndarray
    far: np.ndarray
    water: np.ndarray
    leaf: np.ndarray
    earth: np.ndarray
    accent: np.ndarray

    @property
    def hues(self) -> list[np.ndarray]:
        """The strong colours, for pictures that are not of anything."""
        return [self.accent, self.glow, self.water, self.leaf, self.earth, self.sky]


def jittered(name: str, rng: np.random.Generator) -> Palette:
    """The named palette with each role moved a little in hue, saturation and value."""
    colours = {}
    shared = rng.normal(0, 0.012)  # the whole palette leans one way, as one pigment box does
    for role, text in zip(ROLES, _HEX[name].split(), strict=True):
        h, s, v = rgb_to_hsv(_rgb(text))
        h = (h + shared + rng.normal(0, 0.010)) % 1
        s = np.clip(s * (1 + rng.normal(0, 0.08)), 0, 1)
        v = np.clip(v * (1 + rng.normal(0, 0.04)), 0, 1)
        colours[role] = hsv_to_rgb(np.array([h, s, v], np.float32))
    return Palette(name, **colours)
