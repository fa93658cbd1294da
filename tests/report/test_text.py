"""The report as plain text, and the paragraph that Validate shows."""

from dataclasses import replace

from autograder.report.content import details
from autograder.report.text import WIDTH, grid_lines, plain, summary_line, text
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult

HELD = CheckResult("q.held", "q", "It holds.", 2.5, 2.5, CheckStatus.PASSED)
FAILED = CheckResult("q.two", "q", "Nothing is changed.", 0, 1, CheckStatus.FAILED, "got 1, want 2", "X = 1\nf(X)")
X = Grid("X", ((1.0, -2.0, 3.0), (4.0, 5.0, 6.0)), None, ((0, 1), (0, 2), (1, 1), (1, 2)))
GOT = Grid("got", ((0.5, -1.25),), (0, 1))
FLIPPED = replace(
    FAILED, misconception="flipped", diagnosis="The kernel is flipped.", advice="Leave it as it stands.", grids=(X, GOT)
)


def test_grids_stand_side_by_side_with_their_marks() -> None:
    assert [*grid_lines((X, Grid("K", ((0.0, 10.0),)), GOT))] == [
        "X               K        got",
        " 1  (-2) (3)    0  10     0.5  [-1.25]",
        " 4   (5) (6)",
        "Wrong at row 0, column 1 (counted from 0), marked [ ]. It is computed from what is marked ( ).",
    ]


def test_grids_too_wide_for_one_line_go_below_one_another() -> None:
    wide = Grid("X", ((-1e-100,) * 9,) * 9, (8, 8))
    lines = [*grid_lines((wide, wide, X, GOT))]
    assert max(map(len, lines[:-1])) <= WIDTH
    assert sum(line.startswith("X") for line in lines) == 3
    assert lines[-4] == "X               got"


def test_a_grid_without_marks_has_no_room_for_them() -> None:
    assert [*grid_lines((Grid("kernel", ((1.0, -1.0),)),))] == ["kernel", "1  -1"]


def test_no_grids_are_no_lines() -> None:
    assert [*grid_lines(())] == []


def test_a_text_is_read_from_top_to_bottom() -> None:
    assert text("Title", QuestionResult("q", (HELD, FLIPPED))) == (
        "Title: 2.5 of 3.5 points\n"
        "✓ 1. It holds. [holds; 2.5 of 2.5]\n"
        "✗ 2. Nothing is changed. [does not hold; 0 of 1]\n"
        "    What it does: The kernel is flipped.\n"
        "    Smallest example:\n"
        "        X               got\n"
        "         1  (-2) (3)     0.5  [-1.25]\n"
        "         4   (5) (6)\n"
        "        Wrong at row 0, column 1 (counted from 0), marked [ ]. It is computed from what is marked ( ).\n"
        "        X = 1\n"
        "        f(X)\n"
        "    got 1, want 2\n"
        "    Try: Leave it as it stands."
    )


def test_what_several_properties_share_stands_under_the_points() -> None:
    lines = text("Title", QuestionResult("q", (FLIPPED, FLIPPED))).splitlines()
    assert lines[:4] == [
        "Title: 0 of 2 points",
        "What it does: The kernel is flipped.",
        "Try: Leave it as it stands.",
        "This explains both properties that do not hold.",
    ]
    assert lines[-1] == "✗ 2. Nothing is changed. [does not hold; 0 of 1]"


def test_the_verdict_does_not_hang_on_colour() -> None:
    late = replace(FAILED, id="q.three", status=CheckStatus.TIMEOUT, counterexample="", message="no answer within 5 s")
    lost = replace(late, id="q.four", status=CheckStatus.ERROR, message="the process ended")
    shown = text("Title", QuestionResult("q", (HELD, FAILED, late, lost)))
    assert (shown.count("✓"), shown.count("✗")) == (1, 3)
    for phrase in ("holds; 2.5 of 2.5", "does not hold; 0 of 1", "no answer in time; 0 of 1", "no answer; 0 of 1"):
        assert f"[{phrase}]" in shown


def test_lines_without_grids_keep_the_example() -> None:
    assert plain(details(FLIPPED), with_grids=False) == [
        "What it does: The kernel is flipped.",
        *("Smallest example:", "    X = 1", "    f(X)"),
        "got 1, want 2",
        "Try: Leave it as it stands.",
    ]


# ------------------------------------------------------------------------------------------------ the one paragraph


def test_a_summary_says_what_is_wrong_where_no_mistake_is_named() -> None:
    assert summary_line("Title", QuestionResult("q", (HELD, FAILED, FAILED))) == (
        "Title: 2.5 of 4.5 points. Not so: Nothing is changed. Smallest example: X = 1; f(X): got 1, want 2. "
        "1 more property does not hold."
    )


def test_a_summary_says_what_the_code_does_where_a_mistake_is_named() -> None:
    assert summary_line("Title", QuestionResult("q", (FAILED, FLIPPED, FAILED))) == (
        "Title: 0 of 3 points. The kernel is flipped. Smallest example: X = 1; f(X): got 1, want 2. "
        "Try: Leave it as it stands. 2 more properties do not hold."
    )


def test_a_summary_has_one_hint_and_rather_a_cause_than_advice() -> None:
    helped = replace(FAILED, cause="Perhaps this.", advice="Run it.")
    assert summary_line("Title", QuestionResult("q", (helped,))).endswith("got 1, want 2. Likely cause: Perhaps this.")
    assert summary_line("Title", QuestionResult("q", (replace(helped, cause=""),))).endswith("want 2. Try: Run it.")


def test_a_summary_of_full_marks_is_the_points() -> None:
    assert summary_line("Title", QuestionResult("q", (HELD,))) == "Title: 2.5 of 2.5 points."


def test_a_summary_of_a_stub_says_that_it_is_one() -> None:
    stub = replace(FAILED, misconception="unwritten", diagnosis="This is still to be written.")
    waiting = "Title: 0 of 2 points. Still to be written: 2 properties wait for an answer."
    assert summary_line("Title", QuestionResult("q", (stub, stub))) == waiting
    assert "The kernel is flipped." in summary_line("Title", QuestionResult("q", (stub, FLIPPED)))


def test_a_summary_stays_one_short_line_whatever_an_answer_says() -> None:
    loud = replace(FLIPPED, message="got\n" + "ValueError: no " * 1_000, counterexample="f(X)\n" * 1_000)
    line = summary_line("Title", QuestionResult("q", (loud, FAILED)))
    assert len(line) <= 500
    assert "\n" not in line
    assert "Here: got ValueError: no ValueError" in line
    assert line.endswith("Try: Leave it as it stands. 1 more property does not hold.")
