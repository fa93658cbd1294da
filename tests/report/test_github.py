import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AutograderError
from autograder.report.github import ENCODED_LIMIT_BYTES, github_output, github_report, write_github
from autograder.results import Result


def received(results: list[Result]) -> Any:
    """What the reporter reads from its environment variable."""
    return json.loads(base64.b64decode(github_output(results), validate=True).decode("utf-8"))


def printed(document: Any) -> list[str]:
    """The lines that versions of the reporter print of the tests, with nothing before them."""
    texts = [text for test in document["tests"] for text in (test["name"], test["message"], test["test_code"]) if text]
    return [line for text in texts for line in text.splitlines()]


def test_there_is_a_test_for_each_property_with_its_points(graded: Result) -> None:
    document = received([graded])
    assert list(document) == ["version", "status", "max_score", "tests"]
    assert (document["version"], document["status"], document["max_score"]) == (1, "fail", 4.5)
    assert [(test["status"], test["score"], test["line_no"]) for test in document["tests"]] == [
        ("pass", 2.0, 0),
        ("fail", 0.0, 0),
        ("error", 0.0, 0),
    ]
    assert sum(test["score"] for test in document["tests"]) == graded.score


def test_a_failed_test_shows_its_counterexample_as_code(graded: Result) -> None:
    test = received([graded])["tests"][1]
    assert test["name"] == "corr2d.views: Views are read right."
    assert test["test_code"].splitlines() == [
        "corr2d(X[::-1], K)",
        "# What is known: 1 of 3 examples is answered rightly.",
        "# got 3., want 4.",
        "# Likely cause: Strides are ignored.",
        "# Try: Go by indices.",
    ]
    assert test["message"] == "got 3., want 4."


def test_an_error_names_its_test_because_the_reporter_does_not(graded: Result) -> None:
    assert received([graded])["tests"][2]["message"] == "conv.large: Large inputs go through.: no answer in 5 s"


def test_all_passed_is_a_pass(graded: Result) -> None:
    right = replace(graded, questions=(replace(graded.questions[0], checks=graded.questions[0].checks[:1]),))
    document = received([right])
    assert document["status"] == "pass"
    assert document["tests"][0]["message"] is None


def test_a_submission_that_could_not_be_graded_is_an_error(graded: Result, unreadable: Result) -> None:
    document = received([graded, unreadable])
    assert (document["status"], document["max_score"]) == ("error", 9.0)
    assert (document["tests"][-1]["status"], document["tests"][-1]["score"]) == ("error", 0.0)
    assert "not a notebook" in document["tests"][-1]["message"]


def test_nothing_graded_still_has_a_test_to_divide_by() -> None:
    document = received([])
    assert (document["status"], document["max_score"], len(document["tests"])) == ("error", 0.0, 1)


def test_no_printed_line_is_an_order_to_the_runner(hostile: Result, hostile_error: Result) -> None:
    for results in ([hostile], [hostile_error], [hostile, hostile_error]):
        lines = printed(received(results))
        assert any("forged" in line for line in lines)
        assert not any(line.lstrip().startswith("::") or "##[" in line or "\x1b" in line for line in lines)


def test_the_output_is_one_line_that_fits_into_an_environment_variable(hostile: Result) -> None:
    check = hostile.checks[1]
    wide = replace(check, message="漢" * 100_000, counterexample="漢" * 100_000)
    output = github_output([replace(hostile, questions=(replace(hostile.questions[0], checks=(wide,) * 60),))])
    assert len(output) <= ENCODED_LIMIT_BYTES
    assert output.isascii()
    assert "\n" not in output


def test_a_class_that_does_not_fit_is_an_error_in_words(graded: Result) -> None:
    with pytest.raises(AutograderError, match="Grade fewer notebooks at once"):
        github_report([graded] * 1_000)


def test_the_file_holds_the_report(graded: Result, tmp_path: Path) -> None:
    write_github(tmp_path / "g.json", [graded])
    assert json.loads((tmp_path / "g.json").read_bytes()) == received([graded])
