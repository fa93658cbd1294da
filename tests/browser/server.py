"""A JupyterLab server of its own: a free port, and a home where no settings of this machine reach."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

STARTS_WITHIN_S = 60.0
STOPS_WITHIN_S = 20.0
# JupyterLab prints this when it answers.
READY = "is running at:"
# Otherwise a window asks whether to fetch news, and the server looks for a new version, on the internet.
NO_NEWS = '{"fetchNews": "false", "checkForUpdates": false}'


@dataclass(frozen=True)
class Server:
    """Where a JupyterLab answers, and the folder that it shows."""

    root: Path
    home: Path
    port: int
    token: str
    ready: threading.Event

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "server.log"

    def wait_until_ready(self) -> None:
        """Return when the server answers; AssertionError if it ends or takes too long."""
        answers = self.ready.wait(STARTS_WITHIN_S)
        said = self.log.read_text(encoding="utf-8")
        assert answers, f"JupyterLab did not answer within {STARTS_WITHIN_S:g} s:\n{said}"
        assert READY in said, f"JupyterLab ended:\n{said}"


@contextlib.contextmanager
def jupyter_lab(root: Path, home: Path, nbgrader_config: str = "") -> Iterator[Server]:
    """Start JupyterLab in ``root``, and stop it in the end; what it and its user keep lies in ``home``.

    nbgrader_config: what a user's own nbgrader_config.py says; a course has one in its folder.
    """
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(NO_NEWS, encoding="utf-8")
    (home / "config").mkdir()
    (home / "config" / "nbgrader_config.py").write_text(nbgrader_config, encoding="utf-8")
    server = Server(root, home, _free_port(), secrets.token_hex(16), threading.Event())
    process = subprocess.Popen(
        _command(server), cwd=root, env=_environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    reader = threading.Thread(target=_keep, args=(process.stdout, server))
    reader.start()
    try:
        yield server
    finally:
        process.terminate()
        try:
            process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join()
        process.stdout.close()


def _command(server: Server) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={server.port}"),
        *("--ServerApp.port_retries=0", f"--ServerApp.root_dir={server.root}"),
        f"--IdentityProvider.token={server.token}",
        *(["--allow-root"] if os.geteuid() == 0 else []),
    ]


def _environment(home: Path) -> dict[str, str]:
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
    }
    of_machine = {name: value for name, value in os.environ.items() if not name.startswith("NBGRADER_")}
    return {**of_machine, **{name: str(path) for name, path in own.items()}}


def _keep(said: IO[str], server: Server) -> None:
    with server.log.open("w", encoding="utf-8", buffering=1) as log:
        for line in said:
            log.write(line)
            if READY in line:
                server.ready.set()
    server.ready.set()  # it has ended; whoever waits finds that out


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
