"""What the page says, in the order in which it says it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl

from autograder.class_page import plots, statistics
from autograder.class_page.content import Group, Item, Mistake, Page, Plot, Section, Title
from autograder.class_page.evidence import GROUPS_SHOWN, Evidence
from autograder.class_page.headline import headline, remarks
from autograder.class_page.names import Names
from autograder.class_page.reading import ClassRead, State, Submission
from autograder.class_page.rows import rows, seconds
from autograder.report.content import points
from autograder.report.text import grid_lines

LISTED = 50  # of a list of submissions; more are counted
SLOWEST = 5
NO_REASON_TO_TELL = "The reason names somebody or a path, and is left out."


def make_page(assignment: str, read: ClassRead, evidence: Evidence, titles: Mapping[str, str], names: Names) -> Page:
    """The page on a class. titles: of the questions, by id."""
    known = [str(id) for id in read.marks["question"].unique(maintain_order=True)]
    order = [*(id for id in titles if id in known or not known), *(id for id in known if id not in titles)]
    numbered = {id: Title(number, id, titles.get(id, id)) for number, id in enumerate(order, 1)}
    graded = [one for one in read.submissions if one.state is State.GRADED]
    mistakes = _mistakes(read.marks, evidence, numbered, names)
    alike = evidence.alike()
    return Page(
        assignment=assignment,
        are_numbers=names.are_numbers,
        headline=headline(assignment, read.submissions, mistakes),
        remarks=remarks(graded),
        max_points=max((one.max_points for one in graded), default=0.0),
        scores=_scores(graded),
        sections=_sections(read.marks, numbered),
        mistakes=mistakes,
        unnamed=tuple((numbered[row["question"]], row["count"]) for row in statistics.unnamed(read.marks).to_dicts()),
        failed=_listed(read.submissions, names, State.FAILED),
        waiting=_listed(read.submissions, names, State.WAITING),
        times=_times(graded),
        slowest=_slowest(read.submissions, names),
        alike=tuple(
            Group(numbered[one.question], tuple(names.shown[at] for at in one.holders), one.size)
            for one in alike[:GROUPS_SHOWN]
        ),
        alike_left=max(len(alike) - GROUPS_SHOWN, 0),
        rows=rows(read, numbered, mistakes, names),
    )


def _scores(graded: Sequence[Submission]) -> Plot | None:
    if len(graded) < 2:
        return None
    values, top = [one.points for one in graded], max(one.max_points for one in graded)
    return _plot("scores", values, top, "Points", "How many submissions earned how many points")


def _times(graded: Sequence[Submission]) -> Plot | None:
    if len(graded) < 2:
        return None
    values = [one.duration_s for one in graded]
    return _plot("times", values, max(values), "Seconds", "How many submissions took how long to grade")


def _plot(name: str, values: Sequence[float], top: float, across: str, caption: str) -> Plot:
    counted = plots.bins(values, top)
    most = max(counted, key=lambda one: one.count)
    words = (
        f"Bars for {points(counted[0].start)} to {points(counted[-1].end)} {across.lower()}. The highest, "
        f"{most.count} of {len(values)}, is from {points(most.start)} to {points(most.end)}. The numbers are in the "
        "table that follows."
    )
    return Plot(plots.histogram(name, counted, across, caption, words), caption, across, counted)


def _sections(marks: pl.DataFrame, titles: Mapping[str, Title]) -> tuple[Section, ...]:
    properties: dict[str, list[Item]] = defaultdict(list)
    for row in statistics.by_property(marks).to_dicts():
        properties[row["question"]].append(_item(row, row["statement"], row["property"]))
    questions = {row["question"]: row for row in statistics.by_question(marks).to_dicts()}
    return tuple(
        Section(title, _item(questions[id], title.words, id), tuple(properties[id]))
        for id, title in titles.items()
        if id in questions
    )


def _item(row: Mapping[str, float], words: str, id: str) -> Item:
    return Item(words, id, row["max_points"], row["share"], row["lost"], row["unwritten"], row["discrimination"])


def _mistakes(
    marks: pl.DataFrame, evidence: Evidence, titles: Mapping[str, Title], names: Names
) -> tuple[Mistake, ...]:
    answered = statistics.question_marks(marks).filter(~pl.col("unwritten"))
    of = {row["question"]: row["len"] for row in answered.group_by("question").len().to_dicts()}
    found = []
    for number, row in enumerate(statistics.mistakes(marks).to_dicts(), 1):
        key = row["question"], row["misconception"]
        check = evidence.checks[key]
        where = "\n".join([*grid_lines(check.grids), *check.counterexample.splitlines()])
        message = "" if names.are_numbers else check.message  # may have words of a student's
        code = evidence.examples.get(key, "")
        title = titles[row["question"]]
        found.append(
            Mistake(
                f"m{number}", row["misconception"], title, check.diagnosis, check.advice, row["count"],
                of[row["question"]], code, where, message,
            )
        )  # fmt: skip
    return tuple(found)


def _listed(submissions: Sequence[Submission], names: Names, state: State) -> tuple[tuple[str, str], ...]:
    """Those of a state, and why."""
    those = [place for place in names.order() if submissions[place].state is state]
    reasons = [submissions[place].reason for place in those]
    told = [reason if names.may_stand(reason) else NO_REASON_TO_TELL for reason in reasons]
    return tuple(zip([names.shown[place] for place in those], told, strict=True))


def _slowest(submissions: Sequence[Submission], names: Names) -> tuple[tuple[str, str], ...]:
    graded = [place for place in names.order() if submissions[place].state is State.GRADED]
    slowest = sorted(graded, key=lambda place: -submissions[place].duration_s)[:SLOWEST]
    return tuple((names.shown[place], seconds(submissions[place])) for place in slowest)
