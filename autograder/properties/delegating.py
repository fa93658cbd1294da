"""A property whose cases are put to one of several like it, as the case itself says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers
from autograder.probe.steps import Programme
from autograder.properties.property import Finding, Likeness, Misconception, Property
from autograder.properties.strategies import Case
from autograder.results import Grid


def never(case: Case, answers: Answers) -> bool:
    """No answer is excused."""
    return False


def delegating(
    model: Property,
    key: str,
    chosen: Callable[[Any], Property],
    strategy: SearchStrategy[Case],
    known: Iterable[Misconception],
    excused: Callable[[Case, Answers], bool] = never,
) -> Property:
    """``model``, but every case is judged by the property that ``chosen`` gives for what it holds under ``key``.

    strategy: draws such cases. known: the misconceptions of all these properties, the more particular ones first.
    excused: which wrong answers are not this property's business.
    """

    def asked(case: Case) -> tuple[Property, Case]:
        """The property that the case is put to, and the case as that property knows it."""
        return chosen(case[key]), {name: value for name, value in case.items() if name != key}

    def probe(case: Case) -> Programme:
        item, own = asked(case)
        return item.probe(own)

    def judge(case: Case, answers: Answers) -> Finding | None:
        item, own = asked(case)
        finding = item.judge(own, answers)
        return None if finding is None or excused(case, answers) else finding

    def explained_by(id: str) -> Callable[[Case, Answers], bool]:
        def explains(case: Case, answers: Answers) -> bool:
            item, own = asked(case)
            mine = [one for one in item.misconceptions if one.id == id]
            if judge(case, answers) is None and not any(one.by_value for one in mine):
                return True
            return any(one.explains(own, answers) for one in mine)

        return explains

    def likeness(case: Case, answers: Answers) -> Likeness | None:
        item, own = asked(case)
        return item.likeness(own, answers)

    def picture(case: Case, answers: Answers) -> tuple[Grid, ...]:
        item, own = asked(case)
        return item.picture(own, answers)

    def simpler(case: Case) -> Iterable[Case]:
        item, own = asked(case)
        return ({**one, key: case[key]} for one in item.simpler(own))

    def prove(cases: Sequence[Case]) -> None:
        for choice in dict.fromkeys(case[key] for case in cases):
            chosen(choice).prove([asked(case)[1] for case in cases if case[key] == choice])

    named: dict[str, Misconception] = {}
    for one in known:
        named.setdefault(one.id, replace(one, explains=explained_by(one.id)))
    return replace(
        model,
        strategy=strategy,
        probe=probe,
        judge=judge,
        misconceptions=tuple(named.values()),
        likeness=likeness,
        picture=picture,
        simpler=simpler,
        prove=prove,
    )
