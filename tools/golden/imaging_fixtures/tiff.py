"""TIFF files."""

import io, struct, zlib

import numpy as np
import tifffile
from PIL import Image

from .colorimetry import D50
from .encoders import save, turned, stored_size
from .icc import ICC_ADOBE, ICC_PROPHOTO, ICC_CMYK, ICC_LAB
from .ledger import good, bad, cut
from .pictures import (
    COLOURS, colour, flat, grey, bilevel, inks, over_white, sample, u8, u16, textured, RGB, GREY, INDEX, RGBA)
from .seen import (
    ADOBE_DEVICE, ADOBE_SEEN, PRO16_DEVICE, PRO16_SEEN, inks_seen, D65, LAB50_DEVICE, LAB65_DEVICE, lab_seen,
    lcms_agrees)


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
