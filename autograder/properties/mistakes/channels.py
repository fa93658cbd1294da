"""What wrong code for several channels computes."""

from dataclasses import replace

import torch

from autograder.properties import oracle
from autograder.properties.mistakes.cross_correlation import NOT_FLIPPED, TRUE_CONVOLUTION
from autograder.properties.tensor_function import Mistake


def in_each_output(mistake: Mistake) -> Mistake:
    """The same mistake made for every output channel."""

    def reference(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return torch.stack([mistake.reference(X, k) for k in K])

    return replace(mistake, reference=reference)


def each_channel(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return torch.stack([oracle.cross_correlation(x, k) for x, k in zip(X, K, strict=True)])


def kernels_by_second_axis(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    pairs = min(len(X), len(K))
    return oracle.multi_in_out(X[:pairs], K[:pairs].transpose(0, 1))


ADD_UP = "Cross-correlate each channel with its own kernel and add up the results."
STACK = "Stack the maps along a new first axis: torch.stack([...])."
MULTI_IN = (
    Mistake(
        "first_channel_only",
        "Only the first input channel takes part.",
        ADD_UP,
        lambda X, K: oracle.multi_in(X[:1], K[:1]),
    ),
    Mistake(
        "mean_over_channels",
        "The channels' results are averaged in place of added up.",
        ADD_UP,
        lambda X, K: oracle.multi_in(X, K) / len(X),
    ),
    Mistake("channels_not_summed", "The input channels' results are not added up.", ADD_UP, each_channel),
    Mistake(
        "channels_reversed",
        "Channels and kernels are paired in opposite order.",
        ADD_UP,
        lambda X, K: oracle.multi_in(X.flip(0), K),
    ),
    Mistake(
        "every_channel_with_every_kernel",
        "Every channel meets every kernel.",
        ADD_UP,
        lambda X, K: oracle.multi_in(X.sum(0, keepdim=True), K.sum(0, keepdim=True)),
    ),
    Mistake(
        "true_convolution",
        TRUE_CONVOLUTION.does,
        NOT_FLIPPED,
        lambda X, K: oracle.multi_in(X, K.flip(1, 2)),
    ),
    Mistake(
        "axes_of_one_dropped",
        "Axes of length one are squeezed away.",
        "Leave out squeeze(), or name the axis.",
        lambda X, K: oracle.multi_in(X, K).squeeze(),
    ),
)
MULTI_IN_OUT = (
    Mistake(
        "output_axis_last",
        "The output channels stand along the last axis.",
        STACK,
        lambda X, K: oracle.multi_in_out(X, K).permute(1, 2, 0),
    ),
    Mistake(
        "maps_concatenated",
        "The maps are joined below one another, without an axis of their own.",
        STACK,
        lambda X, K: oracle.multi_in_out(X, K).flatten(0, 1),
    ),
    Mistake(
        "same_kernel_for_all",
        "Every output channel gets the first one's kernels.",
        "Output channel k has kernels of its own, K[k].",
        lambda X, K: oracle.multi_in_out(X, K[:1].expand(K.shape)),
    ),
    Mistake(
        "kernel_axes_exchanged",
        "K is read as (in, out, height, width).",
        "K's first axis is the output channel.",
        kernels_by_second_axis,
    ),
    Mistake(
        "axes_of_one_dropped",
        "Axes of length one are squeezed away.",
        "Leave out squeeze(), or name the axis.",
        lambda X, K: oracle.multi_in_out(X, K).squeeze(),
    ),
    *(in_each_output(mistake) for mistake in MULTI_IN),
)


def reshaped(components: torch.Tensor) -> torch.Tensor:
    return components.transpose(0, 1).reshape(components.shape)


COMPONENTS = (
    Mistake(
        "axes_exchanged",
        "Output channels come first, and input channels second.",
        "components[c, k], not [k, c].",
        lambda X, K, u: oracle.components(X, K).transpose(0, 1),
    ),
    Mistake(
        "reshaped",
        "The axes are reshaped where they should change places.",
        "Exchange axes with transpose(0, 1).",
        lambda X, K, u: reshaped(oracle.components(X, K)),
    ),
    Mistake(
        "bias_in_components",
        "The bias is added to every component.",
        "The bias belongs to the maps only.",
        lambda X, K, u: oracle.components(X, K) + u[None, :, None, None],
    ),
    Mistake(
        "bias_in_components",
        "The bias is shared out over the components.",
        "The bias belongs to the maps only.",
        lambda X, K, u: oracle.components(X, K) + u[None, :, None, None] / K.shape[1],
    ),
    Mistake(
        "order_exchanged",
        "The maps are returned before the components.",
        "Return components, maps.",
        oracle.feature_maps,
    ),
)
FEATURE_MAPS = (
    Mistake(
        "bias_not_added",
        "The bias takes no part.",
        "maps[k] is the sum of components[:, k] plus u[k].",
        lambda X, K, u: oracle.feature_maps(X, K, torch.zeros_like(u)),
    ),
    Mistake(
        "bias_along_width",
        "The bias is added along the last axis.",
        "Give u two more axes: u[:, None, None].",
        lambda X, K, u: oracle.components(X, K).sum(0) + u,
    ),
    Mistake(
        "bias_in_components",
        "The bias is added once for each input channel.",
        "Add u[k] once.",
        lambda X, K, u: oracle.feature_maps(X, K, u * K.shape[1]),
    ),
    Mistake(
        "summed_over_outputs",
        "The sum runs over the output channels.",
        "Sum over the input channels.",
        lambda X, K, u: oracle.components(X, K).sum(1) + u.sum(),
    ),
    Mistake(
        "batch_axis_kept",
        "The maps have a batch axis.",
        "Leave the batch axis away: [0].",
        lambda X, K, u: oracle.feature_maps(X, K, u)[None],
    ),
    Mistake(
        "order_exchanged",
        "The maps are returned before the components.",
        "Return components, maps.",
        oracle.each_component,
    ),
)


# Of those, what a kernel of one pixel shows.
_OF_ONE_PIXEL = frozenset(
    {"output_axis_last", "maps_concatenated", "same_kernel_for_all", "kernel_axes_exchanged", "axes_of_one_dropped"}
)
ONE_BY_ONE = tuple(mistake for mistake in MULTI_IN_OUT if mistake.id in _OF_ONE_PIXEL) + tuple(
    in_each_output(mistake) for mistake in MULTI_IN if mistake.id in {"first_channel_only", "mean_over_channels"}
)
