"""Pages that stand alone: how their templates are read, and what keeps a text in them from being anything else."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.report.content import points
from autograder.report.safe_text import printable


def environment(package: str) -> Environment:
    """Templates that lie in a package. All texts in them are escaped, without control characters, of bounded length."""
    made = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["points"] = points
    return made


def _harmless(value: object) -> object:
    """What stands in a page, to be escaped after this."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
