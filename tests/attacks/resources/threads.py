# Starts threads without end, to work on when the call has returned.
# marks: corr2d 10
# %% own cell
import threading

def work():
    while True:
        open("{canary}/thread", "w").close()

for attempt in range(200):
    try:
        threading.Thread(target=work, daemon=True).start()
    except RuntimeError:
        pass
# %% corr2d
# the honest corr2d
