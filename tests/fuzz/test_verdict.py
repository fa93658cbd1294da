"""Whatever a kept verdict's file holds: the result that was kept, or an error that says what to do."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.report.verdict import dump, load
from autograder.results import Result
from tests.fuzz.material import any_of, examples, json_values, texts
from tests.fuzz.verdicts import results

PLACES = st.lists(st.integers(0, 20), min_size=1, max_size=6)


@examples(100)
@given(result=results(finite=True))
def test_a_verdict_is_read_as_it_was_kept(result: Result) -> None:
    assert repr(load(dump(result))) == repr(result)


@examples(200)
@given(text=texts | json_values.map(json.dumps) | st.integers(0, 6000).map(lambda depth: "[" * depth))
def test_any_text_is_a_verdict_or_a_clear_error(text: str) -> None:
    check_loading(text)


@examples(150)
@given(
    result=results(finite=True),
    path=PLACES,
    value=any_of("passed", ["\\ud800"], ["\\"], ["\\x"], ["é"], [[]], "nan", 10**400, 1e308, -1, [], {}, None, True),
)
def test_a_verdict_with_any_field_changed_is_a_verdict_or_a_clear_error(
    result: Result, path: list[int], value: Any
) -> None:
    document = json.loads(dump(result))
    holder: Any = document
    for step in path[:-1]:
        inner = holder[_key(holder, step)]
        holder = inner if isinstance(inner, (dict, list)) and inner else holder
    holder[_key(holder, path[-1])] = value
    check_loading(json.dumps(document))


def _key(holder: Any, number: int) -> Any:
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    return keys[number % len(keys)]


def check_loading(text: str) -> None:
    try:
        result = load(text)
    except AutograderError as error:
        told = (error.what, error.why, error.fix)
    else:
        told = ()
        assert isinstance(result, Result)
        assert repr(load(dump(result))) == repr(result)
    assert all(told)
