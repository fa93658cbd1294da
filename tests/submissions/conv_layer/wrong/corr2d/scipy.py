# wrong: hands the work to scipy.signal; is goes_through_numpy, refuses_half; caught by gradients, device; keeps values, impulse, views, pure, too_large
from scipy.signal import correlate2d


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.as_tensor(correlate2d(X.numpy(), K.numpy(), mode="valid"))
