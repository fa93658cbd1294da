"""What holds on a machine is found out before a worker is started, and what does not is said."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from settings import open_folder

from autograder.sandbox import bubblewrap, isolation, system
from autograder.sandbox.confinement import Identity
from autograder.sandbox.isolation import probe_isolation
from autograder.sandbox.readable import closed_to_others, closed_to_plain_root, readable_paths

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
ALL = frozenset(range(41))


@pytest.fixture
def layout() -> Iterator[Path]:
    """A Python and its packages under a home: the folder of the packages."""
    with open_folder() as top:
        packages = top / "alice" / "venv" / "packages"
        packages.mkdir(parents=True)
        for folder in (packages, packages.parent, packages.parent.parent):
            folder.chmod(0o755)
        yield packages


def test_a_python_that_everybody_may_read_is_open(layout: Path) -> None:
    assert closed_to_others((str(layout),)) is None
    assert closed_to_plain_root((str(layout),)) is None


@pytest.mark.parametrize(("mode", "closed"), [(0o700, True), (0o750, True), (0o711, False), (0o755, False)])
def test_the_first_folder_that_shuts_others_out_is_named(layout: Path, mode: int, closed: bool) -> None:
    home = layout.parent.parent
    home.chmod(mode)
    assert closed_to_others((str(layout),)) == (home if closed else None)


def test_a_folder_that_may_be_entered_and_not_listed_is_closed_where_it_must_be_listed(layout: Path) -> None:
    layout.chmod(0o711)
    assert closed_to_others((str(layout),)) == layout


@AS_ROOT
def test_root_without_privileges_is_a_stranger_in_anothers_home(layout: Path) -> None:
    home = layout.parent.parent
    home.chmod(0o700)
    assert closed_to_plain_root((str(layout),)) is None
    os.chown(home, 12345, 12345)
    assert closed_to_plain_root((str(layout),)) == home


@AS_ROOT
def test_a_python_in_a_closed_home_is_read_by_privilege_where_root_has_it(
    layout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "closed_to_others", lambda: layout)
    monkeypatch.setattr(isolation, "closed_to_plain_root", lambda: None)
    here = probe_isolation()
    if here.landlock_abi == 0:
        pytest.skip("workers become other users only where Landlock holds them")
    monkeypatch.setattr(system, "held_capabilities", lambda: ALL)
    reading = probe_isolation()
    assert (reading.identity, reading.safe) == (Identity.OWN_READING, True)
    assert any(str(layout) in sentence for sentence in reading.weaker)
    monkeypatch.setattr(system, "held_capabilities", lambda: ALL - {system.CAP_DAC_READ_SEARCH})
    same = probe_isolation()
    assert (same.identity, same.safe) == (Identity.SAME, True)
    assert any(str(layout) in sentence for sentence in same.weaker)


@AS_ROOT
def test_in_a_namespace_taken_to_mount_there_is_no_other_user_to_become(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_can_move_into_memory", lambda: True)
    monkeypatch.setattr(isolation, "closed_to_others", lambda: None)
    if probe_isolation().landlock_abi == 0:
        pytest.skip("workers become other users only where Landlock holds them")
    found = []
    for held in (ALL, ALL - {system.CAP_SYS_ADMIN}, ALL - {system.CAP_SYS_ADMIN, system.CAP_SETUID}):
        monkeypatch.setattr(system, "held_capabilities", lambda held=held: held)
        here = probe_isolation()
        found.append((here.identity, here.own_folder))
    assert found == [(Identity.OWN, True), (Identity.OWN, False), (Identity.SAME, True)]


@AS_ROOT
def test_where_no_worker_could_read_python_grading_is_refused_and_the_folder_named(
    layout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed_to_others", "closed_to_plain_root"):
        monkeypatch.setattr(isolation, name, lambda: layout)
    monkeypatch.setattr(system, "held_capabilities", lambda: ALL - {system.CAP_DAC_READ_SEARCH})
    shut = probe_isolation()
    assert not shut.safe
    assert any(str(layout) in sentence and "everybody may read" in sentence for sentence in shut.missing)


def test_what_python_needs_does_not_hold_the_folder_around_the_package() -> None:
    package = Path(isolation.__file__).parent.parent
    assert str(package) in readable_paths()
    assert str(package.parent) not in readable_paths()


def test_no_bubblewrap_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    bubblewrap.working_bubblewrap.cache_clear()
    nothing = probe_isolation(landlock_abi=0)
    bubblewrap.working_bubblewrap.cache_clear()
    assert not nothing.safe
    assert any("bubblewrap is not installed" in sentence for sentence in nothing.missing)
