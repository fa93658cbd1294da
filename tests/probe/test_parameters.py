"""A layer's parameters are those that PyTorch holds, whatever the layer's class says of them."""

from typing import Any

import pytest
import torch
from torch import nn

from autograder.probe.parameters import parameters_of


def test_the_parameters_are_those_that_pytorch_names() -> None:
    layer = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Sequential(nn.BatchNorm2d(2), nn.Linear(3, 1, bias=False)))
    found, named = parameters_of(layer), dict(layer.named_parameters())
    assert list(found) == list(named)
    assert all(found[name] is named[name] for name in named)


def test_what_is_registered_as_nothing_and_what_is_a_buffer_is_no_parameter() -> None:
    layer = nn.Linear(2, 3, bias=False)
    layer.register_buffer("mean", torch.ones(2))
    assert list(parameters_of(layer)) == ["weight"]


def test_a_module_within_itself_is_looked_at_once() -> None:
    layer = nn.Linear(1, 1)
    layer.add_module("again", layer)
    assert list(parameters_of(layer)) == ["weight", "bias"]


def test_a_layer_that_forgot_to_call_super_has_none() -> None:
    class Forgetful(nn.Module):
        def __init__(self) -> None:
            self.weight = torch.ones(1)

    assert parameters_of(Forgetful()) == {}


class Liar(nn.Linear):
    """Says of everything that can be overridden that there is nothing."""

    def __getattribute__(self, name: str) -> Any:
        made = "made" in vars(nn.Module)["__dict__"].__get__(self)
        return {} if made and name in ("_parameters", "_modules", "__dict__") else super().__getattribute__(name)

    def _save_to_state_dict(self, *_: Any) -> None: ...

    def named_parameters(self, *_: Any, **__: Any) -> Any:
        return iter(())


def test_the_layers_own_class_is_not_asked() -> None:
    layer = Liar(2, 3)
    layer.made = True
    assert list(layer.parameters()) == []
    assert layer.state_dict() == {}
    assert layer.__dict__ == {}
    assert list(parameters_of(layer)) == ["weight", "bias"]


class Pretender:
    __class__ = nn.Module  # type: ignore[assignment]

    def state_dict(self, **_: Any) -> dict[str, Any]:
        return {}


def test_what_only_says_that_it_is_a_module_is_none() -> None:
    assert isinstance(Pretender(), nn.Module)
    with pytest.raises(TypeError, match=r"Pretender is no nn\.Module"):
        parameters_of(Pretender())


class Weight(str):
    """Another key than "weight", that says it is the same."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return False

    def __str__(self) -> str:
        return "weight"


def test_a_register_that_is_none_is_refused() -> None:
    layer = nn.Linear(1, 1)
    object.__setattr__(layer, "_modules", torch.ones(3))
    with pytest.raises(TypeError, match="_modules is no dictionary"):
        parameters_of(layer)


def test_two_parameters_of_one_name_are_refused() -> None:
    layer = nn.Linear(1, 1)
    layer._parameters[Weight("scale")] = nn.Parameter(torch.ones(1))
    with pytest.raises(TypeError, match="no text"):
        parameters_of(layer)
