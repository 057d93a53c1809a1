"""What a family hands back: pixels, and words that are true of them."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Picture:
    """One work.

    `pixels`: height × width × 3 float32, sRGB-encoded, 0…1. `subject`: what is shown, with an
    article ("a harbour at sunset"). `manner`: how it is made, one sentence. `titles`: fitting
    titles, any of them may be used. `alpha`: coverage where the work has no ground.
    """

    pixels: np.ndarray
    subject: str
    manner: str
    titles: list[str]
    genre: str
    tags: list[str] = field(default_factory=list)
    mood: str = ""
    alpha: np.ndarray | None = None
