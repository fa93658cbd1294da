"""What students are told of answers in conv_layer's catalogue, which are graded as a student's would be."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.audit.catalogue import Entry, read_catalogue
from autograder.course import Course
from autograder.results import CheckResult, CheckStatus, QuestionResult

Grade = Callable[[str, str], QuestionResult]

ENTRIES = read_catalogue(Course(Path(__file__).resolve().parents[2]).catalogue("conv_layer"))

# Wrong answers to all questions, and of all kinds of complaint.
TOLD = (
    "wrong/conv2d_layer/bias_of_kernel_shape",
    "wrong/conv_components/order_swapped",
    "wrong/convolve2d/not_flipped",
    "wrong/corr2d/conv2d_alias",
    "wrong/corr2d/extra_axes",
    "wrong/corr2d/flipped_kernel",
    "wrong/corr2d/item",
    "wrong/corr2d/nan_output",
    "wrong/corr2d/yes_tensor",
    "wrong/count_and_field/sum_of_kernels",
    "wrong/edge_kernels/transposed",
    "wrong/multi_channel/first_channel_only",
    "wrong/train_kernel/no_zero_grad",
)


def by_property(verdict: QuestionResult) -> dict[str, CheckResult]:
    return {check.id.partition(".")[2]: check for check in verdict.checks}


def lost(checks: Mapping[str, CheckResult]) -> dict[str, str]:
    """The properties that were lost, and why."""
    return {name: check.message for name, check in checks.items() if check.status is not CheckStatus.PASSED}


def the_entry(name: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.name == name)


@pytest.mark.parametrize("name", TOLD)
def test_a_wrong_answer_is_told_what_is_wrong_with_it(name: str, grade_answer: Grade) -> None:
    entry = the_entry(name)
    verdict = grade_answer(entry.question, entry.source)
    checks = by_property(verdict)
    assert verdict.score < verdict.max_score
    assert entry.caught_by <= set(lost(checks))
    for one in lost(checks):
        assert checks[one].score == 0
        says_what_is_wrong(checks[one])


@pytest.mark.parametrize("question", ["conv2d_layer", "convolve2d", "multi_channel", "conv_components"])
def test_a_right_answer_to_a_later_question_needs_no_answer_to_the_first(question: str, grade_answer: Grade) -> None:
    verdict = grade_answer(question, the_entry(f"right/{question}/lesson").source)
    assert verdict.score == verdict.max_score


def says_what_is_wrong(check: CheckResult) -> None:
    """A lost property says got and want on an example, or which ready-made convolution was called."""
    if "without ready-made convolutions" in check.message:
        assert re.search(r"the code uses \S*conv", check.message, re.IGNORECASE)
        return
    assert check.status is CheckStatus.FAILED
    told = re.fullmatch(r"got (.+), want (.+)", check.message, re.DOTALL)
    assert told is not None, check.message
    assert told[1] != told[2]
    assert check.counterexample


def test_the_lessons_classic_loses_exactly_type_device_and_the_kernel_that_does_not_fit(grade_answer: Grade) -> None:
    classic = the_entry("wrong/corr2d/classic_zeros")
    checks = by_property(grade_answer("corr2d", classic.source))
    assert set(lost(checks)) == {"dtype", "half", "device", "too_large"}
    assert {"values", "impulse", "views", "gradients"} <= set(checks)
    assert checks["dtype"].message == "got torch.float32, want torch.float64"
    assert re.fullmatch(r"got torch.float32, want torch.b?float16", checks["half"].message)
    assert checks["device"].message == "got a tensor on the cpu, want a tensor on X's device"
    assert {name: checks[name].misconception for name in lost(checks)} == {
        "dtype": "float32_whatever_comes_in",
        "half": "half_comes_out_as_float32",
        "device": "stays_on_the_cpu",
        "too_large": "empty_for_large_kernels",
    }
    for name in ("dtype", "half", "device"):
        assert "torch.zeros(shape) makes float32 on the CPU" in checks[name].advice
        assert "X.new_zeros(shape)" in checks[name].advice
    assert re.search(r"a tensor of shape \((0, \d+|\d+, 0)\)", checks["too_large"].message)
    assert "raise ValueError" in checks["too_large"].advice
