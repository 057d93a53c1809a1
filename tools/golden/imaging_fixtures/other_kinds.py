"""Files that are no image, or of a format that is not read."""

import io, struct, zipfile

import numpy as np

from .encoders import save, png
from .ledger import bad
from .pictures import RGB


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
