import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.report.gradescope import gradescope_report, write_gradescope
from autograder.results import Result


def test_a_submission_has_a_test_for_each_property(graded: Result) -> None:
    document = json.loads(gradescope_report([graded]))
    assert (document["score"], document["execution_time"], document["visibility"]) == (2.0, 1.25, "visible")
    assert [(test["number"], test["score"], test["max_score"], test["status"]) for test in document["tests"]] == [
        ("1.1", 2.0, 2.0, "passed"),
        ("1.2", 0.0, 1.5, "failed"),
        ("2.1", 0.0, 1.0, "failed"),
    ]
    assert document["tests"][1]["name"] == "corr2d: Views are read right."
    assert "corr2d(X[::-1], K)" in document["tests"][1]["output"]
    assert document["tests"][0]["output"] == ""


def test_a_test_says_what_the_code_does_and_what_to_try(graded: Result) -> None:
    flipped = replace(graded.checks[1], misconception="flipped", diagnosis="The kernel is flipped.", cause="")
    question = replace(graded.questions[0], checks=(flipped, flipped))
    tests = json.loads(gradescope_report([replace(graded, questions=(question,))]))["tests"]
    # Each test stands by itself, so that nothing is said once for both.
    for test in tests:
        assert test["output"].splitlines() == [
            "Views are read right.",
            "What it does: The kernel is flipped.",
            "Smallest example:",
            "    corr2d(X[::-1], K)",
            "got 3., want 4.",
            "Try: Go by indices.",
        ]


def test_texts_are_plain_so_that_no_student_writes_html(graded: Result) -> None:
    document = json.loads(gradescope_report([graded]))
    assert {document[key] for key in ("output_format", "test_output_format", "test_name_format")} == {"text"}


def test_a_submission_that_could_not_be_graded_is_a_failed_test_of_full_weight(unreadable: Result) -> None:
    document = json.loads(gradescope_report([unreadable]))
    assert document["score"] == 0.0
    (test,) = document["tests"]
    assert (test["score"], test["max_score"], test["status"], test["output"]) == (0.0, 4.5, "failed", "not a notebook")
    assert "could not be graded: not a notebook" in document["output"]


def test_a_note_is_told_before_anything_else(graded: Result) -> None:
    plain, noted = (json.loads(gradescope_report([graded], note)) for note in ("", "Mind:\x1b this."))
    assert noted.pop("output") == f"Mind:\\x1b this.\n{plain.pop('output')}"
    assert noted == plain


def test_of_several_submissions_tests_say_whose_they_are(graded: Result, unreadable: Result) -> None:
    document = json.loads(gradescope_report([graded, unreadable]))
    assert [test["name"].split(":")[0] for test in document["tests"]] == ["ann", "ann", "ann", "bob"]
    assert (document["score"], document["execution_time"]) == (2.0, 1.75)


def test_hostile_words_stay_valid_and_bounded(hostile: Result, hostile_error: Result) -> None:
    content = gradescope_report([hostile, hostile_error])

    def refuse(word: str) -> None:
        pytest.fail(word)

    json.loads(content.decode("utf-8"), parse_constant=refuse)
    assert len(content) < 500_000


def test_the_file_holds_the_report(graded: Result, tmp_path: Path) -> None:
    write_gradescope(tmp_path / "results.json", [graded])
    assert (tmp_path / "results.json").read_bytes() == gradescope_report([graded])
