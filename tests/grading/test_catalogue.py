"""The catalogues of answers: the right ones keep their marks however they are written, the wrong ones lose some.

An answer is a file ``tests/submissions/<assignment>/{right,wrong}/<question>/<name>.py``: one solution cell as a
student would write it. Its first line says what to expect of it: `autograder.audit.catalogue`. One audit runs all of an
assignment, and the tests that look at it share a process.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import torch

from autograder.audit.catalogue import Entry, read_catalogue, require_known
from autograder.audit.command import audit_plan
from autograder.audit.findings import Audited, Findings, findings
from autograder.audit.plan import Plan, make_plan
from autograder.course import Course
from autograder.grading.settings import GradingSettings
from autograder.properties.questions import load_questions

COURSE = Course(Path(__file__).resolve().parents[2])
SEED = 20261122

CATALOGUES = {name: entries for name in COURSE.assignments() if (entries := read_catalogue(COURSE.catalogue(name)))}

# How many right and wrong answers there are at least.
AT_LEAST = {"conv_layer": (45, 120), "conv_in_depth": (25, 60), "lenet": (10, 25)}

# Questions whose mutants are run with the tests: few enough for that. `autograder audit` runs those of all.
MUTATED = {"conv_layer": ("convolve2d", "multi_channel"), "conv_in_depth": ("corr2d_1x1", "compose_kernels")}

# What a catalogue has to hold whatever else it holds, by the name of the file.
REQUIRED = {
    "conv_layer": {
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
    },
    "conv_in_depth": {
        "F.pad, unfold and einsum": "right/corr2d_padded_strided/unfold_einsum",
        "as_strided with a stride": "right/corr2d_padded_strided/as_strided",
        "FFT of a padded image": "right/corr2d_padded_strided/fft",
        "no padding at all, but clipped windows": "right/corr2d_padded_strided/clipped_windows",
        "a dense layer for every pixel": "right/corr2d_1x1/linear",
        "averages from a table of sums": "right/pool2d/summed_area_table",
        "dX by index_add (col2im)": "right/corr2d_backward/index_add",
        "dX by F.fold": "right/corr2d_backward/fold",
        "autograd beside an answer that is right without it": "right/corr2d_backward/compared_with_autograd",
        "as_strided columns": "right/corr2d_im2col/as_strided",
        "shifted slices, which do not grow": "right/corr2d_im2col/shifted_slices",
        "composing by polynomial multiplication": "right/compose_kernels/polynomials",
        "composing by F.conv_transpose2d": "right/compose_kernels/conv_transpose2d",
        "padding in total": "wrong/corr2d_padded_strided/padding_in_total",
        "padding before the first row and column only": "wrong/corr2d_padded_strided/left_and_top_only",
        "F.pad with its axes exchanged": "wrong/corr2d_padded_strided/padding_exchanged",
        "stride on the kernel": "wrong/corr2d_padded_strided/stride_on_the_kernel",
        "1x1 without a matrix product": "wrong/corr2d_1x1/broadcast",
        "1x1 with two": "wrong/corr2d_1x1/two_products",
        "a maximum that starts from 0": "wrong/pool2d/starts_from_zero",
        "another mode is answered": "wrong/pool2d/none_for_other_modes",
        "autograd in place of a backward pass": "wrong/corr2d_backward/autograd_grad",
        "autograd through torch.func": "wrong/corr2d_backward/func_vjp",
        "forward-mode autograd": "wrong/corr2d_backward/forward_mode",
        "the kernel not flipped for dX": "wrong/corr2d_backward/not_flipped",
        "a difference quotient": "wrong/corr2d_backward/small_differences",
        "columns by a loop": "wrong/corr2d_im2col/nested_loops",
        ".tolist(), which hides the work": "wrong/corr2d_im2col/lists_throughout",
        "composing without a flip": "wrong/compose_kernels/not_flipped",
    },
}

# Right answers that lose something, and how much: transforms and sparse matrices spread a NaN.
MAY_LOSE = {
    "conv_layer": {"right/corr2d/fft": 0.5, "right/corr2d/fft_flipped": 0.5, "right/corr2d/toeplitz": 0.5},
}


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads of the judge's tiny convolutions would fight with the workers for the cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def of_each(assignments: Iterable[str]) -> list[object]:
    """Assignments, for tests that audit them."""
    return [pytest.param(name, marks=audits(name), id=name) for name in assignments]


def of_every_entry(*, right: bool) -> list[object]:
    """Every right or every wrong answer, with its assignment."""
    return [
        pytest.param(name, entry, marks=audits(name), id=f"{name}/{entry.name}")
        for name, entries in CATALOGUES.items()
        for entry in entries
        if entry.is_right is right
    ]


def audits(assignment: str) -> pytest.MarkDecorator:
    """What makes the tests of one assignment share a process, and with it the audit."""
    return pytest.mark.xdist_group(f"catalogue of {assignment}")


@cache
def audited(assignment: str) -> Audited:
    """A whole catalogue, run on all cores."""
    return audit(assignment, make_plan(COURSE, assignment, with_mutants=False))


@cache
def found_in(assignment: str) -> Findings:
    return findings(audited(assignment))


def audit(assignment: str, plan: Plan) -> Audited:
    return audit_plan(COURSE, assignment, plan, GradingSettings(SEED), os.cpu_count() or 1)


@pytest.mark.parametrize(("assignment", "entry"), of_every_entry(right=True))
def test_a_right_answer_keeps_its_marks_however_it_is_written(assignment: str, entry: Entry) -> None:
    found = found_in(assignment)
    assert entry.name not in found.failures
    assert [one for one in found.false_rejects if one.answer == entry.name] == []


@pytest.mark.parametrize(("assignment", "entry"), of_every_entry(right=False))
def test_a_wrong_answer_loses_what_is_wrong_with_it(assignment: str, entry: Entry) -> None:
    outcome = audited(assignment).outcomes[entry.name]
    assert not outcome.failure
    assert outcome.lost
    assert entry.caught_by <= outcome.lost_ids
    assert not entry.keeps & outcome.lost_ids


@pytest.mark.parametrize("assignment", of_each(CATALOGUES))
def test_no_wrong_answer_gets_a_wrong_name(assignment: str) -> None:
    found = found_in(assignment)
    assert found.naming.wrongly == ()
    assert found.naming.unrecorded == ()


@pytest.mark.parametrize("assignment", of_each(CATALOGUES))
def test_most_recorded_mistakes_are_named(assignment: str) -> None:
    found = found_in(assignment)
    assert len(found.naming.recorded) == len([entry for entry in CATALOGUES[assignment] if not entry.is_right])
    assert found.naming.share >= 0.8


@pytest.mark.parametrize("assignment", of_each(CATALOGUES))
def test_the_reference_solutions_lose_nothing(assignment: str) -> None:
    of = audited(assignment)
    references = [outcome for name, outcome in of.outcomes.items() if name.startswith("reference/")]
    assert len(references) == len(of.questions)
    assert [outcome for outcome in references if outcome.lost] == []


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_a_catalogue_holds_what_it_has_to_hold(assignment: str) -> None:
    entries = CATALOGUES[assignment]
    names = {entry.name for entry in entries}
    assert {words for words, name in REQUIRED.get(assignment, {}).items() if name not in names} == set()
    right, wrong = AT_LEAST.get(assignment, (1, 1))
    assert sum(entry.is_right for entry in entries) >= right
    assert sum(not entry.is_right for entry in entries) >= wrong


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_every_question_has_right_and_wrong_answers(assignment: str) -> None:
    questions = {question.id for question in load_questions(COURSE.questions(assignment))}
    entries = CATALOGUES[assignment]
    assert {entry.question for entry in entries if entry.is_right} == questions
    assert {entry.question for entry in entries if not entry.is_right} == questions


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_every_property_must_catch_something(assignment: str) -> None:
    entries, questions = CATALOGUES[assignment], load_questions(COURSE.questions(assignment))
    require_known(entries, questions, COURSE.catalogue(assignment))
    asked = {f"{question.id}.{item.id}" for question in questions for item in question.properties}
    assert {f"{entry.question}.{name}" for entry in entries for name in entry.caught_by} == asked


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_the_mutants_that_are_listed_as_equivalent_are_mutants(assignment: str) -> None:
    plan = make_plan(COURSE, assignment)
    assert set(plan.equivalents) <= {mutant.id for mutant in plan.mutants}


@pytest.mark.parametrize("assignment", of_each(MUTATED))
def test_every_mutant_of_some_references_is_caught_or_known_to_be_equivalent(assignment: str) -> None:
    plan = replace(make_plan(COURSE, assignment, MUTATED[assignment]), entries=())
    assert {mutant.question for mutant in plan.mutants} == set(MUTATED[assignment])
    found = findings(audit(assignment, plan))
    assert found.failures == {}
    assert [one.answer for one in found.survivors] == []
    assert (found.caught_equivalents, found.stale_equivalents) == ((), ())
    assert set(plan.equivalents) <= set(found.equivalents)


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_no_other_right_answer_may_lose_anything(assignment: str) -> None:
    allowed = {entry.name: entry.loses_at_most for entry in CATALOGUES[assignment] if entry.loses_at_most}
    assert allowed == MAY_LOSE.get(assignment, {})
