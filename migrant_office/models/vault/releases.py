"""Frozen monthly counts: an append-only table, each also an envelope of its own; nobody may edit one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nacl.utils import random

from migrant_office import clock
from migrant_office.models.vault.ledger import new_key
from migrant_office.models.vault.nouns import Home

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault

SECRET_BYTES = 32
KIND = "A"  # a signed envelope of counts: it can travel where cases may not


def freeze(vault: Vault, period: str, revision: int, body: str, sha256: str) -> None:
    """Keep the canonical text of a release for ever, durable when this returns."""
    with vault.transaction():
        at = clock.now().isoformat()
        vault.write(
            "INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)", (period, revision, body, sha256, at, vault.keys.officer)
        )
        vault.ledger.append(KIND, new_key(vault.keys, Home.CASE), body.encode(), vault.ledger.tick())


def frozen(vault: Vault, period: str) -> str | None:
    """The text of the last revision of a period, or None while it is open."""
    rows = vault.read("SELECT body FROM release WHERE period = ? ORDER BY revision DESC LIMIT 1", (period,))
    return rows[0][0] if rows else None


def secret(vault: Vault, name: str) -> bytes:
    """The office's own 32 random bytes of this name, made when first asked for; in its backup, never exported."""
    with vault.transaction():
        vault.write("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, random(SECRET_BYTES)))
        return bytes(vault.read("SELECT value FROM secret WHERE name = ?", (name,))[0][0])


def set_secret(vault: Vault, name: str, value: bytes) -> None:
    """Give a demo office the 32 bytes that follow from its seed, so that equal demos publish equal figures.

    For a demo alone, whose people are invented: nobody could guess the secret of a real office. Raises ValueError for
    another length, when there is another secret of this name already, and after anything was frozen.
    """
    with vault.transaction():
        if len(value) != SECRET_BYTES or vault.read("SELECT 1 FROM release LIMIT 1"):
            raise ValueError(f"a secret has {SECRET_BYTES} bytes and is set before anything is frozen")
        vault.write("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, value))
        if secret(vault, name) != value:
            raise ValueError("there is another secret of this name")
