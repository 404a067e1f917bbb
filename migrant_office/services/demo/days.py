"""The working days of an invented office, and how many people come for the first time on each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from migrant_office import clock
from migrant_office.services.demo.draw import Draw, happens

OPENS, OPEN_HOURS = time(9, 0), 8
FRIDAY = 4
ONE_DAY = timedelta(days=1)
LAST_DAYS = 2  # the last day and the one before are never empty: the page Hoy shows both
ENOUGH_PEOPLE = 20


def working_days(months: int, until: date) -> list[date]:
    """Weekdays of so many months until a day, from the first of the first month; always that day and the one before."""
    index = until.year * 12 + until.month - months
    first = date(index // 12, index % 12 + 1, 1)
    days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    return [day for day in days if day.weekday() <= FRIDAY or until - day < LAST_DAYS * ONE_DAY]


def arrivals(rng: Random, days: list[date], people: int, growth: float) -> list[int]:
    """How many of so many people come first on each day: more towards the end, `growth` times as many, and unevenly."""
    kept = 2 if people >= ENOUGH_PEOPLE else 0
    last = len(days) - 1
    weights = [(1 + (growth - 1) * n / max(1, last)) * rng.uniform(0.4, 1.6) for n in range(len(days))]
    ends = list(accumulate(weights))
    spread = people - kept * min(LAST_DAYS, len(days))
    reached = [0, *(round(spread * end / ends[-1]) for end in ends)]
    return [reached[n + 1] - reached[n] + (kept if n > last - LAST_DAYS else 0) for n in range(len(days))]


def parties(rng: Random, people: int, share: float, sizes: Draw[int]) -> list[int]:
    """So many people as they come: alone, or in `share` percent of the visits as a family of so many."""
    found: list[int] = []
    left = people
    while left:
        found.append(min(left, sizes(rng) if happens(rng, share) else 1))
        left -= found[-1]
    return found


def days_between(rng: Random, least: int, most: int) -> timedelta:
    return timedelta(days=rng.randint(least, most))


class WorkingTime:
    """The clock of an invented office: it goes through the opening hours of one day at a time."""

    def __init__(self, day: date) -> None:
        self.begin(day, 1)

    def begin(self, day: date, things: int) -> None:
        """A new day on which so many things happen, evenly over the hours."""
        self.day, self.step = day, timedelta(hours=OPEN_HOURS) / (things + 1)
        self.moment = datetime.combine(day, OPENS)  # on the wall, whatever the zone

    def pass_on(self) -> None:
        self.moment += self.step

    def __call__(self) -> datetime:
        return clock.on_the_wall(self.moment)


class Agenda:
    """What will happen on which day; days on which the office is closed move to the next open one."""

    def __init__(self, days: list[date]) -> None:
        self.open, self.until = set(days), days[-1]
        self.things: dict[date, list[Callable[[], None]]] = {}

    def add(self, day: date, thing: Callable[[], None]) -> None:
        """Note something for a day; what lies after the last day never happens."""
        while day not in self.open and day <= self.until:
            day += ONE_DAY
        if day <= self.until:
            self.things.setdefault(day, []).append(thing)

    def take(self, day: date) -> list[Callable[[], None]]:
        return self.things.pop(day, [])
