# Opens a door for others: listens on ports and on a socket in its folder.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import http.server, socket

for family, address in ((socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_INET, ("0.0.0.0", 0)), (socket.AF_INET6, ("::1", 0)),
                        (socket.AF_UNIX, "door")):
    try:
        listener = socket.socket(family)
        listener.bind(address)
        listener.listen()
        print("LEA" + "KED", address)
    except OSError:
        pass
try:
    http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    print("LEA" + "KED")
except OSError:
    pass
# %% corr2d
# the honest corr2d
