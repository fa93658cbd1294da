"""The report under a check cell: harmless and self-contained HTML, and a text that says the same."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from autograder.report.notebook import Report, html, summary_line, text
from autograder.results import CheckResult, CheckStatus, QuestionResult

HOSTILE = '<script>alert(1)</script><img src=x onerror=\'go()\'>" style="position:fixed" &amp; &lt;'

PASSED = CheckResult("q.one", "q", "Every output is right.", 2.5, 2.5, CheckStatus.PASSED)
FAILED = CheckResult(
    "q.two", "q", "Nothing is changed.", 0, 1, CheckStatus.FAILED, "got 1, want 2", "X = 1\nf(X)", "Clone it.", ""
)
LATE = CheckResult("q.three", "q", "It ends.", 0, 0.5, CheckStatus.TIMEOUT, "no answer within 5 s")
LOST = CheckResult("q.four", "q", "It lives.", 0, 1, CheckStatus.ERROR, "the process ended")
LENT = replace(PASSED, id="q.five", note="Judged with working answers.")
RESULT = QuestionResult("q", (PASSED, FAILED, LATE, LOST, LENT))


class Parsed(HTMLParser):
    """The tags with their attributes, and the text between them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def hostile(status: CheckStatus) -> QuestionResult:
    check = replace(FAILED, status=status, property=HOSTILE, message=HOSTILE, counterexample=HOSTILE, cause=HOSTILE)
    return QuestionResult("q", (replace(check, note=HOSTILE),))


@pytest.mark.parametrize("status", list(CheckStatus))
def test_hostile_text_is_shown_as_text(status: CheckStatus) -> None:
    page = html(HOSTILE, hostile(status))
    harmless = html("title", QuestionResult("q", (replace(FAILED, status=status, note="note"),)))
    assert Parsed(page).tags == Parsed(harmless).tags
    assert " ".join(Parsed(page).words).count(" ".join(HOSTILE.split())) == 6


def test_the_page_has_inline_styles_and_nothing_that_acts_or_loads() -> None:
    tags = Parsed(html("Title", RESULT)).tags
    assert {tag for tag, _ in tags} <= {"div", "p", "strong", "table", "tr", "td", "pre", "em"}
    assert {name for _, attributes in tags for name in attributes} == {"style"}
    assert "url(" not in html("Title", RESULT)
    assert not re.search(r"\bclass=|\bid=|<style|@import", html("Title", RESULT))


def test_every_colour_comes_with_its_background_so_that_a_dark_theme_does_no_harm() -> None:
    for tag, attributes in Parsed(html("Title", RESULT)).tags:
        style = attributes.get("style") or ""
        if tag in ("div", "table", "td", "pre"):
            assert "background-color:" in style
            assert re.search(r"(^|;)color:", style)


def words(content: str) -> set[str]:
    return set(re.sub(r"[\[\];:✓✗]", " ", content).split())


def test_page_and_text_say_the_same() -> None:
    page, plain = " ".join(Parsed(html("Title", RESULT)).words), text("Title", RESULT)
    assert words(page) == words(plain)
    for check in RESULT.checks:
        for part in (check.property, check.message, check.cause, check.note, *check.counterexample.splitlines()):
            assert part in plain
            assert " ".join(part.split()) in page


def test_the_verdict_does_not_hang_on_colour() -> None:
    plain = text("Title", RESULT)
    assert plain.count("✓") == 2
    assert plain.count("✗") == 3
    for phrase in ("holds; 2.5 of 2.5", "does not hold; 0 of 1", "no answer in time; 0 of 0.5", "no answer; 0 of 1"):
        assert f"[{phrase}]" in plain


def test_a_report_is_html_and_text_at_once() -> None:
    report = Report("Title", RESULT)
    assert report._repr_mimebundle_() == {"text/html": html("Title", RESULT), "text/plain": text("Title", RESULT)}
    assert repr(report) == text("Title", RESULT)


def test_the_summary_is_one_line_about_the_first_thing_that_is_wrong() -> None:
    line = summary_line("Title", RESULT)
    assert line == (
        "Title: 5 of 7.5 points. Not so: Nothing is changed. Here: got 1, want 2. Smallest example: X = 1 f(X). "
        "Clone it. And 2 more."
    )
    assert summary_line("Title", QuestionResult("q", (PASSED,))) == "Title: 2.5 of 2.5 points."
