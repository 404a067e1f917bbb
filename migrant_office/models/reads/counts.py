"""Reads for counting: coded columns only. No name, phone, address or document is ever selected here."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.vault import Vault

PERSON = (
    *("sex", "birth", "nationality", "schooling", "children", "language", "situation", "served_in"),
    *("category", "disability", "indigenous", "birth_country", "sought_group"),
)
PERSON_COLUMNS = ", ".join(f"p.{c}" for c in PERSON)


def attentions(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, event, day, *PERSON) of the attentions recorded between two days, both included."""
    return vault.read(
        f"SELECT e.doc, e.id, e.recorded, {PERSON_COLUMNS} FROM encounter e JOIN person p ON p.doc = e.doc "
        "WHERE e.recorded BETWEEN ? AND ?",
        (first, last),
    )


def referrals(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, event, day, *PERSON, area, service, outcome) of the referrals recorded between two days."""
    return vault.read(
        f"SELECT r.doc, r.id, r.recorded, {PERSON_COLUMNS}, r.area, r.service, r.outcome FROM referral r "
        "JOIN person p ON p.doc = r.doc WHERE r.recorded BETWEEN ? AND ? AND r.state <> 'entered-in-error'",
        (first, last),
    )


def months(vault: Vault) -> list[str]:
    """Months (YYYY-MM) in which anything was recorded, oldest first."""
    return [
        m
        for (m,) in vault.read(
            "SELECT DISTINCT substr(recorded, 1, 7) FROM encounter UNION SELECT DISTINCT substr(recorded, 1, 7) "
            "FROM referral ORDER BY 1"
        )
    ]


def persons_by_month(vault: Vault, first: str) -> list[tuple[str, int]]:
    """(YYYY-MM, distinct persons attended) from a month on."""
    return [
        (m, n)
        for m, n in vault.read(
            "SELECT substr(recorded, 1, 7) AS m, count(DISTINCT doc) FROM encounter WHERE recorded >= ? GROUP BY m "
            "ORDER BY m",
            (first,),
        )
    ]


def outcomes(vault: Vault, first: str, last: str) -> list[tuple[str, str | None, int]]:
    """(state, outcome, how many) of the referrals recorded between two days, but for those written by mistake."""
    return [
        (s, o, n)
        for s, o, n in vault.read(
            "SELECT r.state, r.outcome, count(*) FROM referral r JOIN person p ON p.doc = r.doc "
            "WHERE r.recorded BETWEEN ? AND ? AND r.state <> 'entered-in-error' GROUP BY r.state, r.outcome",
            (first, last),
        )
    ]


def unmet(vault: Vault, first: str, last: str) -> list[tuple[str, str, int]]:
    """(need, reason, how many) of the needs recorded between two days that nothing could serve, most first."""
    return [
        (k, r, n)
        for k, r, n in vault.read(
            "SELECT n.kind, n.unmet, count(*) FROM need n JOIN person p ON p.doc = n.doc WHERE n.unmet IS NOT NULL "
            "AND n.recorded BETWEEN ? AND ? GROUP BY n.kind, n.unmet ORDER BY count(*) DESC, n.kind",
            (first, last),
        )
    ]
