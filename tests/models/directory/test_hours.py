from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.directory.contact import HsdsSchedule
from migrant_office.models.directory.hours import DAYS, Hours, Opening, holds_on, hours, wall_time, weekly

MONDAY = date(2026, 3, 2)


def schedule(**told: object) -> HsdsSchedule:
    usual = {"id": "a", "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00:00", "closes_at": "14:00"}
    return HsdsSchedule(**(usual | told))  # type: ignore[arg-type]


def test_nothing_is_known_without_a_schedule() -> None:
    assert hours([], MONDAY) == Hours(known=False)
    assert not hours([], MONDAY).closed
    assert not hours([schedule(opens_at=None)], MONDAY).known


def test_open_and_closed_days_of_a_week() -> None:
    assert hours([schedule()], MONDAY) == Hours(known=True, openings=(Opening(time(9), time(14)),))
    assert hours([schedule()], MONDAY + timedelta(days=1)).closed


def test_spans_of_a_day_stand_in_order_and_once() -> None:
    afternoon, morning = schedule(opens_at="15:00", closes_at="17:00"), schedule(id="b")
    found = hours([afternoon, morning, schedule(id="c")], MONDAY)
    assert found.openings == (Opening(time(9), time(14)), Opening(time(15), time(17)))


@pytest.mark.parametrize(
    "told",
    [
        {"valid_from": MONDAY + timedelta(days=1)},
        {"valid_to": MONDAY - timedelta(days=1)},
        {"until": MONDAY - timedelta(days=1)},
        {"dtstart": MONDAY + timedelta(days=7)},
        {"byday": "XX"},
        {"freq": "MONTHLY", "byday": "2MO"},
        {"interval": 2, "dtstart": MONDAY - timedelta(days=7)},
        {"count": 1, "dtstart": MONDAY - timedelta(days=7)},
        {"freq": "MONTHLY", "byday": None, "bymonthday": "3"},
        {"freq": "MONTHLY", "byday": None, "bymonthday": "many"},
    ],
)
def test_days_on_which_a_schedule_does_not_hold(told: dict[str, object]) -> None:
    assert not holds_on(schedule(**told), MONDAY)


@pytest.mark.parametrize(
    "told",
    [
        {"valid_from": MONDAY, "valid_to": MONDAY},
        {"freq": "MONTHLY", "byday": "1MO"},
        {"freq": "MONTHLY", "byday": "-5MO"},
        {"interval": 2, "dtstart": MONDAY - timedelta(days=14)},
        {"count": 3, "dtstart": MONDAY - timedelta(days=7)},
        {"freq": "MONTHLY", "byday": None, "bymonthday": "2"},
        {"freq": None, "byday": None},
        {"byday": None, "dtstart": MONDAY - timedelta(days=21)},
    ],
)
def test_days_on_which_it_holds(told: dict[str, object]) -> None:
    assert holds_on(schedule(**told), MONDAY)


@given(
    st.sampled_from(["WEEKLY", "MONTHLY"]),
    st.lists(st.sampled_from(DAYS), unique=True, min_size=1),
    st.integers(1, 3),
    st.integers(0, 60),
    st.integers(0, 400),
)
def test_it_agrees_with_the_whole_calendar(freq: str, days: list[str], interval: int, start: int, offset: int) -> None:
    begin = MONDAY - timedelta(days=start)
    day = begin + timedelta(days=offset)
    rule = rrule.rrulestr(
        f"DTSTART:{begin:%Y%m%d}T000000\nRRULE:FREQ={freq};INTERVAL={interval};BYDAY={','.join(days)}"
    )
    listed = {
        found.date()
        for found in rule.between(*(rrule.datetime.datetime(d.year, d.month, d.day) for d in (day, day)), inc=True)
    }
    told = schedule(freq=freq, byday=",".join(days), interval=interval, dtstart=begin)
    assert holds_on(told, day) == (day in listed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("09:00", time(9)),
        ("9:30:00", time(9, 30)),
        ("18:00:00Z", time(18)),
        ("25:00", None),
        ("nine", None),
        (None, None),
    ],
)
def test_times_on_the_wall(text: str | None, found: time | None) -> None:
    assert wall_time(text) == found


def test_a_line_of_the_catalogue() -> None:
    found = weekly("MO,TU 09:00-13:00 14:00-16:00; FR 08:00-00:00", "x", "link")
    assert [(s.byday, s.opens_at, s.closes_at) for s in found] == [
        ("MO,TU", "09:00", "13:00"),
        ("MO,TU", "14:00", "16:00"),
        ("FR", "08:00", "00:00"),
    ]
    assert {s.service_id for s in found} == {"link"}
    assert weekly("", "x", "link") == []
    for wrong in ("MO", "XX 09:00-10:00", "MO 09:00", "MO nine-ten"):
        with pytest.raises(ValueError):
            weekly(wrong, "x", "link")
