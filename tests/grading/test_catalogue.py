"""The catalogue of answers: the right ones keep their marks however they are written, the wrong ones lose some.

An answer is a file ``tests/submissions/conv_layer/{right,wrong}/<question>/<name>.py``: one solution cell as a student
would write it. Its first line says what to expect of it: `autograder.audit.catalogue`. One audit runs them all.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from autograder.audit.catalogue import Entry, read_catalogue, require_known
from autograder.audit.command import audit_plan
from autograder.audit.findings import Audited, Findings, findings
from autograder.audit.plan import make_plan
from autograder.course import Course
from autograder.grading.assignment import Assignment
from autograder.grading.settings import GradingSettings
from autograder.results import CheckResult, CheckStatus, QuestionResult

COURSE = Course(Path(__file__).resolve().parents[2])
CATALOGUE = COURSE.catalogue("conv_layer")
SEED = 20261122
Grade = Callable[[str, str], QuestionResult]

# Questions whose mutants are run with the tests: few enough for that. `autograder audit` runs those of all.
MUTATED = ("convolve2d", "multi_channel")

ENTRIES = read_catalogue(CATALOGUE)
RIGHT = [entry for entry in ENTRIES if entry.is_right]
WRONG = [entry for entry in ENTRIES if not entry.is_right]

# What the catalogue has to hold whatever else it holds, by the name of the file.
REQUIRED = {
    "unfold and einsum": "right/corr2d/unfold_einsum",
    "as_strided with the right strides": "right/corr2d/as_strided",
    "im2col and one matrix product": "right/corr2d/im2col_matmul",
    "shifted slices": "right/corr2d/shifted_slices",
    "nested vmap": "right/corr2d/nested_vmap",
    "a custom autograd.Function": "right/corr2d/autograd_function",
    "float64 inside and cast back": "right/corr2d/float64_inside",
    "FFT": "right/corr2d/fft",
    "double flip of a true convolution": "right/corr2d/double_flip",
    "the lesson's classic": "wrong/corr2d/classic_zeros",
    "flipped kernel": "wrong/corr2d/flipped_kernel",
    "X[i:i+w, j:j+h]": "wrong/corr2d/height_width_mixed",
    "square kernels only": "wrong/corr2d/square_kernels_only",
    ".item()": "wrong/corr2d/item",
    "output of shape (0, 1, 1)": "wrong/corr2d/extra_axes",
    "NaN output": "wrong/corr2d/nan_output",
    "a Tensor subclass that answers True to everything": "wrong/corr2d/yes_tensor",
    "F.conv2d through an alias": "wrong/corr2d/conv2d_alias",
    "hard-coded sample": "wrong/corr2d/hard_coded_sample",
    "training without zero_grad": "wrong/train_kernel/no_zero_grad",
    "training on mean loss": "wrong/train_kernel/mean_loss",
    "training on a copy": "wrong/train_kernel/on_a_copy",
    "bias of the kernel's shape": "wrong/conv2d_layer/bias_of_kernel_shape",
    "weight as a plain tensor": "wrong/conv2d_layer/weight_plain_tensor",
}


# Wrong answers of all questions, and of all kinds of complaint, that are graded as a student's would be.
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


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads of the judge's tiny convolutions would fight with the workers for the cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def audited() -> Audited:
    """The whole catalogue, run on all cores."""
    plan = make_plan(COURSE, "conv_layer", with_mutants=False)
    return audit_plan(COURSE, "conv_layer", plan, GradingSettings(SEED), os.cpu_count() or 1)


@pytest.fixture(scope="session")
def found(audited: Audited) -> Findings:
    return findings(audited)


def by_property(verdict: QuestionResult) -> dict[str, CheckResult]:
    return {check.id.partition(".")[2]: check for check in verdict.checks}


def lost(checks: Mapping[str, CheckResult]) -> dict[str, str]:
    """The properties that were lost, and why."""
    return {name: check.message for name, check in checks.items() if check.status is not CheckStatus.PASSED}


def the_entry(name: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.name == name)


@pytest.mark.parametrize("entry", RIGHT, ids=lambda entry: entry.name)
def test_a_right_answer_keeps_its_marks_however_it_is_written(entry: Entry, found: Findings) -> None:
    assert entry.name not in found.failures
    assert [one for one in found.false_rejects if one.answer == entry.name] == []


@pytest.mark.parametrize("entry", WRONG, ids=lambda entry: entry.name)
def test_a_wrong_answer_loses_what_is_wrong_with_it(entry: Entry, audited: Audited) -> None:
    outcome = audited.outcomes[entry.name]
    assert not outcome.failure
    assert outcome.lost
    assert entry.caught_by <= outcome.lost_ids
    assert not entry.keeps & outcome.lost_ids


def test_no_wrong_answer_gets_a_wrong_name(found: Findings) -> None:
    assert found.naming.wrongly == ()
    assert found.naming.unrecorded == ()


def test_most_recorded_mistakes_are_named(found: Findings) -> None:
    assert len(found.naming.recorded) == len(WRONG)
    assert found.naming.share >= 0.8


def test_the_reference_solutions_lose_nothing(audited: Audited) -> None:
    references = [outcome for name, outcome in audited.outcomes.items() if name.startswith("reference/")]
    assert len(references) == 8
    assert [outcome for outcome in references if outcome.lost] == []


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
        assert re.search(r"the code calls \S*conv", check.message, re.IGNORECASE)
        return
    assert check.status is CheckStatus.FAILED
    told = re.fullmatch(r"got (.+), want (.+)", check.message, re.DOTALL)
    assert told is not None, check.message
    assert told[1] != told[2]
    assert check.counterexample


def test_the_lessons_classic_loses_exactly_type_device_and_the_kernel_that_does_not_fit(grade_answer: Grade) -> None:
    classic = the_entry(REQUIRED["the lesson's classic"])
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


def test_the_catalogue_holds_what_it_has_to_hold() -> None:
    names = {entry.name for entry in ENTRIES}
    assert {words for words, name in REQUIRED.items() if name not in names} == set()
    assert len(RIGHT) >= 45
    assert len(WRONG) >= 120


def test_every_question_has_right_and_wrong_answers(conv_layer: Assignment) -> None:
    questions = {question.id for question in conv_layer.questions}
    assert {entry.question for entry in RIGHT} == questions
    assert {entry.question for entry in WRONG} == questions


def test_every_property_must_catch_something(conv_layer: Assignment) -> None:
    require_known(ENTRIES, conv_layer.questions, CATALOGUE)
    asked = {f"{question.id}.{item.id}" for question in conv_layer.questions for item in question.properties}
    assert {f"{entry.question}.{name}" for entry in WRONG for name in entry.caught_by} == asked


def test_the_mutants_that_are_listed_as_equivalent_are_mutants() -> None:
    plan = make_plan(COURSE, "conv_layer")
    assert plan.equivalents
    assert set(plan.equivalents) <= {mutant.id for mutant in plan.mutants}


def test_every_mutant_of_some_references_is_caught_or_known_to_be_equivalent() -> None:
    plan = replace(make_plan(COURSE, "conv_layer", MUTATED), entries=())
    assert {mutant.question for mutant in plan.mutants} == set(MUTATED)
    found = findings(audit_plan(COURSE, "conv_layer", plan, GradingSettings(SEED), os.cpu_count() or 1))
    assert found.failures == {}
    assert [one.answer for one in found.survivors] == []
    assert (found.caught_equivalents, found.stale_equivalents) == ((), ())
    assert set(plan.equivalents) <= set(found.equivalents)


def test_only_transforms_and_sparse_matrices_may_lose_half_a_point() -> None:
    allowed = {entry.name: entry.loses_at_most for entry in RIGHT if entry.loses_at_most}
    assert allowed == {"right/corr2d/fft": 0.5, "right/corr2d/fft_flipped": 0.5, "right/corr2d/toeplitz": 0.5}
