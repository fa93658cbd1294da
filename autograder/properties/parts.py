"""One property of several values that a function returns together, so that one mistake in all of them costs once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from autograder.probe.answers import Answers
from autograder.properties.delegating import delegating
from autograder.properties.property import Property
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import TensorFunction

WHICH = "part"
FEWEST_EXAMPLES = 16  # so that each part is asked of several times


def of_parts(
    make: Callable[[TensorFunction, float], Property], parts: Sequence[TensorFunction], points: float
) -> Property:
    """The property that ``make`` makes, of one call's values: each case asks it of one of them.

    A value that is wrong is left to the property of its values, as long as another of the call's is right.
    """
    items = [make(part, points) for part in parts]

    def excused(case: Case, answers: Answers) -> bool:
        right = [part.is_right(case, answers) for part in parts]
        return any(right) and not right[case[WHICH]]

    every = [one for item in items for one in item.misconceptions]
    known = sorted(every, key=lambda one: not one.by_value)  # what a part computes is more particular than its kind
    strategy = st.one_of([_marked(item, which) for which, item in enumerate(items)])
    together = delegating(items[0], WHICH, items.__getitem__, strategy, known, excused)
    return replace(together, examples=max(FEWEST_EXAMPLES, items[0].examples))


def _marked(item: Property, which: int) -> st.SearchStrategy[Case]:
    return item.strategy.map(lambda case: {**case, WHICH: which})
