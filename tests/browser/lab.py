"""JupyterLab as a user sees it: a notebook's cells, menus, Validate, and nbgrader's list of assignments."""

import re
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import Visitor
from tests.browser.server import Server

NUMBERED = re.compile(r"\[\d+\]:")
# Run All stops at a cell that fails; otherwise it is done when the last code cell has its number.
ALL_RUN = """() => {
    const panel = [...document.querySelectorAll('.jp-NotebookPanel')].find(panel => panel.offsetParent !== null);
    const prompts = [...panel.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => prompt.textContent);
    const failed = panel.querySelector('[data-mime-type="application/vnd.jupyter.error"]') !== null;
    return !prompts.some(text => text.includes('*')) && (failed || /\\d/.test(prompts.at(-1)));
}"""


class Notebook:
    """A notebook that is open in JupyterLab. Cells go by nbgrader's grade_id."""

    def __init__(self, page: Page, file: Path) -> None:
        """file: the notebook on disk, which says where the cells are."""
        self.page = page
        self._panel = page.locator(".jp-NotebookPanel:visible")
        cells = nbformat.read(file, as_version=4).cells
        ids = (cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells)
        self._places = {grade_id: index for index, grade_id in enumerate(ids) if grade_id}
        self._panel.locator(".jp-Cell").first.wait_for()
        self._wait_until_idle()

    def cell(self, grade_id: str) -> Locator:
        """The whole cell: what is written in it and what it put out."""
        return self._panel.locator(f'.jp-Cell[data-windowed-list-index="{self._places[grade_id]}"]')

    def output(self, grade_id: str) -> Locator:
        """What a cell put out."""
        return self.cell(grade_id).locator(".jp-OutputArea").first

    def write(self, grade_id: str, source: str) -> None:
        """Replace a cell's source."""
        cell = self.cell(grade_id)
        if "jp-MarkdownCell" in (cell.get_attribute("class") or ""):
            cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)  # typed letter by letter, brackets would be closed by the editor

    def run(self, grade_id: str) -> Locator:
        """Run a code cell to its end and return its output."""
        prompt = self.cell(grade_id).locator(".jp-InputPrompt").first
        before = prompt.inner_text()
        self.cell(grade_id).locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        expect(prompt).not_to_have_text(before)
        expect(prompt).to_have_text(NUMBERED)
        return self.output(grade_id)

    def render(self, grade_id: str) -> Locator:
        """Render a Markdown cell that is being written, and return it."""
        self.page.keyboard.press("Control+Enter")
        rendered = self.cell(grade_id).locator(".jp-MarkdownOutput")
        rendered.wait_for()
        return rendered

    def run_all(self) -> list[str]:
        """Run All Cells of a notebook whose last cell has not been run; the prompts of the code cells."""
        choose(self.page, "Run", "Run All Cells")
        self.page.wait_for_function(ALL_RUN)
        self._wait_until_idle()
        return self._panel.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()

    def save(self) -> None:
        """Save, and wait until the server has it."""
        with self.page.expect_response(lambda reply: reply.request.method == "PUT" and "/api/contents/" in reply.url):
            choose(self.page, "File", "Save Notebook")

    def validate(self) -> Locator:
        """Press Validate and return the window with its answer."""
        self._panel.locator(".validate-button").click()
        dialog = self.page.locator(".jp-Dialog")
        dialog.wait_for()
        return dialog

    def _wait_until_idle(self) -> None:
        self.page.locator("#jp-main-statusbar").get_by_text(re.compile(r"\| Idle$")).first.wait_for()


class Lab:
    """One user's JupyterLab, in one page of one browser."""

    def __init__(self, visitor: Visitor, server: Server) -> None:
        self.page = visitor.context.new_page()
        self._server = server
        self.open()

    def open(self, path: str = "") -> None:
        """Open JupyterLab anew, with the file ``path`` and nothing else."""
        tree = f"/tree/{path}" if path else ""
        self.page.goto(f"{self._server.url}/lab/workspaces/tests{tree}?reset&token={self._server.token}")
        # What is done before `reset` is over, a reload of the page undoes.
        self.page.wait_for_url(lambda url: "reset" not in url)
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")
        self.page.locator("#jp-main-dock-panel").wait_for()

    def notebook(self, path: str) -> Notebook:
        """Open JupyterLab anew with the notebook ``path``."""
        self.open(path)
        return Notebook(self.page, self._server.root / path)

    def close(self) -> None:
        """Leave JupyterLab, so that files may change on disk."""
        self.page.goto("about:blank")

    def choose_theme(self, theme: str) -> None:
        """Change the colours."""
        choose(self.page, "Settings", "Theme", theme)
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-name", theme)

    def hide_side_bar(self) -> None:
        """Give the page to the document."""
        if self.page.locator("#jp-left-stack").is_visible():
            self.page.keyboard.press("Control+b")
            self.page.locator("#jp-left-stack").wait_for(state="hidden")

    def assignments(self) -> Locator:
        """Show nbgrader's list of assignments."""
        choose(self.page, "Nbgrader", "Assignment List")
        shown = self.page.locator("#nbgrader-assignment-list")
        shown.wait_for()
        return shown


def choose(page: Page, menu: str, *items: str) -> None:
    """Choose an item of JupyterLab's menus, by way of the menus within a menu that it is in."""
    page.locator(f'#jp-MainMenu .lm-MenuBar-itemLabel:text-is("{menu}")').click()
    for item in items:
        page.locator(f'.lm-Menu:visible .lm-Menu-itemLabel:text-is("{item}")').last.click()


def accept(dialog: Locator) -> None:
    """Press OK and wait until the window is gone."""
    dialog.locator(".jp-mod-accept").click()
    dialog.wait_for(state="detached")
