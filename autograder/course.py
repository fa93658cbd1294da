"""Where things lie in a course's folder."""

import fcntl
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError, UsageError

CONFIG_NAME = "nbgrader_config.py"
QUESTIONS_NAME = "questions.py"
SEED_BITS = 32
PAGE_KEY_BYTES = 32


class CourseNotFound(UsageError):
    """No course, or no such assignment in it."""


@dataclass(frozen=True)
class Course:
    """A folder with ``nbgrader_config.py`` and one folder for each assignment under ``source`` and ``release``.

    One without ``source`` can grade notebooks, and build nothing: it goes where solutions are not to be.
    """

    root: Path

    @classmethod
    def find(cls, start: Path) -> "Course":
        """The course that ``start`` lies in; raises CourseNotFound."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / CONFIG_NAME).is_file() and any((folder / part).is_dir() for part in ("source", "release")):
                return cls(folder)
        raise CourseNotFound(
            f"{start} is in no course.",
            f"A course is a folder with {CONFIG_NAME} and source/, or where nothing is built release/.",
            "Change into the course's folder and try again.",
        )

    def assignments(self) -> tuple[str, ...]:
        """The names of the assignments, sorted: the folders under source/ that hold a module of their own name.

        Where there is no source/: those under release/ that hold such a notebook.
        """
        pattern = "source/*/*.py" if (self.root / "source").is_dir() else "release/*/*.ipynb"
        return tuple(sorted(path.stem for path in self.root.glob(pattern) if path.stem == path.parent.name))

    def require(self, assignment: str) -> str:
        """``assignment`` if the course has it; raises CourseNotFound."""
        known = self.assignments()
        if assignment not in known:
            fix = "Check the spelling, or write the module source/<assignment>/<assignment>.py."
            if assignment.endswith(".ipynb"):
                fix = "The assignment's name comes first, then the notebooks: grade ASSIGNMENT NOTEBOOK ..."
            raise CourseNotFound(
                f"There is no assignment {assignment!r}.", f"The course has {', '.join(known) or 'none yet'}.", fix
            )
        return assignment

    def module(self, assignment: str) -> Path:
        """The instructor's solution module."""
        return self.root / "source" / assignment / f"{assignment}.py"

    def questions(self, assignment: str) -> Path:
        """The instructor's; where there is no source/, the same as it was released."""
        source = self.root / "source"
        return (source / assignment if source.is_dir() else self.release(assignment)) / QUESTIONS_NAME

    def release(self, assignment: str) -> Path:
        """What a student gets."""
        return self.root / "release" / assignment

    def master(self, assignment: str) -> Path:
        """The released notebook, whose cells every submission is held against."""
        return self.release(assignment) / f"{assignment}.ipynb"

    def submitted(self, assignment: str) -> dict[str, Path]:
        """What each student handed in, by student, sorted. It should be a folder, and is whatever it is."""
        return {
            student.name: student / assignment
            for student in sorted(self._students())
            if student.is_dir() and _is_there(student / assignment)
        }

    def _students(self) -> list[Path]:
        folder = self.root / "submitted"
        try:
            return list(folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise AutograderError(
                f"The folder {folder} cannot be read.", f"The system says: {error.strerror}.", "Make it readable."
            ) from error

    def verdict(self, assignment: str, student: str) -> Path:
        """Where the last verdict on a student's submission is kept, property by property."""
        return self.root / ".autograder" / "verdicts" / assignment / f"{student}.json"

    def record(self, assignment: str, student: str) -> Path:
        """Where it is noted that a student's marks are in the gradebook."""
        return self.root / ".autograder" / "graded" / assignment / f"{student}.json"

    def catalogue(self, assignment: str) -> Path:
        """The right and wrong answers that an audit holds the questions against."""
        return self.root / "tests" / "submissions" / assignment

    def audit(self, assignment: str) -> Path:
        """Where the reports of the last audit are kept, but for their endings."""
        return self.root / ".autograder" / "audit" / assignment

    def page(self, assignment: str, with_names: bool = True) -> Path:
        """Where the page on the class is kept; one without names beside it, so that neither is taken for the other."""
        return self.root / ".autograder" / "report" / f"{assignment}{'' if with_names else '-without-names'}.html"

    def seed(self) -> int:
        """The course's own seed, drawn once and kept, so that every grading of the course asks the same.

        It is no part of what is released: who knew the seed would know the examples.
        """
        path = self.root / ".autograder" / "seed"
        try:
            return int(_kept(path, lambda: str(secrets.randbits(SEED_BITS))))
        except ValueError as error:
            raise AutograderError(
                f"The course's seed in {path} cannot be read.",
                str(error),
                "Put one whole number into it, or remove it to draw a new one.",
            ) from error
        except OSError as error:
            raise AutograderError(
                f"The course's seed in {path} cannot be read or written: {error.strerror}.",
                "It is drawn once and kept, so that every grading asks the same.",
                "Make the folder writable, or choose a seed with --seed.",
            ) from error

    def page_key(self) -> bytes:
        """The key of the numbers on a page without names, drawn once and kept. Nothing else is made of it.

        The page is shown to others: whoever knows some students' numbers can hold guesses at the key against them.
        """
        path = self.root / ".autograder" / "page_key"
        try:
            key = bytes.fromhex(_kept(path, lambda: secrets.token_hex(PAGE_KEY_BYTES)))
            if len(key) != PAGE_KEY_BYTES:
                raise ValueError(f"it has {len(key)} bytes, and needs {PAGE_KEY_BYTES}")
        except ValueError as error:
            raise AutograderError(
                f"The key of the page's numbers in {path} cannot be read.",
                str(error),
                "Remove it to draw a new one: the numbers on the page will then be others.",
            ) from error
        except OSError as error:
            raise AutograderError(
                f"The key of the page's numbers in {path} cannot be read or written: {error.strerror}.",
                "It is drawn once and kept, so that the numbers stay the same.",
                "Make the folder writable.",
            ) from error
        return key


def _kept(path: Path, draw: Callable[[], str]) -> str:
    """The secret at ``path``, drawn by the first to come; a file left empty, by a command that was killed, is none."""
    written = path.read_text() if path.exists() else ""
    if written:
        return written
    path.parent.mkdir(exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # another command may be drawing it
        written = file.read()
        if written:
            return written
        drawn = draw()
        file.write(f"{drawn}\n")
        file.flush()
        os.fsync(file.fileno())
        return drawn


def _is_there(path: Path) -> bool:
    """Whether there is anything of this name: what may not be looked at is told about when it is to be graded."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True
