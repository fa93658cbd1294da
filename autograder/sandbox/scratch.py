"""A worker's private folder: filled from a submission, watched, and removed whatever is in it.

Where a worker moves it into memory, the kernel bounds it (see ``view``), and the folder here stays as it was filled.
"""

import errno
import math
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox.limits import Limits

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")  # a file takes whole ones


class TooManyFiles(AutograderError):
    """The files that came with a notebook are more, or larger, than a worker may have."""


def create_scratch(base: Path, files: Path | None, limits: Limits) -> Path:
    """A new folder under ``base`` with a copy of the regular files of ``files``; links and devices are left out.

    Raises TooManyFiles.
    """
    scratch = Path(tempfile.mkdtemp(prefix="worker-", dir=base))
    if files is None:
        return scratch
    try:
        _copy_files(files, scratch, limits)
    except BaseException:
        remove_scratch(scratch)
        raise
    return scratch


def _copy_files(source: Path, target: Path, limits: Limits) -> None:
    for name, content in regular_files(source, limits.scratch_bytes, limits.scratch_files, limits.file_bytes):
        (target / name.parent).mkdir(mode=0o700, parents=True, exist_ok=True)
        (target / name).write_bytes(content)


def regular_files(
    source: Path,
    folder_bytes: int,
    folder_files: int,
    file_bytes: int | None = None,
    leave_out: Callable[[str], bool] = lambda name: False,
) -> Iterator[tuple[Path, bytes]]:
    """The regular files below ``source``, as paths within it, and their content; links and devices are left out.

    They take up half of a worker's folder of ``folder_bytes`` and ``folder_files`` at most, and ``file_bytes`` each.
    Files and folders with a name to ``leave_out`` are not looked into, and count for nothing. Raises TooManyFiles.
    """
    room_bytes, room_files = folder_bytes // 2, folder_files // 2
    for folder, folders, names, descriptor in os.fwalk(source, follow_symlinks=False):
        folders[:], names[:] = ([name for name in some if not leave_out(name)] for some in (folders, names))
        room_files -= len(names) + len(folders)
        if room_files < 0:
            raise TooManyFiles(f"There are too many files beside the notebook in {source}.",
                               f"At most {folder_files // 2} are given to it.", "Take some away.")  # fmt: skip
        for name in names:
            path = Path(os.path.relpath(folder, source), name)
            content = _read_regular(path, descriptor, min(room_bytes, file_bytes or room_bytes))
            if content is not None:
                room_bytes = max(0, room_bytes - math.ceil(len(content) / _PAGE_BYTES) * _PAGE_BYTES)
                yield path, content


def _read_regular(path: Path, folder: int, room_bytes: int) -> bytes | None:
    """The content of a regular file, whose folder is open; None for anything else."""
    try:
        descriptor = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError:
        return None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = file.read(room_bytes + 1)
    if len(content) > room_bytes:
        raise TooManyFiles(f"The file {path} beside the notebook is too large.",
                           "The files beside a notebook are bounded in size.", "Take it away.")  # fmt: skip
    return content


def scratch_is_over(scratch: Path, limits: Limits) -> bool:
    """Whether the folder holds more files or bytes than allowed; looks at no more files than that."""
    entries = total_bytes = 0
    waiting = [str(scratch)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    entries += 1
                    information = entry.stat(follow_symlinks=False)
                    total_bytes += information.st_blocks * 512
                    if entries > limits.scratch_files or total_bytes > limits.scratch_bytes:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError as error:  # the worker removed it meanwhile
            if error.errno == errno.ENAMETOOLONG:  # deeper than any path: no honest folder, and nobody could count it
                return True
    return False


def remove_scratch(scratch: Path) -> None:
    """Removes the folder, however deep, wide or forbidding its owner made it. Never leaves it, never follows a link.

    Folders found inside are moved up beside each other, so that depth costs neither stack nor path length.
    """
    top = os.open(scratch, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        moved = 0
        while folders := _empty_of_files(top):
            for name in folders:
                os.chmod(name, 0o700, dir_fd=top)
                inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=top)
                try:
                    for deeper in _empty_of_files(inner):
                        moved += 1
                        os.chmod(deeper, 0o700, dir_fd=inner)  # moving a folder rewrites its "..": needs the right to
                        os.rename(deeper, f".removing-{os.getpid()}-{moved}", src_dir_fd=inner, dst_dir_fd=top)
                finally:
                    os.close(inner)
                os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    scratch.rmdir()


def _empty_of_files(folder: int) -> list[str]:
    """Unlinks all files in the open folder; the names of the folders in it."""
    folders = []
    for name in os.listdir(folder):
        if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            folders.append(name)
        else:
            os.unlink(name, dir_fd=folder)
    return folders
