"""What is known to be done: a note for each submission whose marks are in the gradebook, written after they are.

A run that is killed leaves no note of what it was doing, and the next one does that again.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.parcel import Parcel
from autograder.report.files import write_atomically


@dataclass(frozen=True)
class Record:
    """What was graded, how, and the points that the gradebook has for it. order, parcel: their digests."""

    order: str
    parcel: str
    score: float


def read_record(course: Course, assignment: str, student: str) -> Record | None:
    """The note on a student's submission; None where there is none that can be read."""
    try:
        known = json.loads(course.record(assignment, student).read_text(encoding="ascii"))
        return Record(str(known["order"]), str(known["parcel"]), float(known["score"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_new(course: Course, assignment: str, parcel: Parcel) -> bool:
    """Whether a parcel is not what was graded last of its student; False where that is not noted."""
    record = read_record(course, assignment, parcel.student)
    return record is not None and record.parcel != parcel.digest


def write_record(course: Course, assignment: str, student: str, record: Record) -> None:
    """Note that a submission is done. Raises AutograderError if the note cannot be written."""
    path = course.record(assignment, student)
    with _told_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(vars(record)).encode("ascii"))


def remove_record(course: Course, assignment: str, student: str) -> None:
    """Note that a submission is being done: until it is, nothing is known of it."""
    path = course.record(assignment, student)
    with _told_of(path):
        path.unlink(missing_ok=True)


@contextmanager
def the_only_writer_here(course: Course, assignment: str) -> Iterator[None]:
    """In the body no other run on this machine enters anything for the assignment; it is waited for."""
    path = course.record(assignment, "").with_name("writing.lock")
    with _told_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("wb")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AutograderError(
            f"The note {path} on what is graded cannot be changed.",
            f"The system says: {error.strerror}.",
            "Make the course's folder writable.",
        ) from error
