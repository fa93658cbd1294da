# Takes every kind of descriptor until there is none left: pipes, events, timers, pairs of sockets, duplicates.
# marks: corr2d 10
# %% own cell
import os, select, signal, socket

kept = []
for make in (os.pipe, lambda: os.eventfd(0), socket.socketpair, select.epoll, lambda: os.dup(3), lambda: os.open(".", os.O_RDONLY), lambda: os.memfd_create("x")):
    for _ in range(100_000):
        try:
            kept.append(make())
        except OSError:
            break
# %% corr2d
# the honest corr2d
