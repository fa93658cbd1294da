"""No attack gains a mark, costs a neighbour one, or leaves anything behind."""

import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.grading.assignment import Assignment
from autograder.grading.grade import Graded
from autograder.report.grids import TRANSPARENT
from autograder.results import CheckStatus, QuestionResult, Result
from autograder.sandbox.isolation import probe_isolation
from tests.attacks.attack import REPOSITORY, Attack, Places, places_in, read_attack
from tests.attacks.conftest import RUNS, Grade
from tests.attacks.honest import HONEST
from tests.attacks.table import CONTROLS, Row
from tests.conftest import with_answers, with_own_cell

FOLDER = Path(__file__).parent
SECURITY = REPOSITORY / "docs" / "security.md"
OWN_PICTURE = f'<img alt="[^"<>]*" src="{re.escape(TRANSPARENT)}" width="1" height="1">'
# .ipy: with lines that are IPython's and not Python's
ATTACKS = {path.relative_to(FOLDER).with_suffix("").as_posix(): path for path in sorted(FOLDER.glob("[a-z]*/*.*py"))}
HONEST_NOTEBOOKS = [name for name in ATTACKS if name.startswith(f"{CONTROLS}/")]


def attacking(assignment: Assignment, attack: Attack) -> NotebookNode:
    """A notebook with the attack, and honest answers beside it."""
    notebook = with_answers(assignment, {**HONEST, **attack.answers}, only=True)
    for source in reversed(attack.own_cells):
        notebook = with_own_cell(notebook, source)
    return notebook


def answered(result: Result, attack: Attack) -> list[QuestionResult]:
    return [question for question in result.questions if question.id in {**HONEST, **attack.answers}]


def scores(verdicts: list[QuestionResult]) -> dict[str, float]:
    return {verdict.id: verdict.score for verdict in verdicts}


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


def graded_attack(
    attack: Attack, assignment: Assignment, grade: Grade, name: str, places: Places
) -> tuple[Graded, Row]:
    started = time.monotonic()
    graded = grade(attacking(assignment, attack))
    seconds = round(time.monotonic() - started, 3)
    verdicts = answered(graded.result, attack)
    expected = {verdict.id: attack.marks.get(verdict.id, verdict.max_score) for verdict in verdicts}
    got = scores(verdicts)
    disturbed = [
        question for question in expected if question not in attack.marks and got[question] < expected[question]
    ]
    leaks = ["something was leaked"] if "LEAKED" in outputs_of(graded.notebook) else []
    bound_s = RUNS * assignment.limits.submission_s
    return graded, Row(name, expected, got, [*places.traces(), *leaks], disturbed, seconds, bound_s)


def outputs_of(notebook: NotebookNode) -> str:
    return json.dumps([cell.get("outputs") for cell in notebook.cells])


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gains_nothing_and_disturbs_nobody(
    name: str,
    attacked: Assignment,
    grade_attack: Grade,
    honest: Result,
    workshop: Path,
    tmp_path: Path,
    record: Callable[[Row], None],
) -> None:
    before, descriptors = living_children(os.getpid()), os.listdir("/proc/self/fd")
    with places_in(tmp_path) as places:
        attack = read_attack(ATTACKS[name], places.names, HONEST)
        if attack.needs_folder_in_memory and not probe_isolation().own_folder:
            pytest.skip("here nobody may mount, so that a worker's folder is on the disk (docs/security.md)")
        graded, row = graded_attack(attack, attacked, grade_attack, name, places)
    neighbour = grade_attack(with_answers(attacked, HONEST, only=True)).result
    pairs = zip(neighbour.questions, honest.questions, strict=True)
    disturbed = [*row.disturbed, *(f"{one.id} of a neighbour" for one, alone in pairs if one != alone)]
    record(replace(row, disturbed=disturbed))
    assert row.got == row.expected
    assert row.traces == []
    assert disturbed == []
    assert_says(graded.result, attack)
    assert_harmless(graded.notebook)
    assert living_children(os.getpid()) == before
    assert [living_children(server) for server in before] == [set()] * len(before)
    assert list(workshop.glob("*/worker-*")) == []
    assert os.listdir("/proc/self/fd") == descriptors


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


PROVEN = [name for name, path in ATTACKS.items() if "\n# proof: unconfined\n" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", PROVEN)
def test_without_protection_the_attack_works(
    name: str, attacked: Assignment, grade_unconfined: Grade, tmp_path: Path
) -> None:
    with places_in(tmp_path) as places:
        attack = read_attack(ATTACKS[name], places.names, HONEST)
        graded = grade_unconfined(attacking(attacked, attack))
        assert places.traces() or "LEAKED" in outputs_of(graded.notebook)


@pytest.mark.parametrize("name", HONEST_NOTEBOOKS)
def test_an_honest_notebook_has_full_marks_without_protection_too(
    name: str, attacked: Assignment, grade_unconfined: Grade, tmp_path: Path, record: Callable[[Row], None]
) -> None:
    with places_in(tmp_path) as places:
        attack = read_attack(ATTACKS[name], places.names, HONEST)
        _, row = graded_attack(attack, attacked, grade_unconfined, name, places)
    record(replace(row, confined=False))
    assert row.got == row.expected


def test_the_documented_number_of_attacks_is_the_number_of_their_files() -> None:
    told = re.search(r"`tests/attacks` holds (\d+) attacks and (\d+) honest notebooks", SECURITY.read_text())
    assert told is not None
    assert [int(count) for count in told.groups()] == [len(ATTACKS) - len(HONEST_NOTEBOOKS), len(HONEST_NOTEBOOKS)]
    assert f"In {told[1]} written attacks no\n" in SECURITY.read_text()


def test_every_attack_says_what_it_tries_and_what_it_is_worth() -> None:
    for name, path in ATTACKS.items():
        text = path.read_text(encoding="utf-8")
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
    loop: str, attacked: Assignment, grade_attack: Grade, honest: Result
) -> None:
    graded = grade_attack(with_own_cell(with_answers(attacked, HONEST, only=True), loop, after="check-corr2d"))
    assert graded.result.questions == honest.questions
    stopped = [
        output.ename
        for cell in graded.notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert len(stopped) == 1
