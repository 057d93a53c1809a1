#!/usr/bin/env python3
"""Checks the tools on tiny random pictures, with a made-up teacher. Takes seconds on a CPU.

usage: selftest.py

Needs what requirements.txt lists. Ends with a non-zero status and says what is wrong if a check fails.
"""
import json
import math
import pathlib
import tempfile
import unittest

import cv2
import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file

import evaluate
import export
import train
from data import MEAN, SCALE, SIDE, Batches, Collection, window
from folded import Folded, tensors, unfold
from losses import margin_softmax, masked_softmax
from model import QuarterMoments, Shape, Student, multiplications, pooled, pooled_with_quarters, statistics
from optimiser import orthogonal
from projection import fit, project
from teacher import answers, pool

TINY = {"stem": 4, "widths": [8, 12, 16], "inner": [4, 6, 8], "blocks": [1, 1, 2]}
FIRES = {2: (16, 64), 3: (16, 64), 4: (32, 128), 5: (32, 128), 6: (48, 192), 7: (48, 192), 8: (64, 256), 9: (64, 256)}


def made_up_collection(folder, rng, works=24, artists=6):
    """Noise of each artist's own coarseness and colour, from two sources; -> folder"""
    (folder / "images").mkdir(parents=True)
    lines = ["id,file,artist,style,genre,geometry"]
    for i in range(works):
        k = i % artists
        n = 8 * (k + 1)
        noise = rng.integers(0, 256, (n, n, 3)).astype(np.uint8) // 2 + np.uint8(20 * k)
        side = (200, 240) if i % 2 else (SIDE, SIDE)
        cv2.imwrite(str(folder / "images" / f"w{i}.jpg"), cv2.resize(noise, side, interpolation=cv2.INTER_NEAREST))
        lines.append(f"w{i},images/w{i}.jpg,artist {k},style {k % 2},{'portrait' if i % 3 else ''},source {i // artists % 2}")
    (folder / "artworks.csv").write_text("\n".join(lines) + "\n")
    return folder


def made_up_teacher(folder, rng):
    """A SqueezeNet of random numbers in the teacher's files; -> folder"""
    folder.mkdir()
    listed, blobs, offset, inp = [], [], 0, 96
    plan = [("conv1", 96, 3, 7, 2, 0)]
    for i, (squeeze, wide) in FIRES.items():
        plan += [(f"fire{i}/conv1x1_1", squeeze, inp, 1, 1, 0), (f"fire{i}/conv1x1_2", wide, squeeze, 1, 1, 0),
                 (f"fire{i}/conv3x3_2", wide, squeeze, 3, 1, 1)]
        inp = 2 * wide
    for name, out, inp, k, stride, pad in plan:
        w = rng.normal(0, math.sqrt(2 / (inp * k * k)), out * inp * k * k)
        listed.append(dict(name=name, out=out, inp=inp, k=k, stride=stride, pad=pad, w_offset=offset, w_count=w.size,
                           b_offset=offset + w.size, b_count=out))
        offset += w.size + out
        blobs += [w, np.zeros(out)]
    (folder / "squeezenet_v1.0_manifest.json").write_text(json.dumps({"layers": listed}))
    np.concatenate(blobs).astype("<f4").tofile(folder / "squeezenet_v1.0_f32le.bin")
    return folder


def close(a, b, tolerance):
    return float(np.abs(np.asarray(a) - np.asarray(b)).max()) <= tolerance


class Pieces(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(3)
        torch.set_num_threads(1)

    def test_statistics_of_two_values(self):
        x = torch.tensor([[[[1.0, 3.0], [3.0, 1.0]]]])
        self.assertTrue(close(statistics(x)[0], [2, math.sqrt(1 + 1e-4)], 1e-6))

    def test_quarters_make_up_the_whole_and_have_the_right_gradient(self):
        x = torch.randn(2, 3, 8, 12, dtype=torch.float64, requires_grad=True)
        self.assertTrue(torch.autograd.gradcheck(QuarterMoments.apply, (x,)))
        whole, quarters = pooled_with_quarters([x.float()])
        self.assertTrue(close(whole.detach(), statistics(x).detach(), 1e-5))
        self.assertTrue(close(quarters[:, 1].detach(), statistics(x[:, :, :4, 6:]).detach(), 1e-5))

    def test_pooling_of_windows_by_hand(self):
        # A map that is each cell's column + 100 x row; the columns' centres are at 17, 33, 49 ... pixels.
        rows, columns = torch.meshgrid(torch.arange(13.0), torch.arange(13.0), indexing="ij")
        grid = (columns + 100 * rows).view(1, -1, 1).expand(3, -1, 1)
        got = pool(grid, [(0, 0, 224, 224), (25, 9, 32, 64), (17, 89, 32, 32)])[:, :, 0]
        # The whole is the plain mean. Of 25..57: columns 1 and 2; of 9..73: rows 0 to 3. Of 17..49: 8 px of column 0, 16 of
        # column 1, 8 of column 2, so its halves are at 0.5 and 1.5; of 89..121: rows 5 and 6.
        self.assertTrue(close(got[0, 0], 606, 1e-3))
        self.assertTrue(close(got[1], [151.5, 51, 52, 251, 252], 1e-3))
        self.assertTrue(close(got[2], [551, 500.5, 501.5, 600.5, 601.5], 1e-3))
        # Columns 0, 1, 2 with the shares 1/4, 1/2, 1/4: variance 1/2; rows 5 and 6: 100^2 / 4.
        got = answers(grid[:1], [(17, 89, 32, 32)])[0, 0]
        self.assertTrue(close(got ** 2, [551, math.sqrt(2500.5)], 1e-2))

    def test_orthogonal(self):
        s = torch.linalg.svdvals(orthogonal(torch.randn(12, 40)))
        self.assertGreater(s.min(), 0.5)
        self.assertLess(s.max(), 1.5)

    def test_a_source_without_the_artist_costs_nothing(self):
        f, centres = torch.randn(4, 8), torch.randn(3, 8)
        allowed = torch.tensor([[True, False, False]]).expand(4, 3)
        self.assertLess(margin_softmax(f, centres, torch.zeros(4, dtype=torch.long), allowed), 1e-5)
        self.assertLess(masked_softmax(f[:, :3], torch.zeros(4, dtype=torch.long), allowed), 1e-5)
        self.assertEqual(masked_softmax(f[:, :3], torch.full((4,), -1), allowed), 0)

    def test_multiplications_by_hand(self):
        # stem 3>2 at 16x16, then per stage: down, 1x1, 3x3, 1x1.
        shape = Shape(2, (2, 2, 2), (1, 1, 1), (1, 1, 1))
        at = lambda side: (36 + 2 + 9 + 2) * side * side
        self.assertEqual(multiplications(shape, 32), 54 * 256 + at(8) + at(4) + at(2))

    def test_projection_hides_the_source(self):
        rng = np.random.default_rng(5)
        artist, source = np.arange(400) % 20, np.arange(400) // 20 % 2
        z = rng.normal(size=(20, 12))[artist] + 0.3 * rng.normal(size=(400, 12))
        z[:, 0] = 50 * source + 0.01 * rng.normal(size=400)
        fitted = fit(z, {}, source, artist, dict(raw=1, dimension=8))
        self.assertEqual(project(z, fitted).shape, (400, 8))
        p1, _, n = evaluate.metrics(project(z[:, :] * [0] + z * ([0] + [1] * 11), fitted), artist, np.arange(400))
        self.assertEqual(n, 400)
        self.assertGreater(p1, 95)

    def test_metrics_by_hand(self):
        x = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.6, 0.4]], float)
        x /= np.linalg.norm(x, axis=1, keepdims=True)
        # Works 0, 1 and 2 are one artist's; 3 has no partner. Ranks of the partners: 1 3; 1 3; 2 3.
        p1, m10, n = evaluate.metrics(x, np.array([0, 0, 0, 1]), np.arange(4))
        self.assertEqual(n, 3)
        self.assertAlmostEqual(p1, 100 * 2 / 3)
        self.assertAlmostEqual(m10, 100 / 3 * (2 * (1 + 2 / 3) / 2 + (1 / 2 + 2 / 3) / 2), places=4)


class WholeRun(unittest.TestCase):
    def test_train_resume_export(self):
        with tempfile.TemporaryDirectory() as folder:
            folder, rng = pathlib.Path(folder), np.random.default_rng(1)
            art, teacher = made_up_collection(folder / "art", rng), made_up_teacher(folder / "teacher", rng)

            def run(name, epochs, stop_after=None, more=()):
                t = train.Training(train.arguments([str(art), str(folder / name), "--teacher", str(teacher), "--epochs", str(epochs),
                                                    "--batch", "8", "--size", "64", "--small", "32",
                                                    "--device", "cpu", "--threads", "1", "--shape", json.dumps(TINY), *more]))
                if stop_after:
                    save = t.save
                    def save_and_stop():
                        save()
                        if t.epoch == stop_after:
                            raise KeyboardInterrupt
                    t.save = save_and_stop
                try:
                    t.train()
                except KeyboardInterrupt:
                    pass
                return t

            whole = run("whole", 4)
            run("cut", 4, stop_after=2)
            cut = run("cut", 4)
            self.assertEqual(cut.step_count, whole.step_count)
            for (name, a), b in zip(whole.ema.state_dict().items(), cut.ema.state_dict().values()):
                self.assertTrue(torch.equal(a, b), f"{name} differs after a stop and a resumption")
            logged = [json.loads(l) for l in open(folder / "whole" / "log.jsonl")]
            self.assertLess(logged[-1]["whole"], logged[0]["whole"])
            run("more", 1, more=("--start", str(folder / "whole" / "last.pt")))
            self.assertLess(json.loads(open(folder / "more" / "log.jsonl").readline())["whole"], logged[-1]["whole"])

            export.main([str(folder / "whole"), str(art), str(folder / "out"), "--name", "t", "--threads", "1"])
            halves = load_file(folder / "out" / "t.safetensors")
            self.assertTrue(all(v.dtype == (np.float16 if v.ndim > 1 else np.float32) for v in halves.values()))
            model, checkpoint = evaluate.load(folder / "whole")
            c = Collection(art, folder / "whole" / "cache")
            z = evaluate.describe(model, c, np.arange(len(c)))
            fitted = fit(z, evaluate.heads(model, checkpoint["arguments"]["teacher"]), c.source, c.artist)
            trained = project(z, fitted)
            x = (torch.from_numpy(c.squares.transpose(0, 3, 1, 2).astype(np.float32)) - MEAN) * SCALE
            self.assertTrue(close(Folded(tensors(model, fitted)[0])(x), trained, 1e-4), "folding changes the answer")
            shipped = Folded(halves)(x).numpy()
            # Axes of the projection may come out turned or mirrored from one fit to the next; the similarities may not.
            self.assertTrue(close(shipped @ shipped.T, trained @ trained.T, 0.005), "the shipped network differs from the trained one")
            session = onnxruntime.InferenceSession(str(folder / "out" / "t.onnx"), providers=["CPUExecutionProvider"])
            self.assertTrue(close(session.run(None, {"image": x.numpy()})[0], shipped, 1e-4), "ONNX gives another answer")
            run("anew", 1, more=("--start", str(folder / "out" / "t.safetensors")))
            taken = Student(Shape(**{k: tuple(v) if isinstance(v, list) else v for k, v in TINY.items()}), 6, 2, 1)
            unfold(taken, halves, x[:12])
            with torch.no_grad():
                z = pooled(taken.eval().backbone(x))
            y = F.normalize(F.linear(z, *(torch.from_numpy(halves[f"embedding.{k}"]).float() for k in ("weight", "bias"))))
            self.assertTrue(close(y, shipped, 1e-3), "a network begun with what ships isn't the one that ships")
            gold = load_file(folder / "out" / "golden.safetensors")
            again = Folded(halves)(torch.from_numpy((gold["pixels"][None] - MEAN) * SCALE).float())
            self.assertTrue(close(again[0], gold["embedding"], 1e-6))
            self.assertIn("SHA-256 `", (folder / "out" / "t.md").read_text())

    def test_batches_follow_from_the_seed(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            c = Collection(made_up_collection(folder / "art", np.random.default_rng(2)), folder)
            a, b = (list(Batches(c, np.arange(24), 32, 8, 9, threads=n).epoch(3)) for n in (1, 3))
            self.assertEqual(len(a), 3)
            self.assertTrue(all((p[0] == q[0]).all() and (p[3] == q[3]).all() for p, q in zip(a, b)))
            self.assertEqual(sorted(np.concatenate([p[0] for p in a])), list(range(24)))
            for n in range(100):
                x, y, w, h = window(9, 4, n, (96, 128, 192, 224)[n % 4])
                self.assertTrue(0 <= x and 0 <= y and x + w <= SIDE + 1e-9 and y + h <= SIDE + 1e-9)


if __name__ == "__main__":
    unittest.main()
