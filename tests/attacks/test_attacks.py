"""No attack gains a mark, costs a neighbour one, or leaves anything behind."""

import json
import os
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.grading import execution
from autograder.grading.assignment import Assignment
from autograder.report.grids import TRANSPARENT
from autograder.results import CheckStatus, QuestionResult, Result
from tests.attacks.attack import Attack, places_in, read_attack
from tests.attacks.conftest import Grade
from tests.attacks.honest import HONEST
from tests.conftest import with_answers, with_own_cell

FOLDER = Path(__file__).parent
OWN_PICTURE = f'<img alt="[^"<>]*" src="{re.escape(TRANSPARENT)}" width="1" height="1">'
ATTACKS = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.py"))


def attacking(assignment: Assignment, attack: Attack) -> NotebookNode:
    """A notebook with the attack, and honest answers beside it."""
    notebook = with_answers(assignment, {**HONEST, **attack.answers}, only=True)
    return with_own_cell(notebook, attack.own_cell) if attack.own_cell else notebook


def answered(result: Result, attack: Attack) -> list[QuestionResult]:
    return [question for question in result.questions if question.id in {**HONEST, **attack.answers}]


def living_children(pid: int) -> set[int]:
    """The processes that ``pid`` started and that are not dead."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == pid and state != "Z":
            found.add(int(folder.name))
    return found


@pytest.fixture(scope="session")
def honest(attacked: Assignment, grade_attack: Grade) -> Result:
    return grade_attack(with_answers(attacked, HONEST, only=True)).result


def test_the_honest_answers_have_full_marks(honest: Result) -> None:
    assert {question.id: question.score for question in honest.questions if question.id in HONEST} == {
        question.id: question.max_score for question in honest.questions if question.id in HONEST
    }


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gains_nothing_and_disturbs_nobody(
    name: str, attacked: Assignment, grade_attack: Grade, honest: Result, workshop: Path, tmp_path: Path
) -> None:
    before = living_children(os.getpid())
    with places_in(tmp_path) as places:
        attack = read_attack(FOLDER / f"{name}.py", places.names, HONEST)
        graded = grade_attack(attacking(attacked, attack))
        traces = places.traces()
    verdicts = answered(graded.result, attack)
    expected = {verdict.id: attack.marks.get(verdict.id, verdict.max_score) for verdict in verdicts}
    assert {verdict.id: verdict.score for verdict in verdicts} == expected
    assert traces == []
    assert_says(graded.result, attack)
    assert_harmless(graded.notebook)
    assert living_children(os.getpid()) == before
    assert [living_children(server) for server in before] == [set()] * len(before)
    assert list(workshop.glob("*/worker-*")) == []
    neighbour = grade_attack(with_answers(attacked, HONEST, only=True)).result
    assert neighbour.questions == honest.questions


def assert_says(result: Result, attack: Attack) -> None:
    checks = [check for question in result.questions if question.id in attack.marks for check in question.checks]
    said = {text: sum(text in check.message for check in checks) for text in attack.says}
    assert said == attack.says, [check.message for check in checks]
    if attack.timeouts is not None:
        assert {check.id for check in checks if check.status is CheckStatus.TIMEOUT} == attack.timeouts


def assert_harmless(notebook: NotebookNode) -> None:
    """The graded notebook is valid, not swollen, and its reports hold no markup or leak of the student's."""
    nbformat.validate(notebook)
    assert len(json.dumps(notebook)) < 20_000_000
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert "LEAKED" not in json.dumps(output)
        if cell.metadata.get("nbgrader", {}).get("grade"):
            assert [output.output_type for output in cell.outputs] == ["display_data", "execute_result"]
            report = cell.outputs[0].data["text/html"]
            assert "<script" not in report
            # our own pictures, of which there is only the alternative text, and no others
            assert len(re.findall("<img", report)) == len(re.findall(OWN_PICTURE, report))


PROVEN = [name for name in ATTACKS if "\n# proof: unconfined\n" in (FOLDER / f"{name}.py").read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", PROVEN)
def test_without_protection_the_attack_works(
    name: str, attacked: Assignment, grade_unconfined: Grade, tmp_path: Path
) -> None:
    with places_in(tmp_path) as places:
        attack = read_attack(FOLDER / f"{name}.py", places.names, HONEST)
        graded = grade_unconfined(attacking(attacked, attack))
        outputs = json.dumps([cell.get("outputs") for cell in graded.notebook.cells])
        assert places.traces() or "LEAKED" in outputs


def test_every_attack_says_what_it_tries_and_what_it_is_worth() -> None:
    assert len(ATTACKS) >= 60
    for name in ATTACKS:
        text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert "\n# marks: " in text, name


@pytest.mark.parametrize(
    "loop",
    [
        "while True: pass",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
    ],
    ids=["plain", "deaf"],
)
def test_an_endless_cell_costs_no_answer_its_marks(
    loop: str, attacked: Assignment, grade_attack: Grade, honest: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "CELL_TIME_LIMIT_S", 4.0)
    graded = grade_attack(with_own_cell(with_answers(attacked, HONEST, only=True), loop, after="check-corr2d"))
    assert graded.result.questions == honest.questions
    stopped = [
        output.ename
        for cell in graded.notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert len(stopped) == 1
