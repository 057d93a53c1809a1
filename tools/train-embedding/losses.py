"""What the network is trained for: the teacher's vectors, and the labels there are."""
import torch
import torch.nn.functional as F


def cosine_loss(answer, target):
    """1 - cosine, mean over all vectors; the targets are unit vectors."""
    return 1 - (F.normalize(answer, dim=-1) * target).sum(-1).mean()


def similarity_loss(answer, target):
    """Mean squared difference between the similarities of all pairs in the batch (Tung & Mori 2019,
    doi 10.1109/ICCV.2019.00145, without their row normalisation)."""
    a = F.normalize(answer, dim=1)
    d = a @ a.T - target @ target.T
    return (d * d).mean()


def margin_softmax(features, centres, label, allowed, scale=16.0, margin=0.15):
    """CosFace (Wang et al. 2018, doi 10.1109/CVPR.2018.00552) over the artists whom this picture's source shows.

    allowed (b, artists): without it the network would earn by telling the sources apart, which must not be learnt.
    """
    known = label >= 0
    if not known.any():
        return features.sum() * 0
    label, allowed = label[known], allowed[known]
    cosine = F.normalize(features[known], dim=1) @ F.normalize(centres, dim=1).T
    logits = scale * (cosine - margin * F.one_hot(label, cosine.shape[1]))
    return F.cross_entropy(logits.masked_fill(~allowed, -1e4), label)


def masked_softmax(logits, label, allowed, smoothing=0.05):
    """Cross entropy over the classes that this picture's source shows; pictures without the label take no part."""
    known = label >= 0
    if not known.any():
        return logits.sum() * 0
    logp = F.log_softmax(logits[known].masked_fill(~allowed[known], -1e4), dim=1)
    chosen = -logp.gather(1, label[known, None])[:, 0]
    spread = -(logp * allowed[known]).sum(1) / allowed[known].sum(1)
    return ((1 - smoothing) * chosen + smoothing * spread).mean()


class Objective:
    """Weighted sum of all losses, and their values for the log."""

    def __init__(self, collection, weights, device):
        c, to = collection, lambda a: torch.from_numpy(a).to(device)
        self.weights = weights
        self.labels = {"artist": to(c.artist), "style": to(c.style), "genre": to(c.genre)}
        self.source = to(c.source)
        self.allowed = {"artist": to(c.allowed(c.artist, c.artist_names)), "style": to(c.allowed(c.style, c.style_names)),
                        "genre": to(c.allowed(c.genre, c.genre_names))}

    def __call__(self, model, out, target, pictures):
        """out: the student's answers; target (b, 5, d) or None; pictures (b,) rows of the collection."""
        source = self.source[pictures]
        label = {k: v[pictures] for k, v in self.labels.items()}
        allowed = {k: v[source] for k, v in self.allowed.items()}
        own = F.normalize(out["own"].float(), dim=1)
        terms = {"artist": margin_softmax(own, model.artist, label["artist"], allowed["artist"])}
        for name, head in (("style", model.style), ("genre", model.genre)):
            if allowed[name].shape[1] > 0:
                terms[name] = masked_softmax(head(out["own"].float()), label[name], allowed[name])
        if target is not None:
            terms["whole"] = cosine_loss(out["teach"].float(), target[:, 0])
            terms["quarters"] = cosine_loss(out["quarters"].float(), target[:, 1:])
            terms["pairs"] = similarity_loss(out["teach"].float(), target[:, 0])
        total = sum(self.weights.get(k, 0) * v for k, v in terms.items())
        return total, {k: v.item() for k, v in terms.items()}
