"""Reads over the catalogue."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.vault import Vault


def codes(vault: Vault) -> set[str]:
    return {code for (code,) in vault.read("SELECT code FROM service")}


def lines(vault: Vault) -> list[tuple[Any, ...]]:
    """(id, name, owner, area, confirmed, closed) of every service."""
    return vault.read("SELECT id, name, owner, area, confirmed, closed FROM service")


def names(vault: Vault) -> dict[str, str]:
    return dict(vault.read("SELECT id, name FROM service"))


def unconfirmed(vault: Vault, before: str) -> list[tuple[Any, ...]]:
    """(id, name, confirmed) of open services never confirmed or not since a day, the most referred to first."""
    return vault.read(
        "SELECT s.id, s.name, s.confirmed FROM service s "
        "WHERE s.closed = 0 AND (s.confirmed IS NULL OR s.confirmed < ?) "
        "ORDER BY (SELECT count(*) FROM referral r WHERE r.service = s.id) DESC, s.name",
        (before,),
    )
