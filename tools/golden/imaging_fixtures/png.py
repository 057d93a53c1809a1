"""PNG files."""

import struct, zlib

import numpy as np

from .encoders import save, turned, stored_size, chunk, PNG_MAGIC, png
from .icc import ICC_ADOBE, ICC_PROPHOTO, ICC_GREY
from .ledger import good, bad, cut
from .pictures import (
    COLOURS, ALPHAS, area, colour, flat, grey, bilevel, over_white, sample, u8, u16, textured, RGB, GREY, FLAT,
    ALPHA, INDEX, RGBA)
from .seen import ADOBE_DEVICE, ADOBE_SEEN, PRO16_DEVICE, PRO16_SEEN, grey_seen, lcms_agrees


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
