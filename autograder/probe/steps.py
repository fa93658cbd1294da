"""What the judge asks of the student's code: plain data, nothing executable.

A *programme* is one example's worth of questions. It has stages; the inputs of a later stage are sent only after the
earlier stage has answered, so that an upstream gradient is not known while the forward pass runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import torch

DeviceName = Literal["cpu", "accelerator"]


@dataclass(frozen=True)
class Device:
    """A device as an argument, e.g. of ``layer.to``: the accelerator may be a real or a pretend one."""

    name: DeviceName


@dataclass(frozen=True)
class Input:
    """A tensor to be made beside the student's code, laid out in memory exactly as described.

    ``storage`` is a one-dimensional tensor that holds every element the view can reach; ``shape``, ``stride`` and
    ``offset`` count elements, as in :func:`torch.as_strided`.
    """

    storage: torch.Tensor
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int = 0
    device: DeviceName = "cpu"
    requires_grad: bool = False

    @classmethod
    def like(cls, tensor: torch.Tensor, *, device: DeviceName = "cpu", requires_grad: bool = False) -> "Input":
        """The input whose view is ``tensor`` with its memory layout."""
        storage = tensor.detach().new_empty(0).set_(tensor.untyped_storage())
        shape, stride, offset = tuple(tensor.shape), tuple(tensor.stride()), int(tensor.storage_offset())
        return cls(storage, shape, stride, offset, device, requires_grad)

    def view(self) -> torch.Tensor:
        """A fresh CPU tensor with these elements and this layout; writing to it does not reach ``storage``."""
        return self.storage.clone().as_strided(self.shape, self.stride, self.offset)


def inputs_of(values: Mapping[str, Any]) -> dict[str, Input]:
    """The tensors among these values, as inputs of their names."""
    return {name: Input.like(value) for name, value in values.items() if isinstance(value, torch.Tensor)}


@dataclass(frozen=True)
class Ref:
    """An input or an earlier step's value by name, then attributes of it: ``Ref("layer", "weight.grad")``.

    A number is a place in a tuple or list: ``Ref("Y", "0")``.
    """

    name: str
    path: str = ""


@dataclass(frozen=True)
class Call:
    """Call ``function`` and keep what it returns under ``name``.

    A string names the student's function (``"corr2d"``) or, after ``"torch."``, one of PyTorch's
    (``"torch.nn.Conv2d"``). Arguments may be Refs, Devices, None, bools, numbers, strings, dtypes, and tuples or
    lists of these. ``watched``: it is told what the call did to the inputs and to random states. ``counted``: how often
    each of PyTorch's operations was dispatched is kept under ``operations_of(name)``, to be read.
    """

    name: str
    function: str | Ref
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    watched: bool = False
    counted: bool = False


def operations_of(name: str) -> Ref:
    """Where the counts of a counted call stand: a dict from operations, such as "aten::mm", to whole numbers."""
    return Ref(f"{name}'s operations")


@dataclass(frozen=True)
class Read:
    """Report the value of ``source`` under ``name``."""

    name: str
    source: Ref


@dataclass(frozen=True)
class Parameters:
    """Report a layer's parameters under ``name``, its submodules' too, by their names: those that PyTorch holds."""

    name: str
    source: Ref


@dataclass(frozen=True)
class Fill:
    """Copy the values of an input into a tensor, e.g. a layer's weight, without recording a gradient."""

    target: Ref
    source: Ref


@dataclass(frozen=True)
class SetGrad:
    """Put an input into a tensor's ``.grad``, as if an earlier backward pass had left it there."""

    target: Ref
    source: Ref


@dataclass(frozen=True)
class Backward:
    """Send ``gradient`` back through ``output``; gradients then stand in the leaves' ``.grad``."""

    output: Ref
    gradient: Ref


Reported = Call | Read | Parameters  # these have a name, and an answer
Step = Reported | Fill | SetGrad | Backward


@dataclass(frozen=True)
class Stage:
    """Inputs, made before the first step, and the steps in order."""

    inputs: Mapping[str, Input]
    steps: tuple[Step, ...]


Programme = tuple[Stage, ...]


@dataclass(frozen=True, eq=False)
class Batch:
    """Programmes that are asked together, with as many stages each. Only the same object is the same batch."""

    programmes: tuple[Programme, ...]

    @property
    def stages(self) -> range:
        """The numbers of the stages."""
        return range(len(self.programmes[0]))
