"""What the strategies promise of every drawing, and what they promise to bring up now and then."""

import math
from typing import Any

import pytest
import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.steps import Stage
from autograder.properties import strategies
from autograder.properties.examples import draw
from autograder.properties.property import Property

MANY = 300


def drawings(strategy: SearchStrategy[Any], count: int = MANY) -> list[Any]:
    """Drawings as the grader makes them, from a seed: these tests are the same on every run."""
    cases = strategy.map(lambda value: {"value": value})
    item = Property("p", "A property.", 1, cases, lambda case: (Stage({}, ()),), lambda *_: None)
    return [case["value"] for case in draw(item, seed=0, examples=count).cases]


def test_windows_fit_and_include_the_sizes_that_mistakes_show_up_in() -> None:
    found = drawings(strategies.windows())
    assert all(1 <= kh <= h and 1 <= kw <= w for h, w, kh, kw in found)
    assert any(h != w for h, w, _, _ in found)
    assert any(h > w and kh < kw for h, w, kh, kw in found)
    assert any(h < w and kh > kw for h, w, kh, kw in found)
    assert any((kh, kw) == (1, 1) and h > 1 and w > 1 for h, w, kh, kw in found)
    assert any((h, w) == (kh, kw) and kh > 1 for h, w, kh, kw in found)
    assert (1, 1, 1, 1) in found
    assert any(1 == kh < h and kw > 1 for h, w, kh, kw in found)
    assert any(h == 1 and w > 1 for h, w, kh, kw in found)


@pytest.mark.parametrize(
    ("shapes", "channel_axes"),
    [
        (strategies.channels_in(), {"X": [0], "K": [0]}),
        (strategies.channels_in_out(), {"X": [0], "K": [1, 0]}),
        (strategies.batch_of_one_with_bias(), {"X": [1], "K": [1, 0], "u": [None, 0]}),
    ],
)
def test_channels_agree_and_their_numbers_differ_now_and_then(
    shapes: SearchStrategy[Any], channel_axes: dict[str, list[int | None]]
) -> None:
    found = drawings(shapes)
    for case in found:
        inputs = {case[name][axes[0]] for name, axes in channel_axes.items() if axes[0] is not None}
        outputs = {case[name][axes[1]] for name, axes in channel_axes.items() if len(axes) > 1 and axes[1] is not None}
        assert len(inputs) == 1
        assert len(outputs) <= 1
    assert {case["X"][channel_axes["X"][0]] for case in found} == {1, 2, 3}
    if len(channel_axes["K"]) > 1:
        assert {case["K"][0] - case["K"][1] for case in found} >= {-1, 0, 1}


def test_integers_are_whole_and_fractions_are_not() -> None:
    whole = torch.cat([tensor.reshape(-1) for tensor in drawings(strategies.integers((3, 4)), 50)])
    parts = torch.cat([tensor.reshape(-1) for tensor in drawings(strategies.fractions((3, 4), torch.float64), 50)])
    assert torch.equal(whole, whole.round())
    assert whole.abs().max() == 9
    assert whole.min() < 0 < whole.max()
    assert (parts != parts.round()).double().mean() > 0.5


def test_every_magnitude_is_drawn_for_each_operand_by_itself() -> None:
    found = [
        case
        for case in drawings(strategies.operands(strategies.single_channel()))
        if any(bool((tensor != tensor.round()).any()) for tensor in case.values())
    ]
    orders = {
        tuple(round(math.log10(max(float(tensor.abs().max()), 1e-9)) / 2) for tensor in case.values()) for case in found
    }
    assert {x for x, _ in orders} >= {-2, -1, 0, 1, 2}
    assert any(x != k for x, k in orders)


def test_operands_share_one_dtype_and_every_dtype_is_drawn() -> None:
    found = drawings(strategies.operands(strategies.single_channel(), strategies.DTYPES))
    assert all(case["X"].dtype == case["K"].dtype for case in found)
    assert {case["X"].dtype for case in found} == set(strategies.DTYPES)
    assert {case["X"].dtype for case in drawings(strategies.operands(strategies.single_channel()))} == {
        torch.float32,
        torch.float64,
    }


def test_numbers_in_the_half_types_are_finite() -> None:
    found = drawings(strategies.operands(strategies.single_channel(), strategies.DTYPES, (1.0,)))
    assert all(bool(tensor.isfinite().all()) for case in found for tensor in case.values())


def test_views_come_in_every_layout() -> None:
    """Told apart by what as_strided would need to know."""
    tensor = torch.arange(12.0).reshape(3, 4)
    found = drawings(strategies.views(tensor), 100)
    layouts = {(tuple(view.shape), view.stride(), view.storage_offset()) for view in found}
    assert layouts == {
        ((3, 4), (4, 1), 0),
        ((3, 4), (1, 3), 0),
        ((3, 4), (8, 2), 0),
        ((3, 4), (6, 1), 8),
        ((3, 4), (0, 1), 0),
        ((3, 4), (1, 0), 0),
    }
    assert all(0 in view.stride() or torch.equal(view, tensor) for view in found)
    assert all(view.dtype == tensor.dtype for view in found)


def test_what_lies_between_a_views_elements_would_be_noticed() -> None:
    tensor = torch.zeros(3, 4)
    stored = [
        torch.as_strided(view, (view.untyped_storage().nbytes() // 4,), (1,), 0)
        for view in drawings(strategies.views(tensor, ("strided", "offset")), 20)
    ]
    assert all(bool((storage == 77).any()) for storage in stored)


def test_the_first_of_the_viewed_operands_never_has_a_plain_layout() -> None:
    found = drawings(strategies.viewed_operands(strategies.single_channel()))
    large = [case["X"] for case in found if min(case["X"].shape) > 1]
    assert len(large) > MANY / 2
    assert not any(X.is_contiguous() for X in large)
    assert any(case["K"].is_contiguous() for case in found)
    assert any(not case["K"].is_contiguous() for case in found)


def test_a_tensor_of_one_dimension_stays_as_it_is() -> None:
    assert all(view.is_contiguous() for view in drawings(strategies.views(torch.arange(3.0)), 10))


def test_an_impulse_is_a_single_one_at_any_place() -> None:
    found = drawings(strategies.one_hot(strategies.single_channel()))
    assert all(case["X"].sum() == 1 == case["X"].max() and case["X"].count_nonzero() == 1 for case in found)
    assert any(case["X"][0, -1] == 1 and case["X"].shape[1] > 1 for case in found)
    assert any(case["X"][-1, 0] == 1 and case["X"].shape[0] > 1 for case in found)


def test_a_spoiled_input_has_one_bad_element_and_its_kernel_no_zero() -> None:
    found = drawings(strategies.spoiled(strategies.single_channel()))
    assert all(int((~case["X"].isfinite()).sum()) == 1 for case in found)
    assert all(bool((case["K"] != 0).all()) for case in found)
    bad = {str(case["X"][~case["X"].isfinite()].item()) for case in found}
    assert bad == {"nan", "inf", "-inf"}


def test_a_too_large_kernel_is_too_large_in_height_in_width_or_in_both() -> None:
    found = drawings(strategies.too_large_kernels())
    over = {tuple(case["large"].shape[axis] > case["X"].shape[axis] for axis in (0, 1)) for case in found}
    assert over == {(True, False), (False, True), (True, True)}
    assert all(k <= x for case in found for k, x in zip(case["K"].shape, case["X"].shape, strict=True))
    assert any(case["large"].shape[0] - case["X"].shape[0] == 1 for case in found)


@pytest.mark.parametrize("side", [2, 5])
def test_every_case_of_a_small_strategy_is_drawn(side: int) -> None:
    assert set(drawings(st.integers(1, side), 60)) == set(range(1, side + 1))
