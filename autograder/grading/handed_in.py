"""What is no file in a submission: links, pipes, sockets and devices, which copying follows, or waits for.

A link's target is read with the rights of whoever copies it, and those of an instructor reach further than a student's.
"""

import glob
import os
import shutil
import stat
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect


def no_files(folder: Path) -> list[Path]:
    """The entries below ``folder`` that are neither files nor folders, as paths within it. Follows none."""
    entries = [Path(here, name) for here, folders, files in os.walk(folder) for name in (*folders, *files)]
    return [entry.relative_to(folder) for entry in entries if not _is_ordinary(entry.lstat().st_mode)]


def _is_ordinary(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def patterns(entries: list[Path]) -> list[str]:
    """Patterns with which nbgrader leaves these entries out, wherever their names occur."""
    return [glob.escape(entry.name) for entry in entries]


def remove_copies(entries: list[Path], folder: Path) -> None:
    """Removes from ``folder``, a copy of a submission, what was copied for these entries."""
    for entry in entries:
        copied = folder / entry
        if copied.is_dir() and not copied.is_symlink():
            shutil.rmtree(copied)
        else:
            copied.unlink(missing_ok=True)


class CollectFilesAlone(ExchangeCollect):  # type: ignore[misc]
    """``nbgrader collect`` that leaves out what is no file: nbgrader's own copies what links point at."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copies a submission from the exchange. One that is a link as a whole is left where it is."""
        if os.path.islink(src):
            self.log.error("%s is a link, and not a submission: it was not collected.", src)
            return
        ignore = self.coursedir.ignore
        self.coursedir.ignore = [*ignore, *patterns(no_files(Path(src)))]
        try:
            super().do_copy(src, dest, log)
        finally:
            self.coursedir.ignore = ignore
