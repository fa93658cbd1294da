"""Which modules a fork server loads, so that no worker has to."""

from pathlib import Path

import pytest

from autograder.grading.imports import imported_modules, module_sources


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import torch.nn as nn, math", ("math", "torch.nn")),
        ("from skimage import data as d, transform", ("skimage", "skimage.data", "skimage.transform")),
        ("def f():\n    from numpy import linalg", ("numpy", "numpy.linalg")),
        ("from math import *", ("math",)),
        ("from . import sibling", ()),
        ("import autograder\nfrom autograder.check import check", ()),
        ("%matplotlib inline\nimport math", ()),
    ],
)
def test_what_code_imports_is_found_without_running_it(source: str, names: tuple[str, ...]) -> None:
    assert imported_modules([source]) == names


def test_the_modules_in_a_folder_count_wherever_they_lie_in_it(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "figures.py").write_text("import math")
    (tmp_path / "inner" / "more.py").write_text("import json")
    (tmp_path / "notes.txt").write_text("import os")
    (tmp_path / "questions.py").write_text("import hypothesis")
    assert imported_modules(module_sources(tmp_path)) == ("json", "math")
