"""A network's properties: every right way of computing it keeps its marks, and what is wrong has a name."""

from typing import Any

import pytest
import torch
from hypothesis import strategies as st
from torch.nn import functional as F

from autograder.properties import layers, networks, shapes
from autograder.properties.examples import draw
from autograder.properties.mistakes import lenet
from autograder.properties.strategies import Shapes
from autograder.properties.tensor_function import Operands
from tests.support.judging import Asked

MODULE = """
class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 5, padding=2)
        self.conv2 = nn.Conv2d(channels[0], channels[1], 5)
        self.fc1 = nn.Linear(channels[1] * ((side // 2 - 4) // 2) ** 2, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc3(F.relu(self.fc2(x)))
"""
CHANNELS = (2, 3)
SHAPES: dict[str, Any] = {
    "conv1": (2, 1, 5, 5), "conv2": (3, 2, 5, 5), "fc1": (120, 12), "fc2": (84, 120), "fc3": (10, 84),
}  # fmt: skip


def small() -> st.SearchStrategy[Shapes]:
    held = {f"{key}.weight": shape for key, shape in SHAPES.items()} | {
        f"{key}.bias": shape[:1] for key, shape in SHAPES.items()
    }
    return st.just({"X": (2, 1, 16, 16)} | {name: held[name] for name in lenet.PARAMETERS})


def made_with(operands: Operands) -> tuple[Any, ...]:
    return operands["X"].shape[-1], CHANNELS


NETWORK = networks.network("LeNet", made_with, small(), lenet.lenet, lenet.PARAMETERS, lenet.NETWORK)
ALL = ("values", "gradients", "dtype", "device", "pure")


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked(
        networks.values(NETWORK, 1),
        networks.gradients(NETWORK, 1),
        networks.dtype_kept(NETWORK, 1),
        networks.device_kept(NETWORK, 1),
        networks.pure(NETWORK, 1),
        examples=6,
    )


RIGHT = {
    "as it stands": ("", ""),
    "pooled before the ReLU": ("F.max_pool2d(F.relu(self.conv1(x)), 2)", "F.relu(F.max_pool2d(self.conv1(x), 2))"),
    "largest of slices": (
        "F.max_pool2d(F.relu(self.conv2(x)), 2)",
        "F.relu(self.conv2(x)).unflatten(2, (-1, 2)).unflatten(4, (-1, 2)).amax((3, 5))",
    ),
    "clamped": ("F.relu(self.fc1(x.flatten(1)))", "self.fc1(x.flatten(1)).clamp(min=0)"),
    "by matrix products": ("self.fc3(F.relu(self.fc2(x)))", "F.relu(self.fc2(x)) @ self.fc3.weight.T + self.fc3.bias"),
    "windows unfolded": (
        "F.relu(self.conv2(x))",
        "F.relu((self.conv2.weight.flatten(1) @ F.unfold(x, 5) + self.conv2.bias[:, None])"
        ".unflatten(2, (x.shape[2] - 4, -1)))",
    ),
    "in double": (
        "self.fc3(F.relu(self.fc2(x)))",
        "F.linear(F.relu(self.fc2(x)).double(), self.fc3.weight.double(), self.fc3.bias.double()).to(x.dtype)",
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_every_right_way_of_computing_it_has_every_property(name: str, asked: Asked) -> None:
    old, new = RIGHT[name]
    assert old in MODULE
    assert asked.lost(MODULE.replace(old, new) if old else MODULE) == {}


LAST = "self.fc3(F.relu(self.fc2(x)))"
WRONG = {
    "sigmoids": ("F.relu", "torch.sigmoid", "sigmoid_for_relu"),
    "a ReLU forgotten": ("F.relu(self.fc2(x))", "self.fc2(x)", "no_relu"),
    "means": ("F.max_pool2d", "F.avg_pool2d", "average_pooling"),
    "probabilities": (LAST, f"{LAST}.softmax(1)", "softmax_at_the_end"),
    "channels last": ("x.flatten(1)", "x.permute(0, 2, 3, 1).flatten(1)", "channels_flattened_last"),
    "columns first": ("x.flatten(1)", "x.mT.flatten(1)", "columns_flattened_first"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_network_loses_its_values_and_is_called_by_its_mistake(name: str, asked: Asked) -> None:
    old, new, said = WRONG[name]
    assert old in MODULE
    found = asked.lost(MODULE.replace(old, new))
    assert set(found) == set(ALL)
    assert found["values"] == said


FORWARD = "    def forward(self, x):\n"
WRONG_IN_ONE_WAY = {
    "detached": ("x.flatten(1)", "x.flatten(1).detach()", "gradients", ""),
    "no gradients": (FORWARD, f"    @torch.no_grad()\n{FORWARD}", "gradients", "graph_cut"),
    "cast": (LAST, f"{LAST}.float()", "dtype", "float32_whatever_comes_in"),
    "on the CPU": (LAST, f"{LAST}.cpu()", "device", "stays_on_the_cpu"),
    "evaluates": (FORWARD, f"{FORWARD}        self.eval()\n", "pure", "switches_mode"),
    "seeds": (FORWARD, f"{FORWARD}        torch.manual_seed(0)\n", "pure", "changes_global_settings"),
}


@pytest.mark.parametrize("name", WRONG_IN_ONE_WAY)
def test_a_network_that_is_wrong_in_one_way_loses_that_property_alone(name: str, asked: Asked) -> None:
    old, new, lost, said = WRONG_IN_ONE_WAY[name]
    assert old in MODULE
    assert asked.lost(MODULE.replace(old, new)) == {lost: said}


def test_the_call_that_is_told_makes_the_same_numbers() -> None:
    """A student can type it into a cell of their own."""
    item = networks.values(NETWORK, 1)
    for case in draw(item, 1, 5).cases:
        namespace: dict[str, Any] = {"torch": torch}
        exec(f"from torch import nn\nfrom torch.nn import functional as F\n{MODULE}", namespace)
        *lines, call = NETWORK.written(case).splitlines()
        exec("\n".join(lines), namespace)
        assert torch.equal(namespace["X"], case["X"])
        want = lenet.lenet(*(case[name].double() for name in ("X", *lenet.PARAMETERS)))
        assert torch.allclose(eval(call, namespace).double(), want, rtol=1e-4)


def test_the_formula_of_the_reference_is_that_of_the_module() -> None:
    case = draw(networks.values(NETWORK, 1), 2, 1).cases[0]
    first, second = lenet.maps(*(case[name] for name in ("X", *lenet.PARAMETERS)))
    assert first.shape == (2, 2, 16, 16)
    assert second.shape == (2, 3, 4, 4)
    assert torch.equal(F.relu(first), first)


# ------------------------------------------------------------------------------------------------------ parameters


def shape_of(name: str) -> Any:
    def shape(side: int = 28, channels: tuple[int, int] = (6, 16)) -> tuple[int, ...]:
        layer, kind = name.split(".")
        held = {
            "conv1": (channels[0], 1, 5, 5),
            "conv2": (channels[1], channels[0], 5, 5),
            "fc1": (120, channels[1] * lenet.flat_side(side) ** 2),
            "fc2": (84, 120),
            "fc3": (10, 84),
        }[layer]
        return held if kind == "weight" else held[:1]

    return shape


@pytest.fixture(scope="module")
def made() -> Asked:
    arguments = st.sampled_from(((), (16,), (12, (2, 3)), (20, (4, 1))))
    wanted = {name: shape_of(name) for name in lenet.PARAMETERS}
    starts = {name: layers.drawn_anew for name in wanted if name.endswith("weight")}
    return Asked(
        layers.parameters("LeNet", 1, wanted, starts, arguments=arguments, mistakes=lenet.SHAPES),
        shapes.output_shape(
            "LeNet", 1, arguments,
            lambda n, side=28, channels=(6, 16): (n, 1, side, side), lambda n, side=28, channels=(6, 16): (n, 10),
        ),
    )  # fmt: skip


def test_a_module_with_these_parameters_and_this_output_has_both(made: Asked) -> None:
    assert made.lost(MODULE) == {}


NOT_THESE = {
    "no padding": (", padding=2", "", {"shapes"}),
    "28 always": ("side // 2", "14", {"parameters", "shapes"}),
    "one more": ("        self.fc2", "        self.fc4 = nn.Linear(1, 1)\n        self.fc2", {"parameters"}),
    "lazy": ("nn.Linear(channels[1] * ((side // 2 - 4) // 2) ** 2, 120)", "nn.LazyLinear(120)", {"parameters"}),
    "other names": ("fc3", "out", {"parameters"}),
    "squeezed": ("self.fc3(F.relu(self.fc2(x)))", "self.fc3(F.relu(self.fc2(x))).squeeze()", {"shapes"}),
    "born equal": ("        self.conv1 =", "        torch.manual_seed(0)\n        self.conv1 =", {"parameters"}),
}
NAMES = {"28 always": "side_ignored", "one more": "more_parameters", "lazy": "has_lazy_parameters",
         "born equal": "born_equal"}  # fmt: skip


@pytest.mark.parametrize("name", NOT_THESE)
def test_other_parameters_or_another_shape_are_found(name: str, made: Asked) -> None:
    old, new, lost = NOT_THESE[name]
    assert old in MODULE
    found = made.lost(MODULE.replace(old, new))
    assert set(found) == lost
    assert found.get("parameters", "") == NAMES.get(name, "")


def test_a_padding_that_is_forgotten_where_the_layer_is_sized_too_is_named(made: Asked) -> None:
    source = MODULE.replace(", padding=2", "").replace("side // 2 - 4", "(side - 4) // 2 - 4")
    assert made.lost(source)["parameters"] == "padding_forgotten"
