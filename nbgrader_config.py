"""nbgrader's settings for this course, for `nbgrader` in this folder, for formgrader and for `autograder` alike."""

import os
import shutil
import sys
from pathlib import Path

from autograder.grading import safe_pages

c = get_config()  # noqa: F821 - nbgrader provides it

ROOT = Path(__file__).resolve().parent

c.CourseDirectory.course_id = "conv"
c.CourseDirectory.root = str(ROOT)
c.Exchange.root = str(ROOT / "exchange")

# SQLite, in gradebook.db here, unless told otherwise. With more than one machine: postgresql://...
if os.environ.get("AUTOGRADER_DB_URL"):
    c.CourseDirectory.db_url = os.environ["AUTOGRADER_DB_URL"]

# nbgrader starts `alembic` by its name, which the PATH has only while the virtual environment is activated.
if shutil.which("alembic") is None:
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

# What nbgrader never copies, to students or anywhere. An assignment's solution module has the assignment's name.
SOLUTION_MODULES = sorted({module.name for module in ROOT.glob("source/*/*.py") if module.stem == module.parent.name})
c.CourseDirectory.ignore = [
    ".*",
    "__pycache__",
    "*.pyc",
    "feedback",
    *SOLUTION_MODULES,
]
# A server that is running when an assignment is added does not know that assignment's solution module.
c.NotebookExporter.preprocessors = ["autograder.notebooks.release.WithholdSolutionModule"]

# Submissions are files. What links point at is copied with the instructor's rights, and so is not.
c.ExchangeFactory.collect = "autograder.grading.handed_in.CollectFilesAlone"

c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
c.ClearSolutions.text_stub = "Your answer here."

# Submissions are cleaned, run and marked by autograder: no kernel is started, and nothing that a student's code
# displays touches a mark.
c.Autograde.exporter_class = "autograder.grading.nbgrader_plugin.SubmissionExporter"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.grading.nbgrader_plugin.SandboxExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.grading.nbgrader_plugin.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# In formgrader and in feedback, nothing that a student wrote runs as script, and nothing needs the internet.
safe_pages.configure(c)
