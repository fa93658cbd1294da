"""From a submission to marks: read it, run it in the sandbox, judge it, write the verdict down."""

import sys

# nbformat imports jsonschema, and that a grammar of addresses, if one is installed (JupyterLab brings it): more than a
# second in each process that grades, for a check that nothing here asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
