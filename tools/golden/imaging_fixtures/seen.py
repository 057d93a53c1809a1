"""What a picture looks like through its profile, by the formulas alone; LittleCMS must agree."""

import io

import numpy as np
from PIL import Image, ImageCms

from .colorimetry import (
    D50, D65_XY, xyz, to_d50, SRGB, ADOBE, P3, PROPHOTO, srgb_linear, srgb_encode, xyz50_to_srgb, lab_to_xyz,
    xyz_to_lab)
from .icc import ADOBE_GAMMA, PROPHOTO_GAMMA, GREY_GAMMA, NODES, CMYK_TABLE
from .ledger import PROBES
from .pictures import W, H, colour, grey, inks, sample, u8


def through_matrix(matrix, linear, encode, top=255):
    """(device values of the picture, the colour those device values stand for) for an RGB space."""
    def device(u, v):
        light = srgb_linear(np.round(colour(u, v)) / 255) @ SRGB.T @ np.linalg.inv(matrix).T
        return np.round(encode(light) * top) / top * 255

    return device, lambda u, v: xyz50_to_srgb(linear(device(u, v) / 255) @ matrix.T)


def power(g):
    return (lambda e: e ** g), (lambda x: np.clip(x, 0, 1) ** (1 / g))


ADOBE_DEVICE, ADOBE_SEEN = through_matrix(ADOBE, *power(ADOBE_GAMMA))
P3_DEVICE, P3_SEEN = through_matrix(P3, srgb_linear, srgb_encode)
PRO_DEVICE, PRO_SEEN = through_matrix(PROPHOTO, *power(PROPHOTO_GAMMA))
PRO16_DEVICE, PRO16_SEEN = through_matrix(PROPHOTO, *power(PROPHOTO_GAMMA), top=65535)


def grey_seen(u, v):
    return srgb_encode((np.round(grey(u, v)) / 255) ** GREY_GAMMA).repeat(3, -1) * 255


def inks_seen(u, v):
    """The profile's table, interpolated in four directions."""
    position = np.round(inks(u, v)) / 255 * (NODES - 1)
    low = np.minimum(position.astype(int), NODES - 2)
    part, total = position - low, 0
    for corner in np.ndindex(2, 2, 2, 2):
        weight = np.prod(np.where(corner, part, 1 - part), -1)
        total = total + weight[..., None] * CMYK_TABLE[tuple(np.moveaxis(low + corner, -1, 0))].astype(float)
    lab = np.stack([total[..., 0] / 652.8, total[..., 1] / 256 - 128, total[..., 2] / 256 - 128], -1)
    return xyz50_to_srgb(lab_to_xyz(lab, D50))


def lab8(white_to_lab):
    def device(u, v):
        lab = white_to_lab(srgb_linear(np.round(colour(u, v)) / 255))
        return np.stack([np.round(lab[..., 0] * 2.55), np.round(lab[..., 1]), np.round(lab[..., 2])], -1)
    return device


D65 = xyz(*D65_XY)
TO_D65 = np.linalg.inv(to_d50(D65))
LAB50_DEVICE = lab8(lambda x: xyz_to_lab(x @ SRGB.T, D50))
LAB65_DEVICE = lab8(lambda x: xyz_to_lab(x @ SRGB.T @ TO_D65.T, D65))


def lab_seen(device, white):
    def seen(u, v):
        d = device(u, v)
        c = lab_to_xyz(np.stack([d[..., 0] / 2.55, d[..., 1], d[..., 2]], -1), white)
        return xyz50_to_srgb(c if white is D50 else c @ to_d50(D65).T)
    return seen


def lcms_agrees(icc, mode, device, seen, sampled=None):
    """Stops where LittleCMS sees other colours than the formulas do at the probes, or the profile hardly matters."""
    image = Image.fromarray(u8(sample(device)).squeeze() if sampled is None else sampled, mode)
    out = ImageCms.profileToProfile(
        image, ImageCms.getOpenProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB", flags=ImageCms.Flags.NOOPTIMIZE)
    got, want = np.asarray(out).astype(float), sample(seen)
    points = [(int(y * H), int(x * W)) for x, y in PROBES]
    worst = max(np.abs(got[p] - want[p]).max() for p in points)
    assert worst <= 2, f"{mode}: LittleCMS differs by {worst:.2f}"
    if mode == "RGB":
        unmanaged = max(np.abs(sample(device)[p] - want[p]).max() for p in points)
        assert unmanaged > 12, f"a decoder that ignores the profile would pass ({unmanaged:.1f})"
