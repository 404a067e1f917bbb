"""Who looked at what: an append-only chain of its own, because reading must not change a document nor travel."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from migrant_office import clock
from migrant_office.models.vault.schema import chained

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault


class Access(NamedTuple):
    """One look. `act` is a code (`counts`, `case`), `subject` an id or a period, never a name."""

    seq: int
    at: str
    officer: str
    device: str
    act: str
    subject: str


def note(vault: Vault, act: str, subject: str) -> None:
    """Write down one look, chained to the one before."""
    with vault.transaction():
        last = vault.read("SELECT seq, hash FROM access_log ORDER BY seq DESC LIMIT 1")
        seq, prev = (last[0][0] + 1, last[0][1]) if last else (1, b"")
        entry = Access(seq, clock.now().isoformat(), vault.keys.officer, vault.keys.device, act, subject)
        vault.write("INSERT INTO access_log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*entry, prev, chained(entry, prev)))


def entries(vault: Vault) -> list[Access]:
    return [
        Access(*row) for row in vault.read("SELECT seq, at, officer, device, act, subject FROM access_log ORDER BY seq")
    ]


def last(vault: Vault, act: str, subject: str) -> date | None:
    """The day of the last look of a kind at a subject on this device."""
    found = vault.read("SELECT max(at) FROM access_log WHERE act = ? AND subject = ?", (act, subject))
    return datetime.fromisoformat(found[0][0]).date() if found[0][0] else None


def first_bad(vault: Vault) -> int | None:
    """The number of the first entry that was changed or taken out, or None."""
    prev, expected = b"", 1
    for *values, was, found in vault.read("SELECT * FROM access_log ORDER BY seq"):
        entry = Access(*values)
        if entry.seq != expected or was != prev or chained(entry, prev) != found:
            return expected
        prev, expected = found, expected + 1
    return None
