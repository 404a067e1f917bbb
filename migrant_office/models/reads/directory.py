"""Reads over the directory: which documents hold what, and the schedules and phones that lists show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from migrant_office.models.directory.contact import HsdsSchedule
from migrant_office.models.vault.vault import Vault

SUBJECTS = ("organization", "location", "taxonomy", "service")


def packages(vault: Vault) -> list[tuple[Any, ...]]:
    """(id, name) of every package that came in."""
    return vault.read("SELECT id, name FROM hsds_package ORDER BY name")


def documents(vault: Vault, package: str | None = None) -> list[str]:
    """The ids of the documents with rows of HSDS, of one package or of all, each once."""
    found: dict[str, None] = {}
    for subject in SUBJECTS:
        where = "" if package is None else " WHERE package = ?"
        sql = f"SELECT doc FROM hsds_{subject}{where} ORDER BY doc"
        found |= dict.fromkeys(doc for (doc,) in vault.read(sql, () if package is None else (package,)))
    return list(found)


def taxonomies(vault: Vault) -> list[str]:
    """The ids of the documents that hold a taxonomy and its terms."""
    return [doc for (doc,) in vault.read("SELECT doc FROM hsds_taxonomy ORDER BY doc")]


def own_services(vault: Vault) -> list[str]:
    """The ids of the services that did not come in a package."""
    sql = "SELECT s.id FROM service s LEFT JOIN hsds_service h ON h.doc = s.doc WHERE h.doc IS NULL ORDER BY s.id"
    return [id for (id,) in vault.read(sql)]


SCHEDULE = (
    "id, service_id, location_id, service_at_location_id, valid_from, valid_to, dtstart, timezone, until, count, wkst, "
    "freq, interval, byday, byweekno, bymonthday, byyearday, opens_at, closes_at"
)


def schedules(vault: Vault, service: str | None = None) -> list[tuple[Any, ...]]:
    """(service, of its own, the columns of SCHEDULE) of every schedule, or of one service: those in its own document,
    and those of the places where it is given.
    """
    columns = ", ".join(f's."{c}"' for c in SCHEDULE.split(", "))
    one = "" if service is None else " AND {} = :service"
    return vault.read(
        f"SELECT s.doc, 1, {columns} FROM hsds_schedule s JOIN service v ON v.doc = s.doc WHERE 1{one.format('s.doc')} "
        f"UNION ALL SELECT a.doc, 0, {columns} FROM hsds_service_at_location a "
        f"JOIN hsds_schedule s ON s.location_id = a.location_id WHERE s.doc <> a.doc{one.format('a.doc')}",
        {} if service is None else {"service": service},
    )


def schedule_from(columns: Sequence[Any]) -> HsdsSchedule:
    """A schedule from a row of `schedules`, its dates as dates. What no program of ours wrote says nothing."""
    told = dict(zip(SCHEDULE.split(", "), columns, strict=True))
    for name in ("valid_from", "valid_to", "dtstart", "until"):
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    return HsdsSchedule(**told)


def phones(vault: Vault, services: list[str]) -> dict[str, str]:
    """The first number of each of these services, from its own document."""
    marks = ", ".join("?" * len(services))
    sql = f"SELECT doc, min(number) FROM hsds_phone WHERE doc IN ({marks}) AND number <> '' GROUP BY doc"
    return dict(vault.read(sql, services))
