"""The pretend accelerator behaves as a device, and leaves ordinary CPU work alone."""

import copy
import io
import math
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.probe.devices import accelerator, is_accelerator, to_host
from autograder.probe.operations import CONVOLUTIONS, ForbiddenOperation, forbidding


@pytest.fixture
def device() -> torch.device:
    return accelerator("cpu")


@pytest.mark.parametrize(
    "dtype", [torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.bool, torch.complex64]
)
def test_values_and_dtype_survive_the_way_there_and_back(dtype: torch.dtype, device: torch.device) -> None:
    X = torch.arange(6).reshape(2, 3).to(dtype)
    there = X.to(device)
    assert (there.dtype, there.shape) == (X.dtype, X.shape)
    assert torch.equal(there.cpu(), X)


def test_any_layout_can_be_had_on_the_device(device: torch.device) -> None:
    X = torch.arange(12.0).as_strided((2, 3), (1, 4), 1)
    there = torch.arange(12.0).to(device).as_strided((2, 3), (1, 4), 1)
    assert (there.stride(), there.storage_offset()) == ((1, 4), 1)
    assert not there.is_contiguous()
    assert torch.equal(to_host(there), X)
    with pytest.raises(RuntimeError, match="view size is not compatible"):
        there.view(-1)


@pytest.mark.parametrize(
    "change",
    [lambda X: X.unsqueeze_(0).unsqueeze_(0), torch.Tensor.t_, torch.Tensor.squeeze_, lambda X: X.unsqueeze_(-1)],
)
@pytest.mark.parametrize("shape", [(2, 3), (3, 3), (1, 3)])
def test_a_view_in_place_is_taken_once(
    change: Callable[[Tensor], Tensor], shape: tuple[int, int], device: torch.device
) -> None:
    here = torch.arange(float(math.prod(shape))).reshape(shape)
    there = here.to(device)
    change(here), change(there)
    assert (there.shape, there.stride()) == (here.shape, here.stride())
    assert torch.equal(to_host(there + 1), here + 1)


def test_a_view_shares_its_values_and_its_version_as_on_the_cpu(device: torch.device) -> None:
    versions = []
    for X in (torch.zeros(2, 3), torch.zeros(2, 3).to(device)):
        X[:, 1] = 5
        X.t()[2] += 1
        assert X.tolist() == [[0, 5, 1], [0, 5, 1]]
        versions.append(X._version)
    assert versions[0] == versions[1] > 0


def test_data_shares_values_but_not_the_version_as_on_the_cpu(device: torch.device) -> None:
    x = torch.ones(2, device=device, requires_grad=True)
    y = (x * x).sum()
    x.data.mul_(3)
    y.backward()
    assert x.tolist() == [3, 3]
    assert x.grad is not None
    assert x.grad.tolist() == [6, 6]


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
    assert repr(X) == "tensor([1.0000, 2.5000], device='lazy:0')"
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


@pytest.mark.parametrize("before", ["", "torch.ones(2, requires_grad=True).sum().backward()"])
def test_gradients_start_no_thread_whether_or_not_some_were_taken_before(before: str) -> None:
    script = f"""
import os, torch
from autograder.probe.devices import accelerator
def threads(): return len(os.listdir("/proc/self/task"))
{before}
start = threads()
x = torch.ones(3, device=accelerator("cpu"), requires_grad=True)
(x * x).sum().backward()
assert x.grad.tolist() == [2, 2, 2] and threads() == start
"""
    finished = subprocess.run([sys.executable, "-W", "always", "-c", script], capture_output=True, text=True)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


def test_gradients_work_in_any_thread(device: torch.device) -> None:
    answers: list[Any] = []

    def differentiate() -> None:
        x = torch.ones(2, device=device, requires_grad=True)
        (3 * x).sum().backward()
        answers.append(x.grad.tolist())  # type: ignore[union-attr]

    thread = threading.Thread(target=differentiate)
    thread.start()
    thread.join()
    assert answers == [[3, 3]]


def test_a_gradient_that_mixes_devices_raises_and_leaves_the_process_alive(device: torch.device) -> None:
    class Scaled(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, X: Tensor) -> Tensor:
            return 2 * X

        @staticmethod
        def backward(ctx: Any, grad: Tensor) -> Tensor:
            return grad * torch.full((3,), 2.0)

    x = torch.ones(3, device=device, requires_grad=True)
    with pytest.raises(RuntimeError, match="same device"):
        Scaled.apply(x).sum().backward()
    with forbidding(("aten::mul",)), pytest.raises(ForbiddenOperation):
        torch.square(x).sum().backward()


def test_a_convolution_on_the_device_is_forbidden_too(device: torch.device) -> None:
    X, K = torch.ones(1, 1, 4, 4, device=device), torch.ones(1, 1, 2, 2, device=device, requires_grad=True)
    with forbidding(CONVOLUTIONS) as called, pytest.raises(ForbiddenOperation):
        F.conv2d(X, K)
    assert called
    Y = F.conv2d(X, K).sum()
    with forbidding(CONVOLUTIONS) as called, pytest.raises(ForbiddenOperation):
        Y.backward()
    assert called == ["aten::convolution_backward"]


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
    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device to be found")
    assert not torch.accelerator.is_available()
    assert torch.accelerator.current_accelerator() is None
    assert torch.accelerator.device_count() == 0


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


@pytest.mark.parametrize(
    "make",
    [
        lambda device: torch.arange(2, 9, 3, device=device),
        lambda device: torch.eye(2, 3, device=device),
        lambda device: torch.linspace(0, 1, 5, device=device),
        lambda device: torch.cartesian_prod(torch.arange(2, device=device), torch.arange(3, device=device)),
        lambda device: torch.add(torch.ones(3, device=device), 1, out=torch.empty(0, device=device)),
    ],
    ids=["arange", "eye", "linspace", "cartesian_prod", "out"],
)
def test_what_an_operation_writes_into_an_empty_tensor_has_its_shape(make: Any, device: torch.device) -> None:
    made, wanted = make(device), make(torch.device("cpu"))
    assert made.shape == wanted.shape
    assert torch.equal(to_host(made), wanted)
