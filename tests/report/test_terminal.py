from dataclasses import replace
from io import StringIO

from rich.console import Console

from autograder.report.terminal import (
    details,
    line,
    print_details,
    print_line,
    print_missed,
    print_summary,
    summary,
    table,
)
from autograder.results import Brief, Result, ResultStatus


def shown(results: list[Result], width: int = 100) -> tuple[str, str]:
    """The lines and the table as a CI log has them."""
    lines, final = StringIO(), StringIO()
    for result in results:
        print_line(Console(file=lines, width=width), result)
    Console(file=final, width=width).print(table(results))
    return lines.getvalue(), final.getvalue()


def test_a_line_has_points_and_properties(graded: Result) -> None:
    assert line(graded).plain == "ann: ann/conv_layer.ipynb: 2 of 4.5 points, 1 of 3 properties hold, 1.2 s"


def test_a_line_says_why_a_submission_could_not_be_graded(unreadable: Result) -> None:
    assert line(unreadable).plain == "bob: bob/conv_layer.ipynb: could not be graded: not a notebook"


def test_a_line_is_one_line_however_long(hostile: Result, hostile_error: Result) -> None:
    printed, _ = shown([hostile, hostile_error], width=40)
    assert printed.count("\n") == 2
    assert len(printed) < 2_000


def test_the_table_has_a_row_for_each_submission_in_the_order_given(graded: Result, unreadable: Result) -> None:
    _, printed = shown([unreadable, graded], width=140)
    assert printed.index("bob") < printed.index("ann")
    assert "2 of 4.5" in printed
    assert "could not be graded" in printed


def summed_up(briefs: list[Brief]) -> str:
    printed = StringIO()
    Console(file=printed, width=140).print(summary(briefs))
    return printed.getvalue()


def test_the_summary_counts_says_who_took_longest_and_who_was_not_graded(graded: Result, unreadable: Result) -> None:
    told = summed_up([unreadable.brief(), graded.brief(), replace(graded, student="cat").brief(kept=True)])
    assert "3 submissions, 2 points on average, 1 graded before and left as they are" in told
    assert "1 could not be graded" in told
    assert "longest: ann 1.2 s" in told
    assert "not graded: bob: not a notebook" in told


def test_a_larger_class_is_told_how_its_points_are_spread(graded: Result, unreadable: Result) -> None:
    told = summed_up([*[graded.brief()] * 30, *[unreadable.brief()] * 30])
    (row,) = (line for line in told.splitlines() if "█" in line)
    assert row.split()[-1] == "30"
    assert "and 10 more that could not be graded" in told


def test_a_summary_of_nobody_can_be_printed() -> None:
    assert "0 submissions" in summed_up([])


def printed_missed(briefs: list[Brief], mark: str) -> str:
    printed = StringIO()
    print_missed(Console(file=printed, width=40), briefs, mark)
    return printed.getvalue()


def test_few_who_are_below_the_pass_mark_are_named_and_many_counted(graded: Result) -> None:
    ann, bob = graded.brief(), replace(graded, student="", notebook="bob.ipynb").brief()
    assert printed_missed([ann, bob], "75%") == "below 75%: ann (2), bob.ipynb (2)\n"
    assert printed_missed([ann] * 21, "30") == "below 30: 21 submissions\n"


def test_no_line_is_broken_where_its_rest_would_be_an_order(graded: Result) -> None:
    wordy = replace(graded.checks[1], message=f"{'word ' * 7}::error::forged {'word ' * 7}::error::forged")
    result = replace(graded, questions=(replace(graded.questions[0], checks=(wordy,)),))
    failed = replace(result, status=ResultStatus.ERROR, message=wordy.message).brief()
    for width in range(20, 60):
        printed = StringIO()
        console = Console(file=printed, width=width)
        print_details(console, result)
        print_summary(console, [failed])
        assert printed.getvalue().count("::error::") >= 4
        assert not any(one.lstrip().startswith("::") for one in printed.getvalue().split("\n"))


def test_hostile_words_in_a_summary_give_no_orders(hostile: Result, hostile_error: Result) -> None:
    for one in summed_up([hostile.brief(), hostile_error.brief()]).split("\n"):
        assert "\x1b" not in one
        assert "##[" not in one
        assert not one.lstrip().startswith("::")


def test_an_empty_table_can_be_printed() -> None:
    assert "Submission" in shown([])[1]


def test_hostile_words_are_shown_as_they_are_written_and_give_no_orders(hostile: Result, hostile_error: Result) -> None:
    for width in (30, 100):
        printed = [*shown([hostile, hostile_error], width), details(hostile), details(hostile_error)]
        assert all("[red]" in text.replace("\n", "") for text in (printed[0], *printed[2:]))
        for one in "".join(printed).split("\n"):
            assert "\x1b" not in one
            assert "##[" not in one
            assert not one.lstrip().startswith("::")


def test_markup_is_not_interpreted(graded: Result) -> None:
    name = "[bold]x[/bold] :smile:.ipynb"
    for printed in shown([replace(graded, notebook=name, student="")]):
        assert name in printed


def test_details_have_every_property_and_what_is_wrong(graded: Result) -> None:
    told = details(graded)
    assert told.startswith("ann: ann/conv_layer.ipynb: 2 of 4.5 points (cpu, 1.2 s)\n")
    assert "The values are right." in told
    assert "corr2d(X[::-1], K)" in told
    assert "got 3., want 4." in told
    assert "What is known: 1 of 3 examples is answered rightly." in told
    assert "(1) (inf)" in told
    assert "[-0.5]" in told
    assert "Likely cause: Strides are ignored." in told
    assert "Try: Go by indices." in told
    assert "no answer in 5 s" in told


def test_details_of_an_ungraded_submission_say_why(unreadable: Result) -> None:
    assert "Could not be graded: not a notebook" in details(unreadable)


def test_one_endless_message_hides_no_other_property(graded: Result) -> None:
    endless = replace(graded.checks[1], message="x" * 1_000_000)
    told = details(replace(graded, questions=(replace(graded.questions[0], checks=(endless, graded.checks[0])),)))
    assert len(told) < 20_000
    assert "The values are right." in told
