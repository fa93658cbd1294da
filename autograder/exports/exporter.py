"""What our export plug-ins of nbgrader share: who and what is exported, a file that is written whole, errors told."""

import logging
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins.export import ExportPlugin
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets import TraitError
from traitlets.log import get_logger

from autograder.course import Course
from autograder.errors import AutograderError, UsageError
from autograder.exports.anew import handed_in_anew
from autograder.exports.marks import Person, assignments_of, people_of
from autograder.grading.gradebook import gradebook_failure, open_gradebook
from autograder.report.files import require_place, write_atomically
from autograder.report.safe_text import one_line, without_commands

NAMES_SHOWN = 20
Entry = TypeVar("Entry")


class Exporter(ExportPlugin):  # type: ignore[misc]
    """An export plug-in that either writes all of its file or says in a sentence why it does not: exit code 1."""

    default_to = ""

    def __init__(self, **options: Any) -> None:
        parent = options.get("parent")
        with _told(get_logger() if parent is None else parent.log):
            super().__init__(**options)
            if parent is not None:
                _require_gradebook(CourseDirectory(parent=self))

    @cached_property
    def course(self) -> Course:
        """The course whose gradebook it is."""
        return Course(Path(CourseDirectory(parent=self).root))

    def export(self, gradebook: Gradebook) -> None:
        """Write what was asked for; ends the program when that cannot be done."""
        with _told(self.log):
            path = Path(self.to or self.default_to)
            require_place(path)
            people = _chosen("student", {person.id: person for person in people_of(gradebook)}, self.student)
            assignments = _chosen("assignment", assignments_of(gradebook), self.assignment)
            content = self.content(gradebook, tuple(people.values()), assignments, path)
            self._warn_of_new(people.keys(), assignments)
            write_atomically(path, content)
            self.log.info("Wrote %s to %s", ", ".join(assignments), path)

    def content(
        self, gradebook: Gradebook, people: Sequence[Person], assignments: Mapping[str, float], path: Path
    ) -> bytes:
        """The file. people and assignments, with their maximums: those that were asked for, at least one of each."""
        raise NotImplementedError

    def _warn_of_new(self, students: Collection[str], assignments: Iterable[str]) -> None:
        for assignment in assignments:
            new = handed_in_anew(self.course, assignment, students)
            if new:
                self.log.warning(
                    "%s: %s handed in anew and not graded since, of which the file has what came of the old one. "
                    "Grade the class first, and export then: %s",
                    assignment, counted(len(new), "submission"), named(new),
                )  # fmt: skip


def named(names: Collection[str]) -> str:
    """The names, of many the first, safe to log: students' folders are called as somebody chose."""
    shown = ", ".join(without_commands(one_line(name)) for name in list(names)[:NAMES_SHOWN])
    return shown if len(names) <= NAMES_SHOWN else f"{shown} and {len(names) - NAMES_SHOWN} more"


def counted(number: int, noun: str) -> str:
    """1 student, 2 students."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def _told(log: logging.Logger | logging.LoggerAdapter[Any]) -> Iterator[None]:
    """Errors in the body that people can act on are logged as sentences, and end the program with exit code 1."""
    try:
        yield
    except (AutograderError, TraitError, SQLAlchemyError) as error:
        told = gradebook_failure(error) if isinstance(error, SQLAlchemyError) else error
        if told is None:
            raise
        log.error("%s", told)
        sys.exit(1)


def _require_gradebook(directory: CourseDirectory) -> None:
    """Raises AutograderError for a gradebook that is not there, which nbgrader would make, or is of no use."""
    url = make_url(directory.db_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise UsageError(
            f"There is no gradebook {url.database}.",
            "So there is nothing to export.",
            "Run this in the course's folder, after grading, or name the gradebook with --db.",
        )
    with open_gradebook(directory):
        pass


def _chosen(kind: str, known: Mapping[str, Entry], names: Sequence[object]) -> dict[str, Entry]:
    """Those that were asked for, or all if none was. Raises UsageError for one that the gradebook does not have."""
    if not known:
        raise UsageError(
            "There is nothing to export.", f"The gradebook has no {kind}.", "Grade the class, and then export."
        )
    asked = {str(name) for name in names}  # the command line makes numbers of what looks like one
    unknown = sorted(asked - known.keys())
    if unknown:
        raise UsageError(
            f"The gradebook has no {kind} {named(unknown)}.",
            f"It has {named(sorted(known))}.",
            f"Check the spelling, or run nbgrader db {kind} list.",
        )
    return {name: entry for name, entry in known.items() if not asked or name in asked}
