"""The teacher: an ImageNet-trained SqueezeNet v1.0, read from plain float32, and what the student is to learn from it.

For every view: the means over fire 5, 7 and 9, square-rooted, standardised and half-whitened to `dimension` numbers, for
the whole view and for each of its four quarters (upper left, upper right, lower left, lower right). The quarters
make each view five lessons instead of one, at no cost to the student: its maps are computed anyway.

The teacher is used in training only; no weight of it goes into the product.
"""
import hashlib
import json
import os
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F

from data import render, window

MEAN = (123.0, 117.0, 104.0)   # RGB; the net itself is BGR
LAYERS = (5, 7, 9)
PARTS = 5


class SqueezeNet(torch.nn.Module):
    """(b, 3, h, w) RGB 0..255 -> dictionary of the maps of the fire modules asked for."""

    def __init__(self, folder, layers=LAYERS):
        super().__init__()
        folder, self.layers = pathlib.Path(folder), tuple(layers)
        listed = json.loads((folder / "squeezenet_v1.0_manifest.json").read_text())["layers"]
        blob = np.fromfile(folder / "squeezenet_v1.0_f32le.bin", "<f4")
        self.strides = {}
        for l in listed:
            w = blob[l["w_offset"]:l["w_offset"] + l["w_count"]].reshape(l["out"], l["inp"], l["k"], l["k"])
            if l["name"] == "conv1":
                w = w[:, ::-1]
            name = l["name"].replace("/", "_")
            self.register_buffer(name + "_w", torch.from_numpy(w.copy()).to(memory_format=torch.channels_last))
            self.register_buffer(name + "_b", torch.from_numpy(blob[l["b_offset"]:l["b_offset"] + l["b_count"]].copy()))
            self.strides[name] = (l["stride"], l["pad"])
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1))

    def _conv(self, x, name):
        stride, pad = self.strides[name]
        return F.relu_(F.conv2d(x, getattr(self, name + "_w"), getattr(self, name + "_b"), stride, pad))

    def forward(self, x):
        pool = lambda x: F.max_pool2d(x, 3, 2, ceil_mode=True)
        x = pool(self._conv((x.float() - self.mean).contiguous(memory_format=torch.channels_last), "conv1"))
        out = {}
        for i in range(2, max(self.layers) + 1):
            s = self._conv(x, f"fire{i}_conv1x1_1")
            x = torch.cat([self._conv(s, f"fire{i}_conv1x1_2"), self._conv(s, f"fire{i}_conv3x3_2")], 1)
            if i in self.layers:
                out[i] = x
            if i in (4, 8):
                x = pool(x)
        return out


def parts(x):
    """(b, c, h, w) -> (b, 5, c): the mean over all of a map and over its four quarters (of odd sides, overlapping)."""
    h, w = (x.shape[2] + 1) // 2, (x.shape[3] + 1) // 2
    cut = (x, x[:, :, :h, :w], x[:, :, :h, -w:], x[:, :, -h:, :w], x[:, :, -h:, -w:])
    return torch.stack([p.mean((2, 3)) for p in cut], 1)


def raw_targets(net, pixels):
    """uint8 (b, 3, s, s) -> float32 (b, 5, 1152): square roots of the pooled maps."""
    with torch.inference_mode():
        maps = net(pixels)
        return torch.cat([parts(maps[i]) for i in net.layers], 2).clamp_min(0).sqrt()


def half_whitening(x, source, dimension, power=0.25):
    """(mean, matrix) such that (x - mean) @ matrix has variance eigenvalue^(1-2 power); statistics within the sources."""
    mean = x.mean(0)
    z = np.array(x, np.float64)
    for s in np.unique(source):
        z[source == s] -= z[source == s].mean(0)
    scale = 1 / np.sqrt((z ** 2).mean(0) + 1e-8)
    z *= scale
    e, v = np.linalg.eigh(z.T @ z / len(z))
    e, v = e[::-1][:dimension], v[:, ::-1][:, :dimension]
    return mean.astype(np.float32), (scale[:, None] * v * e ** -power).astype(np.float32)


def unit(y):
    return y / np.maximum(np.linalg.norm(y, axis=-1, keepdims=True), 1e-6)


class Targets:
    """The teacher's answers for views of the pictures in training, one view number at a time: made when first asked for,
    then kept on disk as float16 (n, 5, dimension), rows of L2 norm 1.

    Whole and quarters have a projection each (their means and deviations differ), fitted on the first view.
    """

    def __init__(self, collection, folder, cache, size, seed, members, device="cpu", dimension=256, batch=32):
        self.collection, self.folder, self.cache = collection, folder, pathlib.Path(cache)
        self.size, self.seed, self.members, self.device = size, seed, np.asarray(members), device
        self.dimension, self.batch, self.net, self.views = dimension, batch, None, {}
        key = hashlib.sha256("\n".join([*collection.ids, *map(str, members)]).encode()).hexdigest()[:12]
        self.name = f"teacher-{key}-{size}-{dimension}-{seed}"

    def view(self, number):
        """(n, 5, dimension) float16; rows of works that take no part are zero."""
        if number not in self.views:
            path = self.cache / f"{self.name}-{number}.npy"
            if not path.exists():
                raw = self._raw(number)
                values = np.zeros((len(self.collection), PARTS, self.dimension), np.float16)
                for k, (mean, matrix) in enumerate(self._projections(raw)):
                    values[self.members, k] = unit((raw[:, k].astype(np.float32) - mean) @ matrix)
                part = path.with_suffix(".part")
                with open(part, "wb") as f:
                    np.save(f, values)
                os.replace(part, path)
            self.views[number] = np.load(path)
        return self.views[number]

    def of(self, pictures, number, mirrored):
        """float32 (b, 5, dimension); a mirrored view has its quarters exchanged."""
        y = self.view(number)[pictures].astype(np.float32)
        y[mirrored] = y[mirrored][:, (0, 2, 1, 4, 3)]
        return torch.from_numpy(y)

    def _projections(self, raw):
        path = self.cache / f"{self.name}.npz"
        if not path.exists():
            source = self.collection.source[self.members]
            whole = half_whitening(raw[:, 0], source, self.dimension)
            two = np.concatenate([raw[:, 1], raw[:, 4]])
            quarter = half_whitening(two, np.tile(source, 2), self.dimension)
            np.savez(path, mean=np.stack([whole[0], quarter[0]]), matrix=np.stack([whole[1], quarter[1]]))
        f = np.load(path)
        return [(f["mean"][k], f["matrix"][k]) for k in (0, 1, 1, 1, 1)]

    def _raw(self, number):
        """float16 (members, 5, 1152)"""
        if self.net is None:
            self.net = SqueezeNet(self.folder).to(self.device).eval()
        out, started = np.empty((len(self.members), PARTS, 1152), np.float16), time.time()
        for s in range(0, len(self.members), self.batch):
            many = self.members[s:s + self.batch]
            pixels = np.stack([render(self.collection.squares[i], window(self.seed, int(i), number), self.size) for i in many])
            x = torch.from_numpy(pixels.transpose(0, 3, 1, 2)).to(self.device)
            out[s:s + len(many)] = raw_targets(self.net, x).cpu().numpy()
        print(f"teacher: view {number}, {len(self.members) / (time.time() - started):.0f} views/s", flush=True)
        return out
