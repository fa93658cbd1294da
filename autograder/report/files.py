"""Report files: JSON as bytes, and writing in such a way that nobody ever reads half a report."""

import errno
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import AutograderError, UsageError
from autograder.report.safe_text import encodable

_FIXES: dict[int | None, str] = {
    errno.ENOSPC: "Free some space and run the command again.",
    errno.EDQUOT: "Free some space and run the command again.",
    errno.ENOENT: "Make the folder first, or choose another.",
    errno.EISDIR: "Name a file in that folder instead.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}
_OTHER_FIX = "Make the folder writable, or choose another."


def json_bytes(document: object) -> bytes:
    """``document`` as indented JSON in UTF-8. Raises ValueError if a number in it is not finite."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    # In JSON this can only stand in a string. Left as it is, a log that shows the file could be given orders by it.
    return (text.replace("##[", "#\\u0023[") + "\n").encode()


def require_place(path: Path) -> None:
    """Raises UsageError when no file could be written at ``path``, before any time is spent on what goes into it."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        reason = "It is a folder." if path.is_dir() else f"There is no folder {path.parent}."
        raise UsageError(f"No report can be written to {path}.", reason, "Name a file in a folder that is there.")
    if path.exists() and not path.is_file():
        return  # a device or a pipe needs no new file beside it
    try:
        # Permissions alone do not tell: a disk may be read-only or full, and root is refused nothing by them.
        with tempfile.NamedTemporaryFile(dir=path.resolve().parent):
            pass
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise UsageError(
            f"No report can be written to {path}.",
            f"The system says: {getattr(error, 'strerror', None) or error}.",
            _FIXES.get(getattr(error, "errno", None), _OTHER_FIX),
        ) from error


def write_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` into the file at ``path``, which has its old content or all of the new one at any time.

    Raises AutograderError when the file cannot be written; the old file then stays. A device or pipe, such as
    /dev/stdout, is written to directly; a link is followed.
    """
    with written(path):
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)


@contextmanager
def written(path: Path) -> Iterator[None]:
    """While the file at ``path`` is written to: raises AutograderError when the system refuses."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise AutograderError(
            f"The file {encodable(str(path))} cannot be written.",
            f"The system says: {getattr(error, 'strerror', None) or error}.",
            _FIXES.get(getattr(error, "errno", None), _OTHER_FIX),
        ) from error


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".unfinished-{secrets.token_hex(8)}")
    try:
        with open(unfinished, "xb") as file:
            file.write(content)
            file.flush()
            # A full disk may show only now; after the replacing it would be too late.
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
