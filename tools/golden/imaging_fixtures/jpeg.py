"""JPEG files."""

import io, struct

import imagecodecs
import numpy as np
from PIL import Image, ImageOps

from .encoders import save, turned, stored_size
from .icc import ICC_ADOBE, ICC_P3, ICC_PROPHOTO, ICC_GREY, ICC_CMYK, ICC_CMYK_A2B0
from .ledger import good, bad, cut
from .pictures import colour, grey, inks, sample, u8, textured, RGB, GREY
from .seen import ADOBE_DEVICE, ADOBE_SEEN, P3_DEVICE, P3_SEEN, PRO_DEVICE, PRO_SEEN, grey_seen, inks_seen, lcms_agrees


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
