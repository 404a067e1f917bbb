"""The four kinds of value of XPath 1.0 and how one becomes another; dates are texts that count as days."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

DAY_ZERO = date(1970, 1, 1)
NAN = math.nan
LONGEST_RESULT = 10_000  # characters that expressions make; a longer answer that was typed stays whole
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)


class Node:
    """A question, a group, or a row of a choice list while a form is being filled.

    `text` is what expressions see: '' when there is no answer, when it is missing for a reason, and when the
    question is not relevant.
    """

    __slots__ = ("children", "name", "parent", "text")

    def __init__(self, name: str, parent: Node | None = None, text: str = "") -> None:
        self.name = name
        self.parent = parent
        self.text = text
        self.children: list[Node] = []
        if parent is not None:
            parent.children.append(self)

    def string(self) -> str:
        return "".join(child.string() for child in self.children) if self.children else self.text


Nodes = Sequence[Node]
Value = str | float | bool | Nodes


def is_nodes(value: Value) -> bool:
    return isinstance(value, (list, tuple))


def to_string(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    return value[0].string() if value else ""


def to_number(value: Value) -> float:
    """A number; a date or dateTime in ISO form counts as days since 1970-01-01 (ODK's rule); NaN otherwise."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, (int, float)):
        return float(value)
    text = (value if isinstance(value, str) else to_string(value)).strip()
    if not text:
        return NAN
    if _NUMBER.match(text):
        return float(text)
    return days(text)


def to_boolean(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value != 0 and not math.isnan(value)
    return bool(value)


def to_nodes(value: Value) -> Nodes:
    """The nodes of a value; none when it is no set of nodes."""
    return () if isinstance(value, (str, bool, int, float)) else value


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no `.0`."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(float(number))), "f")


def days(text: str) -> float:
    """Days since 1970-01-01 of an ISO date or dateTime; a dateTime without a zone counts as UTC. NaN if neither."""
    try:
        if _DATE.match(text):
            return float((date.fromisoformat(text) - DAY_ZERO).days)
        if _DATE_TIME.match(text):
            moment = datetime.fromisoformat(text)
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            return (moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)
    except (ValueError, OverflowError):
        return NAN
    return NAN


def as_date(value: Value) -> date | None:
    """The calendar day of a value: an ISO date, the day written in a dateTime, or a count of days."""
    if isinstance(value, str) or is_nodes(value):
        text = to_string(value).strip()
        if _DATE.match(text) or _DATE_TIME.match(text):
            try:
                return date.fromisoformat(text[:10])
            except ValueError:
                return None
    number = to_number(value)
    if math.isnan(number) or math.isinf(number):
        return None
    try:
        return DAY_ZERO + timedelta(days=math.floor(number))
    except OverflowError:
        return None


def as_moment(value: Value) -> datetime | None:
    """The moment of a value, as written (with its zone if it has one); a date alone is its midnight."""
    text = to_string(value).strip()
    try:
        if _DATE_TIME.match(text):
            return datetime.fromisoformat(text)
        number = to_number(value)
        if math.isnan(number) or math.isinf(number):
            return None
        return datetime(1970, 1, 1) + timedelta(days=number)  # noqa: DTZ001 - a date has no zone
    except (ValueError, OverflowError):
        return None


def equal(left: Value, right: Value) -> bool:
    """`=` of XPath 1.0: true when some member of each side is equal."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    return any(_same(one, other) for one in _members(left) for other in _members(right))


def unequal(left: Value, right: Value) -> bool:
    """`!=` of XPath 1.0: true when some member differs, so it is not the opposite of `=` for sets."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) != to_boolean(right)
    return any(not _same(one, other) for one in _members(left) for other in _members(right))


def ordered(operator: str, left: Value, right: Value) -> bool:
    """`<`, `<=`, `>`, `>=`: always between numbers."""
    if isinstance(left, bool) or isinstance(right, bool):
        return _in_order(operator, float(to_boolean(left)), float(to_boolean(right)))
    return any(
        _in_order(operator, to_number(one), to_number(other)) for one in _members(left) for other in _members(right)
    )


def _members(value: Value) -> Sequence[str | float]:
    if isinstance(value, (str, int, float)):
        return (value,)
    return [node.string() for node in value]


def _same(one: str | float, other: str | float) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return to_number(one) == to_number(other)


def _in_order(operator: str, one: float, other: float) -> bool:
    if operator == "<":
        return one < other
    if operator == "<=":
        return one <= other
    if operator == ">":
        return one > other
    return one >= other
