"""Frames between the judge and a worker: JSON and tensors, nothing that can be executed.

A frame is a magic word, the length of its JSON (u32), the length of its payload (u64), the JSON in UTF-8, and
the tensors in the safetensors format (nothing for no tensors). Both sides use this; what the trusted side
receives it takes for hostile, so every length is bounded before anything is allocated or parsed.
"""

import json
import re
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from safetensors import SafetensorError, TensorSpec, serialize
from safetensors.torch import load

from autograder.json_size import has_more_values

_HEADER = struct.Struct("<4sIQ")
_MAGIC = b"AGW1"
MAX_JSON_BYTES = 10 << 20
_MAX_TENSOR_INDEX_BYTES = 1 << 20
_MAX_DEPTH = 32
_MAX_VALUES = 200_000
_MAX_DIMENSIONS = 16
_LONE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
DTYPES = frozenset(
    {
        torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.complex64, torch.bool,
        torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
    }
)  # fmt: skip

Tensors = dict[str, torch.Tensor]
_SOMEWHERE = torch.zeros(1)  # an address for tensors without elements, which have none


class ProtocolViolation(Exception):
    """The peer sent something that no honest peer sends."""


class Closed(Exception):
    """The peer closed the channel."""


@dataclass(frozen=True)
class Frame:
    """One message: a JSON object, its tensors (contiguous, on the CPU) and the bytes it took on the wire."""

    message: dict[str, Any]
    tensors: Tensors
    size_bytes: int


def pack(message: Mapping[str, Any], tensors: Mapping[str, torch.Tensor] | bytes = b"") -> bytes:
    """The frame for ``message`` and ``tensors``, which may be packed already.

    Raises TypeError or ValueError for what JSON or safetensors cannot hold.
    """
    text = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    if len(text) > MAX_JSON_BYTES:
        raise ValueError(f"a message of {len(text)} bytes is longer than {MAX_JSON_BYTES}")
    payload = tensors if isinstance(tensors, bytes) else pack_tensors(tensors)
    return _HEADER.pack(_MAGIC, len(text), len(payload)) + text + payload


def pack_tensors(tensors: Mapping[str, torch.Tensor]) -> bytes:
    """The payload that holds the tensors; their strides and devices are lost, and views are copied.

    Raises TypeError for a dtype that cannot be sent.
    """
    plain = _plain(tensors)  # kept alive: what is serialized are addresses
    described = {
        name: TensorSpec(
            dtype=str(tensor.dtype).removeprefix("torch."),
            shape=tensor.shape,
            data_ptr=tensor.data_ptr() or _SOMEWHERE.data_ptr(),
            data_len=tensor.nbytes,
        )
        for name, tensor in plain.items()
    }
    return bytes(serialize(described)) if plain else b""


def _plain(tensors: Mapping[str, torch.Tensor]) -> Tensors:
    """The tensors contiguous, on the CPU, and no two in one storage, as safetensors wants them."""
    seen: set[int] = set()
    plain: Tensors = {}
    for name, given in tensors.items():
        if given.dtype not in DTYPES:
            raise TypeError(f"a tensor of {given.dtype} cannot be sent")
        tensor = given.detach().cpu().resolve_conj().resolve_neg().contiguous()
        storage = tensor.untyped_storage()
        if storage.data_ptr() in seen or storage.nbytes() != tensor.nbytes:
            tensor = tensor.clone(memory_format=torch.contiguous_format)
        seen.add(tensor.untyped_storage().data_ptr())
        plain[name] = tensor
    return plain


def unpack(text: bytes, payload: bytes) -> tuple[dict[str, Any], Tensors]:
    """The message and the tensors of a frame. Raises ProtocolViolation for anything else."""
    if has_more_values(text, _MAX_VALUES):
        raise ProtocolViolation("a frame with too many values")
    try:
        message = json.loads(text.decode("utf-8"))
        if _LONE_SURROGATE.search(text):
            message = json.loads(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise ProtocolViolation(f"a frame whose JSON does not parse ({type(error).__name__})") from None
    if not isinstance(message, dict):
        raise ProtocolViolation("a frame that is not a JSON object")
    _check_extent(message)
    return message, _unpack_tensors(payload) if payload else {}


def _check_extent(message: Any) -> None:
    """Refuses JSON so deep or so wide that reading it would be the attack."""
    level, values = [message], 0
    for _ in range(_MAX_DEPTH):
        values += len(level)
        if values > _MAX_VALUES:
            raise ProtocolViolation("a frame with too many values")
        containers = [value for value in level if isinstance(value, (dict, list))]
        if not containers:
            return
        level = [inner for value in containers for inner in (value.values() if isinstance(value, dict) else value)]
    raise ProtocolViolation("a frame nested too deeply")


def _unpack_tensors(payload: bytes) -> Tensors:
    if len(payload) < 8 or int.from_bytes(payload[:8], "little") > _MAX_TENSOR_INDEX_BYTES:
        raise ProtocolViolation("tensors without a proper index")
    try:
        tensors = load(payload)
    except (SafetensorError, ValueError, KeyError, RuntimeError, AssertionError, TypeError, OverflowError) as error:
        raise ProtocolViolation(f"tensors that do not parse ({type(error).__name__})") from None
    for name, tensor in tensors.items():
        if tensor.dtype not in DTYPES or tensor.dim() > _MAX_DIMENSIONS:
            raise ProtocolViolation("a tensor of a kind that is not expected")
        if tensor.dtype is torch.bool and tensor.numel():  # any byte but 0 and 1 would be undefined behaviour
            tensors[name] = tensor.view(torch.uint8) != 0
    return tensors


class FrameReader:
    """Puts frames together from a socket, reading what there is and never past the end of a frame."""

    def __init__(self, stream: socket.socket, *, max_payload_bytes: int) -> None:
        self._stream, self._max_payload_bytes = stream, max_payload_bytes
        self._start(_HEADER.size)
        self._lengths: tuple[int, int] | None = None

    def _start(self, size: int) -> None:
        self._buffer, self._filled = bytearray(size), 0

    def read(self) -> Frame | None:
        """The next frame, or None when the socket has nothing more for now (a non-blocking socket).

        Raises Closed at the end of the stream, ProtocolViolation for a bad frame.
        """
        while True:
            while self._filled < len(self._buffer):
                try:
                    count = self._stream.recv_into(memoryview(self._buffer)[self._filled :])
                except BlockingIOError:
                    return None
                except ConnectionError:
                    count = 0
                if count == 0:
                    raise Closed
                self._filled += count
            if self._lengths is not None:
                return self._finish(*self._lengths)
            self._lengths = self._read_header()
            self._start(sum(self._lengths))

    def _read_header(self) -> tuple[int, int]:
        magic, text_bytes, payload_bytes = _HEADER.unpack(self._buffer)
        if magic != _MAGIC:
            raise ProtocolViolation("bytes that are not a frame")
        if text_bytes > MAX_JSON_BYTES or payload_bytes > self._max_payload_bytes:
            raise ProtocolViolation("a frame that is too long")
        return text_bytes, payload_bytes

    def _finish(self, text_bytes: int, payload_bytes: int) -> Frame:
        whole = memoryview(self._buffer)
        self._lengths = None
        self._start(_HEADER.size)
        message, tensors = unpack(bytes(whole[:text_bytes]), bytes(whole[text_bytes:]))
        return Frame(message, tensors, _HEADER.size + text_bytes + payload_bytes)
