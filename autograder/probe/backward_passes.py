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


# Taken before any of the student's code has run, so that what this code puts in their place is not asked.
_zeros, _times, _task = torch.zeros, torch.mul, torch._C._current_graph_task_id
_run_backward = torch.autograd.Variable._execution_engine.run_backward
_plainly, _outside_inference, _with_gradients = (
    torch._C.DisableTorchFunction,
    torch.inference_mode,
    torch.enable_grad,
)


def next_number() -> int:
    """The number of a backward pass that is made here and now."""
    numbers: list[int] = []
    with _plainly(), _outside_inference(False), _with_gradients():
        leaf = _zeros((), device="cpu", requires_grad=True)
        product = _times(leaf, 1)
        # The hook is the node's own: methods of torch.Tensor can be replaced, and those of PyTorch's nodes cannot.
        product.grad_fn.register_hook(lambda *gradients: numbers.append(_task()))  # type: ignore[union-attr]
        _run_backward((product,), (_zeros((), device="cpu"),), False, False, (leaf,))
    return numbers[0]
