"""Runs the table of probes: without protection, and in workers confined one way or another."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cells import run_cell

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import Isolation, Method, probe_isolation
from autograder.sandbox.outcomes import Outcome, WorkerLost
from autograder.sandbox.worker import Worker
from probes.table import PROBES, sources

SPOILT = ["kept", "empty", "deleted", "taken", "replaced", "moved", "mode", "owner", "time", "attribute"]
AS_IT_IS = "as it is"
_VICTIM = """
import ctypes, signal
ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_long(-1), 0, 0, 0)  # where Yama is, lets any process trace this one
content = b"".join([b"solu", b"tion"])
print(id(content) + bytes.__basicsize__ - 1, flush=True)
signal.pause()
"""


@dataclass(frozen=True)
class Seen:
    """What came of the probes in one setting: which got there, and which ended their process by a forbidden call."""

    there: frozenset[str]
    killed: frozenset[str]


def tried() -> dict[str, Seen]:
    """What came of the probes for this user, by setting; without protection, none is ended."""
    seen = {name: confined(isolation, deadly=name == AS_IT_IS) for name, isolation in all_settings().items()}
    return {**seen, "unprotected": Seen(unprotected(), frozenset())}


def all_settings() -> dict[str, Isolation]:
    """The ways of confining a worker that this machine has."""
    settings = {AS_IT_IS: probe_isolation(), "Landlock's first version": probe_isolation(landlock_abi=1)}
    bubblewrap = probe_isolation(landlock_abi=0)
    return settings | ({"bubblewrap": bubblewrap} if bubblewrap.method is Method.BUBBLEWRAP else {})


def confined(isolation: Isolation, *, deadly: bool = True) -> Seen:
    """The probes in workers so confined; one that ends its worker has the next in a new one.

    deadly: those too that the filter of system calls answers with death, in every setting alike.
    """
    there, killed = set(), set()
    with places() as fields, ForkServer(isolation=isolation) as server:
        worker = server.worker()
        for name, source in sources(fields).items():
            if PROBES[name].deadly and not deadly:
                continue
            try:
                if _is_true(worker, source):
                    there.add(name)
            except WorkerLost as lost:
                if lost.outcome is Outcome.FORBIDDEN_CALL:
                    killed.add(name)
                worker = server.worker()
    return Seen(frozenset(there), frozenset(killed))


def _is_true(worker: Worker, source: str) -> bool:
    cell = run_cell(worker, source)
    return cell.ok and any(event.get("data", {}).get("text/plain") == "True" for event in cell.events)


def unprotected() -> frozenset[str]:
    """The probes that get there where nothing stops them, of those that may be let."""
    with places() as fields:
        cells = {name: source for name, source in sources(fields).items() if PROBES[name].proof != "none"}
        script = Path(__file__).with_name("unprotected.py")
        run = subprocess.run(
            [sys.executable, str(script)], input=json.dumps(cells), stdout=subprocess.PIPE, text=True, check=True
        )
        return frozenset(json.loads(run.stdout.splitlines()[-1]))


@contextlib.contextmanager
def places() -> Iterator[dict[str, object]]:
    """What the probes go for: files that their modes leave open to everybody, sockets, and another process."""
    with contextlib.ExitStack() as stack:
        base = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        outside = base / "outside"
        (outside / "emptied").mkdir(parents=True)
        for name in SPOILT:
            (outside / name).touch()
        (outside / "secret").write_text("solution")
        (outside / "link").symlink_to("secret")
        for parent in (base, base.parent):
            if parent.stat().st_uid == os.geteuid():
                parent.chmod(parent.stat().st_mode | 0o011)  # what stops a worker is to be the sandbox, not the mode
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        unix, abstract, *datagrams = (
            stack.enter_context(socket.socket(socket.AF_UNIX, kind))
            for kind in (socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_DGRAM)
        )
        unix.bind(str(outside / "socket"))
        abstract.bind(f"\0autograder-{os.getpid()}")
        datagrams[0].bind(str(outside / "datagrams"))
        datagrams[1].bind(f"\0autograder-{os.getpid()}-datagram")
        for server in (unix, abstract):
            server.listen()
        for path in (outside, *outside.iterdir()):
            path.chmod(0o777)
        victim = stack.enter_context(
            subprocess.Popen([sys.executable, "-c", _VICTIM], stdout=subprocess.PIPE, text=True, start_new_session=True)
        )
        stack.callback(victim.kill)
        assert victim.stdout is not None
        yield {
            "outside": outside, "port": tcp.getsockname()[1], "unix": outside / "socket", "victim": victim.pid,
            "datagram": outside / "datagrams", "abstract": f"autograder-{os.getpid()}",
            "address": int(victim.stdout.readline()),
        }  # fmt: skip
