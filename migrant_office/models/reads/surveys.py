"""Reads over surveys: what is due, and what was answered. No name, phone or document is ever selected here."""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.vault import Vault

GROUPS = "p.sex, p.birth, p.nationality, p.schooling, p.language"


def satisfaction_due(vault: Vault, since: str, most_tries: int, limit: int) -> list[tuple[Any, ...]]:
    """(case, referral, service, area, need, day it ended, times not reached) of the services that were over since a day
    and that nobody has answered about, the longest first. Nothing of restricted cases: asking is a contact.
    """
    return vault.read(
        "SELECT r.doc, r.id, r.service, r.area, r.need, max(t.made) AS ended, "
        "(SELECT count(*) FROM survey s WHERE s.doc = r.doc AND s.about = r.id AND s.kind = 'satisfaction') AS tries "
        "FROM referral r JOIN person p ON p.doc = r.doc JOIN referral_step t ON t.doc = r.doc AND t.referral = r.id "
        "WHERE r.state = 'completed' AND coalesce(r.outcome, '') NOT IN ('result_pending', 'not_served') "
        "AND (r.need IN ('work', 'certification', 'entrepreneurship') "
        "OR r.area IN ('employment', 'certification', 'entrepreneurship')) "
        f"AND NOT p.restricted AND {seen(vault)} AND NOT EXISTS (SELECT 1 FROM survey s WHERE s.doc = r.doc "
        "AND s.about = r.id AND s.kind = 'satisfaction' AND s.answered <> 'not_reached') "
        "GROUP BY r.doc, r.id HAVING ended >= ? AND tries < ? ORDER BY ended, r.rid LIMIT ?",
        (since, most_tries, limit),
    )


def asked(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, kind, about, part, answered, area, scale, day, *GROUPS) of what was asked between two days, the
    oldest first.
    """
    return vault.read(
        f"SELECT s.doc, s.kind, s.about, s.part, s.answered, s.area, f.scale, s.recorded, {GROUPS} FROM survey s "
        "JOIN person p ON p.doc = s.doc LEFT JOIN satisfaction f ON f.doc = s.doc AND f.survey = s.id "
        "WHERE s.recorded BETWEEN ? AND ? ORDER BY s.recorded, s.id",
        (first, last),
    )


def answers(vault: Vault, kind: str, first: str, last: str) -> list[tuple[str, str, str]]:
    """(person, question, value) of the latest survey of a kind that each person answered between two days; the value is
    "" for what was written freely.
    """
    return [
        (doc, question, value)
        for doc, question, value in vault.read(
            "SELECT a.doc, a.question, a.value FROM answer a JOIN (SELECT doc, record, row_number() OVER "
            "(PARTITION BY doc ORDER BY recorded DESC, id DESC) AS place FROM survey WHERE kind = ? "
            "AND answered = 'answered' AND recorded BETWEEN ? AND ?) s ON s.doc = a.doc AND s.record = a.record "
            "JOIN person p ON p.doc = a.doc WHERE s.place = 1",
            (kind, first, last),
        )
    ]


def checks(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(person, topic, right before, right after, sex) of the checks whose last answers came between two days."""
    return vault.read(
        "SELECT k.doc, k.topic, k.pre, k.post, p.sex FROM knowledge_check k JOIN person p ON p.doc = k.doc "
        "WHERE k.recorded BETWEEN ? AND ? ORDER BY k.recorded, k.id",
        (first, last),
    )
