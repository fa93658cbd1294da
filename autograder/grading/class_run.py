"""Grades everything that was handed in for an assignment, through nbgrader, into its gradebook and ``autograded/``.

Graders run and judge submissions side by side. One writer, here, enters what came of each: nbgrader's own conversion,
and then a note that it is done. A run that is ended at any moment is taken up by the next one, which grades what has
no such note.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.assignment import NotBuilt
from autograder.grading.grade import Graded
from autograder.grading.gradebook import GradebookFailed, add_indexes, auto_scores, open_gradebook
from autograder.grading.graders import Failed, Graders
from autograder.grading.handed_in import no_files, patterns
from autograder.grading.nbgrader_plugin import already_graded
from autograder.grading.nbgrader_run import Nbgrader
from autograder.grading.order import Order
from autograder.grading.parcel import Parcel, pack
from autograder.grading.records import Record, read_record, remove_record, write_record
from autograder.grading.submission import read_notebook
from autograder.grading.ungraded import ungraded
from autograder.report.verdict import read_verdict, remove_verdict, write_verdict
from autograder.results import Result, ResultStatus
from autograder.sandbox.scratch import TooManyFiles

# Where nbgrader makes a release that nobody needs, while it enters an assignment into the gradebook. It empties the
# folder first, so it must not be the release that submissions are graded with.
_ASIDE = ".autograder/registering"


class Heard(Protocol):
    """Is told of each result. kept: the submission had been graded before, and was not graded again."""

    def __call__(self, result: Result, kept: bool = False) -> None: ...


class SubmissionRefused(AutograderError):
    """What was handed in has no notebook to grade, or nothing that nbgrader can take."""


def grade_class(
    course: Course,
    order: Order,
    graders: Graders,
    students: Sequence[str],
    heard: Heard,
    *,
    again: bool = False,
) -> None:
    """Grade these students' submissions; ``heard`` is told of each as soon as its marks are in the gradebook.

    Those whose marks are there already, for the same file and the same order, are left as they are unless ``again``.
    Every student is told of, whatever the others' submissions do. Marks given by hand stay as they are. Once the
    gradebook fails, the students that are left are not graded, and what is told says why.
    """
    if again or any(read_record(course, order.assignment, student) is None for student in students):
        graders.start()
    with Nbgrader(course) as nbgrader:
        register(nbgrader, order.assignment)
        with open_gradebook(nbgrader.directory()) as gradebook:
            scores = {} if again else auto_scores(gradebook, order.assignment)
        run = _Run(nbgrader, order, heard, scores)
        for parcel, outcome in graders.grade(run.parcels(students)):
            run.enter(parcel, outcome)


def register(nbgrader: Nbgrader, assignment: str) -> None:
    """Enter the assignment into the gradebook, unless it is there as released; raises NotBuilt, GradebookFailed."""
    course = nbgrader.course
    released = _released(course, assignment)
    with nbgrader.writing(assignment):
        with open_gradebook(nbgrader.directory()) as gradebook:
            add_indexes(gradebook)
            if _entered(gradebook, assignment) == released:
                return
        if not (course.module(assignment).with_suffix(".ipynb")).is_file():
            raise NotBuilt(
                f"{assignment} is not built here.",
                "nbgrader's gradebook is filled from the instructor's notebook.",
                f"Run python -m autograder build {assignment}.",
            )
        nbgrader.convert(GenerateAssignment, assignment, release=_ASIDE)
        with open_gradebook(nbgrader.directory()) as gradebook:
            entered = _entered(gradebook, assignment)
    if entered != released:
        differing = sorted({name for name, _ in released.items() ^ entered.items()})
        raise NotBuilt(
            f"source/{assignment} is not what release/{assignment} was built from: {', '.join(differing)} differ.",
            "nbgrader's gradebook is filled from the first, and submissions are graded with the second.",
            f"Run python -m autograder build {assignment}.",
        )


def _released(course: Course, assignment: str) -> dict[str, str]:
    """nbgrader's checksums of the released cells that it knows, of text and points, by name."""
    marked = (cell.metadata.get("nbgrader", {}) for cell in read_notebook(course.master(assignment)).cells)
    return {cell["grade_id"]: cell.get("checksum", "") for cell in marked if cell}


def _entered(gradebook: Gradebook, assignment: str) -> dict[str, str]:
    """The same of the cells in the gradebook. nbgrader enters them one by one, and may have been killed."""
    try:
        # its last step is to enter these, of all kinds
        return {cell.name: cell.checksum for cell in gradebook.find_notebook(assignment, assignment).source_cells}
    except MissingEntry:
        return {}


@dataclass
class _Run:
    """The one writer.

    scores: what the gradebook has for each student. failed: why it takes no more. records: the notes on what is being
    graded, as they were before.
    """

    nbgrader: Nbgrader
    order: Order
    heard: Heard
    scores: dict[str, float]
    failed: GradebookFailed | None = None
    records: dict[str, Record | None] = field(default_factory=dict)

    @property
    def _course(self) -> Course:
        return self.nbgrader.course

    def parcels(self, students: Sequence[str]) -> Iterator[Parcel]:
        """What is to be graded. The others are told of as their turn comes."""
        for student in students:
            try:
                if self.failed is not None:
                    raise self.failed
                parcel = self._pack(student)
                self.records[student] = read_record(self._course, self.order.assignment, student)
                if self._is_done(parcel, self.records[student]):
                    self.heard(self._verdict(student), kept=True)
                    continue
            except Exception as error:  # whatever it was, the other submissions are still to be graded
                self.heard(self._ungraded(self._shown_as(student), student, error))
                continue
            yield parcel

    def enter(self, parcel: Parcel, outcome: Graded | Failed) -> None:
        """Enter what came of a parcel, or tell why it cannot be."""
        try:
            if isinstance(outcome, Failed):
                raise outcome.error
            if self.failed is not None:
                raise self.failed
            result = self._entered(parcel, outcome)
        except Exception as error:
            self.failed = error if isinstance(error, GradebookFailed) else self.failed
            result = self._ungraded(parcel.path, parcel.student, error)
        self.heard(result)

    def _ungraded(self, path: Path, student: str, error: Exception) -> Result:
        """The result of what could not be graded; kept for the page on the class where the submission is why."""
        result = ungraded(self.order, path, student, error)
        if isinstance(error, SubmissionRefused | TooManyFiles):
            with suppress(AutograderError):  # that it cannot be kept is not what is to be told
                self._keep(result)
        return result

    def _keep(self, result: Result) -> None:
        """Keep it as the verdict, unless one is kept that marks in the gradebook are of. It will be tried again."""
        course, assignment, student = self._course, self.order.assignment, result.student
        with self.nbgrader.writing(assignment):
            with suppress(AutograderError):
                if self._verdict(student).status is ResultStatus.GRADED:
                    return
            remove_record(course, assignment, student)
            remove_verdict(course.verdict(assignment, student))
            write_verdict(course.verdict(assignment, student), result)

    def _pack(self, student: str) -> Parcel:
        notebook = self._course.root / self._shown_as(student)
        _require_readable(notebook)
        return pack(notebook, self._shown_as(student), student, self.order.limits)

    def _verdict(self, student: str) -> Result:
        return read_verdict(self._course.verdict(self.order.assignment, student))

    def _shown_as(self, student: str) -> Path:
        return Path("submitted", student, self.order.assignment, f"{self.order.assignment}.ipynb")

    def _is_done(self, parcel: Parcel, record: Record | None) -> bool:
        """Whether the gradebook has the marks of just this parcel, by just this order."""
        score = self.scores.get(parcel.student)
        return score is not None and record == Record(self.order.digest, parcel.digest, score)

    def _was_done_meanwhile(self, parcel: Parcel) -> bool:
        """Whether another run, of the same order, has entered the parcel since it was handed out."""
        before, now = self.records.pop(parcel.student), read_record(self._course, self.order.assignment, parcel.student)
        return now is not None and now != before and (now.order, now.parcel) == (self.order.digest, parcel.digest)

    def _entered(self, parcel: Parcel, graded: Graded) -> Result:
        """The result, once all of it is where it belongs. Raises AutograderError when it is not."""
        course, assignment, student = self._course, self.order.assignment, parcel.student
        notebook = course.root / parcel.path
        with self.nbgrader.writing(assignment):
            if self._was_done_meanwhile(parcel):
                return self._verdict(student)
            _require_readable(notebook)
            without = no_files(notebook.parent)
            _require_time(notebook.parent, without)
            remove_record(course, assignment, student)
            remove_verdict(course.verdict(assignment, student))  # an earlier one is not to be taken for this one
            try:
                with already_graded(graded):
                    self.nbgrader.convert(Autograde, assignment, student, leave_out=patterns(without))
            except GradebookFailed:
                raise
            except AutograderError:
                _require_readable(notebook)  # it may have vanished since
                raise
            result = self._verdict(student)
            write_record(course, assignment, student, Record(self.order.digest, parcel.digest, result.score))
            return result


def _require_readable(notebook: Path) -> None:
    """Raises SubmissionRefused where there is no ``notebook``, and AutograderError when the system does not give it.

    The latter says nothing about it.
    """
    try:
        os.close(os.open(notebook, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC))
    except FileNotFoundError as error:
        raise SubmissionRefused(
            f"There is no {notebook.name} in the submission.",
            f"Looked in {notebook.parent}.",
            "Has it another name, or been moved away?",
        ) from error
    except NotADirectoryError as error:
        raise SubmissionRefused(
            f"{notebook.parent} is no folder.", f"A submission is a folder with {notebook.name} in it."
        ) from error
    except OSError as error:
        if error.errno != errno.ELOOP:  # a link is what was handed in, and is judged as that
            raise AutograderError(
                f"{notebook} cannot be opened.", f"The system says: {error.strerror}.", "Make it readable."
            ) from error


def _require_time(folder: Path, without: list[Path]) -> None:
    """Raises SubmissionRefused for a ``timestamp.txt`` that is no file: nbgrader reads it in any case."""
    if any(entry.name == "timestamp.txt" for entry in without):
        raise SubmissionRefused(
            f"The submission's timestamp.txt in {folder} is no file.", "nbgrader reads the time of handing in there."
        )
