"""What an audit found out: pure functions from what came of each answer."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from autograder.audit.catalogue import Entry
from autograder.audit.mutants import Mutant
from autograder.audit.outcomes import Outcome
from autograder.properties.property import Finding, Question
from autograder.results import total

SAME_PROGRAM = "it compiles to the same program"


@dataclass(frozen=True)
class Audited:
    """Everything that was audited, and what came of it.

    questions: those that were audited. entries: the catalogue's answers to them, and their reference solutions as
    right ones. equivalents: the listed equivalent mutants of these questions, with the reason for each. outcomes: by
    the entry's name or the mutant's id; mutants that compile to the reference itself have none.
    """

    assignment: str
    seed: int
    questions: tuple[Question, ...]
    entries: tuple[Entry, ...]
    mutants: tuple[Mutant, ...]
    equivalents: Mapping[str, str]
    outcomes: Mapping[str, Outcome]
    duration_s: float

    def of_entries(self, *, right: bool) -> tuple[tuple[Entry, Outcome], ...]:
        """The right or the wrong answers of the catalogue that could be audited, with what came of each."""
        found = ((entry, self.outcomes[entry.name]) for entry in self.entries if entry.is_right is right)
        return tuple((entry, outcome) for entry, outcome in found if not outcome.failure)

    def of_mutants(self) -> tuple[tuple[Mutant, Outcome], ...]:
        """The mutants that could be audited, with what came of each."""
        found = ((mutant, self.outcomes[mutant.id]) for mutant in self.mutants if not mutant.is_equivalent)
        return tuple((mutant, outcome) for mutant, outcome in found if not outcome.failure)


@dataclass(frozen=True)
class FalseReject:
    """A right answer that lost more points than it may.

    diagnoses: what it was told, by property. examples: by property an example that it was found wrong on, to mend the
    property by; none where no example failed.
    """

    answer: str
    lost_points: float
    allowed_points: float
    diagnoses: Mapping[str, str]
    examples: Mapping[str, Finding] = field(default_factory=dict)


@dataclass(frozen=True)
class Survivor:
    """A wrong answer that lost nothing. says: what is wrong with it: its first line, or a mutant's diff."""

    answer: str
    question: str
    says: str
    is_mutant: bool


@dataclass(frozen=True)
class BrokenExpectation:
    """A wrong answer that a property did not catch though it should, or caught though it should not."""

    answer: str
    property: str
    was_caught: bool


@dataclass(frozen=True)
class PropertyFinding:
    """What one property does in its question.

    examples: how many cases are asked. wrong, mutants: the answers that it catches, of which ``alone`` are those that
    no other property of the question catches. needed: how many of its examples catch all that it must: the wrong
    answers whose first line says so, and what it alone catches; needed_for_all: how many catch all that it catches.
    None where it catches none of them by an example. is_redundant: whether the question would catch all that it does
    without this property and the others that are redundant.
    """

    question: str
    id: str
    points: float
    examples: int
    wrong: tuple[str, ...]
    mutants: tuple[str, ...]
    alone: tuple[str, ...]
    needed: int | None
    needed_for_all: int | None
    is_redundant: bool


@dataclass(frozen=True)
class Named:
    """A misconception that a property named in a wrong answer."""

    answer: str
    property: str
    misconception: str


@dataclass(frozen=True)
class Naming:
    """How well mistakes are named.

    recorded: wrong answers whose first line records a misconception. named: those of them of which some property names
    a recorded one. wrongly: names that are not recorded, of answers that record others. unrecorded: names of answers
    that record none.
    """

    recorded: tuple[str, ...]
    named: tuple[str, ...]
    wrongly: tuple[Named, ...]
    unrecorded: tuple[Named, ...]

    @property
    def share(self) -> float:
        """Of the answers with a recorded misconception, the share that is named; 1 when there is none."""
        return len(self.named) / len(self.recorded) if self.recorded else 1.0


@dataclass(frozen=True)
class Findings:
    """What is wrong with an assignment's questions, and what each property is good for.

    failures: why an answer could not be audited, by answer. equivalents: mutants that do the same as the reference,
    and why: the listed ones, and those that compile to the same. caught_equivalents: listed ones that lost something,
    and so are none. stale_equivalents: listed ones that are no mutants any more.
    """

    failures: Mapping[str, str]
    false_rejects: tuple[FalseReject, ...]
    survivors: tuple[Survivor, ...]
    broken: tuple[BrokenExpectation, ...]
    properties: tuple[PropertyFinding, ...]
    naming: Naming
    equivalents: Mapping[str, str]
    caught_equivalents: tuple[str, ...]
    stale_equivalents: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether every answer was audited and fared as it should."""
        return not (self.failures or self.false_rejects or self.survivors or self.broken or self.naming.wrongly)


def findings(audited: Audited) -> Findings:
    """All findings."""
    ids = {mutant.id for mutant in audited.mutants}
    caught = {mutant.id for mutant, outcome in audited.of_mutants() if outcome.lost}
    listed = {id: reason for id, reason in audited.equivalents.items() if id in ids - caught}
    compiled = {mutant.id: SAME_PROGRAM for mutant in audited.mutants if mutant.is_equivalent}
    return Findings(
        {name: outcome.failure for name, outcome in audited.outcomes.items() if outcome.failure} | undefined(audited),
        false_rejects(audited),
        survivors(audited),
        broken_expectations(audited),
        tuple(found for question in audited.questions for found in property_findings(audited, question)),
        naming(audited),
        compiled | listed,
        tuple(id for id in audited.equivalents if id in caught),
        tuple(id for id in audited.equivalents if id not in ids),
    )


def undefined(audited: Audited) -> dict[str, str]:
    """The wrong answers that are wrong only because they define nothing, though their first line does not say so."""
    found = {}
    for entry, outcome in audited.of_entries(right=False):
        names = {one.misconception for one in outcome.lost}
        if names == {"undefined"} and "undefined" not in entry.misconceptions:
            found[entry.name] = f"it does not define what is asked for: {_why_undefined(entry.source)}"
    return found


def _why_undefined(source: str) -> str:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return f"it is no Python, {error}"
    return "its code ends in an error, or misspells the name"


def false_rejects(audited: Audited) -> tuple[FalseReject, ...]:
    """The right answers that lose more than they may."""
    points = {(question.id, item.id): item.points for question in audited.questions for item in question.properties}
    found = []
    for entry, outcome in audited.of_entries(right=True):
        lost = total(points[entry.question, id] for id in outcome.lost_ids)
        if lost > entry.loses_at_most:
            diagnoses = {one.property: one.diagnosis for one in outcome.lost}
            examples = {one.property: one.example for one in outcome.lost if one.example is not None}
            found.append(FalseReject(entry.name, lost, entry.loses_at_most, diagnoses, examples))
    return tuple(found)


def survivors(audited: Audited) -> tuple[Survivor, ...]:
    """The wrong answers that lose nothing, but for mutants that are known to be equivalent."""
    wrong = [
        Survivor(entry.name, entry.question, entry.says, False)
        for entry, outcome in audited.of_entries(right=False)
        if not outcome.lost
    ]
    mutants = [
        Survivor(mutant.id, mutant.question, mutant.diff, True)
        for mutant, outcome in audited.of_mutants()
        if not outcome.lost and mutant.id not in audited.equivalents
    ]
    return (*wrong, *mutants)


def broken_expectations(audited: Audited) -> tuple[BrokenExpectation, ...]:
    """Where the first lines of wrong answers are not borne out."""
    found = []
    for entry, outcome in audited.of_entries(right=False):
        found += [BrokenExpectation(entry.name, id, False) for id in sorted(entry.caught_by - outcome.lost_ids)]
        found += [BrokenExpectation(entry.name, id, True) for id in sorted(entry.keeps & outcome.lost_ids)]
    return tuple(found)


def property_findings(audited: Audited, question: Question) -> tuple[PropertyFinding, ...]:
    """What each property of a question catches."""
    wrong = [(e, outcome) for e, outcome in audited.of_entries(right=False) if e.question == question.id]
    mutants = [outcome for mutant, outcome in audited.of_mutants() if mutant.question == question.id]
    outcomes = [*(outcome for _, outcome in wrong), *mutants]
    redundant = redundant_properties([item.id for item in question.properties], outcomes)
    found = []
    for item in question.properties:
        caught = [outcome for outcome in outcomes if item.id in outcome.lost_ids]
        alone = {outcome.answer for outcome in caught if outcome.lost_ids == {item.id}}
        must = alone | {entry.name for entry, _ in wrong if item.id in entry.caught_by}
        names = {outcome.answer for outcome in caught}
        found.append(
            PropertyFinding(
                question.id,
                item.id,
                item.points,
                _examples(audited, question, item.id),
                tuple(entry.name for entry, _ in wrong if entry.name in names),
                tuple(outcome.answer for outcome in mutants if outcome.answer in names),
                tuple(outcome.answer for outcome in caught if outcome.answer in alone),
                _needed([outcome for outcome in caught if outcome.answer in must], item.id),
                _needed(caught, item.id),
                item.id in redundant,
            )
        )
    return tuple(found)


def redundant_properties(properties: Sequence[str], outcomes: Sequence[Outcome]) -> frozenset[str]:
    """Properties that could all be left out together, and every answer that is caught would still be.

    They catch nothing that those before them do not catch. Those before, because a question asks for right values
    first, and what presumes them catches wrong values too: that alone would make the values redundant.
    """
    redundant: set[str] = set()
    caught: set[str] = set()
    for id in properties:
        catches = {outcome.answer for outcome in outcomes if id in outcome.lost_ids}
        if catches <= caught:
            redundant.add(id)
        caught |= catches
    return frozenset(redundant)


def naming(audited: Audited) -> Naming:
    """Whether the diagnoses of wrong answers name their mistakes, and no others."""
    recorded, named = [], []
    wrongly: list[Named] = []
    unrecorded: list[Named] = []
    for entry, outcome in audited.of_entries(right=False):
        said = [Named(entry.name, one.property, one.misconception) for one in outcome.lost if one.misconception]
        if not entry.misconceptions:
            unrecorded += said
            continue
        recorded.append(entry.name)
        wrongly += [one for one in said if one.misconception not in entry.misconceptions]
        if any(one.misconception in entry.misconceptions for one in said):
            named.append(entry.name)
    return Naming(tuple(recorded), tuple(named), tuple(wrongly), tuple(unrecorded))


def _examples(audited: Audited, question: Question, property: str) -> int:
    asked = (
        one.examples
        for outcome in audited.outcomes.values()
        if outcome.question == question.id
        for one in outcome.properties
        if one.property == property
    )
    return max(asked, default=0)


def _needed(caught: Sequence[Outcome], property: str) -> int | None:
    places = [
        one.first_failing
        for outcome in caught
        for one in outcome.properties
        if one.property == property and one.first_failing is not None
    ]
    return max(places) + 1 if places else None
