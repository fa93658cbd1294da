import re

import pytest

from autograder.report.log import LogStyle, folded, style_of
from autograder.results import Result

SECTION = re.compile("\x1b\\[0Ksection_(start|end):\\d+:([a-z0-9_]+)(\\[collapsed=true\\])?\r\x1b\\[0K")


@pytest.mark.parametrize(
    ("environment", "style"),
    [
        ({}, LogStyle.PLAIN),
        ({"GITHUB_ACTIONS": "true"}, LogStyle.GITHUB),
        ({"GITLAB_CI": "true"}, LogStyle.GITLAB),
        ({"GITHUB_ACTIONS": "false", "CI": "true"}, LogStyle.PLAIN),
    ],
)
def test_the_environment_says_whose_log_it_is(environment: dict[str, str], style: LogStyle) -> None:
    assert style_of(environment) is style


def orders(text: str) -> list[str]:
    """What GitHub's runner takes for orders: while it is told to take none, only the word that ends that."""
    found, word = [], ""
    for line in map(str.lstrip, text.splitlines()):
        if word:
            assert not line.startswith("::") or line == f"::{word}::"  # so that even without the word there is none
            word = "" if line == f"::{word}::" else word
        elif line.startswith("::stop-commands::"):
            word = line.removeprefix("::stop-commands::")
        elif line.startswith("::") or "##[" in line:
            found.append(line)
    assert not word
    return found


def test_on_github_each_question_is_a_group(graded: Result) -> None:
    text = "\n".join(folded([graded], LogStyle.GITHUB))
    assert orders(text) == [
        "::group::✗ corr2d: 2 of 3.5 points",
        "::endgroup::",
        "::group::✗ conv: 0 of 1 points",
        "::endgroup::",
    ]
    assert text.startswith("ann: ann/conv_layer.ipynb: 2 of 4.5 points")
    assert text.index("::group::✗ corr2d") < text.index("got 3., want 4.") < text.index("::endgroup::")


def test_of_several_each_submission_is_a_group(graded: Result, unreadable: Result) -> None:
    assert orders("\n".join(folded([graded, unreadable], LogStyle.GITHUB))) == [
        "::group::✗ ann: ann/conv_layer.ipynb: 2 of 4.5",
        "::endgroup::",
        "::group::✗ bob: bob/conv_layer.ipynb: 0 of 4.5",
        "::endgroup::",
    ]


def test_hostile_words_give_github_no_orders(hostile: Result, hostile_error: Result) -> None:
    for results, groups in (([hostile], 1), ([hostile, hostile_error], 2)):
        found = orders("\n".join(folded(results, LogStyle.GITHUB)))
        assert [line.split("::")[1] for line in found] == ["group", "endgroup"] * groups


def test_no_word_is_used_twice(graded: Result) -> None:
    words = re.findall("::stop-commands::(.+)", "\n".join(folded([graded, graded], LogStyle.GITHUB)))
    assert len(set(words)) == 2


def test_on_gitlab_each_question_is_a_section(graded: Result) -> None:
    text = "\n".join(folded([graded], LogStyle.GITLAB))
    assert [found.groups() for found in SECTION.finditer(text)] == [
        ("start", "autograder_1", None),
        ("end", "autograder_1", None),
        ("start", "autograder_2", None),
        ("end", "autograder_2", None),
    ]


def test_hostile_words_begin_no_section(hostile: Result) -> None:
    text = "\n".join(folded([hostile], LogStyle.GITLAB))
    assert "\x1b" not in SECTION.sub("", text)
    assert len(SECTION.findall(text)) == 2
