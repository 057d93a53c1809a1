"""Writes pictures in the formats a collection really holds.

A plan is a `Plan`: the format and what is special about it. All writers are deterministic for one
version of the codecs (Pillow with its bundled libraries, zlib).
"""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

import icc


@dataclass(frozen=True)
class Plan:
    """`kind` names the writer; `space` an ICC space; `orientation` the EXIF tag; `quality` of lossy coders."""

    kind: str
    space: str = ""
    orientation: int = 1
    quality: int = 86
    note: str = ""

    @property
    def suffix(self) -> str:
        return {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "tiff": ".tif"}[self.kind.split("-")[0]]

    @property
    def lossless(self) -> bool:
        return self.kind.startswith("png") or self.kind in ("tiff-lzw", "tiff-deflate", "tiff-16", "tiff-cmyk", "tiff-pages")


def _eight(rgb: np.ndarray) -> np.ndarray:
    return (np.clip(rgb, 0, 1) * 255 + 0.5).astype(np.uint8)


def _ten_of_sixteen(rgb: np.ndarray) -> np.ndarray:
    """16-bit samples with 10 significant bits (the top bits repeated below), so that they still compress."""
    ten = (np.clip(rgb, 0, 1) * 1023 + 0.5).astype(np.uint16)
    return (ten << 6) | (ten >> 4)


# What to do to upright pixels so that the orientation tag turns them upright again.
_TURN = {1: lambda a: a, 3: lambda a: np.rot90(a, 2), 6: lambda a: np.rot90(a, 1), 8: lambda a: np.rot90(a, -1)}


def _png16(path: Path, samples: np.ndarray) -> None:
    """16-bit RGB PNG (Pillow has no such mode): filter Up on every row, one IDAT."""
    h, w, _ = samples.shape
    rows = np.ascontiguousarray(samples.astype(">u2")).view(np.uint8).reshape(h, w * 6)
    up = rows.copy()
    up[1:] = rows[1:] - rows[:-1]
    data = np.concatenate([np.full((h, 1), 2, np.uint8), up], 1).tobytes()
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n")
        for name, body in ((b"IHDR", struct.pack(">IIBBBBB", w, h, 16, 2, 0, 0, 0)), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")):
            f.write(struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)))


def write(path: Path, rgb: np.ndarray, plan: Plan, alpha: np.ndarray | None = None) -> None:
    """Encodes one picture (height × width × 3, sRGB-encoded, 0…1)."""
    if plan.space:
        rgb = icc.from_srgb(rgb, plan.space)
    image = Image.fromarray(np.ascontiguousarray(_TURN[plan.orientation](_eight(rgb))))
    extra = {"icc_profile": icc.profile(plan.space)} if plan.space else {}
    if plan.orientation != 1:
        exif = Image.Exif()
        exif[0x0112] = plan.orientation
        extra["exif"] = exif.tobytes()
    match plan.kind:
        case "jpeg":
            image.save(path, "JPEG", quality=plan.quality, optimize=True, **extra)
        case "jpeg-progressive":
            image.save(path, "JPEG", quality=plan.quality, optimize=True, progressive=True, **extra)
        case "jpeg-444":
            image.save(path, "JPEG", quality=plan.quality, optimize=True, subsampling=0, **extra)
        case "jpeg-grey":
            image.convert("L").save(path, "JPEG", quality=plan.quality, optimize=True)
        case "jpeg-cmyk":  # the plain complement: no black generation, no profile
            image.convert("CMYK").save(path, "JPEG", quality=plan.quality, optimize=True)
        case "png":
            image.save(path, "PNG", optimize=True, **extra)
        case "png-palette":
            few = image.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            few.save(path, "PNG", optimize=True)
        case "png-grey":
            image.convert("L").save(path, "PNG", optimize=True)
        case "png-alpha":
            if alpha is None:
                raise ValueError(f"{path.name}: this work has a ground, there is no alpha to keep")
            a = _eight(alpha)
            clear = np.where(a[..., None] > 0, _eight(rgb), 0)
            Image.fromarray(np.dstack([clear, a])).save(path, "PNG", optimize=True)
        case "png-16":
            _png16(path, _ten_of_sixteen(rgb))
        case "webp":
            image.save(path, "WEBP", quality=plan.quality, method=6, **extra)
        case "webp-lossless":
            image.save(path, "WEBP", lossless=True, quality=80, method=6, **extra)
        case "tiff-jpeg":
            image.save(path, "TIFF", compression="jpeg", quality=plan.quality, **extra)
        case "tiff-lzw":
            image.save(path, "TIFF", compression="tiff_lzw", tiffinfo={317: 2}, **extra)
        case "tiff-deflate":
            image.save(path, "TIFF", compression="tiff_adobe_deflate", tiffinfo={317: 2}, **extra)
        case "tiff-cmyk":
            image.convert("CMYK").save(path, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
        case "tiff-pages":  # page two is not the work: a detail of its upper left, in grey
            w, h = image.size
            detail = image.crop((0, 0, w // 3, h // 3)).convert("L")
            image.save(path, "TIFF", compression="tiff_adobe_deflate", tiffinfo={317: 2}, save_all=True, append_images=[detail])
        case "tiff-16":
            tifffile.imwrite(path, _ten_of_sixteen(rgb), photometric="rgb", compression="zlib", predictor=True, metadata=None, software=False)
        case _:
            raise ValueError(f"{path.name}: no writer for {plan.kind}")


def decode(path: Path) -> list[np.ndarray]:
    """The stored samples of every page, as they are in the file (nothing turned or converted)."""
    if path.suffix == ".tif":
        try:
            with tifffile.TiffFile(path) as f:
                if f.pages[0].dtype == np.uint16:
                    return [p.asarray() for p in f.pages]
        except ValueError:
            pass
    pages = []
    with Image.open(path) as image:
        for k in range(getattr(image, "n_frames", 1)):
            image.seek(k)
            pages.append(np.asarray(image.convert("RGB") if image.mode == "P" else image).copy())
    return pages
