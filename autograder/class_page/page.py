"""What the page says, in the order in which it says it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from autograder.class_page import plots, statistics
from autograder.class_page.evidence import GROUPS_SHOWN, Alike, Evidence
from autograder.class_page.names import Names
from autograder.class_page.reading import ClassRead, State, Submission
from autograder.report.content import points, points_of
from autograder.report.text import grid_lines
from autograder.results import total

LISTED = 50  # of a list of submissions; more are counted
SLOWEST = 5
NO_REASON_TO_TELL = "The reason names somebody or a path, and is left out."


@dataclass(frozen=True)
class Title:
    """A question by its number on the page."""

    number: int
    id: str
    words: str


@dataclass(frozen=True)
class Item:
    """A question or a property, with its statistics as they are shown."""

    words: str
    id: str
    max_points: float
    share: float
    lost: float
    unwritten: float
    discrimination: float | None


@dataclass(frozen=True)
class Section:
    """A question and its properties."""

    title: Title
    item: Item
    properties: tuple[Item, ...]


@dataclass(frozen=True)
class Mistake:
    """A misconception in a question. code: an answer that has it; counterexample: where it shows, as plain lines."""

    anchor: str
    name: str
    title: Title
    does: str
    advice: str
    count: int
    of: int
    code: str
    counterexample: str
    message: str


@dataclass(frozen=True)
class Plot:
    """A distribution as a picture, and the same as numbers."""

    svg: Markup
    caption: str
    across: str
    bins: tuple[plots.Bin, ...]


@dataclass(frozen=True)
class Group:
    """Answers that are alike. size: how many statements and expressions they have."""

    title: Title
    names: tuple[str, ...]
    size: int


@dataclass(frozen=True)
class Row:
    """A submission in the table of all. marks: points by question, with how much of it was lost, from 0 to 3."""

    name: str
    points: str
    marks: tuple[tuple[str, int], ...]
    mistakes: tuple[Mistake, ...]
    seconds: str
    note: str


@dataclass(frozen=True)
class Page:
    """All that the page holds."""

    assignment: str
    are_numbers: bool
    headline: tuple[str, ...]
    remarks: tuple[str, ...]
    max_points: float
    scores: Plot | None
    sections: tuple[Section, ...]
    mistakes: tuple[Mistake, ...]
    failed: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...]
    times: Plot | None
    slowest: tuple[tuple[str, str], ...]
    alike: tuple[Group, ...]
    alike_left: int
    rows: tuple[Row, ...]


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
        headline=_headline(assignment, read.submissions, mistakes),
        remarks=_remarks(graded),
        max_points=max((one.max_points for one in graded), default=0.0),
        scores=_scores(graded),
        sections=_sections(read.marks, numbered),
        mistakes=mistakes,
        failed=_listed(read.submissions, names, State.FAILED),
        waiting=_listed(read.submissions, names, State.WAITING),
        times=_times(graded),
        slowest=_slowest(read.submissions, names),
        alike=tuple(_group(one, numbered, names) for one in alike[:GROUPS_SHOWN]),
        alike_left=max(len(alike) - GROUPS_SHOWN, 0),
        rows=_rows(read, numbered, mistakes, names),
    )


def _headline(assignment: str, submissions: Sequence[Submission], mistakes: Sequence[Mistake]) -> tuple[str, ...]:
    """The class in a few sentences."""
    if not submissions:
        return (f"Nobody has handed in {assignment} yet.",)
    number = {state: sum(one.state is state for one in submissions) for state in State}
    graded = [one for one in submissions if one.state is State.GRADED]
    parts = [f"{count:,} {state.value}" for state, count in number.items() if count]
    sentences = [f"{_people(len(submissions))} handed in {assignment}: {', '.join(parts)}."]
    if len(graded) > 1:
        scores = pl.Series([one.points for one in graded])
        of = points(max(one.max_points for one in graded))
        mean, median = (_rounded(float(value)) for value in (scores.mean(), scores.median()))  # type: ignore[arg-type]
        sentences.append(f"On average {mean} of {of} points were earned; the median is {median}.")
    elif graded:
        sentences.append(f"It earned {points_of(graded[0].points, graded[0].max_points)} points.")
    if mistakes:
        first = mistakes[0]
        where = f"in {first.title.words}, {first.count:,} of {first.of:,} answers have the same mistake"
        alone = f"no mistake was made twice, and the one that cost most is in {first.title.words}"
        sentences.append(f"To talk about next: {where if first.count > 1 else alone}. {first.does}")
    elif graded and all(one.points == one.max_points for one in graded):
        sentences.append("Nobody lost a point.")
    elif graded:
        sentences.append("No mistake that has a name was found.")
    return tuple(sentences)


def _people(count: int) -> str:
    return "One student has" if count == 1 else f"{count:,} students have"


def _remarks(graded: Sequence[Submission]) -> tuple[str, ...]:
    """What limits the numbers."""
    changed = sum(one.has_changed for one in graded)
    unprotected = sum(not one.isolated for one in graded)
    remarks = []
    if len({one.max_points for one in graded}) > 1:
        remarks.append("Not all were graded by the same questions: grade the class again before you compare.")
    if changed:
        remarks.append(
            f"{_submissions(changed)} changed since being graded: the marks are of what was graded, and the code is "
            "left out here."
        )
    if unprotected:
        remarks.append(f"{_submissions(unprotected)} graded without isolation.")
    return tuple(remarks)


def _submissions(count: int) -> str:
    return "1 submission was" if count == 1 else f"{count:,} submissions were"


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
    return tuple((names.shown[place], _seconds(submissions[place])) for place in slowest)


def _group(one: Alike, titles: Mapping[str, Title], names: Names) -> Group:
    whose = sorted(one.holders, key=names.order().index) if names.are_numbers else one.holders
    return Group(titles[one.question], tuple(names.shown[place] for place in whose), one.size)


def _rows(read: ClassRead, titles: Mapping[str, Title], mistakes: Sequence[Mistake], names: Names) -> tuple[Row, ...]:
    marks = _marks(read.marks)
    made = _made(read.marks, mistakes)
    totals = {place: total([one.points]) for place, one in enumerate(read.submissions) if one.state is State.GRADED}
    columns = [totals.values(), *([own[id][0] for own in marks.values() if id in own] for id in titles)]
    of_total, *of_questions = map(_decimals, columns)

    def row(place: int) -> Row:
        one, own = read.submissions[place], marks.get(place, {})
        graded = one.state is State.GRADED
        cells = [
            (f"{own[id][0]:.{decimals}f}", own[id][1]) if id in own else ("–", 0)
            for id, decimals in zip(titles, of_questions, strict=True)
        ]
        return Row(
            names.shown[place],
            f"{totals[place]:.{of_total}f}" if graded else "–",
            tuple(cells),
            tuple(made.get(place, ())),
            _seconds(one) if graded else "–",
            "changed since" if one.has_changed else "" if graded else one.state.value,
        )

    return tuple(row(place) for place in names.order())


def _marks(marks: pl.DataFrame) -> Mapping[int, Mapping[str, tuple[float, int]]]:
    """The points for each question, and how much of it was lost, by the submission's place."""
    found: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    columns = "place", "question", "points", "max_points"
    for place, question, earned, possible in statistics.question_marks(marks).select(columns).iter_rows():
        found[place][question] = earned, _loss(earned / possible)
    return found


def _made(marks: pl.DataFrame, mistakes: Sequence[Mistake]) -> Mapping[int, Sequence[Mistake]]:
    """The mistakes of each submission, by its place."""
    named = {(one.title.id, one.name): one for one in mistakes}
    found: dict[int, list[Mistake]] = defaultdict(list)
    each = marks.select("place", "question", "misconception").unique(maintain_order=True)
    for place, question, name in each.iter_rows():
        if (question, name) in named:
            found[place].append(named[question, name])
    return found


def _decimals(column: Iterable[float]) -> int:
    """How many decimals a column's numbers need, so that they stand one under the other."""
    return max((len(points(number).partition(".")[2]) for number in column), default=0)


def _loss(share: float) -> int:
    """How much is lost, for a colour: nothing, less than half, more, all."""
    return 0 if share >= 1 else 1 if share >= 0.5 else 2 if share > 0 else 3


def _seconds(one: Submission) -> str:
    return f"{one.duration_s:.1f}"


def _rounded(value: float) -> str:
    return points(round(value, 1))
