"""The operators between two values, each a maker of closures."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from migrant_office.models.forms.expressions.values import NAN, equal, ordered, to_number, unequal

Closure = Callable[[Any], Any]
Maker = Callable[[Closure, Closure], Closure]


def _arithmetic(operation: Callable[[float, float], float]) -> Maker:
    def make(one: Closure, other: Closure) -> Closure:
        return lambda ctx: operation(to_number(one(ctx)), to_number(other(ctx)))

    return make


def _order(operator: str) -> Maker:
    def make(one: Closure, other: Closure) -> Closure:
        return lambda ctx: ordered(operator, one(ctx), other(ctx))

    return make


def _divide(one: float, other: float) -> float:
    if other != 0:
        return one / other
    if one == 0 or math.isnan(one):
        return NAN
    return math.copysign(math.inf, one) * math.copysign(1.0, other)


def _remainder(one: float, other: float) -> float:
    """The sign is that of the left side, as in Java and XPath; by zero there is no number."""
    try:
        return math.fmod(one, other)
    except ValueError:
        return NAN


OPERATORS: dict[str, Maker] = {
    "=": lambda one, other: lambda ctx: equal(one(ctx), other(ctx)),
    "!=": lambda one, other: lambda ctx: unequal(one(ctx), other(ctx)),
    "<": _order("<"),
    "<=": _order("<="),
    ">": _order(">"),
    ">=": _order(">="),
    "+": _arithmetic(lambda one, other: one + other),
    "-": _arithmetic(lambda one, other: one - other),
    "*": _arithmetic(lambda one, other: one * other),
    "div": _arithmetic(_divide),
    "mod": _arithmetic(_remainder),
}
