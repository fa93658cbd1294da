"""The check cell: a report for the student, a paragraph for Validate, points for nbgrader, and no disturbance."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.check import VALIDATE_COLUMNS, CheckFailed, check
from autograder.errors import AutograderError
from autograder.properties import Question, plain
from autograder.properties.examples import Drawn, draw
from autograder.report.notebook import Report
from autograder.results import CheckStatus

QUESTIONS = """
import torch
from hypothesis import strategies as st

from autograder.properties import Question, functions, oracle, plain, strategies
from autograder.properties.functions import function

HERE = torch.ones(1)  # made as the notebook's default device would have it
corr2d = function("corr2d", strategies.single_channel(), oracle.cross_correlation)
QUESTIONS = (
    Question(
        "corr2d",
        "Cross-correlation",
        (functions.values(corr2d, 3, cause="Do not flip."), functions.device_kept(corr2d, 1)),
        forbid=("conv2d",),
    ),
    Question(
        "count",
        "Counting",
        (plain.number("count", "count", "The number is right.", 2.5, st.tuples(st.integers(0, 9)), lambda n: n + 1),),
    ),
)
"""
RIGHT = "def corr2d(X, K): return (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K).sum((-2, -1))"
FLIPPED = RIGHT.replace("* K)", "* K.flip(0, 1))")
COUNT = "def count(n): return n + 1"

Checked = Callable[..., Any]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """``checked(source, id, mode)``: what check(id) returns in a notebook that defines what ``source`` defines."""
    (tmp_path / "questions.py").write_text(QUESTIONS)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "questions", raising=False)

    def run(source: str, id: str = "corr2d", mode: str | None = None, **names: Any) -> Any:
        if mode is None:
            monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
        else:
            monkeypatch.setenv("NBGRADER_EXECUTION", mode)
        namespace: dict[str, Any] = {"check": check, "torch": torch, **names}
        exec(f"{source}\nresult = check({id!r})", namespace)
        return namespace["result"]

    yield run
    sys.modules.pop("questions", None)


# --------------------------------------------------------------------------------------------------- three modes


def test_a_student_at_work_sees_a_report(checked: Checked) -> None:
    report = checked(RIGHT)
    assert isinstance(report, Report)
    assert (report.result.score, report.result.max_score) == (4, 4)
    assert repr(report).startswith("Cross-correlation: 4 of 4 points\n✓ ")


def test_a_student_at_work_sees_what_is_wrong_and_no_exception(checked: Checked) -> None:
    shown = repr(checked(FLIPPED))
    assert shown.startswith("Cross-correlation: 0 of 4 points\n✗ ")
    assert "X = torch.tensor([[0., 1.]]" in shown
    assert "Likely cause: Do not flip." in shown


def test_validate_gets_nothing_when_all_is_well_and_one_paragraph_when_not(checked: Checked) -> None:
    assert checked(RIGHT, mode="validate") is None
    with pytest.raises(CheckFailed) as failed:
        checked(FLIPPED, mode="validate")
    (paragraph,) = failed.value._render_traceback_()
    assert "\n\n" not in paragraph
    assert max(map(len, paragraph.splitlines())) <= VALIDATE_COLUMNS
    in_one_line = " ".join(paragraph.split())
    assert in_one_line.startswith("Cross-correlation: 0 of 4 points. Not so: Every output is right")
    assert "Do not flip." in in_one_line


@pytest.mark.parametrize(
    ("source", "id", "points"), [(RIGHT, "corr2d", 4.0), (FLIPPED, "corr2d", 0.0), (COUNT, "count", 2.5)]
)
def test_autograde_gets_points_as_a_float(checked: Checked, source: str, id: str, points: float) -> None:
    result = checked(source, id, "autograde")
    assert result == points
    assert type(result) is float


def test_partial_credit_is_the_points_of_the_properties_that_hold(checked: Checked) -> None:
    on_the_cpu = "\n_right = corr2d\ndef corr2d(X, K): return _right(X.cpu(), K.cpu())"
    assert checked(RIGHT + on_the_cpu, mode="autograde") == 3


def test_two_checks_say_the_same(checked: Checked) -> None:
    assert checked(FLIPPED) == checked(FLIPPED)


def test_examples_are_drawn_once_in_a_kernel_and_with_one_thread(
    checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def noted(*arguments: Any) -> Drawn:
        threads.append(torch.get_num_threads())
        return draw(*arguments)

    monkeypatch.setattr("autograder.check.draw", noted)
    first, again = checked(FLIPPED), checked(FLIPPED)
    assert threads == [1, 1]  # the question has two properties
    assert repr(first) == repr(again)
    assert checked(RIGHT).result.score == 4


def test_questions_that_are_loaded_anew_are_drawn_anew(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked(COUNT, "count").result.score == 2.5
    changed = sys.modules["questions"]
    monkeypatch.setattr(changed, "QUESTIONS", (changed.QUESTIONS[0], _counting_down(changed.QUESTIONS[1])))
    assert checked(COUNT, "count").result.score == 0


def _counting_down(question: Question) -> Question:
    """The same question about numbers below zero, of which the next one is wanted as well, less one."""
    item = plain.number("count", "count", "The number is right.", 2.5, st.tuples(st.integers(-9, -1)), lambda n: n)
    return replace(question, properties=(item,))


def test_what_a_function_does_to_its_inputs_does_not_show_in_the_next_check(checked: Checked) -> None:
    spoils = (
        RIGHT + "\n_right = corr2d\ndef corr2d(X, K):\n    Y = _right(X, K)\n    X.zero_(); K.zero_()\n    return Y"
    )
    checked(spoils)
    assert repr(checked(FLIPPED)) == repr(checked(FLIPPED))
    assert checked(RIGHT).result.score == 4
    assert "X = torch.tensor([[0., 1.]]" in repr(checked(FLIPPED))


# ------------------------------------------------------------------------------------------- what is not there


def test_a_missing_questions_file_is_said_in_one_paragraph(
    checked: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "questions.py").unlink()
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if "conv_layer" not in entry])
    with pytest.raises(AutograderError) as missing:
        checked(RIGHT)
    (paragraph,) = missing.value._render_traceback_()  # type: ignore[attr-defined]
    assert paragraph.startswith("The file questions.py is not beside this notebook.")
    assert "Copy it back" in paragraph


def test_a_module_that_the_questions_lack_is_not_taken_for_the_questions(checked: Checked, tmp_path: Path) -> None:
    (tmp_path / "questions.py").write_text("import no_such_module_anywhere")
    with pytest.raises(ModuleNotFoundError, match="no_such_module_anywhere"):
        checked(RIGHT)


def test_a_file_without_questions_says_what_belongs_in_it(checked: Checked, tmp_path: Path) -> None:
    (tmp_path / "questions.py").write_text("QUESTIONS = []")
    with pytest.raises(AutograderError, match="defines no QUESTIONS"):
        checked(RIGHT)


def test_an_unknown_question_names_the_ones_there_are(checked: Checked) -> None:
    with pytest.raises(AutograderError) as unknown:
        checked(RIGHT, "corr3d")
    (paragraph,) = unknown.value._render_traceback_()  # type: ignore[attr-defined]
    assert paragraph.startswith("There is no question 'corr3d'. The questions are corr2d, count.")


def test_a_question_not_yet_answered_is_a_report_too(checked: Checked) -> None:
    assert "name 'corr2d' is not defined" in repr(checked(""))
    unwritten = repr(checked("def corr2d(X, K): raise NotImplementedError"))
    assert "Still to be written: 2 properties wait for an answer." in unwritten
    assert "NotImplementedError" not in unwritten


# ----------------------------------------------------------------------------------------------- no disturbance

NOISY = """
import sys, warnings
def corr2d(X, K):
    print("printed")
    print("to stderr", file=sys.stderr)
    warnings.warn("warned")
    return _quiet(X, K)
"""


def test_what_the_functions_print_and_warn_does_not_show(
    checked: Checked, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    source = RIGHT + "\n_quiet = corr2d" + NOISY
    assert checked(source).result.score == 4
    assert capfd.readouterr() == ("", "")
    assert not [warning for warning in recwarn if "warned" in str(warning.message)]


def test_forbidden_operations_work_again_after_the_check(checked: Checked) -> None:
    source = "def corr2d(X, K): return torch.conv2d(X[None, None], K[None, None])[0, 0]"
    report = checked(source)
    assert {item.status for item in report.result.checks} == {CheckStatus.FAILED}
    assert torch.conv2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 1, 1)).sum() == 4


def test_settings_and_names_of_the_notebook_are_left_as_they_are(checked: Checked) -> None:
    kept = [1, 2]
    careless = "\n_right = corr2d\ndef corr2d(X, K):\n    torch.set_default_dtype(torch.float64); return _right(X, K)"
    assert checked(RIGHT + careless, kept=kept).result.score == 4
    assert torch.get_default_dtype() is torch.float32
    assert kept == [1, 2]


def test_a_notebook_with_another_default_device_is_checked_all_the_same(checked: Checked) -> None:
    torch.set_default_device("meta")  # holds no values: whatever the check makes there would show
    try:
        assert checked(RIGHT).result.score == 4
        assert "got torch.tensor([[0.]]" in repr(checked(FLIPPED))
    finally:
        torch.set_default_device(None)


def test_an_interrupt_ends_the_check(checked: Checked) -> None:
    with pytest.raises(KeyboardInterrupt):
        checked("def corr2d(X, K): raise KeyboardInterrupt")


# ------------------------------------------------------------------------------------------------ a real kernel


def executed(folder: Path, cells: list[str], mode: str | None) -> list[list[nbformat.NotebookNode]]:
    (folder / "questions.py").write_text(QUESTIONS)
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    client = NotebookClient(notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    environment = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    client.execute(env=environment | ({"NBGRADER_EXECUTION": mode} if mode else {}))
    return [cell.outputs for cell in notebook.cells]


def test_in_a_kernel_a_check_shows_its_report_and_nothing_else(tmp_path: Path) -> None:
    setup = f"import torch\nfrom autograder.check import check\n{COUNT}\n{RIGHT}\n_quiet = corr2d{NOISY}"
    quiet, good, bad, unknown, after = executed(
        tmp_path,
        [setup, 'check("corr2d")', f'{FLIPPED}\ncheck("corr2d")', 'check("corr3d")', 'check("count")'],
        None,
    )
    assert quiet == []
    heads = [(good, "Cross-correlation: 4 of 4"), (bad, "Cross-correlation: 0 of 4"), (after, "Counting: 2.5 of 2.5")]
    for outputs, head in heads:
        assert [output.output_type for output in outputs] == ["execute_result"]
        assert outputs[0].data["text/plain"].startswith(head)
        assert outputs[0].data["text/html"].startswith("<div")
    assert [output.output_type for output in unknown] == ["error"]
    assert unknown[0].traceback == [unknown[0].evalue]


def test_in_a_kernel_validate_shows_one_paragraph_and_a_half_surrogate_does_no_harm(tmp_path: Path) -> None:
    setup = "from autograder.check import check\ndef corr2d(X, K): raise ValueError('\\ud800 <b>')"
    _, outputs = executed(tmp_path, [setup, 'check("corr2d")'], "validate")
    assert [output.output_type for output in outputs] == ["error"]
    assert outputs[0].ename == "CheckFailed"
    (paragraph,) = outputs[0].traceback
    assert "ValueError: ? <b>" in " ".join(paragraph.split())
    nbformat.v4.writes(nbformat.v4.new_notebook(cells=[new_code_cell(outputs=outputs)])).encode()


# ------------------------------------------------------------------------------------------------------- imports


@pytest.mark.parametrize("module", ["autograder.properties", "autograder.check", "autograder.report.notebook"])
def test_what_students_import_brings_no_part_of_the_grader_with_it(module: str) -> None:
    script = (
        f"import sys, {module}\n"
        "unwanted = ('nbgrader', 'nbformat', 'IPython', 'jupyter_client', 'nbclient', 'nbconvert', 'safetensors', "
        "'typer', 'rich', 'autograder.grading', 'autograder.sandbox', 'autograder.worker', 'autograder.notebooks')\n"
        "print([name for name in unwanted if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"


def test_the_probe_imports_nothing_of_what_judges_it() -> None:
    script = (
        "import sys, autograder.probe.service\n"
        "unwanted = ('hypothesis', 'autograder.properties', 'autograder.results', 'autograder.report')\n"
        "print([name for name in sys.modules if name.startswith(unwanted)])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"


def test_code_that_never_returns_is_stopped_and_the_other_properties_keep_their_points(checked: Checked) -> None:
    loops = "\nright = corr2d\ndef corr2d(X, K):\n    while X.device.type != 'cpu': pass\n    return right(X, K)"
    report = checked(RIGHT + loops)
    assert [check.status for check in report.result.checks] == [CheckStatus.PASSED, CheckStatus.TIMEOUT]
    assert "no answer within 5 s" in report.result.checks[1].message


def test_where_there_is_no_timer_as_on_windows_a_check_works_and_stops_what_never_returns(
    checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("setitimer", "getitimer", "ITIMER_PROF", "SIGPROF"):
        monkeypatch.delattr(signal, name)
    assert checked(RIGHT).result.score == 4
    loops = "\nright = corr2d\ndef corr2d(X, K):\n    while X.device.type != 'cpu': pass\n    return right(X, K)"
    report = checked(RIGHT + loops)
    assert [check.status for check in report.result.checks] == [CheckStatus.PASSED, CheckStatus.TIMEOUT]
