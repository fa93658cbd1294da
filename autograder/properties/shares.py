"""Plain numbers that are means over the data: a mean loss, a share of right answers."""

import torch

from autograder.probe.answers import Answers, Opaque, Returned, TensorValue, Value, describe
from autograder.probe.steps import Call, Ref
from autograder.properties.property import Wrong, value_of
from autograder.properties.tolerance import Expected

ITEM = ".item() turns a tensor of one element into a float."


def plain_number(value: Value) -> float:
    """A number, alone or as a tensor of one element; raises Wrong for anything else."""
    if isinstance(value, TensorValue) and value.data.numel() == 1 and not value.data.is_complex():
        return float(value.data)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise Wrong(describe(value), "a float")


def read_number(name: str) -> Call:
    """Makes a tensor of what the step ``name`` gave, so that a number of NumPy's can be read too."""
    return Call(f"{name}_read", "torch.as_tensor", (Ref(name),))


def number_of(answers: Answers, name: str) -> float:
    """The number that the step ``name`` gave, of whatever kind; raises Wrong when it gave none."""
    value, read = value_of(answers, name), answers.get(f"{name}_read")
    return plain_number(read.value if isinstance(value, Opaque) and isinstance(read, Returned) else value)


def is_mean(number: float, of: torch.Tensor) -> bool:
    """Whether a number is the mean of these, as far as adding them up in float32 may tell.

    Whatever the model's type: the sum is for reading, and may be kept in a tensor of the default type.
    """
    want = of.double().mean()
    bound = Expected(want, of.double().abs().mean(), len(of) + 2).tolerance(torch.float32)
    return bool((want - number).abs() <= bound)


def verify_mean(value: Value, of: torch.Tensor) -> None:
    """Raises Wrong unless ``value`` is the mean of these numbers, as a float."""
    number = plain_number(value)
    if not is_mean(number, of):
        raise Wrong(f"{number:.6g}", f"{float(of.double().mean()):.6g}")
    if not isinstance(value, float):
        raise Wrong(describe(value), f"the float {number:.6g}", ITEM)
