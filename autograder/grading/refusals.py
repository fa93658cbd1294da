"""Which of a student's cells are not run, and which answers count for nothing, by their text alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.grading.assignment import Assignment
from autograder.grading.source_check import forbidden_uses, tampering
from autograder.probe.steps import Call
from autograder.properties.diagnosis import Diagnosis
from autograder.properties.examples import Drawn
from autograder.properties.forbidden import forbidden_diagnosis, forbidden_message


@dataclass(frozen=True)
class Refusal:
    """Why an answer counts for nothing, and what its code does."""

    reason: str
    diagnosis: Diagnosis = field(default_factory=Diagnosis)


def refused_answers(assignment: Assignment, notebook: NotebookNode) -> dict[str, Refusal]:
    """The questions whose solution cell is no answer, and why, by question id."""
    questions = {question.id: question for question in assignment.questions}
    refused = {}
    earlier: list[str] = []
    for cell in notebook.cells:
        question = questions.get(str(_marks(cell).get("grade_id", "")))
        if question is None or cell.cell_type != "code":
            if cell.cell_type == "code" and not _marks(cell).get("locked"):
                earlier.append(cell.source)
            continue
        reason = refused_cell(cell)
        if reason:
            refused[question.id] = Refusal(reason)
        elif question.forbid:
            uses = forbidden_uses(cell.source, question.forbid, _asked(assignment.drawn[question.id]), earlier)
            if uses:
                refused[question.id] = Refusal(forbidden_message(uses), forbidden_diagnosis(uses))
        earlier.append(cell.source)
    return refused


def refused_cell(cell: NotebookNode) -> str:
    """Why a cell is not run; empty for honest ones and for those that are not the student's.

    What follows is judged as if the cell were not there: it can neither gain marks nor cost any but its own.
    """
    reaches = () if _marks(cell).get("locked") else tampering(cell.source)
    if not reaches:
        return ""
    return f"this cell was not run, because it reaches into the grader itself ({', '.join(reaches[:3])})"


def _marks(cell: NotebookNode) -> dict[str, object]:
    return cell.metadata.get("nbgrader") or {}


def _asked(drawn: Sequence[Drawn]) -> tuple[str, ...]:
    """The names that a question's programmes call."""
    programmes = [one.property.probe(one.cases[0]) for one in drawn if one.cases]
    steps = [step for programme in programmes for stage in programme for step in stage.steps]
    functions = [step.function for step in steps if isinstance(step, Call)]
    return tuple(dict.fromkeys(name for name in functions if isinstance(name, str) and not name.startswith("torch.")))
