"""The worker's answer to a message of the judge: runs one stage of a batch in the student's namespace."""

from collections.abc import Mapping, MutableMapping
from typing import Any

import torch

from autograder.probe.codec import decode_stage, encode_reply
from autograder.probe.interpreter import Session
from autograder.probe.lending import lent

_SESSIONS: dict[str, Session] = {}


def answer(
    message: Mapping[str, Any], tensors: Mapping[str, torch.Tensor], namespace: MutableMapping[str, Any]
) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """The reply to a ``probe`` message: its ``stages`` run in ``namespace``, with ``lend`` defined meanwhile.

    A first stage starts a new session; later stages go on with its objects.
    """
    if message["stage"] == 0:
        _SESSIONS["current"] = Session(namespace, message["device"])
    stages = decode_stage(message["programmes"], tensors)
    with lent(message["lend"], namespace):
        reply = _SESSIONS["current"].run(stages, tuple(message["forbid"]))
    return encode_reply(reply)
