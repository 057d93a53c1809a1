#!/usr/bin/env python3
"""How well the embedding finds works of the same artist.

usage: evaluate.py RUN_DIR COLLECTION [--val COLLECTION] [--choices] [--teacher DIR] [--device auto] [--threads 2]
                   [--metrics DIR] [--cache DIR] [--out DIR] [--choice JSON] [--json FILE] [--vectors DIR]

RUN_DIR     a training's folder (last.pt)
COLLECTION  what it was trained on; held-out artists (--hold-out of the training) are the ones that choices are made on:
            each query meets the works of its own source only, held-out ones (easy: few artists) or all
--choices   compare projections on them
--val       another collection, reported on only, with retrieval_metrics.py (--metrics, default $MORELLI_SHARED/tools,
            ../shared/tools)
--teacher   also the teacher's own figures, with the same projection
--choice    changes to the projection (projection.py)
--json      writes the figures there
--out       writes the vectors of --val there: vectors.npy and ids.csv
--vectors   writes those of COLLECTION, with which works were held out: for fit-blocks/fit_weights.py
"""
import argparse
import hashlib
import json
import os
import pathlib
import sys

import numpy as np
import torch

from data import FOLDS, MEAN, SCALE, SIDE, Collection
from model import Shape, Student
from projection import fit, project


def load(run, device="cpu"):
    """-> (averaged network, checkpoint)"""
    s = torch.load(pathlib.Path(run) / "last.pt", map_location=device, weights_only=True)
    e = s["ema"]
    shape = Shape(**{k: tuple(v) if isinstance(v, (list, tuple)) else v for k, v in s["shape"].items()})
    model = Student(shape, len(e["artist"]), len(e["style.weight"]), len(e["genre.weight"]), len(e["artist"][0]), len(e["teach.bias"]))
    model.load_state_dict(e)
    return model.to(device, memory_format=torch.channels_last).eval(), s


@torch.inference_mode()
def describe(model, collection, rows, device="cpu", batch=32):
    """(len(rows), p) float32: the network's standardised statistics of whole squares."""
    out = []
    for s in range(0, len(rows), batch):
        pixels = collection.squares[np.asarray(rows[s:s + batch])].transpose(0, 3, 1, 2)
        x = torch.from_numpy(np.ascontiguousarray(pixels)).to(device).float().sub_(MEAN).mul_(SCALE)
        out.append(model.describe(x.contiguous(memory_format=torch.channels_last)).cpu().numpy())
    return np.concatenate(out)


@torch.inference_mode()
def describe_by_teacher(folder, collection, rows, device="cpu", batch=16):
    from teacher import SqueezeNet, answers, grids
    net, out = SqueezeNet(folder).to(device).eval(), []
    for s in range(0, len(rows), batch):
        pixels = collection.squares[np.asarray(rows[s:s + batch])].transpose(0, 3, 1, 2)
        grid = grids(net, torch.from_numpy(np.ascontiguousarray(pixels)).to(device))
        out.append(answers(grid, [(0, 0, SIDE, SIDE)] * len(grid))[:, 0].cpu().numpy())
    return np.concatenate(out)


def heads(model, teacher):
    """The trained heads that the projection is made of. teacher: as in the training's arguments; a head that nobody taught
    says nothing."""
    own = model.own.weight.detach().cpu().numpy().T / np.sqrt(model.own_norm.running_var.cpu().numpy() + model.own_norm.eps)
    if teacher == "none":
        return {"own": own}
    return {"teach": model.teach.weight.detach().cpu().numpy().T, "own": own}


def metrics(x, y, queries):
    """P@1 and mAP@10 in per cent by the protocol of retrieval_metrics.py, and the number of queries."""
    s = x[queries] @ x.T
    s[np.arange(len(queries)), queries] = -np.inf
    order = np.argsort(-s, axis=1, kind="stable")[:, :-1]
    relevant = y[order] == y[queries][:, None]
    count = relevant.sum(1)
    relevant, count = relevant[count > 0], count[count > 0]
    if len(count) == 0:
        return 0.0, 0.0, 0
    top = relevant[:, :10]
    precision = np.cumsum(top, 1) / np.arange(1, top.shape[1] + 1)
    return 100 * float(relevant[:, 0].mean()), 100 * float(((precision * top).sum(1) / np.minimum(count, 10)).mean()), len(count)


def within_sources(x, artist, source, queries=None):
    """Figures over all queries (default: all works), each among the works of its own source."""
    rows, asked = [], np.ones(len(x), bool) if queries is None else np.isin(np.arange(len(x)), queries)
    for s in np.unique(source[asked]):
        part = np.flatnonzero(source == s)
        rows.append(metrics(x[part], artist[part], np.flatnonzero(asked[part])))
    p, m, n = np.array(rows).T
    return float(np.average(p, weights=n)), float(np.average(m, weights=n))


def held_out_figures(model, c, members, held_out, device, teacher, fit_on=1500):
    """For the training's log: figures on held-out artists, the projection fitted on a part of the others."""
    some = np.random.default_rng(0).permutation(members)[:fit_on]
    fitted = fit(describe(model, c, some, device), heads(model, teacher), c.source[some], c.artist[some])
    x = project(describe(model, c, held_out, device), fitted)
    p, m = within_sources(x, c.artist[held_out], c.source[held_out])
    return {"held out P@1": p, "held out mAP@10": m}


def write_vectors(folder, x, ids, held_out):
    os.makedirs(folder, exist_ok=True)
    np.save(os.path.join(folder, "vectors.npy"), x)
    rows = "".join(f"{i},{int(h)}\n" for i, h in zip(ids, held_out))
    pathlib.Path(folder, "ids.csv").write_text("id,held_out\n" + rows)


CHOICES = [{}, dict(own=0), dict(own=0.35), dict(own=1), dict(own=1.5), dict(teach=0), dict(raw=0.3), dict(raw=0.7),
           dict(raw=1.5), dict(teach=0, own=0, raw=1), dict(total=0), dict(total=0.15), dict(total=0.35), dict(within=0),
           dict(within=0.1), dict(within=0.35), dict(within=0.5), dict(shrink=0.03), dict(shrink=0.3), dict(dimension=128),
           dict(dimension=192)]


def collections_of(a, checkpoint):
    """-> (collection, members, held_out) as they were in the training."""
    arguments = checkpoint["arguments"]
    c = Collection(a.collection, cache_of(a, checkpoint), arguments["rows"])
    fold, out = c.folds(FOLDS), arguments["hold_out"]
    return c, np.flatnonzero((fold != out) | (out < 0)), np.flatnonzero((fold == out) & (out >= 0))


def cache_of(a, checkpoint):
    return pathlib.Path(a.cache or checkpoint["arguments"]["cache"] or pathlib.Path(a.run) / "cache")


def statistics_of(run, model, checkpoint, c, device):
    """`describe` of a whole collection, kept in the run's folder for this state of the training."""
    name = hashlib.sha256("\n".join(c.ids).encode()).hexdigest()[:12]
    path = pathlib.Path(run) / f"statistics-{checkpoint['steps']}-{name}.npy"
    if not path.exists():
        np.save(path, describe(model, c, np.arange(len(c)), device))
    return np.load(path)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("run"); p.add_argument("collection"); p.add_argument("--val"); p.add_argument("--choices", action="store_true")
    p.add_argument("--teacher"); p.add_argument("--device", default="auto"); p.add_argument("--threads", type=int, default=2)
    p.add_argument("--cache"); p.add_argument("--out"); p.add_argument("--choice", default="{}"); p.add_argument("--json")
    p.add_argument("--vectors")
    p.add_argument("--metrics", default=os.path.join(os.environ.get("MORELLI_SHARED", "../shared"), "tools"))
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    device = ("cuda" if torch.cuda.is_available() else "cpu") if a.device == "auto" else a.device
    model, checkpoint = load(a.run, device)
    c, members, held_out = collections_of(a, checkpoint)
    v = Collection(a.val, cache_of(a, checkpoint)) if a.val else None
    print(f"after {checkpoint['epoch']} passes, {checkpoint['steps']} steps; {len(members)} works in training, "
          f"{len(held_out)} held out", flush=True)
    choice, figures = json.loads(a.choice), {}
    nets = {"network": (lambda c: statistics_of(a.run, model, checkpoint, c, device), heads(model, checkpoint["arguments"]["teacher"]), choice)}
    if a.teacher:
        nets["teacher"] = (lambda c: describe_by_teacher(a.teacher, c, np.arange(len(c)), device), {}, {**choice, "raw": 1})
    for name, (describe_all, h, ch) in nets.items():
        z = describe_all(c)
        scale = 1 / (z[members].std(0) + 1e-4) if name == "teacher" else 1
        z = z * scale
        for k in (CHOICES if a.choices and len(held_out) else [{}]):
            fitted = fit(z[members], h, c.source[members], c.artist[members], {**ch, **k})
            first = fitted if not k else first
            if len(held_out):
                x = project(z, fitted).astype(np.float32)
                p1, m10 = within_sources(x[held_out], c.artist[held_out], c.source[held_out])
                pa, ma = within_sources(x, c.artist, c.source, held_out)
                print(f"{name}, held out, {str(k or 'as chosen'):30}  P@1 {p1:6.2f}  mAP@10 {m10:6.2f}; "
                      f"among all works  P@1 {pa:6.2f}  mAP@10 {ma:6.2f}", flush=True)
                if not k:
                    figures[f"{name}, held-out artists"] = {"P@1": p1, "mAP@10": m10}
                    figures[f"{name}, held-out artists, among all works"] = {"P@1": pa, "mAP@10": ma}
                    if a.vectors and name == "network":
                        write_vectors(a.vectors, x, c.ids, np.isin(np.arange(len(c)), held_out))
        if v is not None:
            sys.path.insert(0, a.metrics)
            from retrieval_metrics import evaluate
            x = project(describe_all(v) * scale, first).astype(np.float32)
            for label in ("artist", "style"):
                r = evaluate(x, v.ids, v.folder / "artworks.csv", label)
                for k in ("all", "unseen"):
                    print(f"{name}, val, {label}, {k}: " + "  ".join(f"{m} {r[k][m]}" for m in r[k]), flush=True)
                    figures[f"{name}, val, {label}, {k}"] = r[k]
            if a.out and name == "network":
                write_vectors(a.out, x, v.ids, np.zeros(len(v), bool))
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
