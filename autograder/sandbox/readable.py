"""What a worker must read of Python and its packages, and whether the user that it becomes may."""

import os
import site
import sys
import sysconfig
from pathlib import Path

import torch

import autograder

PACKAGE = Path(autograder.__file__).resolve().parent
_ENTER, _READ = 1, 4
# The package may lie in a checkout that is not installed, or beside one that is; -P and -s keep other folders off.
_FIND_PACKAGE = "import sys; sys.path.insert(0, sys.argv.pop(1)); "


def python_with_package(code: str, *arguments: str) -> list[str]:
    """The command that runs ``code`` with these arguments in a new Python, in which this very package is imported."""
    return [sys.executable, "-P", "-s", "-c", _FIND_PACKAGE + code, str(PACKAGE.parent), *arguments]


def readable_paths() -> tuple[str, ...]:
    """The folders a worker must read: the standard library, the installed packages and this package alone.

    The folder that holds this package may hold solutions: it is not among them.
    """
    paths = sysconfig.get_paths()
    folders = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders += [*site.getsitepackages(), str(Path(torch.__file__).parent.parent), str(PACKAGE)]
    library = sysconfig.get_config_var("LIBDIR")
    folders += [library] if library else []
    real = {os.path.realpath(folder) for folder in folders if os.path.isdir(folder)}
    return tuple(sorted(real))


def closed_to_others(paths: tuple[str, ...] | None = None) -> Path | None:
    """The first folder or file on the way to Python or a package that a stranger may not use; None if all are open."""
    return _first_closed(paths, None)


def closed_to_plain_root(paths: tuple[str, ...] | None = None) -> Path | None:
    """The same for root once it has given up its privileges: then another user's private folder is shut to it."""
    return _first_closed(paths, 0)


def _first_closed(paths: tuple[str, ...] | None, user: int | None) -> Path | None:
    for path in (*readable_paths(), sys.executable, torch.__file__, __file__) if paths is None else paths:
        real = Path(path).resolve()
        for step in (*reversed(real.parents), real):
            wanted = _READ if step == real and not step.is_dir() else _ENTER | (_READ if step == real else 0)
            if not _may(user, step, wanted):
                return step
    return None


def _may(user: int | None, path: Path, wanted: int) -> bool:
    try:
        information = path.stat()
    except PermissionError:
        return False
    owned = user is not None and information.st_uid == user
    return (information.st_mode >> (6 if owned else 0)) & wanted == wanted
