"""Matrix/TRC display profiles (ICC.1:2001, version 2.1), written from published primaries.

A profile holds the colorants adapted to D50 and one tone curve shared by the three channels:
enough for any colour-managed reader, and small (about 500 bytes). The date in the header is fixed,
so the same space gives the same bytes.
"""

import struct

import numpy as np

from colour import to_linear

_D50 = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D65 = (0.3127, 0.3290)
# Primaries (x, y) of red, green, blue; gamma 0 stands for the sRGB curve (IEC 61966-2-1).
SPACES = {
    "sRGB": (((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), 0.0),
    "Adobe RGB (1998) compatible": (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 2.19921875),
    "Display P3 compatible": (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), 0.0),
}


def _xyz(xy) -> np.ndarray:
    return np.array([xy[0] / xy[1], 1.0, (1 - xy[0] - xy[1]) / xy[1]])


def rgb_to_xyz(space: str) -> np.ndarray:
    """Linear RGB of a space to XYZ under its own white, D65."""
    columns = np.stack([_xyz(p) for p in SPACES[space][0]], 1)
    return columns * np.linalg.solve(columns, _xyz(_D65))


def _adapted(space: str) -> np.ndarray:
    """The same, adapted to the profile connection space's D50 (Bradford)."""
    scale = (_BRADFORD @ _D50) / (_BRADFORD @ _xyz(_D65))
    return np.linalg.inv(_BRADFORD) @ (scale[:, None] * _BRADFORD) @ rgb_to_xyz(space)


def from_srgb(rgb: np.ndarray, space: str) -> np.ndarray:
    """sRGB-encoded pixels re-encoded in another space: same colours, other numbers."""
    matrix = np.linalg.solve(rgb_to_xyz(space), rgb_to_xyz("sRGB"))
    linear = np.clip(to_linear(rgb) @ matrix.T, 0, 1)
    gamma = SPACES[space][1]
    if gamma:
        return linear ** (1 / gamma)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def _s15(values) -> bytes:
    return b"".join(struct.pack(">i", round(float(v) * 65536)) for v in values)


def profile(space: str) -> bytes:
    """The profile's bytes."""
    name = space.encode("ascii") + b"\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)
    gamma = SPACES[space][1]
    if gamma:
        curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    else:
        table = np.round(to_linear(np.linspace(0, 1, 1024)) * 65535).astype(">u2").tobytes()
        curve = b"curv\0\0\0\0" + struct.pack(">I", 1024) + table
    xyz = _adapted(space)
    tags = [(b"desc", desc), (b"cprt", b"text\0\0\0\0No copyright, use freely\0"), (b"wtpt", b"XYZ \0\0\0\0" + _s15(_D50))]
    tags += [(t, b"XYZ \0\0\0\0" + _s15(xyz[:, k])) for k, t in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))]
    body, table, offset, curve_at = b"", b"", 128 + 4 + 12 * (len(tags) + 3), None
    for tag, data in [*tags, (b"rTRC", curve)]:
        if tag == b"rTRC":
            curve_at = offset + len(body)
        table += tag + struct.pack(">II", offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    for tag in (b"gTRC", b"bTRC"):  # three names for one curve
        table += tag + struct.pack(">II", curve_at, len(curve))
    head = struct.pack(">I4sI4s4s4s6H4s4s", offset + len(body), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0")
    head += bytes(4 + 4 + 4 + 8 + 4) + _s15(_D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags) + 3) + table + body
