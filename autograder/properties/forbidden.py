"""What a question may forbid, in words: what the code does that calls it, and what is welcome in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.probe.operations import AUTOGRAD, CONVOLUTIONS, POOLING
from autograder.properties.diagnosis import Diagnosis

# What pooling is called in SciPy, scikit-image and OpenCV, without underscores.
POOLING_ELSEWHERE = (
    "maximumfilter", "minimumfilter", "uniformfilter", "rankfilter", "percentilefilter", "genericfilter", "dilat",
    "blockreduce", "boxfilter", "blur",
)  # fmt: skip


@dataclass(frozen=True)
class _Kind:
    """Operations that are forbidden together: substrings of their names, and how to tell a student."""

    substrings: tuple[str, ...]
    without: str
    welcome: str
    diagnosis: Diagnosis

    def holds(self, operation: str) -> bool:
        """Whether it is one of them, by the name of an operation, or of a function or class that calls it."""
        name = operation.lower().replace("_", "")
        return any(substring.replace("_", "") in name for substring in self.substrings)


_CONVOLUTION = _Kind(
    CONVOLUTIONS,
    "ready-made convolutions",
    "loops, slices, unfold, matrix products, einsum and FFT are all welcome",
    Diagnosis(
        "ready_made_convolution",
        "The code has a ready-made convolution do the work.",
        "Write the sum over the window yourself: with loops, slices, unfold, a matrix product or einsum.",
    ),
)
_KINDS = (
    _Kind(
        (*AUTOGRAD, "grad_fn", "next_functions"),
        "autograd, in whatever form",
        "slices, loops, matrix products, einsum and a corr2d of your own are all welcome",
        Diagnosis(
            "autograd_does_it",
            "The code has autograd work out the gradients.",
            "Write them down as sums of products: each is a cross-correlation again.",
        ),
    ),
    _Kind(
        (*POOLING, *POOLING_ELSEWHERE),
        "ready-made pooling",
        "loops, slices, unfold, max, amax, sum and mean are all welcome",
        Diagnosis(
            "ready_made_pooling",
            "The code has a ready-made pooling do the work.",
            "Take the maximum or the mean of each window yourself: with loops, slices or unfold.",
        ),
    ),
    _CONVOLUTION,
)


def forbidden_message(operations: Sequence[str]) -> str:
    """Why an answer that calls these operations does not count."""
    kind = _kind(operations)
    names = ", ".join(operations[:3])
    return f"this question is to be solved without {kind.without}, and the code uses {names}; {kind.welcome}"


def forbidden_diagnosis(operations: Sequence[str]) -> Diagnosis:
    """What code does that calls these operations."""
    return _kind(operations).diagnosis


def _kind(operations: Sequence[str]) -> _Kind:
    return next((kind for kind in _KINDS if any(kind.holds(one) for one in operations)), _CONVOLUTION)
