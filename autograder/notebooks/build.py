"""Builds an assignment: module to source notebook to release, proved by grading both, or nothing at all."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.notebooks.release import generate_release
from autograder.notebooks.source import source_notebook, write_notebook
from autograder.notebooks.student_package import REQUIREMENTS, StudentPackage, student_package
from autograder.results import Result, ResultStatus, total

QUESTIONS = "questions.py"
# Where unfinished builds lie: inside the course, so that a finished one is moved into place in one step.
WORK_FOLDER = ".autograder"

_ASSIGNMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NOT_COPIED = ("*.ipynb", "*.whl", REQUIREMENTS, "__pycache__", ".*")

# Grades the second notebook as a submission to an assignment whose student version is the first.
Prove = Callable[[Path, Path], Result]


class BuildRefusedError(AutograderError):
    """The assignment does not grade as it must: the solution is not worth full marks, or the release is worth some."""


@dataclass(frozen=True)
class Built:
    """What a build made: the notebook with solutions, the students' folder, its files, and the points in all."""

    assignment: str
    source_notebook: Path
    release: Path
    files: tuple[str, ...]
    max_score: float


def build(course_root: Path, assignment: str, prove: Prove | None) -> Built:
    """Build the assignment from source/A/A.py and source/A/questions.py into release/A/.

    `prove(master, notebook)` grades a notebook as a submission to the release notebook `master`. The solution has to
    get full marks from it and the untouched release 0; None leaves the proof out. Nothing in source/ or release/
    changes unless all has gone well; then release/A/ holds exactly what this build made. The same inputs give the
    same bytes.

    Raises SourceError, ReleaseError, StudentPackageError or BuildRefusedError.
    """
    folder = _assignment_folder(course_root, assignment)
    # Here, because it brings torch with it, which takes seconds: a wrong name is told at once.
    from autograder.properties import load_questions

    points = {question.id: question.points for question in load_questions(folder / QUESTIONS)}
    return build_with_points(course_root, assignment, points, prove)


def build_with_points(course_root: Path, assignment: str, points: Mapping[str, float], prove: Prove | None) -> Built:
    """Build as `build` does, with the points of each question given."""
    course_root = course_root.resolve()
    folder = _assignment_folder(course_root, assignment)
    notebook = source_notebook(folder / f"{assignment}.py", points)
    package = student_package()
    (course_root / WORK_FOLDER).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=course_root / WORK_FOLDER) as work:
        step = Path(WORK_FOLDER, Path(work).name)
        staged = Path(work, "source", assignment)
        copy_for_students(folder, staged)
        write_notebook(notebook, staged / f"{assignment}.ipynb")
        _write_package(package, staged)
        staged_release = generate_release(course_root, assignment, f"{step}/source", f"{step}/release")
        if prove is not None:
            master = staged_release / f"{assignment}.ipynb"
            _require_marks(prove(master, staged / f"{assignment}.ipynb"), "solution", total(points.values()))
            _require_marks(prove(master, master), "untouched release", 0.0)
        write_notebook(notebook, folder / f"{assignment}.ipynb")
        _write_package(package, folder)
        release = _replace_folder(staged_release, course_root / "release" / assignment, Path(work, "replaced"))
    files = tuple(sorted(path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()))
    return Built(assignment, folder / f"{assignment}.ipynb", release, files, total(points.values()))


def copy_for_students(folder: Path, target: Path) -> None:
    """Copy what students get with an assignment from its source folder to ``target``, a new folder.

    The solution module stays behind: what is not there cannot be released by mistake.
    """
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns(f"{folder.name}.py", *_NOT_COPIED))


def _assignment_folder(course_root: Path, assignment: str) -> Path:
    folder = course_root / "source" / assignment
    if not _ASSIGNMENT.fullmatch(assignment) or not folder.is_dir():
        known = sorted(module.parent.name for module in course_root.glob(f"source/*/{QUESTIONS}"))
        raise AutograderError(
            f"There is no assignment {assignment!r}.",
            f"The folder source/ in {course_root} has {', '.join(known) or 'none'}.",
            "Name one of these, or write source/A/A.py and source/A/questions.py.",
        )
    return folder


def _require_marks(result: Result, name: str, wanted: float) -> None:
    """Raise BuildRefusedError, naming the check at fault, unless `result` has the score `wanted`."""
    if result.status is not ResultStatus.GRADED:
        raise BuildRefusedError(f"The {name} of {result.assignment} could not be graded.", result.message, "")
    if result.score == wanted:
        return
    at_fault = [check for check in result.checks if (check.score < check.max_score) == (wanted > 0) and check.max_score]
    faults = [
        f"check {check.question!r}, {check.property}: {check.score:g} of {check.max_score:g}. {check.message}".rstrip()
        for check in at_fault
    ]
    raise BuildRefusedError(
        f"The {name} of {result.assignment} gets {result.score:g} points and must get {wanted:g}.",
        "\n".join([*faults, result.message]).strip(),
        "Correct the cell or the question at fault; release/ is as it was.",
    )


def _write_package(package: StudentPackage, folder: Path) -> None:
    for stale in folder.glob("autograder-*.whl"):
        if stale.name != package.wheel_name:
            stale.unlink()
    (folder / package.wheel_name).write_bytes(package.wheel)
    (folder / REQUIREMENTS).write_text(package.requirements, encoding="utf-8", newline="\n")


def _replace_folder(new: Path, target: Path, aside: Path) -> Path:
    """Move the folder `new` to `target`; what was there goes to `aside`, and comes back if the move fails."""
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        os.rename(target, aside)
    try:
        os.rename(new, target)
    except OSError:
        if aside.exists():
            os.rename(aside, target)
        raise
    return target
