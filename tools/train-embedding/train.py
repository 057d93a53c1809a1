#!/usr/bin/env python3
"""Trains the small embedding on a folder of labelled artworks.

usage: train.py COLLECTION RUN_DIR [--epochs 60 | --minutes M] [--teacher DIR] [--start FILE] [--batch 96] [--size 128]
                [--hold-out FOLD] [--device auto|cpu|cuda] [--threads 2] [--seed 1] [--cache DIR] ...

COLLECTION  a folder with artworks.csv and pictures (see data.py)
RUN_DIR     gets last.pt (after every epoch; the same command goes on from there), log.jsonl and pid
--teacher   folder of the SqueezeNet teacher (default: $MORELLI_SHARED/teacher/squeezenet_v1.0, ../shared/...);
            `none` trains on the labels alone
--start     what this training begins with, on a schedule of its own: a checkpoint's averaged weights, or weights that ship
            (.safetensors)
--minutes   the schedule follows the clock instead of the epochs and ends after so many minutes in all
--hold-out  one of ten artist-disjoint folds that takes no part and is evaluated on; -1 (default) trains on all
--small     the side of crops up to --small-until of the schedule, --size after it: multiples of 32
--workers   threads that make the crops (default 1)

The method: README.md beside this file; what was tried: docs/embedding.md.
"""
import argparse
import copy
import json
import math
import os
import pathlib
import time

import cv2
import numpy as np
import torch
from safetensors.numpy import load_file

from data import FOLDS, MEAN, SCALE, Batches, Collection
from evaluate import held_out_figures
from folded import unfold
from losses import Objective
from model import Shape, Student, multiplications, pooled_with_quarters
from optimiser import optimisers
from teacher import Targets

SHIPPED = ".safetensors"
WEIGHTS = {"whole": 1.0, "quarters": 1.0, "pairs": 4.0, "artist": 0.2, "style": 0.1, "genre": 0.05}


def arguments(argv=None):
    shared = pathlib.Path(os.environ.get("MORELLI_SHARED", "../shared"))
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("collection"); p.add_argument("run")
    p.add_argument("--teacher", default=str(shared / "teacher" / "squeezenet_v1.0")); p.add_argument("--cache")
    p.add_argument("--epochs", type=int, default=60); p.add_argument("--minutes", type=float)
    p.add_argument("--batch", type=int, default=96); p.add_argument("--size", type=int, default=128)
    p.add_argument("--small", type=int, default=96); p.add_argument("--small-until", type=float, default=0.5)
    p.add_argument("--start"); p.add_argument("--hold-out", type=int, default=-1)
    p.add_argument("--device", default="auto"); p.add_argument("--threads", type=int, default=2)
    p.add_argument("--workers", type=int, default=1); p.add_argument("--seed", type=int, default=1)
    p.add_argument("--lr-matrix", type=float, default=0.02); p.add_argument("--lr-rest", type=float, default=2e-3)
    p.add_argument("--ema", type=float, default=0.99); p.add_argument("--evaluate-every", type=int, default=4)
    p.add_argument("--lesson", type=int, default=256, help="numbers that the teacher's answers are brought down to")
    p.add_argument("--steps", type=int, help="at most so many steps an epoch (for tests and timings)")
    p.add_argument("--rows", type=int, help="only the first so many rows (for tests)")
    p.add_argument("--weights", default="", help="changes to the losses' weights, such as artist=0.3,pairs=2")
    p.add_argument("--shape", default="{}", help="changes to the network's shape as JSON")
    return p.parse_args(argv)


def shape_of(changes):
    return Shape(**{k: tuple(v) if isinstance(v, list) else v for k, v in changes.items()})


def choose_device(name):
    """-> (device, whether half precision pays: on GPUs, and on CPUs with bf16 instructions)."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda":
        return torch.device("cuda"), True
    try:
        flags = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        flags = ""
    return torch.device("cpu"), "amx_bf16" in flags or "avx512_bf16" in flags


def rate(progress, warm=0.04):
    """Factor of the learning rates: up in a straight line, down to 1 % along a cosine."""
    if progress < warm:
        return max(progress / warm, 0.02)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1, (progress - warm) / (1 - warm))))


class Training:
    def __init__(self, a):
        self.a, self.run = a, pathlib.Path(a.run)
        self.run.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(a.seed)
        torch.set_num_threads(a.threads)
        cv2.setNumThreads(1)
        self.device, self.half = choose_device(a.device)
        self.cache = pathlib.Path(a.cache or self.run / "cache")
        c = self.collection = Collection(a.collection, self.cache, a.rows)
        fold = c.folds(FOLDS)
        self.members = np.flatnonzero((fold != a.hold_out) | (a.hold_out < 0))
        self.held_out = np.flatnonzero((fold == a.hold_out) & (a.hold_out >= 0))
        self.model = Student(shape_of(json.loads(a.shape)), len(c.artist_names), len(c.style_names), len(c.genre_names),
                             lesson=a.lesson)
        if a.start and not a.start.endswith(SHIPPED):
            self.model.load_state_dict(torch.load(a.start, map_location="cpu", weights_only=True)["ema"])
        self.model.to(self.device, memory_format=torch.channels_last)
        self.ema = copy.deepcopy(self.model).requires_grad_(False).eval()
        self.optimisers = optimisers(self.model, a.lr_matrix, a.lr_rest, self.half)
        self.base = [[g["lr"] for g in o.param_groups] for o in self.optimisers]
        changes = dict(w.split("=") for w in a.weights.split(",") if w)
        self.objective = Objective(c, {**WEIGHTS, **{k: float(v) for k, v in changes.items()}}, self.device)
        self.batches = Batches(c, self.members, a.size, a.batch, a.seed, a.workers)
        self.epoch, self.step_count, self.elapsed = 0, 0, 0.0
        self._resume()

    def _resume(self):
        path = self.run / "last.pt"
        if not path.exists():
            return
        s = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(s["model"]); self.ema.load_state_dict(s["ema"])
        for o, state in zip(self.optimisers, s["optimisers"]):
            o.load_state_dict(state)
        self.epoch, self.step_count, self.elapsed = s["epoch"], s["steps"], s["elapsed"]
        print(f"goes on after epoch {self.epoch}, {self.elapsed / 60:.1f} minutes", flush=True)

    def save(self):
        part = self.run / "last.part"
        torch.save({"model": self.model.state_dict(), "ema": self.ema.state_dict(),
                    "optimisers": [o.state_dict() for o in self.optimisers], "epoch": self.epoch,
                    "steps": self.step_count, "elapsed": self.elapsed, "arguments": vars(self.a),
                    "shape": self.model.backbone.shape.plain()}, part)
        os.replace(part, self.run / "last.pt")

    def progress(self, step, steps):
        if self.a.minutes:
            return min(1.0, (self.elapsed + time.time() - self.since) / 60 / self.a.minutes)
        return min(1.0, (self.epoch + step / steps) / self.a.epochs)

    def log(self, **values):
        values = {k: round(v, 4) if isinstance(v, float) else v for k, v in values.items()}
        with open(self.run / "log.jsonl", "a") as f:
            f.write(json.dumps(values) + "\n")
        print(json.dumps(values), flush=True)

    def train(self):
        a = self.a
        (self.run / "pid").write_text(str(os.getpid()))
        print(f"{len(self.members)} works, {len(self.held_out)} held out, {multiplications(self.model.backbone.shape) / 1e6:.0f} "
              f"million multiply-adds at 224 px, on {self.device}{' in bf16' if self.half else ''}", flush=True)
        self.targets = None
        self.since = time.time()
        if a.teacher != "none":
            self.targets = Targets(self.collection, a.teacher, self.cache, a.seed, self.members, self.device, a.lesson)
            if a.start and self.step_count == 0:
                if a.start.endswith(SHIPPED):
                    self._unfold()
                self._fit_heads()
            self.batches.lesson = self.targets.of
        while self.progress(0, 1) < 1:
            self._epoch()
            self.epoch += 1
            now = time.time()
            self.elapsed, self.since = self.elapsed + now - self.since, now
            self.save()
            if len(self.held_out) and (self.epoch % a.evaluate_every == 0 or self.progress(0, 1) >= 1):
                self.log(epoch=self.epoch, **held_out_figures(self.ema, self.collection, self.members, self.held_out, self.device, a.teacher))

    def _input(self, pixels):
        x = torch.from_numpy(pixels).to(self.device).float().sub_(MEAN).mul_(SCALE)
        return x.contiguous(memory_format=torch.channels_last)

    @torch.no_grad()
    def _unfold(self, works=1500):
        """Begins with weights that ship; each artist's centre is the mean of some works."""
        model, xs, who = self.model.eval(), [], []
        self.batches.size = self.a.small
        for pictures, _, _, pixels, _ in self.batches.epoch(0):
            xs.append(self._input(pixels)); who.append(torch.from_numpy(self.collection.artist[pictures]))
            if len(xs) * len(pictures) >= works:
                break
        unfold(model, load_file(self.a.start), torch.cat(xs[:4]))
        model.eval()
        own = torch.cat([torch.nn.functional.normalize(model.own_norm(model.own(model.describe(x)))) for x in xs])
        who = torch.cat(who).to(self.device)
        sums = torch.zeros_like(model.artist).index_add_(0, who[who >= 0], own[who >= 0])
        found = sums.norm(dim=1) > 0
        model.artist[found] = torch.nn.functional.normalize(sums[found]) * model.artist[found].norm(dim=1, keepdim=True)
        self.ema.load_state_dict(model.state_dict())

    @torch.no_grad()
    def _fit_heads(self, works=4000, ridge=0.03):
        """The heads for the teacher by least squares: ones that answer another training's targets would spoil the weights."""
        model, rows = self.model.eval(), []
        self.batches.size = self.a.small
        for pictures, frames, mirrored, pixels, _ in self.batches.epoch(0):
            whole, quarters = pooled_with_quarters(model.backbone(self._input(pixels)))
            rows.append((model.norm(whole)[:, None], model.quarter_norm(quarters.flatten(0, 1)).view_as(quarters),
                         self.targets.of(pictures, frames, mirrored)))
            if len(rows) * len(pictures) >= works:
                break
        whole, quarters, target = (torch.cat(r) for r in zip(*rows))
        for head, x, y in ((model.teach, whole, target[:, :1]), (model.quarter_teach, quarters, target[:, 1:])):
            x, y, size = x.flatten(0, 1), y.flatten(0, 1), head.weight.norm()
            mx, my = x.mean(0), y.mean(0)
            c = (x - mx).T @ (x - mx) / len(x)
            weight = torch.linalg.solve(c + ridge * torch.eye(len(c), device=c.device), (x - mx).T @ (y - my) / len(x)).T
            factor = size / weight.norm()
            head.weight.copy_(weight * factor)
            head.bias.copy_((my - weight @ mx) * factor)
        self.ema.load_state_dict(model.state_dict())

    def _epoch(self):
        a, model = self.a, self.model.train()
        self.batches.size = a.small if self.progress(0, 1) < a.small_until else a.size
        steps, sums, started, seen = self.batches.steps(), {}, time.time(), 0
        for step, (pictures, _, _, pixels, target) in enumerate(self.batches.epoch(self.epoch)):
            progress = self.progress(step, steps)
            if (a.steps and step >= a.steps) or (a.minutes and progress >= 1):
                break
            for o, base in zip(self.optimisers, self.base):
                for g, lr in zip(o.param_groups, base):
                    g["lr"] = lr * rate(progress)
            x = self._input(pixels)
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.half):
                out = model(x)
            loss, terms = self.objective(model, out, target, torch.from_numpy(pictures).to(self.device))
            if not math.isfinite(loss.item()):
                raise SystemExit("the loss is no longer a number: lower the learning rates")
            loss.backward()
            for o in self.optimisers:
                o.step()
            model.zero_grad(set_to_none=True)
            self.step_count += 1
            self._average(min(a.ema, (1 + self.step_count) / (10 + self.step_count)))
            seen += len(pictures)
            for k, v in terms.items():
                sums[k] = sums.get(k, 0) + v
            if step % 20 == 19:
                print(f"  {self.epoch + 1}.{step + 1}/{steps}  {seen / (time.time() - started):.0f}/s  " +
                      "  ".join(f"{k} {v / (step + 1):.3f}" for k, v in sums.items()), flush=True)
        done = max(seen // a.batch, 1)
        self.log(epoch=self.epoch + 1, minutes=(self.elapsed + time.time() - self.since) / 60, progress=self.progress(steps, steps),
                 images_per_second=seen / (time.time() - started), **{k: v / done for k, v in sums.items()})

    @torch.no_grad()
    def _average(self, decay):
        for e, p in zip(self.ema.state_dict().values(), self.model.state_dict().values()):
            if e.dtype.is_floating_point:
                e.lerp_(p.detach(), 1 - decay)
            else:
                e.copy_(p)


if __name__ == "__main__":
    Training(arguments()).train()
