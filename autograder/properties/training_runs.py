"""How training is asked of a student's loop, and whether its answers are those of gradient descent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Fill, Programme, Read, Ref, SetGrad, Stage, Step, inputs_of
from autograder.properties.effects import DRAWN, SEED, SEEDED
from autograder.properties.property import TensorWanted, Wrong, show, value_of
from autograder.properties.strategies import Case
from autograder.properties.trajectory import Trajectory, trajectory

# The trajectory is a chain of a few contractions in float64, each within some 1e-14 of exact.
RELATIVE_TOLERANCE = 1e-8
ITEM = "loss.item() turns a tensor of one element into a float."


def _made(case: Case, layer: str = "layer") -> tuple[Step, ...]:
    """Makes the layer that is to be trained."""
    size = tuple(case["W"].shape[-2:])
    return (
        Call(layer, "torch.nn.Conv2d", (1, 1, size), {"bias": "b" in case, "dtype": torch.float64}),
        Fill(Ref(layer, "weight"), Ref("W")),
        *((Fill(Ref(layer, "bias"), Ref("b")),) if "b" in case else ()),
        *((SetGrad(Ref(layer, "weight"), Ref("stale")),) if "stale" in case else ()),
    )


def programme(name: str, case: Case, given: bool = True) -> Programme:
    settings = {"lr": case["lr"], "num_steps": case["num_steps"]} if given else {}
    weight = Ref("layer", "weight")
    train = Call("losses", name, (Ref("layer"), Ref("X"), Ref("Y")), settings)
    learned = (Read("kernel", weight), Read("bias", Ref("layer", "bias")))
    # Filling the parameter object that was there before shows whether it is still the layer's own.
    same = (Fill(Ref("parameter"), Ref("W")), Read("refilled", weight))
    return (Stage(inputs_of(case), (*_made(case), Read("parameter", weight), train, *learned, *same)),)


def two_runs(name: str, case: Case) -> Programme:
    """Two layers trained alike, each after another seed, with random numbers drawn after each."""

    def run(suffix: str, seed: int) -> tuple[Step, ...]:
        layer = f"layer{suffix}"
        settings = {"lr": case["lr"], "num_steps": case["num_steps"]}
        return (
            *_made(case, layer),
            replace(SEEDED, name=f"seeded{suffix}", args=(seed,)),
            Call(f"losses{suffix}", name, (Ref(layer), Ref("X"), Ref("Y")), settings, watched=True),
            replace(DRAWN, name=f"drawn{suffix}"),
            Read(f"kernel{suffix}", Ref(layer, "weight")),
        )

    return (Stage(inputs_of(case), (*run("", SEED), *run("_again", SEED + 1))),)


def wanted(case: Case) -> Trajectory:
    return trajectory(case["W"], case["X"], case["Y"], case["lr"], case["num_steps"], case.get("b"))


Run = Callable[[Case], Trajectory]


def verify_losses(case: Case, answers: Answers, run: Run = wanted) -> None:
    want = run(case).losses
    value = value_of(answers, "losses")
    if not isinstance(value, tuple):
        raise Wrong(describe(value), f"a list of {len(want)} losses")
    got = [number(item) for item in value]
    if len(got) != len(want):
        raise Wrong(f"{len(got)} losses", f"{len(want)} losses, one before each update")
    for step, (here, there) in enumerate(zip(got, want, strict=True), 1):
        if not near(here, there, max(want)):
            raise Wrong(f"{here:.6g} as loss number {step}", f"{there:.6g}", _loss_cause(step))


def number(value: Any) -> float:
    if isinstance(value, TensorValue) and value.data.numel() == 1 and value.data.is_floating_point():
        return float(value.data)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise Wrong(f"{describe(value)} among the losses", "plain floats", ITEM)


def near(got: float, want: float, scale: float) -> bool:
    return abs(got - want) <= RELATIVE_TOLERANCE * (abs(want) + scale)


def _loss_cause(step: int) -> str:
    """A likely cause where the losses are right until this step."""
    if step > 1:
        return "The first loss is right and a later one is not: look at the update, and at gradients that pile up."
    return "The loss is the sum of the squared errors, taken before the update."


def verify_kernel(case: Case, answers: Answers, run: Run = wanted) -> None:
    end = run(case)
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
        if not near(float(bias), float(end.bias), scale + float(case["b"].abs())):
            cause = "Every parameter of the layer is to be updated."
            raise Wrong(f"a final bias of {show(bias)}", show(end.bias), cause)


def verify_run(case: Case, answers: Answers, run: Run = wanted) -> None:
    verify_losses(case, answers, run)
    verify_kernel(case, answers, run)


def verify_in_place(case: Case, answers: Answers, run: Run = wanted) -> None:
    verify_run(case, answers, run)
    if not all(isinstance(item, float) for item in value_of(answers, "losses")):
        raise Wrong("losses that are no floats", "losses that are plain floats", ITEM)
    kernel, refilled = value_of(answers, "kernel"), value_of(answers, "refilled")
    if not kernel.is_parameter or not isinstance(refilled, TensorValue) or not torch.equal(refilled.data, case["W"]):
        raise Wrong(
            "another weight in the place of the layer's parameter",
            "the same nn.Parameter with new values",
            "Change the values in place, under torch.no_grad() or through .data, instead of assigning a new tensor.",
        )


def written(name: str, case: Case, given: bool = True) -> str:
    stale = f"conv2d.weight.grad = {show(case['stale'])}\n" if "stale" in case else ""
    bias = f"conv2d.bias set to b = {show(case['b'])}\n" if "b" in case else ""
    settings = f", lr={case['lr']}, num_steps={case['num_steps']}" if given else ""
    return (
        f"conv2d = nn.Conv2d(1, 1, {tuple(case['W'].shape[-2:])}, bias={'b' in case}, dtype=torch.float64), with\n"
        f"conv2d.weight set to W = {show(case['W'])}\n{bias}{stale}X = {show(case['X'])}\nY = {show(case['Y'])}\n"
        f"{name}(conv2d, X, Y{settings})"
    )
