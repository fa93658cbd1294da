# Keeps files that have neither a name nor a descriptor any more, by a page of each that is mapped.
# marks: corr2d 10
# needs: a folder in memory
# %% own cell
import mmap, os, time

kept = []
for number in range(14):
    with open("hidden", "w+b") as file:
        os.remove("hidden")
        for _ in range(15):
            file.write(bytes(1 << 20))
        file.flush()
        kept.append(mmap.mmap(file.fileno(), 4096))
time.sleep(1)
print("LEA" + "KED: more on the disk than it may have, with nobody looking")
# %% corr2d
# the honest corr2d
