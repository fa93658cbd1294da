# Puts script, markup and terminal commands into messages and names that the instructor will look at.
# marks: corr2d 0
# says 1: <script>alert(1)</script>
# %% own cell
print("<script>alert(1)</script>")
# %% corr2d
Named = type("</pre><script>alert(2)</script>", (Exception,), {})

def corr2d(X, K):
    if X.dtype == torch.float64:
        raise Named("<img src=x onerror=alert(3)> \x1b[2J\x1b]0;title\x07 [bold]")
    raise ValueError("<script>alert(1)</script>")
