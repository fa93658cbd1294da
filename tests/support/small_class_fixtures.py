"""Fixtures: a small class, built once and copied for every test. A conftest.py imports them."""

import shutil
import time
from pathlib import Path

import pytest
import small_class


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which everybody has handed in and nobody is graded. To be copied."""
    course = small_class.write_course(tmp_path_factory.mktemp("handed-in") / "course")
    small_class.hand_in_all(course)
    return course


@pytest.fixture(scope="session")
def graded(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with everybody graded, undisturbed. To be copied."""
    course = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(handed_in, course)
    started = time.monotonic()
    finished = small_class.grade(course, *small_class.SIDE_BY_SIDE)
    (course / "took_s.txt").write_text(f"{time.monotonic() - started}")
    assert finished.code == 0, finished.said
    assert small_class.marks(course) == small_class.MARKS
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A course of this test's own, with everybody graded once."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


@pytest.fixture
def fresh_course(handed_in: Path, tmp_path: Path) -> Path:
    """A course of this test's own, with nobody graded and no gradebook."""
    return Path(shutil.copytree(handed_in, tmp_path / "course"))
