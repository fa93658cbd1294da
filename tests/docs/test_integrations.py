"""Every command in docs/integrations.md does what it says, in the order in which they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests_support import ROOT, make_course, write_answers

PAGE = (ROOT / "docs" / "integrations.md").read_text()
COMMANDS = [
    line for block in re.findall(r"^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL) for line in block.splitlines()
]
# A right answer to one question of eight is below the pass mark that the page names.
EXIT_CODES = {"--fail-under": 3}
# What a command writes, by a part of it.
WRITTEN = {
    "--junit": ("junit.xml", "summary.md"),
    "collect.sh": ("submitted/ann/conv_layer/conv_layer.ipynb", "submitted/ben/conv_layer/conv_layer.ipynb"),
    "report conv_layer": (".autograder/report/conv_layer.html",),
    "--to class.html": ("class.html",),
    "--to=canvas.csv": ("canvas.csv",),
    "--to=moodle.csv": ("moodle.csv",),
    "--to=class.parquet": ("class.parquet",),
    "--to=class.csv": ("class.csv",),
    "gradescope conv_layer": ("gradescope-conv_layer.zip",),
    "--to conv_layer.zip": ("conv_layer.zip",),
    "--html": ("feedback.html",),
}
ANSWER = (ROOT / "tests" / "submissions" / "conv_layer" / "right" / "corr2d" / "shifted_slices.py").read_text()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the workflows copied in, a notebook beside it, and two students' repositories on a server."""
    folder = tmp_path_factory.mktemp("doors")
    (folder / "course").mkdir()
    course = make_course(folder / "course")
    shutil.copytree(ROOT / "integrations", course / "integrations")
    release = course / "release" / "conv_layer" / "conv_layer.ipynb"
    write_answers(release, course / "conv_layer.ipynb", {"corr2d": ANSWER})
    for student in ("ann", "ben"):
        repository = folder / "server" / "org" / f"{student}.git"
        repository.mkdir(parents=True)
        shutil.copy(course / "conv_layer.ipynb", repository)
        for command in ("init --quiet", "add .", "-c user.name=x -c user.email=x@example.org commit --quiet -m x"):
            subprocess.run(["git", *command.split()], cwd=repository, check=True)
    (course / "students.txt").write_text("org/ann ann\norg/ben ben\n")
    return course


def test_the_commands_of_the_page_work_in_order(course: Path) -> None:
    assert len(COMMANDS) > 12
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "GITHUB_ACTIONS": "", "GITLAB_CI": ""}
    server = (course.parent / "server").as_uri()
    for command in COMMANDS:
        here = command.replace("https://github.com", server)
        done = subprocess.run(
            ["bash", "-c", here], cwd=course, env=environment, capture_output=True, text=True, check=False
        )
        wanted = next((code for part, code in EXIT_CODES.items() if part in command), 0)
        assert done.returncode == wanted, f"{command}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr
        for part, names in WRITTEN.items():
            if part in command:
                for name in names:
                    assert (course / name).stat().st_size > 0, f"{command} wrote no {name}"


def test_every_file_that_is_looked_for_belongs_to_a_command() -> None:
    assert [part for part in WRITTEN if not any(part in command for command in COMMANDS)] == []
