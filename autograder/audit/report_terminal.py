"""An audit for a terminal: what each property catches, what is wrong, and what is known of diagnoses."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.audit.findings import Audited, Findings, PropertyFinding
from autograder.report.content import points
from autograder.report.safe_text import one_line, without_commands

SURVIVING = (
    "add a property that catches it; an answer that is right after all belongs to right/, "
    "and a mutant that is, with the reason, into equivalent_mutants.txt"
)
TWO_NAMES = 'if the answer makes such a mistake too, add the name to its first line: "is this, that"'


def print_report(console: Console, audited: Audited, found: Findings) -> None:
    """Print all findings; the last lines say how it stands."""
    console.print(_table(audited, found.properties))
    for heading, lines in _lists(audited, found):
        if lines:
            _print(console, f"{heading}:")
            for line in lines:
                _print(console, f"  {line}")
    for line in summary(audited, found):
        _print(console, line, "green" if found.is_clean else "yellow")


def summary(audited: Audited, found: Findings) -> Sequence[str]:
    """How it stands, in a few sentences."""
    references = len(audited.questions)
    solutions = "solution" if references == 1 else "solutions"
    right = sum(entry.is_right for entry in audited.entries) - references
    wrong = len(audited.entries) - right - references
    naming = found.naming
    return (
        f"{audited.assignment}: {references} reference {solutions}, {right} right and {wrong} wrong answers, "
        f"{len(audited.mutants)} mutants in {audited.duration_s:g} s (seed {audited.seed}).",
        f"False rejects: {len(found.false_rejects)}; survivors: {len(found.survivors)}, beside mutants that are known "
        f"to be equivalent: {len(found.equivalents)}; broken expectations: {len(found.broken)}; "
        f"answers that could not be audited: {len(found.failures)}.",
        f"{len(naming.named)} of {len(naming.recorded)} recorded mistakes are named ({naming.share:.0%}), "
        f"{len(naming.wrongly)} wrongly.",
    )


def recorded_names(audited: Audited) -> dict[str, str]:
    """By answer of the catalogue, the mistakes that its first line records."""
    return {entry.name: ", ".join(entry.misconceptions) for entry in audited.entries}


def _table(audited: Audited, properties: Sequence[PropertyFinding]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, title="What each property catches", title_justify="left")
    made.add_column("Property", no_wrap=True)
    for heading in ("Points", "Wrong", "Mutants", "Alone", "Examples\nneeded"):
        made.add_column(heading, justify="right", no_wrap=True)
    for question in audited.questions:
        made.add_section()
        wrong = sum(entry.question == question.id and not entry.is_right for entry in audited.entries)
        mutants = sum(mutant.question == question.id for mutant in audited.mutants)
        made.add_row(Text(question.id, "bold"), points(question.points), f"of {wrong}", f"of {mutants}", "", "")
        for one in properties:
            if one.question == question.id:
                made.add_row(Text(f"  {one.id}"), *_cells(one))
    return made


def _cells(one: PropertyFinding) -> tuple[str, ...]:
    needed = "-" if one.needed is None else str(one.needed)
    caught = (str(len(one.wrong)), str(len(one.mutants)), str(len(one.alone)))
    return (points(one.points), *caught, f"{needed} of {one.examples}")


def _lists(audited: Audited, found: Findings) -> Iterable[tuple[str, Sequence[str]]]:
    """What there is to look at, by heading; a heading without lines has nothing."""
    naming = found.naming
    recorded = recorded_names(audited)
    yield "Could not be audited", [f"{answer}: {message}" for answer, message in found.failures.items()]
    yield (
        "Right answers that lose marks (false rejects)",
        list(_false_rejects(found)),
    )
    yield f"Wrong answers that keep all marks (survivors); {SURVIVING}", list(_survivors(found))
    yield (
        "First lines that are not borne out",
        [f"{one.answer} is {'caught' if one.was_caught else 'not caught'} by {one.property}" for one in found.broken],
    )
    yield (
        f"Wrongly named mistakes ({TWO_NAMES})",
        [f"{one.answer} is {recorded[one.answer]}: {one.property} says {one.misconception}" for one in naming.wrongly],
    )
    unnamed = [f"{answer} is {recorded[answer]}" for answer in naming.recorded if answer not in naming.named]
    yield "Recorded mistakes that no property names", unnamed
    yield (
        "Named mistakes of answers whose first line names none (add the name, or mend what gives it)",
        [f"{one.answer}: {one.property} says {one.misconception}" for one in naming.unrecorded],
    )
    yield (
        "Properties that could all be left out, and every wrong answer would still be caught",
        [f"{one.question}.{one.id}" for one in found.properties if one.is_redundant],
    )
    yield "Mutants that are known to be equivalent", [f"{id}: {why}" for id, why in found.equivalents.items()]
    yield "Listed as equivalent, but caught", found.caught_equivalents
    yield "Listed as equivalent, but no mutants any more", found.stale_equivalents


def _false_rejects(found: Findings) -> Iterable[str]:
    for one in found.false_rejects:
        told = "; ".join(f"{property}: {diagnosis}" for property, diagnosis in one.diagnoses.items())
        yield f"{one.answer}: {points(one.lost_points)} points, {points(one.allowed_points)} allowed: {told}"
        for property, example in one.examples.items():
            yield f"    {property}, for example:"
            yield from (f"      {line}" for line in example.call.splitlines())
            yield f"      got {example.got}, want {example.want}"


def _survivors(found: Findings) -> Iterable[str]:
    for one in found.survivors:
        if one.is_mutant:
            yield one.answer
            yield from (f"    {line}" for line in one.says.splitlines())
        else:
            yield f"{one.answer}: {one.says}"


def _print(console: Console, line: str, style: str = "") -> None:
    """One line, never wrapped: a piece of it that began a line could be an order to a CI system."""
    indent = line[: len(line) - len(line.lstrip())]
    console.print(Text(indent + without_commands(one_line(line)), style=style), soft_wrap=True)
