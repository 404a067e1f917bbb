"""Reads over the papers of people."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.vault import Vault


def expiring(vault: Vault, first: str, last: str) -> list[tuple[Any, ...]]:
    """(case, kind, expires, restricted, given, surname, second surname, chosen name) by the day they end, ISO days."""
    return vault.read(
        "SELECT d.doc, d.kind, d.expires, p.restricted, p.given, p.surname, p.second_surname, p.chosen_name "
        "FROM held_document d JOIN person p ON p.doc = d.doc AND p.id = d.doc "
        "WHERE d.expires BETWEEN ? AND ? AND d.state NOT IN ('lacks', 'lost') ORDER BY d.expires, d.doc",
        (first, last),
    )
