"""How much PyTorch is asked to do is counted, of answers that are right and carry gradients."""

import pytest

from autograder.results import CheckStatus
from tests.properties.conftest import Judge

IM2COL = """
def im2col(X, kernel_size):
    kh, kw = kernel_size
    return X.unfold(0, kh, 1).unfold(1, kw, 1).permute(2, 3, 0, 1).reshape(kh * kw, -1)
"""
CORR2D = """
def corr2d_im2col(X, K):
    kh, kw = K.shape
    return (K.reshape(1, -1) @ im2col(X, (kh, kw))).reshape(X.shape[0] - kh + 1, X.shape[1] - kw + 1)
"""
ROW_BY_ROW = """
def im2col(X, kernel_size):
    kh, kw = kernel_size
    oh = X.shape[0] - kh + 1
    rows = [X[i : i + kh].unfold(1, kw, 1).permute(0, 2, 1).reshape(kh * kw, -1) for i in range(oh)]
    return torch.cat(rows, 1)
"""
BY_LISTS = """
def im2col(X, kernel_size):
    kh, kw = kernel_size
    numbers, oh, ow = X.tolist(), X.shape[0] - kh + 1, X.shape[1] - kw + 1
    return torch.tensor(
        [[numbers[i + a][j + b] for i in range(oh) for j in range(ow)] for a in range(kh) for b in range(kw)],
        dtype=X.dtype,
    )
"""
KERNEL_LOOP = """
def im2col(X, kernel_size):
    kh, kw = kernel_size
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    return torch.stack([X[a : a + oh, b : b + ow].reshape(-1) for a in range(kh) for b in range(kw)])
"""


@pytest.mark.parametrize("im2col", [IM2COL, KERNEL_LOOP])
def test_what_does_not_grow_with_the_output_passes(judge: Judge, im2col: str) -> None:
    check = judge("corr2d_im2col", "not_growing", im2col + CORR2D)
    assert check.status is CheckStatus.PASSED, check.message


def test_a_loop_over_rows_grows(judge: Judge) -> None:
    check = judge("corr2d_im2col", "not_growing", ROW_BY_ROW + CORR2D)
    assert check.score == 0
    assert "operations for size 4, and" in check.message


def test_work_that_is_done_out_of_sight_lets_no_gradient_through(judge: Judge) -> None:
    check = judge("corr2d_im2col", "not_growing", BY_LISTS + CORR2D)
    assert check.score == 0


ONE = """
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), co = X.shape, K.shape[0]
    return {product}
"""


@pytest.mark.parametrize(
    "product",
    [
        "(K.reshape(co, ci) @ X.reshape(ci, -1)).reshape(co, h, w)",
        "torch.einsum('oi,ihw->ohw', K[:, :, 0, 0], X)",
        "torch.tensordot(K[:, :, 0, 0], X, dims=([1], [0]))",
        "F.linear(X.permute(1, 2, 0), K[:, :, 0, 0]).permute(2, 0, 1)",
    ],
)
def test_one_matrix_product_is_one_however_it_is_written(judge: Judge, product: str) -> None:
    check = judge("corr2d_1x1", "one_product", ONE.format(product=product))
    assert check.status is CheckStatus.PASSED, check.message


@pytest.mark.parametrize(
    ("product", "message"),
    [
        ("(K[:, :, 0, 0, None, None] * X).sum(1)", "0 matrix products"),
        ("(K[:, :, 0, 0, None, None] * X).sum(1) + 0 * (torch.ones(1, 1) @ torch.ones(1, 1))[0, 0]", "of all 20736"),
        ("torch.stack([(K[o].reshape(1, ci) @ X.reshape(ci, -1)).reshape(h, w) for o in range(co)])", "2 matrix"),
    ],
)
def test_no_product_or_several_are_told(judge: Judge, product: str, message: str) -> None:
    check = judge("corr2d_1x1", "one_product", ONE.format(product=product))
    assert check.score == 0
    assert message in check.message
