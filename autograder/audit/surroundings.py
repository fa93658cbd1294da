"""The cells that an answer is run after: no more of the reference notebook than it builds upon."""

from collections.abc import Set

from nbformat import NotebookNode

from autograder.audit.names import names_in
from autograder.audit.outcomes import Answer


def notebook_with(reference: NotebookNode, answer: Answer, asked: Set[str] = frozenset()) -> NotebookNode:
    """A notebook of an answer's cell, after the reference's cells that it needs.

    Those are the first given cell, which sets the notebook up, and the given and solution cells that define what the
    answer uses, what its question calls, by the names ``asked``, or what they themselves use. So an answer is judged
    beside right answers to earlier questions. One that answers a part of its own question comes after the reference's
    cell, which gives it the other parts.
    """
    before: list[NotebookNode] = []
    for cell in reference.cells:
        marks = cell.metadata.get("nbgrader") or {}
        if cell.cell_type != "code" or not marks or marks.get("grade"):
            continue
        if marks["grade_id"] == answer.question:
            parts = [cell] if answer.is_part and _is_a_part(answer.source, cell.source) else []
            needed = _needed(before, "\n".join(part.source for part in [*parts, answer]), asked)
            return NotebookNode(cells=[*needed, *parts, NotebookNode(cell, source=answer.source)])
        before.append(cell)
    raise LookupError(answer.question)


def solution_of(reference: NotebookNode, question: str) -> str:
    """The source of a question's solution cell."""
    cell = next(cell for cell in reference.cells if (cell.metadata.get("nbgrader") or {}).get("grade_id") == question)
    return str(cell.source)


def _is_a_part(source: str, whole: str) -> bool:
    """Whether a cell defines some of the names of another, and not all."""
    asked, there = names_in(whole).bound, names_in(source).bound
    return bool(asked & there) and not asked <= there


def _needed(before: list[NotebookNode], source: str, asked: Set[str]) -> list[NotebookNode]:
    needed = set(names_in(source).used | asked)
    kept: list[NotebookNode] = []
    for index in reversed(range(len(before))):
        names = names_in(before[index].source)
        if index == 0 or names.bound & needed:
            kept.insert(0, before[index])
            needed |= names.used
    return kept
