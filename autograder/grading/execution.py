"""Runs a submission's cells in a worker, and puts the judge's questions to it as it stands at each check cell.

When a worker is lost, in a cell or in a call, the next one is brought to the same point by running the cells before
it again, without the one that ended its predecessor. So nothing that one check does can cost another its marks.

A question that forbids operations is put to a worker of its own, which lost them for good before the first cell ran.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.errors import AutograderError
from autograder.probe import operations
from autograder.probe.answers import Answer, Raised, Reply
from autograder.probe.codec import Malformed, decode_reply, encode_stage
from autograder.probe.devices import Preference
from autograder.probe.steps import Batch
from autograder.probe.time_limit import IMPATIENT_TIME_LIMIT_S, TimeLimitReached
from autograder.properties.judge import Unanswered
from autograder.properties.limits import SubmissionLimits
from autograder.properties.property import Question
from autograder.sandbox.forkserver import ForkServer, ForkServerFailed
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome, WorkerLost
from autograder.sandbox.outputs import OutputCollector
from autograder.sandbox.wire import Tensors, pack_tensors
from autograder.sandbox.worker import Worker

# Limits are of processor time: a worker stops its own code then and lives on. One that does not, because its code
# sleeps or does not listen, is killed when this many times the limit have passed on the wall clock.
WALL_FACTOR = 2
# Once a cell or a call has run out of time, further cells get less: each that calls the same function would use up all
# of its own, and no time would be left for the questions after them.
IMPATIENT_CELL_S = 10.0
TIMEOUTS = (Outcome.WALL_LIMIT, Outcome.CPU_LIMIT)
# Ends that somebody outside may have brought about: the step is tried again, so many times a submission.
FROM_OUTSIDE = (Outcome.KILLED, Outcome.LOST)
MAX_RESTARTS = 10
CELLS_SHOWN = 2  # so many times what one cell may show, all cells of a notebook together
_FORBIDDING_S = 20.0
_MIB = 1 << 20
_ENCODED: WeakKeyDictionary[Batch, dict[int, tuple[list[Any], bytes]]] = WeakKeyDictionary()
_T = TypeVar("_T")


class GradingFailed(AutograderError):
    """The grader itself failed. That says nothing about the submission, which has to be graded again."""


class WorkerStopped(Exception):
    """A worker stopped its own code in time and lives on."""


@dataclass(frozen=True)
class _Ran:
    """A cell that its worker outlived. failed_at: the line that raised, or was stopped for its time; None if none."""

    source: str
    failed_at: int | None
    stopped: bool

    @property
    def wishes_again(self) -> dict[str, Any]:
        """How to run it again, as far as it came: what never ended is left out."""
        return {"piecemeal": True, "last_line": self.failed_at, "leave_out_last": self.stopped}


@dataclass
class _Seat:
    """A worker, and how far it has come.

    forbid: what it lost before it began. used_s: how long it and its predecessors have taken.
    """

    forbid: tuple[str, ...]
    used_s: float = 0.0
    worker: Worker | None = None
    cells_run: int = 0
    asked: set[str] = field(default_factory=set)  # the questions that were put to this worker

    def served_others(self, question: Question) -> bool:
        """Whether other questions were put to this worker, whose calls may have changed it."""
        return bool(self.asked - {question.id})

    def close(self) -> None:
        """End the worker; the next one begins anew."""
        if self.worker is not None:
            self.worker.close()
        self.worker, self.cells_run = None, 0
        self.asked.clear()


@dataclass
class Execution:
    """One submission's run. ``close`` it when done."""

    server: ForkServer
    files: Path | None
    device: Preference
    limits: SubmissionLimits = field(default_factory=SubmissionLimits)
    _seats: dict[tuple[str, ...], _Seat] = field(default_factory=dict)
    _done: list[_Ran] = field(default_factory=list)
    _timed_out: bool = False  # a call has
    _impatient: bool = False  # a cell or a call has run out of time
    _restarts: int = 0
    _shown_bytes: int = 0

    def close(self) -> None:
        """End all workers."""
        for seat in self._seats.values():
            seat.close()

    def run_cell(self, source: str) -> list[NotebookNode]:
        """Run one cell and return its outputs; a cell that ends its worker has an error that says so."""
        seat = self._seat(())
        characters = self.limits.output_mb * _MIB
        room = min(characters + characters // 4, CELLS_SHOWN * characters - self._shown_bytes)
        collector = OutputCollector(room)
        limit_s = min(self.limits.cell_s, IMPATIENT_CELL_S) if self._impatient else self.limits.cell_s

        def run(worker: Worker) -> _Ran:
            nonlocal collector
            collector = OutputCollector(room)
            limits_s = limit_s, WALL_FACTOR * limit_s
            return self._run(seat, worker, source, limits_s, collector.feed, shown=room > 0, max_characters=characters)

        try:
            ran = self._run_after_questions(seat, run)
        except WorkerLost as lost:
            self._impatient |= lost.outcome in TIMEOUTS
            return [*collector.outputs(), _error(lost.outcome, lost.detail)]
        except Unanswered as out_of_time:
            return [_error(Outcome.WALL_LIMIT, out_of_time.detail)]
        self._impatient |= ran.stopped
        self._done.append(ran)
        seat.cells_run += 1
        self._shown_bytes += collector.size_bytes
        return collector.outputs() if room > 0 else [_left_out(CELLS_SHOWN * self.limits.output_mb)]

    def _run_after_questions(self, seat: _Seat, run: Callable[[Worker], _Ran]) -> _Ran:
        """Run a cell; once more if it ends a worker in which the calls of a question may have left something behind."""
        asked = bool(seat.asked)
        try:
            return self._persistently(seat, run)
        except WorkerLost as lost:
            if not asked or lost.outcome in TIMEOUTS:
                raise
        return self._persistently(seat, run)

    def _run(
        self,
        seat: _Seat,
        worker: Worker,
        source: str,
        limits_s: tuple[float, float],
        feed: Callable[[dict[str, Any]], None],
        **wishes: Any,
    ) -> _Ran:
        """Run a cell in the worker. limits_s: of processor time, and on the clock."""
        time_limit_s, wall_s = limits_s
        message = {"do": "cell", "source": source, "time_limit_s": time_limit_s, **wishes}
        reply, _ = self._request(seat, worker, message, b"", wall_s, feed)
        if not isinstance(reply, dict) or "failed" in reply:
            raise WorkerLost(Outcome.PROTOCOL_VIOLATION, "the notebook's process could not run the cell")
        line, stopped = reply.get("failed_at"), reply.get("in_time") is not True
        whole = reply.get("ok") is True and not stopped
        return _Ran(source, None if whole else line if type(line) is int else 0, stopped)

    def ask(self, batch: Batch, question: Question, lend: bool, time_limit_s: float | None) -> Reply:
        """See :class:`autograder.properties.judge.Asker`.

        A worker that another question's calls may have starved or broken gets no last word: if it dies or runs out of
        memory, a new one is asked.
        """
        seat = self._seat(operations.lost_for_good(question.forbid))
        limit_s = time_limit_s or self.limits.property_s
        shared = seat.served_others(question)
        try:
            reply = self._ask_worker(seat, batch, question, lend, limit_s)
        except Unanswered as unanswered:
            if not shared or unanswered.timed_out:
                raise
        else:
            if not shared or not _out_of_memory(reply):
                return reply
            seat.close()
        return self._ask_worker(seat, batch, question, lend, limit_s)

    def renewed(self, question: Question) -> bool:
        """See :class:`autograder.properties.judge.Asker`."""
        seat = self._seat(operations.lost_for_good(question.forbid))
        shared = seat.served_others(question)
        if shared:
            seat.close()
        return shared

    def _ask_worker(self, seat: _Seat, batch: Batch, question: Question, lend: bool, limit_s: float) -> Reply:
        limit_s = min(limit_s, IMPATIENT_TIME_LIMIT_S) if self._timed_out else limit_s

        def ask(worker: Worker) -> Reply:
            seat.asked.add(question.id)
            return self._ask_stages(seat, worker, batch, question, lend, limit_s)

        try:
            return self._persistently(seat, ask)
        except WorkerStopped as stopped:
            self._timed_out = self._impatient = True
            raise Unanswered(f"no answer within {limit_s:g} s", timed_out=True) from stopped
        except WorkerLost as lost:
            timed_out = lost.outcome in TIMEOUTS
            self._timed_out |= timed_out
            self._impatient |= timed_out
            raise Unanswered(f"no answer within {limit_s:g} s" if timed_out else lost.detail, timed_out) from lost
        except Malformed as malformed:
            seat.close()
            raise Unanswered(str(malformed)) from malformed

    def _ask_stages(
        self,
        seat: _Seat,
        worker: Worker,
        batch: Batch,
        question: Question,
        lend: bool,
        limit_s: float,
    ) -> Reply:
        """The merged answers of all stages. Raises WorkerLost, WorkerStopped, Malformed."""
        answers: list[dict[str, Answer]] = [{} for _ in batch.programmes]
        forbidden: dict[str, None] = {}
        for stage in batch.stages:
            part = self._ask_stage(seat, worker, batch, stage, question, lend, limit_s)
            for together, more in zip(answers, part.answers, strict=True):
                for name, answer in more.items():
                    together.setdefault(name, answer)  # a later stage does not take back what was answered
            forbidden |= dict.fromkeys(part.forbidden)
        return Reply(tuple(answers), tuple(forbidden))

    def _ask_stage(
        self,
        seat: _Seat,
        worker: Worker,
        batch: Batch,
        stage: int,
        question: Question,
        lend: bool,
        time_limit_s: float,
    ) -> Reply:
        encoded, tensors = _encoded(batch, stage)
        message: dict[str, Any] = {
            "do": "probe",
            "stage": stage,
            "programmes": encoded,
            "forbid": list(question.forbid),
            "lend": question.lend if lend else "",
            "device": self.device,
            "time_limit_s": time_limit_s,
        }
        reply, returned = self._request(seat, worker, message, tensors, WALL_FACTOR * time_limit_s)
        if isinstance(reply, dict) and reply.get("failed") == TimeLimitReached.__name__:
            raise WorkerStopped
        if isinstance(reply, dict) and "failed" in reply:
            raise Malformed("the notebook's process could not answer; it may have changed PyTorch itself")
        try:
            return decode_reply(reply, returned, len(batch.programmes))
        except Malformed as malformed:
            raise Malformed(f"the notebook's process sent something that is no answer ({malformed})") from malformed

    def _seat(self, forbid: tuple[str, ...]) -> _Seat:
        return self._seats.setdefault(forbid, _Seat(forbid))

    def _persistently(self, seat: _Seat, step: Callable[[Worker], _T]) -> _T:
        """What ``step`` makes of the seat's worker; again with a new one if that was ended from outside."""
        while True:
            try:
                return step(self._ready(seat))
            except WorkerLost as lost:
                seat.close()
                if lost.outcome not in FROM_OUTSIDE:
                    raise
                if self._restarts < MAX_RESTARTS:
                    self._restarts += 1
                elif lost.outcome is Outcome.LOST:
                    raise GradingFailed(
                        "A worker could not be started, or was lost.",
                        lost.detail,
                        "Run python -m autograder doctor, then grade again.",
                    ) from lost
                else:
                    raise

    def _ready(self, seat: _Seat) -> Worker:
        """The seat's worker, in which all cells that went through have run, and nothing else."""
        if seat.worker is None:
            self._require_time(seat)
            seat.worker = self._new_worker()
            if seat.forbid:
                self._forbid(seat.worker, seat.forbid)
        while seat.cells_run < len(self._done):
            cell = self._done[seat.cells_run]
            # Where operations are gone, a statement may fail that went through before: what followed it is run.
            wishes = cell.wishes_again if seat.forbid or cell.stopped else {}
            # No limit on the clock of its own: a machine that has become busy ends no cell that went through before.
            self._run(seat, seat.worker, cell.source, (self.limits.cell_s, math.inf), _ignore, shown=False, **wishes)
            seat.cells_run += 1
        return seat.worker

    def _new_worker(self) -> Worker:
        try:
            return self.server.worker(self.files, limits=_process_limits(self.limits))
        except ForkServerFailed as failed:
            raise WorkerLost(Outcome.LOST, str(failed)) from failed

    @staticmethod
    def _forbid(worker: Worker, names: tuple[str, ...]) -> None:
        """Take the operations from a worker in which nothing has run yet. Raises WorkerLost when they cannot be."""
        reply, _ = worker.request({"do": "forbid", "names": list(names)}, time_limit_s=_FORBIDDING_S)
        if reply != {"ok": True}:
            raise WorkerLost(Outcome.LOST, f"what is forbidden could not be taken from a worker ({reply!r:.200})")

    def _request(
        self,
        seat: _Seat,
        worker: Worker,
        message: dict[str, Any],
        tensors: bytes,
        wanted_s: float,
        feed: Callable[[dict[str, Any]], None] | None = None,
    ) -> tuple[Any, Tensors]:
        """The worker's reply within ``wanted_s``, or what is left of the seat's time."""
        limit_s, started = min(wanted_s, self._require_time(seat)), time.monotonic()
        try:
            return worker.request(message, tensors, time_limit_s=limit_s, on_event=feed)
        finally:
            seat.used_s += time.monotonic() - started

    def _require_time(self, seat: _Seat) -> float:
        """What is left of the seat's time; raises Unanswered when nothing is.

        Each seat has the submission's whole time: that cells run twice costs no mark.
        """
        left_s = self.limits.submission_s - seat.used_s
        if left_s <= 0:
            raise Unanswered(f"the whole notebook took more than {self.limits.submission_s:g} s", timed_out=True)
        return left_s


def _encoded(batch: Batch, stage: int) -> tuple[list[Any], bytes]:
    """A stage as it is sent. Every submission is asked the same batches: what they are encoded as is kept."""
    stages = _ENCODED.setdefault(batch, {})
    if stage not in stages:
        encoded, tensors = encode_stage(batch.programmes, stage)
        stages[stage] = encoded, pack_tensors(tensors)
    return stages[stage]


def _process_limits(limits: SubmissionLimits) -> Limits:
    """What the sandbox holds a worker to: all that a submission may use, and for outputs room for their wrapping."""
    return Limits(
        cpu_s=math.ceil(limits.submission_s),
        memory_bytes=limits.memory_mb * 1_000_000,
        file_bytes=limits.folder_mb * _MIB // 8,
        scratch_bytes=limits.folder_mb * _MIB,
        scratch_files=limits.folder_files,
        event_bytes=2 * limits.output_mb * _MIB,
    )


def _ignore(event: dict[str, Any]) -> None:
    """Outputs of a cell that is run again are known already."""


def _left_out(limit_mb: int) -> NotebookNode:
    text = f"This cell's outputs are left out: the cells before it show more than {limit_mb} MiB.\n"
    output: NotebookNode = new_output("stream", name="stderr", text=text)
    return output


def _out_of_memory(reply: Reply) -> bool:
    given = (answer for answers in reply.answers for answer in answers.values())
    return any(isinstance(answer, Raised) and answer.out_of_memory for answer in given)


def _error(outcome: Outcome, detail: str) -> NotebookNode:
    error: NotebookNode = new_output(
        "error", ename=outcome.value, evalue=detail, traceback=[f"{outcome.value}: {detail}"]
    )
    return error
