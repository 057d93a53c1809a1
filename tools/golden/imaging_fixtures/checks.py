"""The files read by Pillow and by libvips, beside what is expected."""

import io

import numpy as np
from PIL import Image, ImageCms, ImageOps

from .ledger import LONG_SIDE, FILES, ENTRIES, working_size


def compare(entry, got):
    """A line that says how `got` (rows × columns × 3) differs from the expectation, or None."""
    want = entry["working"]
    if abs(got.shape[1] - want["width"]) > 1 or abs(got.shape[0] - want["height"]) > 1:
        return f"size {got.shape[1]} × {got.shape[0]}, expected {want['width']} × {want['height']}"
    worst, where = 0, None
    for p in entry.get("probes", []):
        seen = got[int(p["y"] * got.shape[0]), int(p["x"] * got.shape[1])].astype(int)
        off = max(abs(seen - [p["r"], p["g"], p["b"]]))
        if off > worst:
            worst, where = off, f"at ({p['x']}, {p['y']}) {tuple(map(int, seen))}, expected {(p['r'], p['g'], p['b'])}"
    return f"off by {worst} {where}" if worst > entry.get("tolerance", 0) else None


def with_pillow(entry, data):
    """Pillow's working image; None where Pillow has no way to read it as meant."""
    if entry["format"] in ("svg", "jxl") or entry.get("convention"):
        return None
    image = Image.open(io.BytesIO(data))
    icc = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("I;16", "I;16B", "I"):
        image = Image.fromarray((np.asarray(image).astype(np.uint32) // 257).astype(np.uint8))
    if image.mode == "LAB" and not icc:
        return None
    if icc and image.mode in ("RGB", "L", "CMYK", "LAB"):
        try:
            image = ImageCms.profileToProfile(image, ImageCms.getOpenProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB"),
                                              renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB", flags=0)
        except (ImageCms.PyCMSError, OSError):
            pass
    image = image.convert("RGBA")
    image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    size = working_size(image.size)
    return np.asarray(image if size == image.size else image.resize(size, Image.Resampling.BOX, reducing_gap=None))


def check_with_pillow():
    for entry in ENTRIES:
        if entry["ok"]:
            got = with_pillow(entry, FILES[entry["name"]])
            line = "not read by Pillow as meant" if got is None else compare(entry, got)
            if line:
                print(f"pillow  {entry['name']}: {line}")


def check_with_pyvips():
    """Three bugs of libvips 8.14 are kept out of the way: an output profile without an embedded one turns colours,
    `fail_on` is forgotten for buffers (libvips issue 5195) unless the option string has it, and `size="down"`
    takes the smallest level of a pyramid (libvips issue 4692), so that the box is cut to the picture instead."""
    import pyvips
    pyvips.cache_set_max(0)
    spaces = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4, b"Lab ": 3}

    def look(entry, data, level):
        head = pyvips.Image.new_from_buffer(data, "")
        icc = head.get("icc-profile-data") if head.get_typeof("icc-profile-data") else b""
        fits = spaces.get(icc[16:20]) == head.bands - head.hasalpha()
        if entry["ok"] and (head.width, head.get_page_height()) != tuple(entry["stored"].values()):
            print(f"vips {entry['name']}: header says {head.width} × {head.get_page_height()}")
        if "too-large" in entry.get("codes", []):
            return f"header reads: {head.width} × {head.get_page_height()}, not decoded here"
        box = min(LONG_SIDE, max(head.width, head.get_page_height()))
        image = pyvips.Image.thumbnail_buffer(data, box, height=box, option_string=f"[fail_on={level}]",
                                              **({"export_profile": "srgb"} if fits else {}))
        if image.hasalpha():
            image = image.flatten(background=[255])
        got = image.colourspace("srgb").cast("uchar").numpy()
        return compare(entry, got) if entry["ok"] else f"DECODES as {image.width} × {image.height}"

    print("libvips", ".".join(str(pyvips.version(i)) for i in range(3)))
    for entry in ENTRIES:
        lines = {}
        for level in ("truncated", "error", "warning"):
            try:
                line = look(entry, FILES[entry["name"]], level)
            except pyvips.Error as error:
                line = "fails: " + " / ".join(filter(None, map(str.strip, str(error).split("\n")))) if entry["ok"] else None
            if line:
                lines.setdefault(line, []).append(level)
        for line, levels in lines.items():
            print(f"vips {entry['name']} ({', '.join(levels)}): {line}")
