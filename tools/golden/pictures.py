"""What the golden scripts share: pictures by formula, which Tests/FeaturesTests/TestImages.swift has too."""
import numpy as np


def pattern(width, height, seed=0):
    """Smooth ramps with some noise on top."""
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    noise = ((x * 31 + y * 17 + c * 59 + seed * 101) * 7919 % 65536) % 48
    ramp = (x * (c + 2) * 128 // width + y * (4 - c) * 96 // height + 40 * c) % 208
    return (ramp + noise).astype(np.uint8)


def patches(width, height):
    """Five flat colours in vertical bands of unequal width, each with a little noise: clusters known beforehand."""
    colours = np.array([[180, 40, 30], [30, 60, 150], [225, 205, 160], [20, 24, 22], [70, 120, 60]])
    ends = np.array([0.35, 0.6, 0.8, 0.95, 1.0]) * width
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    band = (x[..., None] + 0.5 > ends).sum(-1)
    return (colours[band, c] + (x * 7 + y * 13 + c * 5) % 9 - 4).astype(np.uint8)


def blobs(width, height, seed):
    """Soft blobs, as Tests/TestSupport/Blobs.swift has them."""
    y, x, channel = np.mgrid[0:height, 0:width, 0:3]
    def corner(i, j):
        mixed = (i * 73856093 ^ j * 19349663 ^ seed * 83492791) & 0xFFFFFFFF
        mixed = (mixed ^ mixed >> 13) * 1274126177 & 0xFFFFFFFF
        return (mixed ^ mixed >> 16) % 200 + 20
    i, j, a, b = x >> 5, y >> 5, x & 31, y & 31
    upper = corner(i, j) * (32 - a) + corner(i + 1, j) * a
    lower = corner(i, j + 1) * (32 - a) + corner(i + 1, j + 1) * a
    return ((upper * (32 - b) + lower * b) // 1024 * (10 + (seed + channel) % 3 * 2) // 14).astype(np.uint8)


def checksum(image):
    h = 0x811C9DC5
    for byte in image.tobytes():
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def rounded(x, digits=6):
    return np.round(np.asarray(x, np.float64), digits).ravel().tolist()
