#!/usr/bin/env python3
"""Makes the image files on which the decoder is tested, and what it should make of them.

Usage:  make_imaging_fixtures.py [--out Tests/ImagingTests/Fixtures] [--check] [--pyvips]

Writes `good/*`, `bad/*` and `expected.json` below --out (its former content is replaced).
--check   compares every good file with Pillow's reading of it, where Pillow has one.
--pyvips  lists where libvips differs from the expectation (needs pyvips; use the libvips the product links).

Requirements: Python 3.11, numpy, Pillow 12 or later (AVIF, WebP, JPEG 2000, LittleCMS), tifffile, imagecodecs,
pillow-heif; `cjxl` (libjxl-tools) and `heif-enc` (libheif-examples) on the path. The same versions give the same
bytes; other encoder versions may give other bytes of the lossy files, within the tolerances.

How the expectations come about. A picture is a function of (u, v) in 0…1, so every file's pixels are known
before it is encoded: four quadrants of different colour with a gentle gradient and a light mark near the upper
left corner, which no rotation or reflection maps to itself. A probe (x, y) is the pixel
(floor(x·W), floor(y·H)) of the W × H working image; its colour is the function at that pixel's centre, taken through
the file's quantisation and, for files with an ICC profile, through the textbook formulas in float64
(relative colorimetric, media white = PCS white, no black-point compensation). LittleCMS, through
Pillow's ImageCms, must agree with those within 2 of 255 or the script stops. No libvips is in that path.

`expected.json`: {"version", "longSide", "files": [...]}; a file has
  name        path below the fixtures folder
  ok          whether it decodes
  why         what it is there to catch, one line
  format      jpeg png tiff webp gif heif avif jp2 jxl psd svg; for refused files where the header tells
  option      "svg": the file is decoded only where SVG is turned on, and is `unsupported` elsewhere
  convention  true: the colours follow a convention of the decoder; only the sizes and "it decodes" are stated
  stored, upright, working   {width, height}: in the file, after the orientation, and as decoded (± 1); a turn that is
              part of the coding itself (HEIF's irot, the orientation of a JPEG XL codestream) has been made in all three
  tolerance   largest difference of a probe in each of r, g, b
  probes      [{x, y, r, g, b}]
  codes       for refused files: the codes of which the decoder must give one, spelt as ImagingError.Code's raw values
"""
import argparse, hashlib, json, pathlib, shutil

from imaging_fixtures.checks import check_with_pillow, check_with_pyvips
from imaging_fixtures.heif import heif_files
from imaging_fixtures.jpeg import jpeg_files
from imaging_fixtures.jpeg_successors import jpeg2000_files, jxl_files
from imaging_fixtures.ledger import LONG_SIDE, FILES, ENTRIES
from imaging_fixtures.other_kinds import other_files
from imaging_fixtures.png import png_files
from imaging_fixtures.psd_svg import psd_svg_files
from imaging_fixtures.tiff import tiff_files
from imaging_fixtures.webp_gif import webp_gif_files

MAKERS = (jpeg_files, png_files, tiff_files, webp_gif_files, heif_files, jpeg2000_files, jxl_files, psd_svg_files, other_files)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    here = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("--out", type=pathlib.Path, default=here / "Tests/ImagingTests/Fixtures")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pyvips", action="store_true")
    options = parser.parse_args()
    for make in MAKERS:
        make()
    for folder in ("good", "bad"):
        shutil.rmtree(options.out / folder, ignore_errors=True)
        (options.out / folder).mkdir(parents=True)
    for name, data in FILES.items():
        (options.out / name).write_bytes(data)
    document = {"version": 1, "longSide": LONG_SIDE, "files": ENTRIES}
    lines = ",\n".join("  " + json.dumps(e, ensure_ascii=False) for e in ENTRIES)
    text = json.dumps({**document, "files": []}, indent=1).replace("[]", "[\n" + lines + "\n ]") + "\n"
    (options.out / "expected.json").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(b"".join(FILES[n] for n in sorted(FILES)) + text.encode()).hexdigest()[:16]
    ok = sum(e["ok"] for e in ENTRIES)
    print(f"{ok} good, {len(ENTRIES) - ok} bad, {sum(map(len, FILES.values())) / 1024:.0f} KiB, digest {digest}")
    if options.check:
        check_with_pillow()
    if options.pyvips:
        check_with_pyvips()


if __name__ == "__main__":
    main()
