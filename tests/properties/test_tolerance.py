"""The bound lets every right algorithm through, in every floating type, and no wrong answer of any size."""

import itertools
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional as F

from autograder.probe.answers import TensorValue
from autograder.properties import oracle, strategies
from autograder.properties.oracle import cross_correlation, expected, expected_gradients
from autograder.properties.property import Wrong
from autograder.properties.strategies import DTYPES, Shapes
from autograder.properties.tensor_function import verify_tensor
from autograder.properties.tolerance import HALF_TYPES, Expected, working_dtype

EXAMPLES = settings(max_examples=40, deadline=None)

Algorithm = Callable[[Tensor, Tensor], Tensor]  # X (h, w) and K (kh, kw)


def offsets(K: Tensor) -> list[tuple[int, int]]:
    return list(itertools.product(range(K.shape[0]), range(K.shape[1])))


def products(X: Tensor, K: Tensor) -> Tensor:
    """Every product, rounded to the type: shape (kh·kw, oh, ow)."""
    oh, ow = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    return torch.stack([X[a : a + oh, b : b + ow] * K[a, b] for a, b in offsets(K)])


def one_after_the_other(terms: Tensor) -> Tensor:
    total = torch.zeros_like(terms[0])
    for term in terms:
        total = total + term
    return total


def pairwise(terms: Tensor) -> Tensor:
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    return pairwise(terms[:middle]) + pairwise(terms[middle:])


def windows(X: Tensor, K: Tensor) -> Tensor:
    return X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)


def nested_loop(X: Tensor, K: Tensor) -> Tensor:
    Y = X.new_zeros(windows(X, K).shape[:2])
    for i, j in itertools.product(range(Y.shape[0]), range(Y.shape[1])):
        Y[i, j] = (X[i : i + K.shape[0], j : j + K.shape[1]] * K).sum()
    return Y


def fft(X: Tensor, K: Tensor) -> Tensor:
    """By transforms, in float32 for the half types, for which there is no transform."""
    working = torch.float32 if X.dtype in HALF_TYPES else X.dtype
    shape = (X.shape[0] + K.shape[0] - 1, X.shape[1] + K.shape[1] - 1)
    spectrum = torch.fft.rfft2(X.to(working), s=shape) * torch.fft.rfft2(K.flip(0, 1).to(working), s=shape)
    return torch.fft.irfft2(spectrum, s=shape)[K.shape[0] - 1 : X.shape[0], K.shape[1] - 1 : X.shape[1]].to(X.dtype)


ALGORITHMS: dict[str, Algorithm] = {
    "forwards": lambda X, K: one_after_the_other(products(X, K)),
    "backwards": lambda X, K: one_after_the_other(products(X, K).flip(0)),
    "smallest first": lambda X, K: one_after_the_other(products(X, K).sort(dim=0)[0]),
    "largest first": lambda X, K: one_after_the_other(products(X, K).sort(dim=0, descending=True)[0]),
    "pairwise": lambda X, K: pairwise(products(X, K)),
    "sum": lambda X, K: products(X, K).sum(0),
    "nested loop": nested_loop,
    "matrix product": lambda X, K: (windows(X, K).flatten(2) @ K.flatten()).reshape(windows(X, K).shape[:2]),
    "einsum": lambda X, K: torch.einsum("ijab,ab->ij", windows(X, K), K),
    "rows, then columns": lambda X, K: (windows(X, K) * K).sum(-1).sum(-1),
    "columns, then rows": lambda X, K: (windows(X, K) * K).sum(-2).sum(-1),
    "conv2d": lambda X, K: F.conv2d(X[None, None], K[None, None])[0, 0],
    "in float64, rounded once": lambda X, K: cross_correlation(X.double(), K.double()).to(X.dtype),
    "fft": fft,
}

large_windows = strategies.windows(7, 9).map(lambda size: {"X": size[:2], "K": size[2:]})


@st.composite
def operands(draw: st.DrawFn, dtypes: tuple[torch.dtype, ...] = DTYPES) -> dict[str, Tensor]:
    """X and K of a type and of magnitudes of their own, normally distributed, with zeros in between."""
    dtype, shapes = draw(st.sampled_from(dtypes)), draw(large_windows)
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**32)))
    case = {}
    for name, shape in shapes.items():
        # In float16 sums of larger numbers overflow.
        magnitude = 1.0 if dtype == torch.float16 else draw(st.sampled_from((1e-6, *strategies.MAGNITUDES)))
        values = torch.randn(shape, dtype=torch.float64, generator=generator) * magnitude
        case[name] = torch.where(torch.rand(shape, generator=generator) < 0.1, 0, values).to(dtype)
    return case


@EXAMPLES
@given(operands())
def test_every_order_of_summation_keeps_the_bound_in_every_type(case: dict[str, Tensor]) -> None:
    X, K = case["X"], case["K"]
    want = expected(cross_correlation, [X, K])
    for name, algorithm in ALGORITHMS.items():
        got = algorithm(X, K)
        assert got.dtype == X.dtype
        assert want.worst(got.double(), X.dtype) is None, name


@EXAMPLES
@given(operands((torch.float64, torch.float32)), st.integers(0, 2**32))
def test_every_order_of_summation_keeps_the_bound_of_the_gradients(case: dict[str, Tensor], seed: int) -> None:
    shape = cross_correlation(case["X"], case["K"]).shape
    G = torch.randn(shape, dtype=case["X"].dtype, generator=torch.Generator().manual_seed(seed))
    wanted = expected_gradients(cross_correlation, case, G)
    for name, algorithm in ALGORITHMS.items():
        leaves = {key: operand.clone().requires_grad_() for key, operand in case.items()}
        algorithm(leaves["X"], leaves["K"]).backward(G)
        for key, want in wanted.items():
            gradient = leaves[key].grad
            assert gradient is not None
            assert want.worst(gradient.double(), gradient.dtype) is None, (name, key)


@EXAMPLES
@given(operands((torch.float32, torch.float64)))
def test_a_sum_with_its_terms_cancelled_keeps_the_bound(case: dict[str, Tensor]) -> None:
    """An image beside its negative, mirrored: in the middle everything cancels but the rounding errors."""
    K = torch.cat([case["K"], case["K"].flip(1)], 1)
    X = torch.cat([case["X"], -case["X"].flip(1)], 1)
    want = expected(cross_correlation, [X, K])
    for name, algorithm in ALGORITHMS.items():
        assert want.worst(algorithm(X, K).double(), X.dtype) is None, name


# ------------------------------------------------------------------------------------- transforms, as a fallback


def loud_beside_silence(dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """An image of large numbers with an empty corner, where a transform leaves noise, and a kernel."""
    generator = torch.Generator().manual_seed(0)
    X = torch.rand(12, 12, dtype=torch.float64, generator=generator).to(dtype) * 100
    X[6:, 6:] = 0
    return X, torch.rand(3, 3, dtype=torch.float64, generator=generator).to(dtype)


# float16 has so few small numbers that its elementwise bound holds the noise already.
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
def test_noise_of_a_transform_where_the_answer_is_zero_is_forgiven(dtype: torch.dtype) -> None:
    X, K = loud_beside_silence(dtype)
    want = expected(cross_correlation, [X, K])
    got = fft(X, K).double()
    assert not bool(((got - want.value).abs() <= want.tolerance(dtype)).all())
    assert want.worst(got, dtype) is None


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_transform_without_the_flip_is_not_forgiven(dtype: torch.dtype) -> None:
    X, K = loud_beside_silence(dtype)
    assert expected(cross_correlation, [X, K]).worst(fft(X, K.flip(0, 1)).double(), dtype) is not None


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_fallback_is_no_wider_for_the_half_types_than_one_rounding_asks(dtype: torch.dtype) -> None:
    X, K = loud_beside_silence(dtype)
    want = expected(cross_correlation, [X, K])
    assert bool((want.norm_tolerance(dtype) <= want.tolerance(dtype) + want.norm_tolerance(torch.float32)).all())


@pytest.mark.parametrize("factor", [1e-6, 1.0, 1e6])
def test_an_operands_size_does_not_widen_the_bound_of_its_own_gradient(factor: float) -> None:
    X, K = loud_beside_silence(torch.float64)
    G = torch.ones(10, 10, dtype=torch.float64)
    usual = expected_gradients(cross_correlation, {"X": X, "K": K}, G)
    scaled = expected_gradients(cross_correlation, {"X": factor * X, "K": K}, G)
    assert scaled["X"].norm == pytest.approx(usual["X"].norm)
    assert scaled["K"].norm == pytest.approx(factor * usual["K"].norm)


def test_a_bias_is_added_to_the_norms_and_not_multiplied() -> None:
    X, K = loud_beside_silence(torch.float64)
    bias = torch.tensor([3.0], dtype=torch.float64)
    product = float(torch.linalg.vector_norm(X) * torch.linalg.vector_norm(K))
    assert expected(oracle.biased, [X, K, bias]).norm == pytest.approx(product + 3)
    assert expected(oracle.biased, [X, K, 0 * bias]).norm == pytest.approx(product)


def test_zeros_around_an_image_leave_noise_of_a_transform_too() -> None:
    """A reference that pads and strides has no product of norms of its own: cross-correlation stands in for it."""
    X, K = loud_beside_silence(torch.float32)
    padding, stride = (2, 2), (3, 2)
    want = expected(oracle.padded_strided(padding, stride), [X, K], norms=cross_correlation)
    got = fft(F.pad(X, (2, 2, 2, 2)), K)[::3, ::2].double()
    assert want.norm == pytest.approx(float(torch.linalg.vector_norm(X) * torch.linalg.vector_norm(K)))
    assert not bool(((got - want.value).abs() <= want.tolerance(torch.float32)).all())
    assert want.worst(got, torch.float32) is None


def test_a_mean_by_a_transform_is_forgiven_its_noise() -> None:
    X, _ = loud_beside_silence(torch.float32)
    want = expected(oracle.mean_of((2, 3)), [X], norms=oracle.norm_of_mean((2, 3)))
    equal = torch.full((2, 3), 1 / 6)
    got = fft(X, equal).double()
    assert want.norm == pytest.approx(float(torch.linalg.vector_norm(X) * torch.linalg.vector_norm(equal)))
    assert not bool(((got - want.value).abs() <= want.tolerance(torch.float32)).all())
    assert want.worst(got, torch.float32) is None


# ------------------------------------------------------------------------------------------------- wrong answers


def judged(got: Tensor, X: Tensor, K: Tensor) -> None:
    verify_tensor(TensorValue(got), expected(cross_correlation, [X, K]), X.dtype)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
@pytest.mark.parametrize("magnitude", [1e-6, 1e-3, 1.0, 1e3, 1e6])
def test_a_flipped_kernel_is_rejected_at_every_magnitude(magnitude: float, dtype: torch.dtype) -> None:
    generator = torch.Generator().manual_seed(1)
    for _ in range(20):
        X = (torch.randn(6, 7, dtype=torch.float64, generator=generator) * magnitude).to(dtype)
        K = (torch.randn(3, 2, dtype=torch.float64, generator=generator) * magnitude).to(dtype)
        judged(ALGORITHMS["sum"](X, K), X, K)
        with pytest.raises(Wrong):
            judged(ALGORITHMS["sum"](X, K.flip(0, 1)), X, K)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("share", "is_right"), [(0.9, True), (1.1, False)])
def test_the_bound_is_sharp_at_every_element(share: float, is_right: bool, dtype: torch.dtype) -> None:
    X, K = loud_beside_silence(torch.float64)
    whole = expected(cross_correlation, [X, K])
    want = Expected(whole.value, whole.magnitude, whole.terms)  # without the fallback
    for place in [(0, 0), (4, 9), (9, 9)]:
        got = want.value.clone()
        got[place] += share * want.tolerance(dtype)[place]
        assert want.worst(got, dtype) == (None if is_right else place)


def test_the_worst_of_several_wrong_elements_is_named() -> None:
    want = expected(cross_correlation, [torch.ones(3, 3), torch.ones(1, 1)])
    got = want.value.clone()
    got[0, 1], got[2, 0] = 1.5, -3
    assert want.worst(got, torch.float32) == (2, 0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("place", [(0, 0), (1, 2), (9, 9)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_an_element_that_is_no_number_is_rejected(value: float, place: tuple[int, int], dtype: torch.dtype) -> None:
    X, K = loud_beside_silence(dtype)
    want = expected(cross_correlation, [X, K])
    got = want.value.clone()
    got[place] = value
    assert want.worst(got, dtype) == place


@pytest.mark.parametrize(
    "shape",
    [(), (1,), (4,), (1, 1), (1, 4), (3, 1), (4, 3), (1, 3, 4), (3, 4, 1), (0,), (0, 4), (3, 0), (0, 0), (1, 1, 1)],
)
def test_an_answer_of_a_shape_that_would_broadcast_is_rejected(shape: tuple[int, ...]) -> None:
    X, K = torch.full((3, 4), 2.0), torch.ones(1, 1)
    judged(torch.full((3, 4), 2.0), X, K)
    with pytest.raises(Wrong) as wrong:
        judged(torch.full(shape, 2.0), X, K)
    assert wrong.value.want == "a tensor of shape (3, 4)"


@pytest.mark.parametrize("dtype", [torch.int64, torch.bool, torch.complex64])
def test_an_answer_that_is_of_no_floating_type_is_rejected(dtype: torch.dtype) -> None:
    with pytest.raises(Wrong):
        judged(torch.ones(3, 4).to(dtype), torch.ones(3, 4), torch.ones(1, 1))


@EXAMPLES
@given(large_windows)
def test_an_output_of_zeros_is_rejected_unless_the_answer_is_zero(shapes: Shapes) -> None:
    X, K = torch.full(shapes["X"], 1e-6), torch.full(shapes["K"], 1e-6)
    want = expected(cross_correlation, [X, K])
    assert want.worst(torch.zeros_like(want.value), torch.float32) is not None
    assert expected(cross_correlation, [0 * X, K]).worst(torch.zeros_like(want.value), torch.float32) is None


@pytest.mark.parametrize(
    ("inputs", "output", "held_to"),
    [
        (torch.float64, torch.float64, torch.float64),
        (torch.float64, torch.float32, torch.float32),
        (torch.float64, torch.float16, torch.float64),
        (torch.float32, torch.float64, torch.float32),
        (torch.bfloat16, torch.float32, torch.bfloat16),
    ],
)
def test_an_answer_is_held_to_its_inputs_precision_or_to_float32(
    inputs: torch.dtype, output: torch.dtype, held_to: torch.dtype
) -> None:
    assert working_dtype(inputs, output) == held_to
