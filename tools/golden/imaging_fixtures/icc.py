"""ICC profiles, byte by byte (ICC.1:2001-04 and, for the parametric curve, ICC.1:2010)."""

import struct

import numpy as np
from PIL import ImageCms

from .colorimetry import D50, SRGB, ADOBE, P3, PROPHOTO, xyz_to_lab


def s15(*values):
    return b"".join(struct.pack(">i", round(v * 65536)) for v in values)


def profile(kind, space, pcs, tags, version=0x02400000):
    text = b"Morelli test\0"
    if version >= 0x04000000:
        name = text[:-1].decode().encode("utf-16-be")
        words = b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(name), 28) + name
        description = words
    else:
        description = b"desc" + struct.pack(">II", 0, len(text)) + text + bytes(8 + 3 + 67)
        words = b"text" + bytes(4) + text
    tags = {"desc": description, "cprt": words, "wtpt": b"XYZ " + bytes(4) + s15(*D50), **tags}
    table, body, start, places = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags), {}
    for name, data in tags.items():
        if data not in places:  # tags may share their data
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += name.encode() + struct.pack(">II", places[data], len(data))
    header = (struct.pack(">IIII", start + len(body), 0, version, 0)[:12] + kind + space + pcs
              + struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + s15(*D50)).ljust(128, b"\0")
    return header + table + body


def gamma_curve(gamma):
    return b"curv" + struct.pack(">IIH", 0, 1, round(gamma * 256)) + bytes(2)


def matrix_profile(matrix, curve, version=0x02400000):
    tags = {f"{c}XYZ": b"XYZ " + bytes(4) + s15(*matrix[:, i]) for i, c in enumerate("rgb")}
    return profile(b"mntr", b"RGB ", b"XYZ ", {**tags, **{f"{c}TRC": curve for c in "rgb"}}, version)


SRGB_CURVE = b"para" + struct.pack(">IHH", 0, 3, 0) + s15(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
ADOBE_GAMMA, PROPHOTO_GAMMA, GREY_GAMMA = 563 / 256, 461 / 256, 307 / 256
ICC_ADOBE = matrix_profile(ADOBE, gamma_curve(ADOBE_GAMMA))
ICC_P3 = matrix_profile(P3, SRGB_CURVE, 0x04200000)
ICC_PROPHOTO = matrix_profile(PROPHOTO, gamma_curve(PROPHOTO_GAMMA))
ICC_GREY = profile(b"mntr", b"GRAY", b"XYZ ", {"kTRC": gamma_curve(GREY_GAMMA)})
NODES = 5


def ink_lab(cmyk):
    """A simple print: each ink multiplies the light of red, green and blue; black takes all of it."""
    c, m, y, k = np.moveaxis(cmyk, -1, 0)
    r = (1 - 0.92 * c) * (1 - 0.10 * m) * (1 - 0.02 * y) * (1 - k)
    g = (1 - 0.35 * c) * (1 - 0.88 * m) * (1 - 0.08 * y) * (1 - k)
    b = (1 - 0.15 * c) * (1 - 0.45 * m) * (1 - 0.90 * y) * (1 - k)
    return xyz_to_lab(np.stack([r, g, b], -1) @ SRGB.T, SRGB.sum(1))


def cmyk_table():
    axes = np.meshgrid(*[np.linspace(0, 1, NODES)] * 4, indexing="ij")
    lab = ink_lab(np.stack(axes, -1))
    return np.round(np.stack([lab[..., 0] * 652.8, (lab[..., 1] + 128) * 256, (lab[..., 2] + 128) * 256], -1)
                    .clip(0, 65535)).astype(np.uint16)


CMYK_TABLE = cmyk_table()
A2B = (b"mft2" + struct.pack(">I4B", 0, 4, 3, NODES, 0) + s15(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">HH", 2, 2)
       + struct.pack(">2H", 0, 65535) * 4 + CMYK_TABLE.astype(">u2").tobytes() + struct.pack(">2H", 0, 65535) * 3)
ICC_CMYK = profile(b"prtr", b"CMYK", b"Lab ", {"A2B0": A2B, "A2B1": A2B, "A2B2": A2B})
ICC_CMYK_A2B0 = profile(b"prtr", b"CMYK", b"Lab ", {"A2B0": A2B})


def lab_profile():
    """LittleCMS' Lab identity, with a fixed date."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
    data[24:36] = ICC_ADOBE[24:36]
    data[84:100] = bytes(16)
    return bytes(data)


ICC_LAB = lab_profile()
