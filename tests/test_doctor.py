"""Where it runs: real runs of ``doctor`` as other users, in containers, and on kernels that lack a protection."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from settings import DOCKER, NO_LANDLOCK, NO_SECCOMP, docker, fake_root, open_folder, ordinary_user, without, works

from autograder.doctor import diagnosis
from autograder.errors import AutograderError
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import probe_isolation

ROOT = Path(__file__).parent.parent
LANDLOCK = "files: Landlock"
BUBBLEWRAP = "files: bubblewrap"
SETTINGS = {
    "an ordinary user": (lambda user: user, LANDLOCK),
    "the root of a user namespace": (lambda user: [*user, *fake_root()], LANDLOCK),
    "root in a container": (lambda user: docker(), LANDLOCK),
    "an ordinary user without Landlock": (lambda user: [*user, *without(NO_LANDLOCK)], BUBBLEWRAP),
}
REFUSALS = {
    "without Landlock in a container": (
        lambda: without({**NO_LANDLOCK, **DOCKER}),
        "neither Landlock", "package bubblewrap",
    ),
    "without filters of system calls": (lambda: without(NO_SECCOMP), "system calls: none", "(seccomp)"),
    "with filters of the oldest kind only": (
        lambda: without({"seccomp": errno.ENOSYS}), "system calls: none", "seccomp(2)",
    ),
}  # fmt: skip


def doctor(setting: list[str], folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*setting, sys.executable, "-m", "autograder", "doctor"],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_the_sandbox_works_in_this_setting_and_the_doctor_says_how(name: str) -> None:
    make, files = SETTINGS[name]
    with open_folder() as home:
        setting = make(ordinary_user(home))
        if not works(setting):
            pytest.skip("this machine does not let a test make the setting")
        finished = doctor(setting, home)
    if files == BUBBLEWRAP and "namespaces for the user" in finished.stdout:
        pytest.skip("bubblewrap does not work on this machine")
    assert files in finished.stdout
    assert "system calls: seccomp filter" in finished.stdout
    assert "files of a worker: " in finished.stdout
    assert "grading: works" in finished.stdout
    assert "missing" not in finished.stdout
    assert finished.returncode == 0


@pytest.mark.parametrize("name", REFUSALS)
def test_below_the_safe_set_grading_is_refused_and_the_doctor_says_what_is_missing(name: str, tmp_path: Path) -> None:
    make, *words = REFUSALS[name]
    setting = make()
    if not works(setting):
        pytest.skip("this machine does not let a test make the setting")
    finished = doctor(setting, tmp_path)
    assert all(word in finished.stdout for word in words), finished.stdout
    assert "missing: " in finished.stdout
    assert "grading: refused" in finished.stdout
    assert finished.returncode == 1


def test_without_bubblewrap_and_landlock_both_are_named(tmp_path: Path) -> None:
    finished = doctor(without(NO_LANDLOCK), tmp_path, PATH=str(tmp_path))
    assert "bubblewrap is not installed" in finished.stdout
    assert "grading: refused" in finished.stdout
    assert finished.returncode == 1


def test_without_libseccomp_its_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyseccomp.py").write_text("raise RuntimeError('Unable to find libseccomp')")
    finished = doctor([], tmp_path, PYTHONPATH=str(tmp_path))
    assert "libseccomp2" in finished.stdout
    assert "grading: refused" in finished.stdout
    assert finished.returncode == 1


def test_grading_itself_refuses_with_the_same_words_and_writes_no_marks(tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.ipynb"
    shutil.copy(ROOT / "release" / "conv_layer" / "conv_layer.ipynb", notebook)
    command = ["grade", "conv_layer", str(notebook), "--json", str(tmp_path / "results.json")]
    finished = subprocess.run(
        [*without(NO_SECCOMP), sys.executable, "-m", "autograder", *command],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.returncode != 0
    told = finished.stdout + finished.stderr
    assert "cannot be run safely" in told
    assert "Traceback" not in told
    assert not (tmp_path / "results.json").exists()


def test_a_worker_that_does_not_start_is_told_by_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: ForkServer, *_: object) -> None:
        raise AutograderError("No worker came up.")

    monkeypatch.setattr(ForkServer, "worker", fail)
    works_here, lines = diagnosis()
    assert not works_here
    assert lines[-1] == "grading: does not work here: No worker came up."


def test_every_layer_has_its_line() -> None:
    _, lines = diagnosis()
    assert {line.split(":")[0] for line in lines} >= {"system", "files", "system calls", "control group", "grading"}
    assert all(sentence in lines for sentence in probe_isolation().describe())


@pytest.mark.parametrize("gpu", ["NVIDIA H100", None])
def test_a_gpu_is_not_named_as_what_grading_uses(gpu: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: gpu is not None)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: gpu)
    _, lines = diagnosis()
    (device,) = [line for line in lines if line.startswith("device: ")]
    assert "pretend accelerator" in device
    assert gpu is None or f"grading does not use the GPU that is here, {gpu}, yet" in device
