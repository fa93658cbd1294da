"""The folder in which a fork server works: marked while its grader lives, and removed by another one after that."""

import contextlib
import fcntl
import tempfile
import time
from pathlib import Path
from typing import IO

from autograder.sandbox.scratch import remove_scratch

_PREFIX = "autograder-"
_MARK = "in-use"
_SETTLED_S = 600.0  # a folder that is younger may be about to be marked


def make_base() -> tuple[Path, IO[bytes]]:
    """A new folder, and the open file whose lock marks it; closing that, as the end of a process does, gives it up."""
    base = Path(tempfile.mkdtemp(prefix=_PREFIX))
    base.chmod(0o711)  # a worker that is another user passes through, and sees nothing
    mark = (base / _MARK).open("wb")
    fcntl.flock(mark, fcntl.LOCK_EX)
    return base, mark


def sweep_bases() -> None:
    """Removes the folders of graders that were killed."""
    for base in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or removed meanwhile
            if time.time() - base.stat().st_mtime < _SETTLED_S:
                continue
            with (base / _MARK).open("rb") as mark:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove_scratch(base)
