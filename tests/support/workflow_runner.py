"""Runs workflows here as GitHub and GitLab would there: their own commands, in order, in folders of their own.

What is not run: actions but actions/checkout, for which git clones a repository that lies here; and the commands that
install, in whose place stands a virtual environment with the packages that these tests run with.
"""

import os
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from tests_support import ROOT

INTEGRATIONS = ROOT / "integrations"
INSTALLING = ("apt-get ", "sudo apt-get ", "python -I -m pip install ")
EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


def load(name: str) -> dict[str, Any]:
    """A workflow as YAML has it."""
    return yaml.safe_load((INTEGRATIONS / name).read_text())


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    command = ["git", *identity, "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def commit(folder: Path) -> Path:
    """Make the folder a repository whose one commit, tagged v1, has all that lies in it."""
    git(folder, "init", "--quiet")
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", "all")
    git(folder, "tag", "v1")
    return folder


def make_environment(folder: Path) -> Path:
    """A virtual environment with the packages of this one, and the code that is tested; the folder of its commands."""
    venv.create(folder, with_pip=False)
    packages = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (packages / "tested.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n")
    return folder / "bin"


@dataclass
class Ran:
    """What came of a job. ran, skipped: the names of its steps."""

    code: int = 0
    said: str = ""
    ran: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Machine:
    """Where jobs run. commands: the folder in which they find Python. home: a home of their own."""

    commands: Path
    home: Path

    def run(self, script: str, folder: Path, variables: Mapping[str, str]) -> tuple[int, str]:
        """The exit code of a script, and what it said."""
        path = f"{self.commands}:{os.environ['PATH']}"
        environment = {"PATH": path, "HOME": str(self.home), "LANG": "C.UTF-8", "CI": "true", **variables}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def run_github(
    machine: Machine,
    workflow: Mapping[str, Any],
    workspace: Path,
    repositories: Mapping[str, Path],
    expressions: Mapping[str, str],
) -> Ran:
    """Run a workflow's one job in ``workspace``. repositories: by name, the one that the job belongs to by ``""``."""
    (job,) = workflow["jobs"].values()
    told = Ran()

    def filled_in(text: object) -> str:
        return EXPRESSION.sub(lambda found: expressions[found[1]], str(text))

    files = {name: str(machine.home / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    for file in files.values():
        Path(file).write_text("")
    around = {name: filled_in(value) for name, value in job.get("env", {}).items()}
    for step in job["steps"]:
        given = {name: filled_in(value) for name, value in {**step.get("with", {}), **step.get("env", {})}.items()}
        if step.get("uses", "").startswith("actions/checkout@"):
            origin = repositories[given.get("repository", "")]
            git(workspace, "clone", "--quiet", f"file://{origin}", given.get("path", "."))
            assert given.get("ref", "v1") == "v1"
        elif "uses" in step or is_installing(step["run"].splitlines()):
            told.skipped.append(step["name"])
        else:
            folder = workspace / job["defaults"]["run"].get("working-directory", ".")
            variables = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(workspace), **files, **around, **given}
            told.code, said = machine.run(step["run"], folder, variables)
            told.said += said
            told.ran.append(step["name"])
            if told.code:
                break
    return told


def is_installing(lines: list[str]) -> bool:
    """Whether commands install something, and do nothing else."""
    return all(line.startswith(INSTALLING) for line in lines)


def run_gitlab(machine: Machine, job: Mapping[str, Any], folder: Path, variables: Mapping[str, str]) -> Ran:
    """Run a job in ``folder``, its commands one after the other in one shell."""
    lines = [*job["before_script"], *job["script"]]
    kept = [line for line in lines if not is_installing([line])]
    code, said = machine.run("\n".join(kept), folder, {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(folder), **variables})
    return Ran(code, said, kept, [line for line in lines if line not in kept])
