"""The reference: ``torch.nn.functional.conv2d`` on float64 copies, and the bound's ingredients from the same formula.

Every reference here is a sum of products of elements, one of each argument, plus a bias in some. Three things follow.
The sum of the products' absolute values is the reference of the absolute values. The number of products in each
output is the reference of all ones. The product of the arguments' norms is the reference of the norms, as arguments
of one element each; where it has zeros around these, or is not defined on them, ``norms`` stands in for it. All three
hold for the gradients too, which are sums of products themselves.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch.nn import functional as F

from autograder.properties.remembered import Remembered
from autograder.properties.tolerance import Expected

Reference = Callable[..., torch.Tensor]


def cross_correlation(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Valid cross-correlation of X (h, w) with K (kh, kw): shape (h-kh+1, w-kw+1)."""
    return F.conv2d(X[None, None], K[None, None])[0, 0]


def convolution(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Valid true convolution: cross-correlation with the kernel flipped in both directions."""
    return cross_correlation(X, K.flip(0, 1))


def multi_in(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """X (ci, h, w) with K (ci, kh, kw), summed over the channels: shape (oh, ow)."""
    return F.conv2d(X[None], K[None])[0, 0]


def multi_in_out(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """X (ci, h, w) with K (co, ci, kh, kw): shape (co, oh, ow)."""
    return F.conv2d(X[None], K)[0]


def components(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """X (1, ci, h, w) with K (co, ci, kh, kw), one map for each pair of channels: shape (ci, co, oh, ow)."""
    return torch.stack([F.conv2d(X[:, c : c + 1], K[:, c : c + 1])[0] for c in range(K.shape[1])])


def each_component(X: torch.Tensor, K: torch.Tensor, u: torch.Tensor) -> torch.Tensor:
    """:func:`components`, for a function that is given a bias u besides, which takes no part in them."""
    return components(X, K)


def feature_maps(X: torch.Tensor, K: torch.Tensor, u: torch.Tensor) -> torch.Tensor:
    """X (1, ci, h, w) with K (co, ci, kh, kw) and bias u (co,): shape (co, oh, ow)."""
    return F.conv2d(X, K, u)[0]


def biased(X: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """X (h, w) with weight (kh, kw), plus bias (1,): shape (h-kh+1, w-kw+1)."""
    return cross_correlation(X, weight) + bias


def padded_strided(padding: tuple[int, int], stride: tuple[int, int]) -> Reference:
    """Of X (h, w) and K (kh, kw): cross-correlation with zeros on each side of X, above and left, and steps between."""
    return lambda X, K: F.conv2d(X[None, None], K[None, None], padding=padding, stride=stride)[0, 0]


def largest_of(size: tuple[int, int]) -> Reference:
    """Of X (h, w): the largest element of each window of this size."""
    return lambda X: F.max_pool2d(X[None, None], size, stride=1)[0, 0]


def mean_of(size: tuple[int, int]) -> Reference:
    """Of X (h, w): the mean of each window of this size."""
    return lambda X: F.avg_pool2d(X[None, None], size, stride=1)[0, 0]


def norm_of_mean(size: tuple[int, int]) -> Reference:
    """What :func:`mean_of` makes of norms: those of X and of the kernel of equal weights that it is multiplied with."""
    return lambda X: X / math.sqrt(math.prod(size))


def columns_of(size: tuple[int, int]) -> Reference:
    """Of X (h, w): its windows of this size as columns, (kh * kw, oh * ow), in the order of ``F.unfold``."""
    return lambda X: F.unfold(X[None, None], size)[0]


def input_gradient(X: torch.Tensor, K: torch.Tensor, dY: torch.Tensor) -> torch.Tensor:
    """The gradient of X for the gradient dY of ``cross_correlation(X, K)``, as autograd has it: (h, w)."""
    return F.conv_transpose2d(dY[None, None], K[None, None])[0, 0]


def kernel_gradient(X: torch.Tensor, K: torch.Tensor, dY: torch.Tensor) -> torch.Tensor:
    """The gradient of K for the gradient dY of ``cross_correlation(X, K)``, as autograd has it: (kh, kw)."""
    return cross_correlation(X, dY)


def composed(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """The kernel that does what ``first`` (a, b) and after it ``second`` (c, d) do: (a+c-1, b+d-1)."""
    return F.conv_transpose2d(first[None, None], second[None, None])[0, 0]


# All that is drawn for an assignment, and what its misconceptions would answer to one property.
_EXPECTED = Remembered[Expected](8192)
_GRADIENTS = Remembered[dict[str, Expected]](2048)


def expected(reference: Reference, operands: Sequence[torch.Tensor], norms: Reference | None = None) -> Expected:
    """The reference's output on the operands, and its bound's ingredients.

    norms: the reference of the norms, where it is not the reference itself.
    """
    norms = norms or reference
    return _EXPECTED.of((reference, norms, *operands), lambda: _expected(reference, operands, norms))


def _expected(reference: Reference, operands: Sequence[torch.Tensor], norms: Reference) -> Expected:
    exact = [operand.double() for operand in operands]
    terms = reference(*(torch.ones_like(operand) for operand in exact))
    return Expected(
        reference(*exact),
        reference(*(operand.abs() for operand in exact)),
        _count(terms),
        _norm_product(norms, exact),
        _points(exact),
    )


def expected_gradients(
    reference: Reference,
    operands: Mapping[str, torch.Tensor],
    upstream: torch.Tensor,
    norms: Reference | None = None,
) -> dict[str, Expected]:
    """The gradient of (output · upstream).sum() for each operand, by autograd of the reference in float64.

    An operand that the reference makes no use of has none. norms: as in :func:`expected`.
    """
    norms = norms or reference
    origins = (reference, norms, *operands, *operands.values(), upstream)
    return _GRADIENTS.of(origins, lambda: _expected_gradients(reference, operands, upstream, norms))


def _expected_gradients(
    reference: Reference, operands: Mapping[str, torch.Tensor], upstream: torch.Tensor, norms: Reference
) -> dict[str, Expected]:
    exact = {name: operand.double() for name, operand in operands.items()}
    gradient = upstream.double()
    values = _pull_back(reference, exact, gradient)
    magnitudes = _pull_back(reference, {name: operand.abs() for name, operand in exact.items()}, gradient.abs())
    ones = {name: torch.ones_like(operand) for name, operand in exact.items()}
    terms = _pull_back(reference, ones, torch.ones_like(gradient))
    norm = _norm_products(norms, exact, gradient)
    points = _points([*exact.values(), gradient])
    return {
        name: Expected(value, magnitudes[name], _count(terms[name]), norm[name], points)
        for name, value in values.items()
    }


def _pull_back(
    reference: Reference, operands: Mapping[str, torch.Tensor], gradient: torch.Tensor
) -> dict[str, torch.Tensor]:
    leaves = [operand.clone().requires_grad_() for operand in operands.values()]
    with torch.enable_grad():
        output = reference(*leaves)
    pulled = zip(operands, torch.autograd.grad(output, leaves, gradient, allow_unused=True), strict=True)
    return {name: one for name, one in pulled if one is not None}


def _count(terms: torch.Tensor) -> int:
    return max(1, round(float(terms.max()))) if terms.numel() else 1


def _norm_product(reference: Reference, exact: Sequence[torch.Tensor]) -> float:
    """The product of the operands' norms; 0 for a reference that is not defined on operands of one element."""
    try:
        return float(reference(*(_norm(operand) for operand in exact)))
    except (RuntimeError, ValueError, IndexError):
        return 0.0


def _norm_products(reference: Reference, exact: Mapping[str, torch.Tensor], gradient: torch.Tensor) -> dict[str, float]:
    """The same for each operand's gradient: of the other operands' norms, and of the upstream gradient's."""
    try:
        norms = _pull_back(reference, {name: _norm(operand) for name, operand in exact.items()}, _norm(gradient))
    except (RuntimeError, ValueError, IndexError):
        return dict.fromkeys(exact, 0.0)
    return {name: float(norm) for name, norm in norms.items()}


def _norm(operand: torch.Tensor) -> torch.Tensor:
    """The operand's Euclidean norm, as an operand of one element: the reference then multiplies and adds norms."""
    norm: torch.Tensor = torch.linalg.vector_norm(operand)
    return norm.reshape((1,) * operand.dim())


def _points(operands: Sequence[torch.Tensor]) -> int:
    """Points of a transform large enough for the operands, padded to the next power of two in each direction."""
    height = sum(operand.shape[-2] for operand in operands if operand.dim() > 1)
    width = sum(operand.shape[-1] for operand in operands if operand.dim() > 1)
    return 4 * max(1, height) * max(1, width)
