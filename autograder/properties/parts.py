"""One property of several values that a function returns together, so that one mistake in all of them costs once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from autograder.probe.answers import Answers
from autograder.probe.steps import Programme
from autograder.properties.property import Finding, Likeness, Misconception, Property, Wrong
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import TensorFunction
from autograder.results import Grid

WHICH = "part"
FEWEST_EXAMPLES = 16  # so that each part is asked of several times


def of_parts(
    make: Callable[[TensorFunction, float], Property], parts: Sequence[TensorFunction], points: float
) -> Property:
    """The property that ``make`` makes, of one call's values: each case asks it of one of them.

    A value that is wrong is left to the property of its values, as long as another of the call's is right.
    """
    items = [make(part, points) for part in parts]

    def asked(case: Case) -> tuple[Property, Case]:
        """The property that the case asks, and the case as that property knows it."""
        return items[case[WHICH]], {name: value for name, value in case.items() if name != WHICH}

    def excused(case: Case, answers: Answers) -> bool:
        right = [_is_right(part, case, answers) for part in parts]
        return any(right) and not right[case[WHICH]]

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
        return ({**one, WHICH: case[WHICH]} for one in item.simpler(own))

    def prove(cases: Sequence[Case]) -> None:
        for which, item in enumerate(items):
            mine = [asked(case)[1] for case in cases if case[WHICH] == which]
            if mine:
                item.prove(mine)

    named: dict[str, Misconception] = {}
    every = [one for item in items for one in item.misconceptions]
    for one in sorted(every, key=lambda one: not one.by_value):  # what a part computes is more particular than its kind
        named.setdefault(one.id, replace(one, explains=explained_by(one.id)))
    return replace(
        items[0],
        strategy=st.one_of([_marked(item, which) for which, item in enumerate(items)]),
        probe=probe,
        judge=judge,
        examples=max(FEWEST_EXAMPLES, items[0].examples),
        misconceptions=tuple(named.values()),
        likeness=likeness,
        picture=picture,
        simpler=simpler,
        prove=prove,
    )


def _marked(item: Property, which: int) -> st.SearchStrategy[Case]:
    return item.strategy.map(lambda case: {**case, WHICH: which})


def _is_right(part: TensorFunction, case: Case, answers: Answers) -> bool:
    try:
        part.verify(part.operands(case), part.output(answers))
    except Wrong:
        return False
    return True
