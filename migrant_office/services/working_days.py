"""Working days of a country: Monday to Friday, without its national holidays.

Only national ones are known; a day on which the commune or the office itself is closed is not
(docs/decisions/029).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def national(country: str, year: int) -> frozenset[date]:
    """The national holidays of a year; none for a country that nobody knows."""
    import holidays  # 50 ms, and only whoever makes a follow-up needs it

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def is_working_day(country: str, day: date) -> bool:
    return day.weekday() < SATURDAY and day not in national(country, day.year)


def working_day(country: str, day: date) -> date:
    """This day, or the next working day after it; never an earlier one."""
    while not is_working_day(country, day):
        day += ONE_DAY
    return day
