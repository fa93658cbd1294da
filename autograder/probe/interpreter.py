"""Runs programmes beside the student's code and reports, as plain data, what came of it."""

import builtins
import os
import random
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch.utils import _device

from autograder.probe import devices, operations
from autograder.probe.answers import DTYPES, Answer, Effects, Opaque, Raised, Reply, Returned, TensorValue, Value
from autograder.probe.counting import counting
from autograder.probe.parameters import parameters_of
from autograder.probe.steps import (
    Backward,
    Call,
    Device,
    Fill,
    Input,
    Parameters,
    Read,
    Ref,
    Reported,
    SetGrad,
    Stage,
    Step,
    operations_of,
)
from autograder.probe.time_limit import TimeLimitReached

MESSAGE_LIMIT = 400
COLLECTION_LIMIT, DEPTH_LIMIT = 4096, 4
# Python's own types of errors, by identity: a class of the student's may compare as it likes.
_ERRORS = {
    id(kind): kind.__name__
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
# With a separator at the end, so that a folder autograder-homework is not taken for a part of this one.
LIBRARY_FOLDERS = (
    os.path.join(Path(__file__).resolve().parent.parent, ""),
    os.path.join(Path(torch.__file__).resolve().parent, ""),
)


class Session:
    """The objects of a batch of programmes, kept from stage to stage.

    ``namespace`` is the student's: functions are looked up in it by name.
    """

    def __init__(self, namespace: Mapping[str, Any], prefer: devices.Preference = "auto") -> None:
        self._namespace = namespace
        self._prefer = prefer
        self._objects: list[dict[str, Any]] = []
        self._inputs: list[dict[str, torch.Tensor]] = []

    def run(self, stages: Sequence[Stage], forbid: Sequence[str] = ()) -> Reply:
        """Run the next stage of every programme.

        ``forbid``: substrings of operations that the student's code may not dispatch.
        """
        while len(self._objects) < len(stages):
            self._objects.append({})
            self._inputs.append({})
        with operations.forbidding(forbid) as seen, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answers = tuple(self._run_stage(index, stage) for index, stage in enumerate(stages))
        return Reply(answers, tuple(seen))

    def _run_stage(self, index: int, stage: Stage) -> dict[str, Answer]:
        objects, inputs = self._objects[index], self._inputs[index]
        answers: dict[str, Answer] = {}
        try:
            for name, description in stage.inputs.items():
                objects[name] = inputs[name] = self._make(description)
        except Exception as error:
            return {name: _raised(error) for name in _names(stage)}
        for step in stage.steps:
            try:
                answer: Answer = self._step(step, objects, inputs)
            except (KeyboardInterrupt, TimeLimitReached):
                raise
            except BaseException as error:
                answer = _raised(error)
            if not isinstance(answer, Raised):
                if isinstance(step, Reported):
                    answers[step.name] = answer
                continue
            answers |= {name: answer for name in _names(stage) if name not in answers}
            break
        return answers

    def _make(self, description: Input) -> torch.Tensor:
        tensor = description.view()
        if description.device == "accelerator":
            tensor = tensor.to(devices.accelerator(self._prefer))
        return tensor.requires_grad_() if description.requires_grad else tensor

    def _step(self, step: Step, objects: dict[str, Any], inputs: dict[str, torch.Tensor]) -> Answer:
        match step:
            case Call(name, function, args, kwargs, watched, counted):
                target = self._resolve(function, objects)
                plain_args = [self._argument(argument, objects) for argument in args]
                plain_kwargs = {key: self._argument(argument, objects) for key, argument in kwargs.items()}
                with _watching(inputs, watched) as watch, counting(counted) as operations_seen:
                    objects[name] = target(*plain_args, **plain_kwargs)
                objects[operations_of(name).name] = operations_seen
                return Returned(observe(objects[name]), watch.effects(objects[name]))
            case Read(name, source):
                objects[name] = _follow(objects[source.name], source.path)
                return Returned(observe(objects[name]))
            case Parameters(name, source):
                return Returned(observe(parameters_of(_follow(objects[source.name], source.path))))
            case Fill(target_ref, source):
                with torch.no_grad():
                    _follow(objects[target_ref.name], target_ref.path).copy_(objects[source.name])
            case SetGrad(target_ref, source):
                _follow(objects[target_ref.name], target_ref.path).grad = objects[source.name]
            case Backward(output, gradient):
                value = _follow(objects[output.name], output.path)
                upstream = objects[gradient.name]
                torch.autograd.backward(value, upstream.to(device=value.device, dtype=value.dtype))
        return Returned(None)

    def _resolve(self, function: str | Ref, objects: Mapping[str, Any]) -> Any:
        if isinstance(function, Ref):
            return _follow(objects[function.name], function.path)
        if function.startswith("torch."):
            return _follow(torch, function.removeprefix("torch."))
        if function not in self._namespace:
            raise NameError(f"name '{function}' is not defined")
        return self._namespace[function]

    def _argument(self, argument: Any, objects: Mapping[str, Any]) -> Any:
        match argument:
            case Ref(name, path):
                return _follow(objects[name], path)
            case Device(name):
                return devices.accelerator(self._prefer) if name == "accelerator" else torch.device("cpu")
            case tuple() | list():
                return type(argument)(self._argument(item, objects) for item in argument)
        return argument


def _names(stage: Stage) -> list[str]:
    return [step.name for step in stage.steps if isinstance(step, Reported)] or ["done"]


def _follow(value: Any, path: str) -> Any:
    for part in path.split(".") if path else ():
        value = value[int(part)] if part.isdecimal() else getattr(value, part)
    return value


def observe(value: object, depth: int = 0) -> Value:
    """``value`` as plain data: numbers, strings, tensors and collections of them; anything else by its type's name."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        number = int.__index__(value)
        return number if abs(number) < 2**63 else Opaque("int beyond 64 bits")
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, torch.Tensor):
        return _observe_tensor(value)
    if isinstance(value, (tuple, list)) and depth < DEPTH_LIMIT and len(value) <= COLLECTION_LIMIT:
        return tuple(observe(item, depth + 1) for item in value)
    if isinstance(value, dict) and depth < DEPTH_LIMIT and len(value) <= COLLECTION_LIMIT:
        return {_text(str(key)): observe(item, depth + 1) for key, item in value.items()}
    return Opaque(_type_name(value))


def _type_name(value: object) -> str:
    """The name that ``value``'s class has, whatever its metaclass says."""
    return _text(type.__dict__["__name__"].__get__(type(value)))


def _text(text: str) -> str:
    """The beginning of ``text``, with ``?`` for what UTF-8 cannot hold: halves of surrogate pairs.

    ``text`` may be of a class of the student's, with methods of its own: ``str(x)`` is whatever ``__str__`` returns.
    """
    return str.__str__(text)[:MESSAGE_LIMIT].encode("utf-8", "replace").decode("utf-8")


def _observe_tensor(tensor: torch.Tensor) -> Value:
    is_parameter = isinstance(tensor, torch.nn.Parameter)
    if is_parameter and torch.nn.parameter.is_lazy(tensor):
        return Opaque("lazy parameter without a shape yet")
    if type(tensor) not in (torch.Tensor, torch.nn.Parameter):
        # A subclass may say what it likes of its device or its gradient; the tensor in it cannot.
        try:
            with torch._C.DisableTorchFunction():
                tensor = torch.Tensor.as_subclass(tensor, torch.Tensor)
        except RuntimeError:
            return Opaque(_type_name(tensor))
    if tensor.layout is not torch.strided or tensor.is_quantized or tensor.is_nested:
        kind = "quantized" if tensor.is_quantized else "nested" if tensor.is_nested else str(tensor.layout)
        return Opaque(f"{kind} tensor")
    if tensor.device.type == "meta":
        return Opaque("tensor on the meta device, which holds no values")
    if tensor.dtype not in DTYPES:
        return Opaque(f"tensor of {str(tensor.dtype).removeprefix('torch.')}")
    name = "accelerator" if devices.is_accelerator(tensor) else tensor.device.type
    return TensorValue(devices.to_host(tensor), name, bool(tensor.requires_grad), is_parameter)


def _raised(error: BaseException) -> Raised:
    try:
        message = str(error)
    except TimeLimitReached:
        raise
    except BaseException:
        message = "(its message could not be read)"
    return Raised(_type_name(error), _text(message), _where(error), _kinds(error))


def _kinds(error: BaseException) -> tuple[str, ...]:
    """The names of Python's own types that an error of the student's is of, whatever its metaclass says."""
    order = [id(kind) for kind in type.__dict__["__mro__"].__get__(type(error))]
    return () if order[0] in _ERRORS else tuple(_ERRORS[kind] for kind in order if kind in _ERRORS)


def _where(error: BaseException) -> str:
    """The innermost line that is neither ours nor PyTorch's, as ``line 3: Y[i, j] = …``."""
    try:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if not frame.filename.startswith(LIBRARY_FOLDERS)
        ]
        if not frames:
            return ""
        text = f": {frames[-1].line}" if frames[-1].line else ""
        return _text(f"line {frames[-1].lineno} of {frames[-1].name}{text}")
    except TimeLimitReached:
        raise
    except BaseException:
        return ""


@dataclass
class _Watch:
    """Finds out what a call did to its inputs and to global settings."""

    inputs: Mapping[str, torch.Tensor]
    before: dict[str, tuple[torch.Tensor, int]] = field(default_factory=dict)
    changed_state: list[str] = field(default_factory=list)

    def effects(self, result: object) -> Effects:
        changed = [
            name
            for name, (values, version) in self.before.items()
            if self.inputs[name]._version != version or not _same_bits(values, self.inputs[name])
        ]
        memory = {tensor.untyped_storage().data_ptr() for tensor in _tensors(result)}
        shared = [
            name
            for name in self.before
            if self.inputs[name].numel() and self.inputs[name].untyped_storage().data_ptr() in memory
        ]
        return Effects(tuple(changed), tuple(shared), tuple(self.changed_state))


@contextmanager
def _watching(inputs: Mapping[str, torch.Tensor], closely: bool) -> Iterator[_Watch]:
    """Puts settings back that the body changes. closely: and notes what it did to the inputs and to random states.

    Half of a probe's time would go into copies of inputs and random states that nobody asks for.
    """
    watch = _Watch(inputs)
    for name, tensor in inputs.items() if closely else ():
        if tensor.device.type == "cpu":
            watch.before[name] = (tensor.detach().clone(), tensor._version)
    settings = [(words, read, read(), write) for words, read, write in _SETTINGS]
    states = [(words, read, read()) for words, read in _RANDOM_STATES] if closely else []
    try:
        yield watch
    finally:
        for words, read, value, write in settings:
            if read() != value:
                watch.changed_state.append(words)
                write(value)
        for words, read, value in states:
            now = read()
            if not (torch.equal(now, value) if isinstance(value, torch.Tensor) else now == value):
                watch.changed_state.append(words)


_SETTINGS: tuple[tuple[str, Callable[[], Any], Callable[[Any], Any]], ...] = (
    ("the default dtype", torch.get_default_dtype, torch.set_default_dtype),
    # Not torch.get_default_device: a default that was set and one that was not differ, though both may be the CPU.
    ("the default device", lambda: _device.CURRENT_DEVICE, torch.set_default_device),
    ("the gradient mode", torch.is_grad_enabled, torch.set_grad_enabled),
    ("anomaly detection", torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly),
)
# These stay as a call left them: a random state that moves on harms nobody.
_RANDOM_STATES: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("PyTorch's random state", torch.get_rng_state),
    ("Python's random state", random.getstate),
)


def _tensors(value: object, depth: int = 0) -> list[torch.Tensor]:
    """The tensors in a returned value, as far down as it is looked at: a list may hold itself."""
    if isinstance(value, torch.Tensor):
        plain = value.layout is torch.strided and value.device.type == "cpu" and value.numel() > 0
        return [value] if plain else []
    if isinstance(value, (tuple, list)) and depth < DEPTH_LIMIT and len(value) <= COLLECTION_LIMIT:
        return [tensor for item in value for tensor in _tensors(item, depth + 1)]
    return []


def _same_bits(before: torch.Tensor, now: torch.Tensor) -> bool:
    if before.shape != now.shape or before.dtype != now.dtype:
        return False
    if before.numel() == 0:
        return True
    # contiguous() would keep an odd stride along a dimension of one, which cannot be viewed as bytes
    plain = (tensor.detach().clone(memory_format=torch.contiguous_format) for tensor in (before, now))
    left, right = (tensor.reshape(-1).view(torch.uint8) for tensor in plain)
    return torch.equal(left, right)
