"""The pretend accelerator misjudges no implementation of cross-correlation, and leaves ordinary CPU work alone."""

import copy
import io
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.probe.devices import accelerator, is_accelerator, to_host
from autograder.probe.operations import CONVOLUTIONS, ForbiddenOperation, counting, forbidding

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
    "buffer left on the CPU": lambda X, K: X.clone().copy_(X).add(torch.zeros(X.shape)),
    "index into a CPU tensor": lambda X, K: torch.zeros(3)[X[0].long().abs() * 0],
    "mask into a CPU tensor": lambda X, K: torch.zeros(X.shape).index_put((X > 0,), torch.tensor(1.0)),
    "values of the CPU put": lambda X, K: X.clone().index_put((torch.tensor([0, 1]),), torch.zeros(2, X.shape[1])),
    "index_select with a CPU index": lambda X, K: X.index_select(0, torch.tensor([0])),
    "out= on the CPU": lambda X, K: torch.mul(X, X, out=torch.zeros(X.shape)),
    "CPU tensor as data": lambda X, K: setattr(X.detach(), "data", torch.zeros(X.shape)) or X,
}


@pytest.fixture
def device() -> torch.device:
    return accelerator("cpu")


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
    with pytest.raises((RuntimeError, TypeError), match=r"same device|numpy|incompatible tensor type"):
        REFUSED[name](X, K)


def test_dtype_shape_and_strides_survive_the_way_there_and_back(device: torch.device) -> None:
    for dtype in (torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.bool, torch.complex64):
        X = torch.arange(6).reshape(2, 3).to(dtype).T
        there = X.to(device)
        assert (there.dtype, there.shape, there.stride()) == (X.dtype, X.shape, X.stride())
        assert torch.equal(there.cpu(), X)


def test_a_view_shares_its_values_and_its_version(device: torch.device) -> None:
    X = torch.zeros(2, 3).to(device)
    X[:, 1] = 5
    X.t()[2] += 1
    assert X.tolist() == [[0, 5, 1], [0, 5, 1]]
    assert X._version == 2


def test_the_inputs_values_are_copies_of_the_host_tensor(device: torch.device) -> None:
    X = torch.zeros(3)
    there = X.to(device)
    there += 1
    assert X.tolist() == [0, 0, 0]
    to_host(there).zero_()
    assert there.tolist() == [1, 1, 1]


@pytest.mark.parametrize("make", [torch.zeros, torch.ones, torch.empty, torch.rand, torch.randn])
def test_tensors_are_made_on_the_device(make: Callable[..., Tensor], device: torch.device) -> None:
    made = make(2, 3, device=device, dtype=torch.float64)
    assert is_accelerator(made)
    assert made.shape == (2, 3)


def test_sequences_are_made_on_the_device(device: torch.device) -> None:
    assert torch.arange(3, device=device).tolist() == [0, 1, 2]
    assert torch.linspace(0, 1, 3, device=device).tolist() == [0, 0.5, 1]
    assert torch.eye(2, device=device).tolist() == [[1, 0], [0, 1]]
    assert torch.full((2,), 3.0, device=device).tolist() == [3, 3]
    assert torch.tensor([1.0, 2.0], device=device).tolist() == [1, 2]
    assert torch.tril_indices(2, 2, device=device).tolist() == [[0, 1, 1], [0, 0, 1]]


def test_a_tensor_prints_its_values_and_its_device(device: torch.device) -> None:
    X = torch.tensor([1.0, 2.5]).to(device)
    assert repr(X) == "tensor([1.0000, 2.5000], device='pretend:0')"
    assert f"{X}" == repr(X)
    assert f"{X[1]:.3f}" == "2.500"


def test_a_layer_moved_to_the_device_keeps_its_parameters(device: torch.device) -> None:
    layer = nn.Linear(3, 2)
    before = {name: value.detach().clone() for name, value in layer.state_dict().items()}
    assert layer.to(device) is layer
    assert [name for name, _ in layer.named_parameters()] == ["weight", "bias"]
    for name, parameter in layer.named_parameters():
        assert isinstance(parameter, nn.Parameter)
        assert parameter.requires_grad
        assert parameter.is_leaf
        assert is_accelerator(parameter)
        assert torch.equal(to_host(parameter), before[name])
    back = layer.to("cpu")
    assert all(type(parameter) is nn.Parameter for parameter in back.parameters())


def test_a_layer_moved_to_the_device_loads_and_copies(device: torch.device) -> None:
    source, layer = nn.Linear(3, 2), nn.Linear(3, 2).to(device)
    layer.load_state_dict(source.state_dict())
    for twin in (layer, copy.deepcopy(layer)):
        assert is_accelerator(twin.weight)
        assert torch.equal(to_host(twin.weight), source.weight.detach())


def sgd(layer: nn.Module) -> None:
    torch.optim.SGD(layer.parameters(), lr=0.1).step()


def data_in_place(layer: nn.Module) -> None:
    for parameter in layer.parameters():
        parameter.data -= 0.1 * parameter.grad  # type: ignore[operator]


def data_replaced(layer: nn.Module) -> None:
    for parameter in layer.parameters():
        parameter.data = parameter.data - 0.1 * parameter.grad  # type: ignore[operator]


def without_gradients(layer: nn.Module) -> None:
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter -= 0.1 * parameter.grad  # type: ignore[operator]


@pytest.mark.parametrize("update", [sgd, data_in_place, data_replaced, without_gradients])
def test_a_layer_trains_on_the_device_as_on_the_cpu(update: Callable[[nn.Module], None], device: torch.device) -> None:
    on_cpu = nn.Linear(3, 2)
    there = copy.deepcopy(on_cpu).to(device)
    X = torch.arange(6.0).reshape(2, 3)
    for layer, inputs in ((on_cpu, X), (there, X.to(device))):
        for _ in range(2):
            layer.zero_grad()
            layer(inputs).square().mean().backward()
            update(layer)
    assert is_accelerator(there.weight)
    torch.testing.assert_close(to_host(there.weight), on_cpu.weight.detach())


def test_gradients_start_no_thread_whether_or_not_some_were_taken_before() -> None:
    script = """
import os, torch
from autograder.probe.devices import accelerator
def threads(): return len(os.listdir("/proc/self/task"))
{before}
device, start = accelerator("cpu"), threads()
x = torch.ones(3, device=device, requires_grad=True)
(x * x).sum().backward()
assert x.grad.tolist() == [2, 2, 2] and threads() == start
"""
    for before in ("", "torch.ones(2, requires_grad=True).sum().backward()"):
        script_to_run = script.format(before=before)
        finished = subprocess.run([sys.executable, "-c", script_to_run], capture_output=True, text=True)
        assert finished.returncode == 0, finished.stderr


def test_gradients_work_in_every_thread_that_asked_for_the_accelerator() -> None:
    answers: list[Any] = []

    def differentiate() -> None:
        x = torch.ones(2, device=accelerator("cpu"), requires_grad=True)
        (3 * x).sum().backward()
        answers.append(x.grad.tolist())  # type: ignore[union-attr]

    thread = threading.Thread(target=differentiate)
    thread.start()
    thread.join()
    assert answers == [[3, 3]]


def test_a_convolution_on_the_device_is_forbidden_too(device: torch.device) -> None:
    X, K = (tensor.to(device)[None, None].requires_grad_() for tensor in example())
    with forbidding(CONVOLUTIONS) as called, pytest.raises(ForbiddenOperation):
        F.conv2d(X, K)
    assert called
    Y = F.conv2d(X, K).sum()
    with forbidding(CONVOLUTIONS) as called, pytest.raises(ForbiddenOperation):
        Y.backward()
    assert called == ["aten::convolution_backward"]


def test_operations_on_the_device_are_counted_once(device: torch.device) -> None:
    X = torch.ones(3).to(device)
    with counting() as count:
        (X + X).sum()
    assert count.by_name == {"aten::add": 1, "aten::sum": 1}


def test_the_host_copy_of_a_subclass_is_a_plain_tensor() -> None:
    class Plain(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            raise AssertionError("the probe asked the subclass")

    host = to_host(torch.ones(2, 2).as_subclass(Plain))
    assert type(host) is torch.Tensor
    assert host.tolist() == [[1, 1], [1, 1]]


@pytest.mark.parametrize(
    "tensor",
    [
        torch.arange(6.0).reshape(2, 3).T,
        torch.ones(1).expand(4),
        torch.arange(8.0)[3::2],
        torch.tensor([1 + 2j, 3j]).conj(),
        torch.tensor([1 + 2j, 3j]).conj().imag,
        torch.eye(3).to_sparse(),
        torch.tensor(2.5, requires_grad=True),
        torch.empty(0, 3),
        nn.Parameter(torch.ones(2)),
    ],
    ids=["transposed", "expanded", "offset", "conjugate", "negative", "sparse", "leaf", "empty", "parameter"],
)
@pytest.mark.parametrize("place", ["cpu", "accelerator"])
def test_a_host_copy_is_plain_contiguous_and_its_own(tensor: Tensor, place: str, device: torch.device) -> None:
    there = tensor if place == "cpu" or tensor.is_sparse else tensor.to(device)
    host = to_host(there)
    assert type(host) is torch.Tensor
    assert host.is_contiguous()
    assert not host.is_conj()
    assert not host.is_neg()
    assert not host.requires_grad
    assert host.device.type == "cpu"
    assert torch.equal(host, tensor.detach().to_dense())
    assert place == "accelerator" or tensor.is_sparse or host.data_ptr() != tensor.data_ptr() or not host.numel()


def test_a_meta_tensor_has_no_host_copy() -> None:
    with pytest.raises(ValueError, match="no values"):
        to_host(torch.empty(2, device="meta"))


def test_ordinary_tensors_are_on_no_accelerator(device: torch.device) -> None:
    assert not is_accelerator(torch.ones(2))
    assert not is_accelerator(torch.empty(2, device="meta"))
    assert is_accelerator(torch.ones(2).to(device))


def test_asking_for_cuda_where_there_is_none_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(RuntimeError, match="finds none"):
        accelerator("cuda")
    assert accelerator("auto") == accelerator("cpu") == accelerator("cpu")


@pytest.mark.gpu
def test_a_real_device_is_preferred() -> None:
    if not torch.cuda.is_available():
        pytest.skip("there is no CUDA device")
    assert accelerator().type == accelerator("cuda").type == "cuda"
    assert to_host(torch.ones(2, device=accelerator())).tolist() == [1, 1]


# What follows is a student's own work in a kernel in which a check has registered the pretend accelerator.


def test_code_that_looks_for_an_accelerator_finds_none(device: torch.device) -> None:
    assert not torch.accelerator.is_available() or torch.cuda.is_available()
    assert torch.accelerator.current_accelerator(check_available=True) is None or torch.cuda.is_available()


def test_saving_and_loading_still_work(device: torch.device) -> None:
    file = io.BytesIO()
    torch.save(nn.Linear(2, 1).state_dict() | {"x": torch.ones(2)}, file)
    file.seek(0)
    loaded = torch.load(file)
    assert loaded["x"].tolist() == [1, 1]
    assert loaded["x"].device.type == "cpu"


@pytest.mark.parametrize("workers", [0, 1])
def test_loading_data_still_works(workers: int, device: torch.device) -> None:
    loader = DataLoader(TensorDataset(torch.arange(4.0)), batch_size=2, num_workers=workers)
    assert [batch.tolist() for (batch,) in loader] == [[0, 1], [2, 3]]


def test_training_and_copying_on_the_cpu_still_work(device: torch.device) -> None:
    torch.manual_seed(0)
    layer = nn.Conv2d(1, 1, 2)
    twin = copy.deepcopy(layer).to(torch.float64)
    optimizer = torch.optim.Adam(layer.parameters())
    before = layer.weight.detach().clone()
    F.mse_loss(layer(torch.ones(1, 1, 4, 4)), torch.zeros(1, 1, 3, 3)).backward()
    optimizer.step()
    assert not torch.equal(layer.weight, before)
    assert torch.equal(twin.weight.float(), before)
    assert "device" not in repr(layer.weight)


def test_compiling_still_works(device: torch.device) -> None:
    compiled = torch.compile(lambda x: (x * 2).sum(), backend="aot_eager")
    x = torch.ones(3, requires_grad=True)
    compiled(x).backward()
    assert x.grad is not None
    assert x.grad.tolist() == [2, 2, 2]


def test_no_global_setting_of_layers_is_changed(device: torch.device) -> None:
    assert not torch.__future__.get_swap_module_params_on_conversion()
    assert not torch.__future__.get_overwrite_module_params_on_conversion()
    layer = nn.Linear(2, 1)
    weight = layer.weight
    assert layer.double().weight is weight
