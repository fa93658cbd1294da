"""The accelerator that the code under test is tried on: a real GPU, or a pretend one where there is none.

The pretend accelerator is a PyTorch backend in Python. Its tensors hold real values, kept in CPU tensors, and it mixes
with CPU tensors only where CUDA does: copies, indices, and CPU scalars in elementwise operations. So code that assumes
the CPU fails on it, or answers on the wrong device, as it would on a GPU.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Literal, Self

import torch
from torch.library import Library
from torch.utils._python_dispatch import return_and_correct_aliasing

Preference = Literal["auto", "cpu", "cuda"]

# A device that PyTorch defines and nobody uses. Autograd runs its gradients in the thread that asks for them, so they
# work where threads are forbidden, and it is no "accelerator" of `torch.accelerator`: ordinary code never finds it.
# The device kept for other people's backends ("PrivateUse1") is neither: there autograd needs a thread that it starts
# only if the device is known before the first gradient of all, and an operation that raises in the midst of a gradient
# aborts the process (PyTorch 2.13), because the guard of a backend in Python cannot run while an exception is pending.
_NAME = "lazy"
_KEY = "Lazy"

# CUDA copies between devices freely.
_COPIES = frozenset({"aten::copy_", "aten::_to_copy"})
# CUDA takes indices from the CPU; the values put must be scalars or lie beside the tensor that they go into.
_INDEXING = frozenset({"aten::index", "aten::_unsafe_index"})
_INDEX_PUTTING = frozenset({"aten::index_put", "aten::index_put_", "aten::_unsafe_index_put", "aten::_index_put_impl_"})
# CUDA takes scalars from the CPU in these, beside the operations that PyTorch tags as pointwise.
_SCALAR_TAKING = frozenset({"aten::fill", "aten::fill_", "aten::masked_fill", "aten::masked_fill_"})
# The operations that make a tensor from nothing and are not written in terms of others of these.
_FACTORIES = ("empty.memory_format", "empty_strided", "tril_indices", "triu_indices", "_efficientzerotensor")


def accelerator(prefer: Preference = "auto") -> torch.device:
    """The device to try code on.

    "auto" is the CUDA device if there is one and else the pretend accelerator, "cpu" always the pretend accelerator,
    "cuda" always the CUDA device (RuntimeError if there is none). The pretend accelerator is registered on its first
    use, once in a process. A copy from the CPU to it is contiguous; `as_strided` makes any layout there.
    """
    if prefer == "cuda" and not torch.cuda.is_available():
        raise RuntimeError("A CUDA device was asked for, but PyTorch finds none.")
    if prefer == "cuda" or (prefer == "auto" and torch.cuda.is_available()):
        return torch.device("cuda", torch.cuda.current_device())
    return _pretend_accelerator()


def is_accelerator(tensor: torch.Tensor) -> bool:
    """Whether the tensor lies on a device that `accelerator` returns."""
    with torch._C.DisableTorchFunction():
        return tensor.device.type in ("cuda", _NAME)


def to_host(tensor: torch.Tensor) -> torch.Tensor:
    """A contiguous copy on the CPU, of the same shape and dtype, detached and of the class torch.Tensor itself.

    Raises ValueError for a tensor that holds no values (a meta tensor), TypeError if a subclass hides them.
    """
    with torch._C.DisableTorchFunction(), torch.no_grad():
        if tensor.device.type == "meta":
            raise ValueError(f"A meta tensor of shape {tuple(tensor.shape)} has no values to copy.")
        host = tensor._host if isinstance(tensor, _PretendTensor) else tensor.detach().cpu()
        if host.layout != torch.strided:
            host = host.to_dense()
        host = host.clone(memory_format=torch.contiguous_format)
    if type(host) is not torch.Tensor:
        raise TypeError(f"A copy of a {type(tensor).__name__} is a {type(host).__name__}, not a plain tensor.")
    return host


class _PretendTensor(torch.Tensor):
    """A tensor of the pretend accelerator; `_host` is the CPU tensor with its values, shape and strides."""

    _host: torch.Tensor
    __torch_function__ = torch._C._disabled_torch_function_impl  # type: ignore[assignment]

    @staticmethod
    def __new__(cls: type[Self], host: torch.Tensor) -> Self:
        tensor: Self = torch.Tensor._make_wrapper_subclass(
            cls,
            host.shape,
            strides=host.stride(),
            storage_offset=host.storage_offset(),
            dtype=host.dtype,
            device=torch.device(_NAME, 0),
        )
        tensor._host = host
        return tensor

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls,
        func: torch._ops.OpOverload,
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        kwargs = kwargs or {}
        _refuse_mixed_devices(func, args, kwargs)
        host_args = _replaced(args, _unwrap)
        host_kwargs = {name: _replaced(value, _unwrap) for name, value in kwargs.items()}
        if kwargs.get("device") is not None:
            return _on_device(func, host_args, host_kwargs)
        results = _replaced(func(*host_args, **host_kwargs), _wrap)
        _follow_resizing(func, args, kwargs)
        corrected = return_and_correct_aliasing(func, args, kwargs, results)  # type: ignore[no-untyped-call]
        _follow_resizing(func, args, kwargs)  # a view in place (`unsqueeze_`) has by now been taken twice
        return corrected

    @property
    def data(self) -> torch.Tensor:
        return _PretendTensor(self._host.detach())  # with a version of its own, unlike `self.detach()`

    @data.setter
    def data(self, value: torch.Tensor) -> None:
        torch.Tensor.data.__set__(self, value)  # type: ignore[attr-defined]
        self._host = value._host  # type: ignore[attr-defined]

    def tolist(self) -> Any:
        return self._host.tolist()

    def numpy(self, *, force: bool = False) -> Any:
        if force:
            return self._host.numpy(force=True).copy()
        raise TypeError(
            f"can't convert {self.device} device type tensor to numpy. "
            "Use Tensor.cpu() to copy the tensor to host memory first."
        )

    def __repr__(self, *, tensor_contents: Any = None) -> str:  # type: ignore[override]
        return f"{repr(self._host)[:-1]}, device='{self.device}')"

    def __format__(self, specification: str) -> str:
        # PyTorch formats the number in a tensor of its own class only.
        return format(self.item() if self.dim() == 0 else repr(self), specification)


def _unwrap(tensor: torch.Tensor) -> torch.Tensor:
    return tensor._host if isinstance(tensor, _PretendTensor) else tensor


def _wrap(tensor: torch.Tensor) -> torch.Tensor:
    # Lazy conjugates and negatives are resolved: below `__torch_dispatch__` PyTorch takes no notice of their bits.
    return _PretendTensor(tensor.resolve_conj().resolve_neg())


def _replaced(values: Any, replace: Callable[[torch.Tensor], torch.Tensor]) -> Any:
    """An operation's arguments or results, with the tensors in them replaced; they nest in lists and tuples only."""
    if isinstance(values, torch.Tensor):
        return replace(values)
    if isinstance(values, list | tuple):
        return type(values)([_replaced(value, replace) for value in values])
    return values


def _follow_resizing(func: torch._ops.OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Give tensors that were written to the shape that their values have now: what `out` named may have been empty.

    PyTorch's own `arange` and `eye` write to an empty tensor too.
    """
    if func._schema.is_mutable:
        for tensor in _changed(func, args, kwargs):
            if isinstance(tensor, _PretendTensor) and tensor.shape != tensor._host.shape:
                tensor.data = _PretendTensor(tensor._host)


def _tensors(values: Any) -> Iterator[torch.Tensor]:
    if isinstance(values, torch.Tensor):
        yield values
    elif isinstance(values, list | tuple):
        for value in values:
            yield from _tensors(value)


def _on_device(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call an operation that was told its result's device; the arguments hold no pretend tensors."""
    if torch.device(kwargs["device"]).type != _NAME:
        return func(*args, **kwargs)
    kwargs = kwargs | {"device": torch.device("cpu"), "pin_memory": False}
    return _replaced(func(*args, **kwargs), _wrap)


def _refuse_mixed_devices(func: torch._ops.OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Raise RuntimeError where CUDA would, given tensors of the pretend accelerator among others."""
    operation = func._schema.name
    tensors = list(_tensors((args, tuple(kwargs.values()))))
    if operation in _COPIES or all(isinstance(tensor, _PretendTensor) for tensor in tensors):
        return
    if operation in _INDEXING or operation in _INDEX_PUTTING:
        is_refused = _mixes_in_indexing(*args[:3])
    elif operation in _SCALAR_TAKING or torch.Tag.pointwise in func.tags:
        is_refused = _mixes_beyond_scalars(func, tensors, _changed(func, args, kwargs))
    else:
        is_refused = True
    if is_refused:
        raise RuntimeError(
            "Expected all tensors to be on the same device, but found at least two devices, "
            f"{_NAME}:0 (in place of a GPU) and cpu! (when checking {operation})"
        )


def _mixes_in_indexing(target: torch.Tensor, indices: Any, values: torch.Tensor | None = None) -> bool:
    on_accelerator = isinstance(target, _PretendTensor)
    values_are_elsewhere = values is not None and isinstance(values, _PretendTensor) != on_accelerator
    if values is not None and values_are_elsewhere and values.dim() > 0:
        return True
    return not on_accelerator and any(isinstance(index, _PretendTensor) for index in _tensors(indices))


def _mixes_beyond_scalars(
    func: torch._ops.OpOverload, tensors: Sequence[torch.Tensor], changed: Sequence[torch.Tensor]
) -> bool:
    if func._schema.name == "aten::fill_":
        return False  # it reads its value, which is a scalar, wherever that is
    if any(not isinstance(tensor, _PretendTensor) for tensor in changed):
        return True
    return any(not isinstance(tensor, _PretendTensor) and tensor.dim() > 0 for tensor in tensors)


def _changed(func: torch._ops.OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[torch.Tensor]:
    """The arguments that the operation writes to."""
    arguments = enumerate(func._schema.arguments)
    written = [(i, a.name) for i, a in arguments if a.alias_info is not None and a.alias_info.is_write]
    return list(_tensors([args[i] if i < len(args) else kwargs.get(name) for i, name in written]))


@cache
def _pretend_accelerator() -> torch.device:
    """Register the kernels of the pretend accelerator; for the rest of the process."""
    library = Library("aten", "IMPL")  # type: ignore[no-untyped-call]
    for name, kernel in _kernels().items():
        library.impl(name, kernel, _KEY)  # type: ignore[no-untyped-call]
    _LIBRARIES.append(library)
    return torch.device(_NAME, 0)


# A library's kernels are withdrawn when it is garbage.
_LIBRARIES: list[Library] = []


def _kernels() -> dict[str, Callable[..., Any]]:
    """The kernels for calls that do not come through `_PretendTensor.__torch_dispatch__`, by operation."""

    def copy_from(source: torch.Tensor, target: torch.Tensor, non_blocking: bool = False) -> torch.Tensor:
        _unwrap(target).copy_(_unwrap(source))
        return target

    # `torch.tensor` switches the dispatch to Python off while it reads and copies.
    kernels: dict[str, Callable[..., Any]] = {
        "_copy_from": copy_from,
        "_local_scalar_dense": lambda tensor: tensor._host.item(),
    }
    for name in _FACTORIES:
        packet, _, overload = name.partition(".")
        kernels[name] = _factory(getattr(getattr(torch.ops.aten, packet), overload or "default"))
    return kernels


def _factory(func: torch._ops.OpOverload) -> Callable[..., torch.Tensor]:
    def make(*args: Any, **kwargs: Any) -> torch.Tensor:
        tensor: torch.Tensor = _on_device(func, args, kwargs | {"device": torch.device(_NAME, 0)})
        return tensor

    return make
