# Raises an exception whose message never comes.
# marks: corr2d 0
# says 1: no answer within 5 s
# %% corr2d
class Endless(Exception):
    def __str__(self):
        while True:
            pass

def corr2d(X, K):
    raise Endless
