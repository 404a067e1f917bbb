"""What nobody followed: the supervisor's sections. A section is a name here and a read beside; another room adds one by
adding both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.models.person import full_name
from migrant_office.models.reads import supervision as reads

MOST = 500
ANSWER_DAYS, SILENT_DAYS = 30, 60  # without an answer of the institution; without contact while a referral is open
CERTIFIED_DAYS = 30  # since the result, as in the list of pathways


class Key(StrEnum):
    """The sections, in the order of the screen."""

    OVERDUE_WEEKS = "overdue_weeks"
    OVERDUE_OFFICERS = "overdue_officers"
    UNANSWERED = "unanswered"
    NO_CONTACT = "no_contact"
    UNMET = "unmet"
    NO_PLACEMENT = "no_placement"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that opens its list; `group` is a code, an officer or an institution, as the section says."""

    section: Key
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    key: Key
    figures: tuple[Figure, ...]

    @property
    def total(self) -> int:
        return sum(figure.count for figure in self.figures)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case behind a number; of a restricted one only the folio and the day."""

    case: str
    name: str
    number: str
    restricted: bool
    day: date
    words: str


def sections(office: Office) -> tuple[Section, ...]:
    """Everything the supervisor sees at once."""
    days = days_of(clock.today())
    return tuple(
        Section(
            key,
            tuple(Figure(key, group, n) for group, n in in_order(key, reads.figures(office.vault, key, days))),
        )
        for key in Key
    )


def in_order(key: Key, found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The most first; how long something waits in the order of time."""
    return sorted(found) if key is Key.OVERDUE_WEEKS else found


def cases(office: Office, figure: Figure, limit: int = MOST) -> tuple[CaseLine, ...]:
    """The cases behind a number, those that wait longest first."""
    found = reads.cases(office.vault, figure.section, figure.group, days_of(clock.today()), limit)
    return tuple(
        CaseLine(
            case,
            "" if restricted else full_name(*parts),
            number,
            bool(restricted),
            date.fromisoformat(day),
            "" if restricted else words or "",
        )
        for case, *parts, number, restricted, day, words in found
    )


def days_of(today: date) -> dict[str, str]:
    """The days that the sections count from, as the reads name them."""
    told = {
        "today": today,
        "week": today - timedelta(days=7),
        "month": today - timedelta(days=28),
        "quarter": today - timedelta(days=91),
        "answer": today - timedelta(days=ANSWER_DAYS),
        "certified": today - timedelta(days=CERTIFIED_DAYS),
        "silent": today - timedelta(days=SILENT_DAYS),
        "first": today.replace(day=1),
        "year": today - timedelta(days=365),
    }
    return {name: day.isoformat() for name, day in told.items()}
