"""What a report tells: everything once, in an order to read it in, and mistakes that explain much before all else."""

from dataclasses import replace

from autograder.report.content import SEE_TOP, Content, Example, Note, Said, content, details, listed
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult

GRID = Grid("X", ((1.0,),))
HELD = CheckResult("q.held", "q", "It holds.", 2.0, 2.0, CheckStatus.PASSED)
FLIPPED = CheckResult(
    "q.one", "q", "One.", 0, 1, CheckStatus.FAILED, "got 1, want 2", "f(X)", "", "By the way.", "flipped",
    "The kernel is flipped.", "Leave it as it stands.", (GRID,),
)  # fmt: skip
UNCLEAR = replace(FLIPPED, misconception="", diagnosis="3 of 4 are right.", cause="Perhaps this.", advice="Run it.")
STUB = replace(FLIPPED, misconception="unwritten", diagnosis="This is still to be written.", message="got an error")


def report(*checks: CheckResult) -> Content:
    return content("Title", QuestionResult("q", checks))


def test_a_mistake_comes_first_then_the_example_what_came_of_it_and_advice() -> None:
    assert details(FLIPPED) == (
        Said("The kernel is flipped.", "What it does"),
        Example("f(X)", (GRID,)),
        Said("got 1, want 2"),
        Said("Leave it as it stands.", "Try"),
        Note("By the way."),
    )


def test_where_no_mistake_is_named_what_is_known_is_not_told_as_one() -> None:
    assert details(UNCLEAR) == (
        Said("3 of 4 are right.", "What is known"),
        Example("f(X)", (GRID,)),
        Said("got 1, want 2"),
        Said("Perhaps this.", "Likely cause"),
        Said("Run it.", "Try"),
        Note("By the way."),
    )


def test_of_a_property_that_holds_nothing_more_is_told() -> None:
    assert details(HELD) == ()


def test_a_mistake_that_explains_all_failures_stands_at_the_top_and_has_one_example() -> None:
    told = report(HELD, FLIPPED, replace(FLIPPED, message="got 3, want 4", counterexample="g(X)"))
    assert told.top == (
        (
            Said("The kernel is flipped.", "What it does"),
            Said("Leave it as it stands.", "Try"),
            Said("This explains both properties that do not hold."),
        ),
    )
    assert [row.parts for row in told.rows] == [
        (),
        (Example("f(X)", (GRID,)), Said("got 1, want 2"), Note("By the way.")),
        (),
    ]


def test_a_mistake_that_explains_some_failures_says_which() -> None:
    told = report(FLIPPED, UNCLEAR, HELD, FLIPPED, FLIPPED)
    assert told.top[0][-1] == Said("This explains 3 of the 4 properties that do not hold: 1, 4 and 5.")
    assert [row.number for row in told.rows] == ["1. ", "2. ", "3. ", "4. ", "5. "]
    assert Said("Run it.", "Try") in told.rows[1].parts
    assert [Note(SEE_TOP) in row.parts for row in told.rows] == [True, False, False, True, True]
    assert told.rows[4].parts == (Note(SEE_TOP),)


def test_a_mistake_that_explains_three_failures_of_three_needs_no_list() -> None:
    assert report(FLIPPED, FLIPPED, FLIPPED).top[0][-1] == Said("This explains all 3 properties that do not hold.")


def test_a_mistake_of_one_property_stands_with_it() -> None:
    told = report(HELD, FLIPPED)
    assert told.top == ()
    assert told.rows[1].parts == details(FLIPPED)


def test_mistakes_of_one_name_that_do_different_things_are_not_mixed_up() -> None:
    other = replace(FLIPPED, diagnosis="The other kernel is flipped.")
    assert report(FLIPPED, other).top == ()
    assert [block[0].text for block in report(FLIPPED, other, FLIPPED, other).top] == [
        "The kernel is flipped.",
        "The other kernel is flipped.",
    ]


def test_an_example_is_shown_once_and_advice_is_given_once() -> None:
    told = report(UNCLEAR, replace(UNCLEAR, diagnosis="2 of 4 are right."), replace(UNCLEAR, message="got 5, want 6"))
    assert told.rows[0].parts == details(UNCLEAR)
    assert told.rows[1].parts == (
        Said("2 of 4 are right.", "What is known"),
        Said("as for property 1, and with the same answer.", "Smallest example"),
        Said("Perhaps this.", "Likely cause"),
        Note("By the way."),
    )
    assert Example("f(X)", (GRID,)) in told.rows[2].parts
    assert Said("Run it.", "Try") not in told.rows[2].parts


def test_a_message_without_an_example_is_said_for_each_property() -> None:
    late = replace(HELD, status=CheckStatus.TIMEOUT, message="no answer within 5 s")
    assert [row.parts for row in report(late, late).rows] == [(Said("no answer within 5 s"),)] * 2


def test_what_is_still_to_be_written_has_no_example() -> None:
    told = report(STUB, STUB, FLIPPED)
    assert told.top == ()
    assert [row.parts for row in told.rows[:2]] == [(Note("This is still to be written."),)] * 2


def test_a_question_that_is_all_still_to_be_written_is_one_sentence() -> None:
    told = report(STUB, STUB)
    assert told.top == ((Said("Still to be written: 2 properties wait for an answer."),),)
    assert told.rows == ()
    assert report(STUB).top == ((Said("Still to be written: 1 property waits for an answer."),),)


def test_a_single_property_has_no_number() -> None:
    assert [row.number for row in report(FLIPPED).rows] == [""]


def test_lists_read_as_sentences() -> None:
    assert [listed(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
