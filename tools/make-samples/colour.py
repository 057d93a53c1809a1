"""Colour arithmetic: sRGB, linear light, HSV, Lab, and names for the colours a picture shows."""

import numpy as np


def clip01(a: np.ndarray) -> np.ndarray:
    return np.clip(a, 0, 1)


def mix(a, b, t):
    """`a` at t = 0, `b` at t = 1; a mask (height × width) is spread over the channels."""
    t = np.asarray(t, np.float32)
    if t.ndim == 2:
        t = t[..., None]
    return np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t


def luma(rgb: np.ndarray) -> np.ndarray:
    """Rec. 601 luma of sRGB-encoded values."""
    return rgb @ np.array([0.299, 0.587, 0.114], np.float32)


def to_linear(v: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1 decoding."""
    v = np.asarray(v, np.float64)
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def to_srgb(v: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1 encoding."""
    v = np.clip(np.asarray(v, np.float64), 0, 1)
    return np.where(v <= 0.0031308, v * 12.92, 1.055 * v ** (1 / 2.4) - 0.055)


def rgb_to_hsv(rgb: np.ndarray) -> np.ndarray:
    r, g, b = np.moveaxis(np.asarray(rgb, np.float32), -1, 0)
    top, low = np.maximum(np.maximum(r, g), b), np.minimum(np.minimum(r, g), b)
    span = top - low
    safe = np.where(span == 0, 1, span)
    h = np.where(top == r, (g - b) / safe % 6, np.where(top == g, (b - r) / safe + 2, (r - g) / safe + 4)) / 6
    return np.stack([np.where(span == 0, 0, h), span / np.where(top == 0, 1, top), top], -1).astype(np.float32)


def hsv_to_rgb(hsv: np.ndarray) -> np.ndarray:
    h, s, v = np.moveaxis(np.asarray(hsv, np.float32), -1, 0)
    k = (np.array([5, 3, 1], np.float32) + (h * 6)[..., None]) % 6
    return v[..., None] * (1 - s[..., None] * np.clip(np.minimum(k, 4 - k), 0, 1))


def vary(rgb, rng, hue=0.0, saturation=0.0, value=0.0, size=None):
    """Copies of a colour scattered in HSV: `size` rows, or one colour if `size` is None."""
    rows = np.broadcast_to(rgb_to_hsv(rgb), (size or 1, 3)).copy() if np.ndim(rgb) == 1 else rgb_to_hsv(rgb)
    n = len(rows)
    rows[:, 0] = (rows[:, 0] + rng.normal(0, 1, n) * hue) % 1
    rows[:, 1] = np.clip(rows[:, 1] + rng.normal(0, 1, n) * saturation, 0, 1)
    rows[:, 2] = np.clip(rows[:, 2] + rng.normal(0, 1, n) * value, 0, 1)
    out = hsv_to_rgb(rows)
    return out[0] if size is None and np.ndim(rgb) == 1 else out


def to_lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) of sRGB values."""
    m = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_linear(rgb) @ m.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


_NAMED = {
    "black": "16151a", "charcoal": "3c3c40", "grey": "808284", "silver grey": "b9bab8", "white": "f7f5ef",
    "cream": "efe2c4", "buff": "cdb48d", "ochre": "c48a33", "yellow": "f2c93c", "orange": "e58338",
    "rust": "a3502a", "brown": "6b4630", "umber": "3f2c20", "red": "c4302a", "crimson": "8e1f35",
    "rose": "d5738c", "pale pink": "ecc6c4", "mauve": "9a7a98", "violet": "5f4f8a", "plum": "4a2c4a",
    "midnight blue": "1c2a44", "deep blue": "24508f", "slate blue": "58708e", "sky blue": "93bfd6",
    "turquoise": "5aa7ac", "teal": "2a6468", "moss green": "6f7a3a", "leaf green": "7fae48",
    "dark green": "2c4a30", "sage": "9aae90", "peach": "f0b795",
}
_NAMES = list(_NAMED)
_LAB = to_lab(np.array([[int(v[i : i + 2], 16) for i in (0, 2, 4)] for v in _NAMED.values()]) / 255)


def colour_words(rgb: np.ndarray, most: int = 3) -> list[str]:
    """Names of the colours that cover most of a picture, the largest first.

    Measured on the finished pixels, so that a description never claims a colour that is not there.
    Strong colours count for more than their area, as they do to the eye.
    """
    small = rgb[::6, ::6].reshape(-1, 3)
    lab = to_lab(small)
    nearest = np.argmin(((lab[:, None] - _LAB[None]) ** 2).sum(-1), 1)
    weight = 0.35 + np.hypot(lab[:, 1], lab[:, 2]) / 60
    votes = np.bincount(nearest, weight, len(_NAMES))
    order = np.argsort(-votes, kind="stable")
    return [_NAMES[i] for i in order[:most] if votes[i] > 0.05 * votes.sum()]
