# Reads the solution where an instructor would have it, in this course and in a copy of one, and the gradebook.
# marks: corr2d 0
# proof: unconfined
# %% own cell
import glob, os

for path in ["{canary}/source/conv_layer/conv_layer.py", "{canary}/gradebook.db", "{repository}/source/conv_layer/conv_layer.py"]:
    try:
        with open(path, "rb") as file:
            print("LEA" + "KED", len(file.read()))
    except OSError:
        pass
if glob.glob("{canary}/*") or os.path.isdir("{canary}/source") and os.listdir("{canary}/source"):
    print("LEA" + "KED")
# %% corr2d
def corr2d(X, K):
    source = open("{repository}/source/conv_layer/conv_layer.py").read()
    exec(source[source.index("def corr2d"):source.index("# %% check: corr2d")], scope := {})
    return scope["corr2d"](X, K)
