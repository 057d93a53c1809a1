"""Smooth random fields on the picture plane: value noise, fBm, flow directions, ridge lines."""

import numpy as np
from PIL import Image
from scipy import ndimage


def grid(width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of every pixel, in pixels, each height × width float32."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return x, y


def value_noise(rng, width, height, cell_x, cell_y=None) -> np.ndarray:
    """Lattice noise with unit variance at the lattice, interpolated bicubically."""
    cell_y = cell_y or cell_x
    nx, ny = int(np.ceil(width / cell_x)) + 4, int(np.ceil(height / cell_y)) + 4
    lattice = Image.fromarray(rng.normal(0, 1, (ny, nx)).astype(np.float32))
    box = (1.5, 1.5, 1.5 + width / cell_x, 1.5 + height / cell_y)
    return np.asarray(lattice.resize((width, height), Image.Resampling.BICUBIC, box=box), np.float32)


def fbm(rng, width, height, cell, octaves=4, gain=0.5, stretch=1.0) -> np.ndarray:
    """Fractional Brownian motion: octaves of value noise, about zero mean, about unit variance.

    `cell` is the coarsest feature in pixels; `stretch` > 1 draws the features out along x.
    """
    total, norm = np.zeros((height, width), np.float32), 0.0
    for k in range(octaves):
        size = cell / 2**k
        if size < 1.2:
            break
        total += gain**k * value_noise(rng, width, height, max(size * stretch, 1.2), size)
        norm += gain ** (2 * k)
    return total / np.sqrt(norm) * 1.25


def unit(a: np.ndarray) -> np.ndarray:
    """Scaled to 0…1."""
    low, top = float(a.min()), float(a.max())
    return (a - low) / max(top - low, 1e-6)


def smoothstep(low, top, v):
    t = np.clip((np.asarray(v, np.float32) - low) / (top - low), 0, 1)
    return t * t * (3 - 2 * t)


def ridge(rng, width, base, amplitude, cell, gain=0.5) -> np.ndarray:
    """The height (y, pixels) of a skyline for each column."""
    octaves = max(2, int(np.log2(max(cell, 8)) - 1))
    return base - amplitude * fbm(rng, width, 3, cell, octaves, gain)[1]


def below(line: np.ndarray, height: int) -> np.ndarray:
    """Anti-aliased mask of what lies under a skyline."""
    y = np.arange(height, dtype=np.float32)[:, None]
    return np.clip(y - line[None, :] + 0.5, 0, 1)


def blur(a: np.ndarray, sigma, axis_scale=(1, 1)) -> np.ndarray:
    s = (sigma * axis_scale[0], sigma * axis_scale[1]) + ((0,) if a.ndim == 3 else ())
    return ndimage.gaussian_filter(a, s, mode="nearest", truncate=3)


def displace(a: np.ndarray, dx: np.ndarray, dy: np.ndarray, order=1) -> np.ndarray:
    """The picture sampled at (x + dx, y + dy)."""
    h, w = a.shape[:2]
    x, y = grid(w, h)
    at = [y + dy, x + dx]
    if a.ndim == 2:
        return ndimage.map_coordinates(a, at, order=order, mode="nearest")
    return np.stack([ndimage.map_coordinates(a[..., c], at, order=order, mode="nearest") for c in range(a.shape[2])], -1)
