"""Tells whether autograd was used, by what no code in Python can take back.

PyTorch's engine gives every backward pass of the process a number, one more than the last one's, in whatever thread
and by whatever name it was asked for (`backward`, `autograd.grad`, `func.vjp`, ...). So two passes of our own, before
and after, tell whether there was any between them. Forward mode has no such numbers; it makes dual numbers, which is an
operation of the dispatcher.
"""

import torch

# To be forbidden like an operation's name: none has this one.
BACKWARD_PASSES = "backward passes"
DUAL_NUMBERS = "_make_dual"


def next_number() -> int:
    """The number of a backward pass that is made here and now."""
    numbers: list[int] = []
    with torch.inference_mode(False), torch.enable_grad():
        leaf = torch.zeros((), device="cpu", requires_grad=True)
        product = leaf * 1
        product.register_hook(lambda gradient: numbers.append(torch._C._current_graph_task_id()))  # type: ignore[no-untyped-call]
        product.backward()  # type: ignore[no-untyped-call]
    return numbers[0]
