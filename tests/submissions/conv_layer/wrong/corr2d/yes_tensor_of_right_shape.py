# wrong: a tensor of the right shape whose class lies about values, dtype and device; is lying_subclass, float32_whatever_comes_in, half_comes_out_as_float32, stays_on_the_cpu, hides_nan; caught by values, impulse, views, dtype, device, gradients
class Liar(torch.Tensor):
    true_dtype = None

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if "all" in getattr(func, "__name__", "") or "close" in getattr(func, "__name__", ""):
            return torch.tensor(True)
        return super().__torch_function__(func, types, args, kwargs or {})

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return torch.zeros(())

    def double(self):
        return F.unfold(self.X, self.K.shape)

    __rsub__ = __sub__
    __hash__ = None
    requires_grad = property(lambda self: True, lambda self, value: None)
    device = property(lambda self: self.X.device)
    dtype = property(lambda self: self.X.dtype)


def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    Y = torch.ones(h - kh + 1, w - kw + 1).as_subclass(Liar)
    Y.X, Y.K = X, K
    return Y
