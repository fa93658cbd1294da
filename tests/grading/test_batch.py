"""Notebooks that are files are graded each alone, with what lies beside them only where that is asked for."""

import json
import subprocess
from pathlib import Path

import small_class
from tests_support import hand_in


def test_what_lies_beside_a_notebook_goes_with_it_where_that_is_asked_for(fresh_course: Path) -> None:
    answers = {"double": "from helper import double\n", "area": small_class.AREA}
    notebook = hand_in(fresh_course, "gil", answers, origin="release", assignment=small_class.NAME)
    (notebook.parent / "helper.py").write_text(small_class.DOUBLE)
    for arguments, score in (((), 2), (("--with-files",), 5)):
        command = small_class.command(str(notebook), "--json", "out.json", *arguments)
        done = subprocess.run(command, cwd=fresh_course, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert json.loads((fresh_course / "out.json").read_text())["results"][0]["score"] == score
