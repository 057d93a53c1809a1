"""What pictures stand on: paper, canvas, wood grain; and the light that falls on thick paint."""

import numpy as np
from scipy import ndimage

from colour import clip01
from fields import blur, fbm, grid, smoothstep


def paper_grain(rng, width, height, strength=0.02) -> np.ndarray:
    """Multiplicative field about 1: felt-side tooth with a few longer fibres."""
    tooth = blur(rng.normal(0, 1, (height, width)).astype(np.float32), 0.8) * 1.8
    cloud = fbm(rng, width, height, 90, 3)
    return 1 + strength * (tooth * 0.7 + cloud * 0.5)


def canvas_weave(rng, width, height, pitch=3.0, strength=0.04) -> np.ndarray:
    """Multiplicative field about 1: plain weave, its threads slightly uneven."""
    x, y = grid(width, height)
    x = x + fbm(rng, width, height, 60, 2) * 1.2
    y = y + fbm(rng, width, height, 60, 2) * 1.2
    warp, weft = np.sin(2 * np.pi * x / pitch), np.sin(2 * np.pi * y / pitch)
    tooth = rng.normal(0, 1, (height, width)).astype(np.float32)
    return 1 + strength * (warp * weft * 0.8 + 0.35 * tooth)


def wood_grain(rng, width, height, strength=0.05) -> np.ndarray:
    """Multiplicative field about 1: the block's annual rings, printed along x."""
    x, y = grid(width, height)
    rings = y / 7 + 2.2 * fbm(rng, width, height, 160, 3, stretch=3.0)
    lines = np.abs((rings % 1) - 0.5) * 2
    return 1 + strength * (smoothstep(0.2, 1, lines) - 0.6)


def brushed(rng, width, height, angle=0.0, length=14.0, strength=0.05) -> np.ndarray:
    """Multiplicative field about 1: streaks of a flat brush along `angle` (radians)."""
    side = int(np.hypot(width, height)) + 8
    streaks = fbm(rng, side, side, 6, 3, 0.7, stretch=length)
    x, y = grid(width, height)
    c, s = np.cos(angle), np.sin(angle)
    u = (x - width / 2) * c + (y - height / 2) * s + side / 2
    v = -(x - width / 2) * s + (y - height / 2) * c + side / 2
    return 1 + strength * ndimage.map_coordinates(streaks, [v, u], order=1, mode="nearest")


def lit(picture: np.ndarray, relief: np.ndarray, strength=0.5) -> np.ndarray:
    """The picture with its relief (paint thickness) lit from the upper left."""
    gy, gx = np.gradient(relief)
    return clip01(picture * (1 + strength * np.clip(-(gx + gy), -0.35, 0.35))[..., None])


def mottled_ink(rng, width, height, amount=0.15) -> np.ndarray:
    """Coverage 0…1 of ink that did not take everywhere: pinholes and thin patches."""
    fine = blur(rng.normal(0, 1, (height, width)).astype(np.float32), 0.7) * 2
    cloud = fbm(rng, width, height, 50, 4)
    return 1 - amount * smoothstep(0.3, 2.2, fine + 0.6 * cloud)
