from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from autograder.report.annotations import SHOWN, Place, annotations, command
from autograder.results import QuestionResult, Result

PLACE = Place("conv_layer.ipynb", {"corr2d": (12, 20)})
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n%:,;=#[]3AD025 "))


def received(line: str) -> tuple[str, dict[str, str], str]:
    """An order as GitHub's runner reads it: name, properties, message."""
    assert "\n" not in line
    assert "\r" not in line
    info, _, message = line.lstrip().removeprefix("::").partition("::")
    name, _, told = info.partition(" ")
    properties = dict(part.split("=", 1) for part in told.strip().split(",") if "=" in part)
    escapes = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
    for escape, character in escapes:
        message = message.replace(escape, character)
    for escape, character in (*escapes[:2], ("%3A", ":"), ("%2C", ","), escapes[2]):
        properties = {key: value.replace(escape, character) for key, value in properties.items()}
    return name, properties, message


def test_a_question_that_loses_points_is_noted_at_its_cell(graded: Result) -> None:
    first, second = map(received, annotations([graded], [PLACE]))
    assert first[:2] == (
        "error",
        {"file": "conv_layer.ipynb", "line": "12", "endLine": "20", "title": "corr2d: 2 of 3.5 points"},
    )
    assert "got 3., want 4." in first[2]
    assert second[1]["title"] == "conv: 0 of 1 points"
    assert second[1]["line"] == "1"  # its cell was not found


def test_the_costliest_come_first_and_the_others_are_counted(graded: Result) -> None:
    check = graded.checks[2]
    questions = tuple(
        QuestionResult(f"q{points}", (replace(check, max_score=points),)) for points in range(1, SHOWN + 4)
    )
    lines = [received(line) for line in annotations([replace(graded, questions=questions)], [PLACE])]
    assert [name for name, _, _ in lines] == ["error"] * SHOWN + ["notice"]
    assert lines[0][1]["title"] == f"q{SHOWN + 3}: 0 of {SHOWN + 3} points"
    assert lines[-1][2] == "3 more lose points: see the log."


def test_full_marks_have_no_notes(graded: Result) -> None:
    held = replace(graded.questions[0], checks=graded.questions[0].checks[:1])
    assert annotations([replace(graded, questions=(held,))], [PLACE]) == []


def test_a_submission_that_could_not_be_graded_is_noted_once(unreadable: Result) -> None:
    (line,) = annotations([unreadable], [PLACE])
    assert received(line)[1]["title"] == "Could not be graded"
    assert received(line)[2] == "not a notebook"


def orders(lines: Sequence[str]) -> list[str]:
    return [line for line in "\n".join(lines).splitlines() if line.lstrip().startswith("::") or "##[" in line]


def test_hostile_words_begin_no_order_of_their_own(hostile: Result, hostile_error: Result) -> None:
    place = Place("::error::x,line=9\n##[error].ipynb", {"corr2d": (1, 2)})
    lines = annotations([hostile, hostile_error], [place, place])
    assert len(orders(lines)) == len(lines) == 2
    for line in lines:
        name, properties, message = received(line)
        assert (name, list(properties)) == ("error", ["file", "line", "endLine", "title"])
        assert properties["line"] == "1"
        assert len(message) < 1_100
        assert "\x1b" not in line


@given(ANY_TEXT, ANY_TEXT)
def test_whatever_is_said_arrives_as_one_order(title: str, message: str) -> None:
    title, message = title.replace("##[", ""), message.replace("##[", "")
    line = command("error", {"title": title, "line": "7"}, message)
    assert line.startswith("::error ")
    name, properties, heard = received(line)
    assert (name, heard, properties["line"]) == ("error", message, "7")
    assert properties["title"] == title
