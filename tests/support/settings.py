"""Commands that run another one as in a setting that this machine is not: as another user, in a container."""

import contextlib
import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox.readable import closed_to_others

NOBODY = 65534
# In a view of the files of its own: shows what is in a closed folder, and lets everybody in.
_OPENED = """
set -e
closed=$1; shift
mount -t tmpfs tmpfs /mnt; mkdir /mnt/kept
mount --rbind "$closed" /mnt/kept
mount -t tmpfs -o mode=755 tmpfs "$closed"
for folder in /mnt/kept/* /mnt/kept/.[!.]*; do
    [ -d "$folder" ] || continue
    mkdir "$closed/${folder##*/}"; mount --rbind "$folder" "$closed/${folder##*/}"
done
umount -l /mnt
exec "$@"
"""
# What Docker leaves root in a container by default, and what its seccomp profile keeps from it.
_DOCKER_CAPABILITIES = (
    "+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,+mknod,"
    "+audit_write,+setfcap"
)
_DOCKER_REFUSES = (
    "mount", "umount2", "unshare", "setns", "pivot_root", "keyctl", "add_key", "request_key", "bpf", "perf_event_open",
    "userfaultfd", "kexec_load", "open_by_handle_at", "init_module", "io_uring_setup", "open_tree", "move_mount",
    "fsopen", "mount_setattr", "CLONE_NEW",
)  # fmt: skip
NO_LANDLOCK = {"landlock_create_ruleset": errno.ENOSYS}
NO_SECCOMP = {"seccomp": errno.ENOSYS, "PR_SET_SECCOMP": errno.EINVAL}
DOCKER = {**dict.fromkeys(_DOCKER_REFUSES, errno.EPERM), "clone3": errno.ENOSYS}


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every user may use. Not under pytest's, which each new run of pytest shuts to others again."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def ordinary_user(home: Path) -> list[str]:
    """As a user with no rights, at home in ``home``; nothing to do where the tests are run by one."""
    if os.geteuid() != 0:
        return []
    closed = closed_to_others()
    opened = ["unshare", "--mount", "sh", "-c", _OPENED, "sh", str(closed)] if closed and closed.is_dir() else []
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    return [*opened, *become, "env", f"HOME={home}", f"TMPDIR={home}"]


def without(calls: dict[str, int]) -> list[str]:
    """On a kernel, or under a container's filter, where the system calls ``calls`` fail with those errors."""
    return [sys.executable, str(Path(__file__).with_name("deprived.py")), json.dumps(calls)]


def docker() -> list[str]:
    """As root in a container by Docker's defaults, as far as capabilities and system calls go."""
    return [*without(DOCKER), "setpriv", f"--bounding-set=-all,{_DOCKER_CAPABILITIES}", "--inh-caps=-all"]


def fake_root() -> list[str]:
    """As the root of a user namespace: an ordinary user outside."""
    return ["unshare", "--user", "--map-root-user"]


def works(setting: list[str]) -> bool:
    """Whether the setting can be had on this machine."""
    return subprocess.run([*setting, sys.executable, "-c", "import autograder"], check=False).returncode == 0
