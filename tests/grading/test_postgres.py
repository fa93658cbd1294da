"""The gradebook on a real PostgreSQL server: the same contents as in SQLite, also when two graders write at once."""

import itertools
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import small_class
from gradebooks import contents
from postgres import postgres_server
from small_class import NAME
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.postgres

DATABASE = "AUTOGRADER_DB_URL"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="module")
def new_database(server: str) -> Callable[[], str]:
    """Makes an empty database, and returns its address."""
    names = (f"course{number}" for number in itertools.count())

    def make() -> str:
        name = next(names)
        engine = create_engine(f"{server}postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return f"{server}{name}"

    return make


def sqlite(course: Path) -> str:
    return f"sqlite:///{course}/gradebook.db"


def test_the_gradebook_is_the_same_in_both(graded: Path, fresh_course: Path, new_database: Callable[[], str]) -> None:
    url = new_database()
    finished = small_class.grade(fresh_course, **{DATABASE: url})
    assert finished.code == 0, finished.said
    assert not (fresh_course / "gradebook.db").exists()
    assert contents(url) == contents(sqlite(graded))


def test_a_second_run_finds_the_marks_of_the_first(fresh_course: Path, new_database: Callable[[], str]) -> None:
    url = new_database()
    small_class.grade(fresh_course, **{DATABASE: url})
    before = contents(url)
    finished = small_class.grade(fresh_course, **{DATABASE: url})
    assert "6 graded before" in finished.said
    assert contents(url) == before


def test_two_graders_at_once_do_not_spoil_each_other(
    graded: Path, fresh_course: Path, handed_in: Path, tmp_path: Path, new_database: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Two in one folder, and a third elsewhere, as on another machine, with the same database."""
    url = new_database()
    monkeypatch.setenv(DATABASE, url)
    elsewhere = small_class.copy_of(handed_in, tmp_path / "elsewhere")
    running = [
        subprocess.Popen(small_class.command(), cwd=folder, stderr=subprocess.PIPE, text=True)
        for folder in (fresh_course, fresh_course, elsewhere)
    ]
    said = [grader.communicate()[1] for grader in running]
    assert [grader.returncode for grader in running] == [0, 0, 0], said
    assert contents(url) == contents(sqlite(graded))
    for course in (fresh_course, elsewhere):
        assert len(list(course.glob(f"autograded/*/{NAME}/{NAME}.ipynb"))) == len(small_class.MARKS)


def test_a_server_that_is_not_there_is_told_in_sentences(fresh_course: Path) -> None:
    finished = small_class.grade(fresh_course, **{DATABASE: "postgresql+psycopg://nobody@127.0.0.1:1/course"})
    assert finished.code == 1
    assert "The gradebook cannot be used" in finished.said
    assert "server" in finished.said
