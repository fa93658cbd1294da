"""Builds an assignment and proves it: the solution and the untouched release are graded in the sandbox."""

from pathlib import Path

from autograder.course import Course
from autograder.grading.assignment import imported_modules, make_assignment
from autograder.grading.grade import grade_content
from autograder.grading.submission import read_notebook
from autograder.notebooks.build import Built, build
from autograder.properties.questions import load_questions
from autograder.properties.soundness import require_sound
from autograder.results import Result
from autograder.sandbox.forkserver import ForkServer

# The proof asks the same on every build; grading draws from the course's own seed.
PROOF_SEED = 0


def build_assignment(course: Course, name: str) -> Built:
    """Build ``name``; raises BuildRefusedError, with nothing changed, when the proof fails."""
    require_sound(load_questions(course.questions(name)))
    with ForkServer(preload=imported_by_module(course.module(name))) as server:

        def prove(master: Path, notebook: Path) -> Result:
            assignment = make_assignment(name, read_notebook(master), master.parent, course.questions(name), PROOF_SEED)
            return grade_content(assignment, notebook.read_bytes(), notebook, server).result

        return build(course.root, name, prove)


def imported_by_module(module: Path) -> tuple[str, ...]:
    """What the solution module imports, as a notebook of one cell."""
    from nbformat.v4 import new_code_cell, new_notebook

    text = module.read_text(encoding="utf-8") if module.is_file() else ""
    return imported_modules(new_notebook(cells=[new_code_cell(text)]))
