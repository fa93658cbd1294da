"""Forbids the code under test some operations, and tells which of them it reached.

Forbidding replaces the kernels in PyTorch's dispatcher. They are one table for the whole process, so it makes no
difference how an operation is reached: by which name, through TorchScript or `vmap`, from another thread, or inside a
`with` block that switches the thread's dispatch modes off.
"""

import ctypes
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import torch

from autograder.probe.backward_passes import BACKWARD_PASSES, DUAL_NUMBERS, next_number

# Every operation with "conv" in its name that computes a convolution, and none of those that "convert" something.
CONVOLUTIONS: tuple[str, ...] = ("convolution", "conv1d", "conv2d", "conv3d", "conv_")
POOLING: tuple[str, ...] = ("max_pool", "avg_pool")
# Gradients by anybody but the code itself, this package's own probe included.
AUTOGRAD: tuple[str, ...] = (BACKWARD_PASSES, DUAL_NUMBERS)

# The autograd keys call on to these, and so does the pretend accelerator, which computes on CPU tensors.
_MAIN_KEYS = ("CPU", "CUDA") if torch.backends.cuda.is_built() else ("CPU",)  # type: ignore[no-untyped-call]
# Autograd's, of the devices that code is tried on: the CPU, CUDA, and the pretend accelerator, whose tensors are of no
# device that PyTorch knows where `torch.func` wraps them.
_AUTOGRAD_KEYS = ("AutogradCPU", "AutogradCUDA", "AutogradLazy", "AutogradOther")
# These have no autograd key to themselves, so PyTorch rejects a kernel beside one in terms of other operations. Such an
# operation needs none: it calls others, which are forbidden as well.
_SIDE_KEYS = ("MkldnnCPU", "QuantizedCPU")
# One kernel for every backend; it can be called by these keys themselves (`_op_dk`), past the backends' own.
_SHARED_KEYS = ("CompositeExplicitAutograd", "CompositeExplicitAutogradNonFunctional")
# TorchScript's own operators that convolve, or hold graphs that do, without the dispatcher.
_OPERATORS_OF_TORCHSCRIPT = ("prim::mkldnn_convolution", "prim::oneDNNFusionGroup")


class ForbiddenOperation(RuntimeError):
    """Raised by a forbidden operation, where it was called."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was called. This exercise forbids it, however it is reached: it asks for the computation itself. "
            "Write the computation with other operations."
        )


@dataclass(frozen=True, eq=False)
class _Ban:
    """One active `forbidding`: what it forbids, and the names it has seen called."""

    substrings: tuple[str, ...]
    called: list[str] = field(default_factory=list)

    def record(self, name: str) -> None:
        if name not in self.called and any(substring in name for substring in self.substrings):
            self.called.append(name)

    def try_out(self) -> None:
        """Record a forbidden operation as called if it works: then the code under test has lifted the ban."""
        seen = list(self.called)
        for name, sample in _SAMPLES.items():
            if any(substring in name for substring in self.substrings):
                with suppress(ForbiddenOperation):
                    sample()
                    seen.append(name)
        self.called[:] = seen


_active: list[_Ban] = []
_gone_for_good: set[tuple[str, str]] = set()
_conv2d, _max_pool2d = torch.ops.aten.conv2d.default, torch.ops.aten.max_pool2d.default
_SAMPLES: dict[str, Callable[[], Any]] = {
    "aten::conv2d": lambda: _conv2d(torch.ones(1, 1, 1, 1, device="cpu"), torch.ones(1, 1, 1, 1, device="cpu")),
    "aten::max_pool2d": lambda: _max_pool2d(torch.ones(1, 1, 1, 1, device="cpu"), [1, 1]),
}


@contextmanager
def forbidding(substrings: Sequence[str]) -> Iterator[list[str]]:
    """Forbid the operations with one of the substrings in their name, in every thread, until the block ends.

    Calling one raises ForbiddenOperation. The list that is yielded holds the name of each one called, such as
    "aten::conv2d", once, in the order of their first calls, even if the code under test caught the exception.
    Blocks nest: each one that forbids a call records it, and leaving an inner one lifts nothing of the outer.

    BACKWARD_PASSES among the substrings is told as "backward passes" if there was one. It is not kept from working.
    Forbids on the CPU and, in builds with CUDA, on CUDA. Meta tensors hold no values and are left alone. Operations of
    libraries that are loaded inside the block are not seen.
    """
    ban = _Ban(tuple(substrings))
    _active.append(ban)
    try:
        kernels = _kernels_matching(ban.substrings)
        with _overriding([kernel for kernel in kernels if kernel not in _gone_for_good]):
            number = next_number() if BACKWARD_PASSES in ban.substrings else None
            yield ban.called
            if number is not None and next_number() != number + 1:
                ban.called.append(BACKWARD_PASSES)
            ban.try_out()
    finally:
        _active.remove(ban)


def lost_for_good(substrings: Sequence[str]) -> tuple[str, ...]:
    """Those of the substrings that a notebook can do without for good: its other cells need autograd."""
    return tuple(substring for substring in substrings if substring not in AUTOGRAD)


def forbid_for_good(substrings: Sequence[str]) -> None:
    """Forbid the operations with one of the substrings in their name for the rest of this process's life.

    To be called before any code that is not trusted has run: nothing in Python leads back to the kernels, so no such
    code has them any more, whatever it patches. A :func:`forbidding` within records the calls.
    """
    kernels = _kernels_matching(tuple(substrings))
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    shared = [(name, key) for name in dict(kernels) for key in _SHARED_KEYS if has_kernel(name, key)]
    replaced = (*kernels, *shared)
    _gone_for_good.update(replaced)
    for library in _replace(replaced):
        # Its destructor would put the kernels back: one reference more than there are owners keeps it from running.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))
    if any(substring in "aten::conv2d" for substring in substrings):
        _deregister_operators_of_torchscript()


def _deregister_operators_of_torchscript() -> None:
    """Takes TorchScript's own convolutions out of its register. Raises RuntimeError when they are still there."""
    library = ctypes.CDLL(str(Path(torch.__file__).parent / "lib" / "libtorch_cpu.so"))
    deregister = library._ZN5torch3jit18deregisterOperatorERKN3c1014FunctionSchemaE
    deregister.restype, deregister.argtypes = None, (ctypes.c_void_p,)
    for schema in torch._C._jit_get_all_schemas():
        if schema.name in _OPERATORS_OF_TORCHSCRIPT:  # pybind11 keeps the address behind the object's head
            deregister(ctypes.c_void_p.from_address(id(schema) + object.__basicsize__).value)
    left = [name for name in _OPERATORS_OF_TORCHSCRIPT if torch._C._jit_get_schemas_for_operator(name)]
    if left:
        raise RuntimeError(f"{', '.join(left)} cannot be taken away")


@cache
def _kernels_matching(substrings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The (operation, dispatch key) pairs under which an operation with such a name has a kernel to run."""
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    kernels = []
    for operation in torch._C._dispatch_get_all_op_names():
        if any(substring in operation for substring in substrings):
            calls_others = has_kernel(operation, "CompositeImplicitAutograd")
            serves_every_key = has_kernel(operation, "CompositeExplicitAutograd")
            keys = _MAIN_KEYS if calls_others else _MAIN_KEYS + _SIDE_KEYS
            if DUAL_NUMBERS in operation:
                keys = (*keys, *_AUTOGRAD_KEYS)  # autograd makes them itself, and calls no other kernel
            kernels += [
                (operation, key) for key in keys if calls_others or serves_every_key or has_kernel(operation, key)
            ]
    return tuple(kernels)


@contextmanager
def _overriding(kernels: Sequence[tuple[str, str]]) -> Iterator[None]:
    """Replace these kernels by ones that record the call and raise; put the former ones back on leaving."""
    libraries = _replace(kernels)
    try:
        yield
    finally:
        for library in libraries:
            library.reset()


def _replace(kernels: Sequence[tuple[str, str]]) -> list[Any]:
    """Replace these kernels by ones that record the call and raise, until what is returned is reset or destroyed."""
    libraries: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch warns, once a process, that a kernel is being replaced
        for operation, key in kernels:
            namespace, _, name = operation.partition("::")
            if namespace not in libraries:
                # Not a torch.library.Library, which can be found among all objects, and destroyed.
                libraries[namespace] = torch._C._dispatch_library("IMPL", namespace, "", "", 0)
            libraries[namespace].impl(name, key, _refusal(operation), False)
    return list(libraries.values())


@cache
def _refusal(operation: str) -> Callable[..., NoReturn]:
    """The kernel that stands in for a forbidden operation."""
    name = operation.partition(".")[0]  # without the overload

    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        for ban in tuple(_active):
            ban.record(name)
        raise ForbiddenOperation(name)

    return refuse
