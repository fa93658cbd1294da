"""The questions of `conv_layer`: what a right answer does, and what each part of that is worth. 40 points.

Nothing here is secret: the reference is `torch.nn.functional.conv2d`. The check cells of the notebook ask these very
properties; grading asks them again, on more examples and in a sandbox.
"""

import torch
from hypothesis import strategies as st

from autograder.probe.operations import CONVOLUTIONS
from autograder.properties import (
    Question,
    Wrong,
    functions,
    kernels,
    layers,
    named,
    oracle,
    plain,
    strategies,
    training,
)
from autograder.properties.functions import Mistake, TensorFunction, function, layer
from autograder.properties.mistakes import channels, counting, cross_correlation
from autograder.properties.mistakes import kernels as mistaken_kernels

# Working answers, lent where a later one may build on them: one mistake is paid for once.
CORR2D = """
from torch.nn import functional as _functional

def corr2d(X, K):
    return _functional.conv2d(X[None, None], K[None, None])[0, 0]
"""
MULTI_IN = """
def corr2d_multi_in(X, K):
    return _functional.conv2d(X[None], K[None])[0, 0]
"""

# ------------------------------------------------------------------------------------------------------ corr2d

corr2d = function(
    "corr2d", strategies.single_channel(), oracle.cross_correlation, mistakes=cross_correlation.OF_CROSS_CORRELATION
)

CORR2D_QUESTION = Question(
    "corr2d",
    "Cross-correlation",
    (
        functions.values(
            corr2d, 3,
            cause="Output (i, j) is the sum of X[i:i+kh, j:j+kw] * K; the kernel is not flipped, "
            "and height and width are not to be mixed up.",
        ),
        functions.impulse(
            corr2d, 0.5,
            cause="Each output looks at the window that starts at its own place, "
            "so an impulse shows the kernel back to front.",
        ),
        functions.views(corr2d, 1),
        functions.dtype_kept(corr2d, 1),
        functions.half_kept(corr2d, 0.25),
        functions.device_kept(corr2d, 1),
        functions.gradients(corr2d, 1.5),
        functions.pure(corr2d, 0.5),
        functions.fresh(corr2d, 0.5, window=True),
        functions.non_finite(corr2d, 0.25),
        functions.refuses_large_kernels(corr2d, 0.5),
    ),
    forbid=CONVOLUTIONS,
)

# ------------------------------------------------------------------------------------------------ conv2d_layer

conv2d = layer(
    "Conv2D", strategies.layer_with_bias(), oracle.biased, ("weight", "bias"), sizes="weight",
    mistakes=cross_correlation.WITH_BIAS,
)

CONV2D_LAYER = Question(
    "conv2d_layer",
    "A convolutional layer",
    (
        layers.parameters(
            "Conv2D", 2,
            shapes={"weight": lambda size: size, "bias": lambda size: (1,)},
            starts={"weight": layers.uniform, "bias": layers.zeros},
        ),
        functions.values(
            conv2d, 2.25, examples=40,
            cause="The output is corr2d(x, self.weight) + self.bias, with the parameters as they are now.",
        ),
        functions.gradients(conv2d, 1),
        functions.dtype_kept(conv2d, 0.5),
        functions.device_kept(conv2d, 0.75),
        functions.pure(conv2d, 0.5),
    ),
    lend=CORR2D,
)

# ------------------------------------------------------------------------------------------------ edge_kernels

SIDE = 6
NEARLY = 1e-6


@st.composite
def bright_then_dark(draw: st.DrawFn) -> torch.Tensor:
    """An image that goes from white (1) to black (0), left to right, at a drawn column.

    Not next to the border, so that a kernel of three columns may have its difference in any two of them.
    """
    image = torch.zeros(SIDE, SIDE, dtype=torch.float64)
    image[:, : draw(st.integers(2, SIDE - 2))] = 1
    return image


@st.composite
def slanted(draw: st.DrawFn) -> torch.Tensor:
    """An image with an edge parallel to the main diagonal: 1 above it, 0 below."""
    return torch.ones(SIDE, SIDE, dtype=torch.float64).triu(draw(st.integers(-1, 1)))


def silent(response: torch.Tensor, where: str) -> None:
    if not bool((response.abs() <= NEARLY).all()):
        raise Wrong(f"answers up to {float(response.abs().max()):.6g} {where}", f"0 {where}")


def answers_vertical_edges(image: torch.Tensor, response: torch.Tensor) -> None:
    """+1 at white to black, 0 elsewhere; 0 where each row is constant."""
    if bool((image == image[:, :1]).all()):
        silent(response, "on an image whose rows are constant")
        return
    step = ((response - 1).abs() <= NEARLY) | (response.abs() <= NEARLY)
    if not bool(step.all()) or not bool((response > NEARLY).any()):
        raise Wrong(
            f"answers from {float(response.min()):.6g} to {float(response.max()):.6g} at an edge from white to black",
            "+1 at the edge and 0 elsewhere",
            "Left minus right is +1 where white turns to black.",
        )


def answers_horizontal_edges(image: torch.Tensor, response: torch.Tensor) -> None:
    answers_vertical_edges(image.mT, response.mT)


def answers_diagonal_edges(image: torch.Tensor, response: torch.Tensor) -> None:
    """0 where nothing changes along the anti-diagonals, something where an edge runs along the main diagonal."""
    if torch.equal(image[1:, :-1], image[:-1, 1:]):
        silent(response, "on an image that is constant along the anti-diagonals")
    elif not bool((response.abs() > NEARLY).any()):
        raise Wrong(
            "0 everywhere",
            "an answer along the edge, which runs parallel to the main diagonal",
            "Compare two pixels across the edge: top right with bottom left.",
        )


SOBEL_X = torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]], dtype=torch.float64)

EDGE_KERNELS = Question(
    "edge_kernels",
    "Kernels that find edges",
    (
        kernels.kernel(
            "vertical_edge_kernel", "The kernel answers vertical edges with +1 or -1, and nothing else.", 1,
            st.one_of(bright_then_dark(), kernels.columns_alike(SIDE)), answers_vertical_edges,
        ),
        kernels.kernel(
            "horizontal_edge_kernel", "The kernel answers horizontal edges with +1 or -1, and nothing else.", 1,
            st.one_of(bright_then_dark().map(lambda image: image.mT), kernels.rows_alike(SIDE)),
            answers_horizontal_edges,
        ),
        kernels.kernel(
            "diagonal_edge_kernel",
            "The kernel answers edges along the main diagonal and is silent along the other.", 1,
            st.one_of(slanted(), kernels.constant_along_antidiagonals(SIDE)), answers_diagonal_edges,
        ),
        kernels.fixed_kernels(
            "sobel_kernels", "The kernels are Sobel's, one the transpose of the other.", 1, (SOBEL_X, SOBEL_X.mT),
            cause=mistaken_kernels.SOBEL_COLUMNS,
            mistakes=mistaken_kernels.SOBEL,
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ train_kernel

BANDS = torch.ones(1, 1, 6, 8, dtype=torch.float64)
BANDS[..., 2:6] = 0
LESSON_RUN = {
    "W": torch.tensor([[[[-0.4690, 0.5537]]]], dtype=torch.float64),
    "X": BANDS,
    "Y": BANDS[..., :-1] - BANDS[..., 1:],
    "lr": 3e-2,
    "num_steps": 10,
}

TRAIN_KERNEL = Question(
    "train_kernel",
    "Learning a kernel",
    (
        training.losses("train_kernel", 2.5),
        training.learned_kernel("train_kernel", 1.5),
        training.every_parameter("train_kernel", 0.5),
        training.stale_gradients("train_kernel", 1),
        training.in_place("train_kernel", 0.5),
        training.defaults("train_kernel", 0.5, LESSON_RUN),
        training.pure("train_kernel", 0.5),
    ),
)

# -------------------------------------------------------------------------------------------------- convolve2d

convolve2d = function(
    "convolve2d", strategies.single_channel(), oracle.convolution, mistakes=cross_correlation.OF_TRUE_CONVOLUTION
)

CONVOLVE2D = Question(
    "convolve2d",
    "True convolution",
    (
        functions.values(
            convolve2d, 1, examples=40, cause="Flip the kernel in both directions, then cross-correlate."
        ),
        functions.gradients(convolve2d, 0.25),
        functions.dtype_kept(convolve2d, 0.25),
        functions.device_kept(convolve2d, 0.25),
        functions.pure(convolve2d, 0.25),
    ),
    lend=CORR2D,
)

# ----------------------------------------------------------------------------------------------- multi_channel


multi_in = function("corr2d_multi_in", strategies.channels_in(), oracle.multi_in, mistakes=channels.MULTI_IN)
multi_in_out = function(
    "corr2d_multi_in_out", strategies.channels_in_out(), oracle.multi_in_out, mistakes=channels.MULTI_IN_OUT
)


MULTI_CHANNEL = Question(
    "multi_channel",
    "Several channels",
    (
        *named(
            "in", "corr2d_multi_in",
            functions.values(
                multi_in, 1.25, examples=40,
                cause="Cross-correlate each channel with its own kernel and add up the results.",
            ),
            functions.gradients(multi_in, 0.25),
            functions.dtype_kept(multi_in, 0.25),
            functions.device_kept(multi_in, 0.25),
            functions.pure(multi_in, 0.25),
        ),
        *named(
            "in_out", "corr2d_multi_in_out",
            functions.values(
                multi_in_out, 1.75, examples=40,
                cause="Each output channel is corr2d_multi_in with its own K[k]; stack them along a new first axis.",
            ),
            functions.gradients(multi_in_out, 0.25),
        ),
        # What corr2d_multi_in does besides returning values has cost marks there: it is lent in working order.
        *named(
            "in_out", "corr2d_multi_in_out",
            functions.dtype_kept(multi_in_out, 0.25),
            functions.device_kept(multi_in_out, 0.25),
            functions.pure(multi_in_out, 0.25),
            lend=MULTI_IN,
        ),
    ),
    lend=CORR2D,
)

# --------------------------------------------------------------------------------------------- conv_components


def conv_components(reference: oracle.Reference, part: int, mistakes: tuple[Mistake, ...]) -> TensorFunction:
    shapes = strategies.batch_of_one_with_bias()
    return function("conv_components", shapes, reference, ("X", "K", "u"), part, parts=2, mistakes=mistakes)


components = conv_components(oracle.each_component, 0, channels.COMPONENTS)
feature_maps = conv_components(oracle.feature_maps, 1, channels.FEATURE_MAPS)
PARTS = (components, feature_maps)

CONV_COMPONENTS = Question(
    "conv_components",
    "What a channel contributes",
    (
        *named(
            "components", "components",
            functions.values(
                components, 0.5, examples=30,
                cause="components[c, k] is input channel c cross-correlated with K[k, c], without the bias.",
            ),
        ),
        *named(
            "maps", "maps",
            functions.values(
                feature_maps, 0.5, examples=30,
                cause="maps[k] is the sum of components[:, k] plus u[k].",
            ),
        ),
        *named(
            "both", "components and maps",
            functions.of_parts(functions.gradients, PARTS, 0.25),
            functions.of_parts(functions.dtype_kept, PARTS, 0.25),
            functions.of_parts(functions.device_kept, PARTS, 0.25),
            functions.of_parts(functions.pure, PARTS, 0.25),
        ),
    ),
    lend=CORR2D,
)

# --------------------------------------------------------------------------------------------- count_and_field


counts = st.integers(1, 64)
kernel_sizes = st.one_of(st.integers(1, 11), st.tuples(st.integers(1, 11), st.integers(1, 11)))
sizes = st.tuples(counts, counts, kernel_sizes)
stacks = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 3)), max_size=6)

COUNT_AND_FIELD = Question(
    "count_and_field",
    "Counting parameters and reach",
    (
        plain.number(
            "num_conv_params", "parameters", "The number of weights, and of biases where there are any, is right.", 1.5,
            st.one_of(sizes, st.tuples(counts, counts, kernel_sizes, st.booleans())), counting.num_conv_params,
            cause=counting.EACH_OUTPUT,
            mistakes=counting.PARAMETERS,
            traits={
                "kernel_size is a pair": lambda case: isinstance(case["arguments"][2], tuple),
                "kernel_size is an int": lambda case: isinstance(case["arguments"][2], int),
                "there is a bias": lambda case: case["arguments"][3:] != (False,),
                "there is no bias": lambda case: case["arguments"][3:] == (False,),
            },
        ),
        plain.number(
            "receptive_field", "receptive_field",
            "The number of input pixels, along one axis, that one output sees is right.", 1.5,
            st.tuples(stacks), counting.receptive_field,
            cause=counting.REACH,
            mistakes=counting.RECEPTIVE_FIELD,
            traits={
                "there is at least one layer": lambda case: len(case["arguments"][0]) > 0,
                "there is one layer": lambda case: len(case["arguments"][0]) == 1,
                "all strides are 1": lambda case: all(stride == 1 for _, stride in case["arguments"][0]),
            },
        ),
    ),
)

QUESTIONS = (
    CORR2D_QUESTION,
    CONV2D_LAYER,
    EDGE_KERNELS,
    TRAIN_KERNEL,
    CONVOLVE2D,
    MULTI_CHANNEL,
    CONV_COMPONENTS,
    COUNT_AND_FIELD,
)
