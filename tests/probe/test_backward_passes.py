"""Autograd is noticed, by whatever name and in whatever thread it is asked for."""

import threading
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from autograder.probe.operations import AUTOGRAD, CONVOLUTIONS, ForbiddenOperation, forbidding, lost_for_good

X = torch.arange(4.0)


def square(x: Tensor) -> Tensor:
    return (x * x).sum()


def by_backward() -> None:
    x = X.clone().requires_grad_()
    square(x).backward()


def by_grad() -> None:
    x = X.clone().requires_grad_()
    torch.autograd.grad(square(x), x)


def in_a_thread() -> None:
    thread = threading.Thread(target=by_backward)
    thread.start()
    thread.join()


def out_of_inference_mode() -> None:
    with torch.inference_mode(), torch.inference_mode(False):
        by_grad()


def under_no_grad() -> None:
    with torch.no_grad(), torch.enable_grad():
        by_grad()


WAYS = {
    "backward": by_backward,
    "autograd.grad": by_grad,
    "functional.vjp": lambda: torch.autograd.functional.vjp(square, X),
    "functional.jacobian": lambda: torch.autograd.functional.jacobian(square, X),
    "func.grad": lambda: torch.func.grad(square)(X),
    "func.vjp": lambda: torch.func.vjp(square, X)[1](torch.tensor(1.0)),
    "func.jacrev": lambda: torch.func.jacrev(square)(X),
    "a thread": in_a_thread,
    "inference mode left again": out_of_inference_mode,
    "gradients under no_grad": under_no_grad,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_backward_pass_is_noticed(way: Callable[[], object]) -> None:
    with forbidding(AUTOGRAD) as seen:
        way()
    assert seen == ["backward passes"]


def by_dual_numbers() -> None:
    with torch.autograd.forward_ad.dual_level():
        torch.autograd.forward_ad.make_dual(X, X)


@pytest.mark.parametrize(
    "way", [lambda: torch.func.jvp(square, (X,), (X,)), lambda: torch.func.jacfwd(square)(X), by_dual_numbers]
)
def test_forward_mode_is_refused(way: Callable[[], object]) -> None:
    with forbidding(AUTOGRAD) as seen, pytest.raises(ForbiddenOperation):
        way()
    assert "aten::_make_dual" in seen


def test_a_graph_that_nobody_walks_back_is_no_use_of_autograd() -> None:
    with forbidding(AUTOGRAD) as seen:
        square(X.clone().requires_grad_())
    assert seen == []


def test_afterwards_everything_works_again() -> None:
    with forbidding(AUTOGRAD):
        pass
    by_backward()
    torch.func.jvp(square, (X,), (X,))


def test_a_notebook_does_not_lose_autograd_for_good() -> None:
    assert lost_for_good(CONVOLUTIONS + AUTOGRAD) == CONVOLUTIONS
