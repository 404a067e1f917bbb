"""Reads for the duplicate check: who shares a key with somebody, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from migrant_office.models.likeness.facts import Facts
from migrant_office.models.person import ALPHA_2
from migrant_office.models.reads.people import seen
from migrant_office.models.vault.reading import Readable

MANY = 60  # people under one key: a key that so many share tells nothing


def meeting(vault: Readable, keys: Iterable[int], most: int = MANY) -> set[int]:
    """The numbers of the documents that share one of these keys, keys of too many left out."""
    found: set[int] = set()
    for key in keys:
        met = vault.read("SELECT rid FROM meeting WHERE key = ? LIMIT ?", (key, most + 1))
        if len(met) <= most:
            found.update(rid for (rid,) in met)
    return found


def blocks(vault: Readable, after: int, many: int, most: int = MANY) -> tuple[list[list[int]], int]:
    """The next `many` keys after one, each as the numbers of the documents that share it, and the last key looked at.

    Only keys that two or more documents share and no more than `most`; the last key is `after` when there is no more.
    """
    ((last,),) = vault.read(
        "SELECT max(key) FROM (SELECT DISTINCT key FROM meeting WHERE key > ? ORDER BY key LIMIT ?)", (after, many)
    )
    if last is None:
        return [], after
    rows = vault.read(
        "SELECT group_concat(rid) FROM meeting WHERE key > ? AND key <= ? GROUP BY key HAVING count(*) BETWEEN 2 AND ?",
        (after, last, most),
    )
    return [[int(rid) for rid in text.split(",")] for (text,) in rows], last


def facts(vault: Readable, rids: Sequence[int]) -> dict[int, tuple[str, Facts]]:
    """(case, what can be compared of it) by number, of those that may be seen."""
    marks = ", ".join("?" * len(rids))
    rows = vault.read(
        "SELECT f.rid, p.id, p.given, p.surname, p.second_surname, p.birth, p.birth_estimated, p.sex, "
        "p.nationality, p.phone, (SELECT group_concat(d.number, char(10)) FROM held_document d WHERE d.doc = p.doc), "
        "(SELECT group_concat(o.code, char(10)) FROM other_id o WHERE o.doc = p.doc) "
        f"FROM findable f JOIN person p ON p.doc = f.doc AND p.id = f.doc WHERE f.home = 'case' AND f.rid IN ({marks}) "
        f"AND {seen(vault)}",
        rids,
    )
    return {row[0]: (row[1], facts_of(row[2:])) for row in rows}


def judged(vault: Readable, verdict: str) -> set[tuple[str, str]]:
    """The pairs of which an officer said so, each once; one that is restricted is not among them."""
    rows = vault.read("SELECT doc, id FROM judgement WHERE verdict = ?", (verdict,))
    return {(min(pair), max(pair)) for pair in rows if pair[0] != pair[1]}


def joined(vault: Readable) -> dict[str, str]:
    """For every case that was joined to another, the one that was kept."""
    return dict(vault.read("SELECT joined, doc FROM merge WHERE \"into\" <> ''"))


def facts_of(row: Sequence[Any]) -> Facts:
    given, surname, second, birth, about, sex, nationality, phone, papers, codes = row
    return Facts(
        given=given,
        surname=surname,
        second_surname=second,
        birth=day_of(birth),
        about=bool(about),
        sex="" if str(sex).startswith("?") else str(sex),
        nationality=nationality if len(nationality) == ALPHA_2 else "",
        phone=phone,
        documents=tuple(filter(None, f"{papers or ''}\n{codes or ''}".split("\n"))),
    )


def day_of(text: Any) -> date | None:
    """A stored birth date; None for a reason why there is none, and for a damaged one."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def total(vault: Readable) -> int:
    """How many documents the index has ever numbered: about as many as there are people."""
    return int(vault.read("SELECT coalesce(max(rid), 0) FROM findable")[0][0])


def last_key(vault: Readable) -> int:
    return int(vault.read("SELECT coalesce(max(key), 0) FROM meeting")[0][0])
