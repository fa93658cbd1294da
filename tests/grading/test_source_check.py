"""The text of a cell shows ready-made convolutions and reaches into the grader, and honest text shows nothing."""

import pytest

from autograder.grading.source_check import LONGEST_PARSED_CHARACTERS, forbidden_uses, tampering
from autograder.probe.operations import AUTOGRAD, CONVOLUTIONS, POOLING

CALLED = "def corr2d(X, K):\n    return "
USES = {
    "functional": CALLED + "F.conv2d(X, K)",
    "torch": CALLED + "torch.conv2d(X, K)",
    "module": CALLED + "nn.Conv2d(1, 1, 2)(X)",
    "lazy module": CALLED + "nn.LazyConv2d(1, 2)(X)",
    "transposed": CALLED + "nn.ConvTranspose2d(1, 1, 2)(X)",
    "one-dimensional": CALLED + "F.conv1d(X, K)",
    "operator": CALLED + "torch.ops.aten.convolution.default(X, K)",
    "imported": "from torch.nn.functional import conv2d as slide\n" + CALLED + "slide(X, K)",
    "imported inside": "def corr2d(X, K):\n    from torch import conv2d as f\n    return f(X, K)",
    "imported module": "import torch.nn.functional as G\n" + CALLED + "G.conv2d(X, K)",
    "alias": "op = torch.ops.aten\n" + CALLED + "op.convolution(X, K)",
    "getattr": CALLED + "getattr(F, 'conv2d')(X, K)",
    "getattr in pieces": CALLED + "getattr(F, 'con' + 'v2d')(X, K)",
    "dictionary": CALLED + "vars(F)['conv2d'](X, K)",
    "sys.modules": "import sys\n" + CALLED + "sys.modules['torch'].conv2d(X, K)",
    "import_module": CALLED + "__import__('importlib').import_module('torch').conv2d(X, K)",
    "through a helper": "def slide(X, K):\n    return F.conv2d(X, K)\n" + CALLED + "slide(X, K)",
    "through a class": "class Slide:\n    def go(self, X):\n        return F.conv2d(X)\n" + CALLED + "Slide().go(X)",
    "lambda": "corr2d = lambda X, K: F.conv2d(X, K)",
    "default": "def corr2d(X, K, slide=F.conv2d):\n    return slide(X, K)",
    "beside a line magic": "%matplotlib inline\n" + CALLED + "F.conv2d(X, K)",
    "in a line magic": "%time corr2d = F.conv2d",
    "in a cell magic": "%%time\n" + CALLED + "F.conv2d(X, K)",
    "in very long text": CALLED + "F.conv2d(X, K)\n" + "#" * LONGEST_PARSED_CHARACTERS,
    "torch._C": CALLED + "torch._C._nn.thnn(X)",
    "torch.library": "import torch.library as library\n" + CALLED + "library.Library('aten', 'IMPL')",
    "ctypes": "def corr2d(X, K):\n    import ctypes\n    return ctypes.CDLL(None)",
    "the probe": "def corr2d(X, K):\n    import autograder.probe.operations as own\n    return own.lift(X)",
}


@pytest.mark.parametrize("source", USES.values(), ids=USES)
def test_a_ready_made_convolution_is_seen(source: str) -> None:
    assert forbidden_uses(source, CONVOLUTIONS, ["corr2d"])


USES_OF_EARLIER_CELLS = {
    "helper": ("def slide(X, K):\n    return F.conv2d(X, K)", CALLED + "slide(X, K)"),
    "alias": ("slide = F.conv2d", CALLED + "slide(X, K)"),
    "import": ("from torch.nn.functional import conv2d as slide", CALLED + "slide(X, K)"),
    "another library": ("from scipy import signal", CALLED + "signal.correlate2d(X, K)"),
    "native code": ("import ctypes\nlibrary = ctypes.CDLL(None)", CALLED + "library.slide(X, K)"),
}


@pytest.mark.parametrize(("earlier", "source"), USES_OF_EARLIER_CELLS.values(), ids=USES_OF_EARLIER_CELLS)
def test_a_ready_made_convolution_in_a_cell_before_the_answer_is_seen(earlier: str, source: str) -> None:
    assert forbidden_uses(source, CONVOLUTIONS, ["corr2d"], [earlier])


UNUSED_EARLIER_CELLS = {
    "comparison": ("theirs = F.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2))", CALLED + "X * K"),
    "parameter of the same name": ("K = F.conv2d", CALLED + "X * K"),
    "variable of the same name": ("Y = F.conv2d", "def corr2d(X, K):\n    Y = X * K\n    return Y"),
    "loop of the same name": ("i = F.conv2d", "def corr2d(X, K):\n    for i in X:\n        print(i)\n    return X"),
    "comprehension of the same name": ("i = F.conv2d", CALLED + "torch.stack([i for i in X])"),
    "helper redefined": ("slide = F.conv2d", "def slide(X):\n    return X\n" + CALLED + "slide(X)"),
    "imported beside another": ("from torch.nn.functional import conv2d, pad", CALLED + "pad(X, (0, 0)) * K"),
    "caught name": (
        "e = F.conv2d",
        "def corr2d(X, K):\n    try:\n        pass\n    except OSError as e:\n        print(e)",
    ),
    "matched name": ("e = F.conv2d", "def corr2d(X, K):\n    match X:\n        case e:\n            return e * K"),
    "block with a helper": (
        "with torch.no_grad():\n    theirs = F.conv2d(x, k)\n    def half(X):\n        return X / 2",
        CALLED + "half(X)",
    ),
    "a first try": ("def corr2d(X, K):\n    return F.conv2d(X, K)", CALLED + "X * K"),
    "no Python": ("F.conv2d(", CALLED + "X * K"),
}


@pytest.mark.parametrize(("earlier", "source"), UNUSED_EARLIER_CELLS.values(), ids=UNUSED_EARLIER_CELLS)
def test_a_convolution_that_the_answer_does_not_use_costs_nothing(earlier: str, source: str) -> None:
    assert forbidden_uses(source, CONVOLUTIONS, ["corr2d"], [earlier]) == ()


HONEST = {
    "comment": CALLED + "X  # not F.conv2d(X, K)",
    "docstring": 'def corr2d(X, K):\n    """As F.conv2d(X, K) and nn.Conv2d do."""\n    return X',
    "own function": "def my_conv2d(X):\n    return X\n" + CALLED + "my_conv2d(X)",
    "own function of the same name": "def conv2d(X):\n    return X\n" + CALLED + "conv2d(X)",
    "variable": "def corr2d(X, K):\n    conv = conv2d = X * K\n    return conv + conv2d",
    "own class": "class Conv2D(nn.Module):\n    def forward(self, x):\n        return x\n" + CALLED + "Conv2D()(X)",
    "attribute": "class A:\n    def go(self, X):\n        return self.conv2d(X)\n" + CALLED + "A().go(X)",
    "annotation": "def corr2d(X: nn.Conv2d, K: nn.Conv2d) -> nn.Conv2d:\n    layer: nn.Conv2d = X\n    return layer",
    "comparison afterwards": CALLED + "X\nprint(F.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2)))",
    "test afterwards": CALLED + "X\ndef test():\n    assert torch.equal(corr2d(X, K), F.conv2d(X, K))\ntest()",
    "argument named F": "def corr2d(X, K, F=3):\n    return F.conv2d",
    "unfold": CALLED + "F.unfold(X[None, None], K.shape)",
    "fft": CALLED + "torch.fft.irfft2(torch.fft.rfft2(X) * torch.fft.rfft2(K).conj())",
    "conversion": CALLED + "torch.result_type(X, K), X.conj(), torch.conj_physical(X)",
    "string": CALLED + "'F.conv2d(X, K)'",
    "no Python": "def corr2d(X, K:\n    F.conv2d(X)",
}


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST)
def test_honest_text_shows_nothing(source: str) -> None:
    assert forbidden_uses(source, CONVOLUTIONS, ["corr2d"]) == ()
    assert tampering(source) == ()


@pytest.mark.parametrize("walk", ["Y.grad_fn(dY)", "getattr(Y, 'grad' + '_fn')(dY)", "node.next_functions[0][0](dY)"])
def test_a_walk_through_the_graph_is_seen_where_autograd_is_forbidden(walk: str) -> None:
    source = (
        f"def helper(Y, dY, node=None):\n    return {walk}\ndef corr2d_backward(X, K, dY):\n    return helper(X, dY)"
    )
    assert forbidden_uses(source, AUTOGRAD, ["corr2d_backward"])
    assert not forbidden_uses(source, ["conv2d"], ["corr2d_backward"])
    assert not forbidden_uses(source, AUTOGRAD, ["another"])


@pytest.mark.parametrize(
    "pooled",
    [
        "import scipy.ndimage as nd\ndef pool2d(X, size):\n    return nd.maximum_filter(X, size)",
        "from scipy.ndimage import uniform_filter\ndef pool2d(X, size):\n    return uniform_filter(X, size)",
        "import cv2\ndef pool2d(X, size):\n    return cv2.boxFilter(X, -1, size)",
        "from skimage.measure import block_reduce\ndef pool2d(X, size):\n    return block_reduce(X, size, max)",
    ],
)
def test_the_pooling_of_other_libraries_is_seen_where_pooling_is_forbidden(pooled: str) -> None:
    assert forbidden_uses(pooled, CONVOLUTIONS + POOLING, ["pool2d"])
    assert not forbidden_uses(pooled, CONVOLUTIONS, ["pool2d"])


def test_uses_are_named_in_full_and_once() -> None:
    source = CALLED + "F.conv2d(X, K) + F.conv2d(X, K) + nn.Conv2d(1, 1, 1)(X)"
    assert forbidden_uses(source, CONVOLUTIONS) == ("torch.nn.functional.conv2d", "torch.nn.Conv2d")


REACHES = {
    "import": "import autograder.probe.interpreter as probe",
    "from": "from autograder.worker import server",
    "attribute": "import autograder\nautograder.sandbox.wire.pack",
    "sys.modules": "import sys\nsys.modules['autograder.probe.service'].answer = None",
    "import by text": "import importlib\nimportlib.import_module('autograder.probe')",
    "text that is run": "exec('import autograder.probe')",
    "frames": "import sys\nsys._getframe().f_back",
    "frames of a traceback": "try:\n    1 / 0\nexcept Exception as e:\n    e.__traceback__.tb_frame",
    "globals of a frame": "import inspect\ninspect.stack()[1].frame.f_globals",
    "garbage": "import gc\ngc.get_objects()",
    "garbage by name": "from gc import get_objects as walk\nwalk()",
    "globals of a function": "from autograder.check import check\ncheck.__globals__['service']",
    "globals of a method": "get_ipython().run_cell.__func__.__globals__",
    "globals by name": "getattr(check, '__globals__')",
    "globals by a name in two pieces": "getattr(check, '__glo' + 'bals__')",
    "globals of a class's function": "for kind in object.__subclasses__():\n    kind.run.__globals__",
    "what a function has closed over": "get_ipython().muted.__closure__[0].cell_contents",
    "a name that was a function of the cell's": "def f():\n    pass\nf = kind.run\nf.__globals__",
    "a name that is another's, imported": "def f():\n    pass\nfrom grader import run as f\nf.__globals__",
    "a function that was decorated": "@lambda f: kind.run\ndef f():\n    pass\nf.__globals__",
    "a function that hands out another's": "def pick():\n    return kind.run\nf = pick()\nf.__globals__",
    "long": "import autograder.probe\n" + "#" * LONGEST_PARSED_CHARACTERS,
}


@pytest.mark.parametrize("source", REACHES.values(), ids=REACHES)
def test_a_reach_into_the_grader_is_seen(source: str) -> None:
    assert tampering(source)


@pytest.mark.parametrize(
    "source",
    [
        "from autograder.check import check\ncheck('corr2d')",
        "import gc\ngc.collect()",
        '"""It runs in autograder.worker."""',
        "import sys\nsys.getrecursionlimit()",
        "frame = back = 1",
        "def f():\n    pass\nprint(f.__globals__ is globals())",
        "def f():\n    pass\ngetattr(f, '__globals__', {})",
        "f = lambda x: x\nf.__closure__",
        "def above(k):\n    def shift(x):\n        return x + k\n    return shift\nf = above(3)\nf.__closure__[0]",
        "def adder(k):\n    return lambda x: x + k\nadd = adder(3)\nadd.__closure__[0].cell_contents",
        '"""Functions have __globals__ and a __closure__."""',
        "print([name for name in dir(corr2d) if name != '__globals__'])",
    ],
)
def test_what_a_curious_student_does_is_no_reach(source: str) -> None:
    assert tampering(source) == ()


@pytest.mark.parametrize(
    "source",
    [
        "-" * 40_000 + "1",
        "(" * 40_000,
        "a" + ".b" * 20_000,
        "1+" * 20_000 + "1",
        "lambda:" * 5_000 + "1",
        'f"' + "{x}" * 15_000 + '"',
        "torch" + ".conv2d" * 6_000,
        "\x00",
        "\ud800",
        "",
    ],
)
def test_text_made_to_break_the_reader_does_not(source: str) -> None:
    assert isinstance(forbidden_uses(source, CONVOLUTIONS), tuple)
    assert isinstance(tampering(source), tuple)
