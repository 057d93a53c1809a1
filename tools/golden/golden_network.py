#!/usr/bin/env python3
"""Reference values for the tests of the network, from PyTorch.

usage: golden_network.py OUT_DIR EMBEDDING_OUT_DIR [--model embedding.safetensors]

OUT_DIR            (Tests/NeuralTests/Golden) gets layers.safetensors, convolutions and statistics of random maps:
                   caseN.input (1, channels, height, width), .weight, .bias, .output (after ReLU), .before and .sum
                   (ReLU of output without ReLU + before), .moments (means, then deviations, of the output); its metadata
                   have each case's stride; and tiny.safetensors, a whole small network of random weights, with
                   tiny-golden.safetensors: its input `pixels` (3, 48, 48), statistics and embedding.
EMBEDDING_OUT_DIR  (Tests/FeaturesTests/Golden) gets embedding.safetensors: the embeddings (3, 256) that the shipped model
                   (--model, default Sources/CFeatureData/embedding.safetensors) gives three pictures of soft blobs, as
                   Tests/TestSupport/Blobs.swift makes them: 224 x 224, and of 300 x 180 and 100 x 260 pixels brought
                   to a square by OpenCV, each side by INTER_AREA or INTER_LINEAR as it shrinks or grows; and
                   tiny.safetensors once more.

Tolerance: 1e-3 of the largest number of a tensor, see the tests. Needs numpy, torch, safetensors, opencv.
"""
import argparse
import pathlib
import sys

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file, save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/train-embedding"))
from folded import Folded
from pictures import blobs

# channels, filters, kernel, stride, height, width
CASES = [(3, 16, 3, 2, 32, 32), (5, 7, 3, 1, 9, 11), (16, 24, 3, 1, 14, 14), (24, 33, 1, 1, 7, 5), (48, 16, 1, 1, 1, 1),
         (2, 17, 3, 2, 13, 8), (40, 40, 3, 1, 8, 7)]


def layers():
    rng = np.random.default_rng(5)
    out, strides = {}, {}
    for number, (channels, filters, kernel, stride, height, width) in enumerate(CASES):
        draw = lambda *shape: torch.from_numpy(rng.normal(size=shape).astype(np.float32))
        x, w, b = draw(1, channels, height, width), draw(filters, channels, kernel, kernel) * 0.2, draw(filters)
        plain = F.conv2d(x, w, b, stride, kernel // 2)
        before, y = draw(*plain.shape), F.relu(plain)
        mean = y.mean((2, 3))
        deviation = ((y * y).mean((2, 3)) - mean * mean).clamp_min(0).add(1e-4).sqrt()
        tensors = dict(input=x, weight=w, bias=b, output=y, before=before, sum=F.relu(plain + before),
                       moments=torch.cat([mean, deviation], 1))
        out |= {f"case{number}.{k}": np.ascontiguousarray(v.numpy()) for k, v in tensors.items()}
        strides[f"case{number}"] = str(stride)
    return out, strides


def tiny():
    """A network of two stages with channels that fill no group of filters."""
    rng, t = np.random.default_rng(6), {}

    def conv(name, filters, channels, kernel):
        t[name + ".weight"] = (rng.normal(size=(filters, channels, kernel, kernel)) / np.sqrt(channels * kernel ** 2)).astype(np.float16)
        t[name + ".bias"] = (rng.normal(size=filters) * 0.1).astype(np.float32)

    conv("stem", 5, 3, 3)
    channels, taps = 5, []
    for stage, (width, inner, blocks) in enumerate([(9, 4, 1), (18, 7, 2)], 1):
        conv(f"stage{stage}.down", width, channels, 3)
        for block in range(1, blocks + 1):
            name = f"stage{stage}.block{block}"
            conv(name + ".reduce", inner, width, 1)
            conv(name + ".mix", inner, inner, 3)
            conv(name + ".expand", width, inner, 1)
        channels = width
        taps.append(width)
    count = 2 * (sum(taps) + taps[-1])
    t["embedding.weight"] = rng.normal(size=(12, count)).astype(np.float16)
    t["embedding.bias"] = rng.normal(size=12).astype(np.float32)
    return t


def square(width, height, seed, side=224):
    """(3, side, side) float32, 0 to 255."""
    picture = blobs(width, height, seed).astype(np.float32)
    for size in ((side, height), (side, side)):
        shrinks = size[0] < picture.shape[1] or size[1] < picture.shape[0]
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return picture.transpose(2, 0, 1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out"); p.add_argument("embedding_out")
    p.add_argument("--model", default=str(ROOT / "Sources/CFeatureData/embedding.safetensors"))
    a = p.parse_args()
    torch.set_num_threads(1)
    out = pathlib.Path(a.out)
    tensors, strides = layers()
    save_file(tensors, out / "layers.safetensors", strides)
    weights = tiny()
    save_file(weights, out / "tiny.safetensors", {"format": "morelli-embedding", "name": "tiny", "version": "7", "side": "48",
                                                  "mean": "127.5", "scale": "0.015625"})
    pixels = np.random.default_rng(7).integers(0, 256, (3, 48, 48)).astype(np.float32)
    net = Folded(load_file(out / "tiny.safetensors"), keep=True)
    embedding = net(torch.from_numpy((pixels[None] - 127.5) * 0.015625))
    save_file({"pixels": pixels, "statistics": np.ascontiguousarray(net.kept["statistics"][0]),
               "embedding": np.ascontiguousarray(embedding[0].numpy())}, out / "tiny-golden.safetensors")
    net = Folded(load_file(a.model))
    pictures = [square(224, 224, 1), square(300, 180, 2), square(100, 260, 3)]
    x = torch.from_numpy((np.stack(pictures) - np.float32(127.5)) / np.float32(63.75))
    embeddings = np.concatenate([net(x[i:i + 1]).numpy() for i in range(len(x))])
    (pathlib.Path(a.embedding_out) / "tiny.safetensors").write_bytes((out / "tiny.safetensors").read_bytes())
    save_file({"embeddings": embeddings}, pathlib.Path(a.embedding_out) / "embedding.safetensors")


if __name__ == "__main__":
    main()
