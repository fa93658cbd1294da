# Honest: warns, logs and prints on both streams, in cells and in calls.
# marks: corr2d 10
# %% own cell
import logging, sys, warnings

logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger(__name__)
warnings.simplefilter("always")
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    log.info("corr2d of %s", X.shape)
    warnings.warn("this is slow", UserWarning, stacklevel=2)
    print("X", X, file=sys.stderr)
    print(K)
    return honest(X, K)
