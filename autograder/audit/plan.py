"""What an audit of an assignment runs: its reference solutions, its catalogue, and mutants of the references."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.audit.catalogue import Entry, read_catalogue, require_known
from autograder.audit.equivalence import read_equivalents
from autograder.audit.mutants import Mutant, mutants
from autograder.audit.outcomes import Answer
from autograder.audit.surroundings import solution_of
from autograder.course import Course
from autograder.errors import UsageError
from autograder.notebooks.source import source_notebook
from autograder.properties.property import Question
from autograder.properties.questions import load_questions
from autograder.properties.soundness import require_sound

EQUIVALENTS = "equivalent_mutants.txt"


@dataclass(frozen=True)
class Plan:
    """What to audit. entries: the catalogue's, and each question's reference solution as a right one."""

    questions: tuple[Question, ...]
    entries: tuple[Entry, ...]
    mutants: tuple[Mutant, ...]
    equivalents: dict[str, str]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What is to be run, all but the mutants that compile to the reference."""
        entries = (Answer(one.name, one.question, one.source, is_part=not one.is_right) for one in self.entries)
        changed = (Answer(one.id, one.question, one.source) for one in self.mutants if not one.is_equivalent)
        return (*entries, *changed)


def make_plan(course: Course, assignment: str, only: Sequence[str] = (), with_mutants: bool = True) -> Plan:
    """All that there is to audit of the assignment, or of some of its questions.

    Raises UsageError for an unknown question, CatalogueFaulty, and what is wrong with the module or the questions.
    """
    course.require(assignment)
    loaded = load_questions(course.questions(assignment))
    require_sound(loaded)
    unknown = sorted(set(only) - {question.id for question in loaded})
    if unknown:
        raise UsageError(
            f"There is no question {', '.join(unknown)} in {assignment}.",
            f"It has {', '.join(question.id for question in loaded)}.",
            "Name one of these with --question, or leave the option out.",
        )
    reference = source_notebook(course.module(assignment), {question.id: question.points for question in loaded})
    folder = course.catalogue(assignment)
    entries = read_catalogue(folder)
    require_known(entries, loaded, folder)
    questions = tuple(question for question in loaded if not only or question.id in only)
    asked = {question.id for question in questions}
    return Plan(
        questions,
        (*_references(reference, questions), *(entry for entry in entries if entry.question in asked)),
        _mutants(reference, questions) if with_mutants else (),
        _equivalents(folder, asked) if with_mutants else {},
    )


def _references(reference: NotebookNode, questions: Sequence[Question]) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"reference/{question.id}", question.id, solution_of(reference, question.id), True, "the reference")
        for question in questions
    )


def _mutants(reference: NotebookNode, questions: Sequence[Question]) -> tuple[Mutant, ...]:
    return tuple(
        mutant for question in questions for mutant in mutants(question.id, solution_of(reference, question.id))
    )


def _equivalents(folder: Path, asked: set[str]) -> dict[str, str]:
    listed = read_equivalents(folder / EQUIVALENTS)
    return {id: reason for id, reason in listed.items() if id.partition("/")[0] in asked}
