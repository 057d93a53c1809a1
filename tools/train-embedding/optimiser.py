"""Muon for the convolutions and the linear maps inside, AdamW for everything else.

Muon (Jordan et al. 2024, kellerjordan.github.io/posts/muon): each weight's momentum, as a matrix (outputs x inputs), is
brought near to the closest orthogonal matrix by five Newton-Schulz steps. It needs markedly fewer steps than Adam on small
convolutional networks, which is what counts where the pictures a second are few.
"""
import torch


def orthogonal(g, steps=5, half=False):
    """(r, c) -> about U V^T of its singular value decomposition; in bf16 where the device is quick at that."""
    x = g.to(torch.bfloat16 if half else torch.float32)
    flip = x.shape[0] > x.shape[1]
    if flip:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return (x.T if flip else x).to(g.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr=0.02, momentum=0.95, weight_decay=0.02, half=False):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))
        self.half = half

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["momentum"] = torch.zeros_like(p)
                m = state["momentum"].mul_(group["momentum"]).add_(p.grad)
                u = p.grad.add(m, alpha=group["momentum"]).flatten(1)
                u = orthogonal(u, half=self.half) * max(1, u.shape[0] / u.shape[1]) ** 0.5
                p.mul_(1 - group["lr"] * group["weight_decay"]).add_(u.view(p.shape), alpha=-group["lr"])


def optimisers(model, lr_matrix, lr_rest, half=False):
    """[Muon over convolutions and the heads' matrices, AdamW over the rest]."""
    matrices = [p for n, p in model.named_parameters() if n.startswith("backbone") and p.ndim == 4]
    chosen = {id(p) for p in matrices}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    flat, deep = [p for p in rest if p.ndim < 2], [p for p in rest if p.ndim >= 2]
    return [Muon(matrices, lr=lr_matrix, half=half),
            torch.optim.AdamW([{"params": deep, "weight_decay": 0.05}, {"params": flat, "weight_decay": 0.0}],
                              lr=lr_rest, betas=(0.9, 0.98))]
