"""What one grading run asks of every submission: the released notebook, the questions, and their drawn examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import torch
from nbformat import NotebookNode

from autograder.errors import AutograderError
from autograder.grading.imports import imported_modules, module_sources, notebook_sources
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
        """The modules that the released notebook, and what was released beside it, import."""
        return imported_modules((*notebook_sources(self.master), *module_sources(self.files)))


def make_assignment(
    name: str, master: NotebookNode, files: Path, questions: Path, seed: int, device: Preference = "cpu"
) -> Assignment:
    """An assignment from a released notebook and a file of questions."""
    # Examples are tiny: threads would only wait for each other, and for those of the other grader processes.
    torch.set_num_threads(1)
    exam = load_exam(questions)
    drawn = {question.id: tuple(draw(item, seed) for item in question.properties) for question in exam.questions}
    return Assignment(name, master, files, exam.questions, drawn, seed, device, exam.limits)
