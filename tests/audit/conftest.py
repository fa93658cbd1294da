"""A small course with a catalogue of its own, in a temporary folder."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from autograder.audit.command import audit_plan
from autograder.audit.findings import Audited
from autograder.audit.plan import make_plan
from autograder.course import Course
from autograder.grading.settings import GradingSettings

ROOT = Path(__file__).resolve().parents[2]

MODULE = '''\
# %% given: setup
import math

# %% given: figure
raise RuntimeError("a figure that nobody needs")

# %% solution: double
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% check: double

# %% solution: rectangle
def area(a, b):
    ### BEGIN SOLUTION
    return a * b
    ### END SOLUTION


def perimeter(a, b):
    ### BEGIN SOLUTION
    return double(a + b)
    ### END SOLUTION

# %% check: rectangle
'''

QUESTIONS = """\
from dataclasses import replace

from hypothesis import strategies as st

from autograder.properties import Question, plain
from autograder.properties.plain import NumberMistake

sides = st.tuples(st.integers(-9, 9), st.integers(-9, 9))
squared = NumberMistake("squared", "It squares the number.", "Multiply by two.", lambda x: x * x)


def quick(item):
    return replace(item, time_limit_s=0.3)


QUESTIONS = (
    Question(
        "double",
        "Doubling",
        (
            quick(plain.number(
                "double", "values", "Twice the number.", 2, st.tuples(st.integers(-9, 9)), lambda x: 2 * x,
                mistakes=(squared,),
            )),
            quick(plain.number("double", "zero", "Nothing for zero.", 1, st.just((0,)), lambda x: 0)),
        ),
    ),
    Question(
        "rectangle",
        "Rectangles",
        (
            quick(plain.number("area", "area", "The area is right.", 1, sides, lambda a, b: a * b)),
            quick(plain.number("perimeter", "perimeter", "So is the way round.", 1, sides, lambda a, b: 2 * (a + b))),
        ),
    ),
)
"""

CATALOGUE = {
    "wrong/double/squared": "# wrong: squares; is squared; caught by values; keeps zero\n"
    "def double(x):\n    return x * x\n",
    "wrong/double/one_more": "# wrong: adds one; caught by values, zero\ndef double(x):\n    return 2 * x + 1\n",
    "wrong/rectangle/half_way": "# wrong: two sides only; caught by perimeter; keeps area\n"
    "def perimeter(a, b):\n    return a + b\n",
    "right/double/sum": "# right: adds\ndef double(x):\n    return x + x\n",
}


def write_course(folder: Path, catalogue: dict[str, str]) -> Course:
    """A course with the assignment `tiny` and these answers in its catalogue."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    source = folder / "source" / "tiny"
    source.mkdir(parents=True)
    (source / "tiny.py").write_text(MODULE)
    (source / "questions.py").write_text(QUESTIONS)
    for name, text in catalogue.items():
        path = folder / "tests" / "submissions" / "tiny" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Course(folder)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return write_course(tmp_path, CATALOGUE)


@pytest.fixture
def audit_course() -> Callable[[Course], Audited]:
    """Audits the catalogue of such a course, without mutants, in this process."""

    def audited(course: Course) -> Audited:
        threads = torch.get_num_threads()
        try:
            return audit_plan(course, "tiny", make_plan(course, "tiny", with_mutants=False), GradingSettings(7), 1)
        finally:
            torch.set_num_threads(threads)

    return audited
