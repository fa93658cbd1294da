"""An audit as one page: what each property catches, what is wrong, and every answer with every property."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.audit.findings import Audited, Findings, PropertyFinding
from autograder.audit.outcomes import Outcome, PropertyOutcome
from autograder.audit.report_terminal import SURVIVING, TWO_NAMES, recorded_names, summary
from autograder.properties.property import Question
from autograder.report.page import environment
from autograder.results import CheckStatus

SIGNS = {CheckStatus.PASSED: "·", CheckStatus.FAILED: "✗", CheckStatus.ERROR: "✗!", CheckStatus.TIMEOUT: "✗∞"}


@dataclass(frozen=True)
class Cell:
    """How one property fared with one answer. mark: "must" or "must not" where the answer's first line says so."""

    sign: str
    mark: str
    title: str


@dataclass(frozen=True)
class Row:
    """One answer. names: the misconceptions that its properties name. is_amiss: whether it fared as it should not."""

    answer: str
    says: str
    cells: tuple[Cell, ...]
    names: tuple[str, ...]
    is_amiss: bool


@dataclass(frozen=True)
class Section:
    """One question: what its properties do, and its answers."""

    question: Question
    properties: tuple[PropertyFinding, ...]
    right: tuple[Row, ...]
    wrong: tuple[Row, ...]
    mutants: tuple[Row, ...]


def html_report(audited: Audited, found: Findings) -> bytes:
    """The page in UTF-8: it stands alone, runs nothing, and everything in it that an answer chose is escaped."""
    templates = environment("autograder.audit")
    page = templates.get_template("report.html.jinja").render(
        audited=audited,
        found=found,
        summary=summary(audited, found),
        surviving=SURVIVING,
        two_names=TWO_NAMES,
        recorded=recorded_names(audited),
        sections=[_section(audited, found, question) for question in audited.questions],
        unnamed=[answer for answer in found.naming.recorded if answer not in found.naming.named],
    )
    return page.encode("utf-8", "backslashreplace")


def _section(audited: Audited, found: Findings, question: Question) -> Section:
    amiss = {
        *(one.answer for one in found.false_rejects),
        *(one.answer for one in found.survivors),
        *(one.answer for one in found.broken),
    }

    def row(
        outcome: Outcome, says: str, must: frozenset[str] = frozenset(), must_not: frozenset[str] = frozenset()
    ) -> Row:
        names = tuple(dict.fromkeys(one.misconception for one in outcome.lost if one.misconception))
        cells = tuple(_cell(one, must, must_not) for one in outcome.properties)
        return Row(outcome.answer, says, cells, names, outcome.answer in amiss)

    def entries(right: bool) -> Sequence[Row]:
        return [
            row(outcome, entry.says, entry.caught_by, entry.keeps)
            for entry, outcome in audited.of_entries(right=right)
            if entry.question == question.id
        ]

    return Section(
        question,
        tuple(one for one in found.properties if one.question == question.id),
        tuple(entries(True)),
        tuple(entries(False)),
        tuple(row(outcome, "") for mutant, outcome in audited.of_mutants() if mutant.question == question.id),
    )


def _cell(one: PropertyOutcome, must: frozenset[str], must_not: frozenset[str]) -> Cell:
    mark = "must" if one.property in must else "must not" if one.property in must_not else ""
    first = f", first at example {one.first_failing + 1}" if one.first_failing is not None else ""
    title = f"{one.property}: {one.status.value}{first}. {one.diagnosis}".strip()
    return Cell(SIGNS[one.status], mark, title)
