"""Reads of what nobody followed: each gives (group, case, day, words) for its number and for its list."""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.reading import Readable

NAME = "p.given, p.surname, p.second_surname, p.chosen_name"
OPEN = "r.state NOT IN ('rejected', 'failed', 'completed', 'cancelled', 'entered-in-error')"
WAITING = (
    "SELECT f.doc, f.asked_on AS day, f.officer, o.service FROM follow_up f "
    "LEFT JOIN referral o ON o.doc = f.doc AND o.id = f.referral WHERE f.asked_on < :today "
    "UNION ALL SELECT r.doc, r.promised_now, r.owner, r.service FROM referral r WHERE r.promised_now < :today"
)
BASES = {
    "overdue_weeks": (
        "SELECT CASE WHEN day >= :week THEN 'a' WHEN day >= :month THEN 'b' WHEN day >= :quarter THEN 'c' ELSE 'd' END "  # noqa: S608 - our words
        f"AS grp, w.doc, w.day, s.name AS words FROM ({WAITING}) w LEFT JOIN service s ON s.doc = w.service"
    ),
    "overdue_officers": (
        "SELECT w.officer AS grp, w.doc, w.day, s.name AS words "  # noqa: S608 - our words
        f"FROM ({WAITING}) w LEFT JOIN service s ON s.doc = w.service"
    ),
    "unanswered": (
        "SELECT coalesce(nullif(s.owner, ''), s.name, '') AS grp, r.doc, r.made AS day, s.name AS words "
        "FROM referral r LEFT JOIN service s ON s.doc = r.service "
        "WHERE r.state = 'requested' AND NOT r.orientation AND r.made < :answer"
    ),
    "no_contact": (
        "SELECT '' AS grp, o.doc, max(o.day, coalesce((SELECT max(e.made) FROM encounter e WHERE e.doc = o.doc), ''), "  # noqa: S608 - our words
        "coalesce((SELECT max(t.made) FROM referral_step t WHERE t.doc = o.doc), ''), "
        "coalesce((SELECT max(a.made) FROM attempt a WHERE a.doc = o.doc AND a.result = 'reached'), '')) AS day, "
        f"'' AS words FROM (SELECT r.doc, max(r.made) AS day FROM referral r WHERE {OPEN} GROUP BY r.doc) o"
    ),
    "unmet": (
        "SELECT n.unmet AS grp, n.doc, n.made AS day, n.kind AS words FROM need n "
        "WHERE n.unmet IS NOT NULL AND n.made BETWEEN :first AND :today"
    ),
    "no_placement": (
        "SELECT r.outcome AS grp, r.doc, r.recorded AS day, s.name AS words FROM referral r "
        "LEFT JOIN service s ON s.doc = r.service WHERE r.outcome IN ('competent', 'certified') "
        "AND r.state = 'completed' AND NOT EXISTS (SELECT 1 FROM referral w WHERE w.doc = r.doc AND w.id > r.id "
        "AND w.need = 'work' AND w.state <> 'entered-in-error')"
    ),
    "rejected": (
        "SELECT coalesce(nullif(s.owner, ''), s.name, '') AS grp, r.doc, r.recorded AS day, s.name AS words "
        "FROM referral r LEFT JOIN service s ON s.doc = r.service WHERE r.state = 'rejected' AND r.made >= :year"
    ),
}
LATEST = {"no_contact": "silent"}  # the day until which the last contact counts as too long ago


def figures(vault: Readable, section: str, days: dict[str, str]) -> list[tuple[str, int]]:
    """(group, how many) of one section, the most first."""
    return vault.read(
        f"SELECT x.grp, count(*) FROM ({BASES[section]}) x JOIN person p ON p.doc = x.doc "  # noqa: S608 - our words
        f"WHERE {limits(section)} AND {seen(vault)} GROUP BY x.grp ORDER BY 2 DESC, 1",
        days,
    )


def cases(vault: Readable, section: str, group: str, days: dict[str, str], limit: int) -> list[tuple[Any, ...]]:
    """(case, four name parts, number, restricted, day, words) behind one number, the oldest first."""
    return vault.read(
        f"SELECT x.doc, {NAME}, p.number, p.restricted, x.day, x.words FROM ({BASES[section]}) x "  # noqa: S608 - our words
        f"JOIN person p ON p.doc = x.doc WHERE x.grp = :grp AND {limits(section)} AND {seen(vault)} "
        "ORDER BY x.day, x.doc LIMIT :most",
        days | {"grp": group, "most": limit},
    )


def limits(section: str) -> str:
    return f"x.day < :{LATEST[section]}" if section in LATEST else "TRUE"
