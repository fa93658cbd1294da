"""The operations that code has PyTorch do are counted, in a call that asks for it."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from autograder.probe.answers import Returned
from autograder.probe.counting import MATRIX_PRODUCTS, MULTIPLICATIONS
from autograder.probe.interpreter import Session
from autograder.probe.steps import Call, Input, Read, Ref, Stage, operations_of

X = torch.arange(24.0).reshape(3, 8)
K = torch.arange(6.0).reshape(2, 3)


def counts(function: Callable[..., object], counted: bool = True) -> dict[str, int]:
    call = Call("Y", "f", (Ref("K"), Ref("X")), counted=counted)
    stage = Stage({"K": Input.like(K), "X": Input.like(X)}, (call, Read("counts", operations_of("Y"))))
    answer = Session({"f": function}).run([stage]).answers[0]["counts"]
    assert isinstance(answer, Returned)
    assert isinstance(answer.value, dict)
    return answer.value


@pytest.mark.parametrize(
    "product",
    [
        lambda K, X: K @ X,
        torch.matmul,
        torch.mm,
        lambda K, X: torch.einsum("oi,ip->op", K, X),
        lambda K, X: torch.tensordot(K, X, dims=([1], [0])),
        lambda K, X: F.linear(X.T, K).T,
        lambda K, X: torch.inner(K, X.T),
        lambda K, X: torch.linalg.multi_dot([K, X]),
        lambda K, X: torch.addmm(torch.zeros(2, 8), K, X),
        lambda K, X: torch.bmm(K[None], X[None])[0],
        lambda K, X: torch.baddbmm(torch.zeros(1), K[None], X[None], beta=0)[0],
        lambda K, X: torch.vmap(lambda k: k @ X)(K),
    ],
)
def test_a_matrix_product_is_one_however_it_is_written(product: Callable[[Tensor, Tensor], Tensor]) -> None:
    seen = counts(product)
    assert sum(count for name, count in seen.items() if name in MATRIX_PRODUCTS) == 1, seen
    assert seen[MULTIPLICATIONS] == 2 * 3 * 8


def test_a_sum_of_products_is_no_matrix_product() -> None:
    seen = counts(lambda K, X: (K[:, :, None] * X).sum(1))
    assert not MATRIX_PRODUCTS & set(seen)
    assert seen["aten::mul"] == 1


def test_every_turn_of_a_loop_is_counted() -> None:
    assert counts(lambda K, X: [row * 2 for row in X])["aten::mul"] == len(X)


def test_what_code_switches_modes_off_for_is_its_own_word() -> None:
    """The count is what the process says of itself: no more is claimed of it."""
    from torch.utils._python_dispatch import _disable_current_modes

    def hidden(K: Tensor, X: Tensor) -> Tensor:
        with _disable_current_modes():
            return K @ X

    assert counts(hidden) == {}


def test_nothing_is_counted_that_was_not_asked_for() -> None:
    assert counts(torch.mm, counted=False) == {}
