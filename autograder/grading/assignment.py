"""What one grading run asks of every submission: the released notebook, the questions, and their drawn examples."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import torch
from nbformat import NotebookNode

from autograder.errors import AutograderError
from autograder.probe.devices import Preference
from autograder.properties.examples import Drawn, draw
from autograder.properties.limits import SubmissionLimits
from autograder.properties.property import Question
from autograder.properties.questions import load_exam


class NotBuilt(AutograderError):
    """The assignment has no release yet."""


@dataclass(frozen=True)
class Assignment:
    """An assignment, ready to grade with.

    master: the released notebook. files: the folder whose other files a notebook may read. drawn: the cases of each
    question's properties, by question id. limits: what one submission may use.
    """

    name: str
    master: NotebookNode
    files: Path
    questions: tuple[Question, ...]
    drawn: Mapping[str, tuple[Drawn, ...]]
    seed: int
    device: Preference
    limits: SubmissionLimits

    @property
    def max_score(self) -> float:
        return round(sum(question.points for question in self.questions), 3)

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The modules that the released notebook imports: a fork server that has them saves every worker the time."""
        return imported_modules(self.master)


def make_assignment(
    name: str, master: NotebookNode, files: Path, questions: Path, seed: int, device: Preference = "cpu"
) -> Assignment:
    """An assignment from a released notebook and a file of questions."""
    # Examples are tiny: threads would only wait for each other, and for those of the other grader processes.
    torch.set_num_threads(1)
    exam = load_exam(questions)
    drawn = {question.id: tuple(draw(item, seed) for item in question.properties) for question in exam.questions}
    return Assignment(name, master, files, exam.questions, drawn, seed, device, exam.limits)


def imported_modules(notebook: NotebookNode) -> tuple[str, ...]:
    """The absolute modules that a notebook's code cells import, sorted; cells that are no plain Python are left out."""
    names: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    return tuple(sorted(names))
