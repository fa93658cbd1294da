"""On one piece a network's gradients are autograd's, within a bound that rounding keeps, and close choices show."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from autograder.properties.piece import pull_back


def network(X: Tensor, K: Tensor, W: Tensor, *, relu=F.relu, max_pool2d=F.max_pool2d) -> Tensor:  # type: ignore[no-untyped-def]
    return F.linear(max_pool2d(relu(F.conv2d(X, K)), 2).flatten(1), W)


TERMS = 200


def operands(seed: int) -> list[Tensor]:
    generator = torch.Generator().manual_seed(seed)
    shapes = ((2, 1, 7, 7), (3, 1, 2, 2), (4, 27))
    return [torch.randint(-99, 100, shape, generator=generator).double() / 97 for shape in shapes]


def gradients(given: list[Tensor], upstream: Tensor) -> list[Tensor]:
    leaves = [one.clone().requires_grad_() for one in given]
    return list(torch.autograd.grad(network(*leaves), leaves, upstream.to(leaves[0].dtype)))


@pytest.mark.parametrize("seed", range(8))
def test_the_gradients_are_autograds(seed: int) -> None:
    given, upstream = operands(seed), torch.ones(2, 4).double()
    wanted, close = pull_back(network, given, upstream, TERMS, torch.float64)
    assert not close
    for want, got in zip(wanted, gradients(given, upstream), strict=True):
        assert want.worst(got, torch.float64) is None


@pytest.mark.parametrize("seed", range(8))
def test_rounding_to_float32_keeps_the_bound_of_float32_and_not_that_of_float64(seed: int) -> None:
    given, upstream = operands(seed), torch.ones(2, 4).double()
    wanted, _ = pull_back(network, given, upstream, TERMS, torch.float64)
    rough = gradients([one.float() for one in given], upstream)
    assert all(want.worst(got.double(), torch.float32) is None for want, got in zip(wanted, rough, strict=True))
    assert any(want.worst(got.double(), torch.float64) is not None for want, got in zip(wanted, rough, strict=True))


def test_a_number_at_the_kink_of_a_relu_is_a_close_choice() -> None:
    X, K, W = operands(0)
    X[0, 0, :2, :2] = torch.tensor([[1.0, 1.0], [1.0, 1.0]])
    K[0, 0] = torch.tensor([[1.0, -1.0], [1.0, -1.0]])
    assert pull_back(network, [X, K, W], torch.ones(2, 4).double(), TERMS, torch.float64)[1]


def test_two_equal_numbers_in_a_window_are_a_close_choice() -> None:
    X, K, W = operands(0)
    X[0, 0, :3, :3] = 1.0
    K[0, 0] = 1.0
    assert pull_back(network, [X, K, W], torch.ones(2, 4).double(), TERMS, torch.float64)[1]


def test_windows_of_zeros_are_no_choice_at_all() -> None:
    X, K, W = operands(0)
    K.fill_(-1.0)
    X.abs_().add_(0.1)
    wanted, close = pull_back(network, [X, K, W], torch.ones(2, 4).double(), TERMS, torch.float64)
    assert not close
    assert not wanted[0].value.any()
