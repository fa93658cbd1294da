# Honest: seeds, printing options, deterministic algorithms, and a second look at the answers.
# marks: corr2d 10
# %% own cell
import random

import numpy as np

random.seed(1)
np.random.seed(1)
torch.manual_seed(1)
torch.set_printoptions(precision=2, sci_mode=False)
torch.use_deterministic_algorithms(True)
torch.backends.cudnn.benchmark = False
np.set_printoptions(suppress=True)
# %% corr2d
# the honest corr2d
torch.testing.assert_close(corr2d(torch.ones(3, 3), torch.ones(2, 2)), torch.full((2, 2), 4.0))
assert corr2d(torch.rand(5, 4), torch.rand(2, 3)).shape == (4, 2)
with torch.no_grad():
    display(corr2d(torch.eye(4), torch.ones(2, 2)))
