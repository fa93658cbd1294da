"""The property that a module's output has the right shape, whatever is in its parameters."""

from collections.abc import Callable
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Raised, TensorValue
from autograder.probe.steps import Call, Input, Ref, Stage
from autograder.properties.function_property import observed
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

    def loses_images(case: Case, answers: Answers) -> bool:
        answer = answers.get("Y")
        if isinstance(answer, Raised):
            return bool(case["n"] > 1)  # several images that are flattened into one do not fit the next layer
        value = value_of(answers, "Y")
        return isinstance(value, TensorValue) and tuple(value.data.shape) == wanted(case["n"], *case["arguments"])[1:]

    judge = judged_by(verify, written)
    return Property(
        "shapes",
        "The output has the right shape, for every number of images and everything that the layer is made with.",
        points,
        st.fixed_dictionaries({"n": st.integers(1, 4), "arguments": arguments}),
        probe,
        judge,
        cause,
        15,
        misconceptions=(
            observed(
                judge,
                "images_axis_lost",
                "The axis of the images gets lost: where one image comes in, its answer comes out without that axis.",
                "Flatten with x.flatten(1), which keeps the images apart, and squeeze nothing.",
                loses_images,
            ),
        ),
        traits={
            "there is one image": lambda case: case["n"] == 1,
            "there are several images": lambda case: case["n"] > 1,
            "nothing is passed to the layer": lambda case: not case["arguments"],
        },
    )
