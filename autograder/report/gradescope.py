"""Results as Gradescope's results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.report.content import points_of
from autograder.report.files import json_bytes, write_atomically
from autograder.report.safe_text import clean, one_line, printable
from autograder.report.wording import explanation, label, prefixes, setting
from autograder.results import CheckStatus, Result, ResultStatus, total


def gradescope_report(results: Sequence[Result], note: str = "") -> bytes:
    """The JSON in UTF-8: one test for each property, seconds in ``execution_time``.

    Gradescope grades one submission at a time. Of several results the points are added up, and each test's name begins
    with its submission. Texts are declared as plain: by default Gradescope would show the summary as HTML. note: what
    is told before anything else.
    """
    cleaned = [clean(result) for result in results]
    return json_bytes(
        {
            "score": total(result.score for result in cleaned),
            "execution_time": total(result.duration_s for result in cleaned),
            "output": printable("\n".join([*([note] if note else []), *(_summary(result) for result in cleaned)])),
            "output_format": "text",
            "test_output_format": "text",
            "test_name_format": "text",
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "tests": [
                test
                for result, prefix in zip(cleaned, prefixes(cleaned), strict=True)
                for test in _tests(result, prefix)
            ],
        }
    )


def write_gradescope(path: Path, results: Sequence[Result], note: str = "") -> None:
    """Write Gradescope's results.json. Raises AutograderError when the file cannot be written."""
    write_atomically(path, gradescope_report(results, note))


def _summary(result: Result) -> str:
    if result.status is ResultStatus.ERROR:
        return f"{label(result)} could not be graded: {result.message}"
    earned = f"{points_of(result.score, result.max_score)} points"
    return f"{label(result)}: {earned} ({setting(result)})"


def _tests(result: Result, prefix: str) -> Iterator[dict[str, object]]:
    if result.status is ResultStatus.ERROR:
        yield _test(f"{prefix}The submission can be graded", "1", 0.0, result.max_score, False, result.message)
    for first, question in enumerate(result.questions, start=1):
        for second, check in enumerate(question.checks, start=1):
            name = one_line(f"{prefix}{check.question}: {check.property}")
            passed = check.status is CheckStatus.PASSED
            output = check.note if passed else explanation(check)
            yield _test(name, f"{first}.{second}", check.score, check.max_score, passed, output)


def _test(name: str, number: str, score: float, max_score: float, passed: bool, output: str) -> dict[str, object]:
    return {
        "score": score,
        "max_score": max_score,
        "status": "passed" if passed else "failed",
        "name": name,
        "number": number,
        "output": output,
        "visibility": "visible",
    }
