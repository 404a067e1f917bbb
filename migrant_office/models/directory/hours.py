"""When a service is open on a day, from the schedules of HSDS: recurrences of RFC 5545, one row a span of hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil import rrule

from migrant_office.ids import made_id
from migrant_office.models.directory.contact import HsdsSchedule

BEHIND = 1 << 40  # the place of what the office adds: behind the rows that a package brought
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {"WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY}
BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
WALL = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?")


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """One span of a day, as the clock on the wall of the place shows it. A missing end is one that nobody wrote, and an
    end of 00:00 is midnight.
    """

    opens: time
    closes: time | None


@dataclass(frozen=True, slots=True)
class Hours:
    """What is known of one day. `known` is false where no schedule says anything: then nobody says *closed*."""

    known: bool
    openings: tuple[Opening, ...] = ()

    @property
    def closed(self) -> bool:
        return self.known and not self.openings


def hours(schedules: Iterable[HsdsSchedule], day: date) -> Hours:
    """The spans of all schedules that hold on a day, early ones first; equal ones once.

    The opening times are taken as local: HSDS counts them in UTC unless `timezone` says otherwise, and no publisher
    that we met does. Holidays are not known here. A schedule that cannot be read says nothing.
    """
    told = [(s, opening_of(s)) for s in schedules]
    usable = [(s, opening) for s, opening in told if opening is not None]
    return Hours(bool(usable), tuple(sorted({o for s, o in usable if holds_on(s, day)}, key=first_open)))


def weekly(text: str, service: str, link: str) -> list[HsdsSchedule]:
    """The schedules that a line of the catalogue says: days and spans as in `MO,TU 09:00-13:00 14:00-16:00; FR
    09:00-14:00`. `service` is our code, `link` the service's id in HSDS. Raises ValueError for what is no such line.
    """
    found: list[HsdsSchedule] = []
    for part in filter(None, (one.strip() for one in text.split(";"))):
        days, *spans = part.split()
        if not spans or not set(days.split(",")) <= set(DAYS):
            raise ValueError(part)
        for span in spans:
            opens, closes = map(wall_time, span.split("-"))
            if opens is None or closes is None:
                raise ValueError(span)
            found.append(
                HsdsSchedule(
                    id=made_id("schedule", service, str(len(found))),
                    service_id=link,
                    freq="WEEKLY",
                    byday=days,
                    opens_at=f"{opens:%H:%M}",
                    closes_at=f"{closes:%H:%M}",
                    row=BEHIND + len(found),
                )
            )
    return found


def first_open(opening: Opening) -> tuple[time, time]:
    return opening.opens, opening.closes or time.max


def opening_of(schedule: HsdsSchedule) -> Opening | None:
    opens = wall_time(schedule.opens_at)
    return Opening(opens, wall_time(schedule.closes_at)) if opens else None


def wall_time(text: object) -> time | None:
    """`09:00`, `09:00:00`, with or without an offset behind; None for anything else."""
    found = WALL.match(text) if isinstance(text, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def holds_on(schedule: HsdsSchedule, day: date) -> bool:
    """Whether a recurrence falls on a day. Without a frequency it holds each day between its dates."""
    for bound, sign in ((schedule.valid_from, 1), (schedule.valid_to, -1), (schedule.until, -1)):
        if isinstance(bound, date) and (day - bound).days * sign < 0:
            return False
    if isinstance(schedule.dtstart, date) and day < schedule.dtstart:
        return False
    if schedule.freq not in FREQUENCIES:
        return True
    if is_plain_week(schedule):
        return DAYS[day.weekday()] in names_of(schedule.byday)
    return recurs(schedule, day)


def is_plain_week(schedule: HsdsSchedule) -> bool:
    """Every week on named days: nearly all there are, and needing no calendar to count from."""
    finer = (schedule.byweekno, schedule.bymonthday, schedule.byyearday, schedule.count)
    every = schedule.interval in (None, 1)
    named = bool(schedule.byday) and all(p.strip() in DAYS for p in (schedule.byday or "").split(","))
    return schedule.freq == "WEEKLY" and every and named and not any(finer)


def names_of(byday: str | None) -> set[str]:
    return {part.strip() for part in (byday or "").split(",")}


def recurs(schedule: HsdsSchedule, day: date) -> bool:
    start = schedule.dtstart or schedule.valid_from
    counted = schedule.count is not None or (schedule.interval or 1) > 1
    begin = start if counted and isinstance(start, date) else day  # what counts nothing may begin on the day itself
    if not counted and not (schedule.byday or schedule.bymonthday or schedule.byyearday or schedule.byweekno):
        begin = start if isinstance(start, date) else day
    try:
        rule = rrule.rrule(FREQUENCIES[str(schedule.freq)], dtstart=midnight(begin), **parts(schedule))
        found = rule.after(midnight(day) - timedelta(seconds=1))
    except (ValueError, TypeError, OverflowError):
        return False
    return found is not None and found.date() == day


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())  # the wall of the place: no zone


def parts(schedule: HsdsSchedule) -> dict[str, Any]:
    """The arguments of the recurrence. Raises ValueError for what is none."""
    told: dict[str, Any] = {"interval": max(1, int(schedule.interval or 1))}
    if schedule.count is not None:
        told["count"] = int(schedule.count)
    if schedule.wkst in DAYS:
        told["wkst"] = DAYS.index(schedule.wkst)
    if schedule.byday:
        told["byweekday"] = [weekday(part.strip()) for part in schedule.byday.split(",")]
    for name in ("byweekno", "bymonthday", "byyearday"):
        if text := getattr(schedule, name):
            told[name] = [int(part) for part in text.split(",")]
    return told


def weekday(text: str) -> Any:
    found = BYDAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    day = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)[DAYS.index(found[2])]
    return day(int(found[1])) if found[1] else day
