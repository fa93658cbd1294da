"""nbgrader's settings for pages that are safe to open: feedback, and formgrader's own."""

from importlib.util import find_spec
from pathlib import Path

from traitlets.config import Config

_TEMPLATES = (("autograder", "grading/templates"), ("nbgrader", "server_extensions/formgrader/templates"))


def configure(config: Config) -> None:
    """Nothing that a student wrote runs as script, and nothing needs the internet: formulas are MathML, not MathJax."""
    pages = config.HTMLExporter
    pages.preprocessors = ["autograder.grading.safe_html.SafeHTML"]
    pages.filters = {"markdown2html": "autograder.grading.safe_html.markdown2html"}
    pages.extra_template_basedirs = [str(_folder(package) / folder) for package, folder in _TEMPLATES]


def _folder(package: str) -> Path:
    """Where a package lies, which need not be imported for that."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
