#!/usr/bin/env python3
"""Makes the image files on which the decoder is tested, and what it should make of them.

Usage:  make_imaging_fixtures.py [--out Tests/ImagingTests/Fixtures] [--check] [--pyvips]

Writes `good/*`, `bad/*` and `expected.json` below --out (its former content is replaced).
--check   compares every good file with Pillow's reading of it, where Pillow has one.
--pyvips  lists where libvips differs from the expectation (needs pyvips; use the libvips the product links).

Requirements: Python 3.11, numpy, Pillow 12 or later (AVIF, WebP, JPEG 2000, LittleCMS), tifffile, imagecodecs,
pillow-heif; `cjxl` (libjxl-tools) and `heif-enc` (libheif-examples) on the path. The same versions give the same
bytes; other encoder versions may give other bytes of the lossy files, within the tolerances.

How the expectations come about. A picture is a function of (u, v) in 0…1, so every file's pixels are known
before it is encoded: four quadrants of different colour with a gentle gradient and a light mark near the upper
left corner, which no rotation or reflection maps to itself. A probe (x, y) is the pixel
(floor(x·W), floor(y·H)) of the W × H working image; its colour is the function at that pixel's centre, taken through
the file's quantisation and, for files with an ICC profile, through the textbook formulas in float64
(relative colorimetric, media white = PCS white, no black-point compensation). LittleCMS, through
Pillow's ImageCms, must agree with those within 2 of 255 or the script stops. No libvips is in that path.

`expected.json`: {"version", "longSide", "files": [...]}; a file has
  name        path below the fixtures folder
  ok          whether it decodes
  why         what it is there to catch, one line
  format      jpeg png tiff webp gif heif avif jp2 jxl psd svg; for refused files where the header tells
  option      "svg": the file is decoded only where SVG is turned on, and is `unsupported` elsewhere
  convention  true: the colours follow a convention of the decoder; only the sizes and "it decodes" are stated
  stored, upright, working   {width, height}: in the file, after the orientation, and as decoded (± 1); a turn that is
              part of the coding itself (HEIF's irot, the orientation of a JPEG XL codestream) has been made in all three
  tolerance   largest difference of a probe in each of r, g, b
  probes      [{x, y, r, g, b}]
  codes       for refused files: the codes of which the decoder must give one, spelt as ImagingError.Code's raw values
"""

import argparse, gzip, hashlib, io, json, pathlib, shutil, struct, subprocess, tempfile, zipfile, zlib

import imagecodecs
import numpy as np
import pillow_heif
import tifffile
from PIL import Image, ImageCms, ImageOps

LONG_SIDE = 512
W, H = 64, 48
PROBES = [(0.1640625, 0.1770833), (0.3828125, 0.3854167), (0.1171875, 0.4479167), (0.6328125, 0.2395833),
          (0.8828125, 0.3854167), (0.1328125, 0.7604167), (0.3828125, 0.8854167), (0.6484375, 0.6354167),
          (0.8828125, 0.8645833)]
FILES = {}  # name -> bytes
ENTRIES = []


# ---- pictures: functions of (u, v) -> float64, 0…255 -------------------------------------------------------

COLOURS = np.array([(192, 78, 66), (84, 166, 96), (70, 98, 184), (208, 172, 82), (244, 242, 236)], float)
GREYS = np.array([70, 120, 165, 215, 245], float)
ALPHAS = np.array([1.0, 0.75, 0.4, 0.12, 1.0])
# Near, not on, the nodes of the 5-node grid of the CMYK profile below.
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


# ---- colour, in float64 ------------------------------------------------------------------------------------

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


# ---- ICC profiles (ICC.1:2001-04 and, for the parametric curve, ICC.1:2010) --------------------------------

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


# ---- book-keeping ------------------------------------------------------------------------------------------

def pair(size):
    return {"width": size[0], "height": size[1]}


def working_size(size):
    scale = min(1, LONG_SIDE / max(size))
    return tuple(max(1, int(s * scale + 0.5)) for s in size)


def good(name, form, data, why, seen=colour, tolerance=1, upright=(W, H), stored=None, probes=PROBES,
         convention=False, option=None):
    """`seen` is the picture that the decoder should show; None or convention=True states sizes only."""
    name = "good/" + name
    assert name not in FILES, name
    FILES[name] = data
    working = working_size(upright)
    entry = {"name": name, "ok": True, "why": why, "format": form, "stored": pair(stored or upright),
             "upright": pair(upright), "working": pair(working)}
    if option:
        entry["option"] = option
    if convention or seen is None:
        entry["convention"] = True
    else:
        entry["tolerance"], entry["probes"] = tolerance, []
        for x, y in probes:
            at = [np.array((int(f * s) + 0.5) / s) for f, s in zip((x, y), working)]
            rgb = np.broadcast_to(u8(seen(*at)), 3)
            entry["probes"].append({"x": round(x, 5), "y": round(y, 5), **dict(zip("rgb", map(int, rgb)))})
    ENTRIES.append(entry)
    return data


def bad(name, codes, data, why, form=None, option=None):
    name = "bad/" + name
    assert name not in FILES, name
    FILES[name] = data
    entry = {"name": name, "ok": False, "why": why, "codes": codes.split()}
    if form:
        entry["format"] = form
    if option:
        entry["option"] = option
    ENTRIES.append(entry)


def save(a, form, mode=None, **options):
    """Pillow's encoding of an array or image."""
    if "exif" in options:
        exif = Image.Exif()
        exif[0x0112] = options["exif"]
        options["exif"] = exif.tobytes()
    image = a if isinstance(a, Image.Image) else Image.fromarray(a, mode) if mode else Image.fromarray(a)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def tool(program, data, suffix_in, suffix_out, *options):
    with tempfile.TemporaryDirectory() as d:
        source, target = f"{d}/a{suffix_in}", f"{d}/b{suffix_out}"
        pathlib.Path(source).write_bytes(data)
        order = [source, "-o", target] if program == "heif-enc" else [source, target]
        subprocess.run([program, *options, *order], check=True, capture_output=True)
        return pathlib.Path(target).read_bytes()


def turned(a, orientation):
    """How a camera stores the upright `a` under an EXIF orientation (the inverse of what the viewer does)."""
    return {1: lambda a: a, 2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud,
            5: lambda a: a.swapaxes(0, 1), 6: lambda a: np.rot90(a, 1),
            7: lambda a: np.rot90(a.swapaxes(0, 1), 2), 8: lambda a: np.rot90(a, -1)}[orientation](a).copy()


def stored_size(orientation):
    return (W, H) if orientation < 5 else (H, W)


# ---- JPEG --------------------------------------------------------------------------------------------------

def segment(marker, payload):
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def jpeg_files():
    full = dict(quality=95, subsampling=0)
    plain = save(RGB, "JPEG", **full)
    good("jpeg-baseline-444.jpg", "jpeg", plain, "the plain case", tolerance=8)
    good("jpeg-baseline-420.jpg", "jpeg", save(RGB, "JPEG", quality=90, subsampling=2), "chroma at half size", tolerance=8)
    good("jpeg-progressive.jpg", "jpeg", save(RGB, "JPEG", progressive=True, **full), "several scans", tolerance=8)
    good("jpeg-grey.jpg", "jpeg", save(GREY, "JPEG", quality=95), "one component becomes three", seen=grey, tolerance=8)
    good("jpeg-restart-markers.jpg", "jpeg", save(RGB, "JPEG", restart_marker_rows=1, **full),
         "RST markers inside the scan are no end of data", tolerance=8)
    good("jpeg-odd-size-420.jpg", "jpeg", save(u8(sample(colour, 61, 45)), "JPEG", quality=92, subsampling=2),
         "sizes that are no multiple of the 16 px block", tolerance=8, upright=(61, 45))
    for o in range(1, 9):
        data = save(turned(RGB, o), "JPEG", exif=o, **full)
        upright = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data)))).astype(int)
        assert upright.shape == RGB.shape and np.abs(upright - RGB).mean() < 4, f"orientation {o}"
        good(f"jpeg-orientation-{o}.jpg", "jpeg", data, f"EXIF orientation {o}", tolerance=8, stored=stored_size(o))
    good("jpeg-trailing-garbage.jpg", "jpeg", plain + bytes(range(256)) * 2, "bytes after EOI do no harm", tolerance=8)
    good("jpeg-fill-bytes.jpg", "jpeg", plain[:2] + b"\xff" * 9 + plain[2:], "FF fill bytes before a marker are legal", tolerance=8)
    app2 = segment(0xE2, b"ICC_PROFILE\0\1\1" + np.random.default_rng(1).bytes(400))
    good("jpeg-icc-garbage.jpg", "jpeg", plain[:2] + app2 + plain[2:], "a profile of noise: read as sRGB", tolerance=8)
    good("jpeg-icc-wrong-space.jpg", "jpeg", save(RGB, "JPEG", icc_profile=ICC_GREY, **full),
         "a grey profile on an RGB picture: read as sRGB", tolerance=8)
    good("jpeg-icc-cut.jpg", "jpeg", save(RGB, "JPEG", icc_profile=ICC_ADOBE[:300], **full),
         "the first 300 bytes of a profile: read as sRGB", tolerance=8)
    best = dict(quality=100, subsampling=0)
    for name, icc, device, seen in (("adobe-rgb", ICC_ADOBE, ADOBE_DEVICE, ADOBE_SEEN),
                                    ("display-p3", ICC_P3, P3_DEVICE, P3_SEEN),
                                    ("prophoto", ICC_PROPHOTO, PRO_DEVICE, PRO_SEEN)):
        lcms_agrees(icc, "RGB", device, seen)
        good(f"jpeg-icc-{name}.jpg", "jpeg", save(u8(sample(device)), "JPEG", icc_profile=icc, **best),
             f"colours in {name} become sRGB", seen=seen, tolerance=6)
    lcms_agrees(ICC_GREY, "L", grey, grey_seen)
    good("jpeg-icc-grey.jpg", "jpeg", save(GREY, "JPEG", quality=100, icc_profile=ICC_GREY), "a grey profile of gamma 1.2",
         seen=grey_seen, tolerance=6)
    ink = u8(sample(inks))
    lcms_agrees(ICC_CMYK, "CMYK", inks, inks_seen)
    cmyk = Image.fromarray(ink, "CMYK")
    good("jpeg-cmyk.jpg", "jpeg", save(cmyk, "JPEG", quality=95), "CMYK as Adobe stores it (inverted), no profile",
         convention=True)
    good("jpeg-cmyk-icc.jpg", "jpeg", save(cmyk, "JPEG", quality=100, icc_profile=ICC_CMYK),
         "CMYK, inverted, with a table profile", seen=inks_seen, tolerance=8)
    good("jpeg-cmyk-icc-a2b0-only.jpg", "jpeg", save(cmyk, "JPEG", quality=100, icc_profile=ICC_CMYK_A2B0),
         "a table profile without a table for the relative intent: its only table serves all intents", seen=inks_seen, tolerance=8)
    ycck = imagecodecs.jpeg8_encode(255 - ink, level=100, colorspace="cmyk", outcolorspace="ycck", subsampling="444")
    good("jpeg-ycck-icc.jpg", "jpeg", ycck[:2] + segment(0xE2, b"ICC_PROFILE\0\1\1" + ICC_CMYK) + ycck[2:],
         "YCCK, inverted, with a table profile", seen=inks_seen, tolerance=8)
    good("jpeg-1400x1001.jpg", "jpeg", save(u8(sample(colour, 1400, 1001)), "JPEG", quality=80), "shrunk while it loads",
         tolerance=8, upright=(1400, 1001))
    good("jpeg-700x500.jpg", "jpeg", save(u8(sample(colour, 700, 500)), "JPEG", quality=80), "shrunk to 512 × 366",
         tolerance=8, upright=(700, 500))
    good("jpeg-700x500-orientation-6.jpg", "jpeg",
         save(turned(u8(sample(colour, 500, 700)), 6), "JPEG", quality=80, exif=6), "shrunk and turned: 366 × 512",
         tolerance=8, upright=(500, 700), stored=(700, 500))

    noise = textured()
    for name, options in (("baseline", {}), ("progressive", {"progressive": True})):
        data = save(noise, "JPEG", **full, **options)
        cut(f"jpeg-{name}", ".jpg", data, "jpeg")
    scan = plain.index(b"\xff\xda")
    bad("jpeg-header-only.jpg", "truncated", plain[:scan], "ends before the first scan", "jpeg")
    bad("jpeg-three-bytes.jpg", "truncated", plain[:3], "ends within the first marker", "jpeg")
    data = save(noise, "JPEG", **full)
    start = data.index(b"\xff\xda") + 14
    middle = (start + len(data)) // 2
    ones = b"\xff\0" * 200  # a run of ones is no Huffman code (ISO/IEC 10918-1, annex C)
    bad("jpeg-bad-huffman-codes.jpg", "corrupt", data[:middle] + ones + data[middle + len(ones):],
        "a part of the entropy-coded data is no code at all", "jpeg")
    data = bytearray(save(RGB[:16, :16], "JPEG", progressive=True))
    sof = data.index(b"\xff\xc2")
    data[sof + 5:sof + 9] = struct.pack(">HH", 65500, 65500)
    bad("jpeg-claims-65500x65500.jpg", "too-large", bytes(data), "a progressive header that asks for tens of gigabytes", "jpeg")
    data = bytearray(plain)
    sof = data.index(b"\xff\xc0")
    data[sof + 5:sof + 9] = bytes(4)
    bad("jpeg-zero-size.jpg", "corrupt", bytes(data), "0 × 0 px", "jpeg")


def cut(stem, suffix, data, form):
    for percent in (50, 95):
        bad(f"{stem}-cut-{percent}{suffix}", "truncated", data[:len(data) * percent // 100],
            f"only the first {percent} % of the file", form)


# ---- PNG ---------------------------------------------------------------------------------------------------

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def png(a, colour_type, depth=8, before=b"", interlaced=False):
    """A PNG of rows × columns × channels, filter 0; `before` are chunks that precede IDAT."""
    a = a.reshape(a.shape[0], a.shape[1], -1)
    passes = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)]
    raw = b""
    for y, dy, x, dx in passes if interlaced else [(0, 1, 0, 1)]:
        for row in a[y::dy, x::dx]:
            if row.size:
                packed = np.packbits(row) if depth == 1 else row.astype(">u2") if depth == 16 else row
                raw += b"\0" + packed.tobytes()
    header = struct.pack(">IIBBBBB", a.shape[1], a.shape[0], depth, colour_type, 0, 0, interlaced)
    return PNG_MAGIC + chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


def png_files():
    plain = png(RGB, 2)
    good("png-rgb8.png", "png", plain, "the plain case")
    good("ä 画.png", "png", plain, "a name with a space and letters beyond ASCII")
    good("png-named-jpg.jpg", "png", plain, "the content decides, not the name")
    good("png-rgb16.png", "png", png(u16(sample(colour)), 2, 16), "16 bits a channel")
    good("png-grey8.png", "png", png(GREY, 0), "grey", seen=grey)
    good("png-grey16.png", "png", png(u16(sample(grey)), 0, 16), "grey in 16 bits", seen=grey)
    good("png-rgba8.png", "png", png(RGBA, 6), "partly transparent, on white", seen=over_white(colour), tolerance=2)
    good("png-rgba16.png", "png", png(RGBA.astype(np.uint16) * 257, 6, 16), "partly transparent in 16 bits, on white",
         seen=over_white(colour), tolerance=2)
    good("png-grey-alpha.png", "png", png(np.dstack([GREY, ALPHA]), 4), "grey with alpha, on white",
         seen=over_white(grey), tolerance=2)
    table = chunk(b"PLTE", u8(COLOURS).tobytes())
    good("png-palette.png", "png", png(INDEX, 3, before=table), "palette", seen=flat)
    entries = u8(ALPHAS * 255)
    mix = entries[:, None] / 255
    blend = COLOURS * mix + 255 * (1 - mix)
    good("png-palette-trns.png", "png", png(INDEX, 3, before=table + chunk(b"tRNS", entries.tobytes())),
         "a palette with alpha, on white", seen=lambda u, v: blend[area(u, v)], tolerance=2)
    key = chunk(b"tRNS", struct.pack(">3H", *u8(COLOURS[1])))
    keyed = COLOURS.copy()
    keyed[1] = 255
    good("png-rgb-trns.png", "png", png(FLAT, 2, before=key), "one colour is declared transparent",
         seen=lambda u, v: keyed[area(u, v)])
    good("png-1bit.png", "png", png(u8(sample(bilevel)) >> 7, 0, 1), "one bit a pixel", seen=bilevel)
    good("png-interlaced.png", "png", png(RGB, 2, interlaced=True), "Adam7")
    good("png-orientation-6.png", "png", save(turned(RGB, 6), "PNG", exif=6), "orientation in an eXIf chunk",
         stored=stored_size(6))
    good("png-icc-adobe-rgb.png", "png", save(u8(sample(ADOBE_DEVICE)), "PNG", icc_profile=ICC_ADOBE), "iCCP chunk",
         seen=ADOBE_SEEN, tolerance=3)
    good("png-icc-prophoto-16.png", "png",
         png(u16(sample(PRO16_DEVICE)), 2, 16, chunk(b"iCCP", b"a\0\0" + zlib.compress(ICC_PROPHOTO))),
         "ProPhoto in 16 bits", seen=PRO16_SEEN, tolerance=3)
    lcms_agrees(ICC_ADOBE, "RGB", ADOBE_DEVICE, ADOBE_SEEN)
    good("png-icc-grey.png", "png", save(GREY, "PNG", icc_profile=ICC_GREY), "a grey profile", seen=grey_seen, tolerance=3)
    good("png-1x1.png", "png", png(np.uint8([[[12, 200, 99]]]), 2), "a single pixel",
         seen=lambda u, v: np.array([12, 200, 99]), upright=(1, 1), probes=[(0.5, 0.5)])
    along = [(0.1, 0.3), (0.5, 0.5), (0.9, 0.8), (0.3, 0.05)]
    slope = lambda axis: lambda u, v: np.stack([40 + 160 * (u, v)[axis], 220 - 90 * (u, v)[axis], 90 + 0 * u], -1)
    for axis, (w, h) in enumerate(((4000, 1), (1, 4000))):
        good(f"png-{w}x{h}.png", "png", png(u8(sample(slope(axis), w, h)), 2), "the short side stays at least 1 px",
             seen=slope(axis), tolerance=2, upright=(w, h), probes=along)
    good("png-700x500.png", "png", save(u8(sample(colour, 700, 500)), "PNG", optimize=True), "shrunk to 512 × 366",
         tolerance=2, upright=(700, 500))
    good("png-513x384.png", "png", save(u8(sample(flat, 513, 384)), "PNG", optimize=True), "one pixel too wide",
         seen=flat, tolerance=2, upright=(513, 384))
    good("png-512x300.png", "png", save(u8(sample(flat, 512, 300)), "PNG", optimize=True), "just fits: not resampled",
         seen=flat, upright=(512, 300))

    data = png(textured(), 2)
    cut("png", ".png", data, "png")
    cut("png-interlaced", ".png", png(textured(), 2, interlaced=True), "png")
    bad("png-crc-ihdr.png", "corrupt", plain[:29] + bytes([plain[29] ^ 1]) + plain[30:], "IHDR's checksum is wrong", "png")
    at = data.index(b"IDAT")
    length = struct.unpack(">I", data[at - 4:at])[0]
    end = at + 4 + length
    bad("png-crc-idat.png", "corrupt", data[:end] + bytes([data[end] ^ 1]) + data[end + 1:], "IDAT's checksum is wrong", "png")
    body = bytearray(data[at + 4:end])
    for i in range(2, 12):
        body[len(body) // 2 + i] ^= 0x55
    bad("png-flipped-bits.png", "corrupt", data[:at - 4] + chunk(b"IDAT", bytes(body)) + data[end + 4:],
        "damaged compressed data under a matching checksum", "png")
    header = lambda w, h, depth=8: chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, 2 if depth == 8 else 0, 0, 0, 0))
    bad("png-zero-size.png", "corrupt", PNG_MAGIC + header(0, 0) + plain[33:], "0 × 0 px", "png")
    bad("png-magic-only.png", "truncated", plain[:8], "ends after the signature", "png")
    side = 30_000
    squeeze = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    packed = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    bad("png-bomb-30000x30000.png", "too-large", PNG_MAGIC + header(side, side, 1) + chunk(b"IDAT", packed) + chunk(b"IEND", b""),
        "a sound file of 900 million pixels", "png")
    bad("png-claims-2147483647.png", "too-large corrupt", PNG_MAGIC + header(2**31 - 1, 2**31 - 1) + plain[33:],
        "the largest size that the header can say; libpng itself refuses it", "png")


# ---- TIFF --------------------------------------------------------------------------------------------------

def tiff(a, photometric="rgb", pages=(), **options):
    out = io.BytesIO()
    top = {k: options.pop(k) for k in ("byteorder", "bigtiff") if k in options}
    with tifffile.TiffWriter(out, **top) as writer:
        writer.write(a, photometric=photometric, metadata=None, software=False, **options)
        for page, extra in pages:
            writer.write(page, photometric=photometric, metadata=None, software=False, **extra)
    return out.getvalue()


def tiff_files():
    plain = tiff(RGB)
    add = lambda name, data, why, **more: good(f"tiff-{name}.tif", "tiff", data, why, **more)
    add("rgb8", plain, "the plain case")
    add("strips", tiff(RGB, rowsperstrip=7), "several strips, the last one short")
    add("planar", tiff(np.moveaxis(RGB, -1, 0), planarconfig="separate"), "one plane a channel")
    add("tiled", tiff(RGB, tile=(32, 32)), "tiles that stick out")
    add("lzw", tiff(RGB, compression="lzw", predictor=True), "LZW with a predictor")
    add("deflate", tiff(RGB, compression="zlib"), "deflate")
    add("jpeg", tiff(RGB, compression="jpeg", compressionargs={"level": 95}, tile=(64, 48)), "JPEG inside, YCbCr", tolerance=8)
    add("big-endian", tiff(RGB, byteorder=">"), "MM byte order")
    add("bigtiff", tiff(RGB, bigtiff=True), "64-bit offsets")
    add("rgb16", tiff(u16(sample(colour))), "16 bits a channel")
    add("rgba8", tiff(RGBA, extrasamples=["unassalpha"]), "partly transparent, on white", seen=over_white(colour), tolerance=2)
    add("grey8", tiff(GREY, "minisblack"), "grey", seen=grey)
    add("grey8-min-is-white", tiff(255 - GREY, "miniswhite"), "grey, 0 is white", seen=grey)
    add("orientation-6", tiff(turned(RGB, 6), extratags=[(274, "H", 1, 6, True)]), "orientation tag", stored=stored_size(6))
    lights = (sample(colour) / 255).astype(np.float32)
    add("float-rgb", tiff(lights), "float, 0…1", convention=True)
    add("float-grey", tiff((sample(grey)[..., 0] / 255).astype(np.float32), "minisblack"), "float grey, 0…1", convention=True)
    holes = lights.copy()
    holes[5, 5], holes[20, 40], holes[30, 10], holes[40:44, 50:60] = np.nan, np.inf, -np.inf, np.nan
    add("float-nan-inf", tiff(holes), "pixels that are no numbers", convention=True)
    bits = sample(bilevel)[..., 0] > 0
    for name, white in (("min-is-black", 1), ("min-is-white", 0)):
        kind = "minisblack" if white else "miniswhite"
        add(f"bilevel-packbits-{name}", tiff(bits if white else ~bits, kind, compression="packbits"), f"one bit, {name}", seen=bilevel)
        add(f"bilevel-g4-{name}", save(Image.fromarray(bits), "TIFF", compression="group4", tiffinfo={262: white}),
            f"CCITT group 4, {name}", seen=bilevel)
    table = np.zeros((3, 256), np.uint16)
    table[:, :5] = u8(COLOURS).T.astype(np.uint16) * 257
    add("palette", tiff(INDEX, "palette", colormap=table), "palette", seen=flat)
    add("multi-page", tiff(RGB, pages=[(np.full((32, 40, 3), (255, 0, 255), np.uint8), {})]), "the second page is another picture")
    size = (1200, 900)
    level = lambda n: u8(sample(flat, size[0] // n, size[1] // n))
    small = dict(compression="zlib", predictor=True, tile=(256, 256))
    add("pyramid-subifd", tiff(level(1), subifds=2, pages=[(level(n), dict(subfiletype=1, **small)) for n in (2, 4)], **small),
        "smaller levels in SubIFDs", seen=flat, tolerance=2, upright=size)
    add("pyramid-pages", tiff(level(1), pages=[(level(n), dict(subfiletype=1, **small)) for n in (2, 4)], **small),
        "smaller levels as pages", seen=flat, tolerance=2, upright=size)
    ink = u8(sample(inks))
    add("cmyk", tiff(ink, "separated"), "CMYK without profile", convention=True)
    add("cmyk-icc", tiff(ink, "separated", iccprofile=ICC_CMYK), "CMYK with a table profile", seen=inks_seen, tolerance=3)
    add("icc-prophoto-16", tiff(u16(sample(PRO16_DEVICE)), iccprofile=ICC_PROPHOTO), "ProPhoto in 16 bits", seen=PRO16_SEEN, tolerance=3)
    add("icc-adobe-rgb", tiff(u8(sample(ADOBE_DEVICE)), iccprofile=ICC_ADOBE), "Adobe RGB", seen=ADOBE_SEEN, tolerance=3)
    stored = lambda device: np.concatenate([u8(sample(device)[..., :1]), sample(device)[..., 1:].astype(np.int8).view(np.uint8)], -1)
    seen50 = lab_seen(LAB50_DEVICE, D50)
    lcms_agrees(ICC_LAB, "LAB", None, seen50, stored(LAB50_DEVICE))
    add("lab", tiff(stored(LAB65_DEVICE), "cielab"), "CIELAB without profile: D65 as TIFF 6.0 section 23 suggests, or D50 as Photoshop has it",
        seen=lab_seen(LAB65_DEVICE, D65), tolerance=22)
    add("lab-icc", tiff(stored(LAB50_DEVICE), "cielab", iccprofile=ICC_LAB), "CIELAB with a Lab profile: D50", seen=seen50, tolerance=6)

    noise = textured()
    cut("tiff", ".tif", tiff(noise, rowsperstrip=8), "tiff")
    cut("tiff-deflate", ".tif", tiff(noise, rowsperstrip=8, compression="zlib"), "tiff")
    cut("tiff-directory-last", ".tif", save(noise, "TIFF", compression="tiff_lzw"), "tiff")
    data = tiff(noise, rowsperstrip=8, compression="zlib")
    middle = len(data) // 2
    bad("tiff-flipped-bits.tif", "corrupt", data[:middle] + bytes(b ^ 0x55 for b in data[middle:middle + 16]) + data[middle + 16:],
        "damaged compressed data", "tiff")
    packed = zlib.compress(bytes(3000), 9)
    tags = [(256, 4, 1, 100_000), (257, 4, 1, 100_000), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1),
            (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 100_000), (279, 4, 1, len(packed))]
    packed += bytes(len(packed) % 2)
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *t) for t in tags) + bytes(4)
    bad("tiff-claims-100000x100000.tif", "too-large", b"II*\0" + struct.pack("<I", 8 + len(packed)) + packed + directory,
        "ten thousand million pixels in one strip that lies within the file", "tiff")
    bad("tiff-header-only.tif", "truncated", plain[:8], "the directory lies beyond the end", "tiff")


# ---- WebP, GIF ---------------------------------------------------------------------------------------------

def webp_gif_files():
    other = np.full((H, W, 3), (255, 0, 255), np.uint8)
    lossless = save(RGB, "WEBP", lossless=True)
    good("webp-lossy.webp", "webp", save(RGB, "WEBP", quality=95), "VP8", tolerance=8)
    good("webp-lossless.webp", "webp", lossless, "VP8L")
    good("webp-alpha.webp", "webp", save(RGBA, "WEBP", lossless=True, exact=True), "alpha, on white",
         seen=over_white(colour), tolerance=2)
    good("webp-lossy-alpha.webp", "webp", save(RGBA, "WEBP", quality=95, exact=True), "VP8 with an alpha plane, on white",
         seen=over_white(colour), tolerance=8)
    good("webp-animated.webp", "webp",
         save(RGB, "WEBP", lossless=True, save_all=True, append_images=[Image.fromarray(other)], duration=100), "the first frame counts")
    good("webp-orientation-6.webp", "webp", save(turned(RGB, 6), "WEBP", lossless=True, exif=6), "orientation in an EXIF chunk",
         stored=stored_size(6))
    good("webp-icc-adobe-rgb.webp", "webp", save(u8(sample(ADOBE_DEVICE)), "WEBP", lossless=True, icc_profile=ICC_ADOBE),
         "ICCP chunk", seen=ADOBE_SEEN, tolerance=3)
    good("webp-1400x1001.webp", "webp", save(u8(sample(colour, 1400, 1001)), "WEBP", quality=80), "shrunk while it loads",
         tolerance=8, upright=(1400, 1001))
    cut("webp-lossy", ".webp", save(textured(), "WEBP", quality=95), "webp")
    cut("webp-lossless", ".webp", save(textured(), "WEBP", lossless=True), "webp")

    def indexed(index, colours):
        image = Image.fromarray(index, "P")
        image.putpalette(u8(colours).tobytes())
        return image
    still = indexed(INDEX, COLOURS)
    plain = save(still, "GIF", interlace=0)
    good("gif-static.gif", "gif", plain, "the plain case", seen=flat)
    good("gif-interlaced.gif", "gif", save(still, "GIF", interlace=1), "interlaced rows", seen=flat)
    good("gif-animated.gif", "gif", save(still, "GIF", save_all=True, append_images=[Image.fromarray(other)], duration=100),
         "the first frame counts", seen=flat)
    clear = COLOURS.copy()
    clear[2] = 255
    good("gif-transparent.gif", "gif", save(still, "GIF", transparency=2), "one transparent colour, on white",
         seen=lambda u, v: clear[area(u, v)])
    # The same frame on a canvas of twice its width: what it leaves uncovered is transparent.
    wide = bytearray(save(still, "GIF", interlace=0, transparency=2))
    wide[6:8] = struct.pack("<H", 2 * W)
    half = np.vstack([clear, [[255] * 3]])
    good("gif-frame-smaller-than-canvas.gif", "gif", bytes(wide), "the uncovered canvas becomes white",
         seen=lambda u, v: half[np.where(u < 0.5, area(u * 2, v), 5)], upright=(2 * W, H),
         probes=[(x / 2, y) for x, y in PROBES[:6]] + [(0.7, 0.3), (0.9, 0.8)])
    noise = Image.fromarray(textured()).quantize(128, dither=Image.Dither.NONE)
    cut("gif", ".gif", save(noise, "GIF", interlace=0), "gif")

    def claims(w, h):
        """The GIF, canvas and frame, with another size in its header."""
        at = plain.index(b"\x2c\0\0\0\0" + struct.pack("<HH", W, H))
        size = struct.pack("<HH", w, h)
        return plain[:6] + size + plain[10:at + 5] + size + plain[at + 9:]
    bad("gif-claims-65535x65535.gif", "too-large", claims(65535, 65535), "four thousand million pixels in 2 KB", "gif")
    bad("gif-zero-size.gif", "corrupt", claims(0, 0), "0 × 0 px", "gif")
    bad("gif-header-only.gif", "truncated", plain[:13], "ends after the logical screen", "gif")


# ---- HEIF, AVIF, JPEG 2000, JPEG XL, PSD, SVG --------------------------------------------------------------

def heif(a, mode="RGB", **options):
    out = io.BytesIO()
    pillow_heif.from_bytes(mode, (a.shape[1], a.shape[0]), a.tobytes()).save(out, **options)
    return out.getvalue()


def heif_files():
    good("heic.heic", "heif", heif(RGB, quality=95, chroma=444), "HEVC", tolerance=8)
    good("heic-420-odd-size.heic", "heif", heif(u8(sample(colour, 61, 45)), quality=90), "odd size with chroma at half size",
         tolerance=8, upright=(61, 45))
    good("heic-10bit.heic", "heif", heif((u16(sample(colour)) >> 6) << 6, "RGB;16", quality=95, chroma=444), "10 bits a channel", tolerance=8)
    good("heic-alpha.heic", "heif", heif(RGBA, "RGBA", quality=95, chroma=444), "alpha, on white", seen=over_white(colour), tolerance=8)
    turned_jpeg = save(turned(RGB, 6), "JPEG", quality=100, subsampling=0, exif=6)
    exif_only = tool("heif-enc", turned_jpeg, ".jpg", ".heic", "-q", "95", "-p", "chroma=444")
    aside = lambda u, v: colour(1 - v, u)
    good("heic-exif-only-orientation-6.heic", "heif", exif_only, "an EXIF orientation without irot: HEIF says to leave it",
         seen=aside, tolerance=8, upright=(H, W), probes=[(y, 1 - x) for x, y in PROBES])
    pillow_heif.register_heif_opener()
    both = save(turned(RGB, 6), "HEIF", exif=6, quality=95, chroma=444)
    assert b"irot" in both
    good("heic-orientation-6.heic", "heif", both, "turned by irot while the EXIF also says so: turn once", tolerance=8)
    good("heic-thumbnail.heic", "heif", tool("heif-enc", save(RGB, "PNG"), ".png", ".heic", "-q", "95", "-p", "chroma=444", "-t", "32"),
         "an embedded thumbnail of half the size is not the picture", tolerance=8)
    good("avif.avif", "avif", save(RGB, "AVIF", quality=95, subsampling="4:4:4", codec="aom", max_threads=1), "AV1", tolerance=8)
    good("avif-alpha.avif", "avif", save(RGBA, "AVIF", quality=95, subsampling="4:4:4", codec="aom", max_threads=1), "alpha, on white",
         seen=over_white(colour), tolerance=8)
    good("avif-icc-display-p3.avif", "avif", save(u8(sample(P3_DEVICE)), "AVIF", quality=100, subsampling="4:4:4", codec="aom",
                                                 max_threads=1, icc_profile=ICC_P3), "a profile in the colr box", seen=P3_SEEN, tolerance=8)
    cut("heic", ".heic", heif(textured(), quality=90), "heif")
    cut("avif", ".avif", save(textured(), "AVIF", quality=90, codec="aom", max_threads=1), "avif")


def jpeg2000_files():
    good("jp2.jp2", "jp2", save(RGB, "JPEG2000"), "lossless in a JP2 box file")
    good("j2k.j2k", "jp2", save(RGB, "JPEG2000", no_jp2=True), "a bare codestream")
    good("jp2-lossy.jp2", "jp2", save(RGB, "JPEG2000", irreversible=True, quality_mode="dB", quality_layers=[42]), "lossy", tolerance=8)
    good("jp2-grey.jp2", "jp2", save(GREY, "JPEG2000"), "one component", seen=grey)
    good("jp2-tiled.jp2", "jp2", save(RGB, "JPEG2000", tile_size=(32, 32)), "tiles")
    cut("jp2", ".jp2", save(textured(), "JPEG2000"), "jp2")
    cut("j2k", ".j2k", save(textured(), "JPEG2000", no_jp2=True), "jp2")


def jxl_files():
    encode = imagecodecs.jpegxl_encode
    good("jxl-lossless.jxl", "jxl", encode(RGB, lossless=True, usecontainer=False), "a bare codestream")
    good("jxl-lossy.jxl", "jxl", encode(RGB, lossless=False, distance=0.5, usecontainer=False), "VarDCT", tolerance=8)
    good("jxl-container.jxl", "jxl", encode(RGB, lossless=True, usecontainer=True), "in boxes")
    good("jxl-alpha.jxl", "jxl", encode(RGBA, lossless=True, usecontainer=False), "alpha, on white", seen=over_white(colour), tolerance=2)
    turned_jpeg = save(turned(RGB, 6), "JPEG", quality=95, subsampling=0, exif=6)
    good("jxl-from-jpeg-orientation-6.jxl", "jxl", tool("cjxl", turned_jpeg, ".jpg", ".jxl", "--num_threads=0"),
         "a recompressed JPEG whose EXIF repeats the codestream's orientation: turn once", tolerance=8)
    cut("jxl", ".jxl", encode(textured(), lossless=False, distance=0.5, usecontainer=False), "jxl")
    cut("jxl-lossless", ".jxl", encode(textured(), lossless=True, usecontainer=False), "jxl")
    cut("jxl-container", ".jxl", encode(textured(), lossless=True, usecontainer=True), "jxl")


def psd_svg_files():
    head = lambda w, h: b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, h, w, 8, 3) + bytes(12)
    data = head(W, H) + struct.pack(">H", 0) + np.moveaxis(RGB, -1, 0).tobytes()
    good("psd.psd", "psd", data, "a flattened picture, not compressed")
    cut("psd", ".psd", data, "psd")
    marks = [(0, 0, 32, 24), (32, 0, 32, 24), (0, 24, 32, 24), (32, 24, 32, 24), (4, 4, 12, 9)]
    shape = "".join('<rect x="%d" y="%d" width="%d" height="%d" fill="#%02x%02x%02x"/>' % (*m, *c)
                    for m, c in zip(marks, u8(COLOURS)))
    size = 'xmlns="http://www.w3.org/2000/svg" width="64" height="48" viewBox="0 0 64 48"'
    svg = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg {size}>{shape}</svg>\n'.encode()
    good("svg.svg", "svg", svg, "drawn only where SVG is turned on", seen=flat, tolerance=2, option="svg")
    bad("svg-entity.svg", "unsupported corrupt",
        ('<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
         f'<svg {size}><text x="2" y="20" font-size="8">&x;</text></svg>\n').encode(), "wants to show a file of the machine", "svg", "svg")
    bad("svg-outside-image.svg", "unsupported corrupt",
        f'<svg {size}><image href="file:///etc/passwd" width="64" height="48"/></svg>\n'.encode(),
        "refers to a file of the machine: with SVG on it may also be drawn empty, never with the file's content", "svg", "svg")
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, out, mtime=0) as z:
        z.write(svg)
    bad("svgz.svgz", "unsupported not-an-image", out.getvalue(), "compressed SVG is a gzip file to whoever does not open it")


# ---- files of other kinds ----------------------------------------------------------------------------------

def other_files():
    bad("empty.jpg", "truncated not-an-image", b"", "no bytes")
    bad("text.jpg", "not-an-image", b"This is a note, not a picture.\n" * 4, "text under an image's name")
    bad("page.png", "not-an-image", b"<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not found</body></html>\n",
        "a web server's error page saved as a picture")
    bad("zeros.tif", "not-an-image", bytes(4096), "a hole in a file system")
    bad("noise.jpg", "not-an-image", b"\x01" + np.random.default_rng(11).bytes(2000), "noise")
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 64 48] >>"]
    pdf, places = b"%PDF-1.4\n", []
    for i, part in enumerate(parts, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (i, part)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    pdf += table + b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(pdf)
    bad("document.pdf", "unsupported not-an-image", pdf, "a document, though libvips could draw it")
    bad("picture.bmp", "unsupported", save(RGB, "BMP"), "a known image format that is not on the list")
    bad("picture.ppm", "unsupported", save(RGB, "PPM"), "a known image format that is not on the list")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(zipfile.ZipInfo("a.png"), png(RGB[:4, :4].copy(), 2))
    bad("archive.zip", "not-an-image", out.getvalue(), "an archive with a picture in it")
    box = lambda kind, body: struct.pack(">I", len(body) + 8) + kind + body
    bad("film.mp4", "unsupported not-an-image", box(b"ftyp", b"isom" + struct.pack(">I", 512) + b"isomiso2mp41") + box(b"mdat", bytes(64))
        + box(b"moov", box(b"mvhd", bytes(100))), "an ISO media file that is no HEIF")
    attribute = lambda name, kind, value: name + b"\0" + kind + b"\0" + struct.pack("<I", len(value)) + value
    window = struct.pack("<4i", 0, 0, 3, 3)
    channels = b"".join(c + b"\0" + struct.pack("<iB3xii", 2, 0, 1, 1) for c in (b"B", b"G", b"R")) + b"\0"
    exr = (b"\x76\x2f\x31\x01\2\0\0\0" + attribute(b"channels", b"chlist", channels) + attribute(b"compression", b"compression", b"\0")
           + attribute(b"dataWindow", b"box2i", window) + attribute(b"displayWindow", b"box2i", window)
           + attribute(b"lineOrder", b"lineOrder", b"\0") + attribute(b"pixelAspectRatio", b"float", struct.pack("<f", 1))
           + attribute(b"screenWindowCenter", b"v2f", bytes(8)) + attribute(b"screenWindowWidth", b"float", struct.pack("<f", 1)) + b"\0")
    rows = [struct.pack("<ii", y, 48) + np.full(12, 0.5, np.float32).tobytes() for y in range(4)]
    exr += b"".join(struct.pack("<Q", len(exr) + 32 + 56 * y) for y in range(4)) + b"".join(rows)
    bad("picture.exr", "unsupported", exr, "OpenEXR, though libvips could read it")
    bad("picture.hdr", "unsupported", b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 4 +X 4\n" + bytes([128, 90, 60, 128]) * 16,
        "Radiance, though libvips could read it")
    cards = ["SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    2",
             "NAXIS1  =                    4", "NAXIS2  =                    4", "END"]
    bad("picture.fits", "unsupported", "".join(c.ljust(80) for c in cards).ljust(2880).encode() + bytes(range(16)).ljust(2880, b"\0"),
        "FITS, though libvips could read it")
    out = io.BytesIO()
    np.save(out, RGB[:4, :4])
    bad("array.npy", "not-an-image", out.getvalue(), "numbers, no picture")
    bad("picture.mat", "not-an-image", b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\1IM" + bytes(64), "MATLAB data, though libvips would try")


# ---- checks ------------------------------------------------------------------------------------------------

def compare(entry, got):
    """A line that says how `got` (rows × columns × 3) differs from the expectation, or None."""
    want = entry["working"]
    if abs(got.shape[1] - want["width"]) > 1 or abs(got.shape[0] - want["height"]) > 1:
        return f"size {got.shape[1]} × {got.shape[0]}, expected {want['width']} × {want['height']}"
    worst, where = 0, None
    for p in entry.get("probes", []):
        seen = got[int(p["y"] * got.shape[0]), int(p["x"] * got.shape[1])].astype(int)
        off = max(abs(seen - [p["r"], p["g"], p["b"]]))
        if off > worst:
            worst, where = off, f"at ({p['x']}, {p['y']}) {tuple(map(int, seen))}, expected {(p['r'], p['g'], p['b'])}"
    return f"off by {worst} {where}" if worst > entry.get("tolerance", 0) else None


def with_pillow(entry, data):
    """Pillow's working image; None where Pillow has no way to read it as meant."""
    if entry["format"] in ("svg", "jxl") or entry.get("convention"):
        return None
    image = Image.open(io.BytesIO(data))
    icc = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("I;16", "I;16B", "I"):
        image = Image.fromarray((np.asarray(image).astype(np.uint32) // 257).astype(np.uint8))
    if image.mode == "LAB" and not icc:
        return None
    if icc and image.mode in ("RGB", "L", "CMYK", "LAB"):
        try:
            image = ImageCms.profileToProfile(image, ImageCms.getOpenProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB"),
                                              renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB", flags=0)
        except (ImageCms.PyCMSError, OSError):
            pass
    image = image.convert("RGBA")
    image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    size = working_size(image.size)
    return np.asarray(image if size == image.size else image.resize(size, Image.Resampling.BOX, reducing_gap=None))


def check_with_pillow():
    for entry in ENTRIES:
        if entry["ok"]:
            got = with_pillow(entry, FILES[entry["name"]])
            line = "not read by Pillow as meant" if got is None else compare(entry, got)
            if line:
                print(f"pillow  {entry['name']}: {line}")


def check_with_pyvips():
    """Three bugs of libvips 8.14 are kept out of the way: an output profile without an embedded one turns colours,
    `fail_on` is forgotten for buffers (libvips issue 5195) unless the option string has it, and `size="down"`
    takes the smallest level of a pyramid (libvips issue 4692), so that the box is cut to the picture instead."""
    import pyvips
    pyvips.cache_set_max(0)
    spaces = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4, b"Lab ": 3}

    def look(entry, data, level):
        head = pyvips.Image.new_from_buffer(data, "")
        icc = head.get("icc-profile-data") if head.get_typeof("icc-profile-data") else b""
        fits = spaces.get(icc[16:20]) == head.bands - head.hasalpha()
        if entry["ok"] and (head.width, head.get_page_height()) != tuple(entry["stored"].values()):
            print(f"vips {entry['name']}: header says {head.width} × {head.get_page_height()}")
        if "too-large" in entry.get("codes", []):
            return f"header reads: {head.width} × {head.get_page_height()}, not decoded here"
        box = min(LONG_SIDE, max(head.width, head.get_page_height()))
        image = pyvips.Image.thumbnail_buffer(data, box, height=box, option_string=f"[fail_on={level}]",
                                              **({"export_profile": "srgb"} if fits else {}))
        if image.hasalpha():
            image = image.flatten(background=[255])
        got = image.colourspace("srgb").cast("uchar").numpy()
        return compare(entry, got) if entry["ok"] else f"DECODES as {image.width} × {image.height}"

    print("libvips", ".".join(str(pyvips.version(i)) for i in range(3)))
    for entry in ENTRIES:
        lines = {}
        for level in ("truncated", "error", "warning"):
            try:
                line = look(entry, FILES[entry["name"]], level)
            except pyvips.Error as error:
                line = "fails: " + " / ".join(filter(None, map(str.strip, str(error).split("\n")))) if entry["ok"] else None
            if line:
                lines.setdefault(line, []).append(level)
        for line, levels in lines.items():
            print(f"vips {entry['name']} ({', '.join(levels)}): {line}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    here = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("--out", type=pathlib.Path, default=here / "Tests/ImagingTests/Fixtures")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pyvips", action="store_true")
    options = parser.parse_args()
    for make in (jpeg_files, png_files, tiff_files, webp_gif_files, heif_files, jpeg2000_files, jxl_files, psd_svg_files, other_files):
        make()
    for folder in ("good", "bad"):
        shutil.rmtree(options.out / folder, ignore_errors=True)
        (options.out / folder).mkdir(parents=True)
    for name, data in FILES.items():
        (options.out / name).write_bytes(data)
    document = {"version": 1, "longSide": LONG_SIDE, "files": ENTRIES}
    lines = ",\n".join("  " + json.dumps(e, ensure_ascii=False) for e in ENTRIES)
    text = json.dumps({**document, "files": []}, indent=1).replace("[]", "[\n" + lines + "\n ]") + "\n"
    (options.out / "expected.json").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(b"".join(FILES[n] for n in sorted(FILES)) + text.encode()).hexdigest()[:16]
    ok = sum(e["ok"] for e in ENTRIES)
    print(f"{ok} good, {len(ENTRIES) - ok} bad, {sum(map(len, FILES.values())) / 1024:.0f} KiB, digest {digest}")
    if options.check:
        check_with_pillow()
    if options.pyvips:
        check_with_pyvips()


if __name__ == "__main__":
    main()
