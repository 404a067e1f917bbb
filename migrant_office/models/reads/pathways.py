"""Reads over the three pathways: what waits, and what may be counted.

Lists of people take `limit` rows that this officer may see, and so do their counts: a number without its row tells too.
"""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.reads.today import NAME
from migrant_office.models.vault.vault import Vault

LINE = f"w.doc, {NAME}, p.number, p.restricted, w.kind, coalesce(nullif(w.centre, ''), s.name, ''), w.profile"
FROM = "FROM pathway w JOIN person p ON p.doc = w.doc LEFT JOIN service s ON s.id = w.service"
HELD = "FROM milestone m JOIN person p ON p.doc = m.doc WHERE m.holds = 1"

UNPLACED = (
    "w.kind = 'certification' AND w.competent_on <= ? AND coalesce(w.ending, '') <> 'mistake' "
    "AND NOT EXISTS (SELECT 1 FROM pathway e WHERE e.doc = w.doc AND e.kind = 'employment' "
    "AND coalesce(e.ending, '') NOT IN ('mistake', 'not_taken_up') "
    "AND (e.begun >= w.competent_on OR e.ending IS NULL)) "
    "AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.doc = w.doc AND (r.need = 'work' OR r.area = 'employment') "
    "AND r.made >= w.competent_on AND r.state NOT IN ('entered-in-error', 'cancelled', 'rejected', 'failed'))"
)
"""Certified, and since then neither referred to placement nor on a pathway of employment ([002:350], [002:1631])."""

UNDECIDED = "w.undecided IS NOT NULL AND w.since <= ?"
PENDING = "w.spot = 'result_pending' AND coalesce(w.ask, w.since) <= ?"
ISSUED = "w.spot = 'issued' AND w.since <= ?"
UNISSUED = "w.spot = 'competent' AND w.since <= ?"
SILENT = (
    "w.kind <> 'employment' AND w.ending IS NULL AND w.since <= ? "
    "AND (w.spot IS NULL OR w.spot IN ('profile', 'enrolled', 'assessed'))"
)
"""A course or an assessment of which nothing was heard any more."""

STAYING = "w.kind = 'employment' AND w.spot = 'hired' AND w.ending IS NULL AND w.since <= ?"
LISTS = {
    "unplaced": (UNPLACED, "w.competent_on"),
    "undecided": (UNDECIDED, "w.since"),
    "pending": (PENDING, "w.since"),
    "issued": (ISSUED, "w.since"),
    "unissued": (UNISSUED, "w.since"),
    "silent": (SILENT, "w.since"),
    "staying": (STAYING, "w.since"),
}


def waiting(vault: Vault, which: str, until: str, limit: int) -> list[tuple[Any, ...]]:
    """(case, four name parts, number, restricted, kind, centre, profile, day, placement) of one of `LISTS`, each person
    once, the longest waiting first.
    """
    rule, day = LISTS[which]
    return vault.read(
        f"SELECT {LINE}, min({day}), w.placement {FROM} WHERE {rule} AND {seen(vault)} "
        f"GROUP BY w.doc ORDER BY min({day}), w.doc LIMIT ?",
        (until, limit),
    )


def waiting_count(vault: Vault, which: str, until: str) -> int:
    """Persons of one of `LISTS` that this officer may see."""
    rule, _day = LISTS[which]
    return int(vault.read(f"SELECT count(DISTINCT w.doc) {FROM} WHERE {rule} AND {seen(vault)}", (until,))[0][0])


def by_centre(vault: Vault, which: str, until: str) -> list[tuple[str, int, str]]:
    """(centre or service, persons, the oldest day) of one of `LISTS`, most persons first; of cases that may be seen."""
    rule, day = LISTS[which]
    return [
        (centre, n, since)
        for centre, n, since in vault.read(
            f"SELECT coalesce(nullif(w.centre, ''), s.name, '') AS c, count(DISTINCT w.doc) AS n, min({day}) {FROM} "
            f"WHERE {rule} AND {seen(vault)} GROUP BY c ORDER BY n DESC, c",
            (until,),
        )
    ]


def drop_outs(vault: Vault, first: str, last: str) -> list[tuple[str, str, int]]:
    """(reason, sex, persons) of the drop-outs recorded between two days."""
    return [
        (reason, sex, n)
        for reason, sex, n in vault.read(
            f"SELECT m.drop_out, p.sex, count(DISTINCT m.doc) {HELD} AND m.kind = 'dropped_out' "
            "AND m.drop_out IS NOT NULL AND m.recorded BETWEEN ? AND ? GROUP BY m.drop_out, p.sex",
            (first, last),
        )
    ]


def reached(vault: Vault, first: str, last: str) -> list[tuple[str, str, str, str | None, str, str]]:
    """(person, kind of pathway, stage, result, sex, category) of the milestones recorded between two days."""
    return [
        (doc, way, kind, result, sex, category)
        for doc, way, kind, result, sex, category in vault.read(
            f"SELECT DISTINCT m.doc, m.way, m.kind, m.result, p.sex, p.category {HELD} "
            "AND m.kind <> 'decided' AND m.recorded BETWEEN ? AND ?",
            (first, last),
        )
    ]


def supports(vault: Vault, first: str, last: str) -> list[tuple[str, str, int, int]]:
    """(stage, sex, persons, events) on pathways of an own business, recorded between two days."""
    return [
        (kind, sex, persons, events)
        for kind, sex, persons, events in vault.read(
            f"SELECT m.kind, p.sex, count(DISTINCT m.doc), count(*) {HELD} AND m.way = 'entrepreneurship' "
            "AND m.recorded BETWEEN ? AND ? GROUP BY m.kind, p.sex",
            (first, last),
        )
    ]


def stays(vault: Vault, first: str, last: str) -> list[tuple[str, str | None, int]]:
    """(after three months, sex, persons): the last answer of each person hired, by the day it was recorded."""
    return [
        (told, sex, n)
        for told, sex, n in vault.read(
            "SELECT told, sex, count(*) FROM (SELECT m.stays AS told, p.sex AS sex, max(m.made || m.id) "
            f"{HELD} AND m.kind = 'stayed' AND m.recorded BETWEEN ? AND ? GROUP BY m.doc) GROUP BY told, sex",
            (first, last),
        )
    ]


def before_and_after(vault: Vault, kind: str) -> list[tuple[str, str, str]]:
    """(person, situation before, situation after): of each person on such a pathway, the last that was told until it
    began (else the first of all), and the last that was told after. Who lacks one of the two is left out.
    """
    found = vault.read(
        "SELECT w.doc, min(w.begun) FROM pathway w JOIN person p ON p.doc = w.doc "
        "WHERE w.kind = ? AND coalesce(w.ending, '') <> 'mistake' AND w.begun IS NOT NULL GROUP BY w.doc",
        (kind,),
    )
    told = snapshots(vault, kind)
    matrix = []
    for doc, begun in found:
        mine = told.get(doc, [])
        before = [s for day, point, s in mine if day <= begun and point != "follow_up"] or [
            s for day, _point, s in mine if day <= begun
        ]
        after = [s for day, point, s in mine if point == "follow_up" and day >= begun]
        if before and after:
            matrix.append((str(doc), before[-1], after[-1]))
    return matrix


def snapshots(vault: Vault, kind: str) -> dict[str, list[tuple[str, str, str]]]:
    """(day, point, situation) of everybody on such a pathway since she came, oldest first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for doc, day, point, situation in vault.read(
        "SELECT doc, made, point, situation FROM labour_snapshot WHERE point <> 'origin' "
        "AND doc IN (SELECT doc FROM pathway WHERE kind = ?) ORDER BY made, id",
        (kind,),
    ):
        found.setdefault(doc, []).append((day, point, situation))
    return found
