"""Results as JUnit XML, which CI systems show as tests: a suite is a question of a submission, a case is a property.

Valid against Jenkins' schema, which is the strictest in use (tests/report/junit-10.xsd).
"""
# Some of junitparser's functions have no annotations.
# mypy: disallow-untyped-calls=False

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Properties, Property, TestCase, TestSuite

from autograder.report.content import points_of
from autograder.report.files import write_atomically
from autograder.report.safe_text import clean, finite, one_line, without_commands
from autograder.report.wording import explanation, label, setting
from autograder.results import CheckResult, CheckStatus, QuestionResult, Result, ResultStatus, total


def junit_report(results: Sequence[Result]) -> bytes:
    """The XML in UTF-8. A submission that could not be graded is a suite with one case, which is an error.

    Points and device are properties of a suite, also the points of each of its cases: by the schema a case has none.
    The time of the whole is the sum of the submissions' durations in seconds.
    """
    xml = JUnitXml("autograder")
    for result in results:
        for suite in _suites(clean(result)):
            xml.append(suite)  # add_testsuite would compare each suite with all before it, and merge equal ones
    xml.update_statistics()
    xml._elem.attrib.pop("skipped")  # which the schema knows of suites only, and junitparser cannot leave out
    xml.time = total(finite(result.duration_s) for result in results)
    file = BytesIO()
    xml.write(file)
    return file.getvalue()


def write_junit(path: Path, results: Sequence[Result]) -> None:
    """Write the JUnit report. Raises AutograderError when the file cannot be written."""
    write_atomically(path, junit_report(results))


def _suites(result: Result) -> Iterator[TestSuite]:
    if result.status is ResultStatus.ERROR:
        yield _suite(result, _label(result), 0.0, result.max_score, [_ungraded(result)])
        return
    for question in result.questions:
        name = without_commands(f"{_label(result)}: {one_line(question.id)}")
        yield _suite(result, name, question.score, question.max_score, _cases(result, question), question.checks)


def _label(result: Result) -> str:
    """A submission's name, which its file may have from a student, and which a log may show in lines of its own."""
    return without_commands(label(result))


def _suite(
    result: Result,
    name: str,
    score: float,
    max_score: float,
    cases: Iterable[TestCase],
    checks: Sequence[CheckResult] = (),
) -> TestSuite:
    suite = TestSuite(name)
    suite.append(
        _properties(
            {
                "notebook": result.notebook,
                "assignment": result.assignment,
                "student": result.student,
                "score": score,
                "max_score": max_score,
                "device": setting(result),
                "duration_s": result.duration_s,
                **{f"{check.id}.{name}": value for check in checks for name, value in _points(check)},
            }
        )
    )
    suite.extend(cases)
    return suite


def _points(check: CheckResult) -> tuple[tuple[str, float], ...]:
    return ("score", check.score), ("max_score", check.max_score)


def _cases(result: Result, question: QuestionResult) -> Iterator[TestCase]:
    for check in question.checks:
        case = TestCase(without_commands(one_line(check.id)), classname=_label(result))
        outcome = _outcome(check)
        if outcome is not None:
            outcome.text = without_commands(explanation(check))
            case.append(outcome)
        case.system_out = f"{points_of(check.score, check.max_score)} points"
        yield case


def _outcome(check: CheckResult) -> Failure | Error | None:
    if check.status is CheckStatus.PASSED:
        return None
    kind = Failure if check.status is CheckStatus.FAILED else Error
    return kind(without_commands(one_line(check.message or check.property)), check.status.value)


def _ungraded(result: Result) -> TestCase:
    case = TestCase("grading", classname=_label(result))
    error = Error(without_commands(one_line(result.message)), "error")
    error.text = without_commands(result.message)
    case.append(error)
    return case


def _properties(values: dict[str, object]) -> Properties:
    properties = Properties()
    for name, value in values.items():
        properties.add_property(Property(without_commands(one_line(name)), without_commands(one_line(str(value)))))
    return properties
