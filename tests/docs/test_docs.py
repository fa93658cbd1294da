"""The pages in docs/ say what is so: their links lead somewhere, their commands exist, and the assignment that one of
them tells how to write can be built and audited."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from autograder.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"python -m autograder (\w+)")
FILE_BLOCK = re.compile(r"^```python file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in LINK.findall(page.read_text()):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.is_file(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}, link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_exists(page: Path) -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert set(COMMAND.findall(page.read_text())) <= known


def test_the_assignment_in_the_guide_is_built_and_audited(tmp_path: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    blocks = FILE_BLOCK.findall((ROOT / "docs" / "write-an-assignment.md").read_text())
    assert len(blocks) == 5
    for name, text in blocks:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    built = _run(tmp_path, "build", "sharpen")
    assert "the solution gets 5 of 5, the untouched release 0" in built
    assert (tmp_path / "release" / "sharpen" / "sharpen.ipynb").is_file()

    audited = _run(tmp_path, "audit", "sharpen", "--html", "audit.html", "--json", "audit.json")
    assert "survivors: 0," in audited
    assert "False rejects: 0;" in audited


def _run(course: Path, *arguments: str) -> str:
    """What the command printed; it has to end well."""
    command = [sys.executable, "-m", "autograder", *arguments]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())
