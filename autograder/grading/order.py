"""What a grading run asks of every submission, in a form that travels: to another process, or to another machine."""

import hashlib
import stat
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import autograder
from autograder.course import QUESTIONS_NAME, Course
from autograder.grading.assignment import Assignment, NotBuilt, make_assignment
from autograder.grading.settings import GradingSettings
from autograder.grading.submission import parse_notebook
from autograder.properties.limits import SubmissionLimits
from autograder.properties.questions import load_exam
from autograder.results import total

Files = tuple[tuple[str, bytes], ...]

_LENGTH_BYTES = 8


@dataclass(frozen=True)
class Order:
    """An assignment as it was released, and how to grade it: all that a grader needs, wherever it is.

    master: the released notebook, as a file. questions: its questions.py. files: what else was released, by the name
    that it has beside the notebook. settings: with a seed. max_score, limits: as the questions say. code: tells this
    package's code from any other.
    """

    assignment: str
    master: bytes
    questions: bytes
    files: Files
    settings: GradingSettings
    max_score: float
    limits: SubmissionLimits
    code: str

    @property
    def seed(self) -> int:
        """What the examples are drawn from."""
        assert self.settings.seed is not None
        return self.settings.seed

    @cached_property
    def digest(self) -> str:
        """Tells this order from every other that asks anything else."""
        named = (repr((self.assignment, self.settings, self.code)).encode(), self.master, self.questions)
        return digest_of(*named, *files_digests(self.files))

    def load(self, folder: Path) -> Assignment:
        """The assignment, its files put into ``folder``, its cases drawn; raises QuestionsUnusable."""
        beside, questions = folder / "files", folder / "questions" / QUESTIONS_NAME
        write_files(self.files, beside)
        write_files(((questions.name, self.questions),), questions.parent)
        master = parse_notebook(self.master, f"{self.assignment}.ipynb")
        return make_assignment(self.assignment, master, beside, questions, self.seed, self.settings.device)


def order_of(course: Course, name: str, settings: GradingSettings) -> Order:
    """The order to grade an assignment of the course; raises CourseNotFound, NotBuilt, QuestionsUnusable."""
    course.require(name)
    master, questions = course.master(name), course.questions(name)
    if not master.is_file():
        raise NotBuilt(f"{name} has no release.", f"There is no {master}.", f"Run python -m autograder build {name}.")
    exam = load_exam(questions)
    files = tuple(
        (str(path.relative_to(master.parent)), path.read_bytes())
        for path in sorted(master.parent.rglob("*"))
        if path.suffix != ".ipynb" and stat.S_ISREG(path.lstat().st_mode)
    )
    seeded = settings if settings.seed is not None else replace(settings, seed=course.seed())
    return Order(
        name,
        master.read_bytes(),
        questions.read_bytes(),
        files,
        seeded,
        total(question.points for question in exam.questions),
        exam.limits,
        code_digest(),
    )


def write_files(files: Files, folder: Path) -> None:
    """Put files into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def digest_of(*parts: bytes) -> str:
    """A digest of the parts, of which none runs into the next."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(_LENGTH_BYTES, "little"))
        digest.update(part)
    return digest.hexdigest()


def files_digests(files: Files) -> tuple[bytes, ...]:
    """The parts of a digest that stand for files."""
    return tuple(part for name, content in files for part in (name.encode("utf-8", "surrogateescape"), content))


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A digest of this package's code: graders that agree on it grade alike, and after a change of it all is due."""
    package = Path(autograder.__file__).parent
    return digest_of(*(path.read_bytes() for path in sorted(package.rglob("*.py"))))
