"""A build is proved by grading it, and either replaces the release whole or changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.errors import AutograderError
from autograder.notebooks.build import BuildRefusedError, build, build_with_points
from autograder.notebooks.markers import SourceError
from autograder.notebooks.release import ReleaseError
from autograder.results import CheckResult, CheckStatus, QuestionResult, Result, ResultStatus

# The wheel's name has the version in it, which the tests do not mind.
FILES = ["figures.py", "mini.ipynb", "questions.py", "requirements.txt"]


def prove(master: Path, notebook: Path) -> Result:
    """Grades the small course's notebook by running it here: 3 points when `double` doubles."""
    assert master.parent.parent.name == "release"
    namespace: dict[str, object] = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.id in ("setup", "double"):
            exec(cell.source, namespace)
    try:
        right = namespace["double"](21) == 42
    except NotImplementedError:
        right = False
    status = CheckStatus.PASSED if right else CheckStatus.FAILED
    check = CheckResult("double:values", "double", "doubles", 3.0 if right else 0.0, 3.0, status, "not twice")
    return result(notebook, QuestionResult("double", (check,)))


def result(notebook, *questions, status=ResultStatus.GRADED, message=""):
    return Result(str(notebook), "mini", "", 3.0, status, 0, "cpu", 0.0, message, questions)


def tree(folder):
    """Every file's permissions and bytes, by name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes()) for path in files}


def edit(course, old, new):
    module = course / "source" / "mini" / "mini.py"
    text = module.read_text(encoding="utf-8")
    assert old in text
    module.write_text(text.replace(old, new), encoding="utf-8")


def without_wheel(files):
    return [name for name in files if not name.endswith(".whl")]


def test_a_release_has_what_a_student_needs_and_not_the_solution(course, points):
    built = build_with_points(course, "mini", points, prove)
    assert without_wheel(built.files) == FILES
    assert [name.split("-")[0] for name in built.files if name.endswith(".whl")] == ["autograder"]
    assert sorted(path.name for path in built.release.iterdir()) == sorted(built.files)
    assert not any(b"return 2 * x" in path.read_bytes() for path in built.release.iterdir())
    assert built.max_score == 3.0


def test_the_source_folder_gets_what_nbgrader_needs_to_make_the_same_release(course, points):
    built = build_with_points(course, "mini", points, prove)
    assert built.source_notebook == course / "source" / "mini" / "mini.ipynb"
    in_source = {path.name for path in built.source_notebook.parent.iterdir()}
    assert in_source == {*built.files, "mini.py"}


def test_nothing_unfinished_is_left_behind(course, points):
    build_with_points(course, "mini", points, prove)
    assert list((course / ".autograder").iterdir()) == []


def test_building_again_changes_no_byte(course, points):
    first = tree(build_with_points(course, "mini", points, prove).release)
    assert tree(build_with_points(course, "mini", points, prove).release) == first


def test_files_that_are_no_longer_made_leave_the_release_and_old_wheels_leave_the_source(course, points):
    release = build_with_points(course, "mini", points, prove).release
    (release / "stale.py").write_text("", encoding="utf-8")
    (course / "source" / "mini" / "figures.py").unlink()
    old_wheel = course / "source" / "mini" / "autograder-0.0.1-py3-none-any.whl"
    old_wheel.write_bytes(b"")
    files = build_with_points(course, "mini", points, prove).files
    assert without_wheel(files) == ["mini.ipynb", "questions.py", "requirements.txt"]
    assert old_wheel.name not in files
    assert not old_wheel.exists()


def test_files_and_their_permissions_are_the_same_elsewhere(make_course, tmp_path):
    settings = [(0o022, "UTC", "1"), (0o077, "Asia/Kathmandu", "2")]
    one, other = [build_elsewhere(make_course(tmp_path / seed), mask, zone, seed) for mask, zone, seed in settings]
    assert one == other


def build_elsewhere(root, umask, zone, seed):
    """Build in another process with these settings, and return its release's tree."""
    program = (
        "import os, sys; from pathlib import Path; os.umask(int(sys.argv[2]));"
        "from autograder.notebooks.build import build_with_points;"
        "build_with_points(Path(sys.argv[1]), 'mini', {'double': 3.0}, None)"
    )
    command = [sys.executable, "-c", program, str(root), str(umask)]
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("", "")
    return tree(root / "release")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("return 2 * x", "return 3 * x", r"solution.* 0 points and must get 3.*'double', doubles: 0 of 3",
                     id="wrong solution"),
        pytest.param("    ### BEGIN SOLUTION\n    return 2 * x\n",
                     "    return 2 * x\n    ### BEGIN SOLUTION\n    pass\n",
                     r"untouched release.* 3 points and must get 0.*'double', doubles: 3 of 3", id="nothing cut"),
    ],
)  # fmt: skip
def test_a_build_that_grades_wrong_is_refused_and_changes_nothing(course, points, old, new, said):
    build_with_points(course, "mini", points, prove)
    edit(course, old, new)
    before = tree(course)
    with pytest.raises(BuildRefusedError, match=f"(?s){said}"):
        build_with_points(course, "mini", points, prove)
    assert tree(course) == before


def test_a_solution_that_cannot_be_graded_is_refused_with_the_reason(course, points):
    def broken(master, notebook):
        return result(notebook, status=ResultStatus.ERROR, message="The worker did not start.")

    with pytest.raises(BuildRefusedError, match=r"could not be graded.*worker did not start"):
        build_with_points(course, "mini", points, broken)
    assert not (course / "release").exists()


def test_a_cut_that_leaves_broken_code_is_refused_by_the_cells_name(course, points):
    begin, end = "### BEGIN SOLUTION", "### END SOLUTION"
    edit(course, begin, f"y = (\n    {begin}\n    x\n    {end}\n    )\n    {begin}")
    with pytest.raises(ReleaseError, match="cell 'double' is not valid Python"):
        build_with_points(course, "mini", points, prove)
    assert not (course / "release").exists()


def test_a_module_that_is_no_python_is_refused_with_its_line(course, points):
    edit(course, "### BEGIN SOLUTION", "### BEGIN SOLUTION\n    (")
    with pytest.raises(SourceError, match=r"mini.py, line \d+ is no Python: '\(' was never closed"):
        build_with_points(course, "mini", points, prove)


def test_a_broken_module_changes_nothing(course, points):
    build_with_points(course, "mini", points, prove)
    edit(course, "given: setup", "givn: setup")
    before = tree(course)
    with pytest.raises(SourceError, match="givn: setup"):
        build_with_points(course, "mini", points, prove)
    assert tree(course) == before


@pytest.mark.parametrize("name", ["other", "../mini", "", "mini/"])
def test_an_assignment_that_is_not_there_is_an_error_that_names_those_that_are(course, name):
    with pytest.raises(AutograderError, match=r"no assignment.*has mini"):
        build(course, name, prove)


def test_the_points_come_from_the_questions_file(course):
    (course / "source" / "mini" / "questions.py").write_text("QUESTIONS = 1 / 0\n", encoding="utf-8")
    with pytest.raises(AutograderError, match=r"questions.py cannot be loaded: ZeroDivisionError"):
        build(course, "mini", prove)
