"""Where things lie in a course's folder."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError, UsageError

CONFIG_NAME = "nbgrader_config.py"
SEED_BITS = 32


class CourseNotFound(UsageError):
    """No course, or no such assignment in it."""


@dataclass(frozen=True)
class Course:
    """A folder with ``nbgrader_config.py`` and one folder for each assignment under ``source`` and ``release``."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> "Course":
        """The course that ``start`` lies in; raises CourseNotFound."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / CONFIG_NAME).is_file() and (folder / "source").is_dir():
                return cls(folder)
        raise CourseNotFound(
            f"{start} is in no course.",
            f"A course is a folder with {CONFIG_NAME} and source/.",
            "Change into the course's folder and try again.",
        )

    def assignments(self) -> tuple[str, ...]:
        """The names of the assignments, sorted: the folders under source/ that hold a module of their own name."""
        return tuple(
            sorted(path.parent.name for path in (self.root / "source").glob("*/*.py") if path.stem == path.parent.name)
        )

    def require(self, assignment: str) -> str:
        """``assignment`` if the course has it; raises CourseNotFound."""
        known = self.assignments()
        if assignment not in known:
            raise CourseNotFound(
                f"There is no assignment {assignment!r}.",
                f"The course has {', '.join(known) or 'none yet'}.",
                "Check the spelling, or write the module source/<assignment>/<assignment>.py.",
            )
        return assignment

    def module(self, assignment: str) -> Path:
        """The instructor's solution module."""
        return self.root / "source" / assignment / f"{assignment}.py"

    def questions(self, assignment: str) -> Path:
        return self.root / "source" / assignment / "questions.py"

    def release(self, assignment: str) -> Path:
        """What a student gets."""
        return self.root / "release" / assignment

    def master(self, assignment: str) -> Path:
        """The released notebook, whose cells every submission is held against."""
        return self.release(assignment) / f"{assignment}.ipynb"

    def submitted(self, assignment: str) -> dict[str, Path]:
        """The folder that each student handed in, by student, sorted."""
        folders = sorted((self.root / "submitted").glob(f"*/{assignment}"))
        return {folder.parent.name: folder for folder in folders if folder.is_dir()}

    def verdict(self, assignment: str, student: str) -> Path:
        """Where the last verdict on a student's submission is kept, property by property."""
        return self.root / ".autograder" / "verdicts" / assignment / f"{student}.json"

    def catalogue(self, assignment: str) -> Path:
        """The right and wrong answers that an audit holds the questions against."""
        return self.root / "tests" / "submissions" / assignment

    def audit(self, assignment: str) -> Path:
        """Where the reports of the last audit are kept, but for their endings."""
        return self.root / ".autograder" / "audit" / assignment

    def seed(self) -> int:
        """The course's own seed, drawn once and kept, so that every grading of the course asks the same.

        It is no part of what is released: who knew the seed would know the examples.
        """
        path = self.root / ".autograder" / "seed"
        try:
            path.parent.mkdir(exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._read_seed(path)
        except OSError as error:
            raise AutograderError(
                f"The course's seed cannot be written to {path}: {error.strerror}.",
                "It is drawn once and kept, so that every grading asks the same.",
                "Make the folder writable, or choose a seed with --seed.",
            ) from error
        seed = secrets.randbits(SEED_BITS)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{seed}\n")
        return seed

    @staticmethod
    def _read_seed(path: Path) -> int:
        try:
            return int(path.read_text())
        except (OSError, ValueError) as error:
            raise AutograderError(
                f"The course's seed in {path} cannot be read.",
                str(error),
                "Put one whole number into it, or remove it to draw a new one.",
            ) from error
