"""The questions of `conv_in_depth`: what a right answer does, and what each part of that is worth.

37 points by these properties; three written questions in the notebook, marked by hand, are worth another 3.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.operations import AUTOGRAD, CONVOLUTIONS, POOLING
from autograder.properties import Property, Question, functions, named, oracle, plain, strategies
from autograder.properties.functions import TensorFunction, function, over
from autograder.properties.mistakes import backward, channels, columns, composing, counting, cross_correlation, pooling
from autograder.properties.mistakes import padding_and_stride as padded

Pair = tuple[int, int]

# One list for all questions that forbid something, so that a submission needs one process without these operations.
READY_MADE = CONVOLUTIONS + POOLING

# Working answers, lent where a later one may build on them: one mistake is paid for once.
OUTPUT_SIZE = """
def conv_output_size(n, k, padding=0, stride=1):
    return (n + 2 * padding - k) // stride + 1
"""
CORR2D = """
from torch.nn import functional as _functional

def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = _functional.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        sizes = f"a kernel of {tuple(K.shape)} does not fit on a padded input of {tuple(X.shape)}"
        raise ValueError(f"{sizes} (said by the corr2d that the check lends)")
    windows = X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1])
    return (windows * K).sum((2, 3))
"""
IM2COL = """
def im2col(X, kernel_size):
    kh, kw = kernel_size
    return X.unfold(0, kh, 1).unfold(1, kw, 1).permute(2, 3, 0, 1).reshape(kh * kw, -1)
"""


# -------------------------------------------------------------------------------------------- conv_output_size


@st.composite
def layers(draw: st.DrawFn, with_padding: bool, with_stride: bool) -> tuple[int, ...]:
    """(n, k), (n, k, padding) or (n, k, padding, stride), with a kernel that fits."""
    k, p = draw(st.integers(1, 11)), draw(st.integers(0, 5)) if with_padding else 0
    n = max(1, k - 2 * p) + draw(st.integers(0, 40))
    return (n, k, *([p] if with_padding else []), *([draw(st.integers(1, 5))] if with_stride else []))


def output_size(id: str, sentence: str, points: float, *drawn: bool, mistakes: tuple[str, ...]) -> Property:
    return plain.number(
        "conv_output_size", id, sentence, points, layers(*drawn), counting.conv_output_size,
        cause=counting.SLIDE,
        mistakes=tuple(one for one in counting.OUTPUT_SIZE if one.id in mistakes),
        traits={
            "there is no padding": lambda case: case["arguments"][2:3] in ((), (0,)),
            "there is padding": lambda case: case["arguments"][2:3] not in ((), (0,)),
            "the stride is 1": lambda case: case["arguments"][3:] in ((), (1,)),
            "the stride is more than 1": lambda case: case["arguments"][3:] not in ((), (1,)),
            "the kernel is as large as the image": lambda case: case["arguments"][0] == case["arguments"][1],
        },
    )


PADDED = ("one_forgotten", "padding_counted_once", "padding_ignored")
CONV_OUTPUT_SIZE = Question(
    "conv_output_size",
    "How large is the output?",
    (
        output_size(
            "sizes", "Without padding, and with stride 1, the number of windows is right.", 1, False, False,
            mistakes=("one_forgotten",),
        ),
        output_size(
            "padding", "With padding on both sides the number of windows is right.", 1, True, False, mistakes=PADDED
        ),
        output_size(
            "stride", "With padding and a stride the number of windows is right, rounded down.", 1, True, True,
            mistakes=tuple(one.id for one in counting.OUTPUT_SIZE),
        ),
    ),
)

# --------------------------------------------------------------------------------------- corr2d_padded_strided

paddings = st.tuples(st.integers(0, 2), st.integers(0, 2))
strides = st.tuples(st.integers(1, 3), st.integers(1, 3))
SETTINGS = st.tuples(paddings, strides)
NEITHER = ((0, 0), (1, 1))
# To pad is to copy, which hides how X lies in memory, and that it is written to: every other time there is no padding.
OFTEN_UNPADDED = st.one_of(st.tuples(st.just((0, 0)), strides), SETTINGS)


@cache
def corr2d(settings: tuple[Pair, Pair]) -> TensorFunction:
    """`corr2d` called with this padding and this stride."""
    padding, stride = settings
    return function(
        "corr2d", strategies.single_channel(), oracle.padded_strided(padding, stride),
        mistakes=padded.padding_and_stride(padding, stride), norms=oracle.cross_correlation,
        keywords={"padding": padding, "stride": stride},
    )


Make = Callable[[TensorFunction], Property]


def at_any_setting(make: Make, settings: st.SearchStrategy[Any] = SETTINGS, **telling: Any) -> Property:
    return over(settings, NEITHER, lambda drawn: make(corr2d(drawn)), **telling)


def refuses_large(settings: tuple[Pair, Pair]) -> Property:
    return functions.refuses_large_kernels(
        corr2d(settings), 0.5, strategies.too_large_kernels(settings[0]),
        "Compare K's height and width with those of the padded X, and raise ValueError.",
    )


without_settings = function(
    "corr2d", strategies.single_channel(), oracle.cross_correlation,
    mistakes=padded.DEFAULTS + cross_correlation.OF_CROSS_CORRELATION,
)

CORR2D_PADDED_STRIDED = Question(
    "corr2d_padded_strided",
    "Padding and stride",
    (
        at_any_setting(
            lambda of: functions.values(
                of, 2.5,
                cause="Put padding[0] rows of zeros above and below X and padding[1] columns left and right; "
                "then output (i, j) is the window that begins at (i·stride[0], j·stride[1]), times K.",
                sentence="Every output is right: shape and values, for any padding and stride, in each direction.",
            ),
            telling=corr2d,
        ),
        replace(
            functions.values(
                without_settings, 0.5, examples=20,
                sentence="Called with X and K alone, it pads nothing and moves by one.",
                cause="The signature gives padding=(0, 0) and stride=(1, 1).",
            ),
            id="defaults",
        ),
        at_any_setting(lambda of: functions.views(of, 0.5), OFTEN_UNPADDED),
        at_any_setting(lambda of: functions.dtype_kept(of, 0.5)),
        at_any_setting(lambda of: functions.device_kept(of, 0.75)),
        at_any_setting(lambda of: functions.gradients(of, 1.25)),
        at_any_setting(lambda of: functions.pure(of, 0.5), OFTEN_UNPADDED),
        replace(
            over(SETTINGS, NEITHER, refuses_large),
            sentence="A kernel larger than the padded input is refused with an error; one that fits on it is answered.",
        ),
    ),
    forbid=READY_MADE,
    lend=OUTPUT_SIZE,
)

# -------------------------------------------------------------------------------------------------- corr2d_1x1


@st.composite
def pixels(draw: st.DrawFn) -> strategies.Shapes:
    """X (ci, h, w) and K (co, ci, 1, 1)."""
    ci, co, h, w = (draw(st.integers(1, 4)) for _ in range(4))
    return {"X": (ci, h, w), "K": (co, ci, 1, 1)}


one_by_one = function(
    "corr2d_multi_in_out_1x1", pixels(), oracle.multi_in_out, mistakes=channels.ONE_BY_ONE
)

CORR2D_1X1 = Question(
    "corr2d_1x1",
    "1×1 kernels",
    (
        functions.values(
            one_by_one, 1.25, examples=40,
            cause="Output channel k at a pixel is the sum over the input channels c of K[k, c]·X[c], at that pixel.",
        ),
        functions.one_matrix_product(
            one_by_one, 0.75,
            {"X": (2, 2, 2), "K": (2, 2, 1, 1)}, {"X": (12, 12, 12), "K": (12, 12, 1, 1)},
            cause="Lay the pixels of X out as columns, (ci, h·w), and K as a matrix, (co, ci): one product does it.",
        ),
        functions.gradients(one_by_one, 0.25),
        functions.dtype_kept(one_by_one, 0.25),
        functions.device_kept(one_by_one, 0.25),
        functions.pure(one_by_one, 0.25),
    ),
    forbid=READY_MADE,
    lend=OUTPUT_SIZE + CORR2D,
)

# ------------------------------------------------------------------------------------------------------ pool2d

sizes = st.tuples(st.integers(1, 3), st.integers(1, 3))
# How 'max' is asked for: by name, or by saying nothing.
asked = st.tuples(sizes, st.sampled_from(("max", "")))
either = st.tuples(sizes, st.sampled_from(("max", "avg")))
LARGEST_OF_ONE = ((1, 1), "max")


@st.composite
def covered(draw: st.DrawFn, size: Pair) -> strategies.Shapes:
    """X (h, w), on which a window of this size fits."""
    return {"X": (size[0] + draw(st.integers(0, 3)), size[1] + draw(st.integers(0, 3)))}


@cache
def pool2d(settings: tuple[Pair, str]) -> TensorFunction:
    """`pool2d` called with this window, and this mode or none."""
    size, mode = settings
    keywords = {"mode": mode} if mode else {}
    if mode == "avg":
        return function(
            "pool2d", covered(size), oracle.mean_of(size), ("X",), mistakes=pooling.means(size),
            terms=lambda operands: size[0] * size[1], norms=oracle.norm_of_mean(size),
            plain=(size,), keywords=keywords,
        )
    return function(
        "pool2d", covered(size), oracle.largest_of(size), ("X",), mistakes=pooling.largest(size),
        plain=(size,), keywords=keywords,
    )


@st.composite
def all_negative(draw: st.DrawFn, size: Pair) -> dict[str, torch.Tensor]:
    shape = draw(covered(size))["X"]
    return {"X": -1 - draw(strategies.integers(shape)).abs()}


@st.composite
def distinct_with_gradient(draw: st.DrawFn, of: TensorFunction) -> dict[str, torch.Tensor]:
    """Numbers that all differ, so that each window has one largest, and an upstream gradient G."""
    X = draw(strategies.distinct(draw(of.shapes)["X"]))
    return {"X": X, "G": draw(strategies.integers(tuple(of.wanted({"X": X}).value.shape)))}


@cache
def of_negatives(settings: tuple[Pair, str]) -> TensorFunction:
    return replace(pool2d(settings), mistakes=pooling.largest_of_negatives(settings[0]))


def raised(item: Property, size: Pair) -> Property:
    """The same property, of images in each of whose windows the largest number is 1 or more.

    To look for it from 0 upwards is a mistake that costs its own property, and no other.
    """

    def high_enough(case: strategies.Case) -> strategies.Case:
        lowest = oracle.largest_of(size)(case["X"]).min()
        return {**case, "X": case["X"] + (1 - lowest).clamp(min=0)}

    return replace(item, strategy=item.strategy.map(high_enough))


def largest(settings: tuple[Pair, str]) -> Property:
    item = functions.values(
        pool2d(settings), 1.5, examples=40,
        sentence="By 'max', and if no mode is given, each output is the largest in its window.",
        cause="Output (i, j) is the largest of X[i:i+ph, j:j+pw].",
    )
    return raised(replace(item, id="max"), settings[0])


def mean(settings: tuple[Pair, str]) -> Property:
    item = functions.values(
        pool2d(settings), 1, examples=40,
        sentence="By 'avg' each output is the mean of its window.",
        cause="Output (i, j) is the sum of X[i:i+ph, j:j+pw] divided by ph·pw.",
    )
    return replace(item, id="avg")


def negative(settings: tuple[Pair, str]) -> Property:
    item = functions.values(
        of_negatives(settings), 0.5, examples=20,
        sentence="The largest of negative numbers is the one nearest to 0, and not 0.",
        cause="Do not begin with 0: where all are negative, that is larger than each.",
    )
    return replace(item, id="negative", strategy=all_negative(settings[0]))


def gradients(settings: tuple[Pair, str]) -> Property:
    of = pool2d(settings)
    return replace(functions.gradients(of, 0.5), strategy=distinct_with_gradient(of))


def refuses(settings: tuple[Pair, str]) -> Property:
    size, _ = settings
    other = function("pool2d", covered(size), oracle.mean_of(size), ("X",), plain=(size,), keywords={"mode": "median"})
    return functions.refuses_settings(
        pool2d(settings), 0.5, other,
        "A mode that is neither 'max' nor 'avg' is refused with ValueError.",
        "Raise ValueError for every other mode, before anything is computed.",
        ids=("other_modes", "A mode that does not exist"),
    )


def in_either_mode(make: Callable[[tuple[Pair, str]], Property]) -> Property:
    """A property of what both modes answer; where one answers wrongly, the other is asked alone."""

    def both(settings: tuple[Pair, str]) -> tuple[TensorFunction, TensorFunction]:
        size, mode = settings
        return pool2d(settings), pool2d((size, "avg" if mode == "max" else "max"))

    return over(either, LARGEST_OF_ONE, lambda settings: raised(make(settings), settings[0]), beside=both)


POOL2D = Question(
    "pool2d",
    "Pooling",
    (
        over(asked, LARGEST_OF_ONE, largest, telling=pool2d),
        over(sizes.map(lambda size: (size, "avg")), ((1, 1), "avg"), mean, telling=pool2d),
        over(asked, LARGEST_OF_ONE, negative, telling=of_negatives),
        in_either_mode(gradients),
        in_either_mode(lambda settings: functions.dtype_kept(pool2d(settings), 0.25)),
        in_either_mode(lambda settings: functions.device_kept(pool2d(settings), 0.5)),
        in_either_mode(lambda settings: functions.pure(pool2d(settings), 0.25)),
        in_either_mode(refuses),
    ),
    forbid=READY_MADE,
)

# --------------------------------------------------------------------------------------------- corr2d_backward


@st.composite
def with_upstream(draw: st.DrawFn) -> strategies.Shapes:
    """X (h, w), K (kh, kw) and dY (h-kh+1, w-kw+1)."""
    h, w, kh, kw = draw(strategies.windows(3, 3))
    return {"X": (h, w), "K": (kh, kw), "dY": (h - kh + 1, w - kw + 1)}


def gradient(reference: oracle.Reference, part: int, mistakes: tuple[functions.Mistake, ...]) -> TensorFunction:
    return function("corr2d_backward", with_upstream(), reference, ("X", "K", "dY"), part, parts=2, mistakes=mistakes)


dX = gradient(oracle.input_gradient, 0, backward.INPUT_GRADIENT)
dK = gradient(oracle.kernel_gradient, 1, backward.KERNEL_GRADIENT)

CORR2D_BACKWARD = Question(
    "corr2d_backward",
    "The way back",
    (
        *named("dX", "dX", functions.values(dX, 2.75, cause=backward.SPREAD)),
        *named("dK", "dK", functions.values(dK, 2.75, cause=backward.WINDOWS)),
        *named(
            "both", "dX and dK",
            functions.of_parts(functions.dtype_kept, (dX, dK), 0.75),
            functions.of_parts(functions.device_kept, (dX, dK), 1),
            functions.of_parts(functions.pure, (dX, dK), 0.75),
        ),
    ),
    forbid=READY_MADE + AUTOGRAD,
    lend=OUTPUT_SIZE + CORR2D,
)

# ----------------------------------------------------------------------------------------------- corr2d_im2col


@cache
def im2col(size: Pair) -> TensorFunction:
    """`im2col` called with windows of this size."""
    return function(
        "im2col", covered(size), oracle.columns_of(size), ("X",), mistakes=columns.columns(size), plain=(size,)
    )


corr2d_im2col = function(
    "corr2d_im2col", strategies.single_channel(), oracle.cross_correlation,
    mistakes=columns.MULTIPLIED + cross_correlation.OF_CROSS_CORRELATION,
)


def of_any_size(make: Make, **telling: Any) -> Property:
    return over(sizes, (1, 1), lambda size: make(im2col(size)), **telling)


def not_growing(settings: tuple[str, Pair]) -> Property:
    """For outputs of n by n, with a kernel of this size."""
    name, (kh, kw) = settings

    def shapes(n: int) -> strategies.Shapes:
        X = {"X": (kh + n - 1, kw + n - 1)}
        return X if name == "im2col" else {**X, "K": (kh, kw)}

    return functions.not_growing(
        im2col((kh, kw)) if name == "im2col" else corr2d_im2col, 2, shapes, 4, 16,
        sentence="im2col and corr2d_im2col take as many operations for an output of 16×16 as for one of 4×4.",
        cause="There is a loop over outputs; unfold, as_strided or an index picks all windows at once.",
    )


KERNELS = st.tuples(st.sampled_from(("im2col", "corr2d_im2col")), st.tuples(st.integers(2, 3), st.integers(2, 3)))

CORR2D_IM2COL = Question(
    "corr2d_im2col",
    "One matrix product: im2col",
    (
        *named(
            "im2col", "im2col",
            of_any_size(
                lambda of: functions.values(
                    of, 2, examples=40, cause=columns.ORDER,
                    sentence="The columns are the windows, in F.unfold's order.",
                ),
                telling=im2col,
            ),
            of_any_size(lambda of: functions.dtype_kept(of, 0.25)),
            of_any_size(lambda of: functions.device_kept(of, 0.25)),
        ),
        *named(
            "corr2d", "corr2d_im2col",
            functions.values(
                corr2d_im2col, 1.5, examples=40,
                cause="The kernel as a row, (1, kh·kw), times im2col(X, (kh, kw)), reshaped to (oh, ow).",
            ),
            functions.gradients(corr2d_im2col, 1),
            functions.dtype_kept(corr2d_im2col, 0.25),
            functions.device_kept(corr2d_im2col, 0.5),
            functions.pure(corr2d_im2col, 0.25),
            lend=IM2COL,
        ),
        replace(over(KERNELS, ("im2col", (2, 2)), not_growing), examples=8),
    ),
    forbid=READY_MADE,
    lend=OUTPUT_SIZE + CORR2D,
)

# --------------------------------------------------------------------------------------------- compose_kernels


@st.composite
def two_kernels(draw: st.DrawFn) -> strategies.Shapes:
    """K1 (a, b) and K2 (c, d)."""
    a, b, c, d = (draw(strategies.sides()) for _ in range(4))
    return {"K1": (a, b), "K2": (c, d)}


compose_kernels = function(
    "compose_kernels", two_kernels(), oracle.composed, ("K1", "K2"), mistakes=composing.COMPOSED
)

COMPOSE_KERNELS = Question(
    "compose_kernels",
    "Two kernels in one",
    (
        functions.values(compose_kernels, 1.75, examples=50, cause=composing.FULL),
        functions.gradients(compose_kernels, 0.5),
        functions.dtype_kept(compose_kernels, 0.25),
        functions.device_kept(compose_kernels, 0.25),
        functions.pure(compose_kernels, 0.25),
    ),
    lend=OUTPUT_SIZE + CORR2D,
)

QUESTIONS = (
    CONV_OUTPUT_SIZE,
    CORR2D_PADDED_STRIDED,
    CORR2D_1X1,
    POOL2D,
    CORR2D_BACKWARD,
    CORR2D_IM2COL,
    COMPOSE_KERNELS,
)
