"""Unfinished forms: a local table, because autosave would write envelopes for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrant_office import clock

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed into a form so far. `body` is the form's own snapshot (JSON); `subject` is the id of the case
    it will open or belongs to; `saved_at` is an ISO moment with its zone.
    """

    id: str
    form: str
    subject: str
    title: str
    body: str
    officer: str
    saved_at: str = ""


def save(vault: Vault, draft: Draft) -> Draft:
    """Keep the whole draft, durable when this returns; saving twice is harmless."""
    at = clock.now().isoformat()
    vault.write(
        "INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET title = excluded.title, "
        "body = excluded.body, officer = excluded.officer, saved_at = excluded.saved_at",
        (draft.id, draft.form, draft.subject, draft.title, draft.body, draft.officer, at),
    )
    return Draft(
        id=draft.id,
        form=draft.form,
        subject=draft.subject,
        title=draft.title,
        body=draft.body,
        officer=draft.officer,
        saved_at=at,
    )


def all_drafts(vault: Vault) -> list[Draft]:
    """Newest first."""
    names = ("id", "form", "subject", "title", "body", "officer", "saved_at")
    rows = vault.read("SELECT id, form, subject, title, body, officer, saved_at FROM draft ORDER BY saved_at DESC")
    return [Draft(**dict(zip(names, row, strict=True))) for row in rows]


def discard(vault: Vault, id: str) -> None:
    vault.write("DELETE FROM draft WHERE id = ?", (id,))
