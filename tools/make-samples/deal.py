"""Who gets which palette, subject, size and file format: the plan of the whole collection."""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from zlib import crc32

import numpy as np

from encode import Plan
from families import FAMILIES
from palettes import NAMES

WORKS = 12
_ADOBE, _P3 = "Adobe RGB (1998) compatible", "Display P3 compatible"

# The files that are not just a JPEG: (family, number) → how it is written.
_SPECIAL = {
    ("colour_field", 3): Plan("jpeg", _ADOBE, note="JPEG in Adobe RGB, profile embedded"),
    ("impression", 4): Plan("jpeg", _P3, note="JPEG in Display P3, profile embedded"),
    ("nocturne", 5): Plan("jpeg", "sRGB", note="JPEG with an embedded sRGB profile"),
    ("constructivist_poster", 9): Plan("tiff-jpeg", _ADOBE, note="TIFF (JPEG-compressed) in Adobe RGB, profile embedded"),
    ("op_art", 8): Plan("webp", _P3, note="WebP in Display P3, profile embedded"),
    ("cut_paper", 2): Plan("png", _ADOBE, note="PNG in Adobe RGB, profile embedded"),
    ("colour_field", 7): Plan("png-16", note="16-bit RGB PNG"),
    ("ink_wash", 4): Plan("tiff-16", note="16-bit RGB TIFF, Deflate"),
    ("constructivist_poster", 4): Plan("jpeg-cmyk", quality=85, note="CMYK JPEG, no profile"),
    ("neoplastic_grid", 6): Plan("tiff-cmyk", note="CMYK TIFF, LZW, no profile"),
    ("cut_paper", 7): Plan("png-alpha", note="PNG with alpha: cut-outs on a transparent ground"),
    ("woodblock_wave", 6): Plan("jpeg", orientation=6, note="JPEG, EXIF orientation 6"),
    ("pointillism", 5): Plan("jpeg", orientation=3, note="JPEG, EXIF orientation 3"),
    ("stained_glass", 8): Plan("jpeg", orientation=8, note="JPEG, EXIF orientation 8"),
    ("engraving", 7): Plan("jpeg-grey", note="grey JPEG"),
    ("engraving", 3): Plan("png-grey", note="grey PNG"),
    ("ink_wash", 9): Plan("tiff-pages", note="TIFF of two pages, the second a grey detail"),
    ("op_art", 3): Plan("png-palette", note="PNG with a palette"),
    ("woodblock_wave", 10): Plan("png-palette", note="PNG with a palette"),
    ("pointillism", 9): Plan("jpeg-progressive", note="progressive JPEG"),
    ("impression", 11): Plan("jpeg-progressive", note="progressive JPEG"),
    ("stained_glass", 3): Plan("jpeg-444", note="JPEG without chroma subsampling"),
    ("op_art", 11): Plan("webp-lossless", note="lossless WebP"),
}

# The rest of the mixture: (family, number) → writer. Lossless coders get the flatter pictures.
_ORDINARY = {
    "png": [("op_art", 1), ("op_art", 6), ("neoplastic_grid", 2), ("neoplastic_grid", 9), ("cut_paper", 11), ("colour_field", 11)],
    "png-palette": [("constructivist_poster", 2), ("woodblock_wave", 3), ("ink_wash", 7), ("engraving", 10), ("nocturne", 8), ("stained_glass", 11), ("impression", 7), ("pointillism", 12), ("neoplastic_grid", 12), ("constructivist_poster", 11)],
    "webp": [("colour_field", 9), ("impression", 2), ("impression", 9), ("pointillism", 3), ("woodblock_wave", 8), ("stained_glass", 5), ("ink_wash", 2), ("cut_paper", 5), ("constructivist_poster", 7), ("nocturne", 2), ("engraving", 5), ("neoplastic_grid", 4)],
    "tiff-jpeg": [("impression", 6), ("pointillism", 7), ("woodblock_wave", 12), ("stained_glass", 1), ("nocturne", 11), ("engraving", 12), ("colour_field", 5)],
    "tiff-lzw": [("op_art", 5), ("neoplastic_grid", 10)],
    "tiff-deflate": [("cut_paper", 9), ("op_art", 10)],
}


@dataclass(frozen=True)
class Work:
    """One work to be made: all that its painter and its writer need."""

    family: str
    number: int
    module: ModuleType
    palette: str
    subject: str
    width: int
    height: int
    artist: str
    date: str
    plan: Plan
    seed: tuple[int, int, int]

    @property
    def file(self) -> str:
        return f"works/{self.family.replace('_', '-')}-{self.number:02d}{self.plan.suffix}"


def _plan(family: str, number: int, rng) -> Plan:
    if (family, number) in _SPECIAL:
        return _SPECIAL[family, number]
    for kind, works in _ORDINARY.items():
        if (family, number) in works:
            return Plan(kind, quality=80 if kind.startswith("tiff") else 84)
    return Plan("jpeg", quality=int(rng.integers(83, 87)))


# Much fine detail makes large files; these families are kept smaller.
_FINE = ("impression", "pointillism", "engraving", "op_art", "stained_glass")


def _size(rng, family: str, module, subject: str, plan: Plan) -> tuple[int, int]:
    """Long side 420…760; lossless and finely detailed files stay at the small end."""
    small = plan.lossless or plan.kind in ("webp-lossless", "tiff-jpeg", "jpeg-444")
    long = int(rng.integers(420, 436) if small else rng.integers(420, 486) if family in _FINE else rng.integers(460, 761))
    if plan.kind in ("png-16", "tiff-16"):
        long = 420
    ratio = float(rng.choice([0.66, 0.7, 0.75, 0.8, 0.86, 1.0], p=[0.1, 0.2, 0.3, 0.2, 0.1, 0.1]))
    ratio = min(1.0, ratio * rng.uniform(0.97, 1.03))
    upright = rng.random() < 0.42
    if subject in getattr(module, "UPRIGHT", ()):
        upright = True
    elif subject in getattr(module, "BROAD", ()):
        upright = False
    short = int(long * ratio)
    return (short, long) if upright else (long, short)


def deal(seed: int, families=FAMILIES) -> list[Work]:
    """The works of the named families, family by family."""
    works = []
    for family in families:
        module = import_module(f"families.{family}")
        key = crc32(family.encode())
        rng = np.random.default_rng([seed, key])
        some = rng.permutation(NAMES)[: WORKS // 2]  # six of the eight, each twice
        names = [str(n) for n in np.concatenate([rng.permutation(some), rng.permutation(some)])]
        order = rng.permutation(WORKS)
        for k in range(WORKS):
            plan = _plan(family, k + 1, rng)
            subject = module.SUBJECTS[k % len(module.SUBJECTS)]
            width, height = _size(rng, family, module, subject, plan)
            when = int(order[k])  # dates run in order through the artists' lives
            artist = module.ARTISTS[when * len(module.ARTISTS) // WORKS]
            works.append(Work(family, k + 1, module, names[k], subject, width, height, artist, module.DATES[when], plan, (seed, key, k + 1)))
    return works
