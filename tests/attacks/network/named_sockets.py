# Connects to a socket that has a name and no file, and offers one of its own.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import socket

for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_DGRAM):
    for call in (lambda one: one.connect("\0{mark}"), lambda one: one.bind("\0{mark}-own"), lambda one: one.sendto(b"x", "\0{mark}"),
                 lambda one: one.connect("/run/systemd/journal/socket"), lambda one: one.connect("/run/dbus/system_bus_socket")):
        try:
            call(socket.socket(socket.AF_UNIX, kind))
        except OSError:
            pass
pair = socket.socketpair()
for name in ("\0{mark}", "{unix}"):
    for call in (pair[0].connect, lambda name: pair[0].sendto(b"x", name), lambda name: pair[0].sendmsg([b"x"], [], 0, name)):
        try:
            call(name)
        except OSError:
            pass
# %% corr2d
# the honest corr2d
