"""Dates in expressions: texts in ISO form; as numbers, days since 1970-01-01."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from migrant_office.i18n import HT_DAYS_SHORT, HT_MONTHS_SHORT
from migrant_office.models.forms.expressions.values import (
    Value,
    as_date,
    as_moment,
    days,
    is_nodes,
    to_number,
    to_string,
)

_MONTHS = {
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ht": HT_MONTHS_SHORT,
}
_DAYS = {
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ht": HT_DAYS_SHORT,
}
_MARK = re.compile(r"%(.)", re.DOTALL)


def date_text(value: Value) -> str:
    """`date()`: the ISO date, '' for what is none (ODK's engines print "Invalid Date" or roll 31 February over)."""
    day = as_date(value)
    return "" if day is None else day.isoformat()


def moment_text(value: Value) -> str:
    """`date-time()`: the ISO dateTime, the date alone at midnight (as ODK's engines do), '' for what is none."""
    moment = as_moment(value)
    if moment is None:
        return ""
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(timespec="milliseconds")


def decimal_date(value: Value) -> float:
    return float(math.floor(number)) if math.isfinite(number := to_number(date_text(value))) else math.nan


def decimal_date_time(value: Value) -> float:
    """Days since 1970-01-01 with their fraction; NaN for what is no date, so also for an answer that is a number."""
    return days(to_string(value).strip()) if isinstance(value, str) or is_nodes(value) else to_number(value)


def decimal_time(value: Value) -> float:
    """The fraction of the day of a time `HH:MM[:SS]` or of a dateTime; NaN for what is neither."""
    text = to_string(value).strip()
    moment = as_moment(value) if "T" in text else None
    try:
        clock = moment.time() if moment else datetime.strptime(text[:5], "%H:%M").replace(tzinfo=UTC).time()
    except ValueError:
        return math.nan
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / 86_400


def _wall(value: Value) -> datetime | None:
    """The moment as a clock on the wall there showed it, so that any two can be compared."""
    moment = as_moment(value)
    return moment.replace(tzinfo=None) if moment else None


def _later(moment: datetime, months: int) -> datetime:
    """So many months on; where that month has no such day, its last. Raises ValueError outside years 1 to 9999."""
    place = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(place, 12)
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


def _months(start: datetime, end: datetime) -> float:
    if end < start:
        return -_months(end, start) or 0.0
    whole = (end.year - start.year) * 12 + end.month - start.month
    return float(whole if _later(start, whole) <= end else whole - 1)


def _between(count: Callable[[datetime, datetime], float]) -> Callable[[Value, Value], float | str]:
    """A difference between two dates as the Community Health Toolkit counts it; '' when one of them is none."""

    def between(start: Value, end: Value) -> float | str:
        one, other = _wall(start), _wall(end)
        return "" if one is None or other is None else count(one, other)

    return between


def _whole(span: timedelta, days: int) -> float:
    return float(int(span / timedelta(days=days)))


months_between = _between(_months)
years_between = _between(lambda start, end: float(int(_months(start, end) / 12)))
weeks_between = _between(lambda start, end: _whole(end - start, 7))
days_between = _between(lambda start, end: _whole(end - start, 1))


def moved(value: Value, *amounts: Value) -> str:
    """`add-date()` of the Community Health Toolkit: years, months, days, hours and minutes later, as a dateTime; what
    is no number moves nothing. '' for what is no date.
    """
    moment = as_moment(value)
    numbers = [number if math.isfinite(number := to_number(amount)) else 0.0 for amount in amounts]
    years, months, days, hours, minutes = (*numbers, *(0.0,) * (5 - len(numbers)))
    try:
        if moment is None:
            return ""
        later = _later(moment, int(years) * 12 + int(months)) + timedelta(days=days, hours=hours, minutes=minutes)
    except (ValueError, OverflowError):
        return ""
    return later.isoformat(timespec="milliseconds")


def formatted(value: Value, mask: Value, lang: str) -> str:
    """`format-date()` and `format-date-time()` with the marks of the ODK specification; '' for what is no date."""
    moment = as_moment(value)
    if moment is None:
        return ""
    marks = _marks(moment, lang)
    return _MARK.sub(lambda mark: marks.get(mark.group(1), mark.group(0)), to_string(mask))


def _marks(moment: datetime, lang: str) -> dict[str, str]:
    day: date = moment.date()
    return {
        "Y": f"{day.year:04}",
        "y": f"{day.year % 100:02}",
        "m": f"{day.month:02}",
        "n": str(day.month),
        "b": _MONTHS.get(lang, _MONTHS["en"])[day.month - 1],
        "d": f"{day.day:02}",
        "e": str(day.day),
        "a": _DAYS.get(lang, _DAYS["en"])[day.weekday()],
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "%": "%",
    }
