"""The pretend accelerator misjudges no implementation of cross-correlation; nor, where there is one, does a GPU."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.probe.devices import Preference, accelerator, is_accelerator, to_host

Implementation = Callable[[Tensor, Tensor], Tensor]


def shape_of(X: Tensor, K: Tensor) -> tuple[int, int]:
    return X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1


def fill_by_loop(Y: Tensor, X: Tensor, K: Tensor) -> Tensor:
    h, w = K.shape
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def windows(X: Tensor, K: Tensor) -> Tensor:
    """Every window of X, with the shape (output height, output width, kernel height, kernel width)."""
    return X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)


def shifts(X: Tensor, K: Tensor) -> list[Tensor]:
    """X under each kernel element, times that element, each with the shape of the output."""
    H, W = shape_of(X, K)
    return [K[a, b] * X[a : a + H, b : b + W] for a in range(K.shape[0]) for b in range(K.shape[1])]


def strided(X: Tensor, K: Tensor) -> Tensor:
    X = X.contiguous()
    return torch.einsum("ijab,ab->ij", X.as_strided((*shape_of(X, K), *K.shape), X.stride() * 2), K)


def added_in_place(X: Tensor, K: Tensor) -> Tensor:
    Y = X.new_zeros(shape_of(X, K))
    for shifted in shifts(X, K):
        Y += shifted
    return Y


def added_by_element(X: Tensor, K: Tensor) -> Tensor:
    Y = X.new_zeros(shape_of(X, K))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for a in range(K.shape[0]):
                for b in range(K.shape[1]):
                    Y[i, j] += X[i + a, j + b] * K[a, b]
    return Y


def stacked_scalars(X: Tensor, K: Tensor) -> Tensor:
    H, W = shape_of(X, K)
    return torch.stack([torch.stack([(windows(X, K)[i, j] * K).sum() for j in range(W)]) for i in range(H)])


def concatenated_rows(X: Tensor, K: Tensor) -> Tensor:
    return torch.cat([(row * K).sum((-2, -1)).unsqueeze(0) for row in windows(X, K)])


def mapped(X: Tensor, K: Tensor) -> Tensor:
    return torch.vmap(torch.vmap(lambda window: (window * K).sum()))(windows(X, K))


class Correlate(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, X: Tensor, K: Tensor) -> Tensor:
        ctx.save_for_backward(X, K)
        return fill_by_loop(X.new_zeros(shape_of(X, K)), X, K)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor]:
        X, K = ctx.saved_tensors
        padded = F.pad(grad, (K.shape[1] - 1, K.shape[1] - 1, K.shape[0] - 1, K.shape[0] - 1))
        return strided(padded, K.flip(0, 1)), strided(X, grad)


def fourier(X: Tensor, K: Tensor) -> Tensor:
    H, W = shape_of(X, K)
    product = torch.fft.rfft2(X) * torch.fft.rfft2(K, s=tuple(X.shape)).conj()
    return torch.fft.irfft2(product, s=tuple(X.shape))[:H, :W]


def double_flip(X: Tensor, K: Tensor) -> Tensor:
    return F.conv2d(X.flip(0, 1)[None, None], K.flip(0, 1)[None, None])[0, 0].flip(0, 1)


class Layer(nn.Module):
    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(weight.shape))
        self.register_buffer("offset", torch.zeros(1))

    def forward(self, X: Tensor) -> Tensor:
        return strided(X, self.weight) + self.offset


def by_a_layer(X: Tensor, K: Tensor) -> Tensor:
    layer = Layer(K).to(X.device, X.dtype)
    return torch.func.functional_call(layer, {"weight": K}, (X,))


def toeplitz(X: Tensor, K: Tensor) -> Tensor:
    """The kernel as a sparsely filled matrix, filled by boolean masks."""
    H, W = shape_of(X, K)
    weights = X.new_zeros(H * W, X.numel())
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            mask = torch.zeros(H, W, *X.shape, dtype=torch.bool, device=X.device)
            for i in range(H):
                for j in range(W):
                    mask[i, j, i + a, j + b] = True
            weights[mask.reshape(H * W, -1)] = K[a, b]
    return (weights @ X.reshape(-1)).reshape(H, W)


def gathered(X: Tensor, K: Tensor) -> Tensor:
    """Windows by index tensors that are left on the CPU, which CUDA allows."""
    H, W = shape_of(X, K)
    rows = torch.arange(H)[:, None, None, None] + torch.arange(K.shape[0])[:, None]
    columns = torch.arange(W)[:, None, None] + torch.arange(K.shape[1])
    return (X[rows, columns] * K).sum((2, 3))


def index_put(X: Tensor, K: Tensor) -> Tensor:
    H, W = shape_of(X, K)
    rows, columns = torch.meshgrid(torch.arange(H), torch.arange(W), indexing="ij")
    return X.new_zeros(H, W).index_put((rows, columns), sum(shifts(X, K), torch.tensor(0.0)))


def python_numbers(X: Tensor, K: Tensor) -> Tensor:
    H, W = shape_of(X, K)
    values = [[sum(term[i, j].item() for term in shifts(X, K)) for j in range(W)] for i in range(H)]
    return torch.tensor(values, device=X.device, dtype=X.dtype)


def rebuilt_from_lists(X: Tensor, K: Tensor) -> Tensor:
    Y = strided(torch.tensor(X.tolist()), torch.tensor(K.tolist()))
    return torch.tensor(Y.tolist(), device=X.device, dtype=X.dtype)


def tensor_of_scalars(X: Tensor, K: Tensor) -> Tensor:
    return torch.tensor([list(row) for row in strided(X, K)], device=X.device)


def branching(X: Tensor, K: Tensor) -> Tensor:
    """Skips the kernel's zeros."""
    H, W = shape_of(X, K)
    Y = torch.zeros(H, W, device=X.device, dtype=X.dtype)
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            if K[a, b] != 0:
                Y = Y + X[a : a + H, b : b + W] * float(K[a, b])
    return Y


def with_default_device(X: Tensor, K: Tensor) -> Tensor:
    with X.device:
        return fill_by_loop(torch.zeros(shape_of(X, K)), X, K)


DIFFERENTIABLE: dict[str, Implementation] = {
    "loop, new_zeros": lambda X, K: fill_by_loop(X.new_zeros(shape_of(X, K)), X, K),
    "loop, zeros with device": lambda X, K: fill_by_loop(
        torch.zeros(shape_of(X, K), device=X.device, dtype=X.dtype), X, K
    ),
    "loop, zeros moved": lambda X, K: fill_by_loop(torch.zeros(shape_of(X, K)).to(X.device), X, K),
    "loop, zeros of type": lambda X, K: fill_by_loop(torch.zeros(shape_of(X, K)).to(X), X, K),
    "loop, empty_like": lambda X, K: fill_by_loop(torch.empty_like(X)[: shape_of(X, K)[0], : shape_of(X, K)[1]], X, K),
    "loop, zeros_like of a slice": lambda X, K: fill_by_loop(
        torch.zeros_like(X[: shape_of(X, K)[0], : shape_of(X, K)[1]]), X, K
    ),
    "loop, device as context": with_default_device,
    "loop, by element": added_by_element,
    "unfold and einsum": lambda X, K: torch.einsum("ijab,ab->ij", windows(X, K), K),
    "unfold and sum": lambda X, K: (windows(X, K) * K).sum((2, 3)),
    "unfold and tensordot": lambda X, K: torch.tensordot(windows(X, K), K, dims=2),
    "as_strided": strided,
    "im2col and matmul": lambda X, K: (K.reshape(1, -1) @ F.unfold(X[None, None], tuple(K.shape))[0]).reshape(
        shape_of(X, K)
    ),
    "shifted slices": lambda X, K: sum(shifts(X, K)),  # type: ignore[return-value]
    "shifted slices, stacked": lambda X, K: torch.stack(shifts(X, K)).sum(0),
    "shifted slices, in place": added_in_place,
    "stack of scalars": stacked_scalars,
    "cat of rows": concatenated_rows,
    "nested vmap": mapped,
    "autograd.Function": Correlate.apply,
    "float64 inside": lambda X, K: strided(X.double(), K.double()).to(X.dtype),
    "Fourier transform": fourier,
    "conv2d": lambda X, K: F.conv2d(X[None, None], K[None, None])[0, 0],
    "double flip": double_flip,
    "layer": by_a_layer,
    "masks": toeplitz,
    "CPU indices": gathered,
    "index_put": index_put,
    "CPU scalars": lambda X, K: torch.tensor(0.5) * strided(X, K) * torch.tensor(2.0),
}
DETACHED: dict[str, Implementation] = {
    "item": python_numbers,
    "tolist": rebuilt_from_lists,
    "tensor of scalars": tensor_of_scalars,
    "branches on values": branching,
    "by way of the CPU": lambda X, K: strided(X.cpu(), K.cpu()).to(X.device),
    "by way of numpy": lambda X, K: torch.from_numpy(strided(X.cpu(), K.cpu()).numpy()).to(X.device),
}
ON_THE_CPU: dict[str, Implementation] = {
    "loop, zeros": lambda X, K: fill_by_loop(torch.zeros(shape_of(X, K)), X, K),
    "rows assigned into zeros": lambda X, K: torch.zeros(shape_of(X, K)).copy_(strided(X, K)),
    "one scalar everywhere": lambda X, K: torch.zeros(shape_of(X, K)).fill_(strided(X, K)[0, 0]),
    "tensor of Python numbers": lambda X, K: torch.tensor(strided(X, K).tolist()),
    "moved to the CPU": lambda X, K: strided(X.cpu(), K.cpu()),
    "forced numpy": lambda X, K: torch.from_numpy(strided(X, K).detach().numpy(force=True)),
}
REFUSED: dict[str, Implementation] = {
    "+= into zeros": lambda X, K: torch.zeros(shape_of(X, K)).add_(strided(X, K)),
    "scalar += into zeros": lambda X, K: torch.zeros(shape_of(X, K))[0, 0].add_(strided(X, K)[0, 0]),
    "numpy": lambda X, K: torch.from_numpy(X.detach().numpy()),
    "numpy.asarray": lambda X, K: torch.from_numpy(np.asarray(X.detach())),
    "constant multiplied": lambda X, K: (windows(X, K) * torch.ones(K.shape)).sum((2, 3)),
    "constant of one element": lambda X, K: strided(X, K) + torch.zeros(1),
    "constant in matmul": lambda X, K: X @ torch.ones(X.shape[1], 3),
    "constant in einsum": lambda X, K: torch.einsum("ijab,ab->ij", windows(X, K), torch.ones(K.shape)),
    "constant in conv2d": lambda X, K: F.conv2d(X[None, None], torch.ones(1, 1, 2, 2)),
    "constant in cat": lambda X, K: torch.cat([X, torch.zeros(1, X.shape[1])]),
    "CPU scalars stacked": lambda X, K: torch.stack([X[0, 0], torch.tensor(0.0)]),
    "constant in where": lambda X, K: torch.where(X > 0, X, torch.zeros(X.shape)),
    "CPU mask": lambda X, K: X.masked_fill(torch.ones(X.shape, dtype=torch.bool), 0.0),
    "layer left on the CPU": lambda X, K: nn.Linear(X.shape[1], 2)(X),
    "index into a CPU tensor": lambda X, K: torch.zeros(3)[X[0].long().abs() * 0],
    "mask into a CPU tensor": lambda X, K: torch.zeros(X.shape).index_put((X > 0,), torch.tensor(1.0)),
    "values of the CPU put": lambda X, K: X.clone().index_put((torch.tensor([0, 1]),), torch.zeros(2, X.shape[1])),
    "index_select with a CPU index": lambda X, K: X.index_select(0, torch.tensor([0])),
    "out= on the CPU": lambda X, K: torch.mul(X, X, out=torch.zeros(X.shape)),
}


@pytest.fixture(params=["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def device(request: pytest.FixtureRequest) -> torch.device:
    prefer: Preference = request.param
    if prefer == "cuda" and not torch.cuda.is_available():
        pytest.skip("there is no CUDA device")
    return accelerator(prefer)


def example() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    return torch.randn(6, 7, generator=generator), torch.randn(3, 2, generator=generator)


def expected() -> Tensor:
    X, K = example()
    return F.conv2d(X[None, None], K[None, None])[0, 0]


@pytest.mark.parametrize("name", [*DIFFERENTIABLE, *DETACHED])
def test_a_right_implementation_answers_rightly_on_the_device(name: str, device: torch.device) -> None:
    X, K = (tensor.to(device) for tensor in example())
    Y = (DIFFERENTIABLE | DETACHED)[name](X, K)
    assert is_accelerator(Y)
    torch.testing.assert_close(to_host(Y), expected(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_a_right_implementation_has_right_gradients_on_the_device(name: str, device: torch.device) -> None:
    on_cpu = [tensor.requires_grad_() for tensor in example()]
    upstream = torch.arange(float(expected().numel())).reshape(expected().shape)
    known = torch.autograd.grad(F.conv2d(on_cpu[0][None, None], on_cpu[1][None, None])[0, 0], on_cpu, upstream)
    X, K = (tensor.to(device).requires_grad_() for tensor in example())
    DIFFERENTIABLE[name](X, K).backward(upstream.to(device))
    for tensor, gradient in zip((X, K), known, strict=True):
        assert tensor.grad is not None
        assert is_accelerator(tensor.grad)
        torch.testing.assert_close(to_host(tensor.grad), gradient, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize("name", ON_THE_CPU)
def test_an_implementation_that_forgets_the_device_answers_on_the_cpu(name: str, device: torch.device) -> None:
    X, K = (tensor.to(device) for tensor in example())
    Y = ON_THE_CPU[name](X, K)
    assert not is_accelerator(Y)
    assert Y.device.type == "cpu"


@pytest.mark.parametrize("name", REFUSED)
def test_a_mixture_that_cuda_refuses_is_refused(name: str, device: torch.device) -> None:
    REFUSED[name](*example())
    X, K = (tensor.to(device) for tensor in example())
    with pytest.raises((RuntimeError, TypeError)) as refusal:
        REFUSED[name](X, K)
    assert device.type == "cuda" or re.search("same device|to numpy", str(refusal.value))
