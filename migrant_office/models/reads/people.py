"""Reads over people, for lists and search."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.nouns import Home
from migrant_office.models.vault.reading import Readable
from migrant_office.models.vault.vault import Vault

LINE = (
    "p.rid, p.id, p.number, p.given, p.surname, p.second_surname, p.chosen_name, p.birth, p.nationality, p.opened, "
    "p.restricted"
)
MOST = 60  # hits shown while typing; who sees more types another letter


def seen(vault: Readable) -> str:
    """What keeps the restricted cases from whoever has no key of the compartment; `p` is the person."""
    return "TRUE" if vault.keys.may_open(Home.RESTRICTED) else "NOT p.restricted"  # no index for what nearly all are


def lines(vault: Readable, ids: list[str]) -> list[tuple[Any, ...]]:
    """Rows of LINE for these people, of those that may be seen, in no order."""
    marks = ", ".join("?" * len(ids))
    return vault.read(f"SELECT {LINE} FROM person p WHERE p.doc = p.id AND p.id IN ({marks}) AND {seen(vault)}", ids)


def recent(vault: Readable, limit: int = MOST) -> list[tuple[Any, ...]]:
    """Rows of LINE of the cases opened last."""
    return vault.read(
        f"SELECT {LINE} FROM person p WHERE {seen(vault)} ORDER BY p.opened DESC, p.rid DESC LIMIT ?",
        (limit,),
    )


def count(vault: Readable) -> int:
    return int(vault.read(f"SELECT count(*) FROM person p WHERE {seen(vault)}")[0][0])


def exists(vault: Vault, id: str) -> bool:
    """Whether a case is open under this id, seen or not: a draft must not write one again."""
    return bool(vault.read("SELECT 1 FROM person WHERE doc = ? AND id = ?", (id, id)))


def household_exists(vault: Vault, id: str) -> bool:
    return bool(vault.read("SELECT 1 FROM household WHERE doc = ? AND id = ?", (id, id)))


def restricted_among(vault: Vault, ids: list[str]) -> set[str]:
    """Those of these cases that are restricted."""
    marks = ", ".join("?" * len(ids))
    return {id for (id,) in vault.read(f"SELECT id FROM person WHERE restricted = 1 AND id IN ({marks})", ids)}


def last_contacts(vault: Readable, ids: list[str]) -> dict[str, str]:
    """The day of the last attention of each of these people."""
    marks = ", ".join("?" * len(ids))
    return dict(vault.read(f"SELECT doc, max(made) FROM encounter WHERE doc IN ({marks}) GROUP BY doc", ids))
