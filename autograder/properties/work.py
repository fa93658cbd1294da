"""Properties of how much PyTorch is asked to do: operations that are dispatched, and matrix products among them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers
from autograder.probe.counting import MATRIX_PRODUCTS, MULTIPLICATIONS
from autograder.probe.steps import Backward, Call, Input, Programme, Read, Ref, Stage, operations_of
from autograder.properties import strategies
from autograder.properties.function_property import diagnosed, observed, right_first
from autograder.properties.gradients import verify_gradient
from autograder.properties.property import Misconception, Property, Wrong, judged_by, value_of
from autograder.properties.strategies import Case, Shapes
from autograder.properties.tensor_function import Operands, TensorFunction

LARGE, GRADIENT = "_large", "G"


@diagnosed
def not_growing(
    of: TensorFunction,
    points: float,
    shapes: Callable[[int], Shapes],
    small: int,
    large: int,
    *,
    sentence: str,
    cause: str,
) -> Property:
    """A large problem takes as many operations as a small one.

    shapes: the operands' shapes for a size. Code that repeats itself takes at least one operation more for each step
    from ``small`` to ``large``; that PyTorch does the same in other words for other sizes takes a few at most. So fewer
    more than steps are none. The values of the large problem have to be right, and one operand's gradient at least:
    they are not where work is done out of PyTorch's sight.
    """

    def verify(case: Case, answers: Answers) -> None:
        _verify_both(of, case, answers)
        few, many = (_total(answers, name) for name in ("Y", "Y_large"))
        if many - few >= large - small:
            raise Wrong(f"{few} operations for size {small}, and {many} for size {large}", "as many for both", cause)

    item = _counted(of, "not_growing", sentence, points, shapes(small), shapes(large), verify)

    return _named(item, of, cause, ("work_grows", "The work grows with the problem: there is a loop.", lambda _: True))


@diagnosed
def one_matrix_product(of: TensorFunction, points: float, small: Shapes, large: Shapes, *, cause: str) -> Property:
    """The output comes of one matrix product, whatever the sizes: of one that has all multiplications in it."""
    whole = _multiplications(of, large)

    def products(answers: Answers, name: str) -> int:
        return sum(count for operation, count in _counts(answers, name).items() if operation in MATRIX_PRODUCTS)

    def is_beside(answers: Answers) -> bool:
        """Whether there is one product, and most of the work is done elsewhere."""
        return products(answers, "Y_large") == 1 and _counts(answers, "Y_large").get(MULTIPLICATIONS, 0) < whole

    def verify(case: Case, answers: Answers) -> None:
        _verify_both(of, case, answers)
        for name in ("Y", "Y_large"):
            if (found := products(answers, name)) != 1:
                raise Wrong(f"{found} matrix products among {_total(answers, name)} operations", "one", cause)
        if is_beside(answers):
            multiplied = _counts(answers, "Y_large").get(MULTIPLICATIONS, 0)
            raise Wrong(f"a matrix product of {multiplied} multiplications", f"one of all {whole}", cause)
        few, many = _total(answers, "Y"), _total(answers, "Y_large")
        steps = min(
            large[name][axis] - side for name, shape in small.items() for axis, side in enumerate(shape) if side > 1
        )
        if many - few >= steps:
            raise Wrong(f"{few} operations for small tensors, and {many} for large ones", "as many for both", cause)

    sentence = "It takes one matrix product, however many channels and pixels there are."
    return _named(
        _counted(of, "one_product", sentence, points, small, large, verify),
        of,
        cause,
        ("no_matrix_product", "There is no matrix product.", lambda answers: products(answers, "Y_large") == 0),
        ("several_products", "There are several matrix products.", lambda answers: products(answers, "Y_large") > 1),
        ("product_beside", "There is a matrix product, and the output comes of something else.", is_beside),
        ("work_grows", "There is a loop beside the product.", lambda answers: products(answers, "Y_large") == 1),
    )


def _counted(
    of: TensorFunction,
    id: str,
    sentence: str,
    points: float,
    small: Shapes,
    large: Shapes,
    verify: Callable[[Case, Answers], None],
) -> Property:
    def case_of(seed: int) -> dict[str, Any]:
        generator = torch.Generator().manual_seed(seed)
        few = {name: strategies.whole_numbers(shape, generator).float() for name, shape in small.items()}
        many = {f"{name}{LARGE}": strategies.whole_numbers(shape, generator).float() for name, shape in large.items()}
        shape = tuple(of.wanted(_large(of, {**few, **many})).value.shape)
        return {**few, **many, GRADIENT: strategies.whole_numbers(shape, generator).float()}

    def probe(case: Case) -> Programme:
        stages = [
            of.stage(operands, grad=True, name=name)
            for operands, name in ((of.operands(case), "Y"), (_large(of, case), "Y_large"))
        ]
        few, many = (_with_counts(stage) for stage in stages)
        reads = tuple(Read(f"d{name}", source) for name, source in of.gradients.items())
        back = Stage({GRADIENT: Input.like(case[GRADIENT])}, (Backward(Ref("Y_large"), Ref(GRADIENT)), *reads))
        return few, many, back

    def written(case: Case) -> str:
        shapes = (f"{name} of shape {tuple(case[f'{name}{LARGE}'].shape)}" for name in small)
        return f"{of.written(of.operands(case))}\nand with {' and '.join(shapes)}"

    judge = judged_by(verify, written)
    return Property(id, sentence, points, st.integers(0, 2**31 - 1).map(case_of), probe, judge, examples=3)


Way = tuple[str, str, Callable[[Answers], bool]]


def _named(item: Property, of: TensorFunction, cause: str, *ways: Way) -> Property:
    """The property with names for ways to miss it that right values come by: id, what the code does, how it shows."""

    def known(id: str, does: str, shows: Callable[[Answers], bool]) -> Misconception:
        def seen(case: Case, answers: Answers) -> bool:
            _verify_both(of, case, answers)
            return shows(answers)

        return observed(item.judge, id, does, cause, seen)

    return replace(item, misconceptions=tuple(known(*way) for way in ways))


def _large(of: TensorFunction, case: Case) -> Operands:
    return {name: case[f"{name}{LARGE}"] for name in of.gradients}


def _with_counts(stage: Stage) -> Stage:
    *making, call = stage.steps
    assert isinstance(call, Call)
    counted = replace(call, counted=True)
    return replace(stage, steps=(*making, counted, Read(f"{call.name}_counts", operations_of(call.name))))


def _verify_both(of: TensorFunction, case: Case, answers: Answers) -> None:
    """Raises Wrong unless the small and the large output are right, and gradients flow through the large one.

    That they flow to every operand is another property's business.
    """
    right_first(of, of.operands(case), of.output(answers))
    large = _large(of, case)
    right_first(of, large, of.output(answers, "Y_large"))
    missed: list[Wrong] = []
    wanted = of.wanted_gradients(large, case[GRADIENT])
    for name, want in wanted.items():
        try:
            verify_gradient(name, value_of(answers, f"d{name}"), want, case[GRADIENT].dtype)
        except Wrong as wrong:
            missed.append(wrong)
    if missed and len(missed) == len(wanted):
        raise missed[0]


def _counts(answers: Answers, name: str) -> Mapping[str, int]:
    counts = value_of(answers, f"{name}_counts")
    if not isinstance(counts, dict) or not all(type(count) is int and count >= 0 for count in counts.values()):
        raise Wrong("no count of operations", "one")
    return counts


def _total(answers: Answers, name: str) -> int:
    return sum(count for operation, count in _counts(answers, name).items() if operation != MULTIPLICATIONS)


def _multiplications(of: TensorFunction, shapes: Shapes) -> int:
    """How many it takes to compute the output as a sum of products."""
    want = of.wanted({name: torch.ones(shape) for name, shape in shapes.items()})
    return want.terms * want.value.numel()
