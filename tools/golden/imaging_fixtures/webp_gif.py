"""WebP and GIF files."""

import struct

import numpy as np
from PIL import Image

from .encoders import save, turned, stored_size
from .icc import ICC_ADOBE
from .ledger import PROBES, good, bad, cut
from .pictures import W, H, COLOURS, area, colour, flat, over_white, sample, u8, textured, RGB, INDEX, RGBA
from .seen import ADOBE_DEVICE, ADOBE_SEEN


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
