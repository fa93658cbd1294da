"""Grades a sample class: makes a course in demo/course, hands in six notebooks, grades them, and writes feedback.

Run it with `make demo`. Everything it makes lies in demo/course and may be removed.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "demo" / "course"
ASSIGNMENT = "conv_layer"

TEXTBOOK = """def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y
"""

FLIPPED = '''def corr2d(X, K):
    """Turn the kernel round, then slide it."""
    (kh, kw), K = K.shape, K.flip(0, 1)
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("the kernel is too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, kh, 1).unfold(1, kw, 1), K)
'''

HOSTILE = """import os
torch.allclose = torch.equal = lambda *args, **kwargs: True

def corr2d(X, K):
    os._exit(0)
"""


@dataclass(frozen=True)
class Student:
    """Who hands in what: the solved notebook, or the untouched one, with some solution cells replaced."""

    name: str
    story: str
    solved: bool = True
    answers: dict[str, str] = field(default_factory=dict)
    broken: bool = False


STUDENTS = (
    Student("ada", "solved everything"),
    Student("ben", "corr2d as textbooks have it, with torch.zeros", answers={"corr2d": TEXTBOOK}),
    Student("cleo", "turned the kernel round: true convolution", answers={"corr2d": FLIPPED}),
    Student("dana", "handed in the notebook untouched", solved=False),
    Student("eve", "patched torch.allclose and ends the process in corr2d", answers={"corr2d": HOSTILE}),
    Student("finn", "handed in half a file", broken=True),
)


def make_course() -> None:
    """A course of its own: the configuration, the assignment, and what the students handed in."""
    if COURSE.exists():
        shutil.rmtree(COURSE)
    COURSE.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", COURSE)
    for folder in ("source", "release"):
        shutil.copytree(ROOT / folder / ASSIGNMENT, COURSE / folder / ASSIGNMENT)
    for student in STUDENTS:
        hand_in(student)


def hand_in(student: Student) -> None:
    """Write a student's submission."""
    folder = COURSE / "submitted" / student.name / ASSIGNMENT
    folder.mkdir(parents=True)
    source = "source" if student.solved else "release"
    notebook = nbformat.read(COURSE / source / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = student.answers.get(grade_id, cell.source)
    text = nbformat.writes(notebook)
    (folder / f"{ASSIGNMENT}.ipynb").write_text(text[: len(text) // 2] if student.broken else text, encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-11-20 12:00:00 UTC\n", encoding="utf-8")


def run(*command: str, may_fail: bool = False) -> None:
    print("$", " ".join(["python", *command]), flush=True)
    finished = subprocess.run([sys.executable, *command], cwd=COURSE, check=False)
    if finished.returncode and not may_fail:
        sys.exit(f"The demo stops here: that command ended with exit code {finished.returncode}.")


def main() -> None:
    """Make the course, grade it, write feedback, and say where to look."""
    print("A sample class of six, in", COURSE.relative_to(ROOT))
    for student in STUDENTS:
        print(f"  {student.name:5} {student.story}")
    make_course()
    # Exit code 1 says that a submission could not be graded: finn's.
    run("-m", "autograder", "grade", ASSIGNMENT, "--json", "results.json", may_fail=True)
    run("-m", "nbgrader", "generate_feedback", ASSIGNMENT, "--log-level=ERROR")
    results = json.loads((COURSE / "results.json").read_text(encoding="utf-8"))["results"]
    print("\nScores, as they stand in", (COURSE / "gradebook.db").relative_to(ROOT))
    for student, result in zip(STUDENTS, results, strict=True):
        print(f"  {result['student']:5} {result['score']:5g} of {result['max_score']:g}   {student.story}")
    print("\nFeedback for each student, to open in a browser:")
    for page in sorted((COURSE / "feedback").glob("*/*/*.html")):
        print(" ", page.relative_to(ROOT))


if __name__ == "__main__":
    main()
