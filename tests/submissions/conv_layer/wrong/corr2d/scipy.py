# wrong: hands the work to scipy.signal; is ready_made_convolution; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
from scipy.signal import correlate2d


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.as_tensor(correlate2d(X.numpy(), K.numpy(), mode="valid"))
