"""The agenda of a day, and the appointments of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from migrant_office import clock
from migrant_office.errors import Gone
from migrant_office.i18n import N_
from migrant_office.models.appointment import (
    OPEN,
    Appointment,
    AppointmentState,
    free,
    hour_of,
    minute_of,
    overlap,
    span,
)
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.person import full_name
from migrant_office.models.reads import agenda as reads
from migrant_office.models.reads import services as service_reads
from migrant_office.models.vault.cells import enum_member
from migrant_office.services.agenda.hours import is_holiday, office_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """One appointment in a list nobody asked for: a restricted case stands without a name. `clash` says that the same
    officer, or the same person, has another one at that time: two machines gave them without hearing of each other.
    """

    id: str
    case: str
    name: str
    number: str
    restricted: bool
    officer: str
    service: str
    service_name: str
    day: date
    hour: str
    minutes: int | None
    about: NeedKind | None
    interpreter: bool
    state: AppointmentState
    clash: bool = False

    @property
    def span(self) -> range:
        return span(self.hour, self.minutes)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """What one officer has on a day, and the hours that are free."""

    officer: str
    lines: tuple[AppointmentLine, ...]
    free: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The agenda of one day: by officer, and what people have elsewhere."""

    day: date
    officers: tuple[OfficerDay, ...]
    elsewhere: tuple[AppointmentLine, ...]
    is_open: bool
    is_holiday: bool
    slot: int
    hours_confirmed: bool

    def line(self, id: object) -> AppointmentLine | None:
        every = (*self.elsewhere, *(line for one in self.officers for line in one.lines))
        return next((line for line in every if line.id == id), None)


def today(office: Office) -> tuple[AppointmentLine, ...]:
    """The appointments that people have here today and that were not called off, by hour."""
    found = lines(office, clock.today())
    return tuple(line for line in found if not line.service and line.state is not AppointmentState.CANCELLED)


def day_of(office: Office, day: date) -> Day:
    found = lines(office, day)
    here = [line for line in found if not line.service]
    officers = sorted({office.officer, *reads.officers(office.vault, day.isoformat())})
    taken = reads.taken(office.vault, day.isoformat())
    spans = office_spans(office.city, day) if day >= clock.today() else ()
    slot = office.city.hours.slot
    days = []
    for officer in officers:
        busy = [span(hour, minutes) for _id, who, hour, minutes in taken if who == officer]
        begins = [hour_of(start) for start in free(spans, busy, slot) if is_to_come(day, start)]
        days.append(OfficerDay(officer, tuple(line for line in here if line.officer == officer), tuple(begins)))
    return Day(
        day,
        tuple(days),
        tuple(line for line in found if line.service),
        bool(office_spans(office.city, day)),
        is_holiday(office.city, day),
        slot,
        office.city.hours.confirmed,
    )


def is_to_come(day: date, minute: int) -> bool:
    """Whether an hour of a day still lies ahead."""
    wall = clock.local(clock.now())
    return day > wall.date() or minute >= wall.hour * 60 + wall.minute


def lines(office: Office, day: date) -> list[AppointmentLine]:
    rows = reads.lines(office.vault, day.isoformat(), day.isoformat())
    return with_clashes([line for row in rows if (line := line_of(row))])


def line_of(row: tuple[Any, ...]) -> AppointmentLine | None:
    """A line from a row; None for one whose hour nobody can read."""
    id, case, officer, service, name, day, hour, minutes, about, interpreter, state, *parts, number, restricted = row
    if minute_of(hour) is None:
        return None
    return AppointmentLine(
        id=id,
        case=case,
        name="" if restricted else full_name(*parts),
        number=number,
        restricted=bool(restricted),
        officer=officer,
        service=service,
        service_name="" if restricted else name or service,
        day=date.fromisoformat(day),
        hour=hour,
        minutes=minutes,
        about=None if restricted or not about else enum_member(NeedKind, about),
        interpreter=bool(interpreter),
        state=enum_member(AppointmentState, state),
    )


def with_clashes(found: list[AppointmentLine]) -> list[AppointmentLine]:
    """The same lines, those marked that cannot all take place."""
    open_ = [line for line in found if line.is_open]
    clashing: set[str] = set()
    for one, other in combinations(open_, 2):
        same_officer = not one.service and not other.service and one.officer == other.officer
        if (same_officer or one.case == other.case) and overlap(one.span, other.span):
            clashing |= {one.id, other.id}
    return [replace(line, clash=line.id in clashing) for line in found]


def of_case(office: Office, case: str) -> tuple[tuple[Appointment, str], ...]:
    """The appointments of a person with the name of the service ("" for the office itself): those to come first, the
    next one at the head, then what is over, the latest first.
    """
    found = office.case(case).all(Appointment).values()
    names = service_reads.names(office.vault) if any(a.service for a in found) else {}
    ahead, over = parted(found)
    return tuple((a, names.get(a.service, a.service)) for a in (*ahead, *over))


def parted(found: Iterable[Appointment]) -> tuple[list[Appointment], list[Appointment]]:
    today = clock.today()

    def is_ahead(one: Appointment) -> bool:
        return one.on is not None and one.on >= today and one.is_open

    in_order = sorted(found, key=lambda a: (str(a.day), a.hour, a.id))
    return [a for a in in_order if is_ahead(a)], [a for a in reversed(in_order) if not is_ahead(a)]


def one(office: Office, case: str, id: str) -> Appointment:
    """Raises `Gone` when it is not there any more."""
    found = office.case(case).all(Appointment).get(id)
    if found is None:
        raise Gone(N_("This appointment does not exist any more. Open the case file again."))
    return found
