"""The two scripts by themselves, with stand-ins for what they start: whatever happens, there is a results.json."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.gradescope.package import SCRIPTS

Results = Callable[[Path], dict[str, Any]]
STARTS = "if [[ $1 == -c ]]; then exit 0; fi\n"
PARTIAL = """\
{"score": 2, "execution_time": 1, "output": "so far", "visibility": "visible", "stdout_visibility": "hidden",
 "tests": [{"name": "a", "score": 2, "max_score": 2, "status": "passed", "output": "", "visibility": "visible"}]}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder like /autograder, with settings and a release, and no Python yet."""
    source = tmp_path / "autograder" / "source"
    source.mkdir(parents=True)
    (source / "settings.sh").write_text("max_score=7.5\ntime_limit_s=60\ntorch_index=''\n")
    (source / "requirements.txt").write_text("numpy==1\ntorch==2.13.0\n")
    (source / "autograder-0.1.0-py3-none-any.whl").touch()
    return source.parent


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{text}")
    path.chmod(0o755)


def run_autograder(root: Path, python: str | None = None) -> str:
    """What the script printed; it always ends well."""
    if python is not None:
        program(root / "venv" / "bin" / "python", python)
    environment = {"PATH": os.environ["PATH"], "AUTOGRADER_ROOT": str(root)}
    command = ["bash", str(SCRIPTS / "run_autograder")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    return done.stdout


def no_mark(document: dict[str, Any], words: str) -> None:
    assert document["score"] == 0
    assert "This is no mark" in document["output"]
    assert words in document["output"]
    assert [test["max_score"] for test in document["tests"]] == [7.5]


@pytest.mark.parametrize("python", [None, "exit 127\n"], ids=["none", "broken"])
def test_without_its_python_there_is_no_mark(root: Path, results_of: Results, python: str | None) -> None:
    run_autograder(root, python)
    no_mark(results_of(root), "Python is missing or broken. This")


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("exit 1", "The grader is broken: it ended with exit code 1"),
        ("exit 0", "The grader is broken: it ended with exit code 0"),
        ("kill -KILL $$", "stopped before the first question was graded"),
        ("kill -SEGV $$", "The grader is broken: it ended with exit code 139"),
    ],
)
def test_a_grader_that_says_nothing_is_no_mark(root: Path, results_of: Results, end: str, words: str) -> None:
    printed = run_autograder(root, f"{STARTS}{end}\n")
    no_mark(results_of(root), words)
    assert words in printed


def test_a_grader_that_takes_too_long_is_stopped(root: Path, results_of: Results) -> None:
    settings = root / "source" / "settings.sh"
    settings.write_text(settings.read_text().replace("60", "0.2"))
    run_autograder(root, f"{STARTS}exec sleep 600\n")
    no_mark(results_of(root), "stopped before the first question was graded")


def test_while_it_grades_a_results_file_is_there_already(root: Path, results_of: Results) -> None:
    run_autograder(root, f'{STARTS}mkdir "$5/meanwhile" && cp -r "$5/results" "$5/meanwhile"\n')
    no_mark(results_of(root / "meanwhile"), "Grading did not finish.")


@pytest.mark.parametrize("end", ["exit 0", "exit 1", "kill -KILL $$"])
def test_what_the_grader_has_told_stays(root: Path, results_of: Results, end: str) -> None:
    run_autograder(root, f"{STARTS}cat > $5/results/results.json <<'END'\n{PARTIAL}END\n{end}\n")
    assert results_of(root)["output"] == "so far"


def test_an_earlier_result_does_not_stay(root: Path, results_of: Results) -> None:
    (root / "results").mkdir()
    (root / "results" / "results.json").write_text(PARTIAL)
    run_autograder(root)
    no_mark(results_of(root), "Python is missing")


def test_without_its_settings_there_is_a_result_all_the_same(root: Path, results_of: Results) -> None:
    (root / "source" / "settings.sh").unlink()
    run_autograder(root)
    assert "Python is missing" in results_of(root)["output"]


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """Stand-ins for all that setup.sh starts, on a machine that has everything; each notes that it was called."""
    folder = tmp_path / "bin"
    log = tmp_path / "log"
    note = f'echo "$(basename "$0") $*" >> {log}\n'
    for name in ("bash", "grep", "basename", "mkdir", "cp", "chmod", "cat", "env"):
        folder.mkdir(exist_ok=True)
        (folder / name).symlink_to(str(shutil.which(name)))
    program(folder / "ldconfig", "echo libseccomp.so.2\n")
    program(folder / "bwrap", note)
    program(folder / "apt-get", note)
    program(folder / "venv-python", f"{note}[[ $* != *doctor ]] || {{ echo DOCTOR SAYS; exit 1; }}\n")
    program(
        folder / "python3.11",
        f'{note}[[ $2 != venv ]] || {{ mkdir -p "$4/bin"; cp {folder}/venv-python "$4/bin/python"; }}\n',
    )
    return folder


def setup(root: Path, bin_folder: Path) -> tuple["subprocess.CompletedProcess[str]", list[str]]:
    """What came of setup.sh, and what it started."""
    environment = {"PATH": str(bin_folder), "AUTOGRADER_ROOT": str(root)}
    command = [str(shutil.which("bash")), str(SCRIPTS / "setup.sh")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    log = bin_folder.parent / "log"
    return done, log.read_text().splitlines() if log.exists() else []


def test_what_is_there_already_is_not_installed(root: Path, bin_folder: Path) -> None:
    done, started = setup(root, bin_folder)
    assert done.returncode == 0, done.stderr
    assert not any(line.startswith("apt-get") for line in started)
    pip = [line.partition("pip install ")[2] for line in started if "pip install" in line]
    assert [line.rpartition("--quiet ")[2].replace(str(root), "") for line in pip] == [
        "--requirement /source/requirements.txt",
        "--no-deps /source/autograder-0.1.0-py3-none-any.whl",
    ]


def test_what_the_doctor_says_ends_the_log_and_stops_nothing(root: Path, bin_folder: Path) -> None:
    done, started = setup(root, bin_folder)
    assert done.returncode == 0
    assert started[-1].endswith("-m autograder doctor")
    assert done.stdout.splitlines()[-2:] == ["DOCTOR SAYS", "As it stands, no submission can be graded here."]


def test_pytorch_alone_comes_from_the_index_that_was_named(root: Path, bin_folder: Path) -> None:
    settings = root / "source" / "settings.sh"
    settings.write_text(settings.read_text().replace("''", "'https://example.com/cpu'"))
    _, started = setup(root, bin_folder)
    first, *others = [line for line in started if "pip install" in line]
    assert first.endswith("--no-deps --index-url https://example.com/cpu torch==2.13.0")
    assert not any("example.com" in line for line in others)


@pytest.mark.parametrize(
    ("lost", "installed"),
    [
        ("bwrap", "bubblewrap"),
        ("ldconfig", "libseccomp2"),
        ("python3.11", "python3.11 python3.11-venv"),
    ],
)
def test_what_is_missing_is_installed(root: Path, bin_folder: Path, lost: str, installed: str) -> None:
    # apt-get brings it back
    (bin_folder / lost).rename(bin_folder / "away")
    bring = f"cp {bin_folder}/away {bin_folder}/{lost}"
    program(bin_folder / "apt-get", f'echo "apt-get $*" >> {bin_folder.parent}/log\n[[ $1 != install ]] || {bring}\n')
    done, started = setup(root, bin_folder)
    assert done.returncode == 0, done.stderr
    assert [line for line in started if line.startswith("apt-get")] == [
        "apt-get update",
        f"apt-get install --yes --no-install-recommends {installed}",
    ]


def test_a_system_without_python_3_11_is_told_what_to_choose(root: Path, bin_folder: Path) -> None:
    (bin_folder / "python3.11").unlink()
    program(bin_folder / "apt-get", "[[ $1 != install ]]\n")
    done, _ = setup(root, bin_folder)
    assert done.returncode == 1
    assert "choose a base image that has Python 3.11" in done.stderr
