"""The small mistakes that can be made at one place of a program: what a syntax node may be replaced by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch

import libcst as cst


@dataclass(frozen=True)
class Change:
    """A node of a program's syntax tree, and what to put in its place. kind: what sort of mistake that is, one word."""

    kind: str
    target: cst.CSTNode
    replacement: cst.CSTNode


_ARITHMETIC: Mapping[type[cst.BaseBinaryOp], tuple[type[cst.BaseBinaryOp], ...]] = {
    cst.Add: (cst.Subtract,),
    cst.Subtract: (cst.Add,),
    cst.Multiply: (cst.Add, cst.Divide),
    cst.Divide: (cst.Multiply, cst.FloorDivide),
    cst.FloorDivide: (cst.Divide, cst.Modulo),
    cst.Modulo: (cst.FloorDivide,),
    cst.MatrixMultiply: (cst.Multiply,),
    cst.Power: (cst.Multiply,),
}
_COMPARISONS: Mapping[type[cst.BaseCompOp], tuple[type[cst.BaseCompOp], ...]] = {
    cst.LessThan: (cst.LessThanEqual, cst.GreaterThanEqual),
    cst.LessThanEqual: (cst.LessThan, cst.GreaterThan),
    cst.GreaterThan: (cst.GreaterThanEqual, cst.LessThanEqual),
    cst.GreaterThanEqual: (cst.GreaterThan, cst.LessThan),
    cst.Equal: (cst.NotEqual,),
    cst.NotEqual: (cst.Equal,),
    cst.Is: (cst.IsNot,),
    cst.IsNot: (cst.Is,),
    cst.In: (cst.NotIn,),
    cst.NotIn: (cst.In,),
}
_AUGMENTED: Mapping[type[cst.BaseAugOp], tuple[type[cst.BaseAugOp], ...]] = {
    cst.AddAssign: (cst.SubtractAssign,),
    cst.SubtractAssign: (cst.AddAssign,),
    cst.MultiplyAssign: (cst.AddAssign, cst.DivideAssign),
    cst.DivideAssign: (cst.MultiplyAssign,),
    cst.FloorDivideAssign: (cst.DivideAssign,),
    cst.MatrixMultiplyAssign: (cst.MultiplyAssign,),
    cst.PowerAssign: (cst.MultiplyAssign,),
}
_AXIS_NAMES = frozenset({"dim", "dims", "axis", "dim0", "dim1"})
_AXES = (0, 1, -1, -2)
# What needs no parentheses as an operand of + or of "not".
_PLAIN = (cst.Name, cst.Integer, cst.Float, cst.Call, cst.Attribute, cst.Subscript)


@singledispatch
def changes(node: cst.CSTNode) -> Iterator[Change]:
    """The mistakes that can be made at this node itself, not below it, always in the same order."""
    yield from ()


@changes.register
def _(node: cst.BinaryOperation) -> Iterator[Change]:
    for operator in _ARITHMETIC.get(type(node.operator), ()):
        yield Change("operator", node, node.with_changes(operator=operator()))
    for operand in (node.left, node.right):
        yield Change("operand", node, _in_place_of(node, operand))


@changes.register
def _(node: cst.BooleanOperation) -> Iterator[Change]:
    operator = cst.Or() if isinstance(node.operator, cst.And) else cst.And()
    yield Change("operator", node, node.with_changes(operator=operator))
    for operand in (node.left, node.right):
        yield Change("operand", node, _in_place_of(node, operand))


@changes.register
def _(node: cst.Comparison) -> Iterator[Change]:
    for index, compared in enumerate(node.comparisons):
        for operator in _COMPARISONS.get(type(compared.operator), ()):
            other = compared.with_changes(operator=operator())
            yield Change("operator", node, node.with_changes(comparisons=_put(node.comparisons, index, other)))


@changes.register
def _(node: cst.AugAssign) -> Iterator[Change]:
    for operator in _AUGMENTED.get(type(node.operator), ()):
        yield Change("operator", node, node.with_changes(operator=operator()))
    yield Change("operator", node, cst.Assign([cst.AssignTarget(node.target)], node.value))


@changes.register
def _(node: cst.UnaryOperation) -> Iterator[Change]:
    if isinstance(node.operator, cst.Minus):
        yield Change("operator", node, node.expression)
    elif isinstance(node.operator, cst.Not):
        yield Change("condition", node, node.expression)


@changes.register
def _(node: cst.Integer) -> Iterator[Change]:
    value = int(node.evaluated_value)
    for other in dict.fromkeys((value + 1, value - 1, 0, 1)):
        if other != value:
            yield Change("constant", node, _number(other))


@changes.register
def _(node: cst.Float) -> Iterator[Change]:
    value = float(node.evaluated_value)
    for other in dict.fromkeys((value + 1, value - 1, 0.0, 1.0)):
        if other != value:
            yield Change("constant", node, _number(other))


@changes.register
def _(node: cst.Name) -> Iterator[Change]:
    if node.value in ("True", "False"):
        yield Change("constant", node, node.with_changes(value=str(node.value != "True")))


@changes.register
def _(node: cst.Subscript) -> Iterator[Change]:
    for index in range(len(node.slice) - 1):
        one, other = node.slice[index], node.slice[index + 1]
        exchanged = _put(node.slice, index, one.with_changes(slice=other.slice))
        exchanged = _put(exchanged, index + 1, other.with_changes(slice=one.slice))
        yield Change("index", node, node.with_changes(slice=exchanged))
    for index, element in enumerate(node.slice):
        if isinstance(element.slice, cst.Slice):
            for other_slice in _other_slices(element.slice):
                changed = _put(node.slice, index, element.with_changes(slice=other_slice))
                yield Change("slice", node, node.with_changes(slice=changed))


def _other_slices(bounds: cst.Slice) -> Iterator[cst.Slice]:
    for name, bound in (("lower", bounds.lower), ("upper", bounds.upper)):
        if bound is not None:
            yield bounds.with_changes(**{name: None})
            yield bounds.with_changes(**{name: _shifted(bound, cst.Add())})
            yield bounds.with_changes(**{name: _shifted(bound, cst.Subtract())})
    if bounds.step is not None:
        yield bounds.with_changes(step=None, second_colon=cst.MaybeSentinel.DEFAULT)


@changes.register
def _(node: cst.Call) -> Iterator[Change]:
    yield from _other_arguments(node)
    if isinstance(node.func, cst.Attribute):
        yield Change("call", node, _in_place_of(node, node.func.value))
    if len(node.args) == 1 and node.args[0].keyword is None and not node.args[0].star:
        yield Change("call", node, _in_place_of(node, node.args[0].value))


def _other_arguments(node: cst.Call) -> Iterator[Change]:
    for index, argument in enumerate(node.args):
        kind, values = _other_values(node, argument)
        for value in values:
            yield Change(kind, node, node.with_changes(args=_put(node.args, index, argument.with_changes(value=value))))
    for index in range(len(node.args) - 1):
        one, other = node.args[index], node.args[index + 1]
        if not (one.keyword or one.star or other.keyword or other.star):
            exchanged = _put(node.args, index, one.with_changes(value=other.value))
            exchanged = _put(exchanged, index + 1, other.with_changes(value=one.value))
            yield Change("exchange", node, node.with_changes(args=exchanged))
    for index in range(len(node.args) if len(node.args) > 1 else 0):
        left = [*node.args[:index], *node.args[index + 1 :]]
        left[-1] = left[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        yield Change("argument", node, node.with_changes(args=left))


def _other_values(call: cst.Call, argument: cst.Arg) -> tuple[str, Sequence[cst.BaseExpression]]:
    """Values that an argument is often given by mistake, and what kind of mistake that is."""
    if argument.keyword is not None and argument.keyword.value in _AXIS_NAMES:
        return "axis", [_number(axis) for axis in _AXES]
    if isinstance(call.func, cst.Name) and call.func.value == "range":
        return "loop", [_shifted(argument.value, cst.Add()), _shifted(argument.value, cst.Subtract())]
    return "", ()


@changes.register(cst.Tuple)
@changes.register(cst.List)
def _(node: cst.Tuple | cst.List) -> Iterator[Change]:
    for index in range(len(node.elements) - 1):
        one, other = node.elements[index], node.elements[index + 1]
        exchanged = _put(node.elements, index, one.with_changes(value=other.value))
        exchanged = _put(exchanged, index + 1, other.with_changes(value=one.value))
        yield Change("exchange", node, node.with_changes(elements=exchanged))


@changes.register(cst.If)
@changes.register(cst.IfExp)
@changes.register(cst.While)
@changes.register(cst.CompIf)
def _(node: cst.If | cst.IfExp | cst.While | cst.CompIf) -> Iterator[Change]:
    if not (isinstance(node.test, cst.UnaryOperation) and isinstance(node.test.operator, cst.Not)):
        yield Change("condition", node.test, cst.UnaryOperation(cst.Not(), _operand(node.test)))
    if isinstance(node, cst.IfExp):
        for branch in (node.body, node.orelse):
            yield Change("condition", node, _in_place_of(node, branch))


@changes.register
def _(node: cst.SimpleStatementLine) -> Iterator[Change]:
    if not (len(node.body) == 1 and isinstance(node.body[0], cst.Pass)):
        yield Change("statement", node, node.with_changes(body=[cst.Pass()]))


@changes.register
def _(node: cst.With) -> Iterator[Change]:
    yield Change("statement", node, cst.If(cst.Name("True"), node.body, leading_lines=node.leading_lines))


def _number(value: float) -> cst.BaseExpression:
    written = cst.Integer(str(abs(value))) if isinstance(value, int) else cst.Float(repr(abs(value)))
    return cst.UnaryOperation(cst.Minus(), written) if value < 0 else written


def _shifted(bound: cst.BaseExpression, operator: cst.BaseBinaryOp) -> cst.BaseExpression:
    is_sum = isinstance(bound, cst.BinaryOperation) and isinstance(bound.operator, cst.Add | cst.Subtract)
    return cst.BinaryOperation(bound if is_sum else _operand(bound), operator, cst.Integer("1"))


def _operand(expression: cst.BaseExpression) -> cst.BaseExpression:
    """The expression as an operand of whatever binds tightly."""
    if isinstance(expression, _PLAIN) or expression.lpar:
        return expression
    return expression.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _in_place_of(node: cst.BaseExpression, other: cst.BaseExpression) -> cst.BaseExpression:
    """The other expression, in the parentheses that the node has."""
    return other if other.lpar else other.with_changes(lpar=node.lpar, rpar=node.rpar)


def _put(nodes: Sequence[cst.CSTNode], index: int, node: cst.CSTNode) -> list[cst.CSTNode]:
    return [*nodes[:index], node, *nodes[index + 1 :]]
