"""Every way out that we know of is shut; each attack first proves itself on a worker without protection."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import autograder
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import Method, probe_isolation
from autograder.sandbox.outcomes import Outcome, WorkerLost

SETUP = """
import ctypes, os, signal, socket, struct, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return True
"""
# {outside}: a folder with a file `secret` in it; {port}: a listening TCP port; {unix}: a listening socket;
# {parent}: the test's own process.
ATTACKS = {
    "read a file": "open('{outside}/secret').read() == 'solution'",
    "list a folder": "os.listdir('{outside}') != []",
    "write a file": "open('{outside}/new', 'w').write('x') == 1",
    "append to a file": "open('{outside}/secret', 'a').write('') == 0",
    "truncate a file": "os.truncate('{outside}/empty', 0) is None",
    "truncate while opening": "os.open('{outside}/empty', os.O_RDONLY | os.O_TRUNC) > 0",
    "delete a file": "os.remove('{outside}/victim') is None",
    "rename into the scratch folder": "os.rename('{outside}/victim2', 'mine') is None",
    "hard-link into the scratch folder": "os.link('{outside}/secret', 'link') is None",
    "symbolic link": "os.symlink('{outside}/secret', 'symbolic') is None",
    "make a folder": "os.mkdir('{outside}/folder') is None",
    "command lines of other processes": "len(open('/proc/{parent}/cmdline', 'rb').read()) > 0",
    "shared memory": "os.close(os.open('/dev/shm/autograder-test', os.O_CREAT | os.O_RDWR)) is None "
    "and os.remove('/dev/shm/autograder-test') is None",
    "memory file": "os.memfd_create('x') > 0",
    "TCP": "socket.create_connection(('127.0.0.1', {port}), 5) is not None",
    "UDP": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM) is not None",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) is not None",
    "unix socket": "socket.socket(socket.AF_UNIX).connect('{unix}') is None",
    "fork": "(lambda pid: os._exit(0) if pid == 0 else os.waitpid(pid, 0)[0] == pid)(os.fork())",
    "exec": "__import__('subprocess').run(['/bin/true']).returncode == 0",
    "posix_spawn": "os.posix_spawn('/bin/true', ['true'], dict()) > 0",
    "thread": "threading.Thread(target=int).start() is None",
    "signal another process": "os.kill({parent}, 0) is None",
    "signal the parent": "os.kill(os.getppid(), 0) is None",
    "pidfd": "os.pidfd_open({parent}) > 0",
    "raise a limit of another": "__import__('resource').prlimit({parent}, 7) != None",
    "System V memory": "check(libc.shmget(0, 4096, 0o1600))",
    "extended attribute": "os.setxattr('.', 'user.x', b'x') is None",
    "survive the fork server": "check(libc.prctl(1, 0, 0, 0, 0))",
}


@pytest.fixture
def places(tmp_path: Path) -> Iterator[dict[str, Any]]:
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("victim", "victim2", "empty"):
        (outside / name).touch()
    (outside / "secret").write_text("solution")
    for path in (outside, *outside.iterdir()):
        path.chmod(0o777)
    for parent in list(outside.parents)[:3]:
        parent.chmod(parent.stat().st_mode | 0o011)  # what stops the worker is to be the sandbox, not the mode
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(outside / "socket"))
        unix.listen()
        yield {
            "outside": outside, "port": tcp.getsockname()[1], "unix": outside / "socket", "parent": os.getpid(),
        }  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda name: name.replace(" ", "-"))
def test_an_attack_fails_in_the_sandbox_and_works_without_it(
    attack: str, places: dict[str, Any], fork_server: ForkServer, open_server: ForkServer, run_cell: Any
) -> None:
    source = SETUP + ATTACKS[attack].format(**places)
    with fork_server.worker() as worker:
        confined = run_cell(worker, source)
        assert not confined.ok
        assert confined.error in {
            "PermissionError", "OSError", "BlockingIOError", "RuntimeError", "FileNotFoundError",
        }  # fmt: skip
        assert run_cell(worker, "1 + 1").result == "2"
    with open_server.worker() as worker:
        assert run_cell(worker, source).result == "True"


DEADLY = {
    "ptrace": "libc.ptrace(16, os.getppid(), 0, 0)",
    "memory of another process": "libc.process_vm_readv(os.getppid(), 0, 0, 0, 0, 0)",
    "mount": "libc.mount(b'none', b'.', b'tmpfs', 0, None)",
    "keyring": "libc.syscall(250, 0, 0)" if os.uname().machine == "x86_64" else "libc.syscall(219, 0, 0)",
    "io_uring": "libc.syscall(425, 1, 0)",
    "bpf": "libc.syscall(321, 0, 0, 0)" if os.uname().machine == "x86_64" else "libc.syscall(280, 0, 0, 0)",
}


@pytest.mark.parametrize("call", DEADLY, ids=lambda name: name.replace(" ", "-"))
def test_a_call_that_no_notebook_makes_ends_the_process(call: str, fork_server: ForkServer, run_cell: Any) -> None:
    with fork_server.worker() as worker, pytest.raises(WorkerLost) as lost:
        run_cell(worker, SETUP + DEADLY[call])
    assert lost.value.outcome is Outcome.FORBIDDEN_CALL


@pytest.mark.parametrize("what", ["mem", "environ", "maps", "fd/0", "root/etc/passwd"])
def test_the_fork_server_and_the_grader_cannot_be_looked_into(what: str, worker: Any, run_cell: Any) -> None:
    for process in ("os.getppid()", os.getpid()):
        assert run_cell(worker, f"import os; open(f'/proc/{{{process}}}/{what}', 'rb')").error == "PermissionError"


def test_the_package_is_readable_and_the_folder_around_it_is_not(worker: Any, run_cell: Any) -> None:
    package = Path(autograder.__file__).parent
    assert run_cell(worker, f"len(open({str(package / 'errors.py')!r}).read()) > 0").result == "True"
    assert run_cell(worker, f"import os; os.listdir({str(package.parent)!r})").error == "PermissionError"


def test_one_worker_cannot_read_the_folder_of_another(fork_server: ForkServer, run_cell: Any) -> None:
    with fork_server.worker() as one, fork_server.worker() as other:
        where = run_cell(other, "open('answer.txt', 'w').write('42'); import os; os.getcwd()").result
        assert run_cell(one, f"open({where} + '/answer.txt').read()").error == "PermissionError"
        assert run_cell(one, f"import os; os.listdir({where})").error == "PermissionError"


def test_nothing_of_the_graders_environment_or_descriptors_is_there(
    monkeypatch: pytest.MonkeyPatch, run_cell: Any
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    with ForkServer() as server, server.worker() as worker:
        assert run_cell(worker, "import os; 'SECRET_TOKEN' in os.environ").result == "False"
        listing = """
        import os
        def is_open(descriptor):
            try:
                return bool(os.fstat(descriptor))
            except OSError:
                return False
        [descriptor for descriptor in range(1000) if is_open(descriptor)]
        """
        assert run_cell(worker, listing).result == "[0, 1, 2, 3]"


def test_two_workers_are_two_users_where_the_grader_is_root(fork_server: ForkServer, run_cell: Any) -> None:
    with fork_server.worker() as one, fork_server.worker() as other:
        users = [int(run_cell(worker, "import os; os.getuid()").result) for worker in (one, other)]
    if os.geteuid() == 0:
        assert len({0, *users}) == 3
    else:
        assert users == [os.geteuid()] * 2


def test_privileges_cannot_be_taken_back(worker: Any, run_cell: Any) -> None:
    assert run_cell(worker, "import os; os.setuid(0)").error == "PermissionError"
    prctl = "import ctypes; ctypes.CDLL(None).prctl(39, 0, 0, 0, 0)"  # PR_GET_NO_NEW_PRIVS itself is filtered
    assert run_cell(worker, prctl).result == "-1"


def test_without_landlock_bubblewrap_hides_the_files_or_the_sandbox_refuses(
    places: dict[str, Any], run_cell: Any
) -> None:
    isolation = probe_isolation(landlock_abi=0)
    if isolation.method is not Method.BUBBLEWRAP:
        assert not isolation.safe
        assert any("bubblewrap" in sentence for sentence in isolation.missing)
        return
    with ForkServer(isolation=isolation) as server, server.worker() as worker:
        for attack in ("read a file", "write a file", "TCP", "fork", "command lines of other processes"):
            assert not run_cell(worker, SETUP + ATTACKS[attack].format(**places)).ok, attack
        assert run_cell(worker, "open('mine.txt', 'w').write('x')").result == "1"
        assert run_cell(worker, "import torch; torch.ones(2).sum().item()").result == "2.0"


def test_an_old_landlock_does_not_let_readable_files_be_emptied(places: dict[str, Any], run_cell: Any) -> None:
    isolation = probe_isolation(landlock_abi=1)
    with ForkServer(isolation=isolation) as server, server.worker() as worker:
        assert run_cell(worker, "import os; os.open('/dev/null', os.O_RDONLY | os.O_TRUNC)").error == "OSError"
        for attack in ("read a file", "write a file", "truncate a file", "truncate while opening"):
            assert not run_cell(worker, SETUP + ATTACKS[attack].format(**places)).ok, attack
        assert run_cell(worker, "open('mine.txt', 'w').write('x')").result == "1"
