"""Mistakes that are seen in the parameters of a layer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from autograder.probe.answers import Answers, Opaque, Raised, TensorValue, describe
from autograder.properties.function_property import Judge, observed
from autograder.properties.property import Misconception, Wrong, value_of
from autograder.properties.starts import SPREAD, Start, uniform
from autograder.properties.strategies import Case, Shape

REGISTER = "Assign each to the layer itself, in __init__: in a list or a dictionary no optimizer finds it."

ShapesFor = Mapping[str, Callable[..., Shape]]
Seen = tuple[str, str, str, Callable[[Case, Answers], bool]]


@dataclass(frozen=True)
class ShapeMistake:
    """A mistake of this name, and the parameters that come of it. does, advice: as in a Misconception.

    shapes: of the parameters, by their names, for a layer's arguments; whatever it leaves out is as it should be.
    """

    id: str
    does: str
    advice: str
    shapes: ShapesFor


def listed(names: Iterable[str]) -> str:
    """``a and b``, or ``a, b and c``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def shapes_for(shapes: ShapesFor, case: Case) -> dict[str, Shape]:
    return {key: shape(*case["arguments"]) for key, shape in shapes.items()}


def layer_mistakes(
    name: str, judge: Judge, shapes: ShapesFor, of_kernels: tuple[Seen, ...], mistakes: Sequence[ShapeMistake]
) -> tuple[Misconception, ...]:
    """Mistakes that are seen in a layer's parameters."""

    def lacks_super(case: Case, answers: Answers) -> bool:
        answer = answers.get("first_layer")
        return isinstance(answer, Raised) and "Module.__init__()" in answer.message

    def no_module(case: Case, answers: Answers) -> bool:
        answer = answers.get("first_parameters")
        return isinstance(answer, Raised) and answer.message.endswith("is no nn.Module")

    def more(case: Case, answers: Answers) -> bool:
        return set(registered(answers, "first")) > set(shapes)

    def others(case: Case, answers: Answers) -> bool:
        held = registered(answers, "first")
        return bool(held) and not set(shapes) & set(held)

    def missing(case: Case, answers: Answers) -> bool:
        return not of_kernels and set(registered(answers, "first")) < set(shapes)

    def unregistered(case: Case, answers: Answers) -> bool:
        there = [value_of(answers, f"first_{key}") for key in shapes]
        held = registered(answers, "first")
        return all(isinstance(one, TensorValue) and one.is_parameter for one in there) and not set(shapes) <= set(held)

    def without_shape(case: Case, answers: Answers) -> bool:
        held: Any = value_of(answers, "first_parameters")
        items = held.values() if isinstance(held, dict) else ()
        return any(isinstance(one, Opaque) and "lazy" in one.type_name for one in items)

    def pairs(answers: Answers) -> list[tuple[torch.Tensor, torch.Tensor]]:
        return [_pair(answers, key) for key in shapes]

    def born_equal(case: Case, answers: Answers) -> bool:
        return any(torch.equal(first, second) and bool(first.any()) for first, second in pairs(answers))

    def has_shapes(mistake: ShapeMistake) -> Callable[[Case, Answers], bool]:
        def shows(case: Case, answers: Answers) -> bool:
            held = {key: tuple(one.data.shape) for key, one in registered(answers, "first").items()}
            return held == shapes_for(shapes, case) | shapes_for(mistake.shapes, case)

        return shows

    seen = (
        (
            "forgets_super", "super().__init__() is missing, so that the layer is no module yet.",
            "Call super().__init__() first thing in __init__.", lacks_super,
        ),
        (
            "is_no_module", "The layer's class is not derived from nn.Module.",
            f"Begin with class {name}(nn.Module), and call super().__init__() in __init__.", no_module,
        ),
        (
            "has_lazy_parameters", "Some parameters have no shape yet: those of a lazy layer, before its first call.",
            "Compute the number of inputs, and use the layer that is not lazy.", without_shape,
        ),
        (
            "not_registered", "The layer keeps its parameters where PyTorch does not find them.", REGISTER,
            unregistered,
        ),
        (
            "other_parameters", "The layer's parameters have other names.",
            f"Name them {listed(shapes)}, and assign them to self.", others,
        ),
        (
            "more_parameters", "The layer has parameters besides these.", "Leave the others out: each would learn.",
            more,
        ),
        (
            "missing_parameters", "Some of the parameters are missing.",
            f"There are to be {listed(shapes)}, each of them in a layer that is assigned to self.", missing,
        ),
        *((one.id, one.does, one.advice, has_shapes(one)) for one in mistakes),
        *of_kernels,
        (
            "born_equal", "All layers start with the same numbers.",
            f"{'Draw the start values with torch.rand, and set' if of_kernels else 'Set'} no seed: each layer has "
            "numbers of its own.", born_equal,
        ),
        (
            "starts_as_zeros", "The parameters start as zeros.", "Leave them as PyTorch draws them.",
            lambda case, answers: not of_kernels and not any(bool(first.any()) for first, _ in pairs(answers)),
        ),
    )  # fmt: skip
    return tuple(observed(judge, *one) for one in seen)


def mistakes_in_kernels(shapes: ShapesFor, starts: Mapping[str, Start]) -> tuple[Seen, ...]:
    """Mistakes in the parameters of a layer that is made for a kernel size."""
    return tuple(one for key, shape in shapes.items() for one in _mistakes_in(key, shape, starts[key]))


def _mistakes_in(key: str, shape: Callable[..., Shape], start: Start) -> tuple[Seen, ...]:
    """Mistakes in one parameter."""

    def value(answers: Answers) -> TensorValue:
        got = value_of(answers, f"first_{key}")
        if not isinstance(got, TensorValue):
            raise Wrong(describe(got), "a tensor")
        return got

    def has_shape(wrong: Callable[[Shape], Shape]) -> Callable[[Case, Answers], bool]:
        def shows(case: Case, answers: Answers) -> bool:
            (size,) = case["arguments"]
            return tuple(value(answers).data.shape) == wrong(size) != shape(size)

        return shows

    def begins(condition: Callable[[torch.Tensor], bool]) -> Callable[[Case, Answers], bool]:
        def shows(case: Case, answers: Answers) -> bool:
            data = value(answers).data
            return tuple(data.shape) == shape(*case["arguments"]) and condition(data)

        return shows

    def beyond(case: Case, answers: Answers) -> bool:
        both = torch.cat([data.reshape(-1) for data in _pair(answers, key)])
        return not bool(((both >= 0) & (both < 1)).all())

    def squeezed(case: Case, answers: Answers) -> bool:
        return uniform(*_pair(answers, key)) == SPREAD

    advice = f"Write self.{key} = nn.Parameter(...) in __init__."
    return (
        (
            f"{key}_is_no_parameter", f"{key} is a tensor, and no nn.Parameter: no optimizer would find it.", advice,
            lambda case, answers: not value(answers).is_parameter,
        ),
        (
            f"{key}_is_frozen", f"{key} asks for no gradient, so it would not learn.", advice,
            lambda case, answers: not value(answers).requires_grad,
        ),
        (
            f"{key}_has_swapped_sides", f"{key} has its height and width swapped.", "kernel_size is (height, width).",
            has_shape(lambda size: size[::-1]),
        ),
        (
            f"{key}_has_four_axes", f"{key} has the four axes of nn.Conv2d's weight.", "Make it with just kernel_size.",
            has_shape(lambda size: (1, 1, *size)),
        ),
        (
            f"{key}_of_kernel_shape", f"{key} has one entry for each element of the kernel.",
            f"One {key} is added to every output: its shape is (1,).", has_shape(lambda size: size),
        ),
        (
            f"{key}_without_axis", f"{key} is a single number without any axis.", "Its shape is (1,): torch.zeros(1).",
            has_shape(lambda size: ()),
        ),
        (
            f"{key}_starts_as_ones", f"{key} starts as ones.", "Look up in the text how it starts.",
            begins(lambda data: bool((data == 1).all())),
        ),
        *(
            (
                (
                    f"{key}_starts_as_zeros", f"{key} starts as zeros.", "Start it with torch.rand(kernel_size).",
                    begins(lambda data: not bool(data.any())),
                ),
                (
                    f"{key}_beyond_rand", f"{key} has numbers outside [0, 1), which torch.rand does not give.",
                    "Start it with torch.rand(kernel_size).",
                    beyond,
                ),
                (
                    f"{key}_squeezed", f"The numbers of {key} fill a part of [0, 1) only.",
                    "Start it with torch.rand(kernel_size), as it is.", squeezed,
                ),
            )
            if start is uniform
            else (
                (
                    f"{key}_starts_at_random", f"{key} starts with a random number.", "Start it with torch.zeros(1).",
                    lambda case, answers: not torch.equal(*_pair(answers, key)),
                ),
            )
        ),
        (
            f"{key}_starts_alike", f"All elements of {key} start with the same number.",
            "Draw a number for each element.",
            begins(lambda data: data.numel() > 1 and bool((data == data.reshape(-1)[0]).all())),
        ),
    )  # fmt: skip


def _pair(answers: Answers, key: str) -> tuple[torch.Tensor, torch.Tensor]:
    first, second = (value_of(answers, f"{which}_{key}") for which in ("first", "second"))
    return first.data, second.data


def registered(answers: Answers, which: str) -> dict[str, TensorValue]:
    """The parameters that PyTorch holds for the layer, a submodule's too."""
    held: Any = value_of(answers, f"{which}_parameters")
    items = held.items() if isinstance(held, dict) else ()
    return {key: item for key, item in items if isinstance(item, TensorValue) and item.is_parameter}
