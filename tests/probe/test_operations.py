"""Forbidding operations by every route that reaches them."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils._python_dispatch import _disable_current_modes

from autograder.probe.operations import CONVOLUTIONS, ForbiddenOperation, forbidding

ROOT = Path(__file__).resolve().parents[2]
saved_alias = F.conv2d
X = torch.arange(36.0).reshape(1, 1, 6, 6)
K = torch.tensor([[[[1.0, -2.0], [0.5, 3.0]]]])
ONES = [1, 1]
ZEROS = [0, 0]


@torch.jit.script
def scripted(x: Tensor, k: Tensor) -> Tensor:
    return torch.conv2d(x, k)


def layer_of(weight: Tensor) -> nn.Module:
    layer = nn.Conv2d(1, 1, (2, 2), bias=False)
    layer.weight.data.copy_(weight)
    return layer


def in_a_thread(x: Tensor, k: Tensor) -> Tensor:
    results: list[Tensor] = []
    thread = threading.Thread(target=lambda: results.append(swallowing(x, k)))
    thread.start()
    thread.join()
    return results[0]


def swallowing(x: Tensor, k: Tensor) -> Tensor:
    """A call whose refusal the code under test hides."""
    try:
        return F.conv2d(x, k)
    except RuntimeError:
        return torch.zeros(1)


def with_modes_disabled(x: Tensor, k: Tensor) -> Tensor:
    with _disable_current_modes(), torch._C.DisableTorchFunction(), torch._C._DisableTorchDispatch():
        return F.conv2d(x, k)


def as_a_gradient(x: Tensor, k: Tensor) -> Tensor:
    """Cross-correlation as the gradient of a transposed convolution that is never itself wanted."""
    seed = torch.zeros(1, 1, 5, 5, requires_grad=True)
    return torch.autograd.grad(F.conv_transpose2d(seed, k), seed, x)[0]


def convolution_backward(x: Tensor, k: Tensor) -> Tensor:
    seed = torch.zeros(1, 1, 5, 5)
    return torch.ops.aten.convolution_backward(
        x, seed, k, None, ONES, ZEROS, ONES, True, ZEROS, 1, [True, False, False]
    )[0]


def in_inference_mode(x: Tensor, k: Tensor) -> Tensor:
    with torch.inference_mode():
        return F.conv2d(x, k)


def in_autocast(x: Tensor, k: Tensor) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return F.conv2d(x, k).float()


ROUTES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "functional": F.conv2d,
    "functional on tensors that need gradients": lambda x, k: F.conv2d(x, k.clone().requires_grad_()),
    "torch.conv2d": torch.conv2d,
    "padding by name": lambda x, k: F.conv2d(x, k, padding="valid"),
    "layer": lambda x, k: layer_of(k)(x),
    "saved alias": lambda x, k: saved_alias(x, k),
    "one dimension": lambda x, k: F.conv1d(x[0, 0, :, None], k[0, :, :1]),
    "three dimensions": lambda x, k: F.conv3d(x[None], k[None]),
    "transposed": lambda x, k: F.conv_transpose2d(x, k),
    "time, batch, channel": lambda x, k: torch.conv_tbc(x[0, 0, :, :, None], k[0, 0, :, None], torch.zeros(2)),
    "torch.convolution": lambda x, k: torch.convolution(x, k, None, ONES, ZEROS, ONES, False, ZEROS, 1),
    "torch._C": lambda x, k: torch._C._VariableFunctions.conv2d(x, k),
    "torch.ops.aten.conv2d": lambda x, k: torch.ops.aten.conv2d(x, k),
    "torch.ops.aten.convolution": lambda x, k: torch.ops.aten.convolution.default(
        x, k, None, ONES, ZEROS, ONES, False, ZEROS, 1
    ),
    "torch.ops.aten._slow_conv2d_forward": lambda x, k: torch.ops.aten._slow_conv2d_forward(
        x, k, [2, 2], None, ONES, ZEROS
    ),
    "torch._C._nn.thnn_conv2d": lambda x, k: torch._C._nn.thnn_conv2d(x, k, [2, 2]),
    "torch._C._nn.slow_conv3d": lambda x, k: torch._C._nn.slow_conv3d(x[None], k[None], [1, 2, 2]),
    "torch._C._nn.slow_conv_dilated2d": lambda x, k: torch._C._nn.slow_conv_dilated2d(x, k, [2, 2]),
    "mkldnn_convolution": lambda x, k: torch.mkldnn_convolution(x, k, None, ZEROS, ONES, ONES, 1),
    "mkldnn tensors": lambda x, k: F.conv2d(x.to_mkldnn(), k.to_mkldnn()).to_dense(),
    "mkldnn pointwise": lambda x, k: torch.ops.mkldnn._convolution_pointwise(
        x, k, None, ZEROS, ONES, ONES, 1, "none", [], ""
    ),
    "quantized": lambda x, k: torch.ao.nn.quantized.functional.conv2d(
        torch.quantize_per_tensor(x, 1.0, 0, torch.quint8),
        torch.quantize_per_tensor(k, 1.0, 0, torch.qint8),
        torch.zeros(1),
        scale=1.0,
        zero_point=0,
    ),
    "TorchScript": scripted,
    "vmap": lambda x, k: torch.vmap(lambda row: F.conv2d(row, k))(x[None]),
    "functional gradient": lambda x, k: torch.func.grad(lambda x: F.conv2d(x, k).sum())(x),
    "forward-mode derivative": lambda x, k: torch.func.jvp(lambda x: F.conv2d(x, k), (x,), (x,))[1],
    "compiled graph": lambda x, k: torch.compile(lambda x: F.conv2d(x, k), backend="aot_eager")(x),
    "gradient of conv_transpose": as_a_gradient,
    "convolution_backward": convolution_backward,
    "inference mode": in_inference_mode,
    "autocast": in_autocast,
    "another thread": in_a_thread,
    "modes disabled by hand": with_modes_disabled,
    "exception caught": swallowing,
}
HIDDEN = ("another thread", "exception caught")


@pytest.mark.parametrize("route", ROUTES)
def test_a_convolution_is_recorded_by_whatever_route_it_is_reached(route: str) -> None:
    with forbidding(CONVOLUTIONS) as called:
        try:
            ROUTES[route](X, K)
        except Exception as error:  # TorchScript and the compiler wrap the refusal in errors of their own
            message = str(error)
        else:
            message = ""
    assert route in HIDDEN or "exercise forbids it" in message
    assert called
    assert all("conv" in name for name in called)


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_works_outside_the_block(route: str) -> None:
    with forbidding(CONVOLUTIONS) as called:
        pass
    assert torch.isfinite(torch.as_tensor(ROUTES[route](X, K).dequantize())).all()
    assert called == []


def test_the_refusal_says_which_operation_was_called() -> None:
    with forbidding(CONVOLUTIONS), pytest.raises(ForbiddenOperation, match="aten::conv2d was called"):
        F.conv2d(X, K)


def test_a_name_is_recorded_once_however_often_it_is_called() -> None:
    with forbidding(CONVOLUTIONS) as called:
        for _ in range(3):
            swallowing(X, K)
        with pytest.raises(ForbiddenOperation):
            F.conv1d(X[0], K[0])
    assert called == ["aten::conv2d", "aten::conv1d"]


ALLOWED: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "shifted slices": lambda x, k: sum(
        k[0, 0, i, j] * x[0, 0, i : i + 5, j : j + 5] for i in range(2) for j in range(2)
    ),
    "im2col and matmul": lambda x, k: (k.reshape(1, 4) @ F.unfold(x, (2, 2))).reshape(5, 5),
    "unfold and einsum": lambda x, k: torch.einsum("ijkl,kl->ij", x[0, 0].unfold(0, 2, 1).unfold(1, 2, 1), k[0, 0]),
    "Fourier transform": lambda x, k: torch.fft.irfft2(
        torch.fft.rfft2(x[0, 0]) * torch.fft.rfft2(k[0, 0], s=(6, 6)).conj(), s=(6, 6)
    )[:5, :5],
}


@pytest.mark.parametrize("way", ALLOWED)
def test_other_ways_to_the_same_values_stay_allowed(way: str) -> None:
    expected = F.conv2d(X, K)[0, 0]
    with forbidding(CONVOLUTIONS) as called:
        result = ALLOWED[way](X, K)
        folded = F.fold(F.unfold(X, (2, 2)), (6, 6), (2, 2))
        pooled = F.avg_pool2d(X, 2)
    assert called == []
    assert folded.shape == X.shape
    assert pooled.shape == (1, 1, 3, 3)
    torch.testing.assert_close(result, expected, rtol=1e-4, atol=1e-4)


def test_convolutions_are_the_operations_with_conv_but_not_convert_in_their_name() -> None:
    names = torch._C._dispatch_get_all_op_names()
    matched = {name for name in names if any(substring in name for substring in CONVOLUTIONS)}
    assert matched == {name for name in names if "conv" in name.replace("convert", "")}


def test_a_convolution_works_and_differentiates_after_the_block() -> None:
    x, k = X.clone().requires_grad_(), K.clone().requires_grad_()
    before = torch.autograd.grad(F.conv2d(x, k).square().sum(), (x, k))
    with forbidding(CONVOLUTIONS), pytest.raises(ForbiddenOperation):
        F.conv2d(x, k)
    after = torch.autograd.grad(F.conv2d(x, k).square().sum(), (x, k))
    for a, b in zip(before, after, strict=True):
        assert torch.equal(a, b)


def test_the_dispatch_table_is_restored_exactly() -> None:
    names = [name for name in torch._C._dispatch_get_all_op_names() if "conv" in name]
    before = [torch._C._dispatch_dump_table(name) for name in names]
    with forbidding(CONVOLUTIONS):
        assert [torch._C._dispatch_dump_table(name) for name in names] != before
    assert [torch._C._dispatch_dump_table(name) for name in names] == before


def test_an_exception_in_the_block_lifts_the_ban() -> None:
    with pytest.raises(KeyError), forbidding(CONVOLUTIONS):
        raise KeyError
    assert F.conv2d(X, K).shape == (1, 1, 5, 5)


def test_leaving_an_inner_block_lifts_nothing_of_the_outer() -> None:
    with forbidding(CONVOLUTIONS) as outer:
        with forbidding(("conv2d", "matmul")) as inner:
            swallowing(X, K)
            with pytest.raises(ForbiddenOperation):
                torch.matmul(X, X)
        assert torch.matmul(X, X).shape == X.shape
        with pytest.raises(ForbiddenOperation):
            F.conv1d(X[0], K[0])
    assert inner == ["aten::conv2d", "aten::matmul"]
    assert outer == ["aten::conv2d", "aten::conv1d"]
    assert F.conv2d(X, K).shape == (1, 1, 5, 5)


def test_blocks_that_end_out_of_order_leave_no_ban_behind() -> None:
    first, second = forbidding(CONVOLUTIONS), forbidding(CONVOLUTIONS)
    first.__enter__()
    second_called = second.__enter__()
    first.__exit__(None, None, None)
    swallowing(X, K)
    assert second_called == ["aten::conv2d"]
    second.__exit__(None, None, None)
    assert F.conv2d(X, K).shape == (1, 1, 5, 5)


def test_forbidding_prints_no_warnings() -> None:
    """In a process of its own, as PyTorch would warn of the first replacement only."""
    script = "from autograder.probe.operations import *\nwith forbidding(CONVOLUTIONS): pass"
    finished = subprocess.run([sys.executable, "-W", "always", "-c", script], capture_output=True, text=True)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


def test_nothing_is_forbidden_by_an_empty_list() -> None:
    with forbidding(()) as called:
        assert F.conv2d(X, K).shape == (1, 1, 5, 5)
    assert called == []


FOR_GOOD = """
import contextlib, gc
from tests.probe.test_operations import *
from autograder.probe.operations import forbid_for_good

forbid_for_good(CONVOLUTIONS)
for name, route in ROUTES.items():
    with forbidding(CONVOLUTIONS) as called, contextlib.suppress(Exception):
        route(X, K)
    print(name, "is recorded" if called else "is not recorded")
for library in [thing for thing in gc.get_objects() if type(thing) is torch.library.Library]:
    library._destroy()
with contextlib.suppress(ForbiddenOperation):
    print("it works again:", F.conv2d(X, K))
print("windows still work:", X.unfold(2, 2, 1).numel() > 0)
"""


def test_what_is_forbidden_for_good_stays_forbidden() -> None:
    """In a process of its own, which is of no use afterwards."""
    process = subprocess.run([sys.executable, "-c", FOR_GOOD], capture_output=True, text=True, cwd=ROOT, check=False)
    wanted = [f"{name} is recorded" for name in ROUTES]
    assert process.stdout.splitlines() == [*wanted, "windows still work: True"], process.stderr[-2000:]
