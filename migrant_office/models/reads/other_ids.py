"""Reads over the numbers that other systems gave."""

from __future__ import annotations

from migrant_office.models.vault.vault import Vault


def codes(vault: Vault, system: str) -> set[str]:
    """Every code of one system that some case holds."""
    return {code for (code,) in vault.read("SELECT code FROM other_id WHERE system = ?", (system,))}
