"""Programmes and replies survive the wire unchanged, and no reply that a worker can send is worse than Malformed."""

import json
import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from autograder.probe.answers import DTYPES, Effects, Opaque, Raised, Reply, Returned, TensorValue, Value
from autograder.probe.codec import (
    DEPTH_LIMIT,
    TEXT_LIMIT,
    Malformed,
    decode_reply,
    decode_stage,
    encode_reply,
    encode_stage,
)
from autograder.probe.steps import (
    Backward,
    Call,
    Device,
    Fill,
    Input,
    Parameters,
    Programme,
    Read,
    Ref,
    SetGrad,
    Stage,
    Step,
)
from autograder.sandbox.wire import pack, unpack

EXAMPLES = settings(max_examples=60, deadline=None)
HOSTILE_EXAMPLES = settings(max_examples=200, deadline=None)

Tensors = dict[str, torch.Tensor]


def sent(message: Any, tensors: Tensors) -> tuple[Any, Tensors]:
    """The message and the tensors as they arrive at the other end of the wire."""
    data = pack({"message": message}, tensors)
    length = int.from_bytes(data[4:8], "little")
    arrived, tables = unpack(data[16 : 16 + length], data[16 + length :])
    return arrived["message"], tables


def bits(tensor: torch.Tensor) -> tuple[torch.dtype, torch.Size, bytes]:
    """What two tensors have in common that are the same to the last bit, NaN included."""
    flat = tensor.clone(memory_format=torch.contiguous_format).reshape(-1)
    return tensor.dtype, tensor.shape, bytes(flat.view(torch.uint8).tolist()) if flat.numel() else b""


# ---------------------------------------------------------------------------------------------------- strategies

names = st.text("abcXYK_", min_size=1, max_size=6)
refs = st.builds(Ref, names, st.sampled_from(["", "grad", "weight.grad"]))
devices = st.sampled_from(["cpu", "accelerator"])
numbers = st.integers(-(2**62), 2**62) | st.floats()
plain = st.none() | st.booleans() | numbers | st.text(max_size=8)
arguments = st.recursive(
    plain | refs | st.builds(Device, devices) | st.sampled_from(sorted(DTYPES, key=str)),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


@st.composite
def tensors(draw: DrawFn, largest: int = 6) -> torch.Tensor:
    """A contiguous tensor of any type that is sent, of any bits."""
    dtype = draw(st.sampled_from(sorted(DTYPES, key=str)))
    shape = draw(st.lists(st.integers(0, largest), max_size=3))
    count = math.prod(shape)
    if dtype is torch.bool:
        values = torch.tensor(draw(st.lists(st.booleans(), min_size=count, max_size=count)), dtype=dtype)
    else:
        raw = draw(st.binary(min_size=count * dtype.itemsize, max_size=count * dtype.itemsize))
        values = torch.frombuffer(bytearray(raw), dtype=dtype) if raw else torch.empty(0, dtype=dtype)
    return values.reshape(shape)


@st.composite
def views(draw: DrawFn) -> torch.Tensor:
    """A tensor that lies in its memory in any way: transposed, with steps, from an offset on, or repeated."""
    tensor = draw(tensors())
    if tensor.dim() == 0:
        return tensor.expand(draw(st.integers(1, 3)), 2) if draw(st.booleans()) else tensor
    ways: dict[str, Any] = {
        "plain": lambda: tensor,
        "transposed": lambda: tensor.transpose(0, -1),
        "stepped": lambda: tensor[..., ::2],
        "offset": lambda: tensor[..., 1:],
        "repeated": lambda: tensor[:1].expand(4 if tensor.shape[0] else 0, *tensor.shape[1:]),
    }
    view: torch.Tensor = ways[draw(st.sampled_from(sorted(ways)))]()
    return view


inputs: SearchStrategy[Input] = st.builds(
    lambda view, device, grad: Input.like(view, device=device, requires_grad=grad), views(), devices, st.booleans()
)
steps: SearchStrategy[Step] = st.one_of(
    st.builds(Call, names, names | refs, st.lists(arguments, max_size=3).map(tuple), st.dictionaries(names, arguments)),
    st.builds(Read, names, refs),
    st.builds(Parameters, names, refs),
    st.builds(Fill, refs, refs),
    st.builds(SetGrad, refs, refs),
    st.builds(Backward, refs, refs),
)
stages = st.builds(Stage, st.dictionaries(names, inputs, max_size=3), st.lists(steps, max_size=4).map(tuple))
programmes: SearchStrategy[Programme] = st.tuples(stages, stages)

values: SearchStrategy[Value] = st.recursive(
    plain
    | st.builds(Opaque, st.text(max_size=8))
    | st.builds(TensorValue, tensors(), st.sampled_from(["cpu", "accelerator", "meta"]), st.booleans(), st.booleans()),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
lists_of_names = st.lists(names, max_size=2).map(tuple)
answers = st.builds(Returned, values, st.builds(Effects, lists_of_names, lists_of_names, lists_of_names)) | st.builds(
    Raised, st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)
)
replies = st.builds(Reply, st.lists(st.dictionaries(names, answers, max_size=3), max_size=3).map(tuple), lists_of_names)


# --------------------------------------------------------------------------------------------------- round trips


def comparable(value: Any) -> Any:
    """``value`` with tensors as their bits and floats as texts, so that NaN equals NaN and 1 is not 1.0 or True."""
    if isinstance(value, torch.Tensor):
        return bits(value)
    if isinstance(value, (tuple, list)):
        return type(value), [comparable(item) for item in value]
    if isinstance(value, dict):
        return {key: comparable(item) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return type(value), {name: comparable(getattr(value, name)) for name in value.__dataclass_fields__}
    return type(value), repr(value)


@EXAMPLES
@given(st.lists(programmes, min_size=1, max_size=3), st.sampled_from([0, 1]))
def test_a_stage_arrives_as_it_was_sent(batch: list[Programme], stage: int) -> None:
    arrived = decode_stage(*sent(*encode_stage(batch, stage)))
    assert comparable(arrived) == comparable([programme[stage] for programme in batch])


@EXAMPLES
@given(views())
def test_an_input_has_the_same_elements_in_the_same_places_after_the_wire(view: torch.Tensor) -> None:
    (stage,) = decode_stage(*sent(*encode_stage([(Stage({"X": Input.like(view)}, ()),)], 0)))
    made = stage.inputs["X"].view()
    assert bits(made) == bits(view)
    assert (made.stride(), made.storage_offset()) == (view.stride(), view.storage_offset())


@EXAMPLES
@given(replies)
def test_a_reply_arrives_as_it_was_sent(reply: Reply) -> None:
    arrived = decode_reply(*sent(*encode_reply(reply)), len(reply.answers))
    assert comparable(arrived) == comparable(reply)


# ------------------------------------------------------------------------------------------------ hostile replies

fields = st.sampled_from(["answers", "forbidden", "value", "effects", "raised", "tensor", "opaque", "dict"])
json_values = st.recursive(
    plain | st.integers() | st.sampled_from(["t0", "t1", "raised", "tensor"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(fields | st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@st.composite
def spoiled(draw: DrawFn, message: Any) -> Any:
    """``message`` with one of its parts, however deep, replaced, left out, or put in twice."""
    if not isinstance(message, (dict, list)) or not message or draw(st.integers(0, 3)) == 0:
        return draw(json_values)
    keys = list(message) if isinstance(message, dict) else list(range(len(message)))
    key = draw(st.sampled_from(keys))
    changed = message.copy()
    way = draw(st.sampled_from(["inside", "inside", "inside", "without", "more"]))
    if way == "without":
        del changed[key]
    elif way == "inside":
        changed[key] = draw(spoiled(message[key]))
    elif isinstance(changed, list):
        changed.append(message[key])
    else:
        changed[draw(st.text(max_size=3))] = message[key]
    return changed


def decoded_or_malformed(message: Any, table: Tensors, count: int) -> None:
    try:
        reply = decode_reply(message, table, count)
    except Malformed:
        return
    assert len(reply.answers) == count
    for part in reply.answers:
        for name, answer in part.items():
            assert isinstance(name, str)
            assert isinstance(answer, (Returned, Raised))


@HOSTILE_EXAMPLES
@given(json_values, st.integers(0, 3))
def test_any_json_decodes_or_is_malformed(message: Any, count: int) -> None:
    decoded_or_malformed(json.loads(json.dumps(message)), {"t0": torch.ones(2)}, count)


@HOSTILE_EXAMPLES
@given(st.data())
def test_a_reply_that_is_wrong_in_one_place_decodes_or_is_malformed(data: st.DataObject) -> None:
    reply = data.draw(replies)
    message, table = encode_reply(reply)
    message = data.draw(spoiled(json.loads(json.dumps(message))))
    kept = data.draw(st.sets(st.sampled_from(sorted(table)))) if table else set()
    decoded_or_malformed(message, {key: table[key] for key in kept}, len(reply.answers))


def reply_with(value: Any) -> dict[str, Any]:
    return {"answers": [{"Y": {"value": value, "effects": [[], [], []]}}], "forbidden": []}


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_values_may_be_nested_as_deeply_as_the_limit() -> None:
    decode_reply(reply_with(nested(DEPTH_LIMIT)), {}, 1)


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {},
        {"answers": [], "forbidden": []},
        {"answers": [{}, {}], "forbidden": []},
        {"answers": [[]], "forbidden": []},
        {"answers": [{}], "forbidden": [1]},
        {"answers": [{}], "forbidden": ["x"] * 257},
        {"answers": [{"x" * (TEXT_LIMIT + 1): {"raised": ["", "", ""]}}], "forbidden": []},
        {"answers": [{"Y": {"raised": ["", ""]}}], "forbidden": []},
        {"answers": [{"Y": {"raised": ["", "", None]}}], "forbidden": []},
        {"answers": [{"Y": {"value": 1}}], "forbidden": []},
        {"answers": [{"Y": {"effects": [[], [], []]}}], "forbidden": []},
        {"answers": [{"Y": {"value": 1, "effects": [[], []]}}], "forbidden": []},
        reply_with({"tensor": ["absent", "cpu", False, False]}),
        reply_with({"tensor": ["t0", "cpu", 0, False]}),
        reply_with({"tensor": ["t0", "cpu", False]}),
        reply_with({"opaque": 1}),
        reply_with({"dict": [["a"]]}),
        reply_with({"dict": [[1, 2]]}),
        reply_with({}),
        reply_with(2**63),
        reply_with("x" * (TEXT_LIMIT + 1)),
        reply_with(nested(DEPTH_LIMIT + 1)),
        reply_with(nested(500)),
    ],
)
def test_a_reply_that_no_honest_worker_sends_is_malformed(message: Any) -> None:
    with pytest.raises(Malformed):
        decode_reply(message, {"t0": torch.ones(1)}, 1)
