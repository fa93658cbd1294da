"""Whatever a verdict's texts say: reports in which they stand as text, and nothing else changes."""

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder.report import terminal
from autograder.report.annotations import Place, annotations
from autograder.report.content import UNWRITTEN
from autograder.report.github import ENCODED_LIMIT_BYTES, github_output, github_report
from autograder.report.gradescope import gradescope_report
from autograder.report.json_report import json_report
from autograder.report.junit import junit_report
from autograder.report.log import LogStyle, folded
from autograder.report.markdown import markdown_report
from autograder.report.notebook import html, text
from autograder.report.safe_text import printable
from autograder.results import QuestionResult, Result, ResultStatus
from tests.fuzz.material import examples, texts
from tests.fuzz.pages import Elements, as_browsers_do, tag_by_tag, words_of
from tests.fuzz.verdicts import TEXT_FIELDS, checks, few_texts, questions, results, with_texts

several = st.lists(results(), max_size=2)
REVERSING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


# What a folding log tells GitHub's runner to do: a word of 32 digits ends the silence within a group.
ORDER = re.compile(r"::(group|endgroup|stop-commands|[0-9a-f]{32}|error file=.*|notice title=.*)::")


def check_lines(told: str) -> None:
    """No line is an order to a CI system that prints it (github.com/actions/runner, ActionCommand.cs)."""
    assert "##[" not in told
    assert not any(line.strip().startswith("::") for line in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]", told))


def check_characters(told: str) -> None:
    """Nothing that XML cannot hold, that moves a terminal's cursor, or that reverses what stands beside it."""
    told.encode("utf-8")
    for character in set(told) - {"\n", "\t"}:
        assert unicodedata.category(character) not in ("Cc", "Zl", "Zp", "Cs")
        assert unicodedata.bidirectional(character) not in REVERSING
        assert character not in "\ufeff\ufffe\uffff"


def strings(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, (list, dict)):
        for item in document.values() if isinstance(document, dict) else document:
            yield from strings(item)


def shape(elements: Elements) -> Elements:
    """Elements with all attributes but the one that holds words."""
    return [(tag, {name: value for name, value in attributes.items() if name != "alt"}) for tag, attributes in elements]


@examples(150)
@given(title=texts, question=few_texts.flatmap(questions))
def test_a_page_with_hostile_texts_has_the_elements_of_one_with_harmless_texts(
    title: str, question: QuestionResult
) -> None:
    known: dict[str, str] = {}
    harmless = with_texts(question, lambda words: known.setdefault(words, f"w{len(known)}"))
    hostile_page, harmless_page = html(title, question), html("title", harmless)
    for parsed in (tag_by_tag, as_browsers_do):
        assert shape(parsed(hostile_page)) == shape(parsed(harmless_page))


@examples(100)
@given(title=texts, check=few_texts.flatmap(checks))
def test_what_a_page_says_can_be_read_on_it(title: str, check: Any) -> None:
    words = words_of(html(title, QuestionResult("q", (check,))))
    plain = text(title, QuestionResult("q", (check,)))
    if check.misconception == UNWRITTEN:
        return
    for name in set(TEXT_FIELDS) - {"misconception"}:
        assert getattr(check, name) in words
        assert all(line in plain for line in getattr(check, name).splitlines())


@examples(100)
@given(given=several)
def test_json_says_what_a_verdict_says_in_harmless_characters(given: list[Result]) -> None:
    report = json_report(given)
    check_lines(report.decode("utf-8"))
    document = json.loads(report)
    assert len(document["results"]) == len(given)
    for told, result in zip(document["results"], given, strict=True):
        assert told["message"] == printable(result.message)
        for check, verdict in zip(told["checks"], result.checks, strict=True):
            for name in ("message", "counterexample", "diagnosis", "misconception"):
                check_characters(check[name])
                assert check[name] == printable(getattr(verdict, name))


@examples(100)
@given(given=several)
def test_junit_is_xml_with_a_case_for_each_property(given: list[Result]) -> None:
    root = ElementTree.fromstring(junit_report(given))
    graded = [result for result in given if result.status is ResultStatus.GRADED]
    assert len(root.findall(".//testcase")) == sum(len(result.checks) for result in graded) + len(given) - len(graded)
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "system-out",
    }  # fmt: skip
    for element in root.iter():
        for told in (element.text or "", *element.attrib.values()):
            check_characters(told)
            check_lines(told)


@examples(100)
@given(given=several)
def test_githubs_reporter_prints_no_orders(given: list[Result]) -> None:
    document = json.loads(github_report(given))
    assert len(github_output(given)) <= ENCODED_LIMIT_BYTES
    for told in strings(document):
        check_characters(told)
        check_lines(told)


@examples(100)
@given(given=several)
def test_githubs_runner_takes_a_log_for_nothing_but_groups_and_notes(given: list[Result]) -> None:
    notes = annotations(given, [Place(result.notebook, {}) for result in given])
    for line in "\n".join([*folded(given, LogStyle.GITHUB), *notes]).splitlines():
        check_characters(line)
        order = ORDER.match(line)
        assert order is not None or not (line.lstrip().startswith("::") or "##[" in line)


@examples(100)
@given(given=several)
def test_a_jobs_summary_is_bounded_and_has_harmless_characters(given: list[Result]) -> None:
    report = markdown_report(given, 5_000)
    check_characters(report)
    check_lines(report)
    assert len(report.encode()) <= 5_000


@examples(100)
@given(given=several)
def test_gradescope_takes_all_texts_as_plain(given: list[Result]) -> None:
    document = json.loads(gradescope_report(given))
    assert document["output_format"] == document["test_output_format"] == document["test_name_format"] == "text"
    for told in strings(document):
        check_characters(told)


@examples(100)
@given(given=several, width=st.integers(20, 120))
def test_a_terminal_gets_colours_and_no_other_orders(given: list[Result], width: int) -> None:
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=width, legacy_windows=False)
    for result in given:
        terminal.print_line(console, result)
    console.print(terminal.table(given))
    printed = COLOURS.sub("", file.getvalue())
    for told in (printed, *map(terminal.details, given)):
        check_characters(told)
        check_lines(told)


@examples(50)
@given(result=results(), length=st.sampled_from([3_000, 30_000]))
def test_long_texts_make_bounded_reports(result: Result, length: int) -> None:
    long = replace(
        result,
        message=(result.message or "m") * length,
        questions=tuple(with_texts(question, lambda words: words * length) for question in result.questions),
    )
    fields = 1 + len(TEXT_FIELDS) * len(long.checks)
    for report in (json_report, junit_report, gradescope_report):
        assert len(report([long])) <= 10_000 + 2 * fields * 6 * 8_000
    assert len(terminal.details(long)) <= 10_000 + 3 * fields * 8_000
