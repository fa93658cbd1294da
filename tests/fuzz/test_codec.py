"""Whatever JSON a worker's reply holds: a reply within its bounds, or Malformed; never anything else."""

import json
from typing import Any

import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from autograder.probe.answers import Opaque, Raised, TensorValue, Value, describe
from autograder.probe.codec import DEPTH_LIMIT, TEXT_LIMIT, Malformed, decode_reply, encode_reply
from autograder.sandbox.wire import pack
from tests.fuzz.material import any_of, examples, json_values, leaves, texts

TENSORS = {"t0": torch.ones(2), "t1": torch.zeros(0, 3)}

keys = st.sampled_from(["t0", "t1", "t2", ""])
long_texts = texts | st.sampled_from(["x" * TEXT_LIMIT, "x" * (TEXT_LIMIT + 1)])
values: st.SearchStrategy[Any] = st.recursive(
    leaves
    | long_texts
    | st.tuples(keys, texts, st.booleans(), st.booleans()).map(lambda parts: {"tensor": list(parts)})
    | long_texts.map(lambda name: {"opaque": name}),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(st.tuples(texts, inner).map(list), max_size=3).map(lambda items: {"dict": items}),
        st.dictionaries(st.sampled_from(["tensor", "opaque", "dict", "value"]), inner, max_size=2),
        inner.map(lambda item: [[[[[[[[item]]]]]]]]),
    ),
    max_leaves=6,
)
names = any_of(st.lists(texts, max_size=3), st.just(["x"] * 257))


@st.composite
def answers(draw: DrawFn) -> Any:
    """An answer as a worker encodes it, or nearly so."""
    if draw(st.booleans()):
        return {"raised": draw(any_of(st.lists(long_texts, min_size=3, max_size=6)))}
    effects = any_of(st.tuples(names, names, names).map(list))
    return {"value": draw(values), "effects": draw(effects), **draw(st.dictionaries(texts, leaves, max_size=1))}


messages = any_of(
    st.fixed_dictionaries(
        {
            "answers": any_of(
                st.lists(any_of(st.dictionaries(long_texts, any_of(answers()), max_size=3)), min_size=1, max_size=2)
            ),
            "forbidden": names,
        }
    )
)


def check_text(text: Any) -> None:
    assert isinstance(text, str)
    assert len(text) <= TEXT_LIMIT
    text.encode("utf-8")


def check_value(value: Value, depth: int = 0) -> None:
    assert depth <= DEPTH_LIMIT
    if isinstance(value, TensorValue):
        assert any(value.data is tensor for tensor in TENSORS.values())
        check_text(value.device)
        assert type(value.requires_grad) is type(value.is_parameter) is bool
    elif isinstance(value, (str, Opaque)):
        check_text(value if isinstance(value, str) else value.type_name)
    elif isinstance(value, dict):
        for name, item in value.items():
            check_text(name)
            check_value(item, depth + 1)
    elif isinstance(value, tuple):
        for item in value:
            check_value(item, depth + 1)
    else:
        assert value is None or isinstance(value, (bool, float, int))
        assert not isinstance(value, int) or abs(value) < 2**63


@examples(300)
@given(message=messages, count=st.integers(0, 2))
def test_any_json_is_a_reply_within_its_bounds_or_malformed(message: Any, count: int) -> None:
    try:
        reply = decode_reply(message, TENSORS, count)
    except Malformed as malformed:
        check_text(str(malformed))
        return
    assert len(reply.answers) == count
    for name in reply.forbidden:
        check_text(name)
    for part in reply.answers:
        for name, answer in part.items():
            check_text(name)
            if isinstance(answer, Raised):
                for text in (answer.type_name, answer.message, answer.where):
                    check_text(text)
                continue
            check_value(answer.value)
            check_text_of_effects = answer.effects.changed_inputs + answer.effects.shares_storage_with
            for text in check_text_of_effects + answer.effects.changed_state:
                check_text(text)
            assert describe(answer.value)


@examples(150)
@given(message=messages)
def test_a_reply_that_was_taken_can_be_sent_and_taken_again(message: Any) -> None:
    try:
        reply = decode_reply(message, TENSORS, 1)
    except Malformed:
        return
    encoded, tensors = encode_reply(reply)
    pack(encoded, tensors)
    again = decode_reply(json.loads(json.dumps(encoded)), tensors, 1)
    assert repr(again) == repr(reply)


@examples(150)
@given(message=json_values)
def test_json_of_any_other_shape_is_malformed(message: Any) -> None:
    try:
        reply = decode_reply(message, {}, 1)
    except Malformed:
        return
    assert len(reply.answers) == 1
