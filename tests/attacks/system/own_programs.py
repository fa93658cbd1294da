# Starts programs: written, in memory, found on the machine, by every call that replaces or makes a process.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import ctypes, os, pty, subprocess, multiprocessing

libc = ctypes.CDLL(None, use_errno=True)
script = "#!/bin/sh\ntouch {canary}/started\n"
with open("program", "w") as file:
    file.write(script)
os.chmod("program", 0o755)
vfork, clone3, execveat = {"x86_64": (58, 435, 322), "aarch64": (-1, 435, 281)}.get(os.uname().machine, (-1, -1, -1))

def in_memory():
    descriptor = os.memfd_create("program", 0)
    os.write(descriptor, script.encode())
    subprocess.run([f"/proc/self/fd/{descriptor}"], pass_fds=[descriptor], check=False)

for start in (
    lambda: os.posix_spawn("/bin/sh", ["sh", "-c", script], {}), lambda: subprocess.run(["/bin/sh", "-c", script]),
    lambda: subprocess.run([os.path.abspath("program")]), lambda: os.system("touch {canary}/started"),
    lambda: os.popen("touch {canary}/started").close(), in_memory, lambda: multiprocessing.get_context("fork").Process(target=in_memory).start(),
    lambda: multiprocessing.get_context("spawn").Process(target=in_memory).start(), lambda: libc.system(script.encode()),
    lambda: libc.popen(b"touch {canary}/started", b"r"),
):
    try:
        start()
    except (OSError, AttributeError):
        pass
# %% own cell
for call in ((execveat, -100, b"program", None, None, 0), (clone3, None, 0)):
    libc.syscall(*call)
# %% corr2d
# the honest corr2d
