"""Properties of a layer's parameters: which it has, and how they start."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Read, Ref, Stage, Step
from autograder.properties import strategies
from autograder.properties.property import Property, Wrong, judged_by, show, value_of
from autograder.properties.strategies import Case, Shape

Start = Callable[[torch.Tensor, torch.Tensor], str]


def uniform(first: torch.Tensor, second: torch.Tensor) -> str:
    """Complaint about start values that torch.rand would not give to two layers; empty when there is none."""
    both = torch.cat([first.reshape(-1), second.reshape(-1)])
    if not bool(((both >= 0) & (both < 1)).all()):
        return "values from torch.rand, all in [0, 1)"
    if torch.equal(first, second) or (first.numel() > 1 and bool((first == first.reshape(-1)[0]).all())):
        return "random values, drawn anew for every layer"
    return ""


def zeros(first: torch.Tensor, second: torch.Tensor) -> str:
    """Complaint about start values that are not zero; empty when there is none."""
    return "zeros" if bool(first.any()) or bool(second.any()) else ""


def parameters(
    name: str, points: float, shapes: Mapping[str, Callable[[Shape], Shape]], starts: Mapping[str, Start]
) -> Property:
    """A layer made for a kernel size has exactly these parameters, of these shapes, with these start values."""

    def verify(case: Case, answers: Answers) -> None:
        kernel_size = case["kernel_size"]
        wanted = {key: shape(kernel_size) for key, shape in shapes.items()}
        first, second = (_own(answers, which, wanted) for which in ("first", "second"))
        for key, start in starts.items():
            complaint = start(first[key], second[key])
            if complaint:
                raise Wrong(f"{key} = {show(first[key])}", complaint)

    def probe(case: Case) -> tuple[Stage, ...]:
        steps: list[Step] = []
        for which in ("first", "second"):
            steps += [
                Call(f"{which}_layer", name, (case["kernel_size"],)),
                Read(f"{which}_parameters", Ref(f"{which}_layer", "_parameters")),
                Read(f"{which}_modules", Ref(f"{which}_layer", "_modules")),
                *(Read(f"{which}_{key}", Ref(f"{which}_layer", key)) for key in shapes),
            ]
        return (Stage({}, tuple(steps)),)

    # kernels of more than one entry: whether start values are random cannot be seen in fewer
    sizes = st.tuples(strategies.sides(), strategies.sides(5)).filter(lambda size: size[0] * size[1] > 1)
    described = " and ".join(shapes)
    return Property(
        "parameters",
        f"The layer's parameters are exactly {described}, of the right shapes and with the right start values.",
        points,
        sizes.map(lambda size: {"kernel_size": size}),
        probe,
        judged_by(verify, lambda case: f"layer = {name}({case['kernel_size']}); dict(layer.named_parameters())"),
        "Make each one an nn.Parameter in __init__, after super().__init__().",
        15,
    )


def _own(answers: Answers, which: str, wanted: Mapping[str, Shape]) -> dict[str, torch.Tensor]:
    registered: Any = value_of(answers, f"{which}_parameters")
    modules: Any = value_of(answers, f"{which}_modules")
    names = sorted(key for key, item in registered.items() if item is not None) if isinstance(registered, dict) else []
    own = {key: _parameter(key, value_of(answers, f"{which}_{key}"), shape) for key, shape in wanted.items()}
    if names != sorted(wanted) or modules:
        extra = [*(key for key in names if key not in wanted), *(modules or {})]
        raise Wrong(f"more parameters: {', '.join(extra)}", f"just {' and '.join(wanted)}")
    return own


def _parameter(key: str, value: Any, shape: Shape) -> torch.Tensor:
    """The values of a real parameter of this shape; raises Wrong when ``value`` is none."""
    if not isinstance(value, TensorValue) or not value.is_parameter or not value.requires_grad:
        plain = isinstance(value, TensorValue) and not value.is_parameter
        raise Wrong(
            f"{key} is {describe(value)}{' that is no nn.Parameter' if plain else ''}",
            f"{key} is an nn.Parameter of shape {shape}, to be learned",
            "A plain tensor is not found by layer.parameters(), so no optimizer would train it.",
        )
    if tuple(value.data.shape) != shape:
        raise Wrong(f"{key} of shape {tuple(value.data.shape)}", f"{key} of shape {shape}")
    if not value.data.is_floating_point():
        raise Wrong(f"{key} is {describe(value)}", f"{key} is of a floating type")
    return value.data
