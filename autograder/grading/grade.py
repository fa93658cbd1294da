"""Grades one submission: its cells run in order, and each check cell's questions are judged where it stands."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.grading.assignment import Assignment
from autograder.grading.execution import Execution
from autograder.grading.refusals import Refusal, refused_answers, refused_cell
from autograder.grading.submission import SubmissionUnreadable, merge, parse_notebook
from autograder.properties.judge import judge_question
from autograder.properties.property import Question
from autograder.report.notebook import html, text
from autograder.results import CheckResult, CheckStatus, QuestionResult, Result, ResultStatus
from autograder.sandbox.forkserver import ForkServer

CHECK_CELL = re.compile(r"check-(.+)")
NOT_YET = "not graded yet"

# Is told of a submission's result after each question: so far it has no points for the questions still to come.
Heard = Callable[[Result], None]


@dataclass(frozen=True)
class Graded:
    """A submission's verdict, and its notebook with the outputs of the run and the verdicts in the check cells."""

    result: Result
    notebook: NotebookNode


def nobody(result: Result) -> None:
    """Nobody is told."""


def grade_content(
    assignment: Assignment,
    content: bytes,
    path: Path,
    server: ForkServer,
    student: str = "",
    files: Path | None = None,
    heard: Heard = nobody,
) -> Graded:
    """Grade a file's content. What cannot be read as a notebook gets a result with status ERROR and no points."""
    started = time.monotonic()
    try:
        notebook = merge(assignment.master, parse_notebook(content, path.name))
    except SubmissionUnreadable as unreadable:
        return unreadable_result(assignment, path, student, str(unreadable), time.monotonic() - started)
    return grade_notebook(assignment, notebook, path, server, student, files, heard)


def grade_notebook(
    assignment: Assignment,
    notebook: NotebookNode,
    path: Path,
    server: ForkServer,
    student: str = "",
    files: Path | None = None,
    heard: Heard = nobody,
) -> Graded:
    """Grade a sanitised notebook, whose outputs are filled in; ``path`` and ``student`` only name it in the result."""
    started = time.monotonic()
    questions = {question.id: question for question in assignment.questions}
    verdicts: dict[str, QuestionResult] = {}
    refused = refused_answers(assignment, notebook)

    def result(otherwise: str) -> Result:
        """The verdicts that are there, and ``otherwise`` for those that are not."""
        ordered = tuple(verdicts.get(item.id) or _nothing(item, otherwise) for item in assignment.questions)
        whole = _result(assignment, path, student, time.monotonic() - started, questions=ordered)
        return replace(whole, isolated=server.isolation.safe)

    execution = Execution(server, files or assignment.files, assignment.device, assignment.limits)
    try:
        for cell in notebook.cells:
            question = _question(cell, questions)
            if question is not None:
                if question.id in refused:
                    verdicts[question.id] = _refused(question, refused[question.id])
                else:
                    verdicts[question.id] = judge_question(question, assignment.drawn[question.id], execution)
                cell.outputs = verdict_outputs(question, verdicts[question.id])
                heard(result(NOT_YET))
            elif cell.cell_type == "code":
                cell.outputs = _run_cell(cell, execution)
    finally:
        execution.close()
    return Graded(result("the released notebook has no check cell for this question"), notebook)


def _run_cell(cell: NotebookNode, execution: Execution) -> list[NotebookNode]:
    reason = refused_cell(cell)
    if reason:
        return [new_output("error", ename="NotRun", evalue=reason, traceback=[f"NotRun: {reason}"])]
    return execution.run_cell(cell.source) if cell.source.strip() else []


def unreadable_result(assignment: Assignment, path: Path, student: str, message: str, duration_s: float) -> Graded:
    """The verdict on a submission that cannot be read: no points, and why. Its notebook is the untouched release."""
    notebook = merge(assignment.master, assignment.master)
    questions = {question.id: question for question in assignment.questions}
    for cell in notebook.cells:
        question = _question(cell, questions)
        if question is not None:
            cell.outputs = verdict_outputs(question, _nothing(question, message))
    return Graded(_result(assignment, path, student, duration_s, status=ResultStatus.ERROR, message=message), notebook)


def verdict_outputs(question: Question, verdict: QuestionResult) -> list[NotebookNode]:
    """A check cell's outputs: the report, and the points as nbgrader reads them."""
    report = {"text/html": html(question.title, verdict), "text/plain": text(question.title, verdict)}
    score = new_output("execute_result", data={"text/plain": f"{float(verdict.score)!r}"}, execution_count=None)
    return [new_output("display_data", data=report), score]


def _question(cell: NotebookNode, questions: dict[str, Question]) -> Question | None:
    metadata = cell.metadata.get("nbgrader") or {}
    named = CHECK_CELL.fullmatch(str(metadata.get("grade_id", "")))
    if cell.cell_type != "code" or not metadata.get("grade") or named is None:
        return None
    return questions.get(named[1])


def _refused(question: Question, refusal: Refusal) -> QuestionResult:
    """No points, whatever the answer returns."""
    nothing = _nothing(question, refusal.reason, CheckStatus.FAILED)
    known = refusal.diagnosis
    told = (
        replace(check, misconception=known.misconception, diagnosis=known.does, advice=known.advice)
        for check in nothing.checks
    )
    return replace(nothing, checks=tuple(told))


def _nothing(question: Question, message: str, status: CheckStatus = CheckStatus.ERROR) -> QuestionResult:
    return QuestionResult(
        question.id,
        tuple(
            CheckResult(f"{question.id}.{item.id}", question.id, item.sentence, 0.0, item.points, status, message)
            for item in question.properties
        ),
    )


def _result(
    assignment: Assignment,
    path: Path,
    student: str,
    duration_s: float,
    status: ResultStatus = ResultStatus.GRADED,
    message: str = "",
    questions: tuple[QuestionResult, ...] = (),
) -> Result:
    return Result(
        str(path),
        assignment.name,
        student,
        assignment.max_score,
        status,
        assignment.seed,
        assignment.device,
        round(duration_s, 3),
        message,
        questions,
    )
