"""Every way out that we know of is shut, whoever the grader is; each first proves itself where nothing is shut."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from probes.running import Seen, tried
from probes.table import HARMLESS, PROBES, Proof
from settings import open_folder, ordinary_user, works

import autograder
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import probe_isolation

DEADLY = {name for name, probe in PROBES.items() if probe.deadly}
USERS = ("the user who runs the tests", "an ordinary user")
SCRIPT = Path(__file__).parent.parent / "support" / "try_probes.py"


@pytest.fixture(scope="module")
def seen() -> Callable[[str], dict[str, Seen]]:
    """What came of the probes in each setting, by user."""
    known: dict[str, dict[str, Seen]] = {}

    def by(user: str) -> dict[str, Seen]:
        if user not in known:
            known[user] = tried() if user == USERS[0] else tried_by_a_user()
        return known[user]

    return by


def tried_by_a_user() -> dict[str, Seen]:
    if os.geteuid() != 0:
        pytest.skip("the tests are run by an ordinary user already")
    with open_folder() as home:
        user = ordinary_user(home)
        if not works(user):
            pytest.skip("Python lies where an ordinary user may not read it, and this root may not show it to one")
        run = subprocess.run([*user, sys.executable, str(SCRIPT)], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(run.stdout.splitlines()[-1])
    return {name: Seen(frozenset(each["there"]), frozenset(each["killed"])) for name, each in found.items()}


@pytest.mark.parametrize("user", USERS)
def test_of_all_probes_only_those_get_out_that_are_known_to_be_harmless(
    user: str, seen: Callable[[str], dict[str, Seen]], tell: Callable[[str], None]
) -> None:
    for setting, found in seen(user).items():
        if setting == "unprotected":
            continue
        tell(f"{user}, {setting}: {len(found.there)} of {len(PROBES)} probes get out, all of them harmless")
        if setting == "bubblewrap":  # a new tree of files and processes: not even names and numbers are there
            assert found.there <= set(HARMLESS), setting
        else:
            assert found.there == set(HARMLESS), setting


@pytest.mark.parametrize("user", USERS)
def test_each_probe_gets_out_where_nothing_stops_it(
    user: str, seen: Callable[[str], dict[str, Seen]], tell: Callable[[str], None]
) -> None:
    able = {Proof.ANYONE, Proof.ROOT} if user == USERS[0] and os.geteuid() == 0 else {Proof.ANYONE}
    expected = {name for name, probe in PROBES.items() if probe.proof in able}
    there = seen(user)["unprotected"].there
    tell(f"{user}, unprotected: {len(there)} of the {len(expected)} probes get out that may be let")
    assert expected - there == set()


@pytest.mark.parametrize("user", USERS)
def test_a_call_that_no_notebook_makes_ends_the_process(user: str, seen: Callable[[str], dict[str, Seen]]) -> None:
    assert seen(user)["as it is"].killed == DEADLY


def test_there_are_probes_of_every_family_and_a_reason_for_each_that_is_harmless() -> None:
    families = [probe.family for probe in PROBES.values()]
    assert {family: families.count(family) >= 8 for family in families} == dict.fromkeys(families, True)
    assert set(HARMLESS) <= set(PROBES)
    assert len(PROBES) >= 60


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
        # In memory it is not even there; on disk it is there, and shut.
        refusals = ("PermissionError", "FileNotFoundError")
        assert run_cell(one, f"open({where} + '/answer.txt').read()").error in refusals
        assert run_cell(one, f"import os; os.listdir({where})").error in refusals


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


def test_an_old_landlock_does_not_let_readable_files_be_emptied(run_cell: Any) -> None:
    isolation = probe_isolation(landlock_abi=1)
    with ForkServer(isolation=isolation) as server, server.worker() as worker:
        assert run_cell(worker, "import os; os.open('/dev/null', os.O_RDONLY | os.O_TRUNC)").error == "OSError"
        assert run_cell(worker, "open('mine.txt', 'w').write('x')").result == "1"
