"""Marking by hand works in a room without the internet."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chromium import Visitor
from tests.browser.formgrader import GradingPage


@pytest.fixture(autouse=True)
def _in_front(attacked: GradingPage) -> None:
    attacked.page.bring_to_front()


def test_a_page_that_needs_another_site_is_found_out(stranger: Visitor) -> None:
    page = stranger.context.new_page()
    page.set_content('<script src="https://cdn.example/library.js"></script>')
    assert stranger.outside == ["https://cdn.example/library.js"]


def test_the_page_for_marking_asks_no_other_site(attacked: GradingPage, instructor: Visitor) -> None:
    attacked.page.reload(wait_until="networkidle")
    assert instructor.outside == []


def test_the_keys_move_from_box_to_box(attacked: GradingPage) -> None:
    boxes = attacked.page.locator(".tabbable:visible")
    first = attacked.page.locator("input.score").first
    first.focus()
    place = boxes.evaluate_all("(boxes) => boxes.indexOf(document.activeElement)")
    attacked.page.keyboard.press("Tab")
    expect(boxes.nth(place + 1)).to_be_focused()
    attacked.page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    attacked.page.keyboard.press("Escape")
    expect(first).not_to_be_focused()
    attacked.page.keyboard.press("Enter")
    expect(first).to_be_focused()


def test_the_help_lists_the_keys(attacked: GradingPage) -> None:
    attacked.page.locator(".help").click()
    window = attacked.page.locator("#help-dialog")
    expect(window).to_contain_text("Move to the next score or comment input")
    window.get_by_role("button", name="Close").last.click()
    window.wait_for(state="detached")


def test_formulas_are_drawn(attacked: GradingPage) -> None:
    page = attacked.page
    fraction = page.locator("math mfrac").first
    above, below = middles(fraction.locator("> *"))
    assert above < below
    rows = middles(page.locator("math mtable").first.locator("mtr"))
    assert len(rows) == 3
    assert rows == sorted(rows)
    assert "\\begin{bmatrix}" not in page.locator("body").inner_text()


def middles(parts: Locator) -> list[float]:
    """How far down the middles of parts of a formula are: all at one moment, as a page that is loading moves."""
    heights: list[list[float]] = parts.evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect()).map(box => [box.y, box.height])"
    )
    assert all(height > 0 for _, height in heights)
    return [top + height / 2 for top, height in heights]
