"""The files made so far, and what the decoder should make of each."""

import numpy as np

from .pictures import W, H, colour, u8

LONG_SIDE = 512
PROBES = [(0.1640625, 0.1770833), (0.3828125, 0.3854167), (0.1171875, 0.4479167), (0.6328125, 0.2395833),
          (0.8828125, 0.3854167), (0.1328125, 0.7604167), (0.3828125, 0.8854167), (0.6484375, 0.6354167),
          (0.8828125, 0.8645833)]
FILES = {}  # name -> bytes
ENTRIES = []


def pair(size):
    return {"width": size[0], "height": size[1]}


def working_size(size):
    scale = min(1, LONG_SIDE / max(size))
    return tuple(max(1, int(s * scale + 0.5)) for s in size)


def good(name, form, data, why, seen=colour, tolerance=1, upright=(W, H), stored=None, probes=PROBES,
         convention=False, option=None):
    """`seen` is the picture that the decoder should show; None or convention=True states sizes only."""
    name = "good/" + name
    assert name not in FILES, name
    FILES[name] = data
    working = working_size(upright)
    entry = {"name": name, "ok": True, "why": why, "format": form, "stored": pair(stored or upright),
             "upright": pair(upright), "working": pair(working)}
    if option:
        entry["option"] = option
    if convention or seen is None:
        entry["convention"] = True
    else:
        entry["tolerance"], entry["probes"] = tolerance, []
        for x, y in probes:
            at = [np.array((int(f * s) + 0.5) / s) for f, s in zip((x, y), working)]
            rgb = np.broadcast_to(u8(seen(*at)), 3)
            entry["probes"].append({"x": round(x, 5), "y": round(y, 5), **dict(zip("rgb", map(int, rgb)))})
    ENTRIES.append(entry)
    return data


def bad(name, codes, data, why, form=None, option=None):
    name = "bad/" + name
    assert name not in FILES, name
    FILES[name] = data
    entry = {"name": name, "ok": False, "why": why, "codes": codes.split()}
    if form:
        entry["format"] = form
    if option:
        entry["option"] = option
    ENTRIES.append(entry)


def cut(stem, suffix, data, form):
    for percent in (50, 95):
        bad(f"{stem}-cut-{percent}{suffix}", "truncated", data[:len(data) * percent // 100],
            f"only the first {percent} % of the file", form)
