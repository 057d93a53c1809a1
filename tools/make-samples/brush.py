"""A loaded bristle brush: curved stamps made once, then set down thousands of times."""

import numpy as np

from fields import blur, fbm, smoothstep

ANGLES, BENDS = 32, 3


class Brush:
    """Stamps of one brush size at every angle, straight or bent to either side.

    A stamp is a pair (coverage 0…1, relief 0…1): bristles leave streaks along the stroke, the
    paint starts thick and runs out towards the end.
    """

    def __init__(self, rng, length: float, width: float, dryness=0.35):
        self._stamps = []
        reach = int(np.ceil(length / 2 + width)) + 2
        v, u = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
        for bend in range(BENDS):
            curve = (bend - 1) * 1.1 / max(length, 1)
            streaks = fbm(rng, 256, 64, max(width / 2.2, 2.5), 3, 0.7, stretch=12)
            for k in range(ANGLES):
                a = 2 * np.pi * k / ANGLES
                along, across = u * np.cos(a) + v * np.sin(a), -u * np.sin(a) + v * np.cos(a)
                across = across - curve * along**2 + curve * (length / 4) ** 2
                row = np.clip(32 + across * 1.6, 0, 63).astype(int)
                column = np.clip(128 + along, 0, 255).astype(int)
                bristle = streaks[row, column]
                run = np.clip((along + length / 2) / length, 0, 1)
                half = width / 2 * (1 - 0.35 * run**3) + 0.6 * bristle
                end = np.maximum(np.abs(along + 0.8 * bristle) - length / 2, 0)
                cover = 1 - smoothstep(-0.9, 0.7, np.hypot(np.maximum(np.abs(across) - half + 1.0, 0), end) - 1.0)
                cover *= 1 - dryness * run * smoothstep(0.0, 1.6, bristle)
                relief = cover * (0.55 + 0.3 * bristle + 0.25 * (1 - run))
                self._stamps.append((cover.astype(np.float32), blur(relief, 0.5)))
        self._reach = reach

    def set_down(self, picture, relief, x, y, angle, bend, colour, opacity=0.95):
        """One stroke, in place; strokes at the border are cut off."""
        k = int(round(angle / (2 * np.pi) * ANGLES)) % ANGLES
        cover, height = self._stamps[bend * ANGLES + k]
        r, x, y = self._reach, int(x), int(y)
        h, w = relief.shape
        x0, x1, y0, y1 = max(x - r, 0), min(x + r + 1, w), max(y - r, 0), min(y + r + 1, h)
        if x0 >= x1 or y0 >= y1:
            return
        cut = (slice(y0 - y + r, y1 - y + r), slice(x0 - x + r, x1 - x + r))
        a = (cover[cut] * opacity)[..., None]
        patch = picture[y0:y1, x0:x1]
        patch += a * (colour - patch)
        thick = relief[y0:y1, x0:x1]
        thick += cover[cut] * (height[cut] - thick)
