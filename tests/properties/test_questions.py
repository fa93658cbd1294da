"""What a file of questions may define, and what is said of one that cannot be used."""

from pathlib import Path

import pytest

from autograder.properties import SubmissionLimits
from autograder.properties.questions import QuestionsUnusable, load_exam

QUESTIONS = """
from hypothesis import strategies as st
from autograder.properties import Question, SubmissionLimits, plain
item = plain.number("f", "it", "It is its number.", 1, st.tuples(st.integers()), lambda n: n)
QUESTIONS = (Question("one", "One", (item,)),)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "questions.py"


def test_an_assignment_has_the_usual_limits_unless_it_states_others(file: Path) -> None:
    file.write_text(QUESTIONS)
    assert load_exam(file).limits == SubmissionLimits()
    file.write_text(QUESTIONS + "LIMITS = SubmissionLimits(cell_s=20, memory_mb=4000)\n")
    assert load_exam(file).limits == SubmissionLimits(cell_s=20, memory_mb=4000)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("LIMITS = {'cell_s': 20}", "defines LIMITS as {'cell_s': 20}"),
        ("LIMITS = SubmissionLimits(cell_s=-1)", "cell_s is -1, and has to be a number from 0.5 to 86400"),
        ("LIMIT = SubmissionLimits(cell_s=20)", "defines limits as LIMIT, and no LIMITS"),
        ("LIMITS = SubmissionLimits(120)", "takes 1 positional argument but 2 were given"),
        ("LIMITS = SubmissionLimits(cells=1)", "unexpected keyword argument 'cells'"),
        ("QUESTIONS = ()", "defines no QUESTIONS"),
        ("QUESTIONS += QUESTIONS", "two questions named one"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_so(file: Path, text: str, complaint: str) -> None:
    file.write_text(f"{QUESTIONS}{text}\n")
    with pytest.raises(QuestionsUnusable) as unusable:
        load_exam(file)
    assert complaint in str(unusable.value)


def test_a_missing_file_is_told_so(file: Path) -> None:
    with pytest.raises(QuestionsUnusable, match="There is no"):
        load_exam(file)
