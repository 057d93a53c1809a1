"""The network: plain convolutions, batch norm (folded away at export), ReLU, sums; pooled means and deviations; linear.

    input        3 x s x s, RGB, (value - 127.5) / 63.75
    stem         3x3/2 -> c0, 3x3/2 -> c1                                  (1/4 of the side)
    stage 1      bottlenecks at c1
    down 3x3/2   -> c2, bottlenecks (1/8)
    down 3x3/2   -> c3, bottlenecks (1/16)
    statistics   mean and deviation over all positions of the outputs of the taps
    embedding    linear of the statistics

A bottleneck is x + 1x1(3x3(1x1(x))), each convolution with batch norm, ReLU after the first two and after the sum.
Style lives in the second-order statistics of early layers, content in late ones: hence taps at several depths.
"""
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    stem: int = 16
    widths: tuple = (48, 96, 256)
    inner: tuple = (24, 48, 112)
    blocks: tuple = (1, 2, 4)

    def plain(self):
        return asdict(self)


class Unit(nn.Module):
    """Convolution (square, padded to keep the side), batch norm, ReLU if `active`."""

    def __init__(self, inp, out, kernel=3, stride=1, active=True, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(inp, out, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(out, eps=1e-4, momentum=0.05)
        self.active = active
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")

    def forward(self, x):
        x = self.norm(self.conv(x))
        return F.relu_(x) if self.active else x


class Bottleneck(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.reduce, self.mix = Unit(width, inner, 1), Unit(inner, inner, 3)
        self.expand = Unit(inner, width, 1, active=False)
        nn.init.constant_(self.expand.norm.weight, 0.3)

    def forward(self, x):
        return F.relu_(self.expand(self.mix(self.reduce(x))) + x)


class Backbone(nn.Module):
    """(b, 3, s, s) -> list of the tapped maps: each stage's output, the last one also before its last block."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.stem = Unit(3, shape.stem, 3, 2)
        inp, downs, stages = shape.stem, [], []
        for width, inner, count in zip(shape.widths, shape.inner, shape.blocks):
            downs.append(Unit(inp, width, 3, 2))
            stages.append(nn.ModuleList(Bottleneck(width, inner) for _ in range(count)))
            inp = width
        self.downs, self.stages = nn.ModuleList(downs), nn.ModuleList(stages)
        self.taps = list(shape.widths) + [shape.widths[-1]]

    def forward(self, x):
        taps, x = [], self.stem(x)
        for k, (down, blocks) in enumerate(zip(self.downs, self.stages)):
            x = down(x)
            for i, block in enumerate(blocks):
                if k == len(self.stages) - 1 and i == len(blocks) - 1:
                    taps.append(x)
                x = block(x)
            taps.append(x)
        return taps


EPS = 1e-4


class QuarterMoments(torch.autograd.Function):
    """(b, c, h, w), even sides -> means of x and of x^2 over the four quarters, each (b, c, 2, 2).

    As one function because automatic differentiation would walk over the maps three times as often.
    """

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        n = (x.shape[2] // 2, x.shape[3] // 2)
        return F.avg_pool2d(x, n), F.avg_pool2d(x * x, n)

    @staticmethod
    def backward(ctx, first, second):
        x, = ctx.saved_tensors
        n = (x.shape[2] // 2, x.shape[3] // 2)
        wide = lambda g: F.interpolate(g.to(x.dtype) / (n[0] * n[1]), scale_factor=n).contiguous(
            memory_format=torch.channels_last)
        return torch.addcmul(wide(first), wide(second), x, value=2)


def _deviation(mean, square):
    return ((square - mean * mean).clamp_min(0) + EPS).sqrt()


def statistics(x):
    """(b, c, h, w) -> (b, 2c): means, then deviations sqrt(variance + 1e-4), over the positions."""
    x = x.float()
    mean = x.mean((2, 3))
    return torch.cat([mean, _deviation(mean, (x * x).mean((2, 3)))], 1)


def pooled(taps):
    """The statistics of all maps: (b, 2 x channels)."""
    return torch.cat([statistics(t) for t in taps], 1)


def pooled_with_quarters(taps):
    """The statistics of all maps, (b, n), and of their quarters, (b, 4, n): upper left, upper right, lower left, lower right."""
    whole, quarters = [], []
    for t in taps:
        first, second = QuarterMoments.apply(t.float())
        mean = first.mean((2, 3))
        whole += [mean, _deviation(mean, second.mean((2, 3)))]
        quarters += [first.flatten(2), _deviation(first, second).flatten(2)]
    return torch.cat(whole, 1), torch.cat(quarters, 1).transpose(1, 2)


class Student(nn.Module):
    """The backbone and, for training only, what is hung on its statistics. `lesson`: how many numbers the teacher answers with."""

    def __init__(self, shape, artists, styles, genres, dimension=256, lesson=256):
        super().__init__()
        self.backbone = Backbone(shape)
        n = 2 * sum(self.backbone.taps)
        self.norm = nn.BatchNorm1d(n, affine=False, eps=1e-5, momentum=0.05)
        self.quarter_norm = nn.BatchNorm1d(n, affine=False, eps=1e-5, momentum=0.05)
        self.teach, self.quarter_teach = nn.Linear(n, lesson), nn.Linear(n, lesson)
        self.own = nn.Linear(n, dimension, bias=False)
        self.own_norm = nn.BatchNorm1d(dimension, affine=False)
        self.artist = nn.Parameter(torch.randn(artists, dimension) * 0.1)
        self.style, self.genre = nn.Linear(dimension, max(styles, 1)), nn.Linear(dimension, max(genres, 1))

    def forward(self, x):
        """x: network input, sides multiples of 32. -> dictionary: teach (b, l), quarters (b, 4, l), own (b, d)."""
        whole, quarters = pooled_with_quarters(self.backbone(x))
        z = self.norm(whole)
        q = self.quarter_teach(self.quarter_norm(quarters.flatten(0, 1)))
        return {"teach": self.teach(z), "own": self.own_norm(self.own(z)), "quarters": q.view(len(x), 4, -1)}

    def describe(self, x):
        """-> (b, n) standardised statistics, any size of picture; what the embedding is a linear function of."""
        return self.norm(pooled(self.backbone(x)))


def multiplications(shape, side=224):
    """Multiply-adds of the backbone for one picture."""
    total = 0

    def count(module, inputs, output):
        nonlocal total
        w = module.weight
        total += w.numel() * output.shape[2] * output.shape[3]

    net = Backbone(shape).eval()
    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        net(torch.zeros(1, 3, side, side))
    for h in hooks:
        h.remove()
    return total
