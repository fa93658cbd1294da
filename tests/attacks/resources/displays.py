# Displays fifty megabytes at once, little by little, and over and over in the same place.
# marks: corr2d 10
# %% own cell
import base64

display({"image/png": base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(50_000_000)).decode()}, raw=True)
# %% own cell
for _ in range(100_000):
    display({"text/html": "<b>" * 1000}, raw=True)
# %% own cell
handle = display({"text/plain": "first"}, raw=True, display_id=True)
for number in range(100_000):
    handle.update({"text/plain": "x" * 1000, "text/html": "y" * 1000}, raw=True)
# %% own cell
from IPython.display import clear_output

for number in range(100_000):
    print("x" * 100)
    clear_output(wait=number % 2 == 0)
# %% own cell
for number in range(100_000):
    display({"text/x-" + "y" * 1000: "", "application/json": [[[[]]]] * 1000}, raw=True)
# %% corr2d
# the honest corr2d
