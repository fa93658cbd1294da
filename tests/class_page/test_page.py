"""The page as a file: what it says of classes large, small and hostile, and what it does not."""

import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from class_pages import LONG, SQUARES, failed, hand_in, keep, verdict, write_class, write_course
from small_class import NAME
from typer.testing import CliRunner

from autograder.class_page.plots import bins
from autograder.cli import app
from autograder.course import Course
from autograder.errors import UsageError
from autograder.grading.records import Record, write_record

HOSTILE = "</script><script>alert(1)</script><img src=x onerror='go()'>{{ 7 * 7 }}\x1b[2J\u202e"


class Page(HTMLParser):
    """A page's tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.tags, self.attributes, self.parts = html, [], set(), []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.parts).split())


def report(course: Course, *arguments: str) -> Page:
    """The page that the command writes."""
    ended = CliRunner().invoke(app, ["report", NAME, "--course", str(course.root), *arguments])
    assert ended.exit_code == 0, ended.output
    return Page(course.page(NAME, "--no-names" not in arguments).read_text())


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return write_class(tmp_path_factory.mktemp("class-page") / "course")


@pytest.fixture(scope="module")
def page(course: Course) -> Page:
    return report(course)


@pytest.fixture(scope="module")
def nameless(course: Course) -> Page:
    return report(course, "--no-names")


def test_the_headline_says_how_the_class_did_and_what_to_talk_about(page: Page) -> None:
    assert "12 students have handed in tiny: 10 graded, 1 could not be graded, 1 not graded yet." in page.words
    assert "On average 3.7 of 5 points were earned; the median is 3.5." in page.words
    assert "in Doubling, 2 of 10 answers have the same mistake. It makes the mistake squares." in page.words


def test_a_mistake_has_the_shortest_answer_and_the_smallest_counterexample(page: Page) -> None:
    assert "s = 0" in page.text
    assert "total = 0" not in page.text
    assert "double(3)\ngot 9, want 6" in page.text


def test_who_is_without_a_mark_is_told_and_why(page: Page) -> None:
    assert "kai submitted/kai/tiny is no notebook." in page.words
    assert "Not graded yet" in page.words
    assert "lou not graded yet" in page.words


def test_answers_that_differ_in_names_and_comments_alone_are_a_hint(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    for student, comment, total in (("ida", "mine", "total"), ("jon", "Jon wrote it", "s"), ("kim", "", "z")):
        hand_in(course, student, {"double": LONG.format(comment=comment, total=total, step="i"), "area": SQUARES})
        keep(course, verdict(student))
    words = report(course).words
    assert "Q1 Doubling ida, jon, kim" in words
    assert "Rectangles ida" not in words  # too short to tell
    assert "A hint to talk about, and never a verdict." in words


@pytest.mark.parametrize("where", ["solution", "catalogue"])
def test_the_instructors_own_answers_are_no_hint(tmp_path: Path, where: str) -> None:
    course = write_course(tmp_path)
    source = LONG.format(comment="", total="t", step="i")
    for student in ("ida", "jon"):
        hand_in(course, student, {"double": source})
        keep(course, verdict(student))
    assert "Q1 Doubling ida, jon" in report(course).words
    if where == "solution":
        written = course.root / "submitted" / "ida" / NAME / f"{NAME}.ipynb"
        shutil.copy(written, course.module(NAME).with_suffix(".ipynb"))
    else:
        folder = course.catalogue(NAME) / "right" / "double"
        folder.mkdir(parents=True)
        (folder / "long.py").write_text(f"# right: long\n{source}")
    assert "None is listed." in report(course).words


def test_what_many_share_is_a_usual_answer(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    for number in range(6):
        hand_in(course, f"s{number}", {"double": LONG.format(comment="", total="t", step="i")})
        keep(course, verdict(f"s{number}"))
    assert "None is listed." in report(course).words


def test_the_same_verdicts_make_the_same_bytes(course: Course, page: Page, nameless: Page) -> None:
    assert report(course).html == page.html
    assert report(course, "--no-names").html == nameless.html


def test_without_names_no_name_or_path_is_anywhere(course: Course, nameless: Page) -> None:
    for student in course.submitted(NAME):
        assert not re.search(rf"\b{student}\b", nameless.html, re.IGNORECASE), student
    assert "submitted/" not in nameless.html
    assert str(course.root) not in nameless.html
    assert "got 9" not in nameless.text  # what code answered may be words
    assert "The reason names somebody or a path, and is left out." in nameless.text
    assert "print('…')" in nameless.text


def test_numbers_are_in_no_alphabetical_order(nameless: Page) -> None:
    seconds = [float(found) for found in re.findall(r"<td>(\d+\.5)\n", nameless.html)]
    assert sorted(seconds) == [number + 0.5 for number in range(8)]
    assert seconds not in (sorted(seconds), sorted(seconds, reverse=True))


def test_numbers_tell_nothing_of_the_seed(course: Course, nameless: Page) -> None:
    seed = course.root / ".autograder" / "seed"
    kept = seed.read_text()
    seed.write_text("8\n")
    assert report(course, "--no-names").html == nameless.html
    seed.write_text(kept)
    key = course.root / ".autograder" / "page_key"
    kept = key.read_text()
    key.unlink()
    assert report(course, "--no-names").html != nameless.html
    key.write_text(kept)


def test_an_example_that_names_a_student_in_its_code_is_passed_over(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    for student, source in (
        ("ida", "def double(x):\n    return ida_x\n"),
        ("jon", SQUARES + "    # longer, but nameless\n"),
    ):
        hand_in(course, student, {"double": source})
        keep(course, verdict(student, (0, 1, 2), "squares"))
    assert "ida_x" in report(course).text
    text = report(course, "--no-names").text
    assert "ida_x" not in text
    assert "return x * x" in text


def test_nothing_that_a_student_wrote_becomes_a_part_of_the_page(tmp_path: Path, page: Page) -> None:
    course = write_course(tmp_path)
    names = ["<b onclick=go()>x", "'\"><script>", "{{ 7 * 7 }}"]
    for student in names:
        hand_in(course, student, {"double": f"def double(x):\n    return '''{HOSTILE}'''\n"})
        first, *others = verdict(student, (0, 1, 2), "squares").questions
        checks = tuple(replace(check, message=HOSTILE, counterexample=HOSTILE) for check in first.checks)
        keep(course, replace(verdict(student), questions=(replace(first, checks=checks), *others)))
    hand_in(course, "z")
    keep(course, failed("z", HOSTILE))
    found = report(course)
    assert set(found.tags) <= set(page.tags) | {"noscript"}
    assert found.attributes <= page.attributes
    assert found.tags.count("script") == 1
    assert "<script>alert(1)</script>" in found.text
    assert "{{ 7 * 7 }}" in found.text
    assert not any(harmful in found.html for harmful in ("\x1b", "\u202e"))
    assert all(name in found.text for name in names)


def test_nobody_has_handed_in(tmp_path: Path) -> None:
    page = report(write_course(tmp_path))
    assert "Nobody has handed in tiny yet." in page.words
    assert "table" not in page.tags


def test_one_submission_has_no_average(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    hand_in(course, "ann")
    keep(course, verdict("ann", (2, 1, 1)))
    words = report(course).words
    assert "One student has handed in tiny: 1 graded. It earned 4 of 5 points." in words
    assert "average" not in words.split("Questions")[0]
    assert "median" not in words
    assert "–" in words


def test_a_verdict_that_cannot_be_read_is_no_verdict(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    hand_in(course, "ann")
    course.verdict(NAME, "ann").parent.mkdir(parents=True)
    course.verdict(NAME, "ann").write_text("{}")
    words = report(course).words
    assert "1 not graded yet" in words
    assert "A kept verdict cannot be read." in words


def test_a_property_that_is_worth_nothing_is_no_obstacle(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    hand_in(course, "ann")
    known = verdict("ann")
    questions = tuple(
        replace(one, checks=tuple(replace(check, score=0.0, max_score=0.0) for check in one.checks))
        for one in known.questions
    )
    keep(course, replace(known, max_score=0.0, questions=questions))
    assert "It earned 0 of 0 points." in report(course).words


def test_what_was_handed_in_anew_is_told_and_its_code_left_out(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    hand_in(course, "ann", {"double": SQUARES})
    keep(course, verdict("ann", (0, 1, 2), "squares"))
    write_record(course, NAME, "ann", Record("order", "of another file", 3))
    page = report(course)
    assert "1 submission was changed since being graded" in page.words
    assert "return x * x" not in page.text


def test_a_large_class_is_laid_out_in_parts(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    for number in range(250):
        hand_in(course, f"s{number:03}")
        keep(course, verdict(f"s{number:03}"))
    page = report(course)
    rows, _, template = page.html.partition('<template id="more">')
    assert rows.count("<tr><th scope=row>") == 200
    assert template.count("<tr><th scope=row>") == 50


def test_the_page_goes_where_it_is_asked_for(course: Course, tmp_path: Path) -> None:
    page = tmp_path / "class.html"
    arguments = ["report", NAME, "--course", str(course.root), "--to"]
    assert CliRunner().invoke(app, [*arguments, str(page)]).exit_code == 0
    assert page.read_text().startswith("<!DOCTYPE html>")
    for wrong in ("no/such/folder/x.html", "mine.ipynb"):
        assert isinstance(CliRunner().invoke(app, [*arguments, wrong]).exception, UsageError)


@pytest.mark.parametrize(
    ("values", "top", "count", "last"),
    [([0, 1.9, 2, 40], 40, 20, (38, 40, 1)), ([0, 0], 0, 1, (0, 1, 2)), ([0.3], 0.3, 15, (0.28, 0.3, 1))],
)
def test_bins_have_round_bounds_and_hold_every_value(
    values: list[float], top: float, count: int, last: tuple[float, float, int]
) -> None:
    counted = bins(values, top)
    assert len(counted) == count
    assert sum(one.count for one in counted) == len(values)
    assert (counted[-1].start, counted[-1].end, counted[-1].count) == pytest.approx(last)
