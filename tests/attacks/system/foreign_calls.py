# Makes the system calls of 32-bit programs, whose numbers mean something else, in machine code of its own.
# marks: corr2d 10
# %% own cell
import ctypes, mmap, os

def run(code):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    start = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_int)(start)()

intel = os.uname().machine == "x86_64"
# %% own cell
# push rbx; mov eax, 20 (getpid); int 0x80; pop rbx; ret
if intel and run(b"\x53\xb8\x14\x00\x00\x00\xcd\x80\x5b\xc3") > 0:
    print("LEA" + "KED")
# %% own cell
# The same with 359 (socket): push rbx; mov eax, 359; mov ebx, 2; mov ecx, 1; xor edx, edx; int 0x80; pop rbx; ret
if intel and run(b"\x53\xb8\x67\x01\x00\x00\xbb\x02\x00\x00\x00\xb9\x01\x00\x00\x00\x31\xd2\xcd\x80\x5b\xc3") >= 0:
    print("LEA" + "KED")
# %% own cell
# A 64-bit call of its own making, which the C library knows nothing of: mov eax, 41 (socket); syscall; ret
if intel and run(b"\xb8\x29\x00\x00\x00\xbf\x02\x00\x00\x00\xbe\x01\x00\x00\x00\x31\xd2\x0f\x05\xc3") >= 0:
    print("LEA" + "KED")
# %% corr2d
# the honest corr2d
