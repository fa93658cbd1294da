"""What a student sees of a wrong answer: in Validate's window, and in a notebook that came from somebody else."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests_support import ROOT, write_answers

from tests.browser.conftest import FLIPPED, Classroom
from tests.browser.lab import Lab, Notebook, accept
from tests.browser.screenshots import Screenshots

PRACTICE = "practice/conv_layer.ipynb"
# Every part of a report: its text, colours and place.
LOOKS = """(output) => [...output.querySelectorAll('.jp-RenderedHTMLCommon *')].map(part => {
    const {color, backgroundColor, borderTopWidth, borderTopColor, textAlign, fontWeight} = getComputedStyle(part);
    const {width, height} = part.getBoundingClientRect();
    const [text, tag] = [part.textContent, part.tagName];
    return {tag, text, color, backgroundColor, borderTopWidth, borderTopColor, textAlign, fontWeight, width, height};
})"""


@pytest.fixture
def flipped(classroom: Classroom) -> Path:
    """The notebook as released, with a kernel turned round in the first question, in a folder of its own."""
    folder = classroom.student.root / Path(PRACTICE).parent
    shutil.copytree(ROOT / "release" / "conv_layer", folder, dirs_exist_ok=True)
    write_answers(folder / "conv_layer.ipynb", folder / "conv_layer.ipynb", {"corr2d": FLIPPED})
    return folder / "conv_layer.ipynb"


# What the smallest example is to show of other well-known mistakes: the answer to a question, and what is said of it.
PICTURED = {
    "check-swapped-window": (
        "corr2d",
        """def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("the kernel does not fit")
    Y = X.new_zeros(X.shape[0] - kh + 1, X.shape[1] - kw + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + kw, j : j + kh] * K).sum()
    return Y
""",
        "height and width swapped",
    ),
    "check-no-zero-grad": (
        "train_kernel",
        """def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for parameter in conv2d.parameters():
                parameter -= lr * parameter.grad
    return losses
""",
        "Gradients pile up",
    ),
}


@pytest.fixture
def notebook(lab: Lab, flipped: Path) -> Notebook:
    """That notebook, open."""
    lab.page.bring_to_front()
    return lab.notebook(PRACTICE)


def test_validate_says_in_one_paragraph_what_is_wrong(notebook: Notebook, screenshots: Screenshots) -> None:
    dialog = notebook.validate()
    expect(dialog).to_have_class(re.compile("nbgrader-ErrorDialog"))
    corr2d = dialog.locator("pre", has_text="of 10 points")
    expect(corr2d).to_contain_text("corr2d(X, K)")
    assert "Traceback" not in dialog.inner_text()
    assert "\n\n" not in corr2d.inner_text().strip()
    # The window breaks no lines: what does not fit into its width is not seen.
    assert corr2d.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    screenshots.take("validate-wrong", notebook.page)
    accept(dialog)


@pytest.mark.parametrize("name", PICTURED)
def test_a_check_shows_the_smallest_example(name: str, lab: Lab, notebook: Notebook, screenshots: Screenshots) -> None:
    question, answer, said = PICTURED[name]
    lab.hide_side_bar()
    notebook.run("setup")
    notebook.write(question, answer)
    notebook.run(question)
    report = notebook.run(f"check-{question}")
    expect(report).to_contain_text(said)
    expect(report.locator("table").first).to_be_visible()
    screenshots.take(name, notebook.cell(f"check-{question}"))


def test_a_report_looks_the_same_where_the_notebook_is_not_trusted(lab: Lab, notebook: Notebook, flipped: Path) -> None:
    for cell in ("setup", "corr2d", "check-corr2d"):
        report = notebook.run(cell)
    trusted = report.evaluate(LOOKS)
    notebook.save()
    lab.close()
    write_answers(flipped, flipped, {"tall_kernel": "Written by somebody else."})  # and so no longer signed
    reopened = lab.notebook(PRACTICE)
    expect(reopened.page.locator("#jp-main-statusbar [title*='not trusted']")).to_be_visible()
    report = reopened.output("check-corr2d")
    report.scroll_into_view_if_needed()
    assert report.evaluate(LOOKS) == trusted
    assert len(trusted) > 50
