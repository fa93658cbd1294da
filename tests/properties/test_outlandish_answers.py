"""Whatever the code under test may send back, every judge of conv_layer takes it for right or for wrong."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from autograder.probe.answers import DTYPES, Answer, Effects, Opaque, Raised, Returned, TensorValue, Value
from autograder.probe.interpreter import Session
from autograder.probe.steps import Reported
from autograder.properties import Finding, Property, load_questions
from autograder.properties.examples import draw
from autograder.properties.strategies import Case

ROOT = Path(__file__).resolve().parents[2]
PROPERTIES = {
    f"{question.id}.{item.id}": item
    for question in load_questions(ROOT / "source" / "conv_layer" / "questions.py")
    for item in question.properties
}

shapes = st.lists(st.integers(0, 4), max_size=5).map(tuple)


@st.composite
def tensor_values(draw: DrawFn, shapes: st.SearchStrategy[tuple[int, ...]] = shapes) -> TensorValue:
    shape = draw(shapes)
    number = draw(st.sampled_from([0.0, 1.0, -3.0, math.nan, math.inf, 1e300]))
    dtype = draw(st.sampled_from(sorted(DTYPES, key=str)))
    data = torch.full(shape, number, dtype=torch.float64).to(dtype)
    device = draw(st.sampled_from(["cpu", "accelerator", "xpu"]))
    return TensorValue(data, device, draw(st.booleans()), draw(st.booleans()))


@st.composite
def answers_for(draw: DrawFn, case: Case) -> Answer:
    """Anything at all, and now and then a tensor that is almost the one that is asked for."""
    known = [tuple(value.shape) for value in case.values() if isinstance(value, torch.Tensor)]
    likely = st.sampled_from([*known, *(tuple(n - 1 for n in shape if n > 1) for shape in known), ()])
    value: st.SearchStrategy[Value] = st.recursive(
        tensor_values()
        | tensor_values(likely)
        | st.sampled_from([None, True, 0, 2**62, 0.5, math.nan, math.inf, "text", Opaque("Thing")]),
        lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=4,
    )
    if draw(st.integers(0, 4)) == 0:
        return Raised(draw(st.sampled_from(["ValueError", "NotImplementedError"])), draw(st.text(max_size=5)))
    names = st.sampled_from([(), ("X",), ("nothing",)])
    return Returned(draw(value), Effects(draw(names), draw(names), draw(names)))


def honest(case: Case, item: Property) -> dict[str, Answer]:
    """What code that returns its first argument answers: every name that is asked for is there."""
    namespace = Anything()
    session = Session(namespace)
    answers: dict[str, Answer] = {}
    for stage in item.probe(case):
        answers.update(session.run([stage]).answers[0])
    return answers


@dataclass(frozen=True)
class Tried:
    """A property and some of its cases."""

    property: Property
    cases: tuple[Case, ...]


@pytest.fixture(scope="module", params=PROPERTIES)
def tried(request: pytest.FixtureRequest) -> Tried:
    """Each property in its turn."""
    item = PROPERTIES[request.param]
    return Tried(item, draw(item, 0, 12).cases)


class Anything(dict[str, Any]):
    """A namespace in which every name is a function that returns its first argument."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Any:
        return lambda *args, **kwargs: args[0] if args else None


def test_an_answer_that_is_left_out_is_wrong_and_no_error(tried: Tried) -> None:
    item, case = tried.property, tried.cases[0]
    for name in honest(case, item):
        answers = honest(case, item)
        del answers[name]
        assert isinstance(item.judge(case, answers), Finding | None)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_judge_never_raises(tried: Tried, data: st.DataObject) -> None:
    item, case = tried.property, data.draw(st.sampled_from(tried.cases))
    names = [step.name for stage in item.probe(case) for step in stage.steps if isinstance(step, Reported)]
    answers = honest(case, item)
    for name in data.draw(st.lists(st.sampled_from(names), max_size=4)):
        answers[name] = data.draw(answers_for(case))
    for name in data.draw(st.lists(st.sampled_from(names), max_size=1)):
        del answers[name]
    verdict = item.judge(case, answers)
    assert verdict is None or isinstance(verdict, Finding)
    if verdict is not None:
        assert verdict.got
        assert verdict.want
        assert verdict.call


def test_no_answer_at_all_is_wrong(tried: Tried) -> None:
    assert all(tried.property.judge(case, {}) is not None for case in tried.cases)
