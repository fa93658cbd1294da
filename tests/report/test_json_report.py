import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.report.gradescope import gradescope_report
from autograder.report.json_report import json_report, write_json
from autograder.report.junit import junit_report
from autograder.report.safe_text import TEXT_LIMIT
from autograder.report.terminal import details, line
from autograder.results import Result

RESULT_KEYS = [
    "notebook",
    "assignment",
    "student",
    "score",
    "max_score",
    "status",
    "message",
    "seed",
    "device",
    "isolated",
    "duration_s",
    "checks",
]
CHECK_KEYS = ["id", "question", "score", "max_score", "status", "message", "counterexample"]
CHECK_KEYS += ["misconception", "diagnosis"]


def strict(content: bytes) -> Any:
    """The document, read as strictly as any reader would: UTF-8, no NaN."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    return json.loads(content.decode("utf-8"), parse_constant=refuse)


def test_the_keys_are_the_contract_and_in_its_order(graded: Result, unreadable: Result) -> None:
    document = strict(json_report([graded, unreadable]))
    assert list(document) == ["results"]
    assert [list(result) for result in document["results"]] == [RESULT_KEYS, RESULT_KEYS]
    assert [list(check) for check in document["results"][0]["checks"]] == [CHECK_KEYS] * 3


def test_values_are_those_of_the_results(graded: Result, unreadable: Result) -> None:
    first, second = strict(json_report([graded, unreadable]))["results"]
    assert (first["score"], first["max_score"], first["status"]) == (2.0, 4.5, "graded")
    assert (first["seed"], first["duration_s"]) == (7, 1.25)
    assert first["checks"][1] == {
        "id": "corr2d.views",
        "question": "corr2d",
        "score": 0.0,
        "max_score": 1.5,
        "status": "failed",
        "message": "got 3., want 4.",
        "counterexample": "corr2d(X[::-1], K)",
        "misconception": "",
        "diagnosis": "1 of 3 examples is answered rightly.",
    }
    assert second["status"] == "error"
    assert (second["score"], second["message"], second["checks"]) == (0.0, "not a notebook", [])


def test_results_keep_the_order_given(graded: Result) -> None:
    names = ["b.ipynb", "a.ipynb", "b.ipynb"]
    document = strict(json_report([replace(graded, notebook=name) for name in names]))
    assert [result["notebook"] for result in document["results"]] == names


def test_no_results_are_an_empty_list() -> None:
    assert strict(json_report([])) == {"results": []}


def test_hostile_words_and_numbers_stay_valid_and_bounded(hostile: Result, hostile_error: Result) -> None:
    results = strict(json_report([hostile, hostile_error]))["results"]
    assert results[0]["duration_s"] == 0.0
    texts = [check[key] for check in results[0]["checks"] for key in ("message", "counterexample")]
    texts.append(results[1]["message"])
    assert all(len(text) == TEXT_LIMIT and text.endswith("…") and "\x1b" not in text for text in texts)


def test_a_notebook_is_found_by_its_name(graded: Result) -> None:
    name = "a\n\x1b[1m ##[x].ipynb"
    assert strict(json_report([replace(graded, notebook=name)]))["results"][0]["notebook"] == name


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_points_are_finite(graded: Result, number: float) -> None:
    assert strict(json_report([replace(graded, max_score=number)]))["results"][0]["max_score"] == 0.0


def test_the_file_holds_the_report(graded: Result, tmp_path: Path) -> None:
    write_json(tmp_path / "r.json", [graded])
    assert (tmp_path / "r.json").read_bytes() == json_report([graded])


def test_a_run_without_isolation_says_so_in_every_report(graded: Result) -> None:
    open_run = replace(graded, isolated=False)
    assert json.loads(json_report([open_run]))["results"][0]["isolated"] is False
    for report in (junit_report([open_run]).decode(), gradescope_report([open_run]).decode(), details(open_run)):
        assert "without isolation" in report
    assert "without isolation" in line(open_run).plain
    assert "without isolation" not in line(graded).plain
