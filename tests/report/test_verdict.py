import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.report.verdict import MOST, MOST_BYTES, dump, load, read_verdict, write_verdict
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult, Result, ResultStatus

TEXTS = st.text(st.characters() | st.sampled_from("\ud83d\ude00\\u\n\x00"), max_size=8)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
AMOUNTS = st.floats(-MOST, MOST)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    places = st.tuples(st.integers(0, height - 1), st.integers(0, width - 1))
    row = st.tuples(*[NUMBERS | st.sampled_from((float("inf"), -float("inf"), -0.0))] * width)
    window = st.lists(places, max_size=3).map(tuple)
    return Grid(draw(TEXTS), draw(st.tuples(*[row] * height)), draw(st.none() | places), draw(window))


GRIDS = st.lists(grids(), max_size=2).map(tuple)
CHECKS = st.builds(
    CheckResult, TEXTS, TEXTS, TEXTS, AMOUNTS, AMOUNTS, st.sampled_from(CheckStatus), *[TEXTS] * 7, GRIDS
)
QUESTIONS = st.builds(QuestionResult, TEXTS, st.lists(CHECKS, max_size=2).map(tuple))
RESULTS = st.builds(
    Result,
    TEXTS,
    TEXTS,
    TEXTS,
    AMOUNTS,
    st.sampled_from(ResultStatus),
    st.integers(),
    TEXTS,
    AMOUNTS,
    TEXTS,
    st.lists(QUESTIONS, max_size=2).map(tuple),
)


@given(RESULTS)
def test_a_result_comes_back_as_it_was(result: Result) -> None:
    text = dump(result)
    assert text.isascii()
    assert load(text) == result


def test_elements_without_a_value_come_back_as_such(graded: Result) -> None:
    rows = ((float("nan"), float("inf"), -float("inf"), -0.0),)
    check = replace(graded.checks[1], grids=(Grid("got", rows, (0, 0)),))
    text = dump(replace(graded, questions=(QuestionResult("corr2d", (check,)),)))
    json.loads(text, parse_constant=pytest.fail)
    (grid,) = load(text).checks[0].grids
    assert repr(grid) == repr(check.grids[0])


def test_a_verdict_of_an_earlier_version_says_so(graded: Result) -> None:
    with pytest.raises(AutograderError, match=r"it has format 1, and this version reads 3.*grade the submission again"):
        load(changed(graded, "format", value=1))


def test_two_neighbouring_surrogates_stay_two(graded: Result) -> None:
    result = replace(graded, message="\ud83d" + "\ude00")
    assert load(dump(result)).message == "\ud83d\ude00"
    assert len(load(dump(result)).message) == 2


@given(st.text())
def test_any_other_text_is_an_error_in_words(text: str) -> None:
    with pytest.raises(AutograderError, match="grade the submission again"):
        load(text)


def changed(result: Result, *path: Any, value: Any) -> str:
    document = json.loads(dump(result))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(document)


A_GRID = ("result", "questions", 0, "checks", 1, "grids", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 1),
        (("format",), "2"),
        (("extra",), 1),
        (("result",), []),
        (("result", "extra"), 1),
        (("result", "notebook"), None),
        (("result", "notebook"), ["plain"]),
        (("result", "notebook"), ["é"]),
        (("result", "notebook"), "\ud800"),
        (("result", "seed"), 1.5),
        (("result", "seed"), True),
        (("result", "max_score"), "4.5"),
        (("result", "max_score"), True),
        (("result", "max_score"), float("nan")),
        (("result", "max_score"), float("inf")),
        (("result", "max_score"), 10**400),
        (("result", "status"), "passed"),
        (("result", "questions"), {}),
        (("result", "questions", 0), None),
        (("result", "questions", 0, "checks"), None),
        (("result", "questions", 0, "checks", 0, "status"), "graded"),
        (("result", "questions", 0, "checks", 0, "score"), None),
        (("result", "questions", 0, "checks", 0), {}),
        (("result", "questions", 0, "checks", 0, "diagnosis"), None),
        (("result", "questions", 0, "checks", 0, "grids"), {}),
        ((*A_GRID,), None),
        ((*A_GRID, "name"), 1),
        ((*A_GRID, "rows"), []),
        ((*A_GRID, "rows"), [[]]),
        ((*A_GRID, "rows"), [[1.0, 2.0], [3.0]]),
        ((*A_GRID, "rows", 0, 0), "infinite"),
        ((*A_GRID, "rows", 0, 0), None),
        ((*A_GRID, "wrong"), [0]),
        ((*A_GRID, "wrong"), [0, 2]),
        ((*A_GRID, "wrong"), [-1, 0]),
        ((*A_GRID, "wrong"), [0, True]),
        ((*A_GRID, "window"), None),
        ((*A_GRID, "window", 0), [2, 0]),
    ],
)
def test_a_changed_field_is_an_error_in_words(graded: Result, path: tuple[Any, ...], value: Any) -> None:
    with pytest.raises(AutograderError, match="grade the submission again"):
        load(changed(graded, *path, value=value))


def test_endless_nesting_is_an_error_in_words() -> None:
    with pytest.raises(AutograderError):
        load("[" * 1_000_000)


def test_a_cut_file_is_an_error_in_words(graded: Result) -> None:
    with pytest.raises(AutograderError):
        load(dump(graded)[:-20])


def test_a_verdict_is_kept_in_a_folder_that_is_made(graded: Result, tmp_path: Path) -> None:
    path = tmp_path / ".autograder" / "verdicts" / "ann.json"
    write_verdict(path, graded)
    assert load(path.read_text(encoding="utf-8")) == graded


def test_a_folder_that_cannot_be_made_is_an_error_in_words(graded: Result, tmp_path: Path) -> None:
    (tmp_path / "verdicts").touch()
    with pytest.raises(AutograderError, match="cannot be made"):
        write_verdict(tmp_path / "verdicts" / "ann.json", graded)


def test_numbers_that_json_has_no_word_for_are_refused(graded: Result) -> None:
    with pytest.raises(ValueError, match="JSON"):
        dump(replace(graded, duration_s=float("nan")))


@pytest.mark.parametrize("change", [{"max_score": 1e308}, {"duration_s": -1e308}])
def test_points_and_seconds_are_bounded(graded: Result, change: dict[str, float]) -> None:
    with pytest.raises(AutograderError, match="more than 1,000,000"):
        load(dump(replace(graded, **change)))


def test_what_is_no_file_of_bounded_size_is_no_verdict(tmp_path: Path) -> None:
    path = tmp_path / "ann.json"
    for number, make in enumerate((os.mkfifo, os.mkdir, lambda path: os.symlink("/dev/zero", path))):
        make(path)
        with pytest.raises(AutograderError, match="it is a"):
            read_verdict(path)
        path.rename(tmp_path / f"{number}")
    path.touch()
    os.truncate(path, MOST_BYTES + 1)
    with pytest.raises(AutograderError, match="more than 64 MiB"):
        read_verdict(path)
