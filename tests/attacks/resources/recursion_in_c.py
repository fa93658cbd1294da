# Recurses in code that is not Python's: parsers, compilers, copies, descriptions, ends of long chains.
# marks: corr2d 10
# %% own cell
import json

json.loads("[" * 200_000)
# %% own cell
import ast

ast.parse("(" * 100_000 + ")" * 100_000)
# %% own cell
eval("-" * 200_000 + "1")
# %% own cell
eval("+".join(["1"] * 200_000))
# %% own cell
import re

re.compile("(" * 200_000)
# %% own cell
nested = []
for _ in range(200_000):
    nested = [nested]
nested
# %% own cell
import copy, pickle

copy.deepcopy(nested)
# %% own cell
pickle.dumps(nested)
# %% own cell
import sys

sys.setrecursionlimit(10**9)
class Chain:
    def __init__(self, rest):
        self.rest = rest

    def __del__(self):
        pass

chain = None
for _ in range(200_000):
    chain = Chain(chain)
del chain
# %% own cell
iterator = iter([1])
for _ in range(200_000):
    iterator = map(abs, iterator)
list(iterator)
# %% corr2d
# the honest corr2d
