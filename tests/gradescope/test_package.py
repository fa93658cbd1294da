"""The zip: what is in it, what is not, and that it is the same every time."""

import io
import os
import re
import stat
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import small_class
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from rich.console import Console
from tests_support import ROOT, make_course

from autograder.course import Course
from autograder.errors import AutograderError, UsageError
from autograder.gradescope import wheel
from autograder.gradescope.command import gradescope_command
from autograder.gradescope.package import package
from autograder.grading.assignment import NotBuilt
from autograder.grading.order import order_of
from autograder.grading.settings import GradingSettings

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return Course(make_course(tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="module")
def members(course: Course) -> dict[str, bytes]:
    return contents(package(course, "conv_layer").content)


@pytest.fixture
def tiny(tmp_path: Path) -> Course:
    return Course(small_class.write_course(tmp_path / "course"))


def contents(zipped: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def gradescope(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "gradescope", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_what_gradescope_asks_for_lies_at_the_top(members: dict[str, bytes]) -> None:
    assert {"setup.sh", "run_autograder"} <= members.keys()
    assert members["run_autograder"].startswith(b"#!/usr/bin/env bash\n")


def test_it_holds_the_release_and_grades_from_the_same_seed(course: Course, members: dict[str, bytes]) -> None:
    released = {name: content for name, content in members.items() if name.startswith("release/")}
    folder = course.root / "release" / "conv_layer"
    assert released == {f"release/conv_layer/{path.name}": path.read_bytes() for path in folder.iterdir()}
    assert int(members[".autograder/seed"]) == course.seed()


def test_unpacked_it_is_a_course_that_asks_the_same(course: Course, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(package(course, "conv_layer").content)) as archive:
        archive.extractall(tmp_path)
    there, here = (order_of(where, "conv_layer", GradingSettings()) for where in (Course.find(tmp_path), course))
    assert there.digest == here.digest


def test_no_solution_is_in_it_in_any_form(course: Course, members: dict[str, bytes]) -> None:
    module = course.module("conv_layer").read_text()
    solutions = [solution.strip() for solution in SOLUTION.findall(module)]
    assert len(solutions) == 14
    known = _unpacked({name: content for name, content in members.items() if name.startswith("release/")})
    everything = _unpacked(members)
    texts = b"\n".join(everything.values())
    assert b"def corr2d" in texts  # the stub: a search in what is compressed would find nothing
    assert [solution for solution in solutions if solution.encode() in texts] == []
    # Nor a line of one, but for those that students are given with the mistakes that a check can name.
    given = SOLUTION.sub("", module).encode() + b"\n".join(known.values())
    lines = {line.strip().encode() for solution in solutions for line in solution.splitlines()}
    assert [line for line in lines if len(line) > 20 and line not in given and line in texts] == []
    assert not any(Path(name).name == "conv_layer.py" for name in everything)


def _unpacked(members: dict[str, bytes]) -> dict[str, bytes]:
    """The members, and those of the wheels among them."""
    wheels = [name for name in members if name.endswith(".whl")]
    return members | {f"{name}/{inner}": text for name in wheels for inner, text in contents(members[name]).items()}


def test_the_instructors_own_settings_stay_at_home(tiny: Course) -> None:
    (tiny.root / "nbgrader_config.py").write_text("c.CourseDirectory.db_url = 'postgresql://me:secret@host/grades'\n")
    found = contents(package(tiny, "tiny").content)
    assert found["nbgrader_config.py"].startswith(b"#")
    assert len(found["nbgrader_config.py"].splitlines()) == 1
    assert not any(b"secret@host" in content for content in found.values())


def test_only_what_was_released_comes_along(tiny: Course) -> None:
    before = package(tiny, "tiny").content
    for stray in (
        "__pycache__/questions.cpython-311.pyc",
        ".ipynb_checkpoints/tiny-checkpoint.ipynb",
        ".notes",
        "solved.ipynb",
    ):
        path = tiny.release("tiny") / stray
        path.parent.mkdir(exist_ok=True)
        path.write_text("stray")
    assert package(tiny, "tiny").content == before


def test_it_is_the_same_on_every_run(course: Course, tmp_path: Path) -> None:
    made = []
    for number, (mask, zone) in enumerate([("022", "UTC"), ("077", "Asia/Tokyo")]):
        for path in (course.root / "release" / "conv_layer").iterdir():
            path.chmod(0o600 if number else 0o644)
            os.utime(path, (10**9 * number, 10**9 * number))
        target = tmp_path / f"{number}.zip"
        command = ["bash", "-c", f'umask {mask} && exec "$@"', "bash", sys.executable, "-m", "autograder", "gradescope"]
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(number)}
        subprocess.run([*command, "conv_layer", "--to", str(target)], cwd=course.root, env=environment, check=True)
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_modes_are_fixed_and_the_seed_is_private(course: Course) -> None:
    with zipfile.ZipFile(io.BytesIO(package(course, "conv_layer").content)) as archive:
        modes = {item.filename: stat.S_IMODE(item.external_attr >> 16) for item in archive.infolist()}
    assert {name for name, mode in modes.items() if mode == 0o755} == {"setup.sh", "run_autograder"}
    assert {name for name, mode in modes.items() if mode == 0o600} == {".autograder/seed"}
    assert set(modes.values()) == {0o755, 0o600, 0o644}


def test_the_wheel_is_the_whole_package_as_it_runs(members: dict[str, bytes]) -> None:
    name, built = wheel.grader_wheel()
    assert members[name] == built
    installed = contents(built)
    folder = ROOT / "autograder"
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {f"autograder/{path.relative_to(folder)}": path.read_bytes() for path in files} == {
        name: content for name, content in installed.items() if ".dist-info/" not in name
    }


def test_requirements_are_the_projects_own_and_none_is_for_development(members: dict[str, bytes]) -> None:
    pins = _pins(members["requirements.txt"].decode())
    project = _pins((ROOT / "requirements.txt").read_text())
    project["setuptools"] = pins["setuptools"]  # PyTorch needs it, and every environment has one
    assert pins.items() <= project.items()
    assert {"torch", "hypothesis", "nbformat", "ipython", "pyseccomp", "scikit-image", "psycopg-binary"} <= pins.keys()
    assert not pins.keys() & {"pytest", "ruff", "mypy", "playwright", "coverage", "autograder"}


def test_every_python_3_11_takes_these_packages(members: dict[str, bytes]) -> None:
    # The systems' own are 3.11.0 and 3.11.2.
    for name in _pins(members["requirements.txt"].decode()):
        wanted = metadata.metadata(name).get("Requires-Python")
        assert wanted is None or SpecifierSet(wanted).contains("3.11.0"), (name, wanted)


def _pins(requirements: str) -> dict[str, str]:
    lines = [line for line in requirements.splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def test_an_assignment_that_is_not_built_is_refused(tiny: Course) -> None:
    tiny.master("tiny").unlink()
    finished = gradescope(tiny.root, "tiny")
    assert finished.returncode == 1
    assert "tiny has no release." in finished.stderr
    assert "python -m autograder build tiny" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not list(tiny.root.glob("*.zip"))


def test_one_that_is_built_from_other_questions_is_refused(tiny: Course) -> None:
    questions = tiny.questions("tiny")
    questions.write_text(questions.read_text().replace("Twice the number.", "Double."))
    with pytest.raises(NotBuilt, match=r"out of date.*build tiny"):
        package(tiny, "tiny")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing", None, ""), "no assignment 'nothing'"),
        (("tiny", Path("out.tar"), ""), "no name for a zip"),
        (("tiny", Path("no/such/out.zip"), ""), "no folder no/such"),
        (("tiny", None, "ftp://x"), "no address of a package index"),
        (("tiny", None, "https://x/ y"), "no address of a package index"),
    ],
)
def test_wrong_use_is_told_in_sentences(
    tiny: Course, arguments: tuple[str, Path | None, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny.root)
    with pytest.raises(UsageError, match=words):
        gradescope_command(tiny, *arguments, Console())
    assert not list(tiny.root.glob("*.zip"))


def test_the_zip_lies_where_it_is_asked_for_and_what_to_choose_is_told(tiny: Course) -> None:
    finished = gradescope(tiny.root, "tiny")
    assert finished.returncode == 0, finished.stderr
    assert (tiny.root / "gradescope-tiny.zip").read_bytes() == package(tiny, "tiny").content
    for words in ("3 GB of memory", "10 minutes", "keep it to yourself"):
        assert words in finished.stderr


def test_pytorch_may_come_from_an_index_of_its_own(tiny: Course) -> None:
    finished = gradescope(tiny.root, "tiny", "--to", "other.zip", "--index-url", "https://example.org/whl/cpu")
    assert finished.returncode == 0, finished.stderr
    found, usual = contents((tiny.root / "other.zip").read_bytes()), contents(package(tiny, "tiny").content)
    assert b"torch_index=https://example.org/whl/cpu\n" in found["settings.sh"]
    assert [name for name in usual if found[name] != usual[name]] == ["settings.sh"]


def test_what_an_assignment_allows_is_what_is_to_be_chosen(tiny: Course) -> None:
    for questions in (tiny.questions("tiny"), tiny.release("tiny") / "questions.py"):
        text = questions.read_text().replace("import Question, plain", "import Question, SubmissionLimits, plain")
        questions.write_text(f"{text}\nLIMITS = SubmissionLimits(submission_s=900, memory_mb=4000)\n")
    made = package(tiny, "tiny")
    assert (made.memory_gb, made.timeout_minutes) == (5, 20)
    assert b"time_limit_s=1140\n" in contents(made.content)["settings.sh"]


def test_the_address_of_an_index_cannot_become_a_command(tiny: Course) -> None:
    found = contents(package(tiny, "tiny", "https://x/$(touch${IFS}here)';touch${IFS}here;'").content)
    said = subprocess.run(
        ["bash", "-c", '. ./settings.sh; printf %s "$torch_index"'],
        input=None, cwd=_write(tiny.root / "out", found), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout == "https://x/$(touch${IFS}here)';touch${IFS}here;'"
    assert not (tiny.root / "out" / "here").exists()
    with pytest.raises(UsageError):
        package(tiny, "tiny", "https://x/\ntouch here")


def _write(folder: Path, members: dict[str, bytes]) -> Path:
    folder.mkdir()
    (folder / "settings.sh").write_bytes(members["settings.sh"])
    return folder


def test_a_package_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(AutograderError, match="is not installed"):
        wheel.grading_requirements()
