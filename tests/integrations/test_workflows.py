"""The workflows that instructors copy, run as they stand on a right, a wrong and a hostile student's repository."""

import base64
import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from small_class import AREA, DOUBLE, NAME, write_course
from tests_support import write_answers
from workflow_runner import INTEGRATIONS, Machine, Ran, commit, git, load, make_environment, run_github, run_gitlab

WRONG = {"double": "def double(x):\n    return x * x\n", "area": AREA}
SEED = "202611281746"
# What GitLab's runner sets to the job's token, or puts it into.
TOKENS = ("CI_JOB_TOKEN", "CI_REGISTRY_PASSWORD", "CI_DEPENDENCY_PROXY_PASSWORD")
ALL = INTEGRATIONS.rglob("*.yml")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(make_environment(tmp_path_factory.mktemp("venv")), tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instructor's repository: sources and solutions, the lists of students, and what collects."""
    folder = write_course(tmp_path_factory.mktemp("server") / "course")
    shutil.copytree(INTEGRATIONS, folder / "integrations")
    lines = [f"class/{student} {student}" for student in ("ann", "cem", "eve", "lin")]
    (folder / "students.txt").write_text("# the class\n\n" + "\n".join(lines))
    for made in folder.glob("source/*/*.ipynb"):
        made.unlink()
    return commit(folder)


@pytest.fixture(scope="module")
def grader(course: Path) -> Path:
    """The repository that students may read: the course without its sources."""
    folder = course.parent / "your-org" / "conv-grader.git"
    folder.mkdir(parents=True)
    shutil.copy(course / "nbgrader_config.py", folder)
    shutil.copytree(course / "release", folder / "release")
    shutil.copytree(folder, course.parent / "your-group" / "conv-grader.git")
    commit(course.parent / "your-group" / "conv-grader.git")
    return commit(folder)


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What would be there if anything of the hostile repository had been run."""
    return tmp_path_factory.mktemp("trace") / "ran"


@pytest.fixture(scope="module")
def students(course: Path, trace: Path) -> Path:
    """The students' repositories: ann's is right, cem's is wrong, eve's is cem's with traps, lin's is a link."""
    folder = course.parent / "class"
    released = course / "release" / NAME / f"{NAME}.ipynb"
    for student, answers in (("ann", {"double": DOUBLE, "area": AREA}), ("cem", WRONG), ("eve", WRONG)):
        write_answers(released, folder / f"{student}.git" / f"{NAME}.ipynb", answers)
    set_traps(folder / "eve.git", trace)
    (folder / "lin.git").mkdir()
    (folder / "lin.git" / f"{NAME}.ipynb").symlink_to(folder / "ann.git" / f"{NAME}.ipynb")
    for repository in folder.iterdir():
        commit(repository)
    return folder


def set_traps(repository: Path, trace: Path) -> None:
    """Files that leave a trace, and say that all is right, where a careless grader ran, imported or read them."""
    python = f"open({str(trace)!r}, 'a').write(__file__)\n"
    forged = f"{python}import sys\nprint('Points 5/5')\nsys.exit(0)\n"
    shell = f"echo shell >> {trace}\n"
    job = {"script": [shell], "before_script": [shell], "run": shell}
    files = {
        **dict.fromkeys(("conftest.py", "sitecustomize.py", "usercustomize.py", "nbgrader_config.py"), python),
        **dict.fromkeys(("questions.py", "setup.py", "torch.py", "json.py", "typer.py", "nbformat.py"), forged),
        **{f"autograder/{name}.py": forged for name in ("__init__", "__main__", "cli")},
        **dict.fromkeys(("release/tiny/questions.py", f"source/{NAME}/questions.py", "pip/__main__.py"), forged),
        **dict.fromkeys(("Makefile", "GNUmakefile"), f"all:\n\t{shell}"),
        **dict.fromkeys((".bashrc", ".bash_profile", ".envrc", "integrations/collect.sh", "post-checkout"), shell),
        **dict.fromkeys((".gitlab-ci.yml", ".github/workflows/grade.yml"), json.dumps({"grade": job})),
        ".gitattributes": "* filter=trap\n",
        ".gitconfig": f'[filter "trap"]\n\tsmudge = sh -c "{shell.strip()}"\n[core]\n\thooksPath = .\n',
        ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "{shell.strip()}"\n',
        ".lfsconfig": "[lfs]\n\turl = https://evil.example\n",
        "requirements.txt": "./evil\n",
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p conftest'\n",
        "results/junit.xml": "<testsuites/>",
        "students.txt": "class/ann eve\n",
        ".autograder/seed": "1\n",
    }
    for name, text in files.items():
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text(text)
    (repository / "results" / "classroom.json").symlink_to("/etc/passwd")


@pytest.mark.parametrize("workflow", sorted(ALL), ids=lambda path: path.name)
def test_each_workflow_is_valid_by_its_schema(workflow: Path) -> None:
    github = workflow.parent.name == "github"
    how = ["vendor.github-workflows"] if github else ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *how, str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned_and_no_expression_stands_in_a_script() -> None:
    for name in ("grade.yml", "collect.yml"):
        (job,) = load(f"github/{name}")["jobs"].values()
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            version = step.get("uses", "@").partition("@")[2]
            assert len(version) in (0, 40) or step["uses"].startswith("classroom-resources/")
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False
        assert load(f"github/{name}")["permissions"] == {"contents": "read"}


def graded_on_github(machine: Machine, grader: Path, repository: Path, workspace: Path) -> Ran:
    """What the workflow makes of a student's repository."""
    workflow = load("github/grade.yml")
    inputs = {"inputs.assignment": NAME, "inputs.fail-under": "80%"}
    tokens = {"secrets.GRADER_TOKEN || github.token": "", "steps.grade.outputs.result": ""}
    workspace.mkdir()
    repositories = {"your-org/conv-grader": grader, "": repository}
    return run_github(machine, workflow, workspace, repositories, {**inputs, **tokens})


@pytest.mark.parametrize(
    ("student", "code", "points"),
    [("ann", 0, "5 of 5"), ("eve", 3, "3 of 5"), ("lin", 1, "0 of 5")],
)
def test_on_github_a_repository_gets_the_marks_of_its_notebook(
    machine: Machine, grader: Path, students: Path, trace: Path, tmp_path: Path, student: str, code: int, points: str
) -> None:
    told = graded_on_github(machine, grader, students / f"{student}.git", tmp_path / "work")
    assert told.ran == ["See that submissions can be run safely here", "Grade"]
    assert told.skipped == ["Get Python", "Install the grader"] + (
        ["Tell GitHub Classroom", "Keep the JUnit report"] if code == 0 else []
    )
    assert told.code == code, told.said
    assert f"{points} points" in (machine.home / "GITHUB_STEP_SUMMARY").read_text()
    name, _, encoded = (machine.home / "GITHUB_OUTPUT").read_text().strip().partition("=")
    document = json.loads(base64.b64decode(encoded))
    assert (name, sum(test["score"] for test in document["tests"])) == ("result", float(points[0]))
    assert f"::error file={NAME}.ipynb,line=" in told.said or code == 0  # as the student's repository has it
    assert not trace.exists()


def test_a_caller_cannot_smuggle_an_option_in(machine: Machine, grader: Path, students: Path, tmp_path: Path) -> None:
    workflow = load("github/grade.yml")
    expressions = {"inputs.assignment": "--no-isolation", "inputs.fail-under": "--again"}
    tokens = {"secrets.GRADER_TOKEN || github.token": "", "steps.grade.outputs.result": ""}
    repositories = {"your-org/conv-grader": grader, "": students / "ann.git"}
    told = run_github(machine, workflow, tmp_path, repositories, {**expressions, **tokens})
    assert told.code == 2, told.said


@pytest.mark.parametrize("student", ["eve", "lin"])
def test_on_gitlab_a_project_gets_the_marks_of_its_notebook(
    machine: Machine, grader: Path, students: Path, trace: Path, tmp_path: Path, student: str
) -> None:
    job = load("gitlab/grade.gitlab-ci.yml")["grade"]
    job["script"][0] = job["script"][0].replace("conv_layer", NAME)
    show_environment(job)
    repository = students / f"{student}.git"
    told = run_gitlab(
        machine,
        job,
        tmp_path,
        {
            "CI_SERVER_URL": f"file://{grader.parent.parent}",
            "CI_REPOSITORY_URL": f"file://secret@localhost{repository}",
            "CI_COMMIT_SHA": git(repository, "rev-parse", "HEAD"),
            **dict.fromkeys(TOKENS, "secret"),
        },
    )
    assert len(told.skipped) == 3
    assert told.code == (1 if student == "lin" else 0), told.said
    (result,) = json.loads((tmp_path / "results" / "results.json").read_text())["results"]
    assert result["score"] == {"eve": 3, "lin": 0}[student]
    assert "\x1b[0Ksection_start:" in told.said or student == "lin"
    assert (tmp_path / "results" / "junit.xml").read_text().count("<testcase") == (1 if student == "lin" else 3)
    assert "GITLAB_CI=true" in told.said  # its environment is shown
    assert "secret" not in told.said
    assert not trace.exists()


def show_environment(job: dict[str, Any]) -> None:
    """Let a job of GitLab's print, before it grades, what the grader will have in its environment."""
    (place,) = (place for place, line in enumerate(job["script"]) if line.startswith("python -I -m autograder grade"))
    job["script"].insert(place, "env")


def require_marks(folder: Path) -> None:
    """The class has its marks, drawn from the course's own seed, in the reports and in nbgrader's gradebook."""
    results = json.loads((folder / "results" / "results.json").read_text())["results"]
    assert {result["student"]: result["score"] for result in results} == {"ann": 5, "cem": 3, "eve": 3, "lin": 0}
    assert {result["seed"] for result in results} == {int(SEED)}
    exported: dict[str, float] = defaultdict(float)
    with open(folder / "results" / "points.csv", newline="") as file:
        for row in csv.DictReader(file):
            exported[row["student"]] += float(row["points"] or "nan")
    assert {student: points for student, points in exported.items() if not isnan(points)} == {
        "ann": 5,
        "cem": 3,
        "eve": 3,
    }
    assert isnan(exported["lin"])  # what could not be graded has no mark
    assert (folder / ".autograder" / "seed").stat().st_mode & 0o077 == 0


def test_on_github_the_course_collects_and_grades_everybody(
    machine: Machine, course: Path, students: Path, trace: Path, tmp_path: Path
) -> None:
    expressions = {
        "inputs.assignment || 'conv_layer'": NAME,
        "secrets.STUDENTS_TOKEN": "secret",
        "secrets.COURSE_SEED": SEED,
        "github.server_url": f"file://{students.parent}",
    }
    told = run_github(machine, load("github/collect.yml"), tmp_path, {"": course}, expressions)
    assert told.code == 1, told.said  # the link could not be graded
    assert told.skipped == ["Get Python", "Install the grader"]
    require_marks(tmp_path)
    assert "secret" not in told.said
    assert SEED not in told.said
    assert not trace.exists()


def test_on_gitlab_the_course_collects_and_grades_everybody(
    machine: Machine, course: Path, students: Path, trace: Path, tmp_path: Path
) -> None:
    job = load("gitlab/collect.gitlab-ci.yml")["grade"]
    job["script"][0] = job["script"][0].replace("conv_layer", NAME)
    show_environment(job)
    variables = {
        "CI_SERVER_URL": f"file://{students.parent}",
        "CI_REPOSITORY_URL": f"file://secret@localhost{course}",
        "COURSE_SEED": SEED,
        **dict.fromkeys(("STUDENTS_TOKEN", *TOKENS), "secret"),
    }
    git(tmp_path, "clone", "--quiet", f"file://{course}", ".")
    told = run_gitlab(machine, job, tmp_path, variables)
    assert told.code == 1, told.said
    require_marks(tmp_path)
    assert "GITLAB_CI=true" in told.said  # its environment is shown
    assert "secret" not in told.said
    assert SEED not in told.said
    assert not trace.exists()


def seed_commands() -> dict[str, str]:
    """The commands that check and keep the course's seed."""
    (github,) = load("github/collect.yml")["jobs"].values()
    gitlab = load("gitlab/collect.gitlab-ci.yml")["grade"]["script"]
    return {
        "github": next(step["run"] for step in github["steps"] if "COURSE_SEED" in step.get("env", {})),
        "gitlab": "\n".join(gitlab[1 : gitlab.index("unset COURSE_SEED")]),
    }


@pytest.mark.parametrize("script", seed_commands().values(), ids=seed_commands())
def test_a_seed_that_could_be_guessed_is_refused_in_a_sentence(tmp_path: Path, script: str) -> None:
    machine = Machine(Path(sys.executable).parent, tmp_path)
    for seed in ("", "7", "20261128", "1" * 11, "one whole number", "123456789012\n1", "0" * 12):
        code, told = machine.run(script, tmp_path, {"COURSE_SEED": seed})
        assert (code, told.count("\n")) == (1, 1), told
        assert "COURSE_SEED to a number of 12 to 18 digits" in told
        assert not (tmp_path / ".autograder" / "seed").exists()
    assert machine.run(script, tmp_path, {"COURSE_SEED": SEED}) == (0, "")
    assert (tmp_path / ".autograder" / "seed").read_text() == f"{SEED}\n"


def collected(folder: Path, students: Path, lines: str) -> subprocess.CompletedProcess[str]:
    (folder / "students.txt").write_text(lines)
    command = ["bash", str(INTEGRATIONS / "collect.sh"), NAME, "students.txt", f"file://{students.parent}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_repository_that_cannot_be_read_stops_nobody_elses(students: Path, tmp_path: Path) -> None:
    done = collected(tmp_path, students, "class/gone gone\nclass/ann ann\n")
    assert done.returncode == 0
    assert "gone: no tiny.ipynb can be read in class/gone" in done.stderr
    assert list((tmp_path / "submitted" / "gone" / NAME).iterdir()) == []
    handed_in = tmp_path / "submitted" / "ann" / NAME / f"{NAME}.ipynb"
    assert handed_in.read_bytes() == (students / "ann.git" / f"{NAME}.ipynb").read_bytes()


@pytest.mark.parametrize(
    "line", ["class/ann ../../x", "../class/ann ann", "class/ann", "class/ann ann more", "-x/y ann;"]
)
def test_a_line_that_names_no_repository_and_student_is_told(students: Path, tmp_path: Path, line: str) -> None:
    done = collected(tmp_path, students, f"{line}\n")
    assert done.returncode == 2
    assert "line 1: not of the form" in done.stderr


def test_nothing_is_touched_before_the_whole_list_is_understood(students: Path, tmp_path: Path) -> None:
    before = tmp_path / "submitted" / "old" / NAME / f"{NAME}.ipynb"
    before.parent.mkdir(parents=True)
    before.touch()
    for lines, told in (
        ("class/ann ann\nclass/cem ann\n", "line 2: ann has"),
        ("class/ann ann\nann\n", "line 2: not"),
        ("# nobody yet\n", "names no student"),
    ):
        done = collected(tmp_path, students, lines)
        assert done.returncode == 2
        assert told in done.stderr
    (tmp_path / "students.txt").unlink()
    command = ["bash", str(INTEGRATIONS / "collect.sh"), NAME, "students.txt", "https://example.org"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 2
    assert before.exists()


def test_what_is_not_listed_stays_and_lists_may_come_from_windows(students: Path, tmp_path: Path) -> None:
    stays = [tmp_path / "submitted" / name / "x.ipynb" for name in ("ann/other", f"$(touch ran)/{NAME}")]
    for notebook in (*stays, old := tmp_path / "submitted" / "cem" / NAME / "x.ipynb"):
        notebook.parent.mkdir(parents=True)
        notebook.touch()
    done = collected(tmp_path, students, "\ufeffclass/ann ann\r\n\r\nclass/cem cem\r\n")
    assert done.returncode == 0, done.stderr
    assert all(notebook.exists() for notebook in stays)
    assert not old.exists()
    assert done.stderr == f"$(touch ran): not in students.txt, so submitted/$(touch ran)/{NAME} stays as it is\n"
    assert not (tmp_path / "ran").exists()
    assert (tmp_path / "submitted" / "cem" / NAME / f"{NAME}.ipynb").stat().st_size > 1000


def test_no_more_of_a_file_is_taken_than_the_grader_reads(students: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "class" / "bomb.git"
    bomb.mkdir(parents=True)
    with open(bomb / f"{NAME}.ipynb", "wb") as file:
        file.truncate(100_000_000)
    commit(bomb)
    done = collected(tmp_path, tmp_path / "class", "class/bomb bomb\n")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "submitted" / "bomb" / NAME / f"{NAME}.ipynb").stat().st_size == 20_000_001


def test_a_repository_that_would_fill_the_disk_is_told_and_the_next_one_collected(
    students: Path, tmp_path: Path
) -> None:
    server = tmp_path / "class"
    (server / "vast.git").mkdir(parents=True)
    (server / "vast.git" / f"{NAME}.ipynb").write_bytes(os.urandom(101 * 2**20))  # which nothing makes smaller
    git(server / "vast.git", "init", "--quiet")
    git(server / "vast.git", "config", "core.compression", "0")
    commit(server / "vast.git")
    (server / "ann.git").symlink_to(students / "ann.git")
    done = collected(tmp_path, server, "class/vast vast\nclass/ann ann\n")
    assert done.returncode == 0, done.stderr
    assert "vast: no tiny.ipynb can be read" in done.stderr
    assert list((tmp_path / "submitted" / "vast" / NAME).iterdir()) == []
    assert (tmp_path / "submitted" / "ann" / NAME / f"{NAME}.ipynb").stat().st_size > 1000


def test_the_traps_do_leave_a_trace_where_they_are_run(students: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    set_traps(tmp_path / "careless", trace)
    subprocess.run([sys.executable, "-c", "import autograder.cli"], cwd=tmp_path / "careless", check=False)
    assert str(tmp_path / "careless") in trace.read_text()
    subprocess.run(["make"], cwd=tmp_path / "careless", capture_output=True, check=False)
    assert "shell" in trace.read_text()
