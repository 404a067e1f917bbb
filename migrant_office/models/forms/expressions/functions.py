"""The functions of expressions, by name: those of XPath 1.0 and those of ODK that public forms use."""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from migrant_office.models.forms.expressions import codings, dates
from migrant_office.models.forms.expressions.patterns import found
from migrant_office.models.forms.expressions.values import (
    LONGEST_RESULT,
    NAN,
    Value,
    is_nodes,
    number_text,
    to_boolean,
    to_nodes,
    to_number,
    to_string,
)

MANY = 10_000


@dataclass(frozen=True)
class Function:
    """`least` to `most` arguments. With `context`, `fn` takes the context first. `impure`: asks the clock or chance."""

    fn: Callable[..., Any]
    least: int
    most: int
    context: bool = False
    impure: bool = False


# -- texts


def _strings(values: tuple[Value, ...]) -> list[str]:
    """Every text in the arguments; a set of nodes gives one per node."""
    out: list[str] = []
    for value in values:
        out.extend(node.string() for node in to_nodes(value)) if is_nodes(value) else out.append(to_string(value))
    return out


def _whole(value: Value) -> int | None:
    number = to_number(value)
    return None if math.isnan(number) or math.isinf(number) else int(number)


def _substr(text: Value, start: Value, end: Value = math.inf) -> str:
    """ODK's: from `start` (0 is the first) up to but without `end`; negative counts from the end."""
    whole = to_string(text)
    first = _whole(start)
    last = len(whole) if to_number(end) == math.inf else _whole(end)
    return "" if first is None or last is None else whole[first:last]


def _substring(text: Value, start: Value, length: Value = math.inf) -> str:
    """XPath's: from the `start`th character (1 is the first), `length` characters, both rounded."""
    whole, first = to_string(text), _round(to_number(start))
    last = first + _round(to_number(length))
    return "".join(sign for place, sign in enumerate(whole, 1) if first <= place < last)


def _before(text: Value, mark: Value) -> str:
    head, sep, _tail = to_string(text).partition(to_string(mark)) if to_string(mark) else ("", "", "")
    return head if sep else ""


def _after(text: Value, mark: Value) -> str:
    wanted = to_string(mark)
    if not wanted:
        return to_string(text)
    return to_string(text).partition(wanted)[2]


def _translate(text: Value, old: Value, new: Value) -> str:
    fresh = to_string(new)
    table: dict[int, str | None] = {}
    for place, sign in enumerate(to_string(old)):
        table.setdefault(ord(sign), fresh[place] if place < len(fresh) else None)
    return to_string(text).translate(table)


def _join(separator: Value, *values: Value) -> str:
    """Cut where no answer is so long: texts that double from question to question would fill the memory."""
    between, out, length = to_string(separator), [""], 0
    for place, text in enumerate(_strings(values)):
        out += (between, text) if place else (text,)
        length += len(text) + len(between)
        if length > LONGEST_RESULT:
            break
    return "".join(out)[:LONGEST_RESULT]


# -- numbers


def _round(number: float) -> float:
    """Half goes away from zero, as every ODK engine does (XPath 1.0 would round -2.5 to -2)."""
    if math.isnan(number) or math.isinf(number):
        return number
    return math.copysign(math.floor(abs(number) + 0.5), number)


def _round_to(value: Value, places: Value = 0.0) -> float:
    number, digits = to_number(value), to_number(places)
    if math.isnan(number) or math.isinf(number) or digits == 0:
        return _round(number)
    if math.isnan(digits) or abs(digits) > 30:
        return NAN
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP))


def _int(value: Value) -> float:
    number = to_number(value)
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _keep(function: Callable[[float], float]) -> Callable[[Value], float]:
    """A function of the mathematics module that answers NaN where it has no answer, Infinity where it is too large."""

    def kept(value: Value) -> float:
        number = to_number(value)
        try:
            return float(function(number))
        except OverflowError:
            return number if math.isinf(number) else math.inf
        except ValueError:
            return NAN

    return kept


def _logarithm(function: Callable[[float], float]) -> Callable[[Value], float]:
    return _keep(lambda number: function(number) if number else -math.inf)


def _power(base: Value, exponent: Value) -> float:
    number, times = to_number(base), to_number(exponent)
    try:
        return math.pow(number, times)
    except OverflowError:
        return -math.inf if number < 0 and times % 2 else math.inf
    except ValueError:
        return math.inf if number == 0 else NAN


def _numbers(values: tuple[Value, ...]) -> list[float]:
    out: list[float] = []
    for value in values:
        if is_nodes(value):
            out.extend(to_number(node.string()) for node in to_nodes(value))
        else:
            out.append(to_number(value))
    return out


def _extreme(best: Callable[[list[float]], float]) -> Callable[..., float]:
    def extreme(*values: Value) -> float:
        numbers = _numbers(values)
        return NAN if not numbers or any(math.isnan(number) for number in numbers) else best(numbers)

    return extreme


# -- choices, logic, sets


def _selected(answers: Value, choice: Value) -> bool:
    text, wanted = to_string(answers).strip(), to_string(choice).strip()
    return wanted in text.split() if text else wanted == ""


def _selected_at(answers: Value, place: Value) -> str:
    chosen, index = to_string(answers).split(), _whole(place)
    return chosen[index] if index is not None and 0 <= index < len(chosen) else ""


def _coalesce(*values: Value) -> str:
    return next((text for text in map(to_string, values) if text), "")


def _checklist(least: Value, most: Value, *answers: Value) -> bool:
    return _between(sum(_said_yes(answer) for answer in answers), least, most)


def _weighted_checklist(least: Value, most: Value, *answers: Value) -> bool:
    pairs = zip(answers[::2], answers[1::2], strict=False)
    return _between(sum(to_number(weight) for answer, weight in pairs if _said_yes(answer)), least, most)


def _said_yes(answer: Value) -> bool:
    return to_boolean(answer) if isinstance(answer, bool) else to_string(answer).lower() in ("yes", "true", "1")


def _between(total: float, least: Value, most: Value) -> bool:
    low, high = to_number(least), to_number(most)
    return (low == -1 or total >= low) and (high == -1 or total <= high)


def _context_text(ctx: Any, value: Value | None = None) -> str:
    return to_string(value) if value is not None else str(ctx.node.string())


FUNCTIONS: dict[str, Function] = {
    # texts
    "string": Function(_context_text, 0, 1, context=True),
    "concat": Function(lambda *values: _join("", *values), 0, MANY),
    "join": Function(_join, 1, MANY),
    "string-length": Function(lambda ctx, *value: float(len(_context_text(ctx, *value))), 0, 1, context=True),
    "normalize-space": Function(lambda ctx, *value: " ".join(_context_text(ctx, *value).split()), 0, 1, context=True),
    "starts-with": Function(lambda text, part: to_string(text).startswith(to_string(part)), 2, 2),
    "ends-with": Function(lambda text, part: to_string(text).endswith(to_string(part)), 2, 2),
    "contains": Function(lambda text, part: to_string(part) in to_string(text), 2, 2),
    "substr": Function(_substr, 2, 3),
    "substring": Function(_substring, 2, 3),
    "substring-before": Function(_before, 2, 2),
    "substring-after": Function(_after, 2, 2),
    "translate": Function(_translate, 3, 3),
    "regex": Function(lambda text, pattern: found(to_string(text), to_string(pattern)), 2, 2),
    "digest": Function(codings.digest, 2, 3),
    "base64-decode": Function(codings.base64_decoded, 1, 1),
    "uuid": Function(lambda ctx, *_n: str(uuid.UUID(int=ctx.chance.getrandbits(128), version=4)), 0, 1, True, True),
    # numbers
    "number": Function(lambda ctx, *value: to_number(*(value or (ctx.node.string(),))), 0, 1, context=True),
    "int": Function(_int, 1, 1),
    "round": Function(_round_to, 1, 2),
    "floor": Function(_keep(math.floor), 1, 1),
    "ceiling": Function(_keep(math.ceil), 1, 1),
    "abs": Function(_keep(abs), 1, 1),
    "sqrt": Function(_keep(math.sqrt), 1, 1),
    "exp": Function(_keep(math.exp), 1, 1),
    "exp10": Function(_keep(lambda number: math.pow(10, number)), 1, 1),
    "log": Function(_logarithm(math.log), 1, 1),
    "log10": Function(_logarithm(math.log10), 1, 1),
    "pow": Function(_power, 2, 2),
    "pi": Function(lambda: math.pi, 0, 0),
    "sin": Function(_keep(math.sin), 1, 1),
    "cos": Function(_keep(math.cos), 1, 1),
    "tan": Function(_keep(math.tan), 1, 1),
    "asin": Function(_keep(math.asin), 1, 1),
    "acos": Function(_keep(math.acos), 1, 1),
    "atan": Function(_keep(math.atan), 1, 1),
    "atan2": Function(lambda y, x: math.atan2(to_number(y), to_number(x)), 2, 2),
    "random": Function(lambda ctx: ctx.chance.random(), 0, 0, context=True, impure=True),
    "sum": Function(lambda nodes: float(sum(_numbers((nodes,)))), 1, 1),
    "min": Function(_extreme(min), 1, MANY),
    "max": Function(_extreme(max), 1, MANY),
    "count": Function(lambda nodes: float(len(to_nodes(nodes))), 1, 1),
    "count-non-empty": Function(lambda nodes: float(sum(bool(node.string()) for node in to_nodes(nodes))), 1, 1),
    # choices and logic
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(lambda answers: float(len(to_string(answers).split())), 1, 1),
    "coalesce": Function(_coalesce, 1, MANY),
    "checklist": Function(_checklist, 2, MANY),
    "weighted-checklist": Function(_weighted_checklist, 2, MANY),
    "true": Function(lambda: True, 0, 0),
    "false": Function(lambda: False, 0, 0),
    "not": Function(lambda value: not to_boolean(value), 1, 1),
    "boolean": Function(to_boolean, 1, 1),
    "boolean-from-string": Function(lambda value: to_string(value).strip().lower() in ("1", "true"), 1, 1),
    "last": Function(lambda ctx: float(ctx.size), 0, 0, context=True),
    # dates
    "today": Function(lambda ctx: ctx.today, 0, 0, context=True, impure=True),
    "now": Function(lambda ctx: ctx.now, 0, 0, context=True, impure=True),
    "date": Function(dates.date_text, 1, 1),
    "date-time": Function(dates.moment_text, 1, 1),
    "decimal-date": Function(dates.decimal_date, 1, 1),
    "decimal-date-time": Function(dates.decimal_date_time, 1, 1),
    "decimal-time": Function(dates.decimal_time, 1, 1),
    "add-date": Function(dates.moved, 1, 6),
    **{f"{prefix}difference-in-months": Function(dates.months_between, 2, 2) for prefix in ("", "cht:")},
    "cht:difference-in-years": Function(dates.years_between, 2, 2),
    "cht:difference-in-weeks": Function(dates.weeks_between, 2, 2),
    "cht:difference-in-days": Function(dates.days_between, 2, 2),
    "format-date": Function(lambda ctx, day, mask: dates.formatted(day, mask, ctx.lang), 2, 2, context=True),
    "format-date-time": Function(lambda ctx, day, mask: dates.formatted(day, mask, ctx.lang), 2, 2, context=True),
}

# Compiled by the compiler itself, with their least and most arguments.
SPECIAL: dict[str, tuple[int, int]] = {
    "if": (3, 3),
    "once": (1, 1),
    "position": (0, 1),
    "current": (0, 0),
    "instance": (1, 1),
    "jr:choice-name": (2, 2),
    "indexed-repeat": (3, 7),
    "pulldata": (4, 4),
}

# Known to ODK or Kobo, not to this desk: a clear sentence instead of "unknown".
ELSEWHERE = frozenset(
    {
        *("jr:itext", "distance", "area", "geofence", "enclosed-area", "intersects"),
        *("base64-encode", "randomize", "version", "property", "extract-signed"),
        *("id", "lang", "name", "local-name", "namespace-uri"),
        *("parse-timestamp-to-date", "to-bikram-sambat", "z-score", "cht:extension-lib", "cht:validate-luhn"),
    }
)


def chance(seed: str) -> random.Random:
    """The source of `random()` and `uuid()` of one filling; a form is no place for secrets."""
    return random.Random(seed)  # noqa: S311 - reproducible on purpose, so that a restored draft does not change


__all__ = ["ELSEWHERE", "FUNCTIONS", "SPECIAL", "Function", "chance", "number_text"]
