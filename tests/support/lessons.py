"""A lesson in source/: its cells, and what comes of running it as plain Python or cell by cell, solved and unsolved."""

import ast
import contextlib
import importlib.util
import inspect
import io
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import jupytext
import matplotlib
import matplotlib.pyplot as plt
import pytest

SOURCE = Path(__file__).parents[2] / "source"
LESSONS = sorted(module.stem for module in SOURCE.glob("*/*.py") if module.stem == module.parent.name)


@dataclass(frozen=True)
class Cell:
    title: str
    kind: str
    source: str


@dataclass(frozen=True)
class Lesson:
    """The module as plain Python runs it: its namespace, what it printed and the figures it left."""

    module: ModuleType
    printed: str
    figures: list[Any]


def read_cells(name: str) -> list[Cell]:
    notebook = jupytext.reads((SOURCE / name / f"{name}.py").read_text(encoding="utf-8"), fmt="py:percent")
    return [Cell(cell.metadata.get("title", ""), cell.cell_type, cell.source) for cell in notebook.cells]


def questions(cells: list[Cell]) -> list[str]:
    return [cell.title.removeprefix("solution: ") for cell in cells if cell.title.startswith("solution: ")]


def definitions(cells: list[Cell], lesson: Lesson) -> dict[str, dict[str, str]]:
    """Of each question, in order, the names that its solution cell defines, with their signatures."""
    found = {}
    for cell in cells:
        if cell.title.startswith("solution: "):
            names = [getattr(node, "name", "") for node in ast.parse(cell.source).body]
            signatures = {name: str(inspect.signature(getattr(lesson.module, name))) for name in names}
            found[cell.title.removeprefix("solution: ")] = signatures
    return found


def points_in_headings(cells: list[Cell]) -> list[int]:
    """The points that the headings of the questions promise."""
    headings = [line for cell in cells for line in cell.source.splitlines() if line.startswith("### Question")]
    return [int(found[1]) for line in headings if (found := re.search(r"\((\d+) points\)$", line))]


@contextlib.contextmanager
def beside_the_notebook(name: str) -> Iterator[None]:
    """`import figures` finds the lesson's own module, as in the notebook's folder, and nothing stays behind."""
    matplotlib.use("Agg")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SOURCE / name))
        patch.delitem(sys.modules, "figures", raising=False)
        yield
        plt.close("all")
        sys.modules.pop("figures", None)


def run(name: str) -> Lesson:
    """Run the module beside its notebook, and save its figures; a warning is an error."""
    spec = importlib.util.spec_from_file_location(f"{name}_lesson", SOURCE / name / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    plt.close("all")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("error")
        spec.loader.exec_module(module)
        figures = [plt.figure(number) for number in plt.get_fignums()]
        for figure in figures:
            figure.savefig(io.BytesIO(), format="png")
    return Lesson(module, printed.getvalue(), figures)


def cut(source: str) -> str:
    """The cell as students get it."""
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "raise NotImplementedError", source, flags=re.DOTALL)


def run_cells(cells: list[Cell], solved: frozenset[str]) -> list[str]:
    """Run the code cells in order in one namespace, the questions named in `solved` solved; what each printed."""
    namespace: dict[str, Any] = {}
    outputs = []
    for cell in cells:
        if cell.kind != "code":
            continue
        name = cell.title.removeprefix("solution: ")
        source = cut(cell.source) if cell.title != name and name not in solved else cell.source
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(source, cell.title or "a cell", "exec"), namespace)
        outputs.append(printed.getvalue())
    plt.close("all")
    return outputs


def titles(figure: Any) -> list[str]:
    """What is written above its panels, which share one pair of axes."""
    return [text.get_text() for text in figure.axes[0].texts if text.get_fontsize() == 10]


def written(figure: Any) -> list[str]:
    """The numbers in the cells of its tables, panel by panel."""
    return [text.get_text() for text in figure.axes[0].texts if text.get_fontsize() == 11]
