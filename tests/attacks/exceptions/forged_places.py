# Raises from a file and a line of its choice, which whoever shows the traceback would look up and quote.
# marks: convolve2d 0
# %% own cell
import linecache

quoted = "".join(linecache.getline(name, line) for name in ("{canary}/source/conv_layer/conv_layer.py", "{repository}/source/conv_layer/conv_layer.py") for line in (1, 2, 3))
if quoted:
    print("LEA" + "KED")
def forged(name):
    return compile("\n" * 1 + "def convolve2d(X, K):\n    raise ValueError('look at my line')", name, "exec")

exec(forged("{repository}/source/conv_layer/conv_layer.py"), forging := {})
try:
    forging["convolve2d"](1, 2)
except ValueError as error:
    import traceback
    if "solution" in traceback.format_exc().lower():
        print("LEA" + "KED")
forging["convolve2d"](1, 2)
# %% convolve2d
exec(forged("../../" * 20 + "etc/passwd\n<script>" + "x" * 5000), forging := {})
convolve2d = forging["convolve2d"]
