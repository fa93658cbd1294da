"""What is forbidden is told in its own words, whichever way it was reached."""

import pytest

from autograder.properties.forbidden import forbidden_diagnosis, forbidden_message
from tests.properties.conftest import Judge


@pytest.mark.parametrize(
    ("used", "mistake", "words"),
    [
        ("aten::conv2d", "ready_made_convolution", "ready-made convolutions"),
        ("torch.nn.ConvTranspose2d", "ready_made_convolution", "ready-made convolutions"),
        ("scipy.signal.correlate2d", "ready_made_convolution", "ready-made convolutions"),
        ("aten::max_pool2d", "ready_made_pooling", "ready-made pooling"),
        ("torch.nn.AvgPool2d", "ready_made_pooling", "ready-made pooling"),
        ("backward passes", "autograd_does_it", "autograd"),
        ("aten::_make_dual", "autograd_does_it", "autograd"),
    ],
)
def test_each_kind_has_its_own_words(used: str, mistake: str, words: str) -> None:
    assert forbidden_diagnosis([used]).misconception == mistake
    assert f"without {words}" in forbidden_message([used])
    assert used in forbidden_message([used])


BY_AUTOGRAD = """
def corr2d_backward(X, K, dY):
    X, K = X.detach().requires_grad_(), K.detach().requires_grad_()
    Y = (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K).sum((2, 3))
    return {gradients}
"""


@pytest.mark.parametrize("gradients", ["torch.autograd.grad(Y, (X, K), dY)", "(Y.backward(dY), (X.grad, K.grad))[1]"])
def test_gradients_that_autograd_worked_out_earn_nothing(judge: Judge, gradients: str) -> None:
    for id in ("dX_values", "dK_values", "both_device"):
        check = judge("corr2d_backward", id, BY_AUTOGRAD.format(gradients=gradients))
        assert (check.score, check.misconception) == (0, "autograd_does_it")


def test_a_ready_made_pooling_earns_nothing(judge: Judge) -> None:
    source = "def pool2d(X, pool_size, mode='max'):\n    return F.max_pool2d(X[None, None], pool_size, 1)[0, 0]"
    check = judge("pool2d", "max", source)
    assert (check.score, check.misconception) == (0, "ready_made_pooling")
