"""What the tests of Gradescope share."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

SCHEMA = json.loads((Path(__file__).parent / "results.schema.json").read_text())


def checked(root: Path) -> dict[str, Any]:
    """The results.json below ``root``, alone there: as Gradescope documents it, and its points those of its tests."""
    folder = root / "results"
    # A grader that is killed while it writes leaves a hidden file.
    assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == ["results.json"]

    def refuse(word: str) -> None:
        pytest.fail(f"{word} is no JSON")

    document: dict[str, Any] = json.loads((folder / "results.json").read_bytes(), parse_constant=refuse)
    jsonschema.validate(document, SCHEMA)
    tests = document["tests"]
    assert document["score"] == pytest.approx(sum(test["score"] for test in tests))
    assert all(test["score"] <= test["max_score"] for test in tests)
    # What did not pass may have part of its points, but not all; what did has them all.
    assert all(
        (test["score"] == test["max_score"]) == (test["status"] == "passed") for test in tests if test["max_score"]
    )
    return document


@pytest.fixture(scope="session")
def results_of() -> Callable[[Path], dict[str, Any]]:
    """Reads and checks the results.json below a folder like /autograder."""
    return checked
