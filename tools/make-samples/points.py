"""Point sets and the cells around them."""

import numpy as np
from scipy.spatial import cKDTree

from fields import grid


def poisson_disc(rng, width, height, radius, tries=4) -> np.ndarray:
    """Points no nearer than about `radius`, in random order (n × 2, x then y).

    Dart throwing on a grid with one point a cell: not maximal, but blue enough for paint dots,
    and quick.
    """
    cell = radius / np.sqrt(2)
    nx, ny = int(width / cell) + 1, int(height / cell) + 1
    slot = np.full((ny + 4, nx + 4, 2), -1e6)
    kept = []
    for _ in range(tries):
        for k in rng.permutation(nx * ny):
            j, i = divmod(int(k), nx)
            if slot[j + 2, i + 2, 0] > -1e5:
                continue
            p = (np.array([i, j]) + rng.random(2)) * cell
            near = slot[j : j + 5, i : i + 5] - p
            if (near * near).sum(-1).min() >= radius * radius and p[0] < width and p[1] < height:
                slot[j + 2, i + 2] = p
                kept.append(p)
    return np.array(kept)[rng.permutation(len(kept))]


def jittered_grid(rng, width, height, pitch, jitter=0.45) -> np.ndarray:
    """One point in each cell of a brick-laid grid, in random order; reaches past the border."""
    xs, ys = np.arange(-pitch, width + pitch, pitch), np.arange(-pitch, height + pitch, pitch)
    x, y = np.meshgrid(xs, ys)
    x = x + (np.arange(len(ys)) % 2)[:, None] * pitch / 2
    p = np.stack([x, y], -1).reshape(-1, 2) + rng.uniform(-jitter, jitter, (x.size, 2)) * pitch
    return p[rng.permutation(len(p))]


def nearest_cell(points: np.ndarray, width: int, height: int) -> np.ndarray:
    """Voronoi diagram as labels: the index of the nearest point, height × width."""
    x, y = grid(width, height)
    return cKDTree(points).query(np.stack([x.ravel(), y.ravel()], -1))[1].reshape(height, width)


def borders(labels: np.ndarray) -> np.ndarray:
    """True where a pixel's right or lower neighbour has another label."""
    edge = np.zeros(labels.shape, bool)
    edge[:, :-1] |= labels[:, :-1] != labels[:, 1:]
    edge[:-1] |= labels[:-1] != labels[1:]
    return edge
