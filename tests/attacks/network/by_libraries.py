# Fetches and sends by what libraries offer: addresses of web pages, mail, PyTorch's own transports.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import asyncio, ftplib, http.client, smtplib, socket, urllib.request, xmlrpc.client
from multiprocessing.connection import Client

import numpy

socket.setdefaulttimeout(0.1)
address = "http://127.0.0.1:{tcp}/"

async def call():
    await asyncio.wait_for(asyncio.open_connection("127.0.0.1", {tcp}), 0.1)

for attempt in (
    lambda: urllib.request.urlopen(address), lambda: http.client.HTTPConnection("127.0.0.1", {tcp}).request("GET", "/"),
    lambda: smtplib.SMTP("127.0.0.1", {tcp}), lambda: ftplib.FTP().connect("127.0.0.1", {tcp}),
    lambda: xmlrpc.client.ServerProxy(address).solution(), lambda: torch.hub.load_state_dict_from_url(address, "."),
    lambda: Client("{unix}"), lambda: asyncio.run(call()), lambda: numpy.lib.npyio.DataSource(None).open(address),
):
    try:
        attempt()
    except (Exception, SystemExit):
        pass
# %% corr2d
# the honest corr2d
