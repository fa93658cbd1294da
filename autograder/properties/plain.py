"""Properties of functions of plain values, and of functions that return a fixed tensor."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Stage
from autograder.properties import strategies
from autograder.properties.oracle import cross_correlation
from autograder.properties.property import Property, Wrong, judged_by, show, value_of
from autograder.properties.strategies import Case

# Kernel entries are compared with small whole numbers times a scale; a float32 kernel carries 1e-7 of it.
RELATIVE_TOLERANCE = 1e-6


def number(
    name: str,
    id: str,
    sentence: str,
    points: float,
    arguments: SearchStrategy[tuple[Any, ...]],
    reference: Callable[..., int],
    *,
    cause: str = "",
    examples: int = 40,
) -> Property:
    """A function of plain arguments returns the int that ``reference`` returns."""

    def verify(case: Case, answers: Answers) -> None:
        value = value_of(answers, "value")
        want = reference(*case["arguments"])
        if isinstance(value, TensorValue) and value.data.numel() == 1:
            value = value.data.item()
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != want:
            raise Wrong(describe(value), str(want))

    return Property(
        id,
        sentence,
        points,
        arguments.map(lambda drawn: {"arguments": drawn}),
        lambda case: (Stage({}, (Call("value", name, case["arguments"]),)),),
        judged_by(verify, lambda case: f"{name}({', '.join(repr(item) for item in case['arguments'])})"),
        cause,
        examples,
    )


Verify = Callable[[torch.Tensor, torch.Tensor], None]


def kernel(
    name: str,
    sentence: str,
    points: float,
    images: SearchStrategy[torch.Tensor],
    verify_response: Verify,
    *,
    part: int | None = None,
    cause: str = "",
) -> Property:
    """The kernel that ``name()`` returns answers images as it should: ``verify_response(image, response)``.

    ``verify_response`` raises Wrong otherwise. ``part``: which of several returned kernels is meant.
    """

    def verify(case: Case, answers: Answers) -> None:
        K = returned_kernel(value_of(answers, "kernel"), part)
        image = case["image"]
        if K.shape[0] > image.shape[0] or K.shape[1] > image.shape[1]:
            most = " by ".join(str(side) for side in image.shape)
            raise Wrong(f"a kernel of shape {tuple(K.shape)}", f"a kernel of at most {most}")
        try:
            verify_response(image, cross_correlation(image, K))
        except Wrong as wrong:
            raise Wrong(f"{wrong.got}, from the kernel {show(K)}", wrong.want, wrong.cause) from None

    return Property(
        name,
        sentence,
        points,
        images.map(lambda image: {"image": image}),
        lambda case: (Stage({}, (Call("kernel", name),)),),
        judged_by(verify, lambda case: f"image = {show(case['image'])}\n{name}() cross-correlated with image"),
        cause,
        15,
    )


def fixed_kernels(
    name: str, sentence: str, points: float, wanted: Sequence[torch.Tensor], *, cause: str = ""
) -> Property:
    """``name()`` returns these kernels, each up to its overall sign."""

    def verify(case: Case, answers: Answers) -> None:
        value = value_of(answers, "kernels")
        if not isinstance(value, tuple) or len(value) != len(wanted):
            raise Wrong(describe(value), f"{len(wanted)} kernels")
        for item, want in zip(value, wanted, strict=True):
            got = returned_kernel(item, None)
            if got.shape != want.shape or not (_close(got, want) or _close(got, -want)):
                raise Wrong(show(got), f"{show(want)}, or its negative")

    return Property(
        name,
        sentence,
        points,
        st.just({}),
        lambda case: (Stage({}, (Call("kernels", name),)),),
        judged_by(verify, lambda case: f"{name}()"),
        cause,
        examples=1,
    )


def _close(got: torch.Tensor, want: torch.Tensor) -> bool:
    return torch.allclose(got, want, rtol=RELATIVE_TOLERANCE, atol=0)


def returned_kernel(value: Any, part: int | None) -> torch.Tensor:
    """A two-dimensional kernel in float64; raises Wrong when the value is none."""
    if part is not None:
        if not isinstance(value, tuple) or len(value) <= part:
            raise Wrong(describe(value), f"at least {part + 1} kernels")
        value = value[part]
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


def constant_along_diagonals(side: int = 5) -> SearchStrategy[torch.Tensor]:
    """Images X[i, j] = f(i - j), in which every edge runs parallel to the main diagonal."""
    return constant_along_antidiagonals(side).map(lambda image: image.flip(1))
