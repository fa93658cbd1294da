"""Results as JSON: the shape that other people's scripts rely on."""

from collections.abc import Sequence
from pathlib import Path

from autograder.report.files import json_bytes, write_atomically
from autograder.report.safe_text import clean
from autograder.results import CheckResult, Result


def json_report(results: Sequence[Result]) -> bytes:
    """``{"results": [...]}`` in UTF-8, in the order given; points are numbers, durations seconds."""
    return json_bytes({"results": [_result(clean(result)) for result in results]})


def write_json(path: Path, results: Sequence[Result]) -> None:
    """Write the JSON report. Raises AutograderError when the file cannot be written."""
    write_atomically(path, json_report(results))


def _result(result: Result) -> dict[str, object]:
    return {
        "notebook": result.notebook,
        "assignment": result.assignment,
        "student": result.student,
        "score": result.score,
        "max_score": result.max_score,
        "status": result.status.value,
        "message": result.message,
        "seed": result.seed,
        "device": result.device,
        "isolated": result.isolated,
        "duration_s": result.duration_s,
        "checks": [_check(check) for check in result.checks],
    }


def _check(check: CheckResult) -> dict[str, object]:
    return {
        "id": check.id,
        "question": check.question,
        "score": check.score,
        "max_score": check.max_score,
        "status": check.status.value,
        "message": check.message,
        "counterexample": check.counterexample,
        "misconception": check.misconception,
        "diagnosis": check.diagnosis,
    }
