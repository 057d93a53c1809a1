"""Small pictures, each different, from a seed: PNG and TIFF by hand, JPEG as marked copies of the samples."""
import functools
import pathlib
import random
import shutil
import struct
import subprocess
import zlib

from .base import ROOT, Skipped

WORKS = ROOT / "samples" / "works"


def _rows(rng, width, height):
    """A gradient between two colours with blocks of noise: cheap, and no two alike."""
    a, b = rng.randbytes(3), rng.randbytes(3)
    cell = rng.choice((4, 6, 8))
    across = -(-width // cell)
    line = b""
    for y in range(height):
        if y % cell == 0:
            share = y / height
            base = [int(a[i] * (1 - share) + b[i] * share) for i in range(3)]
            noise = rng.randbytes(across)
            line = b"".join(
                bytes(min(255, max(0, c + (n & 63) - 32)) for c in base) * cell for n in noise)[:3 * width]
        yield line


def png(seed, width=None, height=None):
    rng = random.Random(f"png {seed}")
    width, height = width or rng.randrange(48, 120), height or rng.randrange(48, 120)
    raw = b"".join(b"\0" + row for row in _rows(rng, width, height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b""))


def tiff(seed, width=None, height=None):
    rng = random.Random(f"tiff {seed}")
    width, height = width or rng.randrange(48, 120), height or rng.randrange(48, 120)
    pixels = b"".join(_rows(rng, width, height))
    entries = [(256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, 8 + len(pixels)), (259, 3, 1, 1), (262, 3, 1, 2),
               (273, 4, 1, 8), (277, 3, 1, 3), (278, 3, 1, height), (279, 4, 1, len(pixels))]
    at = 8 + len(pixels) + 6
    return (struct.pack("<2sHI", b"II", 42, at) + pixels + struct.pack("<HHH", 8, 8, 8)
            + struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries)
            + struct.pack("<I", 0))


@functools.lru_cache(maxsize=None)
def samples(suffix):
    return tuple(path.read_bytes() for path in sorted(WORKS.glob(f"*{suffix}")))


def marked(jpeg, mark):
    """A JPEG of other bytes and the same picture: a comment is put at its beginning."""
    text = str(mark).encode()
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + jpeg[2:]


def jpeg(seed):
    known = samples(".jpg")
    return marked(known[random.Random(f"jpeg {seed}").randrange(len(known))], f"check {seed}")


def picture(seed):
    """(extension, bytes), mostly PNG."""
    kind = random.Random(f"kind {seed}").randrange(6)
    return ("tif", tiff(seed)) if kind == 0 else ("jpg", jpeg(seed)) if kind == 1 else ("png", png(seed))


def large_jpeg(folder, width, height, number):
    """The bytes of a JPEG of so many pixels with fine detail; needs the program `vips`."""
    if not shutil.which("vips"):
        raise Skipped("no vips (Debian: libvips-tools) to make large JPEGs with")
    folder = pathlib.Path(folder)
    works = sorted(WORKS.glob("*.jpg"))
    source = works[number % len(works)]
    grain, scaled, out = folder / f"grain{number}.v", folder / f"scaled{number}.v", folder / f"large{number}.jpg"
    try:
        for arguments in (
            ["thumbnail", source, scaled, width, "--height", height, "--size", "force"],
            ["gaussnoise", grain, width, height, "--sigma", "4", "--mean", "0", "--seed", number + 1],
            ["add", scaled, grain, f"{folder}/sum{number}.v"],
            ["cast", f"{folder}/sum{number}.v", f"{folder}/cast{number}.v", "uchar"],
            ["jpegsave", f"{folder}/cast{number}.v", out, "--Q", "90"],
        ):
            done = subprocess.run(["vips", *map(str, arguments)], capture_output=True, text=True)
            if done.returncode != 0:
                raise Skipped(f"vips {arguments[0]}: {done.stderr.strip()}")
        return out.read_bytes()
    finally:
        for name in ("grain", "scaled", "sum", "cast"):
            (folder / f"{name}{number}.v").unlink(missing_ok=True)
        out.unlink(missing_ok=True)
