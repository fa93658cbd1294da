"""Whatever a process does at the other end of a channel: an answer, or a loss told in words; and it is gone."""

import contextlib
import json
import os
import select
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome, WorkerLost
from autograder.sandbox.wire import Closed, FrameReader, pack
from autograder.sandbox.worker import Worker
from tests.fuzz.material import examples, json_values, texts
from tests.fuzz.test_wire import streams

LIMITS = Limits(frame_bytes=4096, event_bytes=2000, output_bytes=1000, start_s=20.0)
READY = pack({"ready": True})
# Much longer than an example takes: a worker that waited for it would be seen.
TIME_LIMIT_S = 30.0

Act = tuple[str, Any]
acts: st.SearchStrategy[list[Act]] = st.lists(
    st.one_of(
        streams.map(lambda data: ("send", data)),
        json_values.map(lambda event: ("send", pack({"event": event}))),
        st.just(("send", pack({"event": {"output": "stream", "text": "x" * 900}}))),
        json_values.map(lambda reply: ("send", pack({"nonce": "0" * 16, "reply": reply}))),
        json_values.map(lambda reply: ("reply", reply)),
        texts.map(lambda text: ("write", text.encode("utf-8", "surrogatepass"))),
        st.just(("write", b"x" * 1001)),
    ),
    max_size=4,
)


@st.composite
def starts(draw: DrawFn) -> bytes:
    """What a process says first."""
    return draw(st.sampled_from([READY] * 6) | streams | st.just(pack({"ready": 1})))


class Peer:
    """A fork server and its child in one: takes the descriptors of one worker, and does as it is told."""

    def __init__(self, start: bytes, then: list[Act]) -> None:
        self.control, self._control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._child = subprocess.Popen(["sleep", "1000"])
        self._start, self._then = start, then
        self._thread = threading.Thread(target=self._act)
        self._thread.start()

    def _act(self) -> None:
        _, descriptors, _, _ = socket.recv_fds(self._control, 1 << 16, 3)
        channel, handle = socket.socket(fileno=descriptors[0]), socket.socket(fileno=descriptors[2])
        with channel, handle, open(descriptors[1], "wb", buffering=0) as output, contextlib.suppress(OSError, Closed):
            pidfd = os.pidfd_open(self._child.pid)
            socket.send_fds(handle, [b"pid"], [pidfd])
            os.close(pidfd)
            channel.sendall(self._start)
            # Without a proper start no request comes.
            request = FrameReader(channel, max_payload_bytes=1 << 20).read() if self._start.startswith(READY) else None
            for kind, what in self._then:
                if kind == "reply" and request is not None:
                    channel.sendall(pack({"nonce": request.message["nonce"], "reply": what}))
                elif kind == "write":
                    output.write(what)
                elif kind == "send":
                    channel.sendall(what)
            # It ends as the fork server tells of an end.
            self._child.kill()
            self._child.wait()
            handle.send(json.dumps({"status": 9, "cpu_s": 0.0}).encode())

    def close(self) -> None:
        self.control.close()
        self._thread.join()
        self._control.close()
        self._child.kill()
        self._child.wait()


@contextlib.contextmanager
def peer(start: bytes, then: list[Act]) -> Iterator[Peer]:
    made = Peer(start, then)
    try:
        yield made
    finally:
        made.close()


def answer_of(start: bytes, then: list[Act]) -> tuple[Any, list[Any], Outcome | None]:
    """The reply to a request, the events before it, and how the worker was lost, if it was."""
    events: list[Any] = []
    reply, loss = None, None
    with tempfile.TemporaryDirectory() as folder, peer(start, then) as other:
        watch = os.pidfd_open(other._child.pid)
        try:
            with Worker(other.control, b"{}", Path(folder) / "scratch", LIMITS) as worker:
                reply, _ = worker.request({"do": "cell"}, time_limit_s=TIME_LIMIT_S, on_event=events.append)
        except WorkerLost as lost:
            loss = lost
        assert select.select([watch], [], [], TIME_LIMIT_S)[0], "the process lives on"
        os.close(watch)
    assert loss is None or 0 < len(loss.detail) < 300
    return reply, events, loss and loss.outcome


@examples(60)
@given(start=starts(), then=acts)
def test_whatever_a_process_sends_ends_in_a_reply_or_a_loss(start: bytes, then: list[Act]) -> None:
    reply, events, outcome = answer_of(start, then)
    assert all(isinstance(event, dict) for event in events)
    assert sum(len(json.dumps(event, ensure_ascii=False).encode()) for event in events) <= LIMITS.event_bytes
    if outcome is None:
        assert start.startswith(READY)
        assert ("reply", reply) in [(kind, _as_sent(what)) for kind, what in then if kind == "reply"] or reply != reply
    else:
        assert outcome in {
            Outcome.LOST, Outcome.PROTOCOL_VIOLATION, Outcome.OUTPUT_LIMIT, Outcome.KILLED, Outcome.CLOSED_CHANNEL,
        }  # fmt: skip


def _as_sent(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


@examples(20)
@given(reply=json_values)
def test_a_reply_prepared_before_its_request_is_a_violation(reply: Any) -> None:
    forged = pack({"nonce": "0" * 16, "reply": reply})
    assert answer_of(READY + forged, [])[2] is Outcome.PROTOCOL_VIOLATION
    assert answer_of(READY, [("send", forged), ("reply", "right")])[2] is Outcome.PROTOCOL_VIOLATION
