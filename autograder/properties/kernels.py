"""Properties of functions that return kernels: judged by what the kernels answer, or by their entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Returned, TensorValue, Value, describe
from autograder.probe.steps import Call, Stage
from autograder.properties import strategies
from autograder.properties.function_property import Judge
from autograder.properties.oracle import cross_correlation
from autograder.properties.pictures import fitting, grid
from autograder.properties.property import Misconception, Property, Wrong, judged_by, show, value_of
from autograder.properties.strategies import Case
from autograder.results import Grid

# Kernel entries are compared with small whole numbers times a scale; a float32 kernel carries 1e-7 of it.
RELATIVE_TOLERANCE = 1e-6

Verify = Callable[[torch.Tensor, torch.Tensor], None]


def kernel(
    name: str,
    sentence: str,
    points: float,
    images: SearchStrategy[torch.Tensor],
    verify_response: Verify,
    *,
    cause: str = "",
) -> Property:
    """The kernel that ``name()`` returns answers images as it should: ``verify_response(image, response)``.

    ``verify_response`` raises Wrong otherwise.
    """

    def verify(case: Case, answers: Answers) -> None:
        K = returned_kernel(value_of(answers, "kernel"))
        image = case["image"]
        if K.shape[0] > image.shape[0] or K.shape[1] > image.shape[1]:
            most = " by ".join(str(side) for side in image.shape)
            raise Wrong(f"a kernel of shape {tuple(K.shape)}", f"a kernel of at most {most}")
        try:
            verify_response(image, cross_correlation(image, K))
        except Wrong as wrong:
            raise Wrong(f"{wrong.got}, from the kernel {show(K)}", wrong.want, wrong.cause) from None

    def picture(case: Case, answers: Answers) -> tuple[Grid, ...]:
        K = returned_kernel(value_of(answers, "kernel"))
        return fitting(
            [grid("image", case["image"]), grid("kernel", K), grid("answer", cross_correlation(case["image"], K))]
        )

    judge = judged_by(verify, lambda case: f"image = {show(case['image'])}\n{name}() cross-correlated with image")
    return Property(
        name,
        sentence,
        points,
        images.map(lambda image: {"image": image}),
        lambda case: (Stage({}, (Call("kernel", name),)),),
        judge,
        cause,
        15,
        answer="kernel",
        misconceptions=tuple(_changed(one, "kernel", judge) for one in (*_KINDS, *_KERNELS)),
        picture=picture,
    )


@dataclass(frozen=True)
class KernelMistake:
    """A mistake of this name in returned kernels, and how to undo it in one. does, advice: as in a Misconception."""

    id: str
    does: str
    advice: str
    undo: Callable[[Value], Value]


def _changed(mistake: KernelMistake, step: str, judge: Judge) -> Misconception:
    """The mistake explains an answer that is right once the mistake is undone."""

    def explains(case: Case, answers: Answers) -> bool:
        answer = answers.get(step)
        if not isinstance(answer, Returned):
            return False
        undone = mistake.undo(answer.value)
        return judge(case, {**answers, step: Returned(undone)}) is None

    return Misconception(mistake.id, mistake.does, mistake.advice, explains)


def _each(change: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Value], Value]:
    """``change`` for a kernel, or for each of several."""

    def changed(value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(changed(item) for item in value)
        return TensorValue(change(value.data)) if isinstance(value, TensorValue) else value

    return changed


def _from_lists(value: Value) -> Value:
    """Nested tuples of numbers as a tensor, and a pair of them as a pair of tensors."""
    if not isinstance(value, tuple):
        return value
    try:
        return TensorValue(torch.tensor(value, dtype=torch.float64))
    except (TypeError, ValueError):
        return value


def _pair_from_lists(value: Value) -> Value:
    return tuple(_from_lists(item) for item in value) if isinstance(value, tuple) else value


def _unstacked(value: Value) -> Value:
    return tuple(TensorValue(item) for item in value.data) if isinstance(value, TensorValue) else value


def _swapped(value: Value) -> Value:
    return tuple(reversed(value)) if isinstance(value, tuple) else value


_KINDS = (
    KernelMistake(
        "returns_a_list", "A nested list is returned, and not a tensor.", "Wrap it in torch.tensor(...).", _from_lists
    ),
    KernelMistake(
        "four_axes", "The kernel has more axes than two.", "Give it two axes: rows and columns.",
        _each(lambda K: K.reshape(K.shape[-2:])),
    ),
    KernelMistake(
        "whole_number_kernel", "The kernel is made of whole numbers: it has an integer dtype.",
        "Write 1.0 in place of 1.", _each(lambda K: K.double()),
    ),
)  # fmt: skip
_KERNELS = (
    KernelMistake(
        "signs_exchanged", "The kernel has its signs the wrong way round.", "Exchange plus and minus.",
        _each(lambda K: -K),
    ),
    KernelMistake(
        "directions_exchanged", "The kernel answers edges of the other direction.",
        "A difference from left to right answers vertical edges, one from top to bottom horizontal ones.",
        _each(lambda K: K.mT.contiguous()),
    ),
    KernelMistake(
        "doubled", "The kernel answers twice as much as it should.", "Halve its entries, or leave a row out.",
        _each(lambda K: K / 2),
    ),
    KernelMistake(
        "mirrored", "The kernel is mirrored: it answers the other diagonal.",
        "Compare two pixels across the edge: top right with bottom left.",
        _each(lambda K: K.flip(1)),
    ),
)  # fmt: skip
_PAIRS = (
    KernelMistake(
        "returns_a_list", "Nested lists are returned, and not tensors.", "Wrap each in torch.tensor(...).",
        _pair_from_lists,
    ),
    KernelMistake(
        "stacked", "One tensor is returned in place of the kernels one by one.", "Return Kx, Ky.", _unstacked
    ),
    KernelMistake("order_exchanged", "The kernels come in the opposite order.", "Return Kx first.", _swapped),
)  # fmt: skip


def fixed_kernels(
    name: str,
    sentence: str,
    points: float,
    wanted: Sequence[torch.Tensor],
    *,
    cause: str = "",
    mistakes: Sequence[KernelMistake] = (),
) -> Property:
    """``name()`` returns these kernels, each up to its overall sign."""

    def verify(case: Case, answers: Answers) -> None:
        value = value_of(answers, "kernels")
        if not isinstance(value, tuple) or len(value) != len(wanted):
            raise Wrong(describe(value), f"{len(wanted)} kernels")
        for item, want in zip(value, wanted, strict=True):
            got = returned_kernel(item)
            if got.shape != want.shape or not (_close(got, want) or _close(got, -want)):
                raise Wrong(show(got), f"{show(want)}, or its negative")

    judge = judged_by(verify, lambda case: f"{name}()")
    return Property(
        name,
        sentence,
        points,
        st.just({}),
        lambda case: (Stage({}, (Call("kernels", name),)),),
        judge,
        cause,
        examples=1,
        answer="kernels",
        misconceptions=tuple(_changed(one, "kernels", judge) for one in (*_PAIRS, *_KINDS, *mistakes)),
    )


def _close(got: torch.Tensor, want: torch.Tensor) -> bool:
    return torch.allclose(got, want, rtol=RELATIVE_TOLERANCE, atol=0)


def returned_kernel(value: Any) -> torch.Tensor:
    """A two-dimensional kernel in float64; raises Wrong when the value is none."""
    if not isinstance(value, TensorValue) or value.data.is_complex() or value.data.dim() != 2 or not value.data.numel():
        raise Wrong(describe(value), "a tensor with two dimensions")
    if not value.data.is_floating_point():
        raise Wrong(describe(value), "a tensor of a floating type", "Write 1.0 in place of 1.")
    return value.data.double()


def signals(length: int = 5) -> SearchStrategy[torch.Tensor]:
    """Brightness along a line: ``length`` whole numbers."""
    return strategies.integers((length,))


def rows_alike(side: int = 5) -> SearchStrategy[torch.Tensor]:
    """Images whose rows are all the same, so that every edge in them is vertical."""
    return signals(side).map(lambda line: line.expand(side, side).clone())


def columns_alike(side: int = 5) -> SearchStrategy[torch.Tensor]:
    """Images whose columns are all the same, so that every edge in them is horizontal."""
    return rows_alike(side).map(lambda image: image.mT.contiguous())


def constant_along_antidiagonals(side: int = 5) -> SearchStrategy[torch.Tensor]:
    """Images X[i, j] = g(i + j), in which nothing changes from the top right to the bottom left."""
    return signals(2 * side - 1).map(lambda line: torch.stack([line[i : i + side] for i in range(side)]))
