"""From the network's statistics to the embedding: one linear map, fitted on training art after training.

embedding = L2((statistics - mean) @ matrix). The map is composed of the trained heads and of two whitenings of partial
power: of the principal axes (frequent variation counts less), and of what differs among one artist's works (WCCN: Hatch,
Kajarekar & Stolcke 2006). All covariances are pooled within the source of the reproduction, the latter within artist and
source, so that what tells the sources apart gets no say.
"""
import numpy as np

# Chosen on held-out artists, see docs/embedding.md.
CHOICE = dict(teach=1.0, own=1.0, raw=0.7, total=0.0, within=0.25, shrink=0.1, dimension=256)


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def pooled(x, group):
    """x minus the mean of its group, and the number of groups."""
    names, inverse = np.unique(group, return_inverse=True)
    means = np.zeros((len(names), x.shape[1]))
    np.add.at(means, inverse, x)
    means /= np.bincount(inverse)[:, None]
    return x - means[inverse], len(names)


def fit(z, heads, source, artist, choice=CHOICE):
    """z (n, p) statistics of training art; heads {"teach": (p, d), "own": (p, d)}; source, artist (n,) integers
    -> (mean (p,), matrix (p, dimension))."""
    c = {**CHOICE, **choice}
    z = z.astype(np.float64)
    mean = z.mean(0)
    inner, _ = pooled(z, source)
    columns = []
    for name, head in {**heads, "raw": np.eye(z.shape[1])}.items():
        if c[name] > 0:
            head = head.astype(np.float64)
            columns.append(c[name] * head / np.sqrt(((inner @ head) ** 2).sum(1).mean()))
    a = np.concatenate(columns, 1)
    y = inner @ a
    e, v = np.linalg.eigh(y.T @ y / len(y))
    rank = min(c["dimension"] * 3 // 2, int((e > 1e-5 * e[-1]).sum()))
    e, v = e[::-1][:rank], v[:, ::-1][:, :rank]
    a = a @ (v * e ** -c["total"])
    if c["within"] > 0:
        y, groups = pooled(z @ a, artist.astype(np.int64) * (source.max() + 1) + source)
        w = y.T @ y / max(len(y) - groups, 1)
        w = (1 - c["shrink"]) * w + c["shrink"] * np.trace(w) / rank * np.eye(rank)
        e, u = np.linalg.eigh(w)
        a = a @ (u * e ** -c["within"]) @ u.T
    y = inner @ a
    e, u = np.linalg.eigh(y.T @ y)
    a = a @ u[:, ::-1][:, :c["dimension"]]
    # Any factor cancels in the norm; this one makes the numbers' mean square 1 / dimension.
    a /= np.sqrt(((inner @ a) ** 2).sum(1).mean())
    return mean.astype(np.float32), a.astype(np.float32)


def project(z, fitted):
    mean, matrix = fitted
    return unit((z - mean) @ matrix)
