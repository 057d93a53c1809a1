"""Labelled pictures, and vectors of them that Morelli doesn't make."""
import csv
import json

import numpy as np
from PIL import Image


def read(folder):
    """[{id, path, artist, style, genre}], in the order of artworks.csv."""
    rows = csv.DictReader(open(folder / "artworks.csv", newline="", encoding="utf-8"))
    return [{"id": r["id"], "path": folder / r["file"], **{k: r.get(k, "") for k in ("artist", "style", "genre")}} for r in rows]


def square(path, side):
    return np.asarray(Image.open(path).convert("RGB").resize((side, side), Image.Resampling.BILINEAR), np.float32)


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def half_whitened(x, dimension):
    """Rows of length 1: centred, along the principal axes, divided by the fourth root of their variance."""
    x = x - x.mean(0)
    values, axes = np.linalg.eigh(x.T @ x / len(x))
    values, axes = values[::-1][:dimension], axes[:, ::-1][:, :dimension]
    return unit(x @ (axes * np.maximum(values, 1e-9) ** -0.25))


def colours(works):
    """Where which colour is, roughly: an 8 x 8 thumbnail."""
    return half_whitened(np.stack([square(w["path"], 8).ravel() for w in works]) / 255, 64)


def squeezenet(works, folder, cache):
    """Means over fire 5, 7 and 9 of the ImageNet-trained network, square root, half whitened."""
    known = cache.with_suffix(".json")
    ids = [w["id"] for w in works]
    if cache.exists() and known.exists() and json.loads(known.read_text()) == ids:
        return half_whitened(np.load(cache), 256)
    layers = json.loads((folder / "squeezenet_v1.0_manifest.json").read_text())["layers"]
    blob = np.fromfile(folder / "squeezenet_v1.0_f32le.bin", "<f4")
    net = {}
    for l in layers:
        w = blob[l["w_offset"]:l["w_offset"] + l["w_count"]].reshape(l["out"], -1)
        net[l["name"]] = (w, blob[l["b_offset"]:l["b_offset"] + l["b_count"]], l["k"], l["stride"], l["pad"])
    raw = np.stack([maps(net, square(w["path"], 227)) for w in works])
    np.save(cache, raw)
    known.write_text(json.dumps(ids))
    return half_whitened(raw, 256)


def convolution(x, w, b, k, stride, pad):
    """x (channels, h, w), w (out, channels k k) -> rectified (out, h', w')."""
    if pad:
        x = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(1, 2))[:, ::stride, ::stride]
    high, wide = windows.shape[1:3]
    columns = windows.transpose(0, 3, 4, 1, 2).reshape(w.shape[1], high * wide)
    return np.maximum(w @ columns + b[:, None], 0).reshape(-1, high, wide)


def pool(x):
    """Largest of 3 x 3, every 2, rounding up as Caffe does."""
    high, wide = ((n - 3 + 1) // 2 * 2 + 3 for n in x.shape[1:])
    x = np.pad(x, ((0, 0), (0, high - x.shape[1]), (0, wide - x.shape[2])))
    return np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))[:, ::2, ::2].max((3, 4))


def maps(net, picture):
    """(227, 227, 3) RGB -> 1,152 numbers."""
    x = picture[:, :, ::-1].transpose(2, 0, 1) - np.array([104, 117, 123], np.float32)[:, None, None]
    x = pool(convolution(x, *net["conv1"]))
    means = []
    for i in range(2, 10):
        s = convolution(x, *net[f"fire{i}/conv1x1_1"])
        x = np.concatenate([convolution(s, *net[f"fire{i}/conv1x1_2"]), convolution(s, *net[f"fire{i}/conv3x3_2"])])
        if i in (5, 7, 9):
            means.append(x.mean((1, 2)))
        if i in (4, 8):
            x = pool(x)
    return np.sqrt(np.concatenate(means))
