"""The command that puts bubblewrap around the fork server, where the kernel has no Landlock."""

import functools
import os
import shutil
import subprocess
import sys
import tempfile

from autograder.sandbox.confinement import SYSTEM_READABLE
from autograder.sandbox.readable import python_with_package, readable_paths

_MADE_ANEW = ("/proc", "/dev", "/usr")  # or shown whole
_TRIAL = "from autograder.sandbox import limits, view; view.hide_all_but(sys.argv[1], limits.Limits())"
_TRIAL_S = 60.0


def wrapper(program: str, writable: str) -> list[str]:
    """The words to put before a command: it sees Python, the system's libraries and ``writable``, and no network.

    Of all privileges it keeps the one to mount, within its user namespace: a worker takes a view of its own with it.
    """
    pythons = sorted({os.path.realpath(sys.executable), sys.prefix, sys.base_prefix})
    read = [path for path in (*SYSTEM_READABLE, *readable_paths(), *pythons) if not path.startswith(_MADE_ANEW)]
    binds = [word for path in ("/usr", "/bin", "/sbin", *read) for word in ("--ro-bind-try", path, path)]
    return [
        program, "--unshare-all", "--new-session", "--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", *binds,
        "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--bind", writable, writable, "--remount-ro", "/",
    ]  # fmt: skip


@functools.cache
def working_bubblewrap() -> tuple[str | None, str]:
    """The path of a bubblewrap in which Python starts and a worker gets a view of its own, or None and why not."""
    program = shutil.which("bwrap")
    if program is None:
        return None, "bubblewrap is not installed."
    with tempfile.TemporaryDirectory(prefix="autograder-") as base:
        own = os.path.join(base, "worker")
        os.mkdir(own)
        command = [*wrapper(program, base), *python_with_package(_TRIAL, own)]
        try:
            trial = subprocess.run(command, capture_output=True, timeout=_TRIAL_S, check=False, text=True)
        except subprocess.TimeoutExpired:
            return None, "bubblewrap did not come back."
    words = trial.stderr.strip().splitlines()[-1:] or [f"exit code {trial.returncode}"]
    return (program, "") if trial.returncode == 0 else (None, f"{words[0].split('. ')[0][:200]}.")
