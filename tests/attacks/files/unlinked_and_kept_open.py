# Fills the disk with files that have no name any more, so that nobody who lists its folder sees them.
# marks: corr2d 10
# needs: a folder in memory
# %% own cell
import os, time

kept = []
for number in range(14):
    kept.append(os.open("hidden", os.O_CREAT | os.O_RDWR))
    os.remove("hidden")
    for _ in range(15):
        os.write(kept[-1], bytes(1 << 20))
time.sleep(1)
print("LEA" + "KED: more on the disk than it may have, with nobody looking")
# %% corr2d
# the honest corr2d
