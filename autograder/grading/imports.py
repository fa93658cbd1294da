"""The modules that an assignment's code imports: a fork server that has them saves every worker the time."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import QUESTIONS_NAME

_OWN = "autograder"  # workers have its place taken: see the worker's server


def imported_modules(sources: Iterable[str]) -> tuple[str, ...]:
    """The absolute modules that pieces of code import, sorted; pieces that are no plain Python are left out.

    Of ``from package import name`` it is not known whether the name is a module: it is among them, as ``package.name``.
    """
    names = {name for source in sources for name in _imported(source)}
    return tuple(sorted(name for name in names if name.partition(".")[0] != _OWN))


def notebook_sources(notebook: NotebookNode) -> Iterator[str]:
    """A notebook's pieces of code."""
    return (cell.source for cell in notebook.cells if cell.cell_type == "code")


def module_sources(folder: Path) -> Iterator[str]:
    """The modules in a folder, but for the questions: what they import, judges, and no notebook needs it."""
    modules = (path for path in sorted(folder.rglob("*.py")) if path.name != QUESTIONS_NAME)
    return (path.read_text(encoding="utf-8", errors="replace") for path in modules)


def _imported(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if alias.name != "*")
