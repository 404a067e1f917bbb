"""Reads for counting: coded columns only. No name, phone, address or document is ever selected here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrant_office.models.vault.vault import Vault

PERSON = (
    *("sex", "birth", "nationality", "schooling", "children", "language", "situation", "served_in"),
    *("category", "disability", "indigenous", "birth_country", "sought_group", "standing"),
)
PERSON_COLUMNS = ", ".join(f"p.{c}" for c in PERSON)
HOLDS = "m.holds = 1 AND m.recorded BETWEEN ? AND ?"
RECORDED = ("encounter", "need", "referral", "referral_step", "milestone")


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


def referral_outcomes(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, referral, day, *PERSON, area, service, outcome) of the outcomes recorded between two days: the last one
    of each referral.
    """
    return vault.read(
        "SELECT doc, id, day, " + ", ".join(PERSON) + ", area, service, outcome FROM ("
        f"SELECT r.doc, r.id, t.recorded AS day, {PERSON_COLUMNS}, r.area, r.service, t.outcome, "
        "row_number() OVER (PARTITION BY r.id ORDER BY t.made DESC, t.id DESC) AS nth "
        "FROM referral_step t JOIN referral r ON r.id = t.referral AND r.doc = t.doc JOIN person p ON p.doc = r.doc "
        "WHERE t.recorded BETWEEN ? AND ? AND t.outcome IS NOT NULL AND r.state <> 'entered-in-error') WHERE nth = 1",
        (first, last),
    )


def openings(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, person, day, *PERSON) of the case files opened between two days."""
    return vault.read(
        f"SELECT p.doc, p.doc, p.opened, {PERSON_COLUMNS} FROM person p WHERE p.opened BETWEEN ? AND ?", (first, last)
    )


def closings(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, pathway, day, *PERSON) of the pathways whose end was written down between two days, but for mistakes."""
    return vault.read(
        f"SELECT w.doc, w.id, w.noted, {PERSON_COLUMNS} FROM pathway w JOIN person p ON p.doc = w.doc "
        "WHERE w.noted BETWEEN ? AND ? AND w.ending <> 'mistake'",
        (first, last),
    )


def certifications(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, milestone, day, *PERSON) of results *competente* and certificates issued, recorded between two days."""
    return vault.read(
        f"SELECT m.doc, m.id, m.recorded, {PERSON_COLUMNS} FROM milestone m JOIN person p ON p.doc = m.doc "
        f"WHERE {HOLDS} AND m.way = 'certification' AND (m.kind = 'issued' OR m.result = 'competent')",
        (first, last),
    )


def support(vault: Vault, first: str, last: str, kinds: Sequence[str]) -> list[tuple[Any, ...]]:
    """(person, milestone, day, *PERSON) of milestones of these kinds on the pathway of an own business."""
    marks = ", ".join("?" * len(kinds))
    return vault.read(
        f"SELECT m.doc, m.id, m.recorded, {PERSON_COLUMNS} FROM milestone m JOIN person p ON p.doc = m.doc "
        f"WHERE {HOLDS} AND m.way = 'entrepreneurship' AND m.kind IN ({marks})",
        (first, last, *kinds),
    )


def latest(vault: Vault) -> str:
    """The last day (ISO) on which anything that is counted was written down, "" for an empty office."""
    days = " UNION ALL ".join(f"SELECT max(recorded) AS day FROM {table}" for table in RECORDED)
    return str(vault.read(f"SELECT max(day) FROM ({days})")[0][0] or "")


def unreadable(vault: Vault) -> int:
    """How many counted records have no day of recording that is one, so that no period holds them."""
    return sum(
        int(n)
        for table in RECORDED
        for (n,) in vault.read(
            f"SELECT count(*) FROM {table} WHERE date(recorded) IS NULL OR date(recorded) <> recorded"
        )
    )


def overdue(vault: Vault, today: str) -> int:
    """How many follow-ups and promised answers of referrals somebody should have asked for before today."""
    return int(
        vault.read("SELECT count(*) FROM referral r JOIN person p ON p.doc = r.doc WHERE r.due_now < ?", (today,))[0][0]
    )


def without_answer(vault: Vault, first: str, last: str, columns: Sequence[str]) -> tuple[int, int]:
    """(persons without an answer to one of the questions, persons) of those attended in a period."""
    missing = " OR ".join(f"p.{c} IS NULL OR p.{c} = '' OR p.{c} LIKE '?%'" for c in columns)
    rows = vault.read(
        f"SELECT count(DISTINCT CASE WHEN {missing} THEN p.doc END), count(DISTINCT p.doc) "
        "FROM encounter e JOIN person p ON p.doc = e.doc WHERE e.recorded BETWEEN ? AND ?",
        (first, last),
    )
    return int(rows[0][0]), int(rows[0][1])


def months(vault: Vault) -> list[str]:
    """Months (YYYY-MM) in which anything was recorded, oldest first."""
    return [
        m
        for (m,) in vault.read(
            "SELECT DISTINCT substr(recorded, 1, 7) FROM encounter UNION SELECT DISTINCT substr(recorded, 1, 7) "
            "FROM referral ORDER BY 1"
        )
    ]


def groups(vault: Vault, year: str) -> tuple[str, str] | None:
    """(codes of countries with commas between, from what they were chosen) written down for a year, or None."""
    rows = vault.read("SELECT lines, chosen FROM nationality_groups WHERE id = ?", (year,))
    return (str(rows[0][0]), str(rows[0][1])) if rows else None


def nationalities(vault: Vault, first: str, last: str) -> dict[str, int]:
    """Persons attended between two days by nationality (ISO alpha-2, or why there is none)."""
    return dict(
        vault.read(
            "SELECT p.nationality, count(DISTINCT e.doc) FROM encounter e JOIN person p ON p.doc = e.doc "
            "WHERE e.recorded BETWEEN ? AND ? GROUP BY p.nationality",
            (first, last),
        )
    )


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
