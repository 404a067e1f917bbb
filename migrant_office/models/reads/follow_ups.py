"""Reads for the lists of follow-ups. An imported referral has none; it stands in them with the day it promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrant_office.models.vault.nouns import Home
from migrant_office.models.vault.reading import Readable

UNSEEN = "doc NOT IN (SELECT doc FROM person WHERE restricted = 1)"  # what hides them from whoever has no key
NAME = "p.given, p.surname, p.second_surname, p.chosen_name"
SERVICE = {
    "f": "EXISTS (SELECT 1 FROM referral o WHERE o.doc = f.doc AND o.id = f.referral AND o.service = ?)",
    "r": "r.service = ?",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which follow-ups: from a day on, until one, of an officer ("" is nobody), a question, a service. None is all."""

    first: str | None = None
    last: str | None = None
    officer: str | None = None
    question: str | None = None
    service: str | None = None


def lines(vault: Readable, wanted: Wanted, limit: int, offset: int = 0) -> list[tuple[Any, ...]]:
    """(follow-up or "", case, referral, question, due, officer, service, attempts, four name parts, number, restricted,
    contact rule, its words, service's name), the longest overdue first.
    """
    own, told = of_follow_ups(vault, wanted)
    bare, more = of_referrals(vault, wanted)
    return vault.read(
        f"SELECT x.*, r.service, (SELECT count(*) FROM attempt a WHERE a.follow_up = x.id AND a.doc = x.doc), {NAME}, "
        "p.number, p.restricted, p.contact_rule, p.contact_words, s.name FROM ("
        "SELECT f.id, f.doc, f.referral, f.question, f.asked_on AS due, f.officer "
        f"FROM follow_up f WHERE {own} UNION ALL "
        "SELECT '', r.doc, r.id, 'outcome', r.promised_now, r.owner "
        f"FROM referral r WHERE {bare} ORDER BY due LIMIT ? OFFSET ?) x "
        "JOIN person p ON p.doc = x.doc LEFT JOIN referral r ON r.doc = x.doc AND r.id = x.referral "
        "LEFT JOIN service s ON s.doc = r.service ORDER BY x.due",
        (*told, *more, limit, offset),
    )


def count(vault: Readable, wanted: Wanted) -> int:
    """How many `lines` there are."""
    own, told = of_follow_ups(vault, wanted)
    bare, more = of_referrals(vault, wanted)
    found = vault.read(
        f"SELECT (SELECT count(*) FROM follow_up f WHERE {own}) + (SELECT count(*) FROM referral r WHERE {bare})",
        (*told, *more),
    )
    return int(found[0][0])


def of_follow_ups(vault: Readable, wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    return conditions(vault, "f", wanted, {"day": "f.asked_on", "officer": "f.officer", "question": "f.question"})


def of_referrals(vault: Readable, wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    return conditions(vault, "r", wanted, {"day": "r.promised_now", "officer": "r.owner", "question": "'outcome'"})


def conditions(vault: Readable, of: str, wanted: Wanted, names: Mapping[str, str]) -> tuple[str, tuple[Any, ...]]:
    """The words after WHERE and what fills them; restricted cases only for whoever has their key."""
    day = names["day"]
    told = [
        (f"{day} >= ?", wanted.first),
        (f"{day} <= ?", wanted.last),
        (f"{names['officer']} = ?", wanted.officer),
        (f"{names['question']} = ?", wanted.question),
        (SERVICE[of], wanted.service),
    ]
    used = [(words, value) for words, value in told if value is not None]
    parts = [f"{day} IS NOT NULL", *(words for words, _value in used)]
    if not vault.keys.may_open(Home.RESTRICTED):
        parts.append(f"{of}.{UNSEEN}")
    return " AND ".join(parts), tuple(value for _words, value in used)


def officers(vault: Readable) -> list[tuple[str, int]]:
    """(officer, how many) of whoever has open follow-ups, nobody ("") among them."""
    own, told = of_follow_ups(vault, Wanted())
    bare, more = of_referrals(vault, Wanted())
    return vault.read(
        f"SELECT officer, count(*) FROM (SELECT f.officer FROM follow_up f WHERE {own} UNION ALL "
        f"SELECT r.owner FROM referral r WHERE {bare}) GROUP BY officer ORDER BY 2 DESC, 1",
        (*told, *more),
    )


def services(vault: Readable) -> list[tuple[str, str]]:
    """(service, its name) of the services that somebody has to be asked about, in cases that may be seen."""
    unseen = "" if vault.keys.may_open(Home.RESTRICTED) else f"AND r.{UNSEEN} "
    return vault.read(
        "SELECT s.doc, s.name FROM service s WHERE EXISTS (SELECT 1 FROM referral r WHERE r.service = s.doc "
        f"AND r.due_now IS NOT NULL {unseen}) ORDER BY s.name"
    )


def cases_of(vault: Readable, officer: str) -> list[str]:
    """The cases in which an officer has follow-ups that were not ended, or referrals; some of these may be closed."""
    seen = (
        "TRUE" if vault.keys.may_open(Home.RESTRICTED) else "doc NOT IN (SELECT doc FROM person WHERE restricted = 1)"
    )
    return [
        doc
        for (doc,) in vault.read(
            "SELECT doc FROM (SELECT doc FROM follow_up WHERE officer = ? AND done IS NULL AND dropped IS NULL "
            f"UNION SELECT doc FROM referral WHERE owner = ?) WHERE {seen} ORDER BY doc",
            (officer, officer),
        )
    ]
