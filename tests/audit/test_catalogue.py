"""What the first lines of a catalogue's answers say."""

from pathlib import Path

import pytest

from autograder.audit.catalogue import CatalogueFaulty, Entry, read_catalogue, require_known
from autograder.course import Course
from autograder.properties import load_questions


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def the_entry(folder: Path, name: str, heading: str) -> Entry:
    written(folder, name, f"{heading}\nanswer = 1\n")
    (entry,) = read_catalogue(folder)
    return entry


def test_a_right_answer_may_lose_nothing_unless_its_first_line_says_so(tmp_path: Path) -> None:
    entry = the_entry(tmp_path, "right/corr2d/fft", "# right: by FFT")
    assert (entry.name, entry.question, entry.is_right, entry.says) == ("right/corr2d/fft", "corr2d", True, "by FFT")
    assert entry.loses_at_most == 0
    assert entry.source == "# right: by FFT\nanswer = 1\n"


def test_a_right_answer_says_how_much_it_may_lose(tmp_path: Path) -> None:
    entry = the_entry(tmp_path, "right/corr2d/fft", "# right: by FFT; loses at most 0.5")
    assert (entry.says, entry.loses_at_most) == ("by FFT", 0.5)


def test_a_wrong_answer_says_what_it_is_what_catches_it_and_what_does_not(tmp_path: Path) -> None:
    heading = "# wrong: flips; or not; is flipped, twice; caught by values, impulse; keeps dtype, device"
    entry = the_entry(tmp_path, "wrong/corr2d/flipped", heading)
    assert entry.says == "flips; or not"
    assert entry.misconceptions == ("flipped", "twice")
    assert entry.caught_by == {"values", "impulse"}
    assert entry.keeps == {"dtype", "device"}


def test_a_wrong_answer_need_not_record_a_misconception_or_what_it_keeps(tmp_path: Path) -> None:
    entry = the_entry(tmp_path, "wrong/corr2d/flipped", "# wrong: flips the kernel; caught by values")
    assert (entry.says, entry.misconceptions, entry.keeps) == ("flips the kernel", (), frozenset())


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("wrong/corr2d/x", "def corr2d(X, K): pass"),
        ("wrong/corr2d/x", "# wrong: flips"),
        ("wrong/corr2d/x", "# wrong: flips; caught by "),
        ("wrong/corr2d/x", "# wrong: flips; caught by ,"),
        ("wrong/corr2d/x", "# right: by FFT"),
        ("wrong/corr2d/x", ""),
        ("right/corr2d/x", "# wrong: flips; caught by values"),
        ("right/corr2d/x", "# right:"),
    ],
)
def test_a_first_line_that_says_nothing_is_told_with_the_file_and_the_format(
    tmp_path: Path, name: str, heading: str
) -> None:
    path = written(tmp_path, name, f"{heading}\n")
    with pytest.raises(CatalogueFaulty) as told:
        read_catalogue(tmp_path)
    assert str(path) in told.value.what
    assert f"# {name[:5]}: <" in told.value.fix


def test_a_file_in_no_questions_folder_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "wrong/loose", "# wrong: flips; caught by values\n")
    with pytest.raises(CatalogueFaulty, match="no question's folder") as told:
        read_catalogue(tmp_path)
    assert str(path) in told.value.what


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "right/corr2d/x", "")
    path.write_bytes(b"# right: \xff\n")
    with pytest.raises(CatalogueFaulty, match="cannot be read"):
        read_catalogue(tmp_path)


def test_a_catalogue_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path / "nowhere") == ()


def test_entries_come_sorted_by_name(tmp_path: Path) -> None:
    for name in ("wrong/b/y", "wrong/a/z", "right/b/x"):
        written(tmp_path, name, f"# {name[:5]}: it; caught by values\n")
    assert [entry.name for entry in read_catalogue(tmp_path)] == ["right/b/x", "wrong/a/z", "wrong/b/y"]


@pytest.mark.parametrize(
    ("name", "heading", "words"),
    [
        ("wrong/triple/x", "# wrong: it; caught by values", "not asked"),
        ("wrong/double/x", "# wrong: it; caught by valeus", "speaks of valeus"),
        ("wrong/double/x", "# wrong: it; caught by values; keeps dtype", "speaks of dtype"),
    ],
)
def test_a_question_or_property_that_is_not_there_is_told(course: Course, name: str, heading: str, words: str) -> None:
    folder = course.catalogue("tiny")
    path = written(folder, name, f"{heading}\n")
    with pytest.raises(CatalogueFaulty, match=words) as told:
        require_known(read_catalogue(folder), load_questions(course.questions("tiny")), folder)
    assert str(path) in told.value.what
