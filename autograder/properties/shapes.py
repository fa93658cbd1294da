"""The property that a module's output has the right shape, whatever is in its parameters."""

from collections.abc import Callable
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers
from autograder.probe.steps import Call, Input, Ref, Stage
from autograder.properties.property import Property, TensorWanted, judged_by, value_of
from autograder.properties.strategies import Case, Shape

ShapeFor = Callable[..., Shape]


def output_shape(
    name: str,
    points: float,
    arguments: SearchStrategy[tuple[Any, ...]],
    given: ShapeFor,
    wanted: ShapeFor,
    *,
    cause: str = "",
) -> Property:
    """A module made with drawn arguments turns X of one shape into a tensor of another.

    given, wanted: the shapes, for a number of images n and the module's arguments.
    """

    def probe(case: Case) -> tuple[Stage, ...]:
        X = torch.zeros(given(case["n"], *case["arguments"]))
        steps = (Call("layer", name, case["arguments"]), Call("Y", Ref("layer"), (Ref("X"),)))
        return (Stage({"X": Input.like(X)}, steps),)

    def verify(case: Case, answers: Answers) -> None:
        TensorWanted(wanted(case["n"], *case["arguments"])).of(value_of(answers, "Y"))

    def written(case: Case) -> str:
        made_with = ", ".join(repr(argument) for argument in case["arguments"])
        return f"layer = {name}({made_with})\nlayer(torch.zeros{given(case['n'], *case['arguments'])})"

    return Property(
        "shapes",
        "The output has the right shape, for every number of images and everything that the layer is made with.",
        points,
        st.fixed_dictionaries({"n": st.integers(1, 4), "arguments": arguments}),
        probe,
        judged_by(verify, written),
        cause,
        15,
        traits={
            "there is one image": lambda case: case["n"] == 1,
            "there are several images": lambda case: case["n"] > 1,
            "nothing is passed to the layer": lambda case: not case["arguments"],
        },
    )
