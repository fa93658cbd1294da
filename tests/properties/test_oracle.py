"""The reference agrees with loops over exact fractions: its values, its gradients, and what its bound is made of."""

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from autograder.properties import oracle, strategies
from autograder.properties.oracle import Reference, expected, expected_gradients
from autograder.properties.strategies import Shapes

EXAMPLES = settings(max_examples=25, deadline=None)

Exact = Any  # an array of fractions


def exact(tensor: Tensor) -> Exact:
    flat = np.array([Fraction(value) for value in tensor.double().reshape(-1).tolist()] + [None], dtype=object)[:-1]
    return flat.reshape(tuple(tensor.shape))


def inexact(array: Exact) -> Tensor:
    return torch.tensor([float(value) for value in array.reshape(-1)], dtype=torch.float64).reshape(array.shape)


def plane(X: Exact, K: Exact) -> Exact:
    """Cross-correlation of (h, w) with (kh, kw), as it is defined."""
    (h, w), (kh, kw) = X.shape, K.shape
    Y = np.full((h - kh + 1, w - kw + 1), Fraction(0), dtype=object)
    for i, j, a, b in itertools.product(*(range(size) for size in (*Y.shape, kh, kw))):
        Y[i, j] += X[i + a, j + b] * K[a, b]
    return Y


def maps(X: Exact, K: Exact) -> Exact:
    """(ci, h, w) with (co, ci, kh, kw)."""
    return np.stack([sum(plane(X[c], K[k, c]) for c in range(len(X))) for k in range(len(K))])


Loop = Callable[..., Exact]
REFERENCES: dict[str, tuple[Reference, Loop, st.SearchStrategy[Shapes]]] = {
    "cross-correlation": (oracle.cross_correlation, plane, strategies.single_channel()),
    "convolution": (oracle.convolution, lambda X, K: plane(X, K[::-1, ::-1]), strategies.single_channel()),
    "multi_in": (oracle.multi_in, lambda X, K: maps(X, K[None])[0], strategies.channels_in()),
    "multi_in_out": (oracle.multi_in_out, maps, strategies.channels_in_out()),
    "biased": (oracle.biased, lambda X, K, b: plane(X, K) + b[0], strategies.layer_with_bias()),
    "feature maps": (
        oracle.feature_maps,
        lambda X, K, u: maps(X[0], K) + u[:, None, None],
        strategies.batch_of_one_with_bias(),
    ),
    "components": (
        lambda X, K, u: oracle.components(X, K),
        lambda X, K, u: np.stack([np.stack([plane(X[0, c], k[c]) for k in K]) for c in range(K.shape[1])]),
        strategies.batch_of_one_with_bias(),
    ),
}
every_reference = pytest.mark.parametrize("name", REFERENCES)


def drawn(data: st.DataObject, shapes: st.SearchStrategy[Shapes]) -> dict[str, Tensor]:
    """Whole numbers, in which float64 is exact: then equality is asked for."""
    return {name: data.draw(strategies.integers(shape)) for name, shape in data.draw(shapes).items()}


@every_reference
@EXAMPLES
@given(data=st.data())
def test_values_are_exactly_those_of_the_loop(name: str, data: st.DataObject) -> None:
    reference, loop, shapes = REFERENCES[name]
    case = list(drawn(data, shapes).values())
    assert torch.equal(expected(reference, case).value, inexact(loop(*map(exact, case))))


@every_reference
@EXAMPLES
@given(data=st.data())
def test_magnitudes_and_terms_are_those_of_the_loop_over_absolute_values_and_ones(
    name: str, data: st.DataObject
) -> None:
    reference, loop, shapes = REFERENCES[name]
    case = list(drawn(data, shapes).values())
    want = expected(reference, case)
    assert torch.equal(want.magnitude, inexact(loop(*(exact(operand.abs()) for operand in case))))
    assert want.terms == loop(*(exact(torch.ones_like(operand)) for operand in case)).max()


def derivative(loop: Loop, operands: Sequence[Exact], which: int, G: Exact) -> Exact:
    """The gradient of (loop(...) * G).sum(): a difference quotient is exact, since loop is linear in each operand."""
    gradient = np.empty(operands[which].shape, dtype=object)
    here = (loop(*operands) * G).sum()
    for place in np.ndindex(gradient.shape):
        moved = [operand.copy() for operand in operands]
        moved[which][place] += 1
        gradient[place] = (loop(*moved) * G).sum() - here
    return gradient


@pytest.mark.parametrize("name", ["cross-correlation", "convolution", "multi_in", "biased"])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_gradients_are_exactly_the_difference_quotients_of_the_loop(name: str, data: st.DataObject) -> None:
    reference, loop, shapes = REFERENCES[name]
    case = drawn(data, shapes)
    operands = [exact(operand) for operand in case.values()]
    G = data.draw(strategies.integers(loop(*operands).shape))
    ones = [exact(torch.ones_like(operand)) for operand in case.values()]
    sizes = [exact(operand.abs()) for operand in case.values()]
    for which, want in enumerate(expected_gradients(reference, case, G).values()):
        assert torch.equal(want.value, inexact(derivative(loop, operands, which, exact(G))))
        assert torch.equal(want.magnitude, inexact(derivative(loop, sizes, which, exact(G.abs()))))
        assert want.terms == derivative(loop, ones, which, exact(torch.ones_like(G))).max()


@EXAMPLES
@given(strategies.operands(strategies.single_channel()))
def test_fractions_of_every_magnitude_are_right_to_the_last_digits_of_float64(case: dict[str, Tensor]) -> None:
    want = expected(oracle.cross_correlation, list(case.values()))
    truth = plane(exact(case["X"]), exact(case["K"]))
    bound = exact(want.tolerance(torch.float64))
    assert np.all(abs(exact(want.value) - truth) <= bound)


@pytest.mark.parametrize("dtype", strategies.DTYPES)
def test_the_reference_computes_in_float64_whatever_it_is_given(dtype: torch.dtype) -> None:
    want = expected(oracle.cross_correlation, [torch.ones(3, 3, dtype=dtype), torch.ones(2, 2, dtype=dtype)])
    assert want.value.dtype == want.magnitude.dtype == want.tolerance(dtype).dtype == torch.float64


def test_gradients_are_known_even_where_gradients_are_switched_off() -> None:
    X, K = torch.ones(2, 2), torch.ones(1, 1)
    with torch.no_grad():
        gradients = expected_gradients(oracle.cross_correlation, {"X": X, "K": K}, torch.ones(2, 2))
    assert gradients["K"].value.item() == 4
