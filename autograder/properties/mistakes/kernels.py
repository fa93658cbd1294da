"""What wrong Sobel kernels look like."""

import torch

from autograder.probe.answers import TensorValue, Value
from autograder.properties.kernels import KernelMistake

SOBEL_COLUMNS = "Kx has the columns (1, 2, 1), 0 and -(1, 2, 1)."


def double_the_middle(value: Value) -> Value:
    if not isinstance(value, tuple) or len(value) != 2:
        return value
    weights = torch.tensor([1.0, 2.0, 1.0], dtype=torch.float64)
    Kx, Ky = value
    if not isinstance(Kx, TensorValue) or not isinstance(Ky, TensorValue):
        return value
    return TensorValue(Kx.data * weights[:, None]), TensorValue(Ky.data * weights)


def transpose_second(value: Value) -> Value:
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], TensorValue):
        return value[0], TensorValue(value[1].data.mT)
    return value


def add_transposed(value: Value) -> Value:
    return (value, TensorValue(value.data.mT)) if isinstance(value, TensorValue) else value


SOBEL = (
    KernelMistake("prewitt", "These are Prewitt's kernels: all weights are 1.", SOBEL_COLUMNS, double_the_middle),
    KernelMistake("second_not_transposed", "Both kernels are the same.", "Ky is Kx transposed.", transpose_second),
    KernelMistake("one_kernel_only", "Only one kernel is returned.", "Return Kx, Ky.", add_transposed),
)
