"""The Markdown as two renderers show it: one strict, one that makes links of whatever looks like an address."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from autograder.errors import AutograderError
from autograder.report.markdown import LIMIT_BYTES, markdown_report, write_markdown
from autograder.results import CheckStatus, Result

STRICT = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render
GENEROUS = mistune.create_markdown(escape=False, plugins=["table", "url", "strikethrough", "math", "footnotes"])
# What the report itself is made of.
OWN = {"h2", "h3", "h4", "h5", "p", "strong", "em", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
TRICKS = [
    *(
        "`",
        "```",
        "~~~",
        "|",
        "\\",
        "\n",
        "\r",
        "\t",
        "<",
        ">",
        "&lt;",
        "#",
        "*",
        "_",
        "[",
        "]",
        "(",
        ")",
        "!",
        "$",
        ":",
    ),
    *(
        "x",
        " ",
        "1.",
        "- ",
        "===",
        "<b>",
        "<!--",
        "<script>alert(1)</script>",
        "![a](http://b/c.png)",
        "[a](javascript:b)",
    ),
    *(
        "https://evil.example",
        "www.evil.example",
        "a@evil.example",
        "@everyone",
        "#1",
        ":octocat:",
        "[a]: b",
        "[^1]",
        "\\|",
        "\n ::error::",
        "##[error]",
    ),
]


class Page(HTMLParser):
    """The tags of a page, how many cells its rows have, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.rows: list[int] = []
        self.text = self.outside_code = ""
        self.inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.inside.append(tag)
        if tag == "tr":
            self.rows.append(0)
        elif tag in ("td", "th"):
            self.rows[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
        if "code" not in self.inside:
            self.outside_code += data


def with_words(result: Result, words: str) -> Result:
    """All that a submission can choose, and all that is said of it, are these words."""
    texts = ("property", "message", "counterexample", "cause", "note", "diagnosis", "advice")
    checks = tuple(replace(check, **dict.fromkeys(texts, words)) for check in result.checks)
    question = replace(result.questions[0], id=words, checks=checks)
    return replace(result, notebook=words, student=words, questions=(question,))


def assert_no_orders(report: str) -> None:
    """Shown in a log, it says nothing to GitHub's runner."""
    assert "##[" not in report
    assert not any(line.lstrip().startswith("::") for line in report.splitlines())


@pytest.mark.parametrize("render", [STRICT, GENEROUS], ids=["strict", "generous"])
@given(words=st.lists(st.sampled_from(TRICKS), max_size=8).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_words_become_a_link_an_image_html_or_a_cell(
    render: Callable[[str], str], graded: Result, unreadable: Result, words: str
) -> None:
    for results in ([with_words(graded, words)], [with_words(graded, words), replace(unreadable, message=words)]):
        report = markdown_report(results)
        assert_no_orders(report)
        page = Page(render(report))
        assert page.tags <= OWN
        assert set(page.rows) == {3}
        for sought in ("@everyone", "@evil", "#1", ":octocat:", "://evil", "www.evil"):
            assert sought not in page.outside_code  # where GitHub would look for them


def test_hostile_words_of_any_length_are_bounded_and_stay_within_their_places(
    hostile: Result, hostile_error: Result
) -> None:
    report = markdown_report([hostile, hostile_error])
    assert len(report) < 100_000
    assert "\x1b" not in report
    assert_no_orders(report)
    assert Page(STRICT(report)).tags <= OWN


def test_a_table_has_a_row_for_each_question_and_each_property(graded: Result) -> None:
    page = Page(STRICT(markdown_report([graded])))
    assert len(page.rows) == 1 + len(graded.questions) + len(graded.checks)
    assert "✗corr2d2 of 3.5" in page.text.replace("\n", "")
    assert "✓1. The values are right.2 of 2" in page.text.replace("\n", "")


def test_a_property_that_fails_is_told_with_its_smallest_example(graded: Result) -> None:
    page = Page(STRICT(markdown_report([graded]))).text
    for said in (
        "✗ 2. Views are read right. (0 of 1.5 points)",
        "What is known: 1 of 3 examples is answered rightly.",
        "[-0.5]",
        "corr2d(X[::-1], K)",
        "got 3., want 4.",
        "Likely cause: Strides are ignored.",
        "Try: Go by indices.",
    ):
        assert said in page


def test_full_marks_are_a_table_and_no_more(graded: Result) -> None:
    held = replace(graded.questions[0], checks=graded.questions[0].checks[:1])
    report = markdown_report([replace(graded, questions=(held,), max_score=2)])
    assert "### " not in report
    assert CheckStatus.FAILED.value not in report


def test_a_submission_that_could_not_be_graded_says_why(unreadable: Result) -> None:
    page = Page(STRICT(markdown_report([unreadable])))
    assert "not a notebook" in page.text
    assert "0 of 4.5 points" in page.text


def test_of_several_there_is_a_list_first(graded: Result, unreadable: Result) -> None:
    report = markdown_report([graded, unreadable])
    assert report.startswith("## 2 submissions\n\n|  | Submission | Points |\n")
    assert report.index("| ✗ | ` bob ` | 0 of 4.5 |") < report.index(
        "### ` ann: ann/conv_layer.ipynb `: 2 of 4.5 points"
    )


def test_nothing_graded_is_told() -> None:
    assert markdown_report([]) == "## No submissions\n"


def test_a_class_is_cut_between_blocks_and_says_so(graded: Result) -> None:
    wide = tuple(replace(graded.checks[1], counterexample=f"{number}{'漢' * 2_000}") for number in range(10))
    results = [replace(graded, questions=(replace(graded.questions[0], checks=wide),))] * 59
    report = markdown_report(results)
    assert LIMIT_BYTES - 20_000 < len(report.encode()) <= LIMIT_BYTES
    assert report.endswith("_No more fits into a job's summary. The other reports have all of it._\n")
    assert Page(STRICT(report)).inside == []
    assert len(Page(STRICT(markdown_report([graded] * 700))).rows) < 1_000


def test_a_file_holds_the_report_and_no_older_one(graded: Result, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    for _ in range(2):
        write_markdown(path, [graded])
        assert path.read_text() == markdown_report([graded])


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that GitHub's runner reads a step's summary from."""
    path = tmp_path / "step_summary_1"
    path.touch()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_a_jobs_summary_is_added_to_in_its_own_file(graded: Result, summary: Path) -> None:
    summary.write_text("What another command said")
    file = summary.stat().st_ino
    write_markdown(summary, [graded])
    assert summary.read_text() == f"What another command said\n\n{markdown_report([graded])}"
    assert summary.stat().st_ino == file


def test_what_is_added_leaves_the_summary_within_its_bound(graded: Result, summary: Path) -> None:
    summary.write_text("x" * (LIMIT_BYTES - 5_000))
    write_markdown(summary, [graded] * 50)
    assert len(summary.read_bytes()) <= LIMIT_BYTES
    with pytest.raises(AutograderError, match="is full"):
        write_markdown(summary, [graded])
