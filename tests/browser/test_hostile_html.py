"""Script that a student wrote does not run for the instructor, nor in feedback."""

from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from playwright.sync_api import Page

from tests.browser.chromium import Visitor
from tests.browser.conftest import MALLORY, RAN, Classroom
from tests.browser.formgrader import GradingPage


def ran(page: Page) -> list[str]:
    """Which of the attacks ran. A page that has loaded has tried all its pictures."""
    page.wait_for_load_state("load")
    return sorted(page.evaluate("window.ran || []"))


def open_file(visitor: Visitor, file: Path) -> Page:
    page = visitor.context.new_page()
    page.goto(file.as_uri())
    return page


def test_the_attacks_run_in_a_page_made_by_nbconvert_alone(
    classroom: Classroom, attacked: GradingPage, stranger: Visitor, tmp_path: Path
) -> None:
    autograded = classroom.course / "autograded" / MALLORY / "conv_layer" / "conv_layer.ipynb"
    html, _ = HTMLExporter().from_notebook_node(nbformat.read(autograded, as_version=4))
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    assert ran(open_file(stranger, tmp_path / "page.html")) == sorted(RAN)


def test_nothing_a_student_wrote_runs_in_formgrader(attacked: GradingPage) -> None:
    assert "nothing to see" in attacked.page.locator("body").inner_text()
    assert ran(attacked.page) == []


def test_nothing_a_student_wrote_runs_in_feedback(feedback: Path, stranger: Visitor) -> None:
    page = open_file(stranger, feedback)
    assert "nothing to see" in page.locator("body").inner_text()
    assert ran(page) == []
