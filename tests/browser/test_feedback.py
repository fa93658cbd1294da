"""What a page of feedback tells whoever opens it, wherever that is."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import Visitor
from tests.browser.screenshots import Screenshots


def test_feedback_names_the_mistake_and_shows_the_smallest_example(
    feedback: Path, stranger: Visitor, screenshots: Screenshots
) -> None:
    page = stranger.context.new_page()
    page.goto(feedback.as_uri())
    cell = page.locator("div.cell", has=page.locator('a[name="check-corr2d"]'))
    expect(cell).to_contain_text("This is true convolution")
    expect(cell).to_contain_text("Every output is right")
    expect(cell).to_contain_text("Smallest example")
    screenshots.take("feedback", cell)


def test_feedback_needs_no_script_and_no_other_site(feedback: Path, stranger: Visitor) -> None:
    page = stranger.context.new_page()
    page.goto(feedback.as_uri(), wait_until="networkidle")
    expect(page.locator("math mfrac").first).to_be_visible()
    assert page.locator("script").count() == 0
    assert stranger.outside == []
