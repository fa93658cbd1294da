"""The errors that people see: what happened, why, and what to do about it."""


class AutograderError(Exception):
    """An error with a sentence for each of: what happened, why, what to do.

    The command line prints it without a traceback.
    """

    def __init__(self, what: str, why: str = "", fix: str = "") -> None:
        self.what, self.why, self.fix = what, why, fix
        super().__init__(" ".join(part for part in (what, why, fix) if part))


class UsageError(AutograderError):
    """A command was asked for something that is not there. The command line ends with exit code 2."""
