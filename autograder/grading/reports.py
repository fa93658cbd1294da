"""The files that ``grade`` writes where it is asked for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course
from autograder.errors import AutograderError, UsageError
from autograder.report import github, gradescope, json_report, junit, markdown
from autograder.report.files import require_place, write_atomically
from autograder.results import Result


@dataclass(frozen=True)
class Reports:
    """The files to write, where asked for."""

    json: Path | None
    junit: Path | None
    gradescope: Path | None
    github: Path | None
    markdown: Path | None
    html: Path | None

    def check(self, notebooks: int) -> None:
        """Raises UsageError when a report could not be written, before any time is spent on grading.

        notebooks: how many are named; none for a class.
        """
        if self.html is not None and notebooks != 1:
            raise UsageError(
                "--html writes the feedback on one notebook.",
                f"{notebooks} are named." if notebooks else "None is named, which grades the class.",
                "Name one notebook. For a class nbgrader writes the same pages: nbgrader generate_feedback ASSIGNMENT.",
            )
        asked = [path for path in self._paths if path is not None]
        for path in asked:
            if path.suffix == ".ipynb":
                raise UsageError(
                    f"A report would take the place of {path}.",
                    "A report is no notebook: the file's name may have been forgotten before it.",
                    "Name a file for it: --json results.json.",
                )
            if asked.count(path) > 1:
                raise UsageError(
                    f"Two reports would be written to {path}.",
                    "The second would take the place of the first.",
                    "Name a file for each.",
                )
            require_place(path)

    @property
    def _paths(self) -> tuple[Path | None, ...]:
        return self.json, self.junit, self.gradescope, self.github, self.markdown, self.html

    def write(self, results: Sequence[Result], kept: str) -> None:
        """Write every report that was asked for; raises AutograderError after the last when one cannot be written.

        kept: a sentence on where the marks are in any case.
        """
        writers = (
            (self.json, json_report.write_json),
            (self.junit, junit.write_junit),
            (self.gradescope, gradescope.write_gradescope),
            (self.github, github.write_github),
            (self.markdown, markdown.write_markdown),
        )
        failures = []
        for path, write in writers:
            try:
                if path is not None:
                    write(path, results)
            except AutograderError as error:
                failures.append(error)
        if failures:
            what = " ".join(failure.what for failure in failures)
            raise AutograderError(what, failures[0].why, f"{failures[0].fix} {kept}")

    def write_page(self, course: Course, assignment: str, notebook: NotebookNode) -> None:
        """Write the page of feedback on a notebook that has been graded; raises AutograderError when it cannot be."""
        # nbgrader takes seconds to import, which who wants no page need not wait for
        from autograder.grading.feedback import feedback_page

        if self.html is not None:
            write_atomically(self.html, feedback_page(course, assignment, notebook))
