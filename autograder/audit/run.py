"""Puts every property of a question to many answers, each in a sandbox of its own, on as many cores as there are."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from autograder.audit.outcomes import Answer, Outcome, PropertyOutcome
from autograder.audit.surroundings import notebook_with
from autograder.course import Course
from autograder.grading.assignment import Assignment, make_assignment
from autograder.grading.execution import Execution
from autograder.grading.processes import grader_processes
from autograder.grading.refusals import Refusal, refused_answers
from autograder.grading.settings import GradingSettings
from autograder.notebooks.source import source_notebook
from autograder.probe.steps import Call
from autograder.properties.diagnosis import Diagnosis
from autograder.properties.judge import Examined, examine
from autograder.properties.property import Question
from autograder.properties.questions import load_questions
from autograder.results import CheckStatus
from autograder.sandbox.forkserver import ForkServer


@dataclass(frozen=True)
class Order:
    """All that a process needs to know to audit answers as every other does.

    files: the folder with what lies beside a student's notebook.
    """

    course: Course
    assignment: str
    settings: GradingSettings
    files: Path


def audit_answers(
    order: Order, answers: Sequence[Answer], jobs: int, audited: Callable[[Outcome], None]
) -> dict[str, Outcome]:
    """What came of each answer, by its name, in the order given; ``audited`` hears of each as soon as it is there.

    Whatever happens to one answer, the others are audited.
    """
    outcomes: dict[str, Outcome] = {}
    for outcome in _outcomes(order, answers, min(jobs, len(answers))):
        audited(outcome)
        outcomes[outcome.answer] = outcome
    return {answer.name: outcomes[answer.name] for answer in answers}


def _outcomes(order: Order, answers: Sequence[Answer], jobs: int) -> Iterator[Outcome]:
    if jobs < 2:
        yield from (audit_answer(order, answer) for answer in answers)
        return
    with grader_processes(jobs) as executor:
        futures = {executor.submit(audit_answer, order, answer): answer for answer in answers}
        for future in as_completed(futures):
            error = future.exception()
            yield _failed(futures[future], error) if error else future.result()


def audit_answer(order: Order, answer: Answer) -> Outcome:
    """What came of one answer; whatever goes wrong with it is its outcome's failure."""
    started = time.monotonic()
    try:
        assignment, server = _ready(order)
        properties = _examined(assignment, server, answer)
    except Exception as error:
        return _failed(answer, error)
    return Outcome(answer.name, answer.question, properties, duration_s=round(time.monotonic() - started, 3))


def _failed(answer: Answer, error: BaseException) -> Outcome:
    return Outcome(answer.name, answer.question, failure=f"{type(error).__name__}: {error}")


@lru_cache(maxsize=1)
def _ready(order: Order) -> tuple[Assignment, ForkServer]:
    """This process's assignment, whose notebook is the reference with its solutions, and its fork server."""
    questions = order.course.questions(order.assignment)
    points = {question.id: question.points for question in load_questions(questions)}
    reference = source_notebook(order.course.module(order.assignment), points)
    seed = order.course.seed() if order.settings.seed is None else order.settings.seed
    assignment = make_assignment(order.assignment, reference, order.files, questions, seed, order.settings.device)
    return assignment, ForkServer(preload=assignment.imports, isolate=order.settings.isolate)


def _examined(assignment: Assignment, server: ForkServer, answer: Answer) -> tuple[PropertyOutcome, ...]:
    question = next(question for question in assignment.questions if question.id == answer.question)
    notebook = notebook_with(assignment.master, answer, _called(assignment, question))
    refused = refused_answers(assignment, notebook).get(question.id)
    if refused is not None:
        return tuple(_refused(question, refused))
    execution = Execution(server, assignment.files, assignment.device, assignment.limits)
    try:
        for cell in notebook.cells:
            execution.run_cell(cell.source)
        return tuple(_outcome(examine(question, drawn, execution)) for drawn in assignment.drawn[question.id])
    finally:
        execution.close()


def _called(assignment: Assignment, question: Question) -> frozenset[str]:
    """The names in a student's notebook that a question calls: those of its own answer, and perhaps earlier ones."""
    steps = (
        step
        for drawn in assignment.drawn[question.id]
        for programme in drawn.batch.programmes
        for stage in programme
        for step in stage.steps
    )
    return frozenset(step.function for step in steps if isinstance(step, Call) and isinstance(step.function, str))


def _refused(question: Question, refusal: Refusal) -> Iterator[PropertyOutcome]:
    for item in question.properties:
        known = refusal.diagnosis
        yield PropertyOutcome(item.id, CheckStatus.FAILED, 0, None, known.misconception, known.does or refusal.reason)


def _outcome(examined: Examined) -> PropertyOutcome:
    diagnosis = Diagnosis() if examined.holds else examined.diagnosis()
    return PropertyOutcome(
        examined.drawn.property.id,
        _status(examined),
        len(examined.drawn.cases),
        examined.first_failing,
        diagnosis.misconception,
        examined.lost.detail if examined.lost else diagnosis.does,
        None if examined.first_failing is None else examined.smallest[1].finding,
    )


def _status(examined: Examined) -> CheckStatus:
    if examined.lost is not None:
        return CheckStatus.TIMEOUT if examined.lost.timed_out else CheckStatus.ERROR
    return CheckStatus.PASSED if examined.holds else CheckStatus.FAILED
