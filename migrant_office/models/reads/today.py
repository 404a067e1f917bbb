"""Reads for the page Hoy."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.vault import Vault

NAME = "p.given, p.surname, p.second_surname, p.chosen_name"


def due_referrals(vault: Vault, until: str, limit: int) -> list[tuple[Any, ...]]:
    """(referral, case, four name parts, service name, due day, state, contact rule), the longest overdue first."""
    return vault.read(
        f"SELECT r.id, r.doc, {NAME}, s.name, r.due_now, r.state, p.contact_rule FROM referral r "  # noqa: S608 - ours
        "JOIN person p ON p.doc = r.doc LEFT JOIN service s ON s.id = r.service "
        "WHERE r.due_now <= ? ORDER BY r.due_now, r.rid LIMIT ?",
        (until, limit),
    )


def due_count(vault: Vault, until: str) -> int:
    return int(
        vault.read("SELECT count(*) FROM referral r JOIN person p ON p.doc = r.doc WHERE r.due_now <= ?", (until,))[0][
            0
        ]
    )


def encounters_on(vault: Vault, day: str) -> int:
    return int(
        vault.read("SELECT count(*) FROM encounter e JOIN person p ON p.doc = e.doc WHERE e.made = ?", (day,))[0][0]
    )


def opened_on(vault: Vault, day: str, limit: int) -> list[tuple[Any, ...]]:
    """(case, four name parts, number) of the cases opened on a day."""
    return vault.read(
        f"SELECT p.id, {NAME}, p.number FROM person p WHERE p.opened = ? ORDER BY p.rid DESC LIMIT ?",  # noqa: S608
        (day, limit),
    )
