"""What the supervisor changes of a service: facts, hours, telephones, closing, and the office's own steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.directory.contact import HsdsPhone, HsdsSchedule
from migrant_office.models.directory.hours import BEHIND, DAYS, is_plain_week, opening_of
from migrant_office.models.directory.procedure import Procedure, versions
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.service import Service
from migrant_office.models.vault.nouns import NOUNS, File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services.directory.own import hsds_id

LONGEST = 3650  # days: ten years between two checks is as good as never
MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHours:
    """One span of hours on some days of every week; `id` is "" for a new one. Days by their two letters of RFC 5545."""

    id: str = ""
    days: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """A number of a service and what it is for; `id` is "" for a new one."""

    id: str = ""
    number: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A service with everything that its dialog edits. `finer` counts schedules that the dialog cannot show as weekly
    hours: they stay as they are.
    """

    service: Service
    hours: tuple[WeekHours, ...]
    phones: tuple[Telephone, ...]
    procedures: tuple[Procedure, ...]
    finer: int


def read_sheet(office: Office, id: str) -> Sheet:
    """Raises `UserError` when no such service is in the directory."""
    file = office.vault.file(Ref(Home.SERVICE, id))
    service = file.one(Service)
    if service is None:
        raise UserError(N_("This service is not in the catalogue of this office."))
    schedules = sorted(file.all(HsdsSchedule).values(), key=lambda s: (s.row, s.id))
    plain = [one for one in schedules if is_weekly(one)]
    phones = sorted(file.all(HsdsPhone).values(), key=lambda p: (p.row, p.id))
    return Sheet(
        service=service,
        hours=tuple(map(week_hours, plain)),
        phones=tuple(Telephone(id=p.id, number=p.number or "", description=p.description or "") for p in phones),
        procedures=tuple(versions(file)),
        finer=len(schedules) - len(plain),
    )


def is_weekly(schedule: HsdsSchedule) -> bool:
    dated = schedule.valid_from or schedule.valid_to or schedule.until or schedule.dtstart
    return is_plain_week(schedule) and opening_of(schedule) is not None and not dated


def week_hours(schedule: HsdsSchedule) -> WeekHours:
    opening = opening_of(schedule)
    named = {part.strip() for part in (schedule.byday or "").split(",")}
    return WeekHours(
        id=schedule.id,
        days=tuple(day for day in DAYS if day in named),
        opens=opening.opens if opening else None,
        closes=opening.closes if opening else None,
    )


def edit(
    office: Office, shown: Sheet, facts: dict[str, Any], hours: Sequence[WeekHours], phones: Sequence[Telephone]
) -> Done:
    """Write what differs from what the dialog showed; nothing else is touched, and an equal sheet writes nothing.

    Raises `NotAllowed` for a service without a name, a closed one without its reason, hours without days or that end
    before they begin, a telephone without a number, or days between checks that are none.
    """
    check_facts(shown.service, facts)
    for one in hours:
        check_hours(one)
    if any(not one.number.strip() for one in phones):
        raise NotAllowed(N_("A telephone has no number. Write it, or take the line away."))
    with office.operation(Op.EDIT_SERVICE, shown.service.id) as op:
        file = op.on(Ref(Home.SERVICE, shown.service.id)).before
        op.set(shown.service, **facts)
        link = hsds_id(shown.service, office.city)
        write_lines(op, file, HsdsSchedule, shown.hours, hours, lambda one: schedule_values(one, link))
        write_lines(op, file, HsdsPhone, shown.phones, phones, lambda one: phone_values(one, link))
    return op.done


def check_facts(service: Service, facts: dict[str, Any]) -> None:
    if not str(facts.get("name", service.name)).strip():
        raise NotAllowed(N_("Write what the service is called."))
    if facts.get("closed", service.closed) and not service.closed and not str(facts.get("closed_why", "")).strip():
        raise NotAllowed(N_("Write why the service is closed. It is kept and never offered."))
    for name in ("check_days", "answer_days"):
        days = facts.get(name)
        if days is not None and not 0 < days <= LONGEST:
            raise NotAllowed(N_("A number of days is between 1 and {most}."), most=LONGEST)


def check_hours(one: WeekHours) -> None:
    if not one.days:
        raise NotAllowed(N_("Choose the days of each line of hours, or take the line away."))
    if one.opens is None or one.closes is None:
        raise NotAllowed(N_("Write from when to when it is open, or take the line away."))
    if one.closes <= one.opens and one.closes != MIDNIGHT:
        raise NotAllowed(N_("The hours end before they begin. Correct them."))


def schedule_values(one: WeekHours, link: str) -> dict[str, Any]:
    return {
        "service_id": link,
        "freq": "WEEKLY",
        "byday": ",".join(one.days),
        "opens_at": f"{one.opens:%H:%M}",
        "closes_at": f"{one.closes:%H:%M}",
    }


def phone_values(one: Telephone, link: str) -> dict[str, Any]:
    return {"service_id": link, "number": one.number.strip(), "description": one.description.strip() or None}


def write_lines(
    op: Operation, file: File, noun: type[Any], shown: Sequence[Any], wanted: Sequence[Any], values: Any
) -> None:
    """Bring the records of one kind from what was shown to what is wanted: changed, added, taken away."""
    before = {one.id: one for one in shown}
    for i, one in enumerate(wanted):
        known = file.all(noun).get(one.id)
        if known is None:
            op.put(noun(id=str(UUID(new_id())), row=BEHIND + i, **values(one)))
        elif one != before.get(one.id):
            told = values(one)
            told.pop("service_id")  # whose it is was said by whoever wrote it
            op.set(known, **told)
    for gone in before.keys() - {one.id for one in wanted}:
        known = file.all(noun).get(gone)
        if known is not None:
            forget(op, file, known)


def forget(op: Operation, file: File, thing: Any) -> None:
    """Take a record away, cell by cell."""
    noun = NOUNS[type(thing)]
    prefix = "" if thing.id == file.ref.id else thing.id
    keys = [key for key in file.cells.get(noun.name, {}) if key.partition("/")[0] == prefix]
    op.cells(file.ref, noun.name, [(key, None) for key in keys])


def write_procedure(office: Office, service: str, steps: Sequence[str]) -> Done:
    """Another version of the steps, with today and the officer; the versions before stay.

    Raises `NotAllowed` when there is no step, or the steps are those of the newest version; `UserError` when the
    service is not here.
    """
    told = tuple(filter(None, (step.strip() for step in steps)))
    if not told:
        raise NotAllowed(N_("Write at least one step."))
    with office.operation(Op.EDIT_SERVICE, service) as op:
        file = op.on(Ref(Home.SERVICE, service)).before
        if file.one(Service) is None:
            raise UserError(N_("This service is not in the catalogue of this office."))
        known = versions(file)
        if known and known[0].steps == told:
            raise NotAllowed(
                N_("These are the steps of version {version}. Nothing was changed."), version=known[0].version
            )
        number = known[0].version + 1 if known else 1
        op.put(Procedure(id=new_id(), version=number, made=clock.today(), steps=told, officer=office.officer))
    return op.done
