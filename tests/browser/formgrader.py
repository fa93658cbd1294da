"""nbgrader's formgrader as an instructor sees it."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, Response, expect

from tests.browser.lab import choose
from tests.browser.server import Server

Root = Page | FrameLocator


class Formgrader:
    """Formgrader in a page of its own, or within JupyterLab."""

    def __init__(self, page: Page, root: Root) -> None:
        """root: where formgrader's elements are."""
        self.page = page
        self.root = root

    def assignment(self, name: str) -> Locator:
        """The row of an assignment in Manage Assignments."""
        return self.root.locator(f'#main-table tr:has(td.name a:text-is("{name}"))')

    def submission(self, student: str) -> Locator:
        """The row of a student in an assignment's submissions."""
        return self.root.locator(f'#main-table tr:has(td.student-id:text-is("{student}"))')

    def do(self, row: Locator, action: str) -> str:
        """Press the button in a row's column ``action``, and return what formgrader says when it succeeded."""
        row.locator(f"td.{action} a").click()
        message = self.root.locator("#success-modal, #error-modal")
        message.wait_for()
        said = message.inner_text()
        assert message.get_attribute("id") == "success-modal", said
        message.locator(".modal-footer button").click()
        message.wait_for(state="detached")
        return said

    def follow(self, link: Locator) -> None:
        """Press a link, and wait until its page has come: until then the former one's rows are there to be pressed."""
        with self.page.expect_event("framenavigated", lambda frame: "/formgrader/" in frame.url):
            link.click()

    def show_assignments(self) -> None:
        """Go to Manage Assignments."""
        self.follow(self.root.get_by_role("link", name="Manage Assignments").first)

    def show_submissions(self, assignment: str) -> None:
        """Go from Manage Assignments to what was handed in."""
        self.follow(self.assignment(assignment).locator("td.num-submissions a"))

    def open_submission(self, student: str) -> "GradingPage":
        """Go from an assignment's submissions to the page where a student's notebook is marked by hand."""
        self.follow(self.submission(student).locator("td.student-name a"))
        self.follow(self.root.locator("#main-table td.name a"))
        return GradingPage(self.page, self.root)


class GradingPage:
    """The page where a submission is marked by hand."""

    def __init__(self, page: Page, root: Root) -> None:
        self.page = page
        self.root = root
        self.root.locator("input.score").first.wait_for()
        frame = page.main_frame if isinstance(root, Page) else root.owner.element_handle().content_frame()
        assert frame is not None
        # Boxes are empty until their values have come, and what was written into them before is lost.
        frame.wait_for_function("() => formgrader.loaded && formgrader.grades.loaded && formgrader.comments.loaded")

    def score(self, grade_id: str) -> Locator:
        """The box for a cell's score."""
        return self.root.locator(f"input.score#{grade_id}")

    def extra_credit(self, grade_id: str) -> Locator:
        """The box for points beyond a cell's score."""
        return self.root.locator(f"input.extra-credit#{grade_id}_extra_credit")

    def comment(self, grade_id: str) -> Locator:
        """The box for a comment on a cell."""
        return self.root.locator(f"textarea#{grade_id}-comment")

    def fill(self, box: Locator, value: str) -> None:
        """Write into a box, and wait until formgrader has saved it."""

        def saved(reply: Response) -> bool:
            return (
                reply.request.method == "PUT" and re.search(r"/formgrader/api/(grade|comment)/", reply.url) is not None
            )

        with self.page.expect_response(saved) as reply:
            box.fill(value)
            box.press("Tab")
        assert reply.value.ok, reply.value.text()


def in_jupyterlab(page: Page) -> Formgrader:
    """Open formgrader from JupyterLab's menu."""
    choose(page, "Nbgrader", "Formgrader")
    formgrader = Formgrader(page, page.frame_locator("#formgrader-iframe iframe"))
    formgrader.root.locator("#main-table td.name").first.wait_for()
    return formgrader


def by_itself(page: Page, server: Server) -> Formgrader:
    """Open formgrader in a page of its own."""
    page.goto(f"{server.url}/formgrader/manage_assignments?token={server.token}")
    formgrader = Formgrader(page, page)
    expect(page.locator("#main-table td.name").first).to_be_visible()
    return formgrader
