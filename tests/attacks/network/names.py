# Asks for the addresses of names, and tells by the names it asks for.
# marks: corr2d 10
# %% own cell
import ctypes, socket

for ask in (
    lambda: socket.getaddrinfo("what.i.know.example.org", 80), lambda: socket.gethostbyname("example.org"),
    lambda: socket.gethostbyaddr("192.0.2.1"), lambda: socket.getfqdn("192.0.2.1"), lambda: socket.getnameinfo(("192.0.2.1", 80), 0),
):
    try:
        ask()
    except OSError:
        pass
found = ctypes.c_void_p()
if ctypes.CDLL(None).getaddrinfo(b"example.org", b"80", None, ctypes.byref(found)) == 0:
    print("LEA" + "KED")
# %% corr2d
# the honest corr2d
