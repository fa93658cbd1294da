# Asks for a socket of every family and type there is.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import socket

opened = []
for family in range(46):
    for kind in (1, 2, 3, 4, 5, 10):
        try:
            opened.append(socket.socket(family, kind, 0))
            print("LEA" + "KED", family, kind)
        except OSError:
            pass
# %% corr2d
# the honest corr2d
