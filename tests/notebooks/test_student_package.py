"""What students install: few files, few dependencies, and the same bytes everywhere."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.notebooks.student_package import PROJECT, STUDENT_FILES, StudentPackageError, student_package


@pytest.fixture
def project(tmp_path):
    """A copy of what the wheel is made from."""
    return copy_project(tmp_path / "project")


def copy_project(target: Path) -> Path:
    target.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(PROJECT / name, target)
    shutil.copytree(PROJECT / "autograder", target / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    return target


def unpack(package, folder):
    path = folder / package.wheel_name
    path.write_bytes(package.wheel)
    return zipfile.ZipFile(path)


def test_the_wheel_holds_what_a_check_needs_and_no_grader(tmp_path):
    names = unpack(student_package(), tmp_path).namelist()
    top = {name.split("/")[1] for name in names if name.startswith("autograder/")}
    assert top == {"__init__.py", "errors.py", "results.py", "check.py", "lesson", "probe", "properties", "report"}
    assert [name for name in names if name.startswith("autograder/report/")] == [
        "autograder/report/__init__.py",
        "autograder/report/content.py",
        "autograder/report/grids.py",
        "autograder/report/notebook.py",
        "autograder/report/safe_text.py",
        "autograder/report/text.py",
    ]


def test_the_wheel_needs_the_base_dependencies_alone(tmp_path):
    metadata = unpack(student_package(), tmp_path).read("autograder-0.1.0.dist-info/METADATA").decode()
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist")]
    assert [line.split()[1].split("==")[0] for line in required] == [
        "torch",
        "hypothesis",
        "matplotlib",
        "scikit-image",
        "scikit-learn",
    ]
    assert all("==" in line for line in required)
    assert "Provides-Extra" not in metadata


def test_the_requirements_name_the_wheel_beside_them_and_the_notebooks_server():
    package = student_package()
    lines = [line for line in package.requirements.splitlines() if not line.startswith("#")]
    assert lines[0] == f"./{package.wheel_name}"
    assert lines[1].startswith("jupyterlab==")
    assert len(lines) == 2


def test_pip_installs_the_wheel_and_its_record_is_right(tmp_path):
    package = student_package()
    unpack(package, tmp_path)
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    command += ["--disable-pip-version-check", "--no-warn-conflicts"]
    command += ["--target", str(tmp_path / "site"), str(tmp_path / package.wheel_name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "autograder" / "check.py").is_file()


def test_the_same_contents_give_the_same_bytes_whatever_the_times_modes_and_leftovers(tmp_path):
    one, other = copy_project(tmp_path / "one"), copy_project(tmp_path / "two")
    for path in other.rglob("*.py"):
        os.utime(path, (0, 0))
        path.chmod(0o777)
    (other / "autograder" / "probe" / "__pycache__").mkdir()
    (other / "autograder" / "probe" / "__pycache__" / "steps.cpython-311.pyc").write_bytes(b"\0")
    (other / "README.md").write_text("Another text.", encoding="utf-8")
    assert student_package(one) == student_package(other)


def test_nothing_in_the_wheel_is_compressed(tmp_path):
    assert {item.compress_type for item in unpack(student_package(), tmp_path).infolist()} == {zipfile.ZIP_STORED}


def test_a_missing_file_is_named(project):
    (project / "autograder" / "check.py").unlink()
    with pytest.raises(StudentPackageError, match=r"lacks autograder/check.py"):
        student_package(project)


@pytest.mark.parametrize(
    "line",
    [
        "from autograder.sandbox import wire",
        "import autograder.sandbox.wire",
        "def f():\n    import autograder.sandbox",
    ],
)
def test_a_student_file_that_imports_the_grader_is_refused(project, line):
    with (project / "autograder" / "probe" / "steps.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(StudentPackageError, match=r"autograder/probe/steps.py imports autograder.sandbox"):
        student_package(project)


def test_a_student_file_that_is_not_python_is_refused(project):
    (project / "autograder" / "check.py").write_text("def check(:\n", encoding="utf-8")
    with pytest.raises(StudentPackageError, match=r"autograder/check.py is not valid Python.*line 1"):
        student_package(project)


def test_an_import_for_types_alone_is_no_dependency(project):
    with (project / "autograder" / "errors.py").open("a", encoding="utf-8") as file:
        file.write("\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from autograder.sandbox import wire\n")
    student_package(project)


def test_an_unpinned_server_is_refused(project):
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    (project / "pyproject.toml").write_text(text.replace('"jupyterlab==', '"jupyterlab>='), encoding="utf-8")
    with pytest.raises(StudentPackageError, match="does not pin jupyterlab"):
        student_package(project)


def test_without_the_projects_source_there_is_nothing_to_pack(tmp_path):
    with pytest.raises(StudentPackageError, match=r"no pyproject.toml"):
        student_package(tmp_path)


def test_the_list_of_files_has_no_duplicates():
    assert len(set(STUDENT_FILES)) == len(STUDENT_FILES)
