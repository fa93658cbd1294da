"""One course with an instructor and a student, each with a JupyterLab and a browser of their own."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests_support import hand_in, make_course

from tests.browser.chromium import TIMEOUT_S, Visitor, chromium, visitor
from tests.browser.formgrader import Formgrader, GradingPage, by_itself, in_jupyterlab
from tests.browser.lab import Lab
from tests.browser.screenshots import Screenshots
from tests.browser.server import Server, jupyter_lab

FOLDER = Path(__file__).parent
STUDENT, MALLORY = "ada", "mallory"
SEED = 20261122
# What a student's nbgrader has to know: which course, and where work is exchanged. The name is the account's otherwise.
STUDENT_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "conv"
c.CourseDirectory.student_id = {student!r}
c.Exchange.root = {exchange!r}
"""
FLIPPED = """def corr2d(X, K):
    (kh, kw), K = K.shape, K.flip(0, 1)
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("the kernel does not fit")
    return torch.einsum("ijab,ab->ij", X.unfold(0, kh, 1).unfold(1, kw, 1), K)
"""
# What each of MALLORY's attacks adds to `window.ran` if it runs.
RAN = ("picture in an answer", "picture in an output", "script in an answer", "script in an output")
ATTACK = "<script>(window.ran ||= []).push('script in an {place}')</script>" + (
    "<img src='nowhere.png' onerror=\"(window.ran ||= []).push('picture in an {place}')\">"
)
ATTACKS = {
    "corr2d": f"""from IPython.display import HTML, display
display(HTML({"nothing to see" + ATTACK.format(place="output")!r}))

{FLIPPED}""",
    "tall_kernel": "nothing to see\n\n" + ATTACK.format(place="answer"),
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, and one process runs it: servers and browsers are shared."""
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class Classroom:
    """Two servers and the folder of the course."""

    course: Path
    instructor: Server
    student: Server


@pytest.fixture(scope="package")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """A course before its first assignment is out, and a student's empty folder."""
    folder = tmp_path_factory.mktemp("classroom")
    course, own = folder / "course", folder / "own"
    course.mkdir()
    own.mkdir()
    make_course(course)
    for wheel in (course / "release" / "conv_layer").glob("*.whl"):
        shutil.copy(wheel, course / "source" / "conv_layer")  # as `build` leaves it
    (course / "exchange").mkdir()
    (course / ".autograder").mkdir()
    (course / ".autograder" / "seed").write_text(f"{SEED}\n", encoding="utf-8")  # so that every run sees the same
    config = STUDENT_CONFIG.format(student=STUDENT, exchange=str(course / "exchange"))
    with (
        jupyter_lab(course, folder / "home of the instructor") as instructor,
        jupyter_lab(own, folder / "home of the student", config) as student,
    ):
        for server in (instructor, student):
            server.wait_until_ready()
        yield Classroom(course, instructor, student)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, without the internet."""
    expect.set_options(timeout=TIMEOUT_S * 1000)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def instructor(browser: Browser) -> Iterator[Visitor]:
    """The instructor's browser."""
    with visitor(browser) as person:
        yield person


@pytest.fixture(scope="package")
def student(browser: Browser) -> Iterator[Visitor]:
    """The student's browser."""
    with visitor(browser) as person:
        yield person


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Visitor]:
    """A browser that knows nobody, for pages that are no part of the course."""
    with visitor(browser) as person:
        yield person


@pytest.fixture(scope="package")
def lab(classroom: Classroom, student: Visitor) -> Lab:
    """The student's JupyterLab."""
    return Lab(student, classroom.student)


@pytest.fixture(scope="package")
def formgrader(classroom: Classroom, instructor: Visitor) -> Formgrader:
    """Formgrader in the instructor's JupyterLab, with the assignment generated and released."""
    lab = Lab(instructor, classroom.instructor)
    lab.hide_side_bar()
    opened = in_jupyterlab(lab.page)
    opened.do(opened.assignment("conv_layer"), "assign")
    opened.do(opened.assignment("conv_layer"), "release")
    return opened


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Screenshots:
    """Takes pictures for the documentation, or into a folder that pytest throws away."""
    return Screenshots(tmp_path_factory.mktemp("screenshots"))


@pytest.fixture(scope="package")
def attacked(classroom: Classroom, formgrader: Formgrader, instructor: Visitor) -> GradingPage:
    """The page, by itself, where a submission full of script is marked."""
    hand_in(classroom.course, MALLORY, ATTACKS, origin="release")
    formgrader.page.bring_to_front()
    formgrader.show_assignments()
    formgrader.show_submissions("conv_layer")
    formgrader.do(formgrader.submission(MALLORY), "autograde")
    opened = by_itself(instructor.context.new_page(), classroom.instructor)
    opened.show_submissions("conv_layer")
    return opened.open_submission(MALLORY)


@pytest.fixture(scope="package")
def feedback(classroom: Classroom, formgrader: Formgrader, attacked: GradingPage) -> Path:
    """The page of feedback on that submission."""
    formgrader.page.bring_to_front()
    formgrader.show_assignments()
    formgrader.show_submissions("conv_layer")
    formgrader.do(formgrader.submission(MALLORY), "generate-feedback")
    return classroom.course / "feedback" / MALLORY / "conv_layer" / "conv_layer.html"
