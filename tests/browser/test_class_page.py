"""The page on a class as its instructor uses it: by keyboard, by ear, in the dark, and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from class_pages import hand_in, keep, verdict, write_class, write_course
from playwright.sync_api import Browser, Page, expect
from small_class import NAME
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import Course

MANY = 450


@dataclass
class Opened:
    """A page in a browser, what it asked for, and what was amiss."""

    page: Page
    asked: list[str] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)


def written(course: Course) -> Path:
    ended = CliRunner().invoke(app, ["report", NAME, "--course", str(course.root)])
    assert ended.exit_code == 0, ended.output
    return course.page(NAME)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(write_class(tmp_path_factory.mktemp("class-page") / "course"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = write_course(tmp_path_factory.mktemp("class-page") / "course")
    for number in range(MANY):
        student = f"s{number:03}"
        hand_in(course, student)
        keep(course, verdict(student, (2, 1, 2) if number % 3 else (0, 1, 2), "squares", seconds=float(number)))
    return written(course)


@pytest.fixture(params=["light", "dark"])
def opened(request: pytest.FixtureRequest, browser: Browser, small: Path) -> Iterator[Opened]:
    """The page of a small class, in a browser that prefers light or dark."""
    yield from _opened(browser, small, request.param)


@pytest.fixture
def opened_large(browser: Browser, large: Path) -> Iterator[Opened]:
    yield from _opened(browser, large, "light")


def _opened(browser: Browser, path: Path, scheme: str) -> Iterator[Opened]:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    opened = Opened(context.new_page())
    context.on("request", lambda request: opened.asked.append(request.url))
    opened.page.on("console", lambda message: opened.amiss.append(message.text))
    opened.page.on("pageerror", lambda error: opened.amiss.append(str(error)))
    opened.page.goto(path.as_uri())
    yield opened
    context.close()


def names(page: Page) -> list[str]:
    return [text.split()[0] for text in page.locator("#submissions tbody th").all_inner_texts()]


def test_the_page_asks_for_nothing_and_breaks_no_rule_of_its_own(opened: Opened, small: Path) -> None:
    opened.page.wait_for_load_state("networkidle")
    assert opened.asked == [small.as_uri()]
    assert opened.amiss == []


def test_script_and_style_that_are_not_the_pages_own_are_refused(opened: Opened) -> None:
    opened.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        const picture = document.createElement('img');
        picture.src = 'http://127.0.0.1:9/x.png';
        document.body.append(picture);
    }""")
    assert opened.page.evaluate("window.ran === undefined")
    assert any("Content Security Policy" in words for words in opened.amiss)


def test_columns_are_sorted_by_keyboard_and_say_so(opened: Opened) -> None:
    page = opened.page
    head = page.locator("#submissions").get_by_role("columnheader", name="Points of 5", exact=True)
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert page.locator("[aria-sort]").count() == 1
    assert names(page)[0] == "cem"  # the first of those with all points
    assert names(page)[-2:] == ["kai", "lou"]  # who has none stands last
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert names(page)[-2:] == ["kai", "lou"]
    assert names(page)[0] in ("ann", "dora", "gil", "ida", "jon")


def test_the_focus_is_seen_and_the_first_stop_leads_to_the_content(opened: Opened) -> None:
    opened.page.keyboard.press("Tab")
    focused = opened.page.locator(":focus")
    expect(focused).to_have_text("To the content")
    expect(focused).to_be_in_viewport()
    assert focused.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_the_page_is_accessible_as_far_as_axe_can_tell(opened: Opened) -> None:
    opened.page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


def test_colours_follow_what_the_reader_prefers_plots_too(browser: Browser, small: Path) -> None:
    seen = []
    for scheme in ("light", "dark"):
        for opened in _opened(browser, small, scheme):
            bar = opened.page.locator("#points svg [fill='var(--accent)']").first
            colours = "one => [getComputedStyle(one).fill, getComputedStyle(document.body).backgroundColor]"
            seen.append(bar.evaluate(colours))
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] == "rgb(255, 255, 255)" != seen[1][1]


def test_on_paper_all_is_light_and_unfolded_and_nothing_is_a_control(opened: Opened) -> None:
    page = opened.page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.locator("nav")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0


def test_a_large_class_is_sorted_and_searched_as_a_whole(opened_large: Opened) -> None:
    page = opened_large.page
    expect(page.get_by_role("status")).to_have_text(f"1 to 200 of {MANY} submissions")
    page.get_by_role("button", name="Seconds").click()
    assert names(page)[0] == f"s{MANY - 1}"
    page.get_by_role("button", name="Further rows").click()
    page.get_by_role("button", name="Further rows").click()
    expect(page.get_by_role("status")).to_have_text(f"401 to {MANY} of {MANY} submissions")
    expect(page.get_by_role("button", name="Further rows")).to_be_disabled()
    page.get_by_role("searchbox").fill("S44")
    assert names(page) == [f"s{number}" for number in range(449, 439, -1)]
    page.get_by_role("searchbox").fill("squares")
    expect(page.get_by_role("status")).to_have_text(f"150 found of {MANY}")
    page.get_by_role("searchbox").fill("nobody")
    expect(page.get_by_role("status")).to_have_text(f"None found of {MANY}")
    assert opened_large.amiss == []


def test_a_link_to_a_mistake_unfolds_it_and_a_search_takes_spaces_for_underscores(opened: Opened) -> None:
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false; })")
    page.locator("#submissions a[href='#m1']").first.click()
    expect(page.locator("#m1 details")).to_have_attribute("open", "")
    page.get_by_role("searchbox").fill("could not be_graded")
    assert len(names(page)) == 1
