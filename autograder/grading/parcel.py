"""A submission as it travels to a grader: its content, read once, bounded, and without following a link."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.grading.order import Files, digest_of, files_digests
from autograder.grading.submission import SubmissionUnreadable, read_file
from autograder.properties.limits import SubmissionLimits
from autograder.sandbox.scratch import regular_files

# What nbgrader leaves out of a submission as well.
_LEFT_OUT = ("__pycache__",)


@dataclass(frozen=True)
class Parcel:
    """One notebook to grade.

    path: where it lies, to name it in its result. notebook: the file's content; None where it cannot be read, and
    ``unreadable`` says why. files: what was handed in beside it, by the name that it has there.
    """

    path: Path
    student: str
    notebook: bytes | None
    unreadable: str = ""
    files: Files = ()

    @cached_property
    def digest(self) -> str:
        """Tells what was handed in from anything else that might be."""
        return digest_of(self.notebook or self.unreadable.encode(), *files_digests(self.files))


def pack(path: Path, shown_as: Path, student: str, limits: SubmissionLimits | None = None) -> Parcel:
    """The notebook at ``path``, and where ``limits`` are given what lies beside it; raises TooManyFiles."""
    files = () if limits is None else _files_beside(path.parent, limits)
    try:
        return Parcel(shown_as, student, read_file(path), files=files)
    except SubmissionUnreadable as unreadable:
        return Parcel(shown_as, student, None, str(unreadable), files)


def _files_beside(folder: Path, limits: SubmissionLimits) -> Files:
    return tuple(
        sorted(
            (str(name), content)
            for name, content in regular_files(
                folder, limits.folder_mb << 20, limits.folder_files, leave_out=_is_left_out
            )
        )
    )


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name.endswith(".ipynb") or name in _LEFT_OUT
