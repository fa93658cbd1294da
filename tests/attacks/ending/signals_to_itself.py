# Sends itself every signal that can end a process, one after the other and another one first each time.
# marks: convolve2d 0
# %% own cell
import signal

NUMBERS = [
    signal.SIGTERM, signal.SIGINT, signal.SIGKILL, signal.SIGALRM, signal.SIGSEGV, signal.SIGHUP, signal.SIGXCPU,
    signal.SIGSYS, signal.SIGXFSZ, signal.SIGPROF, signal.SIGUSR1, signal.SIGQUIT, signal.SIGFPE, signal.SIGTRAP,
]
# %% convolve2d
def convolve2d(X, K):
    first = int(X.abs().sum() * 97 + X.numel()) % len(NUMBERS)
    for number in NUMBERS[first:] + NUMBERS[:first]:
        signal.raise_signal(number)
    return X
