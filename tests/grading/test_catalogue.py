"""The catalogue of answers: the right ones keep their marks however they are written, the wrong ones lose some.

An answer is a file ``tests/submissions/conv_layer/{right,wrong}/<question>/<name>.py``: one solution cell as a student
would write it. Its first line says what to expect of it (`Entry`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from autograder.grading.assignment import Assignment
from autograder.results import CheckResult, CheckStatus, QuestionResult

CATALOGUE = Path(__file__).resolve().parent.parent / "submissions" / "conv_layer"
RIGHT_HEADING = re.compile(r"# right: .+?(?:; loses at most ([\d.]+))?")
WRONG_HEADING = re.compile(r"# wrong: .+?; caught by ([\w, ]+?)(?:; keeps ([\w, ]+))?")
Grade = Callable[[str, str], QuestionResult]


@dataclass(frozen=True)
class Entry:
    """One answer of the catalogue, and what its first line says of it.

    ``# right: <what is unusual>[; loses at most <points>]``
    ``# wrong: <misconception>; caught by <property>[, <property> ...][; keeps <property>[, <property> ...]]``
    caught_by: properties that the answer must lose; keeps: properties that it must not lose.
    """

    name: str
    question: str
    source: str
    is_right: bool
    loses_at_most: float = 0.0
    caught_by: frozenset[str] = frozenset()
    keeps: frozenset[str] = frozenset()


def read_entry(path: Path) -> Entry:
    source = path.read_text()
    heading = source.partition("\n")[0]
    name = path.relative_to(CATALOGUE).with_suffix("").as_posix()
    kind, question = name.split("/")[:2]
    if kind == "right" and (found := RIGHT_HEADING.fullmatch(heading)):
        return Entry(name, question, source, True, loses_at_most=float(found[1] or 0))
    if kind == "wrong" and (found := WRONG_HEADING.fullmatch(heading)):
        return Entry(name, question, source, False, caught_by=properties(found[1]), keeps=properties(found[2] or ""))
    raise ValueError(f"{path}: the first line does not say what to expect: {heading!r}")


def properties(listed: str) -> frozenset[str]:
    return frozenset(name.strip() for name in listed.split(",") if name.strip())


ENTRIES = [read_entry(path) for path in sorted(CATALOGUE.glob("*/*/*.py"))]
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


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads of the judge's tiny convolutions would fight with the workers for the cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def by_property(verdict: QuestionResult) -> dict[str, CheckResult]:
    return {check.id.partition(".")[2]: check for check in verdict.checks}


def lost(checks: Mapping[str, CheckResult]) -> dict[str, str]:
    """The properties that were lost, and why."""
    return {name: check.message for name, check in checks.items() if check.status is not CheckStatus.PASSED}


@pytest.mark.parametrize("entry", RIGHT, ids=lambda entry: entry.name)
def test_a_right_answer_keeps_its_marks_however_it_is_written(entry: Entry, grade_answer: Grade) -> None:
    verdict = grade_answer(entry.question, entry.source)
    assert verdict.score >= verdict.max_score - entry.loses_at_most, lost(by_property(verdict))


@pytest.mark.parametrize("entry", WRONG, ids=lambda entry: entry.name)
def test_a_wrong_answer_loses_what_is_wrong_with_it_and_is_told_so(entry: Entry, grade_answer: Grade) -> None:
    verdict = grade_answer(entry.question, entry.source)
    checks = by_property(verdict)
    assert verdict.score < verdict.max_score
    assert entry.caught_by <= set(lost(checks))
    assert not entry.keeps & set(lost(checks)), lost(checks)
    for name in lost(checks):
        assert checks[name].score == 0
        says_what_is_wrong(checks[name])


def says_what_is_wrong(check: CheckResult) -> None:
    """A lost property says got and want on an example, or which ready-made convolution was called."""
    if "without PyTorch's own convolutions" in check.message:
        assert re.search(r"the code calls \S*conv", check.message, re.IGNORECASE)
        return
    assert check.status is CheckStatus.FAILED
    told = re.fullmatch(r"got (.+), want (.+)", check.message, re.DOTALL)
    assert told is not None, check.message
    assert told[1] != told[2]
    assert check.counterexample


def test_the_lessons_classic_loses_exactly_type_device_and_the_kernel_that_does_not_fit(grade_answer: Grade) -> None:
    classic = next(entry for entry in WRONG if entry.name == REQUIRED["the lesson's classic"])
    checks = by_property(grade_answer("corr2d", classic.source))
    assert set(lost(checks)) == {"dtype", "half", "device", "too_large"}
    assert {"values", "impulse", "views", "gradients"} <= set(checks)
    assert checks["dtype"].message == "got torch.float32, want torch.float64"
    assert re.fullmatch(r"got torch.float32, want torch.b?float16", checks["half"].message)
    assert checks["device"].message == "got a tensor on the cpu, want a tensor on X's device"
    for name in ("dtype", "half", "device"):
        assert "torch.zeros(shape) makes float32 on the CPU" in checks[name].cause
        assert "X.new_zeros(shape)" in checks[name].cause
    assert re.search(r"a tensor of shape \((0, \d+|\d+, 0)\)", checks["too_large"].message)
    assert "raise ValueError" in checks["too_large"].cause


def test_the_catalogue_holds_what_it_has_to_hold() -> None:
    names = {entry.name for entry in ENTRIES}
    assert {words for words, name in REQUIRED.items() if name not in names} == set()
    assert len(RIGHT) >= 30
    assert len(WRONG) >= 60


def test_every_question_has_right_and_wrong_answers(conv_layer: Assignment) -> None:
    questions = {question.id for question in conv_layer.questions}
    assert {entry.question for entry in RIGHT} == questions
    assert {entry.question for entry in WRONG} == questions


def test_every_property_catches_something(conv_layer: Assignment) -> None:
    asked = {f"{question.id}.{item.id}" for question in conv_layer.questions for item in question.properties}
    caught = {f"{entry.question}.{name}" for entry in WRONG for name in entry.caught_by}
    kept = {f"{entry.question}.{name}" for entry in WRONG for name in entry.keeps}
    assert caught == asked
    assert kept <= asked


def test_only_transforms_and_sparse_matrices_may_lose_half_a_point() -> None:
    allowed = {entry.name: entry.loses_at_most for entry in RIGHT if entry.loses_at_most}
    assert allowed == {"right/corr2d/fft": 0.5, "right/corr2d/fft_flipped": 0.5, "right/corr2d/toeplitz": 0.5}
