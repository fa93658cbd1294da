"""Programmes and replies as JSON and a table of tensors, for the wire between the judge and a worker.

The decoder of replies is on the trusted side: it takes nothing for granted and raises :class:`Malformed`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from autograder.probe.answers import Answer, Effects, Opaque, Raised, Reply, Returned, TensorValue, Value
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

Tensors = dict[str, torch.Tensor]
DEPTH_LIMIT = 8
TEXT_LIMIT = 1000


class Malformed(ValueError):
    """A message that no honest peer sends."""


# ---------------------------------------------------------------------------------------------------- programmes


def encode_stage(programmes: Sequence[Programme], stage: int) -> tuple[list[Any], Tensors]:
    """One stage of a batch of programmes."""
    tensors: Tensors = {}
    return [_encode_stage(programme[stage], tensors) for programme in programmes], tensors


def decode_stage(message: Sequence[Any], tensors: Mapping[str, torch.Tensor]) -> list[Stage]:
    """The stages that :func:`encode_stage` was given."""
    return [
        Stage(
            {
                name: Input(tensors[key], tuple(shape), tuple(stride), offset, device, grad)
                for name, (key, shape, stride, offset, device, grad) in part["inputs"].items()
            },
            tuple(_decode_step(step) for step in part["steps"]),
        )
        for part in message
    ]


def _encode_stage(stage: Stage, tensors: Tensors) -> dict[str, Any]:
    return {
        "inputs": {
            name: [_keep(item.storage, tensors), item.shape, item.stride, item.offset, item.device, item.requires_grad]
            for name, item in stage.inputs.items()
        },
        "steps": [_encode_step(step) for step in stage.steps],
    }


def _keep(tensor: torch.Tensor, tensors: Tensors) -> str:
    key = f"t{len(tensors)}"
    tensors[key] = tensor
    return key


def _encode_step(step: Step) -> list[Any]:
    match step:
        case Call(name, function, args, kwargs, watched, counted):
            keywords = {key: _encode_argument(argument) for key, argument in kwargs.items()}
            positional = [_encode_argument(item) for item in args]
            return ["call", name, _encode_argument(function), positional, keywords, watched, counted]
        case Read(name, source):
            return ["read", name, _encode_argument(source)]
        case Parameters(name, source):
            return ["parameters", name, _encode_argument(source)]
        case Fill(target, source):
            return ["fill", _encode_argument(target), _encode_argument(source)]
        case SetGrad(target, source):
            return ["set_grad", _encode_argument(target), _encode_argument(source)]
        case Backward(output, gradient):
            return ["backward", _encode_argument(output), _encode_argument(gradient)]


def _decode_step(step: Sequence[Any]) -> Step:
    kind, *parts = step
    if kind == "call":
        name, function, args, kwargs, watched, counted = parts
        return Call(
            name,
            _decode_argument(function),
            tuple(_decode_argument(a) for a in args),
            {key: _decode_argument(a) for key, a in kwargs.items()},
            watched,
            counted,
        )
    if kind in ("read", "parameters"):
        return (Read if kind == "read" else Parameters)(parts[0], _decode_argument(parts[1]))
    kinds: dict[str, type[Fill | SetGrad | Backward]] = {"fill": Fill, "set_grad": SetGrad, "backward": Backward}
    return kinds[kind](_decode_argument(parts[0]), _decode_argument(parts[1]))


def _encode_argument(argument: Any) -> Any:
    match argument:
        case Ref(name, path):
            return {"ref": [name, path]}
        case Device(name):
            return {"device": name}
        case torch.dtype():
            return {"dtype": str(argument).removeprefix("torch.")}
        case tuple():
            return {"tuple": [_encode_argument(item) for item in argument]}
        case list():
            return [_encode_argument(item) for item in argument]
    return argument


def _decode_argument(argument: Any) -> Any:
    match argument:
        case {"ref": [name, path]}:
            return Ref(name, path)
        case {"device": name}:
            return Device(name)
        case {"dtype": name}:
            return getattr(torch, name)
        case {"tuple": items}:
            return tuple(_decode_argument(item) for item in items)
        case list():
            return [_decode_argument(item) for item in argument]
    return argument


# ------------------------------------------------------------------------------------------------------- replies


def encode_reply(reply: Reply) -> tuple[dict[str, Any], Tensors]:
    """A reply, on the worker's side."""
    tensors: Tensors = {}
    answers = [{name: _encode_answer(answer, tensors) for name, answer in part.items()} for part in reply.answers]
    return {"answers": answers, "forbidden": list(reply.forbidden)}, tensors


def decode_reply(message: Any, tensors: Mapping[str, torch.Tensor], count: int) -> Reply:
    """The reply to a stage of ``count`` programmes; raises Malformed for anything else."""
    answers, forbidden = _field(message, "answers", list), _field(message, "forbidden", list)
    if len(answers) != count:
        raise Malformed(f"{len(answers)} answers to {count} programmes")
    decoded = []
    for part in answers:
        if not isinstance(part, dict):
            raise Malformed("answers are not a table")
        decoded.append({_text(name): _decode_answer(answer, tensors) for name, answer in part.items()})
    return Reply(tuple(decoded), _names(forbidden))


def _encode_answer(answer: Answer, tensors: Tensors) -> dict[str, Any]:
    if isinstance(answer, Raised):
        return {"raised": [answer.type_name, answer.message, answer.where, *answer.kinds]}
    effects = answer.effects
    return {
        "value": _encode_value(answer.value, tensors),
        "effects": [effects.changed_inputs, effects.shares_storage_with, effects.changed_state],
    }


def _decode_answer(answer: Any, tensors: Mapping[str, torch.Tensor]) -> Answer:
    if not isinstance(answer, dict):
        raise Malformed("an answer is not a table")
    if "raised" in answer:
        parts = _names(answer["raised"])
        if len(parts) < 3:
            raise Malformed("an error has three parts, and then the names of its types")
        type_name, message, where, *kinds = parts
        return Raised(type_name, message, where, tuple(kinds))
    effects = _field(answer, "effects", list)
    if "value" not in answer or len(effects) != 3:
        raise Malformed("an answer lacks its value or its effects")
    return Returned(_decode_value(answer["value"], tensors, 0), Effects(*(_names(part) for part in effects)))


def _encode_value(value: Value, tensors: Tensors) -> Any:
    match value:
        case TensorValue(data, device, requires_grad, is_parameter):
            return {"tensor": [_keep(data, tensors), device, requires_grad, is_parameter]}
        case Opaque(type_name):
            return {"opaque": type_name}
        case tuple():
            return [_encode_value(item, tensors) for item in value]
        case dict():
            return {"dict": [[key, _encode_value(item, tensors)] for key, item in value.items()]}
    return value


def _decode_value(value: Any, tensors: Mapping[str, torch.Tensor], depth: int) -> Value:
    if depth > DEPTH_LIMIT:
        raise Malformed("values are nested too deeply")
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        if abs(value) >= 2**63:
            raise Malformed("an integer is too large")
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return tuple(_decode_value(item, tensors, depth + 1) for item in value)
    match value:
        case {"tensor": [str(key), str(device), bool(requires_grad), bool(is_parameter)]} if key in tensors:
            return TensorValue(tensors[key], _text(device), requires_grad, is_parameter)
        case {"opaque": str(type_name)}:
            return Opaque(_text(type_name))
        case {"dict": list(items)} if all(isinstance(item, list) and len(item) == 2 for item in items):
            return {_text(key): _decode_value(item, tensors, depth + 1) for key, item in items}
    raise Malformed("a value is of no known kind")


def _field(message: Any, name: str, kind: type) -> Any:
    if not isinstance(message, dict) or not isinstance(message.get(name), kind):
        raise Malformed(f"the field {name!r} is missing or of the wrong kind")
    return message[name]


def _names(items: Any) -> tuple[str, ...]:
    if not isinstance(items, list) or len(items) > 256:
        raise Malformed("a list of names is missing or too long")
    return tuple(_text(item) for item in items)


def _text(item: Any) -> str:
    if not isinstance(item, str) or len(item) > TEXT_LIMIT:
        raise Malformed("a text is missing or too long")
    # JSON can hold half of a surrogate pair, which no file can.
    return item.encode("utf-8", "replace").decode("utf-8")
