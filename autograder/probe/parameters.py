"""The parameters that PyTorch holds for a layer, without asking the layer's own class, which may say anything."""

from typing import Any

from torch.nn import Module

# As Module itself reads it: a class below may have a property of this name.
_own_attributes = vars(Module)["__dict__"].__get__


def parameters_of(layer: object) -> dict[str, Any]:
    """The parameters of a layer and of its submodules, by their names; raises TypeError for what is no nn.Module."""
    if not issubclass(type(layer), Module):
        raise TypeError(f"{_name_of(type(layer))} is no nn.Module")
    found: dict[str, Any] = {}
    waiting: list[tuple[str, object]] = [("", layer)]
    seen: set[int] = set()
    while waiting:
        prefix, module = waiting.pop()
        if id(module) in seen or not issubclass(type(module), Module):
            continue
        seen.add(id(module))
        found |= {prefix + name: held for name, held in _held(module, "_parameters") if held is not None}
        waiting += [(f"{prefix}{name}.", inner) for name, inner in reversed(_held(module, "_modules"))]
    return found


def _held(module: object, register: str) -> list[tuple[str, Any]]:
    """What stands in one of a module's registers, which may be a dictionary with a will of its own."""
    held = dict.get(_own_attributes(module), register, {})  # there is none before Module.__init__
    if not issubclass(type(held), dict):
        raise TypeError(f"{_name_of(type(module))}.{register} is no dictionary")
    if any(type(name) is not str for name in dict.keys(held)):
        raise TypeError(f"a name in {_name_of(type(module))}.{register} is no text")
    return list(dict.items(held))


def _name_of(kind: type) -> str:
    """The name that a class has, whatever its metaclass says."""
    return str(type.__dict__["__name__"].__get__(kind))
