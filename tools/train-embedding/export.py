#!/usr/bin/env python3
"""Writes a trained network as it ships.

usage: export.py RUN_DIR COLLECTION OUT_DIR [--name morelli-embedding] [--version 1] [--figures FILE.json]
                 [--choice JSON] [--device auto] [--threads 2] [--cache DIR]

OUT_DIR gets
    NAME.safetensors   weights in binary16, biases in binary32, batch norm folded, projection fitted on COLLECTION folded in (folded.py names the tensors)
    NAME.md            model card: data, recipe, figures (of --figures, which evaluate.py --json writes), date, SHA-256
    NAME.onnx          the same in binary32, for benchmarks against other runtimes; not to be committed
    golden.safetensors input, every step's output and the embedding of one small picture, for tests of other runtimes
"""
import argparse
import datetime
import hashlib
import json
import pathlib

import numpy as np
import onnx
import torch
from safetensors.numpy import load_file, save, save_file

from data import MEAN, SCALE, SIDE
from evaluate import collections_of, heads, load, statistics_of
from folded import Folded, onnx_model, shipped, tensors
from model import multiplications
from projection import CHOICE, fit


def golden(halves, side=64):
    """What Folded makes of a fixed random picture: name -> float32 array; `pixels` is the picture, (3, side, side) 0..255."""
    rng = np.random.default_rng(1874)
    pixels = np.kron(rng.integers(0, 256, (3, side // 4, side // 4)), np.ones((4, 4))).astype(np.float32)
    net = Folded(halves, keep=True)
    net(torch.from_numpy((pixels[None] - MEAN) * SCALE).float())
    return {"pixels": pixels, **{k: np.ascontiguousarray(v[0], np.float32) for k, v in net.kept.items()}}


def card(a, checkpoint, collection, members, model, halves, digest, size):
    shape, arguments = model.backbone.shape.plain(), checkpoint["arguments"]
    d, p = halves["embedding.weight"].shape
    count = sum(v.size for v in halves.values())
    lines = [f"# {a.name} {a.version}", "",
             f"- Written {datetime.date.today().isoformat()}; SHA-256 `{digest}`; {size / 1e6:.2f} MB, {count / 1e6:.2f} million numbers, weights in binary16.",
             f"- Input: 3 x {SIDE} x {SIDE}, RGB, (value - {MEAN}) x {SCALE:.8g}. Output: {d} numbers of L2 norm 1, a linear function "
             f"of {p} statistics (means and deviations).",
             f"- Shape: {json.dumps(shape)}; {multiplications(model.backbone.shape) / 1e6:.0f} million multiply-adds a picture.", "",
             "## Data", f"{len(members)} works by {len(np.unique(collection.artist[members]))} artists, "
             f"from {len(collection.source_names)} sources: "
             + "; ".join(f"{n} ({int((collection.source[members] == i).sum())})" for i, n in enumerate(collection.source_names)) + ".",
             "Trained from a random start. The pictures are no part of the model.", "", "## Recipe",
             f"{checkpoint['epoch']} passes, {checkpoint['steps']} steps, {checkpoint['elapsed'] / 60:.0f} minutes"
             + (", from an earlier training's averaged weights (docs/embedding.md). " if arguments.get("start") else ". ")
             + ("Distilled from an ImageNet-trained SqueezeNet v1.0" if arguments["teacher"] != "none" else "Without a teacher")
             + " with artist, style and genre labels; `tools/train-embedding` with", "", "```json"]
    kept = {k: v for k, v in arguments.items() if k not in ("collection", "run", "cache", "teacher", "start", "device", "threads", "workers")}
    lines += [json.dumps({**kept, "projection": {**CHOICE, **json.loads(a.choice)}}, indent=1), "```", "", "## Figures"]
    if a.figures:
        lines += ["| | " + " | ".join(("P@1", "mAP@10")) + " |", "| --- | --- | --- |"]
        for name, f in json.loads(pathlib.Path(a.figures).read_text()).items():
            lines.append(f"| {name} | {f['P@1']:.1f} | {f['mAP@10']:.1f} |")
    else:
        lines.append("Not measured.")
    lines += ["", "## Limits", "Same artist stands in for same style. European painting and prints before the middle of the twentieth "
              "century, and Japanese prints, make up nearly all of the data; elsewhere the figures do not hold.", ""]
    return "\n".join(lines)


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("run"); p.add_argument("collection"); p.add_argument("out")
    p.add_argument("--name", default="morelli-embedding"); p.add_argument("--version", default="1"); p.add_argument("--figures")
    p.add_argument("--choice", default="{}"); p.add_argument("--device", default="auto")
    p.add_argument("--threads", type=int, default=2); p.add_argument("--cache")
    a = p.parse_args(argv)
    torch.set_num_threads(a.threads)
    device = ("cuda" if torch.cuda.is_available() else "cpu") if a.device == "auto" else a.device
    model, checkpoint = load(a.run, device)
    c, members, _ = collections_of(a, checkpoint)
    z = statistics_of(a.run, model, checkpoint, c, device)
    fitted = fit(z[members], heads(model, checkpoint["arguments"]["teacher"]), c.source[members], c.artist[members], json.loads(a.choice))
    halves = shipped(*tensors(model.cpu(), fitted))
    if not all(np.isfinite(v).all() for v in halves.values()):
        raise SystemExit("a number is too large for binary16")
    out = pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    blob = save(halves, {"format": "morelli-embedding", "name": a.name, "version": a.version, "side": str(SIDE),
                         "mean": str(MEAN), "scale": repr(SCALE), "shape": json.dumps(model.backbone.shape.plain())})
    (out / f"{a.name}.safetensors").write_bytes(blob)
    digest = hashlib.sha256(blob).hexdigest()
    halves = load_file(out / f"{a.name}.safetensors")
    onnx.save(onnx_model({k: v.astype(np.float32) for k, v in halves.items()}), out / f"{a.name}.onnx")
    save_file(golden(halves), out / "golden.safetensors")
    (out / f"{a.name}.md").write_text(card(a, checkpoint, c, members, model, halves, digest, len(blob)))
    print(f"{out / a.name}.safetensors: {len(blob) / 1e6:.2f} MB, SHA-256 {digest}")


if __name__ == "__main__":
    main()
