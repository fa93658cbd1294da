"""What Gradescope hands over: a folder that a student filled, and who the student is."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.submission import SubmissionUnreadable, read_file
from autograder.json_size import has_more_values
from autograder.report.safe_text import one_line

MAX_ENTRIES, MAX_DEPTH = 20_000, 20
MAX_VALUES = 1_000_000
# What a message tells of notebooks, and a report of those who handed in together.
MAX_NAMES, MAX_NAME_CHARACTERS = 6, 80
_LEFT_OUT = ("__pycache__", "__MACOSX")


@dataclass(frozen=True)
class HandedIn:
    """The notebook to grade, as a path in the submission's folder. note: what is to be told of it; empty as a rule."""

    notebook: Path
    note: str = ""


def find_notebook(folder: Path, assignment: str) -> HandedIn:
    """The notebook that has the assignment's name, if need be in a folder; or else the only one.

    Raises SubmissionUnreadable, with a sentence for the student, where there is none, or nobody could tell which.
    """
    wanted = Path(f"{assignment}.ipynb")
    notebooks = _notebooks(folder)
    if wanted in notebooks:
        return HandedIn(wanted)
    named = [path for path in notebooks if path.name == wanted.name]
    found = named if len(named) == 1 else notebooks
    if not found:
        raise SubmissionUnreadable(
            "No notebook was handed in.", "No file's name ends in .ipynb.", f"Hand in {wanted}, the notebook itself."
        )
    if len(found) > 1:
        names = ", ".join(one_line(str(path), MAX_NAME_CHARACTERS) for path in found[:MAX_NAMES])
        more = f" and {len(found) - MAX_NAMES} more" if len(found) > MAX_NAMES else ""
        raise SubmissionUnreadable(
            f"{len(found)} notebooks were handed in.",
            f"It cannot be told which one counts: {names}{more}.",
            f"Hand in one of them alone, and name it {wanted}.",
        )
    taken = one_line(str(found[0]), MAX_NAME_CHARACTERS)
    return HandedIn(found[0], f"Graded is {taken}. Name it {wanted} when you hand in again, and put it into no folder.")


def student_of(metadata: Path) -> str:
    """The names of those who handed in, from Gradescope's submission_metadata.json; empty where it does not tell."""
    try:
        content = read_file(metadata)
        document = {} if has_more_values(content, MAX_VALUES) else json.loads(content)
    except (SubmissionUnreadable, ValueError, RecursionError):
        return ""
    users = document.get("users") if isinstance(document, dict) else None
    names = [_name(user) for user in users[:MAX_NAMES]] if isinstance(users, list) else []
    return ", ".join(name for name in names if name)


def _name(user: object) -> str:
    """A user's name, or the address where there is none."""
    known = [user.get("name"), user.get("email")] if isinstance(user, dict) else []
    texts = [one_line(text, MAX_NAME_CHARACTERS) for text in known if isinstance(text, str)]
    return next((text for text in texts if text), "")


def _notebooks(folder: Path) -> list[Path]:
    """Everything that is named as a notebook, but for hidden files and folders; links are not followed."""
    found: list[Path] = []
    entries = 0
    for here, folders, files in os.walk(folder):
        place = Path(here).relative_to(folder)
        entries += len(folders) + len(files)
        if entries > MAX_ENTRIES:
            raise SubmissionUnreadable(
                "Too many files were handed in.", f"At most {MAX_ENTRIES} are looked at.", "Hand in the notebook alone."
            )
        deeper = len(place.parts) < MAX_DEPTH
        folders[:] = sorted(name for name in folders if deeper and not _is_left_out(name))
        found += [place / name for name in sorted(files) if name.endswith(".ipynb") and not _is_left_out(name)]
    return found


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name in _LEFT_OUT
