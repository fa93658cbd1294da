"""One property over many settings of a function, such as paddings and strides: a case draws the settings first."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers
from autograder.probe.steps import Programme
from autograder.properties.delegating import delegating
from autograder.properties.function_property import prove_mistakes
from autograder.properties.property import Property
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import TensorFunction

SETTINGS, BESIDE = "settings", "beside"

Settings = TypeVar("Settings", bound=Hashable)


def over(
    settings: SearchStrategy[Settings],
    simplest: Settings,
    make: Callable[[Settings], Property],
    telling: Callable[[Settings], TensorFunction] | None = None,
    beside: Callable[[Settings], tuple[TensorFunction, TensorFunction]] | None = None,
) -> Property:
    """The property that ``make`` makes for each of the drawn settings, as one.

    simplest: settings whose property has the same sentence, points and misconceptions as every other one's.
    telling: the function that a property of values is about. Its mistakes have to show in some of the cases: in those
    of each setting they need not, as a mistake about padding shows in none without any.
    beside: the function as it is called with the settings, and as with others that have values of their own. Wrong
    values are left to the property of these values, as long as those beside them are right.
    """
    made = cache(make)

    @st.composite
    def strategy(draw: st.DrawFn) -> Case:
        drawn = draw(settings)
        return {**draw(made(drawn).strategy), SETTINGS: drawn}

    def excused(case: Case, answers: Answers) -> bool:
        if beside is None:
            return False
        this, other = beside(case[SETTINGS])
        return not this.is_right(case, answers) and other.is_right(case, answers, BESIDE)

    model = made(simplest)
    together = delegating(model, SETTINGS, made, strategy(), model.misconceptions, excused)
    if beside is not None:
        together = replace(together, probe=_asking_beside(together.probe, beside))
    if telling is None:
        return together

    def prove(cases: Sequence[Case]) -> None:
        prove_mistakes([(telling(case[SETTINGS]), case) for case in cases])

    return replace(together, prove=prove)


def _asking_beside(
    probe: Callable[[Case], Programme], beside: Callable[[Settings], tuple[TensorFunction, TensorFunction]]
) -> Callable[[Case], Programme]:
    def both(case: Case) -> Programme:
        _, other = beside(case[SETTINGS])
        return (*probe(case), other.stage(other.operands(case), name=BESIDE))

    return both
