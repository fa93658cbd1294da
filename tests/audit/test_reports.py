"""An audit's reports, of which hostile answers choose some words."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import strategies as st
from rich.console import Console

from autograder.audit.catalogue import Entry
from autograder.audit.findings import Audited, findings
from autograder.audit.mutants import Mutant
from autograder.audit.outcomes import Outcome, PropertyOutcome
from autograder.audit.report_html import html_report
from autograder.audit.report_json import json_report
from autograder.audit.report_terminal import print_report
from autograder.properties import Finding, Property, Question
from autograder.results import CheckStatus

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror='go()'>\"&amp;{{ 7 * 7 }}\x1b[2J\u202e\n::error::forged [bold]x[/bold]"
    + " long" * 50_000
)
ITEM = Property("values", "It is right.", 2, st.just({}), lambda case: (), lambda case, answers: None)


def audited(words: str) -> Audited:
    """Every kind of finding there is, with these words wherever an answer may choose some."""
    example = Finding(f"f({words})", f"this {words}", f"that {words}")
    lost = PropertyOutcome("values", CheckStatus.FAILED, 20, 3, "other", words, example)
    kept = PropertyOutcome("values", CheckStatus.PASSED, 20)
    entries = (
        Entry("right/q/a", "q", "", True, words),
        Entry("wrong/q/b", "q", "", False, words, misconceptions=("mine",), caught_by=frozenset({"values"})),
        Entry("wrong/q/c", "q", "", False, words, caught_by=frozenset({"values"})),
        Entry("wrong/q/d", "q", "", False, words, caught_by=frozenset({"values"})),
    )
    mutants = (Mutant("q/1:x", "q", "", f"-a\n+{words}"), Mutant("q/2:x", "q", "", "-a\n+b", is_equivalent=True))
    outcomes = {
        "right/q/a": Outcome("right/q/a", "q", (lost,)),
        "wrong/q/b": Outcome("wrong/q/b", "q", (lost,)),
        "wrong/q/c": Outcome("wrong/q/c", "q", (kept,)),
        "wrong/q/d": Outcome("wrong/q/d", "q", failure=words),
        "q/1:x": Outcome("q/1:x", "q", (kept,)),
    }
    return Audited("tiny", 7, (Question("q", words, (ITEM,)),), entries, mutants, {"q/3:x": words}, outcomes, 1.5)


class Page(HTMLParser):
    """Reads a page's tags, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.signs = 0
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.signs += (dict(attrs).get("class") or "").startswith("sign")

    def handle_data(self, data: str) -> None:
        self.text += data


def html(found: Audited) -> str:
    return html_report(found, findings(found)).decode()


def terminal(found: Audited) -> str:
    console = Console(width=120, record=True, file=StringIO())
    print_report(console, found, findings(found))
    return console.export_text()


def test_the_page_runs_nothing_and_fetches_nothing_whatever_answers_say() -> None:
    page = Page(html(audited(HOSTILE)))
    assert page.tags.isdisjoint({"script", "img", "iframe", "link", "object", "svg"})
    assert page.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "title"}
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7 * 7 }}" in page.text


def test_the_page_is_for_light_and_dark_and_tells_by_signs_not_by_colour_alone() -> None:
    page = html(audited("words"))
    assert "prefers-color-scheme: dark" in page
    assert "✗" in Page(page).text


def test_the_page_shows_every_answer_with_every_property() -> None:
    page = Page(html(audited("words")))
    assert page.signs == 4  # all but the one that could not be audited


@pytest.mark.parametrize("report", [html, terminal, lambda found: json_report(found, findings(found)).decode()])
def test_no_report_has_control_characters_or_endless_words(report: Callable[[Audited], str]) -> None:
    text = report(audited(HOSTILE))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(text) < 300_000


@pytest.mark.parametrize("report", [lambda found: Page(html(found)).text, terminal])
def test_every_finding_is_told(report: Callable[[Audited], str]) -> None:
    text = " ".join(report(audited("words")).split())
    for heading in (
        "Could not be audited",
        "Right answers that lose marks (false rejects)",
        "Wrong answers that keep all marks (survivors)",
        "First lines that are not borne out",
        "Wrongly named mistakes",
        "Listed as equivalent, but no mutants any more",
    ):
        assert heading in text
    assert "wrong/q/c is not caught by values" in text
    assert "wrong/q/b is mine: values says other" in text
    assert "dd a property that catches it" in text
    assert "- a + words" in text or "-a +words" in text
    assert "q/3:x" in text
    assert "f(words) got this words, want that words" in text
    assert 'add the name to its first line: "is this, that"' in text
    assert "q/2:x: it compiles to the same program" in text
    assert "1 reference solution," in text


def test_the_terminal_gets_no_line_that_is_an_order_to_a_ci_system() -> None:
    lines = [line.lstrip() for line in terminal(audited(HOSTILE)).splitlines()]
    assert not [line for line in lines if line.startswith("::")]


def test_the_json_holds_the_findings_and_every_outcome() -> None:
    found = audited("words")
    document = json.loads(json_report(found, findings(found)))
    assert document["clean"] is False
    assert document["answers"] == {"right": 1, "wrong": 3, "mutants": 2, "equivalent_mutants": 1}
    assert [one["answer"] for one in document["survivors"]] == ["wrong/q/c", "q/1:x"]
    assert document["broken_expectations"] == [{"answer": "wrong/q/c", "property": "values", "caught": False}]
    assert document["false_rejects"][0]["lost"] == {"values": "words"}
    example = {"call": "f(words)", "got": "this words", "want": "that words"}
    assert document["false_rejects"][0]["examples"] == {"values": example}
    assert document["naming"]["wrongly"] == [{"answer": "wrong/q/b", "property": "values", "misconception": "other"}]
    (values,) = document["properties"]
    assert (values["caught_wrong"], values["examples_needed"], values["examples"]) == (["wrong/q/b"], 4, 20)
    assert document["outcomes"][1]["properties"] == [
        {
            "property": "values",
            "status": "failed",
            "examples": 20,
            "first_failing": 3,
            "misconception": "other",
            "diagnosis": "words",
        }
    ]
