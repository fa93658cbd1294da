"""Which names a cell takes from the cells before it, and which it gives to those after it."""

import symtable
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """used: names that are read and not bound in the cell, built-in ones included. bound: names that it binds."""

    used: frozenset[str]
    bound: frozenset[str]


def names_in(source: str) -> Names:
    """The names of one cell; none for what is no plain Python."""
    try:
        table = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return Names(frozenset(), frozenset())
    symbols = table.get_symbols()
    bound = {one.get_name() for one in symbols if one.is_assigned() or one.is_imported() or one.is_namespace()}
    used = {one.get_name() for one in symbols if one.is_referenced()}
    used |= {one.get_name() for inner in _inner(table) for one in inner.get_symbols() if one.is_global()}
    return Names(frozenset(used - bound), frozenset(bound))


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _inner(child)
