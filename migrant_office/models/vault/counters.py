"""Numbers of this device that only go up: a local table, because a number stays given when its record is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault


def next_number(vault: Vault, name: str) -> int:
    """1, 2, 3... by name. Part of the operation around it, so that a refused one leaves no gap."""
    with vault.transaction():
        vault.write("INSERT INTO counter VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET last = last + 1", (name,))
        return int(vault.read("SELECT last FROM counter WHERE name = ?", (name,))[0][0])


def last_number(vault: Vault, name: str) -> int:
    """The number given last by this name, 0 when none was."""
    found = vault.read("SELECT last FROM counter WHERE name = ?", (name,))
    return int(found[0][0]) if found else 0
