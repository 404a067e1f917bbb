"""Reads by the code of a slip."""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.reading import Readable


def has_slip(vault: Readable, code: str) -> bool:
    """Whether any referral of the office has this code, seen or not."""
    return bool(vault.read("SELECT 1 FROM referral WHERE slip = ? LIMIT 1", (code,)))


def by_slip(vault: Readable, code: str) -> list[tuple[Any, ...]]:
    """(case, referral) with this code, of the cases that may be seen."""
    return vault.read(
        "SELECT r.doc, r.id FROM referral r JOIN person p ON p.doc = r.doc "
        f"WHERE r.slip = ? AND {seen(vault)} ORDER BY r.rid",
        (code,),
    )
