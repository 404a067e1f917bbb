"""When the office gives appointments: its hours, its weekdays, and the public holidays of its country."""

from __future__ import annotations

from datetime import date, timedelta

from migrant_office.models.city import City
from migrant_office.services.working_days import national

LOOK_AHEAD = 60  # days; no country closes longer


def is_holiday(city: City, day: date) -> bool:
    return day in national(city.country, day.year)


def is_working_day(city: City, day: date) -> bool:
    return day.isoweekday() in city.hours.days and not is_holiday(city, day)


def office_spans(city: City, day: date) -> tuple[range, ...]:
    """The minutes of a day in which the office attends; none when it is closed."""
    return city.hours.spans if is_working_day(city, day) else ()


def next_working_day(city: City, day: date, by: int = 1) -> date:
    """The nearest working day after a day, or before it with `by=-1`."""
    at = day + timedelta(days=by)
    for _ in range(LOOK_AHEAD):
        if is_working_day(city, at):
            return at
        at += timedelta(days=by)
    return day + timedelta(days=by)  # an office that opens on no day
