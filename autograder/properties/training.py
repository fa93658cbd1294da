"""Properties of a gradient-descent loop on a convolutional layer, judged by the closed form of its trajectory.

With A the matrix of X's windows, one in each row, and w the kernel, the summed squared error is |A·w - y|². Its
gradient is 2·Aᵀ(A·w - y), so a step of gradient descent is w <- w - lr·2·Aᵀ(A·w - y). With H = 2·AᵀA the error obeys
e' = (I - lr·H)·e, and converges if and only if 0 < lr < 2/lambda_max(H).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from torch.nn import functional as F

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Fill, Input, Programme, Read, Ref, SetGrad, Stage, Step
from autograder.properties import strategies
from autograder.properties.property import Property, TensorWanted, Wrong, judged_by, show, value_of
from autograder.properties.strategies import Case

# The trajectory is a chain of at most STEPS contractions in float64, each within some 1e-14 of exact.
RELATIVE_TOLERANCE = 1e-8
LARGEST_STEPS = 6
ITEM = "loss.item() turns a tensor of one element into a float."


@dataclass(frozen=True)
class Trajectory:
    """Gradient descent on the summed squared error.

    losses: the loss before each step. kernel: the last kernel, (1, 1, kh, kw). bias: the last bias, (1,), or None.
    """

    losses: tuple[float, ...]
    kernel: torch.Tensor
    bias: torch.Tensor | None = None


def trajectory(
    kernel: torch.Tensor, X: torch.Tensor, Y: torch.Tensor, lr: float, steps: int, bias: torch.Tensor | None = None
) -> Trajectory:
    """The exact run, in float64: kernel (1, 1, kh, kw), X (n, 1, h, w), Y (n, 1, oh, ow), bias (1,) or None."""
    windows = _windows(X, tuple(kernel.shape[-2:]), bias is not None)
    parameters = kernel.reshape(-1) if bias is None else torch.cat([kernel.reshape(-1), bias])
    losses = []
    for _ in range(steps):
        error = windows @ parameters - Y.reshape(-1)
        losses.append(float(error @ error))
        parameters = parameters - lr * 2 * windows.mT @ error
    weight = parameters[: kernel.numel()].reshape(kernel.shape)
    return Trajectory(tuple(losses), weight, None if bias is None else parameters[-1:])


def _windows(X: torch.Tensor, kernel_size: tuple[int, ...], with_bias: bool) -> torch.Tensor:
    """A, with a window of X (n, 1, h, w) in each row; a bias is the weight of one more input, which is always 1."""
    windows = F.unfold(X, kernel_size).mT.reshape(-1, math.prod(kernel_size))
    return torch.cat([windows, windows.new_ones(len(windows), 1)], dim=1) if with_bias else windows


@st.composite
def runs(draw: st.DrawFn, stale: bool = False, with_bias: bool = False) -> dict[str, Any]:
    """A training run that converges: start kernel W, images X, targets Y, lr and num_steps.

    ``stale``: with a leftover gradient of that name. ``with_bias``: of a layer that has a bias, which starts as b.
    """
    n = draw(st.integers(1, 2))
    h, w, kh, kw = draw(strategies.windows(3, 3))
    X = draw(strategies.integers((n, 1, h, w), largest=3))
    X.view(-1)[0] = 1  # an image of zeros would teach nothing
    W = draw(strategies.fractions((1, 1, kh, kw), torch.float64, (0.1,)))
    Y = draw(strategies.integers((n, 1, h - kh + 1, w - kw + 1), largest=3))
    windows = _windows(X, (kh, kw), with_bias)
    largest = float(torch.linalg.eigvalsh(2 * windows.mT @ windows)[-1])
    # rounded to two digits for the reader of a counterexample; by 5 % at most, so that 1.6 stays below the limit of 2
    lr = float(f"{draw(st.integers(1, 16)) / 10 / largest:.2g}")
    case = {"W": W, "X": X, "Y": Y, "lr": lr, "num_steps": draw(st.integers(1, LARGEST_STEPS))}
    case |= {"b": draw(strategies.fractions((1,), torch.float64, (0.1,)))} if with_bias else {}
    return case | ({"stale": draw(strategies.integers((1, 1, kh, kw), largest=5))} if stale else {})


def _programme(name: str, case: Case, given: bool = True) -> Programme:
    kernel_size = tuple(case["W"].shape[-2:])
    inputs = {key: Input.like(value) for key, value in case.items() if isinstance(value, torch.Tensor)}
    settings = {"lr": case["lr"], "num_steps": case["num_steps"]} if given else {}
    make: tuple[Step, ...] = (
        Call("layer", "torch.nn.Conv2d", (1, 1, kernel_size), {"bias": "b" in case, "dtype": torch.float64}),
        Fill(Ref("layer", "weight"), Ref("W")),
        *((Fill(Ref("layer", "bias"), Ref("b")),) if "b" in case else ()),
        Read("parameter", Ref("layer", "weight")),
    )
    if "stale" in case:
        make += (SetGrad(Ref("layer", "weight"), Ref("stale")),)
    train = Call("losses", name, (Ref("layer"), Ref("X"), Ref("Y")), settings)
    # Filling the parameter object that was there before shows whether it is still the layer's own.
    weight = Ref("layer", "weight")
    learned = (Read("kernel", weight), Read("bias", Ref("layer", "bias")))
    same = (Fill(Ref("parameter"), Ref("W")), Read("refilled", weight))
    return (Stage(inputs, (*make, train, *learned, *same)),)


def _wanted(case: Case) -> Trajectory:
    return trajectory(case["W"], case["X"], case["Y"], case["lr"], case["num_steps"], case.get("b"))


def _verify_losses(case: Case, answers: Answers) -> None:
    want = _wanted(case).losses
    value = value_of(answers, "losses")
    if not isinstance(value, tuple):
        raise Wrong(describe(value), f"a list of {len(want)} losses")
    got = [_number(item) for item in value]
    if len(got) != len(want):
        raise Wrong(f"{len(got)} losses", f"{len(want)} losses, one before each update")
    for step, (here, there) in enumerate(zip(got, want, strict=True), 1):
        if not _near(here, there, max(want)):
            cause = _loss_cause(got, want, case["Y"].numel())
            raise Wrong(f"{here:.6g} as loss number {step}", f"{there:.6g}", cause)


def _number(value: Any) -> float:
    if isinstance(value, TensorValue) and value.data.numel() == 1 and value.data.is_floating_point():
        return float(value.data)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise Wrong(f"{describe(value)} among the losses", "plain floats", ITEM)


def _near(got: float, want: float, scale: float) -> bool:
    return abs(got - want) <= RELATIVE_TOLERANCE * (abs(want) + scale)


def _loss_cause(got: Sequence[float], want: Sequence[float], outputs: int) -> str:
    """A likely cause of losses that are wrong; ``outputs``: of how many squared errors each is the sum."""
    scale = max(want)
    if _near(got[0], want[0], scale):
        return "The first loss is right and a later one is not: look at the update, and at gradients that pile up."
    if _near(got[0] * outputs, want[0], scale):
        return "The squared errors are to be summed, not averaged."
    if len(want) > 1 and _near(got[0], want[1], scale):
        return "The loss is taken after the update, not before."
    return "The loss is the sum of the squared errors, taken before the update."


def _verify_kernel(case: Case, answers: Answers) -> None:
    end = _wanted(case)
    want = end.kernel
    value_of(answers, "losses")
    kernel = TensorWanted(tuple(want.shape)).of(value_of(answers, "kernel")).data.double()
    scale = float(want.abs().max()) + float(case["W"].abs().max())
    if not bool(((kernel - want).abs() <= RELATIVE_TOLERANCE * scale).all()):
        unchanged = torch.equal(kernel, case["W"])
        cause = "The layer's own weight did not change: the training ran on a copy." if unchanged else ""
        raise Wrong(f"a final kernel of {show(kernel[0, 0])}", show(want[0, 0]), cause)
    if end.bias is not None:
        bias = TensorWanted((1,)).of(value_of(answers, "bias")).data.double()
        if not _near(float(bias), float(end.bias), scale + float(case["b"].abs())):
            cause = "Every parameter of the layer is to be updated."
            raise Wrong(f"a final bias of {show(bias)}", show(end.bias), cause)


def _verify_run(case: Case, answers: Answers) -> None:
    _verify_losses(case, answers)
    _verify_kernel(case, answers)


def _verify_in_place(case: Case, answers: Answers) -> None:
    _verify_run(case, answers)
    if not all(isinstance(item, float) for item in value_of(answers, "losses")):
        raise Wrong("losses that are no floats", "losses that are plain floats", ITEM)
    kernel, refilled = value_of(answers, "kernel"), value_of(answers, "refilled")
    if not kernel.is_parameter or not isinstance(refilled, TensorValue) or not torch.equal(refilled.data, case["W"]):
        raise Wrong(
            "another weight in the place of the layer's parameter",
            "the same nn.Parameter with new values",
            "Change the values in place, under torch.no_grad() or through .data, instead of assigning a new tensor.",
        )


def _written(name: str, case: Case, given: bool = True) -> str:
    stale = f"conv2d.weight.grad = {show(case['stale'])}\n" if "stale" in case else ""
    bias = f"conv2d.bias set to b = {show(case['b'])}\n" if "b" in case else ""
    settings = f", lr={case['lr']}, num_steps={case['num_steps']}" if given else ""
    return (
        f"conv2d = nn.Conv2d(1, 1, {tuple(case['W'].shape[-2:])}, bias={'b' in case}, dtype=torch.float64), with\n"
        f"conv2d.weight set to W = {show(case['W'])}\n{bias}{stale}X = {show(case['X'])}\nY = {show(case['Y'])}\n"
        f"{name}(conv2d, X, Y{settings})"
    )


def losses(name: str, points: float) -> Property:
    """The returned losses are the summed squared errors before each update."""
    return Property(
        "losses",
        "The returned losses are the summed squared errors before each update.",
        points,
        runs(),
        lambda case: _programme(name, case),
        judged_by(_verify_losses, lambda case: _written(name, case)),
    )


def learned_kernel(name: str, points: float) -> Property:
    """After the last step the layer holds the kernel that gradient descent arrives at."""
    return Property(
        "kernel",
        "After training, the layer's weight is where gradient descent arrives in so many steps.",
        points,
        runs(),
        lambda case: _programme(name, case),
        judged_by(_verify_kernel, lambda case: _written(name, case)),
        "The update is weight -= lr · gradient of the summed squared error.",
    )


def every_parameter(name: str, points: float) -> Property:
    """A layer with a bias learns its bias too."""
    return Property(
        "every_parameter",
        "A layer that has a bias learns the bias as well as the weight.",
        points,
        runs(with_bias=True),
        lambda case: _programme(name, case),
        judged_by(_verify_run, lambda case: _written(name, case)),
        "Update every parameter in conv2d.parameters().",
        20,
    )


def stale_gradients(name: str, points: float) -> Property:
    """A gradient left from before plays no part."""
    return Property(
        "stale_gradients",
        "A gradient left over from an earlier backward pass plays no part.",
        points,
        runs(stale=True),
        lambda case: _programme(name, case),
        judged_by(_verify_run, lambda case: _written(name, case)),
        "Zero the gradients before backward(), in every step and the first one too.",
    )


def in_place(name: str, points: float) -> Property:
    """The layer keeps its Parameter object, and the losses are plain floats."""
    return Property(
        "in_place",
        "The layer keeps its own parameter, changed in place, and the losses are plain floats.",
        points,
        runs(),
        lambda case: _programme(name, case),
        judged_by(_verify_in_place, lambda case: _written(name, case)),
        examples=15,
    )


def defaults(name: str, points: float, example: Case) -> Property:
    """Called without lr and num_steps, it trains as the lesson's example does."""
    lr, num_steps = example["lr"], example["num_steps"]

    def verify(case: Case, answers: Answers) -> None:
        value_of(answers, "losses")
        try:
            _verify_run(case, answers)
        except Wrong as wrong:
            # Whatever else is wrong with the training shows in the other properties; here the defaults are in question.
            raise Wrong(wrong.got, wrong.want) from None

    return Property(
        "defaults",
        f"Left to itself it takes {num_steps} steps with lr={lr:g}.",
        points,
        st.just(dict(example)),
        lambda case: _programme(name, case, given=False),
        judged_by(verify, lambda case: _written(name, case, given=False)),
        f"The signature gives lr={lr:g} and num_steps={num_steps}.",
        examples=1,
    )
