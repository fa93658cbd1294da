"""nbgrader makes the student version, and the solution module never goes with it."""

import logging
import os
import subprocess
import sys

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI

from autograder.notebooks.release import ReleaseError, course_config, generate_release, require_valid_cells
from autograder.notebooks.source import source_notebook, write_notebook


@pytest.fixture
def ready(course, points):
    """A course whose source notebook has been made."""
    folder = course / "source" / "mini"
    write_notebook(source_notebook(folder / "mini.py", points), folder / "mini.ipynb")
    return course


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def cells(folder):
    return {cell.id: cell for cell in nbformat.read(folder / "mini.ipynb", as_version=4).cells}


def test_the_answers_are_cut_and_the_docstring_stays(ready):
    found = cells(generate_release(ready, "mini", "source", "release"))
    assert found["double"].source == 'def double(x):\n    """Return twice x."""\n    raise NotImplementedError'
    assert found["why"].source == "Your answer here."
    assert found["check-double"].source.endswith('check("double")')


def test_given_and_check_cells_are_locked(ready):
    found = cells(generate_release(ready, "mini", "source", "release"))
    for name in ("setup", "check-double"):
        assert (found[name].metadata.editable, found[name].metadata.deletable) == (False, False)
    assert "editable" not in found["double"].metadata


def test_it_does_not_depend_on_the_working_folder_prints_nothing_and_touches_no_database(
    ready, tmp_path, monkeypatch, capfd
):
    monkeypatch.chdir(tmp_path)
    release = generate_release(ready, "mini", "source", "release")
    assert release.samefile(ready / "release" / "mini")
    assert os.getcwd() == str(tmp_path)
    assert capfd.readouterr() == ("", "")
    assert not (ready / "gradebook.db").exists()


def test_other_files_go_along_and_the_solution_module_and_caches_stay(ready):
    folder = ready / "source" / "mini"
    for name in ("__pycache__/mini.cpython-311.pyc", ".ipynb_checkpoints/mini-checkpoint.ipynb", ".hypothesis/x"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}", encoding="utf-8")
    release = generate_release(ready, "mini", "source", "release")
    assert names(release) == ["figures.py", "mini.ipynb", "questions.py"]


@pytest.mark.parametrize("known", [True, False], ids=["listed in ignore", "written after the server started"])
def test_formgraders_button_does_not_release_the_solution_module(ready, known):
    config = course_config(ready)
    assert "mini.py" in config.CourseDirectory.ignore
    if not known:
        config.CourseDirectory.ignore.remove("mini.py")
    result = NbGraderAPI(config=config).generate_assignment("mini")
    assert result["success"], result
    assert names(ready / "release" / "mini") == ["figures.py", "mini.ipynb", "questions.py"]
    assert (ready / "source" / "mini" / "mini.py").exists()


def test_the_nbgrader_command_makes_the_same_release_as_we_do(ready):
    ours = (generate_release(ready, "mini", "source", "ours") / "mini.ipynb").read_bytes()
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "mini", "--force"]
    done = subprocess.run(command, cwd=ready, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert names(ready / "release" / "mini") == ["figures.py", "mini.ipynb", "questions.py"]
    assert (ready / "release" / "mini" / "mini.ipynb").read_bytes() == ours


def test_what_nbgrader_says_is_passed_on(ready):
    notebook = nbformat.read(ready / "source" / "mini" / "mini.ipynb", as_version=4)
    notebook.cells[0].source = "### BEGIN SOLUTION"
    nbformat.write(notebook, ready / "source" / "mini" / "mini.ipynb")
    with pytest.raises(ReleaseError, match=r"student version of mini.*no end solution statement found"):
        generate_release(ready, "mini", "source", "release")


def test_a_folder_without_the_configuration_is_no_course(tmp_path):
    with pytest.raises(ReleaseError, match=r"no nbgrader_config.py"):
        generate_release(tmp_path, "mini", "source", "release")


def test_a_cut_that_leaves_broken_code_is_refused_by_the_cells_name(tmp_path):
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell("%matplotlib inline\nawait something", id="fine")]
    nbformat.write(notebook, tmp_path / "a.ipynb")
    require_valid_cells(tmp_path / "a.ipynb")
    notebook.cells.append(nbformat.v4.new_code_cell("if True:\nraise NotImplementedError", id="corr2d"))
    nbformat.write(notebook, tmp_path / "a.ipynb")
    with pytest.raises(ReleaseError, match=r"cell 'corr2d' is not valid Python.*line 2"):
        require_valid_cells(tmp_path / "a.ipynb")


def test_loading_the_configuration_leaves_the_log_alone(ready):
    before = list(logging.getLogger().handlers)
    course_config(ready)
    assert logging.getLogger().handlers == before
