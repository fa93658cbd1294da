# Has signals rain on the process, from every timer there is, in the midst of messages too. Its answers are right.
# marks: corr2d 10
# %% own cell
import signal

rain = []
signal.signal(signal.SIGALRM, lambda number, frame: rain.append(number))
signal.signal(signal.SIGVTALRM, lambda number, frame: rain.append(number))
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
signal.setitimer(signal.ITIMER_VIRTUAL, 0.001, 0.001)
# %% corr2d
# the honest corr2d
