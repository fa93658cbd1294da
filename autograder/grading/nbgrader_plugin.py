"""The seam to nbgrader: ``nbgrader autograde`` and formgrader's button read, run and judge submissions through these.

nbgrader converts a submission twice: from ``submitted/`` to ``autograded/`` to sanitise it, and within
``autograded/`` to run it and save its marks. SubmissionExporter reads the file in both, SandboxExecute stands where
nbgrader would start a kernel, SaveMarks where it would enter marks. ``nbgrader_config.py`` names them.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.grade import Graded, grade_notebook, unreadable_result
from autograder.grading.grader import here
from autograder.grading.handed_in import no_files, remove_copies
from autograder.grading.order import Order, order_of
from autograder.grading.records import remove_record
from autograder.grading.settings import GradingSettings
from autograder.grading.submission import SubmissionUnreadable, merge, read_notebook
from autograder.report.verdict import write_verdict

# Left in the sanitised notebook's metadata by the reading step, for the running step. Submissions cannot set it:
# nothing of a submission's metadata is kept.
UNREADABLE = "autograder_unreadable"


class SubmissionExporter(NotebookExporter):
    """Reads a submission without trusting it: only what a student may write is taken from it."""

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """The exported notebook. A submission that is no notebook becomes the untouched release, with the reason.

        Raises SubmissionUnreadable when the system does not give the file: that tells nothing about its marks.
        """
        path = Path(filename)
        notebook = read_notebook(path) if not self._sanitising() else self._sanitised(path, resources or {})
        return super().from_notebook_node(notebook, self._described(path, resources), **kwargs)  # type: ignore[no-untyped-call]

    def _sanitising(self) -> bool:
        return bool(getattr(self.parent, "_sanitizing", True))

    def _sanitised(self, path: Path, resources: dict[str, Any]) -> NotebookNode:
        master = read_notebook(Course.find(Path.cwd()).master(resources["nbgrader"]["assignment"]))
        try:
            return merge(master, read_notebook(path))
        except SubmissionUnreadable as unreadable:
            if isinstance(unreadable.__cause__, OSError) and unreadable.__cause__.errno != errno.ELOOP:
                raise
            notebook = merge(master, master)
            notebook.metadata[UNREADABLE] = str(unreadable)
            return notebook

    @staticmethod
    def _described(path: Path, resources: dict[str, Any] | None) -> dict[str, Any]:
        described = dict(resources or {})
        described["metadata"] = {**described.get("metadata", {}), "name": path.stem, "path": str(path.parent)}
        return described


class SandboxExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a sanitised submission in the sandbox and writes the verdicts into its check cells."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with its outputs; the verdict, property by property, is kept in the course's folder."""
        names = resources["nbgrader"]
        assignment, student = names["assignment"], names["student"]
        course = Course.find(Path.cwd())
        folder = Path(resources["metadata"]["path"])
        path = Path("submitted", student, assignment, f"{names['notebook']}.ipynb")
        # nbgrader has copied what they point at; as part of the feedback, it would go to the student
        remove_copies(no_files(course.root / path.parent), folder)
        unreadable = nb.metadata.pop(UNREADABLE, None)
        known = _GRADED.get()
        if known is not None:
            graded = _transferred(known, nb)
        else:
            remove_record(course, assignment, student)
            graded = _grade(order_of(course, assignment, GradingSettings()), nb, path, student, folder, unreadable)
        write_verdict(course.verdict(assignment, student), graded.result)
        return graded.notebook, resources


class SaveMarks(SaveAutoGrades):  # type: ignore[misc]
    """Enters all of a submission's marks into the gradebook at once: a command that is killed has entered none.

    nbgrader's own commits them one by one.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Both unchanged."""
        names = resources["nbgrader"]
        self.notebook_id, self.assignment_id, self.student_id = names["notebook"], names["assignment"], names["student"]
        self.gradebook = Gradebook(names["db_url"])
        with self.gradebook, self.gradebook.engine.begin() as transaction:
            self.gradebook.db.remove()
            self.gradebook.db.configure(bind=transaction, join_transaction_mode="rollback_only")
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
        return nb, resources


_GRADED: ContextVar[Graded | None] = ContextVar("graded", default=None)


class SubmissionChanged(AutograderError):
    """What nbgrader reads is not what was graded."""


@contextmanager
def already_graded(graded: Graded) -> Iterator[None]:
    """In the body, the submission that nbgrader converts is not run again: this came of it."""
    token = _GRADED.set(graded)
    try:
        yield
    finally:
        _GRADED.reset(token)


def _grade(order: Order, nb: NotebookNode, path: Path, student: str, folder: Path, unreadable: str | None) -> Graded:
    grader = here(order)
    if unreadable is not None:
        return unreadable_result(grader.assignment, path, student, unreadable, 0.0)
    return grade_notebook(grader.assignment, nb, path, grader.server, student, folder)


def _transferred(graded: Graded, nb: NotebookNode) -> Graded:
    """The verdict with nbgrader's own notebook, which gets the outputs; raises SubmissionChanged."""
    if [(cell.cell_type, cell.source) for cell in nb.cells] != [
        (cell.cell_type, cell.source) for cell in graded.notebook.cells
    ]:
        raise SubmissionChanged(
            "The submission was handed in anew while it was graded.", "", "Grade it again: the same command does that."
        )
    for cell, run in zip(nb.cells, graded.notebook.cells, strict=True):
        if cell.cell_type == "code":
            cell.outputs = run.outputs
    return Graded(graded.result, nb)
