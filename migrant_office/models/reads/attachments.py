"""Reads over kept files."""

from __future__ import annotations

from migrant_office.models.vault.vault import Vault


def cases(vault: Vault) -> list[str]:
    """The cases that name a file, oldest first."""
    return [doc for (doc,) in vault.read("SELECT DISTINCT doc FROM attachment ORDER BY doc")]


def count(vault: Vault) -> int:
    """How many files cases name."""
    return int(vault.read("SELECT count(*) FROM attachment")[0][0])
