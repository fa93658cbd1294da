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
    above, below = (middle(fraction.locator("> *").nth(index)) for index in (0, 1))
    assert above < below
    rows = page.locator("math mtable").first.locator("mtr")
    assert middle(rows.nth(0)) < middle(rows.nth(1)) < middle(rows.nth(2))
    assert "\\begin{bmatrix}" not in page.locator("body").inner_text()


def middle(part: Locator) -> float:
    """How far down the page the middle of a part of a formula is."""
    box = part.bounding_box()
    assert box is not None
    assert box["height"] > 0
    return box["y"] + box["height"] / 2
