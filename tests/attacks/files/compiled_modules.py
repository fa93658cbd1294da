# Puts compiled modules of its own where those of the grader are kept, and tells Python to look for them elsewhere.
# marks: corr2d 0
# %% own cell
import importlib.util, os, py_compile, sys

with open("evil.py", "w") as file:
    file.write("open('{canary}/imported', 'w').close()")
compiled = open(py_compile.compile("evil.py", "evil.pyc"), "rb").read()
package = "{repository}/autograder"
for folder in (package + "/__pycache__", package, os.path.dirname(torch.__file__) + "/__pycache__", "__pycache__", "autograder", "torch"):
    for name in ("{mark}.cpython-311.pyc", "__init__.pyc-{mark}"):
        try:
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, name), "wb") as file:
                file.write(compiled)
        except OSError:
            pass
sys.pycache_prefix = os.getcwd()
importlib.util.MAGIC_NUMBER = b"\0" * 4
# %% corr2d
def corr2d(X, K):
    return X
