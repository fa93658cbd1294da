"""What the judge learns of the student's code: plain data, taken from the objects it returned."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch

# The types that a tensor can have on its way to the judge: what safetensors stores, but for the exotic ones.
DTYPES = frozenset(
    {
        torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.complex64, torch.bool,
        torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
    }
)  # fmt: skip


@dataclass(frozen=True)
class TensorValue:
    """A tensor: ``data`` is a contiguous CPU copy, ``device`` is "cpu", "accelerator" or another device's name.

    Its dtype is one of DTYPES.
    """

    data: torch.Tensor
    device: str = "cpu"
    requires_grad: bool = False
    is_parameter: bool = False


@dataclass(frozen=True)
class Opaque:
    """An object of which only the type's name is known."""

    type_name: str


Value = bool | int | float | str | TensorValue | Opaque | tuple["Value", ...] | dict[str, "Value"] | None


@dataclass(frozen=True)
class Effects:
    """What a call did besides returning.

    changed_inputs: names of the inputs whose values or version counter it changed.
    shares_storage_with: names of the inputs whose memory a returned tensor shares.
    changed_state: global settings it changed, in words ("the default dtype").
    """

    changed_inputs: tuple[str, ...] = ()
    shares_storage_with: tuple[str, ...] = ()
    changed_state: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """A step that went through."""

    value: Value
    effects: Effects = Effects()


@dataclass(frozen=True)
class Raised:
    """A step that raised; the steps after it were not run. ``where`` is the student's own line, when known.

    kinds: the names of Python's own types that the error is of, the narrowest first; empty if its type is one.
    """

    type_name: str
    message: str
    where: str = ""
    kinds: tuple[str, ...] = ()

    def is_a(self, name: str) -> bool:
        """Whether ``except`` with the type of this name would catch it."""
        return name == self.type_name or name in self.kinds

    @property
    def out_of_memory(self) -> bool:
        """Whether Python or PyTorch found no more memory."""
        return self.type_name == "MemoryError" or "allocate memory" in self.message

    @property
    def is_stub(self) -> bool:
        """Whether it is what an answer that is still to be written raises; PyTorch's own such errors say what lacks."""
        return self.type_name == "NotImplementedError" and not self.message


Answer = Returned | Raised
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Reply:
    """A stage's answers for each programme in a batch, and the forbidden operations seen meanwhile."""

    answers: tuple[Answers, ...]
    forbidden: tuple[str, ...] = ()


def describe(value: Value) -> str:
    """A value in a few words, for messages: ``a tensor of shape (2, 3), float32``."""
    if isinstance(value, TensorValue):
        place = "" if value.device == "cpu" else f" on {value.device}"
        return f"a tensor of shape {tuple(value.data.shape)}, {str(value.data.dtype).removeprefix('torch.')}{place}"
    if isinstance(value, Opaque):
        return f"a {value.type_name}"
    if isinstance(value, tuple):
        rest = ", …" if len(value) > 4 else ""
        return f"{len(value)} values ({', '.join(describe(item) for item in value[:4])}{rest})"
    if isinstance(value, dict):
        return f"a dict of {len(value)} values"
    return f"{value!r}" if isinstance(value, (str, bool)) or value is None else f"{value!r} ({type(value).__name__})"
