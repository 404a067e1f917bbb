"""Reads for the page Hoy."""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.vault import Vault

NAME = "p.given, p.surname, p.second_surname, p.chosen_name"


def paths_pending(vault: Vault) -> list[tuple[str, str, str]]:
    """(case, number, day) of the rapid paths without a referral since the day they were opened, the oldest first."""
    return [
        (id, number, day)
        for id, number, day in vault.read(
            "SELECT p.id, p.number, p.path_opened FROM person p "
            f"WHERE p.restricted = 1 AND p.path_opened IS NOT NULL AND {seen(vault)} AND NOT EXISTS (SELECT 1 FROM "
            "referral r WHERE r.doc = p.doc AND r.made >= p.path_opened AND r.state <> 'entered-in-error') "
            "ORDER BY p.path_opened, p.rid"
        )
    ]


def encounters_on(vault: Vault, day: str) -> int:
    return int(
        vault.read("SELECT count(*) FROM encounter e JOIN person p ON p.doc = e.doc WHERE e.made = ?", (day,))[0][0]
    )


def opened_on(vault: Vault, day: str, limit: int) -> list[tuple[Any, ...]]:
    """(case, four name parts, number, restricted) of the cases opened on a day."""
    return vault.read(
        f"SELECT p.id, {NAME}, p.number, p.restricted FROM person p "
        f"WHERE p.opened = ? AND {seen(vault)} ORDER BY p.rid DESC LIMIT ?",
        (day, limit),
    )


BEGUN = (
    "FROM person p WHERE EXISTS (SELECT 1 FROM form_record f WHERE f.doc = p.doc AND f.use IN ('quick', 'family')) "
    "AND NOT EXISTS (SELECT 1 FROM form_record f WHERE f.doc = p.doc AND f.use IN ('intake', 'completion'))"
)


def begun(vault: Vault, limit: int) -> list[tuple[Any, ...]]:
    """(case, four name parts, number, restricted) of the cases whose whole intake was never asked, the newest first."""
    return vault.read(
        f"SELECT p.id, {NAME}, p.number, p.restricted {BEGUN} AND {seen(vault)} "
        "ORDER BY p.opened DESC, p.rid DESC LIMIT ?",
        (limit,),
    )


def begun_count(vault: Vault) -> int:
    found = vault.read(
        "SELECT count(*) FROM (SELECT DISTINCT doc FROM form_record WHERE use IN ('quick', 'family')) q "
        "WHERE NOT EXISTS (SELECT 1 FROM form_record f WHERE f.use IN ('intake', 'completion') AND f.doc = q.doc) "
        f"AND EXISTS (SELECT 1 FROM person p WHERE p.doc = q.doc AND {seen(vault)})"
    )
    return int(found[0][0])
