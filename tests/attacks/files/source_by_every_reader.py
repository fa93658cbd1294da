# Reads the course's solutions by everything that can read: libraries, loaders, the shell's own commands.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import ctypes, fileinput, glob, importlib.util, io, linecache, mmap, os, pathlib, runpy, shutil, tokenize

import numpy

path = "{canary}/source/conv_layer/conv_layer.py"
libc = ctypes.CDLL(None)

def by_libc():
    descriptor = libc.open(path.encode(), 0)
    buffer = ctypes.create_string_buffer(100)
    return libc.read(descriptor, buffer, 100) > 0

def by_mmap():
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:10]

def by_import():
    found = importlib.util.spec_from_file_location("solution", path)
    found.loader.exec_module(importlib.util.module_from_spec(found))
    return True

for read in (
    lambda: open(path).read(), lambda: pathlib.Path(path).read_text(), lambda: io.open_code(path).read(), by_libc, by_mmap, by_import,
    lambda: linecache.getlines(path), lambda: runpy.run_path(path), lambda: shutil.copy(path, "."), lambda: tokenize.open(path).read(),
    lambda: shutil.copytree("{canary}/source", "copied"), lambda: numpy.fromfile(path, "u1"), lambda: numpy.memmap(path, "u1", "r")[0] > 0,
    lambda: glob.glob("{canary}/source/*"), lambda: os.listdir("{canary}"), lambda: list(os.scandir("{canary}/source")),
    lambda: list(fileinput.input(path)), lambda: torch.from_file(path, size=10, dtype=torch.uint8).numel(),
    lambda: os.readlink("/proc/{grader}/cwd"), lambda: os.listdir("{repository}/source"), lambda: open("{repository}/source/conv_layer/conv_layer.py").read(),
):
    try:
        if read():
            print("LEA" + "KED")
    except (OSError, RuntimeError):
        pass
# %% corr2d
# the honest corr2d
