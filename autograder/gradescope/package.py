"""Makes the zip for Gradescope: an assignment as it was released, the course's seed, and the grader; no solutions."""

import io
import math
import re
import shlex
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.course import CONFIG_NAME, QUESTIONS_NAME, Course
from autograder.errors import UsageError
from autograder.gradescope.wheel import grader_wheel, grading_requirements
from autograder.grading.assignment import NotBuilt
from autograder.grading.order import Order, order_of
from autograder.grading.settings import GradingSettings

SCRIPTS = Path(__file__).resolve().parent / "scripts"
# Not the instructor's: that one may hold passwords, and a course without sources needs none of it.
CONFIG = "# Nothing is set here: this file marks the folder as a course.\n"
# What starting and drawing the examples may take beside the submission's own time, on a slow machine.
STARTING_S = 240
# What the grader and its fork server take beside a worker: all three, with a worker that takes little, 740 MB.
GRADER_MB = 500

_FILE, _SCRIPT, _PRIVATE = 0o644, 0o755, 0o600
_REGULAR = 0o100000
_TIMESTAMP = (2016, 1, 1, 0, 0, 0)
_INDEX = re.compile(r"https?://[!-~]+")


@dataclass(frozen=True)
class Member:
    """A file in the zip."""

    content: bytes
    mode: int = _FILE


@dataclass(frozen=True)
class Package:
    """The zip's bytes, and what to choose on Gradescope: at least so much memory, and so much time."""

    content: bytes
    memory_gb: int
    timeout_minutes: int


def package(course: Course, assignment: str, torch_index: str = "") -> Package:
    """The zip to grade the assignment with. Its bytes depend on what is in it, and on nothing else.

    torch_index: the address of the package index that has PyTorch; empty for pip's own. Raises CourseNotFound,
    UsageError, NotBuilt, QuestionsUnusable, NotInstalled.
    """
    if torch_index and not _INDEX.fullmatch(torch_index):
        raise UsageError(
            f"{torch_index!r} is no address of a package index.",
            "It begins with https:// and has no spaces.",
            "Leave --index-url out to take PyTorch from where pip takes everything else.",
        )
    order = order_of(course, assignment, GradingSettings())
    _require_built(course, order)
    time_limit_s = math.ceil(order.limits.submission_s) + STARTING_S
    members = dict(_members(order, torch_index, time_limit_s))
    memory_gb = math.ceil((order.limits.memory_mb + GRADER_MB) / 1000)
    return Package(_zipped(members), memory_gb, math.ceil((time_limit_s + 30) / 60))


def _require_built(course: Course, order: Order) -> None:
    """The grader will know the questions only as they were released."""
    if dict(order.files).get(QUESTIONS_NAME) != order.questions:
        raise NotBuilt(
            f"The release of {order.assignment} is out of date.",
            f"Its {QUESTIONS_NAME} is another than {course.questions(order.assignment)}.",
            f"Run python -m autograder build {order.assignment}.",
        )


def _members(order: Order, torch_index: str, time_limit_s: int) -> Iterator[tuple[str, Member]]:
    for script in ("setup.sh", "run_autograder"):
        yield script, Member((SCRIPTS / script).read_bytes(), _SCRIPT)
    settings = {"max_score": f"{order.max_score:g}", "time_limit_s": time_limit_s, "torch_index": torch_index}
    yield "settings.sh", Member(_assignments(settings))
    yield "requirements.txt", Member(grading_requirements().encode())
    name, wheel = grader_wheel()
    yield name, Member(wheel)
    yield CONFIG_NAME, Member(CONFIG.encode())
    yield ".autograder/seed", Member(f"{order.seed}\n".encode(), _PRIVATE)
    released = ((f"{order.assignment}.ipynb", order.master), *order.files)
    for name, content in released:
        if not any(part.startswith(".") or part == "__pycache__" for part in PurePosixPath(name).parts):
            yield f"release/{order.assignment}/{name}", Member(content)


def _assignments(settings: Mapping[str, object]) -> bytes:
    """Settings as both scripts read them."""
    return "".join(f"{name}={shlex.quote(str(value))}\n" for name, value in settings.items()).encode()


def _zipped(members: Mapping[str, Member]) -> bytes:
    """Uncompressed: compressed bytes differ between builds of zlib."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as archive:
        for name, member in sorted(members.items()):
            info = zipfile.ZipInfo(name, _TIMESTAMP)
            info.external_attr, info.create_system = (_REGULAR | member.mode) << 16, 3
            archive.writestr(info, member.content)
    return result.getvalue()
