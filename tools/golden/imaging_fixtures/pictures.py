"""The pictures that are encoded: functions of (u, v) in 0…1 that give float64 in 0…255."""

import numpy as np

W, H = 64, 48  # pixels of most files

COLOURS = np.array([(192, 78, 66), (84, 166, 96), (70, 98, 184), (208, 172, 82), (244, 242, 236)], float)
GREYS = np.array([70, 120, 165, 215, 245], float)
ALPHAS = np.array([1.0, 0.75, 0.4, 0.12, 1.0])
# Near, not on, the nodes of the 5-node grid of the CMYK profile (icc.py).
INKS = np.array([(60, 190, 180, 4), (185, 60, 190, 8), (190, 130, 10, 6), (10, 60, 200, 60), (0, 0, 0, 0)], float)


def area(u, v):
    """Which quadrant (0…3, row by row) or the mark (4)."""
    index = (u >= 0.5) + 2 * (v >= 0.5)
    return np.where((u >= 0.0625) & (u < 0.25) & (v >= 0.0833) & (v < 0.2708), 4, index)


def ramp(u, v, amplitude):
    """A gradient of ± amplitude within a quadrant, 0 in the mark."""
    slope = ((u % 0.5) * 4 - 1) * 0.6 + ((v % 0.5) * 4 - 1) * 0.4
    return np.where(area(u, v) == 4, 0, slope) * amplitude


def colour(u, v):
    return COLOURS[area(u, v)] + ramp(u, v, 16)[..., None] * np.array([1, 0.8, 0.9])


def flat(u, v):
    return COLOURS[area(u, v)]


def grey(u, v):
    return (GREYS[area(u, v)] + ramp(u, v, 10))[..., None]


def bilevel(u, v):
    return np.where(area(u, v) == 0, 255.0, 0.0)[..., None]


def alpha(u, v):
    return np.round((ALPHAS[area(u, v)] * 255 + np.minimum(ramp(u, v, 12), 0)).clip(0, 255))[..., None]


def inks(u, v):
    return (INKS[area(u, v)] + ramp(u, v, 4)[..., None]).clip(0, 255) * (area(u, v) != 4)[..., None]


def over_white(f):
    """The picture `f` with the alpha above, on white, mixed in encoded values as browsers do."""
    def g(u, v):
        a = alpha(u, v) / 255
        return np.round(f(u, v)) * a + 255 * (1 - a)
    return g


def sample(f, w=W, h=H):
    u, v = np.meshgrid((np.arange(w) + 0.5) / w, (np.arange(h) + 0.5) / h)
    return f(u, v)


def u8(a):
    return np.round(np.clip(a, 0, 255)).astype(np.uint8)


def u16(a):
    return np.round(np.clip(a, 0, 255) * 257).astype(np.uint16)


def textured(w=96, h=72):
    """A picture with seeded noise, so that the codecs' data goes on to the very end of the file."""
    return u8(sample(colour, w, h) + np.random.default_rng(7).integers(-10, 11, (h, w, 3)))


RGB, GREY, FLAT = u8(sample(colour)), u8(sample(grey))[..., 0], u8(sample(flat))
ALPHA, INDEX = u8(sample(alpha)), sample(area).astype(np.uint8)
RGBA = np.concatenate([RGB, ALPHA], 2)
