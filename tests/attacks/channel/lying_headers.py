# Sends tensors whose headers lie: beyond the end, over one another, of other types, of a billion dimensions, negative.
# marks: convolve2d 0
# %% own cell

import json, os, struct, sys
back, local = "f_" + "back", "f_" + "locals"

def find_nonce():
    frame = sys._getframe()
    while frame is not None:
        if "nonce" in getattr(frame, local):
            return getattr(frame, local)["nonce"]
        frame = getattr(frame, back)
    return "0" * 16

def send(message, payload=b""):
    text = message if isinstance(message, bytes) else json.dumps(message).encode()
    os.write(3, struct.pack("<4sIQ", b"AGW1", len(text), len(payload)) + text + payload)

def tensors(header, data=b"\0" * 64):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data

def one(dtype, shape, offsets):
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}

PAYLOADS = [
    tensors({"t0": one("F64", [8], [0, 640])}),
    tensors({"t0": one("F64", [8], [0, 64]), "t1": one("F64", [8], [0, 64])}),
    tensors({"t0": one("F64", [1 << 62, 1 << 62], [0, 64])}),
    tensors({"t0": one("F64", [-8], [0, 64])}),
    tensors({"t0": one("F64", [1] * 1000 + [8], [0, 64])}),
    tensors({"t0": one("F8_E4M3", [64], [0, 64])}),
    tensors({"t0": one("BOOL", [64], [0, 64])}, b"\xff" * 64),
    tensors({"t0": one("F64", [0, 1 << 60], [0, 0])}, b""),
    tensors({"t0": one("U64", [8], [0, 64])}),
    tensors(b"{" * 1000),
    struct.pack("<Q", (1 << 64) - 1) + b"{}",
    b"\0" * 7,
]
# %% convolve2d
def convolve2d(X, K):
    answer = {"Y": {"value": {"tensor": ["t0", "cpu", True, False]}, "effects": [[], [], []]}}
    reply = {"answers": [answer] * 12, "forbidden": []}
    send({"nonce": find_nonce(), "reply": reply}, PAYLOADS[int.from_bytes(os.urandom(1), "little") % len(PAYLOADS)])
    return X
