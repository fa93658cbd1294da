"""What stands in a cell of a CSV file: exact points, and text that no spreadsheet takes for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from autograder.report.safe_text import one_line

# What makes a formula of a cell that begins with it (https://owasp.org/www-community/attacks/CSV_Injection). To a
# spreadsheet that takes semicolons for the ends of cells, one begins after each, whatever quotation marks say.
FORMULA = "[=+@\t\r＝＋－＠-]"
STARTS_FORMULA = rf'(^|;)([\s"]*{FORMULA})'


def points_text(points: float) -> str:
    """``points`` in full and without binary noise or exponents: 2.5, 3, 0.333333333."""
    return f"{points:.9f}".rstrip("0").rstrip(".")


def harmless(text: str) -> str:
    """A student's words in one line, with an apostrophe before what a spreadsheet would compute."""
    return re.sub(STARTS_FORMULA, r"\1'\2", one_line(text))


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as CSV, by RFC 4180, in UTF-8 and without a byte order mark."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
