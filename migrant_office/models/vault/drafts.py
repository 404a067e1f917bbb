"""Unfinished forms: a local table, because autosave would write envelopes for ever."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from migrant_office import clock
from migrant_office.models.vault.attachments import ids_in

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed into a form so far. `body` is the form's own snapshot (JSON); `subject` is the id of the case or
    household it will open or the case it completes; `saved_at` is an ISO moment with its zone; `answered` of `asked`
    questions say how complete it is.
    """

    id: str
    form: str
    subject: str
    title: str
    body: str
    officer: str
    saved_at: str = ""
    answered: int = 0
    asked: int = 0


NAMES = tuple(field.name for field in fields(Draft))
COLUMNS = ", ".join(NAMES)


def save(vault: Vault, draft: Draft) -> Draft:
    """Keep the whole draft, durable when this returns; saving twice is harmless."""
    kept = replace(draft, saved_at=clock.now().isoformat())
    changed = ", ".join(f"{name} = excluded.{name}" for name in NAMES if name not in ("id", "form", "subject"))
    marks = ", ".join("?" * len(NAMES))
    vault.write(
        f"INSERT INTO draft({COLUMNS}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {changed}",  # noqa: S608 - ours
        astuple(kept),
    )
    return kept


def all_drafts(vault: Vault) -> list[Draft]:
    """Newest first."""
    rows = vault.read(f"SELECT {COLUMNS} FROM draft ORDER BY saved_at DESC")  # noqa: S608 - names of columns
    return [Draft(**dict(zip(NAMES, row, strict=True))) for row in rows]


def discard(vault: Vault, id: str) -> None:
    """Take a draft away, and the files that only it names."""
    with vault.transaction():
        for (body,) in vault.read("SELECT body FROM draft WHERE id = ?", (id,)):
            vault.files.doom(ids_in(body))
        vault.write("DELETE FROM draft WHERE id = ?", (id,))
