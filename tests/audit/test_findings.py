"""What is made of the outcomes: no sandbox, only data."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import strategies as st

from autograder.audit.catalogue import Entry
from autograder.audit.findings import Audited, Findings, Named, PropertyFinding, findings
from autograder.audit.mutants import Mutant
from autograder.audit.outcomes import Outcome, PropertyOutcome
from autograder.properties import Finding, Property, Question
from autograder.results import CheckStatus

EXAMPLES = 20
EXAMPLE = Finding("f(X)", "1", "2")


def prop(id: str, points: float) -> Property:
    return Property(id, f"{id} is right.", points, st.just({}), lambda case: (), lambda case, answers: None)


QUESTION = Question("q", "A question", (prop("values", 2), prop("dtype", 0.5)))


def right(name: str, **fields: Any) -> Entry:
    return Entry(f"right/q/{name}", "q", "", True, name, **fields)


def wrong(name: str, *caught_by: str, keeps: tuple[str, ...] = (), misconceptions: tuple[str, ...] = ()) -> Entry:
    return Entry(
        f"wrong/q/{name}", "q", "", False, name,
        misconceptions=misconceptions, caught_by=frozenset(caught_by), keeps=frozenset(keeps),
    )  # fmt: skip


def mutant(name: str, is_equivalent: bool = False) -> Mutant:
    return Mutant(f"q/{name}", "q", "", f"-{name}\n+other", is_equivalent)


def outcome(answer: str, **lost: int | CheckStatus | tuple[int, str]) -> Outcome:
    """An answer that loses these properties: by the place of the first failing example, with a name, or otherwise."""
    properties = []
    for id in ("values", "dtype"):
        how = lost.get(id)
        if how is None:
            properties.append(PropertyOutcome(id, CheckStatus.PASSED, EXAMPLES))
        elif isinstance(how, CheckStatus):
            properties.append(PropertyOutcome(id, how, EXAMPLES, diagnosis="told"))
        else:
            place, name = how if isinstance(how, tuple) else (how, "")
            properties.append(PropertyOutcome(id, CheckStatus.FAILED, EXAMPLES, place, name, "told", EXAMPLE))
    return Outcome(answer, "q", tuple(properties))


def found(
    entries: Mapping[Entry, Mapping[str, Any]] | None = None,
    mutants: Mapping[Mutant, Mapping[str, Any]] | None = None,
    equivalents: Mapping[str, str] | None = None,
    failures: Mapping[str, str] | None = None,
) -> Findings:
    entries, mutants = entries or {}, mutants or {}
    outcomes = {entry.name: outcome(entry.name, **lost) for entry, lost in entries.items()}
    outcomes |= {one.id: outcome(one.id, **lost) for one, lost in mutants.items() if not one.is_equivalent}
    outcomes |= {name: Outcome(name, "q", failure=message) for name, message in (failures or {}).items()}
    return findings(
        Audited("a", 1, (QUESTION,), tuple(entries), tuple(mutants), equivalents or {}, outcomes, duration_s=1.0)
    )


def of_property(found: Findings, id: str) -> PropertyFinding:
    return next(one for one in found.properties if one.id == id)


def test_answers_that_fare_as_they_should_are_clean() -> None:
    assert found({right("a"): {}, wrong("b", "values"): {"values": 0}}, {mutant("c"): {"dtype": 3}}).is_clean


def test_a_right_answer_that_loses_marks_is_a_false_reject() -> None:
    result = found({right("a"): {"dtype": 0}})
    (reject,) = result.false_rejects
    assert (reject.answer, reject.lost_points, reject.allowed_points) == ("right/q/a", 0.5, 0)
    assert reject.diagnoses == {"dtype": "told"}
    assert reject.examples == {"dtype": EXAMPLE}
    assert not result.is_clean


def test_a_right_answer_may_lose_what_its_first_line_allows_and_no_more() -> None:
    assert found({right("a", loses_at_most=0.5): {"dtype": 0}}).is_clean
    assert found({right("a", loses_at_most=0.5): {"values": 0}}).false_rejects[0].lost_points == 2


def test_a_wrong_answer_that_keeps_everything_survives() -> None:
    result = found({wrong("b", "values"): {}})
    assert [(one.answer, one.is_mutant) for one in result.survivors] == [("wrong/q/b", False)]
    assert not result.is_clean


@pytest.mark.parametrize("status", [CheckStatus.ERROR, CheckStatus.TIMEOUT])
def test_an_answer_that_raises_or_does_not_end_is_caught(status: CheckStatus) -> None:
    assert found({wrong("b", "values"): {"values": status}}, {mutant("c"): {"values": status}}).is_clean


def test_a_mutant_survives_with_its_diff_unless_it_is_known_to_be_equivalent() -> None:
    result = found(mutants={mutant("c"): {}, mutant("d"): {}, mutant("e", is_equivalent=True): {}},
                   equivalents={"q/d": "it is symmetric"})  # fmt: skip
    assert [(one.answer, one.is_mutant, one.says) for one in result.survivors] == [("q/c", True, "-c\n+other")]
    assert result.equivalents == {"q/d": "it is symmetric", "q/e": "it compiles to the same program"}


def test_a_listed_equivalent_that_is_caught_or_gone_is_told() -> None:
    result = found(mutants={mutant("c"): {"values": 0}}, equivalents={"q/c": "no", "q/gone": "no"})
    assert result.caught_equivalents == ("q/c",)
    assert result.stale_equivalents == ("q/gone",)
    assert result.equivalents == {}


def test_a_first_line_that_is_not_borne_out_is_told() -> None:
    result = found({wrong("b", "values", keeps=("dtype",)): {"dtype": 0}})
    assert [(one.property, one.was_caught) for one in result.broken] == [("values", False), ("dtype", True)]
    assert not result.is_clean


def test_an_answer_that_could_not_be_audited_is_told_and_counts_for_nothing_else() -> None:
    result = found(failures={"wrong/q/b": "no worker"})
    assert result.failures == {"wrong/q/b": "no worker"}
    assert not result.is_clean


def test_the_kill_matrix_says_who_is_caught_by_what_alone() -> None:
    result = found(
        {wrong("a", "values"): {"values": 1}, wrong("b", "values"): {"values": 4, "dtype": 2}},
        {mutant("c"): {"values": 7}, mutant("d"): {"values": 9, "dtype": 8}},
    )
    values, dtype = of_property(result, "values"), of_property(result, "dtype")
    assert values.wrong == ("wrong/q/a", "wrong/q/b")
    assert values.mutants == ("q/c", "q/d")
    assert values.alone == ("wrong/q/a", "q/c")
    assert (dtype.wrong, dtype.mutants, dtype.alone) == (("wrong/q/b",), ("q/d",), ())
    assert dtype.is_redundant
    assert not values.is_redundant


def test_what_presumes_right_values_does_not_make_the_values_redundant() -> None:
    result = found({wrong("a", "values"): {"values": 1, "dtype": 1}, wrong("b", "dtype"): {"dtype": 2}})
    assert of_property(result, "values").alone == ()
    assert [one.id for one in result.properties if one.is_redundant] == []


def test_what_catches_only_what_is_caught_before_it_is_redundant() -> None:
    result = found({wrong("a", "values"): {"values": 1, "dtype": 1}}, {mutant("c"): {"values": 2}})
    assert [one.id for one in result.properties if one.is_redundant] == ["dtype"]


def test_a_property_that_catches_nothing_is_redundant() -> None:
    assert of_property(found({wrong("a", "values"): {"values": 1}}), "dtype").is_redundant


def test_a_property_needs_the_examples_up_to_the_last_first_failure_of_what_it_must_catch() -> None:
    result = found(
        {
            wrong("a", "values"): {"values": 1, "dtype": 0},
            wrong("b", "dtype"): {"values": 15, "dtype": 0},  # caught by values as well, though nothing asks for it
        },
        {mutant("c"): {"values": 5}},
    )
    values = of_property(result, "values")
    assert values.examples == EXAMPLES
    assert values.needed == 6
    assert values.needed_for_all == 16


def test_what_is_caught_without_an_example_says_nothing_of_how_many_are_needed() -> None:
    result = found({wrong("a", "values"): {"values": CheckStatus.TIMEOUT}})
    assert of_property(result, "values").needed is None


def test_a_mistake_is_named_when_one_property_names_it() -> None:
    entry = wrong("a", "values", misconceptions=("flipped", "turned"))
    naming = found({entry: {"values": (0, "turned"), "dtype": (0, "")}}).naming
    assert (naming.recorded, naming.named, naming.share) == (("wrong/q/a",), ("wrong/q/a",), 1.0)


def test_a_mistake_that_no_property_names_lowers_the_share() -> None:
    entries = {
        wrong("a", "values", misconceptions=("flipped",)): {"values": (0, "flipped")},
        wrong("b", "values", misconceptions=("turned",)): {"values": (0, "")},
        wrong("c", "values"): {"values": 0},
    }
    result = found(entries)
    assert result.naming.share == 0.5
    assert result.is_clean


def test_a_name_beside_the_recorded_ones_is_wrong() -> None:
    entry = wrong("a", "values", misconceptions=("flipped",))
    result = found({entry: {"values": (0, "flipped"), "dtype": (0, "turned")}})
    assert result.naming.wrongly == (Named("wrong/q/a", "dtype", "turned"),)
    assert not result.is_clean


def test_a_name_of_an_answer_that_records_none_is_told_and_not_held_against_anybody() -> None:
    result = found({wrong("a", "values"): {"values": (0, "flipped")}})
    assert result.naming.unrecorded == (Named("wrong/q/a", "values", "flipped"),)
    assert result.naming.recorded == ()
    assert result.naming.share == 1.0
    assert result.is_clean
