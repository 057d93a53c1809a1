"""Point sets and the cells around them."""

import numpy as np
from scipy.spatial import cKDTree

from fields import grid


def poisson_disc(rng, width, height, radius, density=3.0) -> np.ndarray:
    """Points no nearer than `radius` to one another, in random order (n × 2, x then y).

    Thins a random scatter: in rounds, every point that comes first among its neighbours stays and
    its neighbours go. Not maximal, but blue enough for dots of paint.
    """
    n = int(density * width * height / radius**2)
    points = rng.random((n, 2)) * (width, height)
    pairs = cKDTree(points).query_pairs(radius, output_type="ndarray")
    kept, open_ = np.zeros(n, bool), np.ones(n, bool)
    while open_.any():
        pairs = pairs[open_[pairs].all(1)]
        beaten = np.zeros(n, bool)
        beaten[pairs.max(1)] = True
        first = open_ & ~beaten
        kept |= first
        open_ &= ~first
        gone = pairs[first[pairs].any(1)].ravel()
        open_[gone] = False
    return points[kept]


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
