"""A machine as Gradescope makes one of a zip: its folders, root, no home, and nothing of this checkout or its packages.

The system's files are those of this machine, read-only; whatever pip is told by its environment goes along.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What Docker leaves to root in a container.
_CAPABILITIES = (
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "SYS_CHROOT",
    "MKNOD",
)
_SYSTEM = ("/usr", "/etc", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_FOR_PIP = ("PIP_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_", "REQUESTS_CA_BUNDLE")


def unpack(archive: Path, root: Path) -> None:
    """Lay out a zip below ``root`` as Gradescope does below /autograder."""
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    for script in (root / "run_autograder", root / "source" / "setup.sh"):
        script.chmod(0o755)
    for folder in ("submission", "results"):
        (root / folder).mkdir()
    root.chmod(0o755)


@dataclass(frozen=True)
class Image:
    """The machine; ``root`` is its /autograder."""

    root: Path

    def command(self, *command: str, **environment: str) -> list[str]:
        """The command that runs another in the machine."""
        known = {"PATH": _PATH, "HOME": "/root", **_for_pip(), **environment}
        found = shutil.which("python3.11", path=_PATH)
        own = [] if found else [sys.base_prefix]  # no Python 3.11 of the system's own: the one that runs this
        known["PATH"] = ":".join([*(f"{prefix}/bin" for prefix in own), known["PATH"]])
        readable = [path for path in (*_SYSTEM, *own, *_paths(_for_pip())) if Path(path).exists()]
        return [
            *("bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--clearenv"),
            *("--tmpfs", "/tmp", "--tmpfs", "/root", "--proc", "/proc", "--dev", "/dev"),
            *(word for path in readable for word in ("--ro-bind", path, path)),
            *("--bind", str(self.root), "/autograder", "--chdir", "/autograder"),
            *_as_root(),
            *(word for name, value in known.items() for word in ("--setenv", name, value)),
            *command,
        ]

    def run(self, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a command in the machine and wait for it."""
        return subprocess.run(self.command(*command, **environment), capture_output=True, text=True, check=False)


def _as_root() -> list[str]:
    if os.geteuid() != 0:
        return ["--unshare-user", "--uid", "0", "--gid", "0"]
    return [word for name in _CAPABILITIES for word in ("--cap-add", f"CAP_{name}")]


def _for_pip() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if name.upper().startswith(_FOR_PIP)}


def _paths(environment: Mapping[str, str]) -> list[str]:
    """The folders and files that the environment names."""
    words = " ".join(environment.values()).split()
    return [word for word in words if word.startswith("/") and not word.startswith(("/usr/", "/etc/"))]
