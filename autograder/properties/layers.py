"""Properties of a layer's parameters: which it has, and how they start."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Parameters, Read, Ref, Stage, Step
from autograder.properties import strategies
from autograder.properties.layer_mistakes import (
    REGISTER,
    ShapeMistake,
    ShapesFor,
    layer_mistakes,
    listed,
    mistakes_in_kernels,
    registered,
    shapes_for,
)
from autograder.properties.property import Property, Wrong, judged_by, show, value_of
from autograder.properties.starts import Start, drawn_anew, uniform, zeros
from autograder.properties.strategies import Case, Shape

__all__ = ["ShapeMistake", "drawn_anew", "parameters", "uniform", "zeros"]

LARGE = (20, 25)
Arguments = tuple[Any, ...]


def _kernel_sizes() -> SearchStrategy[Arguments]:
    """Kernels of more than one entry, and a large one: how start values are distributed cannot be seen in fewer."""
    small = st.tuples(strategies.sides(), strategies.sides(5)).filter(lambda size: size[0] * size[1] > 1)
    return st.tuples(st.one_of(small, st.just(LARGE)))


def parameters(
    name: str,
    points: float,
    shapes: ShapesFor,
    starts: Mapping[str, Start],
    *,
    arguments: SearchStrategy[Arguments] | None = None,
    mistakes: Sequence[ShapeMistake] = (),
    cause: str = "Make each one an nn.Parameter in __init__, after super().__init__().",
) -> Property:
    """A layer made with drawn arguments has exactly these parameters, of these shapes, with these start values.

    arguments: what the layer is made with; a kernel size, if it is left out. shapes: of each parameter, for the
    arguments. starts: of the parameters whose start values are asked about. mistakes: in the shapes.
    """

    def verify(case: Case, answers: Answers) -> None:
        wanted = shapes_for(shapes, case)
        first, second = (_own(answers, which, wanted) for which in ("first", "second"))
        for key, start in starts.items():
            complaint = start(first[key], second[key])
            if complaint:
                raise Wrong(f"{key} = {show(first[key])}", complaint)

    def probe(case: Case) -> tuple[Stage, ...]:
        steps: list[Step] = []
        for which in ("first", "second"):
            steps += [
                Call(f"{which}_layer", name, case["arguments"]),
                Parameters(f"{which}_parameters", Ref(f"{which}_layer")),
                *(Read(f"{which}_{key}", Ref(f"{which}_layer", key)) for key in shapes),
            ]
        return (Stage({}, tuple(steps)),)

    def written(case: Case) -> str:
        made_with = ", ".join(repr(argument) for argument in case["arguments"])
        return f"layer = {name}({made_with}); dict(layer.named_parameters())"

    judge = judged_by(verify, written)
    of_kernels = () if arguments is not None else mistakes_in_kernels(shapes, starts)
    return Property(
        "parameters",
        f"The layer's parameters are exactly {listed(shapes)}, of the right shapes and with the right start values.",
        points,
        (_kernel_sizes() if arguments is None else arguments).map(lambda drawn: {"arguments": drawn}),
        probe,
        judge,
        cause,
        15,
        answer="first_layer",
        misconceptions=layer_mistakes(name, judge, shapes, of_kernels, mistakes),
    )


def _own(answers: Answers, which: str, wanted: Mapping[str, Shape]) -> dict[str, torch.Tensor]:
    held = registered(answers, which)
    own = {key: _parameter(key, value_of(answers, f"{which}_{key}"), shape) for key, shape in wanted.items()}
    extra = [key for key in held if key not in wanted]
    if extra:
        raise Wrong(f"more parameters: {', '.join(extra)}", f"just {listed(wanted)}")
    for key, data in own.items():
        if key not in held or held[key].data.dtype != data.dtype or not torch.equal(held[key].data, data):
            raise Wrong(f"{key} is not among layer.parameters()", f"just {listed(wanted)} among them", REGISTER)
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
