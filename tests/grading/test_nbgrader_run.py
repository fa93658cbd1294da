"""nbgrader in this process leaves the process as it was."""

import os
from pathlib import Path

import pytest
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from nbformat.v4 import new_code_cell
from nbgrader.converters import Autograde
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3
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
    with Nbgrader(Course(make_course(tmp_path))) as nbgrader:
        before = dict(os.environ)
        with pytest.raises(NotConverted, match="on the way"):
            nbgrader.convert(Broken, "conv_layer", "ada")
    assert dict(os.environ) == before


def test_every_cells_metadata_are_validated_as_ever_and_the_schema_itself_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[object] = []
    monkeypatch.setattr(validator_for(MetadataValidatorV3().schema), "check_schema", checked.append)
    answer = {"schema_version": 3, "grade_id": "x", "grade": "yes", "solution": True, "locked": False, "task": False}
    wrong = new_code_cell(metadata={"nbgrader": answer})
    with pytest.raises(ValidationError) as stock:
        MetadataValidatorV3().validate_cell(wrong)
    checked.clear()
    with Nbgrader(Course(make_course(tmp_path))):
        for _ in range(2):
            with pytest.raises(ValidationError) as ours:
                MetadataValidatorV3().validate_cell(wrong)
            assert str(ours.value) == str(stock.value)
    assert len(checked) == 1
