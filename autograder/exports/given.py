"""What nbgrader's gradebook has of each cell of each submission."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbgrader.api import Assignment, Grade, Gradebook, GradeCell, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.api import TaskCell as Task
from sqlalchemy import select


@dataclass(frozen=True)
class Given:
    """The points for a cell: from grading, from a person in their place, and on top; None where there are none."""

    cell: str
    max_points: float
    is_code: bool
    auto: float | None
    manual: float | None
    extra: float | None
    awaiting: bool

    @property
    def points(self) -> float | None:
        """Without extra credit."""
        return self.auto if self.manual is None else self.manual


def given_for(gradebook: Gradebook, assignment: str) -> Mapping[str, Sequence[Given]]:
    """What is given for an assignment's cells, by student; the cells by name, whatever the database's order."""
    known = _cells(gradebook, assignment)
    rows = gradebook.db.execute(
        select(
            SubmittedAssignment.student_id,
            Grade.cell_id,
            Grade.auto_score,
            Grade.manual_score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assignment)
    )
    given: defaultdict[str, list[Given]] = defaultdict(list)
    for student, cell, auto, manual, extra, awaiting in rows:
        if cell in known:
            given[student].append(Given(*known[cell], auto, manual, extra, bool(awaiting)))
    return {student: sorted(cells, key=lambda cell: cell.cell) for student, cells in given.items()}


def _cells(gradebook: Gradebook, assignment: str) -> dict[str, tuple[str, float, bool]]:
    """Name, maximum and whether it is of code, of each cell that has points, by the gradebook's key for it."""
    found = {}
    for kind in (GradeCell, Task):
        rows = gradebook.db.execute(
            select(kind.id, kind.name, kind.max_score, kind.cell_type)
            .join(Notebook, Notebook.id == kind.notebook_id)
            .join(Assignment, Assignment.id == Notebook.assignment_id)
            .where(Assignment.name == assignment)
        )
        found.update({key: (name, float(maximum), cell_type == "code") for key, name, maximum, cell_type in rows})
    return found
