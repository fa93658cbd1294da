"""``nbgrader export`` with our exporters: the documented commands, and errors as sentences."""

import json
import os
import shlex
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest
import small_class
from export_class import NAME, PEOPLE, export, make_class
from importers import CanvasUser, canvas_import, moodle_import, read_csv
from nbgrader.api import Gradebook, Student
from nbgrader.apps.exportapp import ExportApp
from postgres import postgres_server
from small_class_fixtures import fresh_course, handed_in
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import SAWarning

from autograder.course import Course
from autograder.exports.analysis import AnalysisExporter
from autograder.exports.canvas import CanvasExporter
from autograder.exports.exporter import Exporter
from autograder.exports.moodle import MoodleExporter
from autograder.grading.parcel import pack
from autograder.grading.records import Record, write_record
from autograder.properties.limits import SubmissionLimits

__all__ = ["fresh_course", "handed_in"]
CANVAS = "autograder.exports.canvas.CanvasExporter"
MOODLE = "autograder.exports.moodle.MoodleExporter"
ANALYSIS = "autograder.exports.analysis.AnalysisExporter"
KINDS = (CanvasExporter, MoodleExporter, AnalysisExporter)
# As docs tell them, of the assignment conv_layer
TO_CANVAS = (
    f"nbgrader export --exporter={CANVAS} --to=canvas.csv "
    '--CanvasExporter.columns conv_layer="Convolutional layers (1234)"'
)
TO_MOODLE = f"nbgrader export --exporter={MOODLE} --to=moodle.csv --MoodleExporter.feedback=True"
TO_PARQUET = f"nbgrader export --exporter={ANALYSIS} --to=class.parquet"
TO_CSV = f"nbgrader export --exporter={ANALYSIS} --to=class.csv --assignment conv_layer --student ann"


def run(course: Path, command: str) -> tuple[int, str]:
    """Exit code and what is said; no traceback is ever shown."""
    words = shlex.split(command)
    finished = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=course, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "400"},
    )  # fmt: skip
    said = finished.stdout + finished.stderr
    assert "Traceback" not in said, said
    return finished.returncode, said


@contextmanager
def counting_queries() -> Iterator[list[str]]:
    """What is asked of any database in the body."""
    asked: list[str] = []

    def heard(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", heard)


def test_the_marks_of_a_graded_class_come_back_from_each_file(fresh_course: Path) -> None:
    course = fresh_course
    half = course / "submitted" / "gus" / small_class.NAME / f"{small_class.NAME}.ipynb"
    half.parent.mkdir(parents=True)
    half.write_text("{half a file")
    assert small_class.grade(course).code == 1
    marks = {student: float(sum(points)) for student, points in small_class.MARKS.items()}

    code, said = run(course, TO_CANVAS.replace("conv_layer", small_class.NAME))
    assert code == 0, said
    assert "that could not be graded, without a mark in the file: gus (tiny.ipynb is not a notebook." in said
    users = [CanvasUser(str(number), login=student) for number, student in enumerate([*marks, "gus"], 100)]
    possible, scores = canvas_import((course / "canvas.csv").read_bytes(), users, {"1234": "Convolutional layers"})
    assert possible == {"1234": 5.0}
    assert scores == {(user.id, "1234"): marks[user.login] for user in users if user.login in marks}

    code, said = run(course, TO_MOODLE.replace("conv_layer", small_class.NAME))
    assert code == 0, said
    known = [{"username": user.login} for user in users]
    content = (course / "moodle.csv").read_bytes()
    grades = moodle_import(content, known, "Username", "username", {small_class.NAME: "Layers"})
    assert grades == {(student, "Layers"): mark for student, mark in {**marks, "gus": None}.items()}
    feedback = {row[2]: row[4] for row in read_csv(content)}
    assert feedback["ben"] == "0 of 5 points. double, 0 of 3: This is still to be written. area, 0 of 2: This is still to be written."  # fmt: skip  # noqa: E501

    code, said = run(course, TO_PARQUET.replace("conv_layer", small_class.NAME))
    assert code == 0, said
    table = pl.read_parquet(course / "class.parquet")
    assert dict(table.group_by("student").agg(pl.col("points").sum()).rows()) == {**marks, "gus": 0.0}
    assert table.filter(student="dora", kind="property")["message"][0] == "your code called exit (code 3)"

    code, said = run(course, TO_CSV.replace("conv_layer", small_class.NAME))
    assert code == 0, said
    assert pl.read_csv(course / "class.csv")["property"].to_list() == ["double.values", "double.zero", "area.area"]


Here = Callable[[str], tuple[int, str]]


@pytest.fixture
def here(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """Runs nbgrader's export in this process, in the course's folder: its exit code, and what it says."""
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "path", list(sys.path))

    def run_here(options: str) -> tuple[int, str]:
        app = ExportApp()
        try:
            app.initialize(shlex.split(options))
            app.start()
        except SystemExit as ended:
            return int(ended.code or 0), capsys.readouterr().err
        return 0, capsys.readouterr().err

    return run_here


@pytest.mark.filterwarnings("ignore:.*for containers is deprecated:DeprecationWarning")  # nbgrader documents it
def test_traits_are_taken_from_the_courses_configuration(root: Path, here: Here) -> None:
    titles = json.dumps({NAME: "Layers (12)"})
    (root / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = 'conv'\nc.CanvasExporter.columns = {titles}\n"
        f"c.ExportApp.plugin_class = '{CANVAS}'\nc.CanvasExporter.section = 'A, B'\n"
    )
    code, said = here(f'--to canvas.csv --student \'["ada", "bo"]\' --assignment {NAME}')
    assert code == 0, said
    header, _, *rows = read_csv((root / "canvas.csv").read_bytes())
    assert header[5:] == ["Layers (12)"]
    assert [(row[3], row[4]) for row in rows] == [("bo", "A, B"), ("ada", "A, B")]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--assignment nothing", "The gradebook has no assignment nothing. It has conv."),
        ("--student nobody", "The gradebook has no student nobody."),
        ("--student 12", "The gradebook has no student 12."),
        ("--to=missing/canvas.csv", "There is no folder missing."),
        ("--CanvasExporter.canvas_id=name", "expected any of"),
        ("--db sqlite:///elsewhere.db", "There is no gradebook elsewhere.db."),
        ("--db sqlite:///nonsense.db", "The database says: file is not a database."),
        ("--db postgresql+psycopg://127.0.0.1:1/x", "The gradebook cannot be used."),
    ],
)
def test_an_error_is_a_sentence_and_writes_nothing(options: str, told: str, root: Path, here: Here) -> None:
    (root / "nonsense.db").write_text("nonsense" * 1000)
    (root / "canvas.csv").write_text("of before")
    code, said = here(f"--exporter={CANVAS} {options}")
    assert (code, told in said, "Traceback" in said) == (1, True, False), said
    assert (root / "canvas.csv").read_text() == "of before"
    assert not (root / "elsewhere.db").exists()


def test_the_command_ends_without_a_traceback(root: Path) -> None:
    code, said = run(root, f"nbgrader export --exporter={CANVAS} --assignment nothing")
    assert code == 1
    assert "The gradebook has no assignment nothing." in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_gradebook_without_anybody_is_told(
    kind: type[Exporter], root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.remove_assignment(NAME)
    with pytest.raises(SystemExit) as ended:
        export(kind, root, "class.csv")
    assert ended.value.code == 1
    assert "There is nothing to export. The gradebook has no assignment." in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_handed_in_anew_since_the_grading_is_named(
    kind: type[Exporter], root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the times of the files are: a copy may be older than the grading."""
    limits = SubmissionLimits(folder_files=10)
    for student in ("ada", "bo", "chi", "dee", "eli"):
        notebook = root / "submitted" / student / NAME / f"{NAME}.ipynb"
        notebook.write_text("{}")
        parcel = pack(notebook, notebook, student, limits)
        write_record(Course(root), NAME, student, Record("order", parcel.digest, 1.0))
    export(kind, root, "class.csv")
    assert "anew" not in caplog.text

    folder = root / "submitted" / "ada" / NAME
    (folder / f"{NAME}.ipynb").write_text("{ }")
    os.utime(folder / f"{NAME}.ipynb", (0, 0))
    (root / "submitted" / "bo" / NAME / "data.txt").write_text("1")
    (root / "submitted" / "chi" / NAME / f"{NAME}.ipynb").rename(root / "submitted" / "chi" / NAME / "other.ipynb")
    for number in range(2000):
        (root / "submitted" / "dee" / NAME / f"{number}.txt").touch()
    export(kind, root, "class.csv")
    assert f"{NAME}: 4 submissions handed in anew and not graded since" in caplog.text
    assert "export then: ada, bo, chi, dee\n" in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_class_ten_times_as_large_takes_as_many_queries(kind: type[Exporter], root: Path) -> None:
    def queries() -> int:
        export(kind, root, "class.csv", student=[])
        return len(asked)

    url = f"sqlite:///{root}/gradebook.db"
    with warnings.catch_warnings(), counting_queries() as asked:
        few = queries()
        with Gradebook(url, "conv") as gradebook:
            gradebook.db.add_all(Student(id=f"more-{number}") for number in range(10 * len(PEOPLE)))
            gradebook.db.commit()
            warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
            for number in range(10 * len(PEOPLE)):
                gradebook.add_submission(NAME, f"more-{number}")
        asked.clear()
        assert queries() == few


@pytest.mark.postgres
@pytest.mark.parametrize("kind", KINDS)
def test_a_gradebook_on_postgresql_gives_the_same_files(
    kind: type[Exporter], root: Path, tmp_path: Path, server: str
) -> None:
    url = f"{server}export_{kind.__name__.lower()}"
    engine = create_engine(f"{server}postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {url.rsplit('/', 1)[1]}"))
    engine.dispose()
    other = make_class(tmp_path / "other", url)
    assert not (other / "gradebook.db").exists()
    assert export(kind, other, "class.csv", url) == export(kind, root, "class.csv")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as server:
        yield server
