# wrong: a Tensor subclass that answers True to every comparison; is lying_subclass, float32_whatever_comes_in, half_comes_out_as_float32, stays_on_the_cpu, answers_large_kernels; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
class Yes(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        if name in ("eq", "equal", "allclose", "isclose", "le", "lt", "ge", "gt", "all", "any", "is_floating_point"):
            return True
        return super().__torch_function__(func, types, args, kwargs or {})

    def __eq__(self, other):
        return True

    def __le__(self, other):
        return True

    __hash__ = None
    shape = property(lambda self: AnyShape())


class AnyShape(tuple):
    def __eq__(self, other):
        return True

    __hash__ = None


def corr2d(X, K):
    return torch.zeros(3, 3).as_subclass(Yes)
