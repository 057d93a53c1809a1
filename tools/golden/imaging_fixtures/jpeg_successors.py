"""JPEG 2000 and JPEG XL files."""

import imagecodecs

from .encoders import save, tool, turned
from .ledger import good, cut
from .pictures import colour, grey, over_white, textured, RGB, GREY, RGBA


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
