"""The judge: the same cases for everybody, the smallest failing one in the message, and a verdict come what may."""

import itertools
import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autograder.check import LocalAsker
from autograder.probe.answers import Reply
from autograder.probe.steps import Batch, Input
from autograder.properties import Finding, Property, Question, functions, oracle, strategies
from autograder.properties.examples import Drawn, draw
from autograder.properties.functions import function
from autograder.properties.judge import Unanswered, judge_property, judge_question
from autograder.properties.property import OUT_OF_MEMORY
from autograder.results import CheckResult, CheckStatus

CORR2D = function("corr2d", strategies.single_channel(), oracle.cross_correlation)
VALUES = functions.values(CORR2D, 2.5, cause="Think again.")
QUESTION = Question("corr2d", "Cross-correlation", (VALUES,))
RIGHT = "def corr2d(X, K): return (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K).sum((-2, -1))"
FLIPPED = RIGHT.replace("* K)", "* K.flip(0, 1))")


def asker(source: str, **names: Any) -> LocalAsker:
    namespace: dict[str, Any] = {**names}
    exec(f"import torch\n{source}", namespace)
    return LocalAsker(namespace)


def judged(source: str, seed: int = 0, question: Question = QUESTION, **names: Any) -> CheckResult:
    return judge_property(question, draw(question.properties[0], seed), asker(source, **names))


# ----------------------------------------------------------------------------------------------------- the cases

PRINT_CASES = """
import sys
from autograder.properties import functions, oracle, strategies
from autograder.properties.functions import function
from autograder.properties.examples import draw
from autograder.properties.property import show
item = functions.values(function("corr2d", strategies.single_channel(), oracle.cross_correlation), 1)
print([{name: show(value) for name, value in case.items()} for case in draw(item, 5).cases])
"""

# Hypothesis takes numbers for its examples from modules like this one, and remembers those it has once taken.
LOCAL_MODULE = "NUMBERS = [" + ", ".join(str(number) for number in range(-998, 999, 3)) + "]\n"
USE_HYPOTHESIS = """
import local
from hypothesis import given, strategies as st, settings
@settings(database=None)
@given(st.lists(st.integers(-999, 999), min_size=9, max_size=9))
def test(values): pass
test()
"""


def cases_of_a_process(folder: Path, before: str, hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}
    command = [sys.executable, "-c", before + PRINT_CASES]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def test_a_seed_gives_the_same_cases_whatever_else_the_process_has_loaded_or_drawn(tmp_path: Path) -> None:
    (tmp_path / "local.py").write_text(LOCAL_MODULE)
    alone = cases_of_a_process(tmp_path, "", "0")
    assert "torch.tensor" in alone
    assert cases_of_a_process(tmp_path, "import local\n", "1") == alone
    assert cases_of_a_process(tmp_path, USE_HYPOTHESIS, "2") == alone


def written(drawn: Drawn) -> list[str]:
    return [CORR2D.written(case) for case in drawn.cases]


@pytest.mark.parametrize("seed", [0, 20261122, 2**32 - 1])
def test_a_seed_gives_the_same_cases_each_time_and_another_seed_gives_others(seed: int) -> None:
    assert written(draw(VALUES, seed)) == written(draw(VALUES, seed))
    assert written(draw(VALUES, seed)) != written(draw(VALUES, seed + 1))


def test_as_many_cases_are_drawn_as_are_asked_for() -> None:
    assert len(draw(VALUES, 0).cases) == VALUES.examples
    assert len(draw(VALUES, 0, 7).cases) == 7


def test_cases_are_drawn_on_the_cpu_whatever_the_default_device_is() -> None:
    here = written(draw(VALUES, 0, 10))
    with torch.device("meta"):
        assert written(draw(VALUES, 0, 10)) == here


def test_drawing_and_judging_leave_the_random_numbers_of_the_notebook_alone() -> None:
    before = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state()
    judged(FLIPPED)
    after = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state()
    assert before[:2] == after[:2]
    assert torch.equal(before[2], after[2])


# ------------------------------------------------------------------------------------------------- the verdict


def test_a_right_answer_gets_its_points_and_nothing_is_said() -> None:
    check = judged(RIGHT)
    assert check == CheckResult("corr2d.values", "corr2d", VALUES.sentence, 2.5, 2.5, CheckStatus.PASSED)
    assert (check.message, check.counterexample, check.cause, check.note) == ("", "", "", "")


def test_a_question_has_a_verdict_for_each_of_its_properties_in_order(questions: Mapping[str, Question]) -> None:
    question = questions["corr2d"]
    drawn = [draw(item, 0, 3) for item in question.properties]
    result = judge_question(question, drawn, asker(RIGHT))
    assert [check.id for check in result.checks] == [f"corr2d.{item.id}" for item in question.properties]
    assert result.score == result.max_score == 10


SEEDS = pytest.mark.parametrize("seed", range(4))


@SEEDS
def test_a_flipped_kernel_is_shown_on_two_numbers(seed: int) -> None:
    check = judged(FLIPPED, seed)
    assert (check.status, check.score) == (CheckStatus.FAILED, 0)
    example: dict[str, torch.Tensor] = {}
    exec("import torch\n" + check.counterexample.rpartition("\n")[0], example)
    assert example["X"].numel() == example["K"].numel() == 2
    assert sorted(example["X"].flatten().tolist()) == sorted(example["K"].flatten().tolist()) == [0, 1]
    assert check.counterexample.endswith("\ncorr2d(X, K)")
    assert check.cause == "Think again."


@SEEDS
def test_a_window_moved_the_wrong_way_is_shown_on_two_numbers(seed: int) -> None:
    swapped = """
def corr2d(X, K):
    h, w = K.shape
    Y = X.new_zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[j:j + h, i:i + w]
            if window.shape == K.shape:
                Y[i, j] = (window * K).sum()
    return Y
"""
    check = judged(swapped, seed)
    example: dict[str, torch.Tensor] = {}
    exec("import torch\n" + check.counterexample.rpartition("\n")[0], example)
    assert example["X"].numel() == 2
    assert example["K"].numel() == 1


@SEEDS
def test_missing_zero_grad_is_shown_on_one_pixel(judge: Callable[..., CheckResult], seed: int) -> None:
    check = judge(
        "train_kernel",
        "kernel",
        """
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        loss = ((conv2d(X) - Y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
    return losses
""",
        seed=seed,
    )
    assert "X = torch.tensor([[[[1.]]]], dtype=torch.float64)" in check.counterexample
    assert "num_steps=2)" in check.counterexample


def test_two_judgings_say_the_same_to_the_last_letter() -> None:
    sources = [FLIPPED, "def corr2d(X, K): return X", "def corr2d(X, K): raise ValueError('no')", "", RIGHT]
    for source in sources:
        assert judged(source) == judged(source)


def test_an_answer_of_the_wrong_shape_names_both_shapes() -> None:
    check = judged("def corr2d(X, K): return X.new_zeros(X.shape[0] + 5, X.shape[1])")
    assert check.message == "got a tensor of shape (6, 1), float64, want a tensor of shape (1, 1)"


def test_a_function_that_is_missing_or_unwritten_is_said_to_be_so() -> None:
    assert judged("").message == "got NameError: name 'corr2d' is not defined, want an answer"
    unwritten = judged("def corr2d(X, K): raise NotImplementedError")
    assert unwritten.diagnosis == "This is still to be written."


def test_an_answer_that_finds_no_more_memory_is_told_what_may_be_the_cause() -> None:
    check = judged("def corr2d(X, K): return X.new_zeros(1 << 50)")
    assert "allocate" in check.message
    assert check.cause == OUT_OF_MEMORY


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    judged(FLIPPED)
    judged("def corr2d(X, K): print('seen')")
    assert capfd.readouterr() == ("", "")


# -------------------------------------------------------------------------------- code that is not the same twice


def test_code_that_answers_at_random_keeps_a_finding() -> None:
    check = judged("def corr2d(X, K): return torch.rand(X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)")
    assert check.status is CheckStatus.FAILED
    assert check.counterexample.startswith("X = ")
    assert check.message.startswith("got torch.tensor(")


@pytest.mark.parametrize("wrong", [{0}, {5}, {5, 61}, {59, 60, 63}])
def test_code_that_is_wrong_now_and_then_keeps_the_finding_that_was_seen(wrong: set[int]) -> None:
    calls = itertools.count()
    source = RIGHT.replace("return ", "return (next(calls) in wrong) + ")
    check = judged(source, calls=calls, wrong=wrong)
    assert check.status is CheckStatus.FAILED
    assert check.counterexample


class Scripted:
    """An asker that answers by what is to be called first, then by what comes next; the last one stays."""

    def __init__(self, *answers: LocalAsker | Exception) -> None:
        self.answers = list(answers)
        self.lends: list[bool] = []
        self.renewals = 0

    def renewed(self, question: Question) -> bool:
        self.renewals += 1
        return False

    def ask(self, batch: Batch, question: Question, lend: bool, time_limit_s: float | None) -> Reply:
        self.lends.append(lend)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer.ask(batch, question, lend, time_limit_s)


@pytest.mark.parametrize(
    ("answer", "renewals"),
    [
        (asker(RIGHT), 0),
        (asker(FLIPPED), 1),
        (asker("def corr2d(X, K): raise NotImplementedError"), 1),
        (Unanswered("gone"), 1),
    ],
)
def test_every_failure_is_tried_in_a_fresh_process(answer: LocalAsker | Exception, renewals: int) -> None:
    scripted = Scripted(answer)
    judge_property(QUESTION, draw(VALUES, 0), scripted)
    assert scripted.renewals == renewals


@pytest.mark.parametrize(("timed_out", "status"), [(True, CheckStatus.TIMEOUT), (False, CheckStatus.ERROR)])
def test_no_answer_is_a_verdict_of_its_own(timed_out: bool, status: CheckStatus) -> None:
    check = judge_property(QUESTION, draw(VALUES, 0), Scripted(Unanswered("gone", timed_out)))
    assert (check.status, check.score, check.message) == (status, 0, "gone")


def test_code_that_is_lost_while_a_smaller_example_is_sought_keeps_the_first_one() -> None:
    check = judge_property(QUESTION, draw(VALUES, 0), Scripted(asker(FLIPPED), Unanswered("gone", True)))
    assert check.status is CheckStatus.FAILED
    assert check.counterexample.startswith("X = ")
    assert check.message.startswith("got torch.tensor(")


def test_the_search_for_a_smaller_example_is_bounded() -> None:
    scripted = Scripted(asker("def corr2d(X, K): return X.new_zeros(X.shape[0] - K.shape[0] + 1, 1 + X.shape[1])"))
    judge_property(QUESTION, draw(VALUES, 0), scripted)
    worst = Scripted(asker(FLIPPED))
    judge_property(QUESTION, draw(VALUES, 0), worst)
    assert max(len(scripted.lends), len(worst.lends)) <= 151


# --------------------------------------------------------------------------------------- forbidden, lent, outlandish


def test_forbidden_operations_lose_the_points_and_are_named() -> None:
    question = Question("corr2d", "Cross-correlation", (VALUES,), forbid=("conv2d", "convolution"))
    source = "def corr2d(X, K): return torch.conv2d(X[None, None], K[None, None])[0, 0]"
    check = judged(source, question=question)
    assert (check.status, check.score, check.counterexample) == (CheckStatus.FAILED, 0, "")
    assert "aten::conv2d" in check.message
    assert judged(source).status is CheckStatus.PASSED
    assert judged(RIGHT, question=question).status is CheckStatus.PASSED


CONVOLVE2D = function("convolve2d", strategies.single_channel(), oracle.convolution)
LENDING = Question("convolve2d", "Convolution", (functions.values(CONVOLVE2D, 1),), lend=RIGHT)
ON_CORR2D = "\ndef convolve2d(X, K): return corr2d(X, K.flip(0, 1))"


def test_a_right_answer_that_stands_on_a_wrong_one_is_judged_by_itself() -> None:
    check = judged(FLIPPED + ON_CORR2D, question=LENDING)
    assert (check.status, check.score) == (CheckStatus.PASSED, 1)
    assert check.note == "Judged with working answers to what comes before."


def test_an_answer_that_is_wrong_either_way_is_told_of_its_own_mistake_only() -> None:
    source = FLIPPED + "\ndef convolve2d(X, K): return corr2d(X, K.flip(0, 1)) + 1"
    check = judged(source, question=LENDING)
    assert (check.status, check.note) == (CheckStatus.FAILED, "Judged with working answers to what comes before.")
    # The lent corr2d leaves what this answer itself adds.
    assert "1 at [0, 0], want" in check.message
    assert "0 at [0, 0]" in check.message


def test_nothing_is_lent_where_nothing_is_missing() -> None:
    scripted = Scripted(asker(RIGHT + ON_CORR2D))
    check = judge_property(LENDING, draw(LENDING.properties[0], 0), scripted)
    assert (check.status, check.note, scripted.lends) == (CheckStatus.PASSED, "", [False])


def test_a_fresh_process_comes_before_what_is_lent() -> None:
    scripted = Scripted(asker(FLIPPED + ON_CORR2D))
    check = judge_property(LENDING, draw(LENDING.properties[0], 0), scripted)
    assert (check.status, scripted.lends, scripted.renewals) == (CheckStatus.PASSED, [False, True], 1)


def test_code_that_is_lost_by_itself_is_tried_with_what_is_lent() -> None:
    scripted = Scripted(Unanswered("gone"), asker(RIGHT + ON_CORR2D))
    check = judge_property(LENDING, draw(LENDING.properties[0], 0), scripted)
    assert (check.status, scripted.lends) == (CheckStatus.PASSED, [False, True])


def test_an_answer_that_a_judge_cannot_take_is_wrong_and_no_accident() -> None:
    def raises(case: Any, answers: Any) -> Finding | None:
        raise LookupError

    item = Property("p", "A property.", 1, VALUES.strategy, VALUES.probe, raises)
    check = judged(RIGHT, question=Question("q", "Q", (item,)))
    assert check.status is CheckStatus.FAILED
    assert "LookupError" in check.message


def test_a_case_goes_to_the_code_in_its_own_memory_layout() -> None:
    seen: list[tuple[int, ...]] = []
    item = functions.views(CORR2D, 1)
    question = Question("corr2d", "Cross-correlation", (item,))
    judged("def corr2d(X, K): return seen.append(X.stride())", question=question, seen=seen)
    drawn = draw(item, 0)
    assert seen[: len(drawn.cases)] == [Input.like(case["X"]).stride for case in drawn.cases]


def test_properties_of_one_question_have_different_ids() -> None:
    with pytest.raises(ValueError, match="two properties of the same id"):
        Question("q", "Q", (VALUES, VALUES))
