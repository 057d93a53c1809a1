"""What several formats are encoded with."""

import io, pathlib, struct, subprocess, tempfile, zlib

import numpy as np
from PIL import Image

from .pictures import W, H


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
