"""Whatever bytes a worker sends: frames within their bounds, or a refusal; never anything else."""

import json
import math
import socket
import struct
import tracemalloc
from collections.abc import Sequence
from typing import Any

import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from autograder.sandbox.wire import DTYPES, Closed, Frame, FrameReader, ProtocolViolation, pack, unpack
from tests.fuzz.material import any_of, examples, json_values, texts

MAX_PAYLOAD_BYTES = 4096
MAX_DEPTH, MAX_VALUES, MAX_DIMENSIONS = 32, 200_000, 16
ITEM_BYTES = {
    "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "C64": 8, "BOOL": 1, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1,
    "U16": 2, "U32": 4, "U64": 8, "F8_E4M3": 1, "F8_E5M2": 1, "F8_E8M0": 1, "F4": 1, "F6_E2M3": 1, "F99": 4, "": 1,
}  # fmt: skip
extents = st.integers(0, 3) | st.sampled_from([-1, 7, 2**31, 2**32, 2**62, 2**63, 2**64 - 1, 2**64])


@st.composite
def safetensors(draw: DrawFn) -> bytes:
    """Tensors as the safetensors format lays them out, with lies in any field of the index."""
    index: dict[str, Any] = {}
    end = 0
    for name in draw(st.lists(st.sampled_from(["t0", "t1", "__metadata__", ""]) | texts, max_size=4)):
        dtype = draw(st.sampled_from(sorted(ITEM_BYTES)))
        shape = draw(st.lists(extents, max_size=4) | st.integers(0, 2000).map(lambda count: [1] * count))
        length = min(abs(math.prod(shape)) * ITEM_BYTES[dtype], 512)
        index[name] = {
            "dtype": draw(any_of(dtype)),
            "shape": draw(any_of(shape)),
            "data_offsets": draw(any_of([end, end + length], st.lists(st.integers(0, 600), max_size=3))),
        }
        end += length
    text = json.dumps(draw(any_of(index))).encode()
    said = draw(st.sampled_from([len(text)] * 6 + [0, len(text) - 1, len(text) + 1, 2**40, 2**64 - 1]))
    data = draw(st.binary(max_size=8)) + bytes(range(256)) * 4
    return struct.pack("<Q", max(said, 0)) + text + data[: max(0, end + draw(st.sampled_from([0, 0, 0, -1, 1])))]


json_texts = st.one_of(
    json_values.map(lambda value: json.dumps({"event": value}).encode()),
    json_values.map(lambda value: json.dumps({"event": value}, ensure_ascii=False).encode("utf-8", "surrogatepass")),
    json_values.map(lambda value: json.dumps(value).encode()),
    st.lists(st.sampled_from([b'{"a":', b"[", b"]", b"}", b",", b'"', b"1e999", b"NaN", b"9" * 4400, b"\\ud800"])).map(
        b"".join
    ),
    st.binary(max_size=60),
)
payloads = st.just(b"") | safetensors() | st.binary(max_size=40)


@st.composite
def frames(draw: DrawFn) -> bytes:
    """A frame, most of the time with the lengths that it has."""
    text, payload = draw(json_texts), draw(payloads)
    magic = draw(st.sampled_from([b"AGW1"] * 8 + [b"AGW2", b"HTTP"]))
    text_bytes = draw(st.sampled_from([len(text)] * 12 + [0, 1, 100, 2**31, 2**32 - 1]))
    payload_bytes = draw(st.sampled_from([len(payload)] * 12 + [1, MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES + 1, 2**63]))
    return struct.pack("<4sIQ", magic, text_bytes, payload_bytes) + text + payload


streams = st.binary(max_size=200) | st.lists(frames(), max_size=4).map(b"".join)


def read_all(stream: bytes, cuts: Sequence[int]) -> tuple[list[Frame], type[Exception]]:
    """The frames in ``stream``, sent in pieces of these lengths and then the rest, and what came at its end."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    reader = FrameReader(theirs, max_payload_bytes=MAX_PAYLOAD_BYTES)
    received: list[Frame] = []
    with ours, theirs:
        for cut in [*cuts, len(stream)]:
            ours.sendall(stream[:cut])
            stream = stream[cut:]
            if not stream:
                ours.shutdown(socket.SHUT_WR)
            try:
                while (frame := reader.read()) is not None:
                    received.append(frame)
            except (Closed, ProtocolViolation) as end:
                return received, type(end)
    raise AssertionError("the end of the stream was not told")


def check_message(message: Any) -> None:
    assert isinstance(message, dict)
    json.dumps(message, ensure_ascii=False).encode("utf-8")
    level, count = [message], 0
    for _ in range(MAX_DEPTH):
        count += len(level)
        inner = [list(value.values()) if isinstance(value, dict) else value for value in level]
        level = [item for value in inner if isinstance(value, list) for item in value]
    assert not level
    assert count <= MAX_VALUES


def check_tensors(tensors: dict[str, torch.Tensor], payload_bytes: int) -> None:
    assert sum(tensor.nbytes for tensor in tensors.values()) <= payload_bytes
    for name, tensor in tensors.items():
        name.encode("utf-8")
        assert tensor.dtype in DTYPES
        assert tensor.dim() <= MAX_DIMENSIONS
        assert tensor.is_contiguous()
        assert tensor.device.type == "cpu"
        held = tensor.clone().view(-1).view(torch.uint8).tolist() if tensor.numel() else []
        assert tensor.dtype is not torch.bool or set(held) <= {0, 1}


@examples(250)
@given(stream=streams, cuts=st.lists(st.integers(0, 40), max_size=6))
def test_any_bytes_are_frames_within_their_bounds_or_refused(stream: bytes, cuts: list[int]) -> None:
    received, _ = read_all(stream, cuts)
    assert sum(frame.size_bytes for frame in received) <= len(stream)
    for frame in received:
        check_message(frame.message)
        check_tensors(frame.tensors, min(frame.size_bytes, MAX_PAYLOAD_BYTES))


@examples(100)
@given(stream=streams, cuts=st.lists(st.integers(0, 40), max_size=6))
def test_how_a_stream_is_cut_makes_no_difference(stream: bytes, cuts: list[int]) -> None:
    pieces, end = read_all(stream, cuts)
    whole, same_end = read_all(stream, [])
    assert end is same_end
    assert [(repr(frame.message), repr(frame.tensors)) for frame in pieces] == [
        (repr(frame.message), repr(frame.tensors)) for frame in whole
    ]


@examples(250)
@given(payload=safetensors())
def test_any_tensors_are_decoded_within_their_bounds_or_refused(payload: bytes) -> None:
    try:
        message, tensors = unpack(b"{}", payload)
    except ProtocolViolation:
        return
    assert message == {}
    check_tensors(tensors, len(payload))


@examples(100)
@given(message=st.dictionaries(texts, json_values, max_size=3))
def test_what_one_side_packs_the_other_takes(message: dict[str, Any]) -> None:
    data = pack(message, {"t0": torch.ones(2)})
    received, end = read_all(data, [])
    assert end is Closed
    assert len(received) == 1
    assert received[0].tensors["t0"].tolist() == [1.0, 1.0]


WIDE = ("[],", "{},", "0,", "1.5,", '"",', '"é",', '"a":0,', '{"a":0},', "[[0],", '"\\ud800",', '"\\n",', "1e9,", " ")


@examples(20)
@given(pieces=st.lists(st.sampled_from(WIDE), min_size=1, max_size=3), opening=st.sampled_from(['{"a":[', "{", "["]))
def test_reading_takes_memory_in_proportion_to_what_was_sent(pieces: list[str], opening: str) -> None:
    unit = "".join(pieces).encode()
    text = opening.encode() + unit * (100_000 // len(unit)) + b"0]}"
    tracemalloc.start()
    try:
        unpack(text, b"")
    except ProtocolViolation:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 64 * len(text)


@examples(10)
@given(unit=st.sampled_from(["[],", "{},", "[[[]]],", '{"":0},', '"",', '"\\ud800",']), in_a_text=st.booleans())
def test_json_of_too_many_values_is_refused_before_it_takes_memory(unit: str, in_a_text: bool) -> None:
    many = unit * 300_000
    text = json.dumps({"a": many if in_a_text else ""}).encode()
    if not in_a_text:
        text = b'{"a":[' + many.encode() + b"0]}"
    tracemalloc.start()
    try:
        message, _ = unpack(text, b"")
        assert in_a_text
        assert message["a"] == many
    except ProtocolViolation:
        assert not in_a_text
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 60e6
