# Speaks to the outside: TCP, UDP and a Unix socket.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import socket

def speak(kind, what, address):
    try:
        with socket.socket(kind, what) as stream:
            stream.settimeout(2)
            stream.connect(address)
            stream.send(b"answers, please")
    except OSError:
        pass

speak(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", {tcp}))
speak(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", {udp}))
speak(socket.AF_UNIX, socket.SOCK_STREAM, "{unix}")
# %% corr2d
# the honest corr2d
