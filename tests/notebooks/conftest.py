"""A small course in a temporary folder, with this repository's own nbgrader_config.py."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

MODULE = '''\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Doubling
#
# A lesson with a formula, $a < b$.

# %% given: setup
import math

# %% solution: double
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% check: double
# Run this cell as often as you like.

# %% answer: why [markdown] points=2
# Because the secret model answer says so.

# %%
double(math.pi)
'''


@pytest.fixture
def lesson() -> str:
    """The text of a small solution module."""
    return MODULE


@pytest.fixture
def points() -> dict[str, float]:
    """The points of its one question."""
    return {"double": 3.0}


@pytest.fixture
def make_course() -> Callable[[Path], Path]:
    """Makes a course with one assignment, `mini`, in a folder that does not exist yet, and returns the folder."""
    return _make_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The root of such a course."""
    return _make_course(tmp_path / "course")


def _make_course(root: Path) -> Path:
    folder = root / "source" / "mini"
    folder.mkdir(parents=True)
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    (folder / "mini.py").write_text(MODULE, encoding="utf-8")
    (folder / "questions.py").write_text("QUESTIONS = ()\n", encoding="utf-8")
    (folder / "figures.py").write_text("TITLE = 'figure'\n", encoding="utf-8")
    return root
