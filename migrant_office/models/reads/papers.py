"""Reads over the papers of people."""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.vault import Vault


def expiring(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(case, number, restricted, kind, expires, given, surname, second surname, chosen name) by the day they end, of
    the cases that may be seen. Days are ISO.
    """
    return vault.read(
        "SELECT d.doc, p.number, p.restricted, d.kind, d.expires, p.given, p.surname, p.second_surname, p.chosen_name "
        "FROM held_document d JOIN person p ON p.doc = d.doc AND p.id = d.doc "
        f"WHERE d.expires BETWEEN ? AND ? AND d.state NOT IN ('lacks', 'lost') AND {seen(vault)} "
        "ORDER BY d.expires, d.doc",
        (first, last),
    )
