"""The values that a cell of a document can hold, and the way there and back."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin

from migrant_office.models.missing import Missing

Value = Any  # what a cell holds: None, bool, int, float, str, list, dict
Cells = dict[str, dict[str, Value]]  # noun → key → value: the whole state of a document
Touched = dict[str, set[str]]  # noun → keys of the cells that differ


class Unrecognised(str):
    """A code written by a newer program, or a damaged value: shown as it is, kept as it is."""

    __slots__ = ()


class Damaged(Exception):
    """A cell whose shape no version of the program wrote."""


def plain(value: Any) -> Value:
    """A value as a cell holds it. Raises ValueError for what a document would silently change."""
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case frozenset() | tuple() | list():
            return [plain(v) for v in (sorted(value) if isinstance(value, frozenset) else value)]
        case int() if not -(2**63) <= value < 2**63:
            raise ValueError("an integer beyond 64 bits would be kept as a float")
        case float() if not math.isfinite(value):
            raise ValueError("a number that is none never equals itself")
        case dict():
            return {str(k): plain(v) for k, v in value.items()}
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise ValueError(f"a cell cannot hold {type(value).__name__}")


def reader(hint: Any) -> Callable[[Value], Any]:
    """The way back from a cell, from the type hint. What does not parse becomes `Unrecognised`."""
    kinds = [k for k in (get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)) if k is not NoneType]
    if Missing in kinds:
        rest = reader(next((k for k in kinds if k is not Missing), Missing))
        return lambda v: MISSING_BY_CODE.get(v) or rest(v) if isinstance(v, str) else rest(v)
    kind = kinds[0]
    if get_origin(kind) in (frozenset, tuple):
        build, member = get_origin(kind), reader(get_args(kind)[0])
        return lambda v: build(map(member, v)) if isinstance(v, list) else build()
    if not isinstance(kind, type):  # a NewType id
        return lambda v: v
    if issubclass(kind, Enum):
        known = cast("Any", kind)
        return lambda v: enum_member(known, v)
    if issubclass(kind, date):
        return lambda v: parse_date(kind, v)
    accepted = (int, float) if kind is float else (kind,)
    return lambda v: v if isinstance(v, accepted) else Unrecognised(v)


MISSING_BY_CODE: dict[str, Missing] = {m.value: m for m in Missing}


def enum_member(kind: Any, value: Value) -> Any:
    """A member of an enum, through `_missing_` for renamed codes."""
    try:
        return kind(value)
    except (ValueError, TypeError):
        return Unrecognised(value)


def parse_date(kind: type[date], value: Value) -> Any:
    try:
        return (datetime if kind is datetime else date).fromisoformat(value)
    except (ValueError, TypeError):
        return Unrecognised(value)
