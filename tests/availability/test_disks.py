"""Disks that are full and folders that may not be read or written: told in sentences, and no mark is lost.

Nothing is forbidden to root, so as root these commands run without the two capabilities that make it so.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import small_class
from small_class import MARKS, NAME

BOUND = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--") if os.geteuid() == 0 else ()
# Another user's worker could not be cleaned up after, without those capabilities.
UNPRIVILEGED = ("--no-isolation",) if BOUND else ()


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(bits)
    yield
    path.chmod(before)


def test_submissions_that_may_not_be_read_are_told_and_cost_nobody_marks(course: Path) -> None:
    submitted = course / "submitted"
    (submitted / "cem" / NAME / "data.txt").write_text("1 2 3")
    with (
        mode(submitted / "ann" / NAME / f"{NAME}.ipynb", 0),
        mode(submitted / "ben" / NAME, 0),
        mode(submitted / "cem" / NAME / "data.txt", 0),
        mode(submitted / "finn", 0),
    ):
        finished = small_class.grade(course, *UNPRIVILEGED, prefix=BOUND)
    assert finished.code == 1
    for student in ("ann", "ben", "cem", "finn"):
        assert finished.results[student]["status"] == "error"
        assert "Permission denied" in finished.results[student]["message"]
    assert finished.results["eve"]["score"] == sum(MARKS["eve"])
    assert small_class.marks(course) == MARKS


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        ("gradebook.db", "readonly"),
        (f".autograder/verdicts/{NAME}", "earlier verdict"),
        ("autograded/cem", "refused nbgrader"),
    ],
)
def test_what_may_not_be_written_is_told_and_the_marks_are_kept(course: Path, closed: str, words: str) -> None:
    small_class.change_gradebook(course, "UPDATE grade SET auto_score = 0.5")
    path = course / closed
    with mode(path, path.stat().st_mode & ~0o222):
        finished = small_class.grade(course, *UNPRIVILEGED, "--student", "cem", prefix=BOUND)
    assert finished.code == 1
    assert words in finished.said
    assert small_class.marks(course) == dict.fromkeys(MARKS, (0.5, 0.5))


def test_a_course_without_a_seed_that_may_not_be_written_says_so(course: Path) -> None:
    from autograder.course import Course
    from autograder.errors import AutograderError

    shutil.rmtree(course / ".autograder")
    (course / ".autograder").write_text("a file in the folder's place")
    with pytest.raises(AutograderError, match=r"seed.*writable, or choose a seed"):
        Course(course).seed()


def test_a_report_on_a_full_disk_is_told_after_the_marks_are_in(course: Path) -> None:
    finished = small_class.grade(course, "--junit", "/dev/full", "--student", "ann")
    assert finished.code == 1
    assert "/dev/full cannot be written" in finished.said
    assert "No space left" in finished.said
    assert "The marks are in the gradebook" in finished.said
    assert finished.results["ann"]["score"] == sum(MARKS["ann"])  # the other report is there


def test_a_full_disk_is_told_and_the_marks_are_kept(course: Path) -> None:
    """The course lies on a small disk of its own, with no room left."""
    unshare = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--user", "--map-root-user", "--mount")
    if subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode:
        pytest.skip("a disk of its own takes a mount namespace, which is not to be had here")
    for made in ("autograded", ".autograder/verdicts"):
        shutil.rmtree(course / made)
    disk, kept = course.parent / "disk", course.parent / "kept.db"
    disk.mkdir()
    script = f"""
        mount -t tmpfs -o size=3m tmpfs {disk} && cp -a {course}/. {disk} && cd {disk} || exit 99
        head -c 100m /dev/zero >filler 2>/dev/null
        "$@"
        code=$?
        cp gradebook.db {kept}; rm filler
        exit $code
    """
    finished = small_class.grade(course, "--course", str(disk), prefix=(*unshare, "sh", "-c", script, "sh"))
    assert finished.code == 1
    assert {result["status"] for result in finished.results.values()} == {"error"}
    assert all("No space left" in result["message"] or "full" in result["message"]
               for result in finished.results.values()), finished.said  # fmt: skip
    shutil.copy(kept, course / "gradebook.db")
    assert small_class.marks(course) == MARKS
