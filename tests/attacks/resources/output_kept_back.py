# Prints two hundred megabytes where it is kept in memory, and then lets it all out.
# marks: corr2d 10
# %% own cell
import contextlib, io

from IPython.utils.capture import capture_output

with capture_output() as kept:
    for _ in range(200):
        print("x" * 1_000_000)
kept.show()
# %% own cell
text = io.StringIO()
with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
    for _ in range(200):
        print("x" * 1_000_000)
print(text.getvalue())
# %% corr2d
# the honest corr2d
