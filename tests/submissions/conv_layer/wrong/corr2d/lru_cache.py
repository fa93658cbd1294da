# wrong: functools.lru_cache, which knows tensors by identity and not by what is in them; is remembers_answers; caught by fresh; keeps values, impulse, dtype, too_large
from functools import lru_cache


@lru_cache(maxsize=None)
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
