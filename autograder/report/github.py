"""Results for GitHub Classroom's autograding reporter (https://github.com/classroom-resources/autograding-grading-reporter).

A workflow's step hands them over as an output in base64, and the reporter reads that from an environment variable::

    - id: grade
      run: echo "result=$(base64 --wrap=0 results.json)" >> "$GITHUB_OUTPUT"
    - uses: classroom-resources/autograding-grading-reporter@v1
      env:
        GRADE_RESULTS: "${{ steps.grade.outputs.result }}"
      with:
        runners: grade

Classroom gets the sum of the tests' scores. The table that the reporter prints counts passed tests instead, so that it
can show another number when tests differ in points (its issue 10). It takes the points of a workflow of the name
``Autograding Tests`` whose one job is ``run-autograding-tests``. GitHub has announced the end of Classroom.
"""

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.errors import AutograderError
from autograder.report.content import Said, details
from autograder.report.files import json_bytes, write_atomically
from autograder.report.safe_text import clean, one_line, printable, without_commands
from autograder.report.text import plain
from autograder.report.wording import prefixes
from autograder.results import CheckResult, CheckStatus, Result, ResultStatus, total

VERSION = 1
# Linux takes no environment variable longer than 128 KiB, its name included (MAX_ARG_STRLEN in execve(2)).
ENCODED_LIMIT_BYTES = 120 * 1024
# Messages are cut to the longest of these lengths, in characters, that lets the whole fit.
_MESSAGE_LIMITS = (4_000, 1_000, 250, 60)
_STATUSES = {
    CheckStatus.PASSED: "pass",
    CheckStatus.FAILED: "fail",
    CheckStatus.ERROR: "error",
    CheckStatus.TIMEOUT: "error",
}


def github_report(results: Sequence[Result]) -> bytes:
    """The JSON in UTF-8, which fits into an environment variable when encoded in base64.

    One test for each property. No line that the reporter prints from it is an order to the runner. Raises
    AutograderError for more submissions than fit.
    """
    for limit in _MESSAGE_LIMITS:
        content = json_bytes(_document([clean(result, limit) for result in results]))
        if len(base64.b64encode(content)) <= ENCODED_LIMIT_BYTES:
            return content
    raise AutograderError(
        f"The results of {len(results)} submissions do not fit into GitHub Classroom's report.",
        f"The reporter takes them from an environment variable, which holds {ENCODED_LIMIT_BYTES // 1024} KiB.",
        "Grade fewer notebooks at once: the reporter is made for one submission.",
    )


def github_output(results: Sequence[Result]) -> str:
    """The report in base64, one line: the step's output and the value of the reporter's environment variable."""
    return base64.b64encode(github_report(results)).decode("ascii")


def write_github(path: Path, results: Sequence[Result]) -> None:
    """Write GitHub Classroom's report. Raises AutograderError when it does not fit or cannot be written."""
    write_atomically(path, github_report(results))


def _document(results: Sequence[Result]) -> dict[str, object]:
    tests = [test for result, prefix in zip(results, prefixes(results), strict=True) for test in _tests(result, prefix)]
    return {
        "version": VERSION,
        "status": _status(results),
        "max_score": total(result.max_score for result in results),
        # The reporter divides by the number of tests.
        "tests": tests or [_test("grading", "error", 0.0, "There was nothing to grade.")],
    }


def _status(results: Sequence[Result]) -> str:
    if not results or any(result.status is ResultStatus.ERROR for result in results):
        return "error"
    passed = all(check.status is CheckStatus.PASSED for result in results for check in result.checks)
    return "pass" if passed else "fail"


def _tests(result: Result, prefix: str) -> Iterator[dict[str, object]]:
    if result.status is ResultStatus.ERROR:
        yield _test(f"{prefix}The submission can be graded", "error", 0.0, result.message)
    for check in result.checks:
        name = f"{prefix}{check.id}: {check.property}"
        yield _test(name, _STATUSES[check.status], check.score, check.message, _test_code(check))


def _test_code(check: CheckResult) -> str:
    """The smallest counterexample as code with comments: of a test that fails, the reporter prints nothing else."""
    if check.status is CheckStatus.PASSED:
        return ""
    told = [part for part in details(check) if isinstance(part, Said)]
    comments = [f"# {line}" for line in plain(told)]
    return "\n".join([check.counterexample, *comments] if check.counterexample else comments)


def _test(name: str, status: str, score: float, message: str, test_code: str = "") -> dict[str, object]:
    name = without_commands(one_line(name))
    # Of a test that is an error, the reporter prints the message without the name.
    told = f"{name}: {message}" if status == "error" else message
    return {
        "name": name,
        "status": status,
        "message": without_commands(printable(told)) or None,
        "test_code": without_commands(test_code),
        "filename": "",
        "line_no": 0,
        "score": score,
    }
