"""What the operands of an example may be like: words by which right answers are told from wrong ones."""

from collections.abc import Callable, Mapping, Sequence

import torch

from autograder.properties.property import Trait
from autograder.properties.strategies import Case


def operand_traits(names: Sequence[str]) -> dict[str, Trait]:
    """Traits of the tensors of these names, by words that go on with "examples where"; the telling ones first."""
    traits: dict[str, Trait] = {}
    for name in names:
        traits |= {f"{name} {words}": _of(name, holds) for words, holds in _SHAPES.items()}
    traits |= {f"the inputs are {words}": _of(names[0], _has_dtype(dtype)) for words, dtype in _DTYPES.items()}
    return traits | {
        "all numbers are whole": _all(names, _is_whole),
        "some numbers are fractions": _not(_all(names, _is_whole)),
        "all numbers are small": _all(names, lambda tensor: bool((tensor.abs() < 1).all())),
        "no input is a view": _all(names, torch.Tensor.is_contiguous),
        "no number is negative": _all(names, lambda tensor: bool((tensor >= 0).all())),
    }


Holds = Callable[[torch.Tensor], bool]


def _sides(tensor: torch.Tensor) -> tuple[int, int]:
    height, width = tensor.shape[-2:]
    return int(height), int(width)


def _is_whole(tensor: torch.Tensor) -> bool:
    return bool((tensor == tensor.round()).all())


_SHAPES: Mapping[str, Holds] = {
    "is square": lambda tensor: len(set(_sides(tensor))) == 1,
    "is not square": lambda tensor: len(set(_sides(tensor))) > 1,
    "has one element": lambda tensor: tensor.numel() == 1,
    "has more than one element": lambda tensor: tensor.numel() > 1,
    "has one row": lambda tensor: _sides(tensor)[0] == 1,
    "has one column": lambda tensor: _sides(tensor)[1] == 1,
    "has one channel": lambda tensor: tensor.dim() > 2 and tensor.shape[-3] == 1,
    "is wider than high": lambda tensor: _sides(tensor)[1] > _sides(tensor)[0],
    "is higher than wide": lambda tensor: _sides(tensor)[0] > _sides(tensor)[1],
}
_DTYPES = {
    "float64": torch.float64,
    "float32": torch.float32,
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
}


def _has_dtype(dtype: torch.dtype) -> Holds:
    return lambda tensor: tensor.dtype == dtype


def _of(name: str, holds: Holds) -> Trait:
    def trait(case: Case) -> bool:
        tensor = case.get(name)
        return isinstance(tensor, torch.Tensor) and tensor.dim() >= 2 and holds(tensor)

    return trait


def _all(names: Sequence[str], holds: Holds) -> Trait:
    return lambda case: all(holds(case[name]) for name in names if name in case)


def _not(trait: Trait) -> Trait:
    return lambda case: not trait(case)
