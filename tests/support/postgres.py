"""A PostgreSQL server of a test's own: started on a free port in a temporary folder, as an ordinary user."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

USER = "grader"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    onto_path = shutil.which("initdb")
    return found[-1].parent if found else Path(onto_path).parent if onto_path else None


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server, without a database's name: ``postgresql://grader@127.0.0.1:PORT/``."""
    folder = programs()
    assert folder is not None, "PostgreSQL is not installed: apt-get install postgresql"
    owner = _ordinary_user()
    with tempfile.TemporaryDirectory(prefix="autograder-postgres-") as place:
        data = Path(place, "data")
        data.mkdir(mode=0o700)
        if owner is not None:
            for path in (place, data):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        identity = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": ()}

        def run(program: str, *arguments: str) -> None:
            command = [str(folder / program), "-D", str(data), *arguments]
            finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place, **identity)
            assert finished.returncode == 0, finished.stdout + finished.stderr

        port = _free_port()
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        run("initdb", "--auth=trust", f"--username={USER}", "--no-sync")
        run("pg_ctl", "start", "--wait", "--log", str(data / "log"), "-o", settings)
        try:
            yield f"postgresql+psycopg://{USER}@127.0.0.1:{port}/"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")


def _ordinary_user() -> "pwd.struct_passwd | None":
    """Whom the server runs as: PostgreSQL does not start as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
