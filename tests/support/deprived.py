"""Runs a command on a kernel that seems to lack system calls: ``python deprived.py '{"mount": 1}' command ...``.

The calls named fail with the error numbers given, in the command and in all that it starts, as in a container whose
runtime filters them or on a kernel that was built without. ``PR_SET_SECCOMP`` stands for that option of prctl, and
``CLONE_NEW`` for clone into new namespaces.
"""

import json
import os
import sys

import pyseccomp

_PR_SET_SECCOMP = 22
_NAMESPACES = (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)


def deprive(calls: dict[str, int]) -> None:
    """Takes the calls from this process, for good."""
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.set_attr(pyseccomp.Attr.CTL_NNP, int(os.geteuid() != 0))  # root needs no promise not to gain privileges
    for name, number in calls.items():
        action = pyseccomp.ERRNO(number)
        if name == "PR_SET_SECCOMP":
            rules.add_rule(action, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, _PR_SET_SECCOMP))
        elif name == "CLONE_NEW":
            for flag in _NAMESPACES:
                rules.add_rule(action, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
        else:
            rules.add_rule(action, name)
    rules.load()


if __name__ == "__main__":
    deprive(json.loads(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
