"""What is packed comes back; what no honest peer sends is refused, whatever it is."""

import json
import socket
import struct

import pytest
import torch

from autograder.sandbox.wire import Closed, FrameReader, ProtocolViolation, pack, unpack


def through_a_socket(data: bytes, *, max_payload_bytes: int = 1 << 20) -> FrameReader:
    ours, theirs = socket.socketpair()
    theirs.settimeout(5)
    ours.sendall(data)
    ours.close()
    return FrameReader(theirs, max_payload_bytes=max_payload_bytes)


def frame(text: bytes, payload: bytes = b"") -> bytes:
    return struct.pack("<4sIQ", b"AGW1", len(text), len(payload)) + text + payload


@pytest.mark.parametrize(
    "tensor",
    [
        torch.randn(2, 3, 4),
        torch.tensor(3.5),
        torch.empty(0, 3),
        torch.tensor([True, False]),
        torch.ones(2, dtype=torch.bfloat16),
        torch.randn(4, 6).t(),
        torch.randn(4, 6)[::2, ::3],
        torch.randn(3, requires_grad=True),
        torch.tensor([float("nan"), float("inf"), -0.0]),
        torch.randn(2, dtype=torch.complex64).conj(),
    ],
    ids=["plain", "scalar", "empty", "boolean", "bfloat16", "transposed", "strided", "leaf", "not finite", "conjugate"],
)
def test_a_tensor_comes_back_as_it_was(tensor: torch.Tensor) -> None:
    received = through_a_socket(pack({"a": [1, None, "é"]}, {"x": tensor})).read()
    assert received is not None
    assert received.message == {"a": [1, None, "é"]}
    back = received.tensors["x"]
    assert back.dtype == tensor.dtype
    assert back.shape == tensor.shape
    assert torch.equal(torch.nan_to_num(back), torch.nan_to_num(tensor.detach().resolve_conj()))


def test_tensors_that_share_memory_are_sent_as_two() -> None:
    base = torch.arange(6.0)
    _, tensors = unpack(b"{}", pack({}, {"all": base, "again": base, "part": base[2:4]})[16 + 2 :])
    assert {name: tensor.tolist() for name, tensor in tensors.items()} == {
        "all": base.tolist(), "again": base.tolist(), "part": [2.0, 3.0],
    }  # fmt: skip


def test_several_frames_in_a_row_are_read_one_by_one_and_then_the_end_is_told() -> None:
    reader = through_a_socket(pack({"n": 1}) + pack({"n": 2}, {"x": torch.ones(3)}) + pack({"n": 3}))
    assert [reader.read().message["n"] for _ in range(3)] == [1, 2, 3]  # type: ignore[union-attr]
    with pytest.raises(Closed):
        reader.read()


def test_what_is_not_there_yet_is_waited_for_without_blocking() -> None:
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    reader = FrameReader(theirs, max_payload_bytes=100)
    data = pack({"n": 1})
    ours.sendall(data[:20])
    assert reader.read() is None
    ours.sendall(data[20:])
    assert reader.read().message == {"n": 1}  # type: ignore[union-attr]


INDEX = b'{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
BAD_FRAMES = {
    "no magic": b"GET / HTTP/1.0\r\n\r\n",
    "JSON of 4 GB": struct.pack("<4sIQ", b"AGW1", 0xFFFFFFFF, 0),
    "payload of 8 EB": struct.pack("<4sIQ", b"AGW1", 2, 1 << 63) + b"{}",
    "not JSON": frame(b"{'a': 1}"),
    "not an object": frame(b"[1, 2]"),
    "not UTF-8": frame(b'{"a": "\xff"}'),
    "deep": frame(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "rather deep": frame(b'{"a":' + b"[" * 100 + b"]" * 100 + b"}"),
    "wide": frame(b'{"a":[' + b"[]," * 300_000 + b"[]]}"),
    "a huge integer": frame(b'{"a":' + b"9" * 100_000 + b"}"),
    "tensors without an index": frame(b"{}", b"x"),
    "a large index": frame(b"{}", struct.pack("<Q", 1 << 40) + b"{}"),
    "an index that lies": frame(b"{}", struct.pack("<Q", len(INDEX)) + INDEX + b"1234"),
    "an index that is not JSON": frame(b"{}", struct.pack("<Q", 3) + b"abc"),
    "an unknown dtype": frame(b"{}", struct.pack("<Q", len(INDEX)) + INDEX.replace(b"F32", b"F99") + bytes(8)),
    "a dtype not expected": frame(
        b"{}", struct.pack("<Q", len(INDEX) + 4) + INDEX.replace(b"F32", b"F8_E4M3").replace(b"8]", b"2]") + bytes(2)
    ),
    "a negative shape": frame(b"{}", struct.pack("<Q", len(INDEX) + 1) + INDEX.replace(b"[2]", b"[-2]") + bytes(8)),
    "thousands of dimensions": frame(
        b"{}",
        struct.pack("<Q", len(INDEX) - 3 + 2 + 1999 * 2 + 1)
        + INDEX.replace(b"[2]", b"[2" + b",1" * 1999 + b"]")
        + bytes(8),
    ),
}


@pytest.mark.parametrize("name", BAD_FRAMES, ids=lambda name: name.replace(" ", "-"))
def test_a_frame_that_no_honest_peer_sends_is_refused(name: str) -> None:
    with pytest.raises(ProtocolViolation):
        read_piecewise(BAD_FRAMES[name])


def read_piecewise(data: bytes) -> None:
    """Reads a frame that may be larger than the socket's buffer, as it comes."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    reader = FrameReader(theirs, max_payload_bytes=1 << 20)
    for start in range(0, len(data), 1 << 14):
        ours.sendall(data[start : start + (1 << 14)])
        assert reader.read() is None
    raise AssertionError("the frame was not refused")


def test_half_of_a_surrogate_pair_does_not_get_in() -> None:
    message, _ = unpack(rb'{"a": "\ud800 b", "c": "\ud83d\ude00"}', b"")
    json.dumps(message, ensure_ascii=False).encode("utf-8")
    assert message["a"] == "? b"


def test_half_of_a_surrogate_pair_does_not_get_out() -> None:
    assert unpack(pack({"a": "\ud800"})[16:], b"") == ({"a": "?"}, {})


def test_a_boolean_tensor_holds_nothing_but_zero_and_one() -> None:
    index = b'{"x":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}'
    _, tensors = unpack(b"{}", struct.pack("<Q", len(index)) + index + b"\x00\x02\xff")
    assert tensors["x"].view(torch.uint8).tolist() == [0, 1, 1]


@pytest.mark.parametrize("dtype", [torch.complex128, torch.float8_e4m3fn])
def test_a_tensor_that_cannot_be_sent_is_a_type_error(dtype: torch.dtype) -> None:
    with pytest.raises(TypeError):
        pack({}, {"x": torch.zeros(2).to(dtype)})
