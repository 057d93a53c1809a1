"""The underpainting of a landscape: flat layers of colour with the direction a brush would take.

Several families paint the same subjects from these scenes, each in its own manner, so that what a
picture shows does not tell its family either.
"""

import numpy as np

from colour import clip01, mix, vary
from draw import Mask, lay
from fields import below, blur, displace, fbm, grid, ridge, smoothstep


class Scene:
    """Layers from back to front.

    `colour` height × width × 3; `angle` stroke direction in radians; `stroke` relative stroke
    size; `region` the number of the layer that is on top.
    """

    def __init__(self, rng, palette, width, height, sunny=True):
        self.sunny, self.sun_at = sunny, None
        self.rng, self.pal, self.w, self.h = rng, palette, width, height
        self.x, self.y = grid(width, height)
        self.colour = np.zeros((height, width, 3), np.float32) + palette.sky
        self.angle = np.zeros((height, width), np.float32)
        self.stroke = np.ones((height, width), np.float32)
        self.region = np.zeros((height, width), np.int32)
        self.side = 1 if rng.random() < 0.5 else -1  # +1: light from the right
        self.horizon = int(height * rng.uniform(0.42, 0.58))

    def fill(self, mask, colour, angle=None, stroke=None, opacity=1.0):
        self.colour = lay(self.colour, mask, colour, opacity)
        on = mask > 0.5
        if angle is not None:
            self.angle = np.where(on, angle, self.angle).astype(np.float32)
        if stroke is not None:
            self.stroke = np.where(on, stroke, self.stroke).astype(np.float32)
        if opacity > 0.6:
            self.region = np.where(on, self.region.max() + 1, self.region)

    def mask(self) -> Mask:
        return Mask(self.w, self.h)

    def mottle(self, colour, other, cell, amount=0.5, stretch=1.0):
        """A field of two colours in patches."""
        t = smoothstep(-1, 1, fbm(self.rng, self.w, self.h, cell, 4, stretch=stretch)) * amount
        return mix(colour, other, t)

    # — sky and water ————————————————————————————————————————————————————————————————————————

    def sky(self, sun=True, clouds=1.0):
        """Gradient to a glowing horizon, cloud banks, the sun's disc if wanted."""
        p, t = self.pal, clip01(self.y / self.horizon)
        base = mix(mix(p.sky, p.paper, 0.15), mix(p.glow, p.paper, 0.25), smoothstep(0.2, 1.05, t))
        cloud = fbm(self.rng, self.w, self.h, self.h * 0.28, 5, 0.55, stretch=2.4)
        base = mix(base, mix(p.paper, p.glow, 0.3), smoothstep(0.15, 1.4, cloud) * 0.8 * clouds)
        base = mix(base, mix(p.far, p.sky, 0.5), smoothstep(0.35, 1.6, -cloud) * 0.5 * clouds)
        flow = 0.35 * fbm(self.rng, self.w, self.h, self.h * 0.5, 2)
        self.fill(np.ones((self.h, self.w), np.float32), base, flow, 1.15)
        if sun and self.sunny:
            sx = self.w * (0.5 + self.side * self.rng.uniform(0.08, 0.32))
            sy = self.horizon * self.rng.uniform(0.45, 0.85)
            r = min(self.w, self.h) * self.rng.uniform(0.035, 0.055)
            d = np.hypot(self.x - sx, self.y - sy)
            self.colour = lay(self.colour, np.exp(-d / (r * 3.2)), mix(p.glow, p.paper, 0.3), 0.85)
            turn = np.arctan2(self.y - sy, self.x - sx) + np.pi / 2
            self.angle = np.where(d < r * 4, turn, self.angle).astype(np.float32)
            self.fill(self.mask().disc(sx, sy, r).array(), mix(p.accent, p.glow, 0.35), stroke=0.6)
            self.sun_at = (sx, sy, r)

    def water(self, top=None, bottom=None, ripple=1.0):
        """A water plane that mirrors what has been painted above its far edge."""
        top = self.horizon if top is None else top
        bottom = self.h if bottom is None else bottom
        yy = np.clip(2 * top - self.y, 0, self.h - 1)
        near = clip01((self.y - top) / max(self.h - top, 1))
        wave = fbm(self.rng, self.w, self.h, 26, 3, stretch=5.0) * (2 + 14 * near) * ripple
        mirror = displace(self.colour, wave * 0.6, yy - self.y + wave * 0.5)
        mirror = blur(mirror, 1.2, (2, 1))
        tint = mix(self.pal.water, self.pal.ink, 0.15 * near)
        glint = smoothstep(0.8, 1.7, fbm(self.rng, self.w, self.h, 14, 3, stretch=6.0))
        colour = mix(mirror, tint, 0.30 + 0.30 * near)
        if self.sun_at:
            sx, _, r = self.sun_at
            lane = np.exp(-(((self.x - sx) / (r * (1.2 + 2.6 * near))) ** 2))
            colour = mix(colour, mix(self.pal.glow, self.pal.accent, 0.35), lane * smoothstep(-0.2, 0.9, wave / (1 + 6 * near)) * 0.9)
        colour = mix(colour, mix(self.pal.paper, self.pal.sky, 0.5), glint * 0.45 * near)
        on = ((self.y >= top) & (self.y < bottom)).astype(np.float32)
        self.fill(on, colour, 0.12 * fbm(self.rng, self.w, self.h, 60, 2), 0.8 + 0.5 * near)

    # — land ——————————————————————————————————————————————————————————————————————————————————

    def hills(self, base, amplitude, colour, cell=0.5, shade=0.35, stroke=0.9):
        """A band of hills; returns its skyline (y for each column)."""
        line = ridge(self.rng, self.w, base, amplitude, self.w * cell, 0.35)
        slope = np.gradient(blur(line[None], 6)[0])
        light = clip01(0.5 + self.side * slope * 1.6)[None, :]
        depth = clip01((self.y - line[None]) / (self.h * 0.25))
        body = mix(mix(colour, self.pal.ink, shade), mix(colour, self.pal.glow, 0.35), light * (1 - 0.4 * depth))
        body = mix(body, self.mottle(colour, self.pal.earth, 30, 0.6, 2.0), 0.45)
        self.fill(below(line, self.h), body, np.arctan(slope)[None, :] * (1 - depth), stroke)
        return line

    def ground(self, top, colour, other, stroke=1.2, stretch=3.0):
        """The near plane: grass, stubble, snow; drawn out along the horizon."""
        line = ridge(self.rng, self.w, top, 3, self.w * 0.4, 0.3)
        near = clip01((self.y - top) / max(self.h - top, 1))
        body = mix(self.mottle(colour, other, 34, 0.9, stretch), self.pal.ink, 0.22 * near)
        angle = 0.25 * fbm(self.rng, self.w, self.h, 80, 2)
        self.fill(below(line, self.h), body, angle, 0.6 + stroke * near)
        return line

    def path(self, x_far, x_near, top, colour, far_width, near_width):
        t = np.linspace(0, 1, 24)
        y = top + (self.h + 10 - top) * t**1.4
        bend = np.sin(t * np.pi * 1.3) * self.w * 0.07 * self.side
        x, half = x_far + (x_near - x_far) * t + bend, far_width + (near_width - far_width) * t**1.4
        edge = np.concatenate([np.stack([x - half, y], 1), np.stack([x + half, y], 1)[::-1]])
        self.fill(self.mask().polygon(edge).array(), self.mottle(colour, self.pal.paper, 24, 0.7, 3), 0.15, 1.0)

    # — things ————————————————————————————————————————————————————————————————————————————————

    def foliage(self, cx, cy, rx, ry, colour, clumps=26, stroke=0.8):
        """A crown of leaf clumps, lit from the scene's side."""
        rng, m = self.rng, self.mask()
        a, r = rng.uniform(0, 2 * np.pi, clumps), np.sqrt(rng.random(clumps))
        for i in range(clumps):
            s = rng.uniform(0.22, 0.42)
            m.disc(cx + np.cos(a[i]) * r[i] * rx * 0.75, cy + np.sin(a[i]) * r[i] * ry * 0.75, rx * s, ry * s)
        light = clip01(0.5 + 0.38 * self.side * (self.x - cx) / rx - 0.38 * (self.y - cy) / ry
                       + 0.28 * fbm(rng, self.w, self.h, max(rx * 0.6, 8), 3))
        body = mix(mix(colour, self.pal.ink, 0.55), mix(colour, self.pal.glow, 0.55), light)
        turn = np.arctan2((self.y - cy) / ry, (self.x - cx) / rx) + np.pi / 2
        self.fill(m.array(), body, turn, stroke)

    def trunk(self, x, foot, top, width, lean=0.0):
        m = self.mask().stroke([(x, foot), (x + lean * 0.4, (foot + top) / 2), (x + lean, top)], [width, width * 0.8, width * 0.5])
        body = mix(mix(self.pal.earth, self.pal.ink, 0.65), self.pal.glow, 0.25 * (self.side * (self.x - x) > 0))
        self.fill(m.array(), body, np.pi / 2, 0.6)

    def tree(self, x, foot, height, colour=None, slim=0.36):
        colour = vary(self.pal.leaf, self.rng, 0.015, 0.06, 0.05) if colour is None else colour
        self.shadow(x, foot, height * slim * 1.1)
        self.trunk(x, foot, foot - height * 0.55, max(height * 0.05, 2), self.rng.normal(0, height * 0.03))
        self.foliage(x, foot - height * 0.64, height * slim, height * 0.36, colour)

    def poplar(self, x, foot, height, colour):
        self.trunk(x, foot, foot - height * 0.4, max(height * 0.025, 2))
        self.foliage(x, foot - height * 0.54, height * 0.09, height * 0.46, colour, 34, 0.7)

    def shadow(self, x, foot, reach):
        m = self.mask().disc(x - self.side * reach * 0.8, foot + reach * 0.08, reach, reach * 0.16)
        self.fill(blur(m.array(), 1.5), mix(self.pal.far, self.pal.ink, 0.5), 0.0, 0.8, 0.55)

    def house(self, x, foot, width, height, roof=None):
        """A gabled house, its front lit or in shade; (x, foot) is the lower left corner."""
        p, roof = self.pal, self.pal.accent if roof is None else roof
        wall = mix(p.paper, p.glow, self.rng.uniform(0.1, 0.4))
        self.fill(self.mask().rectangle(x, foot - height, x + width, foot).array(), mix(wall, p.far, 0.25), np.pi / 2, 0.6)
        gable = width * 0.4
        gx = x if self.side < 0 else x + width - gable
        front = [(gx, foot), (gx, foot - height), (gx + gable / 2, foot - height * 1.55), (gx + gable, foot - height), (gx + gable, foot)]
        top = foot - height * 1.55
        ends = (gx + gable / 2, x + width) if self.side < 0 else (x, gx + gable / 2)
        slope = [(ends[0], top), (ends[1], top), (x + width, foot - height * 0.95), (x, foot - height * 0.95)]
        self.fill(self.mask().polygon(slope).array(), mix(roof, p.ink, 0.15), 0.9, 0.6)
        self.fill(self.mask().polygon(front).array(), wall, np.pi / 2, 0.6)
        m = self.mask()
        for k in range(2):
            m.rectangle(x + width * (0.5 if self.side < 0 else 0.1) + k * width * 0.22, foot - height * 0.7,
                        x + width * (0.6 if self.side < 0 else 0.2) + k * width * 0.22, foot - height * 0.4)
        m.rectangle(gx + gable * 0.36, foot - height * 0.55, gx + gable * 0.64, foot)
        self.fill(m.array(), mix(p.ink, p.far, 0.3), np.pi / 2, 0.4)

    def spire(self, x, foot, width, height):
        p = self.pal
        self.fill(self.mask().rectangle(x - width / 2, foot - height * 0.55, x + width / 2, foot).array(),
                  mix(mix(p.paper, p.earth, 0.35), p.far, 0.3 * (self.side * (self.x - x) < 0)), np.pi / 2, 0.6)
        roof = [(x - width * 0.62, foot - height * 0.54), (x, foot - height), (x + width * 0.62, foot - height * 0.54)]
        self.fill(self.mask().polygon(roof).array(), mix(p.far, p.ink, 0.45), np.pi / 2, 0.6)

    def boat(self, x, y, size, sail=True):
        """A small sailing boat; (x, y) is the middle of its waterline."""
        p, s = self.pal, size
        hull = [(x - s * 0.5, y - s * 0.12), (x + s * 0.55, y - s * 0.16), (x + s * 0.38, y + s * 0.05), (x - s * 0.36, y + s * 0.05)]
        if sail:
            self.fill(self.mask().stroke([(x, y), (x, y - s * 1.15)], max(s * 0.03, 1.2)).array(), mix(p.ink, p.earth, 0.4), np.pi / 2, 0.4)
            canvas = mix(p.paper, p.glow, 0.45) if self.rng.random() < 0.6 else mix(p.accent, p.glow, 0.3)
            self.fill(self.mask().polygon([(x + s * 0.04, y - s * 1.1), (x + s * 0.5, y - s * 0.22), (x + s * 0.04, y - s * 0.2)]).array(), canvas, 1.2, 0.6)
            self.fill(self.mask().polygon([(x - s * 0.04, y - s * 0.95), (x - s * 0.36, y - s * 0.22), (x - s * 0.04, y - s * 0.2)]).array(), mix(canvas, p.far, 0.3), -1.2, 0.6)
        self.fill(self.mask().polygon(hull).array(), mix(p.ink, p.accent, 0.25), 0.0, 0.5)
        shade = self.mask().disc(x, y + s * 0.16, s * 0.45, s * 0.08)
        self.fill(blur(shade.array(), 1), mix(p.ink, p.water, 0.4), 0.0, 0.6, 0.6)
