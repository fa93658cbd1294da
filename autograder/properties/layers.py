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

# Of so many numbers from torch.rand, all lie above 0.1, or all below 0.9, once in 10^45 times.
MANY = 1000
LARGE = (20, 25)

Start = Callable[[torch.Tensor, torch.Tensor], str]


def uniform(first: torch.Tensor, second: torch.Tensor) -> str:
    """Complaint about start values that torch.rand would not give to two layers; empty when there is none."""
    both = torch.cat([first.reshape(-1), second.reshape(-1)])
    if not bool(((both >= 0) & (both < 1)).all()):
        return "values from torch.rand, all in [0, 1)"
    if torch.equal(first, second) or (first.numel() > 1 and bool((first == first.reshape(-1)[0]).all())):
        return "random values, drawn anew for every layer"
    if both.numel() >= MANY and not (float(both.min()) < 0.1 and float(both.max()) > 0.9):
        return "values from torch.rand, spread over all of [0, 1)"
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
                Call(f"{which}_state", Ref(f"{which}_layer", "state_dict"), (), {"keep_vars": True}),
                *(Read(f"{which}_{key}", Ref(f"{which}_layer", key)) for key in shapes),
            ]
        return (Stage({}, tuple(steps)),)

    # kernels of more than one entry, and a large one: how start values are distributed cannot be seen in fewer
    small = st.tuples(strategies.sides(), strategies.sides(5)).filter(lambda size: size[0] * size[1] > 1)
    sizes = st.one_of(small, st.just(LARGE))
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
    # with keep_vars the state holds the parameters themselves, a submodule's too, and buffers beside them
    state: Any = value_of(answers, f"{which}_state")
    held = state.items() if isinstance(state, dict) else ()
    extra = [key for key, item in held if isinstance(item, TensorValue) and item.is_parameter and key not in wanted]
    own = {key: _parameter(key, value_of(answers, f"{which}_{key}"), shape) for key, shape in wanted.items()}
    if extra:
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
