"""Builds an assignment and proves it: the solution and the untouched release are graded in the sandbox."""

from pathlib import Path

from autograder.course import Course
from autograder.grading.assignment import make_assignment
from autograder.grading.grade import grade_content
from autograder.grading.imports import imported_modules, module_sources
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
    with ForkServer(preload=imported_modules(module_sources(course.module(name).parent))) as server:

        def prove(master: Path, notebook: Path) -> Result:
            assignment = make_assignment(name, read_notebook(master), master.parent, course.questions(name), PROOF_SEED)
            return grade_content(assignment, notebook.read_bytes(), notebook, server).result

        return build(course.root, name, prove)
