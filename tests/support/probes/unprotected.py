"""Runs each probe in a process of its own that nothing confines: which of them get there.

A script of few imports: the probes' cells come as JSON, the names of those that got there go as JSON.
"""

import ast
import json
import os
import signal
import socket
import sys
import tempfile

import autograder  # noqa: F401  (a probe asks where it lies)

_TIME_S = 20


def gets_there(source: str) -> bool:
    """Whether the last expression is True."""
    ours, theirs = socket.socketpair()
    with tempfile.TemporaryDirectory() as folder, ours, theirs:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                signal.alarm(_TIME_S)
                os.chdir(folder)
                os.dup2(theirs.fileno(), 3)  # a worker has its channel there
                tree = ast.parse(source)
                last = tree.body.pop()
                names: dict[str, object] = {}
                exec(compile(tree, "probe", "exec"), names)
                code = 0 if eval(compile(ast.Expression(last.value), "probe", "eval"), names) is True else 1
            finally:
                os._exit(code)
        return os.waitpid(pid, 0)[1] == 0


if __name__ == "__main__":
    probes = json.load(sys.stdin)
    print(json.dumps([name for name, source in probes.items() if gets_there(source)]))
