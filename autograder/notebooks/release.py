"""Makes the student version of an assignment with nbgrader's own GenerateAssignment."""

import ast
import logging
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.errors import AutograderError

CONFIG_FILE = "nbgrader_config.py"


class ReleaseError(AutograderError):
    """nbgrader could not make the student version, or what it made is broken."""


class WithholdSolutionModule(NbGraderPreprocessor):  # type: ignore[misc]
    """Deletes the solution module from a release that nbgrader is making.

    `CourseDirectory.ignore` in nbgrader_config.py keeps every module that it knows from being copied. A server that
    read the configuration before an assignment was written does not know its module; then this is what holds.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return both unchanged; `resources` names the assignment, this object's parents the course."""
        converter = getattr(self.parent, "parent", None)
        if isinstance(converter, GenerateAssignment):
            course, assignment = converter.coursedir, resources["nbgrader"]["assignment"]
            release = Path(course.format_path(course.release_directory, ".", assignment))
            for module in sorted(release.glob(f"{assignment}.py*")):
                self.log.warning("Removing the solution module %s from the release", module.name)
                module.unlink()
        return nb, resources


def course_config(course_root: Path) -> Config:
    """Return what nbgrader_config.py in the course's folder says, without looking anywhere else.

    Raises ReleaseError when there is no such file.
    """
    if not (course_root / CONFIG_FILE).is_file():
        raise ReleaseError(
            f"{course_root} is not a course.", f"It has no {CONFIG_FILE}.", "Run this in the course's folder."
        )
    config: Config = PyFileConfigLoader(CONFIG_FILE, path=str(course_root)).load_config()
    config.CourseDirectory.root = str(course_root)
    return config


def generate_release(course_root: Path, assignment: str, source_folder: str, release_folder: str) -> Path:
    """Run GenerateAssignment from `source_folder`/A/ to `release_folder`/A/ and return the latter.

    Both folders are relative to `course_root`. No database is touched and nothing is printed. While it runs, the
    process's working directory is `course_root`: nbgrader changes it, and changes it back.

    Raises ReleaseError, with nbgrader's own words, when nbgrader gives up.
    """
    config = course_config(course_root.resolve())
    config.CourseDirectory.source_directory = source_folder
    config.CourseDirectory.release_directory = release_folder
    config.CourseDirectory.assignment_id = assignment
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    log, complaints = quiet_log()
    course = CourseDirectory(config=config, log=log)
    try:
        GenerateAssignment(coursedir=course, config=config, force=True, log=log).start()
    except NbGraderException as error:
        raise ReleaseError(
            f"nbgrader could not make the student version of {assignment}.",
            complaints.last_exception() or str(error),
            "Correct the solution module and build again.",
        ) from error
    release = Path(course.format_path(release_folder, ".", assignment))
    require_valid_cells(release / f"{assignment}.ipynb")
    return release


def require_valid_cells(notebook: Path) -> None:
    """Raise ReleaseError, naming the cell, when a code cell of the notebook is not valid Python.

    Cutting a solution out can leave an `if` without a body, and every student would begin with a SyntaxError.
    """
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        try:
            ast.parse(TransformerManager().transform_cell(cell.source))
        except SyntaxError as error:
            raise ReleaseError(
                f"In the student version, the cell {cell.id!r} is not valid Python.",
                f"{error.msg}, line {error.lineno} of the cell: {(error.text or '').strip()!r}.",
                "Move BEGIN SOLUTION and END SOLUTION so that `raise NotImplementedError` between them makes sense.",
            ) from error


class _Complaints(logging.Handler):
    """Keeps what nbgrader logs as an error."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def last_exception(self) -> str:
        """The last line of the traceback that nbgrader logged, or ""."""
        tracebacks = [message for message in self.messages if message.startswith("Traceback")]
        return tracebacks[-1].strip().splitlines()[-1] if tracebacks else ""


def quiet_log() -> tuple[logging.Logger, _Complaints]:
    log, complaints = logging.Logger("autograder.release"), _Complaints()
    log.addHandler(complaints)
    return log, complaints
