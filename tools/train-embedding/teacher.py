"""The teacher: an ImageNet-trained SqueezeNet v1.0, read from plain float32, and what the student is to learn from it.

It looks at each square once; its maps are kept. A view's lesson is made of the part of the maps that lies in the view's
window: means and deviations over fire 5, 7 and 9, square-rooted, standardised and half-whitened to `dimension` numbers, for the whole
window and for each of its four quarters (upper left, upper right, lower left, lower right). So lessons cost next to nothing
and no view is ever shown twice.

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

from data import SIDE, window

MEAN = (123.0, 117.0, 104.0)   # RGB; the net itself is BGR
LAYERS = (5, 7, 9)
CHANNELS = 256 + 384 + 512
PARTS = 5
CELLS = 13           # a side of the maps that are kept; the centre of cell k is at pixel 17 + 16 k
EDGES = 9 + 16.0 * np.arange(CELLS + 1)


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


def grids(net, pixels):
    """uint8 (b, 3, 224, 224) -> (b, 13 x 13, 1152): the maps side by side, fire 5 and 7 brought to the cells of fire 9 with
    the weights 1 2 1 in both directions."""
    with torch.inference_mode():
        maps = net(pixels)
        fine = lambda x: F.avg_pool2d(F.avg_pool2d(x, 2, 1), 2) if x.shape[2] > CELLS else x
        return torch.cat([fine(maps[i]) for i in net.layers], 1).flatten(2).transpose(1, 2)


def shares(start, length):
    """(b,), (b,) pixels along one side -> (b, 3, 13): how much each cell counts for the stretch, its first and its second
    half; rows of sum 1. Halves must be of 9 pixels or more: the outermost pixels are in no cell."""
    half = length / 2
    low, high = np.stack([start, start, start + half], 1), np.stack([start + length, start + half, start + length], 1)
    w = np.minimum(high[..., None], EDGES[1:]) - np.maximum(low[..., None], EDGES[:-1])
    w = np.maximum(w, 0)
    return w / w.sum(2, keepdims=True)


def pool(grid, frames):
    """(b, 13 x 13, c), frames (b, 4) in pixels: x, y, w, h -> (b, 5, c): means over the windows and their quarters."""
    frames = np.asarray(frames)
    across, down = shares(frames[:, 0], frames[:, 2]), shares(frames[:, 1], frames[:, 3])
    weights = down[:, (0, 1, 1, 2, 2), :, None] * across[:, (0, 1, 2, 1, 2), None, :]
    return torch.from_numpy(weights.reshape(len(frames), PARTS, -1)).to(grid) @ grid


def answers(grid, frames):
    """(b, 13 x 13, c), frames (b, 4) -> (b, 5, 2c): square roots of the windows' and quarters' means and deviations."""
    mean, square = pool(grid, frames), pool(grid * grid, frames)
    deviation = (square - mean * mean).clamp_min(0).sqrt()
    return torch.cat([mean.clamp_min(0), deviation], 2).sqrt()


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


class Targets:
    """The teacher's answers for any window of the pictures in training: rows of L2 norm 1.

    The maps of all squares (float16, 0.4 MB a picture) are made when first needed and kept on disk, memory-mapped.
    Whole and quarters have a projection each (their means and deviations differ), fitted on one random window a picture.
    """

    def __init__(self, collection, folder, cache, seed, members, device="cpu", dimension=256):
        self.collection, self.cache, self.device, self.dimension = collection, pathlib.Path(cache), device, dimension
        key = hashlib.sha256("\n".join(collection.ids).encode()).hexdigest()[:12]
        self.maps = self._maps(folder, self.cache / f"teacher-{key}.npy")
        whole, quarter = self._projections(np.asarray(members), seed)
        self.mean, self.matrix = (torch.from_numpy(np.stack([a, b, b, b, b])).to(device) for a, b in zip(whole, quarter))

    def of(self, pictures, frames, mirrored):
        """float32 (b, 5, dimension) on the device; a mirrored view has its quarters exchanged."""
        y = torch.einsum("bpc,pcd->bpd", self._raw(pictures, frames) - self.mean[:, 0], self.matrix)
        y = F.normalize(y, dim=-1, eps=1e-6)
        m = torch.from_numpy(mirrored).to(self.device)
        y[m] = y[m][:, (0, 2, 1, 4, 3)]
        return y

    def _raw(self, pictures, frames):
        """float32 (b, 5, 2 x 1152)"""
        return answers(torch.from_numpy(self.maps[pictures]).to(self.device).float(), frames)

    def _projections(self, members, seed, batch=64):
        raw = np.empty((len(members), PARTS, 2 * CHANNELS), np.float32)
        for s in range(0, len(members), batch):
            some = members[s:s + batch]
            raw[s:s + len(some)] = self._raw(some, [window(seed, int(i), 0) for i in some]).cpu().numpy()
        source = self.collection.source[members]
        whole = half_whitening(raw[:, 0], source, self.dimension)
        quarter = half_whitening(np.concatenate([raw[:, 1], raw[:, 4]]), np.tile(source, 2), self.dimension)
        return [(mean[None], matrix) for mean, matrix in (whole, quarter)]

    def _maps(self, folder, path, batch=16):
        """float16 (n, 13 x 13, 1152)"""
        if not path.exists():
            net, started, n = SqueezeNet(folder).to(self.device).eval(), time.time(), len(self.collection)
            part = path.with_suffix(".part")
            out = np.lib.format.open_memmap(part, "w+", np.float16, (n, CELLS * CELLS, CHANNELS))
            for s in range(0, n, batch):
                pixels = self.collection.squares[s:s + batch].transpose(0, 3, 1, 2)
                out[s:s + batch] = grids(net, torch.from_numpy(np.ascontiguousarray(pixels)).to(self.device)).half().cpu().numpy()
                if s // batch % 50 == 49:
                    print(f"teacher: {s + batch} of {n} pictures, {(s + batch) / (time.time() - started):.0f}/s", flush=True)
            out.flush()
            os.replace(part, path)
        return np.load(path, mmap_mode="r")
