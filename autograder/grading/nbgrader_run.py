"""Runs one of nbgrader's converters, and tells in sentences what became of it."""

import glob
import json
import logging
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest import mock

import nbgrader.api
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.nbgraderformat import common
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SAWarning

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.gradebook import gradebook_failure, patient, the_only_writer_anywhere
from autograder.grading.records import the_only_writer_here
from autograder.notebooks.release import course_config


class NotConverted(AutograderError):
    """nbgrader gave up."""


class Nbgrader:
    """nbgrader in this process, for one course: its settings are read once and its gradebook is connected to once.

    A context manager; left to itself, nbgrader would read and connect some ten times for each submission, and check
    its own schema for each cell.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self._config = course_config(course.root)
        self._config.CourseDirectory.db_url = patient(self.directory().db_url)
        # nbconvert would validate the notebook after each of its preprocessors, and not only after the last.
        self._config.Exporter.optimistic_validation = True
        self._engines = _Engines()
        # Said by nbgrader's own use of its database, of no consequence, and three lines a student.
        warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")

    def __enter__(self) -> "Nbgrader":
        self._patches = ExitStack()
        self._patches.callback(self._engines.close)
        self._patches.enter_context(mock.patch.object(nbgrader.api, "create_engine", self._engines))
        self._patches.enter_context(mock.patch.object(common, "jsonschema", _Schemas()))
        return self

    def __exit__(self, *_: object) -> None:
        self._patches.close()

    @contextmanager
    def writing(self, assignment: str) -> Iterator[None]:
        """In the body nobody else enters anything for the assignment. Raises AutograderError, GradebookFailed."""
        engine = self._engines(self._config.CourseDirectory.db_url)
        with the_only_writer_here(self.course, assignment), the_only_writer_anywhere(engine):
            yield

    def directory(self) -> CourseDirectory:
        """nbgrader's own view of the course's folder."""
        return CourseDirectory(config=self._config)

    def convert(
        self,
        converter: type[BaseConverter],
        assignment: str,
        student: str | None = None,
        leave_out: Sequence[str] = (),
        release: str | None = None,
    ) -> None:
        """Run a converter for an assignment, and for one student where it is about students.

        leave_out: patterns of files that it leaves out. release: the folder that stands for ``release``. Raises
        GradebookFailed when nothing can be entered into the gradebook for anybody, else NotConverted when nbgrader
        gives up, or the error that the course's own plug-in had.
        """
        _require_no_pattern(self.course.root / (student or ""))
        config = deepcopy(self._config)
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.ignore = [*config.CourseDirectory.ignore, *leave_out]
        if student is not None:
            config.CourseDirectory.student_id = _only(student)
        if release is not None:
            config.CourseDirectory.release_directory = release
        log, cause = logging.Logger("autograder.nbgrader"), _Cause()
        log.addHandler(cause)
        try:
            # An error in nbgrader's own run would leave its NBGRADER_EXECUTION in the environment of all that follows.
            with mock.patch.dict(os.environ):
                coursedir = CourseDirectory(config=config, log=log)
                converter(coursedir=coursedir, config=config, force=True, log=log).start()
        except Exception as error:
            # What nbgrader raises in the end only says that something has been logged.
            first = cause.error if isinstance(error, NbGraderException) and cause.error else error
            raise _told(first) from error


class _Engines:
    """Stands in for SQLAlchemy's ``create_engine``: one engine for each database, which keeps what it has prepared."""

    def __init__(self) -> None:
        self._made: dict[str, Engine] = {}

    def __call__(self, db_url: str, **options: Any) -> Engine:
        engine = self._made.get(db_url)
        if engine is None:
            engine = self._made[db_url] = create_engine(db_url, **options)
        return engine

    def close(self) -> None:
        for engine in self._made.values():
            engine.dispose()


class _Schemas:
    """Stands in for jsonschema where nbgrader validates the metadata of a cell: a schema itself is checked once."""

    def __init__(self) -> None:
        self._validators: dict[str, Validator] = {}

    def validate(self, instance: object, schema: dict[str, Any]) -> None:
        """Raises what ``jsonschema.validate`` raises."""
        written = json.dumps(schema)
        if written not in self._validators:
            kind = validator_for(schema)
            kind.check_schema(schema)
            self._validators[written] = kind(schema)
        error = best_match(self._validators[written].iter_errors(instance))
        if error is not None:
            raise error


def _require_no_pattern(path: Path) -> None:
    """Raises NotConverted for a path in which nbgrader, which looks for files by patterns, would find other files."""
    if path != Path(glob.escape(str(path))):
        raise NotConverted(
            f"nbgrader cannot be let into {path}.",
            "It takes *, ? and [ in a folder's name for a pattern, and would find other folders' files.",
            "Give the folder another name.",
        )


def _only(student: str) -> str:
    """A pattern that matches this folder's name. nbgrader takes white space at the ends of a pattern away."""
    return "".join(f"[{letter}]" if letter.isspace() else letter for letter in student)


class _Cause(logging.Handler):
    """Keeps the exception that nbgrader was handling when it logged an error, to raise another one later."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.error: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.error = sys.exception() or self.error


def _told(error: BaseException) -> AutograderError:
    if isinstance(error, AutograderError):
        return error
    failure = gradebook_failure(error)
    if failure is not None:
        return failure
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        return NotConverted(
            f"The system refused nbgrader the file or folder{place}.",
            f"It says: {error.strerror or error}.",
            "Put that right and grade it again.",
        )
    said = str(error) if isinstance(error, NbGraderException) else f"{type(error).__name__}: {error}"
    return NotConverted("nbgrader gave up.", said)
