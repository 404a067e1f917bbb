"""The catalogue of services: loading the city's, listing, finding, confirming."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import Any

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.ids import made_id
from migrant_office.models.city import City
from migrant_office.models.directory.contact import HsdsSchedule
from migrant_office.models.directory.hours import Hours, hours, weekly
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.reads import directory as directory_reads
from migrant_office.models.reads import services as reads
from migrant_office.models.service import Channel, Confidence, Service, Withheld
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done

CLOSED = ("(cerrado", "(convocatoria cerrada", "(terminado", "Nota: cerrado")
UNKNOWN = ("por confirmar", "no dicho en la fuente")


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One line of the list: what is needed to choose, nothing more. `due` says that its facts must be asked for again,
    `wanted` that something went wrong there; one that is not `offered` is kept and shown, and nobody is sent there.
    """

    id: str
    name: str
    owner: str
    area: str
    confirmed: date | None
    closed: bool
    offered: bool = True
    due: bool = False
    wanted: bool = False


def load_city_catalogue(office: Office) -> int:
    """Write every row of the city's `services.csv` as a service, in one batch; rows already there are left alone.

    Returns how many were new. Raises `UserError` naming the row when one cannot be read.
    """
    path = office.city.folder / "services" / "services.csv"
    known = reads.codes(office.vault)
    with path.open(encoding="utf-8", newline="") as file, office.batch():
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
        for row in rows:
            service = service_from(row, office)
            with office.operation(Op.LOAD_CATALOGUE, service.id) as op:
                op.put(service)
                for schedule in schedules_from(row, office.city):
                    op.put(schedule)
    return len(rows)


TEXTS = (
    *("name", "gives", "who", "documents", "cost", "mode", "steps", "contact", "legal_basis"),
    *("source", "source_date", "owner", "aliases"),
)
YES_NO = {"": None, "yes": True, "no": False}


def service_from(row: dict[str, str], office: Office) -> Service:
    """A service from one row. Its id is its code: the same on every desk of every office. Raises `UserError`."""
    if not row.get("code") or not row.get("name"):
        raise UserError(N_("The catalogue has a row without code or name. Complete it and try again."))
    area = office.city.area_of(row.get("area") or "")
    profile = office.city.area(area)
    texts: dict[str, Any] = {k: row.get(k) or "" for k in TEXTS}
    confidence, codes = row.get("confidence"), [c.value for c in Confidence]
    if confidence and confidence not in codes:
        raise UserError(
            N_("The catalogue's row “{code}” has an unknown confidence. Choose one of: {known}."),
            code=row["code"],
            known=", ".join(codes),
        )
    return Service(
        id=row["code"],
        code=row["code"],
        area=area,
        topic=row.get("area") or "",
        confidence=Confidence(confidence) if confidence else None,
        closed=any(mark in row["name"] or mark in texts["source"] for mark in CLOSED),
        needs=frozenset(NeedKind(need) for need in (profile.needs if profile else ())),
        **texts,
        **finer_facts(row),
    )


def finer_facts(row: dict[str, str]) -> dict[str, Any]:
    """What a row says beyond its texts; an empty cell is unknown. Raises `UserError` naming the row."""
    told = {name: (row.get(name) or "").strip() for name in FINER}
    try:
        return {
            **{name: YES_NO[told[name]] for name in ("irregular", "childcare", "appointment")},
            "channel": Channel(told["channel"]) if told["channel"] else None,
            "withheld": Withheld(told["withheld"]) if told["withheld"] else None,
            "answer_days": int(told["answer_days"]) if told["answer_days"] else None,
            "accepts": frozenset(told["accepts"].split()),
        }
    except (KeyError, ValueError) as error:
        raise unreadable(row) from error


FINER = ("irregular", "childcare", "appointment", "channel", "withheld", "answer_days", "accepts")


def unreadable(row: dict[str, str]) -> UserError:
    return UserError(
        N_("The catalogue's row “{code}” says something that cannot be read. Look at its last columns."),
        code=row["code"],
    )


def schedules_from(row: dict[str, str], city: City) -> list[HsdsSchedule]:
    """The hours that a row says. Raises `UserError` naming the row."""
    try:
        return weekly(row.get("hours") or "", row["code"], made_id("service", city.id, row["code"]))
    except ValueError as error:
        raise unreadable(row) from error


def known(text: str) -> str:
    """A fact of the catalogue, or nothing when the source does not say it."""
    return "" if text.strip().casefold().startswith(UNKNOWN) else text


def lines(office: Office, *, offered_only: bool = False) -> list[ServiceLine]:
    """The catalogue by area in the city's order, then by name; closed ones last, or left out."""
    order = {area.code: i for i, area in enumerate(office.city.areas)}
    found = [line_from(row, office.city, clock.today()) for row in reads.lines(office.vault)]
    kept = [line for line in found if line.offered or not offered_only]
    return sorted(kept, key=lambda line: (line.closed, order.get(line.area, 99), line.name.casefold()))


def line_from(row: tuple[Any, ...], city: City, today: date) -> ServiceLine:
    id, name, owner, area, seen, closed, withheld, days, wanted = row
    confirmed = date.fromisoformat(seen) if seen else None
    old = confirmed is None or (today - confirmed).days > (days or city.days_to_check(area))
    offered = not closed and withheld is None
    return ServiceLine(
        id,
        name,
        owner,
        area,
        confirmed,
        bool(closed),
        offered=offered,
        due=offered and (old or bool(wanted)),
        wanted=offered and bool(wanted),
    )


def service(office: Office, id: str) -> Service:
    """Raises `UserError` when no such service is in the catalogue."""
    found = office.vault.file(Ref(Home.SERVICE, id)).one(Service)
    if found is None:
        raise UserError(N_("This service is not in the catalogue of this office."))
    return found


def confirm(office: Office, shown: Service, *, answered_by: str | None = None, **facts: Any) -> Done:
    """The office has asked the institution: keep the facts it gave, the day, and who answered there. Whatever asked
    for a check is answered by it.
    """
    told = facts if answered_by is None else facts | {"answered_by": answered_by.strip()}
    with office.operation(Op.EDIT_SERVICE, shown.id) as op:
        op.set(
            shown,
            confirmed=clock.today(),
            confirmed_by=office.officer,
            check_wanted=None,
            check_why=None,
            **told,
        )
    return op.done


def for_need(office: Office, need: NeedKind) -> list[ServiceLine]:
    """Services that answer a need and are not closed."""
    areas = {area.code for area in office.city.areas if need.value in area.needs}
    return [line for line in lines(office, offered_only=True) if line.area in areas]


def hours_on(office: Office, service: str, day: date) -> Hours:
    """When a service is open on a day; `known` is false where no schedule says anything. Holidays are not in it."""
    return hours_of_all(office, day, service).get(service, Hours(known=False))


def hours_of_all(office: Office, day: date, service: str | None = None) -> dict[str, Hours]:
    """The hours of every service that has a schedule: its own, else those of the places where it is given. One read
    for the whole catalogue.
    """
    found: dict[str, tuple[list[HsdsSchedule], list[HsdsSchedule]]] = {}
    for id, own, *columns in directory_reads.schedules(office.vault, service):
        told = directory_reads.schedule_from(columns)
        found.setdefault(id, ([], []))[0 if own else 1].append(told)
    return {id: hours(own or elsewhere, day) for id, (own, elsewhere) in found.items()}
