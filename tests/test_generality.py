"""Nothing in the package knows an assignment or a question: they are a module, a questions.py and a catalogue."""

import ast
import re
from pathlib import Path

from autograder.properties import load_questions

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "source").glob("*/questions.py"))


def test_no_text_in_the_package_is_an_assignments_or_a_questions_name() -> None:
    names = {path.parent.name for path in SOURCES}
    names |= {question.id for path in SOURCES for question in load_questions(path)}
    names -= WORDS_OF_THE_FIELD
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in sorted((ROOT / "autograder").rglob("*.py"))
        for text in texts(path)
        if names & set(re.findall(r"\w+", text))
    ]
    assert found == []


# These are a question's id in a notebook, and in the package what everybody calls the thing.
WORDS_OF_THE_FIELD = {"accuracy", "corr2d", "feature_maps", "result"}


def texts(path: Path) -> list[str]:
    """The texts that a file's code uses; docstrings may give examples."""
    tree = ast.parse(path.read_text())
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
