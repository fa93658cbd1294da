"""Autograd is noticed by whatever name it is asked for, on the CPU and on the pretend accelerator."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
import torch
from torch import Tensor
from torch.autograd import forward_ad

from autograder.probe.devices import accelerator
from autograder.probe.operations import AUTOGRAD, CONVOLUTIONS, ForbiddenOperation, forbidding, lost_for_good

Route = Callable[[Tensor], object]


def squares(x: Tensor) -> Tensor:
    return (x * x).sum()


def backward(x: Tensor) -> object:
    leaf = x.detach().requires_grad_()
    squares(leaf).backward()
    return leaf.grad


def in_a_thread(x: Tensor) -> object:
    thread = threading.Thread(target=backward, args=(x,))
    thread.start()
    return thread.join()


def dual_numbers(x: Tensor) -> object:
    with forward_ad.dual_level():
        return forward_ad.unpack_dual(squares(forward_ad.make_dual(x, torch.ones_like(x)))).tangent


def out_of_inference_mode(x: Tensor) -> object:
    with torch.inference_mode(), torch.inference_mode(False):
        return backward(x)


ROUTES: dict[str, Route] = {
    "backward out of inference mode": out_of_inference_mode,
    "backward": backward,
    "backward in a thread": in_a_thread,
    "autograd.grad": lambda x: torch.autograd.grad(squares(leaf := x.detach().requires_grad_()), leaf),
    "functional.jacobian": lambda x: torch.autograd.functional.jacobian(squares, x),
    "func.grad": lambda x: torch.func.grad(squares)(x),
    "func.vjp": lambda x: torch.func.vjp(squares, x)[1](torch.ones((), device=x.device)),
    "func.jacrev": lambda x: torch.func.jacrev(squares)(x),
    "func.jvp": lambda x: torch.func.jvp(squares, (x,), (x,)),
    "func.jacfwd": lambda x: torch.func.jacfwd(squares)(x),
    "dual numbers": dual_numbers,
}


@pytest.fixture(params=["cpu", "pretend accelerator"])
def image(request: pytest.FixtureRequest) -> Tensor:
    return torch.arange(4.0).to("cpu" if request.param == "cpu" else accelerator("cpu"))


def called(route: Route, image: Tensor) -> list[str]:
    with forbidding(AUTOGRAD) as seen, suppress(ForbiddenOperation):
        route(image)
    return seen


@pytest.mark.parametrize("name", ROUTES)
def test_autograd_is_noticed(name: str, image: Tensor) -> None:
    assert called(ROUTES[name], image)


def test_code_that_asks_for_no_gradient_is_not_noticed(image: Tensor) -> None:
    assert called(lambda x: squares(x.detach().requires_grad_()), image) == []
    assert called(torch.vmap(squares), image[None]) == []


def test_a_pass_before_or_after_the_block_is_not_noticed(image: Tensor) -> None:
    backward(image)
    with forbidding(AUTOGRAD) as seen:
        squares(image)
    backward(image)
    assert seen == []


def test_a_notebook_does_not_lose_autograd_for_good() -> None:
    assert lost_for_good(CONVOLUTIONS + AUTOGRAD) == CONVOLUTIONS


def test_what_is_put_in_the_place_of_pytorchs_own_functions_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, image: Tensor
) -> None:
    """The number of the pass, and all that it takes to make one, are taken before the student's code runs."""
    calls = iter(range(10**6))
    hooked = Tensor.register_hook

    def hook(tensor: Tensor, function: Callable[[Tensor], object]) -> object:
        return hooked(tensor, lambda gradient: None)

    monkeypatch.setattr(torch._C, "_current_graph_task_id", lambda: next(calls))
    monkeypatch.setattr(Tensor, "register_hook", hook)
    monkeypatch.setattr(torch, "enable_grad", torch.no_grad)
    with forbidding(AUTOGRAD) as called:
        torch.autograd.grad(squares(leaf := image.detach().requires_grad_()), leaf)
    assert called == ["backward passes"]
