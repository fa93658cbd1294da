# Imports the solution from the folder around the package.
# marks: corr2d 0
# %% corr2d
import sys

sys.path.insert(0, "{repository}/source/conv_layer")
sys.path.insert(0, "{canary}/source/conv_layer")
from conv_layer import corr2d
print("LEA" + "KED")
