# wrong: computes the half types in float32 and does not cast back; is half_comes_out_as_float32; caught by half; keeps values, dtype
def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("large")
    if X.dtype in (torch.float16, torch.bfloat16):
        X, K = X.float(), K.float()
    return (X.unfold(0, kh, 1).unfold(1, kw, 1) * K).sum((2, 3))
