# right: an instance with __call__, under the name of the function
class Correlation:
    def __call__(self, image, kernel):
        kh, kw = kernel.shape
        if kh > image.shape[0] or kw > image.shape[1]:
            raise ValueError("kernel too large")
        return torch.einsum("ijab,ab", image.unfold(0, kh, 1).unfold(1, kw, 1), kernel)


corr2d = Correlation()
