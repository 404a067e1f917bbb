"""Frozen monthly counts: an append-only table, each also an envelope of its own; nobody may edit one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nacl.utils import random

from migrant_office import clock
from migrant_office.models.vault.ledger import new_key
from migrant_office.models.vault.nouns import Home

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault

KIND = "A"  # a signed envelope of counts: it can travel where cases may not


def freeze(vault: Vault, period: str, revision: int, body: str, sha256: str) -> None:
    """Keep the canonical text of a release for ever, durable when this returns."""
    with vault.transaction():
        at = clock.now().isoformat()
        vault.write("INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)",
                    (period, revision, body, sha256, at, vault.keys.officer))
        vault.ledger.append(KIND, new_key(vault.keys, Home.CASE), body.encode(), vault.ledger.tick())


def frozen(vault: Vault, period: str) -> str | None:
    """The text of the last revision of a period, or None while it is open."""
    rows = vault.read("SELECT body FROM release WHERE period = ? ORDER BY revision DESC LIMIT 1", (period,))
    return rows[0][0] if rows else None


def frozen_periods(vault: Vault) -> list[str]:
    return [period for (period,) in vault.read("SELECT DISTINCT period FROM release ORDER BY period")]


def secret(vault: Vault, name: str) -> bytes:
    """The office's own 32 random bytes of this name, made when first asked for; in its backup, never exported."""
    with vault.transaction():
        vault.write("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, random(32)))
        return bytes(vault.read("SELECT value FROM secret WHERE name = ?", (name,))[0][0])
