"""One assignment from its release to the feedback that its student reads."""

import re
from pathlib import Path

import nbformat
from playwright.sync_api import expect
from tests_support import write_answers

from tests.browser.chromium import Visitor
from tests.browser.conftest import FLIPPED, STUDENT, Classroom
from tests.browser.formgrader import Formgrader
from tests.browser.lab import Lab, Notebook, accept
from tests.browser.screenshots import Screenshots

FOLDER = "conv_layer"
NOTEBOOK = f"{FOLDER}/conv_layer.ipynb"
RIGHT = FLIPPED.replace("K.shape, K.flip(0, 1)", "K.shape, K")
WRITTEN = {
    "tall_kernel": r"Windows one above the other are equal, so only the sum $\sum_a K_{a,b}$ of each column counts.",
    "learned_kernel_flip": "The kernel that is learned comes out turned round, and the answers stay the same.",
}
COMMENT = "Well seen. Which image makes the rank of $A$ as large as it can be?"


def test_from_release_to_feedback(
    classroom: Classroom,
    formgrader: Formgrader,
    lab: Lab,
    instructor: Visitor,
    student: Visitor,
    screenshots: Screenshots,
) -> None:
    """Each step stands on the one before, so they are one test."""
    formgrader.page.bring_to_front()
    formgrader.show_assignments()
    expect(formgrader.assignment("conv_layer").locator("td.status")).to_have_text("released")

    notebook = fetch(lab, classroom)
    write_and_check_corr2d(notebook, lab, screenshots)
    finish(notebook, lab, classroom, screenshots)
    hand_in(lab)

    collect_and_autograde(formgrader, screenshots)
    mark_by_hand(formgrader, screenshots)
    give_feedback(formgrader)

    read_feedback(lab, student, classroom)
    assert (instructor.outside, student.outside) == ([], [])


def fetch(lab: Lab, classroom: Classroom) -> Notebook:
    """The student fetches the assignment and opens the notebook."""
    lab.page.bring_to_front()  # a page in the background draws once a second, and every click waits for that
    assignments = lab.assignments()
    assignments.locator("#released_assignments_list .list_item", has_text="conv_layer").get_by_role("button").click()
    fetched = assignments.locator("#fetched_assignments_list > .list_item", has_text="conv_layer")
    fetched.locator("a.assignment-notebooks-link").click()
    fetched.locator(".nested_list_item a").click()
    notebook = Notebook(lab.page, classroom.student.root / NOTEBOOK)
    released = classroom.course / "release" / FOLDER
    assert names(classroom.student.root / FOLDER) >= names(released)
    return notebook


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def write_and_check_corr2d(notebook: Notebook, lab: Lab, screenshots: Screenshots) -> None:
    """The student checks the stub, then a kernel turned round, then a right answer."""
    lab.hide_side_bar()
    notebook.run("setup")
    notebook.run("corr2d")
    report = notebook.run("check-corr2d")
    expect(report).to_contain_text("still to be written", ignore_case=True)
    screenshots.take("check-stub", notebook.cell("check-corr2d"))

    notebook.write("corr2d", FLIPPED)
    notebook.run("corr2d")
    report = notebook.run("check-corr2d")
    expect(report).to_contain_text("Every output is right")
    expect(report).to_contain_text("✗")
    expect(report).to_contain_text("flipped")
    screenshots.take("check-wrong", notebook.cell("check-corr2d"))
    lab.choose_theme("JupyterLab Dark")
    screenshots.take("check-wrong-dark", notebook.cell("check-corr2d"))
    lab.choose_theme("JupyterLab Light")

    notebook.write("corr2d", RIGHT)
    notebook.run("corr2d")
    report = notebook.run("check-corr2d")
    expect(report).to_contain_text("10 of 10")
    expect(report).not_to_contain_text("✗")
    screenshots.take("check-right", notebook.cell("check-corr2d"))
    notebook.save()


def finish(notebook: Notebook, lab: Lab, classroom: Classroom, screenshots: Screenshots) -> None:
    """The student has the other questions solved, writes the written answers, runs all and validates."""
    lab.close()
    path = classroom.student.root / NOTEBOOK
    write_answers(path, path, {**solutions(classroom.course), "corr2d": RIGHT})
    notebook = lab.notebook(NOTEBOOK)
    for question, answer in WRITTEN.items():
        notebook.write(question, answer)
        notebook.render(question)
    prompts = notebook.run_all()
    assert all(re.fullmatch(r"\[\d+\]:", prompt) for prompt in prompts), prompts
    notebook.save()
    dialog = notebook.validate()
    expect(dialog).to_have_class(re.compile("nbgrader-SuccessDialog"))
    expect(dialog).to_contain_text("Success! Your notebook passes all the tests.")
    screenshots.take("validate", lab.page)
    accept(dialog)


def solutions(course: Path) -> dict[str, str]:
    """The instructor's code for every question."""
    source = nbformat.read(course / "source" / "conv_layer" / "conv_layer.ipynb", as_version=4)
    return {
        cell.metadata.nbgrader.grade_id: re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", cell.source)
        for cell in source.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


def hand_in(lab: Lab) -> None:
    """The student submits from the list of assignments."""
    assignments = lab.assignments()
    fetched = assignments.locator("#fetched_assignments_list > .list_item", has_text="conv_layer")
    fetched.get_by_role("button", name="Submit").click()
    assignments.locator("#submitted_assignments_list > .list_item", has_text="conv_layer").wait_for()


def collect_and_autograde(formgrader: Formgrader, screenshots: Screenshots) -> None:
    """The instructor collects, and autogrades with formgrader's button."""
    formgrader.page.bring_to_front()
    formgrader.show_assignments()
    row = formgrader.assignment("conv_layer")
    formgrader.do(row, "collect")
    formgrader.show_submissions("conv_layer")
    submission = formgrader.submission(STUDENT)
    expect(submission.locator("td.status")).to_have_text("needs autograding")
    formgrader.do(submission, "autograde")
    expect(submission.locator("td.score")).to_have_text("40 / 40")
    expect(submission.locator("td.status")).to_have_text("needs manual grading")
    screenshots.take("formgrader", formgrader.page)


def mark_by_hand(formgrader: Formgrader, screenshots: Screenshots) -> None:
    """The instructor reads the written answers; they carry no points of their own, so a good one earns extra credit."""
    page = formgrader.open_submission(STUDENT)
    for question in WRITTEN:
        page.fill(page.score(question), "0")
    page.fill(page.extra_credit("tall_kernel"), "1")
    page.fill(page.comment("tall_kernel"), COMMENT)
    page.comment("tall_kernel").scroll_into_view_if_needed()
    expect(page.root.locator(".save-icon:visible")).to_have_count(0)  # they show for a second that all is saved
    screenshots.take("manual-grading", formgrader.page)


def give_feedback(formgrader: Formgrader) -> None:
    """The instructor generates feedback and releases it."""
    formgrader.follow(formgrader.root.get_by_role("link", name="Manual Grading").first)
    formgrader.show_assignments()
    formgrader.show_submissions("conv_layer")
    submission = formgrader.submission(STUDENT)
    expect(submission.locator("td.score")).to_have_text("41 / 40")
    expect(submission.locator("td.status")).to_have_text("graded")
    formgrader.do(submission, "generate-feedback")
    formgrader.do(submission, "release-feedback")


def read_feedback(lab: Lab, student: Visitor, classroom: Classroom) -> None:
    """The student fetches the feedback, finds it in JupyterLab, and reads it."""
    lab.page.bring_to_front()
    assignments = lab.assignments()
    assignments.locator("#refresh_assignments_list").click()
    submitted = assignments.locator("#submitted_assignments_list")
    expect(submitted).to_contain_text("feedback available to fetch")
    submitted.get_by_role("button", name="Fetch Feedback").click()
    submitted.get_by_text("view feedback").click()
    expect(lab.page.locator(".jp-DirListing-item", has_text="conv_layer.html")).to_be_visible()
    pages = list((classroom.student.root / FOLDER / "feedback").glob("*/conv_layer.html"))
    assert len(pages) == 1
    page = student.context.new_page()
    page.goto(pages[0].as_uri())
    expect(page.locator("h4").first).to_have_text("conv_layer (Score: 41.0 / 40.0)")
    expect(page.locator("body")).to_contain_text("Every output is right")
    expect(page.locator("body")).to_contain_text("Well seen.")
    page.close()
