"""Anti-aliased shapes: drawn three times too large with Pillow, then averaged down to a mask."""

import numpy as np
from PIL import Image, ImageDraw

from colour import mix
from fields import blur, smoothstep

SUPER = 3


class Mask:
    """A coverage mask under construction; coordinates and widths are in picture pixels."""

    def __init__(self, width: int, height: int):
        self.size = (width, height)
        self._image = Image.new("L", (width * SUPER, height * SUPER), 0)
        self._draw = ImageDraw.Draw(self._image)

    @staticmethod
    def _points(points):
        return [(float(x) * SUPER, float(y) * SUPER) for x, y in points]

    def polygon(self, points, value=1.0):
        self._draw.polygon(self._points(points), fill=round(255 * value))
        return self

    def disc(self, x, y, rx, ry=None, value=1.0):
        ry = rx if ry is None else ry
        box = [(x - rx) * SUPER, (y - ry) * SUPER, (x + rx) * SUPER, (y + ry) * SUPER]
        self._draw.ellipse(box, fill=round(255 * value))
        return self

    def rectangle(self, x0, y0, x1, y1, value=1.0):
        return self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], value)

    def stroke(self, points, width, value=1.0):
        """A line with round ends; `width` is a number or one number a point."""
        points = np.asarray(points, np.float64)
        widths = np.broadcast_to(np.asarray(width, np.float64), (len(points),))
        for (p, a), (q, b) in zip(zip(points, widths), zip(points[1:], widths[1:])):
            d = q - p
            n = np.array([-d[1], d[0]]) / max(np.hypot(*d), 1e-6) / 2
            self.polygon([p + n * a, q + n * b, q - n * b, p - n * a], value)
        for p, w in zip(points, widths):
            if w * SUPER > 2:
                self.disc(p[0], p[1], w / 2, value=value)
        return self

    def array(self) -> np.ndarray:
        """height × width float32, 0…1."""
        return np.asarray(self._image.reduce(SUPER), np.float32) / 255


def spline(points, steps=12, closed=False) -> np.ndarray:
    """A Catmull–Rom curve through the points."""
    p = np.asarray(points, np.float64)
    p = np.vstack([p[-1], p, p[:2]]) if closed else np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    if not closed:
        parts.append(p[-2][None])
    return np.vstack(parts)


def lay(picture: np.ndarray, mask: np.ndarray, colour, opacity=1.0) -> np.ndarray:
    """`colour` (one colour or a picture) painted over through a mask."""
    return mix(picture, colour, mask * opacity)


def rounded(mask: np.ndarray, radius: float) -> np.ndarray:
    """The shape with its corners rounded off: blurred, then cut at half again."""
    return smoothstep(0.42, 0.58, blur(mask, radius))


def outline(mask: np.ndarray, width: float) -> np.ndarray:
    """A band of about `width` pixels along the edge of a shape."""
    soft = blur(mask, width * 0.6)
    return 1 - smoothstep(0.18, 0.5, np.abs(soft - 0.5))


def turned(points, angle, centre=(0, 0), scale=1.0, shift=(0, 0)) -> np.ndarray:
    """Points turned about `centre`, scaled, then moved."""
    c, s = np.cos(angle), np.sin(angle)
    p = (np.asarray(points, np.float64) - centre) * scale
    return p @ np.array([[c, s], [-s, c]]) + centre + np.asarray(shift)
