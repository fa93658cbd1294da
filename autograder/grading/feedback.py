"""The page of feedback on one notebook: nbgrader's own, for a notebook that is in no gradebook."""

from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades, LimitOutput, NbGraderPreprocessor
from traitlets.config import Config

from autograder.course import Course
from autograder.grading import safe_pages
from autograder.notebooks.release import course_config
from autograder.results import total


def feedback_page(course: Course, assignment: str, notebook: NotebookNode) -> bytes:
    """The page, as HTML in UTF-8, for a notebook that has been graded, with the settings of the course.

    It is what nbgrader would write after its own autograding: marks that are given by hand are not there yet.
    """
    config = Config()
    safe_pages.configure(config)
    config.merge(course_config(course.root))
    converter = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
    exporter = converter.exporter_class(parent=converter, config=converter.config)
    for preprocessor in (LimitOutput, *converter.preprocessors):
        exporter.register_preprocessor(_MarksAlone if preprocessor is GetGrades else preprocessor)
    names = {"notebook": assignment, "assignment": assignment, "student": ""}
    page, _ = exporter.from_notebook_node(notebook, {"nbgrader": names, "unique_key": assignment})
    return str(page).encode("utf-8", "replace")


class _MarksAlone(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the place of nbgrader's GetGrades: marks and comments are what autograding would enter."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with its marks in its cells, and their sum in the resources."""
        marked = [cell for cell in nb.cells if utils.is_grade(cell) or utils.is_task(cell)]
        for cell in marked:
            score = utils.determine_grade(cell)[0] if utils.is_grade(cell) else None
            cell.metadata.nbgrader.score = score or 0.0
        for cell in filter(utils.is_solution, nb.cells):
            unchanged = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            cell.metadata.nbgrader.comment = "No response." if unchanged else None
        marks = [cell.metadata.nbgrader for cell in marked]
        resources["nbgrader"] |= {
            "score": total(mark.score for mark in marks),
            "max_score": total(mark.points for mark in marks),
            "late_penalty": 0,
        }
        return nb, resources
