"""The page as one file: it fetches nothing, and runs nothing but its own few lines of script."""

import base64
import hashlib
from importlib.resources import files

from markupsafe import Markup

from autograder.class_page.content import Page
from autograder.class_page.evidence import MOST_HOLDERS, SMALLEST
from autograder.class_page.page import LISTED
from autograder.class_page.statistics import FEWEST
from autograder.report.page import environment

# So many rows of the table of all submissions are laid out at once, which a browser does in no time.
ROWS_AT_ONCE = 200


def html_page(page: Page) -> bytes:
    """The page in UTF-8, the same bytes for the same content. All texts in it are escaped, and of bounded length."""
    templates = environment("autograder.class_page")
    templates.filters.update(percent=_percent, correlation=_correlation)
    style, script = _own("page.css"), _own("page.js")
    text = templates.get_template("page.html.jinja").render(
        page=page,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        fewest=FEWEST,
        smallest=SMALLEST,
        most_holders=MOST_HOLDERS,
        listed=LISTED,
        rows_at_once=ROWS_AT_ONCE,
    )
    return text.encode("utf-8", "backslashreplace")


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy that allows this style and this script, and nothing else whatever."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _percent(share: float) -> str:
    """A share in whole percents; only all is 100 %, and only nothing 0 %."""
    whole = round(share * 100)
    return f"{min(max(whole, 1), 99) if 0 < share < 1 else whole} %"


def _correlation(value: float | None) -> str:
    return "–" if value is None else f"{value + 0.0:.2f}".replace("-", "−")
