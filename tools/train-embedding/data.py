"""Reading a labelled folder of artworks, and the views of them that the network is trained on.

A collection is a folder with `artworks.csv` (columns `id`, `file`; optional `artist`, `style`, `genre`, `geometry`,
`split`) and the pictures it names. Every picture is read once, brought to a square of 224 pixels (this is what the
signature sees, whatever the picture's shape) and kept as bytes in one memory-mapped file.

A *view* is a geometric crop of a square: a window of random place, size and shape, brought to `size` x `size`. Windows are
functions of (seed, picture, number), and every pass over the pictures has its own number.
"""
import csv
import hashlib
import os
import pathlib
import queue
import threading

import cv2
import numpy as np

SIDE = 224            # side of the squares kept, pixels
FOLDS = 10            # of artists, for choices
MEAN, SCALE = 127.5, 1 / 63.75   # network input = (RGB - MEAN) * SCALE: -2 ... 2


class Collection:
    """Rows of the CSV, their squares (n x 224 x 224 x 3, uint8, RGB) and their labels as integers (-1: not given)."""

    def __init__(self, folder, cache, rows=None):
        self.folder = pathlib.Path(folder)
        with open(self.folder / "artworks.csv", newline="") as f:
            self.rows = list(csv.DictReader(f))
        if rows is not None:
            self.rows = self.rows[:rows]
        self.ids = [r["id"] for r in self.rows]
        self.squares = _squares(self.folder, self.rows, pathlib.Path(cache))
        self.artist_names, self.artist = _labels(self.rows, "artist")
        self.style_names, self.style = _labels(self.rows, "style")
        self.genre_names, self.genre = _labels(self.rows, "genre")
        self.source_names, self.source = _labels(self.rows, "geometry", empty="one source")

    def __len__(self):
        return len(self.rows)

    def folds(self, count, seed=7):
        """(n,) fold of each work; all works of one artist are in the same fold, works without one in none (-1)."""
        order = np.random.default_rng(seed).permutation(len(self.artist_names)) % count
        return np.where(self.artist >= 0, order[self.artist], -1)

    def allowed(self, label, names):
        """(sources, classes) bool: which classes have works from which source."""
        table = np.zeros((len(self.source_names), len(names)), bool)
        known = label >= 0
        table[self.source[known], label[known]] = True
        return table


def _labels(rows, column, empty=None):
    values = [(r.get(column) or "").strip() or (empty or "") for r in rows]
    names = sorted({v for v in values if v})
    index = {v: i for i, v in enumerate(names)}
    return names, np.array([index.get(v, -1) for v in values], np.int64)


def _squares(folder, rows, cache):
    cache.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256(("\n".join(f"{folder.resolve()}/{r['file']}" for r in rows)).encode()).hexdigest()[:16]
    path = cache / f"squares-{key}.npy"
    if not path.exists():
        part = path.with_suffix(".part")
        out = np.lib.format.open_memmap(part, "w+", np.uint8, (len(rows), SIDE, SIDE, 3))
        for i, r in enumerate(rows):
            image = cv2.imread(str(folder / r["file"]), cv2.IMREAD_COLOR)
            if image is None:
                raise SystemExit(f"cannot be read: {folder / r['file']}")
            if image.shape[:2] != (SIDE, SIDE):
                how = cv2.INTER_AREA if min(image.shape[:2]) >= SIDE else cv2.INTER_LINEAR
                image = cv2.resize(image, (SIDE, SIDE), interpolation=how)
            out[i] = image[..., ::-1]
        out.flush()
        os.replace(part, path)
    return np.load(path, mmap_mode="r")


def window(seed, picture, number, size=128):
    """(x, y, w, h) in pixels of the square, aspect 0.8..1.25, for a view of `size` pixels a side.

    The sides are such that the view shows the square at 0.6 to 1.25 of the scale at which it is described whole: a brush
    stroke has about the size in pixels that it will have there. 45..95 % of the square for 128 pixels, 70..100 % for 192.
    """
    rng = np.random.default_rng((seed, picture, number))
    side = rng.uniform(min(size / SIDE / 1.25, 0.8), min(size / SIDE / 0.6, 1))
    aspect = np.exp(rng.uniform(-0.22, 0.22))
    w, h = min(side * aspect, 1) * SIDE, min(side / aspect, 1) * SIDE
    return rng.uniform(0, SIDE - w), rng.uniform(0, SIDE - h), w, h


def render(square, frame, size):
    """The window `frame` of a square as size x size x 3, uint8; shrunk with a low-pass, enlarged bilinearly."""
    x, y, w, h = frame
    if w > size * 1.05 or h > size * 1.05:
        x0, y0, x1, y1 = round(x), round(y), round(x + w), round(y + h)
        return cv2.resize(square[y0:y1, x0:x1], (size, size), interpolation=cv2.INTER_AREA)
    m = np.array([[w / size, 0, x + w / size / 2 - 0.5], [0, h / size, y + h / size / 2 - 0.5]], np.float32)
    return cv2.warpAffine(square, m, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REFLECT_101)


def disturb(image, rng):
    """What differs between reproductions of one work: light and colour cast a little, sharpness, JPEG's quality.

    Mild where colour is concerned: colour is style.
    """
    if rng.random() < 0.8:
        table = np.arange(256, dtype=np.float32)[:, None] / 255
        table = table ** np.exp(rng.uniform(-0.15, 0.15)) * rng.uniform(0.9, 1.1) + rng.uniform(-0.03, 0.03)
        table = table * rng.uniform(0.96, 1.04, (1, 3))
        image = cv2.LUT(image, np.clip(table * 255 + 0.5, 0, 255).astype(np.uint8)[:, None, :])
    if rng.random() < 0.4:
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        a = rng.uniform(0.8, 1.2)
        image = cv2.addWeighted(image, a, grey, 1 - a, 0)
    if rng.random() < 0.25:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.9))
    if rng.random() < 0.6:
        ok, code = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(45, 96))])
        image = cv2.imdecode(code, cv2.IMREAD_COLOR)
    return image


class Batches:
    """Shuffled passes over `members`, each picture in a new window, disturbed and perhaps mirrored.

    Yields (pictures, frames, mirrored, pixels, lesson): int64 (b,), float64 (b, 4), bool (b,), uint8 (b, 3, size, size), and what
    `lesson(pictures, frames, mirrored)` makes beside the training, in the threads that make the crops; None without one.
    The order and all random numbers follow from (seed, epoch), so a resumed training sees what it would have seen.
    """

    def __init__(self, collection, members, size, batch, seed, threads=1, ahead=6):
        self.collection, self.members = collection, np.asarray(members)
        self.size, self.batch, self.seed, self.threads, self.ahead = size, batch, seed, threads, ahead
        self.lesson = None

    def steps(self):
        return len(self.members) // self.batch

    def epoch(self, number):
        rng = np.random.default_rng((self.seed, 1, number))
        order = self.members[rng.permutation(len(self.members))]
        jobs = [(s, order[s * self.batch:(s + 1) * self.batch]) for s in range(self.steps())]
        done = {}
        lock = threading.Condition()
        room = threading.Semaphore(self.ahead)
        todo = queue.SimpleQueue()
        for j in jobs:
            todo.put(j)

        def work():
            while True:
                room.acquire()
                try:
                    step, pictures = todo.get_nowait()
                except queue.Empty:
                    return
                item = self._make(number, step, pictures)
                with lock:
                    done[step] = item
                    lock.notify_all()

        for _ in range(self.threads):
            threading.Thread(target=work, daemon=True).start()
        for s in range(len(jobs)):
            with lock:
                while s not in done:
                    lock.wait()
                item = done.pop(s)
            room.release()
            yield item
        for _ in range(self.threads):
            room.release()

    def _make(self, epoch, step, pictures):
        rng = np.random.default_rng((self.seed, 3, epoch, step))
        mirrored = rng.random(len(pictures)) < 0.5
        pixels = np.empty((len(pictures), self.size, self.size, 3), np.uint8)
        frames = np.array([window(self.seed, int(p), epoch + 1, self.size) for p in pictures])
        for k, p in enumerate(pictures):
            image = disturb(render(self.collection.squares[p], frames[k], self.size), rng)
            pixels[k] = image[:, ::-1] if mirrored[k] else image
        lesson = self.lesson and self.lesson(pictures, frames, mirrored)
        return pictures, frames, mirrored, pixels.transpose(0, 3, 1, 2), lesson
