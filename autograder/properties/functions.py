"""Properties of a function (or a layer) from tensors to a tensor, judged against its reference."""

from autograder.properties.effects import fresh, pure
from autograder.properties.gradients import gradients
from autograder.properties.kinds import device_kept, dtype_kept, half_kept
from autograder.properties.non_finite import non_finite
from autograder.properties.over import over
from autograder.properties.parts import of_parts
from autograder.properties.refusals import refuses_large_kernels, refuses_settings
from autograder.properties.tensor_function import Mistake, TensorFunction, function, layer
from autograder.properties.values import impulse, values, views
from autograder.properties.work import not_growing, one_matrix_product

__all__ = [
    "Mistake", "TensorFunction", "device_kept", "dtype_kept", "fresh", "function", "gradients", "half_kept", "impulse",
    "layer", "non_finite", "not_growing", "of_parts", "one_matrix_product", "over", "pure", "refuses_large_kernels",
    "refuses_settings", "values", "views",
]  # fmt: skip
