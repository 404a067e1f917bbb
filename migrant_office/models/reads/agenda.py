"""Reads over appointments, by the index of the day."""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.reads.today import NAME
from migrant_office.models.vault.vault import Vault


def lines(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(id, case, officer, service, its name, day, hour, minutes, about, interpreter, state, four name parts, number,
    restricted) of the appointments between two days, by hour; those that this officer may see.
    """
    return vault.read(
        "SELECT a.id, a.doc, a.officer, a.service, s.name, a.day, a.hour, a.minutes, a.about, a.interpreter, a.state, "
        f"{NAME}, p.number, p.restricted FROM appointment a JOIN person p ON p.doc = a.doc "
        "LEFT JOIN service s ON s.id = a.service "
        f"WHERE a.day BETWEEN ? AND ? AND {seen(vault)} ORDER BY a.day, a.hour, a.rid",
        (first, last),
    )


def taken(vault: Vault, day: str) -> list[tuple[str, str, str, int]]:
    """(id, officer, hour, minutes) of the hours of the office itself that are given on a day, whoever may see whose
    they are: a restricted person's hour is taken too.
    """
    return vault.read(
        "SELECT id, officer, hour, minutes FROM appointment WHERE day = ? AND service = '' "
        "AND state IN ('reserved', 'confirmed', 'arrived')",
        (day,),
    )


def officers(vault: Vault, day: str) -> list[str]:
    """Who has an appointment on a day."""
    found = vault.read(
        "SELECT DISTINCT officer FROM appointment WHERE day = ? AND service = '' ORDER BY officer", (day,)
    )
    return [officer for (officer,) in found]
