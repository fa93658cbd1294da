"""What a worker is confined to, in words that the grader and the fork server share."""

from dataclasses import dataclass
from enum import StrEnum

from autograder.sandbox.limits import Limits

# What a worker may read besides Python and its packages: system libraries, fonts, clocks, the size of the machine.
SYSTEM_READABLE = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/etc/ld.so.cache",
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/etc/fonts",
    "/usr/share/mime", "/usr/share/zoneinfo", "/etc/localtime",
    "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
    "/dev/zero", "/dev/urandom", "/dev/random",
)  # fmt: skip
# Above every range that Linux distributions and container managers hand out.
OWN_UID_BASE = 0x7000_0000


class Identity(StrEnum):
    """Which user a worker is."""

    OWN = "a user of its own"
    OWN_READING = "a user of its own, which may read all that Landlock leaves it"
    SAME = "the same user, without privileges"


@dataclass(frozen=True)
class Confinement:
    """How a worker is confined. ``landlock_abi`` 0 and what is False leave that part out.

    ``own_folder``: its folder is in memory, bounded by the kernel; ``own_view``: so it is, and neighbours are hidden.
    ``groups`` are the files by which it joins its control groups, none where there are none.
    """

    scratch: str
    readable: tuple[str, ...]
    landlock_abi: int
    filtered: bool
    own_view: bool
    own_folder: bool
    identity: Identity
    groups: tuple[str, ...]
    limits: Limits
