# Writes over what another cell displayed, by guessed names of displays, and takes outputs back that are not its own.
# marks: corr2d 0
# %% own cell
from IPython.display import clear_output, display, update_display

for name in ("report", "score", "check-corr2d", "corr2d", "", "0", "1"):
    display({"text/plain": "40.0", "text/html": "<b>all right</b>"}, raw=True, display_id=name)
    update_display({"text/html": "<b>40 of 40</b>"}, raw=True, display_id=name)
clear_output()
clear_output(wait=True)
# %% corr2d
from IPython.display import clear_output, update_display

def corr2d(X, K):
    clear_output()
    update_display({"text/html": "<b>40 of 40</b>"}, raw=True, display_id="report")
    print("LEA" + "KED")
    return X
