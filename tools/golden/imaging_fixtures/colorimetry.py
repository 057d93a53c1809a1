"""The textbook formulas of colour, in float64."""

import numpy as np

D50 = np.array([0.9642, 1.0, 0.8249])
D65_XY = (0.3127, 0.3290)
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


def xyz(x, y):
    return np.array([x / y, 1, (1 - x - y) / y])


def to_d50(white):
    """Bradford's adaptation from `white` to D50 (ICC.1:2022, annex E)."""
    return np.linalg.inv(BRADFORD) @ np.diag((BRADFORD @ D50) / (BRADFORD @ white)) @ BRADFORD


def primaries(r, g, b, white):
    """Linear RGB -> XYZ relative to D50."""
    m = np.array([xyz(*r), xyz(*g), xyz(*b)]).T
    m = m * np.linalg.solve(m, white)
    return m if np.allclose(white, D50, atol=1e-3) else to_d50(white) @ m


SRGB = primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), xyz(*D65_XY))
ADOBE = primaries((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), xyz(*D65_XY))
P3 = primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), xyz(*D65_XY))
PROPHOTO = primaries((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105), D50)


def srgb_linear(e):
    return np.where(e <= 0.04045, e / 12.92, ((e + 0.055) / 1.055) ** 2.4)


def srgb_encode(x):
    x = np.clip(x, 0, 1)
    return np.where(x <= 0.0031308, x * 12.92, 1.055 * x ** (1 / 2.4) - 0.055)


def xyz50_to_srgb(c):
    return srgb_encode(c @ np.linalg.inv(SRGB).T) * 255


def lab_to_xyz(lab, white):
    fy = (lab[..., 0] + 16) / 116
    f = np.stack([fy + lab[..., 1] / 500, fy, fy - lab[..., 2] / 200], -1)
    return np.where(f > 6 / 29, f ** 3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * white


def xyz_to_lab(c, white):
    t = c / white
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)
