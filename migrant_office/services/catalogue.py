"""The catalogue of services: loading the city's, listing, finding, confirming."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import Any

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.reads import services as reads
from migrant_office.models.service import Confidence, Service
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done

CLOSED = ("(cerrado", "(convocatoria cerrada", "(terminado", "Nota: cerrado")
UNKNOWN = ("por confirmar", "no dicho en la fuente")


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One line of the list: what is needed to choose, nothing more."""

    id: str
    name: str
    owner: str
    area: str
    confirmed: date | None
    closed: bool


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
    return len(rows)


def service_from(row: dict[str, str], office: Office) -> Service:
    """A service from one row. Its id is its code: the same on every desk of every office. Raises `UserError`."""
    if not row.get("code") or not row.get("name"):
        raise UserError(N_("The catalogue has a row without code or name. Complete it and try again."))
    topic = row.get("area") or ""
    area = office.city.area_of(topic)
    profile = office.city.area(area)
    texts: dict[str, Any] = {
        k: row.get(k) or ""
        for k in (
            "gives",
            "who",
            "documents",
            "cost",
            "mode",
            "steps",
            "contact",
            "legal_basis",
            "source",
            "source_date",
            "owner",
        )
    }
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
        name=row["name"],
        area=area,
        topic=topic,
        confidence=Confidence(confidence) if confidence else None,
        closed=any(mark in row["name"] or mark in texts["source"] for mark in CLOSED),
        needs=frozenset(NeedKind(need) for need in (profile.needs if profile else ())),
        **texts,
    )


def known(text: str) -> str:
    """A fact of the catalogue, or nothing when the source does not say it."""
    return "" if text.strip().casefold().startswith(UNKNOWN) else text


def lines(office: Office, *, offered_only: bool = False) -> list[ServiceLine]:
    """The catalogue by area in the city's order, then by name; closed ones last, or left out."""
    order = {area.code: i for i, area in enumerate(office.city.areas)}
    found = [
        ServiceLine(id, name, owner, area, date.fromisoformat(seen) if seen else None, bool(closed))
        for id, name, owner, area, seen, closed in reads.lines(office.vault)
    ]
    kept = [line for line in found if not (offered_only and line.closed)]
    return sorted(kept, key=lambda line: (line.closed, order.get(line.area, 99), line.name.casefold()))


def service(office: Office, id: str) -> Service:
    """Raises `UserError` when no such service is in the catalogue."""
    found = office.vault.file(Ref(Home.SERVICE, id)).one(Service)
    if found is None:
        raise UserError(N_("This service is not in the catalogue of this office."))
    return found


def confirm(office: Office, shown: Service, **facts: Any) -> Done:
    """The office has asked the institution: keep the facts it gave and the day it said so."""
    with office.operation(Op.EDIT_SERVICE, shown.id) as op:
        op.set(shown, confirmed=clock.today(), confirmed_by=office.officer, **facts)
    return op.done


def for_need(office: Office, need: NeedKind) -> list[ServiceLine]:
    """Services that answer a need and are not closed."""
    areas = {area.code for area in office.city.areas if need.value in area.needs}
    return [line for line in lines(office, offered_only=True) if line.area in areas]
