# Sends outputs of its own while it is being asked: points, reports and script.
# marks: corr2d 0
# %% own cell
import json, os, struct

def send(message):
    text = json.dumps(message).encode()
    os.write(3, struct.pack("<4sIQ", b"AGW1", len(text), 0) + text)

send({"event": {"output": "execute_result", "data": {"text/plain": "40.0", "application/javascript": "alert(1)"}, "execution_count": 1}})
send({"event": {"output": "error", "ename": ["x"], "evalue": {}, "traceback": 7}})
send({"event": {"output": "stream", "name": "stdout", "text": {"a": 1}}})
send({"event": {"output": "no such thing"}})
# %% corr2d
def corr2d(X, K):
    send({"event": {"output": "execute_result", "data": {"text/plain": "10.0"}}})
    return X
