"""The released folder in a virtual environment of its own, outside the repository, as a student has it.

A real ``pip install -r requirements.txt`` fetches gigabytes, takes minutes and needs the internet, which no test may.
So the base dependencies, and what they require in turn, are linked from the environment that runs the tests into an
empty one, and nothing else is: no part of this repository, nothing that only graders need. pip then installs the
released wheel without an index, and refuses it unless all that it requires is there in the versions that it names;
and all code of the solved notebook runs. A dependency that is not declared, or a file that the wheel lacks, is seen.
What is left out is JupyterLab, which requirements.txt names besides: the cells run without a kernel, one after another.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement
from tests_support import ROOT, make_course

# Runs cells as a kernel would, one namespace for all; what a check cell's last line is worth is printed as JSON.
RUN = """
import json, sys
namespace = {"__name__": "__main__"}
for name, source in json.load(open(sys.argv[1], encoding="utf-8")):
    *lines, last = source.rstrip().splitlines() if name.startswith("check-") else (source, "None")
    exec(compile("\\n".join(lines), name, "exec"), namespace)
    report = eval(last, namespace)
    if report is not None:
        print(json.dumps([name, report.result.score, report.result.max_score]))
import autograder
print(json.dumps(["from", autograder.__file__, 0]))
"""


def required(names: list[str], known: set[str]) -> Iterator[str]:
    """The requirements of this name and all that these have, each distribution once."""
    for requirement in map(Requirement, names):
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and requirement.name.lower() not in known:
            known.add(requirement.name.lower())
            yield requirement.name
            yield from required(distribution(requirement.name).requires or [], known)


def base_dependencies() -> list[str]:
    """What pyproject.toml says that students need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names: list[str] = project["project"]["dependencies"]
    return names


def link(name: str, site: Path) -> None:
    """Put an installed distribution into another environment's folder; scripts are left out."""
    installed = distribution(name)
    for top in {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}:
        if not (site / top).exists():
            (site / top).symlink_to(Path(str(installed.locate_file(top))).resolve())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a student was given."""
    ignore = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(ROOT / "release" / "conv_layer", tmp_path / "conv_layer", ignore=ignore))


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The interpreter of an empty environment."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    return tmp_path / "venv" / "bin" / "python"


def site_of(python: Path) -> Path:
    (site,) = (python.parents[1] / "lib").glob("python*/site-packages")
    return site


def install(python: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """pip, from outside, with the wheel that requirements.txt names."""
    (wheel,) = [line for line in (folder / "requirements.txt").read_text().splitlines() if line.startswith("./")]
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "--python", str(python)]
    return subprocess.run(
        [*pip, "install", "--no-index", wheel], cwd=folder, env=plain(), capture_output=True, text=True, check=False
    )


def plain() -> dict[str, str]:
    """An environment that leads to nothing of the repository's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "MPLBACKEND": "agg"}


def solved(folder: Path, course: Path) -> list[tuple[str, str]]:
    """The release's code cells, by name, with the instructor's solutions in the student's cells."""
    solutions = nbformat.read(course / "source" / "conv_layer" / "conv_layer.ipynb", as_version=4)
    sources = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in solutions.cells}
    cells = []
    for cell in nbformat.read(folder / "conv_layer.ipynb", as_version=4).cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code":
            source = sources[marks["grade_id"]] if marks.get("solution") else cell.source
            cells.append((marks.get("grade_id", cell.id), source))
    return cells


def test_a_student_with_the_released_folder_and_pip_can_work(folder: Path, python: Path, tmp_path: Path) -> None:
    for name in required(base_dependencies(), set()):
        link(name, site_of(python))
    installed = install(python, folder)
    assert installed.returncode == 0, installed.stderr
    (tmp_path / "course").mkdir()
    (tmp_path / "cells.json").write_text(json.dumps(solved(folder, make_course(tmp_path / "course"))))
    done = subprocess.run(
        [python, "-c", RUN, tmp_path / "cells.json"],
        cwd=folder,
        env=plain(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    *checks, (_, origin, _) = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('["')]
    assert Path(origin).is_relative_to(site_of(python))
    assert sum(most for _, _, most in checks) == 40
    assert [name for name, score, most in checks if score < most] == []


def test_a_base_dependency_that_is_not_there_is_seen(folder: Path, python: Path) -> None:
    for name in set(required(base_dependencies(), set())) - {"hypothesis"}:
        link(name, site_of(python))
    refused = install(python, folder)
    assert refused.returncode != 0
    assert "hypothesis" in refused.stderr
