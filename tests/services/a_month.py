"""An office in March 2026 and what happens in it, for the tests of the month's counts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime

from migrant_office import clock
from migrant_office.models.counts.month import Month
from migrant_office.models.encounter import Channel
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.services import catalogue, month, people, referrals
from migrant_office.services.referrals import Heard

MARCH, APRIL = Month(2026, 3), Month(2026, 4)
SECOND = "Ana, de supervisión"  # who approves a closing beside the officer


def on(day: date) -> AbstractContextManager[None]:
    return clock.at(datetime(day.year, day.month, day.day, 12).astimezone())


def a_case(office: Office, **told: object) -> str:
    """A case opened today, with its first attention."""
    person = Person(id=new_id(), **told)  # type: ignore[arg-type]  # whatever a test tells
    people.open_case(office, person, encounter=people.new_encounter(office, Channel.IN_PERSON))
    return person.id


def refer(office: Office, case: str, area: str = "employment") -> str:
    line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == area)
    return referrals.refer(office, case, catalogue.service(office, line.id))[1].service


def hear(office: Office, case: str, heard: Heard) -> None:
    referrals.record_step(office, case, people.read_case(office, case).referrals[0], heard)


def total(office: Office, indicator: str, wanted: Month = MARCH) -> tuple[int, int]:
    found = next(t for t in month.exact(office, wanted) if t.code == "total" and t.indicator == indicator)
    return found.total.persons, found.total.events
