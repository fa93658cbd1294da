"""Runs a submission's cells in a worker, and puts the judge's questions to it as it stands at each check cell.

When a worker is lost, in a cell or in a call, the next one is brought to the same point by running the cells before
it again, without the one that ended its predecessor. So nothing that one check does can cost another its marks.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.errors import AutograderError
from autograder.probe.answers import Answer, Raised, Reply
from autograder.probe.codec import Malformed, decode_reply, encode_stage
from autograder.probe.devices import Preference
from autograder.probe.steps import Programme
from autograder.probe.time_limit import IMPATIENT_TIME_LIMIT_S, TimeLimitReached
from autograder.properties.judge import Unanswered
from autograder.properties.property import Question
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.outcomes import Outcome, WorkerLost
from autograder.sandbox.outputs import OutputCollector
from autograder.sandbox.worker import Worker

CELL_TIME_LIMIT_S = 60.0
# Limits are of processor time: a worker stops its own code then and lives on. One that does not, because its code
# sleeps or does not listen, is killed when this many times the limit have passed on the wall clock.
WALL_FACTOR = 2
TOTAL_TIME_LIMIT_S = 300.0
TIMEOUTS = (Outcome.WALL_LIMIT, Outcome.CPU_LIMIT)


class GradingFailed(AutograderError):
    """The grader itself failed. That says nothing about the submission, which has to be graded again."""


class WorkerStopped(Exception):
    """A worker stopped its own code in time and lives on."""


@dataclass
class Execution:
    """One submission's run. ``close`` it when done."""

    server: ForkServer
    files: Path | None
    device: Preference
    _started: float = field(default_factory=time.monotonic)
    _worker: Worker | None = None
    _done: list[str] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)  # the questions that were put to this worker
    _timed_out: bool = False

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
            self._asked.clear()

    def run_cell(self, source: str) -> list[NotebookNode]:
        """Run one cell and return its outputs; a cell that ends its worker has an error that says so."""
        collector = OutputCollector()
        try:
            worker = self._alive()
            in_time = self._run(worker, source, collector.feed, shown=True)
        except WorkerLost as lost:
            self.close()
            return [*collector.outputs(), _error(lost.outcome, lost.detail)]
        except Unanswered as out_of_time:
            return [_error(Outcome.WALL_LIMIT, out_of_time.detail)]
        if in_time:
            self._done.append(source)
        return collector.outputs()

    def _run(self, worker: Worker, source: str, feed: Callable[[dict[str, Any]], None], shown: bool) -> bool:
        """Run a cell in the worker; whether it came to its end within the time limit."""
        message = {"do": "cell", "source": source, "shown": shown, "time_limit_s": CELL_TIME_LIMIT_S}
        reply, _ = worker.request(message, time_limit_s=self._time(WALL_FACTOR * CELL_TIME_LIMIT_S), on_event=feed)
        return isinstance(reply, dict) and bool(reply.get("in_time"))

    def ask(self, programmes: Sequence[Programme], question: Question, lend: bool, time_limit_s: float) -> Reply:
        """See :class:`autograder.properties.judge.Asker`.

        A worker that another question's calls may have starved or broken gets no last word: if it dies or runs out of
        memory, a new one is asked.
        """
        shared = self._worker is not None and bool(self._asked - {question.id})
        try:
            reply = self._ask_worker(programmes, question, lend, time_limit_s)
        except Unanswered as unanswered:
            if not shared or unanswered.timed_out:
                raise
        else:
            if not shared or not _out_of_memory(reply):
                return reply
            self.close()
        return self._ask_worker(programmes, question, lend, time_limit_s)

    def _ask_worker(
        self, programmes: Sequence[Programme], question: Question, lend: bool, time_limit_s: float
    ) -> Reply:
        limit_s = min(time_limit_s, IMPATIENT_TIME_LIMIT_S) if self._timed_out else time_limit_s
        answers: list[dict[str, Answer]] = [{} for _ in programmes]
        forbidden: dict[str, None] = {}
        try:
            worker = self._alive()
            self._asked.add(question.id)
            for stage in range(len(programmes[0])):
                part = self._ask_stage(worker, programmes, stage, question, lend, limit_s)
                for together, more in zip(answers, part.answers, strict=True):
                    for name, answer in more.items():
                        together.setdefault(name, answer)  # a later stage does not take back what was answered
                forbidden |= dict.fromkeys(part.forbidden)
        except WorkerStopped as stopped:
            self._timed_out = True
            if question.forbid:
                self.close()  # the ban may have been interrupted in the middle of being lifted
            raise Unanswered(f"no answer within {limit_s:g} s", timed_out=True) from stopped
        except WorkerLost as lost:
            self.close()
            timed_out = lost.outcome in TIMEOUTS
            self._timed_out |= timed_out
            raise Unanswered(f"no answer within {limit_s:g} s" if timed_out else lost.detail, timed_out) from lost
        return Reply(tuple(answers), tuple(forbidden))

    def _ask_stage(
        self,
        worker: Worker,
        programmes: Sequence[Programme],
        stage: int,
        question: Question,
        lend: bool,
        time_limit_s: float,
    ) -> Reply:
        encoded, tensors = encode_stage(programmes, stage)
        message: dict[str, Any] = {
            "do": "probe",
            "stage": stage,
            "programmes": encoded,
            "forbid": list(question.forbid),
            "lend": question.lend if lend else "",
            "device": self.device,
            "time_limit_s": time_limit_s,
        }
        reply, returned = worker.request(message, tensors, time_limit_s=self._time(WALL_FACTOR * time_limit_s))
        if isinstance(reply, dict) and reply.get("failed") == TimeLimitReached.__name__:
            raise WorkerStopped
        if isinstance(reply, dict) and "failed" in reply:
            self.close()
            raise Unanswered("the notebook's process could not answer; it may have changed PyTorch itself")
        try:
            return decode_reply(reply, returned, len(programmes))
        except Malformed as malformed:
            self.close()
            raise Unanswered(f"the notebook's process sent something that is no answer ({malformed})") from malformed

    def _alive(self) -> Worker:
        """The worker, or a new one in which all cells that went through have run again."""
        if self._worker is not None:
            return self._worker
        self._time(1)
        try:
            self._worker = self.server.worker(self.files)
        except WorkerLost as lost:
            raise GradingFailed(
                "A worker could not be started.", lost.detail, "Run python -m autograder doctor, then grade again."
            ) from lost
        for source in self._done:
            self._run(self._worker, source, _ignore, shown=False)
        return self._worker

    def _time(self, wanted_s: float) -> float:
        """``wanted_s``, or what is left of the submission's total; raises Unanswered when nothing is."""
        left_s = self._started + TOTAL_TIME_LIMIT_S - time.monotonic()
        if left_s <= 0:
            raise Unanswered(f"the whole notebook took more than {TOTAL_TIME_LIMIT_S:g} s", timed_out=True)
        return min(wanted_s, left_s)


def _ignore(event: dict[str, Any]) -> None:
    """Outputs of a cell that is run again are known already."""


def _out_of_memory(reply: Reply) -> bool:
    raised = [answer for answers in reply.answers for answer in answers.values() if isinstance(answer, Raised)]
    return any(one.type_name == "MemoryError" or "allocate memory" in one.message for one in raised)


def _error(outcome: Outcome, detail: str) -> NotebookNode:
    error: NotebookNode = new_output(
        "error", ename=outcome.value, evalue=detail, traceback=[f"{outcome.value}: {detail}"]
    )
    return error
