# Unpacks archives whose members lie outside of its folder.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import io, os, shutil, tarfile, zipfile

up = "../" * 20
with zipfile.ZipFile("climbing.zip", "w") as archive:
    for name in (up + "{canary}/zipped", "{canary}/zipped-too"):
        archive.writestr(name, "x")
with tarfile.open("climbing.tar", "w") as archive:
    for name, kind, target in (
        (up + "{canary}/tarred", tarfile.REGTYPE, ""), ("{canary}/tarred-too", tarfile.REGTYPE, ""),
        ("way", tarfile.SYMTYPE, "{canary}"), ("way/through", tarfile.REGTYPE, ""), ("hard", tarfile.LNKTYPE, "{canary}/victim"),
        ("pipe", tarfile.FIFOTYPE, ""), ("device", tarfile.CHRTYPE, ""),
    ):
        member = tarfile.TarInfo(name)
        member.type, member.linkname, member.devmajor, member.devminor = kind, target, 1, 5
        archive.addfile(member, io.BytesIO(b""))
with tarfile.open("climbing.tar") as archive:
    for member in archive:
        try:
            archive.extract(member, filter="fully_trusted")
        except (OSError, tarfile.TarError):
            pass
for unpack in (lambda: shutil.unpack_archive("climbing.zip"), lambda: zipfile.ZipFile("climbing.zip").extractall("/")):
    try:
        unpack()
    except OSError:
        pass
# %% corr2d
# the honest corr2d
