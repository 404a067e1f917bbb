"""The lists of follow-ups: what is overdue, what is for today, this week, and later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from migrant_office import clock
from migrant_office.models.follow_up import Question
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule, full_name
from migrant_office.models.reads import follow_ups as reads
from migrant_office.models.reads.follow_ups import Wanted
from migrant_office.models.vault.cells import enum_member

__all__ = ["PAGE", "Group", "Line", "Listing", "Wanted", "due_count", "due_lines", "page", "read_list"]

PAGE = 100  # rows that are read at once
SUNDAY = 6


class Group(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Line:
    """One question that somebody has to ask. A restricted case has no name here, no service and no words of hers: the
    list stands open on the desk. `follow_up` is "" for an imported referral that has none.
    """

    follow_up: str
    case: str
    referral: str
    question: Question
    due: date
    officer: str
    service_id: str
    attempts: int
    name: str
    number: str
    restricted: bool
    contact_rule: ContactRule | None
    contact_words: str
    service: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.case, self.referral, self.follow_up


@dataclass(frozen=True, slots=True)
class Listing:
    """How many there are in each group, and the first rows; `officers` and `services` are what can be chosen."""

    day: date
    wanted: Wanted
    counts: dict[Group, int]
    first: tuple[Line, ...]
    mine: str
    officers: tuple[tuple[str, int], ...]
    services: tuple[tuple[str, str], ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def read_list(office: Office, wanted: Wanted) -> Listing:
    """The head of the list, and its first page."""
    day = clock.today()
    return Listing(
        day,
        wanted,
        {group: reads.count(office.vault, within(wanted, group, day)) for group in Group},
        page(office, wanted, 0),
        office.officer,
        tuple(reads.officers(office.vault)),
        tuple(reads.services(office.vault)),
    )


def within(wanted: Wanted, group: Group, day: date) -> Wanted:
    """The part of the list that is one group. The week ends on Sunday."""
    tomorrow = (day + timedelta(days=1)).isoformat()
    sunday = day + timedelta(days=SUNDAY - day.weekday())
    match group:
        case Group.OVERDUE:
            return replace(wanted, last=(day - timedelta(days=1)).isoformat())
        case Group.TODAY:
            return replace(wanted, first=day.isoformat(), last=day.isoformat())
        case Group.WEEK:
            return replace(wanted, first=tomorrow, last=sunday.isoformat())
        case Group.LATER:
            return replace(wanted, first=(sunday + timedelta(days=1)).isoformat())


def page(office: Office, wanted: Wanted, offset: int, limit: int = PAGE) -> tuple[Line, ...]:
    """Rows from a number on."""
    return tuple(map(line_from, reads.lines(office.vault, wanted, limit, offset)))


def due_lines(office: Office, until: date, limit: int) -> tuple[Line, ...]:
    """What is to be asked until a day, the longest overdue first."""
    return page(office, Wanted(last=until.isoformat()), 0, limit)


def due_count(office: Office, until: date) -> int:
    return reads.count(office.vault, Wanted(last=until.isoformat()))


def line_from(row: tuple[Any, ...]) -> Line:
    id, case, referral, question, due, officer, service_id, attempts, *parts = row
    *names, number, restricted, rule, words, service = parts
    return Line(
        follow_up=id,
        case=case,
        referral=referral,
        question=enum_member(Question, question),
        due=date.fromisoformat(due),
        officer=officer or "",
        service_id="" if restricted else service_id or "",
        attempts=attempts or 0,
        name="" if restricted else full_name(*names),
        number=number,
        restricted=bool(restricted),
        contact_rule=None if not rule or rule.startswith("?") else enum_member(ContactRule, rule),
        contact_words="" if restricted else words or "",
        service="" if restricted else service or "",
    )


def everything(office: Office, wanted: Wanted) -> Iterator[Line]:
    """All rows, page by page."""
    offset = 0
    while rows := page(office, wanted, offset):
        yield from rows
        offset += len(rows)
