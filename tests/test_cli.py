"""The command line as people and pipelines use it: real processes, files, and exit codes."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from tests_support import ROOT, make_course, write_answers
from typer.testing import CliRunner

from autograder import cli
from autograder.cli import app


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def graded(course: Path) -> tuple[subprocess.CompletedProcess[str], dict, Path]:
    """The reference, half a file, one that is not there and the untouched release, graded by one command."""
    notebooks = course / "handed in"
    notebooks.mkdir()
    for origin in ("source", "release"):
        text = (course / origin / "conv_layer" / "conv_layer.ipynb").read_text()
        (notebooks / f"{origin}.ipynb").write_text(text)
    (notebooks / "half.ipynb").write_text(text[: len(text) // 2])
    names = [str(notebooks / f"{name}.ipynb") for name in ("source", "half", "gone", "release")]
    reports = ["--json", "out.json", "--junit", "out.xml", "--markdown", "out.md", "--log", "github"]
    finished = run("grade", "conv_layer", *names, *reports, "--seed", "7", "--fail-under", "75%", cwd=course)
    return finished, json.loads((course / "out.json").read_text()), course


def test_the_reference_gets_full_marks_and_the_untouched_release_none(graded: tuple) -> None:
    _, document, _ = graded
    assert [(result["score"], result["max_score"]) for result in document["results"]] == [(40, 40), *[(0, 40)] * 3]


def test_results_come_in_the_order_given_and_files_that_cannot_be_read_are_among_them(graded: tuple) -> None:
    _, document, _ = graded
    assert [Path(result["notebook"]).name for result in document["results"]] == [
        "source.ipynb",
        "half.ipynb",
        "gone.ipynb",
        "release.ipynb",
    ]
    assert [result["status"] for result in document["results"]] == ["graded", "error", "error", "graded"]
    assert "not JSON" in document["results"][1]["message"]
    assert "No such file" in document["results"][2]["message"]


def test_the_json_has_the_fields_that_scripts_rely_on(graded: tuple) -> None:
    _, document, _ = graded
    result = document["results"][0]
    assert list(result) == [
        "notebook",
        "assignment",
        "student",
        "score",
        "max_score",
        "status",
        "message",
        "seed",
        "device",
        "isolated",
        "duration_s",
        "checks",
    ]
    relied_on = ["id", "question", "score", "max_score", "status", "message", "counterexample"]
    assert list(result["checks"][0]) == [*relied_on, "misconception", "diagnosis"]
    assert result["seed"] == 7
    assert sum(check["max_score"] for check in result["checks"]) == 40


def test_a_submission_that_cannot_be_graded_makes_the_exit_code_1_and_no_traceback(graded: tuple) -> None:
    finished, _, course = graded
    assert finished.returncode == 1
    assert "Traceback" not in finished.stderr + finished.stdout
    assert (course / "out.xml").read_text().startswith("<?xml")
    assert (course / "out.md").read_text().startswith("## 4 submissions")


def test_the_log_folds_and_says_who_has_too_few_points(graded: tuple) -> None:
    told = graded[0].stderr
    assert "::group::✓" in told
    assert "::error file=" in told
    assert f"below 75%: {graded[2]}/handed in/release.ipynb (0)" in told


def test_a_notebook_of_another_assignment_is_an_error_and_no_silent_0(course: Path) -> None:
    empty, out = course / "empty.ipynb", course / "empty.json"
    nbformat.write(nbformat.v4.new_notebook(), empty)
    finished = run("grade", "conv_layer", str(empty), "--json", str(out), cwd=course)
    (result,) = json.loads(out.read_text())["results"]
    assert (finished.returncode, result["status"], result["score"]) == (1, "error", 0)
    assert "This is not the notebook of this assignment." in result["message"]
    assert "Traceback" not in finished.stderr


def test_grading_twice_gives_the_same_marks_and_messages(graded: tuple) -> None:
    _, _, course = graded
    wrong = course / "wrong.ipynb"
    write_answers(
        course / "source" / "conv_layer" / "conv_layer.ipynb",
        wrong,
        {"corr2d": "def corr2d(X, K):\n    return X[:1, :1] * K[:1, :1]"},
    )
    texts = []
    for name, mark, code in (("first.json", "30.5", 3), ("second.json", "75%", 0)):
        finished = run(
            "grade", "conv_layer", str(wrong), "--json", name, "--seed", "7", "--fail-under", mark, cwd=course
        )
        assert finished.returncode == code, "30 of 40 points were to be below 30.5, and to be 75%"
        results = json.loads((course / name).read_text())["results"]
        texts.append([list(result["checks"]) for result in results])
    assert texts[0] == texts[1]
    assert any(check["counterexample"] for check in texts[0][0])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("grade", "conv_layr"), "no assignment 'conv_layr'"),
        (("grade", "conv_layer"), "Nobody has handed in"),
        (("grade", "conv_layer", "--student", "nobody"), "nobody has handed in nothing"),
        (("build", "nothing"), "no assignment 'nothing'"),
        (("grade", "x.ipynb"), "The assignment's name comes first"),
        (("grade", "conv_layer", "x.ipynb", "--device", "cuda"), "a GPU is not there yet"),
        (("grade", "conv_layer", "x.ipynb"), "no file x.ipynb"),
        (("grade", "conv_layer", "release"), "is a folder"),
        (("grade", "conv_layer", "--json", "handed.ipynb", "x.ipynb"), "would take the place of handed.ipynb"),
        (("grade", "conv_layer", "x.ipynb", "--json", "a", "--junit", "a"), "Two reports would be written to a"),
        (("grade", "conv_layer", "x.ipynb", "--fail-under", "most"), "neither points nor a percentage"),
        (("grade", "conv_layer", "release/conv_layer/conv_layer.ipynb", "--fail-under", "41"), "more than can be had"),
        (("grade", "conv_layer", "--jobs", "2", "--scheduler", "tcp://x:1"), "do not go together"),
    ],
)
def test_a_mistake_is_told_in_sentences(course: Path, arguments: tuple[str, ...], words: str) -> None:
    finished = run(*arguments, cwd=course)
    assert finished.returncode == 2
    assert words in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.fixture
def interruptible() -> Iterator[None]:
    """The command line takes Ctrl-C for its own; afterwards it is the tests' again."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(("command", "kept"), [("grade", True), ("build", False), ("audit", False), ("doctor", False)])
@pytest.mark.parametrize("stopped", [KeyboardInterrupt, OSError])
@pytest.mark.usefixtures("interruptible")
def test_only_what_was_being_graded_is_said_to_be_kept(
    command: str, kept: bool, stopped: type, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run_command() -> None:
        if stopped is OSError:
            raise OSError(28, "No space left on device")
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(cli, "app", run_command)
    monkeypatch.setattr(sys, "argv", ["autograder", command])
    with suppress(KeyboardInterrupt):
        assert cli.main() == 1
    told = capsys.readouterr().err
    assert told.startswith("\nStopped." if stopped is KeyboardInterrupt else "The system refused something:")
    assert ("kept" in told) is kept


@pytest.mark.usefixtures("interruptible")
def test_a_stopped_run_says_that_again_would_begin_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "app", lambda: signal.raise_signal(signal.SIGINT))
    monkeypatch.setattr(sys, "argv", ["autograder", "grade", "conv_layer", "--again"])
    with suppress(KeyboardInterrupt):
        cli.main()
    assert "the same command without --again goes on from there" in capsys.readouterr().err


def test_wrong_use_has_exit_code_2(course: Path) -> None:
    assert run("grade", "conv_layer", "--frobnicate", cwd=course).returncode == 2
    assert run("grade", "conv_layer", "--device", "tpu", cwd=course).returncode == 2
    assert run("grade", cwd=course).returncode == 2


def test_outside_a_course_the_command_says_what_a_course_is(tmp_path: Path) -> None:
    finished = run("grade", "conv_layer", cwd=tmp_path)
    assert finished.returncode == 2
    assert "nbgrader_config.py" in finished.stderr


def test_a_course_without_its_sources_grades_notebooks_all_the_same(course: Path, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").touch()
    shutil.copytree(course / "release", tmp_path / "release")
    solved = course / "source" / "conv_layer" / "conv_layer.ipynb"
    finished = run("grade", "conv_layer", str(solved), "--json", "out.json", "--seed", "7", cwd=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert json.loads((tmp_path / "out.json").read_text())["results"][0]["score"] == 40


def test_a_report_that_cannot_be_written_is_told(course: Path) -> None:
    finished = run(
        "grade", "conv_layer", "release/conv_layer/conv_layer.ipynb", "--json", "no/such/folder/x.json", cwd=course
    )
    assert finished.returncode == 2
    assert "no/such/folder" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_the_doctor_says_what_holds_here(course: Path) -> None:
    finished = run("doctor", cwd=course)
    assert finished.returncode == 0, finished.stdout
    assert "grading: works" in finished.stdout


@pytest.mark.parametrize(
    "command", [command.callback.__name__ for command in app.registered_commands if command.callback]
)
def test_every_command_has_help_and_stands_in_the_readme(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output) > 200 or command == "doctor"
    assert f"`{command}" in (ROOT / "README.md").read_text()


def test_a_solution_that_is_wrong_is_not_released(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    module = course / "source" / "conv_layer" / "conv_layer.py"
    module.write_text(module.read_text().replace("return corr2d(X, K.flip(0, 1))", "return corr2d(X, K)"))
    before = nbformat.read(course / "release" / "conv_layer" / "conv_layer.ipynb", as_version=4)
    finished = run("build", "conv_layer", cwd=course)
    assert finished.returncode == 1
    assert "convolve2d" in finished.stderr
    assert "release/ is as it was" in finished.stderr
    assert nbformat.read(course / "release" / "conv_layer" / "conv_layer.ipynb", as_version=4) == before
