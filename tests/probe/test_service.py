"""A message is answered in the student's namespace, and a later stage goes on with what an earlier one left."""

import json
from typing import Any

import pytest
import torch

from autograder.probe.codec import decode_reply, encode_stage
from autograder.probe.operations import CONVOLUTIONS
from autograder.probe.service import answer
from autograder.probe.steps import Backward, Call, Input, Programme, Read, Ref, Stage

X = torch.arange(6.0).reshape(2, 3)
CALL = Call("Y", "f", (Ref("X"),))
PROGRAMME: Programme = (
    Stage({"X": Input.like(X, requires_grad=True)}, (CALL,)),
    Stage({"G": Input.like(X)}, (Backward(Ref("Y"), Ref("G")), Read("dX", Ref("X", "grad")))),
)


def ask(namespace: dict[str, Any], stage: int, lend: str = "", forbid: tuple[str, ...] = ()) -> Any:
    programmes, tensors = encode_stage([PROGRAMME], stage)
    message = {"stage": stage, "programmes": programmes, "forbid": list(forbid), "lend": lend, "device": "cpu"}
    reply, table = answer(message, tensors, namespace)
    # JSON has lists only: through it, as on the wire
    return decode_reply(json.loads(json.dumps(reply)), table, 1)


def test_a_second_stage_goes_on_where_the_first_one_ended() -> None:
    namespace = {"f": lambda x: 3 * x}
    ask(namespace, 0)
    gradient = ask(namespace, 1).answers[0]["dX"].value
    assert torch.equal(gradient.data, 3 * X)


def test_a_first_stage_knows_nothing_of_an_earlier_question() -> None:
    ask({"f": lambda x: 3 * x}, 0)
    ask({"f": lambda x: 5 * x}, 0)
    assert torch.equal(ask({}, 1).answers[0]["dX"].value.data, 5 * X)


def test_lent_names_are_there_for_this_message_only() -> None:
    namespace: dict[str, Any] = {}
    value = ask(namespace, 0, lend="def f(x): return x + 1").answers[0]["Y"].value
    assert torch.equal(value.data, X + 1)
    assert namespace == {}
    assert ask(namespace, 0).answers[0]["Y"].type_name == "NameError"


@pytest.mark.parametrize(("forbid", "seen"), [(CONVOLUTIONS, True), ((), False)])
def test_what_is_forbidden_in_the_message_is_seen(forbid: tuple[str, ...], seen: bool) -> None:
    namespace = {"f": lambda x: torch.conv2d(x[None, None], torch.ones(1, 1, 1, 1))}
    assert bool(ask(namespace, 0, forbid=forbid).forbidden) is seen
