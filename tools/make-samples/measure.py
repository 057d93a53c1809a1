#!/usr/bin/env python3
"""How well do colour, texture and lines tell the families of the samples apart?

    python measure.py [folder]      default: ../../samples

Leave-one-out nearest neighbour (Euclidean) of the family label, for a few textbook descriptors
computed on the pictures as a viewer shows them (turned upright, in sRGB, 256 pixels on the long
side). Needs opencv-python-headless, scikit-image and pyvips besides requirements.txt.
"""

import csv
import sys
from pathlib import Path

import cv2
import numpy as np
import pyvips
from skimage.feature import hog, local_binary_pattern

HERE = Path(__file__).resolve().parent


def shown(path: Path) -> np.ndarray:
    """The picture as a colour-managed viewer shows it, on white, 256 on the long side (RGB, 8 bits)."""
    image = pyvips.Image.thumbnail(str(path), 256, height=256, export_profile="srgb")
    if image.hasalpha():
        image = image.flatten(background=[255, 255, 255])
    return (image if image.bands == 3 else image.colourspace("srgb")).cast("uchar").numpy()


def colour(rgb: np.ndarray) -> np.ndarray:
    """HSV histogram, 8 × 8 × 8, Hellinger-mapped."""
    hist = cv2.calcHist([cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)], [0, 1, 2], None, [8, 8, 8], [0, 180, 0, 256, 0, 256])
    return np.sqrt(hist.ravel() / hist.sum())


def texture(rgb: np.ndarray) -> np.ndarray:
    """Uniform LBP at two scales, Hellinger-mapped."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    parts = [np.bincount(local_binary_pattern(grey, n, r, "uniform").astype(int).ravel(), minlength=n + 2) for n, r in ((8, 1), (16, 2))]
    return np.concatenate([np.sqrt(p / p.sum()) for p in parts]) / np.sqrt(2)


def lines(rgb: np.ndarray) -> np.ndarray:
    """HOG of a 128 × 128 version, 32-pixel cells."""
    grey = cv2.resize(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (128, 128), interpolation=cv2.INTER_AREA)
    v = hog(grey, 9, (32, 32), (1, 1))
    return v / max(np.linalg.norm(v), 1e-9)


def even(features: np.ndarray) -> np.ndarray:
    """Scaled so that two pictures are 1 apart in the root mean square: blocks then weigh the same."""
    return features / np.sqrt(2 * features.var(0).sum())


def leave_one_out(features: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Accuracy of the nearest other picture's label, and which were right."""
    d = ((features[:, None] - features[None]) ** 2).sum(-1)
    np.fill_diagonal(d, np.inf)
    right = labels[d.argmin(1)] == labels
    return float(right.mean()), right


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "samples"
    with open(root / "catalog.csv", newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    labels = np.array([r["style"] for r in rows])
    pictures = [shown(root / r["file"]) for r in rows]
    blocks = {name: np.array([f(p) for p in pictures]) for name, f in (("HSV 8×8×8", colour), ("LBP", texture), ("HOG", lines))}
    blocks = {name: even(v) for name, v in blocks.items()}
    blocks["LBP + HOG"] = np.hstack([blocks["LBP"], blocks["HOG"]])
    blocks["all three"] = np.hstack([blocks["HSV 8×8×8"], blocks["LBP + HOG"]])
    families = list(dict.fromkeys(labels))
    print(f"{len(rows)} works, {len(families)} families (chance {1 / len(families):.1%})\n")
    print("| family | " + " | ".join(blocks) + " |\n| --- |" + " ---: |" * len(blocks))
    results = {name: leave_one_out(v, labels) for name, v in blocks.items()}
    for family in families:
        print(f"| {family} | " + " | ".join(f"{r[labels == family].mean():.0%}" for _, r in results.values()) + " |")
    print("| **all** | " + " | ".join(f"**{a:.1%}**" for a, _ in results.values()) + " |")


if __name__ == "__main__":
    main()
