"""Each file here is about one lesson, which it names as `LESSON`; the one about all of them has a `name` of its own."""

from collections.abc import Iterator

import lessons
import pytest


@pytest.fixture(scope="module")
def name(request: pytest.FixtureRequest) -> str:
    return str(request.module.LESSON)


@pytest.fixture(scope="module", autouse=True)
def beside_the_notebook(name: str) -> Iterator[None]:
    with lessons.beside_the_notebook(name):
        yield


@pytest.fixture(scope="module")
def cells(name: str) -> list[lessons.Cell]:
    return lessons.read_cells(name)


@pytest.fixture(scope="module")
def lesson(name: str, beside_the_notebook: None) -> lessons.Lesson:
    return lessons.run(name)
