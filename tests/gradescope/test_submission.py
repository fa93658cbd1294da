"""Which notebook counts, and who handed it in."""

import json
from pathlib import Path

import pytest

from autograder.gradescope.submission import MAX_ENTRIES, find_notebook, student_of
from autograder.grading.submission import SubmissionUnreadable


def hand_in(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    return folder


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (("lab.ipynb",), "lab.ipynb"),
        (("lab.ipynb", "scratch.ipynb", "old/lab.ipynb"), "lab.ipynb"),
        (("week1/lab.ipynb",), "week1/lab.ipynb"),
        (("week1/lab.ipynb", "scratch.ipynb"), "week1/lab.ipynb"),
        (("lab (1).ipynb",), "lab (1).ipynb"),
        (("ann/my solution.ipynb", "helper.py"), "ann/my solution.ipynb"),
        (("lab.ipynb", ".ipynb_checkpoints/lab-checkpoint.ipynb", "__MACOSX/._lab.ipynb"), "lab.ipynb"),
        (("x.ipynb", ".ipynb_checkpoints/lab.ipynb", "__MACOSX/lab.ipynb", "._lab.ipynb"), "x.ipynb"),
    ],
)
def test_the_notebook_of_the_right_name_counts_or_else_the_only_one(
    tmp_path: Path, names: tuple[str, ...], taken: str
) -> None:
    found = find_notebook(hand_in(tmp_path, *names), "lab")
    assert found.notebook == Path(taken)
    assert (found.note == "") is (taken == "lab.ipynb")
    assert taken in found.note or not found.note


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), "No notebook was handed in"),
        (("answers.py", "lab.ipynb.txt", ".lab.ipynb"), "No notebook was handed in"),
        (("a.ipynb", "b.ipynb"), r"2 notebooks were handed in.*a\.ipynb, b\.ipynb"),
        (("a/lab.ipynb", "b/lab.ipynb", "c.ipynb"), "3 notebooks were handed in"),
        (tuple(f"{number}.ipynb" for number in range(9)), "9 notebooks .* and 3 more"),
    ],
)
def test_where_nobody_can_tell_which_counts_it_is_told(tmp_path: Path, names: tuple[str, ...], words: str) -> None:
    with pytest.raises(SubmissionUnreadable, match=words) as told:
        find_notebook(hand_in(tmp_path, *names), "lab")
    assert "lab.ipynb" in told.value.fix


def test_neither_links_nor_depth_nor_numbers_lead_anywhere(tmp_path: Path) -> None:
    hand_in(tmp_path / "elsewhere", "lab.ipynb")
    submission = hand_in(tmp_path / "submission", "one.txt")
    (submission / "linked").symlink_to(tmp_path / "elsewhere")
    (submission / "round").symlink_to(submission)
    hand_in(submission, f"{'d/' * 40}lab.ipynb")
    with pytest.raises(SubmissionUnreadable, match="No notebook"):
        find_notebook(submission, "lab")
    for number in range(MAX_ENTRIES):
        (submission / f"{number}").touch()
    with pytest.raises(SubmissionUnreadable, match="Too many files"):
        find_notebook(submission, "lab")


def metadata(folder: Path, users: object) -> Path:
    path = folder / "submission_metadata.json"
    path.write_text(json.dumps({"id": 1, "users": users, "previous_submissions": []}))
    return path


@pytest.mark.parametrize(
    ("users", "student"),
    [
        ([{"email": "ann@example.com", "id": 1, "name": "Ann Example"}], "Ann Example"),
        ([{"email": "ann@example.com"}], "ann@example.com"),
        ([{"name": "", "email": "ann@example.com"}], "ann@example.com"),
        ([{"name": "Ann"}, {"name": "Ben"}], "Ann, Ben"),
        ([{"name": 7}, None, "Ann", {"name": "Ben"}], "Ben"),
        ({"name": "Ann"}, ""),
        (None, ""),
        ([], ""),
    ],
)
def test_gradescope_tells_who_handed_in(tmp_path: Path, users: object, student: str) -> None:
    assert student_of(metadata(tmp_path, users)) == student


def test_a_name_is_one_short_line(tmp_path: Path) -> None:
    student = student_of(metadata(tmp_path, [{"name": "A\n\x1b[31m" + "x" * 500}] * 100))
    assert len(student) < 600
    assert student.isprintable()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"3",
        b'"users"',
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[" + b"1," * 1_500_000 + b"1]",
        b"{" * 10 + b"}" * 10,
    ],
    ids=range(9),
)
def test_metadata_that_is_none_names_nobody(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "submission_metadata.json"
    path.write_bytes(content)
    assert student_of(path) == ""
    assert student_of(tmp_path / "not there") == ""
