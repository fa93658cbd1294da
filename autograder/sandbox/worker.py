"""The trusted side's handle on one worker: asks, watches, bounds, kills, and says how it ended."""

import contextlib
import json
import os
import secrets
import select
import signal
import socket
import time
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import torch

from autograder.sandbox.cgroup import Group, oom_kills
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import CLOSED_CHANNEL_DETAIL, Death, Outcome, WorkerLost, classify, out_of_memory
from autograder.sandbox.scratch import remove_scratch, scratch_is_over
from autograder.sandbox.wire import Closed, Frame, FrameReader, ProtocolViolation, Tensors, pack

_WATCH_S = 0.25  # how often the scratch folder is looked at while a worker runs
_LAST_WORDS_S = 5.0  # how long the fork server may take to tell of a death


class Worker:
    """One confined process. Not to be shared between threads; a context manager."""

    def __init__(
        self, control: socket.socket, confinement: bytes, scratch: Path, limits: Limits, group: Group | None = None
    ) -> None:
        """Asks the fork server at ``control`` for a process and waits until it is ready. Raises WorkerLost."""
        self._limits, self._scratch, self._group = limits, scratch, group
        self._next_look = time.monotonic() + _WATCH_S
        self._loss: WorkerLost | None = None
        self._pidfd = -1
        self._raw = bytearray()
        self._channel, channel = socket.socketpair()
        self._handle, handle = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pipe, output = os.pipe()
        theirs = [channel.detach(), output, handle.detach()]
        self._pipe_open = True
        resources = (self._channel, self._handle, self._pipe, scratch)
        self._release = weakref.finalize(self, _release, os.getpid(), *resources)
        self._channel.setblocking(False)
        os.set_blocking(self._pipe, False)
        try:
            socket.send_fds(control, [confinement], theirs)
        except OSError:
            raise self._lose(Outcome.LOST, "the fork server is gone") from None
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        self._reader = FrameReader(self._channel, max_payload_bytes=limits.frame_bytes)
        self._begin()

    def _begin(self) -> None:
        """Takes the process's pidfd from the fork server, and the process's own word that it is confined."""
        deadline = time.monotonic() + self._limits.start_s
        self._handle.settimeout(self._limits.start_s)
        try:
            _, descriptors, _, _ = socket.recv_fds(self._handle, 1 << 12, 1)
        except OSError:
            descriptors = []
        if not descriptors:
            raise self._lose(Outcome.LOST, "the fork server could not start a worker")
        self._pidfd = descriptors[0]
        try:
            ready = self._receive(deadline, self._limits.start_s).message
        except WorkerLost as loss:  # no student's code has run yet: none is to blame
            reason = self.raw_output.strip().splitlines()[-1:] or [loss.detail]
            raise WorkerLost(Outcome.LOST, f"a worker did not start ({loss.outcome}): {reason[0][:200]}") from None
        if ready != {"ready": True}:
            raise self._lose(Outcome.LOST, "a worker did not start as it should")

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._loss is None

    @property
    def raw_output(self) -> str:
        """What the process wrote straight to its descriptors 1 and 2, bounded by ``Limits.output_bytes``."""
        return self._raw.decode("utf-8", "replace")

    def request(
        self,
        message: Mapping[str, Any],
        tensors: Mapping[str, torch.Tensor] | bytes = b"",
        *,
        time_limit_s: float,
        on_event: Callable[[dict[str, Any]], None] | None = None,
    ) -> tuple[Any, Tensors]:
        """The worker's reply and its tensors; ``on_event`` is called with each event that comes before the reply.

        All of it comes from the student's process, and is to be judged as such. Raises WorkerLost; the worker is
        dead then.
        """
        if self._loss is not None:
            raise WorkerLost(self._loss.outcome, self._loss.detail)
        nonce = secrets.token_hex(8)  # a reply cannot be prepared before its request has come
        data = pack({"nonce": nonce, "request": dict(message)}, tensors)
        deadline = time.monotonic() + time_limit_s
        self._send(data, deadline, time_limit_s)
        event_bytes = 0
        while True:
            frame = self._receive(deadline, time_limit_s)
            if "reply" in frame.message:
                if frame.message.get("nonce") != nonce:
                    raise self._lose(Outcome.PROTOCOL_VIOLATION, "your process answered a question not yet asked")
                return frame.message["reply"], frame.tensors
            event, event_bytes = frame.message.get("event"), event_bytes + frame.size_bytes
            if not isinstance(event, dict):
                raise self._lose(Outcome.PROTOCOL_VIOLATION, "your process sent something that is no answer")
            if event_bytes > self._limits.event_bytes:
                raise self._too_much_output(self._limits.event_bytes)
            if on_event is not None:
                on_event(event)

    def close(self) -> None:
        """Ends the process and removes its folder."""
        if self._loss is None:
            self._lose(Outcome.KILLED, "the worker was closed")
        self._release()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, data: bytes, deadline: float, time_limit_s: float) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self._channel.send(rest) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline, time_limit_s)
            except OSError:
                raise self._post_mortem() from None

    def _receive(self, deadline: float, time_limit_s: float) -> Frame:
        while True:
            try:
                frame = self._reader.read()
            except Closed:
                raise self._post_mortem() from None
            except ProtocolViolation as violation:
                raise self._lose(Outcome.PROTOCOL_VIOLATION, f"your process sent {violation}") from None
            if frame is not None:
                return frame
            self._wait(select.POLLIN, deadline, time_limit_s)

    def _wait(self, event: int, deadline: float, time_limit_s: float) -> None:
        """Returns when the channel is ready; meanwhile holds the worker to its output, its files and its time."""
        while True:
            poller = select.poll()
            poller.register(self._channel, event)
            if self._pipe_open:
                poller.register(self._pipe, select.POLLIN)
            now = time.monotonic()
            if now >= deadline:
                raise self._lose(Outcome.WALL_LIMIT, f"your code was still running after {time_limit_s:g} s")
            patience_s = max(0.0, min(deadline, self._next_look) - now)
            ready = {descriptor for descriptor, _ in poller.poll(1000 * patience_s + 1)}
            if self._pipe in ready:
                self._drain()
                if len(self._raw) > self._limits.output_bytes:
                    raise self._too_much_output(self._limits.output_bytes)
            # whatever is ready: a worker that never stops talking is looked at too
            if time.monotonic() >= self._next_look:
                if scratch_is_over(self._scratch, self._limits):
                    raise self._lose(Outcome.FILE_SIZE_LIMIT, "your code wrote more files than it may")
                self._next_look = time.monotonic() + _WATCH_S
            if self._channel.fileno() in ready:
                return

    def _drain(self) -> None:
        """Takes what there is in the output pipe, up to just over the limit."""
        with contextlib.suppress(BlockingIOError):
            while self._release.alive and self._pipe_open and len(self._raw) <= self._limits.output_bytes:
                chunk = os.read(self._pipe, 1 << 16)
                self._raw += chunk
                self._pipe_open = bool(chunk)

    def _too_much_output(self, limit_bytes: int) -> WorkerLost:
        return self._lose(Outcome.OUTPUT_LIMIT, f"your code wrote more than {limit_bytes >> 20} MiB of output")

    def _post_mortem(self) -> WorkerLost:
        """Why the channel closed: the process died, or it closed the channel itself."""
        if self._pidfd < 0 or not select.select([self._pidfd], [], [], 1.0)[0]:
            return self._lose(Outcome.CLOSED_CHANNEL, CLOSED_CHANNEL_DETAIL)
        death = self._death()
        if death is None:
            return self._lose(Outcome.LOST, "the fork server went away")
        self._drain()
        limits = self._limits
        if self._group is not None and oom_kills(self._group):
            return self._lose(Outcome.MEMORY_LIMIT, out_of_memory(limits.memory_bytes).detail)
        loss = classify(death, raw_output=self.raw_output, cpu_limit_s=limits.cpu_s, memory_bytes=limits.memory_bytes)
        return self._lose(loss.outcome, loss.detail)

    def _death(self) -> Death | None:
        """What the fork server, the parent, says of the end of the process."""
        self._handle.settimeout(_LAST_WORDS_S)
        try:
            words = json.loads(self._handle.recv(1 << 12) or b"null")
        except (OSError, ValueError):
            return None
        return Death(**words) if words else None

    def _lose(self, outcome: Outcome, detail: str) -> WorkerLost:
        """Kills the process and waits until it is gone; the loss, to be raised."""
        loss = WorkerLost(outcome, detail)
        self._loss = self._loss or loss
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            select.select([self._pidfd], [], [], _LAST_WORDS_S)
            os.close(self._pidfd)
            self._pidfd = -1
        self._drain()
        self._release()
        return loss


def _release(owner: int, channel: socket.socket, handle: socket.socket, pipe: int, scratch: Path) -> None:
    """Closes this side's ends, at which a process that is still there exits, and removes the folder."""
    channel.close()
    handle.close()
    os.close(pipe)
    if owner == os.getpid():
        with contextlib.suppress(OSError):
            remove_scratch(scratch)
