# wrong: remembers the answer for each pair of shapes; is remembers_answers, stays_on_the_cpu; caught by values, fresh
answers = {}


def corr2d(X, K):
    key = (X.shape, K.shape, X.dtype)
    if key not in answers:
        if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
            raise ValueError("kernel too large")
        answers[key] = torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
    return answers[key]
