"""The network as it ships: convolutions with batch norm folded in, pooled statistics, one linear map.

What a runtime needs is this list of steps; tensors are named by it:

    stem                              conv 3x3/2, ReLU
    stageK.down                       conv 3x3/2, ReLU                             K = 1, 2, 3
    stageK.blockI.reduce|mix|expand   conv 1x1, ReLU | conv 3x3, ReLU | conv 1x1;  then + block's input, ReLU
    embedding                         (d, p) and (d,): of the statistics of the taps in turn; then L2

A tap is each stage's output; of the last stage also what goes into its last block, before it. The statistics of a tap
of c channels are c means, then c deviations sqrt(max(mean of squares - square of mean, 0) + 1e-4).
"""
import numpy as np
import torch
import torch.nn.functional as F

from model import EPS, pooled, pooled_with_quarters


def fold(unit):
    """Convolution and batch norm of a Unit as (weight, bias)."""
    n = unit.norm
    factor = (n.weight / torch.sqrt(n.running_var + n.eps)).detach().double()
    weight = unit.conv.weight.detach().double() * factor[:, None, None, None]
    return weight.float().contiguous(), (n.bias.detach().double() - n.running_mean.double() * factor).float()


def tensors(model, fitted):
    """Student and projection -> (dictionary name -> float32 array in the order of the computation, mean statistics)."""
    out, b = {}, model.backbone

    def put(name, unit):
        w, bias = fold(unit)
        out[name + ".weight"], out[name + ".bias"] = w.cpu().numpy(), bias.cpu().numpy()

    put("stem", b.stem)
    for k, (down, blocks) in enumerate(zip(b.downs, b.stages), 1):
        put(f"stage{k}.down", down)
        for i, block in enumerate(blocks, 1):
            for part in ("reduce", "mix", "expand"):
                put(f"stage{k}.block{i}.{part}", getattr(block, part))
    mean, matrix = (a.astype(np.float64) for a in fitted)
    factor = 1 / np.sqrt(model.norm.running_var.double().cpu().numpy() + model.norm.eps)
    weight = (factor[:, None] * matrix).T
    # Any factor cancels in the L2 norm: this one keeps binary16 away from its small end.
    out["embedding.weight"] = (weight * (8 / np.abs(weight).max())).astype(np.float32)
    # The mean picture has the embedding 0; shipped() sees to it that it keeps it.
    centre = model.norm.running_mean.double().cpu().numpy() + mean / factor
    out["embedding.bias"] = -(out["embedding.weight"] @ centre).astype(np.float32)
    return out, centre


def shipped(tensors, centre):
    """Weights in binary16, biases in binary32 (they are few); the last bias made anew from the rounded weights, because
    statistics vary little about large means, and the means must cancel."""
    # In C order, which safetensors takes for granted without looking.
    out = {k: v.astype(np.float16 if k.endswith(".weight") else np.float32, order="C") for k, v in tensors.items()}
    out["embedding.bias"] = -(out["embedding.weight"].astype(np.float64) @ centre).astype(np.float32)
    return out


def unfold(model, tensors, x):
    """Puts what ships back into a Student, to go on training with: the opposite of `tensors`, up to rounding.

    Batch norm's moments are measured on x (b, 3, s, s), network input; each filter gets the length that it would be drawn with, as
    an optimiser's steps are made for. The projection becomes the labels' head; the teacher's heads stay as they are.
    """
    given = lambda name: torch.from_numpy(np.asarray(tensors[name], np.float32)).to(x.device)
    b, units = model.backbone, {"stem": model.backbone.stem}
    for k, (down, blocks) in enumerate(zip(b.downs, b.stages), 1):
        units[f"stage{k}.down"] = down
        for i, block in enumerate(blocks, 1):
            units |= {f"stage{k}.block{i}.{part}": getattr(block, part) for part in ("reduce", "mix", "expand")}

    def put(name, unit):
        weight = given(name + ".weight")
        if weight.shape != unit.conv.weight.shape:
            raise SystemExit(f"{name} is {tuple(weight.shape)}, not {tuple(unit.conv.weight.shape)}: another shape of network")
        length = 2 ** 0.5 / weight.flatten(1).norm(dim=1).clamp_min(1e-6)
        unit.conv.weight.copy_(weight * length[:, None, None, None])

        def measure(norm, inputs):
            variance, mean = torch.var_mean(inputs[0].float(), (0, 2, 3), correction=0)
            norm.running_mean.copy_(mean); norm.running_var.copy_(variance)
            norm.weight.copy_((variance + norm.eps).sqrt() / length)
            norm.bias.copy_(given(name + ".bias") + mean / length)

        return unit.norm.register_forward_pre_hook(measure)

    with torch.no_grad():
        hooks = [put(name, unit) for name, unit in units.items()]
        whole, quarters = pooled_with_quarters(b.eval()(x))
        for norm, z in ((model.norm, whole), (model.quarter_norm, quarters.flatten(0, 1))):
            norm.running_var.copy_(z.var(0)); norm.running_mean.copy_(z.mean(0))
        projection = given("embedding.weight") * (model.norm.running_var + model.norm.eps).sqrt()
        model.own.weight[:len(projection)].copy_(projection[:len(model.own.weight)])
        own = model.own(model.norm.eval()(whole))
        model.own_norm.running_var.copy_(own.var(0)); model.own_norm.running_mean.copy_(own.mean(0))
    for hook in hooks:
        hook.remove()


class Folded:
    """Runs the shipped tensors, as a reference for other runtimes. x: (b, 3, s, s) network input -> (b, d), L2 norm 1."""

    def __init__(self, tensors, keep=False):
        self.t = {k: torch.from_numpy(np.asarray(v, np.float32)) for k, v in tensors.items()}
        self.kept = {} if keep else None

    def _conv(self, name, x, stride=1, active=True):
        w = self.t[name + ".weight"]
        x = F.conv2d(x, w, self.t[name + ".bias"], stride, w.shape[2] // 2)
        x = F.relu(x) if active else x
        if self.kept is not None:
            self.kept[name] = x.numpy()
        return x

    def blocks(self, stage):
        return sum(f"stage{stage}.block{i}.mix.weight" in self.t for i in range(1, 100))

    @torch.inference_mode()
    def __call__(self, x):
        x, taps, k = self._conv("stem", x, 2), [], 1
        while f"stage{k}.down.weight" in self.t:
            x = self._conv(f"stage{k}.down", x, 2)
            last = f"stage{k + 1}.down.weight" not in self.t
            for i in range(1, self.blocks(k) + 1):
                if last and i == self.blocks(k):
                    taps.append(x)
                name = f"stage{k}.block{i}"
                y = self._conv(name + ".mix", self._conv(name + ".reduce", x))
                x = F.relu(self._conv(name + ".expand", y, active=False) + x)
            taps.append(x)
            k += 1
        z = pooled(taps)
        y = F.normalize(F.linear(z, self.t["embedding.weight"], self.t["embedding.bias"]))
        if self.kept is not None:
            self.kept |= {f"tap{i}": t.numpy() for i, t in enumerate(taps, 1)}
            self.kept |= {"statistics": z.numpy(), "embedding": y.numpy()}
        return y


def onnx_model(tensors):
    """The same as an ONNX model: input `image` (n, 3, h, w), output `embedding` (n, d)."""
    from onnx import TensorProto as T, helper as h, numpy_helper as nh
    nodes, inits = [], [nh.from_array(np.array([EPS], np.float32), "eps"), nh.from_array(np.array([0], np.float32), "zero")]
    inits += [nh.from_array(np.ascontiguousarray(v, np.float32), k) for k, v in tensors.items()]

    def op(kind, inputs, name, **attributes):
        nodes.append(h.make_node(kind, inputs, [name], **attributes))
        return name

    def conv(name, x, stride=1, active=True):
        side = tensors[name + ".weight"].shape[2]
        y = op("Conv", [x, name + ".weight", name + ".bias"], name + ".conv", kernel_shape=[side] * 2, strides=[stride] * 2,
               pads=[side // 2] * 4)
        return op("Relu", [y], name) if active else y

    def statistics(x, name):
        mean = op("GlobalAveragePool", [x], name + ".mean")
        square = op("GlobalAveragePool", [op("Mul", [x, x], name + ".x2")], name + ".square")
        variance = op("Sub", [square, op("Mul", [mean, mean], name + ".mean2")], name + ".variance")
        variance = op("Add", [op("Max", [variance, "zero"], name + ".positive"), "eps"], name + ".eps")
        return [mean, op("Sqrt", [variance], name + ".deviation")]

    x, z, k = conv("stem", "image", 2), [], 1
    while f"stage{k}.down.weight" in tensors:
        x = conv(f"stage{k}.down", x, 2)
        last, i = f"stage{k + 1}.down.weight" not in tensors, 1
        while f"stage{k}.block{i}.mix.weight" in tensors:
            name = f"stage{k}.block{i}"
            if last and f"stage{k}.block{i + 1}.mix.weight" not in tensors:
                z += statistics(x, name + ".before")
            y = conv(name + ".expand", conv(name + ".mix", conv(name + ".reduce", x)), active=False)
            x = op("Relu", [op("Add", [y, x], name + ".sum")], name)
            i += 1
        z += statistics(x, f"stage{k}")
        k += 1
    flat = op("Flatten", [op("Concat", z, "statistics4", axis=1)], "statistics")
    y = op("Gemm", [flat, "embedding.weight", "embedding.bias"], "linear", transB=1)
    op("LpNormalization", [y], "embedding", axis=1, p=2)
    graph = h.make_graph(nodes, "morelli-embedding", [h.make_tensor_value_info("image", T.FLOAT, ["n", 3, "h", "w"])],
                         [h.make_tensor_value_info("embedding", T.FLOAT, ["n", len(tensors["embedding.bias"])])], inits)
    return h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8)
