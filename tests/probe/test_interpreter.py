"""The interpreter does what a programme says, reports what came of it as plain data, and survives what it calls."""

import random
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from autograder.probe.answers import DTYPES, Answers, Effects, Opaque, Raised, Returned, TensorValue
from autograder.probe.interpreter import COLLECTION_LIMIT, MESSAGE_LIMIT, Session, observe
from autograder.probe.operations import CONVOLUTIONS
from autograder.probe.steps import Backward, Call, Device, Fill, Input, Read, Ref, SetGrad, Stage, Step
from autograder.sandbox import wire

X = torch.arange(12.0).reshape(3, 4)


def run(namespace: dict[str, Any], *steps: Step, **inputs: Tensor | Input) -> Answers:
    made = {name: Input.like(value) if isinstance(value, Tensor) else value for name, value in inputs.items()}
    return Session(namespace).run([Stage(made, steps)]).answers[0]


def call(function: Callable[..., Any], **inputs: Tensor | Input) -> Returned:
    """The answer to ``function(*inputs)``."""
    answer = run({"f": function}, Call("Y", "f", tuple(Ref(name) for name in inputs), watched=True), **inputs)["Y"]
    assert isinstance(answer, Returned), answer
    return answer


def raised_by(function: Callable[..., Any], **inputs: Tensor) -> Raised:
    answer = run({"f": function}, Call("Y", "f", tuple(Ref(name) for name in inputs)), **inputs)["Y"]
    assert isinstance(answer, Raised)
    return answer


# ------------------------------------------------------------------------------------------------------- calling


def test_a_call_passes_every_kind_of_argument_on() -> None:
    seen: dict[str, Any] = {}

    def note(*args: Any, **kwargs: Any) -> None:
        seen.update(args=args, kwargs=kwargs)

    arguments = (None, True, 3, 2.5, "text", torch.float16, (1, (2, [Ref("X", "shape")])), Device("cpu"))
    run({"f": note}, Call("Y", "f", arguments, {"lr": 0.5, "size": (Ref("X"), 1)}), X=X)
    assert seen["args"] == (None, True, 3, 2.5, "text", torch.float16, (1, (2, [(3, 4)])), torch.device("cpu"))
    assert seen["kwargs"]["lr"] == 0.5
    assert torch.equal(seen["kwargs"]["size"][0], X)


@pytest.mark.parametrize(
    "view",
    [
        X, X.mT, X[:, 1::2], X[1:, 2:], X[:1].expand(5, 4), X[:, :1].expand(3, 7), X[0, 0].expand(2, 2), X[:0],
        X[0, :2][::2],
    ],
    ids=[
        "plain", "transposed", "strided", "offset", "rows repeated", "columns repeated", "one number", "empty",
        "one element with a stride of two",
    ],
)  # fmt: skip
def test_an_input_arrives_with_its_values_and_its_memory_layout(view: Tensor) -> None:
    seen: list[Tensor] = []
    call(seen.append, X=view)
    assert torch.equal(seen[0], view)
    assert (seen[0].stride(), seen[0].storage_offset()) == (view.stride(), view.storage_offset())


def test_an_input_is_a_copy_of_its_own() -> None:
    call(lambda X: X.zero_(), X=X)
    assert torch.equal(X, torch.arange(12.0).reshape(3, 4))
    description = Input.like(X)
    description.view().zero_()
    assert torch.equal(description.view(), X)


def test_a_place_in_a_tuple_can_be_referred_to() -> None:
    answers = run(
        {"f": lambda: (1, [2, 3j])}, Call("Y", "f"), Read("two", Ref("Y", "1.0")), Read("real", Ref("Y", "1.1.real"))
    )
    assert (answers["two"], answers["real"]) == (Returned(2), Returned(3j.real))


def test_pytorchs_functions_and_attributes_of_earlier_values_can_be_called() -> None:
    answers = run(
        {},
        Call("layer", "torch.nn.Conv2d", (1, 2, 3), {"bias": False}),
        Call("typed", Ref("layer", "to"), (torch.float64,)),
        Read("weight", Ref("layer", "weight")),
    )
    layer, weight = answers["layer"], answers["weight"]
    assert isinstance(layer, Returned)
    assert isinstance(weight, Returned)
    assert layer.value == Opaque("Conv2d")
    assert isinstance(weight.value, TensorValue)
    assert (weight.value.data.shape, weight.value.data.dtype) == ((2, 1, 3, 3), torch.float64)
    assert weight.value.is_parameter
    assert weight.value.requires_grad


def test_a_function_that_is_not_there_is_a_name_error() -> None:
    answer = run({}, Call("Y", "corr2d", (Ref("X"),)), X=X)["Y"]
    assert isinstance(answer, Raised)
    assert (answer.type_name, answer.message) == ("NameError", "name 'corr2d' is not defined")


def test_an_input_on_the_accelerator_gives_an_answer_from_there() -> None:
    answer = call(lambda X: X + 1, X=Input.like(X, device="accelerator"))
    assert isinstance(answer.value, TensorValue)
    assert answer.value.device == "accelerator"
    assert torch.equal(answer.value.data, X + 1)


# ------------------------------------------------------------------------------------------------ several stages


def double(x: Tensor) -> Tensor:
    return 2 * x


def test_gradients_go_back_through_a_call_of_an_earlier_stage() -> None:
    session = Session({"f": double})
    session.run([Stage({"X": Input.like(X, requires_grad=True)}, (Call("Y", "f", (Ref("X"),)),))])
    upstream = Stage({"G": Input.like(X)}, (Backward(Ref("Y"), Ref("G")), Read("dX", Ref("X", "grad"))))
    answer = session.run([upstream]).answers[0]["dX"]
    assert isinstance(answer, Returned)
    assert isinstance(answer.value, TensorValue)
    assert torch.equal(answer.value.data, 2 * X)


def test_a_parameter_is_filled_and_given_a_gradient() -> None:
    weight = Ref("layer", "weight")
    answers = run(
        {},
        Call("layer", "torch.nn.Linear", (4, 3), {"bias": False}),
        Fill(weight, Ref("X")),
        SetGrad(weight, Ref("G")),
        Read("weight", weight),
        Read("grad", Ref("layer", "weight.grad")),
        X=X,
        G=X + 1,
    )
    values = [answer.value for answer in answers.values() if isinstance(answer, Returned)]
    tensors = [value.data for value in values if isinstance(value, TensorValue)]
    assert torch.equal(tensors[0], X)
    assert torch.equal(tensors[1], X + 1)


def test_what_was_read_earlier_does_not_change_afterwards() -> None:
    answers = run(
        {"f": lambda X: X.zero_()}, Read("before", Ref("X")), Call("Y", "f", (Ref("X"),)), Read("after", Ref("X")), X=X
    )
    before, after = answers["before"], answers["after"]
    assert isinstance(before, Returned)
    assert isinstance(before.value, TensorValue)
    assert isinstance(after, Returned)
    assert isinstance(after.value, TensorValue)
    assert torch.equal(before.value.data, X)
    assert not after.value.data.any()


# ------------------------------------------------------------------------------------------------------ failures


def test_an_error_ends_its_programme_alone_and_answers_for_the_steps_after_it() -> None:
    def only_wide(x: Tensor) -> Tensor:
        if x.shape[1] < 4:
            raise ValueError("too narrow")
        return x

    steps = (Read("before", Ref("X")), Call("Y", "f", (Ref("X"),)), Read("after", Ref("Y")))
    stages = [Stage({"X": Input.like(item)}, steps) for item in (X, X[:, :2], X)]
    good, bad, other = Session({"f": only_wide}).run(stages).answers
    assert all(isinstance(answer, Returned) for answers in (good, other) for answer in answers.values())
    assert isinstance(bad["before"], Returned)
    assert isinstance(bad["Y"], Raised)
    assert bad["Y"].message == "too narrow"
    assert bad["after"] == bad["Y"]


def test_an_error_says_at_which_line_of_the_students_it_was_raised() -> None:
    def wrong(x: Tensor) -> Tensor:
        return F.linear(x, torch.ones(2, 99))  # this very line

    answer = raised_by(wrong, X=X)
    assert answer.type_name == "RuntimeError"
    assert "of wrong: return F.linear(x, torch.ones(2, 99))  # this very line" in answer.where


def test_an_error_of_the_programme_itself_names_no_line() -> None:
    answer = run({}, Read("Y", Ref("X", "nothing_of_this_name")), X=X)["Y"]
    assert isinstance(answer, Raised)
    assert answer.where == ""


@pytest.mark.parametrize("kind", [SystemExit, GeneratorExit, MemoryError, RecursionError, BaseException])
def test_whatever_is_raised_is_an_answer(kind: type[BaseException]) -> None:
    def fail(x: Tensor) -> None:
        raise kind("so")

    assert raised_by(fail, X=X).type_name == kind.__name__


def test_the_person_at_the_kernel_can_interrupt() -> None:
    def interrupted(x: Tensor) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run({"f": interrupted}, Call("Y", "f", (Ref("X"),)), X=X)


class NamelessType(type):
    __name__ = property(lambda cls: 1 / 0)  # type: ignore[assignment]


class UnspeakableError(Exception, metaclass=NamelessType):
    def __str__(self) -> str:
        raise ValueError


def test_an_error_that_cannot_be_read_is_an_answer_too() -> None:
    def fail(x: Tensor) -> None:
        raise UnspeakableError

    assert raised_by(fail, X=X).message == "(its message could not be read)"
    assert raised_by(fail, X=X).type_name == "UnspeakableError"


def test_an_error_of_a_type_of_the_students_is_of_pythons_types_too() -> None:
    def fail(x: Tensor) -> None:
        raise type("Unfit", (UnicodeError,), {})

    def fail_strangely(x: Tensor) -> None:
        raise UnspeakableError

    assert raised_by(fail, X=X).kinds == ("UnicodeError", "ValueError", "Exception", "BaseException")
    assert raised_by(fail, X=X).is_a("ValueError")
    assert not raised_by(fail_strangely, X=X).is_a("ValueError")


def test_a_list_that_holds_itself_is_an_answer() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert isinstance(run({"f": lambda x: endless}, Call("Y", "f", (Ref("X"),), watched=True), X=X)["Y"], Returned)


class UncutText(str):
    def __getitem__(self, key: object) -> str:
        raise SystemExit

    def encode(self, *_: object) -> bytes:
        raise SystemExit


class WordyError(Exception):
    def __str__(self) -> str:
        return UncutText("so\ud800")


def test_a_message_that_is_no_plain_text_is_read_as_one() -> None:
    def fail(x: Tensor) -> None:
        raise WordyError

    assert raised_by(fail, X=X).message == "so?"


def test_a_key_that_is_no_plain_text_is_read_as_one() -> None:
    class Key:
        def __str__(self) -> str:
            return UncutText("key")

    assert call(lambda: {Key(): 1}).value == {"key": 1}


def test_long_messages_are_cut() -> None:
    def fail(x: Tensor) -> None:
        raise ValueError("x" * 10**6)

    assert len(raised_by(fail, X=X).message) == MESSAGE_LIMIT


def test_warnings_of_the_students_code_are_not_shown() -> None:
    def warn(x: Tensor) -> None:
        warnings.warn("careful", stacklevel=1)

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        call(warn, X=X)
    assert seen == []


# ------------------------------------------------------------------------------------------------------- effects


def overwrite_values(x: Tensor) -> None:
    x[0, 0] = 99


def overwrite_behind_autograd(x: Tensor) -> None:
    x.data[0, 0] = 99


def add_nothing(x: Tensor) -> None:
    x += 0


def swap_dtype(x: Tensor) -> None:
    x.data = x.data.double()


def shrink(x: Tensor) -> None:
    x.resize_(1, 1)


@pytest.mark.parametrize("change", [overwrite_values, overwrite_behind_autograd, add_nothing, swap_dtype, shrink])
def test_a_changed_input_is_reported(change: Callable[[Tensor], None]) -> None:
    answer = run({"f": change}, Call("Y", "f", (Ref("X"),), watched=True), X=X, K=X)["Y"]
    assert isinstance(answer, Returned)
    assert answer.effects.changed_inputs == ("X",)


def test_of_a_call_that_is_not_watched_nothing_is_told_and_settings_are_put_back() -> None:
    def change(x: Tensor) -> Tensor:
        torch.set_default_dtype(torch.float64)
        torch.rand(1)
        return x.zero_()

    answer = run({"f": change}, Call("Y", "f", (Ref("X"),)), X=X)["Y"]
    assert isinstance(answer, Returned)
    assert answer.effects == Effects(changed_state=("the default dtype",))
    assert torch.get_default_dtype() is torch.float32


@pytest.mark.parametrize("values", [[1.0, float("nan")], [0.0, -0.0], []])
def test_an_unchanged_input_is_not_reported_whatever_it_holds(values: list[float]) -> None:
    assert call(lambda x: x + 1, X=torch.tensor(values)).effects == Effects()


@pytest.mark.parametrize("share", [lambda x: x, lambda x: x[1:], lambda x: x.mT, lambda x: (1, [x.view(-1)])])
def test_an_output_in_an_inputs_memory_is_reported(share: Callable[[Tensor], Any]) -> None:
    assert call(share, X=X).effects.shares_storage_with == ("X",)


def test_an_output_with_memory_of_its_own_is_not_reported() -> None:
    assert call(lambda x: (x.clone(), x.mT.contiguous()), X=X).effects == Effects()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: torch.set_default_dtype(torch.float64), "the default dtype"),
        (lambda: torch.set_grad_enabled(False), "the gradient mode"),
        (lambda: torch.manual_seed(7), "PyTorch's random state"),
        (lambda: torch.rand(1), "PyTorch's random state"),
        (lambda: random.random(), "Python's random state"),
    ],
)
def test_a_changed_global_setting_is_reported(change: Callable[[], Any], words: str) -> None:
    assert call(lambda x: change() and None, X=X).effects.changed_state == (words,)
    assert torch.get_default_dtype() is torch.float32
    assert torch.is_grad_enabled()


def test_a_setting_changed_by_a_call_that_raises_is_put_back() -> None:
    def fail(x: Tensor) -> None:
        torch.set_default_dtype(torch.float64)
        raise ValueError

    raised_by(fail, X=X)
    assert torch.get_default_dtype() is torch.float32


def test_forbidden_operations_are_seen_even_when_the_code_hides_them() -> None:
    def hide(x: Tensor) -> Tensor:
        try:
            return F.conv2d(x[None, None], torch.ones(1, 1, 1, 1))[0, 0]
        except RuntimeError:
            return x

    stage = Stage({"X": Input.like(X)}, (Call("Y", "f", (Ref("X"),)),))
    assert "aten::conv2d" in Session({"f": hide}).run([stage], CONVOLUTIONS).forbidden
    assert Session({"f": hide}).run([stage]).forbidden == ()


# --------------------------------------------------------------------------------------------------- observation


class Count(int):
    def __repr__(self) -> str:
        return "many"


class Thing:
    def __str__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    ("value", "observed"),
    [
        (None, None),
        (True, True),
        (Count(3), 3),
        (-(2**63) + 1, -(2**63) + 1),
        (2**63, Opaque("int beyond 64 bits")),
        (-(2**63), Opaque("int beyond 64 bits")),
        (np.float64(0.5), 0.5),
        (np.float32(0.5), Opaque("float32")),
        ("é", "é"),
        ("a\ud800b", "a?b"),
        ("x" * 1000, "x" * MESSAGE_LIMIT),
        ([1, (2.0, "a"), {"k": None, 2: True}], (1, (2.0, "a"), {"k": None, "2": True})),
        ([0] * (COLLECTION_LIMIT + 1), Opaque("list")),
        (1j, Opaque("complex")),
        (b"", Opaque("bytes")),
        ({1}, Opaque("set")),
        (Thing(), Opaque("Thing")),
        (Thing, Opaque("type")),
        (torch.ones(1, device="meta"), Opaque("tensor on the meta device, which holds no values")),
        (torch.eye(2).to_sparse(), Opaque("torch.sparse_coo tensor")),
        (nn.LazyConv2d(1, 1).weight, Opaque("lazy parameter without a shape yet")),
        (torch.ones(1, dtype=torch.complex128), Opaque("tensor of complex128")),
        (torch.ones(1, dtype=torch.uint16), Opaque("tensor of uint16")),
    ],
)
def test_a_value_is_observed_as_plain_data(value: object, observed: object) -> None:
    assert observe(value) == observed
    assert type(observe(value)) is type(observed)


def test_nesting_is_observed_to_a_depth_that_ends() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert observe(endless) == ((((Opaque("list"),),),),)


@pytest.mark.parametrize("dtype", sorted(DTYPES, key=str))
def test_a_tensor_is_observed_as_a_contiguous_copy(dtype: torch.dtype) -> None:
    tensor = torch.ones(2, 3).to(dtype).mT
    value = observe(tensor)
    assert isinstance(value, TensorValue)
    assert torch.equal(value.data, tensor)
    assert value.data.is_contiguous()
    assert value.data.data_ptr() != tensor.data_ptr()


def test_every_type_that_is_observed_can_be_sent() -> None:
    assert DTYPES == wire.DTYPES


def test_a_number_on_its_way_to_a_gradient_is_observed_without_its_graph() -> None:
    value = observe(torch.ones(2, requires_grad=True).sum())
    assert isinstance(value, TensorValue)
    assert value.requires_grad
    assert not value.data.requires_grad
