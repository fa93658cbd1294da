"""Properties of a function (or a layer) from tensors to a tensor, judged against its reference."""

from autograder.properties.effects import fresh, pure
from autograder.properties.gradients import gradients
from autograder.properties.kinds import device_kept, dtype_kept, half_kept
from autograder.properties.large_kernels import refuses_large_kernels
from autograder.properties.non_finite import non_finite
from autograder.properties.parts import of_parts
from autograder.properties.tensor_function import Mistake, TensorFunction, function, layer
from autograder.properties.values import impulse, values, views

__all__ = [
    "Mistake", "TensorFunction", "device_kept", "dtype_kept", "fresh", "function", "gradients", "half_kept", "impulse",
    "layer", "non_finite", "of_parts", "pure", "refuses_large_kernels", "values", "views",
]  # fmt: skip
