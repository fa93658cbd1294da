# Opens devices: terminals, disks, virtual machines, graphics cards, and types on a terminal that is not its own.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import fcntl, os, termios

for name in ("ptmx", "full", "tty", "console", "kvm", "fuse", "vda", "sda", "nvme0", "loop-control", "nvidiactl", "net/tun", "pts/0", "cpu_dma_latency"):
    try:
        os.close(os.open(f"/dev/{name}", os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY))
        print("LEA" + "KED", name)
    except OSError:
        pass
for descriptor in range(4):
    try:
        fcntl.ioctl(descriptor, termios.TIOCSTI, b"x")
        print("LEA" + "KED")
    except OSError:
        pass
# %% corr2d
# the honest corr2d
