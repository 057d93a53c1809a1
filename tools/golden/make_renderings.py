#!/usr/bin/env python3
"""Writes what pictures derived from image files should look like, by other programs than the renderer.

usage: tools/golden/make_renderings.py   (needs pyvips and Pillow >= 9.1; writes Tests/ImagingTests/Fixtures/renderings.json)

Each file of the list is decoded whole by libvips, turned upright, converted to sRGB (by its profile, else by its kind), laid on
white, and only then cropped and resampled by Pillow with its Lanczos filter: no shrinking while reading, no conversion after
resampling, another resampler. So the renderer agrees within a tolerance, not to the bit.
"""
import json
import pathlib
import random

import numpy
import pyvips
from PIL import Image

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "ImagingTests" / "Fixtures"
FILES = [
    "jpeg-1400x1001.jpg", "jpeg-700x500.jpg", "jpeg-700x500-orientation-6.jpg", "jpeg-orientation-3.jpg",
    "jpeg-orientation-5.jpg", "jpeg-cmyk-icc.jpg", "jpeg-icc-adobe-rgb.jpg", "jpeg-grey.jpg", "png-rgb8.png",
    "png-rgb16.png", "png-rgba8.png", "png-rgba16.png", "png-grey16.png", "png-grey-alpha.png", "png-icc-prophoto-16.png",
    "png-700x500.png", "tiff-tiled.tif", "tiff-pyramid-pages.tif", "tiff-pyramid-subifd.tif", "tiff-orientation-6.tif",
    "webp-1400x1001.webp", "webp-orientation-6.webp", "webp-alpha.webp", "jp2.jp2", "heic.heic", "gif-static.gif",
]


def whole(name):
    """The picture as an array of height x width x 3 bytes."""
    image = pyvips.Image.new_from_file(str(FIXTURES / "good" / name))
    image = image.copy_memory()
    image = image.autorot()
    if image.get_typeof("icc-profile-data"):
        image = image.icc_transform("srgb", embedded=True, intent="relative")
    else:
        image = image.colourspace("srgb")
    if image.hasalpha():
        image = image.flatten(background=255)
    return numpy.asarray(image.cast("uchar").numpy())[..., :3]


def main():
    chance, made = random.Random(5), []
    for name in FILES:
        picture = Image.fromarray(whole(name))
        for share in (1, 0.7, 0.4):
            width = max(12, round(picture.width * share))
            height = max(12, round(picture.height * share))
            x, y = chance.randint(0, picture.width - width), chance.randint(0, picture.height - height)
            side = chance.choice([6, 9, 12])
            out = (side, max(1, round(side * height / width)))
            seen = picture.crop((x, y, x + width, y + height)).resize(out, Image.LANCZOS)
            made.append({
                "name": "good/" + name, "crop": [x, y, width, height], "size": list(out),
                "rgb": numpy.asarray(seen).reshape(-1).tolist()})
    (FIXTURES / "renderings.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
