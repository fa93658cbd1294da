"""Too many values are seen in JSON before it is parsed, and no text with fewer is taken for one."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.json_size import has_more_values

texts = st.text('a,[]{}"\\:é\n', max_size=8)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=30,
)


def count(value: Any) -> int:
    """The values in a document, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(count, inner))


@settings(max_examples=300, deadline=None)
@given(value=values, escaped=st.booleans(), spaced=st.booleans())
def test_no_document_is_said_to_hold_more_than_it_does(value: Any, escaped: bool, spaced: bool) -> None:
    text = json.dumps(value, ensure_ascii=escaped, indent=1 if spaced else None).encode()
    assert not has_more_values(text, count(value))


@pytest.mark.parametrize("unit", ["0,", "[],", "[[[]]],", '{"":0},', '"",', '"\\"",', '"\\\\",', '"a,b":0,'])
def test_many_values_are_seen(unit: str) -> None:
    assert has_more_values(f"[{unit * 1000}0]".encode(), 900)


@pytest.mark.parametrize("text", [",", "[", "{", '"', "\\", '\\",', '\\\\"[,'])
def test_what_stands_in_a_text_is_no_value(text: str) -> None:
    assert not has_more_values(json.dumps({"source": text * 1000}).encode(), 2)
