"""nbgrader in this process leaves the process as it was."""

import os
from pathlib import Path

import pytest
from nbgrader.converters import Autograde
from nbgrader.utils import setenv
from tests_support import make_course

from autograder.course import Course
from autograder.grading.nbgrader_run import Nbgrader, NotConverted


class Broken(Autograde):
    """Fails where a run of the cells fails."""

    def start(self) -> None:
        with setenv(NBGRADER_EXECUTION="autograde"):
            raise RuntimeError("on the way")


def test_an_error_in_the_middle_of_a_run_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ)
    with Nbgrader(Course(make_course(tmp_path))) as nbgrader, pytest.raises(NotConverted, match="on the way"):
        nbgrader.convert(Broken, "conv_layer", "ada")
    assert dict(os.environ) == before
